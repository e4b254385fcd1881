"""Names: what every variable of a listing is called in the source."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Collection, Mapping

import numpy as np

from ..listing import Instruction, Listing, Variable, uses
from .memory import Block, is_view

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
    own : collection of str
        Names that are taken by this listing's inputs.
    """

    def __init__(
        self, listing: Listing, of: Mapping[Variable, Block], taken: set[str], own: Collection[str] = ()
    ) -> None:
        self._taken = taken
        self._names: dict[Variable, str] = {}
        for v in listing.inputs:
            if v.name in own:
                self._names[v] = v.name
            else:
                self._give(v, v.name or "x")
        for old, new in listing.stores:
            if new in of and of[new] is of.get(old):
                self._names[new] = self._names[old]
        for i in listing.instructions:
            if i.out.name:
                self._give_computed(i.out, of)
        if own:
            self._name_scratch(listing, of)
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

    def _give_computed(self, v: Variable, of: Mapping[Variable, Block]) -> None:
        """A computed variable's name; tenants of one block that are called the same are one array."""
        for other in of[v].tenants if v in of else ():
            if other.name == v.name and other in self._names:
                self._names[v] = self._names[other]
        self._give(v, v.name)

    def _name_scratch(self, listing: Listing, of: Mapping[Variable, Block]) -> None:
        """One name for all that lie in one block, where an array is worked on again and again."""
        for i in listing.instructions:
            if i.out not in self._names and i.out in of and not of[i.out].given:
                tenants = of[i.out].tenants
                known = next((self._names[v] for v in tenants if v in self._names), None)
                self._names[i.out] = known or free_name("scratch", self._taken)

    def update(self, others: Names) -> None:
        """Know the names of another listing too."""
        self._names.update(others._names)

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
        if not is_view(i) and v in of and of[v] is of.get(i.out) and counts[v] == i.operands.count(v)
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
    >>> free_name("w₁", taken), free_name("w1", taken)
    ('w1', 'w1_2')
    """
    name = identifier(wish)
    found = f"{name}_{free_number(name, taken)}" if name in taken else name
    taken.add(found)
    return found


def identifier(wish: str) -> str:
    """A name like this one, spelt as Python reads it: 𝑥 and x are one name to Python, and ﬁ is fi.

    Examples
    --------
    >>> identifier("𝑥"), identifier("weights of 1"), identifier("²")
    ('x', 'weights_of_1', 'x2')
    """
    plain = unicodedata.normalize("NFKC", wish)
    name = "".join(c if f"x{c}".isidentifier() else " " for c in plain)
    name = re.sub(r"\W+", "_", name).strip("_") or "x"
    if keyword.iskeyword(name):
        return f"{name}_"
    return name if name.isidentifier() else unicodedata.normalize("NFKC", f"x{name}")


def free_number(name: str, taken: set[str]) -> int:
    """A number that makes the name a free one: the first, if those before are taken without a gap.

    It is looked for by doubling and halving; counting up for each of 10,000 names takes seconds.
    """
    last, free = 1, 2
    while f"{name}_{free}" in taken:
        last, free = free, 2 * free
    while free - last > 1:
        middle = (last + free) // 2
        last, free = (middle, free) if f"{name}_{middle}" in taken else (last, middle)
    return free
