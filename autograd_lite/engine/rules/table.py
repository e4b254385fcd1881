"""The table of derivative rules: which functions a Value can record, and how each is differentiated.

A rule is one line of plain NumPy. It is called with the gradient of the loss with respect to the
function's output (``g``), the output (``ans``) and the function's operands, and returns the
gradient with respect to *one* operand. Because the line is NumPy, it runs on arrays (first order)
and on Values (recorded, so that the gradient can be differentiated again) without a second copy.

Broadcasting is not a rule's business: the walk in `backprop` sums a gradient back to the shape of
its operand, or stretches it to that shape, and casts it to the operand's dtype.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import cache, partial, update_wrapper
from types import FunctionType
from typing import Any, TypeVar

import numpy as np

Rule = Callable[..., Any]
F = TypeVar("F", bound=Callable[..., Any])


class MissingRule(TypeError):
    """A function was called on a Value, and the table has no derivative rule for it."""


class Each:
    """One rule that serves every operand of a function with any number of them.

    The rule is called with the operand's position first: ``rule(i, g, ans, *operands, **settings)``.
    """

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Rule]:
        position = 0
        while True:
            yield partial(self.rule, position)
            position += 1


class Together:
    """One rule that returns the gradients of all operands at once, where they share most of the work.

    The rule is called once in a walk: ``rule(g, ans, *operands, **settings)`` returns a tuple.
    """

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Rule]:
        answered: list[Any] = [None, None]

        def of_operand(position: int, g: Any, *args: Any, **settings: Any) -> Any:
            if answered[0] is not g:
                answered[:] = g, self.rule(g, *args, **settings)
            return answered[1][position]

        position = 0
        while True:
            yield partial(of_operand, position)
            position += 1


class Operation:
    """A function that Values record, its settings (``axis=0``), and its derivative rules.

    Attributes
    ----------
    func : callable
        What computes the output from raw operands: a NumPy function, or one of our primitives.
    compute : callable
        The same without the question whether an operand is a Value.
    elementwise : bool
        Each entry of the output depends on the entries at its own place alone.
    rules : iterable of callables or None
        The rule of each operand; ``None`` where no gradient flows. Empty: none anywhere.
    settings : dict
        Keyword arguments that are not operands.
    scalar : callable or None
        Computes the same on Python floats, faster than NumPy. It may raise where NumPy would
        return inf or nan: then ``func`` is asked.
    operands : int or None
        How many leading arguments are operands; ``None`` where any number are.
    keywords : tuple of str
        The settings that the rules understand, in their positional order.
    symbol : str
        How pictures and messages write the operation.
    """

    __slots__ = ("compute", "elementwise", "func", "keywords", "operands", "rules", "scalar", "settings", "symbol")

    def __init__(
        self,
        func: Callable[..., Any],
        rules: tuple[Rule | None, ...] | Each | Together,
        operands: int | None,
        keywords: tuple[str, ...] = (),
        scalar: Callable[..., float] | None = None,
        symbol: str | None = None,
    ) -> None:
        self.func = func
        self.compute = getattr(func, "on_arrays", func)
        self.elementwise = scalar is not None or (isinstance(func, np.ufunc) and func.signature is None)
        self.rules = rules
        self.operands = operands
        self.keywords = keywords
        self.scalar = scalar
        self.symbol = symbol or func.__name__
        self.settings: dict[str, Any] = {}

    def __repr__(self) -> str:
        settings = "".join(f", {key}={value!r}" for key, value in self.settings.items())
        return f"<Operation {full_name(self.func)}{settings}>"

    @property
    def differentiable(self) -> bool:
        return self.rules != ()

    def bound(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Operation, tuple[Any, ...]]:
        """The operation with its settings fixed, and the operands, of a call with these arguments."""
        if not kwargs and len(args) == self.operands:
            return self, args
        count = len(args) if self.operands is None else self.operands
        extra = dict(zip(positional_names(self.func, self.keywords)[count:], args[count:], strict=False))
        if len(extra) < len(args) - count or len(args) < count:
            raise TypeError(self._misfit(args, []))
        settings = without_defaults(extra | kwargs)
        unknown = [key for key in settings if key not in self.keywords]
        if unknown:
            raise TypeError(self._misfit(args, unknown))
        if not settings:
            return self, args[:count]
        copy = Operation(self.func, self.rules, self.operands, self.keywords, self.scalar, self.symbol)
        copy.settings = settings
        return copy, args[:count]

    def _misfit(self, args: tuple[Any, ...], unknown: list[str]) -> str:
        name, known = full_name(self.func), ", ".join(self.keywords) or "none"
        if unknown:
            what = " and ".join(f"{key}=" for key in unknown)
            return (
                f"{name} was called on a Value with {what}, which its derivative rule does not "
                f"know. Settings it knows: {known}. Leave {what} out, or write the expression "
                f"with other NumPy functions."
            )
        return (
            f"{name} takes {self.operands} operand(s) and the settings {known}; "
            f"it was called with {len(args)} positional arguments."
        )


RULES: dict[Callable[..., Any], Operation] = {}
"""Every function that Values record, in the order of registration."""

COMPOSITES: dict[Callable[..., Any], Callable[..., Any]] = {}
"""NumPy functions written with others that have rules: ``np.stack`` is ``np.concatenate`` …"""

WITH_SETTINGS: dict[Callable[..., Any], tuple[tuple[str, ...], Callable[..., Any]]] = {}
"""Functions with a rule that are written with others when they are given one of these settings: ``where=`` …"""

METHODS: dict[str, Callable[..., Any]] = {}
"""The methods of ufuncs, written with operations that have rules: ``np.add.reduce(v)``, ``np.multiply.outer(v, w)``."""

importing: list[str] = []
"""The families that are being imported on demand; see `families`."""

IGNORED_WHEN_DEFAULT = {
    "out": None,
    "keepdims": False,
    "dtype": None,
    "where": True,
    "order": "C",
    "casting": "same_kind",
    "mode": "raise",
}


@cache
def positional_names(func: Callable[..., Any], keywords: tuple[str, ...]) -> tuple[str, ...]:
    """The names of a function's arguments in their order: ``np.sum(v, 0)`` means ``axis=0``."""
    import inspect  # takes as long to import as the whole engine, and is rarely needed

    try:
        parameters = inspect.signature(getattr(func, "on_arrays", func)).parameters.values()
    except (TypeError, ValueError):  # a function in C that does not tell
        return ()
    return tuple(p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD))


def is_default(key: str, value: Any) -> bool:
    """True if a keyword argument says nothing: ``out=None``, ``keepdims=<no value>``."""
    if value is np._NoValue:  # type: ignore[attr-defined]  # NumPy's own "not given"
        return True
    return key in IGNORED_WHEN_DEFAULT and value is IGNORED_WHEN_DEFAULT[key]


def without_defaults(settings: dict[str, Any]) -> dict[str, Any]:
    """The keyword arguments that say something."""
    return {key: value for key, value in settings.items() if not is_default(key, value)}


def full_name(func: Callable[..., Any]) -> str:
    """``numpy.linalg.svd`` as people write it: ``np.linalg.svd``."""
    module = getattr(func, "__module__", None)
    if module is None:  # a ufunc: NumPy's, SciPy's, or made by somebody else
        special = sys.modules.get("scipy.special")
        module = "numpy" if getattr(np, func.__name__, None) is func else "scipy.special"
        if module != "numpy" and getattr(special, func.__name__, None) is not func:
            return func.__name__
    if module.startswith("autograd_lite."):
        module = module.replace("autograd_lite", "ag") if module.startswith("autograd_lite.scipy") else "ag"
    return f"{module}.{func.__name__}".replace("numpy.", "np.")


def parameters(rule: Rule, skip: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of a rule's operands and of its settings (those with a default or after ``*``).

    Read from the code object: the module `inspect` would do it too, and double the import time.
    """
    code = rule.__code__
    positional = code.co_varnames[: code.co_argcount]
    first_default = len(positional) - len(rule.__defaults__ or ())  # type: ignore[attr-defined]
    keyword_only = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    return positional[skip:first_default], positional[first_default:] + keyword_only


def rule(
    func: Callable[..., Any],
    *rules: Rule | None,
    scalar: Callable[..., float] | None = None,
    symbol: str | None = None,
) -> None:
    """Teach Values to record a function: one derivative rule for each of its operands.

    Parameters
    ----------
    func : callable
        A NumPy ufunc or function, or a function made with `primitive`.
    *rules : callable or None
        ``rule(g, ans, *operands, **settings)`` returns the gradient of operand 1, 2, …
        ``None`` where no gradient flows. Parameters with a default are settings.
    scalar : callable, optional
        The same function on Python floats.
    symbol : str, optional
        How pictures write it.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> @ag.primitive
    ... def bump(x):
    ...     return np.exp(-x * x)
    >>> ag.rule(bump, lambda g, ans, x: -2 * g * x * ans)
    >>> ag.grad(bump)(0.5)
    -0.7788007830714049
    """
    if not callable(func) or not is_recorded(func):
        raise TypeError(
            f"rule({func!r}, ...) needs a function that a Value can see: one of NumPy's, or one of your own made "
            f"with the decorator @ag.primitive."
        )
    if any(r is not None and not isinstance(r, FunctionType) for r in rules):
        raise TypeError(f"A rule is a Python function, lambda g, ans, x: ...; rule({full_name(func)}) got {rules!r}.")
    speaking = next((r for r in rules if r is not None), None)
    if speaking is None:
        raise TypeError(f"rule({full_name(func)}) needs at least one derivative rule; see no_gradient for none.")
    operands, settings = parameters(speaking, skip=2)
    if len(operands) != len(rules):
        raise TypeError(
            f"rule({full_name(func)}) was given {len(rules)} rule(s), but they take {len(operands)} operand(s) "
            f"({', '.join(operands)}). A rule is called as rule(g, ans, x, ...) with every operand by position; give "
            f"one for each operand, None where no gradient flows."
        )
    if len(rules) > 2 or None in rules:
        scalar = None  # the short cut for floats knows one or two operands, each with a rule
    register(func, rules, len(rules), settings, scalar, symbol)


def is_recorded(func: Callable[..., Any]) -> bool:
    """True if calling the function on a Value reaches the table."""
    module = getattr(func, "__module__", None) or ""
    return isinstance(func, np.ufunc) or hasattr(func, "on_arrays") or module.split(".")[0] == "numpy"


def register(func: Callable[..., Any], *what: Any) -> None:
    """Put an operation into the table, or give the one that is there new rules: operators hold on to it.

    While a family is imported on demand, what is there already was taught by a user, and stays.
    """
    if func in RULES and importing:
        return
    COMPOSITES.pop(func, None)
    if func in RULES:
        Operation.__init__(RULES[func], func, *what)
    else:
        RULES[func] = Operation(func, *what)


def rule_each(func: Callable[..., Any], each: Rule, symbol: str | None = None) -> None:
    """Teach Values to record a function with any number of operands; see `Each`."""
    _, settings = parameters(each, skip=3)
    register(func, Each(each), None, settings, None, symbol)


def rule_together(func: Callable[..., Any], together: Rule, symbol: str | None = None) -> None:
    """Teach Values to record a function of any number of operands, whose gradients come together; see `Together`."""
    _, settings = parameters(together, skip=2)
    register(func, Together(together), None, settings, None, symbol)


def no_gradient(func: Callable[..., Any], operands: int = 1, *settings: str, symbol: str | None = None) -> None:
    """Teach Values to record a function that is flat or has steps: its result carries no gradient.

    Parameters
    ----------
    func : callable
        A NumPy function, or one made with `primitive`.
    operands : int
        How many leading arguments are operands.
    *settings : str
        The names of its other arguments.
    symbol : str, optional
        How pictures write it.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> ag.no_gradient(np.spacing)
    >>> np.spacing(ag.Value(2.0)).carries_gradient
    False
    """
    register(func, (), operands, settings, None, symbol)


def composite(func: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Write a NumPy function with others that have rules (a decorator)."""

    def register(written: Callable[..., Any]) -> Callable[..., Any]:
        if not (importing and (func in COMPOSITES or func in RULES)):
            COMPOSITES[func] = written
        return written

    return register


def with_settings(func: Callable[..., Any], *settings: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Write a function that has a rule with others, where it is called with one of these settings (a decorator)."""

    def register(written: Callable[..., Any]) -> Callable[..., Any]:
        WITH_SETTINGS[func] = (settings, written)
        return written

    return register


def primitive(func: F) -> F:
    """Make a function of our own a peer of NumPy's: on a Value it is recorded, else computed.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> @ag.primitive
    ... def cube(x):
    ...     return x * x * x
    >>> ag.rule(cube, lambda g, ans, x: 3 * g * x**2)
    >>> ag.grad(cube)(2.0)
    12.0
    """

    def dispatching(*args: Any, **kwargs: Any) -> Any:
        for arg in args if not kwargs else (*args, *kwargs.values()):
            if not isinstance(arg, np.ndarray) and hasattr(arg, "__array_function__"):
                return arg.__array_function__(dispatching, (type(arg),), args, kwargs)
        return func(*args, **kwargs)

    dispatching.on_arrays = func  # type: ignore[attr-defined]
    return update_wrapper(dispatching, func)  # type: ignore[return-value]
