"""A split loses nothing, keeps examples and labels together, and gives each class its share."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograd_lite.datasets import digits, train_test_split
from autograd_lite.datasets.splitting import shares

class_sizes = st.lists(st.integers(2, 40), min_size=1, max_size=6)


def labels_of(sizes: list[int]) -> np.ndarray:
    """Labels 3, 10, 17, …, as many of each as is said, in an order without pattern."""
    return np.random.default_rng(sum(sizes)).permutation(np.repeat(3 + 7 * np.arange(len(sizes)), sizes))


def rows_for(y: np.ndarray) -> np.ndarray:
    """Rows that know their number and their label."""
    return np.column_stack([np.arange(len(y)), y])


@given(sizes=class_sizes, seed=st.integers(0, 100), stratify=st.booleans(), data=st.data())
@settings(max_examples=50)
def test_every_example_is_in_one_part_once_and_keeps_its_label(sizes, seed, stratify, data):
    y = labels_of(sizes)
    m, least = len(y), len(sizes) if stratify else 1
    n_test = data.draw(st.integers(least, m - least))
    X_train, X_test, y_train, y_test = train_test_split(rows_for(y), y, n_test, seed=seed, stratify=stratify)
    assert (len(X_train), len(X_test)) == (len(y_train), len(y_test)) == (m - n_test, n_test)
    assert sorted([*X_train[:, 0], *X_test[:, 0]]) == list(range(m))
    np.testing.assert_array_equal(X_train[:, 1], y_train)
    np.testing.assert_array_equal(X_test[:, 1], y_test)


@given(sizes=class_sizes, data=st.data())
@settings(max_examples=60)
def test_each_class_keeps_its_share_to_the_nearest_example(sizes, data):
    y, sizes = labels_of(sizes), np.array(sizes)
    n_test = data.draw(st.integers(len(sizes), len(y) - len(sizes)))
    exact = n_test * sizes / len(y)
    assume(np.all((exact >= 1) & (exact <= sizes - 1)))
    *_, y_test = train_test_split(rows_for(y), y, n_test)
    counts = np.array([np.count_nonzero(y_test == 3 + 7 * k) for k in range(len(sizes))])
    assert np.all(np.abs(counts - exact) < 1)


@given(sizes=class_sizes, data=st.data())
@settings(max_examples=60)
def test_each_class_has_an_example_in_both_parts(sizes, data):
    y = labels_of(sizes)
    n_test = data.draw(st.integers(len(sizes), len(y) - len(sizes)))
    _, _, y_train, y_test = train_test_split(rows_for(y), y, n_test)
    assert set(y_train) == set(y_test) == set(y)


@given(sizes=class_sizes, data=st.data())
@settings(max_examples=60)
def test_no_exchange_of_two_examples_brings_the_shares_nearer(sizes, data):
    sizes = np.array(sizes)
    n_test = data.draw(st.integers(len(sizes), int(sizes.sum()) - len(sizes)))
    counts, exact = shares(sizes, n_test), n_test * sizes / sizes.sum()
    assert counts.sum() == n_test
    for more in np.flatnonzero(counts < sizes - 1):
        for less in np.flatnonzero(counts > 1):
            other = counts.copy()
            other[more] += 1
            other[less] -= 1
            assert np.sum((other - exact) ** 2) >= np.sum((counts - exact) ** 2) - 1e-9


def test_a_small_class_keeps_its_only_example_where_a_large_one_must_give_way():
    sizes = np.array([2, 2, 2, 40])
    assert shares(sizes, 4).tolist() == [1, 1, 1, 1]
    assert shares(sizes, 5).tolist() == [1, 1, 1, 2]
    assert shares(sizes, 42).tolist() == [1, 1, 1, 39]


def test_without_stratify_shares_are_left_to_chance():
    y = labels_of([50, 50])
    in_test = {int(np.sum(train_test_split(y, y, 0.2, seed=seed, stratify=False)[3] == 3)) for seed in range(20)}
    assert len(in_test) > 3
    assert {int(np.sum(train_test_split(y, y, 0.2, seed=seed)[3] == 3)) for seed in range(20)} == {10}


@pytest.mark.parametrize("stratify", [True, False])
def test_each_example_is_as_likely_to_be_tested_as_any_other(stratify):
    y, runs = labels_of([10, 30]), 600
    tested = np.zeros(40)
    for seed in range(runs):
        tested[train_test_split(np.arange(40), y, 0.3, seed=seed, stratify=stratify)[1]] += 1
    assert np.all(np.abs(tested / runs - 0.3) < 5 * np.sqrt(0.3 * 0.7 / runs))


@pytest.mark.parametrize("stratify", [True, False])
def test_both_parts_are_shuffled(stratify):
    y = np.repeat([0, 1], 200)
    X_train, X_test, y_train, y_test = train_test_split(np.arange(400), y, 0.5, stratify=stratify)
    for part, labels in ((X_train, y_train), (X_test, y_test)):
        assert 60 < np.count_nonzero(np.diff(labels)) < 140
        assert 60 < np.count_nonzero(np.diff(part) > 0) < 140


def test_a_seed_makes_the_same_split_again_and_another_seed_another():
    X, y = digits()
    for first, again in zip(train_test_split(X, y, seed=7), train_test_split(X, y, seed=7), strict=True):
        np.testing.assert_array_equal(first, again)
    assert np.any(train_test_split(X, y, seed=7)[3] != train_test_split(X, y, seed=8)[3])
    np.testing.assert_array_equal(
        train_test_split(X, y)[3],
        train_test_split(X, y, test_size=0.2, seed=np.random.default_rng(0), stratify=True)[3],
    )


def test_a_fifth_of_the_digits_is_a_fifth_of_each_digit():
    X, y = digits()
    X_train, X_test, y_train, y_test = train_test_split(X, y)
    assert (X_train.shape, X_test.shape) == ((1438, 64), (359, 64))
    assert np.all(np.abs(np.bincount(y_test) - np.bincount(y) / 5) < 1)
    np.testing.assert_array_equal(np.bincount(y_train) + np.bincount(y_test), np.bincount(y))


@pytest.mark.parametrize(
    ("test_size", "m", "n_test"),
    [(0.2, 10, 2), (2, 10, 2), (1, 10, 1), (9, 10, 9), (0.07, 100, 7), (0.29, 100, 29), (0.001, 1000, 1), (0.26, 10, 3),
     (np.float32(0.5), 10, 5), (np.int8(3), 10, 3), (0.999, 10, None), (0.95, 10, None)],
)  # fmt: skip
def test_a_fraction_is_rounded_and_a_whole_number_is_a_count(test_size, m, n_test):
    if n_test is None:
        with pytest.raises(ValueError, match="none is left to train on"):
            train_test_split(np.arange(m), np.arange(m), test_size, stratify=False)
    else:
        assert len(train_test_split(np.arange(m), np.arange(m), test_size, stratify=False)[1]) == n_test


def test_parts_are_copies_of_the_same_type_and_shape():
    X, y = np.zeros((10, 8, 8), dtype=np.float32), np.repeat([0, 1], 5).astype(np.uint8)
    parts = train_test_split(X, y)
    assert [p.shape for p in parts] == [(8, 8, 8), (2, 8, 8), (8,), (2,)]
    assert [p.dtype for p in parts] == [np.float32, np.float32, np.uint8, np.uint8]
    for part in parts:
        part[:] = 1
    assert not X.any()
    assert y.tolist() == [0] * 5 + [1] * 5


@pytest.mark.parametrize(
    "y",
    [
        ["cat", "dog"] * 5,
        np.array(["cat", "dog"] * 5, dtype=object),
        [False, True] * 5,
        [0.0, 1.0] * 5,
        [-1, 1] * 5,
        np.array([[0], [1]] * 5),
    ],
    ids=["names", "objects", "bools", "floats", "signs", "column"],
)
def test_labels_may_be_anything_that_names_classes(y):
    _, _, y_train, y_test = train_test_split(list(range(10)), y, 4)
    assert y_train.shape == (6, *np.shape(y)[1:])
    assert sorted(np.ravel(y_test).tolist()) == sorted(np.ravel(y).tolist()[:4])


def test_targets_of_any_shape_split_without_stratify():
    y = np.random.default_rng(0).normal(size=(10, 3))
    _, _, y_train, y_test = train_test_split(np.arange(10), y, stratify=False)
    assert (y_train.shape, y_test.shape) == ((8, 3), (2, 3))


# what it refuses

TEN = np.arange(10)
TWO = np.repeat([0, 1], 5)


@pytest.mark.parametrize(
    ("X", "y", "words"),
    [
        (TEN, TWO[:-1], "X has 10 rows and y has 9"),
        (TEN.reshape(1, 10), TWO, "X has 1 rows and y has 10"),
        ([], [], r"X is empty \(shape \(0,\)\)"),
        (np.zeros((0, 4)), [], r"X is empty \(shape \(0, 4\)\)"),
        (TEN, [], "y is empty"),
        ([[1, 2], [3]], [0, 1], "X must be one array, all of its rows of one shape"),
        (TEN, [0] * 9 + [1], "class 1 has only 1 example of 10.*stratify=False"),
        (TEN, TEN / 7, r"needs classes.*y holds 0\.14.*stratify=False"),
        (TEN, [0.0, 1.0, np.nan, *[0.0] * 7], "y holds nan"),
        (TEN, [0.0, 1.0, np.inf, *[0.0] * 7], "y holds inf"),
        (TEN, np.eye(2)[TWO], r"one label for each example, shape \(10,\); y has shape \(10, 2\).*One-hot"),
    ],
)
def test_data_that_cannot_be_split_are_refused(X, y, words):
    with pytest.raises(ValueError, match=words):
        train_test_split(X, y)


@pytest.mark.parametrize(("X", "y", "name"), [(3, TWO, "X"), (TEN, 1, "y"), (None, None, "X"), (TEN, "labels", "y")])
def test_a_thing_without_rows_is_refused(X, y, name):
    with pytest.raises(TypeError, match=f"{name} must have one row for each example"):
        train_test_split(X, y)


def test_labels_of_mixed_types_are_refused():
    with pytest.raises(TypeError, match="labels of one type"):
        train_test_split(TEN, np.array([0, "a"] * 5, dtype=object))


@pytest.mark.parametrize("test_size", [0, -2, 0.0, 1.0, 1.5, -0.2, 3.0, float("nan"), float("inf")])
def test_a_test_size_that_is_neither_part_nor_count_is_refused(test_size):
    with pytest.raises(ValueError, match=f"between 0 and 1, such as 0.2, or a whole number.*; {test_size} was given"):
        train_test_split(TEN, TWO, test_size)


@pytest.mark.parametrize("test_size", ["0.2", None, True, np.True_, [0.2], 1j])
def test_a_test_size_that_is_no_number_is_refused(test_size):
    with pytest.raises(TypeError, match="test_size must be a part between 0 and 1"):
        train_test_split(TEN, TWO, test_size)


def test_a_float_that_is_a_count_gets_a_hint():
    with pytest.raises(ValueError, match=r"Write test_size=3\."):
        train_test_split(TEN, TWO, 3.0)


@pytest.mark.parametrize("stratify", [True, False])
@pytest.mark.parametrize(
    ("test_size", "words"),
    [(10, "none is left to train on"), (11, "none is left to train on"), (0.99, "train on"), (0.01, "left to test on")],
)
def test_a_part_without_examples_is_refused(test_size, words, stratify):
    with pytest.raises(ValueError, match=f"Of 10 examples, test_size={test_size} .*{words}"):
        train_test_split(TEN, TWO, test_size, stratify=stratify)


def test_one_example_cannot_be_split():
    with pytest.raises(ValueError, match="Of 1 examples"):
        train_test_split([[1.0]], [0], 0.5)


@pytest.mark.parametrize(
    ("test_size", "words"),
    [
        (1, "2 classes do not fit into a test part of 1 of 10"),
        (9, "2 classes do not fit into a training part of 1 of 10"),
    ],
)
def test_a_part_with_fewer_examples_than_classes_is_refused_only_when_stratified(test_size, words):
    with pytest.raises(ValueError, match=words + ".*stratify=False"):
        train_test_split(TEN, TWO, test_size)
    assert len(train_test_split(TEN, TWO, test_size, stratify=False)[1]) == test_size


@pytest.mark.parametrize("stratify", [TWO, None, 1, "yes", [True]])
def test_stratify_is_true_or_false(stratify):
    with pytest.raises(TypeError, match=r"stratify must be True .*was given"):
        train_test_split(TEN, TWO, stratify=stratify)


@pytest.mark.parametrize(("seed", "error"), [(None, TypeError), (-1, ValueError), (0.5, TypeError), ("0", TypeError)])
def test_a_seed_is_a_whole_number_or_a_generator(seed, error):
    with pytest.raises(error, match="seed"):
        train_test_split(TEN, TWO, seed=seed)
