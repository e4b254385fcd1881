"""``scipy.integrate`` for Values: differential equations by ``odeint``.

The gradient is the adjoint method's (Chen et al., Neural Ordinary Differential Equations, arXiv:1806.07366): the
equation is solved again backwards in time, together with one for the gradient, and nothing of the way is kept.
"""

from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import numpy as np
import scipy.integrate

from ..engine import Value, primitive, trees
from ..engine.calculus import vjp
from ..engine.rules.table import rule_together
from ..engine.tracing import RecordingError, current_trace
from ..engine.variables import rebuilt
from .offering import missing, offered

__all__ = ["odeint"]

Motion = Callable[..., Any]


def __getattr__(name: str) -> NoReturn:
    missing(__name__, name, __all__)


@offered
def odeint(func: Motion, y0: Any, t: Any, args: tuple[Any, ...] = (), *, tfirst: bool = False, **settings: Any) -> Any:
    """The solution of dy/dt = func(y, t, ...) at the times t, from y0 at the first of them.

    Parameters
    ----------
    func : callable
        ``func(y, t, *args)`` returns a vector like y. Written with functions that Values record; what it depends on
        and is to be differentiated must be among its arguments.
    y0 : array_like or Value, shape (D,)
    t : array_like or Value, shape (T,)
        Increasing or decreasing.
    args : tuple
        Further arguments of func: numbers, arrays, Values, and nested lists, tuples and dicts of them.
    tfirst : bool
        Call ``func(t, y, *args)``.
    **settings : float or int
        Of SciPy's solver: rtol, atol, h0, hmax, hmin, mxstep, mxordn, mxords.

    Returns
    -------
    ndarray or Value, shape (T, D)

    Notes
    -----
    Gradients reach y0, t and args, and are as accurate as the solver's tolerances (``rtol``). Higher derivatives follow
    by solving the equations of the gradient in the same way; that is exact, but slow: think of first order.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> from autograd_lite.scipy.integrate import odeint
    >>> end = lambda rate: odeint(lambda y, t, rate: -rate * y, [1.0], [0.0, 1.0], (rate,))[-1, 0]
    >>> f"{end(1.0):.4f} {ag.grad(end)(1.0):.4f}"
    '0.3679 -0.3679'
    """
    unknown = settings.keys() - {"rtol", "atol", "h0", "hmax", "hmin", "mxstep", "mxordn", "mxords"}
    if unknown:
        raise TypeError(f"odeint does not know the settings {', '.join(sorted(unknown))}.")
    if current_trace() is not None:
        raise RecordingError(
            "odeint calls a Python function as often as its solver finds right, which no program can write down. Keep "
            "it outside of what is recorded."
        )
    leaves = [leaf for _, leaf in trees.leaves(tuple(args))]
    form = rebuilt(tuple(args), [None] * len(leaves))

    def motion(y: Any, time: Any, *numbers: Any) -> Any:
        given = rebuilt(form, list(numbers))
        return as_vector(func(time, y, *given) if tfirst else func(y, time, *given))

    return solution(as_vector(y0), as_vector(t), *leaves, motion=motion, settings=settings)


def as_vector(x: Any) -> Any:
    """A vector of floats, of a number, a list, or Values in a list."""
    if isinstance(x, list | tuple):
        values = any(isinstance(entry, Value) for entry in x)
        return np.concatenate([np.reshape(entry, (1,)) for entry in x]) if values else np.asarray(x, float)
    return np.reshape(x, (1,)) if np.ndim(x) == 0 else x


@primitive
def solution(
    y0: Any, t: Any, *args: Any, motion: Motion = lambda y, t: y, settings: dict[str, Any] | None = None
) -> Any:
    """What SciPy's solver answers, which works in double precision whatever it is given."""

    def plain(y: Any, time: float, *numbers: Any) -> Any:
        slope = motion(y, time, *numbers)
        if isinstance(slope, Value):
            raise TypeError(
                "The function of odeint used a Value that is not among its arguments; its gradient would be lost. "
                "Give it in args."
            )
        return slope

    double = tuple(a.astype(np.float64) if getattr(a, "dtype", None) == np.float32 else a for a in args)
    return scipy.integrate.odeint(plain, y0, t, double, **(settings or {}))


class Backwards:
    """What is solved from one time back to the one before: the equations of y, of dL/dy and of dL/dargs, end to end."""

    def __init__(self, motion: Motion, shapes: Sequence[tuple[int, ...]]) -> None:
        self.motion = motion
        self.shapes = shapes
        self.ends = np.cumsum([int(np.prod(shape)) for shape in shapes]).tolist()

    def __call__(self, state: Any, time: Any, *args: Any) -> Any:
        y, gradient = self.parts(state)[:2]
        slope, pull = vjp(lambda y, *args: self.motion(y, time, *args), y, *args)
        back = pull(gradient)
        return joined([slope, *(-part for part in back)])

    def parts(self, state: Any) -> list[Any]:
        """The state in its parts."""
        begins = [0, *self.ends]
        return [np.reshape(state[a:b], s) for a, b, s in zip(begins, self.ends, self.shapes, strict=False)]


def joined(parts: Sequence[Any]) -> Any:
    """Numbers and arrays end to end."""
    return np.concatenate([np.reshape(part, (-1,)) for part in parts])


def adjoint(
    g: Any, ans: Any, y0: Any, t: Any, args: tuple[Any, ...], motion: Motion, settings: dict[str, Any] | None
) -> tuple[Any, ...]:
    """The gradients of y0, of t and of each argument, from the last time back to the first."""
    backwards = Backwards(motion, [np.shape(y0), np.shape(y0), *map(np.shape, args)])
    gradient = 0 * y0
    of_args = [0.0 * a for a in args]
    of_times: list[Any] = []
    for i in range(len(t) - 1, 0, -1):
        of_times.append(np.sum(g[i] * motion(ans[i], t[i], *args)))
        state = joined([ans[i], gradient + g[i], *of_args])
        reached = solution(state, t[i - 1 : i + 1][::-1], *args, motion=backwards, settings=settings)
        _, gradient, *of_args = backwards.parts(reached[1])
    of_times.append(-np.sum(gradient * motion(y0, t[0], *args)))
    return (gradient + g[0], joined(of_times[::-1]), *of_args)


rule_together(
    solution,
    lambda g, ans, y0, t, *args, motion=None, settings=None: adjoint(g, ans, y0, t, args, motion, settings),
    symbol="odeint",
)
