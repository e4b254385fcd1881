"""The gradients of sum and mean over an axis."""

import numpy as np

from autograd_lite.course.authoring import Call, Mistake, Variant, code, edit

DEFINES = ("sum_backward", "mean_backward")
AFTER = (17,)


def probes(rng):
    for m, n in ((2, 2), (3, 3), (7, 3)):
        for function in ("sum_backward", "mean_backward"):
            for axis in (None, 0, 1):
                for keepdims in (False, True) if m == 7 else (False,):
                    X = rng.normal(size=(m, n))
                    G = rng.normal(size=np.shape(X.sum(axis=axis, keepdims=keepdims)))
                    kept = ", keepdims" if keepdims else ""
                    yield Call(
                        function, G=np.float64(G) if np.ndim(G) == 0 else G, X=X, axis=axis, keepdims=keepdims,
                        says=f"{function[:-9]} of {m}×{n}, axis {axis}{kept}",
                        sizes={"m": m, "n": n} if m != n else {}, parts=(f"dX of the {function[:-9]}",),
                    )  # fmt: skip


EXPAND = "        G = np.expand_dims(G, axis)\n"
EXPAND_AT_END = "    if axis is not None and not keepdims:\n        G = np.expand_dims(G, -1)\n"
IF = "    if axis is not None and not keepdims:\n"
SPREAD = "    return G * np.ones(X.shape)"
COUNT = "N = X.size if axis is None else X.shape[axis]"
MEAN = "    return sum_backward(G, X, axis, keepdims) / N"
HOW_MANY = "How many numbers are in one mean? Say it for X of shape (7, 3) with axis None, 0 and 1"
WHERE = "Which entry of G belongs to X[0, 1] if axis is 1? Which if it is 0?"
LOCAL = "A sum grows by 1 when one of its numbers grows by 1: what is the local derivative?"
ABOVE = "By the chain rule a gradient is what comes from above times a local derivative. Where is G?"


def per(text):
    """Another number by which a mean is divided."""
    return edit(COUNT, f"N = {text}")


def spread(text):
    """Another last line of the sum."""
    return edit(SPREAD, f"    return {text}")


def mean(text):
    """Another last line of the mean."""
    return edit(MEAN, f"    return {text}")


def only_in(function, name, expand, last, says, look):
    """A mistake in one of the two functions, each of which stands by itself: the other is right."""

    def body(wrong):
        first, then = (expand, last) if wrong else (IF + EXPAND, SPREAD)
        return f"(G, X, axis, keepdims):\n{first}{then}"

    count = f" / ({COUNT.removeprefix('N = ')})"
    return Mistake(
        f"{name}, only in the {function}",
        code(f"import numpy as np\n\n\ndef sum_backward{body(function == 'sum')}\n\n\n"
             f"def mean_backward{body(function == 'mean')}{count}\n"),
        f"{says}, in the gradient of the {function} alone", look,
    )  # fmt: skip


LOCATES = {
    "dX of the sum": "every entry of dX is an entry of G, as it is: that of the sum in which the entry of X is",
    "dX of the mean": "the gradient of the same sum is right. Only one thing is different for the mean: the N that it "
    "is divided by",
}

ALONE = [
    only_in(function, *rest)
    for function in ("sum", "mean")
    for rest in (
        ("axis not put back", "", SPREAD, "the axis that vanished is not put back, or always in front", WHERE),
        ("axis put at the end", EXPAND_AT_END, SPREAD, "the axis that vanished is always put back at the end", WHERE),
        ("axis put back twice", IF.replace(" and not keepdims", "") + EXPAND, SPREAD, "an axis is put back although "
         "keepdims has left it there", "Which shape has G if keepdims is True?"),
        ("G returned", "", "    return G * 1.0", "G is not spread over X's shape",
         "Which shape must the gradient of X have?"),
        ("times X", IF + EXPAND, "    return G * X", "G is multiplied by X itself", LOCAL),
    )
]  # fmt: skip

MISTAKES = [
    Mistake("mean not divided", mean("sum_backward(G, X, axis, keepdims)"), "the gradient of a mean is not divided by "
            "the number of its entries", HOW_MANY),
    Mistake("divided by X.size", per("X.size"), "the gradient of a mean is divided by the number of all entries of X, "
            "whatever the axis is", HOW_MANY, is_factor=True),
    Mistake("divided by len(X)", per("len(X)"), "the gradient of a mean is divided by the number of rows, whatever the "
            "axis is", HOW_MANY, is_factor=True),
    Mistake("divided by columns", per("X.shape[1]"), "the gradient of a mean is divided by the number of columns, "
            "whatever the axis is", HOW_MANY, is_factor=True),
    Mistake("divided by the other axis", per("X.size if axis is None else X.shape[1 - axis]"), "the gradient of a mean "
            "is divided by the size of the other axis, the one that is left (or by the size of G)", HOW_MANY, is_factor=
            True),
    Mistake("number of means where there is no axis", per("1 if axis is None else X.shape[axis]"), "the mean over "
            "everything is not divided, and those over one axis are", HOW_MANY, is_factor=True),
    Mistake("rows where there is no axis", per("len(X) if axis is None else X.shape[axis]"), "the mean over everything "
            "is divided by the number of rows alone", HOW_MANY, is_factor=True),
    Mistake("divided twice", edit("/ N", "/ N / N"), "the gradient of a mean is divided by N twice", HOW_MANY,
            is_factor=True),
    Mistake("times N", edit("/ N", "* N"), "the gradient of a mean is multiplied by N", HOW_MANY, is_factor=True),
    Mistake("divided by N - 1", edit("/ N", "/ (N - 1)"), "the gradient of a mean is divided by N − 1", HOW_MANY,
            is_factor=True),
    Mistake("sum divided", spread("G * np.ones(X.shape) / (X.size if axis is None else X.shape[axis])"), "the gradient "
            "of a sum is divided by the number of its entries, so that the mean's is divided twice", LOCAL),
    Mistake("sum divided, mean right", edit(SPREAD, "    return G * np.ones(X.shape) / (X.size if axis is None else "
            "X.shape[axis])", MEAN, "    return sum_backward(G, X, axis, keepdims)"), "the gradient of a sum is "
            "divided by the number of its entries, as a mean's is", LOCAL),
    Mistake("sum and mean exchanged", edit("def sum_backward", "def other", "def mean_backward", "def sum_backward",
            "return sum_backward", "return other", "/ N", "/ N\n\n\nmean_backward = other"), "sum_backward and "
            "mean_backward have changed places", "Which of the two is divided by N?"),
    Mistake("ones for G", spread("np.ones(X.shape)"), "the gradient that comes from above is left out, as if G were 1 "
            "everywhere", ABOVE, is_factor=True),
    Mistake("ones for G in the mean", mean("np.ones(X.shape) / N"), "the gradient of a mean is 1/N everywhere: G is "
            "left out", ABOVE),
    Mistake("times X", spread("G * X"), "G is multiplied by X itself", LOCAL, is_factor=True),
    Mistake("axis not put back", edit(IF + EXPAND, ""), "the axis that vanished is not put back, or always in front: "
            "NumPy puts it there by itself, and it was there only for axis 0", WHERE, is_factor=True),
    Mistake("axis put at the end", edit(EXPAND, EXPAND.replace("(G, axis)", "(G, -1)")), "the axis that vanished is "
            "always put back at the end, G[:, None]", WHERE, is_factor=True),
    Mistake("axes exchanged", edit(EXPAND, EXPAND.replace("(G, axis)", "(G, 1 - axis)")), "the axis is put back in the "
            "place of the other one", WHERE, is_factor=True),
    Mistake("axis put back twice", edit(" and not keepdims", ""), "an axis is put back although keepdims has left it "
            "there", "Which shape has G if keepdims is True?", is_factor=True),
    Mistake("filled row by row", edit(IF + EXPAND, "", SPREAD, "    return np.resize(G, X.shape)"), "X's shape is "
            "filled with the entries of G one after the other, row by row", WHERE),
    Mistake("always a row", edit(IF + EXPAND, "", SPREAD, "    return np.ravel(G) * np.ones(X.shape)"), "G is laid out "
            "as a row in every case, that with keepdims too", WHERE),
    Mistake("not spread", spread("G * 1.0"), "G is not spread over the shape of X: its axis is put back, and that is "
            "all", "Which shape must the gradient of X have?", is_factor=True),
    Mistake("G returned", edit(IF + EXPAND, "", SPREAD, "    return G * 1.0"), "G is returned as it came (divided by N "
            "for the mean)", "Which shape must the gradient of X have?"),
    Mistake("G summed", spread("np.sum(G) * np.ones(X.shape)"), "all of G is added up and put everywhere", WHERE),
    Mistake("only the first entry", edit(SPREAD, "    dX = np.zeros(X.shape)\n    first = (slice(None) if axis == 1 "
            "else 0, slice(None) if axis == 0 else 0)\n    dX[first] = np.squeeze(G)\n    return dX"), "only the first "
            "entry of each sum gets its gradient, and the others get 0", "Which entries of X does a sum depend on?"),
    Mistake("only the last entry", edit(SPREAD, "    dX = np.zeros(X.shape)\n    last = (slice(None) if axis == 1 else "
            "-1, slice(None) if axis == 0 else -1)\n    dX[last] = np.squeeze(G)\n    return dX"), "only the last "
            "entry of each sum gets its gradient, and the others get 0", "Which entries of X does a sum depend on?"),
    Mistake("the sum itself", spread("G * np.sum(X, axis=axis, keepdims=True) * np.ones(X.shape)"), "G is multiplied "
            "by the sum itself", LOCAL, is_factor=True),
    Mistake("share of the sum", spread("G * X / np.sum(X, axis=axis, keepdims=True)"), "G is divided among the entries "
            "in proportion to their size", LOCAL),
    Mistake("wrong sign", spread("-G * np.ones(X.shape)"), "a sign is turned", LOCAL, is_factor=True),
    Mistake("spread twice", spread("G * np.ones(X.shape) * (X.size if axis is None else X.shape[axis])"),
            "the gradient of a sum is multiplied by the number of its entries", LOCAL),
    *ALONE,
]  # fmt: skip

LOOPS = """
import numpy as np


def sum_backward(G, X, axis, keepdims):
    G = np.asarray(G).reshape([1 if axis in (None, k) else n for k, n in enumerate(X.shape)])
    dX = np.zeros_like(X)
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            dX[i, j] = G[0 if axis in (None, 0) else i, 0 if axis in (None, 1) else j]
    return dX


def mean_backward(G, X, axis, keepdims):
    return sum_backward(G, X, axis, keepdims) / (np.size(X) / np.size(G))
"""

VARIANTS = [
    Variant("broadcast_to", spread("np.broadcast_to(G, X.shape)")),
    Variant("adding zeros", spread("G + np.zeros(X.shape)")),
    Variant("G divided first", mean("sum_backward(G / N, X, axis, keepdims)")),
    Variant("loops", code(LOOPS)),
    Variant("one case after the other", code('''
import numpy as np


def sum_backward(G, X, axis, keepdims):
    m, n = X.shape
    if axis is None:
        return np.full((m, n), np.sum(G))
    if axis == 0:
        return np.tile(np.reshape(G, (1, n)), (m, 1))
    return np.repeat(np.reshape(G, (m, 1)), n, axis=1)


def mean_backward(G, X, axis, keepdims):
    m, n = X.shape
    return sum_backward(G, X, axis, keepdims) / {None: m * n, 0: m, 1: n}[axis]
''')),
]  # fmt: skip
