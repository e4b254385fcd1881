"""Layers: step 1 of the three, the model f(x), is a chain of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Never

import numpy as np

from . import activations, initializers
from .data_checks import as_array, whole_number
from .engine import Value, no_grad
from .naming import refuse

__all__ = ["Dense", "Input", "Layer"]


class Input:
    """Says the number of features before any data are seen, so that weights exist at once.

    Parameters
    ----------
    shape : tuple of int
        The shape of one example: ``(features,)``.

    Examples
    --------
    >>> from autograd_lite import Sequential
    >>> Sequential([Input(shape=(64,)), Dense(1)]).count_params()
    65
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        if not isinstance(shape, tuple | list) or len(shape) != 1 or not is_count(shape[0]):
            raise ValueError(
                f"Input takes the shape of one example, one positive number of features such as shape=(64,); "
                f"{shape!r} was given."
            )
        self.shape = (int(shape[0]),)

    def __repr__(self) -> str:
        return f"Input(shape={self.shape})"


def is_count(n: Any) -> bool:
    """True for a positive whole number."""
    return isinstance(n, int | np.integer) and not isinstance(n, bool) and bool(n > 0)


def feature_count(shape: Any) -> int:
    """The number of features of an input shape as Keras writes it, ``(None, 64)``, or of that number alone.

    Raises
    ------
    ValueError
        If it is neither.

    Examples
    --------
    >>> feature_count((None, 64)), feature_count(64)
    (64, 64)
    """
    last = shape[-1] if isinstance(shape, tuple | list) and len(shape) in (1, 2) else shape
    if not is_count(last):
        raise ValueError(
            f"build takes the number of features, build(64), or the shape of a batch, build((None, 64)); {shape!r} was "
            f"given."
        )
    return int(last)


class Layer:
    """A step of a model, with weights of its own. `Dense` is one.

    Attributes
    ----------
    name : str or None
        A model names the layers that have no name: ``dense``, ``dense_1`` …
    weights : list of Value
        Empty until the layer is built: by the first data, or by an `Input` before it.
    trainable : bool
        Assign False, and ``fit`` leaves these weights as they are. After a first ``fit`` call
        ``compile`` again, as in Keras: what an optimizer remembers belongs to the weights it knew.
    """

    changes = 0
    """How often an attribute was assigned: a program of a model knows by it whether it is still that model's."""

    def __init__(self, name: str | None = None) -> None:
        if not isinstance(name, str | None):
            raise TypeError(f"The name of a layer is text, such as name='layer1'; {name!r} was given.")
        self.name = name
        self.weights: list[Value] = []
        self.built = False
        self.trainable = True

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)
        object.__setattr__(self, "changes", self.changes + 1)

    @property
    def trainable(self) -> bool:
        """Whether ``fit`` changes the weights."""
        return self._trainable

    @trainable.setter
    def trainable(self, trainable: bool) -> None:
        self._trainable = true_or_false("trainable", trainable)

    @property
    def trainable_weights(self) -> list[Value]:
        """The weights that ``fit`` changes."""
        return list(self.weights) if self.trainable else []

    @property
    def non_trainable_weights(self) -> list[Value]:
        """The weights that ``fit`` leaves as they are."""
        return [] if self.trainable else list(self.weights)

    @property
    def trainable_variables(self) -> list[Value]:
        """Keras' other word for `trainable_weights`."""
        return self.trainable_weights

    def build(self, features: Any, generator: np.random.Generator | None = None) -> None:
        """Make the weights for inputs with this number of features; a layer without weights makes none."""
        self.built = True

    def call(self, x: Any) -> Any:
        """The layer's output for a batch x of shape (m, features)."""
        raise NotImplementedError(f"{type(self).__name__} has no call(self, x), which computes its output for a batch.")

    def outputs_for(self, features: int) -> int:
        """How many outputs an example has; found by trying, where the layer does not say."""
        with no_grad(), np.errstate(all="ignore"):
            return int(np.shape(self.call(np.zeros((1, features))))[-1])

    def __call__(self, x: Any) -> Any:
        """Build the layer if it is not built, check the features of x, and call it."""
        if not isinstance(x, (Value, np.ndarray)):
            x = as_array(x, "x")
        if x.ndim != 2:
            raise ValueError(
                f"{self.described()} takes a batch of shape (examples, features); it was given an array "
                f"of shape {x.shape}. One example x is the batch x.reshape(1, -1)."
            )
        if not self.built:
            self.build(x.shape[1])
        return self.call(x)

    def count_params(self) -> int:
        """The number of weights, biases included.

        Raises
        ------
        ValueError
            If the layer is not built.
        """
        self.check_built()
        return sum(w.size for w in self.weights)

    def get_weights(self) -> list[np.ndarray]:
        """Copies of the weights: ``W, b = layer.get_weights()``.

        Raises
        ------
        ValueError
            If the layer is not built.
        """
        self.check_built()
        return [np.array(w.data) for w in self.weights]

    def set_weights(self, weights: list[Any]) -> None:
        """Give the layer these weights.

        Raises
        ------
        ValueError
            If the layer is not built, or their number or a shape is not that of the layer's own.
        """
        self.check_built()
        own = [w.shape for w in self.weights]
        given = [np.shape(w) for w in weights]
        if own != given:
            raise ValueError(f"{self.described()} has weights of shapes {own}; set_weights was given shapes {given}.")
        for weight, data in zip(self.weights, weights, strict=True):
            weight.data = in_good_order(np.asarray(data))

    def check_built(self) -> None:
        """Raise if there are no weights yet."""
        if not self.built:
            raise ValueError(
                f"{self.described()} is not built, so it has no weights yet: put Input(shape=(features,)) before it, "
                f"or call it on data."
            )

    def described(self) -> str:
        """The layer in words, for messages."""
        return f"Layer {self.name}" if self.name else repr(self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}{f' {self.name}' if self.name else ''}>"


def true_or_false(name: str, value: Any) -> bool:
    """A setting that is on or off."""
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} is True or False; {name}={value!r} was given.")
    return bool(value)


class Dense(Layer):
    """A layer in which every unit sees every input: a = g(x W + b).

    Parameters
    ----------
    units : int
        The number of units, which is the number of outputs.
    activation : str or callable, optional
        g: ``"linear"`` (the default), ``"sigmoid"``, ``"tanh"``, ``"relu"``, ``"softmax"``, or a function.
    use_bias : bool
        Whether each unit has a bias b.
    kernel_initializer, bias_initializer : str or Initializer
        What W and b start from; Keras' defaults.
    name : str, optional
        What the summary, pictures and messages call it.
    input_shape : tuple of int, optional
        ``(features,)``, as `Input` says it.
    input_dim : int, optional
        The same, as a number.
    dtype : str or dtype
        float64; ``"float32"`` as in Keras halves the memory.

    Attributes
    ----------
    kernel : Value of shape (features, units), or None before the layer is built
        The weights W; one column a unit.
    bias : Value of shape (units,), or None

    Raises
    ------
    ValueError
        If units is not a positive whole number; if one unit is given a softmax, which is always 1.
    TypeError
        If use_bias is not True or False, the dtype not one of floats, or an argument unknown.

    Examples
    --------
    >>> import numpy as np
    >>> layer = Dense(units=2, activation="sigmoid")
    >>> layer(np.zeros((3, 4))).shape
    (3, 2)
    """

    def __init__(
        self,
        units: int,
        activation: str | Callable[[Any], Any] | None = None,
        use_bias: bool = True,
        kernel_initializer: str | Callable[..., Any] = "glorot_uniform",
        bias_initializer: str | Callable[..., Any] = "zeros",
        name: str | None = None,
        *,
        input_shape: tuple[int, ...] | None = None,
        input_dim: int | None = None,
        dtype: Any = np.float64,
        **unknown: Never,
    ) -> None:
        refuse(unknown, type(self), dict.fromkeys(REGULARIZERS, "There is no regularization here."))
        super().__init__(name)
        if not is_count(units):
            raise ValueError(f"Dense takes a positive whole number of units; units={units!r} was given.")
        self.units = int(units)
        self.activation = activations.get(activation)
        if self.activation is activations.softmax and units == 1:
            raise ValueError(
                "A softmax of one unit is always 1, whatever is learnt. For two classes use "
                "Dense(1, activation='sigmoid'), for K classes Dense(K, activation='softmax')."
            )
        self.use_bias = true_or_false("use_bias", use_bias)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        if input_dim is not None and input_shape is None:
            input_shape = (whole_number(input_dim, "input_dim"),)
        self.input = Input(input_shape) if input_shape is not None else None
        self.dtype = float_dtype(dtype)

    @property
    def kernel(self) -> Value | None:
        """The weights W, or None before the layer is built. `set_weights` changes them."""
        return self.weights[0] if self.built else None

    @kernel.setter
    def kernel(self, value: Any) -> None:
        self._keep("kernel")

    @property
    def bias(self) -> Value | None:
        """The biases b, or None if there are none. `set_weights` changes them."""
        return self.weights[1] if self.built and self.use_bias else None

    @bias.setter
    def bias(self, value: Any) -> None:
        self._keep("bias")

    def _keep(self, weight: str) -> Never:
        raise AttributeError(
            f"The {weight} of {self.described()} cannot be exchanged for another object, which would not be trained. "
            f"For other numbers: layer.set_weights([W, b]), or layer.{weight}.data = array."
        )

    def build(self, features: Any, generator: np.random.Generator | None = None) -> None:
        """Make W of shape (features, units) and b of shape (units,)."""
        generator = generator or np.random.default_rng()
        prefix = self.name or "dense"
        made: list[tuple[Any, tuple[int, ...], str]] = [
            (self.kernel_initializer, (feature_count(features), self.units), f"{prefix}_W")
        ]
        if self.use_bias:
            made.append((self.bias_initializer, (self.units,), f"{prefix}_b"))
        self.weights = [
            Value(in_good_order(initializers.drawn(initializer, shape, self.dtype, generator)), name)
            for initializer, shape, name in made
        ]
        self.built = True
        self._names = f"{prefix}_z", f"{prefix}_a"

    def outputs_for(self, features: int) -> int:
        """As many outputs as units."""
        return self.units

    def call(self, x: Any) -> Any:
        """g(x W + b) of a batch x of shape (m, features): shape (m, units)."""
        if not self.built:
            raise RuntimeError(f"{self.described()} is not built; call it, layer(x), and it builds itself.")
        kernel = self.weights[0]
        if x.shape[-1] != kernel.shape[0]:
            raise ValueError(
                f"{self.described()} expects {kernel.shape[0]} features an example; it was given data of "
                f"shape {x.shape}, that is {x.shape[-1]} features."
            )
        z = x @ kernel
        if self.use_bias:
            z = z + self.weights[1]
        z.name, name = self._names
        a = self.activation(z)
        if isinstance(a, Value) and a.name is None and a.op is not None:
            a.name = name  # made by this activation, and nobody else's
        return a

    def __repr__(self) -> str:
        activation = getattr(self.activation, "__name__", repr(self.activation))
        settings = [str(self.units)]
        settings += [f"activation={activation!r}"] if self.activation is not activations.linear else []
        settings += [f"name={self.name!r}"] if self.name else []
        return f"{type(self).__name__}({', '.join(settings)})"


def in_good_order(weights: np.ndarray) -> np.ndarray:
    """Weights as they lie best in memory: a kernel of many features and few units column by column.

    Products with such a kernel, and its gradient, are up to a fifth faster so.
    """
    if weights.ndim == 2 and weights.shape[0] > 4 * weights.shape[1] > 4:
        return np.asfortranarray(weights)
    return weights


REGULARIZERS = (
    "kernel_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "bias_constraint",
)  # fmt: skip


def float_dtype(dtype: Any) -> np.dtype:
    """The dtype of weights, which are floats."""
    try:
        found: np.dtype = np.dtype("O" if dtype is None else dtype)
    except TypeError:
        found = np.dtype("O")
    if found.kind != "f":
        raise TypeError(f"Weights are floats, dtype='float64' or 'float32'; dtype={dtype!r} was given.")
    return found
