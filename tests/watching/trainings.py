"""Models that are trained while somebody watches, and what the page that comes of it holds."""

import json
import re

import autograd_lite as ag
from autograd_lite.layers import Dense


def moons_model(hidden=4, **settings):
    model = ag.Sequential([Dense(hidden, activation="tanh"), Dense(1, activation="sigmoid")], seed=1, **settings)
    model.compile(loss="binary_crossentropy", optimizer=ag.optimizers.Adam(0.02), metrics=["accuracy"])
    return model


def digits_model():
    units = (25, 15, 1)
    model = ag.Sequential([Dense(n, activation="sigmoid") for n in units], seed=1, name="digits")
    model.compile(loss="binary_crossentropy", optimizer="adam")
    return model


def digits_data(examples=200):
    X, y, *_ = ag.datasets.digits()
    return X[:examples], (y[:examples] == 3).astype(int)


def watched(model, path, X=None, y=None, epochs=5, fit=(), **settings):
    """Train with a page; the callback and the history."""
    if X is None:
        X, y = ag.datasets.moons(80)
    watch = ag.WatchTraining(path, **settings)
    history = model.fit(X, y, epochs=epochs, verbose=0, callbacks=[watch], **dict(fit))
    return watch, history


def record_of(page):
    """The record in a page, which is a path or its text."""
    text = page if isinstance(page, str) else page.read_text(encoding="utf-8")
    found = re.findall(r'<script type="application/json" id="record">(.*?)</script>', text, re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])
