"""Rows: settings that are rarely given."""

import numpy as np

from autograd_lite.engine.rules.methods import reduceat

from .table import ANY, FAR, POS, row

UNEVEN = np.array([0.0, 0.3, 1.0, 1.2, 2.0])

# fmt: off
row(np.array,      "ij",  ANY, lambda x: np.array([x, x], np.float64, like=x))
row(np.full_like,  "ij",  ANY, lambda x: np.full_like(x, np.sum(x), dtype=np.float64))
row(np.logspace,   ",",   ANY, lambda x, y: np.logspace(x, y, 3, dtype=np.float64))
row(np.geomspace,  ",",   POS, lambda x, y: np.geomspace(x, y, 3, dtype=np.float64))
row(np.trace,      "ij",  ANY, lambda x: np.trace(x, dtype=np.float64))
row(np.linalg.trace, "ij", ANY, lambda x: np.linalg.trace(x, dtype=np.float64))
row(np.trim_zeros, "22",  FAR, lambda x: np.trim_zeros(np.pad(x, 1), axis=0))
row(np.polyfit,    "5",   ANY, lambda y: np.polyfit(UNEVEN, y, 1, rcond=1e-9))
row(reduceat,      "4",   ANY, lambda x: np.add.reduceat(x, [0, 2], dtype=np.float64))
# fmt: on
