"""Rows: SciPy's solver of differential equations."""

import numpy as np

from autograd_lite.scipy import integrate as ours

from .table import POS, between, row

TIMES = np.array([0.0, 0.3, 1.0])
EXACT = {"rtol": 1e-12, "atol": 1e-12}


def motion(y, t, a, b):
    return -a * y + b * np.sin(y[::-1] + t)


# Second derivatives and beyond solve many more equations: they are held to a looser measure elsewhere.
# fmt: off
row(ours.odeint, "2,2,", POS, lambda y, a, b: ours.odeint(motion, y, TIMES, (a, b), **EXACT), orders=1)
row(ours.odeint, "1,,", POS, lambda y, a, b: ours.odeint(lambda t, y, p: motion(y, t, *p), y, -TIMES, ((a, b),),
                                                         tfirst=True, **EXACT), orders=1)
row(ours.odeint, "2,3", (POS, between(0.0, 0.1)), lambda y, t: ours.odeint(motion, y, TIMES + t, (0.5, 1.0), **EXACT),
    orders=1)
row(ours.solution, "2,", POS, lambda y, a: ours.solution(y, TIMES, a, motion=lambda y, t, a: -a * y * y[::-1],
                                                         settings=EXACT), orders=1)
# fmt: on
