"""Numbers and names as text."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograd_lite.drawing.numerals import constant, number, rows_of_gradient, rows_of_value
from autograd_lite.drawing.text import clean, columns, for_html_label

often = settings(max_examples=200)

PRECISIONS = st.integers(1, 15)


@often
@given(st.floats(allow_nan=False, allow_infinity=False), PRECISIONS)
def test_a_number_is_written_as_zero_only_if_it_is_zero(x, precision):
    assert (float(number(x, precision)) == 0) == (x == 0)


@often
@given(st.floats(-1e300, 1e300), st.integers(3, 15))
def test_a_number_is_read_back_to_its_decimals(x, precision):
    read = float(number(x, precision))
    assert math.isclose(read, x, rel_tol=10.0 ** -(precision - 2), abs_tol=10.0**-precision if abs(x) >= 1e-15 else 0)


@often
@given(st.floats(allow_nan=False), PRECISIONS)
def test_numbers_stay_short(x, precision):
    assert len(number(x, precision)) <= precision + 8


@often
@given(st.integers(-99_999, 99_999))
def test_a_whole_constant_is_written_without_decimals(n):
    assert constant(float(n), 4) == str(n)


def test_booleans_and_counts_are_written_as_they_are():
    assert (number(True, 4), number(np.bool_(False), 4), number(3, 4), number(np.int64(-7), 4)) == (
        "True", "False", "3", "-7",
    )  # fmt: skip


@often
@given(
    arrays.arrays(
        st.sampled_from([np.float16, np.float32, np.float64, np.int64, np.bool_]),
        arrays.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=5),
    )
)
def test_every_array_has_rows_and_none_of_them_warns(data):
    with np.errstate(all="raise"):
        rows = rows_of_value(data, 4)
    assert rows
    assert all(row.text for row in rows)
    assert any(row.kind == "alarm" for row in rows) == (not np.all(np.isfinite(data)))


@pytest.mark.parametrize("scale", [1e-300, 1.0, 1e300])
def test_mean_and_spread_of_a_large_array_are_numpys_own(scale):
    data = np.random.default_rng(0).normal(size=(20, 5))
    mean_row, range_row = rows_of_value(data * scale, 6)
    mean, std = (float(part) / scale for part in mean_row.text.split(" ± "))
    low, high = (float(part) / scale for part in range_row.text.split(" … "))
    np.testing.assert_allclose([mean, std, low, high], [data.mean(), data.std(), data.min(), data.max()], rtol=1e-3)


def test_a_mean_that_is_only_rounding_is_not_written_with_digits():
    data = np.array([0.1, 0.2, 0.3, -0.3, -0.2, -0.1]) + 1e-17
    assert rows_of_gradient(data, 4)[0].text == "~0 ± 0.2160" or data.mean() == 0


def test_small_arrays_are_written_whole_a_row_on_a_line():
    assert [row.text for row in rows_of_value(np.array([[1.0, 2.0], [3.0, 4.5]]), 1)] == ["[1.0, 2.0]", "[3.0, 4.5]"]
    assert [row.text for row in rows_of_value(np.array([1.0, -2.0]), 1)] == ["[1.0, -2.0]"]
    assert rows_of_value(np.zeros((0, 3)), 4)[0].text == "no entries"


@often
@given(st.text(st.characters(codec=None), max_size=80), st.integers(2, 60))
def test_cleaned_text_is_one_short_harmless_line(text, limit):
    cleaned = clean(text, limit)
    assert 1 <= len(cleaned) <= limit
    assert cleaned == clean(cleaned, limit)
    cleaned.encode("utf-8")
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u2066\u200f\ufeff\uffff" for c in cleaned)


def test_text_that_harms_nobody_is_left_alone():
    for text in ("w", "∂L/∂w₁", "重み", "a  b".replace("  ", " "), "<b> & \\N"):
        assert clean(text) == text


@often
@given(st.text(max_size=40))
def test_escaped_text_holds_nothing_that_graphviz_or_html_would_read(text):
    escaped = for_html_label(clean(text))
    assert not set("<>\"'\\") & set(escaped)


def test_wide_characters_take_two_columns():
    assert (columns("ab"), columns("重み"), columns("e\u0301")) == (2, 4, 1)
