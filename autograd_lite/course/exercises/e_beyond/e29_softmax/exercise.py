"""Softmax, cross-entropy from its logits, and the slope of both together."""

import numpy as np

from autograd_lite.course.authoring import Call, Consistency, Mistake, Variant, code, edit

DEFINES = ("softmax", "cross_entropy", "cross_entropy_gradient")
AFTER = (20, 28)


def probes(rng):
    def usual(m, K):
        y = rng.integers(0, K, size=m)
        y[: min(m, K)] = rng.permutation(K)[: min(m, K)]
        return rng.normal(size=(m, K)), y

    near = rng.normal(size=(7, 3))
    size = [[1, 0, 0], [0, -1, 0], [-1, -1, -1], [1, 1, 1], [0, 0, 0], [-1, 1, 0], [0, -1, 1]]
    large = near + 1000.0 * np.array(size)
    for says, (Z, y) in {
        "1×2": (np.array([[1.0, 0.0]]), np.array([1])),
        "3×3": usual(3, 3),
        "7×5": usual(7, 5),
        "7×3, logits of ±1000": (large, np.array([0, 2, 1, 0, 1, 1, 2])),
        "7×3, logits of ±1000 and rare classes": (large, np.array([2, 1, 1, 0, 1, 0, 1])),
    }.items():
        sizes = {"m": len(Z), "K": Z.shape[1]}
        yield Call("softmax", Z=Z, says=f"P of {says}", sizes=sizes, parts=("P",))
        yield Call("cross_entropy", Z=Z, y=y, says=f"J of {says}", sizes=sizes, parts=("J",))
        yield Call("cross_entropy_gradient", Z=Z, y=y, says=f"dJ/dZ of {says}", sizes=sizes, parts=("dJ/dZ",))


CONSISTENCY = [Consistency("cross_entropy(Z, y)", "cross_entropy_gradient(Z, y)", "Z", "J", "dJ/dZ")]

LOCATES = {
    "P": "the fault is in softmax. Each row of P adds up to 1, and the quotient of two of its entries is e to the "
    "difference of their logits",
    "J": "P is right for these logits, so the fault is in cross_entropy. J is a mean of one number a row, and m J "
    "their sum",
    "dJ/dZ": "P and J are right for these logits, so the fault is in cross_entropy_gradient. Each of its rows adds up "
    "to 0",
}

E_LINE = "E = np.exp(Z - Z.max(axis=1, keepdims=True))"
P_LINE = "P = E / E.sum(axis=1, keepdims=True)"
SHIFTED = "shifted = Z - np.max(Z, axis=1, keepdims=True)"
LOG_P = "log_P = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))"
LOSSES, MEAN = "losses = -log_P[np.arange(m), y]", "return losses.mean()"
Y, DZ, PER_M = "Y = np.eye(K)[y]", "dZ = softmax(Z) - Y", "return dZ / m"

ROWS = "The probabilities of one example add up to 1. Does an example stand in a row or in a column?"
LARGEST = "What is e¹⁰⁰⁰ for the computer? Which number may be subtracted from the logits of a row?"
LOG_0 = "What is P for Z = [[1000, 0]] in the second place, and what is its logarithm? On paper J is 1000"
CHOSEN = "Look again at J = −1/m Σᵢ log Pᵢ,ᵧᵢ: which one entry of row i counts?"
SUM = "Look again at J = −1/m Σᵢ log Pᵢ,ᵧᵢ: what becomes of the 1/m?"
SLOPE = "∂J/∂Z = (P − Y) / m: what does each row of it add up to?"


def p(*lines):
    """Other lines of softmax."""
    return edit(f"    {E_LINE}\n    {P_LINE}", "\n".join(f"    {line}" for line in lines))


def log_p(text):
    """Another logarithm in the cost."""
    return edit(LOG_P, f"log_P = {text}")


def losses(text):
    """Other losses."""
    return edit(LOSSES, f"losses = {text}")


def slope(text):
    """Other slopes."""
    return edit(DZ, f"dZ = {text}")


def kept_away_from_0(shown):
    """Probabilities that are cut off before the logarithm."""
    return Mistake(
        f"kept {shown} away from 0",
        log_p(f"np.log(np.clip(softmax(Z), {shown}, 1))"),
        f"P is kept {shown} away from 0 before the logarithm, so that no loss can become larger than "
        f"{-np.log(float(shown)):.2f}",
        LOG_0,
        is_factor=shown == "1e-7",
    )


AXIS_0 = (E_LINE, E_LINE.replace("axis=1", "axis=0"), P_LINE, P_LINE.replace("axis=1", "axis=0"))
AXIS_0_IN_J = (SHIFTED, SHIFTED.replace("axis=1", "axis=0"), LOG_P, LOG_P.replace("axis=1", "axis=0"))
NO_MAX, NO_MAX_IN_J = (E_LINE, "E = np.exp(Z)"), (SHIFTED, "shifted = Z")
ONE_SUM, ONE_SUM_IN_J = (P_LINE, "P = E / E.sum()"), (LOG_P, "log_P = shifted - np.log(np.sum(np.exp(shifted)))")

SOFTMAX = [
    Mistake("no largest subtracted", edit(*NO_MAX, *NO_MAX_IN_J), "nothing is subtracted from the logits before e is "
            "taken, and e¹⁰⁰⁰ is too large a number", LARGEST),
    Mistake("no largest subtracted in P", edit(*NO_MAX), "nothing is subtracted from the logits in softmax before e is "
            "taken, and e¹⁰⁰⁰ is too large a number", LARGEST, is_factor=True),
    Mistake("no largest subtracted in J", edit(*NO_MAX_IN_J), "nothing is subtracted from the logits in the cost "
            "before e is taken (or the logarithm is taken of a P that was), and e¹⁰⁰⁰ is too large a number", LARGEST,
            is_factor=True),
    Mistake("one largest for all", edit(E_LINE, "E = np.exp(Z - Z.max())"), "the largest of all logits is subtracted "
            "in every row: in a row of −1000 nothing is left of e", LARGEST),
    Mistake("largest of the columns", edit(E_LINE, "E = np.exp(Z - Z.max(axis=0))"), "the largest of each column is "
            "subtracted and not that of each row", LARGEST),
    Mistake("smallest subtracted", edit(E_LINE, "E = np.exp(Z - Z.min(axis=1, keepdims=True))"), "the smallest logit "
            "of a row is subtracted and not the largest", LARGEST),
    Mistake("mean subtracted", edit(E_LINE, "E = np.exp(Z - Z.mean(axis=1, keepdims=True))"), "the mean of a row is "
            "subtracted and not its largest logit", LARGEST),
    Mistake("columns", edit(*AXIS_0, *AXIS_0_IN_J), "the columns of P add up to 1 and not its rows: axis 0 is summed "
            "over, in P and in J", ROWS),
    Mistake("columns in P", edit(*AXIS_0), "the columns of P add up to 1 and not its rows: axis 0 is summed over", ROWS,
            is_factor=True),
    Mistake("columns in J", edit(*AXIS_0_IN_J), "axis 0 is summed over in the cost: each column there adds up to 1 and "
            "not each row", ROWS, is_factor=True),
    Mistake("one sum for all", edit(*ONE_SUM, *ONE_SUM_IN_J), "all of P together adds up to 1: e is divided by one sum "
            "over all rows", ROWS),
    Mistake("one sum for all in P", edit(*ONE_SUM), "all of P together adds up to 1: e is divided by one sum over all "
            "rows", ROWS, is_factor=True),
    Mistake("one sum for all in J", edit(*ONE_SUM_IN_J), "in the cost e is divided by one sum over all rows", ROWS,
            is_factor=True),
    Mistake("keepdims missing in P", edit(P_LINE, "P = E / E.sum(axis=1)"), "the sums of the rows lie in a row "
            "themselves, without keepdims: each column is divided by one", "Which shape has E.sum(axis=1), and how "
            "does NumPy spread it over E?", is_factor=True),
    Mistake("keepdims missing in J", edit(LOG_P, LOG_P.replace(", keepdims=True", "")), "the sums of the rows lie in a "
            "row themselves, without keepdims, in the cost", "Which shape has a sum over axis 1, and how does NumPy "
            "spread it over the logits?", is_factor=True),
    *(Mistake(f"{name}, and no largest", edit(*NO_MAX, P_LINE, line, LOG_P, "log_P = np.log(softmax(Z))"),
              f"{says}, and nothing is subtracted from the logits before e is taken", f"{look} {LARGEST}")
      for name, line, says, look in (
          ("columns", "P = E / E.sum(axis=0)", "the columns of P add up to 1 and not its rows", ROWS),
          ("one sum for all", "P = E / E.sum()", "all of P together adds up to 1", ROWS),
          ("keepdims missing", "P = E / E.sum(axis=1)", "the sums of the rows lie in a row, without keepdims", ROWS))),
    Mistake("sigmoid", p("E = np.exp(-np.abs(Z))", "P = np.where(Z >= 0, 1, E) / (1 + E)"), "P is the sigmoid of every "
            "logit by itself: its rows do not add up to 1", ROWS),
    Mistake("not divided", edit(P_LINE, "P = E"), "e is taken, and is not divided by its sum (or by its largest value "
            "alone, which is 1)", ROWS, is_factor=True),
    Mistake("without e", p("P = Z / Z.sum(axis=1, keepdims=True)"), "the logits themselves are divided by their sum: e "
            "is not taken", "Can a probability be negative?"),
    Mistake("P divided by K", edit(P_LINE, "P = E / Z.shape[1]"), "e is divided by the number of classes and not by "
            "its sum", ROWS),
    Mistake("divided by the length", edit(P_LINE, "P = E / np.sqrt((E**2).sum(axis=1, keepdims=True))"), "e is divided "
            "by the length of the row as a vector and not by its sum", ROWS),
    Mistake("smallest wins", edit(E_LINE, "E = np.exp(Z.min(axis=1, keepdims=True) - Z)"), "e is taken of −Z: the "
            "smallest logit gets the largest probability", "Which class should be the most probable one?"),
    Mistake("base 2", edit(E_LINE, E_LINE.replace("exp(", "exp2(")), "powers of 2 are taken and not of e",
            "Which base has the softmax?"),
    Mistake("decided", p("P = 1.0 * (Z == Z.max(axis=1, keepdims=True))"), "P is 1 for the largest logit and 0 for the "
            "others", "Is a decision a probability?"),
    Mistake("softmax twice in P", edit("    return P", "    P = np.exp(P) / np.exp(P).sum(axis=1, keepdims=True)\n    "
            "return P"), "softmax is taken twice, in P and in the slopes: of logits, and of the probabilities that "
            "came out", "How large can the largest probability be, if what goes in is between 0 and 1?"),
    Mistake("logarithm of P", edit("    return P", "    return np.log(P)"), "the logarithm of P is returned", ROWS),
    Mistake("rounded", edit("    return P", "    return np.round(P)"), "P is rounded to 0 and 1", "Is a decision a "
            "probability?"),
]  # fmt: skip

COST = [
    Mistake("logarithm of 0", log_p("np.log(softmax(Z))"), "P is computed first, and then its logarithm: where P is 0 "
            "for the computer the cost is infinite", LOG_0, is_factor=True),
    *map(kept_away_from_0, ("1e-6", "1e-7", "1e-8", "1e-9", "1e-10", "1e-12", "1e-15")),
    Mistake("summed", edit(MEAN, "return losses.sum()"), "the losses are added up and not divided by m = {m}", SUM,
            is_factor=True),
    Mistake("divided by m K", edit(MEAN, "return losses.sum() / Z.size"), "J is divided by the number of all entries "
            "of Z, m · K, and not by the number of examples", SUM, is_factor=True),
    Mistake("divided by K", edit(MEAN, "return losses.sum() / Z.shape[1]"), "J is divided by the number of classes and "
            "not by that of the examples", SUM),
    Mistake("both divided by m K", edit(MEAN, "return losses.sum() / Z.size", PER_M, "return dZ / Z.size"),
            "J and its slopes are divided by the number of all entries of Z, m · K", SUM),
    Mistake("J and dZ summed", edit(MEAN, "return losses.sum()", PER_M, "return dZ"), "neither J nor its slopes are "
            "divided by m = {m}", SUM),
    Mistake("J of every example", edit(MEAN, "return losses"), "the losses of the examples are returned and not their "
            "mean", SUM, is_factor=True),
    Mistake("J of the last example", edit(MEAN, "return losses[-1]"), "J is the loss of the last example alone: a loop "
            "overwrites what it had", SUM),
    Mistake("J has the wrong sign", losses("log_P[np.arange(m), y]"), "the minus in J is missing", "Is the logarithm "
            "of a probability positive or negative?", is_factor=True),
    Mistake("next class in J", losses("-log_P[np.arange(m), y - 1]"), "classes are counted from 1 in J: the logarithm "
            "one place before the right one is taken", CHOSEN, is_factor=True),
    Mistake("all pairs", losses("-log_P[:, y]"), "P[:, y] takes the classes of all examples in every row, m × m pairs",
            CHOSEN, is_factor=True),
    Mistake("y-th rows", losses("-log_P[y % m]"), "y chooses rows and not columns", CHOSEN),
    Mistake("all classes", losses("-log_P.sum(axis=1)"), "the logarithms of all classes are added up, not only that of "
            "the right one", CHOSEN),
    Mistake("most probable class", losses("-log_P.max(axis=1)"), "the most probable class counts and not the right one "
            "(or the logarithm of the sum alone, without the logit of the right class)", CHOSEN),
    Mistake("log left out", losses("-np.exp(log_P)[np.arange(m), y]"), "the logarithm is left out: minus the "
            "probability of the right class", CHOSEN),
    Mistake("1 - p", losses("1 - np.exp(log_P)[np.arange(m), y]"), "J is the mean of 1 − p: the logarithm is left out",
            CHOSEN),
    Mistake("negative logit", losses("-Z[np.arange(m), y]"), "minus the logit of the right class is taken, and the "
            "logarithm of the sum is left out", "log(e^a / S) = a − log S: what is S?"),
    Mistake("largest added back once", log_p("Z - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))"),
            "the largest logit is subtracted inside the sum and not outside it", "If the same number is taken from all "
            "logits of a row, must J change?"),
    Mistake("softmax twice in J", edit(SHIFTED, "Z = softmax(Z)\n    " + SHIFTED), "softmax is taken first, and the "
            "cost's own softmax is taken of the probabilities", "Is what goes into your formula Z or P?"),
    Mistake("other classes as well", log_p("np.clip(softmax(Z), 1e-300, 1)\n    q = np.clip(1 - log_P, 1e-300, 1)\n    "
            "Y = np.eye(Z.shape[1])[y]\n    losses = -(Y * np.log(log_P) + (1 - Y) * np.log(q)).sum(axis=1)\n    "
            "return losses.mean()"), "J is the binary cross-entropy of every class, −log p and −log(1 − p) of the "
            "others, added up", CHOSEN),
    Mistake("squared error", edit(MEAN, "return ((softmax(Z) - np.eye(Z.shape[1])[y]) ** 2).sum(axis=1).mean()"),
            "J is the squared error of P", "Where is the logarithm?"),
    Mistake("logarithm to base 2", edit(MEAN, "return losses.mean() / np.log(2)"), "the logarithms are to the base 2 "
            "(the cost in bits)", "Which logarithm has the slope 1/x?"),
    Mistake("logarithm to base 10", edit(MEAN, "return losses.mean() / np.log(10)"), "the logarithms are to the base "
            "10", "Which logarithm has the slope 1/x?"),
]  # fmt: skip

GRADIENT = [
    Mistake("dZ not divided by m", edit(PER_M, "return dZ"), "dJ/dZ is not divided by m = {m}", SLOPE, is_factor=True),
    Mistake("dZ divided by m K", edit(PER_M, "return dZ / Z.size"), "dJ/dZ is divided by the number of all entries, m "
            "· K", SLOPE, is_factor=True),
    Mistake("dZ divided by K", edit(PER_M, "return dZ / K"), "dJ/dZ is divided by the number of classes and not by "
            "that of the examples", SLOPE),
    Mistake("dZ divided twice", edit(PER_M, "return dZ / m / m"), "dJ/dZ is divided by m = {m} twice", SLOPE),
    Mistake("dZ has the wrong sign", slope("Y - softmax(Z)"), "the difference is taken the other way round in dJ/dZ, Y "
            "− P", "Should the logit of the right class grow or shrink when one goes down the slope?", is_factor=True),
    Mistake("P (1 - P) too much", slope("(softmax(Z) - Y) * softmax(Z) * (1 - softmax(Z))"), "dJ/dZ is multiplied by P "
            "(1 − P) once more: with cross-entropy it cancels", SLOPE, is_factor=True),
    Mistake("P too much", slope("(softmax(Z) - Y) * softmax(Z)"), "dJ/dZ is multiplied by P once more", SLOPE),
    Mistake("only the right class", slope("(softmax(Z) - Y) * Y"), "only the logit of the right class gets a slope, "
            "and the others get 0", "Does J change if the logit of another class grows?"),
    Mistake("only the other classes", slope("softmax(Z) * (1 - Y)"), "the logit of the right class gets no slope",
            "Does J change if the logit of the right class grows?"),
    Mistake("Y missing", slope("softmax(Z)"), "Y is missing in dJ/dZ", SLOPE),
    Mistake("P missing", slope("-Y"), "P is missing in dJ/dZ", SLOPE),
    Mistake("slope by P", slope("-Y / softmax(Z)"), "the slope is that by P, −Y / P, and not yet by Z", SLOPE),
    Mistake("Z - Y", slope("Z - Y"), "softmax is missing in dJ/dZ: Z − Y in the place of P − Y", SLOPE),
    Mistake("decision - Y", slope("(Z == Z.max(axis=1, keepdims=True)) - Y"), "P is replaced in dJ/dZ by 1 for the "
            "largest logit and 0 for the others", SLOPE),
    Mistake("next class in dZ", edit(Y, "Y = np.eye(K)[y - 1]"), "classes are counted from 1 in dJ/dZ: Y has its 1 one "
            "place before the right one", "What is the number of the first class?", is_factor=True),
    Mistake("next class in both", edit(LOSSES, "losses = -log_P[np.arange(m), y - 1]", Y, "Y = np.eye(K)[y - 1]"),
            "classes are counted from 1, in J and in dJ/dZ", "What is the number of the first class?"),
    Mistake("all classes of all examples", edit(Y, "Y = np.zeros((m, K))\n    Y[:, y] = 1"), "Y[:, y] = 1 sets the "
            "classes of all examples in every row", "How many ones has a row of Y?"),
    Mistake("slopes of the examples averaged", edit(PER_M, "return dZ.mean(axis=0)"), "the slopes are averaged over "
            "the examples", "Which shape has dJ/dZ?"),
    Mistake("columns centred", slope("softmax(Z) - Y.mean(axis=0)"), "every row of P is compared with the average of Y",
            SLOPE),
]  # fmt: skip

MISTAKES = [*SOFTMAX, *COST, *GRADIENT]

VARIANTS = [
    Variant("logaddexp", log_p("Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)")),
    Variant("one-hot in the cost", losses("-(log_P * np.eye(Z.shape[1])[y]).sum(axis=1)")),
    Variant("1 subtracted in place", edit(f"    {Y}\n    {DZ}", "    dZ = softmax(Z)\n    dZ[np.arange(m), y] -= 1")),
    Variant("loops", code('''
import math

import numpy as np


def softmax(Z):
    P = np.zeros(Z.shape)
    for i, row in enumerate(Z):
        largest = max(row)
        total = sum(math.exp(z - largest) for z in row)
        for k, z in enumerate(row):
            P[i, k] = math.exp(z - largest) / total
    return P


def cross_entropy(Z, y):
    J = 0.0
    for row, k in zip(Z, y):
        largest = max(row)
        J += largest + math.log(sum(math.exp(z - largest) for z in row)) - row[k]
    return J / len(y)


def cross_entropy_gradient(Z, y):
    dZ = softmax(Z)
    for i, k in enumerate(y):
        dZ[i, k] -= 1
    return dZ / len(y)
''')),
]  # fmt: skip
