"""What is compiled and fitted: steps 2 and 3 of the three, for whatever model step 1 has specified."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Never

import numpy as np

from . import losses, metrics, optimizers
from .activations import known_name
from .callbacks import Callback, CallbackList, History, Logs, as_list
from .data_checks import as_array, features, same_length, two, whole_number
from .engine import Value
from .layers import Layer
from .metrics import get_all as get_metrics
from .naming import refuse, snake_case
from .nonfinite import check_weights
from .step_programs import ModelPrograms, StepProgram, no_program_yet
from .training import Stepper, epoch_of_batches, in_keras_form, outputs_of, predicted, scores

SPLIT = "Split them yourself, ag.datasets.train_test_split(X, y), and give validation_data=(X_test, y_test)."
ELSEWHERE = {"validation_split": f"It would take the last rows, whatever their order. {SPLIT}"}
ALL_AT_ONCE = 4096  # examples; more go in several batches, to save memory


class Trainer:
    """Trains what a subclass specifies: its layers, and what it computes when it is called.

    Attributes
    ----------
    layers : list of Layer
    history : History or None
        What the last ``fit`` returned.
    stop_training : bool
        A callback sets it to end ``fit`` after the epoch.
    """

    def __init__(self, generator: np.random.Generator) -> None:
        self.layers: list[Layer] = []
        self.history: History | None = None
        self.stop_training = False
        self.chosen_metrics: list[tuple[str, metrics.Metric | None]] = []
        self._features: int | None = None
        self._generator = generator
        self._loss: losses.Loss | None = None
        self._optimizer: optimizers.Optimizer | None = None
        self._programs: ModelPrograms | None = None

    def __call__(self, x: Any) -> Any:
        """f(x) of a batch, as a Value with its graph."""
        raise NotImplementedError

    @property
    def weights(self) -> list[Value]:
        """All weights."""
        raise NotImplementedError

    @property
    def trainable_weights(self) -> list[Value]:
        """Those that are changed."""
        raise NotImplementedError

    # ------------------------------------------------------------------ step 2: the loss

    def compile(
        self,
        optimizer: str | optimizers.Optimizer = "rmsprop",
        loss: str | losses.Loss | None = None,
        metrics: Sequence[str | Callable[[Any, Any], float]] | None = None,
        run_eagerly: bool = False,
    ) -> None:
        """Say what is made small, and how.

        Parameters
        ----------
        optimizer : str or Optimizer
            As in Keras, RMSprop if you do not say.
        loss : str or Loss
        metrics : list of str or callable
            Reported beside the loss: ``["accuracy"]``. A function of yours is called with labels and
            with probabilities, also where the outputs are logits (Keras would give it the logits).
        run_eagerly : bool
            Make a graph for each batch and walk it backwards, instead of running the program that is recorded once.
            The numbers are the same; it is slower, and code of yours in layers and losses runs for each batch.

        Raises
        ------
        TypeError
            If something else stands in the place of the optimizer, the loss or the metrics.
        ValueError
            If there is no loss, a name is unknown, or the loss does not go with the last layer.
        """
        if isinstance(optimizer, losses.Loss) or (
            isinstance(optimizer, str) and losses.LOSSES.keys() & {optimizer, snake_case(optimizer)}
        ):
            raise TypeError(
                f"The first argument of compile is the optimizer, and {optimizer!r} is a loss: write "
                f"compile(loss={optimizer!r})."
            )
        if loss is None:
            raise ValueError(
                f"compile() needs a loss, the thing that training makes small: compile(loss={self._fitting_loss()!r})."
            )
        chosen = losses.get(loss)
        if chosen.reduction in ("none", None):
            raise ValueError(
                f"{chosen!r} gives a loss for each example; training makes one number small. Leave reduction out "
                f"for their mean, or use reduction='sum'."
            )
        chosen.check_output(getattr(self.layers[-1], "units", None) if self.layers else None, self._last_activation)
        optimizer = optimizers.get(optimizer)
        self.chosen_metrics = get_metrics(metrics)
        self._loss, self._optimizer = chosen, optimizer
        self._programs = None if run_eagerly else ModelPrograms(self)

    @property
    def _last_activation(self) -> str:
        """The name of the last layer's activation, if it is one of the library's."""
        return known_name(getattr(self.layers[-1], "activation", None)) if self.layers else ""

    def _fitting_loss(self) -> str:
        return {"sigmoid": "binary_crossentropy", "softmax": "sparse_categorical_crossentropy"}.get(
            self._last_activation, "mse"
        )

    @property
    def loss(self) -> losses.Loss:
        """The loss that the model was compiled with."""
        if self._loss is None:
            raise RuntimeError(
                f"This model is not compiled: say what to make small first, "
                f"model.compile(loss={self._fitting_loss()!r}), then fit or evaluate."
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
        batch_size: int | None = 32,
        epochs: int = 1,
        verbose: int | str = "auto",
        callbacks: Callback | Sequence[Callback] | None = None,
        validation_data: tuple[Any, Any] | None = None,
        shuffle: bool = True,
        **unknown: Never,
    ) -> History:
        """Train: for every batch, predictions, cost, back-propagation, a step of the optimizer.

        Parameters
        ----------
        x : array_like, shape (m, features)
        y : array_like, shape (m,), (m, 1) or (m, units)
            The labels, as the loss wants them.
        batch_size : int
            Examples for each step; the last batch of an epoch may be shorter. None means 32.
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
            If the cost, a gradient or in the end a weight is inf or nan; it names the first to blame.
        """
        refuse(unknown, self.fit, ELSEWHERE)
        epochs = whole_number(epochs, "epochs", least=0)
        batch_size = 32 if batch_size is None else whole_number(batch_size, "batch_size")
        x, y = self._checked(x, y)
        validation = None if validation_data is None else self._checked_validation(validation_data)
        weights = self._weights_to_train()
        self.history, self.stop_training, logs = History(), False, {}
        told = CallbackList(
            [*shown(verbose), *as_list(callbacks), self.history],
            self,
            {"epochs": epochs, "steps": -(-len(x) // batch_size), "samples": len(x)},
            (x, y),
        )
        try:
            told.tell("on_train_begin", {})
            for epoch in range(epochs):
                told.tell("on_epoch_begin", epoch, {})
                order = self._generator.permutation(len(x)) if shuffle else np.arange(len(x))
                logs = epoch_of_batches(self, x, y, weights, order, batch_size, told, self._programs)
                if validation is not None:
                    found = self._scores(*validation, batch_size)
                    logs |= {f"val_{name}": value for name, value in found.items()}
                told.tell("on_epoch_end", epoch, logs)
                if self.stop_training:
                    break
            check_weights(weights, self.optimizer.learning_rate)
        finally:
            told.tell("on_train_end", logs)
        return self.history

    def train_on_batch(self, x: Any, y: Any, *, return_dict: bool = False) -> Any:
        """One step of gradient descent on these data: the cost and the metrics before the step.

        Parameters
        ----------
        x, y, return_dict : as for `evaluate`

        Returns
        -------
        float, list of float, or dict

        Raises
        ------
        RuntimeError, ValueError, TypeError, NonFiniteError
            As `fit` does.
        """
        x, y = self._checked(x, y)
        weights = self._weights_to_train()
        logs = Stepper(self, weights, self._programs, seen=True).step(x, y)
        check_weights(weights, self.optimizer.learning_rate)
        return in_keras_form(logs, return_dict)

    def evaluate(
        self, x: Any, y: Any, batch_size: int | None = None, verbose: int | str = 0, *, return_dict: bool = False
    ) -> Any:
        """The cost on data, and the metrics, without training.

        Parameters
        ----------
        x, y : as for `fit`
        batch_size : int, optional
            How many examples go through at once. The results depend on it only where the loss sums
            over a batch, ``reduction="sum"``: the cost is the mean over batches, of 32 if you do not say.
        verbose : {0, 1, 2, "auto"}
            Anything but 0 prints the numbers in a line. (Keras prints if you do not say.)
        return_dict : bool
            As a dict by name; else the cost alone, or a list of the cost and the metrics, as in Keras.

        Returns
        -------
        float, list of float, or dict
        """
        if batch_size is not None:
            batch_size = whole_number(batch_size, "batch_size")
        found = self._scores(*self._checked(x, y), batch_size)
        if verbose != 0:
            print(" - ".join(f"{name}: {value:.4g}" for name, value in found.items()))
        return in_keras_form(found, return_dict)

    def predict(self, x: Any, batch_size: int | None = None, verbose: int | str = 0) -> np.ndarray:
        """f(x) for each example: an array of shape (m, units).

        Parameters
        ----------
        x : array_like, shape (m, features)
        batch_size : int, optional
            How many examples go through at once; the results do not depend on it.
        verbose : int or str
            Taken for Keras' sake; prediction is silent.

        Examples
        --------
        >>> from autograd_lite import Sequential
        >>> from autograd_lite.layers import Dense
        >>> Sequential([Dense(2)]).predict([[1.0, 2.0, 3.0]]).shape
        (1, 2)
        """
        size = ALL_AT_ONCE if batch_size is None else whole_number(batch_size, "batch_size")
        x = self._checked_features(x)
        return predicted(self, x, size, self._programs)

    # ------------------------------------------------------------------ programs

    @property
    def program(self) -> StepProgram:
        """The training step that ``fit`` runs, as a program: print it to read it.

        Raises
        ------
        RuntimeError
            If there is none yet: before ``fit`` use `train_program`.
        """
        if self._programs is None or self._programs.latest is None:
            raise RuntimeError(no_program_yet(eager=self._programs is None and self._loss is not None))
        return self._programs.latest

    def train_program(self, batch_size: int = 32) -> StepProgram:
        """The training step for batches of this size, before there are any data.

        Raises
        ------
        RuntimeError, ValueError
            If the model is not compiled, runs eagerly, cannot be recorded, or has no weights yet.

        Examples
        --------
        >>> from autograd_lite import Input, Sequential
        >>> from autograd_lite.layers import Dense
        >>> model = Sequential([Input(shape=(3,)), Dense(1, activation="sigmoid")])
        >>> model.compile(loss="binary_crossentropy", optimizer="sgd")
        >>> "np.dot(x, dense_W" in model.train_program(4).source
        True
        """
        if self._features is None or not self.weights:
            raise ValueError("The model has no weights yet: put Input(shape=(features,)) first, or call it on data.")
        loss, size = self.loss, whole_number(batch_size, "batch_size")
        dtype = getattr(self.layers[0], "dtype", np.float64)
        found = self._programs and self._programs.for_blank_batch(
            np.zeros((size, self._features), dtype), loss, self._weights_to_train()
        )
        if not found:
            raise RuntimeError("This model has no program: it runs eagerly, or its weights differ in dtype.")
        return found

    # ------------------------------------------------------------------ checks

    def _checked_features(self, x: Any) -> np.ndarray:
        """Features as an array of as many columns as the model was built for."""
        if self._features == 1 and np.ndim(x := as_array(x, "X")) == 1:
            x = x.reshape(-1, 1)  # one feature was declared, so a vector can mean nothing else
        array = np.ascontiguousarray(
            features(x, getattr(self.layers[0], "dtype", np.float64) if self.layers else np.float64)
        )
        if self._features not in (None, array.shape[1]):
            raise ValueError(
                f"{self.layers[0].described() if self.layers else 'The model'} expects {self._features} features an "
                f"example; X has shape {array.shape}, that is {array.shape[1]} features."
            )
        return array

    def _checked(self, x: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
        """Data as arrays in the shapes that the model and its loss need; some go through the model, to see."""
        loss = self.loss
        x, y = self._checked_features(x), as_array(y, "y")
        same_length(x, y)
        some = x[:32]
        with np.errstate(all="ignore"):
            outputs = self(some)
        shape = np.shape(outputs)
        if not isinstance(outputs, Value) or shape[:1] != (len(some),):
            raise ValueError(
                f"A model gives each example its own outputs; for {len(some)} examples this one gave "
                f"{type(outputs).__name__} of shape {shape}. Look at the activations: they work on each entry of z."
            )
        loss.check_output(outputs_of(shape), self._last_activation)
        y = loss.labels(y, (len(x), *shape[1:]))
        loss.check_predictions(outputs)
        if any(metric is None for _, metric in self.chosen_metrics):
            metrics.check_labels(y, outputs_of(shape))
        return x, y.astype(outputs.dtype) if y.dtype.kind == "f" else y

    def _checked_validation(self, validation_data: Any) -> tuple[np.ndarray, np.ndarray]:
        x, y = two(validation_data)
        try:
            return self._checked(x, y)
        except (TypeError, ValueError) as error:
            kind = TypeError if isinstance(error, TypeError) else ValueError
            raise kind(f"In validation_data: {error}") from None

    def _weights_to_train(self) -> list[Value]:
        weights = self.trainable_weights
        if not weights:
            raise ValueError(
                "There is nothing to train: no layer has weights and trainable = True. Set layer.trainable = True."
            )
        self.optimizer.check_variables(weights)
        return weights

    def _scores(self, x: np.ndarray, y: np.ndarray, batch_size: int | None) -> Logs:
        sums = self.loss.reduction == "sum"
        return scores(self, x, y, batch_size or 32 if sums else batch_size or ALL_AT_ONCE, self._programs)


def shown(verbose: int | str) -> list[Callback]:
    """The callback that shows the progress, if one was asked for."""
    if verbose == 0:
        return []
    from .progress import progress_callback  # rich takes time to import, and silent training needs none

    callback = progress_callback(verbose)
    return [callback] if callback else []
