"""Binary cross-entropy from logits: a value that no logit makes infinite, and its slope."""

import numpy as np

from autograd_lite.course.authoring import Call, Consistency, Mistake, Variant, code, edit

DEFINES = ("bce", "bce_gradient")
AFTER = (11, 13)


def probes(rng):
    small = np.array([0.0, 1.5, -0.5]), np.array([1.0, 0.0, 0.0])
    usual = [(rng.normal(size=m) * 2, (rng.random(m) < 0.5).astype(float)) for m in (7, 11)]
    for _, y in usual:
        y[:2] = 0.0, 1.0
    near = rng.normal(size=3)
    wrong60 = np.array([60.0, -60.0, *near]), np.array([0.0, 1.0, 1.0, 0.0, 1.0])
    right60 = np.array([60.0, -60.0, *near]), np.array([1.0, 0.0, 0.0, 1.0, 0.0])
    wrong900 = np.array([900.0, -900.0, *near]), np.array([0.0, 1.0, 0.0, 1.0, 1.0])
    right900 = np.array([900.0, -900.0, *near]), np.array([1.0, 0.0, 1.0, 0.0, 0.0])
    one900 = np.array([-900.0, *near[:2]]), np.array([0.0, 1.0, 0.0])
    for (z, y), says in (
        (small, "three logits"), (usual[0], "7 logits"), (usual[1], "11 logits"),
        (right60, "logits of ±60, labels right"), (wrong60, "logits of ±60, labels wrong"),
        (right900, "logits of ±900, labels right"), (wrong900, "logits of ±900, labels wrong"),
        (one900, "a logit of -900"),
    ):  # fmt: skip
        for function, what in (("bce", "J"), ("bce_gradient", "dJ/dz")):
            yield Call(function, z=z, y=y, says=f"{what} of {says}", sizes={"m": len(z)}, parts=(what,))


CONSISTENCY = [Consistency("bce(z, y)", "bce_gradient(z, y)", "z", "J", "dJ/dz")]

LOCATES = {
    "J": "The fault is in bce. The loss of one example is log 2 at z = 0 with either label, and falls towards 0 where "
    "z is large and the label is right",
    "dJ/dz": "J is right for these logits, so the fault is in bce_gradient. m times each slope is between −1 and 1, "
    "and ±½ at z = 0",
}

LOSS = "loss = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))"
J, DZ = "J = np.mean(loss)", "dz = (f - y) / m"
E_OF = "Of what is e taken in your formula if z is 900, and if it is −900? It must never be positive"
LOG_OF = "What does the computer get for σ(60), and what is log(1 − f) then?"
ON_PAPER = "L = log(1 + eᶻ) − z y: put z = 0, and a large z of both signs, into what you wrote"
MEAN = "Look again at J = 1/m Σ L: what becomes of the 1/m?"
SLOPE = "∂L/∂z = ∂L/∂f · ∂f/∂z, with ∂f/∂z = f (1 − f): what cancels?"


def loss(text):
    """Another line for the losses."""
    return edit(LOSS, f"loss = {text}")


def slope(text, f="sigmoid(z)"):
    """Another line for the slopes."""
    return edit("f = sigmoid(z)", f"f = {f}", DZ, f"dz = {text}")


LOG_OF_SIGMOID = "-(y * np.log(sigmoid(z)) + (1 - y) * np.log(1 - sigmoid(z)))"


def clipped(epsilon):
    """Probabilities that are cut off before the logarithm."""
    shown = f"{epsilon:.0e}".replace("e-0", "e-")
    return Mistake(
        f"kept {shown} away from 0 and 1",
        loss(LOG_OF_SIGMOID.replace("sigmoid(z)", f"np.clip(sigmoid(z), {epsilon}, 1 - {epsilon})")),
        f"the probabilities are kept {shown} away from 0 and 1 before the logarithm, so that no loss can become larger "
        f"than {-np.log(epsilon):.2f}",
        "How large is the loss of z = 900 with y = 0, on paper?",
        is_factor=epsilon in (1e-7, 1e-15),
    )


MISTAKES = [
    Mistake("log of the sigmoid", loss(LOG_OF_SIGMOID), "the sigmoid is taken first, and then the logarithms of f and "
            "1 − f: one of them is 0 for large logits", LOG_OF, is_factor=True),
    Mistake("log of the sigmoid, by label", loss("-np.log(np.where(y == 1, sigmoid(z), 1 - sigmoid(z)))"),
            "the sigmoid is taken first, and then the logarithm of f or of 1 − f, which is 0 for a large logit with "
            "the wrong label", LOG_OF),
    *map(clipped, (1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)),
    Mistake("e to the z", loss("np.log(1 + np.exp(z)) - z * y"), "e is taken of z itself, which is too large a number "
            "for z = 900", E_OF, is_factor=True),
    Mistake("e to the minus z", loss("(1 - y) * z + np.log(1 + np.exp(-z))"), "e is taken of −z, which is too large a "
            "number for z = −900", E_OF),
    Mistake("abs missing", loss("np.maximum(z, 0) - z * y + np.log1p(np.exp(-z))"), "e is taken of −z and not of −|z|, "
            "beside max(z, 0)", E_OF, is_factor=True),
    Mistake("minus missing", loss("np.maximum(z, 0) - z * y + np.log1p(np.exp(np.abs(z)))"), "e is taken of +|z|",
            E_OF),
    Mistake("z and max", loss("np.maximum(z, 0) - z * y + np.log1p(np.exp(z))"), "e is taken of z and not of −|z|, "
            "beside max(z, 0)", E_OF),
    Mistake("plus z y", edit("- z * y", "+ z * y"), "z y is added and not subtracted", ON_PAPER, is_factor=True),
    Mistake("z y missing", edit(" - z * y", ""), "the term with z y is missing", ON_PAPER, is_factor=True),
    Mistake("labels exchanged", edit("- z * y", "- z * (1 - y)"), "the labels 0 and 1 are exchanged in J", ON_PAPER,
            is_factor=True),
    Mistake("y without z", edit("- z * y", "- y"), "y is subtracted and not z y", ON_PAPER),
    Mistake("max missing", edit("np.maximum(z, 0) - z", "-z"), "the term max(z, 0) is missing", ON_PAPER, is_factor=
            True),
    Mistake("min for max", edit("np.maximum(z, 0)", "np.minimum(z, 0)"), "min(z, 0) stands where max(z, 0) belongs",
            ON_PAPER, is_factor=True),
    Mistake("z for max", edit("np.maximum(z, 0)", "z"), "z itself stands where max(z, 0) belongs", ON_PAPER, is_factor=
            True),
    Mistake("abs for max", edit("np.maximum(z, 0)", "np.abs(z)"), "|z| stands where max(z, 0) belongs", ON_PAPER,
            is_factor=True),
    Mistake("log without the 1", loss("np.maximum(z, 0) - z * y + np.log(np.exp(-np.abs(z)))"), "the 1 in log(1 + "
            "e^−|z|) is missing: log(e^−|z|) is −|z|", ON_PAPER),
    Mistake("e without log", loss("np.maximum(z, 0) - z * y + np.exp(-np.abs(z))"), "the logarithm in log(1 + e^−|z|) "
            "is missing", ON_PAPER),
    Mistake("1 twice", loss("np.maximum(z, 0) - z * y + np.log1p(1 + np.exp(-np.abs(z)))"), "1 is added twice: "
            "log1p(x) is log(1 + x) already", "What is the loss at z = 0?"),
    Mistake("only for large logits", edit(" + np.log1p(np.exp(-np.abs(z)))", ""), "the term with the logarithm is "
            "missing: only for large logits is it 0", "What is the loss at z = 0?", is_factor=True),
    Mistake("J summed", edit(J, "J = np.sum(loss)"), "the losses are added up and not divided by m = {m}", MEAN,
            is_factor=True),
    Mistake("J halved", edit(J, "J = np.mean(loss) / 2"), "J is halved, as squared errors sometimes are", MEAN),
    Mistake("J of every example", edit(J, "J = loss"), "the losses of the examples are returned and not their mean",
            MEAN, is_factor=True),
    Mistake("J has the wrong sign", edit(J, "J = -np.mean(loss)"), "J's sign is turned", ON_PAPER, is_factor=True),
    Mistake("J of the last example", edit(J, "J = loss[-1]"), "J is the loss of the last example alone: a loop "
            "overwrites what it had", MEAN),
    Mistake("J without the last", edit(J, "J = np.sum(loss[:-1]) / len(z)"), "the last example is left out of J", MEAN),
    Mistake("z as probability", loss("-(y * np.log(z) + (1 - y) * np.log(1 - z))"), "the logarithm is taken of z and 1 "
            "− z, as if z were the probability", "Between which numbers is a logit, and between which is a "
            "probability?"),
    Mistake("sigmoid before", edit(LOSS, "z = sigmoid(z)\n    " + LOSS), "the sigmoid is taken of the logits first, "
            "and the formula for logits is used on its result", "Is what goes into your formula z or f?"),
    Mistake("squared error", loss("(sigmoid(z) - y) ** 2"), "J is the mean squared error of f", "Where are the "
            "logarithms?"),
    Mistake("labels -1 and 1", loss("np.maximum(-z * y, 0) + np.log1p(np.exp(-np.abs(z * y)))"), "J is written for "
            "labels of −1 and 1: log(1 + e^−zy)", "What is zy for the label 0?"),
    Mistake("logarithm to base 2", edit(J, "J = np.mean(loss) / np.log(2)"), "the logarithms are to the base 2 (the "
            "cost in bits)", "Which logarithm has the slope 1/x?", is_factor=True),
    Mistake("logarithm to base 10", edit(J, "J = np.mean(loss) / np.log(10)"), "the logarithms are to the base 10",
            "Which logarithm has the slope 1/x?"),
    Mistake("dz not divided by m", slope("f - y"), "dJ/dz is not divided by m = {m}", MEAN, is_factor=True),
    Mistake("dz divided twice", slope("(f - y) / m / m"), "dJ/dz is divided by m = {m} twice", MEAN),
    Mistake("dz has the wrong sign", slope("(y - f) / m"), "the error is taken the other way round in dJ/dz, y − f",
            "Which sign has the slope where f is too large?", is_factor=True),
    Mistake("dz not divided, wrong sign", slope("y - f"), "dJ/dz is y − f: the error is taken the other way round, and "
            "is not divided by m = {m}", MEAN),
    Mistake("f (1 - f) too much", slope("(f - y) * f * (1 - f) / m"), "dJ/dz is multiplied by the sigmoid's slope f (1 "
            "− f) once more", SLOPE, is_factor=True),
    Mistake("slope of the squared error", slope("2 * (f - y) * f * (1 - f) / m"), "dJ/dz is the slope of the mean "
            "squared error", SLOPE),
    Mistake("slope by f", slope("(f - y) / (f * (1 - f)) / m"), "the slope is that by f, ∂J/∂f, and not yet by z",
            SLOPE),
    Mistake("z - y", slope("(z - y) / m"), "the sigmoid is missing in dJ/dz: z − y in the place of f − y", SLOPE),
    Mistake("y missing in dz", slope("f / m"), "y is missing in dJ/dz", SLOPE),
    Mistake("labels exchanged in dz", slope("(f - (1 - y)) / m"), "the labels 0 and 1 are exchanged in dJ/dz", SLOPE,
            is_factor=True),
    Mistake("only the sigmoid's slope", slope("f * (1 - f) / m"), "dJ/dz is the sigmoid's own slope f (1 − f), divided "
            "by m", SLOPE),
    Mistake("decided", slope("(f - y) / m", "np.where(z > 0, 1.0, 0.0)"), "f is rounded to 0 or 1 in dJ/dz",
            "Is f a decision or a probability?", is_factor=True),
    Mistake("sigmoid twice", slope("(f - y) / m", "sigmoid(sigmoid(z))"), "the sigmoid is taken twice in dJ/dz", SLOPE,
            is_factor=True),
    Mistake("flat where clipped", slope("np.where(np.abs(z) > 16, 0.0, f - y) / m"), "dJ/dz is 0 for large logits: "
            "that is the slope of a J whose probabilities are kept away from 0 and 1", "How does the loss of z = 60, y "
            "= 0 change with z, on paper?"),
    Mistake("slopes averaged", slope("np.mean(f - y)"), "the slopes of all examples are averaged to one number",
            "How many logits are there to be moved, and which slope has each?"),
    Mistake("average everywhere", slope("np.full(m, np.mean(f - y) / m)"), "every example has the average of all "
            "slopes", "Does the loss of the first example depend on the second logit?"),
    Mistake("times z", slope("(f - y) * z / m"), "the errors are multiplied by z, as they are by x for a weight",
            SLOPE),
]  # fmt: skip

VARIANTS = [
    Variant("logaddexp", loss("np.logaddexp(0, z) - z * y")),
    Variant("by the label", loss("np.logaddexp(0, np.where(y == 1, -z, z))")),
    Variant("the naive sigmoid in the slope", slope("(f - y) / m", "1 / (1 + np.exp(-z))")),
    Variant("a loop", code('''
import math

import numpy as np


def bce(z, y):
    J = 0.0
    for a, b in zip(z, y):
        large = a if a > 0 else 0.0
        J += large + math.log(1 + math.exp(-abs(a))) - a * b
    return J / len(z)


def bce_gradient(z, y):
    dz = np.zeros(len(z))
    for i, a in enumerate(z):
        f = 1 / (1 + math.exp(-a)) if a >= 0 else math.exp(a) / (1 + math.exp(a))
        dz[i] = (f - y[i]) / len(z)
    return dz
''')),
]  # fmt: skip
