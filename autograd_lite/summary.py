"""The table that ``model.summary()`` prints."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table


def print_summary(model: Any, console: Console | None = None) -> None:
    """Print the layers of a model, their output shapes and numbers of weights, and how it is compiled.

    Parameters
    ----------
    model : Sequential
    console : rich.console.Console, optional
        Where to; the terminal, at least 72 columns wide.
    """
    console = console or Console()
    console.print(f'Model: "{model.name}"', markup=False, highlight=False)
    table = Table()
    for title in ("Layer (type)", "Output shape", "Activation"):
        table.add_column(title, overflow="fold")
    table.add_column("Params", justify="right")
    for layer in model.layers:
        activation = getattr(getattr(layer, "activation", None), "__name__", "")
        params = f"{layer.count_params():,}" if layer.built else "not built"
        shape = f"(m, {layer.units})" if hasattr(layer, "units") else "?"
        table.add_row(f"{layer.name} ({type(layer).__name__})", shape, activation, params)
    console.print(table)
    if model.built:
        for title, weights in (
            ("Total", model.weights),
            ("Trainable", model.trainable_weights),
            ("Non-trainable", model.non_trainable_weights),
        ):
            console.print(f"{title} params: {sum(w.size for w in weights):,}", highlight=False)
    else:
        console.print("Total params: known once the model has seen data, or an Input", highlight=False)
    if model._loss is not None:
        console.print(f"Compiled: loss {model.loss!r}, optimizer {model.optimizer!r}", markup=False, highlight=False)
