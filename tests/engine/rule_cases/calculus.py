"""Rows: what the calculus is made of, and functions whose inside is computed again."""

import numpy as np

import autograd_lite as ag
from autograd_lite.engine.customizing import recomputed

from .table import ANY, row

# fmt: off
row(recomputed, "*",     ANY, ag.checkpoint(lambda x: np.tanh(np.sin(x) * x)), complex=True)
row(recomputed, "*,*",   ANY, ag.checkpoint(lambda x, y: np.exp(x) * y - x * y**2), complex=True)
row(recomputed, "ij,jk", ANY, ag.checkpoint(lambda x, y: [np.sin(x) @ y, (np.sum(x), {"y": y * 2})]),
                              ag.checkpoint(lambda x, y: ag.checkpoint(lambda z: z**2)(x @ y)),
                              lambda x, y: ag.checkpoint(lambda p, n: p["x"] @ p["y"] * n)({"x": x, "y": y}, n=2),
                              complex=True)
row(recomputed, "i",     ANY, lambda x: ag.checkpoint(lambda x, m: (np.where(m, x * x, x), m))(x, np.abs(x) > 0.1))
# fmt: on
