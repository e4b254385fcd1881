import numpy as np

EPS = 1e-7


def bce(f, y):
    f = np.clip(f, EPS, 1 - EPS)
    loss = -y * np.log(f) - (1 - y) * np.log(1 - f)
    return loss
