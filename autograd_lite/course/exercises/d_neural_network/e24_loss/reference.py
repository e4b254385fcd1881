import numpy as np


def mse(f, y):
    J = np.mean((f - y) ** 2)
    dJ_df = 2 * (f - y) / f.size
    dJ_dz = dJ_df * f * (1 - f)
    return J, dJ_dz
