"""Nothing that HIPS autograd differentiates is missing here, and the counts in the docs are those of today's peers."""

from __future__ import annotations

import ast
import sys
from functools import reduce
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag

pytest.importorskip("autograd")
pytest.importorskip("mygrad")
pytest.importorskip("scipy")

sys.path.insert(0, str(Path(__file__).parents[2] / "docs"))
import count_functions
from writing import peers


def test_every_function_that_hips_autograd_differentiates_is_here() -> None:
    functions = count_functions.of_autograd()
    assert len(functions) >= 216
    assert peers.missing(functions) == []


def test_of_mygrads_functions_two_layers_of_images_are_missing() -> None:
    missing = peers.missing(count_functions.of_mygrad())
    assert set(missing) == {"mygrad.nnet.conv_nd", "mygrad.nnet.max_pool"}


def test_the_counts_in_the_docs_are_those_of_the_installed_peers() -> None:
    now, kept = count_functions.counts()["peers"], peers.counted()["peers"]
    assert now == kept, "run python docs/count_functions.py --write && python docs/write_functions.py"


@pytest.mark.parametrize("name", peers.INTERNALS)
def test_what_does_the_work_of_an_internal_function_exists(name: str) -> None:
    path = f"autograd_lite.{peers.INTERNALS[name][0]}"
    module = path
    while True:  # the longest part that is a module
        try:
            found: Any = import_module(module)
            break
        except ModuleNotFoundError:
            module = module.rpartition(".")[0]
    reduce(getattr, path[len(module) :].split(".")[1:], found)


@pytest.mark.parametrize("name", peers.WRITTEN)
def test_what_is_written_otherwise_here_has_a_gradient(name: str) -> None:
    expression = peers.WRITTEN[name]
    used = {node.id for node in ast.walk(ast.parse(expression)) if isinstance(node, ast.Name)} - {"np", "ag"}
    square = np.random.default_rng(0).uniform(0.2, 0.8, (4, 4))
    if "arccos(1 / v)" in expression or "arcsin(1 / v)" in expression or "arctanh(1 / v)" in expression:
        square = 1 + square
    numbers: dict[str, Any] = {"n": 2, "m": 4, "y": np.array([0, 3, 1, 2]), "slope": 0.1, "alpha": 1.5, "scale": 1.1}
    numbers |= {"margin": 0.5, "gamma": 2.0}
    values = {letter: ag.Value(square.T + i) for i, letter in enumerate("wz")} | {"v": ag.Value(square)}
    assert used <= {*numbers, *values}
    result = np.sum(eval(expression, {"np": np, "ag": ag}, numbers | values))
    result.backward()
    assert np.all(np.isfinite(values["v"].grad))
    assert np.any(values["v"].grad)
