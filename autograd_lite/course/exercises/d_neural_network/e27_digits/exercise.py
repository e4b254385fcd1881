"""The 25-15-1 network on the digits 0 and 1, all of it the student's own."""

import numpy as np

from autograd_lite.course.authoring import Finding, Mistake, Script, Variant, code, edit
from autograd_lite.datasets import digits, train_test_split

DEFINES = ("Network", "train", "accuracy")
AFTER = (22, 23, 25, 26)
NEEDS = ("e22_initialise", "e23_model", "e25_backprop", "e26_fit")
SECONDS = 20
SEEDS = 2

NAMES = ("W3", "b3", "W2", "b2", "W1", "b1")

UNTOUCHED = """
import numpy as np


def untouched():
    \"\"\"True if neither the network nor the training is written.\"\"\"
    try:
        if Network([2, 2, 2, 1], np.random.default_rng(seed)).params:
            return False
        made = train(np.zeros((2, 2)), np.array([[0.0], [1.0]]), np.random.default_rng(seed))
        return made is None or made[0] is None and made[1] is None
    except Exception:
        return False
"""

PIECES = f"""{UNTOUCHED}
def state(function, *given):
    found = Network.__init__.__globals__.get(function)
    if found is None:  # it is imported under another name
        return "gives an answer"
    try:
        value = found(*given)
        missing = value is None or isinstance(value, tuple) and all(x is None for x in value)
    except Exception as error:
        return f"raises {{type(error).__name__}}: {{error}}"
    return None if missing else "gives an answer"


answer = None if untouched() else {{
    "init, of exercise 22,": state("init", 2, 3, np.random.default_rng(seed)),
    "forward, of exercise 23,": state("forward", X, params),
    "backprop, of exercise 25,": state("backprop", X, y, params),
}}
"""

BUILT = f"""{UNTOUCHED}
network = Network(layer_sizes, np.random.default_rng(seed))
answer = None
if not untouched():
    answer = {{name: network.params.get(name) for name in {NAMES[::-1]}}}
    answer = {{name: p if p is None else 0 * p for name, p in answer.items()}}
    square = Network([3, 3, 3, 1], np.random.default_rng(seed)).params
    W1, W2 = (np.array(square.get(name, 0.0)) for name in ("W1", "W2"))
    answer["W1 at first"] = "random" if np.std(W1) > 0 else "all equal"
    answer["the weights of two layers"] = "equal" if np.array_equal(W1, W2) else "different"
    answer |= {{f"d{{name}} at first": network.grads.get(name) for name in {NAMES[::-1]}}}
"""

BACKWARD = f"""
import numpy as np

network = Network(layer_sizes, np.random.default_rng(seed))
network.params = {{name: p.copy() for name, p in params.items()}}
network.zero_grad()
loss = network.backward(X, y)
once = {{name: np.array(g) for name, g in network.grads.items()}}
network.backward(X2, y2)
answer = None
if loss is not None:
    answer = {{"the loss": loss}}
    answer |= {{"d" + name: once.get(name) for name in {NAMES}}}
    answer |= {{"d" + name + " after a second call": network.grads.get(name) for name in {NAMES}}}
    moved = any(np.any(network.params[name] != params[name]) for name in params)
    answer["the parameters"] = "moved by backward" if moved else "as they were"
"""

TRAINED = """
import numpy as np

given, seen = train.__globals__.get("fit"), {"epochs": 100, "batch": 32, "alpha": 1.0, "images": X, "labels": y}


def watched(model, X, y, epochs, batch, alpha, rng):
    seen.update(epochs=epochs, batch=batch, alpha=alpha, images=np.array(X), labels=np.array(y), model=model)
    return [0.0] * epochs


train.__globals__["fit"] = watched
try:
    made = train(X, y, np.random.default_rng(seed))
    network, history = made if isinstance(made, tuple) and len(made) == 2 else (made, None)
finally:
    train.__globals__["fit"] = given
answer = None
if network is not None or history is not None:
    model = seen.pop("model", network)
    answer = {name: seen[name] for name in ("epochs", "batch", "alpha")}
    answer["the images given to fit"] = seen["images"]
    answer["the labels given to fit"] = seen["labels"]
    answer["the network"] = "the one that is fitted" if network is model else "not the one that is fitted"
    params = getattr(network, "params", {})
    answer |= {name: p if p is None else 0 * p for name, p in ((name, params.get(name)) for name in ("W1", "W2", "W3"))}
    answer["the history"] = None if history is None else len(history)
"""

FITTED = f"""{UNTOUCHED}
here = train.__globals__
answer = None
if not untouched():
    fit = here.get("fit") or getattr(here.get("e26_fit"), "fit", None) or __import__("e26_fit").fit
    network = Network(layer_sizes, np.random.default_rng(seed))
    network.params = {{name: p.copy() for name, p in params.items()}}
    network.zero_grad()
    history = fit(network, X, y, 2, len(X), 0.7, np.random.default_rng(seed))
    answer = {{name + " after two steps": network.params[name] for name in {NAMES}}}
    answer["the history of two epochs"] = None if history is None else np.asarray(history, float)
"""

COUNTED = """
import numpy as np

network = Network(layer_sizes, np.random.default_rng(seed))
network.params = params
share = accuracy(network, X, y)
"""


def example(rng, m, sizes):
    X, params = rng.normal(size=(m, sizes[0])), {}
    for layer, (n_in, n_out) in enumerate(zip(sizes[:-1], sizes[1:], strict=True), start=1):
        params[f"W{layer}"], params[f"b{layer}"] = rng.normal(size=(n_in, n_out)), rng.normal(size=n_out)
    y = (rng.random((m, 1)) < 0.5).astype(float)
    y[:2] = [[0.0], [1.0]]
    return {"X": X, "y": y, "params": params, "layer_sizes": list(sizes)}


def decided(rng):
    """Decisions: 5 right ones, 1 wrong one, 3 right zeros, 2 wrong zeros: each way to count gives another number."""
    given = example(rng, 11, (5, 4, 3, 1))
    params = given["params"]
    params["W3"] *= 7
    z = (hidden(given["X"], params) @ params["W3"])[:, 0]
    order = np.argsort(z)
    params["b3"] = np.array([-np.mean(z[order[4:6]])])
    given["y"][order] = np.array([[0.0, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1]]).T
    return given


def probes(rng):
    seed = int(rng.integers(1000))
    X, y, params = (example(rng, 2, (2, 2, 2, 1))[name] for name in ("X", "y", "params"))
    yield Script(PIECES, "answer", X=X, y=y, params=params, seed=seed, says="the functions that this file imports")
    yield Script(BUILT, "answer", layer_sizes=[5, 4, 3, 1], seed=seed, says="a network 5 → 4-3-1 as it is made")
    for m, sizes in ((7, (5, 4, 3, 1)), (11, (2, 3, 2, 1))):
        second = example(rng, m + 2, sizes)
        yield Script(
            BACKWARD, "answer", **example(rng, m, sizes), X2=second["X"], y2=second["y"], seed=seed, sizes={"m": m},
            says=f"backward with {m} examples, the network {'-'.join(map(str, sizes[1:]))}",
        )  # fmt: skip
    yield Script(
        FITTED, "answer", **example(rng, 11, (5, 4, 3, 1)), seed=seed, says="your fit with your network: two epochs "
            "of one batch",
    )  # fmt: skip
    X, y = rng.random((13, 64)), (rng.random((13, 1)) < 0.5).astype(float)
    yield Script(TRAINED, "answer", X=X, y=y, seed=seed, says="what train gives to fit, and what it returns")
    given = decided(rng)
    yield Script(COUNTED, "share", **given, seed=seed, sizes={"m": 11}, parts=("the share",), says="accuracy with 11 "
        "examples")


# ------------------------------------------------------------------------------- what is known here


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def hidden(X, params):
    return sigmoid(sigmoid(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"])


def cost(X, y, params):
    """The cross-entropy from z: it has no limit that would hide the slope where the network is sure."""
    z = hidden(X, params) @ params["W3"] + params["b3"]
    return float(np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))))


def slope(X, y, params, name, place, h=1e-5):
    """∂J/∂(one entry) by central differences."""
    sides = []
    for side in (h, -h):
        moved = params[name].copy()
        moved[place] += side
        sides.append(cost(X, y, {**params, name: moved}))
    return (sides[0] - sides[1]) / (2 * h)


# ------------------------------------------------------------------------------- the judge

TRAIN = """
import numpy as np

network, history = train(X, y, np.random.default_rng(seed))
answer = network.params, np.asarray(history, float), accuracy(network, X_test, y_test)
"""
AGAIN = """
import numpy as np

first, second, other = (train(X, y, np.random.default_rng(s))[0].params for s in (seed, seed, seed + 1))
same = all(np.array_equal(first[name], second[name]) for name in first)
differs = any(not np.array_equal(first[name], other[name]) for name in first)
"""
GRADIENT = """
import numpy as np

network = Network([64, 25, 15, 1], np.random.default_rng(seed))
network.params = params
network.zero_grad()
network.backward(X, y)
"""


def judge(ask, rng):
    X, y = digits(classes=(0, 1))
    X, X_test, y, y_test = train_test_split(X, y.reshape(-1, 1).astype(float), test_size=72, seed=0)
    seed = int(rng.integers(1_000_000))
    same, differs = ask(Script(AGAIN, "(same, differs)", X=X[:40], y=y[:40], seed=seed))
    yield Finding(same, "the same seed gives the same network", "Trained twice from the same seed, the networks "
        "differ.",
                  "From which generator do init and fit draw?", "a generator without a seed")  # fmt: skip
    yield Finding(differs, "another seed gives another network", "Trained from two seeds, the networks are the same.",
                  "From which generator do init and fit draw?", "a seed of its own")  # fmt: skip
    params, history, share = ask(Script(TRAIN, "answer", X=X, y=y, X_test=X_test, y_test=y_test, seed=seed))
    has_history = history.shape == (100,) and bool(np.all(np.isfinite(history)))
    yield Finding(has_history, "the history has 100 numbers", "The history that fit gives is not 100 numbers, one for "
        "each epoch.",
                  "Is check 26 passed?")  # fmt: skip
    if not has_history:
        return
    yield from the_loss(history, cost(X, y, params))
    rank = int(np.linalg.matrix_rank(params["W1"]))
    yield Finding(rank == 25, "the 25 units have learnt different things", f"W1 is 64×25, and its rank is {rank}: "
        f"units of the "
                  "first layer do the same.", "How do the weights begin?")  # fmt: skip
    yield Finding(share >= 0.97, "at least 97 % of 72 new images are right", f"On 72 images that it has not seen, the "
        f"share of "
                  f"right decisions is {share:.3f}.", "Are images and labels still those of each other?")  # fmt: skip
    yield the_gradient(ask, rng, params, X_test, seed)


def the_loss(history, at_the_end):
    first, last = history[0], history[-1]
    yield Finding(last < 0.1 * first, "the loss falls to less than a tenth", f"The loss is {first:.4g} in epoch 1 and "
        f"{last:.4g} "
                  f"in epoch {len(history)}.", "Which of the checks 22 to 26 are passed?",
                  evidence=(f"epochs 1, 10, 30, 100:  "
                      f"{'  '.join(f'{history[k]:.4g}' for k in (0, 9, 29, 99))}",))  # fmt: skip
    yield Finding(at_the_end < 2 * last + 1e-4, "the network that comes back is the trained one", f"The history ends "
        f"with "
                  f"{last:.4g}, but the network that train returns has the loss {at_the_end:.4g} on the same images.",
                  "Which network is given to fit, and which is returned?")  # fmt: skip
    yield Finding(last < 0.01, "the loss ends below 0.01", f"The loss ends at {last:.4g}: that is slower than these "
        f"settings "
                  "are.", "Which of the checks 22 to 26 are passed?")  # fmt: skip


def the_gradient(ask, rng, params, X_test, seed):
    """Labels by chance: a trained network is wrong about half of them, so that gradients are large."""
    X = X_test[:11]
    y = (rng.random((11, 1)) < 0.5).astype(float)
    y[:2] = [[0.0], [1.0]]
    given = ask(Script(GRADIENT, "network.grads", X=X, y=y, params=params, seed=seed))
    for name in NAMES:
        places = [tuple(int(rng.integers(n)) for n in params[name].shape) for _ in range(5)]
        own, right = np.array([(given[name][p], slope(X, y, params, name, p)) for p in places]).T
        if np.max(np.abs(own - right)) > 1e-4 * np.max(np.abs(right)) + 1e-9:
            says = f"At the trained network, the gradient of {name} is not the slope of the loss."
            evidence = (f"yours: {'  '.join(f'{x:.4g}' for x in own)}",)
            return Finding(False, "the gradients of the trained network", says, "Which values did the checks of "
                "backprop not "
                           "have? Large ones?", evidence=evidence)  # fmt: skip
    return Finding(True, "the gradients of the trained network")


BACKPROP = (
    "is wrong, and everything behind it is right: check 25 looks at your backprop more closely. Look at backward here, "
    "too: what does it add?"
)
LOCATES = {
    **{f"{name}, of exercise {n},": f"Exercise {n} comes first." for name, n in (("init", 22), ("forward", 23),
        ("backprop", 25))},
    "the loss": "backward returns bce of what forward gives with the network's params: look at what goes into both.",
    **{f"d{name}": f"d{name} {BACKPROP}" for name in NAMES},
    **{f"{name} after two steps": "backward is right, so it is the loop: check 26 looks at your fit more "
        "closely." for name in NAMES},
    "the history of two epochs": "The parameters are right, so it is the history: check 26 looks at your fit more "
    "closely.",
}

ADDS = "self.grads = old + new: what is old when backward is called a second time?"
LOSS = "loss = bce(f, y): which f, of which examples, and in which order?"
BUILD = "[64, 25, 15, 1]: which layer has which inputs and units?"
SETTINGS = "100 epochs, batches of 32, α = 1"
DATA = "fit gets the images and labels as train got them."
SHARE = "How many of the decisions are right, divided by what?"
DRAWN = "From which generator do init and fit draw?"

LINE = "self.grads[name] = self.grads[name] + grads[name]"
DECIDED = "(f >= 0.5) == (y == 1)"
FIT = "fit(network, X, y, epochs=100, batch=32, alpha=1.0, rng=rng)"

MISTAKES = [
    Mistake("overwritten", edit(LINE, "self.grads[name] = grads[name]"), "the gradients take the place of those "
            "before, and are not added to them", ADDS, is_factor=True),
    Mistake("subtracted", edit(LINE, "self.grads[name] = self.grads[name] - grads[name]"), "the gradients are "
            "subtracted from self.grads, or come from backprop with the wrong sign", ADDS, is_factor=True),
    Mistake("added twice", edit(LINE, "self.grads[name] = self.grads[name] + 2 * grads[name]"), "the gradients are "
            "added twice", ADDS),
    Mistake("divided again", edit(LINE, "self.grads[name] = self.grads[name] + grads[name] / len(X)"), "the gradients "
            "are divided by m twice, in backprop and here or in backprop alone", "backprop gives the gradients of a "
            "mean.", is_factor=True),
    Mistake("multiplied by m", edit(LINE, "self.grads[name] = self.grads[name] + grads[name] * len(X)"),
            "the gradients are multiplied by m, or not divided by it in backprop", "backprop gives the gradients of a "
            "mean."),
    Mistake("gradients never stored", edit(LINE, "pass"), "self.grads stays 0: what backprop returns is not stored",
            ADDS),
    Mistake("added only where W", edit("for name in self.params:", "for name in ('W1', 'W2', 'W3'):"),
            "only the gradients of the weights are stored: those of the biases stay 0", ADDS),
    Mistake("last layer only", edit("for name in self.params:", "for name in ('W3', 'b3'):"), "only the gradients of "
            "the last layer are stored", ADDS),
    Mistake("moved in backward", edit(LINE, LINE + "\n            self.params[name] = self.params[name] - "
            "grads[name]"), "backward moves the parameters itself, and fit does it as well", "Who makes the step?"),
    Mistake("loss times gradient", edit(LINE, "self.grads[name] = self.grads[name] + loss * grads[name]"),
            "the gradients are multiplied by the loss", ADDS),
    Mistake("loss swapped", edit("bce(forward(X, self.params), y)", "bce(y, forward(X, self.params))"), "f and y have "
            "changed places in bce", LOSS),
    Mistake("loss summed", edit("return loss\n", "return loss * len(X)\n"), "the loss is a sum over the examples", LOSS,
            is_factor=True),
    Mistake("loss divided by m", edit("return loss\n", "return loss / len(X)\n"), "the loss is divided by m once "
            "more: bce has done it", LOSS, is_factor=True),
    Mistake("minus the loss", edit("return loss\n", "return -loss\n"), "the loss has the wrong sign", LOSS,
            is_factor=True),
    Mistake("loss of decisions", edit("bce(forward(X, self.params), y)", "bce(np.round(forward(X, self.params)), y)"),
            "f is rounded before the loss", LOSS),
    Mistake("squared error", edit("bce(forward(X, self.params), y)", "np.mean((forward(X, self.params) - y) ** 2)"),
            "the loss is the mean squared error", LOSS),
    Mistake("accuracy for loss", edit("bce(forward(X, self.params), y)", "np.mean((forward(X, self.params) >= 0.5) == "
            "y)"), "backward returns the accuracy", LOSS),
    Mistake("loss of (m,)", edit("forward(X, self.params), y)\n        grads", "forward(X, self.params), y.ravel())\n "
            "       grads"), "f is (m, 1) and y is (m,) in bce: every f is compared with every y", LOSS),
    Mistake("loss by the first example", edit("bce(forward(X, self.params), y)", "bce(forward(X[:1], self.params), "
            "y[:1])"), "the loss is that of the first example", LOSS),
    Mistake("weights 0", edit("rng)\n            self.params", "rng)\n            W = 0 * W\n            "
            "self.params"), "all weights begin at 0: init gives zeros, or what it gives is not used", BUILD),
    Mistake("layers reversed", edit("layer_sizes[k - 1], layer_sizes[k], rng", "layer_sizes[k], layer_sizes[k - 1], "
            "rng"), "inputs and units have changed places in init", BUILD),
    Mistake("sizes from the end", edit("layer_sizes[k - 1], layer_sizes[k], rng", "layer_sizes[-k - 1], "
            "layer_sizes[-k], rng"), "the layers are made from the last to the first", BUILD),
    Mistake("a layer short", edit("range(1, len(layer_sizes))", "range(1, len(layer_sizes) - 1)"), "the last layer is "
            "not made", BUILD),
    Mistake("names from 0", edit('f"W{k}"', 'f"W{k - 1}"', 'f"b{k}"', 'f"b{k - 1}"'), "the parameters are called W0, "
            "b0, W1, …", "Which names do forward and backprop know?"),
    Mistake("no biases", edit(', self.params[f"b{k}"] = W, b', " = W"), "the biases are not stored in params", BUILD),
    Mistake("one generator each", edit("layer_sizes[k], rng)", "layer_sizes[k], np.random.default_rng(0))"),
            "every layer gets a generator of its own, with the same seed: layers of one size begin equal", DRAWN),
    Mistake("a seed of its own", edit("network = Network([X.shape[1], 25, 15, 1], rng)",
            "rng = np.random.default_rng(0)\n    network = Network([X.shape[1], 25, 15, 1], rng)"), "train makes a "
            "generator with a seed of its own, and does not use rng", DRAWN),
    Mistake("a generator without a seed", edit("network = Network([X.shape[1], 25, 15, 1], rng)", "network = "
            "Network([X.shape[1], 25, 15, 1], np.random.default_rng())"), "a generator without a seed is made: no "
            "training can be repeated", DRAWN),
    Mistake("10 epochs", edit("epochs=100", "epochs=10"), "there are 10 epochs", SETTINGS),
    Mistake("101 epochs", edit("epochs=100", "epochs=101"), "there are 101 epochs", SETTINGS),
    Mistake("1 epoch", edit("epochs=100", "epochs=1"), "there is one epoch", SETTINGS),
    Mistake("α 0.1", edit("alpha=1.0", "alpha=0.1"), "α is 0.1", SETTINGS),
    Mistake("α 0.01", edit("alpha=1.0", "alpha=0.01"), "α is 0.01", SETTINGS),
    Mistake("α -1", edit("alpha=1.0", "alpha=-1.0"), "α is −1: every step goes up", SETTINGS),
    Mistake("one batch", edit("batch=32", "batch=len(X)"), "all examples make one batch", SETTINGS),
    Mistake("batches of 1", edit("batch=32", "batch=1"), "each example is a batch by itself", SETTINGS),
    Mistake("epochs and batch exchanged", edit("epochs=100, batch=32", "epochs=32, batch=100"), "epochs and batch "
            "have changed places", SETTINGS),
    Mistake("15-25-1", edit("X.shape[1], 25, 15, 1", "X.shape[1], 15, 25, 1"), "the first layer has 15 units and the "
            "second 25", BUILD),
    Mistake("another size", edit("X.shape[1], 25, 15, 1", "len(X), 25, 15, 1"), "the network is made for m inputs, "
            "and not for one a pixel", "Which axis of X are the pixels?"),
    Mistake("1 - y", edit(FIT, FIT.replace("y,", "1 - y,")), "0 and 1 are exchanged in the labels", DATA),
    Mistake("labels as a vector", edit(FIT, FIT.replace("y,", "y.ravel(),")), "the labels lose their second axis",
            DATA),
    Mistake("scaled again", edit(FIT, FIT.replace("X,", "X / 16,")), "the brightness is divided by 16: it goes from 0 "
            "to 1 already", DATA),
    Mistake("scaled by 255", edit(FIT, FIT.replace("X,", "X / 255,")), "the brightness is divided by 255", DATA),
    Mistake("rounded images", edit(FIT, FIT.replace("X,", "np.round(X),")), "the images are rounded to black and "
            "white", DATA),
    Mistake("half of the images", edit(FIT, FIT.replace("X, y,", "X[: len(X) // 2], y[: len(X) // 2],")), "only half "
            "of the images are given to fit", DATA),
    Mistake("first batch alone", edit(FIT, FIT.replace("X, y,", "X[:10], y[:10],")), "only the first ten images are "
            "given to fit", DATA),
    Mistake("a new network returned", edit("return network, history", "return Network([X.shape[1], 25, 15, 1], rng), "
            "history"), "a new network is returned, and not the one that is fitted", "Which network has learnt?"),
    Mistake("count", edit(f"np.mean({DECIDED})", f"np.sum({DECIDED})"), "the right decisions are counted, and not "
            "divided by m", SHARE),
    Mistake("percent", edit(f"np.mean({DECIDED})", f"100 * np.mean({DECIDED})"), "the share is given in percent",
            SHARE),
    Mistake("error rate", edit(f"np.mean({DECIDED})", f"1 - np.mean({DECIDED})"), "the share of wrong decisions is "
            "returned, or the decision is turned round", SHARE),
    Mistake("not rounded", edit(DECIDED, "f == y"), "f itself is compared with y: a probability is hardly ever "
            "exactly 0 or 1", SHARE),
    Mistake("mean of f", edit(DECIDED, "f"), "the mean of f is returned", SHARE),
    Mistake("share of ones", edit(DECIDED, "f >= 0.5"), "the share of the ones among the decisions is returned: y is "
            "left out", SHARE),
    Mistake("pairs", edit(DECIDED, "(f >= 0.5) == (y.ravel() == 1)"), "f is (m, 1) and y is (m,): every decision is "
            "compared with every label", SHARE),
    Mistake("always 1", edit("f >= 0.5", "f >= 0"), "every example is decided as a 1", SHARE),
    Mistake("1 minus error", edit(f"np.mean({DECIDED})", "1 - np.mean(np.abs(f - y))"), "one minus the mean error of "
            "f is returned, without a decision", SHARE),
]  # fmt: skip

VARIANTS = [
    Variant("in other words", code('''
import e22_initialise
import e26_fit
import numpy as np
from e25_backprop import backprop, forward


def bce(f, y):
    return np.mean(np.where(y == 1, -np.log(np.maximum(f, 1e-7)), -np.log(np.maximum(1 - f, 1e-7))))


class Network:
    def __init__(self, layer_sizes, rng):
        self.params = {}
        for k, (a, b) in enumerate(zip(layer_sizes, layer_sizes[1:])):
            self.params["W" + str(k + 1)], self.params["b" + str(k + 1)] = e22_initialise.init(a, b, rng)
        self.zero_grad()

    def zero_grad(self):
        self.grads = {}
        for name in self.params:
            self.grads[name] = np.zeros(self.params[name].shape)

    def predict(self, X):
        return forward(X, self.params)[-1]

    def backward(self, X, y):
        for name, slope in backprop(X, y, self.params).items():
            self.grads[name] += slope
        return bce(self.predict(X), y)


def train(X, y, rng):
    network = Network((X.shape[1], 25, 15, 1), rng)
    return network, e26_fit.fit(network, X, y, 100, 32, 1, rng)


def accuracy(network, X, y):
    right = 0
    for f, label in zip(network.predict(X), y):
        right += int((f[0] > 0.5) == (label[0] > 0.5))
    return right / len(X)
''')),
    Variant("positions", edit(FIT, "fit(network, X, y, 100, 32, 1.0, rng)")),
]  # fmt: skip
