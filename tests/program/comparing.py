"""What the tests of programs share: a function computed eagerly, and results that are the same to the last bit."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

import autograd_lite as ag
from autograd_lite.engine.rules.linalg import contract
from autograd_lite.program.listing import Listing, interpreted


def plain(result: Any) -> Any:
    """A result with the numbers of each Value in its place."""
    if isinstance(result, tuple) and hasattr(result, "_fields"):
        return type(result)(*map(plain, result))
    if isinstance(result, list | tuple):
        return type(result)(map(plain, result))
    if isinstance(result, dict):
        return {key: plain(part) for key, part in result.items()}
    return result.data if isinstance(result, ag.Value) else result


def as_value(x: Any) -> Any:
    """Numbers and arrays that have a gradient as Values; anything else as it is."""
    if isinstance(x, list | tuple):
        return type(x)(map(as_value, x))
    if isinstance(x, dict):
        return {key: as_value(part) for key, part in x.items()}
    has_slope = type(x) in (float, complex) or (isinstance(x, np.ndarray) and x.dtype.kind in "fc")
    return ag.Value(x) if has_slope else x


def eager(f: Callable[..., Any], *args: Any) -> Any:
    """What f computes from Values of these numbers, one operation after the other."""
    return plain(f(*map(as_value, args)))


def parts(result: Any) -> list[Any]:
    """All numbers and arrays of a nested result, in order."""
    if isinstance(result, dict):
        result = list(result.values())
    if isinstance(result, list | tuple):
        return [leaf for part in result for leaf in parts(part)]
    return [result]


def assert_same(found: Any, expected: Any) -> None:
    """Both are equal to the last bit, of one type, dtype, shape and nesting."""
    if isinstance(expected, list | tuple | dict):
        assert type(found) is type(expected)
        assert len(found) == len(expected)
        if isinstance(expected, dict):
            assert list(found) == list(expected)
        for f, e in zip(parts(found), parts(expected), strict=True):
            assert_same(f, e)
        return
    assert type(found) is type(expected), f"{type(found)} instead of {type(expected)}"
    assert np.shape(found) == np.shape(expected)
    assert np.asarray(found).dtype == np.asarray(expected).dtype
    np.testing.assert_array_equal(found, expected)
    if np.asarray(expected).dtype.kind in "fc":  # 0.0 == -0.0, and yet 1 / 0.0 != 1 / -0.0
        for part in (np.real, np.imag):
            np.testing.assert_array_equal(np.signbit(part(found)), np.signbit(part(expected)))


def assert_close(found: Any, expected: Any) -> None:
    """The same but for the order in which entries were added up."""
    for f, e in zip(parts(found), parts(expected), strict=True):
        assert type(f) is type(e)
        assert np.shape(f) == np.shape(e)
        dtype = np.asarray(e).dtype
        assert np.asarray(f).dtype == dtype
        largest = np.max(np.abs(e), initial=0.0, where=np.isfinite(e))
        single = dtype in (np.float32, np.complex64)
        np.testing.assert_allclose(f, e, rtol=0, atol=max(1.0, float(largest)) * (1e-5 if single else 1e-12))


def moves_axes(listing: Listing) -> bool:
    """True if sums may go through memory in another order, and so differ in the last bit."""
    return any(i.op.func in (np.transpose, np.swapaxes, np.moveaxis, contract) for i in listing.instructions)


def outputs_of(listing: Listing, inputs: Iterable[Any]) -> list[Any]:
    return interpreted(listing, inputs)[0]


def by_itself(program: ag.Program, *inputs: Any) -> list[Any]:
    """What the source computes where nothing is known but NumPy, and the large constants that are saved beside it."""
    namespace: dict[str, Any] = {}
    if 'constants["' in program.source:
        with tempfile.TemporaryDirectory() as folder:
            path = program.save(Path(folder) / "program.py")
            with np.load(path.with_suffix(".npz")) as constants:
                namespace["constants"] = dict(constants)
    exec(program.source, namespace)
    found = namespace[program.name](*inputs)
    return list(found) if isinstance(found, tuple) else [found]


def buffers(program: ag.Program) -> list[np.ndarray]:
    """The arrays that a program allocates once."""
    namespace: dict[str, Any] = program._run._loaded.namespace  # type: ignore[union-attr]
    lines = re.findall(r"^(\w+(?:, \w+)*) = \(?np\.empty\(", program.source, re.MULTILINE)
    found = [namespace[name] for names in lines for name in names.split(", ")]
    return [array for array in found if array.flags.writeable]


def poison(program: ag.Program) -> None:
    """Leave nothing in them that is of any use."""
    for array in buffers(program) if program.form == "lines" else ():
        array.fill(np.nan if array.dtype.kind in "fc" else 1)
