class Momentum:
    def __init__(self, alpha, beta):
        self.alpha = alpha
        self.beta = beta
        self.velocity = {}

    def step(self, params, grads):
        new = {}
        for name, w in params.items():
            g = grads[name]
            before = self.velocity.get(name, 0.0)
            u = self.beta * before - self.alpha * g
            self.velocity[name] = u
            new[name] = w + u
        return new
