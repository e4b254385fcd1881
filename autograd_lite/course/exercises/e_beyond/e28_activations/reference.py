import numpy as np


def relu_backward(G, z):
    mask = z > 0
    return G * mask


def leaky_backward(G, z, slope):
    local = np.where(z > 0, 1.0, slope)
    return G * local


def tanh_backward(G, z):
    t = np.tanh(z)
    return G * (1 - t**2)


def sigmoid_backward(G, z):
    s = 1 / (1 + np.exp(-z))
    return G * (s * (1 - s))
