import numpy as np

# ------------------------------------------------------------------ the tools; they are right


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def bce(f, y):
    """The mean cross-entropy of all entries, kept away from log 0."""
    f = np.clip(f, 1e-7, 1 - 1e-7)
    return np.mean(-y * np.log(f) - (1 - y) * np.log(1 - f))


def zeros(n_in, n_out, rng):
    return np.zeros((n_in, n_out))


def normal(n_in, n_out, rng):
    return 10 * rng.normal(size=(n_in, n_out))


def glorot(n_in, n_out, rng):
    limit = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-limit, limit, size=(n_in, n_out))


class Network:
    """Dense layers; hidden is "sigmoid", "relu" or "none", and the last layer is a sigmoid."""

    def __init__(self, sizes, weights, hidden, rng, bias=0.0):
        self.hidden = hidden
        self.W = [weights(a, b, rng) for a, b in zip(sizes, sizes[1:])]
        self.b = [np.full(b, bias) for b in sizes[1:-1]] + [np.zeros(1)]
        self.zero_grad()

    def zero_grad(self):
        self.grads = [np.zeros_like(p) for p in self.W + self.b]

    def forward(self, X):
        self.A = [X]
        for W, b in zip(self.W[:-1], self.b[:-1]):
            Z = self.A[-1] @ W + b
            self.A.append({"sigmoid": sigmoid(Z), "relu": np.maximum(Z, 0), "none": Z}[self.hidden])
        return sigmoid(self.A[-1] @ self.W[-1] + self.b[-1])

    def backward(self, e):
        """Adds the gradients; e are the errors f - y, and J is a mean over all of them."""
        d, layers, self.own = e.sum(axis=1, keepdims=True) / e.size, len(self.W), [None] * len(self.grads)
        for k in reversed(range(layers)):
            A = self.A[k]
            self.own[k], self.own[layers + k] = A.T @ d, d.sum(axis=0)
            slope = {"sigmoid": A * (1 - A), "relu": A > 0, "none": 1.0}[self.hidden]
            d = d @ self.W[k].T * slope
        self.grads = [old + new for old, new in zip(self.grads, self.own)]

    def step(self, alpha):
        layers, self.moves = len(self.W), [alpha * g for g in self.grads]
        self.W = [W - move for W, move in zip(self.W, self.moves[:layers])]
        self.b = [b - move for b, move in zip(self.b, self.moves[layers:])]


def length(arrays):
    return np.sqrt(sum(np.sum(a**2) for a in arrays))


class Log:
    """Writes down what the tables show."""

    def __init__(self, net):
        self.net, self.losses, self.f = net, [], None
        self.loss, self.idle, self.steps, self.spread = [], [], [], []

    def batch(self, f, yb):
        self.losses.append(bce(f, yb))
        self.f = f

    def epoch(self):
        own = length(self.net.own)
        self.loss.append(np.mean(self.losses))
        self.idle.append(np.mean(self.is_idle(np.concatenate(self.net.A[1:], axis=1))))
        self.steps.append(length(self.net.moves) / own if own else 0.0)
        self.spread.append(np.std(self.f))
        self.losses = []

    def is_idle(self, A):
        return {"sigmoid": (A < 0.02) | (A > 0.98), "relu": A == 0, "none": A != A}[self.net.hidden]

    def all(self):
        names = ("loss", "idle", "steps", "spread")
        return {name: np.array(getattr(self, name)) for name in names} | {
            "W": self.net.W, "b": self.net.b, "hidden": self.net.hidden,
        }


# ------------------------------------------------------------------ the causes

CAUSES = [
    "X shuffled without y",
    "dead units",
    "every output against every label",
    "gradient ascent",
    "gradients never zeroed",
    "healthy",
    "labels by chance",
    "learning rate too large",
    "learning rate too small",
    "no hidden activation",
    "overfitting",
    "too few units",
    "weights begin at zero",
    "weights begin too large",
]

# TODO: for each run one of the words above; then repair its code below

causes = {
    "run 1": None,
    "run 2": None,
    "run 3": None,
    "run 4": None,
    "run 5": None,
    "run 6": None,
    "run 7": None,
    "run 8": None,
    "run 9": None,
    "run 10": None,
    "run 11": None,
    "run 12": None,
}

# ------------------------------------------------------------------ the runs

def run_1(X, y, rng, epochs):
    y = y.reshape(-1, 1)
    net = Network([64, 25, 15, 1], glorot, "sigmoid", rng)
    log = Log(net)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        Xs, ys = X[order], y[order]
        for k in range(0, len(X), 32):
            Xb, yb = Xs[k : k + 32], ys[k : k + 32]
            f = net.forward(Xb)
            net.zero_grad()
            net.backward(f - yb)
            net.step(0.0001)
            log.batch(f, yb)
        log.epoch()
    return log.all()


def run_2(X, y, rng, epochs):
    y = y.reshape(-1)
    net = Network([64, 25, 15, 1], glorot, "sigmoid", rng)
    log = Log(net)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        Xs, ys = X[order], y[order]
        for k in range(0, len(X), 32):
            Xb, yb = Xs[k : k + 32], ys[k : k + 32]
            f = net.forward(Xb)
            net.zero_grad()
            net.backward(f - yb)
            net.step(1.0)
            log.batch(f, yb)
        log.epoch()
    return log.all()


def run_3(X, y, rng, epochs):
    y = y.reshape(-1, 1)
    net = Network([64, 25, 15, 1], zeros, "sigmoid", rng)
    log = Log(net)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        Xs, ys = X[order], y[order]
        for k in range(0, len(X), 32):
            Xb, yb = Xs[k : k + 32], ys[k : k + 32]
            f = net.forward(Xb)
            net.zero_grad()
            net.backward(f - yb)
            net.step(1.0)
            log.batch(f, yb)
        log.epoch()
    return log.all()


def run_4(X, y, rng, epochs):
    y = y.reshape(-1, 1)
    net = Network([64, 25, 15, 1], glorot, "sigmoid", rng)
    log = Log(net)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        Xs, ys = X[order], y[order]
        for k in range(0, len(X), 32):
            Xb, yb = Xs[k : k + 32], ys[k : k + 32]
            f = net.forward(Xb)
            net.zero_grad()
            net.backward(f - yb)
            net.step(1.0)
            log.batch(f, yb)
        log.epoch()
    return log.all()


def run_5(X, y, rng, epochs):
    y = rng.permutation(y).reshape(-1, 1)
    net = Network([64, 25, 15, 1], glorot, "sigmoid", rng)
    log = Log(net)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        Xs, ys = X[order], y[order]
        for k in range(0, len(X), 32):
            Xb, yb = Xs[k : k + 32], ys[k : k + 32]
            f = net.forward(Xb)
            net.zero_grad()
            net.backward(f - yb)
            net.step(1.0)
            log.batch(f, yb)
        log.epoch()
    return log.all()


def run_6(X, y, rng, epochs):
    y = y.reshape(-1, 1)
    net = Network([64, 25, 15, 1], glorot, "sigmoid", rng)
    log = Log(net)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        Xs, ys = X[order], y[order]
        for k in range(0, len(X), 32):
            Xb, yb = Xs[k : k + 32], ys[k : k + 32]
            f = net.forward(Xb)
            net.zero_grad()
            net.backward(f - yb)
            net.step(100.0)
            log.batch(f, yb)
        log.epoch()
    return log.all()


def run_7(X, y, rng, epochs):
    y = y.reshape(-1, 1)
    net = Network([64, 25, 15, 1], glorot, "sigmoid", rng)
    log = Log(net)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        Xs, ys = X[order], y
        for k in range(0, len(X), 32):
            Xb, yb = Xs[k : k + 32], ys[k : k + 32]
            f = net.forward(Xb)
            net.zero_grad()
            net.backward(f - yb)
            net.step(1.0)
            log.batch(f, yb)
        log.epoch()
    return log.all()


def run_8(X, y, rng, epochs):
    y = y.reshape(-1, 1)
    net = Network([64, 25, 15, 1], glorot, "relu", rng, bias=-10.0)
    log = Log(net)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        Xs, ys = X[order], y[order]
        for k in range(0, len(X), 32):
            Xb, yb = Xs[k : k + 32], ys[k : k + 32]
            f = net.forward(Xb)
            net.zero_grad()
            net.backward(f - yb)
            net.step(0.1)
            log.batch(f, yb)
        log.epoch()
    return log.all()


def run_9(X, y, rng, epochs):
    y = y.reshape(-1, 1)
    net = Network([64, 25, 15, 1], glorot, "sigmoid", rng)
    log = Log(net)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        Xs, ys = X[order], y[order]
        for k in range(0, len(X), 32):
            Xb, yb = Xs[k : k + 32], ys[k : k + 32]
            f = net.forward(Xb)
            net.backward(f - yb)
            net.step(1.0)
            log.batch(f, yb)
        log.epoch()
    return log.all()


def run_10(X, y, rng, epochs):
    y = y.reshape(-1, 1)
    net = Network([64, 25, 15, 1], normal, "sigmoid", rng)
    log = Log(net)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        Xs, ys = X[order], y[order]
        for k in range(0, len(X), 32):
            Xb, yb = Xs[k : k + 32], ys[k : k + 32]
            f = net.forward(Xb)
            net.zero_grad()
            net.backward(f - yb)
            net.step(1.0)
            log.batch(f, yb)
        log.epoch()
    return log.all()


def run_11(X, y, rng, epochs):
    y = y.reshape(-1, 1)
    net = Network([64, 25, 15, 1], glorot, "none", rng)
    log = Log(net)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        Xs, ys = X[order], y[order]
        for k in range(0, len(X), 32):
            Xb, yb = Xs[k : k + 32], ys[k : k + 32]
            f = net.forward(Xb)
            net.zero_grad()
            net.backward(f - yb)
            net.step(0.5)
            log.batch(f, yb)
        log.epoch()
    return log.all()


def run_12(X, y, rng, epochs):
    y = y.reshape(-1, 1)
    net = Network([64, 25, 15, 1], glorot, "sigmoid", rng)
    log = Log(net)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        Xs, ys = X[order], y[order]
        for k in range(0, len(X), 32):
            Xb, yb = Xs[k : k + 32], ys[k : k + 32]
            f = net.forward(Xb)
            net.zero_grad()
            net.backward(yb - f)
            net.step(1.0)
            log.batch(f, yb)
        log.epoch()
    return log.all()
