"""The loss of logistic regression."""

import numpy as np

from autograd_lite.course.authoring import Call, Mistake, Variant, code, edit

DEFINES = ("bce",)
AFTER = (10,)


def probes(rng):
    f, y = np.array([0.9, 0.2, 0.4]), np.array([1.0, 1.0, 0.0])
    yield Call("bce", f=f, y=y, says="f = 0.9, 0.2, 0.4 for y = 1, 1, 0", sizes={"m": 3}, parts=("L",))
    m = 11
    f, y = rng.uniform(0.15, 0.85, size=m), (rng.random(m) < 0.5).astype(float)
    f[:4], y[:4] = (0.5, 0.5, 0.2, 0.75), (0.0, 1.0, 1.0, 0.0)
    yield Call("bce", f=f, y=y, says="11 examples", sizes={"m": m}, parts=("L",))
    f, y = np.array([0.0, 1.0, 0.3, 0.0, 1.0]), np.array([0.0, 1.0, 1.0, 1.0, 0.0])
    says = "f is exactly 0 and exactly 1, with both labels"
    yield Call("bce", f=f, y=y, says=says, sizes={"m": 5}, parts=("L",))


CLIP = "f = np.clip(f, EPS, 1 - EPS)"
FIRST, SECOND = "-y * np.log(f)", " - (1 - y) * np.log(1 - f)"
BOTH = FIRST + SECOND
SIGN = "The logarithm of a number below 1 is negative. Which sign should a loss have?"
TERMS = "Put in y = 1 and y = 0: which term is left, and which logarithm is in it?"
CORNERS = "What is ln 0? What is 0 · ln 0, for a computer?"
E_ALONE = "Which logarithm is the inverse of eˣ? What does NumPy call it?"
EACH = "How many examples are there, and how many losses?"

BY_HAND = """
import math

import numpy as np


def bce(f, y):
    return np.array([-math.log(p) if t == 1 else -math.log(1 - p) for p, t in zip(f, y)])
"""

MISTAKES = [
    Mistake("not kept off 0 and 1", edit(CLIP, "pass"), "f is not moved into [1e-7, 1 − 1e-7] first: ln 0 is infinite, "
            "and 0 · ln 0 is nan", CORNERS, is_factor=True),
    Mistake("kept off 0 alone", edit(CLIP, "f = np.maximum(f, EPS)"), "f is kept away from 0 but not from 1, and 1 − f "
            "is 0 there", CORNERS),
    Mistake("kept off 1 alone", edit(CLIP, "f = np.minimum(f, 1 - EPS)"), "f is kept away from 1 but not from 0",
            CORNERS),
    Mistake("kept off by 1e-15", edit(CLIP, "f = np.clip(f, 1e-15, 1 - 1e-15)"), "f is kept away from 0 and 1 by 1e-15 "
            "and not by 1e-7", "How far from 0 and 1 should f stay?"),
    Mistake("kept off by 1e-8", edit(CLIP, "f = np.clip(f, 1e-8, 1 - 1e-8)"), "f is kept away from 0 and 1 by 1e-8 and "
            "not by 1e-7", "How far from 0 and 1 should f stay?"),
    Mistake("float32", edit(CLIP, "f = np.clip(f.astype(np.float32), EPS, 1 - EPS)"), "f is made float32, in which the "
            "nearest number to 1 − 1e-7 is 1 − 1.2e-7", "Which dtype has f when it comes in, and which has it after?"),
    Mistake("if of an array", edit(BOTH, "-np.log(f) if y == 1 else -np.log(1 - f)"), "an if asks y == 1 of the whole "
            "array, and not of one label", "How many truth values has y == 1? How can both terms be written without an "
            "if?"),
    Mistake("math.log of 0", code(BY_HAND), "f is not moved into [1e-7, 1 − 1e-7] first: math.log stops with an error "
            "at 0", CORNERS),
    Mistake("nan made 0", edit(CLIP, "pass", "return loss", "return np.nan_to_num(loss)"), "f is not moved into [1e-7, "
            "1 − 1e-7], and np.nan_to_num mends what comes of it: it makes infinity 10³⁰⁸", CORNERS),
    Mistake("sign", edit(BOTH, "y * np.log(f) + (1 - y) * np.log(1 - f)"), "the minus in front is missing, in both "
            "terms", SIGN, is_factor=True),
    Mistake("second sign", edit("- (1 - y)", "+ (1 - y)"), "the minus stands before the first term alone: brackets "
            "around both are missing", SIGN, is_factor=True),
    Mistake("first sign", edit("-y *", "y *"), "the minus stands before the second term alone", SIGN, is_factor=True),
    Mistake("f and y swapped", edit(CLIP, "f, y = np.clip(y, EPS, 1 - EPS), f"), "f and y have changed places: the "
            "logarithm is taken of the labels", "Of which of the two can a logarithm be taken?", is_factor=True),
    Mistake("the first term alone", edit(SECOND, ""), "the second term is missing: an example with y = 0 costs nothing",
            TERMS, is_factor=True),
    Mistake("the second term alone", edit(FIRST + " ", ""), "the first term is missing: an example with y = 1 costs "
            "nothing", TERMS, is_factor=True),
    Mistake("log10", edit("np.log(", "np.log10("), "the logarithm to base 10 is taken", E_ALONE, is_factor=True),
    Mistake("log2", edit("np.log(", "np.log2("), "the logarithm to base 2 is taken", E_ALONE, is_factor=True),
    Mistake("log1p", edit("np.log(", "np.log1p("), "np.log1p is taken, which is ln(1 + …)", E_ALONE, is_factor=True),
    Mistake("ln f in both terms", edit("np.log(1 - f)", "np.log(f)"), "ln f stands in both terms, so that y does not "
            "matter at all", TERMS, is_factor=True),
    Mistake("ln(1 − f) in both terms", edit("np.log(f)", "np.log(1 - f)"), "ln(1 − f) stands in both terms, so that y "
            "does not matter at all", TERMS, is_factor=True),
    Mistake("labels crossed", edit("-y *", "-(1 - y) *", "- (1 - y)", "- y"), "y and 1 − y have changed places, or f "
            "and 1 − f: right answers cost much and wrong ones little", TERMS, is_factor=True),
    Mistake("y in both terms", edit("- (1 - y)", "- y"), "y stands before both logarithms, and 1 − y nowhere", TERMS),
    Mistake("1 − y in both terms", edit("-y *", "-(1 - y) *"), "1 − y stands before both logarithms, and y alone "
            "nowhere", TERMS),
    Mistake("no labels at all", edit(BOTH, "-np.log(f) - np.log(1 - f)"), "y and 1 − y are left out", TERMS),
    Mistake("brackets around 1 − y", edit("- (1 - y) *", "- 1 - y *"), "the brackets around 1 − y are missing: y alone "
            "is multiplied by the logarithm", "What does Python do first, − or ·?", is_factor=True),
    Mistake("brackets of the logarithm", edit("np.log(1 - f)", "np.log(1) - f"), "the bracket of the second logarithm "
            "closes too soon: ln(1) − f", "Of what is the second logarithm taken?"),
    Mistake("first term without logarithm", edit("np.log(f)", "f"), "the first logarithm is missing", TERMS),
    Mistake("second term without logarithm", edit("np.log(1 - f)", "(1 - f)"), "the second logarithm is missing",
            TERMS),
    Mistake("terms multiplied", edit("-y * np.log(f) - ", "y * np.log(f) * "), "the two terms are multiplied and not "
            "added", TERMS),
    Mistake("squared error", edit(BOTH, "(f - y) ** 2"), "the squared error (f − y)² is taken: another loss",
            "Which loss is asked for?"),
    Mistake("half the squared error", edit(BOTH, "(f - y) ** 2 / 2"), "half the squared error, (f − y)²/2, is taken: "
            "another loss", "Which loss is asked for?"),
    Mistake("absolute error", edit(BOTH, "np.abs(f - y)"), "the distance |f − y| is taken: another loss",
            "Which loss is asked for?"),
    Mistake("the error f − y", edit(BOTH, "f - y"), "f − y is returned: that is the slope of the loss by z, and comes "
            "in step 3", "Which function of f is asked for?"),
    Mistake("slope by f", edit(BOTH, "(f - y) / (f * (1 - f))"), "it is the slope of the loss by f, and not the loss",
            "Which function of f is asked for?"),
    Mistake("rounded", edit(CLIP, "f = np.clip(np.round(f), EPS, 1 - EPS)"), "f is rounded to 0 or 1 first, so every "
            "example costs either nothing or 16.1", "Should f = 0.6 and f = 0.9 cost the same?"),
    Mistake("f for y", edit(CLIP, f"{CLIP}\n    y = f"), "f stands in the place of y as well: it is the entropy of f",
            TERMS),
    Mistake("mean", edit("return loss", "return np.mean(loss)"), "the mean over the examples is taken: that is the "
            "cost, the next exercise", EACH, is_factor=True),
    Mistake("sum", edit("return loss", "return np.sum(loss)"), "the losses of all examples are added up", EACH,
            is_factor=True),
    Mistake("divided by m", edit("return loss", "return loss / len(y)"), "every loss is divided by the number of "
            "examples, m = {m}", "One loss does not know how many others there are.", is_factor=True),
    Mistake("every f with every y", edit(CLIP, f"{CLIP}\n    f = f[:, None]"), "f is a column (m, 1) and y has shape "
            "(m,): NumPy pairs every f with every y", EACH),
    Mistake("half", edit("return loss", "return loss / 2"), "there is a ½ too much", "Does the formula have a ½?",
            is_factor=True),
    Mistake("doubled", edit("return loss", "return loss * 2"), "there is a factor 2 too much", "Does the formula have "
            "a 2?", is_factor=True),
]  # fmt: skip

VARIANTS = [
    Variant("one logarithm", edit(BOTH, "-np.log(np.where(y == 1, f, 1 - f))")),
    Variant("brackets", edit(BOTH, "-(y * np.log(f) + (1 - y) * np.log(1 - f))")),
    Variant("a little added", edit(CLIP, "pass", BOTH, "-y * np.log(f + EPS) - (1 - y) * np.log(1 - f + EPS)")),
    Variant("log1p", edit("np.log(1 - f)", "np.log1p(-f)")),
    Variant("a loop", code('''
import math

import numpy as np


def bce(f, y):
    loss = np.zeros(len(f))
    for i in range(len(f)):
        p = min(max(f[i], 1e-7), 1 - 1e-7)
        if y[i] == 1:
            loss[i] = -math.log(p)
        else:
            loss[i] = -math.log(1 - p)
    return loss
''')),
]  # fmt: skip
