"""Taking entries out, ``x[index]``, and its reverse: putting gradients back where they came from."""

from typing import Any

import numpy as np

from .table import composite, primitive, rule


def is_basic(index: Any) -> bool:
    """True for slices, whole numbers, ``...`` and ``None``: no entry can be taken twice."""
    parts = index if isinstance(index, tuple) else (index,)
    return all(p is None or p is Ellipsis or isinstance(p, slice | int | np.integer) for p in parts)


@primitive
def put(g: Any, index: Any = (), shape: tuple[int, ...] = ()) -> Any:
    """Zeros of a shape with ``g`` added at an index: an entry taken twice gets both gradients."""
    out = np.zeros(shape, np.asarray(g).dtype)
    if is_basic(index):
        out[index] = g
    else:
        np.add.at(out, index, g)
    return out


@primitive
def item(x: Any, index: Any = ()) -> Any:
    """``x[index]``, as a function."""
    return np.asarray(x)[index]  # a scalar takes v[()], v[...] and v[None]


rule(item, lambda g, ans, x, index=(): put(g, index=index, shape=np.shape(x)), symbol="[ ]")
rule(put, lambda g, ans, x, index=(), shape=(): g[index])


@composite(np.take)
def take(a: Any, indices: Any, axis: int | None = None) -> Any:
    """``np.take``: by a flat index, or along one axis."""
    if axis is None:
        return np.ravel(a)[indices]
    return a[(*(slice(None),) * (axis % np.ndim(a)), indices)]
