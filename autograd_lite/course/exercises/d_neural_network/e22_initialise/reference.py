import numpy as np


def init(n_in, n_out, rng):
    limit = np.sqrt(6 / (n_in + n_out))
    W = rng.uniform(-limit, limit, size=(n_in, n_out))
    b = np.zeros(n_out)
    return W, b
