"""The mean squared error of a sigmoid layer, and its slope before the sigmoid."""

import numpy as np

from autograd_lite.course.authoring import Consistency, Mistake, Script, Variant, code, edit

DEFINES = ("mse",)
AFTER = (11, 13)


def probes(rng):
    for m, k in ((2, 1), (7, 3), (5, 2), (3, 3), (1, 7)):
        z, y = rng.normal(size=(m, k)), (rng.random((m, k)) < 0.5).astype(float)
        y[0, 0], z[0, 0] = 0.0, 1.0
        y[-1, -1], z[-1, -1] = 1.0, 0.5 + rng.random()
        f = 1 / (1 + np.exp(-z))
        sizes = {name: size for name, size in (("m", m), ("k", k)) if size > 2}
        yield Script(
            "", "mse(f, y)", f=f, y=y, parts=("J", "∂J/∂z"), sizes=sizes, says=f"f and y are {m}×{k}",
        )  # fmt: skip


CONSISTENCY = [
    Consistency(value="mse(f, y)[0]", slope="mse(f, y)[1] / (f * (1 - f))", by="f", value_says="J", slope_says="∂J/∂z"),
]

CHAIN = "∂J/∂z = ∂J/∂f · ∂f/∂z: what is each of the two?"
MEAN = "J is a mean: of how many squares?"
SQUARE = "What is the slope of (f − y)² with respect to f?"
SIGMOID = "What is the slope of the sigmoid at the place where it has the value f?"

J, DF, DZ = "np.mean((f - y) ** 2)", "2 * (f - y) / f.size", "dJ_df * f * (1 - f)"

MISTAKES = [
    Mistake("sigmoid's slope missing", edit(DZ, "dJ_df"), "the slope of the sigmoid is left out, and ∂J/∂f is returned",
            CHAIN, is_factor=True),
    Mistake("cross-entropy's slope", edit(DZ, "(f - y) / f.size"), "∂J/∂z is that of cross-entropy, (f − y)/(m·k)",
            "For MSE, f (1 − f) does not cancel."),
    Mistake("2 missing", edit("2 * (f - y)", "(f - y)"), "the 2 of the square is missing in the slope", SQUARE,
            is_factor=True),
    Mistake("half in J", edit(J, J + " / 2"), "J has ½ in front of the mean, and its slope has not", "Here J is the "
            "mean of the squares, without ½.", is_factor=True),
    Mistake("half in both", edit(J, J + " / 2", "2 * (f - y)", "(f - y)"), "½ stands in front of the squares: many "
            "books write it so, and the slope fits to it", "Here J is the mean of the squares, without ½."),
    Mistake("J summed over units", edit(J, "np.mean(np.sum((f - y) ** 2, axis=1))"), "J is summed over the k units "
            "and is a mean over the examples alone", MEAN, is_factor=True),
    Mistake("both summed over units", edit(J, "np.mean(np.sum((f - y) ** 2, axis=1))", "/ f.size", "/ len(f)"), "J is "
            "summed over the units and divided by m alone; the slope fits to it", MEAN),
    Mistake("slope divided by m alone", edit("/ f.size", "/ len(f)"), "the slope is divided by m, and not by m·k", MEAN,
            is_factor=True),
    Mistake("J divided by k alone", edit(J, "np.sum((f - y) ** 2) / f.shape[1]"), "J is divided by the number of units "
            "alone", MEAN, is_factor=True),
    Mistake("slope divided by k alone", edit("/ f.size", "/ f.shape[1]"), "the slope is divided by the number of units "
            "alone", MEAN, is_factor=True),
    Mistake("both divided by k alone", edit(J, "np.sum((f - y) ** 2) / f.shape[1]", "/ f.size", "/ f.shape[1]"),
            "the sum of the squares is divided by the number of units alone", MEAN),
    Mistake("J summed", edit(J, "np.sum((f - y) ** 2)"), "J is the sum of the squares, and not their mean", MEAN,
            is_factor=True),
    Mistake("slope not divided", edit(" / f.size", ""), "the slope is not divided by m·k", MEAN, is_factor=True),
    Mistake("both summed", edit(J, "np.sum((f - y) ** 2)", " / f.size", ""), "all squares are summed, and not "
            "averaged; the slope fits to it", MEAN),
    Mistake("slope divided twice", edit("/ f.size", "/ f.size ** 2"), "the slope is divided by m·k twice", MEAN),
    Mistake("y - f", edit("2 * (f - y)", "2 * (y - f)"), "the slope has y − f where f − y belongs, or f (f − 1) where "
            "f (1 − f) does", "Does J grow or fall when f grows beyond y?", is_factor=True),
    Mistake("absolute value", edit(J, "np.mean(np.abs(f - y))"), "J is the mean of |f − y|", SQUARE, is_factor=True),
    Mistake("absolute value in both", edit(J, "np.mean(np.abs(f - y))", "2 * (f - y)", "np.sign(f - y)"),
            "the absolute value takes the place of the square, in J and in its slope", SQUARE),
    Mistake("sign in the slope", edit("2 * (f - y)", "2 * np.sign(f - y)"), "the slope has only the sign of f − y",
            SQUARE),
    Mistake("absolute error in the slope", edit("2 * (f - y)", "2 * np.abs(f - y)"), "the slope has |f − y|: its sign "
            "is lost", SQUARE),
    Mistake("square in the slope", edit("2 * (f - y)", "2 * (f - y) ** 2"), "the slope still has the square: 2 (f − "
            "y)²", SQUARE),
    Mistake("root", edit(J, f"np.sqrt({J})"), "J is the root of the mean square", "MSE has no root.", is_factor=True),
    Mistake("root in both", edit(J, f"np.sqrt({J})", DF, "(f - y) / f.size / J"), "J is the root of the mean square, "
            "and the slope is that of the root", "MSE has no root."),
    Mistake("squared mean", edit(J, "np.mean(f - y) ** 2"), "the mean is taken first, and then squared: errors of both "
            "signs cancel", "Which comes first, the square or the mean?"),
    Mistake("mean not squared", edit(J, "np.mean(f - y)"), "J is the mean of f − y, without the square", SQUARE),
    Mistake("difference of squares", edit(J, "np.mean(f ** 2 - y ** 2)"), "J has f² − y² where (f − y)² belongs",
            "Where does the bracket close?"),
    Mistake("minus J", edit(J, f"-{J}"), "J has a minus in front", "Can a square be negative?", is_factor=True),
    Mistake("cross-entropy", edit(J, "-np.mean(y * np.log(f) + (1 - y) * np.log(1 - f))"), "J is the cross-entropy",
            "MSE has squares, and no logarithm."),
    Mistake("cross-entropy in both", edit(J, "-np.mean(y * np.log(f) + (1 - y) * np.log(1 - f))", DZ,
            "(f - y) / f.size"), "J and its slope are those of cross-entropy", "MSE has squares, and no logarithm."),
    Mistake("f only", edit("f * (1 - f)", "f"), "the slope of the sigmoid is taken to be f", SIGMOID),
    Mistake("1 - f only", edit("f * (1 - f)", "(1 - f)"), "the slope of the sigmoid is taken to be 1 − f", SIGMOID),
    Mistake("f (1 + f)", edit("(1 - f)", "(1 + f)"), "the slope of the sigmoid is taken to be f (1 + f)", SIGMOID),
    Mistake("f - f² of the labels", edit("dJ_df * f * (1 - f)", "dJ_df * y * (1 - y)"), "the slope of the sigmoid is "
            "taken at the labels: y (1 − y) is 0 for 0 and for 1", SIGMOID),
    Mistake("tanh's slope", edit("f * (1 - f)", "(1 - f ** 2)"), "the slope is that of tanh, 1 − f²", SIGMOID),
    Mistake("sigmoid again", edit("dJ_df * f * (1 - f)", "dJ_df / (1 + np.exp(-f)) / (1 + np.exp(f))"),
            "f goes through the sigmoid once more before its slope is taken: f is σ(z) already", SIGMOID),
    Mistake("slope twice", edit(DZ, "dJ_df * (f * (1 - f)) ** 2"), "f (1 − f) is multiplied in twice", SIGMOID),
    Mistake("slope divided by", edit(DZ, "dJ_df / (f * (1 - f))"), "it is divided by f (1 − f), and not multiplied",
            CHAIN),
    Mistake("mean error for all", edit("2 * (f - y) / f.size", "2 * np.mean(f - y) / f.size"), "the slope has the "
            "mean of f − y in every entry", "Each entry of f has an error of its own."),
    Mistake("summed over examples", edit("return J, dJ_dz", "return J, dJ_dz.sum(axis=0)"), "the slope is summed over "
            "the examples: ∂J/∂z has an entry for every entry of z", "Which shape has z?"),
    Mistake("one loss per example", edit(J, "np.mean((f - y) ** 2, axis=1)"), "J has an entry for every example: the "
            "mean over the examples is missing", MEAN),
    Mistake("one loss per entry", edit(J, "(f - y) ** 2"), "J has an entry for every output: the mean is missing",
            MEAN),
    Mistake("last example", edit(J, "np.mean((f[-1] - y[-1]) ** 2)"), "J is that of the last example alone",
            "J = … or J += …?"),
    Mistake("m - 1", edit(J, "np.sum((f - y) ** 2) / max(f.size - 1, 1)"), "the sum of the squares is divided by m·k "
            "− 1", MEAN),
]  # fmt: skip

VARIANTS = [
    Variant("loops", code('''
import numpy as np


def mse(f, y):
    m, k = f.shape
    J = 0.0
    slope = np.zeros((m, k))
    for i in range(m):
        for j in range(k):
            e = f[i, j] - y[i, j]
            J += e * e
            slope[i, j] = f[i, j] * (1 - f[i, j]) * 2 * e
    return J / (m * k), slope / m / k
''')),
    Variant("a mean of means", code('''
import numpy as np


def mse(f, y):
    e = y - f
    return np.mean(np.mean(e**2, axis=1)), -2 * e * (f - f**2) / np.prod(f.shape)
''')),
]  # fmt: skip
