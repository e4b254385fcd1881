"""The first weights of a layer: judged by statistics, because random numbers may be drawn in many right ways."""

import numpy as np

from autograd_lite.course.authoring import Finding, Mistake, Script, Variant, code, edit

DEFINES = ("init",)
AFTER = (21,)
SEEDS = 3

MAKE = "import numpy as np\n\nrng = np.random.default_rng(seed)\nW, b = init(n_in, n_out, rng)"


def probes(rng):
    for n_in, n_out in ((2, 3), (3, 3), (64, 25)):
        yield Script(
            MAKE, "(None if W is None else W * 0, b)", n_in=n_in, n_out=n_out, seed=int(rng.integers(1000)),
            parts=("W · 0", "b"), sizes={"n_in": n_in, "n_out": n_out},
            says=f"the shapes for {n_in} inputs and {n_out} units, and the biases",
        )  # fmt: skip


DRAWN = "From which generator are the numbers drawn, and who has made it?"
LIMIT = "limit = √(6 / (n_in + n_out)): which numbers are under the root, and what is limit the limit of?"
SIDES = "From −limit to +limit: both signs."
SHAPE = "A row of W for each input, a column for each unit; a bias for each unit."
EQUAL = "What would make two units of the layer ever differ?"

LINE, LIMIT_LINE = "rng.uniform(-limit, limit, size=(n_in, n_out))", "np.sqrt(6 / (n_in + n_out))"


def scale(name, formula, std, says, look=LIMIT):
    """A wrong limit of a uniform distribution: its standard deviation is limit/√3."""
    SIGNATURES[name] = ("uniform", lambda a, b: std(a, b) / 3**0.5)
    return Mistake(name, edit(LIMIT_LINE, formula), says, look)


def normal(name, formula, std, says, look="Glorot's uniform rule draws between two bounds."):
    SIGNATURES[name] = ("normal", std)
    return Mistake(name, edit(LINE, f"{formula} * rng.normal(size=(n_in, n_out))"), says, look)


def one_sided(name, high, top, says):
    SIGNATURES[name] = ("one-sided", lambda a, b: top(a, b) / 12**0.5)
    return Mistake(name, edit(LINE, f"rng.uniform(0, {high}, size=(n_in, n_out))"), says, SIDES)


SIGNATURES = {}
"""By the name of a mistake: how the numbers are distributed, and their standard deviation for a inputs and b units."""

MISTAKES = [
    Mistake("zeros", edit(LINE, "np.zeros((n_in, n_out))"), "all weights begin at 0", EQUAL),
    Mistake("constant", edit(LINE, "np.full((n_in, n_out), limit)"), "all weights begin at the same number", EQUAL),
    Mistake("equal units", edit(LINE, "rng.uniform(-limit, limit, size=(n_in, 1)) + np.zeros((n_in, n_out))"),
            "every unit gets the same weights: the columns of W are equal", EQUAL),
    Mistake("equal inputs", edit(LINE, "rng.uniform(-limit, limit, size=n_out) + np.zeros((n_in, n_out))"),
            "every input gets the same weights: the rows of W are equal", "How many numbers are drawn, and how many "
            "are needed?"),
    Mistake("fixed seed", edit("    W =", "    rng = np.random.default_rng(0)\n    W ="), "the function makes a "
            "generator of its own with a fixed seed: then all layers begin with the same numbers", DRAWN),
    Mistake("global generator", edit(LINE, "np.random.uniform(-limit, limit, size=(n_in, n_out))"), "the numbers come "
            "from np.random, which all programs share, or from a new generator without a seed", DRAWN),
    scale("He", "np.sqrt(6 / n_in)", lambda a, b: (6 / a) ** 0.5, "the limit is √(6/n_in): He's rule, made for relu"),
    scale("LeCun", "np.sqrt(3 / n_in)", lambda a, b: (3 / a) ** 0.5, "the limit is √(3/n_in): LeCun's rule"),
    scale("1/√n_in", "np.sqrt(1 / n_in)", lambda a, b: (1 / a) ** 0.5, "the limit is 1/√n_in"),
    scale("units alone", "np.sqrt(6 / n_out)", lambda a, b: (6 / b) ** 0.5, "the limit is √(6/n_out): the inputs do "
            "not count"),
    scale("3 for 6", "np.sqrt(3 / (n_in + n_out))", lambda a, b: (3 / (a + b)) ** 0.5, "3 stands where 6 belongs"),
    scale("standard deviation as limit", "np.sqrt(2 / (n_in + n_out))", lambda a, b: (2 / (a + b)) ** 0.5,
            "the standard deviation √(2/(n_in + n_out)) is taken for the limit"),
    scale("12 for 6", "np.sqrt(12 / (n_in + n_out))", lambda a, b: (12 / (a + b)) ** 0.5, "the limit is √2 times too "
            "large: the mean of n_in and n_out is taken, or 12 stands where 6 belongs"),
    scale("no root", "6 / (n_in + n_out)", lambda a, b: 6 / (a + b), "the root is left out"),
    scale("root of 6 alone", "np.sqrt(6) / (n_in + n_out)", lambda a, b: 6**0.5 / (a + b), "the root is taken of 6 "
            "alone"),
    scale("brackets", "np.sqrt(6 / n_in + n_out)", lambda a, b: (6 / a + b) ** 0.5, "the brackets around n_in + n_out "
            "are missing: 6 is divided by n_in alone"),
    scale("product", "np.sqrt(6 / (n_in * n_out))", lambda a, b: (6 / (a * b)) ** 0.5, "n_in and n_out are "
            "multiplied, and not added"),
    scale("upside down", "np.sqrt((n_in + n_out) / 6)", lambda a, b: ((a + b) / 6) ** 0.5, "the fraction stands on its "
          "head"),
    scale("half the width", "np.sqrt(6 / (n_in + n_out)) / 2", lambda a, b: (6 / (a + b)) ** 0.5 / 2, "the numbers "
            "reach from −limit/2 to limit/2: the whole width is limit, and not 2·limit"),
    scale("between -1 and 1", "1.0", lambda a, b: 1.0, "the numbers lie between −1 and 1 whatever the layer"),
    scale("one fixed limit", "np.sqrt(6 / (64 + 25))", lambda a, b: (6 / 89) ** 0.5, "the limit is that of a layer of "
            "64 inputs and 25 units whatever the layer"),
    scale("0.05", "0.05", lambda a, b: 0.05, "the limit is 0.05 whatever the layer"),
    scale("0.01", "0.01", lambda a, b: 0.01, "the limit is 0.01 whatever the layer"),
    scale("1/n_in", "1 / n_in", lambda a, b: 1 / a, "the limit is 1/n_in"),
    normal("normal, 1", "1.0", lambda a, b: 1.0, "the numbers are drawn from the standard normal distribution"),
    normal("normal, 0.01", "0.01", lambda a, b: 0.01, "the numbers are drawn from a normal distribution of width 0.01"),
    normal("normal, 0.1", "0.1", lambda a, b: 0.1, "the numbers are drawn from a normal distribution of width 0.1"),
    normal("Glorot normal", "np.sqrt(2 / (n_in + n_out))", lambda a, b: (2 / (a + b)) ** 0.5, "the numbers have "
            "Glorot's variance, and are drawn from a normal distribution and not a uniform one"),
    normal("limit as width", "limit", lambda a, b: (6 / (a + b)) ** 0.5, "the limit is taken for the standard "
            "deviation of a normal distribution"),
    normal("He normal", "np.sqrt(2 / n_in)", lambda a, b: (2 / a) ** 0.5, "the numbers are drawn by He's rule for "
            "normal numbers, of width √(2/n_in)"),
    normal("LeCun normal", "np.sqrt(1 / n_in)", lambda a, b: (1 / a) ** 0.5, "the numbers are drawn from a normal "
           "distribution of width 1/√n_in"),
    normal("normal, 1/√n_out", "np.sqrt(1 / n_out)", lambda a, b: (1 / b) ** 0.5, "the numbers are drawn from a normal "
           "distribution of width 1/√n_out"),
    normal("normal, 1/n_in", "1 / n_in", lambda a, b: 1 / a, "the numbers are drawn from a normal distribution of "
            "width 1/n_in"),
    normal("variance as width", "2 / (n_in + n_out)", lambda a, b: 2 / (a + b), "the variance 2/(n_in + n_out) is "
            "given to a normal distribution as its width: its root is missing"),
    one_sided("between 0 and 1", "1", lambda a, b: 1.0, "the numbers lie between 0 and 1: that is what rng.random() "
            "gives"),
    one_sided("between 0 and limit", "limit", lambda a, b: (6 / (a + b)) ** 0.5, "the numbers lie between 0 and the "
            "limit: none is negative"),
    one_sided("between 0 and 2 limit", "2 * limit", lambda a, b: 2 * (6 / (a + b)) ** 0.5, "the numbers lie between 0 "
            "and 2·limit: they are not moved to both sides of 0"),
    Mistake("W transposed", edit("size=(n_in, n_out)", "size=(n_out, n_in)"), "W has a row for each unit and a column "
            "for each input", SHAPE),
    Mistake("W is a vector", edit("size=(n_in, n_out)", "size=n_in * n_out"), "all weights lie in one vector", SHAPE),
    Mistake("one unit", edit("size=(n_in, n_out)", "size=n_in"), "weights are drawn for one unit alone", SHAPE),
    Mistake("biases for inputs", edit("np.zeros(n_out)", "np.zeros(n_in)"), "there is a bias for each input, and not "
            "for each unit", SHAPE),
    Mistake("biases as a row", edit("np.zeros(n_out)", "np.zeros((1, n_out))"), "b has two axes, (1, n_out)", SHAPE),
    Mistake("biases as a column", edit("np.zeros(n_out)", "np.zeros((n_out, 1))"), "b has two axes, (n_out, 1)", SHAPE),
    Mistake("one bias", edit("np.zeros(n_out)", "0.0"), "b is one number", SHAPE),
    Mistake("biases 1", edit("np.zeros(n_out)", "np.ones(n_out)"), "the biases begin at 1", "Where may biases begin?"),
    Mistake("random biases", edit("np.zeros(n_out)", "rng.uniform(-limit, limit, size=n_out)"), "the biases are drawn "
            "as the weights are", "Where may biases begin?"),
]  # fmt: skip

VARIANTS = [
    Variant("stretched", edit(LINE, "(2 * rng.random((n_in, n_out)) - 1) * limit")),
    Variant("a unit at a time", edit(LINE, "np.column_stack([rng.uniform(-limit, limit, n_in) for _ in "
        "range(n_out)])")),
    Variant("loops", code('''
import numpy as np


def init(n_in, n_out, rng):
    W = np.empty((n_in, n_out))
    half = (6 / (n_in + n_out)) ** 0.5
    for i in range(n_in):
        for j in range(n_out):
            W[i, j] = rng.uniform(-half, half)
    return W, np.zeros((n_out,))
''')),
]  # fmt: skip

N_IN, N_OUT = 311, 127
"""So many that the standard deviation is known to 0.3 %, and all rules differ by more."""


def judge(ask, rng):
    seed = int(rng.integers(1_000_000))
    drawn = "W2, _ = init(n_in, n_out, rng)\nW3, _ = init(n_in, n_out, np.random.default_rng(seed))"
    probe = Script(f"{MAKE}\n{drawn}", "(W, W2, W3)", seed=seed, n_in=N_IN, n_out=N_OUT)
    W, second, again = map(np.asarray, ask(probe))
    for look in (units_differ, layers_differ, can_be_repeated, is_centred, has_the_size, is_uniform):
        finding = look(W, second, again)
        yield finding
        if not finding.passed:
            return


def units_differ(W, *_):
    name, says = "", ""
    if np.ptp(W) == 0:
        name = "constant" if W[0, 0] else "zeros"
        says = f"All {W.size} weights of a layer are {W[0, 0]:.4g}."
    elif not np.any(W - W[:, :1]):
        name, says = "equal units", f"All {W.shape[1]} columns of W are equal: the units cannot ever differ."
    elif not np.any(W - W[:1]):
        name, says = "equal inputs", f"All {W.shape[0]} rows of W are equal."
    elif (rank := np.linalg.matrix_rank(corner := W[:31, :31])) < len(corner):
        says = f"The first 31 rows and columns of W have the rank {rank}: numbers are used more than once."
    return Finding(not says, "the units begin differently", says, EQUAL, name)


def layers_differ(W, second, again):
    says = "Two layers of the same size, drawn one after the other, begin with the same numbers."
    return Finding(bool(np.any(second != W)), "two layers begin differently", says, DRAWN, "fixed seed")


def can_be_repeated(W, second, again):
    says = "The same seed does not give the same weights again."
    return Finding(bool(np.all(again == W)), "the same seed gives the same weights", says, DRAWN, "global generator")


def is_centred(W, *_):
    mean, std = float(np.mean(W)), float(np.std(W))
    if abs(mean) < 6 * std / np.sqrt(W.size):
        return Finding(True, "the mean of the weights is 0")
    says = f"The mean of the weights is {mean:.4g}, and {np.mean(W < 0):.0%} of them are negative."
    return Finding(False, "the mean of the weights is 0", says, SIDES, nearest("one-sided", W) if W.min() >= 0 else "")


def has_the_size(W, *_):
    right, std = np.sqrt(2 / (N_IN + N_OUT)), float(np.std(W))
    check = "the weights have the right size"
    if abs(std / right - 1) < 0.015:
        return Finding(True, check)
    says = (
        f"For {N_IN} inputs and {N_OUT} units, the standard deviation of your weights is {std:.4g}, and the largest is "
        f"{np.max(np.abs(W)):.4g}: that is too {'large' if std > right else 'small'}."
    )
    return Finding(False, check, says, LIMIT, nearest(shape_of(W), W))


def is_uniform(W, *_):
    check = "the weights are drawn uniformly"
    if shape_of(W) == "uniform":
        return Finding(True, check)
    limit = np.sqrt(6 / (N_IN + N_OUT))
    size = np.abs(W)
    beyond = f"{np.mean(size > limit):.1%} of your weights lie beyond the limit"
    says = f"The size is right, but {beyond}: the largest is {size.max():.4g}."
    return Finding(False, check, says, LIMIT, nearest("normal", W) if shape_of(W) == "normal" else "")


def shape_of(W):
    """Of the distribution, by its fourth moment: 1.8 if it is uniform, 3 if it is normal."""
    squares = (W - W.mean()) ** 2
    fourth = float(np.mean(squares * squares) / np.mean(squares) ** 2)
    return "uniform" if abs(fourth - 1.8) < 0.05 else "normal" if abs(fourth - 3) < 0.2 else "other"


def nearest(kind, W):
    """The mistake whose numbers are distributed as these are; empty if there is none."""
    std = float(np.std(W))
    errors = {name: abs(std / of(N_IN, N_OUT) - 1) for name, (how, of) in SIGNATURES.items() if how == kind}
    best = min(errors, key=errors.get, default="")
    return best if best and errors[best] < 0.015 else ""
