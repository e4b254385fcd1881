"""What is said of each operation: its formula, a sentence on the way forward, one on the way back.

``x`` and ``y`` are the operands, ``a`` the result, ``n`` a number of entries. The slopes themselves are in
``drawing/symbols.py``, because pictures show them too; what is not in this table is told in general words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from ..drawing.text import clean
from ..engine import Operation, log_softmax, relu, sigmoid, sigmoid_crossentropy, softmax, softmax_crossentropy
from ..engine.rules.indexing import item
from ..engine.variables import alias


class Words(NamedTuple):
    """What is said of an operation.

    Attributes
    ----------
    formula : str
        A template; see `templates`. Empty: the function's name and its operands.
    forward : str
        A sentence.
    backward : tuple of str
        A sentence for each operand; the last one is for all that follow.
    written_out : str
        A second template, for functions that a first course explains: ``1 / (1 + e^(−{x}))``.
    title : str
        ``the multiplication``
    """

    formula: str
    forward: str
    backward: tuple[str, ...]
    written_out: str = ""
    title: str = ""


UNCHANGED = "Addition passes the gradient on unchanged: {me} moves {a} by just as much as it moves itself."
SWAPS = "Multiplication swaps: the slope for {me} is the other factor, {other}."
REARRANGED = "Nothing is computed here: each number of the gradient goes back to the place that its number came from."
LARGER = (
    "Only the larger of the two has moved the result: it gets the whole gradient, and the other one 0. Where both "
    "are equal, each gets half."
)

ALONE = "The {} entry alone moved the result: it gets the gradient. Equal ones share it."
TAKEN = "What was taken gets the gradient, once for each time that it was taken; the rest gets 0."
SMALLER = LARGER.replace("larger", "smaller")

# fmt: off
WORDS: dict[Callable[..., Any], Words] = {
    np.add: Words("{x} + {y}", "{a} is the sum of {x} and {y}.", (UNCHANGED,), title="the addition"),
    np.subtract: Words(
        "{x} − {y}", "{a} is {x} minus {y}.",
        ("Subtraction passes the gradient on unchanged to what stands before the minus.",
         "What is subtracted gets the gradient with its sign turned: when {me} grows, {a} shrinks."),
        title="the subtraction"),
    np.multiply: Words("{x} · {y}", "{a} is the product of {x} and {y}.", (SWAPS,), title="the multiplication"),
    np.divide: Words(
        "{x} / {y}", "{a} is {x} divided by {y}.",
        ("What is divided gets the gradient divided by {y}, too.",
         "The larger the divisor, the smaller {a}: its slope is −{a} / {y}."),
        title="the division"),
    np.power: Words(
        "{x}^{y}", "{a} is {x} to the power of {y}.",
        ("The exponent comes down in front, and the power is one less.",
         "An exponent's slope is the power itself times the logarithm of its base."),
        title="the power"),
    np.negative: Words("−{x}", "{a} is {x} with its sign turned.", ("The sign turns on the way back, too.",),
                       title="the minus sign"),
    np.positive: Words("{x}", "{a} is {x}.", ("The gradient passes unchanged.",), title="the plus sign"),
    np.square: Words("{x}²", "{a} is {x} squared.", ("The slope of a square is twice its base.",),
                     title="the square"),
    np.sqrt: Words("√{x}", "{a} is the square root of {x}.",
                   ("The slope of a square root is 1 / (2√x): steep near 0, flat far out.",), title="the root"),
    np.reciprocal: Words("1 / {x}", "{a} is one over {x}.", ("The slope of 1/x is −1/x².",), title="the reciprocal"),
    np.exp: Words("e^{x}", "{a} is e to the power of {x}.",
                  ("The exponential function is its own slope: {a} itself.",), title="the exponential"),
    np.log: Words("log {x}", "{a} is the natural logarithm of {x}.",
                  ("The slope of a logarithm is 1/{x}: steep where {x} is near 0.",), title="the logarithm"),
    np.log1p: Words("log(1 + {x})", "{a} is the logarithm of 1 + {x}.", ("Its slope is 1 / (1 + {x}).",),
                    title="the logarithm"),
    np.sin: Words("sin {x}", "{a} is the sine of {x}.", ("The slope of the sine is the cosine.",), title="the sine"),
    np.cos: Words("cos {x}", "{a} is the cosine of {x}.", ("The slope of the cosine is minus the sine.",),
                  title="the cosine"),
    np.tanh: Words(
        "tanh {x}", "tanh squeezes {x} into the range from −1 to 1.",
        ("The slope of tanh is 1 − {a}²: at most 1, and almost 0 where it is saturated.",),
        "(e^{x} − e^(−{x})) / (e^{x} + e^(−{x}))", "the tanh"),
    np.abs: Words("|{x}|", "{a} is {x} without its sign.", ("The slope is 1 where {x} is above 0, −1 below.",),
                  title="the absolute value"),
    np.maximum: Words("max({x}, {y})", "{a} is the larger of {x} and {y}.", (LARGER,), title="the maximum"),
    np.minimum: Words("min({x}, {y})", "{a} is the smaller of {x} and {y}.",
                      (SMALLER,),
                      title="the minimum"),
    sigmoid: Words(
        "σ({x})", "The sigmoid squeezes {x} into the range from 0 to 1.",
        ("The slope of σ is {a} (1 − {a}): at most 0.25, and almost 0 where {a} is near 0 or 1.",),
        "1 / (1 + e^(−{x}))", "the sigmoid"),
    relu: Words("max(0, {x})", "ReLU lets pass what is above 0, and makes everything else 0.",
                ("Where {x} was above 0 the gradient passes unchanged; elsewhere nothing comes back.",),
                title="the ReLU"),
    sigmoid_crossentropy: Words(
        "BCE(σ({x}), {y})", "The loss compares the probability σ({x}) with the label {y}.",
        ("Sigmoid and cross-entropy together have a simple slope: prediction minus label, σ({x}) − {y}.",
         "A label is data: nobody changes it, but its slope is −{x}."),
        "−{y} · log σ({x}) − (1 − {y}) · log(1 − σ({x}))", "the loss"),
    softmax_crossentropy: Words(
        "CE(softmax({x}), {y})", "The loss is −log of the probability that softmax gives to the right class.",
        ("Softmax and cross-entropy together have a simple slope: the probabilities, minus 1 at the right class.",),
        title="the loss"),
    softmax: Words("softmax({x})", "Softmax makes probabilities of {x}: positive, with the sum 1.",
                   ("Each probability depends on all scores, because their sum is always 1.",), title="the softmax"),
    log_softmax: Words("log softmax({x})", "{a} is the logarithm of the probabilities that softmax gives.",
                       ("Each score's gradient is its own minus its share of the sum.",), title="the log-softmax"),
    np.matmul: Words(
        "{x} · {y}", "Each entry of {a} is a row of {x} times a column of {y}, added up.",
        ("An entry of {me} was used in a whole row of {a}: its gradient collects that row, times {other}.",
         "An entry of {me} was used in a whole column of {a}: its gradient collects that column, times {other}."),
        title="the matrix product"),
    np.sum: Words("Σ {x}", "{a} adds up the entries of {x}.",
                  ("Each entry counts once in the sum, so each gets the whole gradient.",), title="the sum"),
    np.mean: Words("1 / {n} · Σ {x}", "{a} is the average of {n} entries of {x}.",
                   ("Each entry counts 1/{n} in the average, so each gets that part of the gradient.",),
                   title="the average"),
    np.max: Words("max {x}", "{a} is the largest entry of {x}.",
                  (ALONE.format("largest"),), title="the maximum"),
    np.min: Words("min {x}", "{a} is the least entry of {x}.",
                  (ALONE.format("least"),), title="the minimum"),
    np.reshape: Words("", "{a} holds the numbers of {x} in another shape.", (REARRANGED,), title="the reshape"),
    np.transpose: Words("{x}ᵀ", "{a} is {x} with rows and columns exchanged.", (REARRANGED,),
                        title="the transpose"),
    item: Words("", "{a} is a part of {x}.",
                (TAKEN,), title="the selection"),
    np.where: Words("", "{a} takes each number from {y} where the condition holds, else from {z}.",
                    ("A condition has no slope.", "The gradient goes to the operand whose number was taken."),
                    title="the choice"),
    alias: Words("{x}", "{a} is {x}.", ("The gradient passes unchanged.",), title="the same number"),
}
# fmt: on


ALONG = {np.sum: "sum", np.mean: "average", np.max: "largest", np.min: "least", np.prod: "product"}
COMPARISONS = (np.greater, np.greater_equal, np.less, np.less_equal, np.equal, np.not_equal)


def words_of(op: Operation, shapes: tuple[tuple[int, ...], ...] = (), is_complex: bool = False) -> Words:
    """What is said of an operation; in general words for those that have none of their own.

    Parameters
    ----------
    op : Operation
    shapes : tuple of shapes
        Of its operands.
    is_complex : bool
        Whether an operand is: what is said of signs and sizes is said of real numbers.
    """
    found = WORDS.get(op.func)
    symbol = clean(op.symbol, 20).replace("{", "{{").replace("}", "}}")
    back = (f"The rule of {symbol} says how much {{a}} changes with {{me}}.",)
    if op.func in COMPARISONS:
        return Words(
            "", f"{{a}} says where {{x}} {symbol} {{y}} holds: it has no slope.", back, title=clean(op.symbol, 20)
        )
    if found is None:
        return Words("", f"{{a}} is computed by {symbol}.", back, title=clean(op.symbol, 20))
    if is_complex and op.func not in (np.add, np.subtract, np.multiply, np.divide, np.negative):
        return found._replace(forward=f"{{a}} is computed by {symbol}.", backward=back)
    if op.func in ALONG and op.settings.get("axis") is not None:
        said = f"Each entry of {{a}} is the {ALONG[op.func]} along axis {op.settings['axis']} of {{x}}."
        return found._replace(formula="", forward=said)
    if op.func is np.matmul and any(len(shape) != 2 for shape in shapes):
        return product_words(found, tuple(map(len, shapes)))
    return found


PRODUCTS: dict[tuple[int, ...], tuple[str, ...]] = {
    (2, 1): ("Each entry of {a} is a row of {x} times {y}, added up.",
             "Each entry of {me} meets one entry of {other}: its gradient is that of its row, times that entry.",
             "Each entry of {me} meets a whole column of {other}: its gradient collects that column."),
    (1, 2): ("Each entry of {a} is {x} times a column of {y}, added up.",
             "Each entry of {me} meets a whole row of {other}: its gradient collects that row.",
             "Each entry of {me} meets one entry of {other}: its gradient is that of its column, times that entry."),
    (1, 1): ("{a} adds up the products of the entries of {x} and {y}.",
             "The slope for an entry of {me} is the entry of {other} that it was multiplied by.",
             "The slope for an entry of {me} is the entry of {other} that it was multiplied by."),
}  # fmt: skip


def product_words(found: Words, axes: tuple[int, ...]) -> Words:
    """What is said of a product in which not both are matrices."""
    forward, *back = PRODUCTS.get(axes, ("{a} is the product of the matrices in {x} and {y}.", *found.backward))
    return found._replace(forward=forward, backward=tuple(back))


def backward_sentence(words: Words, position: int, names: dict[str, str]) -> str:
    """The sentence of one operand."""
    return words.backward[min(position, len(words.backward) - 1)].format_map(names)
