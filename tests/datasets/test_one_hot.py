"""One-hot rows say the same as the labels; labels that mean something else are refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograd_lite.datasets import digits, one_hot

labels = st.lists(st.integers(0, 20), min_size=1, max_size=30)


@given(y=labels, spare=st.integers(0, 5))
@settings(max_examples=60)
def test_each_row_has_a_single_1_in_the_column_of_its_label(y, spare):
    classes = max(y) + 1 + spare
    rows = one_hot(y, classes)
    assert (rows.shape, rows.dtype) == ((len(y), classes), np.float64)
    assert set(np.unique(rows)) <= {0.0, 1.0}
    np.testing.assert_array_equal(rows.sum(axis=1), 1)
    np.testing.assert_array_equal(np.argmax(rows, axis=1), y)


@given(y=labels)
@settings(max_examples=40)
def test_without_classes_the_largest_label_has_the_last_column(y):
    np.testing.assert_array_equal(one_hot(y), one_hot(y, classes=max(y) + 1))


@given(y=labels, dtype=st.sampled_from([np.uint8, np.int8, np.uint16, np.int64, np.float32, np.float64]))
@settings(max_examples=40)
def test_the_type_of_whole_numbers_and_a_last_axis_of_1_make_no_difference(y, dtype):
    expected, given_labels = one_hot(y), np.array(y, dtype=dtype)
    np.testing.assert_array_equal(one_hot(given_labels), expected)
    np.testing.assert_array_equal(one_hot(given_labels[:, None]), expected)


def test_true_is_class_1():
    np.testing.assert_array_equal(one_hot([False, True, True], classes=2), [[1, 0], [0, 1], [0, 1]])


def test_the_digits_become_ten_columns():
    _, y = digits()
    assert one_hot(y).sum(axis=0).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_256_classes_fit_into_uint8_when_that_is_said():
    y = np.array([0, 255], dtype=np.uint8)
    assert one_hot(y, classes=256).argmax(axis=1).tolist() == [0, 255]
    assert one_hot(y, classes=300).shape == (2, 300)


def test_labels_are_not_changed_and_not_shared():
    y = np.array([0, 1])
    one_hot(y)[:] = 7
    assert y.tolist() == [0, 1]
    assert one_hot(y).tolist() == [[1, 0], [0, 1]]


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.uint32, np.uint64])
@pytest.mark.parametrize("classes", [None, 3])
def test_an_unsigned_label_that_wrapped_around_is_recognised(dtype, classes):
    y = np.array([1, 0, 3], dtype=dtype) - dtype(1)  # labels 1..3, and a 0 among them
    with pytest.raises(
        ValueError, match=rf"Label 1 is {np.iinfo(dtype).max}\. It looks like 0 - 1 in {dtype.__name__}"
    ):
        one_hot(y, classes)


@pytest.mark.parametrize(
    ("y", "classes", "words"),
    [
        ([0, -1], None, "label 1 is -1"),
        ([0, 2, -3], 3, "label 2 is -3"),
        ([-1, 1, 1], None, r"label 0 is -1.*\(y \+ 1\) // 2"),
        ([-1.0, 1.0], None, r"\(y \+ 1\) // 2"),
        ([0.0, 0.5], None, r"label 1 is 0\.5"),
        ([0.0, np.nan], None, "label 1 is nan"),
        ([np.inf], None, "label 0 is inf"),
        ([-np.inf], 2, "label 0 is -inf"),
        ([0, 3, 1], 3, r"With classes=3 the labels are 0\.\.2; label 1 is 3\.$"),
        ([1, 3, 2], 3, r"label 1 is 3\. Labels 1\.\.3 become 0\.\.2 by y - 1"),
        ([1, 7, 2], 3, "label 1 is 7.$"),
        ([0.0, 2.0], 2, "label 1 is 2"),
        ([True], 1, "label 0 is 1"),
        (np.array([0, 9], dtype=np.uint8), 9, "label 1 is 9"),
        ([2024, 20_240_101], None, "The largest label is 20240101.*return_inverse"),
        ([1e300], None, r"The largest label is 1e\+300"),
        ([], None, "y is empty"),
        (np.zeros((0, 1)), 3, "y is empty"),
        ([[0, 1], [1, 0]], 2, r"shape \(m,\); y has shape \(2, 2\)\. These seem to be one-hot rows already"),
        ([[3, 1], [1, 2]], 4, r"y has shape \(2, 2\)\.$"),
        (np.zeros((3, 0)), 2, r"y has shape \(3, 0\)"),
        (np.zeros((2, 1, 1)), 2, r"y has shape \(2, 1, 1\)"),
        ([[0], [0, 1]], 2, "y must be one array"),
        ([0, 1], 0, "classes must be a whole number, 1 or more; 0"),
        ([0, 1], -2, "classes must be a whole number, 1 or more; -2"),
    ],
)
def test_labels_that_are_no_classes_are_refused(y, classes, words):
    with pytest.raises(ValueError, match=words):
        one_hot(y, classes)


@pytest.mark.parametrize(
    ("y", "classes", "words"),
    [
        (["cat", "dog"], None, r"whole numbers; it was given <U3.*cat.*return_inverse"),
        (["0", "1"], 2, "whole numbers; it was given <U1"),
        ([0, None], 2, "it was given object"),
        ([1j], 2, "it was given complex128"),
        (3, 10, "y must have one row for each example; 3 was given"),
        (None, None, "y must have one row"),
        ([0, 1], 2.0, "classes must be a whole number, 1 or more; 2.0 was given, a float. Write classes=2"),
        ([0, 1], True, "classes must be a whole number"),
        ([0, 1], (0, 1), r"classes must be a whole number, 1 or more; \(0, 1\) was given, a tuple"),
        ([0, 1], "2", "classes must be a whole number"),
    ],
)
def test_what_is_no_number_is_refused(y, classes, words):
    with pytest.raises(TypeError, match=words):
        one_hot(y, classes)
