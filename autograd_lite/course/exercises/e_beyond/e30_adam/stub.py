import numpy as np


class Adam:
    def __init__(self, alpha, beta1, beta2, epsilon):
        self.alpha = alpha
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        # TODO: what is remembered from step to step?

    def step(self, params, grads):
        # TODO: a dict with the new array of every name
        new = None
        return new
