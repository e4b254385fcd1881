"""Layers: step 1 of the three, the model f(x), is a chain of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from . import activations, initializers
from .engine import Value

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
        if isinstance(shape, int) or len(shape) != 1:
            raise ValueError(f"Input takes the shape of one example, such as shape=(64,); {shape!r} was given.")
        self.shape = tuple(shape)


class Layer:
    """A step of a model, with weights of its own. `Dense` is one.

    Attributes
    ----------
    name : str or None
        A model names the layers that have no name: ``dense``, ``dense_1`` …
    weights : list of Value
        Empty until the layer is built: by the first data, or by an `Input` before it.
    """

    def __init__(self, name: str | None = None) -> None:
        self.name = name
        self.weights: list[Value] = []
        self.built = False

    def build(self, features: int, generator: np.random.Generator | None = None) -> None:
        """Make the weights for inputs with this number of features."""
        raise NotImplementedError

    def call(self, x: Any) -> Any:
        """The layer's output for a batch x of shape (m, features)."""
        raise NotImplementedError

    def __call__(self, x: Any) -> Any:
        """Build the layer if it is not built, check the features of x, and call it."""
        if not isinstance(x, (Value, np.ndarray)):
            x = np.asarray(x)
        if x.ndim != 2:
            raise ValueError(
                f"Layer {self.name or 'dense'} takes a batch of shape (examples, features); it was given an array "
                f"of shape {x.shape}. One example x is the batch x.reshape(1, -1)."
            )
        if not self.built:
            self.build(x.shape[1])
        return self.call(x)

    def count_params(self) -> int:
        """The number of weights, biases included."""
        return sum(w.size for w in self.weights)

    def get_weights(self) -> list[np.ndarray]:
        """Copies of the weights: ``W, b = layer.get_weights()``."""
        return [np.array(w.data) for w in self.weights]

    def set_weights(self, weights: list[Any]) -> None:
        """Give the layer these weights.

        Raises
        ------
        ValueError
            If their number or a shape is not that of the layer's own.
        """
        own = [w.shape for w in self.weights]
        given = [np.shape(w) for w in weights]
        if own != given:
            raise ValueError(
                f"Layer {self.name} has weights of shapes {own}; set_weights was given shapes {given}."
                + ("" if self.built else " The layer is not built yet: put Input(shape=(features,)) before it.")
            )
        for weight, data in zip(self.weights, weights, strict=True):
            weight.data = data


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
    dtype : str or dtype
        float64; ``"float32"`` as in Keras halves the memory.

    Attributes
    ----------
    kernel : Value of shape (features, units)
        The weights W; one column a unit.
    bias : Value of shape (units,), or None

    Raises
    ------
    ValueError
        If units is not a positive whole number; if one unit is given a softmax, which is always 1.

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
        dtype: Any = np.float64,
    ) -> None:
        super().__init__(name)
        if isinstance(units, bool) or not isinstance(units, int | np.integer) or units < 1:
            raise ValueError(f"Dense takes a positive whole number of units; units={units!r} was given.")
        self.units = int(units)
        self.activation = activations.get(activation)
        if self.activation is activations.softmax and units == 1:
            raise ValueError(
                "A softmax of one unit is always 1, whatever is learnt. For two classes use "
                "Dense(1, activation='sigmoid'), for K classes Dense(K, activation='softmax')."
            )
        self.use_bias = use_bias
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.input = Input(input_shape) if input_shape is not None else None
        self.dtype = np.dtype(dtype)
        self.kernel: Value | None = None
        self.bias: Value | None = None

    def build(self, features: int, generator: np.random.Generator | None = None) -> None:
        """Make W of shape (features, units) and b of shape (units,)."""
        generator = generator or np.random.default_rng()
        prefix = self.name or "dense"
        self.kernel = Value(
            self.kernel_initializer((features, self.units), dtype=self.dtype, generator=generator), f"{prefix}_W"
        )
        self.weights = [self.kernel]
        if self.use_bias:
            self.bias = Value(
                self.bias_initializer((self.units,), dtype=self.dtype, generator=generator), f"{prefix}_b"
            )
            self.weights.append(self.bias)
        self.built = True
        self._names = f"{prefix}_z", f"{prefix}_a"

    def call(self, x: Any) -> Any:
        """g(x W + b) of a batch x of shape (m, features): shape (m, units)."""
        kernel, bias = self.kernel, self.bias
        if kernel is None:
            raise RuntimeError(f"Layer {self.name} is not built; call it, layer(x), and it builds itself.")
        if x.shape[-1] != kernel.shape[0]:
            raise ValueError(
                f"Layer {self.name or 'dense'} expects {kernel.shape[0]} features an example; it was given data of "
                f"shape {x.shape}, that is {x.shape[-1]} features."
            )
        z = x @ kernel
        if bias is not None:
            z = z + bias
        a = self.activation(z)
        if a is not z and isinstance(a, Value):
            a.name = self._names[1]
        z.name = self._names[0]
        return a
