"""The folder of results: cost curves, graphs, numbers, and a page that shows them all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..drawing import DrawingFailed, DrawingTimeout, GraphvizNotFound, draw
from ..drawing.saving import written
from ..extras import needs_matplotlib
from ..plots import training_curves
from ..stepping import steps
from .page import TITLE, page
from .trainings import Training

PAGE, NUMBERS = "index.html", "results.json"


def prepare(folder: Path) -> None:
    """Make the folder, before any training: if that fails, it should fail early.

    Raises
    ------
    FileExistsError
        If there is a page in it that is not of an earlier run.
    OSError
        If it cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    there = folder / PAGE
    if there.exists() and f"<title>{TITLE}</title>" not in there.read_text(encoding="utf-8", errors="replace"):
        raise FileExistsError(
            f"its {PAGE} is not of an earlier demo and is not replaced. Take another folder: --out DIR"
        )


def write_results(folder: Path, trainings: Sequence[Training], settings: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Write everything; files of an earlier run are replaced, or taken away if they cannot be made anew.

    Returns
    -------
    made : list of str
        The names of the pictures.
    remarks : list of str
        What the reader should see: a picture that could not be made, and why.
    """
    for training in trainings:
        for name in (training.curve_file, training.graph_file, training.steps_file):
            (folder / name).unlink(missing_ok=True)
    written(folder / NUMBERS, json.dumps(settings | {"trainings": [numbers(t) for t in trainings]}, indent=2))
    written(folder / PAGE, page(trainings, made=()))  # should a picture stop the program, the numbers are there
    curves, no_curves = cost_curves(folder, trainings)
    drawn, no_graphs = graphs(folder, trainings)
    written(folder / PAGE, page(trainings, curves + drawn))
    return curves + drawn, no_curves + no_graphs


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


def cost_curves(folder: Path, trainings: Sequence[Training]) -> tuple[list[str], list[str]]:
    """One picture a training: the cost J against the epoch, the scale logarithmic."""
    try:
        from matplotlib import figure as figures
    except ImportError:
        return [], [str(needs_matplotlib("Cost curves were to be drawn"))]

    for training in trainings:
        figure = figures.Figure(figsize=(6.0, 3.8), layout="constrained")
        training_curves({"loss": training.costs}, figure.subplots(), log=True)
        figure.savefig(folder / training.curve_file, dpi=120, metadata={"Software": None})
    return [training.curve_file for training in trainings], []


def graphs(folder: Path, trainings: Sequence[Training]) -> tuple[list[str], list[str]]:
    """Of each training the computation graph of the loss of one example, and a page that plays it."""
    made, remarks = [], []
    for training in trainings:
        try:
            draw(training.example, direction="TB").save(folder / training.graph_file)
            made.append(training.graph_file)
            steps(training.example).save(folder / training.steps_file)
            made.append(training.steps_file)
        except GraphvizNotFound as error:
            return made, [f"No graphs. {error}"]
        except (DrawingFailed, DrawingTimeout) as error:
            remarks.append(f"No graph of {training.title}. {error}")
    return made, remarks
