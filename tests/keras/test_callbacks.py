"""Callbacks: the signatures that Keras' users bring, and what happens when one fails."""

import numpy as np
import pytest
from rich.console import Console

from autograd_lite import Sequential
from autograd_lite.callbacks import EVENTS, Callback, History
from autograd_lite.layers import Dense
from autograd_lite.progress import ProgressBar

X = np.linspace(-1, 1, 8).reshape(-1, 1)


def fit(callbacks, **settings):
    model = Sequential([Dense(1)], seed=0)
    model.compile(loss="mse")
    return model, model.fit(X, X, **{"epochs": 2, "batch_size": 4, "verbose": 0} | settings, callbacks=callbacks)


def recorder(signature):
    """A callback that writes down the events, all of whose methods have this signature after ``self``."""
    told = []
    methods = {}
    for event, before in EVENTS.items():
        first = "number, " if before else ""
        names = {}
        exec(f"def method(self, {first}{signature}): told.append({event!r})", {"told": told}, names)
        methods[event] = names["method"]
    return type("Recorder", (Callback,), methods)(), told


@pytest.mark.parametrize("signature", ["", "logs", "logs=None", "logs={}", "*, verbose=True", "*args", "**more"])
def test_logs_may_be_wanted_optional_or_left_out(signature):
    callback, told = recorder(signature)
    fit([callback])
    batch = ["on_train_batch_begin", "on_train_batch_end"]
    epoch = ["on_epoch_begin", *batch, *batch, "on_epoch_end"]
    assert told == ["on_train_begin", *epoch, *epoch, "on_train_end"]


def test_logs_are_a_dict_everywhere_and_those_of_the_last_epoch_at_the_end():
    given = {}

    class Keep(Callback):
        def on_train_begin(self, logs=None):
            given["begin"] = logs

        def on_epoch_begin(self, epoch, logs):
            given["epoch"] = logs

        def on_train_batch_begin(self, batch, logs):
            given["batch"] = logs

        def on_train_end(self, logs=None):
            given["end"] = dict(logs)

    _, history = fit([Keep()])
    assert given.pop("end") == {"loss": history.history["loss"][-1]}
    assert given == {"begin": {}, "epoch": {}, "batch": {}}


def test_a_function_put_into_a_callback_is_told_too():
    callback, seen = Callback(), []
    callback.on_epoch_end = lambda epoch, logs: seen.append(epoch)
    fit(callback)
    assert seen == [0, 1]


def test_callbacks_may_be_none_or_one_alone():
    assert fit(None)[1].epoch == [0, 1]
    assert fit(())[1].epoch == [0, 1]
    own = History()
    fit(own)
    assert own.epoch == [0, 1]


@pytest.mark.parametrize("bad", [History, [History], "history", [None], 3])
def test_what_is_no_callback_is_refused(bad):
    with pytest.raises(TypeError, match="Did you mean .*History" if "History" in str(bad) else "Callback"):
        fit(bad)


def test_the_model_keeps_the_history_that_fit_returns():
    model, history = fit(None)
    assert model.history is history
    assert Sequential().history is None


def test_a_callback_that_fails_at_the_start_leaves_no_bar_behind(monkeypatch):
    stopped = []

    class Bar(ProgressBar):
        def on_train_end(self, logs=None):
            super().on_train_end(logs)
            stopped.append(self.progress.finished or not self.progress.live.is_started)

    class Fails(Callback):
        def on_train_begin(self, logs=None):
            raise KeyError("mine")

    with open("/dev/null", "w") as nowhere, pytest.raises(KeyError, match="mine"):
        fit([Bar(Console(file=nowhere)), Fails()])
    assert stopped == [True]


def test_a_bar_that_was_never_drawn_can_be_ended():
    class Fails(Callback):
        def on_train_begin(self, logs=None):
            raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        fit([Fails(), ProgressBar()])
