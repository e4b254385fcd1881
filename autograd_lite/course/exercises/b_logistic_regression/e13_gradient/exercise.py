"""The gradient of logistic regression."""

from autograd_lite.course.authoring import Call, Consistency, Mistake, Variant, code, edit

DEFINES = ("gradient",)
AFTER = (9, 10, 11, 12)


def probes(rng):
    for m, n in ((3, 2), (7, 3), (11, 5), (5, 5)):
        X, w = rng.normal(size=(m, n)), rng.normal(size=n)
        y, b = (rng.random(m) < 0.5).astype(float), rng.choice([-1, 1]) * rng.uniform(0.4, 1.2)
        y[[0, -1]] = X[[0, -1]] @ w + b < 0  # on the wrong side: rounding leaves errors
        y[1] = 1 - y[0]
        yield Call(
            "gradient", X=X, y=y, w=w, b=float(b), says=f"X is {m}×{n}", sizes={"m": m, "n": n},
            parts=("dJ/dw", "dJ/db"),
        )  # fmt: skip


CONSISTENCY = [
    Consistency("cost(X, y, w, b)", "gradient(X, y, w, b)[0]", "w", "J", "dJ/dw"),
    Consistency("cost(X, y, w, b)", "gradient(X, y, w, b)[1]", "b", "J", "dJ/db"),
]

LOCATES = {"dJ/db": "dJ/dw is right, so the errors f − y are right too. Look at what dJ/db makes of them."}

DIVIDED = "Look again at J = 1/m Σ L: what does the 1/m become in the gradient?"
MODEL = "Compute f as in step 1: g(w · x + b)."
ERROR = "What stands in the brackets, (f − y) and nothing else?"
SUMS = "Σ goes over the examples i. Which numbers change with i, and which with j?"
LOOP = "= or +=? Where does a sum begin, and how often is it divided?"
DW, DB, E = "X.T @ e", "np.sum(e)", "e = f - y"

MISTAKES = [
    Mistake("not divided by m", edit("/ m", ""), "the sums over the examples are not divided by m = {m}", DIVIDED,
            is_factor=True),
    Mistake("divided by m twice", edit("/ m", "/ m / m"), "it is divided by m = {m} twice", DIVIDED, is_factor=True),
    Mistake("divided by n", edit("/ m", "/ X.shape[1]"), "it is divided by the number of features, n = {n}, and not by "
            "the number of examples, m = {m}", "Which axis of X are the examples?", is_factor=True),
    Mistake("divided by 2m", edit("/ m", "/ (2 * m)"), "it is divided by 2m: that ½ belongs to the squared error",
            DIVIDED, is_factor=True),
    Mistake("divided by m − 1", edit("/ m", "/ (m - 1)"), "it is divided by m − 1 and not by m = {m}", DIVIDED,
            is_factor=True),
    Mistake("a factor 2", edit("/ m", "* 2 / m"), "there is a factor 2, which belongs to the squared error", DIVIDED,
            is_factor=True),
    Mistake("only db divided", edit(f"{DW} / m", DW), "dJ/dw is a sum over the examples and not their mean", DIVIDED,
            is_factor=True),
    Mistake("only dw divided", edit(f"{DB} / m", DB), "dJ/db is a sum over the examples and not their mean", DIVIDED,
            is_factor=True),
    Mistake("y − f", edit("return dw, db", "return -dw, -db"), "the error is taken the other way round, y − f",
            "Which sign has the slope of L when f is too large?", is_factor=True),
    Mistake("sign of dw", edit(DW, f"-{DW}"), "dJ/dw has the wrong sign, and dJ/db the right one", "Is it the same f − "
            "y in both?"),
    Mistake("sign of db", edit(DB, f"-{DB}"), "dJ/db has the wrong sign, and dJ/dw the right one", "Is it the same f − "
            "y in both?"),
    Mistake("g forgotten", edit("g(X @ w + b)", "(X @ w + b)"), "z is taken for f, without g", MODEL, is_factor=True),
    Mistake("g twice", edit("g(X @ w + b)", "g(g(X @ w + b))"), "g is taken twice", MODEL),
    Mistake("g of −z", edit("g(X @ w + b)", "g(-(X @ w + b))"), "z goes into g with the wrong sign", MODEL,
            is_factor=True),
    Mistake("b missing in f", edit("X @ w + b", "X @ w"), "f is computed without b", MODEL, is_factor=True),
    Mistake("b subtracted in f", edit("X @ w + b", "X @ w - b"), "b is subtracted in f", MODEL),
    Mistake("b for every feature", edit("X @ w + b", "np.sum(X * w + b, axis=1)"), "b is added inside the sum over the "
            "features, {n} times, when f is computed", MODEL, is_factor=True),
    Mistake("f (1 − f) too much", edit(E, "e = (f - y) * f * (1 - f)"), "the slope of the sigmoid, f (1 − f), is "
            "multiplied in once more: with this loss it cancels", ERROR, is_factor=True),
    Mistake("slope by f", edit(E, "e = (f - y) / (f * (1 - f))"), "the chain ends at ∂L/∂f, and the slope of the "
            "sigmoid is left out", "L depends on f, f on z, z on w: how many slopes are multiplied?", is_factor=True),
    Mistake("slope of g alone", edit(E, "e = f * (1 - f)"), "the slope of the sigmoid, f (1 − f), stands in the place "
            "of f − y", ERROR),
    Mistake("rounded", edit(E, "e = np.round(f) - y"), "f is rounded to 0 or 1 before the error is taken", ERROR,
            is_factor=True),
    Mistake("y forgotten", edit(E, "e = f"), "y is not subtracted", ERROR),
    Mistake("f forgotten", edit(E, "e = y"), "y stands in the place of f − y", ERROR),
    Mistake("|f − y|", edit(E, "e = np.abs(f - y)"), "the errors have lost their sign: |f − y|", ERROR, is_factor=True),
    Mistake("(f − y)²", edit(E, "e = (f - y) ** 2"), "the errors are squared", ERROR),
    Mistake("f + y", edit(E, "e = f + y"), "y is added and not subtracted", ERROR),
    Mistake("last example", edit(DW, "X[-1] * e[-1]", DB, "e[-1]"), "a loop overwrites dw and db, and the last "
            "example's share alone is left", LOOP, is_factor=True),
    Mistake("last example in dw", edit(DW, "X[-1] * e[-1]"), "a loop overwrites dw, and the last example's share alone "
            "is left; db is summed as it should be", LOOP, is_factor=True),
    Mistake("last example in db", edit(DB, "e[-1]"), "a loop overwrites db, and the last example's share alone is "
            "left; dw is summed as it should be", LOOP),
    Mistake("first example", edit(DW, "X[0] * e[0]", DB, "e[0]"), "only the first example's share is there, divided by "
            "m", "Does the return stand inside the loop?"),
    Mistake("without the last example", edit(E, "e = (f - y) * (np.arange(m) < m - 1)"), "the loop ends one example "
            "too soon", "Which examples belong to Σ, i = 1 … m?"),
    Mistake("without the first example", edit(E, "e = (f - y) * (np.arange(m) > 0)"), "the loop begins with the second "
            "example", "Which examples belong to Σ, i = 1 … m?"),
    Mistake("divided inside the loop", edit(E, "e = (f - y) / float(m) ** np.arange(m - 1, -1, -1)"),
            "the division by m stands inside the loop, so that the first shares are divided again and again", LOOP),
    Mistake("x missing", edit(DW, f"np.full_like(w, {DB})"), "x is missing in dJ/dw, so that all its entries are dJ/db",
            SUMS, is_factor=True),
    Mistake("mean over everything", edit(DW, "np.full_like(w, np.mean(X.T @ e))"), "the products x (f − y) are "
            "averaged over the features too, so that all entries of dJ/dw are the same", SUMS, is_factor=True),
    Mistake("sum over everything", edit(DW, "np.full_like(w, np.sum(X.T @ e))"), "the products x (f − y) are summed "
            "over the features too, so that all entries of dJ/dw are the same", SUMS),
    Mistake("w for x", edit(DW, f"w * {DB}"), "w stands in dJ/dw where x belongs", "z = w · x + b: what is ∂z/∂wⱼ?"),
    Mistake("x in db", edit(DB, "np.sum(X.T @ e)"), "x is multiplied in dJ/db too", "z = w · x + b: what is ∂z/∂b?",
            is_factor=True),
    Mistake("db from dw", edit(f"{DB} / m", "np.mean(dw)"), "dJ/db is the mean of dJ/dw", "z = w · x + b: what is "
            "∂z/∂b?"),
    Mistake("db is 0", edit(f"{DB} / m", "0.0"), "dJ/db is left at 0", "z = w · x + b: what is ∂z/∂b?"),
    Mistake("dw is 0", edit(f"{DW} / m", "np.zeros_like(w)"), "dJ/dw is left at 0", "z = w · x + b: what is ∂z/∂wⱼ?"),
    Mistake("only the last weight", edit(f"{DW} / m", f"({DW} / m) * (np.arange(len(w)) == len(w) - 1)"),
            "only the last entry of dJ/dw is filled", "Where do the zeros of dw begin anew: inside or outside the loop "
            "over j?"),
    Mistake("every f with every y", edit(E, "e = np.sum(f[:, None] - y, axis=1)"), "f is a column (m, 1) and y has "
            "shape (m,): NumPy pairs every f with every y, and the table m×m is summed", "Print the shape of f − y."),
    Mistake("every f with every y, averaged", edit(E, "e = f - np.mean(y)"), "f is a column (m, 1) and y has shape "
            "(m,): NumPy pairs every f with every y, and what counts is f − ȳ", "Print the shape of f − y."),
    Mistake("every f with every y, as a table", edit(E, "e = f[:, None] - y"), "f is a column (m, 1) and y has shape "
            "(m,): f − y is a table m×m, and dJ/dw becomes one with n rows", "Print the shape of f − y."),
    Mistake("a table, and the mean of it", edit(E, "e = f[:, None] - y", f"{DB} / m", "np.mean(e)"), "f is a column "
            "(m, 1) and y has shape (m,): f − y is a table m×m; its mean is right for dJ/db, but dJ/dw becomes a table "
            "too", "Print the shape of f − y."),
    Mistake("X not transposed", edit("X.T @ e", "X @ e"), "X is not transposed, which runs only if m = n, and then "
            "sums over features", "Which axis of X are the examples, and over which axis goes the sum?"),
    Mistake("not summed", edit(DW, "X * e[:, None]"), "the shares of the examples are kept one by one, and not summed",
            SUMS),
    Mistake("not summed, transposed", edit(DW, "X.T * e"), "the shares of the examples are kept one by one, and not "
            "summed", SUMS),
    Mistake("a column", edit("return dw, db", "return dw[:, None], db"), "dJ/dw has a second axis, (n, 1) and not (n,)",
            "Which shape has w?"),
    Mistake("swapped", edit("return dw, db", "return db, dw"), "dJ/db is returned first and dJ/dw second",
            "In which order does the exercise ask for them?"),
    Mistake("a step taken", edit("return dw, db", "return w - dw, b - db"), "the gradient is subtracted from w and b "
            "already: that is the next exercise", "Is w part of ∂J/∂w?"),
]  # fmt: skip

VARIANTS = [
    Variant("e @ X, mean", edit(DW, "e @ X", f"{DB} / m", "np.mean(e)")),
    Variant("mean of products", edit(f"{DW} / m", "np.mean(X * e[:, None], axis=0)")),
    Variant("columns", edit(f"{DW} / m", 'np.einsum("ij,i->j", X, e / m)', DB, "(np.ones((1, m)) @ e).item()")),
    Variant("a loop", code('''
import numpy as np


def gradient(X, y, w, b):
    m, n = X.shape
    dw, db = np.zeros(n), 0.0
    for i in range(m):
        f = 1 / (1 + np.exp(-(np.dot(X[i], w) + b)))
        for j in range(n):
            dw[j] += (f - y[i]) * X[i, j]
        db += f - y[i]
    return dw / m, db / m
''')),
]  # fmt: skip
