"""Models: step 1 of the three, in Keras' words: `Sequential` specifies f(x). Steps 2 and 3 are a `Trainer`'s."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from .data_checks import whole_number
from .engine import Value
from .layers import Input, Layer, feature_count
from .naming import free_name
from .nonfinite import NonFiniteError
from .trainer import Trainer

__all__ = ["NonFiniteError", "Sequential"]


class Sequential(Trainer):
    """A model whose layers follow each other: f(x) = layer_n(… layer_1(x)).

    Parameters
    ----------
    layers : list of Layer
        An `Input` at the start makes the weights at once; else the first data do.
    name : str
        What the summary says.
    seed : int, optional
        For the same first weights and the same shuffling each time.

    Attributes
    ----------
    layers : list of Layer
    weights : list of Value
        All weights: kernel and bias of the first layer, then of the next.
    trainable_weights, non_trainable_weights : list of Value
        Those that ``fit`` changes, and those of layers whose ``trainable`` is False.
    history : History or None
        What the last ``fit`` returned.
    stop_training : bool
        A callback sets it to end ``fit`` after the epoch.

    Raises
    ------
    TypeError
        If the layers are no list of layers, or the name is no text.
    ValueError
        If the seed is no whole number from 0.

    Examples
    --------
    >>> import numpy as np
    >>> from autograd_lite.layers import Dense
    >>> X, y = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([0, 0, 1, 1])
    >>> model = Sequential([Dense(units=1, activation="sigmoid")], seed=0)
    >>> model.compile(loss="binary_crossentropy", optimizer="adam")
    >>> history = model.fit(X, y, epochs=3, verbose=0)
    >>> len(history.history["loss"])
    3
    """

    def __init__(
        self, layers: Iterable[Layer | Input] | None = None, name: str = "sequential", seed: int | None = None
    ) -> None:
        if isinstance(layers, Layer | Input | type) or not isinstance(layers, Iterable | None):
            raise TypeError(f"Put the layers in a list: Sequential([Dense(...), ...]); {layers!r} was given.")
        if not isinstance(name, str):
            raise TypeError(f"The name of a model is text; {name!r} was given. Layers go into one list.")
        super().__init__(np.random.default_rng(seed if seed is None else whole_number(seed, "seed", least=0)))
        self.name = name
        for layer in layers or []:
            self.add(layer)

    def add(self, layer: Layer | Input) -> None:
        """Put a layer after the others.

        Raises
        ------
        TypeError
            If it is not a layer.
        """
        if isinstance(layer, Input):
            if self.layers:
                raise ValueError("Input comes before the first layer.")
            self._features = layer.shape[0]
            return
        if not isinstance(layer, Layer):
            hint = f" Did you mean {layer.__name__}(...)?" if isinstance(layer, type) else ""
            raise TypeError(f"A Sequential model is made of layers such as Dense(units=25); {layer!r} is none.{hint}")
        if any(layer is other for other in self.layers):
            raise ValueError(f"{type(layer).__name__} {layer.name} is in this model already; make another one.")
        taken = {other.name or "" for other in self.layers}
        if layer.name in taken:
            raise ValueError(f"Two layers of a model cannot both be called {layer.name!r}.")
        layer.name = layer.name or free_name(type(layer).__name__.lower(), taken)
        if not self.layers:
            self._features = self._features or features_of(layer)
        self.layers.append(layer)
        if self._features is not None:
            self.build(self._features)

    def build(self, input_shape: Any) -> None:
        """Make the weights of the layers that have none.

        Parameters
        ----------
        input_shape : int or tuple
            The number of features, or the shape of a batch, ``(None, features)``.

        Raises
        ------
        ValueError
            If it is neither, or not what the first layer was built for.
        """
        features = feature_count(input_shape)
        if self._features not in (None, features) and self.layers and self.layers[0].built:
            raise ValueError(f"This model is built for {self._features} features; build was given {features}.")
        self._features = features
        for layer in self.layers:
            if not layer.built:
                layer.build(features, self._generator)
            features = layer.outputs_for(features)

    def __call__(self, x: Any) -> Any:
        """f(x) of a batch of shape (m, features), as a Value with its graph."""
        if not self.layers:
            raise ValueError("This model has no layers yet: Sequential([Dense(...), ...]) or model.add(Dense(...)).")
        if self._features is None and np.ndim(x) == 2:
            self.build(np.shape(x)[1])
        for layer in self.layers:
            x = layer(x)
        return x

    @property
    def built(self) -> bool:
        """True once the weights exist."""
        return bool(self.layers) and all(layer.built for layer in self.layers)

    @property
    def weights(self) -> list[Value]:
        """All weights, layer by layer."""
        return [w for layer in self.layers for w in layer.weights]

    @property
    def trainable_weights(self) -> list[Value]:
        """The weights that ``fit`` changes."""
        return [w for layer in self.layers for w in layer.trainable_weights]

    @property
    def trainable_variables(self) -> list[Value]:
        """Keras' other word for `trainable_weights`."""
        return self.trainable_weights

    @property
    def non_trainable_weights(self) -> list[Value]:
        """The weights that ``fit`` leaves as they are."""
        return [w for layer in self.layers for w in layer.non_trainable_weights]

    @property
    def trainable(self) -> bool:
        """Whether ``fit`` changes any layer; assigned to, it is said to all layers."""
        return any(layer.trainable for layer in self.layers)

    @trainable.setter
    def trainable(self, trainable: bool) -> None:
        for layer in self.layers:
            layer.trainable = trainable

    def get_layer(self, name: str | None = None, index: int | None = None) -> Layer:
        """The layer of this name, or at this place.

        Raises
        ------
        ValueError
            If there is none.
        """
        names = ", ".join(str(layer.name) for layer in self.layers)
        if index is not None:
            if not -len(self.layers) <= index < len(self.layers):
                raise ValueError(f"This model has no layer {index}; it has {len(self.layers)}, from 0: {names}.")
            return self.layers[index]
        for layer in self.layers:
            if layer.name == name:
                return layer
        meant = f" Did you mean index={name}?" if isinstance(name, int) else ""
        raise ValueError(f"This model has no layer called {name!r}; it has {names}.{meant}")

    def get_weights(self) -> list[np.ndarray]:
        """Copies of all weights, kernel and bias, layer by layer.

        Raises
        ------
        ValueError
            If the model is not built.
        """
        self.check_built()
        return [np.array(w.data) for w in self.weights]

    def set_weights(self, weights: Sequence[Any]) -> None:
        """Give the model these weights, in the order of `get_weights`.

        Raises
        ------
        ValueError
            If the model is not built, or their number or a shape differs.
        """
        self.check_built()
        if len(weights) != len(self.weights):
            raise ValueError(f"The model has {len(self.weights)} weights; set_weights was given {len(weights)}.")
        at = 0
        for layer in self.layers:
            layer.set_weights(list(weights[at : at + len(layer.weights)]))
            at += len(layer.weights)

    def count_params(self) -> int:
        """The number of weights, biases included.

        Raises
        ------
        ValueError
            If the model is not built.
        """
        self.check_built()
        return sum(layer.count_params() for layer in self.layers)

    def check_built(self) -> None:
        """Raise if there are no weights yet."""
        if not self.built:
            raise ValueError("The model has no weights yet: put Input(shape=(features,)) first, or call it on data.")

    def summary(self) -> None:
        """Print the layers, their output shapes and numbers of weights, and how the model is compiled."""
        from .summary import print_summary

        print_summary(self)

    def __repr__(self) -> str:
        return f"<Sequential {self.name}: {' -> '.join(str(layer.name) for layer in self.layers) or 'no layers'}>"


def features_of(layer: Layer) -> int | None:
    """How many features a layer was told of, or built for; None if it will take what comes."""
    declared, kernel = getattr(layer, "input", None), getattr(layer, "kernel", None)
    if declared is not None:
        return int(declared.shape[0])
    return int(kernel.shape[0]) if isinstance(kernel, Value) else None
