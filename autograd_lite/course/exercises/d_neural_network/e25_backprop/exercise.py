"""Back-propagation through three sigmoid layers, and a step down."""

from autograd_lite.course.authoring import Mistake, Script, Variant, code, edit

DEFINES = ("backprop", "step")
AFTER = (13, 23, 24)

NAMES = ("W3", "b3", "W2", "b2", "W1", "b1")
"""From the output backwards: the first that is wrong tells the layer."""

GRADS = f"""
g = backprop(X, y, params)
grads = {{"d" + name: g.get(name) for name in {NAMES}}} if isinstance(g, dict) else g
"""
MOVES = f"""
after = step(X, y, params, alpha)
moves = after
if isinstance(after, dict):
    moves = {{name: (params[name] - after[name]) / alpha if name in after else None for name in {NAMES}}}
    moves = {{"the move of " + name: move for name, move in moves.items()}}
"""


def example(rng, m, sizes):
    """Examples of both classes, and a network that is a little saturated."""
    X, params = rng.normal(size=(m, sizes[0])), {}
    y = (rng.random((m, 1)) < 0.5).astype(float)
    y[:2] = [[0.0], [1.0]]
    for layer, (n_in, n_out) in enumerate(zip(sizes[:-1], sizes[1:], strict=True), start=1):
        params[f"W{layer}"], params[f"b{layer}"] = 1.5 * rng.normal(size=(n_in, n_out)), rng.normal(size=n_out)
    return {"X": X, "y": y, "params": params}


def probes(rng):
    for m, sizes in ((2, (2, 3, 2, 1)), (7, (5, 4, 3, 1)), (11, (2, 3, 2, 1)), (5, (3, 3, 3, 1)), (13, (1, 1, 1, 1))):
        given = example(rng, m, sizes)
        shape = f"X is {m}×{sizes[0]}, the network {'-'.join(map(str, sizes[1:]))}"
        sizes_said = {"m": m} if m > 2 else {}
        yield Script(GRADS, "grads", says=shape, sizes=sizes_said, **given)
        if m == 7:
            for alpha in (1.0, 0.3):
                yield Script(MOVES, "moves", says=f"step with α = {alpha}", sizes=sizes_said, alpha=alpha, **given)


LOCATES = {
    "dW3": "The fault is in δ₃, or in how the gradient of W3 is made of it and of A₂.",
    "db3": "dW3 is right, so δ₃ is: the fault is in the sum that makes the gradient of b3.",
    "dW2": "dW3 and db3 are right, so δ₃ is. The fault is in δ₂, or in how the gradient of W2 is made of it and of A₁.",
    "db2": "dW2 is right, so δ₂ is: the fault is in the sum that makes the gradient of b2.",
    "dW1": "Everything behind it is right, so δ₂ is. The fault is in δ₁, or in how the gradient of W1 is made of it "
    "and of X.",
    "db1": "dW1 is right, so δ₁ is: the fault is in the sum that makes the gradient of b1.",
    **{f"the move of {name}": "The gradients are right, so the fault is in step: how a parameter moves, or where its "
        "gradient is taken."
       for name in NAMES},
}  # fmt: skip

D3, D2, D1 = "(A3 - y) / m", 'd3 @ params["W3"].T * (A2 * (1 - A2))', 'd2 @ params["W2"].T * (A1 * (1 - A1))'
S2, S1 = "* (A2 * (1 - A2))", "* (A1 * (1 - A1))"
BIASES = [f"d{k}.sum(axis=0)" for k in "321"]
PRODUCTS = ["A2.T @ d3", "A1.T @ d2", "X.T @ d1"]
MEAN = "J is a mean over m examples. How often, and where, does the 1/m enter?"
LAST = "What is ∂J/∂z of one sigmoid with cross-entropy?"
SLOPE = "What is σ'(Z) in terms of A = σ(Z), and of which layer?"
INTO = "What came into this layer, forwards?"
BACK = "How does δₗ₋₁ follow from δₗ, and which weights lie between the two?"
BIAS = "b is added to every example: what does that make of its gradient?"
FIRST = "Which W did the network use when it ran forwards?"


def all_of(olds, change):
    """The same change of three lines."""
    return edit(*(text for old in olds for text in (old, change(old))))


INTERLEAVED = """
def step(X, y, params, alpha):
    Z1, A1, Z2, A2, Z3, A3 = forward(X, params)
    new = {name: p.copy() for name, p in params.items()}
    d3 = (A3 - y) / len(X)
    new["W3"] -= alpha * A2.T @ d3
    new["b3"] -= alpha * d3.sum(axis=0)
    d2 = d3 @ W3.T * A2 * (1 - A2)
    new["W2"] -= alpha * A1.T @ d2
    new["b2"] -= alpha * d2.sum(axis=0)
    d1 = d2 @ W2.T * A1 * (1 - A1)
    new["W1"] -= alpha * X.T @ d1
    new["b1"] -= alpha * d1.sum(axis=0)
    return new
"""
STEP = '''
def step(X, y, params, alpha):
    grads = backprop(X, y, params)
    new = {}
    for name in params:
        new[name] = params[name] - alpha * grads[name]
    return new
'''


def interleaved(W3, W2):
    return edit(STEP, INTERLEAVED.replace("W3.T", f'{W3}["W3"].T').replace("W2.T", f'{W2}["W2"].T'))


MISTAKES = [
    # the beginning
    Mistake("sigmoid's slope in δ3", edit(D3, "(A3 - y) / m * A3 * (1 - A3)"), "δ₃ has the slope of the sigmoid as "
            "well: that is the δ of the squared error; with cross-entropy it cancels", LAST, is_factor=True),
    Mistake("squared error", edit(D3, "2 * (A3 - y) / m * A3 * (1 - A3)"), "δ₃ is that of the mean squared error",
            LAST),
    Mistake("divided by the slope", edit(D3, "(A3 - y) / m / (A3 * (1 - A3))"), "δ₃ is ∂J/∂A₃ and not ∂J/∂Z₃: the "
            "slope of the last sigmoid is not multiplied in", "δₗ is the slope of J with respect to Zₗ, before the "
            "sigmoid."),
    Mistake("not divided by m", edit(D3, "A3 - y"), "nothing is divided by m = {m}", MEAN, is_factor=True),
    Mistake("y - A3", edit("A3 - y", "y - A3"), "δ₃ is y − A₃: the other way round", "Which sign has δ₃ when A₃ is too "
            "large?", is_factor=True),
    Mistake("thresholded", edit("A3 - y", "(A3 > 0.5) - y"), "A₃ is rounded to 0 and 1 before y is subtracted",
            "The loss is one of probabilities."),
    Mistake("Z3 for A3", edit("A3 - y", "Z3 - y"), "δ₃ uses Z₃ where A₃ belongs: the last sigmoid is left out", LAST),
    Mistake("A3 alone", edit("A3 - y", "A3"), "δ₃ is A₃ alone: y is left out", LAST),
    Mistake("factor 2", edit("(A3 - y) / m", "2 * (A3 - y) / m"), "there is a factor 2 in δ₃, as squares would bring "
            "it", LAST, is_factor=True),
    Mistake("divided by m - 1", edit(D3, "(A3 - y) / (m - 1)"), "it is divided by m − 1", MEAN, is_factor=True),
    Mistake("divided by the units", edit(D3, 'A3 / len(params["W3"]) - y / len(params["W3"])'), "δ₃ is divided by the "
            "number of units of layer 2, and not by m", MEAN),
    Mistake("mean error", edit(D3, "(A3 - y) / m * 0 + np.mean(A3 - y) / m"), "every example gets the mean error",
            "δ₃ has a row for each example."),
    # dividing
    Mistake("only dW divided", edit(D3, "A3 - y", *(t for p in PRODUCTS for t in (p, p + " / m"))), "the gradients of "
            "W are divided by m, and those of b are not", MEAN),
    Mistake("only db divided", edit(D3, "A3 - y", *(t for p in BIASES for t in (p, p + " / m"))), "the gradients of b "
            "are divided by m, and those of W are not", MEAN),
    Mistake("b's mean", all_of(BIASES, lambda s: s.replace("sum", "mean")), "the gradients of b are means over the "
            "examples, and the 1/m is in δ₃ already", MEAN, is_factor=True),
    Mistake("dW divided again", all_of(PRODUCTS, lambda s: s + " / m"), "the gradients of W are divided by m once more",
            MEAN, is_factor=True),
    Mistake("divided again in each gradient", edit(*(t for p in PRODUCTS for t in (p, p + " / m")), *(t for p in
            BIASES for t in (p, p + " / m"))), "every gradient is divided by m once more", MEAN),
    Mistake("divided in every layer", edit(D2, D2 + " / m", D1, D1 + " / m"), "each δ is divided by m once more on "
            "its way back", MEAN),
    # hidden slopes
    Mistake("hidden slopes missing", edit(" " + S2, "", " " + S1, ""), "the slopes of the hidden sigmoids are left out",
            SLOPE),
    Mistake("slope missing in δ2", edit(" " + S2, ""), "the slope of the sigmoid is left out in δ₂", SLOPE,
            is_factor=True),
    Mistake("slope missing in δ1", edit(" " + S1, ""), "the slope of the sigmoid is left out in δ₁", SLOPE,
            is_factor=True),
    Mistake("slope at Z", edit(S2, "* (Z2 * (1 - Z2))", S1, "* (Z1 * (1 - Z1))"), "the slope of the sigmoid is taken "
            "as Z (1 − Z): its formula has A", SLOPE),
    Mistake("slope at Z in δ2", edit(S2, "* (Z2 * (1 - Z2))"), "the slope in δ₂ is Z₂ (1 − Z₂): its formula has A",
            SLOPE, is_factor=True),
    Mistake("slope at Z in δ1", edit(S1, "* (Z1 * (1 - Z1))"), "the slope in δ₁ is Z₁ (1 − Z₁): its formula has A",
            SLOPE, is_factor=True),
    Mistake("sigmoid of A", edit(S2, "/ (1 + np.exp(-A2)) / (1 + np.exp(A2))", S1, "/ (1 + np.exp(-A1)) / (1 + "
            "np.exp(A1))"), "the slope is σ(A) (1 − σ(A)): the sigmoid is applied once more", SLOPE),
    Mistake("slopes exchanged", edit(S2, "* (A3 * (1 - A3))", S1, "* (A2 * (1 - A2)).mean(axis=1, keepdims=True)"),
            "the slopes are those of the layers behind", SLOPE),
    Mistake("A3's slope in δ2", edit(S2, "* (A3 * (1 - A3))"), "δ₂ has the slope of layer 3: A₃ (1 − A₃)", SLOPE,
            is_factor=True),
    Mistake("A2's slope in δ1", edit(S1, "* (A2 * (1 - A2))"), "δ₁ has the slope of layer 2: A₂ (1 − A₂)", SLOPE),
    Mistake("tanh's slope", edit("(A2 * (1 - A2))", "(1 - A2**2)", "(A1 * (1 - A1))", "(1 - A1**2)"), "the slopes are "
            "those of tanh, 1 − A²", SLOPE),
    Mistake("relu's slope", edit("(A2 * (1 - A2))", "(Z2 > 0)", "(A1 * (1 - A1))", "(Z1 > 0)"), "the slopes are those "
            "of relu: 1 where Z > 0", SLOPE),
    Mistake("A only", edit("(A2 * (1 - A2))", "A2", "(A1 * (1 - A1))", "A1"), "the slope of the sigmoid is taken to "
            "be A", SLOPE),
    Mistake("1 - A only", edit("(A2 * (1 - A2))", "(1 - A2)", "(A1 * (1 - A1))", "(1 - A1)"), "the slope of the "
            "sigmoid is taken to be 1 − A", SLOPE),
    Mistake("A (A - 1)", edit("(1 - A2)", "(A2 - 1)", "(1 - A1)", "(A1 - 1)"), "the slopes have the wrong sign in "
            "every hidden layer, as A (A − 1) has", SLOPE),
    Mistake("slopes of the mean", edit(S2, "* (A2 * (1 - A2)).mean(axis=0)", S1, "* (A1 * (1 - A1)).mean(axis=0)"),
            "the slopes are averaged over the examples", SLOPE),
    Mistake("slopes twice", edit(S2, "* (A2 * (1 - A2)) ** 2", S1, "* (A1 * (1 - A1)) ** 2"), "the slopes of the "
            "hidden layers are multiplied in twice", SLOPE),
    # the way back
    Mistake("layer skipped", edit(D1, 'd3 @ params["W3"].T @ params["W2"].T * (A1 * (1 - A1))'), "δ₁ is made of δ₃, "
            "through both matrices, and the slope of layer 2 in between is left out", BACK),
    Mistake("δ1 from δ3", edit('d2 @ params["W2"].T', 'd3 @ params["W3"].T'), "δ₁ is made of δ₃ and W₃, and not of δ₂ "
            "and W₂", BACK),
    Mistake("W3 missing", edit('d3 @ params["W3"].T', "d3"), "δ₂ is δ₃ times the slope: W₃ is left out", BACK),
    Mistake("W2 missing", edit('d2 @ params["W2"].T', "d2.sum(axis=1, keepdims=True)"), "δ₁ is made of the sum of δ₂ "
            "over the units: W₂ is left out", BACK),
    Mistake("W2 not transposed", edit('params["W2"].T', 'params["W2"]'), "W₂ is not transposed on the way back", BACK),
    Mistake("W3 not transposed", edit('params["W3"].T', 'params["W3"]'), "W₃ is not transposed on the way back", BACK),
    Mistake("W3's signs", edit('params["W3"].T', 'np.abs(params["W3"]).T'), "the signs of W₃ are lost on the way "
            "back", BACK),
    Mistake("W1 for W2", edit('d2 @ params["W2"].T', 'd2 @ params["W1"].T'), "δ₂ comes back through W₁, and not W₂",
            BACK),
    Mistake("dW3 for W3", edit('d3 @ params["W3"].T', 'd3 @ grads["W3"].T'), "δ₃ comes back through the gradient of "
            "W₃, and not through W₃", BACK),
    Mistake("dW2 for W2", edit('d2 @ params["W2"].T', 'd2 @ grads["W2"].T'), "δ₂ comes back through the gradient of "
            "W₂, and not through W₂", BACK),
    # into the layers
    Mistake("Z for A", edit("A2.T @ d3", "Z2.T @ d3", "A1.T @ d2", "Z1.T @ d2"), "the gradients of W₂ and W₃ use Z, "
            "before the sigmoid, where A came into the layer", INTO),
    Mistake("Z1 for A1", edit("A1.T @ d2", "Z1.T @ d2"), "the gradient of W₂ uses Z₁, and A₁ came into the layer", INTO,
            is_factor=True),
    Mistake("Z2 for A2", edit("A2.T @ d3", "Z2.T @ d3"), "the gradient of W₃ uses Z₂, and A₂ came into the layer", INTO,
            is_factor=True),
    Mistake("A3 for A2", edit("A2.T @ d3", 'A3.T @ d3 + 0 * params["W3"]'), "the gradient of W₃ is made of A₃, which "
            "comes out of the layer", INTO),
    Mistake("A2 for A1", edit("A1.T @ d2", "A2.T @ d2"), "the gradient of W₂ is made of A₂, which comes out of the "
            "layer", INTO),
    Mistake("X for A1", edit("A1.T @ d2", "X.T @ d2"), "the gradient of W₂ is made of X, and A₁ came into the layer",
            INTO),
    Mistake("A1 for X", edit("X.T @ d1", "A1.T @ d1"), "the gradient of W₁ is made of A₁, and X came into the layer",
            INTO),
    Mistake("dW3 averaged", edit("A2.T @ d3", "np.mean(A2.T @ d3) + 0 * A2.T @ d3"), "the gradient of W₃ is averaged "
            "over the units", "Every weight has a slope of its own."),
    Mistake("inputs missing", edit("A2.T @ d3", "np.ones_like(A2).T @ d3", "A1.T @ d2", "np.ones_like(A1).T @ d2",
            "X.T @ d1", "np.ones_like(X).T @ d1"), "the gradients of W are sums of δ alone: what came into the layer "
            "is left out", INTO),
    Mistake("transposed", edit("return grads", "return {k: g.T for k, g in grads.items()}"), "the gradients of W are "
            "transposed", "A gradient has the shape of its parameter."),
    Mistake("d.T @ A", edit("A2.T @ d3", "d3.T @ A2", "A1.T @ d2", "d2.T @ A1", "X.T @ d1", "d1.T @ X",
            "return grads", "return {k: g.reshape(params[k].shape) for k, g in grads.items()}"), "the product is "
            "taken the other way round, δᵀA, and reshaped", "A gradient has the shape of its parameter: by a "
            "transpose, and not by a reshape."),
    # biases
    Mistake("db3 not summed", edit("d3.sum(axis=0)", "d3[-1]"), "the gradient of b₃ is that of the last example", BIAS,
            is_factor=True),
    Mistake("db2 not summed", edit("d2.sum(axis=0)", "d2[-1]"), "the gradient of b₂ is that of the last example", BIAS,
            is_factor=True),
    Mistake("db1 not summed", edit("d1.sum(axis=0)", "d1[-1]"), "the gradient of b₁ is that of the last example", BIAS,
            is_factor=True),
    Mistake("no db summed", all_of(BIASES, lambda s: s.replace(".sum(axis=0)", "[-1]")), "the gradients of b are "
            "those of the last example", BIAS),
    Mistake("first example's db", all_of(BIASES, lambda s: s.replace(".sum(axis=0)", "[0]")), "the gradients of b are "
            "those of the first example", BIAS),
    Mistake("b summed over all", all_of(BIASES, lambda s: s.replace("axis=0", "")), "the gradients of b are summed "
            "over the units as well: one number for a layer", BIAS),
    Mistake("b with two axes", all_of(BIASES, lambda s: s.replace("axis=0", "axis=0, keepdims=True")), "the gradients "
            "of b have two axes, (1, units)", "A gradient has the shape of its parameter."),
    Mistake("b summed over units", all_of(BIASES, lambda s: s.replace("axis=0", "axis=1")), "the gradients of b are "
            "summed over the units, and not over the examples", BIAS),
    Mistake("b zero", all_of(BIASES, lambda s: s.replace(".sum(axis=0)", ".sum(axis=0) * 0")), "the gradients of b "
            "are 0", BIAS),
    Mistake("b times A", edit("d2.sum(axis=0)", "(A2 * d2).sum(axis=0)", "d1.sum(axis=0)", "(A1 * d1).sum(axis=0)",
            "d3.sum(axis=0)", "(A3 * d3).sum(axis=0)"), "what comes out of the layer is multiplied into the gradients "
            "of b", BIAS),
    # the step
    Mistake("updated weights", interleaved("new", "new"), "each W is moved before δ has come back through it: δ₂ and "
            "δ₁ see weights that the network did not use", FIRST),
    Mistake("updated W3", interleaved("new", "params"), "W₃ is moved before δ₃ has come back through it", FIRST),
    Mistake("updated W2", interleaved("params", "new"), "W₂ is moved before δ₂ has come back through it", FIRST),
    Mistake("one after the other", edit("        new[name] = params[name] - alpha * grads[name]", "        new[name] "
            "= params[name] - alpha * backprop(X, y, {**params, **new})[name]"), "the gradients are computed anew "
            "after each parameter has moved", "All six gradients belong to the same network: which one?"),
    Mistake("ascent", edit("- alpha * grads", "+ alpha * grads"), "the step goes up: plus α times the gradient",
            "Down, or up?", is_factor=True),
    Mistake("α missing", edit("- alpha * grads", "- grads"), "the gradient is subtracted without α", "How long is the "
            "step?", is_factor=True),
    Mistake("α/m", edit("- alpha * grads[name]", "- alpha / len(X) * grads[name]"), "the step is divided by m once "
            "more", MEAN, is_factor=True),
    Mistake("old value lost", edit("params[name] - alpha", "-alpha"), "the old parameter is lost: new = −α · "
            "gradient", "new = old − …"),
    Mistake("nothing moved", edit("- alpha * grads[name]", ""), "no parameter moves", "new = old − …"),
    Mistake("biases never moved", edit("- alpha * grads[name]", '- alpha * grads[name] * (name[0] == "W")'),
            "the biases are never moved", "How many parameters are there?"),
    Mistake("weights never moved", edit("- alpha * grads[name]", '- alpha * grads[name] * (name[0] == "b")'),
            "the weights are never moved", "How many parameters are there?"),
    Mistake("only the last layer moved", edit("- alpha * grads[name]", '- alpha * grads[name] * (name[1] == "3")'),
            "only the last layer is moved", "How many parameters are there?"),
    Mistake("only the sign", edit("grads[name]\n    return", "np.sign(grads[name])\n    return"), "only the sign of "
            "the gradient is used: all steps are equally long", "new = old − α · …"),
    Mistake("two steps", edit("    return new", "    grads = backprop(X, y, new)\n    return {k: new[k] - alpha * "
            "grads[k] for k in new}"), "two steps are made", "step makes one."),
]  # fmt: skip

VARIANTS = [
    Variant("divided at the end", edit(D3, "A3 - y", "return grads", "return {name: g / m for name, g in "
        "grads.items()}")),
    Variant("a loop over the layers", code('''
import numpy as np


def backprop(X, y, params):
    A = [X]
    for k in (1, 2, 3):
        A.append(1 / (1 + np.exp(-(np.dot(A[-1], params[f"W{k}"]) + params[f"b{k}"]))))
    d = (A[3] - y) / y.shape[0]
    grads = {}
    for k in (3, 2, 1):
        grads[f"W{k}"] = np.dot(A[k - 1].T, d)
        grads[f"b{k}"] = np.ones(len(X)) @ d
        d = np.dot(d, params[f"W{k}"].T) * (A[k - 1] - A[k - 1] ** 2)
    return grads


def step(X, y, params, alpha):
    grads = backprop(X, y, params)
    return {name: params[name] + -alpha * grads[name] for name in reversed(params)}
''')),
    Variant("one example after the other", code('''
import numpy as np


def g(z):
    return 1 / (1 + np.exp(-z))


def backprop(X, y, p):
    grads = {name: np.zeros_like(x) for name, x in p.items()}
    for x, t in zip(X, y):
        a1 = g(x @ p["W1"] + p["b1"])
        a2 = g(a1 @ p["W2"] + p["b2"])
        a3 = g(a2 @ p["W3"] + p["b3"])
        d3 = a3 - t
        d2 = p["W3"] @ d3 * a2 * (1 - a2)
        d1 = p["W2"] @ d2 * a1 * (1 - a1)
        for k, a, d in (("3", a2, d3), ("2", a1, d2), ("1", x, d1)):
            grads["W" + k] += np.outer(a, d) / len(X)
            grads["b" + k] += d / len(X)
    return grads


def step(X, y, params, alpha):
    new = {name: p.copy() for name, p in params.items()}
    for name, slope in backprop(X, y, params).items():
        new[name] -= alpha * slope
    return new
''')),
    Variant("a step by itself", interleaved("params", "params")),
]  # fmt: skip
