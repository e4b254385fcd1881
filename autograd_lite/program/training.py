"""Training: forward, backward and update as one program, a whole step of gradient descent."""

from __future__ import annotations

import html
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..engine import Value
from .costs import Cost, cost_of
from .listing import BACKWARD, Instruction, Listing, Variable
from .passes import simplified
from .recording.recorder import Recording, recording_of
from .update import COPY, InPlace, Update, UpdateWriter
from .writing.emission import Row, Source, Writer, assembled
from .writing.loading import Loaded
from .writing.memory import Block, is_view, layout_of, lies_in, takes_out
from .writing.saving import save_source


@dataclass(frozen=True)
class Step:
    """One step before its update, as it was recorded.

    Attributes
    ----------
    recording : Recording
        Of a function that returns the cost, what else is wanted, and the gradient of each weight.
    listing : Listing
        Its operations after all passes.
    weights : tuple of Variable
        Those that the update changes, in the order of their gradients.
    others : tuple of Value
        Values from outside that it reads and does not change.
    extras : int
        How many results there are between the cost and the gradients.
    """

    recording: Recording
    listing: Listing
    weights: tuple[Variable, ...]
    others: tuple[Value, ...]
    extras: int

    @property
    def gradients(self) -> tuple[Variable, ...]:
        return self.listing.outputs[1 + self.extras :]


def step_of(
    f: Callable[..., Any], x: np.ndarray, y: np.ndarray, weights: Sequence[Value], extras: int, columns: Sequence[bool]
) -> Step:
    """Record the forward and the backward pass.

    Parameters
    ----------
    f : callable
        ``f(x, y)`` returns the cost, the extras, and the gradient of each of the weights, in one tuple.
    columns : sequence of bool
        Which weights lie column by column in their vector.
    """
    recording = recording_of(f, (x, y), {}, constant=("x", "y"))
    listing = with_gradients_of_their_own(simplified(recording.listing), 1 + extras)
    numeric = sum(a.is_numeric or a.is_generator for a in recording.arguments)
    variable = dict(zip(recording.outside, recording.listing.inputs[numeric:], strict=True))
    others = tuple(v for v in recording.outside if v not in set(weights))
    used = tuple(variable.get(w) or Variable.like(w.data_to_record(), w.name or "w") for w in weights)
    for v, in_columns in zip(used, columns, strict=True):
        v.axes = (1, 0) if in_columns else None
    inputs = (*listing.inputs[:numeric], *(variable[v] for v in others), *used)
    return Step(recording, listing.but(inputs=inputs), used, others, extras)


def with_gradients_of_their_own(listing: Listing, first: int) -> Listing:
    """Let every gradient be computed into an array of its own, so that it can lie beside the others."""
    made = {i.out: i for i in listing.instructions}
    seen: set[Variable] = set(listing.outputs[:first])
    outputs, copies = list(listing.outputs), []
    for at, v in enumerate(listing.outputs[first:], start=first):
        if v in seen or v not in made or is_view(made[v]) or not takes_out(made[v]) or read_as_view(v, listing):
            copy = Variable(v.shape, v.dtype, v.name)
            copies.append(Instruction(COPY, (v,), copy, BACKWARD))
            outputs[at] = copy
        seen.add(outputs[at])
    return listing.but(instructions=(*listing.instructions, *copies), outputs=tuple(outputs))


def read_as_view(v: Variable, listing: Listing) -> bool:
    """True if something else is looked at in v's memory."""
    return any(v in lies_in(i) for i in listing.instructions)


class TrainingProgram:
    """A whole training step, written out as NumPy source.

    Its weights, their gradient and what the optimizer remembers are vectors at the head of the source,
    and are changed in place. Programs for other batch sizes share them.

    Attributes
    ----------
    source : str
        The program: a module with one function, ``train_step(x, y, learning_rate, t)``.
    recorded, listing : Listing
        The forward and the backward pass as they were recorded, and after all passes.
    update : Update
        The optimizer's formula as it was recorded: for the vectors of all weights and gradients, or a part of them.
    """

    def __init__(self, step: Step, update: InPlace) -> None:
        self.recorded, self.listing = step.recording.listing, step.listing
        self.others = step.others
        self._update = update
        self._written, names = written(step, update)
        self._loaded = Loaded(self._written.text, "train_step", self._written.constants, self._written.given)
        self._share(update.namespace, step, names)
        self.run = self._loaded.function("train_step")
        self.lock = threading.Lock()

    def _share(self, namespace: dict[str, Any], step: Step, names: Sequence[tuple[str, str]]) -> None:
        """Work on these vectors from now on: the names at the head of the source come to mean them."""
        own = self._loaded.namespace
        own.update({name: namespace[name] for name in (*namespace["vectors"], "parts") if name in namespace})
        begin = 0
        for (weight, gradient), v in zip(names, step.weights, strict=True):
            end = begin + int(np.prod(v.shape or (), dtype=int))
            own[weight] = part_of(own["weights"], begin, v)
            own[gradient] = part_of(own["gradient"], begin, v)
            begin = end

    def explain(self, error: BaseException) -> None:
        """Say beside an error which operation it happened in."""
        self._loaded.explain(error, self._written.lines)

    @property
    def source(self) -> str:
        return self._written.text

    @property
    def update(self) -> Update:
        return self._update.update

    def save(self, path: str | Path) -> Path:
        """Write the program to a file that NumPy alone can run; see `Program.save`."""
        return save_source(self._written, path)

    def cost(self) -> Cost:
        """Operations, floating-point operations, and bytes of buffers beside those that eager allocates.

        The gradient is among the buffers; weights and what the optimizer remembers are not, they outlive the step.
        """
        return cost_of(self.recorded, self.listing, *self._written.layouts) + self._update.cost()

    def __str__(self) -> str:
        return self.source

    def __repr__(self) -> str:
        x = self.listing.inputs[0]
        count = len(self.listing.instructions)
        return f"<{type(self).__name__} for batches of shape {x.shape}, {count} operations and an update>"

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(self.source)}</pre>"


def part_of(vector: np.ndarray, begin: int, v: Variable) -> np.ndarray:
    """The part of a vector where a variable lies, in its shape; column by column, if it lies so by itself."""
    shape = v.shape or ()
    part = vector[begin : begin + int(np.prod(shape, dtype=int))]
    return part.reshape(shape) if v.axes is None else part.reshape(shape[::-1]).T


FINITE = [
    "if not (math.isfinite(cost) and math.isfinite(np.vdot(gradient, gradient))):",
    '    raise FloatingPointError("the cost or a gradient is inf or nan; no step was made")',
]


def written(step: Step, update: InPlace) -> tuple[Source, list[tuple[str, str]]]:
    """The text of the whole step, and the names of each weight and its gradient in it."""
    vectors = set(update.update.vectors)
    given = {
        g: Block(g.shape or (), g.dtype, g, given=True, axes=w.axes)
        for w, g in zip(step.weights, step.gradients, strict=True)
    }
    name_all(step)
    writer = Writer(step.listing, layout_of(step.listing, given), {"train_step", "parts", *vectors})
    writer.body()
    after = UpdateWriter(update.update, writer)
    rows: list[Row] = [*writer.rows, *((line, "", None) for line in FINITE)]
    rows += [("# update: a step of the optimizer against the gradient", "", None), *after.rows]
    writer.rows = rows
    writer.returned(step.listing.outputs[: 1 + step.extras])
    arguments = [writer.names[v] for v in step.listing.inputs if v not in set(step.weights)]
    shared = [b for b in after.writer.layout.blocks if not b.given]
    writer.layout.blocks.extend(shared)
    writer.names.update(after.writer.names)
    head = [*after.head, *views(step, writer), "", *writer.head(), *after.parts]
    names = [(writer.names[w], writer.names[g]) for w, g in zip(step.weights, step.gradients, strict=True)]
    parameters = ", ".join([*arguments, *after.numbers])
    return assembled(head, "train_step", parameters, writer.rows, [writer, after.writer]), names


def name_all(step: Step) -> None:
    """Names that the head needs: ``cost``, and ``d_`` of each weight."""
    cost = step.listing.outputs[0]
    cost.name = "cost"
    for i in step.listing.instructions:
        if i.out is cost and not i.operands[0].is_number:
            i.operands[0].name = i.operands[0].name or "losses"
    for at, (w, g) in enumerate(zip(step.weights, step.gradients, strict=True)):
        w.name = w.name or f"w{at}"
        g.name = f"d_{w.name}"


def views(step: Step, writer: Writer) -> list[str]:
    """``dense_W, d_dense_W = …``: each weight and its gradient as parts of their vectors."""
    lines, begin = [], 0
    for w, g in zip(step.weights, step.gradients, strict=True):
        shape = w.shape or ()
        end = begin + int(np.prod(shape, dtype=int))
        lengths = shape if w.axes is None else shape[::-1]
        reshaped = f".reshape({', '.join(map(str, lengths))})" if len(shape) != 1 else ""
        reshaped += "" if w.axes is None else ".T"
        names = f"{writer.names[w]}, {writer.names[g]}"
        lines.append(f"{names} = (v[{begin}:{end}]{reshaped} for v in (weights, gradient))")
        begin = end
    return lines
