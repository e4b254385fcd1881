"""Training, held against PyTorch and Keras: the same start and batches give the same weights."""

import os

import numpy as np
import pytest

from autograd_lite import Input, Sequential
from autograd_lite.datasets import digits
from autograd_lite.layers import Dense
from autograd_lite.losses import BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError
from autograd_lite.losses import SparseCategoricalCrossentropy as Sparse
from autograd_lite.optimizers import SGD, Adam, RMSprop

UNITS = (25, 15)


def network(outputs: int, activation: str, hidden: str = "sigmoid", seed: int = 0) -> Sequential:
    layers = [Dense(u, activation=hidden) for u in UNITS]
    return Sequential([Input(shape=(64,)), *layers, Dense(outputs, activation=activation)], seed=seed)


def torch_network(torch, weights, activation, hidden="Sigmoid"):
    layers = []
    for W, b in zip(weights[::2], weights[1::2], strict=True):
        layer = torch.nn.Linear(*W.shape, dtype=torch.float64)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(W.T.copy()))
            layer.bias.copy_(torch.from_numpy(b))
        layers += [layer, getattr(torch.nn, hidden)()]
    layers[-1] = getattr(torch.nn, activation)()
    return torch.nn.Sequential(*layers)


def torch_training(torch, net, loss, optimizer, X, y, epochs, batch):
    for _ in range(epochs):
        for i in range(0, len(X), batch):
            optimizer.zero_grad()
            loss(net(X[i : i + batch]), y[i : i + batch]).backward()
            optimizer.step()
    linear = [m for m in net if isinstance(m, torch.nn.Linear)]
    return [w for m in linear for w in (m.weight.detach().numpy().T, m.bias.detach().numpy())]


@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu"])
def test_ten_epochs_of_sgd_give_pytorchs_weights(hidden, momentum):
    torch = pytest.importorskip("torch")
    X, y = digits(classes=(0, 1))
    model = network(1, "sigmoid", hidden)
    start = model.get_weights()
    model.compile(loss=BinaryCrossentropy(), optimizer=SGD(0.1, momentum=momentum))
    model.fit(X, y, epochs=10, batch_size=32, shuffle=False, verbose=0)
    name = {"sigmoid": "Sigmoid", "tanh": "Tanh", "relu": "ReLU"}[hidden]
    net = torch_network(torch, start, "Sigmoid", name)
    theirs = torch_training(
        torch, net, torch.nn.BCELoss(), torch.optim.SGD(net.parameters(), lr=0.1, momentum=momentum),
        torch.from_numpy(X), torch.from_numpy(y[:, None].astype(float)), epochs=10, batch=32,
    )  # fmt: skip
    for ours, other in zip(model.get_weights(), theirs, strict=True):
        np.testing.assert_allclose(ours, other, rtol=0, atol=1e-10)


@pytest.mark.parametrize(("loss", "labels"), [(Sparse(), "numbers"), (CategoricalCrossentropy(), "rows")])
def test_ten_epochs_on_ten_digits_give_pytorchs_weights(loss, labels):
    torch = pytest.importorskip("torch")
    X, y = digits()
    model = network(10, "softmax", "tanh")
    start = model.get_weights()
    model.compile(loss=loss, optimizer=SGD(0.1))
    model.fit(X, y if labels == "numbers" else np.eye(10)[y], epochs=10, batch_size=64, shuffle=False, verbose=0)
    net = torch_network(torch, start, "Identity", "Tanh")
    theirs = torch_training(
        torch, net, torch.nn.CrossEntropyLoss(), torch.optim.SGD(net.parameters(), lr=0.1),
        torch.from_numpy(X), torch.from_numpy(y), epochs=10, batch=64,
    )  # fmt: skip
    for ours, other in zip(model.get_weights(), theirs, strict=True):
        np.testing.assert_allclose(ours, other, rtol=0, atol=1e-10)


@pytest.fixture(scope="module")
def keras():
    os.environ.setdefault("KERAS_BACKEND", "jax")
    pytest.importorskip("jax")
    return pytest.importorskip("keras")


CASES = {
    "sgd": (lambda m: m.SGD(0.1), SGD(0.1)),
    "momentum": (lambda m: m.SGD(0.1, momentum=0.9), SGD(0.1, momentum=0.9)),
    "nesterov": (
        lambda m: m.SGD(0.1, momentum=0.9, nesterov=True),
        SGD(0.1, momentum=0.9, nesterov=True),
    ),
    "adam": (lambda m: m.Adam(0.01), Adam(0.01)),
    "rmsprop": (lambda m: m.RMSprop(), RMSprop()),
    "rmsprop with momentum": (lambda m: m.RMSprop(0.01, momentum=0.9), RMSprop(0.01, momentum=0.9)),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", CASES)
def test_keras_takes_the_same_steps(keras, name):
    theirs_optimizer, ours_optimizer = CASES[name]
    X, y = digits(classes=(0, 1))
    X, y = X[:96], y[:96]
    model = network(1, "sigmoid")
    other = keras.Sequential(
        [
            keras.Input(shape=(64,), dtype="float64"),
            *(keras.layers.Dense(u, activation="sigmoid", dtype="float64") for u in UNITS),
            keras.layers.Dense(1, activation="sigmoid", dtype="float64"),
        ]
    )
    other.set_weights(model.get_weights())
    model.compile(loss=BinaryCrossentropy(), optimizer=ours_optimizer)
    other.compile(loss=keras.losses.BinaryCrossentropy(), optimizer=theirs_optimizer(keras.optimizers))
    ours = model.fit(X, y, epochs=5, batch_size=32, shuffle=False, verbose=0).history["loss"]
    theirs = other.fit(X, y, epochs=5, batch_size=32, shuffle=False, verbose=0).history["loss"]
    np.testing.assert_allclose(ours, theirs, rtol=2e-6)
    for a, b in zip(model.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, atol=2e-6)


@pytest.mark.filterwarnings("ignore")
def test_keras_losses_have_the_same_values(keras):
    rng = np.random.default_rng(0)
    f, y = rng.random((7, 4)), (rng.random((7, 4)) < 0.5).astype(float)
    p, classes = f / f.sum(axis=1, keepdims=True), rng.integers(0, 4, 7)
    pairs = [
        (BinaryCrossentropy(), keras.losses.BinaryCrossentropy(), y, f),
        (BinaryCrossentropy(from_logits=True), keras.losses.BinaryCrossentropy(from_logits=True), y, f - 0.5),
        (MeanSquaredError(), keras.losses.MeanSquaredError(), y, f),
        (CategoricalCrossentropy(), keras.losses.CategoricalCrossentropy(), np.eye(4)[classes], p),
        (Sparse(), keras.losses.SparseCategoricalCrossentropy(), classes, p),
        (Sparse(from_logits=True), keras.losses.SparseCategoricalCrossentropy(from_logits=True), classes, f),
    ]
    for ours, theirs, labels, predictions in pairs:
        for reduction in ("sum_over_batch_size", "sum", "none"):
            ours.reduction = theirs.reduction = reduction
            np.testing.assert_allclose(ours(labels, predictions), np.asarray(theirs(labels, predictions)), rtol=1e-5)
