import numpy as np


def matmul_backward(G, A, B):
    dA = G @ B.T
    dB = A.T @ G
    return dA, dB


def square_backward(G, A):
    left, right = matmul_backward(G, A, A)
    return left + right
