"""The third set: fresh once more, written after the second had changed the diagnosis, and tried once."""

from . import Unplanned, wrong

LOSS_11 = "-y * np.log(f) - (1 - y) * np.log(1 - f)"
LOSS_20 = "np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))"

PART_A = (
    wrong("01", "only one step in the rise", ("f(x + h) - f(x - h)", "f(x) - f(x - 2 * h)"), ("(2 * h)", "h")),
    wrong("01", "run plus x", ("(2 * h)", "(x + 2 * h)")),
    wrong(
        "01",
        "mean of two slopes, one backwards",
        ("rise / (2 * h)", "((f(x + h) - f(x)) / h + (f(x - h) - f(x)) / h) / 2"),
    ),
    wrong(
        "02",
        "plus: b twice, times: a twice",
        ("da, db = 1.0, 1.0", "da, db = 1.0, 2.0"),
        ("da, db = b, a", "da, db = a, a"),
    ),
    wrong("02", "exp by 1 + a", ("math.exp(a), 0.0", "1 + a, 0.0")),
    wrong("02", "division: b not squared, a forgotten", ("-a / b**2", "-1 / b")),
    wrong("02", "logarithm of the power", ("a**b * math.log(a)", "math.log(a**b)")),
    wrong("03", "J of the neuron with the sign of e lost on the way", ("dJ_db = dJ_dz", "dJ_db = -dJ_dz")),
    wrong("03", "k added", ("c + k * w", "c + k + w")),
    wrong("03", "x and w in the forward step", ("p = w * x", "p = w + x")),
    wrong("03", "∂J/∂w with c", ("dJ_da * da_dw", "dJ_da * (c + da_dw)")),
    wrong("04", "negative without minus", ("Value(-self.data,", "Value(abs(self.data),")),
    wrong(
        "04",
        "product keeps only other",
        ('Value(self.data * other.data, (self, other), "*")', 'Value(self.data * other.data, (other,), "*")'),
    ),
    wrong(
        "05",
        "mean of the factors",
        ("self.grad += other.data * out.grad", "self.grad += (self.data + other.data) / 2 * out.grad"),
    ),
    wrong("05", "plus halves", ("self.grad += out.grad\n", "self.grad += out.grad / 2\n")),
    wrong(
        "06",
        "order by number",
        ("        for value in reversed(order):", "        for value in sorted(order, key=lambda v: -v.data):"),
    ),
)

PART_B = (
    wrong("09", "a sigmoid twice as flat", ("np.exp(-np.abs(z))", "np.exp(-np.abs(z) / 2)")),
    wrong("09", "squares in the exponent", ("np.exp(-np.abs(z))", "np.exp(-(z**2))")),
    wrong("09", "limit 1 at 20", ("    return np", "    e = np.where(z > 3, 0.0, e)\n    return np")),
    wrong("10", "first weight doubled", ("X @ w + b", "X @ w + X[:, 0] * w[0] + b")),
    wrong("10", "b of the sum of w", ("X @ w + b", "X @ w + b * np.sum(w)")),
    wrong("10", "the middle example for all", ("    return f", "    return np.full(len(f), f[len(f) // 2])")),
    wrong("10", "sorted", ("    return f", "    return np.sort(f)")),
    wrong("11", "f for y in one place", ("- (1 - y) * np.log(1 - f)", "- (1 - f) * np.log(1 - f)")),
    wrong("11", "weights by f", ("    return loss", "    return loss * f")),
    wrong("11", "one more", ("    return loss", "    return loss + 1")),
    wrong("11", "mean of both terms", (LOSS_11, f"({LOSS_11}) / 2 + y")),
    wrong("12", "b n times, by 2 m", ("X @ w + b", "X @ w + len(w) * b"), ("/ m", "/ (2 * m)")),
    wrong("12", "counts the ones", ("m = len(y)", "m = np.sum(y)")),
    wrong("12", "sum over m and n", ("/ m", "/ X.size")),
    wrong("13", "e halved for positive", ("e = f - y", "e = np.where(f > y, (f - y) / 2, f - y)")),
    wrong("13", "X without its last column", ("dw = X.T @ e / m", "dw = X.T @ e / m\n    dw[-1] = 0.0")),
    wrong("13", "centred errors", ("dw = X.T @ e / m", "dw = X.T @ (e - e.mean()) / m")),
    wrong("13", "db by m², dw by n m", ("np.sum(e) / m", "np.sum(e) / m**2"), ("X.T @ e / m", "X.T @ e / m / len(w)")),
    wrong("13", "shares of the labels", ("dw = X.T @ e / m", "dw = X.T @ (e * y) / m")),
    wrong(
        "14", "alpha grows", ("        b = b - alpha * db", "        b = b - alpha * db\n        alpha = 1.1 * alpha")
    ),
    wrong("14", "momentum by mistake", ("w = w - alpha * dw", "w = w - alpha * dw - 0.1 * w")),
    wrong("14", "b from before the loop", ("b - alpha * db", "b - alpha * (db + b)")),
    wrong(
        "14",
        "history of the best",
        ("history.append(cost(X, y, w, b))", "history.append(min([cost(X, y, w, b), *history]) / 2)"),
    ),
    wrong("15", "accuracy of the ones by all", ("np.sum(y_hat == y)", "np.sum((y_hat == y) & (y == 1))")),
    wrong("15", "hits plus one", ("hits / len(y)", "(hits + 1) / (len(y) + 1)")),
    wrong(
        "16",
        "σ of the test set",
        ("test_scaled = (test - mu) / sigma", "test_scaled = (test - mu) / np.std(test, axis=0)"),
    ),
    wrong("16", "mean added", ("(train - mu) / sigma", "(train + mu) / sigma")),
    wrong("16", "σ times", ("(test - mu) / sigma", "(test - mu) * sigma")),
    wrong("16", "per row centred, per column divided", ("np.mean(train, axis=0)", "np.mean(train)")),
    wrong("16b", "lam without m in both", ("lam / (2 * m)", "lam / 2"), ("lam / m * w", "lam * w")),
    wrong("16b", "b shrinks dw", ("lam / m * w", "lam / m * w * b")),
    wrong("16b", "w of the mean", ("lam / m * w", "lam / m * np.mean(w)")),
)

PART_C = (
    wrong("17", "root of the sum of squares", ("G.sum(axis=0)", "np.sqrt((G**2).sum(axis=0))")),
    wrong("17", "absolute", ("G.sum(axis=0)", "np.abs(G).sum(axis=0)")),
    wrong("17", "last one left out", ("G.sum(axis=0)", "G[:-1].sum(axis=0)")),
    wrong("18", "G from both sides", ("dA = G @ B.T", "dA = G @ B.T + G.sum()")),
    wrong("18", "negative left", ("left + right", "right - left")),
    wrong("18", "mean over the columns", ("G @ B.T", "G @ B.T / B.shape[1]")),
    wrong("18", "G twice", ("A.T @ G", "A.T @ (G * G)")),
    wrong(
        "19", "G of the first only", ("    return G * np.ones(X.shape)", "    return np.ravel(G)[0] * np.ones(X.shape)")
    ),
    wrong("19", "X added", ("    return G * np.ones(X.shape)", "    return G + X")),
    wrong("19", "N of everything but one", ("/ N", "/ (X.size - N + 1)")),
    wrong("20", "softplus of minus z", (LOSS_20, "np.maximum(-z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))")),
    wrong("20", "mean of the sizes", ("np.mean(loss)", "np.mean(np.abs(loss - loss.mean()))")),
    wrong("20", "slope of y alone", ("(f - y) / m", "f * (1 - y) / m")),
    wrong("20", "slope by the first", ("(f - y) / m", "(f - y[0]) / m")),
)

PART_D = (
    wrong("21", "inputs in reverse", ("A_in @ W + b", "A_in[:, ::-1] @ W + b")),
    wrong("21", "bias of the example", ("A_in @ W + b", "A_in @ W + b.mean()")),
    wrong("21", "g of g", ("g(Z)", "g(g(Z))")),
    wrong("21", "first input forgotten", ("A_in @ W + b", "A_in[:, 1:] @ W[1:] + b")),
    wrong("22", "sum of 12 and root", ("6 / (n_in + n_out)", "12 / (n_in + n_out)")),
    wrong("23", "A1 twice, b2 for b1", ("X @ W1 + b1", "X @ W1 - b1")),
    wrong("23", "cut in the middle", ("A2 = g(A1 @ W2 + b2)", "A2 = np.round(g(A1 @ W2 + b2), 1)")),
    wrong("23", "units added", ("count += n_in * n_out + n_out", "count += n_in + n_out")),
    wrong("24", "weights of ones", ("np.mean((f - y) ** 2)", "np.mean((f - y) ** 2 * y)")),
    wrong("24", "slope of σ at 1 - f, squared", ("f * (1 - f)", "(1 - f) ** 2")),
    wrong("24", "sum by k", ("2 * (f - y) / f.size", "2 * np.sum(f - y, axis=1, keepdims=True) / f.size")),
    wrong("25", "W3 by A1", ("(A2 * (1 - A2))", "(A2 * A2)")),
    wrong("25", "biases of the first example", ("d3.sum(axis=0)", "d3[0]")),
    wrong("25", "delta of the second scaled by m", ("d1 = d2 @", "d1 = m * d2 @")),
    wrong("25", "alpha twice", ("params[name] - alpha", "params[name] - 2 * alpha")),
    wrong(
        "26", "half a step for the rest", ("alpha * model.grads[name]", "alpha * len(rows) / batch * model.grads[name]")
    ),
    wrong("26", "alpha squared", ("alpha * model.grads[name]", "alpha**2 * model.grads[name]")),
)

PART_E = (
    wrong("28", "tanh: 1 - |t|", ("1 - t**2", "1 - np.abs(t)")),
    wrong("28", "leaky with both", ("np.where(z > 0, 1.0, slope)", "np.where(z > 0, 1.0 - slope, slope)")),
    wrong("28", "relu added", ("return G * mask", "return G + mask")),
    wrong("28", "sigmoid: root", ("G * (s * (1 - s))", "G * np.sqrt(s * (1 - s))")),
    wrong("29", "logarithm of 2 K", ("losses.mean()", "losses.mean() / np.log(2)")),
    wrong("29", "one class too few", ("E / E.sum(axis=1, keepdims=True)", "E / E[:, 1:].sum(axis=1, keepdims=True)")),
    wrong("29", "targets smoothed", ("np.eye(K)[y]", "0.9 * np.eye(K)[y] + 0.1 / K")),
    wrong("30", "beta of the other in the correction", ("(1 - self.beta2**self.t)", "(1 - self.beta1**self.t)")),
    wrong("30", "v by the gradient's size", ("np.sqrt(v_hat)", "np.sqrt(v_hat) * np.abs(g)")),
    wrong("30", "t plus one", ("self.t += 1", "self.t += 2")),
    wrong("30b", "beta grows", ("            u = ", "            self.beta = self.beta * 1.01\n            u = ")),
    wrong("30b", "old velocity", ("w + u", "w + before")),
    wrong("30b", "both", ("w + u", "w + u + before")),
)

SET_THREE: tuple[Unplanned, ...] = PART_A + PART_B + PART_C + PART_D + PART_E
