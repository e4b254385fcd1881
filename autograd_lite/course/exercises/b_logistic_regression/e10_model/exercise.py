"""The model of logistic regression."""

import numpy as np

from autograd_lite.course.authoring import Call, Mistake, Script, Variant, code, edit

DEFINES = ("predict_proba",)
AFTER = (9,)


BEHIND = """
import numpy
f = z = predict_proba(X, w, b)
if isinstance(f, numpy.ndarray) and f.dtype.kind == "f" and numpy.all((f > 0) & (f < 1)):
    z = numpy.log(f / (1 - f))
"""


def probes(rng):
    X = np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]])
    yield Call("predict_proba", X=X, w=np.zeros(2), b=0.0, says="w and b are 0", parts=("f",))
    given = [{"X": X, "w": np.array([0.5, -1.5]), "b": 0.7}]
    for m, n in ((7, 3), (11, 5), (5, 5)):
        X, w = rng.uniform(-1.5, 1.5, size=(m, n)), rng.uniform(-1.2, 1.2, size=n)
        given.append({"X": X, "w": w, "b": float(rng.choice([-1, 1]) * rng.uniform(0.4, 1.2))})
    for one in given:  # the z behind f tells more than f does: b is missing in it, or it is doubled
        m, n = one["X"].shape
        says = f"the z behind f, X is {m}×{n}"
        yield Script(BEHIND, "z", says=says, sizes={"m": m, "n": n}, parts=("z",), **one)
    for one in given:
        m, n = one["X"].shape
        yield Call("predict_proba", says=f"X is {m}×{n}", sizes={"m": m, "n": n}, parts=("f",), **one)


ONCE = "How often is b in z = w₁x₁ + … + wₙxₙ + b?"
ALL = "Which of the n products w₁x₁, …, wₙxₙ belong to z?"
ROWS = "How many examples are there, and how many answers?"
Z = "X @ w + b"

MISTAKES = [
    Mistake("b forgotten", edit("+ b", ""), "b is not added", ONCE, is_factor=True),
    Mistake("b for every feature", edit(Z, "np.sum(X * w + b, axis=1)"), "b is added inside the sum over the features, "
            "{n} times instead of once", ONCE, is_factor=True),
    Mistake("b subtracted", edit("+ b", "- b"), "b is subtracted", ONCE, is_factor=True),
    Mistake("b multiplied", edit("@ w + b", "@ w * b"), "w · x is multiplied by b, where b should be added", ONCE,
            is_factor=True),
    Mistake("b outside g", edit("+ b", "", "f = g(z)", "f = g(z) + b"), "b is added after g and not before",
            "Can a probability be above 1? What is inside the brackets of g?"),
    Mistake("g forgotten", edit("f = g(z)", "f = z"), "z itself is returned, without g", "Between which numbers does a "
            "probability lie?", is_factor=True),
    Mistake("g twice", edit("f = g(z)", "f = g(g(z))"), "g is taken twice", "How often does z go through g?",
            is_factor=True),
    Mistake("g of −z", edit("f = g(z)", "f = g(-z)"), "z goes into g with the wrong sign, or 1 − f is returned: the "
            "probability of the label 0", "Of which label is f the probability?", is_factor=True),
    Mistake("tanh for g", edit("f = g(z)", "f = np.tanh(z)"), "tanh stands in the place of g", "Between which numbers "
            "does a probability lie?", is_factor=True),
    Mistake("eᶻ for g", edit("f = g(z)", "f = np.exp(z)"), "eᶻ stands in the place of g", "Between which numbers does "
            "a probability lie?", is_factor=True),
    Mistake("slope of g", edit("f = g(z)", "f = g(z) * (1 - g(z))"), "it is the slope of g, f (1 − f), and not g",
            "Which function is given for step 1?", is_factor=True),
    Mistake("rounded", edit("f = g(z)", "f = np.round(g(z))"), "the probabilities are rounded to 0 and 1: that is a "
            "decision, and it comes later", "Is 0.9 the same answer as 0.6?", is_factor=True),
    Mistake("not summed", edit(Z, "X * w + b"), "the products xⱼ wⱼ are not summed over the features",
            "For one example, how many numbers is w · x?"),
    Mistake("summed over the examples", edit(Z, "np.sum(X * w, axis=0) + b"), "the products are summed over the "
            "examples, axis 0, and not over the features", ROWS),
    Mistake("summed over everything", edit(Z, "np.sum(X * w) + b"), "the products are summed over features and "
            "examples together", ROWS),
    Mistake("a column", edit("return f", "return f[:, None]"), "the answer has a second axis, (m, 1) and not (m,)",
            "Which shape have w and y? A column against a row makes a whole table, later."),
    Mistake("X transposed", edit("X @ w", "X.T @ w"), "X is transposed first: that runs only if there are as many "
            "examples as features, and then it mixes examples", "Which axis of X has the features? Print X.shape and "
            "w.shape."),
    Mistake("g of every feature", edit(Z, "np.sum(g(X * w), axis=1) + b", "f = g(z)", "f = z"), "g is taken of every "
            "product xⱼ wⱼ, and the sum comes after", "g(w · x + b): which comes first, the sum or g?"),
    Mistake("mean of the features", edit(Z, "np.mean(X * w, axis=1) + b"), "the products are averaged over the {n} "
            "features and not summed", "Is there a 1/n in w · x?", is_factor=True),
    Mistake("mean with b", edit(Z, "(X @ w + b) / X.shape[1]"), "z is divided by the number of features, {n}",
            "Is there a 1/n in w · x + b?", is_factor=True),
    Mistake("w not used", edit("X @ w", "np.sum(X, axis=1)"), "the features are summed without their weights",
            "By what is every xⱼ multiplied?", is_factor=True),
    Mistake("w squared", edit("X @ w", "X @ w**2"), "every weight is squared", "How often is wⱼ in w · x?",
            is_factor=True),
    Mistake("the first feature alone", edit("X @ w", "X[:, 0] * w[0]"), "only the first feature is used", ALL,
            is_factor=True),
    Mistake("the last feature alone", edit("X @ w", "X[:, -1] * w[-1]"), "a loop over the features overwrites z, and "
            "the last product alone is left", "= or +=? " + ALL, is_factor=True),
    Mistake("without the last feature", edit("X @ w", "X[:, :-1] @ w[:-1]"), "a loop over the features ends one too "
            "soon", ALL, is_factor=True),
    Mistake("one weight for all", edit("X @ w", "np.sum(X, axis=1) * w[0]"), "the first weight is used for every "
            "feature", "Which weight belongs to xⱼ?", is_factor=True),
    Mistake("weights in reverse", edit("X @ w", "X @ w[::-1]"), "the weights are taken from the last to the first",
            "Which weight belongs to xⱼ?", is_factor=True),
    Mistake("the first example for all", edit("return f", "return np.full(len(X), f[0])"), "the probability of the "
            "first example is returned for all", "Does a return, or a row number, stand where it should move with the "
            "loop?"),
    Mistake("the first example alone", edit("return f", "return f[0]"), "one probability is returned, that of the "
            "first example: the return stands inside the loop", ROWS),
    Mistake("the last example alone", edit("return f", "return f[-1]"), "one probability is returned, that of the last "
            "example: a loop overwrites f", ROWS),
    Mistake("the last example for all", edit("return f", "return np.full(len(X), f[-1])"), "the probability of the "
            "last example is returned for all", "Is every row's own answer kept?"),
    Mistake("the sum runs on", edit(Z, "np.cumsum(X @ w + b)"), "z is not set back to 0 for a new example, so it goes "
            "on growing from row to row", "Where does z begin, before the loop over the features or before both?"),
    Mistake("the sum of w · x runs on", edit("X @ w", "np.cumsum(X @ w)"), "w · x is not set back to 0 for a new "
            "example, so it goes on growing from row to row", "Where does z begin, before the loop over the features "
            "or before both?"),
]  # fmt: skip

VARIANTS = [
    Variant("np.dot, b first", edit(Z, "b + np.dot(X, w)")),
    Variant("products and a sum", edit(Z, "np.sum(X * w, axis=1) + b")),
    Variant("einsum, by tanh", edit(Z, 'np.einsum("ij,j->i", X, w) + b', "f = g(z)", "f = (1 + np.tanh(z / 2)) / 2")),
    Variant("two loops", code('''
import math

import numpy as np


def predict_proba(X, w, b):
    f = []
    for x in X:
        z = b
        for j in range(len(w) - 1, -1, -1):
            z += w[j] * x[j]
        f.append(1 / (1 + math.exp(-z)))
    return np.array(f)
''')),
]  # fmt: skip
