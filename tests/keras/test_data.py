"""Data that people bring: each message names what was given, what was expected and what to do."""

import numpy as np
import pytest

from autograd_lite import Sequential
from autograd_lite.layers import Dense

X = np.random.default_rng(6).normal(size=(20, 3))
Y = (X[:, 0] > 0).astype(int)


def model():
    made = Sequential([Dense(1, activation="sigmoid")], seed=0)
    made.compile(loss="binary_crossentropy")
    return made


@pytest.mark.parametrize(
    ("x", "y", "kind", "message"),
    [
        (X.T, Y, ValueError, r"3 examples in X, but y holds 20.*\(3, 20\) and \(20,\).*transposed\? Try X\.T"),
        (X[:7], Y, ValueError, r"7 examples in X, but y holds 20 labels.*\(7, 3\) and \(20,\)\.$"),
        (X, None, TypeError, r"y must be an array.*None was given"),
        (None, Y, TypeError, r"X must be an array.*None was given"),
        ({"a": 1}, Y, TypeError, "a dict was given"),
        (X, {"a": 1}, TypeError, "y must be .*a dict was given"),
        (X, 1, ValueError, r"y holds a single label, 1\.$"),
        (X, [[1], [1, 0]], ValueError, "y does not form an array"),
        (X.astype(str), Y, TypeError, r"entry at \[0\]\[0\] is '[-0-9.e]+' \(str\).*X\.astype\(float\)"),
        ([["cat"]] * 20, Y, TypeError, r"is 'cat' \(str\).*columns of 0 and 1"),
        (X.reshape(20, 3, 1), Y, ValueError, r"X\.reshape\(len\(X\), -1\)"),
        (
            X,
            np.where(Y, "cat", "dog"),
            TypeError,
            r"entry at \[0\] is '(cat|dog)' \(str\).*np\.unique\(y, return_inverse",
        ),
        (X, np.array([None, *Y[1:]]), TypeError, r"entry at \[0\] is None"),
        (X[:0], Y[:0], ValueError, "X is empty"),
    ],
)
def test_bad_data_are_refused_with_the_remedy(x, y, kind, message):
    made = model()
    for call in (lambda: made.fit(x, y, verbose=0), lambda: made.evaluate(x, y), lambda: made.train_on_batch(x, y)):
        with pytest.raises(kind, match=message) as error:
            call()
        assert "np.str_" not in str(error.value)


def test_bad_data_do_not_build_the_model():
    made = model()
    with pytest.raises(ValueError, match="transposed"):
        made.fit(X.T, Y, verbose=0)
    assert not made.built
    made.fit(X, Y, verbose=0)


def test_predicting_nothing_does_not_speak_of_training():
    made = model()
    with pytest.raises(ValueError, match=r"X is empty: its shape is \(0, 3\)") as error:
        made.predict(X[:0])
    assert "training" not in str(error.value)


def test_the_shape_that_was_given_is_the_shape_in_the_message():
    made = model()
    made.fit(X, Y, verbose=0)
    for call in (lambda x: made.fit(x, Y, verbose=0), lambda x: made.evaluate(x, Y), made.predict):
        with pytest.raises(ValueError, match=r"Layer dense expects 3 features an example; X has shape \(20, 2\)"):
            call(X[:, :2])


@pytest.mark.parametrize(
    ("validation", "message"),
    [
        ((X[:, :2], Y), r"In validation_data: Layer dense expects 3 features.*X has shape \(20, 2\)"),
        ((X, Y[:4]), "In validation_data: There are 20 examples in X, but y holds 4"),
        ((X, Y + 1), "In validation_data: BinaryCrossentropy takes labels 0 and 1"),
        ((X * np.nan, Y), "In validation_data: X holds 60 value"),
        ((X.astype(str), Y), "In validation_data: X must hold numbers"),
        (X, r"pair \(X, y\); an array of shape \(20, 3\) was given"),
        ((X,), "a tuple of 1 was given"),
        ([X, Y, Y], "a list of 3 was given"),
        (0.2, "0.2 was given"),
    ],
)
def test_bad_validation_data_are_named(validation, message):
    with pytest.raises((ValueError, TypeError), match=message):
        model().fit(X, Y, validation_data=validation, verbose=0)


@pytest.mark.parametrize("kind", [list, np.float32, np.int8, bool])
def test_data_of_any_kind_of_numbers_are_welcome(kind):
    x = (10 * X).tolist() if kind is list else (10 * X).astype(kind)
    y = Y.tolist() if kind is list else Y.astype(kind)
    made = model()
    assert np.isfinite(made.fit(x, y, verbose=0).history["loss"][0])
    assert made.predict(x).shape == (20, 1)
