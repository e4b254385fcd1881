"""Writes the twelve runs: their code in stub.py and reference.py; what real trainings gave in runs.json and text.md.

Run it after a change here, from the root of the repository:
``python autograd_lite/course/exercises/e_beyond/e31_clinic/write_runs.py``.
"""

import json
from pathlib import Path

import numpy as np

from autograd_lite.datasets import digits, train_test_split

HERE = Path(__file__).parent
EPOCHS, SEED = 100, 3

HEAD = '''import numpy as np

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

'''

RUN = '''
def run_{number}(X, y, rng, epochs):
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
'''

NETWORK = 'Network([64, 25, 15, 1], glorot, "sigmoid", rng)'
RELU = ('"sigmoid", rng)', '"relu", rng)', "net.step(1.0)", "net.step(0.1)")

RUNS = [
    ("learning rate too small", ("net.step(1.0)", "net.step(0.0001)"), ()),
    ("every output against every label", ("y = y.reshape(-1, 1)", "y = y.reshape(-1)"), ()),
    ("weights begin at zero", ("glorot", "zeros"), ()),
    ("healthy", (), ()),
    ("labels by chance", ("y = y.reshape(-1, 1)", "y = rng.permutation(y).reshape(-1, 1)"), ()),
    ("learning rate too large", ("net.step(1.0)", "net.step(100.0)"), ()),
    ("X shuffled without y", ("y[order]", "y"), ()),
    ("dead units", ('"relu", rng)', '"relu", rng, bias=-10.0)'), RELU),
    ("gradients never zeroed", ("            net.zero_grad()\n", ""), ()),
    ("weights begin too large", ("glorot", "normal"), ()),
    ("no hidden activation", ('"sigmoid"', '"none"'), ("net.step(1.0)", "net.step(0.5)")),
    ("gradient ascent", ("net.backward(f - yb)", "net.backward(yb - f)"), ()),
]
"""The cause, the wrong line, and how the run differs from the others without being wrong."""

OTHER_CAUSES = ("too few units", "overfitting")


def replaced(text, pairs):
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in text, old
        text = text.replace(old, new)
    return text


def run_source(k, broken):
    _, wrong, other = RUNS[k]
    text = replaced(RUN.format(number=k + 1), other)
    return replaced(text, wrong) if broken else text


def causes_source(named):
    words = sorted({cause for cause, *_ in RUNS} | set(OTHER_CAUSES))
    lines = ["CAUSES = [", *(f'    "{word}",' for word in words), "]", ""]
    if not named:
        lines += ["# TODO: for each run one of the words above; then repair its code below", ""]
    given = (f'    "run {k + 1}": ' + (f'"{cause}",' if named else "None,") for k, (cause, *_) in enumerate(RUNS))
    rule = "# " + "-" * 66
    return "\n".join([*lines, "causes = {", *given, "}", "", f"{rule} the runs", ""])


def whole(solved):
    return HEAD + causes_source(solved) + "\n".join(run_source(k, not solved) for k in range(len(RUNS)))


def trained(source):
    """What the twelve trainings give."""
    X, y = digits(classes=(0, 1))
    X, X_test, y, y_test = train_test_split(X, y.astype(float), test_size=72, seed=0)
    names = {}
    exec(compile(source, "runs", "exec"), names)
    found = {}
    for k in range(len(RUNS)):
        log = names[f"run_{k + 1}"](X, y, np.random.default_rng(SEED), EPOCHS)
        found[f"run {k + 1}"] = numbers_of(log, X, y, X_test, y_test)
    return found


def logits(log, X):
    A = X
    for W, b in zip(log["W"][:-1], log["b"][:-1], strict=True):
        Z = A @ W + b
        A = {"sigmoid": 0.5 * (1 + np.tanh(0.5 * Z)), "relu": np.maximum(Z, 0), "none": Z}[log["hidden"]]
    return (A @ log["W"][-1] + log["b"][-1])[:, 0]


def bend(log, X):
    """How far the logit is from linear: at the middle of two images, beside the mean of both."""
    ends = logits(log, X[::2][: len(X) // 2]), logits(log, X[1::2])
    middle = logits(log, (X[::2][: len(X) // 2] + X[1::2]) / 2)
    spread = np.std(np.concatenate(ends))
    return float(np.max(np.abs(middle - (ends[0] + ends[1]) / 2)) / spread) if spread > 1e-9 else 0.0


def numbers_of(log, X, y, X_test, y_test):
    right = [float(np.mean((logits(log, images) >= 0) == labels)) for images, labels in ((X, y), (X_test, y_test))]
    return {
        "loss": [float(log["loss"][k]) for k in (0, 9, 99)], "train": right[0], "test": right[1],
        "idle": [float(log["idle"][k]) for k in (0, 99)], "spread": float(log["spread"][-1]),
        "steps": [float(log["steps"][k]) for k in (0, 99)], "rank": int(np.linalg.matrix_rank(log["W"][0])),
        "bend": bend(log, X_test),
    }  # fmt: skip


def short(x):
    return f"{x:.4f}" if 0.0001 <= x < 10 or x == 0 else f"{x:.2g}"


def table(found):
    lines = [
        "            loss in epoch                right of     idle units    step / gradient    rank   std    bend",
        "            1        10       100        train test   e. 1  e. 100  e. 1     e. 100    of W₁  of f",
    ]
    for name, n in found.items():
        lines.append(
            f"    {name:<8}" + "".join(f"{short(x):<9}" for x in n["loss"]) + f"  {n['train']:.2f}  {n['test']:.2f}   "
            + "".join(f"{x:<7.0%}" for x in n["idle"]) + "".join(f"{x:<9.3g}" for x in n["steps"])
            + f" {n['rank']:<7}{n['spread']:<7.3f}{n['bend']:.2f}"
        )  # fmt: skip
    return "\n".join(lines)


if __name__ == "__main__":
    (HERE / "stub.py").write_text(whole(False), encoding="utf-8")
    (HERE / "reference.py").write_text(whole(True), encoding="utf-8")
    found = trained(whole(False))
    (HERE / "runs.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    before, _, rest = (HERE / "text.md").read_text(encoding="utf-8").partition("            loss in epoch")
    after = rest.partition("\n\n")[2]
    (HERE / "text.md").write_text(f"{before}{table(found)}\n\n{after}", encoding="utf-8")
    print(table(found))
    print(table(trained(whole(True))))
