"""The 25-15-1 network forwards, and how many parameters it has."""

from autograd_lite.course.authoring import Call, Mistake, Variant, code, edit

DEFINES = ("forward", "n_parameters")
AFTER = (21, 22)


def network(rng, sizes):
    """Random parameters, biases too, so that each can be missed."""
    params = {}
    for layer, (n_in, n_out) in enumerate(zip(sizes[:-1], sizes[1:], strict=True), start=1):
        params[f"W{layer}"] = rng.normal(size=(n_in, n_out))
        params[f"b{layer}"] = rng.normal(size=n_out) + (-1) ** layer
    return params


def probes(rng):
    yield Call("n_parameters", layer_sizes=[3, 5, 2], says="3 inputs, 5 units, 2 units", parts=("the count",))
    yield Call("n_parameters", layer_sizes=[400, 25, 15, 1], says="20×20 pixels, 25-15-1", parts=("the count",))
    yield Call("n_parameters", layer_sizes=[7, 11], says="one layer", parts=("the count",))
    for m, sizes in ((2, (3, 5, 2, 1)), (7, (3, 3, 3, 1)), (11, (64, 25, 15, 1))):
        X = rng.normal(size=(m, sizes[0]))
        yield Call(
            "forward", X=X, params=network(rng, sizes), sizes={"m": m}, parts=("f",),
            says=f"X is {m}×{sizes[0]}, the network {'-'.join(map(str, sizes[1:]))}",
        )  # fmt: skip


THROUGH = "What goes into layer 2, and what into layer 3?"
ACTIVATION = "Which of the three layers have an activation?"
BIAS = "Count the biases: each layer has b of its own."
COUNT = "Draw a layer with 3 inputs and 2 units: how many arrows, and how many biases?"
WEIGHTS = "Which W belongs to which layer?"

MISTAKES = [
    Mistake("no hidden activations", edit("A1 = g(X @ W1 + b1)", "A1 = X @ W1 + b1", "A2 = g(A1 @ W2 + b2)",
            "A2 = A1 @ W2 + b2"), "the hidden layers have no activation: three linear layers are one linear layer, "
            "and f is a logistic regression", ACTIVATION),
    Mistake("first activation missing", edit("A1 = g(X @ W1 + b1)", "A1 = X @ W1 + b1"), "the first layer has no "
            "activation", ACTIVATION, is_factor=True),
    Mistake("second activation missing", edit("A2 = g(A1 @ W2 + b2)", "A2 = A1 @ W2 + b2"), "the second layer has no "
            "activation", ACTIVATION, is_factor=True),
    Mistake("last activation missing", edit("f = g(A2 @ W3 + b3)", "f = A2 @ W3 + b3"), "the last layer has no "
            "activation: then f is no probability and can be negative", ACTIVATION, is_factor=True),
    Mistake("no activation at all", edit("g(X @ W1 + b1)", "X @ W1 + b1", "g(A1 @ W2 + b2)", "A1 @ W2 + b2",
            "g(A2 @ W3 + b3)", "A2 @ W3 + b3"), "no layer has an activation", ACTIVATION),
    Mistake("sigmoid twice at the end", edit("f = g(A2 @ W3 + b3)", "f = g(g(A2 @ W3 + b3))"), "the sigmoid is applied "
            "twice at the end: all of f lies between 0.5 and 0.731", ACTIVATION),
    Mistake("sigmoid twice everywhere", edit("return 1 / (1 + np.exp(-z))", "s = 1 / (1 + np.exp(-z))\n    return 1 / "
            "(1 + np.exp(-s))"), "the sigmoid is applied twice in every layer", ACTIVATION),
    Mistake("e to the z", edit("np.exp(-z)", "np.exp(z)"), "the sigmoid has eᶻ where e⁻ᶻ belongs", "Is g large where "
            "z is large?"),
    Mistake("tanh in hidden layers", edit("A1 = g(X @ W1 + b1)", "A1 = np.tanh(X @ W1 + b1)", "A2 = g(A1 @ W2 + b2)",
            "A2 = np.tanh(A1 @ W2 + b2)"), "the hidden layers use tanh", "g is the sigmoid in all three layers."),
    Mistake("relu in hidden layers", edit("A1 = g(X @ W1 + b1)", "A1 = np.maximum(X @ W1 + b1, 0)", "A2 = g(A1 @ W2 + "
            "b2)", "A2 = np.maximum(A1 @ W2 + b2, 0)"), "the hidden layers use relu", "g is the sigmoid in all three "
            "layers."),
    Mistake("no biases", edit(" + b1", "", " + b2", "", " + b3", ""), "the biases are left out", BIAS),
    Mistake("b1 missing", edit(" + b1", ""), "b1 is left out", BIAS, is_factor=True),
    Mistake("b2 missing", edit(" + b2", ""), "b2 is left out", BIAS, is_factor=True),
    Mistake("b3 missing", edit(" + b3", ""), "b3 is left out", BIAS, is_factor=True),
    Mistake("biases after activation", edit("g(X @ W1 + b1)", "g(X @ W1) + b1", "g(A1 @ W2 + b2)", "g(A1 @ W2) + b2",
            "g(A2 @ W3 + b3)", "g(A2 @ W3) + b3"), "the biases are added after the activations", "Is b inside g(…)?"),
    Mistake("last bias outside", edit("g(A2 @ W3 + b3)", "g(A2 @ W3) + b3"), "b3 is added after the last activation",
            "Is b inside g(…)?", is_factor=True),
    Mistake("biases subtracted", edit("+ b", "- b"), "the biases are subtracted", BIAS),
    Mistake("b1 in layer 2", edit("W2 + b2", "W2 + b1"), "b1 is added in the second layer as well", BIAS),
    Mistake("layers in the wrong order", edit("X @ W1 + b1", "X @ W2 + b2", "A1 @ W2 + b2", "A1 @ W1 + b1"), "W2 comes "
            "before W1", WEIGHTS),
    Mistake("last layer first", edit("X @ W1 + b1", "X @ W3 + b3", "A2 @ W3 + b3", "A2 @ W1 + b1"), "the last layer "
            "comes first", WEIGHTS),
    Mistake("W1 twice", edit("A1 @ W2 + b2", "A1 @ W1 + b1"), "the second layer uses the weights of the first",
            WEIGHTS),
    Mistake("W1 in layer 2", edit("A1 @ W2", "A1 @ W1"), "the second layer uses W1", WEIGHTS),
    Mistake("W2 twice", edit("A1 = g(X @ W1 + b1)", "A1 = g(X @ W2 + b2)"), "the first layer uses the weights of the "
            "second", WEIGHTS),
    Mistake("second layer skipped", edit("g(A2 @ W3 + b3)", "g(A1 @ W3 + b3)"), "the last layer gets A₁: the second "
            "one is skipped", THROUGH),
    Mistake("first layer skipped", edit("g(A1 @ W2 + b2)", "g(X @ W2 + b2)"), "the second layer gets X: the first one "
            "is skipped", THROUGH),
    Mistake("X into the last layer", edit("g(A2 @ W3 + b3)", "g(X @ W3 + b3)"), "the last layer gets X: both hidden "
            "layers are skipped", THROUGH),
    Mistake("W2 transposed", edit("A1 @ W2", "A1 @ W2.T"), "W2 is transposed", "Wₗ has shape (inputs, units)."),
    Mistake("W1 transposed", edit("X @ W1", "X @ W1.T"), "W1 is transposed", "Wₗ has shape (inputs, units)."),
    Mistake("hidden weights transposed", edit("X @ W1", "X @ W1.T", "A1 @ W2", "A1 @ W2.T"), "W1 and W2 are transposed",
            "Wₗ has shape (inputs, units)."),
    Mistake("a vector", edit("return f", "return f[:, 0]"), "f loses its second axis: it is (m,) and not (m, 1)",
            "A layer with one unit has a column for it, too."),
    Mistake("a row", edit("return f", "return f.T"), "f is transposed: (1, m)", "Whose rows are the examples?"),
    Mistake("rounded", edit("return f", "return np.round(f)"), "f is rounded to 0 and 1: that is the decision, and the "
            "loss needs the probability", "Which values can f have?"),
    Mistake("1 - f", edit("return f", "return 1 - f"), "1 − f is returned: the probability of a 0", "Which class is f "
            "the probability of?"),
    Mistake("hidden layer returned", edit("return f", "return A2"), "the second layer is returned, and not the last",
            "Which layer has one unit?"),
    Mistake("one probability for all", edit("return f", "return np.full_like(f, np.mean(f))"), "every example gets "
            "the mean of f", "A network forwards does not mix its examples."),
    Mistake("biases not counted", edit("n_in * n_out + n_out", "n_in * n_out"), "the biases are not counted", COUNT),
    Mistake("biases of the inputs", edit("n_in * n_out + n_out", "n_in * n_out + n_in"), "a bias is counted for every "
            "input of a layer, and not for every unit", COUNT),
    Mistake("one bias per layer", edit("n_in * n_out + n_out", "n_in * n_out + 1"), "one bias is counted for each "
            "layer", COUNT),
    Mistake("last layer only", edit("count += ", "count = "), "only the last layer is counted: the sum is overwritten",
            "count = … or count += …?"),
    Mistake("last layer not counted", edit("zip(layer_sizes[:-1], layer_sizes[1:])", "zip(layer_sizes[:-2], "
            "layer_sizes[1:-1])"), "the last layer is not counted", "How many layers does a list of four sizes "
            "describe?"),
    Mistake("first layer not counted", edit("zip(layer_sizes[:-1], layer_sizes[1:])", "zip(layer_sizes[1:-1], "
            "layer_sizes[2:])"), "the first layer is not counted", "How many layers does a list of four sizes "
            "describe?"),
    Mistake("sizes added", edit("n_in * n_out + n_out", "n_in + n_out"), "inputs and units are added, and not "
            "multiplied", COUNT),
    Mistake("units counted", edit("n_in * n_out + n_out", "n_out"), "the units are counted, and not their parameters",
            COUNT),
    Mistake("all biases, inputs too", edit("return count", "return count + layer_sizes[0]"), "the inputs have biases, "
            "too", COUNT),
]  # fmt: skip

VARIANTS = [
    Variant("a loop over layers", code('''
import numpy as np


def forward(X, params):
    A = X
    for layer in (1, 2, 3):
        Z = np.dot(A, params[f"W{layer}"]) + params[f"b{layer}"]
        A = 1.0 / (1.0 + np.exp(-Z))
    return A


def n_parameters(layer_sizes):
    return sum((a + 1) * b for a, b in zip(layer_sizes, layer_sizes[1:]))
''')),
    Variant("one example after the other", code('''
import numpy as np


def dense(a, W, b):
    out = np.zeros(W.shape[1])
    for j in range(W.shape[1]):
        out[j] = 1 / (1 + np.exp(-(np.sum(W[:, j] * a) + b[j])))
    return out


def forward(X, params):
    f = np.zeros((len(X), 1))
    for i in range(len(X)):
        a = X[i]
        for layer in range(1, 4):
            a = dense(a, params["W" + str(layer)], params["b" + str(layer)])
        f[i] = a
    return f


def n_parameters(layer_sizes):
    total = 0
    for k in range(len(layer_sizes) - 1):
        total = total + layer_sizes[k] * layer_sizes[k + 1]
    return total + sum(layer_sizes[1:])
''')),
    Variant("half of tanh", edit("1 / (1 + np.exp(-z))", "0.5 * (np.tanh(0.5 * z) + 1)")),
]  # fmt: skip
