"""Names: what every variable of a listing is called in the source."""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping

import numpy as np

from .listing import Instruction, Listing, Variable, uses
from .memory import Block

WORDS = {
    np.add: "total", np.subtract: "difference", np.multiply: "product", np.divide: "quotient", np.power: "power",
    np.matmul: "product", np.sum: "total", np.mean: "mean", np.negative: "negative", np.where: "chosen",
    np.greater: "mask", np.greater_equal: "mask", np.less: "mask", np.less_equal: "mask", np.equal: "mask",
}  # fmt: skip


class Names:
    """A name for each variable: what a user called it, else what it is a step towards, else what it is.

    Parameters
    ----------
    listing : Listing
    of : dict
        The block of each variable that has one.
    taken : set of str
        What else is called something in the source; what is named here is added to it.
    """

    def __init__(self, listing: Listing, of: Mapping[Variable, Block], taken: set[str]) -> None:
        self._taken = taken
        self._names: dict[Variable, str] = {}
        for v in listing.inputs:
            self._give(v, v.name or "x")
        for old, new in listing.stores:
            self._names[new] = self._names[old]
        for i in listing.instructions:
            if i.out.name:
                self._give(i.out, i.out.name)
        reader = overwriting_readers(listing, of)
        for i in listing.instructions:
            last = i.out
            while last not in self._names and last in reader:
                last = reader[last]
            if last not in self._names:
                self._give(last, word(i))
            self._names[i.out] = self._names[last]

    def _give(self, v: Variable, wish: str) -> None:
        if v not in self._names:
            self._names[v] = free_name(wish, self._taken)

    def __getitem__(self, v: Variable) -> str:
        return self._names[v]

    def get(self, v: Variable) -> str | None:
        return self._names.get(v)


def overwriting_readers(listing: Listing, of: Mapping[Variable, Block]) -> dict[Variable, Variable]:
    """The result that is written over a variable by the only instruction that reads it: one array, one name."""
    counts = uses(listing)
    return {
        v: i.out
        for i in listing.instructions
        for v in i.operands
        if v in of and of[v] is of.get(i.out) and counts[v] == i.operands.count(v)
    }


def word(i: Instruction) -> str:
    """What to call a result that nobody named: after its operation."""
    return WORDS.get(i.op.func, getattr(i.op.func, "__name__", "t"))


def free_name(wish: str, taken: set[str]) -> str:
    """A name like this one that nothing else has, as Python can read it; it is taken from now on.

    Examples
    --------
    >>> taken = {"z"}
    >>> free_name("z", taken), free_name("2 x", taken), free_name("lambda", taken)
    ('z_2', 'x2_x', 'lambda_')
    """
    name = re.sub(r"\W+", "_", wish).strip("_") or "x"
    if name[0].isdigit() or keyword.iskeyword(name):
        name = f"{name}_" if keyword.iskeyword(name) else f"x{name}"
    found, count = name, 1
    while found in taken:
        count += 1
        found = f"{name}_{count}"
    taken.add(found)
    return found
