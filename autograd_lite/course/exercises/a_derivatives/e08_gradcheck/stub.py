import numpy as np


def gradcheck(f, x, grad, h):
    # TODO: the numerical gradient, one entry at a time; then the worst relative error
    return None
