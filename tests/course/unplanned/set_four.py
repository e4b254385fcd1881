"""The fourth set: written from the texts and references alone, after all changes for the others."""

from . import wrong

SET_FOUR = [
    wrong(
        "01",
        "halfstep",
        (
            "    rise = f(x + h) - f(x - h)\n    return rise / (2 * h)\n",
            "    rise = f(x + h / 2) - f(x - h / 2)\n    return rise / h\n",
        ),
    ),
    wrong("01", "precedence", ("    return rise / (2 * h)\n", "    return rise / 2 * h\n")),
    wrong("01", "wide", ("    rise = f(x + h) - f(x - h)\n", "    rise = f(x + 2 * h) - f(x - 2 * h)\n")),
    wrong(
        "02",
        "log base a",
        (
            "        da, db = b * a ** (b - 1), a**b * math.log(a)\n",
            "        da, db = b * a ** (b - 1), a**b * math.log(b)\n",
        ),
    ),
    wrong(
        "02",
        "pow prec",
        (
            "        da, db = b * a ** (b - 1), a**b * math.log(a)\n",
            "        da, db = b * a ** b - 1, a**b * math.log(a)\n",
        ),
    ),
    wrong(
        "02",
        "two div tanh",
        ("        da, db = 1 / b, -a / b**2\n", "        da, db = 1 / b, a / b**2\n"),
        ("        da, db = 1 - math.tanh(a) ** 2, 0.0\n", "        da, db = 1 - a**2, 0.0\n"),
    ),
    wrong("03", "da dw w", ("    dJ_da = 2 * a\n    da_dw = k\n", "    dJ_da = 2 * J\n    da_dw = w\n")),
    wrong("03", "sign y", ("    dJ_dz = dJ_de\n", "    dJ_dz = dJ_de * (1 - y)\n")),
    wrong("03", "stale p", ("    dJ_dw = dJ_dp * x\n", "    dJ_dw = dJ_dp * p\n")),
    wrong(
        "04",
        "inplace neg",
        ('        return Value(-self.data, (self,), "neg")\n', "        self.data = -self.data\n        return self\n"),
    ),
    wrong(
        "04",
        "parents data",
        (
            '        return Value(self.data * other.data, (self, other), "*")\n',
            '        return Value(self.data * other.data, (self.data, other.data), "*")\n',
        ),
    ),
    wrong(
        "04",
        "sub swap r",
        ("        return as_value(other) - self\n", "        return self - as_value(other)\n"),
        ("        return as_value(other) / self\n", "        return self / as_value(other)\n"),
    ),
    wrong(
        "05",
        "call now",
        (
            "            other.grad += out.grad\n\n        out._backward = _backward\n",
            "            other.grad += out.grad\n\n        out._backward = _backward()\n",
        ),
    ),
    wrong(
        "05",
        "outdata mul",
        (
            "            self.grad += other.data * out.grad\n            other.grad += self.data * out.grad\n",
            "            self.grad += out.data * out.grad\n            other.grad += out.data * out.grad\n",
        ),
    ),
    wrong(
        "05",
        "stale self grad",
        ("            other.grad += self.data * out.grad\n", "            other.grad += self.data * self.grad\n"),
    ),
    wrong(
        "06",
        "bfs order",
        (
            "        order, seen, waiting = [], set(), [(self, False)]\n",
            "        order, seen, waiting = [], set(), [self]\n",
        ),
        (
            "            value, parents_are_in = waiting.pop()\n"
            "            if parents_are_in:\n"
            "                order.append(value)\n"
            "            elif value not in seen:\n",
            "            value = waiting.pop(0)\n            if value not in seen:\n",
        ),
        (
            "                waiting.append((value, True))\n"
            "                waiting += [(parent, False) for parent in value.parents]\n",
            "                order.insert(0, value)\n                waiting += value.parents\n",
        ),
    ),
    wrong(
        "06",
        "seed then zero",
        ("            if value.parents:\n", "            if value is not self:\n"),
        ("        self.grad = 1.0\n", "        self.grad += 1.0\n"),
    ),
    wrong(
        "07",
        "pow outdata",
        (
            "            self.grad += k * self.data ** (k - 1) * out.grad\n",
            "            self.grad += k * out.data / k * out.grad\n",
        ),
    ),
    wrong(
        "07",
        "relu slope value",
        (
            "            self.grad += (1.0 if self.data > 0 else 0.0) * out.grad\n",
            "            self.grad += out.data * out.grad\n",
        ),
    ),
    wrong(
        "07",
        "tanh in sig out",
        (
            "            self.grad += (1 - out.data**2) * out.grad\n",
            "            self.grad += (1 - self.data**2) * out.grad\n",
        ),
        (
            "            self.grad += out.data * (1 - out.data) * out.grad\n",
            "            self.grad += out.data * (1 - self.data) * out.grad\n",
        ),
    ),
    wrong(
        "08",
        "flat abs sum",
        (
            "    error = np.abs(grad - numeric) / np.maximum(1e-8, np.abs(grad) + np.abs(numeric))\n",
            "    error = np.abs(grad - numeric) / np.maximum(1e-8, np.abs(grad + numeric))\n",
        ),
    ),
    wrong(
        "08",
        "off by one",
        ("    for place in np.ndindex(x.shape):\n", "    for place in list(np.ndindex(x.shape))[:-1]:\n"),
    ),
    wrong("08", "stale below", ("        x[place] = kept - h\n", "        x[place] = x[place] - h\n")),
    wrong(
        "09",
        "clip small",
        (
            "    e = np.exp(-np.abs(z))  # at most 1, whatever z is\n    return np.where(z >= 0, 1.0, e) / (1 + e)\n",
            "    z = np.clip(z, -5, 5)\n    return 1 / (1 + np.exp(-z))\n",
        ),
    ),
    wrong(
        "09",
        "where pos",
        ("    return np.where(z >= 0, 1.0, e) / (1 + e)\n", "    return np.where(z >= 0, e, 1.0) / (1 + e)\n"),
    ),
    wrong("10", "bias per feature", ("    z = X @ w + b\n", "    z = np.sum(X * w + b, axis=1)\n")),
    wrong("10", "g inside", ("    return f\n", "    return (f >= 0.5).astype(float)\n")),
    wrong(
        "10",
        "wrong axis loop",
        (
            "    z = X @ w + b\n",
            "    m, n = X.shape\n"
            "    z = np.zeros(m)\n"
            "    for i in range(m):\n"
            "        for j in range(1, n):\n"
            "            z[i] += w[j] * X[i, j]\n"
            "        z[i] += b\n",
        ),
    ),
    wrong("11", "clip one side", ("    f = np.clip(f, EPS, 1 - EPS)\n", "    f = np.maximum(f, EPS)\n")),
    wrong(
        "11",
        "log2 sum",
        (
            "    loss = -y * np.log(f) - (1 - y) * np.log(1 - f)\n",
            "    loss = -y * np.log10(f) - (1 - y) * np.log10(1 - f)\n",
        ),
    ),
    wrong(
        "11",
        "log 1my",
        ("    loss = -y * np.log(f) - (1 - y) * np.log(1 - f)\n", "    loss = -y * np.log(f) - (1 - y) * np.log(f)\n"),
    ),
    wrong(
        "12",
        "loop return",
        (
            "    J = np.sum(bce(f, y)) / m\n    return J\n",
            "    J = 0\n    for i in range(m):\n        J = bce(f[i], y[i])\n    return J / m\n",
        ),
    ),
    wrong(
        "12",
        "m features",
        ("    m = len(y)\n", "    m, n = X.shape\n"),
        ("    J = np.sum(bce(f, y)) / m\n", "    J = np.sum(bce(f, y)) / n\n"),
    ),
    wrong("12", "z to bce", ("    f = g(X @ w + b)\n", "    f = g(g(X @ w + b))\n")),
    wrong(
        "13",
        "loop off by one",
        (
            "    e = f - y\n    dw = X.T @ e / m\n    db = np.sum(e) / m\n",
            "    dw = np.zeros(len(w))\n"
            "    db = 0.0\n"
            "    for i in range(m - 1):\n"
            "        e = f[i] - y[i]\n"
            "        dw += e * X[i]\n"
            "        db += e\n"
            "    dw = dw / m\n"
            "    db = db / m\n",
        ),
    ),
    wrong("13", "m from columns", ("    m = len(y)\n", "    m = X.shape[1]\n")),
    wrong("13", "slope of g in w only", ("    dw = X.T @ e / m\n", "    dw = X.T @ (e * f * (1 - f)) / m\n")),
    wrong(
        "14",
        "b with new w",
        ("        w = w - alpha * dw\n", "        w = w - alpha * dw\n        dw, db = gradient(X, y, w, b)\n"),
    ),
    wrong(
        "14",
        "return in loop history late",
        ("        history.append(cost(X, y, w, b))\n", ""),
        ("        b = b - alpha * db\n", "        b = b - alpha * db\n        history.append(cost(X, y, w, b))\n"),
    ),
    wrong(
        "14",
        "stale gradient outside loop",
        ("    history = []\n", "    history = []\n    dw, db = gradient(X, y, w, b)\n"),
        ("        dw, db = gradient(X, y, w, b)\n", ""),
    ),
    wrong("15", "round ties", ("    y_hat = (f >= 0.5).astype(int)\n", "    y_hat = np.round(f).astype(int)\n")),
    wrong("15", "threshold on logit half", ("    f = predict_proba(X, w, b)\n", "    f = X @ w + b\n")),
    wrong("15", "true positives only", ("    hits = np.sum(y_hat == y)\n", "    hits = np.sum(y_hat * y)\n")),
    wrong(
        "16",
        "eps and ddof",
        (
            "    sigma = np.std(train, axis=0)\n    sigma = np.where(sigma == 0, 1.0, sigma)\n",
            "    sigma = np.sqrt(np.sum((train - mu)**2, axis=0) / (len(train) - 1))\n    sigma = sigma + 1e-8\n",
        ),
    ),
    wrong("16", "mean axis missing in std", ("    sigma = np.std(train, axis=0)\n", "    sigma = np.std(train)\n")),
    wrong(
        "16",
        "test own mu train sigma",
        ("    test_scaled = (test - mu) / sigma\n", "    test_scaled = (test - np.mean(test, axis=0)) / sigma\n"),
    ),
    wrong(
        "17",
        "last axis and if",
        (
            "    while np.ndim(G) > len(shape):\n        G = G.sum(axis=0)\n",
            "    if np.ndim(G) > len(shape):\n        G = G.sum(axis=-1)\n",
        ),
    ),
    wrong("17", "mean not sum front", ("        G = G.sum(axis=0)\n", "        G = G.mean(axis=0)\n")),
    wrong(
        "17", "no keepdims", ("            G = G.sum(axis=axis, keepdims=True)\n", "            G = G.sum(axis=axis)\n")
    ),
    wrong("18", "dB uses dA", ("    dB = A.T @ G\n", "    dB = A.T @ dA\n")),
    wrong(
        "18",
        "forward order kept",
        ("    dA = G @ B.T\n    dB = A.T @ G\n", "    dA = (B @ G.T).T\n    dB = (G @ A.T).T\n"),
        ("    return left + right\n", "    return left * right\n"),
    ),
    wrong("18", "square twice left", ("    return left + right\n", "    return 2 * left\n")),
    wrong(
        "19",
        "N wrong axis",
        (
            "    N = X.size if axis is None else X.shape[axis]\n",
            "    N = X.size if axis is None else X.shape[1 - axis]\n",
        ),
    ),
    wrong("19", "len X divides twice", ("    N = X.size if axis is None else X.shape[axis]\n", "    N = len(X)\n")),
    wrong("19", "reshape minus one", ("        G = np.expand_dims(G, axis)\n", "        G = np.reshape(G, (-1, 1))\n")),
    wrong(
        "20",
        "abs for max",
        (
            "    loss = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))\n",
            "    loss = np.abs(z) - z * y + np.log1p(np.exp(-np.abs(z)))\n",
        ),
    ),
    wrong(
        "20",
        "plain max no log1p abs",
        (
            "    loss = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))\n",
            "    loss = np.maximum(z, 0) - z * y + np.log1p(-np.exp(-np.abs(z)))\n",
        ),
    ),
    wrong(
        "20",
        "where overflow and sum slope",
        (
            "    loss = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))\n",
            "    loss = np.where(z > 30, z, np.log(1 + np.exp(np.minimum(z, 30)))) - z * y\n",
        ),
        ("    dz = (f - y) / m\n", "    dz = (f - y) / (m - 1)\n"),
    ),
    wrong(
        "21", "bias outside g", ("    Z = A_in @ W + b\n    return g(Z)\n", "    Z = A_in @ W\n    return g(Z) + b\n")
    ),
    wrong("21", "hardwired sigmoid", ("    return g(Z)\n", "    return 1 / (1 + np.exp(-Z))\n")),
    wrong(
        "21",
        "loop bias wrong index",
        (
            "    Z = A_in @ W + b\n    return g(Z)\n",
            "    m, n = A_in.shape\n"
            "    units = W.shape[1]\n"
            "    out = np.zeros((m, units))\n"
            "    for j in range(units):\n"
            "        out[:, j] = g(A_in @ W[:, j] + b[j - 1])\n"
            "    return out\n",
        ),
    ),
    wrong(
        "22",
        "bias drawn limit nin",
        ("    limit = np.sqrt(6 / (n_in + n_out))\n", "    limit = np.sqrt(6 / n_in + n_out)\n"),
        ("    b = np.zeros(n_out)\n", "    b = np.zeros((1, n_out))\n"),
    ),
    wrong(
        "22",
        "normal limit",
        (
            "    W = rng.uniform(-limit, limit, size=(n_in, n_out))\n",
            "    W = rng.normal(0, np.sqrt(2 / (n_in + n_out)), size=(n_in, n_out))\n",
        ),
    ),
    wrong("22", "product", ("    limit = np.sqrt(6 / (n_in + n_out))\n", "    limit = np.sqrt(6 / (n_in * n_out))\n")),
    wrong(
        "22",
        "random one side",
        (
            "    W = rng.uniform(-limit, limit, size=(n_in, n_out))\n",
            "    W = rng.random((n_in, n_out)) * 2 * limit - limit / 2\n",
        ),
    ),
    wrong(
        "23",
        "count last bias",
        ("    A2 = g(A1 @ W2 + b2)\n", "    A2 = g(A1 @ W2 + b1[: len(b2)])\n"),
        ("        count += n_in * n_out + n_out\n", "        count += n_in * n_out + 1\n"),
    ),
    wrong(
        "23",
        "loop Z kept",
        (
            "    A1 = g(X @ W1 + b1)\n    A2 = g(A1 @ W2 + b2)\n    f = g(A2 @ W3 + b3)\n    return f\n",
            "    A = X\n"
            "    for W, b in [(W1, b1), (W2, b2), (W3, b3)]:\n"
            "        Z = A @ W + b\n"
            "        A = g(Z)\n"
            "    return Z\n",
        ),
    ),
    wrong(
        "23",
        "range short",
        (
            "    for n_in, n_out in zip(layer_sizes[:-1], layer_sizes[1:]):\n        count += n_in * n_out + n_out\n",
            "    for i in range(1, len(layer_sizes) - 1):\n"
            "        count += (layer_sizes[i - 1] + 1) * layer_sizes[i]\n",
        ),
    ),
    wrong("23", "wrong bias", ("    f = g(A2 @ W3 + b3)\n", "    f = g(A2 @ W3) + b3\n")),
    wrong("24", "len f", ("    dJ_df = 2 * (f - y) / f.size\n", "    dJ_df = 2 * (f - y) / len(f)\n")),
    wrong(
        "24",
        "sigmoid of f",
        ("    dJ_dz = dJ_df * f * (1 - f)\n", "    s = 1 / (1 + np.exp(-f))\n    dJ_dz = dJ_df * s * (1 - s)\n"),
    ),
    wrong(
        "24",
        "squared mean J",
        ("    J = np.mean((f - y) ** 2)\n", "    J = np.mean(f - y) ** 2\n"),
        ("    dJ_dz = dJ_df * f * (1 - f)\n", "    dJ_dz = dJ_df * f - (1 - f)\n"),
    ),
    wrong(
        "25",
        "m each layer",
        (
            '    grads["W2"] = A1.T @ d2\n    grads["b2"] = d2.sum(axis=0)\n',
            '    grads["W2"] = A1.T @ d2 / m\n    grads["b2"] = d2.sum(axis=0) / m\n',
        ),
        (
            '    grads["W1"] = X.T @ d1\n    grads["b1"] = d1.sum(axis=0)\n',
            '    grads["W1"] = X.T @ d1 / m\n    grads["b1"] = d1.sum(axis=0) / m\n',
        ),
    ),
    wrong(
        "25",
        "slope of Z",
        ('    d1 = d2 @ params["W2"].T * (A1 * (1 - A1))\n', '    d1 = d2 @ params["W2"].T * (Z1 * (1 - Z1))\n'),
    ),
    wrong(
        "25",
        "stale d2",
        (
            '    d1 = d2 @ params["W2"].T * (A1 * (1 - A1))\n',
            '    d1 = d3 @ params["W3"].T @ params["W2"].T * (A1 * (1 - A1))\n',
        ),
    ),
    wrong(
        "25",
        "step in place twice",
        (
            "    new = {}\n    for name in params:\n        new[name] = params[name] - alpha * grads[name]\n",
            "    new = dict(params)\n    for name in new:\n        new[name] -= alpha * grads[name]\n",
        ),
    ),
    wrong("26", "batch weight", ("            total += loss * len(rows)\n", "            total += loss * batch\n")),
    wrong(
        "26",
        "drop last",
        ("        for start in range(0, m, batch):\n", "        for start in range(0, m - 1, batch):\n"),
        ("            model.zero_grad()\n", ""),
    ),
    wrong(
        "26",
        "order once",
        ("    history = []\n", "    history = []\n    order = rng.permutation(m)\n"),
        ("        order = rng.permutation(m)\n", ""),
    ),
    wrong(
        "26",
        "step after epoch",
        (
            "            for name in model.params:\n"
            "                model.params[name] = model.params[name] - alpha * model.grads[name]\n",
            "",
        ),
        (
            "            total += loss * len(rows)\n",
            "            total += loss * len(rows)\n"
            "        for name in model.params:\n"
            "            model.params[name] = model.params[name] - alpha * model.grads[name]\n",
        ),
    ),
    wrong(
        "28",
        "leaky slope z",
        ("    local = np.where(z > 0, 1.0, slope)\n", "    local = np.where(z > 0, 1.0, slope * z)\n"),
    ),
    wrong("28", "relu G mask", ("    mask = z > 0\n", "    mask = (z > 0) & (G > 0)\n")),
    wrong(
        "28",
        "tanh of G sig out",
        ("    t = np.tanh(z)\n", "    t = np.tanh(G)\n"),
        ("    s = 1 / (1 + np.exp(-z))\n", "    s = z\n"),
    ),
    wrong(
        "29",
        "grad mK",
        ("    return losses.mean()\n", "    return losses.sum() / Z.size\n"),
        ("    return dZ / m\n", "    return dZ / Z.size\n"),
    ),
    wrong(
        "29",
        "log clip",
        (
            "    shifted = Z - np.max(Z, axis=1, keepdims=True)\n"
            "    log_P = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))\n",
            "    log_P = np.log(softmax(Z) + 1e-15)\n",
        ),
    ),
    wrong("29", "max all", ("    E = np.exp(Z - Z.max(axis=1, keepdims=True))\n", "    E = np.exp(Z - Z.max())\n")),
    wrong(
        "30",
        "eps in root",
        (
            "            new[name] = w - self.alpha * m_hat / (np.sqrt(v_hat) + self.epsilon)\n",
            "            new[name] = w - self.alpha * m_hat / np.sqrt(v_hat + self.epsilon)\n",
        ),
    ),
    wrong(
        "30",
        "shared m",
        ("        self.m = {}\n", "        self.m = 0.0\n"),
        (
            "            m = self.beta1 * self.m.get(name, 0.0) + (1 - self.beta1) * g\n",
            "            m = self.beta1 * self.m + (1 - self.beta1) * g\n",
        ),
        ("            self.m[name] = m\n", "            self.m = m\n"),
    ),
    wrong(
        "30",
        "store hat",
        ("            self.m[name] = m\n            self.v[name] = v\n", ""),
        (
            "            v_hat = v / (1 - self.beta2**self.t)\n",
            "            v_hat = v / (1 - self.beta2**self.t)\n"
            "            self.m[name] = m_hat\n"
            "            self.v[name] = v_hat\n",
        ),
    ),
    wrong(
        "30",
        "t in loop",
        ("        self.t += 1\n", ""),
        (
            "        for name, w in params.items():\n",
            "        for name, w in params.items():\n            self.t += 1\n",
        ),
    ),
]
