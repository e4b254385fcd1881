"""L2 regularisation."""

from autograd_lite.course.authoring import Consistency, Mistake, Script, Variant, code, edit

DEFINES = ("cost", "gradient")
AFTER = (12, 13)

ADDED = """
import numpy

def less(x, plain):
    kind = numpy.float32 if getattr(x, "dtype", None) == numpy.float32 else float
    return x if x is None else x - numpy.asarray(plain, kind)[()]

z = X @ w + b
e = 1 / (1 + numpy.exp(-z)) - y
"""
TO_COST = (
    ADDED
    + """
added = less(cost(X, y, w, b, lam), numpy.mean(numpy.logaddexp(0, z) - y * z))
"""
)
TO_GRADIENT = (
    ADDED
    + """
added = gradient(X, y, w, b, lam)
if isinstance(added, (tuple, list)) and len(added) == 2:
    added = less(added[0], X.T @ e / len(y)), less(added[1], numpy.mean(e))
"""
)


def probes(rng):
    for m, n, lam in ((3, 2, 1.3), (7, 3, 1.3), (11, 5, 3.7)):
        X, w = rng.normal(size=(m, n)), rng.choice([-1, 1], size=n) * rng.uniform(0.3, 1.7, size=n)
        b = rng.choice([-1, 1]) * rng.uniform(0.4, 1.2)
        y = (rng.random(m) < 0.5).astype(float)
        y[-2:] = 0.0, 1.0
        given = {"X": X, "y": y, "w": w, "b": float(b), "lam": lam, "sizes": {"m": m, "n": n}}
        says = f"X is {m}×{n}, λ = {lam}"
        yield Script(TO_COST, "added", says=f"cost: {says}", parts=("J_reg − J",), **given)
        parts = ("dJ_reg/dw − dJ/dw", "dJ_reg/db − dJ/db")
        yield Script(TO_GRADIENT, "added", says=f"gradient: {says}", parts=parts, **given)


CONSISTENCY = [Consistency("cost(X, y, w, b, lam)", "gradient(X, y, w, b, lam)[0]", "w", "J_reg", "dJ_reg/dw")]

LOCATES = {"dJ_reg/db − dJ/db": "J_reg and dJ_reg/dw are right. Does b stand in what was added to J?"}

COST = "J_reg = J + λ/(2m) Σ wⱼ²: is every part of it there, and nothing else?"
SLOPE = "What is the slope of λ/(2m) Σ wⱼ² by one of the weights?"
ONLY_W = "Which numbers cost something: the weights, or b too?"
MATCH = "Your gradient is right for that cost. It is the cost that is another one. "
P, G = "lam / (2 * m) * np.sum(w**2)", "lam / m * w"
SUM = "np.sum(w**2)"

MISTAKES = [
    Mistake("cost: ½ missing", edit(P, f"lam / m * {SUM}"), "the ½ of λ/(2m) is missing in the cost", COST,
            is_factor=True),
    Mistake("cost: m missing", edit(P, f"lam / 2 * {SUM}"), "what is added to the cost is not divided by m = {m}", COST,
            is_factor=True),
    Mistake("cost: λ Σ w²", edit(P, f"lam * {SUM}"), "λ Σ wⱼ² is added to the cost, without 1/(2m)", COST,
            is_factor=True),
    Mistake("cost: λ missing", edit(P, f"1 / (2 * m) * {SUM}"), "λ is missing in the cost", COST, is_factor=True),
    Mistake("cost: precedence", edit(P, f"lam / 2 * m * {SUM}"), "the brackets of λ/(2m) are missing in the cost: λ / "
            "2 * m is (λ/2) · m", "In which order does Python compute a / 2 * m?", is_factor=True),
    Mistake("cost: m twice", edit(P, f"lam / (2 * m**2) * {SUM}"), "what is added to the cost is divided by m = {m} "
            "twice", COST, is_factor=True),
    Mistake("cost: n for m", edit(P, f"lam / (2 * len(w)) * {SUM}"), "what is added to the cost is divided by the "
            "number of weights, n = {n}, and not by m = {m}; or the mean of wⱼ² is taken", COST, is_factor=True),
    Mistake("cost: b too", edit(SUM, f"({SUM} + b**2)"), "b² is added to the cost as well", ONLY_W, is_factor=True),
    Mistake("cost: |w|", edit(SUM, "np.sum(np.abs(w))"), "the distances |wⱼ| are summed and not the squares: that is "
            "L1", COST, is_factor=True),
    Mistake("cost: root", edit(SUM, "np.sqrt(np.sum(w**2))"), "the length of w is taken, with a root, and not its "
            "square", COST, is_factor=True),
    Mistake("cost: w not squared", edit(SUM, "np.sum(w)"), "the weights themselves are summed, without a square", COST),
    Mistake("cost: sum squared", edit(SUM, "np.sum(w) ** 2"), "the sum of the weights is squared, and not every weight",
            "Which comes first, the square or the sum?"),
    Mistake("cost: mean of w²", edit(SUM, "np.mean(w**2)"), "the mean of the wⱼ² is taken in the cost and not their "
            "sum", COST),
    Mistake("cost: λ squared", edit(P, f"lam**2 / (2 * m) * {SUM}"), "λ is squared in the cost", COST),
    Mistake("cost: not summed", edit(SUM, "w**2"), "the squares of the weights are not summed, so that there are n "
            "costs", "How many numbers is J_reg?"),
    Mistake("cost: minus", edit("J + lam", "J - lam"), "it is subtracted from the cost and not added: large weights "
            "are rewarded", COST, is_factor=True),
    Mistake("cost: as before", edit(f"J + {P}", "J"), "nothing is added to the cost", COST, is_factor=True),
    Mistake("cost: the new term alone", edit("J + lam", "lam"), "the plain cost is missing, and the new term stands "
            "alone", COST),
    Mistake("cost: times", edit("J + lam", "J * lam"), "the plain cost and the new term are multiplied", COST),
    Mistake("gradient: ½ too much", edit(G, "lam / (2 * m) * w"), "λ/(2m) w is added to the gradient, with the ½ that "
            "has cancelled against the 2 of the square", SLOPE, is_factor=True),
    Mistake("gradient: 2 too much", edit(G, "2 * lam / m * w"), "2λ/m w is added to the gradient: the ½ of the cost is "
            "forgotten", SLOPE, is_factor=True),
    Mistake("gradient: m missing", edit(G, "lam * w"), "λ w is added to the gradient, not divided by m = {m}", SLOPE,
            is_factor=True),
    Mistake("gradient: λ missing", edit(G, "w / m"), "λ is missing in the gradient", SLOPE, is_factor=True),
    Mistake("gradient: m twice", edit(G, "lam / m**2 * w"), "what is added to the gradient is divided by m = {m} twice",
            SLOPE, is_factor=True),
    Mistake("gradient: n for m", edit(G, "lam / len(w) * w"), "what is added to the gradient is divided by n = {n} and "
            "not by m = {m}", SLOPE),
    Mistake("gradient: w²", edit(G, "lam / m * w**2"), "w² stands in the gradient where w belongs", SLOPE,
            is_factor=True),
    Mistake("gradient: the cost's term", edit(G, P), "the new term of the cost, one number, is added to every slope",
            SLOPE),
    Mistake("gradient: sign of w", edit(G, "lam / m * np.sign(w)"), "the sign of w is added to the gradient and not w: "
            "that is the slope of L1", SLOPE),
    Mistake("gradient: |w|", edit(G, "lam / m * np.abs(w)"), "|w| is added to the gradient, so that the signs of the "
            "weights are lost", SLOPE),
    Mistake("gradient: sum of w", edit(G, "lam / m * np.sum(w)"), "the sum of all weights is added to every slope",
            SLOPE),
    Mistake("gradient: no w", edit(G, "lam / m"), "λ/m is added to the gradient, without w", SLOPE),
    Mistake("gradient: minus", edit("dw + lam", "dw - lam"), "it is subtracted from the gradient and not added", SLOPE,
            is_factor=True),
    Mistake("gradient: as before", edit(f"dw + {G}", "dw"), "nothing is added to the gradient", SLOPE, is_factor=True),
    Mistake("gradient: the new term alone", edit("dw + lam", "lam"), "the plain slopes are missing in dJ_reg/dw, and "
            "the new term stands alone", SLOPE),
    Mistake("gradient: b too", edit(G, f"{G}\n    db = db + lam / m * b"), "λ/m b is added to dJ_reg/db as well",
            ONLY_W, is_factor=True),
    Mistake("gradient: w into db", edit(G, f"{G}\n    db = db + lam / m * np.sum(w)"), "the weights are added to "
            "dJ_reg/db as well", ONLY_W),
    Mistake("gradient: db alone", edit(f"dw + {G}", "dw\n    db = db + lam / m * b"), "the new term goes to dJ_reg/db, "
            "with b, and not to dJ_reg/dw", ONLY_W),
    Mistake("gradient: swapped", edit("return dw, db", "return db, dw"), "dJ_reg/db is returned first and dJ_reg/dw "
            "second", "In which order does the exercise ask for them?"),
    Mistake("both: ½ missing", edit(P, f"lam / m * {SUM}", G, "2 * lam / m * w"), "the cost is J + λ/m Σ wⱼ², without "
            "the ½, and the gradient is that of this cost", MATCH + COST),
    Mistake("both: m missing", edit(P, f"lam / 2 * {SUM}", G, "lam * w"), "the cost is J + λ/2 Σ wⱼ², without 1/m, and "
            "the gradient is that of this cost", MATCH + COST),
    Mistake("both: ½ and m missing", edit(P, f"lam * {SUM}", G, "2 * lam * w"), "the cost is J + λ Σ wⱼ², without "
            "1/(2m), and the gradient is that of this cost", MATCH + COST),
    Mistake("both: b too", edit(SUM, f"({SUM} + b**2)", G, f"{G}\n    db = db + lam / m * b"), "b² is added to the "
            "cost as well, and the gradient is that of this cost", MATCH + ONLY_W),
    Mistake("both: L1", edit(P, "lam / m * np.sum(np.abs(w))", G, "lam / m * np.sign(w)"), "the cost is J + λ/m Σ "
            "|wⱼ|, which is L1, and the gradient is that of this cost", MATCH + COST),
    Mistake("both: minus", edit("J + lam", "J - lam", "dw + lam", "dw - lam"), "the new term is subtracted from the "
            "cost, and the gradient is that of this cost", MATCH + COST),
    Mistake("both: n for m", edit(P, f"lam / (2 * len(w)) * {SUM}", G, "lam / len(w) * w"), "it is divided by the "
            "number of weights, n = {n}, and not by m = {m}, in the cost and in the gradient", MATCH + COST),
    Mistake("both: as before", edit(f"J + {P}", "J", f"dw + {G}", "dw"), "nothing is added, neither to the cost nor to "
            "the gradient: λ has no effect", COST),
]  # fmt: skip

VARIANTS = [
    Variant("dot, @", edit(SUM, "np.dot(w, w)", G, "w * lam / m")),
    Variant("all in one line", edit("J = J + lam / (2 * m) * np.sum(w**2)", "J += 0.5 * lam * (w @ w) / m")),
    Variant("loops", code('''
import math

import numpy as np


def cost(X, y, w, b, lam):
    J = 0.0
    for x, t in zip(X, y):
        f = 1 / (1 + math.exp(-np.dot(x, w) - b))
        J -= math.log(f if t else 1 - f)
    for v in w:
        J += lam * v**2 / 2
    return J / len(y)


def gradient(X, y, w, b, lam):
    dw, db = lam * w, 0.0
    for x, t in zip(X, y):
        e = 1 / (1 + math.exp(-np.dot(x, w) - b)) - t
        dw += e * x
        db += e
    return dw / len(y), db / len(y)
''')),
]  # fmt: skip
