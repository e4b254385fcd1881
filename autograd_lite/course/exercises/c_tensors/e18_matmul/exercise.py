"""The gradient of a matrix product."""

from autograd_lite.course.authoring import Call, Mistake, Variant, code, edit

DEFINES = ("matmul_backward", "square_backward")
AFTER = (17,)


def probes(rng):
    for m, k, n in ((2, 2, 2), (3, 3, 3), (7, 3, 5), (1, 5, 3)):
        A, B, G = rng.normal(size=(m, k)), rng.normal(size=(k, n)), rng.normal(size=(m, n))
        sizes = {"m": m, "k": k, "n": n} if len({m, k, n}) == 3 and m > 1 else {}
        yield Call(
            "matmul_backward", G=G, A=A, B=B, says=f"A is {m}×{k}, B is {k}×{n}", sizes=sizes, parts=("dA", "dB")
        )
    for n in (2, 5):
        A, G = rng.normal(size=(n, n)), rng.normal(size=(n, n))
        yield Call(
            "square_backward",
            G=G,
            A=A,
            says=f"C = A @ A, A is {n}×{n}",
            sizes={"n": n} if n > 2 else {},
            parts=("dA of A @ A",),
        )


DA, DB, BOTH, SUM = "dA = G @ B.T", "dB = A.T @ G", "return dA, dB", "return left + right"
ROW = "∂J/∂Aᵢₗ = Σⱼ Gᵢⱼ Bₗⱼ: over which axis of B does the sum run?"
COLUMN = "∂J/∂Bₗⱼ = Σᵢ Aᵢₗ Gᵢⱼ: over which axis of A does the sum run?"
ABOVE = "By the chain rule each gradient is what comes from above times a local derivative. Where is G?"
TWICE = "A is used twice in A @ A. What is done with the gradients of two uses?"


def both(dA, dB):
    """Other lines for dA and dB."""
    return edit(DA, f"dA = {dA}", DB, f"dB = {dB}")


def one(old, new):
    """Another line for one of them."""
    return edit(old, f"{old[:2]} = {new}")


def beside_a_right_square(mistake):
    """The same mistake, where the gradient of A @ A is written out, and right."""
    texts = [text for pair in mistake.change.replacements for text in pair]
    return Mistake(f"{mistake.name}; A @ A right", edit(*texts, *WRITTEN_OUT), mistake.says, mistake.look)


WRITTEN_OUT = (
    "    left, right = matmul_backward(G, A, A)\n    return left + right",
    "    over = A.T.copy()\n    return over @ G + G @ over",
)
SAME_FOR_SQUARES = ("other order in both", "own factor", "returned in the other order")
"""Wrong for A @ B, and right for A @ A, where the two gradients are added up."""

IN_PRODUCT = [
    Mistake("B not transposed", one(DA, "G @ B"), "B is not transposed in dA", ROW, is_factor=True),
    Mistake("A not transposed", one(DB, "A @ G"), "A is not transposed in dB", COLUMN, is_factor=True),
    Mistake("nothing transposed", both("G @ B", "A @ G"), "neither B nor A is transposed", f"{ROW} {COLUMN}"),
    Mistake("other order in dA", one(DA, "B.T @ G"), "G and B are multiplied in the other order in dA, Bᵀ G", ROW,
            is_factor=True),
    Mistake("other order in dB", one(DB, "G @ A.T"), "A and G are multiplied in the other order in dB, G Aᵀ", COLUMN,
            is_factor=True),
    Mistake("other order in both", both("B.T @ G", "G @ A.T"), "both products stand in the other order, Bᵀ G and G Aᵀ",
            f"{ROW} {COLUMN}"),
    Mistake("other order, not transposed", both("B @ G", "G @ A"), "both products stand in the other order and nothing "
            "is transposed, B G and G A", f"{ROW} {COLUMN}"),
    Mistake("B G", one(DA, "B @ G"), "dA is B G: the other order, and B is not transposed", ROW),
    Mistake("G A", one(DB, "G @ A"), "dB is G A: the other order, and A is not transposed", COLUMN),
    Mistake("dA transposed", one(DA, "(G @ B.T).T"), "dA is transposed (it is B Gᵀ)", "Which shape has A, and which "
            "has your dA if A is 7×3?", is_factor=True),
    Mistake("dB transposed", one(DB, "(A.T @ G).T"), "dB is transposed (it is Gᵀ A)", "Which shape has B, and which "
            "has your dB if B is 3×5?", is_factor=True),
    Mistake("both transposed", both("(G @ B.T).T", "(A.T @ G).T"), "both results are transposed", "Which shapes have A "
            "and dA, B and dB?"),
    Mistake("G transposed in dA", one(DA, "G.T @ B.T"), "G is transposed in dA as well", ROW, is_factor=True),
    Mistake("G transposed in dB", one(DB, "A.T @ G.T"), "G is transposed in dB as well", COLUMN, is_factor=True),
    Mistake("G transposed in both", both("G.T @ B.T", "A.T @ G.T"), "G is transposed in both products",
            f"{ROW} {COLUMN}"),
    Mistake("only G transposed", both("G.T @ B", "A @ G.T"), "G is transposed, and B and A are not", f"{ROW} {COLUMN}"),
    Mistake("own factor", both("G @ A.T", "B.T @ G"), "each gradient is made with the matrix itself, and not with the "
            "other factor", "For numbers, c = a·b: which of the two stands in ∂c/∂a?"),
    Mistake("returned in the other order", edit(BOTH, "return dB, dA"), "the two gradients are returned in the other "
            "order", "What is returned first?"),
    Mistake("ones for G", edit("    " + DA, "    G = np.ones(G.shape)\n    " + DA), "the gradient that comes from "
            "above is taken to be 1 everywhere", ABOVE, is_factor=True),
    Mistake("G left out", both("B.T", "A.T"), "each gradient is the other factor, transposed: G is left out", ABOVE),
    Mistake("G left out of dA", one(DA, "B.T"), "dA is Bᵀ alone: G is left out of it", ABOVE),
    Mistake("G left out of dB", one(DB, "A.T"), "dB is Aᵀ alone: G is left out of it", ABOVE),
    Mistake("elementwise", both("G * B", "A * G"), "entries are multiplied one by one, as for numbers: * in the place "
            "of @", f"{ROW} {COLUMN}"),
    Mistake("elementwise, transposed", both("G * B.T", "A.T * G"), "the right matrices are transposed, but entries are "
            "multiplied one by one: * in the place of @", f"{ROW} {COLUMN}"),
    Mistake("inverse", both("G @ np.linalg.inv(B)", "np.linalg.inv(A) @ G"), "the inverse stands where the transpose "
            "belongs", "The product is differentiated here, not solved: which formula has Σⱼ Gᵢⱼ Bₗⱼ?"),
    Mistake("divided by m", both("G @ B.T / len(G)", "A.T @ G / len(G)"), "the gradients are divided by the number of "
            "rows: if there is a mean in J, G contains its 1/m already", "Is there a mean in C = A @ B?"),
    Mistake("only dB divided", one(DB, "A.T @ G / len(G)"), "dB is divided by the number of rows: if there is a mean "
            "in J, G contains its 1/m already", "Is there a mean in C = A @ B?", is_factor=True),
    Mistake("dA has the wrong sign", one(DA, "-G @ B.T"), "dA's sign is turned", "", is_factor=True),
    Mistake("dB has the wrong sign", one(DB, "-A.T @ G"), "dB's sign is turned", "", is_factor=True),
]  # fmt: skip

LOCATES = {
    "dA": "the fault is in the line of dA. dAᵢₗ is made of row i of G and row l of B, and of nothing else",
    "dB": "dA is right, so the fault is in the line of dB. dBₗⱼ is made of column l of A and column j of G, and of "
    "nothing else",
    "dA of A @ A": "matmul_backward is right, so it is about the two uses of A, and what their two gradients become "
    "together",
}

MISTAKES = [
    *IN_PRODUCT,
    *(beside_a_right_square(mistake) for mistake in IN_PRODUCT if mistake.name not in SAME_FOR_SQUARES),
    Mistake("only the second use", edit(SUM, "return right"), "for A @ A only the right A counts: the second gradient "
            "takes the place of the first, as with = in the place of +=", TWICE, is_factor=True),
    Mistake("only the first use", edit(SUM, "return left"), "for A @ A only the left A counts", TWICE, is_factor=True),
    Mistake("twice the left", edit(SUM, "return 2 * left"), "the gradient of A @ A is taken to be 2 G Aᵀ, as if it "
            "were the square of a number", TWICE, is_factor=True),
    Mistake("twice the right", edit(SUM, "return 2 * right"), "the gradient of A @ A is taken to be 2 Aᵀ G, as if it "
            "were the square of a number", TWICE, is_factor=True),
    Mistake("mean of the uses", edit(SUM, "return (left + right) / 2"), "the gradients of the two uses are averaged",
            TWICE, is_factor=True),
    Mistake("difference of the uses", edit(SUM, "return left - right"), "the one use is subtracted from the other",
            TWICE, is_factor=True),
    Mistake("product of the uses", edit(SUM, "return left * right"), "the gradients of the two uses are multiplied",
            TWICE),
    Mistake("both returned", edit(SUM, "return left, right"), "for A @ A the gradients of the two uses are returned "
            "side by side", TWICE),
    Mistake("rule of a number's square", edit("    left, right = matmul_backward(G, A, A)\n    return left + right",
            "    return G * 2 * A"), "A @ A is taken for the square of each entry", TWICE),
]  # fmt: skip

VARIANTS = [
    Variant("einsum", both('np.einsum("ij,lj->il", G, B)', 'np.einsum("il,ij->lj", A, G)')),
    Variant("the product turned round", both("(B @ G.T).T", "np.dot(G.T, A).T")),
    Variant("loops", code('''
import numpy as np


def matmul_backward(G, A, B):
    dA, dB = np.zeros(A.shape), np.zeros(B.shape)
    m, k = A.shape
    for i in range(m):
        for j in range(B.shape[1]):
            for l in range(k):
                dA[i, l] += G[i, j] * B[l, j]
                dB[l, j] += G[i, j] * A[i, l]
    return dA, dB


def square_backward(G, A):
    gradient = np.zeros(A.shape)
    for use in matmul_backward(G, A, A):
        gradient += use
    return gradient
''')),
    Variant("written out", edit("    left, right = matmul_backward(G, A, A)\n    return left + right", "    return A.T "
            "@ G + G @ A.T")),
]  # fmt: skip
