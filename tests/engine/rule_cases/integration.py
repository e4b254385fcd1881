"""Rows: SciPy's solver of differential equations.

The solutions are parabolas, which the solver finds to the last digits; others are in tests/test_scipy.py.
"""

from typing import Any

import numpy as np

from autograd_lite.scipy import integrate as ours

from .table import POS, between, row

TIMES = np.array([0.0, 0.3, 1.0])
EXACT = {"rtol": 1e-13, "atol": 1e-13}


def falling(y: Any, t: Any, v: Any, a: Any) -> Any:
    """The motion of a stone: its speed changes evenly with time."""
    return v + a * t + 0 * y


# fmt: off
row(ours.odeint,   "2,2,", POS, lambda y, v, a: ours.odeint(falling, y, TIMES, (v, a), **EXACT))
row(ours.odeint,   "1,,",  POS, lambda y, v, a: ours.odeint(lambda t, y, p: falling(y, t, *p), y, -TIMES, ((v, a),),
                                                            tfirst=True, **EXACT))
row(ours.odeint,   "3",    between(0.0, 0.1),
    lambda t: ours.odeint(falling, [1.0, 2.0], TIMES + t, (0.5, 1.0), **EXACT))
row(ours.solution, "2,",   POS, lambda y, a: ours.solution(y, TIMES, a, motion=lambda y, t, a: 0 * y + a * a * t,
                                                            settings=EXACT))
# fmt: on
