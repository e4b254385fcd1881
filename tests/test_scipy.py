"""The room of SciPy's functions: SciPy's numbers, SciPy's names, and what is said where something is missing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag

scipy = pytest.importorskip("scipy")

import scipy.integrate  # noqa: E402, F811
import scipy.linalg  # noqa: E402
import scipy.signal  # noqa: E402
import scipy.special  # noqa: E402
import scipy.stats  # noqa: E402

from autograd_lite.scipy import integrate, linalg, signal, special, stats  # noqa: E402

GENERATOR = np.random.default_rng(0)
X = np.array([-3.0, -1.0, 0.0, 0.1, 0.5, 0.99, 1.0, 1.5, 3.0, 40.0])
A, B = GENERATOR.normal(size=(2, 3, 3))
POSITIVE = A @ A.T + np.eye(3)
inf = float("inf")


def assert_as_scipy(ours: Callable[..., Any], theirs: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """The same numbers, or an exception of the same kind, of plain arrays and of a Value."""
    for wrapped in (lambda x: x, lambda x: ag.Value(x) if isinstance(x, np.ndarray) else x):
        with np.errstate(all="ignore"):
            try:
                expected = theirs(*args, **kwargs)
            except ValueError:
                with pytest.raises(ValueError):  # noqa: PT011
                    ours(*map(wrapped, args), **kwargs)
                continue
            found = ours(*map(wrapped, args), **kwargs)
        for one, other in zip(parts(found), parts(expected), strict=True):
            np.testing.assert_allclose(getattr(one, "data", one), other, rtol=1e-11, atol=1e-13)
            assert np.shape(one) == np.shape(other)


def parts(x: Any) -> Any:
    return x if isinstance(x, tuple) else (x,)


@pytest.mark.parametrize("settings", [{}, {"axis": 0}, {"axis": (0, -1), "keepdims": True}, {"return_sign": True}])
def test_logsumexp_is_that_of_scipy(settings: dict[str, Any]) -> None:
    for x in (A, 1e4 * A, np.where(A > 0, A, -inf), np.full((2, 2), -inf)):
        assert_as_scipy(special.logsumexp, scipy.special.logsumexp, x, **settings)
    for b in (np.abs(B), B, 2.0, B[0], B[:, :1], 0 * B):
        assert_as_scipy(special.logsumexp, scipy.special.logsumexp, A, b=b, **settings)


def test_other_special_functions_are_those_of_scipy() -> None:
    for axis in (None, 0, -1, (0, 1)):
        assert_as_scipy(special.softmax, scipy.special.softmax, A, axis=axis)
        assert_as_scipy(special.log_softmax, scipy.special.log_softmax, A, axis)
    for name, *args in (
        ("polygamma", 2, np.abs(A)), ("multigammaln", np.abs(A) + 2, 3), ("multigammaln", A, 3), ("lambertw", A),
        ("lambertw", A, -1), ("zeta", np.abs(A) + 2), ("zeta", np.abs(A) + 2, np.abs(B)), ("softplus", 100 * A),
        ("sinc", A),
    ):  # fmt: skip
        assert_as_scipy(getattr(special, name), getattr(scipy.special, name, np.sinc), *args)


def test_the_ufuncs_are_scipys_own() -> None:
    assert special.expit is scipy.special.expit
    assert special.digamma is scipy.special.psi
    assert {"jv", "logsumexp"} <= set(dir(special))


@pytest.mark.parametrize("name", ["pdf", "logpdf", "cdf", "logcdf", "sf", "logsf"])
@pytest.mark.parametrize(
    ("distribution", "parameters"),
    [("norm", ()), ("norm", (0.5, 2.0)), ("norm", (0.0, -1.0)), ("t", (2.5,)), ("t", (1.0, 0.3, 2.0)), ("t", (-1.0,)),
     ("gamma", (1.5,)), ("gamma", (1.0,)), ("gamma", (0.5,)), ("gamma", (2.0, -0.5, 2.0)), ("gamma", (0.0,)),
     ("chi2", (2.0,)), ("chi2", (1,)), ("chi2", (4.0, 1.0, 2.0)), ("beta", (2.0, 3.0)), ("beta", (1.0, 1.0)),
     ("beta", (0.5, 0.5)), ("beta", (2.0, 1.0, -1.0, 3.0)), ("beta", (-1.0, 1.0))],
)  # fmt: skip
def test_distributions_are_those_of_scipy(distribution: str, parameters: tuple[float, ...], name: str) -> None:
    ours, theirs = (getattr(getattr(room, distribution), name) for room in (stats, scipy.stats))
    for x in (X, 0.3):
        assert_as_scipy(ours, theirs, x, *parameters)
    assert type(ours(0.3, *parameters)) in (float, np.float64)


@pytest.mark.parametrize("name", ["pmf", "logpmf", "cdf"])
def test_poisson_is_that_of_scipy(name: str) -> None:
    for parameters in ((2.0,), (0.0,), (3.0, 1), (-1.0,)):
        assert_as_scipy(
            getattr(stats.poisson, name),
            getattr(scipy.stats.poisson, name),
            np.array([-1, 0, 1, 2.5, 3, 10]),
            *parameters,
        )


@pytest.mark.parametrize("name", ["pdf", "logpdf"])
def test_distributions_of_vectors_are_those_of_scipy(name: str) -> None:
    ours, theirs = (getattr(room.dirichlet, name) for room in (stats, scipy.stats))
    alpha = np.array([1.0, 2.0, 3.0])
    for x in (np.array([0.2, 0.3, 0.5]), np.array([0.2, 0.3]), GENERATOR.dirichlet(alpha, 5).T):
        assert_as_scipy(ours, theirs, x, alpha)
    for x in (np.array([0.2, 0.3, 0.9]), np.array([0.2]), np.array([-0.2, 0.5, 0.7])):
        assert_as_scipy(ours, theirs, x, alpha)
    ours, theirs = (getattr(room.multivariate_normal, name) for room in (stats, scipy.stats))
    for args in (
        (A[0], B[0], POSITIVE), (A, None, POSITIVE), (A[:, None], None, POSITIVE), (A[:1], None, POSITIVE), (A[0],),
        (0.3, 0.1, 2.0), (A[0], np.zeros(3), 2.0), (A[0], B[0], np.array([1.0, 2.0, 3.0])), (A[0], None, -POSITIVE),
        (A[0, :2], None, POSITIVE),
    ):  # fmt: skip
        assert_as_scipy(ours, theirs, *args)
    assert_as_scipy(stats.multivariate_normal.entropy, scipy.stats.multivariate_normal.entropy, None, POSITIVE)


def test_parameters_of_distributions_are_named_where_they_do_not_fit() -> None:
    for args, named in (((1.0, 2.0, 3.0, 4.0), {}), ((1.0,), {"q": 1}), ((1.0, 2.0), {"loc": 1.0})):
        with pytest.raises(TypeError, match="loc, scale"):
            stats.norm.pdf(*args, **named)


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize("name", ["convolve", "correlate", "fftconvolve"])
def test_convolutions_are_those_of_scipy(name: str, mode: str) -> None:
    ours, theirs = (getattr(room, name) for room in (signal, scipy.signal))
    for shapes in (
        ((4,), (2,)), ((2,), (4,)), ((3,), (6,)), ((4, 3), (2, 2)), ((2, 2), (3, 5)), ((3, 1), (2, 3)), ((1,), (1,)),
        ((3, 4), (4, 2)), ((2,), (2, 2)), ((), ()), ((0,), (2,)),
    ):  # fmt: skip
        x, y = (GENERATOR.normal(size=shape) for shape in shapes)
        assert_as_scipy(ours, theirs, x, y, mode)
        assert_as_scipy(ours, theirs, x + 1j, y - 2j, mode)
    with pytest.raises(ValueError, match="mode"):
        ours(A, B, "all")


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
def test_fftconvolve_along_some_axes_is_that_of_scipy(mode: str) -> None:
    for shapes, axes in (
        (((4, 3), (4, 2)), 1), (((4, 1), (2, 3)), 0), (((2, 3), (4, 1)), 0), (((2, 3, 4), (2, 3, 2)), [-1]),
        (((2, 3, 1), (2, 3, 2)), [-1]),
    ):  # fmt: skip
        x, y = (GENERATOR.normal(size=shape) for shape in shapes)
        assert_as_scipy(signal.fftconvolve, scipy.signal.fftconvolve, x, y, mode, axes)


def test_linear_algebra_is_that_of_scipy() -> None:
    ours, theirs = linalg, scipy.linalg
    for trans in (0, 1, 2, "N", "T", "C"):
        for lower in (False, True):
            for matrix, b in ((A, B), (A + 1j * B, B), (A, B[0]), (A, B[:2])):
                assert_as_scipy(ours.solve_triangular, theirs.solve_triangular, matrix, b, trans, lower)
    assert_as_scipy(ours.solve_triangular, theirs.solve_triangular, A, B, unit_diagonal=True)
    assert_as_scipy(ours.cholesky, theirs.cholesky, POSITIVE)
    assert_as_scipy(ours.cholesky, theirs.cholesky, -POSITIVE, lower=True)
    for lower in (False, True):
        np.testing.assert_allclose(ours.cho_solve(ours.cho_factor(POSITIVE, lower), B), np.linalg.solve(POSITIVE, B))
        np.testing.assert_allclose(ours.cho_solve(theirs.cho_factor(POSITIVE, lower), B), np.linalg.solve(POSITIVE, B))
    np.testing.assert_allclose(ours.solve(A, B, transposed=True), theirs.solve(A, B, transposed=True))
    for name, *args in (
        ("sqrtm", POSITIVE), ("sqrtm", -POSITIVE), ("expm", A), ("solve_sylvester", A, POSITIVE, B), ("toeplitz", A[0]),
        ("toeplitz", A[0] + 1j), ("toeplitz", A[0], B[1, :2]), ("block_diag", A, B[0], 2.0), ("block_diag",),
    ):  # fmt: skip
        assert_as_scipy(getattr(ours, name), getattr(theirs, name), *args)
    assert_as_scipy(
        lambda ab, b: ours.solve_banded((1, 1), ab, b), lambda ab, b: theirs.solve_banded((1, 1), ab, b), A, B
    )


def test_odeint_is_that_of_scipy_and_has_higher_derivatives() -> None:
    def falling(y: Any, t: Any, rate: Any) -> Any:
        return -rate * y

    times = np.array([0.0, 0.5, 1.5])
    assert_as_scipy(
        lambda y, t: integrate.odeint(falling, y, t, (0.7,)),
        lambda y, t: scipy.integrate.odeint(falling, y, t, (0.7,)), np.array([2.0, 1.0]), times,
    )  # fmt: skip

    def end(rate: Any) -> Any:
        return integrate.odeint(falling, [2.0], times, (rate,), rtol=1e-11, atol=1e-11)[-1, 0]

    assert ag.grad(ag.grad(end))(0.7) == pytest.approx(1.5**2 * 2 * np.exp(-1.05), rel=1e-7)

    def at(t: Any) -> Any:
        return integrate.odeint(lambda t, y: [-t * y[0]], [2.0], [0.0, t], tfirst=True, rtol=1e-11, atol=1e-11)[-1, 0]

    assert ag.grad(ag.grad(at))(0.7) == pytest.approx((0.7**2 - 1) * 2 * np.exp(-(0.7**2) / 2), rel=1e-7)


@pytest.mark.slow
def test_odeint_of_a_pendulum_has_the_gradient_of_differences() -> None:
    def swinging(y: Any, t: Any, length: Any, drive: dict[str, Any]) -> Any:
        return np.stack([y[1], -np.sin(y[0]) / length + drive["force"][0] * np.cos(drive["beat"] * t)])

    def cost(start: Any, times: Any, length: Any, force: Any, beat: Any) -> Any:
        drive = {"force": force, "beat": beat}
        y = integrate.odeint(swinging, start, times, (length, drive), rtol=1e-12, atol=1e-12)
        return np.sum(y**2 * np.arange(1, 7).reshape(3, 2))

    operands = [np.array([1.0, -0.3]), np.array([0.0, 0.6, 1.1]), 0.8, np.array([0.3]), 1.7]
    assert ag.check_grad(cost, *operands)


def test_gamma_functions_have_complex_derivatives() -> None:
    z, step = 1.2 + 0.7j, 1e-4
    for f in (scipy.special.gamma, scipy.special.loggamma, scipy.special.rgamma):
        for direction in (1, 1j):
            measured = (f(z + step * direction) - f(z - step * direction)) / (2 * step)
            found = ag.grad(lambda z, f=f: np.real(f(z)))(z) * direction
            assert np.real(found) == pytest.approx(np.real(measured), rel=1e-7)


def test_odeint_says_what_it_cannot_do() -> None:
    w = ag.Value(2.0)
    with pytest.raises(TypeError, match="not among its arguments"):
        integrate.odeint(lambda y, t: w * y, [1.0], [0.0, 1.0])
    with pytest.raises(TypeError, match="full_output"):
        integrate.odeint(lambda y, t: y, [1.0], [0.0, 1.0], full_output=True)
    with pytest.raises(ag.RecordingError, match="odeint"):
        ag.record(lambda y: integrate.odeint(lambda y, t: y, y, [0.0, 1.0]), np.ones(2))


@pytest.mark.parametrize(
    ("call", "operand"),
    [(lambda v: scipy.special.jv(v, 1.0), "v"), (lambda v: scipy.special.gammainc(v, 1.0), "a"),
     (lambda v: scipy.special.betainc(1.0, v, 0.5), "b"), (lambda v: special.polygamma(v, 1.0), "n"),
     (lambda v: stats.t.cdf(1.0, v), "df"), (lambda v: special.zeta(v, 1.0), "x")],
)  # fmt: skip
def test_a_derivative_that_is_not_known_is_refused_and_never_0(call: Any, operand: str) -> None:
    with pytest.raises(ag.MissingRule, match=f"operand {operand}"):
        ag.grad(call)(2.0)
    with pytest.raises(ag.MissingRule, match=f"operand {operand}"):
        ag.jvp(call, (2.0,), (1.0,))
    assert np.isfinite(ag.grad(lambda x: call(2.0) * x)(1.0))
    with pytest.raises(ag.MissingRule, match="complex"):
        ag.grad(lambda z: np.real(scipy.special.ive(0, z)))(1 + 1j)


@pytest.mark.parametrize("room", [integrate, linalg, signal, special, stats])
def test_a_name_that_is_missing_names_those_that_are_there(room: Any) -> None:
    with pytest.raises(AttributeError, match=room.__all__[0]):
        room.brand_new  # noqa: B018
    assert not hasattr(ag.scipy, "brand_new")


def test_a_value_in_scipys_own_python_function_is_shown_the_way() -> None:
    with pytest.raises(TypeError, match=r"autograd_lite\.scipy"):
        scipy.special.logsumexp(ag.Value([1.0, 2.0]))


def test_without_scipy_the_room_says_what_to_install_and_the_rest_works() -> None:
    code = """
import sys
sys.modules["scipy"] = None
import numpy as np, autograd_lite as ag
from autograd_lite.engine.rules import families
families.complete()
ag.grad(lambda x: np.sum(np.abs(np.fft.fft(x))))(np.ones(3))
try:
    ag.scipy
except ImportError as error:
    assert "pip install scipy" in str(error)
else:
    raise AssertionError
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_scipy_is_not_imported_by_who_does_not_ask_for_it() -> None:
    code = """
import sys, numpy as np, autograd_lite as ag
from autograd_lite.engine.rules import families
families.complete()
assert "scipy" not in sys.modules
import scipy.special
assert ag.grad(scipy.special.expit)(0.0) == 0.25
from autograd_lite.scipy.special import logsumexp
from autograd_lite.scipy.stats import norm
assert "scipy.stats" not in sys.modules and "scipy.signal" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
