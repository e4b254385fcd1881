"""A dense layer: every unit a weighted sum of all inputs, and an activation."""

from autograd_lite.course.authoring import Mistake, Script, Variant, code, edit

DEFINES = ("dense",)
AFTER = (10,)

ACTIVATIONS = {
    "3z": "def g(z):\n    return 3 * z",
    "tanh": "import numpy as np\n\ndef g(z):\n    return np.tanh(z)",
    "σ": "import numpy as np\n\ndef g(z):\n    return 1 / (1 + np.exp(-z))",
}


def probes(rng):
    for (m, n, units), g in (((2, 3, 5), "3z"), ((3, 3, 3), "tanh"), ((7, 5, 3), "σ"), ((11, 2, 1), "tanh")):
        A_in, W, b = rng.normal(size=(m, n)), rng.normal(size=(n, units)), 0.3 + rng.random(units)
        A_in[0, 0] = 0.0
        b[0] *= -1
        yield Script(
            ACTIVATIONS[g], "dense(A_in, W, b, g)", A_in=A_in, W=W, b=b, parts=("A_out",), sizes={"m": m, "n": n},
            says=f"A_in is {m}×{n}, W is {n}×{units}, g is {g}",
        )  # fmt: skip


LOOP = """
import numpy as np


def dense(A_in, W, b, g):
    m, units = len(A_in), W.shape[1]
    A_out = np.zeros((m, units))
    {}
    return A_out
"""
BIAS = "Which biases does unit j add, and how often?"
SHAPES = "Write the shapes of A_in, W and b below each other: which axes belong to each other?"
ORDER = "Which comes first in out = g(z), z = w·a + b: the sum or the activation?"

MISTAKES = [
    Mistake("W transposed", edit("@ W", "@ W.T"), "W is transposed: its rows are taken for the weights of a unit, and "
            "they are its columns", SHAPES, is_factor=True),
    Mistake("W before A_in", edit("A_in @ W", "W @ A_in"), "the product is taken in the other order, W A_in", SHAPES),
    Mistake("A_in transposed", edit("A_in @ W", "A_in.T @ W"), "A_in is transposed", SHAPES),
    Mistake("both transposed", edit("A_in @ W", "W.T @ A_in.T"), "both matrices are transposed: then every unit is a "
            "row and every example a column, and the bias is added along the examples", SHAPES),
    Mistake("elementwise", edit("A_in @ W", "A_in * W"), "A_in and W are multiplied entry by entry, with * and not "
            "with @", SHAPES),
    Mistake("result transposed", edit("return g(Z)", "return g(Z).T"), "everything is right and the result is "
            "transposed: the examples are its columns", "Whose rows are the examples?"),
    Mistake("no bias", edit(" + b", ""), "the bias is left out", BIAS, is_factor=True),
    Mistake("minus b", edit("+ b", "- b"), "the bias is subtracted", BIAS, is_factor=True),
    Mistake("bias n times", edit("+ b", "+ len(W) * b"), "the bias is added inside the sum over the inputs: n times "
            "and not once", BIAS),
    Mistake("bias divided by n", edit("A_in @ W + b", "A_in @ W + b / len(W)"), "the bias is divided by the number of "
            "inputs", BIAS),
    Mistake("mean over inputs", edit("A_in @ W", "A_in @ W / len(W)"), "the mean over the inputs is taken, and not "
            "their sum", "Is there a 1/n in front of the sum?", is_factor=True),
    Mistake("one bias for all", edit("+ b", "+ b[0]"), "all units get the bias of the first one", BIAS, is_factor=True),
    Mistake("last bias for all", edit("+ b", "+ b[-1]"), "all units get the bias of the last one", BIAS,
            is_factor=True),
    Mistake("sum of biases", edit("+ b", "+ b.sum()"), "the sum of all biases is added to every unit", BIAS,
            is_factor=True),
    Mistake("mean of biases", edit("+ b", "+ b.mean()"), "the mean of the biases is added to every unit", BIAS),
    Mistake("bias as a column", edit("+ b", "+ b[:, None]"), "the bias is a column: it is added along the examples and "
            "not along the units", SHAPES),
    Mistake("no activation", edit("g(Z)", "Z"), "z itself is returned, without g", ORDER, is_factor=True),
    Mistake("activation twice", edit("g(Z)", "g(g(Z))"), "g is applied twice", ORDER),
    Mistake("bias after g", edit("A_in @ W + b", "A_in @ W", "g(Z)", "g(Z) + b"), "the bias is added after the "
            "activation, g(A W) + b", ORDER),
    Mistake("g before the sum", edit("A_in @ W + b", "g(A_in) @ W + b", "g(Z)", "Z"), "g is applied to the inputs, and "
            "not to the sum", ORDER),
    Mistake("g before and after", edit("A_in @ W", "g(A_in) @ W"), "g is applied to the inputs and to the sum as well",
            ORDER),
    Mistake("g of each product", edit("Z = A_in @ W + b", "Z = sum(g(A_in[:, [k]] * W[k]) for k in range(len(W))) + b",
            "g(Z)", "Z"), "g is applied to each product before the sum", ORDER),
    Mistake("always tanh", edit("g(Z)", "np.tanh(Z)"), "the activation is tanh whatever g is", "g is an argument: call "
            "it."),
    Mistake("always sigmoid", edit("g(Z)", "1 / (1 + np.exp(-Z))"), "the activation is the sigmoid whatever g is",
            "g is an argument: call it."),
    Mistake("rows normalised", edit("return g(Z)", "A = g(Z)\n    return A / A.sum(axis=1, keepdims=True)"),
            "every row is divided by its sum in the end", "Units do not know of each other here: does anything have "
            "to sum to 1?"),
    Mistake("only the last unit", code(LOOP.format("""for j in range(units):
        A_out = np.zeros((m, units))
        A_out[:, j] = g(A_in @ W[:, j] + b[j])""")), "only the last unit is filled: the result is made anew in every "
            "turn of the loop", "What has to happen once, before the loop?"),
    Mistake("only the first unit", code(LOOP.format("""for j in range(units):
        A_out[:, j] = g(A_in @ W[:, j] + b[j])
        return A_out""")), "only the first unit is filled: the loop is left in its first turn", "How far is the return "
            "indented?"),
    Mistake("last unit missing", code(LOOP.format("""for j in range(units - 1):
        A_out[:, j] = g(A_in @ W[:, j] + b[j])""")), "the loop ends one unit too early", "range(k) ends before k."),
    Mistake("only the first example", code(LOOP.format("""for j in range(units):
        A_out[:, j] = g(A_in[0] @ W[:, j] + b[j])""")), "every row is computed from the first example", "Which index "
            "says which example it is?"),
    Mistake("only the last example", code(LOOP.format("""for i in range(m):
        A_out = np.zeros((m, units))
        A_out[i] = g(A_in[i] @ W + b)""")), "only the last example is filled: the result is made anew in every turn of "
            "the loop", "What has to happen once, before the loop?"),
    Mistake("last input missing", edit("A_in @ W", "A_in[:, :-1] @ W[:-1]"), "the last input is left out of the sum",
            "range(k) ends before k."),
    Mistake("last term only", edit("A_in @ W", "A_in[:, -1:] * W[-1]"), "only the last input counts: the sum is "
            "overwritten and not added to", "z = … or z += …?"),
]  # fmt: skip

VARIANTS = [
    Variant("a loop over units", code(LOOP.format("""for j in range(units):
        A_out[:, j] = g(np.dot(A_in, W[:, j]) + b[j])"""))),
    Variant("loops over everything", code(LOOP.format("""for i in range(m):
        for j in range(units):
            z = b[j]
            for k in range(W.shape[0]):
                z += A_in[i, k] * W[k, j]
            A_out[i, j] = g(z)"""))),
    Variant("transposed twice", edit("A_in @ W + b", "(W.T @ A_in.T + b[:, None]).T")),
    Variant("a column of ones", edit("A_in @ W + b", "np.column_stack([A_in, np.ones(len(A_in))]) @ np.vstack([W, "
        "b])")),
]  # fmt: skip
