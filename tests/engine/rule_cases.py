"""The table of the tests: every function with a derivative rule, how it is called, and where it is smooth.

A row names the function, the shapes of its operands, where their entries are drawn from (away from
kinks and poles), and calls of it; without one the function itself is called. Shapes are written
with letters as in ``np.einsum``: ``"ij,jk"`` are two matrices that share a length. A small letter is a
length of 0 to 3, a capital one of 1 to 3, a digit that length. ``"*"`` is any shape, and ``"*,*"`` are
any two shapes that broadcast.

To add a function, add a row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import hypothesis.extra.numpy as hnp
import numpy as np
from hypothesis import strategies as st

import autograd_lite as ag
from autograd_lite.engine import softmax_crossentropy
from autograd_lite.engine.calculus import alias
from autograd_lite.engine.rules.guard import nothing_where_nothing, unless_nothing
from autograd_lite.engine.rules.indexing import Place, item, item_at, put, put_at
from autograd_lite.engine.rules.linalg import contract
from autograd_lite.engine.rules.reductions import product_of_others
from autograd_lite.engine.rules.shapes import cast, join
from autograd_lite.engine.rules.table import COMPOSITES, RULES, full_name

Shape = tuple[int, ...]
Domain = Callable[[np.random.Generator, Shape], np.ndarray]


def of_the_package(func: Callable[..., Any]) -> bool:
    """True if NumPy or the package wrote it: tests and examples in docstrings register functions too."""
    return isinstance(func, np.ufunc) or func.__module__.split(".")[0] in ("numpy", "autograd_lite")


# Read when this file is imported: before the doctests, which register rules of their own, run.
DIFFERENTIABLE = [f for f, op in RULES.items() if op.differentiable and of_the_package(f)]
WRITTEN_WITH_OTHERS = [f for f in COMPOSITES if of_the_package(f)]


# ---------------------------------------------------------------------------------- where entries are drawn from


def between(low: float, high: float) -> Domain:
    return lambda generator, shape: generator.uniform(low, high, shape)


def off_zero(low: float, high: float) -> Domain:
    """Of either sign, and of this size."""
    return lambda generator, shape: generator.uniform(low, high, shape) * generator.choice([-1, 1], shape)


def grid(offset: float) -> Domain:
    """Different multiples of 0.2, plus an offset: no two entries are closer than the offsets are."""
    return lambda generator, shape: grid_points(generator, int(np.prod(shape, dtype=int))).reshape(shape) + offset


def grid_points(generator: np.random.Generator, n: int) -> np.ndarray:
    return 0.2 * (generator.permutation(n) - n // 2)


def with_zeros(generator: np.random.Generator, shape: Shape) -> np.ndarray:
    return generator.uniform(-2, 2, shape) * (generator.uniform(size=shape) < 0.6)


def inside_a_period(generator: np.random.Generator, shape: Shape) -> np.ndarray:
    return generator.integers(-2, 3, shape) + generator.uniform(0.3, 0.6, shape)


ANYWHERE = between(-2, 2)
POSITIVE = between(0.3, 2)


# ---------------------------------------------------------------------------------- rows


@dataclass(frozen=True, repr=False)
class Case:
    """One call of one function."""

    func: Callable[..., Any]
    call: Callable[..., Any]
    shapes: str
    domains: tuple[Domain, ...]
    name: str

    def __repr__(self) -> str:
        code = getattr(self.call, "__code__", None)  # a ufunc has none
        where = f", written in line {code.co_firstlineno}" if code else ""
        return f"{self.name} with shapes {self.shapes!r}{where}"

    @property
    def operands(self) -> int:
        return self.shapes.count(",") + 1

    @property
    def elementwise(self) -> bool:
        return "*" in self.shapes

    def draw_shapes(self) -> st.SearchStrategy[tuple[Shape, ...]]:
        if self.elementwise:
            shapes = hnp.mutually_broadcastable_shapes(num_shapes=self.operands, max_dims=3, min_side=0, max_side=3)
            return shapes.filter(lambda s: np.prod(s.result_shape, dtype=int) <= 12).map(lambda s: s.input_shapes)
        small = {c: st.integers(0, 3) for c in self.shapes if c.islower()}
        large = {c: st.integers(1, 3) for c in self.shapes if c.isupper()}
        return st.fixed_dictionaries(small | large).map(self.with_lengths)

    def with_lengths(self, length: dict[str, int]) -> tuple[Shape, ...]:
        """The shapes, with a length for each letter."""
        return tuple(
            tuple(length[c] if c.isalpha() else int(c) for c in term.strip("*")) for term in self.shapes.split(",")
        )

    def arrays(self, shapes: tuple[Shape, ...], seed: int) -> list[np.ndarray]:
        generator = np.random.default_rng(seed)
        domains = self.domains * self.operands if len(self.domains) == 1 else self.domains
        return [np.asarray(domain(generator, shape)) for domain, shape in zip(domains, shapes, strict=True)]

    def draw(self) -> st.SearchStrategy[list[np.ndarray]]:
        return st.builds(self.arrays, self.draw_shapes(), st.integers(0, 2**16))


CASES: list[Case] = []


def row(func: Callable[..., Any], shapes: str, domain: Domain | tuple[Domain, ...], *calls: Callable[..., Any]) -> None:
    """Add one case for each call, named by its text or its number."""
    domains = domain if isinstance(domain, tuple) else (domain,)
    for call in calls or (func,):
        taken = sum(case.func is func for case in CASES)
        CASES.append(Case(func, call, shapes, domains, f"{full_name(func).rpartition('rules.')[2]}-{taken}"))


def along_axes(func: Callable[..., Any], domain: Domain, letters: str = "ijk", **settings: Any) -> None:
    """A reduction over all entries, one axis, a negative axis, several axes, none, with and without keepdims."""
    i, j = letters[:2]
    row(func, letters, domain, lambda x: func(x, **settings), lambda x: func(x, keepdims=True, **settings))
    row(func, i + j, domain, lambda x: func(x, axis=0, **settings), lambda x: func(x, -1, keepdims=True, **settings))
    row(func, letters, domain, lambda x: func(x, axis=(0, -1), **settings), lambda x: func(x, axis=1, **settings))
    row(func, letters, domain, lambda x: func(x, axis=(-1, 1), keepdims=True, **settings))
    row(func, i, domain, lambda x: func(x, axis=(), **settings))
    row(func, "", domain, lambda x: func(x, **settings))


# fmt: off
ANY, FAR, POS = ANYWHERE, off_zero(0.5, 2), POSITIVE
APART = (grid(0), grid(0.1))
MASK = np.array([True, False, True])

# elementwise ------------------------------------------------------------------------------------
for ufunc in (np.add, np.subtract, np.multiply, np.logaddexp, np.hypot):
    row(ufunc, "*,*", ANY)
for ufunc in (np.negative, np.positive, np.square, np.exp, np.exp2, np.expm1, np.sin, np.cos, np.sinh, np.cosh,
              np.tanh, np.arctan, ag.sigmoid):
    row(ufunc, "*", ANY)
for ufunc in (np.sqrt, np.log, np.log2, np.log10):
    row(ufunc, "*", POS)
for ufunc in (np.abs, np.fabs, np.reciprocal, ag.relu):
    row(ufunc, "*", FAR)
row(np.log1p,      "*",     between(-0.6, 2))
row(np.tan,        "*",     between(-1.2, 1.2))
row(np.divide,     "*,*",   (ANY, FAR))
row(np.power,      "*,*",   POS)
row(np.power,      "*",     FAR,  lambda x: x**2, lambda x: x**3, lambda x: x**1, lambda x: x**0, lambda x: x**-2)
row(np.power,      "*",     POS,  lambda x: x**0.5, lambda x: x**-1.5, lambda x: 2.0**x, lambda x: 0.5**-x)
row(np.remainder,  "*,*",   (inside_a_period, off_zero(0.99, 1.01)))
row(np.maximum,    "*,*",   APART)
row(np.minimum,    "*,*",   APART)
row(np.where,      "*,*",   APART, lambda x, y: np.where(x > y, x * y, x + y))
row(np.where,      "*",     FAR,   lambda x: np.where(x > 0, x, 0.0), lambda x: np.where(x > 0, 0.0, x * x))
row(np.where,      "i3,13", ANY,   lambda x, y: np.where(MASK, x, y))
row(np.where,      ",i",    ANY,   lambda x, y: np.where(np.arange(len(y)) % 2, x * y, y))
row(np.clip,       "*",     grid(0.05), lambda x: np.clip(x, -0.2, 0.2), lambda x: np.clip(x, None, 0.2),
                                        lambda x: np.clip(x, min=0.0), lambda x: np.clip(x, 0.0, None))
row(np.clip,       "*,*",   APART, lambda x, y: np.clip(x, y, y + 0.5), lambda x, y: np.clip(x, max=y))
row(ag.engine.sigmoid_crossentropy, "*,*", ANY)
row(alias,         "*",     ANY)
row(cast,          "*",     ANY,  lambda x: cast(x, dtype=np.float64))

# reductions -------------------------------------------------------------------------------------
along_axes(np.sum, ANY)
along_axes(np.prod, ANY)
along_axes(np.prod, with_zeros)
along_axes(np.mean, ANY, "IJK")
along_axes(np.var, ANY, "IJK")
along_axes(np.var, ANY, "322", ddof=0.5)
along_axes(np.std, grid(0), "342")
row(np.std, "32", grid(0), lambda x: np.std(x, axis=0, ddof=1), lambda x: np.std(x, ddof=1.5, keepdims=True))
for reduction in (np.max, np.min, np.amax, np.amin):
    along_axes(reduction, grid(0), "IJK")
row(product_of_others, "ij",  ANY, product_of_others, lambda x: product_of_others(x, axis=0),
                                   lambda x: product_of_others(x, axis=-1), lambda x: product_of_others(x, axis=(0, 1)))
row(product_of_others, "ijk", with_zeros, lambda x: product_of_others(x, axis=(0, 2)))
row(softmax_crossentropy, "I,I", ANY)
row(softmax_crossentropy, "mI,mI", ANY)
row(softmax_crossentropy, "34", ANY, lambda z: softmax_crossentropy(z, np.array([0, 3, 1])))
row(ag.softmax,     "iJ", ANY, ag.softmax)
row(ag.softmax,     "Ij", ANY, lambda x: ag.softmax(x, axis=0))
row(ag.log_softmax, "iJ", ANY, ag.log_softmax)
row(ag.log_softmax, "Ij", ANY, lambda x: ag.log_softmax(x, axis=0))

# shapes -----------------------------------------------------------------------------------------
row(np.reshape,      "ijk", ANY, lambda x: np.reshape(x, (-1,) if x.size else (0,)), lambda x: np.reshape(x, x.size))
row(np.reshape,      "23",  ANY, lambda x: np.reshape(x, (3, 2)), lambda x: np.reshape(x, [1, -1]))
row(np.reshape,      "",    ANY, lambda x: np.reshape(x, (1, 1)))
row(np.reshape,      "11",  ANY, lambda x: np.reshape(x, ()))
row(np.ravel,        "*",   ANY)
row(np.ravel,        "ijk", ANY, lambda x: np.ravel(x, order="F"), lambda x: np.ravel(x, "C"))
row(np.expand_dims,  "ij",  ANY, lambda x: np.expand_dims(x, 0), lambda x: np.expand_dims(x, axis=-1),
                                 lambda x: np.expand_dims(x, (0, 2)))
row(np.expand_dims,  "",    ANY, lambda x: np.expand_dims(x, 0))
row(np.squeeze,      "1i1", ANY, lambda x: np.squeeze(x, 0), lambda x: np.squeeze(x, axis=(0, -1)))
row(np.squeeze,      "1i",  ANY, np.squeeze)
row(np.squeeze,      "11",  ANY, np.squeeze)
row(np.transpose,    "*",   ANY)
row(np.transpose,    "ijk", ANY, lambda x: np.transpose(x, (2, 0, 1)), lambda x: np.transpose(x, axes=[1, 0, 2]),
                                 lambda x: np.transpose(x, (-1, 0, 1)))
row(np.transpose,    "33",  ANY, lambda x: np.transpose(x, (-1, -2)), lambda x: np.transpose(x, (-1, 0)))
row(np.swapaxes,     "ijk", ANY, lambda x: np.swapaxes(x, 0, 2), lambda x: np.swapaxes(x, -1, 1))
row(np.moveaxis,     "ijk", ANY, lambda x: np.moveaxis(x, 0, -1), lambda x: np.moveaxis(x, [0, 1], [-1, 0]))
row(np.broadcast_to, "1i",  ANY, lambda x: np.broadcast_to(x, (2, x.shape[1])), lambda x: np.broadcast_to(x, x.shape))
row(np.broadcast_to, "",    ANY, lambda x: np.broadcast_to(x, (2, 3)), lambda x: np.broadcast_to(x, (0,)))
row(np.copy,         "*",   ANY)
row(join,            "i,j", ANY, join)
row(join,            "ik,jk", ANY, lambda x, y: join(x, y, axis=0))
row(join,            "ki,kj", ANY, lambda x, y: join(x, y, x, axis=-1))
row(np.concatenate,  "ik,jk", ANY, lambda x, y: np.concatenate([x, y]), lambda x, y: np.concatenate((x, y), axis=None))
row(np.concatenate,  "ki,kj", ANY, lambda x, y: np.concatenate([x, y, np.ones((len(x), 2))], axis=-1))
row(np.stack,        "ij,ij", ANY, lambda x, y: np.stack([x, y]), lambda x, y: np.stack([x, y, x], axis=-1),
                                   lambda x, y: np.stack((x, y), axis=1))
row(np.stack,        ",",     ANY, lambda x, y: np.stack([x, 1.0, y]))
row(np.vstack,       "I,I",   ANY, lambda x, y: np.vstack([x, y]))
row(np.vstack,       "Ij,j",  ANY, lambda x, y: np.vstack([x, y]))
row(np.vstack,       ",",     ANY, lambda x, y: np.vstack([x, y]))
row(np.hstack,       "i,j",   ANY, lambda x, y: np.hstack([x, y]))
row(np.hstack,       "ij,ik", ANY, lambda x, y: np.hstack([x, y]))
row(np.hstack,       ",i",    ANY, lambda x, y: np.hstack([x, y]))
row(np.column_stack, "i,i",   ANY, lambda x, y: np.column_stack([x, y]))
row(np.column_stack, "ij,i",  ANY, lambda x, y: np.column_stack([x, y]))
row(np.array_split,  "5",     ANY, lambda x: np.array_split(x, 3), lambda x: np.array_split(x, [1, 3, 7]))
row(np.array_split,  "i5",    ANY, lambda x: np.array_split(x, 2, axis=-1), lambda x: np.array_split(x, [3, 1], 1))
row(np.split,        "6",     ANY, lambda x: np.split(x, 3), lambda x: np.split(x, [2, 3]))
row(np.split,        "4i",    ANY, lambda x: np.split(x, 2), lambda x: np.split(x, [-1]),
                                   lambda x: np.split(x, [1, -1]))
row(np.atleast_1d,   "*",     ANY)
row(np.atleast_2d,   "*",     ANY)

# indexing ---------------------------------------------------------------------------------------
row(item, "I",  ANY, lambda x: item(x, index=0), lambda x: x[-1], lambda x: x[1:], lambda x: x[::-1], lambda x: x[::2])
row(item, "34", ANY, lambda x: x[1], lambda x: x[:, 2], lambda x: x[..., -1], lambda x: x[1, 2], lambda x: x[:, None],
                     lambda x: x[2:0:-1, ::2], lambda x: x[...], lambda x: x[3:], lambda x: x[None, ..., None])
row(item, "34", ANY, lambda x: x[[0, 0, 2]], lambda x: x[:, [1, 1]], lambda x: x[MASK], lambda x: x[MASK, 1:],
                     lambda x: x[[0, 0, 1], [1, 1, 3]], lambda x: x[np.array([[0, 1], [0, -1]])], lambda x: x[x > 0],
                     lambda x: x[np.zeros(0, int)], lambda x: x[np.ones((3, 4), bool)], lambda x: x[np.array(1)],
                     lambda x: x[[2, 0], :, None], lambda x: x[np.int64(1)])
row(item_at, "34", ANY, lambda x: x[np.argmax(x[:, 0])], lambda x: x[np.arange(3), np.argmax(x, axis=1)],
    lambda x: x[:, np.argmax(x, axis=0)], lambda x: x[x > -9])
row(put_at, "3", ANY, lambda x: put_at(x, np.argmax(x[:1]), index=(Place(0),), shape=(2, 3)))
row(unless_nothing, "3", ANY, lambda x: unless_nothing(1.0, 1.0, x))
row(nothing_where_nothing, "3", ANY, lambda x: nothing_where_nothing(1.0, x))
row(put,  "2",  ANY, lambda x: put(x, index=slice(1, 3), shape=(4,)), lambda x: put(x, index=[1, 1], shape=(3,)))
row(put,  "22", ANY, lambda x: put(x, index=(slice(None), [0, 0]), shape=(2, 3)))
row(put,  "",   ANY, lambda x: put(x, index=(1, 0), shape=(2, 2)))
row(np.take, "34", ANY, lambda x: np.take(x, [0, 0, 5]), lambda x: np.take(x, [2, -1, 2], axis=0),
                        lambda x: np.take(x, [[0, 1], [1, 1]], axis=-1), lambda x: np.take(x, 1, axis=1),
                        lambda x: np.take(x, 3))

# products ---------------------------------------------------------------------------------------
for shapes in ("i,i", "ij,j", "i,ij", "ij,jk", "bij,jk", "ij,bjk", "bij,bjk", "1ij,bjk", "i,bij", "bij,j", "2bij,bjk"):
    row(np.matmul, shapes, ANY)
for shapes in (",", ",ij", "ij,", "i,i", "ij,j", "i,ij", "ij,jk", "ijk,k", "k,ikj", "ijk,lkm"):
    row(np.dot, shapes, ANY)
for shapes in (",", ",ij", "i,i", "ij,kj", "ijk,k", "k,ijk"):
    row(np.inner, shapes, ANY)
for shapes in ("i,j", ",i", "ij,k"):
    row(np.outer, shapes, ANY)
row(np.tensordot, "i,jk",    ANY, lambda x, y: np.tensordot(x, y, axes=0), lambda x, y: np.tensordot(x, y, 0))
row(np.tensordot, "ij,jk",   ANY, lambda x, y: np.tensordot(x, y, 1), lambda x, y: np.tensordot(x, y, (1, 0)),
                                  lambda x, y: np.tensordot(x, y, ([-1], [0])))
row(np.tensordot, "ijk,jkl", ANY, np.tensordot)
row(np.tensordot, "ijk,kli", ANY, lambda x, y: np.tensordot(x, y, axes=([2, 0], [0, -1])))
for subscripts in ("ij,jk->ik", "ij,jk", "i,i->", "i,j->ij", "ij,ij->ij", "ij,kj->", "bij,bjk->bik", "ij,j->ji"):
    row(np.einsum, subscripts.partition("->")[0], ANY, lambda x, y, s=subscripts: np.einsum(s, x, y))
for subscripts in ("ii->i", "ii", "ij->ji", "ij->j", "iji->j", "ij->", "iij->ij", "iii->i"):
    row(np.einsum, subscripts.partition("->")[0], ANY, lambda x, s=subscripts: np.einsum(s, x))
row(np.einsum, "bij,jk",   ANY, lambda x, y: np.einsum("...ij, ...jk -> ...ik", x, y),
                                lambda x, y: np.einsum("...j,jk", x, y))
row(np.einsum, "ij,jk,ki", ANY, lambda x, y, z: np.einsum("ij,jk,ki->", x, y, z, optimize=True))
row(np.einsum, "1j,ij",    ANY, lambda x, y: np.einsum("ij,ij->i", x, y), lambda x, y: np.einsum("ij,ij->j", x, y))
row(contract,  "ij,jk",    ANY, lambda x, y: contract(x, y, subscripts="ij,jk->ki"))
row(contract,  "ii,i",     ANY, lambda x, y: contract(x, y, subscripts="ii,i->i"))
# fmt: on
