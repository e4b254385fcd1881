"""The functions that HIPS autograd and MyGrad differentiate, and where each is here.

What they have is counted by ``docs/count_functions.py``, which needs them installed, into peers.json; what is here is
looked up when the page is written.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from autograd_lite.engine.rules import families
from autograd_lite.engine.rules.table import COMPOSITES, RULES

from . import names

DATA = Path(__file__).with_name("peers.json")

INTERNALS: dict[str, tuple[str, str]] = {
    "autograd.core.add": ("engine.backprop.back_propagate", "gradients are added up by the walk itself"),
    "autograd.core.mut_add": ("engine.backprop.back_propagate", "the same, in place"),
    "autograd.core.sparse_add": ("engine.rules.indexing.put", "a gradient of entries is an array of zeros with them"),
    "autograd.core.inner_prod": ("engine.gradcheck.check_grad", "the products of vectors that checks need"),
    "autograd.core.covector": ("engine.rules.complex_parts.angle", "gradients of complex numbers are plain arrays"),
    "autograd.core.scalar_mul": ("engine.gradcheck.check_grad", "steps are plain arrays, which multiply"),
    "autograd.builtins.container_take": ("engine.trees.leaves", "nested arguments are opened before f is called"),
    "autograd.builtins.container_untake": ("engine.variables.rebuilt", "and their gradients put together after it"),
    "autograd.builtins.sequence_extend_right": ("engine.trees.leaves", "lists in f are Python's own"),
    "autograd.builtins.sequence_extend_left": ("engine.trees.leaves", "lists in f are Python's own"),
    "autograd.builtins.make_sequence": ("engine.trees.leaves", "lists in f are Python's own"),
    "autograd.builtins._make_dict": ("engine.trees.leaves", "dicts in f are Python's own"),
    "autograd.numpy.numpy_vjps.dot_adjoint_0": ("engine.rules.linalg.dot", "written with @, whose rules are products"),
    "autograd.numpy.numpy_vjps.dot_adjoint_1": ("engine.rules.linalg.dot", "written with @, whose rules are products"),
    "autograd.numpy.numpy_vjps.tensordot_adjoint_0": ("engine.rules.linalg.tensordot", "written with @"),
    "autograd.numpy.numpy_vjps.tensordot_adjoint_1": ("engine.rules.linalg.tensordot", "written with @"),
    "autograd.numpy.numpy_vjps.untake": ("engine.rules.indexing.put", "the reverse of taking entries out"),
    "autograd.numpy.numpy_boxes.__getitem__": ("engine.rules.indexing.item", "v[1:, 0]"),
    "autograd.numpy.numpy_wrapper.concatenate_args": ("engine.rules.shapes.join", "the arrays as operands"),
    "autograd.numpy.numpy_wrapper.array_from_args": ("engine.joining.array", "ag.array([v, w])"),
    "autograd.numpy.numpy_wrapper._array_from_scalar_or_array": ("engine.joining.array", "ag.array(v)"),
    "autograd.numpy.numpy_wrapper.make_diagonal": ("engine.rules.indexing.put", "the reverse of taking the diagonal"),
    "autograd.numpy.fft.truncate_pad": ("engine.rules.fourier", "lengths are fitted by the rules"),
}
"""What HIPS autograd records for its own purposes: what does its work here (in autograd_lite), and why."""

WRITTEN: dict[str, str] = {
    "mygrad.add_sequence": "v + w + z",
    "mygrad.multiply_sequence": "v * w * z",
    "mygrad.multi_matmul": "v @ w @ z",
    "mygrad.sec": "1 / np.cos(v)",
    "mygrad.csc": "1 / np.sin(v)",
    "mygrad.cot": "1 / np.tan(v)",
    "mygrad.sech": "1 / np.cosh(v)",
    "mygrad.csch": "1 / np.sinh(v)",
    "mygrad.coth": "1 / np.tanh(v)",
    "mygrad.arcsec": "np.arccos(1 / v)",
    "mygrad.arccsc": "np.arcsin(1 / v)",
    "mygrad.arccot": "np.arctan(1 / v)",
    "mygrad.arccsch": "np.arcsinh(1 / v)",
    "mygrad.arccoth": "np.arctanh(1 / v)",
    "mygrad.sinc": "np.sinc(v)",
    "mygrad.nnet.relu": "ag.relu(v)",
    "mygrad.nnet.sigmoid": "ag.sigmoid(v)",
    "mygrad.nnet.softmax": "ag.softmax(v)",
    "mygrad.nnet.logsoftmax": "ag.log_softmax(v)",
    "mygrad.nnet.tanh": "np.tanh(v)",
    "mygrad.nnet.hard_tanh": "np.clip(v, -1, 1)",
    "mygrad.nnet.soft_sign": "v / (1 + np.abs(v))",
    "mygrad.nnet.leaky_relu": "np.where(v > 0, v, slope * v)",
    "mygrad.nnet.elu": "np.where(v > 0, v, alpha * np.expm1(v))",
    "mygrad.nnet.selu": "scale * np.where(v > 0, v, alpha * np.expm1(v))",
    "mygrad.nnet.glu": "v[..., :n] * ag.sigmoid(v[..., n:])",
    "mygrad.nnet.softmax_crossentropy": "-np.mean(ag.log_softmax(v)[np.arange(m), y])",
    "mygrad.nnet.negative_log_likelihood": "-np.mean(v[np.arange(m), y])",
    "mygrad.nnet.margin_ranking_loss": "np.mean(np.maximum(0, margin - y * (v - w)))",
    "mygrad.nnet.multiclass_hinge": "np.maximum(0, v - v[np.arange(m), y][:, None] + 1)",
    "mygrad.nnet.focal_loss": "-alpha * (1 - v) ** gamma * np.log(v)",
    "mygrad.nnet.softmax_focal_loss": "-alpha * (1 - ag.softmax(v)) ** gamma * np.log(ag.softmax(v))",
    "mygrad.nnet.batchnorm": "(v - np.mean(v, axis=0)) / np.std(v, axis=0)",
}
"""Functions of the peers that NumPy does not have, or does not ask a Value about: how they are written here."""


FLAT = frozenset({"scipy.special.gammasgn"})
"""Functions whose gradient is 0 wherever they have one: recorded here without one."""


@cache
def here() -> set[str]:
    """Every name by which a function with derivatives is called: NumPy's, SciPy's, ours."""
    families.complete()
    known = names.known()
    recorded = [
        func for func, op in list(RULES.items()) if op.differentiable or not FLAT.isdisjoint(known.get(func, []))
    ]
    found = {name for func in [*recorded, *COMPOSITES] for name in known.get(func, [])}
    return {name.removeprefix(names.HERE) for name in found}


def is_here(name: str) -> bool:
    """True if what a peer calls by this name has derivatives here."""
    return name in here() or name in WRITTEN or name in INTERNALS


def counted() -> dict[str, Any]:
    """What was counted when the peers were last asked."""
    found: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return found


def missing(functions: list[str]) -> list[str]:
    """Those of a peer's functions that are not here."""
    return [name for name in functions if not is_here(name)]


def summary(count: int) -> str:
    """A table for the index: how many functions there are here, and of each peer's how many are here too."""
    found = counted()
    lines = [
        "| | functions with derivatives | of those here |",
        "|---|--:|--:|",
        f"| autograd_lite | {count} | {count} |",
    ]
    remarks = []
    for entry in found["peers"].values():
        own = [name for name in entry["functions"] if name not in INTERNALS]
        lost = missing(own)
        lines.append(f"| {entry['name']} {entry['version']} | {len(own)} | {len(own) - len(lost)} |")
        if lost:
            remarks.append(f"Not here of {entry['name']}'s: {', '.join(f'`{name}`' for name in lost)}.")
        if inside := len(entry["functions"]) - len(own):
            remarks.append(f"{entry['name']} registers {inside} more for its own purposes.")
    written = [name for name in WRITTEN if name.startswith("mygrad.")]
    remarks.append(f"Of MyGrad's, {len(written)} are here as an expression, as `1 / np.cos(v)` for `mygrad.sec`.")
    remarks.append(f"Counted on {found['date']} by `python docs/count_functions.py`.")
    return "\n".join(lines) + "\n\n" + " ".join(remarks) + "\n"
