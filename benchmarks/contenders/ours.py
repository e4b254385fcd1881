"""autograd_lite: the program of a step, and the eager engine that walks a graph at each step."""

import inspect

from tasks import BETA_1, BETA_2, EPSILON, Unavailable


def model_of(task, **settings):
    """The task's network as a compiled model with the task's first weights; its data, checked and constant."""
    from autograd_lite import Input, Sequential
    from autograd_lite.layers import Dense
    from autograd_lite.losses import BinaryCrossentropy, SparseCategoricalCrossentropy
    from autograd_lite.optimizers import SGD, Adam

    X, y, weights = task.start()
    last, loss = (
        ("sigmoid", BinaryCrossentropy()) if task.classes == 2 else ("softmax", SparseCategoricalCrossentropy())
    )
    activations = [task.hidden] * (len(task.sizes) - 2) + [last]
    layers = [
        Dense(units, activation=activation, dtype=task.dtype)
        for units, activation in zip(task.sizes[1:], activations, strict=True)
    ]
    model = Sequential([Input(shape=task.sizes[:1]), *layers])
    model.set_weights(weights)
    adam = Adam(task.rate, beta_1=BETA_1, beta_2=BETA_2, epsilon=EPSILON)
    model.compile(loss=loss, optimizer=adam if task.rule == "adam" else SGD(task.rate), **settings)
    X.flags.writeable = y.flags.writeable = False
    return model, X, y


def eagerly():
    """The setting of compile that asks for the eager engine; none is needed where there is no other."""
    from autograd_lite import Sequential

    known = inspect.signature(Sequential.compile).parameters
    return {"run_eagerly": True} if "run_eagerly" in known else {}


def program_of(model, batch):
    """The program of a model's training step."""
    if not hasattr(model, "train_program"):
        raise Unavailable("this autograd_lite has no Sequential.train_program")
    return model.train_program(batch)


def program(task):
    """The whole step as straight-line NumPy, as `fit` runs it: the weights are published at the end of an epoch."""
    import numpy as np

    model, X, y = model_of(task)
    written = program_of(model, task.batch)
    written.load()
    np.seterr(all="ignore")
    return lambda: written.advance(X, y)


def eager(task):
    """A graph a step, walked backwards."""
    from autograd_lite.training import step

    model, X, y = model_of(task, **eagerly())
    trained = model.trainable_weights
    return lambda: step(model, X, y, trained)["loss"]
