"""The second set: fresh, written when the diagnosis was finished, and tried once."""

from . import Unplanned, wrong

LOOP_09 = "return np.where(z >= 0, 1.0, e) / (1 + e)"
LOSS_11 = "-y * np.log(f) - (1 - y) * np.log(1 - f)"
UNIFORM = "rng.uniform(-limit, limit, size=(n_in, n_out))"
LOSS_20 = "np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))"

PART_A = (
    wrong("01", "steps of different length", ("f(x + h) - f(x - h)", "f(x + 2 * h) - f(x - h)")),
    wrong("01", "three points, wrong weights", ("f(x + h) - f(x - h)", "f(x + h) + f(x) - 2 * f(x - h)")),
    wrong("01", "run from values", ("(2 * h)", "(f(x) * h)")),
    wrong("01", "whole number", ("rise / (2 * h)", "int(rise / (2 * h))")),
    wrong("02", "quotient the wrong way round", ("1 / b, -a / b**2", "-a / b**2, 1 / b")),
    wrong("02", "tanh by sech, no square", ("1 - math.tanh(a) ** 2", "1 / math.cosh(a)")),
    wrong(
        "02",
        "logarithm of base a, minus",
        ("da, db = 1.0, -1.0", "da, db = -1.0, 1.0"),
        ("1 / a, 0.0", "1 / (a * math.log(10)), 0.0"),
    ),
    wrong("02", "power: bases exchanged", ("a**b * math.log(a)", "b**a * math.log(a)")),
    wrong("03", "square taken before", ("a**2", "c**2 + (k * w) ** 2")),
    wrong("03", "half kept, sign lost", ("dJ_de = e", "dJ_de = abs(e)")),
    wrong("03", "stale a", ("dJ_da = 2 * a", "a = c\n    dJ_da = 2 * a")),
    wrong("03", "neuron: y in the slope", ("dJ_dw = dJ_dp * x", "dJ_dw = dJ_dp * x * y"), ("J = e**2 / 2", "J = e**2")),
    wrong(
        "04",
        "product with itself",
        ('Value(self.data * other.data, (self, other), "*")', 'Value(self.data * other.data, (self, self), "*")'),
    ),
    wrong(
        "04",
        "minus as plus of the negative number",
        ('Value(self.data - other.data, (self, other), "-")', "Value(self.data) + Value(-other.data)"),
    ),
    wrong("04", "name of the operation", ('(self, other), "*"', '(self, other), "mul"')),
    wrong(
        "04",
        "division by a copy",
        (
            'Value(self.data / other.data, (self, other), "/")',
            'Value(self.data / other.data, (self, Value(other.data)), "/")',
        ),
    ),
    wrong(
        "05",
        "sum of the two gradients",
        (
            "self.grad += out.grad\n            other.grad += out.grad\n",
            "self.grad += out.grad\n            other.grad += self.grad\n",
        ),
    ),
    wrong(
        "05", "product: after the first", ("other.grad += self.data * out.grad", "other.grad += self.data * self.grad")
    ),
    wrong("05", "minus equal", ("other.grad += self.data * out.grad", "other.grad -= self.data * out.grad")),
    wrong("05", "divided", ("self.grad += other.data * out.grad", "self.grad += out.data / other.data * out.grad")),
    wrong(
        "05",
        "overwrites one, forgets out in the other",
        ("self.grad += out.grad", "self.grad = out.grad"),
        ("other.grad += self.data * out.grad", "other.grad += self.data"),
    ),
    wrong("06", "first parents only", ("for parent in value.parents]", "for parent in value.parents[:1]]")),
    wrong(
        "06",
        "all set to 0",
        ("            if value.parents:\n                value.grad = 0.0\n", "            value.grad = 0.0\n"),
    ),
    wrong(
        "06",
        "none set to 0, starts by adding",
        ("                value.grad = 0.0\n        self.grad = 1.0", "                pass\n        self.grad += 1.0"),
    ),
    wrong(
        "06",
        "end without a step",
        ("        for value in reversed(order):", "        for value in reversed(order[:-1]):"),
    ),
    wrong("06", "starts with 2", ("self.grad = 1.0", "self.grad = 2.0")),
)

PART_B = (
    wrong("09", "z halved by the tanh", (LOOP_09, "return (np.tanh(z / 2) + 1)")),
    wrong(
        "09",
        "cut at 700, wrong side",
        (
            "    e = np.exp(-np.abs(z))  # at most 1, whatever z is\n    " + LOOP_09,
            "    z = np.clip(z, 0, 700)\n    return 1 / (1 + np.exp(-z))",
        ),
    ),
    wrong("09", "shifted", ("np.exp(-np.abs(z))", "np.exp(-np.abs(z) - 1)")),
    wrong("09", "softmax of all", (LOOP_09, "p = np.exp(z - np.max(z))\n    return p / np.sum(p)")),
    wrong(
        "09",
        "row by row, first column",
        (
            LOOP_09,
            "s = np.zeros(np.shape(z))\n    s[..., 0] = (np.where(z >= 0, 1.0, e) / (1 + e))[..., 0]\n    return s",
        ),
    ),
    wrong("09", "one decimal", (LOOP_09, "return np.round(np.where(z >= 0, 1.0, e) / (1 + e), 1)")),
    wrong("10", "X scaled on the way", ("X @ w + b", "(X - X.mean(axis=0)) @ w + b")),
    wrong("10", "b times the row", ("X @ w + b", "X @ w + b * np.arange(len(X))")),
    wrong("10", "length of w", ("X @ w + b", "X @ (w / np.linalg.norm(w)) + b")),
    wrong("10", "squares", ("X @ w + b", "X**2 @ w + b")),
    wrong("10", "absolute z, b outside", ("X @ w + b", "np.abs(X @ w) + b")),
    wrong("10", "z limited to 2", ("    f = g(z)", "    f = g(np.clip(z, -2, 2))")),
    wrong("11", "weights of one half", (LOSS_11, "-0.5 * np.log(f) - 0.5 * np.log(1 - f)")),
    wrong("11", "wrong cut", ("EPS = 1e-7", "EPS = 1e-3")),
    wrong("11", "square of the label", (LOSS_11, "-y * np.log(f) - (1 - y) ** 2 * np.log(1 - f) * f")),
    wrong("11", "running sum", (f"loss = {LOSS_11}", f"loss = np.cumsum({LOSS_11})")),
    wrong("11", "two terms, 1 + f", ("np.log(1 - f)", "np.log(1 + f)")),
    wrong("12", "without the last, by m", ("np.sum(bce(f, y)) / m", "np.sum(bce(f, y)[:-1]) / m")),
    wrong("12", "root of m", ("/ m", "/ np.sqrt(m)")),
    wrong("12", "maximum", ("np.sum(bce(f, y)) / m", "np.max(bce(f, y))")),
    wrong("12", "median, labels turned", ("np.sum(bce(f, y)) / m", "np.median(bce(f, 1 - y))")),
    wrong("12", "n in z", ("X @ w + b", "X @ w / len(w) + b"), ("/ m", "/ m / 2")),
    wrong("13", "errors weighted by f", ("e = f - y", "e = (f - y) * f")),
    wrong("13", "g in dw only", ("dw = X.T @ e / m", "dw = X.T @ (X @ w + b - y) / m")),
    wrong("13", "scaled X", ("dw = X.T @ e / m", "dw = (X - X.mean(axis=0)).T @ e / m")),
    wrong("13", "db of the last step", ("np.sum(e) / m", "np.sum(e[:-1]) / m")),
    wrong("13", "dw shrinks with w", ("X.T @ e / m", "X.T @ e / m + w / m")),
    wrong("13", "backwards", ("dw = X.T @ e / m", "dw = (X.T @ e / m)[::-1]")),
    wrong(
        "13", "b in dw, n in db", ("dw = X.T @ e / m", "dw = X.T @ e / m + b"), ("np.sum(e) / m", "np.sum(e) / len(w)")
    ),
    wrong("14", "gradient of zero weights", ("gradient(X, y, w, b)\n        w", "gradient(X, y, 0 * w, b)\n        w")),
    wrong(
        "14",
        "half of the examples",
        ("gradient(X, y, w, b)\n        w", "gradient(X[: len(X) // 2], y[: len(X) // 2], w, b)\n        w"),
    ),
    wrong("14", "two steps for w", ("        b = b", "        w = w - alpha * dw\n        b = b")),
    wrong("14", "alpha squared for b, cost after", ("b - alpha * db", "b - alpha**2 * db")),
    wrong("14", "history of b", ("history.append(cost(X, y, w, b))", "history.append(cost(X, y, w, 0.0))")),
    wrong("14", "mean of the way", ("    return w", "    w = w / epochs\n    return w")),
    wrong("15", "half rounded away", ("(f >= 0.5)", "(f >= 0.6)")),
    wrong("15", "no b, strictly", ("predict_proba(X, w, b)\n    y", "predict_proba(X, w, 0.0)\n    y")),
    wrong("15", "both ones or first", ("np.sum(y_hat == y)", "np.sum((y_hat == y)[1:])")),
    wrong("15", "precision", ("share = hits / len(y)", "share = np.sum(y_hat * y) / max(np.sum(y_hat), 1)")),
    wrong("15", "distance of the means", ("share = hits / len(y)", "share = 1 - abs(np.mean(y_hat) - np.mean(y))")),
    wrong("16", "centred by the first row", ("np.mean(train, axis=0)", "train[0]")),
    wrong("16", "sigma of the centred, wrong axis", ("np.std(train, axis=0)", "np.std(train - mu, axis=1)[:1]")),
    wrong("16", "half of it for test", ("(test - mu) / sigma", "test / sigma - mu")),
    wrong(
        "16",
        "square root of the deviation",
        ("    sigma = np.where", "    sigma = np.sqrt(sigma)\n    sigma = np.where"),
    ),
    wrong(
        "16",
        "maximum, and ones for small",
        ("(train - mu) / sigma", "(train - mu) / np.max(np.abs(train - mu), axis=0).clip(1e-9)"),
    ),
    wrong("16", "columns sorted", ("(test - mu) / sigma", "np.sort((test - mu) / sigma, axis=0)")),
    wrong("16b", "mean of |w| in the cost", ("lam / (2 * m) * np.sum(w**2)", "lam / (2 * m) * np.mean(np.abs(w))")),
    wrong(
        "16b", "lam squared, half in dw", ("lam / (2 * m)", "lam**2 / (2 * m)"), ("lam / m * w", "lam / (2 * m) * w")
    ),
    wrong(
        "16b",
        "first weight free",
        ("np.sum(w**2)", "np.sum(w[1:] ** 2)"),
        ("lam / m * w", "lam / m * np.concatenate([[0.0], w[1:]])"),
    ),
    wrong("16b", "shrinks the gradient too", ("dw + lam / m * w", "dw * (1 + lam / m) + lam / m * w")),
    wrong("16b", "cubes", ("np.sum(w**2)", "np.sum(np.abs(w) ** 3)"), ("lam / m * w", "lam / m * 1.5 * w * np.abs(w)")),
)

PART_C = (
    wrong("17", "running sums", ("G.sum(axis=0)", "np.cumsum(G, axis=0)[-2]")),
    wrong("17", "product", ("G.sum(axis=0)", "G.prod(axis=0)")),
    wrong(
        "17",
        "both axes where one is 1",
        ("G.sum(axis=axis, keepdims=True)", "G.sum(axis=axis, keepdims=True) + 0 * G.mean() - G.mean()"),
    ),
    wrong("17", "stretched: first", ("G.sum(axis=axis, keepdims=True)", "G.take([0], axis=axis)")),
    wrong(
        "17",
        "backwards",
        ("        G = G.sum(axis=0)\n", "        G = G.sum(axis=0)[::-1] if G.ndim > 1 else G.sum()\n"),
    ),
    wrong("18", "G and B exchanged, transposed", ("G @ B.T", "(B @ G.T).T / 2")),
    wrong("18", "scaled by A", ("A.T @ G", "A.T @ G * A.mean()")),
    wrong("18", "G doubled on both sides", ("left + right", "left + 2 * right")),
    wrong("18", "squares of B", ("G @ B.T", "G @ (B**2).T")),
    wrong("18", "A as it comes out", ("A.T @ G", "(A - A.mean()).T @ G")),
    wrong("18", "mean of the two", ("left + right", "(left + right) / 2"), ("A.T @ G", "-A.T @ G")),
    wrong("19", "put in at the end", ("np.expand_dims(G, axis)", "np.expand_dims(G, -1)")),
    wrong(
        "19",
        "only a first row",
        (
            "    return G * np.ones(X.shape)",
            "    out = np.zeros(X.shape)\n    out[0] = (G * np.ones(X.shape))[0]\n    return out",
        ),
    ),
    wrong("19", "N counted with keepdims", ("/ N", "/ (N + keepdims)")),
    wrong("19", "sign of X", ("G * np.ones(X.shape)", "G * np.sign(X)")),
    wrong("19", "root of N", ("/ N", "/ np.sqrt(N)")),
    wrong(
        "20", "forgotten z y for ones", (LOSS_20, "np.maximum(z, 0) - z * y * (z > 0) + np.log1p(np.exp(-np.abs(z)))")
    ),
    wrong("20", "limited slope", ("f = sigmoid(z)", "f = np.clip(sigmoid(z), 0.1, 0.9)")),
    wrong(
        "20",
        "2 z, J summed twice",
        ("sigmoid(z)\n    dz", "sigmoid(2 * z)\n    dz"),
        ("np.mean(loss)", "2 * np.mean(loss)"),
    ),
    wrong("20", "labels of -1", ("- z * y", "- z * (2 * y - 1)")),
    wrong("20", "m - 1 and sign", ("(f - y) / m", "(y - f) / (m - 1)")),
)

PART_D = (
    wrong("21", "bias times the inputs", ("A_in @ W + b", "A_in @ W + b * A_in.shape[1]")),
    wrong("21", "mean over the inputs", ("A_in @ W + b", "A_in @ W / len(W) + b")),
    wrong("21", "g after the bias only", ("g(Z)", "A_in @ W + g(0 * Z + b)")),
    wrong("21", "weights normalised", ("A_in @ W + b", "A_in @ (W / np.abs(W).sum(axis=0)) + b")),
    wrong("21", "first unit for all", ("A_in @ W + b", "(A_in @ W)[:, :1] + b")),
    wrong("21", "residual", ("g(Z)", "g(Z) + Z")),
    wrong("22", "6 times the root", ("np.sqrt(6 / (n_in + n_out))", "6 * np.sqrt(1 / (n_in + n_out))")),
    wrong("22", "inputs alone, one-sided", ("n_in + n_out", "n_in"), ("-limit, limit", "0, limit")),
    wrong("22", "cut bell", (UNIFORM, "np.clip(rng.normal(0, limit, size=(n_in, n_out)), -limit, limit)")),
    wrong("22", "rounded", (UNIFORM, "np.round(rng.uniform(-limit, limit, size=(n_in, n_out)), 1)")),
    wrong("23", "A1 added again", ("A2 @ W3 + b3", "A2 @ W3 + b3 + A1.mean()")),
    wrong("23", "tanh in the second", ("A2 = g(A1 @ W2 + b2)", "A2 = np.tanh(A1 @ W2 + b2)")),
    wrong("23", "means of biases", ("X @ W1 + b1", "X @ W1 + b1.mean()")),
    wrong("23", "no b1, no b3", ("X @ W1 + b1", "X @ W1"), ("A2 @ W3 + b3", "A2 @ W3")),
    wrong("23", "weights of neighbours only", ("n_in * n_out + n_out", "(n_in + 1) * n_out if n_out > 1 else n_in")),
    wrong("23", "square layers", ("n_in * n_out + n_out", "n_in**2 + n_out")),
    wrong("24", "J of the rounded", ("np.mean((f - y) ** 2)", "np.mean((np.round(f) - y) ** 2)")),
    wrong(
        "24",
        "half in J, f (1 - f) forgotten",
        ("np.mean((f - y) ** 2)", "np.mean((f - y) ** 2) / 2"),
        ("dJ_df * f * (1 - f)", "dJ_df"),
    ),
    wrong("24", "cubes", ("(f - y) ** 2", "np.abs(f - y) ** 3")),
    wrong("24", "square root in the slope", ("f * (1 - f)", "np.sqrt(f * (1 - f))")),
    wrong("24", "slope of the mean", ("2 * (f - y) / f.size", "2 * (f.mean() - y) / f.size")),
    wrong("25", "slope of the output again, no m", ("(A3 - y) / m", "(A3 - y) * A3 * (1 - A3)")),
    wrong("25", "second slope from A1", ("(A2 * (1 - A2))", "(A2 - A2**3)")),
    wrong("25", "Z in the slope", ("(A1 * (1 - A1))", "(Z1 * (1 - Z1))")),
    wrong("25", "bias by the mean", ("d2.sum(axis=0)", "d2.mean(axis=0)")),
    wrong(
        "25",
        "W2 twice",
        ('grads["W2"] = A1.T @ d2', 'grads["W2"] = A1.T @ d2 / m'),
        ('grads["b1"] = d1.sum(axis=0)', 'grads["b1"] = d1.mean(axis=0)'),
    ),
    wrong("25", "stale delta for W1", ('grads["W1"] = X.T @ d1', 'grads["W1"] = X.T @ (d1 / (A1 * (1 - A1)))')),
    wrong(
        "25",
        "step with the biases only down",
        ("params[name] - alpha * grads[name]", "params[name] - alpha * grads[name] * (1 if name[0] == 'W' else -1)"),
    ),
    wrong(
        "26",
        "gradients kept for an epoch",
        ("            model.zero_grad()\n", ""),
        ("        total = 0.0\n", "        total = 0.0\n        model.zero_grad()\n"),
    ),
    wrong("26", "y not shuffled", ("y[rows]", "y[start : start + batch]")),
    wrong("26", "rest dropped", ("range(0, m, batch)", "range(0, m - batch + 1, batch)")),
    wrong("26", "divided by the batch", ("alpha * model.grads[name]", "alpha / len(rows) * model.grads[name]")),
    wrong("26", "loss of the last batch", ("history.append(total / m)", "history.append(loss)")),
    wrong(
        "26",
        "order once, sum of losses",
        ("total += loss * len(rows)", "total += loss"),
        ("history.append(total / m)", "history.append(total)"),
    ),
)

PART_E = (
    wrong("28", "relu of both", ("mask = z > 0", "mask = (z > 0) & (G > 0)")),
    wrong("28", "leaky: slope added", ("np.where(z > 0, 1.0, slope)", "(z > 0) + slope")),
    wrong("28", "tanh of the half", ("t = np.tanh(z)", "t = np.tanh(z / 2)")),
    wrong("28", "sigmoid: 1 - 2 s", ("s * (1 - s)", "s * (1 - 2 * s)")),
    wrong("28", "G squared", ("return G * mask", "return G * G * mask")),
    wrong(
        "28", "leaky: z for G, tanh doubled", ("return G * local", "return z * local"), ("(1 - t**2)", "2 * (1 - t**2)")
    ),
    wrong(
        "29",
        "squares for e",
        ("E = np.exp(Z - Z.max(axis=1, keepdims=True))", "E = (Z - Z.min(axis=1, keepdims=True)) ** 2 + 1e-12"),
    ),
    wrong("29", "next class", ("-log_P[np.arange(m), y]", "-log_P[np.arange(m), (y + 1) % Z.shape[1]]")),
    wrong(
        "29",
        "half a temperature",
        ("E = np.exp(Z - Z.max(axis=1, keepdims=True))", "E = np.exp((Z - Z.max(axis=1, keepdims=True)) / 2)"),
    ),
    wrong("29", "only the right class", ("dZ = softmax(Z) - Y", "dZ = (softmax(Z) - Y) * Y")),
    wrong("29", "worst example", ("losses.mean()", "losses.max()")),
    wrong("29", "slope times P", ("dZ = softmax(Z) - Y", "dZ = softmax(Z) * (softmax(Z) - Y)")),
    wrong("30", "root of m", ("m_hat / (np.sqrt(v_hat)", "np.sqrt(np.abs(m_hat)) / (np.sqrt(v_hat)")),
    wrong("30", "alpha shrinks", ("w - self.alpha * m_hat", "w - self.alpha / self.t * m_hat")),
    wrong("30", "epsilon twice", ("np.sqrt(v_hat) + self.epsilon", "np.sqrt(v_hat + self.epsilon) + self.epsilon")),
    wrong(
        "30", "largest of v", ("v_hat = v / (1 - self.beta2**self.t)", "v_hat = np.max(v) / (1 - self.beta2**self.t)")
    ),
    wrong(
        "30",
        "no correction of v, betas in m",
        ("v_hat = v / (1 - self.beta2**self.t)", "v_hat = v"),
        ("self.beta1 * self.m.get", "self.beta2 * self.m.get"),
    ),
    wrong("30b", "half of the new", ("self.alpha * g", "self.alpha * g / 2")),
    wrong("30b", "velocity of w", ("self.velocity[name] = u", "self.velocity[name] = w + u")),
    wrong("30b", "squared beta", ("self.beta * before", "self.beta**2 * before")),
    wrong("30b", "absolute velocity", ("self.velocity[name] = u", "self.velocity[name] = np.abs(u)")),
    wrong(
        "30b",
        "last name for all, upwards",
        ("self.velocity.get(name, 0.0)", "self.velocity.get('W', 0.0)"),
        ("- self.alpha * g", "+ self.alpha * g"),
    ),
)

SET_TWO: tuple[Unplanned, ...] = PART_A + PART_B + PART_C + PART_D + PART_E
