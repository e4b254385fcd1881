import numpy as np


class Momentum:
    def __init__(self, alpha, beta):
        self.alpha = alpha
        self.beta = beta
        # TODO: what is remembered from step to step?

    def step(self, params, grads):
        # TODO: a dict with the new array of every name
        new = None
        return new
