"""The folder of results: cost curves, graphs, numbers, and a page that shows them all."""

from __future__ import annotations

import html
import importlib.util
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..drawing import GraphvizNotFound, draw
from .trainings import Training


def write_results(folder: Path, trainings: Sequence[Training], settings: dict[str, Any]) -> list[str]:
    """Write everything; the remarks that the reader should see, such as a picture that could not be made."""
    folder.mkdir(parents=True, exist_ok=True)
    remarks = [*cost_curves(folder, trainings), *graphs(folder, trainings)]
    write_text(folder / "results.json", json.dumps(settings | {"trainings": [numbers(t) for t in trainings]}, indent=2))
    write_text(folder / "index.html", page(folder, trainings))
    return remarks


def numbers(training: Training) -> dict[str, Any]:
    """A training as plain numbers."""
    return {
        "key": training.key,
        "title": training.title,
        "optimizer": training.optimizer,
        "weights": training.weights,
        "train_accuracy": training.train_accuracy,
        "test_accuracy": training.test_accuracy,
        "costs": training.costs,
    }


def cost_curves(folder: Path, trainings: Sequence[Training]) -> list[str]:
    """One picture a training: the cost J against the epoch, the scale logarithmic."""
    if importlib.util.find_spec("matplotlib") is None:
        return ['No cost curves: matplotlib is not installed. pip install "autograd_lite[pictures]"']
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.ticker import LogLocator, NullFormatter

    for training in trainings:
        figure = Figure(figsize=(6.4, 4.0), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        axes.plot(range(1, len(training.costs) + 1), training.costs, color="#1559c4", linewidth=2)
        axes.set(title=training.title, xlabel="epoch", ylabel="cost J, the mean loss", yscale="log")
        axes.annotate(
            f"{training.costs[-1]:.2g}", (len(training.costs), training.costs[-1]), (-10, -2),
            textcoords="offset points", ha="right", va="top",
        )  # fmt: skip
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.yaxis.set_major_formatter("{x:g}")
        axes.yaxis.set_minor_formatter(NullFormatter())
        axes.grid(alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
        figure.savefig(folder / f"{training.key}_cost.png", dpi=120, metadata={"Software": None})
    return []


def graphs(folder: Path, trainings: Sequence[Training]) -> list[str]:
    """One picture a training: the computation graph of the loss of one example."""
    for training in trainings:
        try:
            draw(training.example).save(folder / f"{training.key}_graph.svg")
        except GraphvizNotFound as error:
            return [f"No graphs: {error}"]
    return []


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    unfinished = path.with_name(path.name + ".part")
    unfinished.write_text(text, encoding="utf-8")
    os.replace(unfinished, path)


def page(folder: Path, trainings: Sequence[Training]) -> str:
    """A page with the table and all pictures that were made."""
    rows = "".join(
        f"<tr><th scope='row'>{html.escape(t.title)}<td>{t.weights:,}<td>{html.escape(t.optimizer)}<td>{t.costs[0]:.4f}"
        f"<td>{t.costs[-1]:.6f}<td>{t.train_accuracy:.2%}<td>{t.test_accuracy:.2%}</tr>"
        for t in trainings
    )
    sections = "".join(section(folder, t) for t in trainings)
    return f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>From logistic regression to a trained network</title>
<style>
  body {{ font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem;
         color: #1d2330; background: #fff; }}
  table {{ border-collapse: collapse; }} th, td {{ padding: .3rem .8rem; text-align: right; }}
  th:first-child, th:nth-child(3), td:nth-child(3) {{ text-align: left; }} thead {{ border-bottom: 2px solid #1d2330; }}
  img {{ max-width: 100%; height: auto; }} .graph {{ overflow-x: auto; border: 1px solid #ccd3de; border-radius: 8px; }}
  .graph img {{ max-width: none; }}
</style>
<h1>From logistic regression to a trained network</h1>
<p>Real handwritten digits, 8×8 pixels. One digit in five was held out: never trained on, only counted on
(digits of the same writers; new writers would be harder).</p>
<table><thead><tr><th>model<th>weights<th>steps<th>first cost<th>last cost<th>training<th>held out</thead>{rows}</table>
{sections}</html>
"""


def section(folder: Path, training: Training) -> str:
    """The pictures of one training."""
    parts = [f"<h2>{html.escape(training.title)}</h2>"]
    for kind, alt, style in (
        ("cost.png", f"Cost curve: from {training.costs[0]:.3g} to {training.costs[-1]:.3g}", ""),
        ("graph.svg", "Computation graph of the loss of one example, with gradients", " class='graph'"),
    ):
        name = f"{training.key}_{kind}"
        if (folder / name).exists():
            parts.append(f"<p{style}><img src='{name}' alt='{html.escape(alt)}'></p>")
    return "".join(parts)
