import numpy as np


def unbroadcast(G, shape):
    while np.ndim(G) > len(shape):
        G = G.sum(axis=0)
    for axis, n in enumerate(shape):
        if n == 1:
            G = G.sum(axis=axis, keepdims=True)
    return G
