import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))  # at most 1, whatever z is
    return np.where(z >= 0, 1.0, e) / (1 + e)
