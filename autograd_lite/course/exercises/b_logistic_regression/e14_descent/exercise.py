"""Gradient descent."""

from autograd_lite.course.authoring import Mistake, Script, Variant, code, edit

DEFINES = ("fit",)
AFTER = (12, 13)

FIT = """
import numpy
found = fit(X, y, w, b, alpha, epochs)
if isinstance(found, (tuple, list)) and len(found) == 3 and isinstance(found[2], (list, tuple)):
    found = (found[0], found[1], numpy.array(found[2], float))
"""


def probes(rng):
    for m, n, alpha, epochs in ((3, 2, 2.0, 1), (7, 3, 2.0, 5), (11, 5, 1.7, 5)):
        X, w = rng.normal(size=(m, n)), rng.normal(size=n)
        b = rng.choice([-1, 1]) * rng.uniform(0.4, 1.2)
        y = (rng.random(m) < 0.5).astype(float)
        y[-2:] = 0.0, 1.0
        y[0] = X[0] @ w + b < 0
        yield Script(
            FIT, "found", says=f"X is {m}×{n}, α = {alpha:g}, epochs = {epochs}", sizes={"m": m, "n": n},
            parts=("w", "b", "history"), X=X, y=y, w=w, b=float(b), alpha=alpha, epochs=epochs,
        )  # fmt: skip


LOCATES = {
    "w": "The very first of the three answers is off. Do one epoch by hand: which gradient, which sign, which α?",
    "b": "w is right, so the gradient is too. Look at the step of b alone.",
    "history": "w and b are right, so every step is. Look at what goes into history, and when.",
}

TOGETHER = "At which w and b are the two slopes of one step taken?"
STEP = "w ← w − α ∂J/∂w: is every sign and every factor of it there, for b too?"
LOOP = "What stands inside the loop, what before, what after it?"
WHEN = "The first entry of history is the cost at the w and b that came in, and there are as many entries as epochs."
W, B = "w = w - alpha * dw", "b = b - alpha * db"
STEPS = W + "\n        " + B
BEFORE = "history.append(cost(X, y, w, b))"
SLOPES = "dw, db = gradient(X, y, w, b)"
UNIT = SLOPES + "\n        size = np.sqrt(dw @ dw + db**2)\n        dw, db = dw / size, db / size"
ONE = "i = len(history) % len(y)\n        dw, db = gradient(X[i : i + 1], y[i : i + 1], w, b)"
START = "history = []"
END = "\n    return w, b, history"

MISTAKES = [
    Mistake("w first, then b", edit(STEPS, W + "\n        b = b - alpha * gradient(X, y, w, b)[1]"), "the slope by b "
            "is taken when w has moved already: the two do not move at the same time", TOGETHER),
    Mistake("b first, then w", edit(STEPS, B + "\n        w = w - alpha * gradient(X, y, w, b)[0]"), "the slope by w "
            "is taken when b has moved already: the two do not move at the same time", TOGETHER),
    Mistake("gradient once", edit(SLOPES, "pass", START, START + "\n    " + SLOPES), "the gradient is computed once, "
            "before the loop, or always at the w and b that came in", "Is the slope the same after a step?",
            is_factor=True),
    Mistake("gradient of w once",
            edit(START, START + "\n    first = gradient(X, y, w, b)[0]", "alpha * dw", "alpha * first"),
            "the gradient of w is that of the first epoch in all epochs", "Is the slope the same after a step?"),
    Mistake("ascent", edit("w - alpha", "w + alpha", "b - alpha", "b + alpha"), "the step goes up the slope and not "
            "down: + instead of −", "Does your history fall?", is_factor=True),
    Mistake("ascent of w", edit("w - alpha", "w + alpha"), "w goes up the slope, and b down", STEP, is_factor=True),
    Mistake("ascent of b", edit("b - alpha", "b + alpha"), "b goes up the slope, and w down", STEP, is_factor=True),
    Mistake("α/m", edit("alpha *", "alpha / len(y) *"), "the step is divided by m = {m}: the gradient is a mean "
            "already", STEP, is_factor=True),
    Mistake("α · m", edit("alpha *", "alpha * len(y) *"), "the step is multiplied by m = {m}", STEP, is_factor=True),
    Mistake("α/n", edit("alpha *", "alpha / len(w) *"), "the step is divided by the number of weights, n = {n}", STEP),
    Mistake("weights shrink", edit(W, "w = (1 - alpha / len(y)) * w - alpha * dw"), "w is made smaller in every epoch, "
            "as with regularisation", STEP),
    Mistake("α forgotten", edit("alpha *", "1 *"), "the step has no α", STEP, is_factor=True),
    Mistake("α forgotten for b", edit("alpha * db", "db"), "the step of b has no α", STEP, is_factor=True),
    Mistake("α forgotten for w", edit("alpha * dw", "dw"), "the step of w has no α", STEP, is_factor=True),
    Mistake("divided by α", edit("alpha *", "1 / alpha *"), "the slope is divided by α and not multiplied", STEP,
            is_factor=True),
    Mistake("α twice", edit("alpha *", "alpha * alpha *"), "α is multiplied in twice", STEP, is_factor=True),
    Mistake("half a step", edit("alpha *", "alpha / 2 *"), "every step is half as large as it should be", STEP,
            is_factor=True),
    Mistake("α shrinks", edit("for _ in", "for k in", "alpha *", "alpha / (k + 1) *"), "α is divided by the number of "
            "the epoch", "Does α change in this exercise?"),
    Mistake("old values lost", edit("w - alpha", "-alpha", "b - alpha", "-alpha"), "w and b become −α times the slope, "
            "and where they were before is lost", STEP, is_factor=True),
    Mistake("old w lost", edit("w - alpha", "-alpha"), "w becomes −α ∂J/∂w, and where it was before is lost", STEP,
            is_factor=True),
    Mistake("slope returned", edit(STEPS, "w, b = alpha * dw, alpha * db"), "w and b become α times the slope, and "
            "where they were before is lost", STEP),
    Mistake("b stays", edit(B, "pass"), "b is never changed", STEP, is_factor=True),
    Mistake("w stays", edit(W, "pass"), "w is never changed", STEP, is_factor=True),
    Mistake("nothing moves", edit(STEPS, "pass"), "w and b are returned as they came: the new values go into other "
            "names", "Where are the new values kept, and which are returned?"),
    Mistake("b takes the slopes of w", edit("alpha * db", "alpha * np.mean(dw)"), "b moves by the mean of the slopes "
            "of w", "Which of the two answers of gradient belongs to b?"),
    Mistake("w takes the slope of b", edit("alpha * dw", "alpha * db"), "every weight moves by the slope of b",
            "Which of the two answers of gradient belongs to w?", is_factor=True),
    Mistake("sign of the slope", edit("alpha * dw", "alpha * np.sign(dw)", "alpha * db", "alpha * np.sign(db)"),
            "only the sign of the slope is used, so that every step is ±α", STEP),
    Mistake("slope of length 1", edit(SLOPES, UNIT), "the gradient is divided by its length, so that every step is α "
            "long", STEP),
    Mistake("slopes pile up",
            edit(START, START + "\n    dw, db = 0.0, 0.0", SLOPES,
                "now = gradient(X, y, w, b)\n        "                            "dw, db = dw + now[0], db + now[1]"),
            "the gradients of earlier epochs are kept and added", "With which gradient does an epoch begin?"),
    Mistake("from the start each time",
            edit(START, "history = []\n    w0, b0 = w, b", "w - alpha", "w0 - alpha", "b - alpha", "b0 - alpha"),
            "every step sets out from the w and b that came in, and not from those of the epoch before",
            "From where does the second step set out?"),
    Mistake("back to the start",
            edit(START, "history = []\n    w0, b0 = w, b", SLOPES, "w, b = w0, b0\n        " + SLOPES),
            "w and b are set back to what came in at the beginning of every epoch", LOOP),
    Mistake("returns after one epoch", edit(END, "\n        return w, b, history"), "the return stands inside the "
            "loop, so that there is one epoch, whatever was asked for", LOOP),
    Mistake("one epoch too many", edit("range(epochs)", "range(epochs + 1)"), "there is one epoch more than asked for",
            "Which numbers does range(5) give?", is_factor=True),
    Mistake("one epoch too few", edit("range(epochs)", "range(epochs - 1)"), "there is one epoch less than asked for",
            "Which numbers does range(5) give?", is_factor=True),
    Mistake("epochs times examples", edit("range(epochs)", "range(epochs * len(y))"), "there are m = {m} steps in "
            "every epoch", "How many steps has an epoch that uses all examples at once?"),
    Mistake("one example a step", edit(SLOPES, ONE), "every step looks at one example alone", "Is a step made with all "
            "examples?"),
    Mistake("history after the step", edit(BEFORE, "pass", B, B + "\n        " + BEFORE), "the cost is noted after the "
            "step and not before", WHEN, is_factor=True),
    Mistake("history between the steps", edit(BEFORE, "pass", W, W + "\n        " + BEFORE), "the cost is noted when w "
            "has moved and b has not", WHEN),
    Mistake("history with the end", edit(END, "\n    " + BEFORE + END), "the cost after the last step is noted too, so "
            "that there is one entry more than epochs", WHEN, is_factor=True),
    Mistake("history of the start", edit(START, START + "\n    J = cost(X, y, w, b)", BEFORE, "history.append(J)"),
            "the cost is computed once, before the loop, and noted again and again", LOOP, is_factor=True),
    Mistake("last cost alone", edit(BEFORE, "history = [cost(X, y, w, b)]"), "history is made anew in every epoch, so "
            "that the last cost alone is left", LOOP, is_factor=True),
    Mistake("a number for history", edit(BEFORE, "history = cost(X, y, w, b)"), "history is one cost and not a list of "
            "them", "What adds an entry to a list?"),
    Mistake("history empty", edit(BEFORE, "pass"), "nothing goes into history", WHEN),
    Mistake("history backwards", edit(BEFORE, "history.insert(0, cost(X, y, w, b))"), "the costs are in the other "
            "order, the last epoch first", WHEN),
    Mistake("history not divided", edit(BEFORE, "history.append(cost(X, y, w, b) * len(y))"), "the costs in history "
            "are m = {m} times too large", "What does cost return: a sum or a mean?"),
    Mistake("history of accuracy", edit(BEFORE, "history.append(np.mean((g(X @ w + b) >= 0.5) == y))"),
            "history has the shares of right answers and not the costs", WHEN),
    Mistake("order of the answers", edit("return w, b, history", "return b, w, history"), "b is returned first and w "
            "second", "In which order does the exercise ask for them?"),
]  # fmt: skip

VARIANTS = [
    Variant("new names, then both", edit(STEPS, "w, b = w - alpha * dw, b - alpha * db")),
    Variant("a copy, in place", edit(START, "w, history = w.copy(), []", W, "w -= alpha * dw", B, "b -= alpha * db")),
    Variant("an array for history", edit(START, "history = np.zeros(epochs)", "for _ in", "for k in", BEFORE,
                                         "history[k] = cost(X, y, w, b)")),
    Variant("loops", code('''
import math

import numpy as np


def f(x, w, b):
    return 1 / (1 + math.exp(-sum(x[j] * w[j] for j in range(len(w))) - b))


def fit(X, y, w, b, alpha, epochs):
    m, history = len(y), []
    w = list(w)
    while len(history) < epochs:
        e = [f(x, w, b) - t for x, t in zip(X, y)]
        history.append(-sum(math.log(f(x, w, b) if t else 1 - f(x, w, b)) for x, t in zip(X, y)) / m)
        for j in range(len(w)):
            w[j] -= alpha * sum(e[i] * X[i, j] for i in range(m)) / m
        b -= alpha * sum(e) / m
    return np.array(w), b, history
''')),
]  # fmt: skip
