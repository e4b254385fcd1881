"""Names that mean harm, in a real browser: nothing runs, nothing is fetched, every letter is shown.

Policies of the pages' own are switched off: nothing is there that they would have to stop.
"""

import re
import shutil
import subprocess

import numpy as np
import pytest
from drawing.pictures import HOSTILE, sum_of

import autograd_lite as ag
from autograd_lite.drawing import draw
from autograd_lite.drawing.text import clean
from autograd_lite.watching import WatchTraining

pytestmark = pytest.mark.slow

SHORT = [
    "<script>pwn=1</script>", "<svg onload=pwn=1>", "<img src onerror=pwn=1>", "\"onload=\"pwn=1", "'onload='pwn=1",
    "<b onclick=pwn=1>a",
    "</pre><script>pwn=1<", "</svg><svg onload=pwn=1>", "<a href=javascript:a()>", "<style>*{color:red}", "${pwn=1}",
    "{{pwn=1}}",
]  # fmt: skip
"""Short enough to stay whole: each would set `pwn`, somewhere."""

NAMES = [
    *SHORT, *(name for name in HOSTILE if name),
    # cut in cards, but not in titles
    "</title><script>pwn=1</script>", "</text></svg><svg onload=pwn=1>", "]]><script>pwn=1</script>",
    "<a>]; p [URL=\"javascript:pwn=1\"]; z [label=<b>",
    "</pre></details><iframe srcdoc='<script>parent.pwn=1</script>'>",
    "<meta http-equiv=refresh content=0>",
]  # fmt: skip
SHOWN = [clean(name, 24) for name in NAMES]


@pytest.fixture(scope="module")
def drawing():
    return draw(sum_of(NAMES), detail="full", engine="built-in")


def assert_shows(page, shown):
    """All names can be seen, and nothing ran."""
    page.wait_for_timeout(100)
    texts = page.locator("svg text").all_text_contents()
    joined = "\n".join(texts).replace("\u00a0", " ")
    for name in shown:
        assert name in joined, name
    assert page.evaluate("typeof pwn") == "undefined"
    assert page.evaluate("document.scripts.length") == 0
    assert page.evaluate("document.querySelectorAll('iframe, img, image, object, embed, a, foreignObject').length") == 0
    assert page.locator("svg text").first.evaluate("e => getComputedStyle(e).display") != "none"


def test_a_page_runs_nothing_and_shows_every_name(visit, drawing, tmp_path):
    assert_shows(visit(drawing.save(tmp_path / "names.html"), bypass_csp=True).page, SHOWN)


def test_a_picture_that_is_opened_by_itself_runs_nothing(visit, drawing, tmp_path):
    page = visit(drawing.save(tmp_path / "names.svg")).page
    page.wait_for_timeout(100)
    joined = "\n".join(page.locator("text").all_text_contents())
    assert all(name in joined for name in SHOWN)
    assert page.evaluate("document.querySelectorAll('script, a, image, foreignObject').length") == 0
    assert page.evaluate("typeof pwn") == "undefined"


@pytest.mark.parametrize("doctype", ["<!DOCTYPE html>", ""])
def test_a_picture_inside_a_page_without_any_policy_runs_nothing(visit, drawing, tmp_path, doctype):
    """Somebody pastes the SVG, the listing and the notebook's image into a page, where HTML is read and not XML."""
    path = tmp_path / "foreign.html"
    image = drawing._repr_mimebundle_()["text/html"].replace("<img", "<input type=image")  # its alt is shown, too
    path.write_text(f"{doctype}<meta charset=utf-8><title>mine</title><body>{drawing.svg}<p>mine</p>{image}", "utf-8")
    page = visit(path).page
    assert_shows(page, SHOWN)
    assert page.title() == "mine"
    assert page.locator("body > p").text_content() == "mine"
    assert page.locator("input").get_attribute("alt") == drawing.describe()


@pytest.mark.skipif(not shutil.which("dot"), reason="the program dot is not installed")
def test_what_dot_draws_runs_nothing(visit, drawing, tmp_path):
    svg = subprocess.run(["dot", "-Tsvg"], input=drawing.dot.encode(), capture_output=True, timeout=120, check=True)
    path = tmp_path / "dot.html"
    path.write_bytes(
        b"<!DOCTYPE html><meta charset=utf-8><title>mine</title>" + svg.stdout[svg.stdout.index(b"<svg") :]
    )
    assert_shows(visit(path).page, [re.sub(r"\s+$", "", name) for name in SHOWN])


SCRIPTS = [name for name in NAMES if re.search("pwn|alert|onload|<style", name)]


def test_a_page_that_plays_back_propagation_runs_only_its_own_script(visit, tmp_path):
    loss = sum_of(SCRIPTS)
    loss.backward()
    loss.name = SCRIPTS[-1]
    page = visit(ag.steps(loss).save(tmp_path / "steps.html"), "step=5", bypass_csp=True).page
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    assert_only_ours(page, 1)
    joined = "\n".join(page.locator("svg text").all_text_contents()).replace("\u00a0", " ")
    assert all(clean(name, 24) in joined for name in SCRIPTS)


@pytest.mark.parametrize("first", range(0, len(SCRIPTS), 4))
def test_a_page_of_a_training_runs_only_its_own_script(visit, tmp_path, first):
    names = [*SCRIPTS, *SCRIPTS][first : first + 5]
    layers = [ag.layers.Dense(2, activation="tanh", name=name) for name in dict.fromkeys(names[:4])]
    model = ag.Sequential([ag.Input(shape=(2,)), *layers], name=names[4])
    model.compile("sgd", "mean_squared_error")
    X = np.random.default_rng(0).normal(size=(20, 2))
    watched = WatchTraining(tmp_path / "training.html")
    model.fit(X, X, epochs=3, verbose=0, callbacks=[watched])
    page = visit(watched.path, bypass_csp=True).page
    page.wait_for_timeout(500)
    assert_only_ours(page, 2)
    shown = page.locator("body").inner_text() + "\n".join(page.locator("svg text").all_text_contents())
    assert all(clean(layer.name, 11)[:-1] in shown for layer in layers)
    assert clean(model.name, 40) in shown


def assert_only_ours(page, scripts):
    """The page runs as many scripts as were written for it, and nothing of a name is anything but text."""
    page.wait_for_timeout(200)
    assert page.evaluate("typeof pwn") == "undefined"
    assert page.evaluate("document.scripts.length") <= scripts + 1
    assert page.evaluate("document.querySelectorAll('iframe, img, image, object, embed, foreignObject').length") == 0
    handlers = "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on'))"
    assert page.evaluate(handlers) == []


def test_this_test_would_notice_a_script(browser, tmp_path):
    """The same names, pasted into a page as they are, run."""
    page = browser.new_context(offline=True).new_page()
    page.set_content("<title>mine</title>" + "".join(NAMES[1:3]))
    page.wait_for_timeout(200)
    assert page.evaluate("pwn") == 1
    page.context.close()
