"""A gradient compared with central differences."""

import numpy as np

from autograd_lite.course.authoring import Mistake, Script, Variant, code, edit

DEFINES = ("gradcheck",)
AFTER = (1,)

BY_HAND = "def f(x):\n    return x[0] ** 2 + x[0] * x[1]"
CUBES = "def f(x):\n    return (c * x**3).sum() + x.flat[0] * x.flat[1] * x.flat[-1]"
SCALED = "def f(x):\n    return 0.001 * (c * x**3).sum()"
SQUARES = "def f(x):\n    return (c * x * x).sum()"


def slopes(x, c):
    """Of CUBES."""
    grad = 3 * c * x**2
    for place, others in ((0, (1, -1)), (1, (0, -1)), (x.size - 1, (0, 1))):
        grad.flat[place] += x.flat[others[0]] * x.flat[others[1]]
    return grad


PARTS = "the worst error", "how far x has moved, in steps of h"


def probes(rng):
    def ask(setup, says, x, grad, h=1e-3, **more):
        # Of the error 6 decimals are compared: what is left of the rounding in a right gradient is not.
        setup = f"{setup}\n\n\nX = x.copy()\nworst = gradcheck(f, X, grad, h)\nmoved = float(abs(X - x).max()) / h"
        returns = "worst if worst is None or getattr(worst, 'shape', ()) else (round(float(worst), 6), round(moved, 6))"
        return Script(setup, returns, says, parts=PARTS, x=x, grad=grad, h=h, **more)

    def drawn(*shape):
        return rng.uniform(0.7, 2.0, shape) * rng.choice((-1, 1), shape), rng.uniform(0.5, 1.5, shape)

    def wrong(grad, place, factor):
        planted = grad.copy()
        planted.flat[place] *= factor
        return planted

    hand = np.array([2.0, 3.0]), np.array([7.7, 2.0])
    yield ask(BY_HAND, "f(x) = x₁² + x₁x₂ at (2, 3), and a gradient whose first entry is 10% too large", *hand)
    x, c = drawn(20, 20)
    yield ask(SQUARES, "400 entries, of which one is 1% too large", x, wrong(2 * c * x, 217, 1.01), c=c)
    x, c = drawn(3, 5)
    grad = slopes(x, c)
    yield ask(CUBES, "a right gradient, 3×5", x, grad, 1e-5, c=c)
    yield ask(CUBES, "a right gradient and a large step, h = 0.1", x, grad, 0.1, c=c)
    yield ask(CUBES, "one entry with the wrong sign", x, wrong(grad, 7, -1), c=c)
    yield ask(CUBES, "one entry 20% too small, another one 5% too large", x, wrong(wrong(grad, 4, 1.05), 14, 0.8), c=c)
    yield ask(SCALED, "small slopes, of which one is 10% too large", x, wrong(0.003 * c * x**2, 8, 1.1), c=c)
    x, c = x.copy(), c * (np.arange(3) != 1)[:, None]
    x.flat[12] = -1.2
    yield ask(SQUARES, "slopes of which some are 0, and one is half as large as it should be", x,
              wrong(2 * c * x, 12, 0.5), c=c)  # fmt: skip
    yield ask(SQUARES, "a single entry, with the wrong sign", np.array([1.5]), np.array([-3.6]), c=np.array([1.2]))
    for name, place in (("first", 0), ("last", -1)):
        x, c = drawn(6)
        c[place] = 0.0
        says = f"f does not depend on the {name} entry; another slope is 10% too large"
        yield ask(SQUARES, says, x, wrong(2 * c * x, 3, 1.1), c=c)
    whole = np.array([2, -3, 1, 4])
    c = rng.uniform(0.5, 1.5, 4)
    yield ask(SQUARES, "x of whole numbers, one slope 10% too large", whole, wrong(2 * c * whole, 2, 1.1), c=c)


NUMERIC = "numeric[place] = (above - below) / (2 * h)"
UP, DOWN, AGAIN = "x[place] = kept + h", "x[place] = kept - h", "        x[place] = kept\n"
BIG = "np.maximum(1e-8, np.abs(grad) + np.abs(numeric))"
ERROR = f"np.abs(grad - numeric) / {BIG}"
LOOP = "for place in np.ndindex(x.shape):"
COPY = "x = np.array(x, dtype=float)"

ONE = "One wrong entry among 400: how large is your answer?"
FORMULA = "relative error = |a − n| / max(10⁻⁸, |a| + |n|)"
RUN = "How far is it from x − h to x + h?"
EACH = "Which entries of x differ between the two calls of f?"
TURNS = "How many entries has x, and how many turns has the loop?"
BACK = "What is x when you go on to the next entry?"

MISTAKES = [
    Mistake("the last entry left out", edit(LOOP, "for place in list(np.ndindex(x.shape))[:-1]:"), "the loop ends "
            "before the last entry: it is never moved, and its n is 0", TURNS),
    Mistake("the first entry left out", edit(LOOP, "for place in list(np.ndindex(x.shape))[1:]:"), "the loop begins "
            "after the first entry: it is never moved, and its n is 0", TURNS),
    Mistake("mean", edit("np.max(error)", "np.mean(error)"), "the mean error is taken and not the worst: one wrong "
            "entry hides among many right ones", ONE, is_factor=True),
    Mistake("sum", edit("np.max(error)", "np.sum(error)"), "the errors are added up: the answer should be the worst "
            "of them", ONE, is_factor=True),
    Mistake("min", edit("np.max(error)", "np.min(error)"), "the smallest error is taken and not the worst", ONE,
            is_factor=True),
    Mistake("median", edit("np.max(error)", "np.median(error)"), "the median of the errors is taken: half of them may "
            "be as large as they like", ONE, is_factor=True),
    Mistake("root of the mean square", edit("np.max(error)", "np.sqrt(np.mean(error**2))"), "the root of the mean "
            "square is taken and not the worst error", ONE, is_factor=True),
    Mistake("last entry", edit("np.max(error)", "error.flat[-1]"), "only the error of the last entry is returned", ONE,
            is_factor=True),
    Mistake("first entry", edit("np.max(error)", "error.flat[0]"), "only the error of the first entry is returned",
            ONE, is_factor=True),
    Mistake("all the errors", edit("np.max(error)", "error"), "all the errors are returned, and not the worst of them",
            "Which one number is asked for?"),
    Mistake("absolute", edit(ERROR, "np.abs(grad - numeric)"), "the error is |a − n| itself: it is not divided by the "
            "size of the slopes, so small slopes are never wrong", FORMULA, is_factor=True),
    Mistake("the larger one below", edit(BIG, "np.maximum(1e-8, np.maximum(np.abs(grad), np.abs(numeric)))"), "the "
            "error is divided by the larger one of |a| and |n| and not by their sum", FORMULA, is_factor=True),
    Mistake("|a| below", edit(BIG, "np.maximum(1e-8, np.abs(grad))"), "the error is divided by |a| alone", FORMULA,
            is_factor=True),
    Mistake("|n| below", edit(BIG, "np.maximum(1e-8, np.abs(numeric))"), "the error is divided by |n| alone", FORMULA,
            is_factor=True),
    Mistake("mean below", edit(BIG, "np.maximum(1e-8, (np.abs(grad) + np.abs(numeric)) / 2)"), "the error is divided "
            "by the mean of |a| and |n| and not by their sum", FORMULA, is_factor=True),
    Mistake("|a + n| below", edit(BIG, "np.maximum(1e-8, np.abs(grad + numeric))"), "the error is divided by |a + n|: "
            "where the signs are opposite that is small", FORMULA, is_factor=True),
    Mistake("no |…| below", edit(BIG, "np.maximum(1e-8, grad + numeric)"), "the error is divided by a + n without "
            "|…|, and where that is negative by 10⁻⁸", FORMULA, is_factor=True),
    Mistake("no |…| above", edit("np.abs(grad - numeric)", "(grad - numeric)"), "the difference a − n keeps its sign: "
            "an entry that is too small has a negative error, and never is the worst", FORMULA, is_factor=True),
    Mistake("|a| − |n|", edit("np.abs(grad - numeric)", "np.abs(np.abs(grad) - np.abs(numeric))"), "the sizes |a| and "
            "|n| are compared: a wrong sign is not seen", FORMULA, is_factor=True),
    Mistake("brackets", edit("np.abs(grad) + np.abs(numeric)", "np.abs(grad) + np.abs(grad - numeric)"),
            "the error is divided by |a| + |a − n|", FORMULA, is_factor=True),
    Mistake("squared", edit(ERROR, f"({ERROR}) ** 2"), "the relative error is squared", FORMULA, is_factor=True),
    Mistake("norms",
            edit("np.max(error)",
                 "np.sqrt(((grad - numeric) ** 2).sum()) / (np.sqrt((grad**2).sum()) + np.sqrt((numeric**2).sum()))"),
            "the lengths of whole vectors are compared, ‖a − n‖ / (‖a‖ + ‖n‖), and not the entries one by one", ONE),
    Mistake("0 / 0", edit(BIG, "(np.abs(grad) + np.abs(numeric))"), "the 10⁻⁸ is missing: where both slopes are 0, 0 "
            "is divided by 0", FORMULA),
    Mistake("not put back",
            edit(COPY, "numbers = x.dtype.kind == 'i'\n    x = x.astype(float) if numbers else x", AGAIN, ""), "an "
            "entry is not put back before the next one is moved: x stays changed", BACK),
    Mistake("a copy not put back", edit(AGAIN, ""), "an entry is not put back before the next one is moved: f is "
            "asked with several entries moved, though in a copy of x", BACK),
    Mistake("a copy is moved",
            edit(COPY, "x, asked = np.array(x, dtype=float), np.array(x, dtype=float)", "f(x)", "f(asked)"), "a copy "
            "of x is moved, and f is asked with x itself: nothing ever changes, and n is 0", EACH),
    Mistake("whole numbers", edit(COPY, "x = x.copy()"), "x stays an array of whole numbers where it is one: x + h is "
            "cut off, and f does not change", "What does np.array([1, 2])[0] = 1.001 leave behind?"),
    Mistake("whole numbers in n", edit("numeric = np.zeros_like(x)", "numeric = np.zeros(x.shape, dtype=int)"), "the "
            "numerical gradient is kept in an array of whole numbers, which cuts off its decimals",
            "Which dtype has your array of zeros?"),
    Mistake("forward difference", edit(DOWN, "x[place] = kept", "(2 * h)", "h"), "each entry is only moved up: a "
            "forward difference, which is off by about h", RUN, is_factor=True),
    Mistake("backward difference", edit(UP, "x[place] = kept", "(2 * h)", "h"), "each entry is only moved down: a "
            "backward difference, which is off by about h", RUN, is_factor=True),
    Mistake("divided by h", edit("(2 * h)", "h"), "the difference over two steps is divided by one step h", RUN,
            is_factor=True),
    Mistake("times h", edit("(2 * h)", "2 * h"), "the difference is divided by 2 and then multiplied by h",
            "In Python a / b * c is (a / b) · c.", is_factor=True),
    Mistake("not divided", edit(" / (2 * h)", ""), "the difference is not divided by 2h", RUN, is_factor=True),
    Mistake("order", edit("(above - below)", "(below - above)"),
            "the two values of f have changed places, below minus above; or a and n are added and not subtracted",
            "Which one is larger where f rises?", is_factor=True),
    Mistake("only up, over 2h", edit(DOWN, "x[place] = kept"), "each entry is moved up and put back, but not moved "
            "down, and the difference is divided by 2h all the same", RUN, is_factor=True),
    Mistake("only down, over 2h", edit(UP, "x[place] = kept"), "each entry is only moved down, and the difference is "
            "divided by 2h all the same", RUN, is_factor=True),
    Mistake("a row at a time", edit(LOOP, "for place in range(len(x)):", "kept = x[place]", "kept = x[place].copy()"),
            "the loop goes through the rows of x and moves all entries of a row at once", EACH),
    Mistake("all at once", edit(UP, "x += h", DOWN, "x -= 2 * h", AGAIN, "        x += h\n"),
            "all the entries of x are moved at once", EACH),
    Mistake("a step of its own", edit(COPY, COPY + "\n    h = 1e-6"), "the step is not the h that is given, but a "
            "very small one of its own", "Is h set again in your function?"),
    Mistake("relative step",
            edit(COPY, COPY + "\n    H = h", "kept = x[place]",
                 "kept = x[place]\n        h = H * abs(kept)"), "the step grows with the entry, h·|x|: the "
            "same h is asked for everywhere", "Is h set again in your function?"),
]  # fmt: skip

VARIANTS = [
    Variant("number by number", code("""
import numpy as np


def gradcheck(f, x, grad, h):
    worst = 0.0
    for j in range(x.size):
        up, down = x.astype(float), x.astype(float)
        up.flat[j] += h
        down.flat[j] -= h
        n, a = (f(up) - f(down)) / (2 * h), grad.flat[j]
        worst = max(worst, abs(a - n) / max(1e-8, abs(a) + abs(n)))
    return worst
""")),
    Variant("10⁻⁸ added", edit(BIG, "(np.abs(grad) + np.abs(numeric) + 1e-12)")),
    Variant("moved and put back in place", edit(
        COPY, "whole = x.dtype.kind == 'i'\n    x = x.astype(float) if whole else x", UP, "x[place] += h",
        DOWN, "x[place] -= 2 * h", AGAIN, "        x[place] += h\n",
    )),
    Variant("with nditer", edit(LOOP, "for place, _ in np.ndenumerate(x):", "np.max(error)", "float(error.max())")),
]  # fmt: skip
