"""What every optimizer does: gradients checked, weights as one vector, a step, what is remembered."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from typing import Any, Never

import numpy as np

from ..engine import Value
from ..naming import refuse
from ..nonfinite import NonFiniteError, bad_gradient, finite
from .vectors import Vectors, vectors_of


class Optimizer:
    """Changes weights against their gradient. `SGD`, `RMSprop` and `Adam` are optimizers.

    Parameters
    ----------
    learning_rate : float
        α, the length of the step.

    Attributes
    ----------
    iterations : int
        How many steps have been made.

    Examples
    --------
    >>> from autograd_lite import Value
    >>> from autograd_lite.optimizers import SGD
    >>> w = Value(3.0)
    >>> (w * w).backward()
    >>> SGD(learning_rate=0.1).apply([w.grad], [w])
    >>> w.data
    2.4
    """

    def __init__(self, learning_rate: float, **unknown: Never) -> None:
        refuse(unknown, type(self), {"lr": "The length of the step is learning_rate."})
        self.learning_rate = learning_rate
        self.iterations = 0
        self.vectors: Vectors | None = None
        self._variables: list[Value] = []
        self._memory: list[np.ndarray] = []
        self._recorded_for: list[Any] = []

    @property
    def learning_rate(self) -> float:
        """α; it may be assigned to between steps."""
        return self._learning_rate

    @learning_rate.setter
    def learning_rate(self, learning_rate: float) -> None:
        self._learning_rate = number(self, "learning_rate", learning_rate, above=0.0)

    @property
    def lr(self) -> Never:
        """The learning rate is called learning_rate."""
        raise AttributeError(f"{type(self).__name__} has no lr; the length of the step is learning_rate.")

    @lr.setter
    def lr(self, learning_rate: Any) -> None:
        raise AttributeError(
            f"{type(self).__name__} has no lr; assign to optimizer.learning_rate to change the length of the step."
        )

    def apply(self, gradients: Iterable[Any], variables: Iterable[Value]) -> None:
        """Make one step: every variable is changed against its gradient.

        Parameters
        ----------
        gradients : list of float or ndarray
            One for each variable, of its shape: ``[w.grad for w in variables]``.
        variables : list of Value
            The same ones in the same order at each step, for what is remembered belongs to them.

        Raises
        ------
        TypeError
            If these are no lists, or the variables no Values.
        ValueError
            If a gradient is missing (None) or of another shape, or the variables are others than before.
        NonFiniteError
            If a gradient holds inf or nan; nothing was changed then.
        """
        if type(gradients) is not list or type(variables) is not list:
            gradients, variables = self._listed(gradients), self._listed(variables)
        self._check(gradients, variables)
        self.prepare(variables)
        if self.vectors is not None:
            flat = self.vectors.collect(list(map(np.asarray, gradients)))
        else:
            flat = np.concatenate(gradients, axis=None)
            flat = flat if flat.dtype.kind == "f" else flat.astype(float)  # of integers
        if not finite(flat):
            with np.errstate(over="ignore"):  # as the weights' dtype has them: 1e300 is inf in float32
                as_weights = [np.asarray(g, v.dtype) for g, v in zip(gradients, variables, strict=True)]
            raise NonFiniteError(bad_gradient(as_weights, variables))
        self.iterations += 1
        if self.vectors is not None:
            self.vectors.step(self.learning_rate, self.iterations)
        else:
            self._step_by_step(flat, variables)

    def prepare(self, variables: list[Value]) -> Vectors | None:
        """The vectors for these variables, made the first time; None if one vector cannot hold them.

        Raises
        ------
        TypeError, ValueError
            As `check_variables` does.
        """
        if not self._knows(variables):
            self.check_variables(variables)
        if not self._variables or self._recorded_for != self._settings_now():
            before, self._recorded_for = self.vectors, self._settings_now()
            self._variables = variables.copy()
            self.vectors = vectors_of(self.update, self.remembers, variables)
            if self.vectors is not None and before is not None:
                self.vectors.remember(before)
        return self.vectors

    def _settings_now(self) -> list[Any]:
        """The numbers that are part of a recorded formula."""
        own = self.__dict__
        return [own.get(name) for name in self._settings]

    def _step_by_step(self, gradient: np.ndarray, variables: list[Value]) -> None:
        """A step for numbers, for weights of several dtypes, and for a formula that cannot be recorded."""
        weights = np.concatenate([v._data for v in variables], axis=None)
        if not self._memory:
            self._memory = [np.zeros_like(gradient) for _ in self.remembers]
        found = self.update(weights, gradient, *self._memory, learning_rate=self.learning_rate, t=self.iterations)
        new, *self._memory = found if isinstance(found, tuple) else (found,)
        at = 0
        for v in variables:
            part = new[at : at + v.size]
            at += v.size
            v.replace(part.item() if type(v._data) is float else part.reshape(v.shape).astype(v.dtype))

    def apply_gradients(self, gradients_and_variables: Iterable[tuple[Any, Value]]) -> None:
        """Keras' other way to say `apply`: ``apply_gradients(zip(gradients, variables))``."""
        pairs = list(gradients_and_variables)
        self.apply([g for g, _ in pairs], [v for _, v in pairs])

    @property
    def remembers(self) -> tuple[str, ...]:
        """What is remembered from step to step: names of vectors, one number for each weight, 0 at the start."""
        return ()

    def update(self, w: Any, g: Any, *memory: Any, learning_rate: Any, t: Any) -> Any:
        """The formula, entry by entry, in NumPy: the new weights, then each new memory.

        It is recorded once and runs as a program, so it is written as any function that is recorded: no ``if`` on
        its arguments, nothing changed in place.

        Parameters
        ----------
        w, g : array of shape (number of weights,)
            The weights and their gradient.
        *memory : arrays of that shape
            What `remembers` names.
        learning_rate : float
            α.
        t : float
            How many steps there have been, this one included.

        Returns
        -------
        array, or tuple of arrays
        """
        raise NotImplementedError

    def _listed(self, things: Iterable[Any]) -> list[Any]:
        if isinstance(things, Value | np.ndarray) or not isinstance(things, Iterable):
            raise TypeError(
                f"{type(self).__name__}.apply takes a list of gradients and a list of variables: "
                f"apply([w.grad], [w]). It was given {things!r} where a list belongs."
            )
        return list(things)

    def _check(self, gradients: Sequence[Any], variables: Sequence[Value]) -> None:
        if len(gradients) != len(variables) or not variables:
            raise ValueError(
                f"{type(self).__name__}.apply needs one gradient for each variable; it was given "
                f"{len(gradients)} gradients and {len(variables)} variables."
            )
        if not self._knows(variables):
            self.check_variables(variables)
        for g, v in zip(gradients, variables, strict=True):
            if type(g) is np.ndarray and g.shape == v.shape:
                continue
            if g is None:
                raise ValueError(without_gradient(v))
            if isinstance(g, Value) or np.asarray(g).dtype.kind not in "fiub":
                raise TypeError(f"The gradient of {v.described()} must be numbers, such as w.grad; {g!r} was given.")
            if np.shape(g) != v.shape:
                raise ValueError(
                    f"{v.described()} was given a gradient of shape {np.shape(g)}; a gradient has the shape of its "
                    f"variable."
                )

    def _knows(self, variables: Sequence[Value]) -> bool:
        """True if these are the variables of the steps before."""
        own = self._variables
        return len(own) == len(variables) and all(map(operator.is_, own, variables))

    def check_variables(self, variables: Sequence[Value]) -> None:
        """Raise if these are not what this optimizer can change, or not what it has changed before.

        Raises
        ------
        TypeError
            If one is no Value.
        ValueError
            If one was computed, one is given twice, or they are others than at the steps before.
        """
        for v in variables:
            if not isinstance(v, Value):
                raise TypeError(
                    f"{type(self).__name__} changes Values; a variable is {v!r}. Gradients come first, then variables: "
                    f"apply([w.grad], [w]), apply_gradients([(w.grad, w)])."
                )
            if v.op is not None:
                raise ValueError(f"{v.described()} was computed; an optimizer changes the Values behind it.")
        if len(set(map(id, variables))) != len(variables):
            raise ValueError("A variable is given twice; it would be changed twice in one step.")
        if self._variables and not self._knows(variables):
            raise ValueError(
                f"This {type(self).__name__} has made {self.iterations} step(s) on other variables, and what it "
                f"remembers belongs to those. Make a new optimizer for new variables; for a model (was a layer added, "
                f"or `trainable` changed?) compile it again with a new one."
            )

    def __repr__(self) -> str:
        settings = {"learning_rate": self.learning_rate} | {k: v for k, v in vars(self).items() if k in self._settings}
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in settings.items())})"

    _settings: tuple[str, ...] = ()


def number(
    owner: Optimizer,
    name: str,
    value: Any,
    above: float | None = None,
    least: float | None = None,
    below: float | None = None,
) -> float:
    """A setting as a float, if it is in its range."""
    limits = [
        f"{word} {limit:g}"
        for word, limit in (("greater than", above), ("at least", least), ("less than", below))
        if limit is not None
    ]
    expected = f"{type(owner).__name__} takes a {name} that is a number {' and '.join(limits)}; {value!r} was given."
    if isinstance(value, bool | str) or not isinstance(value, int | float | np.number):
        raise TypeError(expected)
    fits = (
        np.isfinite(value)
        and (above is None or value > above)
        and (least is None or value >= least)
        and (below is None or value < below)
    )
    if not fits:
        raise ValueError(expected)
    return float(value)


def without_gradient(v: Value) -> str:
    """What to say of a variable that no gradient reached."""
    return (
        f"{v.described()} has no gradient (None): the loss does not depend on it, or backward() was not called. "
        f"Compute the loss with it and call loss.backward() first."
    )
