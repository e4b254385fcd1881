"""Models: the three steps in Keras' words. Specify with `Sequential`, ``compile`` with a loss, ``fit``."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from . import losses, metrics, optimizers
from .callbacks import Callback, CallbackList, History, Logs
from .data_checks import features, same_length, whole_number
from .engine import Value
from .layers import Input, Layer
from .nonfinite import NonFiniteError, culprit
from .training import epoch_of_batches

__all__ = ["NonFiniteError", "Sequential"]


class Sequential:
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
    weights, trainable_variables : list of Value
        All weights: kernel and bias of the first layer, then of the next.
    stop_training : bool
        A callback sets it to end ``fit`` after the epoch.

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
        self.name = name
        self.layers: list[Layer] = []
        self.stop_training = False
        self._features: int | None = None
        self._generator = np.random.default_rng(seed)
        self._loss: losses.Loss | None = None
        self._optimizer: optimizers.Optimizer | None = None
        self._metrics: list[tuple[str, metrics.Metric | None]] = []
        for layer in layers or []:
            self.add(layer)

    # ------------------------------------------------------------------ step 1: specify

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
        layer.name = layer.name or self._free_name(type(layer).__name__.lower())
        if any(layer.name == other.name for other in self.layers):
            raise ValueError(f"Two layers of a model cannot both be called {layer.name!r}.")
        declared = getattr(layer, "input", None)
        if declared is not None and not self.layers:
            self._features = declared.shape[0]
        self.layers.append(layer)
        if self._features is not None:
            self.build(self._features)

    def _free_name(self, kind: str) -> str:
        taken = {layer.name for layer in self.layers}
        return next(n for n in [kind, *(f"{kind}_{i}" for i in range(1, len(taken) + 2))] if n not in taken)

    def build(self, features: int) -> None:
        """Make the weights of the layers that have none, for inputs with this number of features."""
        self._features = features
        for layer in self.layers:
            if not layer.built:
                layer.build(features, self._generator)
            features = getattr(layer, "units", features)

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

    trainable_variables = trainable_weights = weights

    def get_layer(self, name: str | None = None, index: int | None = None) -> Layer:
        """The layer of this name, or at this place."""
        if index is not None:
            return self.layers[index]
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise ValueError(
            f"This model has no layer called {name!r}; it has {', '.join(str(x.name) for x in self.layers)}."
        )

    def get_weights(self) -> list[np.ndarray]:
        """Copies of all weights, kernel and bias, layer by layer."""
        return [np.array(w.data) for w in self.weights]

    def set_weights(self, weights: Sequence[Any]) -> None:
        """Give the model these weights, in the order of `get_weights`.

        Raises
        ------
        ValueError
            If the model is not built, or their number or a shape differs.
        """
        if not self.built:
            raise ValueError("The model has no weights yet: put Input(shape=(features,)) first, or call it on data.")
        if len(weights) != len(self.weights):
            raise ValueError(f"The model has {len(self.weights)} weights; set_weights was given {len(weights)}.")
        at = 0
        for layer in self.layers:
            layer.set_weights(list(weights[at : at + len(layer.weights)]))
            at += len(layer.weights)

    def count_params(self) -> int:
        """The number of weights, biases included."""
        return sum(layer.count_params() for layer in self.layers)

    def summary(self) -> None:
        """Print the layers, their output shapes and numbers of weights, and how the model is compiled."""
        from .summary import print_summary

        print_summary(self)

    # ------------------------------------------------------------------ step 2: the loss

    def compile(
        self,
        optimizer: str | optimizers.Optimizer = "rmsprop",
        loss: str | losses.Loss | None = None,
        metrics: Sequence[str | Callable[[Any, Any], float]] = (),
    ) -> None:
        """Say what is made small, and how.

        Parameters
        ----------
        optimizer : str or Optimizer
            As in Keras, RMSprop if you do not say.
        loss : str or Loss
        metrics : list of str or callable
            Reported beside the loss: ``["accuracy"]``.

        Raises
        ------
        ValueError
            If there is no loss, a name is unknown, or the loss does not go with the last layer.
        """
        if loss is None:
            raise ValueError("compile() needs a loss, the thing that training makes small: compile(loss='mse').")
        if isinstance(metrics, str):
            raise TypeError(f"metrics is a list, such as ['accuracy']; {metrics!r} was given.")
        chosen = losses.get(loss)
        if self.layers and hasattr(self.layers[-1], "activation"):
            last: Any = self.layers[-1]
            chosen.check_output(last.units, getattr(last.activation, "__name__", ""))
        self._loss = chosen
        self._optimizer = optimizers.get(optimizer)
        self._metrics = [_metric(m) for m in metrics]

    @property
    def loss(self) -> losses.Loss:
        """The loss that the model was compiled with."""
        if self._loss is None:
            raise RuntimeError(
                "This model is not compiled: say what to make small first, "
                "model.compile(loss='binary_crossentropy'), then fit or evaluate."
            )
        return self._loss

    @property
    def optimizer(self) -> optimizers.Optimizer:
        """The optimizer that the model was compiled with."""
        if self._optimizer is None:
            raise RuntimeError("This model is not compiled: model.compile(loss=..., optimizer='adam') first.")
        return self._optimizer

    # ------------------------------------------------------------------ step 3: gradient descent

    def fit(
        self,
        x: Any,
        y: Any,
        batch_size: int = 32,
        epochs: int = 1,
        verbose: int | str = "auto",
        callbacks: Sequence[Callback] = (),
        validation_data: tuple[Any, Any] | None = None,
        shuffle: bool = True,
    ) -> History:
        """Train: for every batch, predictions, cost, back-propagation, a step of the optimizer.

        Parameters
        ----------
        x : array_like, shape (m, features)
        y : array_like, shape (m,), (m, 1) or (m, units)
            The labels, as the loss wants them.
        batch_size : int
            Examples for each step; the last batch of an epoch may be shorter.
        epochs : int
            How often all examples are gone through.
        verbose : {"auto", 0, 1, 2}
            A bar where it can be drawn, else a line an epoch; silent; a bar; a line an epoch.
        callbacks : list of Callback
        validation_data : (x, y), optional
            Evaluated after each epoch, never trained on.
        shuffle : bool
            Draw a new order for each epoch.

        Returns
        -------
        History

        Raises
        ------
        RuntimeError
            If the model is not compiled.
        ValueError, TypeError
            If the data are not what the model and its loss need.
        NonFiniteError
            If the cost becomes inf or nan; it names the first operation to blame.
        """
        epochs, batch_size = whole_number(epochs, "epochs"), whole_number(batch_size, "batch_size")
        x, y = self._checked(x, y)
        if validation_data is not None:
            if not isinstance(validation_data, tuple | list) or len(validation_data) != 2:
                raise ValueError("validation_data is a pair (x, y).")
            validation_data = self._checked(*validation_data, what="validation_data")
        history, steps = History(), -(-len(x) // batch_size)
        told = CallbackList(
            [*_shown(verbose), *callbacks, history], self, {"epochs": epochs, "steps": steps, "samples": len(x)}
        )
        self.stop_training = False
        told.tell("on_train_begin")
        try:
            for epoch in range(epochs):
                told.tell("on_epoch_begin", epoch)
                order = self._generator.permutation(len(x)) if shuffle else np.arange(len(x))
                logs = epoch_of_batches(self, x, y, order, batch_size, told)
                if validation_data is not None:
                    scores = self._scores(*validation_data)
                    logs |= {f"val_{name}": value for name, value in scores.items()}
                told.tell("on_epoch_end", epoch, logs)
                if self.stop_training:
                    break
        finally:
            told.tell("on_train_end")
        return history

    def train_on_batch(self, x: np.ndarray, y: np.ndarray) -> Logs:
        """One step of gradient descent on checked data: the cost and the metrics before the step.

        Raises
        ------
        NonFiniteError
            If the cost is inf or nan.
        """
        outputs = self(x)
        cost = self.loss.cost(y, outputs)
        value = cost.item()
        if not math.isfinite(value):
            raise NonFiniteError(culprit(cost, self.optimizer.learning_rate))
        cost.backward()
        weights = self.weights
        self.optimizer.apply([w.grad for w in weights], weights)
        return {"loss": value} | self._measured(y, outputs.data)

    def evaluate(self, x: Any, y: Any, return_dict: bool = False, verbose: int | str = 0) -> Any:
        """The cost on data, and the metrics, without training.

        Parameters
        ----------
        x, y : as for `fit`
        return_dict : bool
            As a dict by name; else the cost alone, or a list of the cost and the metrics, as in Keras.
        verbose : {0, 1, 2, "auto"}
            Anything but 0 prints the numbers in a line.

        Returns
        -------
        float, list of float, or dict
        """
        scores = self._scores(*self._checked(x, y))
        if verbose != 0:
            print(" - ".join(f"{name}: {value:.4g}" for name, value in scores.items()))
        if return_dict:
            return scores
        return list(scores.values()) if len(scores) > 1 else scores["loss"]

    def predict(self, x: Any, batch_size: int = 4096, verbose: int | str = 0) -> np.ndarray:
        """f(x) for each example: an array of shape (m, units).

        Parameters
        ----------
        x : array_like, shape (m, features)
        batch_size : int
            How many examples go through at once; the results do not depend on it.
        verbose : int or str
            Taken for Keras' sake; prediction is silent.

        Examples
        --------
        >>> from autograd_lite.layers import Dense
        >>> Sequential([Dense(2)]).predict([[1.0, 2.0, 3.0]]).shape
        (1, 2)
        """
        x = features(x, self._dtype)
        parts = [self(x[i : i + batch_size]).data for i in range(0, len(x), whole_number(batch_size, "batch_size"))]
        return np.concatenate(parts)

    @property
    def _dtype(self) -> Any:
        return getattr(self.layers[0], "dtype", np.float64) if self.layers else np.float64

    def _checked(self, x: Any, y: Any, what: str = "x") -> tuple[np.ndarray, np.ndarray]:
        """Data as arrays in the shapes that the model and its loss need."""
        loss = self.loss
        x = features(x, self._dtype, what)
        outputs = self(x[:1])  # builds the model; a wrong number of features is said here
        y = y.data if isinstance(y, Value) else np.asarray(y)
        same_length(x, y)
        return x, loss.labels(y, (len(x), *np.shape(outputs)[1:]))

    def _scores(self, x: np.ndarray, y: np.ndarray) -> Logs:
        """The cost and the metrics on checked data."""
        outputs = self(x)
        cost = self.loss.cost(y, outputs)
        return {"loss": cost.item()} | self._measured(y, outputs.data)

    def _measured(self, y: np.ndarray, outputs: np.ndarray) -> Logs:
        """The metrics of a batch."""
        if not self._metrics:
            return {}
        probabilities = self.loss.probabilities(outputs)
        accuracy = metrics.fitting_accuracy(y.shape, outputs.shape[-1])
        return {name: float((metric or accuracy)(y, probabilities)) for name, metric in self._metrics}

    def __repr__(self) -> str:
        return f"<Sequential {self.name}: {' -> '.join(str(layer.name) for layer in self.layers) or 'no layers'}>"


def _metric(identifier: Any) -> tuple[str, metrics.Metric | None]:
    return metrics.get(identifier)


def _shown(verbose: int | str) -> list[Callback]:
    if verbose == 0:
        return []
    from .progress import progress_callback  # rich takes time to import, and silent training needs none

    callback = progress_callback(verbose)
    return [callback] if callback else []
