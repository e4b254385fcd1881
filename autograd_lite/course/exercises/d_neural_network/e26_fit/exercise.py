"""The loop of batches and epochs, watched by a model with a linear loss: its gradient is the same wherever it is."""

import numpy as np

from autograd_lite.course.authoring import Mistake, Script, Variant, code, edit

DEFINES = ("fit",)
AFTER = (14, 25)

WATCHED = '''
import numpy as np


class Linear:
    """The loss of an example is slope_w · w + slope_b · b + its label; it notes what it is asked."""

    def __init__(self):
        self.params, self.batches = {"w": w.copy(), "b": b.copy()}, []
        self.zero_grad()

    def zero_grad(self):
        self.grads = {"w": np.zeros_like(w), "b": np.zeros_like(b)}

    def backward(self, X, y):
        self.batches.append((np.array(X), np.array(y)))
        self.grads["w"] = self.grads["w"] + slope_w
        self.grads["b"] = self.grads["b"] + slope_b
        own = np.sum(y) / len(y) if len(y) else 0.0
        return float(np.sum(slope_w * self.params["w"]) + np.sum(slope_b * self.params["b"]) + own)


def orders(model):
    """The examples in the order in which they came, an epoch each; a column of X holds their numbers."""
    rows = [int(x) for X, _ in model.batches for x in X[:, 0]]
    return [rows[k : k + m] for k in range(0, len(rows), m)]


def run():
    model = Linear()
    history = fit(model, X, y, epochs, batch, alpha, np.random.default_rng(seed))
    return model, history


model, history = run()
answer = None
if history is not None:
    m = len(X)
    came = orders(model)
    as_many = all(len(a) == len(c) for a, c in model.batches)
    others = "those of other examples" if as_many else "more than its examples"
    paired = as_many and all(np.array_equal(a[:, :1] + 0.5, c) for a, c in model.batches)
    complete = all(sorted(order) == list(range(m)) for order in came)
    again = orders(run()[0]) == came
    shuffled = came[0] != list(range(m)) or m < 7
    varied = len(came) < 2 or m < 7 or any(order != came[0] for order in came)
    anew = "drawn anew in each epoch" if varied else "the same in each epoch"
    answer = {
        "the number of steps": len(model.batches),
        "the sizes of the batches": np.array([len(a) for a, _ in model.batches]),
        "the labels of a batch": "those of its examples" if paired else others,
        "an epoch": "has every example once" if complete else "has some examples twice, and others not at all",
        "the order": "that of X" if not shuffled else anew,
        "the same seed": "the same order again" if again else "another order",
        "w after the training": model.params["w"],
        "b after the training": model.params["b"],
        "the history": np.asarray(history, float),
    }
'''


def probes(rng):
    for m, batch, epochs in ((7, 3, 1), (7, 3, 4), (11, 5, 3), (10, 5, 2), (5, 7, 2)):
        X = np.column_stack([np.arange(m, dtype=float), rng.normal(size=m)])
        yield Script(
            WATCHED, "answer", X=X, y=X[:, :1] + 0.5, epochs=epochs, batch=batch, alpha=0.3,
                seed=int(rng.integers(1000)),
            w=rng.normal(size=(2, 3)), b=rng.normal(size=3), slope_w=rng.normal(size=(2, 3)),
                slope_b=rng.normal(size=3),
            says=f"{m} examples, batches of {batch}, epochs: {epochs}", sizes={"m": m, "batch": batch},
        )  # fmt: skip


LOCATES = {
    "the number of steps": "The loops come first: how often does each of them run?",
    "the sizes of the batches": "The number of steps is right, so it is what a batch holds.",
    "w after the training": "The batches are right, so it is the step: which gradients, how long, which way?",
    "b after the training": "The batches are right, and w is: does every parameter move?",
    "the history": "The training itself is right, so it is what is noted of it, a number for each epoch.",
}

ZERO, BACK = "            model.zero_grad()\n", "            loss = model.backward(X[rows], y[rows])\n"
STEP = """            for name in model.params:
                model.params[name] = model.params[name] - alpha * model.grads[name]
"""
MOVE = "- alpha * model.grads[name]"
STEP_AFTER = "\n".join(line[4:] for line in STEP.splitlines()) + "\n"
HISTORY = "        history.append(total / m)\n"
LAST = "How many batches do 7 examples make, in batches of 3?"
ADDS = "backward adds: what is in model.grads before it is called, and after?"
TOGETHER = "Which rows of y belong to X[rows]?"
SHUFFLE = "When is an order drawn, and from what?"
WEIGHTED = "The mean over all examples of an epoch: how many of them does each batch stand for?"
WHEN = "What happens once for each batch, and what once for each epoch?"
MEAN = "backward gives the gradient of a mean already."
DOWN = "new = old − α · gradient, for every parameter"

MISTAKES = [
    Mistake("never zeroed", edit(ZERO, ""), "the gradients are not set to 0 before each batch: they pile up, and the "
            "k-th step is k times too long", ADDS,
            is_factor=True),
    Mistake("zeroed once an epoch", edit(ZERO, "", "        total = 0.0\n", "        total = 0.0\n        "
            "model.zero_grad()\n"), "the gradients are set to 0 once in an epoch, and pile up within it", ADDS),
    Mistake("nothing moves", edit(ZERO + BACK, BACK + ZERO), "the parameters never move: the gradients are set to 0 "
            "between backward and the step, or a copy is moved in place of the model's own", ADDS),
    Mistake("step before backward", edit(ZERO + BACK + STEP, STEP + ZERO + BACK), "the step is made before backward, "
            "with the gradients of the batch before", ADDS),
    Mistake("last batch dropped", edit("range(0, m, batch)", "range(0, m - batch + 1, batch)"), "the last batch is "
            "left out where it is smaller than the others", LAST,
            is_factor=True),
    Mistake("last batch always dropped", edit("range(0, m, batch)", "range(0, m - batch, batch)"), "the last batch is "
            "left out", LAST),
    Mistake("an empty batch", edit("range(0, m, batch)", "range(0, m + 1, batch)"), "there is an empty batch at the "
            "end where the batches fit exactly", "range(k) ends before k."),
    Mistake("windows", edit("range(0, m, batch)", "range(m)"), "a batch begins at every example: they overlap", LAST),
    Mistake("batch one too small", edit("start + batch", "start + batch - 1"), "every batch has one example too few",
            "A slice ends before its end."),
    Mistake("batch one too large", edit("start + batch", "start + batch + 1"), "every batch has one example too many, "
            "which the next one has again", "A slice ends before its end."),
    Mistake("always the first batch", edit("order[start : start + batch]", "order[:batch]"), "all steps of an epoch "
            "see the first batch", "Where does a batch begin?"),
    Mistake("all that is left", edit("order[start : start + batch]", "order[start:]"), "a batch reaches from its "
            "first example to the last of all", "Where does a batch end?"),
    Mistake("everything in one batch", edit("range(0, m, batch)", "range(1)", "order[start : start + batch]",
            "order"), "all examples make one batch: one step in an epoch", LAST),
    Mistake("one example each", edit("range(0, m, batch)", "range(m)", "start + batch", "start + 1"), "every example "
            "is a batch by itself", LAST),
    Mistake("one step an epoch", edit(ZERO, "", STEP, "", HISTORY, STEP_AFTER + "        model.zero_grad()\n" +
            HISTORY), "the gradients of all batches are added up, and one step is made at the end of an epoch", WHEN),
    Mistake("one step an epoch, last batch", edit(STEP, "", HISTORY, STEP_AFTER + HISTORY), "one step is made at the "
            "end of an epoch, with the gradients of the last batch", WHEN),
    Mistake("one batch an epoch", edit("            total += loss * len(rows)\n", "            total += loss * "
            "len(rows)\n            break\n"), "an epoch ends after its first batch", WHEN),
    Mistake("divided by m", edit(MOVE, "- alpha * model.grads[name] * len(rows) / m"), "the gradient of a batch is "
            "divided by all m examples, and not by those of the batch", MEAN),
    Mistake("divided by batch", edit(MOVE, "- alpha * model.grads[name] / batch"), "the gradient is divided by the "
            "size of a batch once more", MEAN, is_factor=True),
    Mistake("divided by its size", edit(MOVE, "- alpha * model.grads[name] / len(rows)"), "the gradient is divided by "
            "the number of examples in the batch once more", MEAN),
    Mistake("times its size", edit(MOVE, "- alpha * model.grads[name] * len(rows)"), "the gradient is multiplied by "
            "the number of examples in the batch", MEAN),
    Mistake("y not shuffled", edit("y[rows]", "y[start : start + batch]"), "X is shuffled and y is not: the labels "
            "belong to other examples", TOGETHER,
            is_factor=True),
    Mistake("X not shuffled", edit("X[rows]", "X[start : start + batch]"), "y is shuffled and X is not: the labels "
            "belong to other examples", TOGETHER),
    Mistake("y shuffled by itself", edit("y[rows]", "y[rng.permutation(m)[: len(rows)]]"), "X and y are shuffled by "
            "two orders", TOGETHER),
    Mistake("all of y", edit("y[rows]", "y"), "each batch of X comes with all of y", TOGETHER),
    Mistake("shuffled once", edit("    for _ in range(epochs):\n        order = rng.permutation(m)\n", "    order = "
            "rng.permutation(m)\n    for _ in range(epochs):\n"), "the examples are shuffled once, and come in the "
            "same order in each epoch", SHUFFLE),
    Mistake("not shuffled", edit("rng.permutation(m)", "np.arange(m)"), "the examples are not shuffled", SHUFFLE,
            is_factor=True),
    Mistake("another generator", edit("rng.permutation(m)", "np.random.permutation(m)"), "the order is not drawn from "
            "rng: the same seed does not give the same training again", SHUFFLE),
    Mistake("with replacement", edit("rng.permutation(m)", "rng.integers(m, size=m)"), "examples are drawn with "
            "replacement: some come twice in an epoch, and others not at all", SHUFFLE),
    Mistake("history of the last batch", edit("total / m", "loss"), "the history has the loss of the last batch of "
            "each epoch", WEIGHTED),
    Mistake("history of the first batch", edit("total += loss * len(rows)", "total = loss * m if start == 0 else "
            "total"), "the history has the loss of the first batch of each epoch", WEIGHTED),
    Mistake("unweighted history", edit("total += loss * len(rows)", "total += loss", "total / m",
            "total / len(range(0, m, batch))"), "the history has the mean over the batches, in which the small last "
            "one counts as much as the others", WEIGHTED,
            is_factor=True),
    Mistake("sum of the batches", edit("total += loss * len(rows)", "total += loss", "total / m", "total"),
            "the history has the sum of the losses of all batches", WEIGHTED),
    Mistake("sum of the batches / m", edit("total += loss * len(rows)", "total += loss"), "the losses of the batches "
            "are summed and divided by m, without the number of examples that each stands for", WEIGHTED),
    Mistake("sum over examples", edit("total / m", "total"), "the history is not divided by m", WEIGHTED),
    Mistake("full batches", edit("loss * len(rows)", "loss * batch"), "every batch is counted as a full one in the "
            "history", WEIGHTED),
    Mistake("divided by the batches", edit("total / m", "total / len(range(0, m, batch))"), "the sum over the "
            "examples is divided by the number of batches", WEIGHTED),
    Mistake("total never reset", edit("        total = 0.0\n", "", "    history = []\n", "    history = []\n    total "
            "= 0.0\n"), "the sum of the losses goes on from epoch to epoch: it is not set to 0 when one begins", WHEN),
    Mistake("one entry a step", edit(HISTORY, "", "            total += loss * len(rows)\n", "            "
            "history.append(loss)\n"), "the history has an entry for each step, and not for each epoch", WHEN),
    Mistake("running total a step", edit(HISTORY, "    " + HISTORY), "history.append stands in the inner loop: there "
            "is an entry for each step, of a sum that is not complete", WHEN),
    Mistake("last epoch only", edit(HISTORY, "        history = [total / m]\n"), "the history has the last epoch "
            "alone", WHEN),
    Mistake("a number", edit("return history", "return history[-1]"), "the last loss is returned, and not the "
            "history", WHEN),
    Mistake("loss anew", edit("total / m", "model.backward(X, y)"), "backward is called once more after each epoch, "
            "with all examples: it adds to the gradients, and its loss is that after the epoch", "The history is made "
            "of what backward returned for the batches."),
    Mistake("one epoch short", edit("range(epochs)", "range(epochs - 1)"), "there is one epoch too few", "range(1, n) "
            "has n − 1 turns."),
    Mistake("one epoch too many", edit("range(epochs)", "range(epochs + 1)"), "there is one epoch too many",
            "range(n) has n turns."),
    Mistake("one epoch", edit("    return history", "        return history"), "fit returns in its first epoch",
            "How far is the return indented?"),
    Mistake("one batch at all", edit(HISTORY, "", "            total += loss * len(rows)\n", "            total += "
            "loss * len(rows)\n            return [total / m]\n"), "fit returns after its first batch", "How far is "
            "the return indented?"),
    Mistake("epochs and batch exchanged", edit("range(epochs)", "range(batch)", "range(0, m, batch)", "range(0, m, "
            "epochs)", "start + batch", "start + epochs"), "epochs and batch have changed places", "How often does "
            "the outer loop run?"),
    Mistake("ascent", edit(MOVE, "+ alpha * model.grads[name]"), "the steps go up", DOWN, is_factor=True),
    Mistake("α missing", edit(MOVE, "- model.grads[name]"), "the gradient is subtracted without α", DOWN,
            is_factor=True),
    Mistake("α twice", edit(MOVE, "- alpha**2 * model.grads[name]"), "the gradient is multiplied by α twice", DOWN),
    Mistake("old value lost", edit("model.params[name] - alpha", "-alpha"), "the old parameter is lost: new = −α · "
            "gradient", DOWN),
    Mistake("only the sign", edit(MOVE, "- alpha * np.sign(model.grads[name])"), "only the sign of the gradient is "
            "used", DOWN),
    Mistake("only the first parameter", edit("for name in model.params:", "for name in list(model.params)[:1]:"),
            "only the first parameter moves", DOWN),
    Mistake("only the last parameter", edit("for name in model.params:", "for name in list(model.params)[-1:]:"),
            "only the last parameter moves", DOWN),
    Mistake("two steps", edit(STEP, STEP + STEP), "each batch makes two steps with one gradient", WHEN),
]  # fmt: skip

VARIANTS = [
    Variant("in place", edit("model.params[name] = model.params[name] - alpha * model.grads[name]",
        "model.params[name] -= alpha * "
            "model.grads[name]")),
    Variant("shuffled copies", code('''
import math

import numpy as np


def fit(model, X, y, epochs, batch, alpha, rng):
    losses = []
    for epoch in range(epochs):
        order = np.arange(len(X))
        rng.shuffle(order)
        shuffled_X, shuffled_y = X[order], y[order]
        found, sizes = [], []
        for k in range(math.ceil(len(X) / batch)):
            part = slice(k * batch, (k + 1) * batch)
            model.zero_grad()
            found.append(model.backward(shuffled_X[part], shuffled_y[part]))
            sizes.append(len(shuffled_X[part]))
            model.params = {name: p - alpha * model.grads[name] for name, p in model.params.items()}
        losses.append(np.average(found, weights=sizes))
    return losses
''')),
    Variant("zeroed after the step", edit(ZERO, "", STEP, STEP + ZERO)),
    Variant("zeroed by hand", edit(ZERO, "            for name in model.grads:\n                "
        "model.grads[name][...] = 0.0\n")),
    Variant("an array for the history", edit("return history", "return np.array(history)")),
]  # fmt: skip
