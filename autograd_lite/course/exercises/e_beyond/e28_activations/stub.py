import numpy as np


def relu_backward(G, z):
    # TODO: dJ/dz for a = relu(z)
    dz = None
    return dz


def leaky_backward(G, z, slope):
    # TODO: dJ/dz for a = leaky(z)
    dz = None
    return dz


def tanh_backward(G, z):
    # TODO: dJ/dz for a = tanh(z)
    dz = None
    return dz


def sigmoid_backward(G, z):
    # TODO: dJ/dz for a = sigmoid(z)
    dz = None
    return dz
