"""The sigmoid."""

import numpy as np

from autograd_lite.course.authoring import AnswerFailed, Call, Finding, Mistake, Script, Variant, code

DEFINES = ("sigmoid",)
AFTER = ()


def probes(rng):
    yield Call("sigmoid", z=np.array([0.0, 1.0, -1.0, 2.0]), says="z is 0, 1, −1, 2", parts=("g(z)",))
    z = rng.normal(scale=2.0, size=(7, 3))
    z[0, 0], z[1, 1], z[2] = 0.0, 5.5, -np.abs(z[2]) - 0.3
    yield Call("sigmoid", z=z, says="z is 7×3, of both signs", parts=("g(z)",))
    z = np.array([-800.0, -2.5, 0.5, 3.0, 800.0])
    yield Call("sigmoid", z=z, says="z goes from −800 to 800", parts=("g(z)",))


LOUD = """
import numpy
with numpy.errstate(over="raise", invalid="raise", divide="raise"):
    s = sigmoid(z)
"""


def judge(ask, rng):
    """Whether NumPy has something to warn of: the numbers of 1 / (1 + np.exp(-z)) are right all the same."""
    check = "no warning for z from −800 to 800"
    try:
        ask(Script(LOUD, "s", says=check, z=np.array([-800.0, -1.0, 0.0, 1.0, 800.0])))
    except AnswerFailed as problem:
        what = str(problem).partition(": ")[2]
        says = (
            f"Your numbers are all right, but NumPy has to warn on the way: {what}. e⁸⁰⁰ is more than a float can hold."
        )
        yield Finding(
            False, check, says, "Can it be written so that e is only ever taken to powers that are not positive?"
        )
    else:
        yield Finding(True, check)


BEGIN = """\
import math

import numpy as np


def g(z):
    return 1 / (1 + np.exp(-z))


"""


def written(expression):
    """A sigmoid that is this expression."""
    return code(f"{BEGIN}def sigmoid(z):\n    return {expression}\n")


FALLS = "What should g do when z grows: rise or fall?"
LARGE = "What is np.exp(800), and what is that divided by itself?"
RANGE = "Between which two numbers does g lie? What is g(0)?"

MISTAKES = [
    Mistake("falls instead of rising", written("1 / (1 + np.exp(z))"), "the minus in e⁻ᶻ is missing, or the cases z ≥ "
            "0 and z < 0 have changed places: it is 1 − g(z)", FALLS),
    Mistake("e⁻ᶻ above the line", written("np.exp(-z) / (1 + np.exp(-z))"), "e⁻ᶻ stands above the line as well as "
            "below it: it is 1 − g(z), and nan where e⁻ᶻ is too large", FALLS),
    Mistake("nan for large z", written("np.exp(z) / (1 + np.exp(z))"), "g is written as eᶻ / (1 + eᶻ), which is right "
            "for every z that is not large; e⁸⁰⁰ is infinite for a float, and infinite / infinite is nan", LARGE),
    Mistake("nan made 0", written("np.nan_to_num(np.exp(z) / (1 + np.exp(z)))"), "g is written as eᶻ / (1 + eᶻ), and "
            "the nan that comes of it for large z is replaced by 0", "To what does g go for large z?"),
    Mistake("tanh", written("np.tanh(z)"), "the other S-shaped curve is taken, tanh z, which goes from −1 to 1", RANGE),
    Mistake("from −1 to 1", written("np.tanh(z / 2)"), "the curve is stretched to go from −1 to 1: it is 2 g(z) − 1",
            RANGE),
    Mistake("z doubled", written("(1 + np.tanh(z)) / 2"), "it is g(2z): tanh z is moved and halved, but g's own z is "
            "half as fast", "g(z) = (1 + tanh(…)) / 2: of what?"),
    Mistake("z halved", written("1 / (1 + np.exp(-z / 2))"), "it is g(z/2): z is halved on the way", "Is there a ½ in "
            "1 / (1 + e⁻ᶻ)?"),
    Mistake("z squared", written("1 / (1 + np.exp(-(z**2)))"), "z is squared on the way", FALLS),
    Mistake("cut off at ½", written("np.maximum(g(z), 0.5)"), "everything below ½ is raised to ½", RANGE),
    Mistake("2 below the line", written("1 / (2 + np.exp(-z))"), "there is 2 + e⁻ᶻ below the line", "What is g(0)?"),
    Mistake("1/ missing", written("1 + np.exp(-z)"), "the division is missing, or only the first 1 is divided: in "
            "Python 1 / 1 + e is (1 / 1) + e", "Which part of 1 / (1 + e⁻ᶻ) is below the line? Brackets say so."),
    Mistake("slope of g", written("g(z) * (1 - g(z))"), "it is not g but its slope, g(z) (1 − g(z))", RANGE),
    Mistake("cut off", written("np.clip(z, 0, 1)"), "z itself is cut off at 0 and 1", "g is a smooth curve. What is "
            "g(0)?"),
    Mistake("powers of 2", written("1 / (1 + 2.0 ** -z)"), "powers of 2 are taken in place of powers of e",
            "Which function is e to a power?"),
    Mistake("powers of 10", written("1 / (1 + 10.0 ** -z)"), "powers of 10 are taken in place of powers of e",
            "Which function is e to a power?"),
    Mistake("e rounded", written("1 / (1 + 2.718 ** -z)"), "e is written as 2.718, which is not exact enough",
            "NumPy has a function that knows all digits of e."),
    Mistake("math.exp of an array", written("1 / (1 + math.exp(-z))"), "math.exp is given an array: it takes one "
            "number", "Which library has functions that work on all entries at once?"),
    Mistake("math.exp, one by one", written("np.array([1 / (1 + math.exp(-t)) for t in z.ravel()]).reshape(z.shape)"),
            "math.exp is asked for e⁸⁰⁰: it stops with an error where NumPy would only warn", "For which z is e⁻ᶻ "
            "large? Is there another way to write g for these?"),
    Mistake("rounded", written("np.round(g(z))"), "the answer is rounded to 0 or 1: that is a decision, and no "
            "probability any more", RANGE),
    Mistake("minus below the line", written("1 / (1 - np.exp(-z))"), "below the line e⁻ᶻ is subtracted from 1 and not "
            "added", "What is g(0)?"),
    Mistake("1 + missing", written("1 / np.exp(-z)"), "the 1 + below the line is missing, which leaves eᶻ", RANGE),
    Mistake("minus in front", written("-1 / (1 + np.exp(-z))"), "the minus of the power stands in front of everything",
            RANGE),
    Mistake("logarithm", written("-np.log(1 + np.exp(-z))"), "the logarithm of g is taken", RANGE),
    Mistake("ReLU", written("np.maximum(z, 0)"), "it is max(z, 0), another activation", RANGE),
    Mistake("share of the sum", written("np.exp(z) / np.sum(np.exp(z))"), "eᶻ is divided by the sum over all entries: "
            "that is the softmax", "Every entry is for itself: g of one does not depend on its neighbours."),
    Mistake("g twice", written("g(g(z))"), "g is taken of g(z), so that nothing lies below ½", "How often does z go "
            "through g?"),
    Mistake("always at least ½", written("1 / (1 + np.exp(-np.abs(z)))"), "z has lost its sign: 1 / (1 + e) with e = "
            "e^(−|z|) is g only for z ≥ 0", "g(−z) = 1 − g(z): what is g for z < 0, in terms of e?"),
    Mistake("never above ½", written("np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z)))"), "z has lost its sign: e / (1 + "
            "e) with e = e^(−|z|) is g only for z < 0", "g(−z) = 1 − g(z): what is g for z ≥ 0, in terms of e?"),
    Mistake("the first entry alone", written("np.full(z.shape, g(z.ravel()[0]))"), "one entry of z stands for all",
            "Does a return stand inside a loop?"),
]  # fmt: skip

VARIANTS = [
    Variant("z kept in bounds", written("1 / (1 + np.exp(-np.clip(z, -500, 500)))")),
    Variant("by tanh", written("(1 + np.tanh(z / 2)) / 2")),
    Variant("by logaddexp", written("np.exp(-np.logaddexp(0, -z))")),
    Variant("two masks", code('''
import numpy as np


def sigmoid(z):
    s = np.zeros_like(z)
    s[z >= 0] = 1 / (1 + np.exp(-z[z >= 0]))
    s[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0]))
    return s
''')),
    Variant("a loop", code('''
import math

import numpy as np


def sigmoid(z):
    s = np.empty(z.shape)
    for place, t in np.ndenumerate(z):
        s[place] = 1 / (1 + math.exp(-t)) if t > 0 else math.exp(t) / (1 + math.exp(t))
    return s
''')),
]  # fmt: skip
