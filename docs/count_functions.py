"""Count the functions that HIPS autograd and MyGrad differentiate, and say which of them are not here.

python docs/count_functions.py            prints the counts
python docs/count_functions.py --write    and keeps them in docs/writing/peers.json, from which the index is written

Both must be installed: ``pip install --group peers``.
"""

from __future__ import annotations

import datetime
import importlib
import json
import sys
from importlib.metadata import version
from typing import Any

from writing import peers

HIPS_ROOMS = {
    "autograd.numpy": "np", "autograd.numpy.linalg": "np.linalg", "autograd.numpy.fft": "np.fft",
    **{f"autograd.scipy.{room}": f"scipy.{room}" for room in ("special", "linalg", "signal", "integrate")},
    **{f"autograd.scipy.stats.{one}": f"scipy.stats.{one}" for one in (
        "beta", "chi2", "dirichlet", "gamma", "multivariate_normal", "norm", "poisson", "t")},
}  # fmt: skip
"""Where HIPS autograd keeps what users call, and whose names those are."""


RENAMED = {
    "np._original_where": "np.where", "np.linalg._primitive_norm": "np.linalg.norm", "numpy.mean": "np.mean",
    "numpy.std": "np.std", "numpy.var": "np.var",
}  # fmt: skip
"""What it wraps once more before users call it."""


def of_autograd() -> list[str]:
    """The functions for which HIPS autograd has registered how gradients go back."""
    core = importlib.import_module("autograd.core")
    known = named(HIPS_ROOMS)
    found = set()
    for func in core.primitive_vjps:
        own = getattr(func, "__name__", "")
        inside = f"{module_inside(func)}.{own}"
        public = known.get(id(func), [])
        best = next((name for name in public if name.rpartition(".")[2] == own), (public or [inside])[0])
        found.add(inside if inside in peers.INTERNALS else RENAMED.get(best, best))
    return sorted(found)


def module_inside(func: Any) -> str:
    """The module of the function inside a primitive."""
    return str(getattr(getattr(func, "fun", func), "__module__", ""))


def named(rooms: dict[str, str]) -> dict[int, list[str]]:
    """The names of every object in some modules, by its id."""
    found: dict[int, list[str]] = {}
    for path, name in rooms.items():
        for attribute, thing in vars(importlib.import_module(path)).items():
            found.setdefault(id(thing), []).append(f"{name}.{attribute}")
    return found


def of_mygrad() -> list[str]:
    """The functions that MyGrad differentiates: NumPy's, and its own."""
    import mygrad
    import mygrad.nnet
    from mygrad import tensor_base

    flat = {*tensor_base._REGISTERED_CONST_ONLY_UFUNC, *tensor_base._REGISTERED_BOOL_ONLY_UFUNC}
    ufuncs = [f for f in tensor_base._REGISTERED_UFUNC if f not in flat]
    arrays = [f for f in tensor_base._REGISTERED_DIFFERENTIABLE_NUMPY_FUNCS if f.__name__ not in FLAT_OF_MYGRAD]
    own = [n for n in OWN_OF_MYGRAD if hasattr(mygrad, n)]
    networks = [n for room in ("activations", "layers", "losses") for n in public_of(f"mygrad.nnet.{room}")]
    numpys = [f"np.{f.__name__}" if f.__module__ != "numpy.linalg" else f"np.linalg.{f.__name__}" for f in arrays]
    return sorted(
        {*(f"np.{f.__name__}" for f in ufuncs), *numpys}
        | {f"mygrad.{n}" for n in own}
        | {f"mygrad.nnet.{n}" for n in networks}
    )


FLAT_OF_MYGRAD = frozenset({"argmax", "argmin", "any", "empty_like", "ones_like", "zeros_like", "full_like"})
OWN_OF_MYGRAD = (
    "add_sequence", "multiply_sequence", "multi_matmul", "sec", "csc", "cot", "sech", "csch", "coth", "arcsec",
    "arccsc", "arccot", "arccsch", "arccoth", "sinc",
)  # fmt: skip


def public_of(module: str) -> list[str]:
    """What a module of MyGrad offers."""
    return list(importlib.import_module(module).__all__)


def counts() -> dict[str, Any]:
    """What the installed peers have."""
    found = {
        "autograd": {"name": "HIPS autograd", "version": version("autograd"), "functions": of_autograd()},
        "mygrad": {"name": "MyGrad", "version": version("mygrad"), "functions": of_mygrad()},
    }
    return {"date": datetime.date.today().isoformat(), "peers": found}


def printed(found: dict[str, Any]) -> str:
    """The counts in words."""
    lines = [f"autograd_lite has {len(peers.here())} names of functions with derivatives."]
    for entry in found["peers"].values():
        functions = entry["functions"]
        inside = [name for name in functions if name in peers.INTERNALS]
        lost = peers.missing(functions)
        lines.append(
            f"{entry['name']} {entry['version']}: {len(functions) - len(inside)} functions, {len(inside)} of its own "
            f"machinery; not here: {', '.join(lost) or 'none'}."
        )
    return "\n".join(lines)


def main() -> None:
    """Print, and write if that is asked for."""
    found = counts()
    print(printed(found))
    if "--write" in sys.argv:
        peers.DATA.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
