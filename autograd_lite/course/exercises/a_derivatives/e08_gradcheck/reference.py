import numpy as np


def gradcheck(f, x, grad, h):
    x = np.array(x, dtype=float)
    numeric = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        kept = x[place]
        x[place] = kept + h
        above = f(x)
        x[place] = kept - h
        below = f(x)
        x[place] = kept
        numeric[place] = (above - below) / (2 * h)

    error = np.abs(grad - numeric) / np.maximum(1e-8, np.abs(grad) + np.abs(numeric))
    return np.max(error)
