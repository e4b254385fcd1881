"""The page is whole at every moment, is one file, and holds what users named as text and nothing else."""

import base64
import hashlib
import html.parser
import os
import re
import subprocess
import sys
import types

import numpy as np
import pytest
from drawing.pictures import HOSTILE

import autograd_lite as ag
from autograd_lite.drawing.palette import COLOURS
from autograd_lite.layers import Dense
from autograd_lite.watching import callback, files, pace
from autograd_lite.watching.page import OWN, SERIES

from .trainings import moons_model, record_of, watched


class Reader(html.parser.HTMLParser):
    """The tags and attributes of a page, and its text."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.texts = set(), set(), []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}

    def handle_data(self, data):
        self.texts.append(data)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("watched") / "training.html"
    watched(moons_model(), path, epochs=2)
    return path.read_text(encoding="utf-8")


def test_a_finished_page_is_closed_to_everything_but_its_own_script_and_style(page):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    for tag in ("script", "style"):
        text = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "frame-src" not in policy
    assert not [name for name in Reader(page).attributes if name.startswith("on")]
    assert not re.search(r"(src|href)=|url\(|@import|fetch\(|XMLHttp|innerHTML|\.style\.cssText|eval\(", page)


def test_a_model_that_cannot_be_looked_at_is_trained_all_the_same(tmp_path, monkeypatch):
    def fails(cost, examples):
        raise ValueError("no picture of this.")

    monkeypatch.setattr(callback, "Picture", fails)
    with pytest.warns(UserWarning, match=r"cannot look at this model any more: no picture of this. Training goes on."):
        _, history = watched(moons_model(), tmp_path / "t.html", epochs=2)
    assert len(history.epoch) == 2


@pytest.mark.parametrize("start", range(4))
def test_names_of_users_are_text_and_nothing_else(start, tmp_path, page):
    names = [name for name in HOSTILE if name][start::4]
    model = ag.Sequential([Dense(2, activation="tanh", name=name) for name in names], name=names[start])
    model.add(Dense(1, activation="sigmoid"))
    model.compile(loss="binary_crossentropy", optimizer="sgd", run_eagerly=True)
    watched(model, tmp_path / "t.html", np.ones((4, 2)), np.array([0, 1, 0, 1]), 1)
    hostile = (tmp_path / "t.html").read_text(encoding="utf-8")
    assert Reader(hostile).tags <= Reader(page).tags
    assert Reader(hostile).attributes <= Reader(page).attributes | {"textlength", "lengthadjust"}
    assert len(hostile) < 500_000
    assert len(record_of(hostile)["weights"]) == len(model.weights)


def test_metrics_of_users_have_their_names(tmp_path):
    def metric(y, p):
        return 0.5

    metric.__name__ = "</script><script>alert(1)</script>"
    model = moons_model()
    model.compile(loss="binary_crossentropy", optimizer="sgd", metrics=[metric])
    watched(model, tmp_path / "t.html", epochs=1)
    names = [curve["name"] for curve in record_of(tmp_path / "t.html")["curves"]]
    assert names == ["loss", metric.__name__]


def test_there_is_a_whole_page_after_every_epoch(tmp_path, monkeypatch):
    monkeypatch.setattr(pace.Pace, "allows_writing", lambda self: True)
    path, seen = tmp_path / "t.html", []

    class Reads(ag.callbacks.Callback):
        def on_epoch_end(self, epoch, logs):
            seen.append((record_of(path)["done"], record_of(path)["live"], sorted(os.listdir(tmp_path))))

    X, y = ag.datasets.moons(40)
    moons_model().fit(X, y, epochs=3, verbose=0, callbacks=[ag.WatchTraining(path), Reads()])
    assert seen == [(epoch, True, ["t.html"]) for epoch in (1, 2, 3)]
    record = record_of(path)
    assert (record["live"], record["running"], record["done"]) == (False, False, 3)


def test_a_page_that_cannot_be_written_is_a_warning_and_no_end(tmp_path, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "replace", full)
    with pytest.warns(UserWarning, match="could not write .*No space left on device.*Training goes on"):
        _, history = watched(moons_model(), tmp_path / "t.html", epochs=1)
    assert len(history.epoch) == 1
    assert os.listdir(tmp_path) == []


def test_a_training_may_change_the_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    watch = ag.WatchTraining("t.html")
    os.chdir("elsewhere")
    X, y = ag.datasets.moons(20)
    moons_model().fit(X, y, verbose=0, callbacks=watch)
    assert (tmp_path / "t.html").exists()


def test_wrong_use_is_said_at_once(tmp_path):
    with pytest.raises(ValueError, match=r"training.png.*does not end in .html"):
        ag.WatchTraining(tmp_path / "training.png")
    with pytest.raises(FileNotFoundError, match=r"no folder .*mkdir"):
        ag.WatchTraining(tmp_path / "nowhere" / "training.html")
    for settings in ({"every": 0}, {"every": 1.5}, {"most": 1}, {"every": True}):
        with pytest.raises(ValueError, match="whole number"):
            ag.WatchTraining(tmp_path / "t.html", **settings)
    with pytest.raises(TypeError, match=r"data=\(X, y\)"):
        watched(moons_model(), tmp_path / "t.html", data=[1, 2, 3])
    with pytest.raises(ValueError, match="number of examples"):
        watched(moons_model(), tmp_path / "t.html", data=(np.ones((3, 2)), np.ones(4)))
    watch = ag.WatchTraining(tmp_path / "t.html")
    watch.model, watch.params = moons_model(), {}
    with pytest.raises(RuntimeError, match="Give it some examples"):
        watch.on_train_begin()


def test_looks_and_pages_take_their_share_and_no_more(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(pace.time, "perf_counter", lambda: now[0])
    clock, looks, pages = pace.Pace(epochs=1000), [], 0
    for epoch in range(1, 1001):
        now[0] += 0.02  # the training
        if clock.allows(epoch):
            with clock.looking(epoch):
                now[0] += 0.05
            looks.append(epoch)
        if clock.allows_writing():
            pages += 1
            with clock.writing():
                now[0] += 0.01
    assert clock.spent <= pace.AT_ONCE + pace.SHARE * 20 + 0.1 + clock.writing_took
    assert clock.writing_took <= 0.2 + pace.SHARE_OF_WRITES * 20
    assert pages <= 2 * now[0] + 1
    assert len(looks) > 20
    assert np.max(np.diff([*looks, 1000])) < 60  # they are spread over the training


def test_without_ipython_there_is_nothing_to_show_in(monkeypatch):
    monkeypatch.setitem(sys.modules, "IPython", None)
    with pytest.raises(RuntimeError, match="in a notebook, and this is none"):
        ag.WatchTraining(path=None)


def test_a_notebook_has_one_output_that_is_replaced(monkeypatch):
    shown = []

    class Handle:
        def update(self, bundle, raw):
            shown.append(("again", bundle["text/html"]))

    def display(bundle, raw, display_id):
        shown.append(("first", bundle["text/html"]))
        return Handle()

    ipython = types.SimpleNamespace(get_ipython=object, display=types.SimpleNamespace(display=display))
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    watched(moons_model(), None, epochs=2)
    assert [what for what, _ in shown][:1] == ["first"]
    assert {what for what, _ in shown[1:]} == {"again"}
    frame = shown[-1][1]
    assert frame.startswith('<div><iframe sandbox="allow-scripts" srcdoc="')
    page = html.parser.unescape(frame.split('srcdoc="')[1].split('"')[0])
    record = record_of(page)
    assert (record["live"], record["running"], len(record["moments"])) == (False, False, 3)
    first = record_of(html.parser.unescape(shown[0][1].split('srcdoc="')[1].split('"')[0]))
    assert (first["live"], first["running"], len(first["moments"])) == (False, True, 1)


def test_watching_needs_neither_matplotlib_nor_ipython(tmp_path):
    program = (
        "import sys; sys.modules.update(dict.fromkeys(['matplotlib', 'IPython', 'pygraphviz']))\n"
        "import autograd_lite as ag; from autograd_lite.layers import Dense\n"
        "m = ag.Sequential([Dense(1)]); m.compile(loss='mse')\n"
        "m.fit([[1.0]], [1.0], verbose=0, callbacks=ag.WatchTraining())"
    )
    here = os.environ | {"PYTHONPATH": os.getcwd()}
    subprocess.run([sys.executable, "-c", program], check=True, cwd=tmp_path, env=here)
    assert record_of(tmp_path / "training.html")["done"] == 1


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return np.dot([0.2126, 0.7152, 0.0722], linear)


def contrast(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1])
def test_every_colour_of_text_and_curves_can_be_read(theme):
    grounds = [COLOURS[name][theme] for name in ("paper", "card")]
    texts = [pair[theme] for pair in SERIES] + [COLOURS[name][theme] for name in ("ink", "muted", "alarm", "parameter")]
    for ground in grounds:
        for text in texts:
            assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(COLOURS["forward"][theme], COLOURS["card"][theme]) >= 4.5  # the button that plays
    for side in ("cold", "warm"):  # the points of a class against the ground that has its colour
        assert contrast(OWN[side][theme], OWN[f"ground-{side}"][theme]) >= 1.8
