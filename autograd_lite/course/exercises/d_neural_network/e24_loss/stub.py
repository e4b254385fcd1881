import numpy as np


def mse(f, y):
    # TODO: the mean squared error, and its slope with respect to z, where f = σ(z)
    J = None
    dJ_dz = None
    return J, dJ_dz


if __name__ == "__main__":
    f, y = np.array([[0.9], [0.2]]), np.array([[1.0], [1.0]])
    print(mse(f, y))
