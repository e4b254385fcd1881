"""What a slope is where there is none: of whole arrays. Sorting, reductions, matrices, SciPy's functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import autograd_lite as ag

from .kinks import TINY, gradient, inf, nan, quiet

# ------------------------------------------------------------------------- linear algebra


@pytest.mark.parametrize("order", [None, 1, 2, 3, 0.5, -1, inf, -inf, 0])
@pytest.mark.filterwarnings("ignore:divide by zero")  # NumPy's own, of a negative power of 0
def test_the_zero_vector_has_no_direction(order: float | None) -> None:
    zero = np.zeros(3)
    assert gradient(lambda v: np.linalg.norm(v, order), zero).tolist() == [0, 0, 0]
    assert gradient(lambda v: np.linalg.norm(v, order), zero * 1j).tolist() == [0, 0, 0]
    assert np.all(ag.hessian(np.linalg.norm)(zero) == 0)


@pytest.mark.parametrize("order", [None, "fro", "nuc", 1, -1, 2, -2, inf, -inf])
def test_the_zero_matrix_has_no_direction(order: Any) -> None:
    assert gradient(lambda v: np.linalg.norm(v, order), np.zeros((2, 3))).tolist() == [[0, 0, 0], [0, 0, 0]]


def test_equal_largest_parts_of_a_norm_share_equally() -> None:
    assert gradient(lambda v: np.linalg.norm(v, inf), np.array([2.0, -2.0, 1.0])).tolist() == [0.5, -0.5, 0]
    assert gradient(lambda v: np.linalg.norm(v, -inf), np.array([2.0, -2.0, 3.0])).tolist() == [0.5, -0.5, 0]
    assert gradient(lambda v: np.linalg.norm(v, 1), np.ones((2, 2))).tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert gradient(lambda v: np.linalg.norm(v, inf), np.ones((2, 2))).tolist() == [[0.5, 0.5], [0.5, 0.5]]
    np.testing.assert_allclose(gradient(lambda v: np.linalg.norm(v, 2), 3 * np.eye(2)), np.eye(2) / 2, atol=TINY)
    np.testing.assert_allclose(gradient(lambda v: np.linalg.norm(v, -2), 3 * np.eye(2)), np.eye(2) / 2, atol=TINY)
    np.testing.assert_allclose(gradient(np.linalg.cond, 3 * np.eye(2)), np.zeros((2, 2)), atol=TINY)


def test_a_singular_value_of_0_sends_back_0_as_abs_does() -> None:
    for values in (np.linalg.svdvals, lambda a: np.linalg.svd(a)[1], lambda a: np.linalg.svd(a, compute_uv=False)):
        assert gradient(lambda v, of=values: of(v)[0], np.zeros((1, 1))) == 0
        slopes = gradient(lambda v, of=values: np.sum(of(v)), np.array([[1.0, 1.0], [1.0, 1.0]]))
        np.testing.assert_allclose(slopes, 0.5, atol=TINY)
    np.testing.assert_allclose(gradient(lambda v: np.linalg.norm(v, "nuc"), np.ones((2, 2))), 0.5, atol=TINY)


def test_equal_eigenvalues_leave_their_vectors_alone() -> None:
    """1/0 is 0: what turns them into each other. Sums over all of them are exact."""
    for vectors in (lambda a: np.linalg.eigh(a)[1], lambda a: np.linalg.eig(a)[1], lambda a: np.linalg.svd(a)[0]):
        assert gradient(lambda v, of=vectors: np.sum(of(v)), 2 * np.eye(3)).tolist() == np.zeros((3, 3)).tolist()
    for values in (np.linalg.eigvalsh, np.linalg.svdvals, lambda a: np.linalg.eigh(a)[0]):
        slopes = gradient(lambda v, of=values: np.sum(of(v) ** 2), 2 * np.eye(3))
        np.testing.assert_allclose(slopes, 4 * np.eye(3), atol=TINY)
    q = np.linalg.qr(np.random.default_rng(0).normal(size=(3, 3)))[0]  # equal up to rounding is equal
    assert np.all(np.abs(gradient(lambda v: np.sum(np.linalg.svd(v)[0]), q)) < 2)
    assert np.all(np.abs(gradient(lambda v: np.sum(np.linalg.eigh(v)[1]), q @ (2 * np.eye(3)) @ q.T)) < 1e-8)


def test_the_determinant_of_a_singular_matrix_has_its_cofactors_for_a_gradient() -> None:
    assert gradient(np.linalg.det, np.zeros((2, 2))).tolist() == [[0, 0], [0, 0]]
    np.testing.assert_allclose(gradient(np.linalg.det, np.ones((2, 2))), [[1, -1], [-1, 1]], atol=1e-15)
    np.testing.assert_allclose(gradient(np.linalg.det, np.diag([2.0, 3.0, 0.0])), np.diag([0, 0, 6.0]), atol=1e-14)
    curvature = ag.hessian(np.linalg.det)(np.zeros((2, 2)))
    np.testing.assert_allclose(curvature[0, 0], [[0, 0], [0, 1]], atol=1e-15)
    with np.errstate(invalid="ignore"):
        assert np.all(np.isnan(gradient(np.linalg.det, np.full((2, 2), nan))))


# ---------------------------------------------------------------------------------- sorting, statistics, reductions


@pytest.mark.parametrize(
    "f", [np.sort, lambda x: np.partition(x, 2), lambda x: np.sort(x, kind="stable"), np.sort_complex]
)
def test_equal_entries_share_what_comes_back_through_a_sort(f: Callable[..., Any]) -> None:
    """They could stand in either order, so each gets the mean: the last of a sort has the gradient of the maximum."""
    x = np.array([2.0, 1.0, 3.0, 2.0, 2.0])
    weights = np.array([10.0, 1.0, 2.0, 6.0, 100.0])
    assert gradient(lambda v: np.real(f(v)) * weights, x).tolist() == [3, 10, 100, 3, 3]
    assert gradient(lambda v: np.sort(v)[-1], np.ones(4)).tolist() == gradient(np.max, np.ones(4)).tolist()
    assert gradient(lambda v: np.sort(v, axis=0)[0], np.ones((2, 2))).tolist() == [[0.5, 0.5]] * 2
    assert gradient(lambda v: np.sort(v)[0], np.array([0.0, -0.0])).tolist() == [0.5, 0.5]
    curvature = ag.hessian(lambda v: np.sum(np.sort(v)[0] ** 2))(np.ones(2))
    assert curvature.tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_medians_and_quantiles_are_shared_by_equal_entries() -> None:
    assert gradient(np.median, np.full(3, 2.0)).tolist() == [1 / 3] * 3
    assert gradient(np.median, np.array([1.0, 2.0, 2.0, 3.0])).tolist() == [0, 0.5, 0.5, 0]
    assert gradient(np.median, np.array([[5.0, 1.0], [1.0, 1.0]])).tolist() == [[0, 1 / 3], [1 / 3, 1 / 3]]
    for f in (np.quantile, np.nanquantile):
        assert gradient(lambda x, f=f: f(x, 0.25), np.array([1.0, 1.0, 3.0])).tolist() == [0.5, 0.5, 0]
        assert gradient(lambda x, f=f: f(x, 1, method="lower"), np.array([1.0, 3.0, 3.0])).tolist() == [0, 0.5, 0.5]
    assert gradient(np.ptp, np.array([1.0, 1.0, 3.0])).tolist() == [-0.5, -0.5, 1]
    assert gradient(np.ptp, np.ones(3)).tolist() == [0, 0, 0]


def test_the_slope_of_a_quantile_in_q_at_an_entry_is_that_to_its_right() -> None:
    x = np.array([0.0, 1.0, 5.0])
    assert gradient(lambda q: np.quantile(x, q), 0.5) == 8.0
    assert gradient(lambda q: np.quantile(x, q), 0.0) == 2.0
    assert gradient(lambda q: np.quantile(x, q), 1.0) == 0.0
    assert gradient(lambda q: np.quantile(x + q, 0.3, method="nearest"), 0.5) == 1.0


def test_distinct_entries_share_the_gradient_of_the_one_that_stands_for_them() -> None:
    x = np.array([3.0, 1.0, 3.0, nan, nan])
    assert gradient(lambda v: np.unique(v)[:2] * np.array([10, 1]), x).tolist() == [0.5, 10, 0.5, 0, 0]
    rows = np.array([[1.0, 2.0], [0.0, 5.0], [1.0, 2.0]])
    found = gradient(lambda v: np.unique(v, axis=0) * np.array([[1.0, 2.0], [10.0, 20.0]]), rows)
    assert found.tolist() == [[5, 10], [1, 2], [5, 10]]
    assert gradient(np.union1d, np.array([1.0, 2.0]), np.array([2.0]))[1].tolist() == [0.5]
    values, *others = np.unique(ag.Value(x), True, True, True)
    for found, expected in zip((values, *others), np.unique(x, True, True, True), strict=True):
        np.testing.assert_array_equal(found.data, expected)
    assert not any(part.carries_gradient for part in others)
    sets = np.array([3.0, 1.0, 3.0, 2.0]), np.array([2.0, 5.0, 3.0])
    for found, expected in zip(
        np.intersect1d(*map(ag.Value, sets), return_indices=True),
        np.intersect1d(*sets, return_indices=True),
        strict=True,
    ):
        np.testing.assert_array_equal(found.data, expected)


def test_an_initial_number_is_one_side_of_a_maximum() -> None:
    assert gradient(lambda x, y: np.max(x, initial=y), np.array([1.0, 1.0]), 1.0)[1] == 0.5
    gx, gy = gradient(lambda x, y: np.max(x, initial=y), np.array([1.0, 3.0, 3.0]), 3.0)
    assert (gx.tolist(), gy) == ([0, 0.25, 0.25], 0.5)
    gx, gy = gradient(lambda x, y: np.min(x, initial=y, where=x > 9), np.array([1.0, 3.0]), 3.0)
    assert (gx.tolist(), gy) == ([0, 0], 1)
    assert gradient(lambda x, y: np.max(x + y, axis=0, initial=y), np.zeros((0, 2)), 3.0)[1] == 2.0


@pytest.mark.parametrize("f", [np.sum, np.prod, np.mean, np.var, np.std])
@pytest.mark.parametrize("hidden", [nan, inf, 1e300])
def test_what_a_mask_leaves_out_gets_nothing_and_spoils_nothing(f: Callable[..., Any], hidden: float) -> None:
    x, kept = np.array([1.0, 2.0, hidden, 4.0]), np.array([1.0, 2.0, 4.0])
    mask = np.array([True, True, False, True])
    expected = np.insert(gradient(f, kept), 2, 0.0)
    np.testing.assert_allclose(gradient(lambda v: f(v, where=mask), x), expected, rtol=1e-14)
    second = ag.hessian(lambda v: f(v, where=mask))(x)
    np.testing.assert_allclose(second[np.ix_(mask, mask)], ag.hessian(f)(kept), rtol=1e-13, atol=1e-15)
    assert not second[2].any()
    assert not second[:, 2].any()


@pytest.mark.parametrize(
    "f",
    [np.nansum, np.nanprod, np.nanmean, np.nanvar, np.nanstd, np.nanmax, np.nanmin, np.nanmedian,
     lambda x: np.nanquantile(x, 0.3), lambda x: np.nanpercentile(x, [20, 70])],
)  # fmt: skip
def test_a_missing_entry_has_slope_zero_in_every_order(f: Callable[..., Any]) -> None:
    x = np.array([1.0, nan, 5.0, 2.0])
    slopes = gradient(f, x)
    assert np.all(np.isfinite(slopes))
    assert slopes[1] == 0
    second = ag.hessian(lambda v: np.sum(f(v)))(x)
    assert np.all(np.isfinite(second))
    assert not second[1].any()
    nothing = quiet(lambda: gradient(f, np.full(2, nan)))
    assert nothing.tolist() == [0, 0]


@pytest.mark.parametrize(
    "f", [np.std, lambda x: np.std(x, where=x > 0), np.nanstd, lambda x: np.std(x, mean=np.mean(x, keepdims=True))]
)
@pytest.mark.parametrize("n", [1, 3])
def test_the_standard_deviation_of_equal_entries_has_slope_zero_in_every_order(f: Callable[..., Any], n: int) -> None:
    lower = f
    for _ in range(3):
        lower = (lambda g: lambda x: np.sum(ag.grad(lambda v: np.sum(g(v) * 1.0))(x) * np.arange(1.0, n + 1)))(lower)
        assert lower(np.full(n, 2.0)) == 0.0


@given(x=hnp.arrays(float, st.integers(3, 5), elements=st.integers(-2, 2).map(float)))
def test_the_third_derivative_of_a_product_is_exact_with_any_number_of_zeros(x: np.ndarray) -> None:
    third = ag.grad(lambda v: ag.grad(lambda u: ag.grad(np.prod)(u)[0])(v)[1])(x)
    assert third.tolist() == [0.0, 0.0, *(np.prod(np.delete(x, [0, 1, i])) for i in range(2, len(x)))]


def test_complex_maxima_are_ordered_as_numpy_orders_them() -> None:
    z = np.array([1 + 2j, 1 + 3j, 0 + 9j, 1 + 3j])
    assert gradient(lambda v: np.real(np.max(v)), z).tolist() == [0, 0.5, 0, 0.5]
    assert gradient(lambda v: np.imag(np.min(v)), z).tolist() == [0, 0, -1j, 0]


def test_weights_that_cannot_be_used_raise_as_in_numpy() -> None:
    x = ag.Value([1.0, 2.0])
    with pytest.raises(ZeroDivisionError):
        np.average(x, weights=[1.0, -1.0])
    with pytest.raises(TypeError, match="axis"):
        np.average(x, weights=[1.0])
    with pytest.raises(ValueError, match="do not fit"):
        np.average(x, axis=0, weights=[1.0])
    with pytest.raises(ValueError, match="negative"):
        np.cov(x, aweights=[1.0, -1.0])
    with pytest.raises(RuntimeError, match="observations"):
        np.cov(x, aweights=[1.0])
    with pytest.raises(TypeError, match="integer"):
        np.cov(x, fweights=[1.0, 0.5])
    with pytest.raises(ValueError, match="range"):
        np.quantile(x, 1.5)
    with pytest.raises(ValueError, match="valid method"):
        np.quantile(x, 0.5, method="median")
    with pytest.raises(TypeError, match="real"):
        np.quantile(x + 1j, 0.5)


def test_reductions_refuse_what_numpy_refuses() -> None:
    x = ag.Value([[1.0, 2.0]])
    with pytest.raises(ValueError, match="initial"):
        np.max(x, where=x > 1)
    with pytest.raises(ValueError, match="does not fit"):
        np.sum(x, where=np.ones((2, 2), bool))
    with pytest.raises(ValueError, match="one number"):
        np.sum(x, initial=[1.0, 2.0])
    with pytest.raises(ValueError, match="ddof"):
        np.var(x, ddof=1, correction=1)
    with pytest.raises(TypeError, match="out="):
        np.sum(x, where=x > 1, out=np.zeros(()))
    with pytest.raises(TypeError, match="gradient"):
        np.sum(x, dtype=int)
    with pytest.raises(ValueError, match=r"zero-size|identity"):
        np.nanmax(ag.Value(np.zeros((0, 2))), axis=0)


# ------------------------------------------------------------------------- SciPy's functions


def test_zero_times_a_logarithm_of_zero_has_slope_zero() -> None:
    sp = pytest.importorskip("scipy.special")
    assert gradient(sp.xlogy, 0.0, 0.0) == (0.0, 0.0)
    assert gradient(sp.xlogy, 0.0, 2.0) == (np.log(2.0), 0.0)
    assert gradient(sp.xlog1py, 0.0, -1.0) == (0.0, 0.0)
    assert gradient(sp.rel_entr, 0.0, 0.0) == (1.0, 0.0)
    assert gradient(sp.kl_div, 0.0, 0.0) == (0.0, 1.0)
    assert quiet(lambda: gradient(sp.rel_entr, 0.0, 2.0)) == (-inf, 0.0)
    assert quiet(lambda: gradient(sp.kl_div, 0.0, 2.0)) == (-inf, 1.0)
    assert quiet(lambda: gradient(sp.entr, 0.0)) == inf  # as of a square root at 0
    mixed = ag.grad(ag.grad(sp.xlogy, 1), 0)(0.0, 2.0)
    assert mixed == 0.5


def test_scaled_bessel_functions_have_no_side_at_zero() -> None:
    sp = pytest.importorskip("scipy.special")
    assert gradient(sp.i0e, 0.0) == 0.0
    assert gradient(sp.i1e, 0.0) == 0.5


def test_derivatives_with_a_removable_hole_are_filled() -> None:
    sp = pytest.importorskip("scipy.special")
    for f, at, slopes in (
        (sp.exprel, 0.0, (1 / 2, 1 / 3, 1 / 4)),
        (sp.spence, 1.0, (-1.0, 1 / 2, -2 / 3)),
        (sp.ellipk, 0.0, (np.pi / 8, np.pi * 9 / 64, np.pi * 225 / 768)),
        (sp.j1, 0.0, (1 / 2, 0.0, -3 / 8)),
        (lambda lam: sp.boxcox(np.e, lam), 0.0, (1 / 2, 1 / 3, 1 / 4)),
        (lambda lam: sp.inv_boxcox(1.0, lam), 0.0, (-np.e / 2, np.e * 11 / 12, -np.e * 21 / 8)),
        (sp.rgamma, 0.0, (1.0, 2 * np.euler_gamma)),
        (sp.rgamma, -2.0, (2.0,)),
    ):
        for slope in slopes:
            f = ag.grad(f)
            assert f(at) == pytest.approx(slope, rel=1e-9, abs=1e-12)


def test_slopes_of_tails_neither_overflow_nor_cancel() -> None:
    sp = pytest.importorskip("scipy.special")
    assert gradient(sp.log_ndtr, -1e10) == pytest.approx(1e10)
    assert ag.grad(ag.grad(sp.log_ndtr))(-1e8) == pytest.approx(-1.0)
    assert gradient(sp.erfcx, 1e8) == pytest.approx(-1e-16 / np.sqrt(np.pi))
    assert gradient(sp.log_ndtr, 100.0) == 0.0
    assert gradient(sp.expit, 800.0) == 0.0
    assert gradient(sp.log_expit, -800.0) == 1.0
    assert gradient(sp.expm1, -40.0) == pytest.approx(np.exp(-40.0))


def test_logsumexp_shares_among_equal_infinities() -> None:
    special = pytest.importorskip("autograd_lite.scipy.special", exc_type=ImportError)
    for x, shares in (
        ([-inf, -inf], [0.5, 0.5]),
        ([inf, 0.0, inf], [0.5, 0.0, 0.5]),
        ([-inf, 0.0], [0.0, 1.0]),
        ([1e4, 1e4, -1e4], [0.5, 0.5, 0.0]),
    ):
        assert gradient(special.logsumexp, np.array(x)).tolist() == shares
        assert not np.any(np.isnan(ag.hessian(special.logsumexp)(np.array(x))))


def test_huber_has_the_slope_of_both_sides_at_its_corner() -> None:
    sp = pytest.importorskip("scipy.special")
    assert gradient(sp.huber, 1.0, 1.0) == (0.0, 1.0)


def test_outside_its_support_a_density_is_flat() -> None:
    stats = pytest.importorskip("autograd_lite.scipy.stats", exc_type=ImportError)
    assert gradient(stats.gamma.pdf, -1.0, 2.0) == (0.0, 0.0)
    assert gradient(lambda x: stats.beta.cdf(x, 2.0, 3.0), 1.5) == 0.0


# ---------------------------------------------------------------------------------- moving, choosing, running along


def test_a_bound_of_clip_has_the_gradient_outside_alone() -> None:
    """At a bound the number has it all; bounds that cross give the upper one, as in NumPy; nan is contagious."""
    assert gradient(np.clip, 1.0, 1.0, 2.0) == (1.0, 0.0, 0.0)
    assert gradient(np.clip, 2.0, 1.0, 2.0) == (1.0, 0.0, 0.0)
    assert gradient(np.clip, 0.0, 1.0, 2.0) == (0.0, 1.0, 0.0)
    assert gradient(np.clip, 3.0, 1.0, 2.0) == (0.0, 0.0, 1.0)
    assert gradient(np.clip, 0.0, 3.0, 2.0) == (0.0, 0.0, 1.0)
    for low in (nan, np.array(nan), ag.Value(nan)):
        assert np.isnan(np.clip(ag.Value(1.0), low, 2.0).data)
    np.testing.assert_array_equal(np.clip(ag.Value([nan, 5.0]), 1.0, [2.0, nan]).data, [nan, nan])


def test_at_a_node_an_interpolation_has_the_slope_at_its_right() -> None:
    xp, fp = np.array([0.0, 1.0, 3.0]), np.array([0.0, 1.0, -1.0])
    x = np.array([-1.0, 0.0, 1.0, 2.0, 3.0, 4.0])
    assert gradient(lambda x: np.interp(x, xp, fp), x).tolist() == [0.0, 1.0, -1.0, -1.0, -1.0, 0.0]
    assert gradient(lambda f: np.interp(x, xp, f), fp).tolist() == [2.0, 1.5, 2.5]
    assert gradient(lambda f: np.interp(x, xp, f, left=0.0, right=0.0), fp).tolist() == [1.0, 1.5, 1.5]
    assert gradient(lambda x: np.interp(x, [1.0], [5.0]), x).tolist() == [0.0] * 6


@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_running_product_is_exact_with_zeros(n: int) -> None:
    x = np.array([2.0, 3.0, 5.0, 7.0])
    x[:n] = 0.0
    jacobian = ag.jacobian(np.cumprod)(x)
    expected = [[np.prod(np.delete(x[: j + 1], i)) if i <= j else 0.0 for i in range(4)] for j in range(4)]
    assert jacobian.tolist() == expected
    hessian = ag.hessian(lambda x: np.cumprod(x)[-1])(x)
    pairs = [[np.prod(np.delete(x, [i, j])) if i != j else 0.0 for i in range(4)] for j in range(4)]
    assert hessian.tolist() == pairs


def test_padding_shares_what_comes_back_to_equal_extremes() -> None:
    assert gradient(lambda x: np.pad(x, (2, 0), "maximum")[:2], np.array([1.0, 3.0, 3.0])).tolist() == [0.0, 1.0, 1.0]
    assert gradient(lambda x: np.pad(x, (0, 1), "minimum")[3:], np.ones(3)).tolist() == [1 / 3] * 3


def test_powers_in_a_row_and_polynomials_have_slopes_at_zero() -> None:
    assert gradient(np.vander, np.zeros(3)).tolist() == [1.0] * 3
    assert ag.hessian(lambda x: np.sum(np.vander(x, 4)))(np.zeros(1)).tolist() == [[2.0]]
    assert gradient(np.polyval, np.array([1.0, 2.0, 3.0]), 0.0)[1] == 2.0


def test_what_is_not_chosen_sends_back_nothing() -> None:
    x = np.array([0.0, 4.0])
    for f in (
        lambda x: np.select([x > 0], [np.sqrt(x)], default=x),
        lambda x: np.piecewise(x, [x > 0], [np.sqrt, lambda v: v]),
        lambda x: np.choose([1, 0], [np.sqrt(x), x]),
    ):
        assert quiet(lambda f=f: gradient(f, x)).tolist() == [1.0, 0.25]
