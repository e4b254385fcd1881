"""The digits are the real ones, unchanged, and a damaged file cannot pass for them."""

import hashlib
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograd_lite.datasets import digits, handwritten
from autograd_lite.datasets.handwritten import FILE, read_digits, stored_digits

COUNTS = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
UCI_SHA256 = "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8"  # of UCI's optdigits.tes
ALL_DIGITS = st.lists(st.integers(0, 9), min_size=1, unique=True)


def stored() -> dict[str, np.ndarray]:
    """The arrays of the file, read without the package's own reader."""
    with np.load(FILE, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# the data


def test_the_file_holds_two_arrays_of_small_numbers_and_is_small():
    arrays = stored()
    assert set(arrays) == {"images", "labels"}
    assert (arrays["images"].dtype, arrays["images"].shape) == (np.uint8, (1797, 8, 8))
    assert (arrays["labels"].dtype, arrays["labels"].shape) == (np.uint8, (1797,))
    assert FILE.stat().st_size < 70_000


def test_the_bytes_of_the_arrays_are_those_that_were_released():
    arrays = stored()
    assert sha256(arrays["images"].tobytes()) == "8f26b2bd9d135c256808f68f14fdabddde6d9c7f869ae419704b051f0f14b3b3"
    assert sha256(arrays["labels"].tobytes()) == "8ba4f891220f5e4c9c819638d1602d74b83618f167043c6da52a2a247841ddf0"


def test_written_as_text_the_arrays_are_the_file_that_uci_gives_out():
    arrays = stored()
    table = np.column_stack([arrays["images"].reshape(1797, 64), arrays["labels"]])
    text = "".join(",".join(map(str, row)) + "\n" for row in table.tolist())
    assert sha256(text.encode()) == UCI_SHA256


def test_the_arrays_are_those_of_scikit_learn_bit_for_bit():
    theirs = pytest.importorskip("sklearn.datasets").load_digits()
    images, y = digits(flatten=False, scale=False)
    assert images.tobytes() == theirs.images.astype(np.float64).tobytes()
    assert digits(scale=False)[0].tobytes() == theirs.data.astype(np.float64).tobytes()
    assert y.tobytes() == theirs.target.astype(np.int64).tobytes()


def test_each_class_has_its_count_and_every_brightness_from_0_to_16_occurs():
    X, y = digits(scale=False)
    assert np.bincount(y).tolist() == COUNTS
    assert np.unique(X).tolist() == list(range(17))


def test_images_are_upright():
    images, y = digits(flatten=False)
    seven, six = images[y == 7].mean(axis=0), images[y == 6].mean(axis=0)
    assert seven[:3].sum() > seven[5:].sum()  # the bar of a 7 is at its top
    assert six[4:7, 4:].sum() > six[1:4, 4:].sum()  # the bow of a 6 is at its bottom right
    two = images[y == 2].mean(axis=0)
    assert two[7, 5:].sum() > 2 * two[7, :2].sum()  # a 2 ends at its right


def test_the_words_about_the_data_name_authors_licence_source_and_digest():
    text = FILE.with_name("DIGITS.md").read_text(encoding="utf-8")
    for words in ("Alpaydin", "Kaynak", "1998", "10.24432/C50P49", "CC BY 4.0", "optdigits.tes", UCI_SHA256):
        assert words in text
    assert all(f" {count} " in text for count in COUNTS)


# what digits() gives


def test_by_default_digits_are_rows_of_64_numbers_from_0_to_1():
    X, y = digits()
    assert (X.dtype, X.shape, X.min(), X.max()) == (np.float64, (1797, 64), 0.0, 1.0)
    assert (y.dtype, y.shape) == (np.int64, (1797,))


@pytest.mark.parametrize("scale", [True, False])
def test_flat_images_are_the_square_ones_row_after_row(scale):
    flat, y = digits(scale=scale)
    square, y_square = digits(flatten=False, scale=scale)
    assert square.shape == (1797, 8, 8)
    np.testing.assert_array_equal(flat[:, 8 * 3 + 5], square[:, 3, 5])
    np.testing.assert_array_equal(flat, square.reshape(1797, 64))
    np.testing.assert_array_equal(y, y_square)


def test_scaling_divides_by_16():
    np.testing.assert_array_equal(digits()[0] * 16, digits(scale=False)[0])


@given(classes=ALL_DIGITS)
@settings(max_examples=30)
def test_chosen_classes_keep_the_order_of_the_data_and_their_labels(classes):
    X, y = digits()
    chosen_X, chosen_y = digits(classes=classes)
    keep = [i for i, label in enumerate(y.tolist()) if label in classes]
    np.testing.assert_array_equal(chosen_X, X[keep])
    np.testing.assert_array_equal(chosen_y, y[keep])
    assert chosen_y.dtype == np.int64


@pytest.mark.parametrize(
    "classes", [(0, 1), [1, 0], {0, 1}, range(2), np.array([1, 0], dtype=np.uint8), iter((0, 1)), {0: "a", 1: "b"}]
)
def test_any_collection_of_whole_numbers_names_classes(classes):
    X, y = digits(classes=classes)
    assert X.shape == (360, 64)
    np.testing.assert_array_equal(y, digits((0, 1))[1])


def test_changing_what_was_returned_changes_no_later_call():
    for settings_ in (
        {},
        {"flatten": False},
        {"scale": False},
        {"classes": range(10)},
        {"flatten": False, "scale": False},
    ):
        X, y = digits(**settings_)
        before = X.copy(), y.copy()
        X[:] = -1.0
        y[:] = -1
        for again, earlier in zip(digits(**settings_), before, strict=True):
            np.testing.assert_array_equal(again, earlier)


def test_the_arrays_that_all_calls_share_cannot_be_changed():
    for array in stored_digits():
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


# what it refuses


@pytest.mark.parametrize(
    ("classes", "error", "words"),
    [
        ((), ValueError, "empty"),
        (np.array([], dtype=int), ValueError, "empty"),
        ((0, 1, 0), ValueError, "0 more than once"),
        ((10,), ValueError, "holds 10"),
        ((0, -1), ValueError, "holds -1"),
        (np.array([0, 255], dtype=np.uint8), ValueError, "holds 255"),
        (3, TypeError, r"such as \(0, 1\) or \(3,\); 3 was given"),
        (True, TypeError, "True was given"),
        ("01", TypeError, "'01' was given"),
        (("0", "1"), TypeError, "holds '0', a str"),
        ((0.0, 1.0), TypeError, "holds 0.0, a float"),
        ((True, False), TypeError, "holds True, a bool"),
        (np.array([True, False]), TypeError, "holds np.True_"),
        ((None,), TypeError, "holds None"),
        ([(0, 1)], TypeError, r"holds \(0, 1\), a tuple"),
        (np.eye(2, dtype=int), TypeError, "holds array"),
    ],
)
def test_classes_that_cannot_be_are_named(classes, error, words):
    with pytest.raises(error, match=words):
        digits(classes=classes)


def test_a_missing_file_is_named_and_how_to_get_it_back(tmp_path, monkeypatch):
    monkeypatch.setattr(handwritten, "FILE", tmp_path / "digits.npz")
    stored_digits.cache_clear()
    try:
        with pytest.raises(FileNotFoundError, match=r"missing: there is no .*digits\.npz.* pip install"):
            digits()
    finally:
        stored_digits.cache_clear()


def saved(path: Path, **arrays: np.ndarray) -> Path:
    np.savez_compressed(path, **arrays)
    return path


@pytest.mark.parametrize("content", [b"", b"PK", b"not an archive", bytes(50_000)])
def test_a_foreign_file_is_refused(tmp_path, content):
    path = tmp_path / "digits.npz"
    path.write_bytes(content)
    with pytest.raises(OSError, match=r"cannot be read from .*digits\.npz"):
        read_digits(path)


def test_a_single_array_or_a_pickle_is_refused(tmp_path):
    path = tmp_path / "digits.npz"
    for array in (np.zeros(3), np.array([{}], dtype=object)):
        buffer = io.BytesIO()
        np.save(buffer, array)
        path.write_bytes(buffer.getvalue())
        with pytest.raises(OSError, match="cannot be read"):
            read_digits(path)


def test_an_archive_without_the_labels_is_refused(tmp_path):
    with pytest.raises(OSError, match=r"cannot be read.*labels"):
        read_digits(saved(tmp_path / "digits.npz", images=stored()["images"]))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("images", lambda a: np.roll(a, 1, axis=0)),
        ("images", lambda a: a.transpose(0, 2, 1)),
        ("images", lambda a: a.reshape(1797, 64)),
        ("images", lambda a: a.astype(np.float64)),
        ("images", lambda a: a.view(np.int8)),
        ("images", lambda a: a[:-1]),
        ("labels", lambda a: np.roll(a, 1)),
        ("labels", lambda a: a.astype(np.int64)),
        ("labels", lambda a: a[:, None]),
    ],
)
def test_an_archive_with_other_numbers_is_refused(tmp_path, name, change):
    arrays = stored()
    arrays[name] = change(arrays[name])
    with pytest.raises(OSError, match=f"not as released: {name} in"):
        read_digits(saved(tmp_path / "digits.npz", **arrays))


@given(kept=st.integers(0, FILE.stat().st_size - 1))
@settings(max_examples=40)
def test_a_file_cut_off_anywhere_is_refused(tmp_path, kept):
    path = tmp_path / "digits.npz"
    path.write_bytes(FILE.read_bytes()[:kept])
    with pytest.raises(OSError, match="digits of this package"):
        read_digits(path)


@given(at=st.integers(0, FILE.stat().st_size - 1), value=st.integers(1, 255))
@settings(max_examples=100)
def test_a_changed_byte_is_noticed_or_without_effect(tmp_path, at, value):
    damaged = bytearray(FILE.read_bytes())
    damaged[at] ^= value
    path = tmp_path / "digits.npz"
    path.write_bytes(damaged)
    try:
        images, labels = read_digits(path)
    except OSError as error:
        assert "digits of this package" in str(error)  # noqa: PT017, either outcome is right
    else:  # a date in the archive, for example
        np.testing.assert_array_equal(images, stored()["images"])
        np.testing.assert_array_equal(labels, stored()["labels"])
