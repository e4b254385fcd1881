"""Update: an optimizer's formula, recorded, and run in place on one long vector of weights.

Weights, gradient and what the optimizer remembers are vectors of one length, and the formula works
entry by entry. So it can run on one part after the other, each small enough for the processor's cache.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..engine import Operation, RecordingError
from ..engine.rules.table import RULES
from .costs import Cost, cost_of
from .listing import UPDATE, Instruction, Listing, Variable, uses
from .passes import simplified
from .recording.recorder import recording_of
from .writing.emission import Row, Writer, assembled
from .writing.loading import Loaded
from .writing.memory import Block, Lifetimes, layout_of, lies_in, may_overwrite

COPY: Operation = RULES[np.copy]
PART = 2**18
"""So many bytes of each vector are updated at a time: Adam's five fit into the processor's cache together."""


@dataclass(frozen=True)
class Update:
    """A recorded formula: new weights and new memory from the old ones and the gradient.

    Attributes
    ----------
    vectors : tuple of str
        Names: ``weights``, ``gradient``, then what is remembered.
    size, dtype
        Of each vector.
    listing : Listing
        Of one part. Its inputs are the vectors, then the learning rate and the count of steps.
    """

    vectors: tuple[str, ...]
    size: int
    dtype: np.dtype
    listing: Listing

    @property
    def in_parts(self) -> bool:
        """True if the vectors are too long to be updated at once."""
        return self.listing.inputs[0].shape != (self.size,)


def update_of(formula: Callable[..., Any], remembers: Sequence[str], size: int, dtype: Any) -> Update:
    """Record an optimizer's formula.

    Parameters
    ----------
    formula : callable
        ``formula(w, g, *memory, learning_rate, t)`` returns the new w and each new memory.
    remembers : sequence of str
        What each memory is called.
    size, dtype
        Of the vectors.

    Raises
    ------
    RecordingError
        If it cannot be recorded, or does not return such vectors.
    """
    vectors = ("weights", "gradient", *remembers)
    length = min(size, PART // np.dtype(dtype).itemsize)
    examples = tuple(np.ones(length, dtype) for _ in vectors)
    recording = recording_of(formula, examples, {"learning_rate": 0.5, "t": 1.0})
    found = recording.listing
    if [(v.shape, v.dtype) for v in found.outputs] != [((length,), np.dtype(dtype))] * (len(vectors) - 1):
        raise RecordingError(
            f"An optimizer's update returns the new weights and what it remembers, a tuple of {len(vectors) - 1} "
            f"vectors of the length and dtype of w; this one returned {list(found.outputs)}."
        )
    if recording.outside:
        raise RecordingError("An optimizer's update computes from its arguments; this one used another Value.")
    old = [v for v in found.inputs if v is not found.inputs[1] and not v.is_number]
    listing = simplified(found.but(outputs=(), stores=tuple(zip(old, found.outputs, strict=True))))
    if size > length and not all(entry_by_entry(i) for i in listing.instructions):
        raise RecordingError("This update looks at several weights at once, so it cannot run on a part of them.")
    listing = with_stores_of_their_own(listing)
    name_steps(listing)
    instructions = tuple(Instruction(i.op, i.operands, i.out, UPDATE, i.note) for i in listing.instructions)
    update = Update(vectors, size, np.dtype(dtype), listing.but(instructions=instructions))
    if not update.in_parts:
        for v, name in zip(listing.inputs, vectors, strict=False):
            v.name = name
    return update


def with_stores_of_their_own(listing: Listing) -> Listing:
    """Copy what is to be remembered and lies in an old vector, which is written over: the weights before this step."""
    made = {i.out: i for i in listing.instructions}
    copies: list[Instruction] = []
    stores = []
    for old, new in listing.stores:
        if new not in made or lies_in(made[new]):
            copy = Variable(new.shape, new.dtype)
            copies.append(Instruction(COPY, (new,), copy))
            new = copy
        stores.append((old, new))
    return listing.but(instructions=(*listing.instructions, *copies), stores=tuple(stores))


def entry_by_entry(i: Instruction) -> bool:
    """True for an operation on numbers, or on each entry by itself."""
    return i.op.elementwise or i.op is COPY or all(v.is_number for v in (*i.operands, i.out))


def name_steps(listing: Listing) -> None:
    """Call what is subtracted from the weights the step, and a number that vectors are multiplied by alpha."""
    weights, new = listing.stores[0]
    for i in listing.instructions:
        if i.out is new and i.op.func in (np.subtract, np.add) and i.operands[0] is weights:
            i.operands[1].name = i.operands[1].name or "step"
        if not i.out.is_number:
            for v in i.operands:
                if v.is_number and not v.is_constant and v not in listing.inputs:
                    v.name = v.name or "alpha"


def store_blocks(listing: Listing) -> dict[Variable, Block]:
    """Where the inputs lie that are written over in the end, and what may be written there at once.

    A new number may take the old one's place when nothing reads the old one any more.
    """
    lives = Lifetimes(listing)
    made = {i.out: (at, i) for at, i in enumerate(listing.instructions)}
    of = {v: Block(v.shape, v.dtype, v, given=True) for v in listing.inputs if v.shape is not None}
    counts = uses(listing)
    for old, new in listing.stores:
        wanted: Variable | None = new
        while wanted in made and free_at(made[wanted], old, lives):
            of[wanted] = of[old]
            _, i = made[wanted]
            # A step that only this instruction reads may lie there before it.
            wanted = next((v for v in i.operands if counts[v] == 1 and v in made and may_overwrite(i, v)), None)
    return of


def free_at(made: tuple[int, Instruction], old: Variable, lives: Lifetimes) -> bool:
    """True if an instruction may write over old: nothing reads it later, and nothing but its own entry now."""
    at, i = made
    last_read = lives.last.get(old, -1)
    return last_read < at or (last_read == at and may_overwrite(i, old))


class UpdateWriter:
    """Writes an update: what the module's head needs, and the rows of its function."""

    def __init__(self, update: Update, before: Writer | None = None) -> None:
        self.update = update
        layout = layout_of(update.listing, store_blocks(update.listing))
        self.writer = Writer(update.listing, layout, {*update.vectors, "parts"}, before, own=set(update.vectors))
        self.writer.shapes_shown = not update.in_parts
        self.writer.body()

    @property
    def head(self) -> list[str]:
        """The vectors, and the parts that they are cut into."""
        u = self.update
        kind = "" if u.dtype == np.float64 else f", np.{u.dtype.name}"
        return [f"{', '.join(u.vectors)} = (np.zeros({u.size}{kind}) for _ in range({len(u.vectors)}))"]

    @property
    def parts(self) -> list[str]:
        """The vectors cut into parts, if they are long."""
        u = self.update
        n = PART // u.dtype.itemsize
        if not u.in_parts:
            return []
        cut = [f"{v}[i : i + {n}]" for v in u.vectors] + [f"{v}[: {u.size} - i]" for v in self._scratch]
        return [
            "# parts of the vectors, small enough to stay in the processor's cache",
            "parts = [",
            f"    ({', '.join(cut)})",
            f"    for i in range(0, {u.size}, {n})",
            "]",
        ]

    @property
    def _scratch(self) -> list[str]:
        return [self.writer.names[b.owner] for b in self.writer.layout.blocks if not b.given]

    @property
    def rows(self) -> list[Row]:
        """The body of the function; a loop over the parts, if there are any."""
        if not self.update.in_parts:
            return self.writer.rows
        names = [self.writer.names[v] for v in self.update.listing.inputs if not v.is_number]
        numbers = [row for row in self.writer.rows if row[2] is not None and row[2].out.is_number]
        loop = [(f"    {code}", note, i) for code, note, i in self.writer.rows if i is None or not i.out.is_number]
        return [*numbers, (f"for {', '.join([*names, *self._scratch])} in parts:", "", None), *loop]

    @property
    def numbers(self) -> list[str]:
        """The names of the learning rate and of the count of steps."""
        return [self.writer.names[v] for v in self.update.listing.inputs if v.is_number]


class InPlace:
    """A program of an update alone, and the home of its vectors.

    Attributes
    ----------
    update : Update
    namespace : dict
        The vectors by name; other programs share them.
    """

    def __init__(self, update: Update) -> None:
        self.update = update
        made = UpdateWriter(update)
        rows = [(f"# {', '.join(update.vectors)} are written over", "", None), *made.rows]
        head = [*made.head, "", *made.writer.head(), *made.parts]
        self.source = assembled(head, "update", ", ".join(made.numbers), rows, [made.writer])
        self._loaded = Loaded(self.source.text, "update", self.source.constants, self.source.given)
        self.namespace = self._loaded.namespace
        self.namespace["vectors"] = update.vectors
        self._run = self._loaded.function("update")

    @property
    def weights(self) -> np.ndarray:
        return self.namespace["weights"]  # type: ignore[no-any-return]

    @property
    def gradient(self) -> np.ndarray:
        return self.namespace["gradient"]  # type: ignore[no-any-return]

    def cost(self) -> Cost:
        """What an update costs: its operations for every part, and the gradient that it reads."""
        once = cost_of(self.update.listing, self.update.listing)
        parts = self.update.size / (self.update.listing.inputs[0].shape or (1,))[0]
        return Cost(
            operations=once.operations * math.ceil(parts),
            flops=round(once.flops * parts),
            buffer_bytes=self.gradient.nbytes,
            eager_bytes=round(once.eager_bytes * parts),
        )

    def __call__(self, learning_rate: float, t: float) -> None:
        """Write new weights and new memory over the old ones."""
        self._run(learning_rate, t)
