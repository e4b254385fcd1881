"""Toy sets have the shape that their names say, are balanced and shuffled, and a seed makes each again."""

import inspect

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograd_lite import datasets
from autograd_lite.datasets import blobs, circles, linear, moons, xor

TOYS = [moons, circles, blobs, linear, xor]
each_toy = pytest.mark.parametrize("toy", TOYS, ids=lambda toy: toy.__name__)
few = settings(max_examples=25)


def test_the_package_exports_what_it_says():
    assert sorted(datasets.__all__) == datasets.__all__
    assert all(callable(getattr(datasets, name)) for name in datasets.__all__)
    assert {toy.__name__ for toy in TOYS} < set(datasets.__all__)


# what all of them have in common


@each_toy
@given(n_samples=st.integers(1, 60), seed=st.integers(0, 2**32), noise=st.floats(0, 10))
@few
def test_points_are_pairs_of_floats_with_balanced_whole_labels(toy, n_samples, seed, noise):
    X, y = toy(n_samples, noise=noise, seed=seed)
    assert (X.shape, X.dtype, y.shape, y.dtype) == ((n_samples, 2), np.float64, (n_samples,), np.int64)
    assert np.all(np.isfinite(X))
    counts = np.bincount(y, minlength=3 if toy is blobs else 2)
    assert counts.max() - counts.min() <= 1
    assert len(counts) == (3 if toy is blobs else 2)


@each_toy
@given(seed=st.integers(0, 2**64))
@few
def test_a_seed_makes_the_same_points_again(toy, seed):
    for first, again in zip(toy(20, seed=seed), toy(20, seed=seed), strict=True):
        np.testing.assert_array_equal(first, again)
    fresh = toy(20, seed=np.random.default_rng(seed))
    np.testing.assert_array_equal(fresh[0], toy(20, seed=seed)[0])


@each_toy
def test_another_seed_makes_other_points_in_another_order(toy):
    (X, y), (other_X, other_y) = toy(50, seed=0), toy(50, seed=1)
    assert not np.any(np.all(other_X == X, axis=1))
    assert np.any(y != other_y)


@each_toy
def test_seed_0_is_the_default_and_neither_reads_nor_moves_the_global_numbers(toy):
    np.random.seed(1)
    before = np.random.get_state()[1].copy()
    np.testing.assert_array_equal(toy()[0], toy(seed=0)[0])
    np.testing.assert_array_equal(np.random.get_state()[1], before)


@each_toy
def test_a_generator_moves_on(toy):
    rng = np.random.default_rng(3)
    assert np.any(toy(20, seed=rng)[0] != toy(20, seed=rng)[0])


@each_toy
def test_points_are_shuffled(toy):
    _, y = toy(400)
    changes = np.count_nonzero(np.diff(y))
    expected = 399 * (2 / 3 if toy is blobs else 1 / 2)
    assert (
        abs(changes - expected) < 50
    )  # 5 standard deviations; sorted labels change once or twice, alternating ones 399 times


@each_toy
@given(seed=st.integers(0, 1000), noise=st.floats(0.01, 5))
@few
def test_more_noise_moves_the_same_points_farther_in_the_same_direction(toy, seed, noise):
    (clean, y), (once, y_once), (twice, y_twice) = (toy(30, noise=k * noise, seed=seed) for k in (0, 1, 2))
    np.testing.assert_allclose(twice - clean, 2 * (once - clean), atol=1e-12)
    np.testing.assert_array_equal(y, y_once)
    np.testing.assert_array_equal(y, y_twice)


@each_toy
def test_noise_is_the_standard_deviation_of_each_coordinate_and_has_mean_0(toy):
    moved = toy(4000, noise=0.7, seed=5)[0] - toy(4000, noise=0.0, seed=5)[0]
    np.testing.assert_allclose(moved.std(axis=0), 0.7, rtol=0.06)
    np.testing.assert_allclose(moved.mean(axis=0), 0.0, atol=0.06)
    assert abs(np.corrcoef(moved.T)[0, 1]) < 0.08


@each_toy
def test_points_of_two_calls_share_no_memory(toy):
    X, y = toy(10)
    X[:], y[:] = 99.0, 9
    assert 99.0 not in toy(10)[0]
    assert 9 not in toy(10)[1]


# the shape of each


@given(n_samples=st.integers(1, 50), seed=st.integers(0, 100))
@few
def test_moons_without_noise_are_two_half_circles(n_samples, seed):
    X, y = moons(n_samples, noise=0.0, seed=seed)
    upper, lower = X[y == 0], X[y == 1]
    np.testing.assert_allclose(np.hypot(upper[:, 0], upper[:, 1]), 1)
    np.testing.assert_allclose(np.hypot(lower[:, 0] - 1, lower[:, 1] - 0.5), 1)
    assert np.all(upper[:, 1] > -1e-9)
    assert np.all(lower[:, 1] < 0.5 + 1e-9)


def test_moons_reach_into_each_other():
    X, y = moons(200, noise=0.0)
    assert X[y == 0][:, 0].max() > X[y == 1][:, 0].min() + 0.9
    assert X[y == 0][:, 1].min() < X[y == 1][:, 1].max() - 0.4


@given(n_samples=st.integers(1, 50), factor=st.floats(0, 0.99))
@few
def test_circles_without_noise_have_radius_1_and_factor(n_samples, factor):
    X, y = circles(n_samples, noise=0.0, factor=factor)
    radius = np.hypot(X[:, 0], X[:, 1])
    np.testing.assert_allclose(radius[y == 0], 1)
    np.testing.assert_allclose(radius[y == 1], factor, atol=1e-12)


def test_circles_go_all_the_way_round_and_no_point_is_twice():
    X, _ = circles(80, noise=0.0)
    assert len(np.unique(X.round(9), axis=0)) == 80
    np.testing.assert_allclose(X.mean(axis=0), 0, atol=1e-12)


@given(count=st.integers(1, 12), n_samples=st.integers(1, 60))
@few
def test_blobs_without_noise_are_their_centres(count, n_samples):
    centers = np.random.default_rng(count).normal(size=(count, 3))
    X, y = blobs(n_samples, centers=centers, noise=0.0)
    np.testing.assert_array_equal(X, centers[y])
    counts = np.bincount(y, minlength=count)
    assert counts.max() - counts.min() <= 1


@pytest.mark.parametrize("count", [2, 3, 4, 7, 20])
def test_a_number_of_centres_lies_evenly_on_a_circle_each_2_from_the_next(count):
    X, y = blobs(count, centers=count, noise=0.0)
    X = X[np.argsort(y)]
    np.testing.assert_allclose(np.linalg.norm(X - np.roll(X, 1, axis=0), axis=1), 2)
    np.testing.assert_allclose(X.mean(axis=0), 0, atol=1e-12)
    distances = np.linalg.norm(X[:, None] - X, axis=2)[~np.eye(count, dtype=bool)]
    assert distances.min() > 2 - 1e-9


def test_one_blob_lies_around_the_origin():
    X, y = blobs(5, centers=1, noise=0.0)
    assert not X.any()
    assert not y.any()


def test_centres_may_be_whole_numbers_in_lists():
    X, y = blobs(4, centers=[[0, 0], [5, 5]], noise=0.0)
    assert X.dtype == np.float64
    np.testing.assert_array_equal(X[:, 0], 5.0 * y)


def separating_line(X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float]:
    """A line that the perceptron finds: w and b with w·x + b > 0 exactly where y is 1."""
    rows, sign = np.column_stack([X, np.ones(len(X))]), 2 * y - 1
    w = np.zeros(rows.shape[1])
    for _ in range(200_000):
        wrong = np.flatnonzero(sign * (rows @ w) <= 0)
        if len(wrong) == 0:
            return w[:-1], w[-1]
        w += sign[wrong[0]] * rows[wrong[0]]
    raise AssertionError("no line was found")


@given(seed=st.integers(0, 10_000), features=st.integers(1, 5), n_samples=st.integers(2, 80))
@few
def test_a_line_separates_the_linear_set(seed, features, n_samples):
    X, y = linear(n_samples, features=features, margin=0.1, seed=seed)
    assert X.shape == (n_samples, features)
    w, b = separating_line(X, y)
    np.testing.assert_array_equal(X @ w + b > 0, y == 1)


@given(seed=st.integers(0, 10_000), margin=st.floats(0, 3), features=st.integers(1, 4))
@few
def test_no_point_of_one_class_is_nearer_to_the_other_than_twice_the_margin(seed, margin, features):
    X, y = linear(60, features=features, margin=margin, seed=seed)
    distances = np.linalg.norm(X[y == 0][:, None] - X[y == 1], axis=2)
    assert distances.min() > 2 * margin - 1e-9
    assert distances.min() > 0


@pytest.mark.parametrize("margin", [0.0, 0.1, 1.0])
def test_the_line_of_the_linear_set_is_where_its_seed_says(margin):
    rng = np.random.default_rng(4)
    w = rng.standard_normal(2)
    w /= np.linalg.norm(w)
    b = -rng.uniform(-0.5, 0.5)
    X, y = linear(500, margin=margin, seed=4)
    distance = X @ w + b
    np.testing.assert_array_equal(distance > 0, y == 1)
    assert margin - 1e-12 < np.abs(distance).min() < margin + 0.05
    assert margin + 0.95 < np.abs(distance).max() < margin + 1 + 1e-12


def test_the_line_seldom_passes_through_the_origin():
    offsets = []
    for seed in range(20):
        X, y = linear(400, margin=0.0, seed=seed)
        middle = (X[y == 0].mean(axis=0) + X[y == 1].mean(axis=0)) / 2
        offsets.append(np.linalg.norm(middle))
    assert np.median(offsets) > 0.1


@pytest.mark.parametrize("corners", [1, 2, 3, 4])
def test_xor_without_noise_is_its_truth_table(corners):
    X, y = xor(25 * 4 + corners, noise=0.0)
    np.testing.assert_array_equal(y, X[:, 0].astype(bool) ^ X[:, 1].astype(bool))
    counts = np.unique(X, axis=0, return_counts=True)[1]
    assert len(counts) == 4
    assert counts.max() - counts.min() <= 1


def test_no_line_separates_xor_moons_or_circles():
    for toy in (xor, moons, circles):
        X, y = toy(200, noise=0.0)
        rows = np.column_stack([X, np.ones(200)])
        angles = np.linspace(0, 2 * np.pi, 360, endpoint=False)
        along = X @ np.stack([np.cos(angles), np.sin(angles)])
        assert np.all(along[y == 0].max(axis=0) >= along[y == 1].min(axis=0)), toy.__name__
        w = np.linalg.lstsq(rows, 2.0 * y - 1, rcond=None)[0]
        assert np.mean((rows @ w > 0) == (y == 1)) < 0.95, toy.__name__


# what they refuse

NOT_WHOLE = [
    ("20", TypeError),
    (20.0, TypeError),
    (2.5, TypeError),
    (None, TypeError),
    (True, TypeError),
    ([20], TypeError),
]
BAD = [
    *[("n_samples", value, error) for value, error in [*NOT_WHOLE, (0, ValueError), (-3, ValueError)]],
    ("n_samples", float("nan"), TypeError),
    ("n_samples", np.True_, TypeError),
    ("noise", -0.1, ValueError),
    ("noise", float("nan"), ValueError),
    ("noise", float("inf"), ValueError),
    ("noise", "0.1", TypeError),
    ("noise", None, TypeError),
    ("noise", True, TypeError),
    ("noise", 1j, TypeError),
    ("noise", [0.1, 0.2], TypeError),
    ("seed", None, TypeError),
    ("seed", -1, ValueError),
    ("seed", 1.0, TypeError),
    ("seed", "0", TypeError),
    ("seed", True, TypeError),
    ("seed", np.random.RandomState(0), TypeError),
]


@each_toy
@pytest.mark.parametrize(("name", "value", "error"), BAD)
def test_a_wrong_argument_is_named_with_its_value(toy, name, value, error):
    with pytest.raises(error, match=name) as raised:
        toy(**{name: value})
    if isinstance(value, int | float | str):
        assert str(value).strip("'") in str(raised.value)


@each_toy
def test_only_the_number_of_points_goes_without_its_name(toy):
    parameters = list(inspect.signature(toy).parameters.values())
    assert [p.kind is p.KEYWORD_ONLY for p in parameters] == [False] + [True] * (len(parameters) - 1)
    with pytest.raises(TypeError, match="positional"):
        toy(100, 0.1)


@each_toy
@pytest.mark.parametrize("number", [np.int8(20), np.uint16(20), np.array(20)])
def test_numbers_of_numpy_are_numbers(toy, number):
    np.testing.assert_array_equal(toy(number, seed=number)[0], toy(20, seed=20)[0])
    np.testing.assert_array_equal(toy(20, noise=np.float32(0.5))[0], toy(20, noise=0.5)[0])
    np.testing.assert_array_equal(toy(20, noise=1)[0], toy(20, noise=1.0)[0])


def test_no_seed_is_refused_and_the_message_names_the_deliberate_choice():
    with pytest.raises(TypeError, match=r"seed=None.*seed=np\.random\.default_rng\(\)"):
        moons(seed=None)


def test_a_float_that_is_a_whole_number_gets_a_hint():
    with pytest.raises(TypeError, match=r"200\.0 was given, a float\. Write n_samples=200\."):
        moons(200.0)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: circles(factor=1), ValueError, "factor must be from 0 to below 1.*1 was given"),
        (lambda: circles(factor=-0.1), ValueError, "factor"),
        (lambda: circles(factor=float("nan")), ValueError, "factor must be a finite number"),
        (lambda: circles(factor="0.5"), TypeError, "factor must be a number; '0.5'"),
        (lambda: blobs(centers=0), ValueError, "centers must be a whole number, 1 or more; 0"),
        (lambda: blobs(centers=2.5), TypeError, "centers"),
        (lambda: blobs(centers=True), TypeError, "centers"),
        (lambda: blobs(centers="3"), TypeError, "centers"),
        (lambda: blobs(centers=None), TypeError, "centers"),
        (lambda: blobs(centers=[]), ValueError, "centers is empty.*one row for each centre"),
        (lambda: blobs(centers=[0.0, 1.0]), ValueError, r"one row for each centre.*shape \(2,\)"),
        (lambda: blobs(centers=[[], []]), ValueError, r"shape \(2, 0\)"),
        (lambda: blobs(centers=[[[0.0]]]), ValueError, r"shape \(1, 1, 1\)"),
        (lambda: blobs(centers=[[0.0, 1.0], [2.0]]), ValueError, "centers must be one array"),
        (lambda: blobs(centers=[["a", "b"]]), TypeError, "centers must hold numbers"),
        (lambda: blobs(centers=[[1j, 0]]), TypeError, "centers must hold numbers"),
        (lambda: blobs(centers=[[True, False]]), TypeError, "centers must hold numbers"),
        (lambda: blobs(centers=[[0.0, float("nan")]]), ValueError, "centers must be finite"),
        (lambda: linear(features=0), ValueError, "features must be a whole number, 1 or more; 0"),
        (lambda: linear(features=2.0), TypeError, "features.*Write features=2"),
        (lambda: linear(margin=-1), ValueError, "margin must be 0 or more; -1"),
        (lambda: linear(margin=float("inf")), ValueError, "margin must be a finite number"),
        (lambda: linear(margin=None), TypeError, "margin must be a number; None"),
    ],
)
def test_an_argument_of_one_set_alone_is_checked_too(call, error, words):
    with pytest.raises(error, match=words):
        call()
