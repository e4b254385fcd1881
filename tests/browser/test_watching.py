"""The page of a training in a browser: it plays, it can be read, and it keeps itself up to date."""

import contextlib
import json
import re
import subprocess
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite.layers import Dense

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A page, its callback, and what fit returned."""
    X, y = ag.datasets.moons(80)
    model = ag.Sequential([Dense(4, activation="tanh"), Dense(1, activation="sigmoid")], seed=1, name="moons")
    model.compile(loss="binary_crossentropy", optimizer=ag.optimizers.Adam(0.05), metrics=["accuracy"])
    watch = ag.WatchTraining(tmp_path_factory.mktemp("watched") / "training.html", every=1)
    history = model.fit(X, y, epochs=12, verbose=0, callbacks=[watch], validation_data=(X, y))
    return watch.path, watch, history


def where(page):
    return page.locator("#where").text_content()


def becomes(page, place, pattern, seconds=10):
    """Wait for a text; the page's policy lets nobody evaluate code in it, so the driver must look."""
    from playwright.sync_api import expect

    expect(page.locator(place)).to_have_text(re.compile(pattern), timeout=1000 * seconds)


def number(text):
    return float(text.replace("−", "-"))


def test_every_part_of_the_page_shows_the_moment_that_was_chosen(visit, trained):
    path, watch, history = trained
    page = visit(path).page
    moments = [json.loads(text) for _, text in watch.recording.moments]
    assert "after epoch 12 of 12 · cost now" in where(page)
    assert "mean over the batches of an epoch" in page.locator("#loss-note").text_content()
    assert "all 80 examples with the weights of this moment" in page.locator("#loss-note").text_content()
    for epoch in (7, 0, 3):
        page.locator("#slider").fill(str(epoch))
        moment = moments[epoch]
        assert f"epoch {epoch}" in where(page) if epoch else "before training" in where(page)
        sizes = page.locator("#sizes tbody td.number").all_text_contents()[::2]
        assert [number(size) for size in sizes] == pytest.approx(moment["g"], rel=1e-3)
        kernel = page.locator("#graph g.card", has_text="dense_W").first.locator("text[data-part=value]").text_content()
        assert kernel in [text for card in moment["c"] if card for text in card[0]]
        widths = page.locator("#neurons path.weight").evaluate_all(
            "lines => lines.map(l => +l.getAttribute('stroke-width'))"
        )
        weights = np.abs(moment["n"][0][0] + moment["n"][1][0])
        assert np.argsort(widths)[-1] == np.argsort(weights)[-1]
        if epoch:
            loss = page.locator(".chart .key", has_text="loss").first.locator("b").text_content()
            assert number(loss) == pytest.approx(history.history["loss"][epoch - 1], rel=1e-3)


def test_keys_and_buttons_step_and_play(visit, trained):
    page = visit(trained[0]).page
    page.keyboard.press("Home")
    assert "before training" in where(page)
    assert page.locator("#back").is_disabled()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert "after epoch 1 of 12" in where(page)
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    assert page.locator("#play").get_attribute("aria-pressed") == "true"
    becomes(page, "#where", r"epoch 12", 15)
    becomes(page, "#play", r"Play")
    page.locator("#back").click()
    assert "after epoch 11" in where(page)
    page.keyboard.press("l")
    assert "log=1" in page.url
    box = page.locator(".plot").first.bounding_box()
    page.mouse.click(box["x"] + 63, box["y"] + 60)
    assert "before training" in where(page)


def test_an_address_leads_to_a_moment_a_theme_and_a_scale(visit, trained):
    page = visit(trained[0], "epoch=4&theme=dark&log=1").page
    assert "after epoch 4 of 12" in where(page)
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 21, 28)"
    assert page.locator(".chart-head button").first.get_attribute("aria-pressed") == "true"
    page.keyboard.press("d")
    assert "theme=light" in page.url
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 251, 253)"


CONTRASTS = """() => {
  const parts = (text) => text.match(/[\\d.]+/g).map(Number);
  const linear = (v) => (v / 255 <= .03928 ? v / 255 / 12.92 : ((v / 255 + .055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const colour = parts(getComputedStyle(e).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const aside = "#graph, #neurons, noscript, script, [disabled], .unseen, [hidden]";
  const bad = [];
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || e.closest(aside) || !e.getClientRects().length) continue;
    const style = getComputedStyle(e), colour = e.closest("svg") ? style.fill : style.color;
    const [a, b] = [light(parts(colour)), light(ground(e))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) bad.push([e.tagName, e.textContent.slice(0, 30), (a + .05) / (b + .05)]);
  }
  return bad;
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_text_can_be_read(visit, trained, theme):
    page = visit(trained[0], f"theme={theme}").page
    assert page.evaluate(CONTRASTS) == []


def test_what_can_be_used_has_a_name_and_ids_are_no_ones_else(visit, trained):
    page = visit(trained[0]).page
    assert (
        page.evaluate("""[...document.querySelectorAll('button, input, svg[role=img], canvas[role=img]')]
        .filter((e) => !(e.getAttribute('aria-label') || e.textContent.trim() || e.title)).map((e) => e.outerHTML)""")
        == []
    )
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))
    assert page.locator("#slider").get_attribute("aria-valuetext").startswith("after epoch 12 of 12, cost")
    assert page.evaluate("Object.keys(window).filter((k) => /autograd/i.test(k))") == []


def test_it_fits_on_a_phone_and_on_paper(visit, trained):
    page = visit(trained[0], "epoch=2&theme=dark").page
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme="dark")
    assert "after epoch 12" in where(page)
    assert not page.locator("#play").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()") == "#fbfbfd"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert "after epoch 2" in where(page)
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_hostile_names_run_nothing(visit, tmp_path):
    name = "</script><img src=x onerror=alert(1)><script>alert(2)</script>"
    model = ag.Sequential([Dense(2, name=name), Dense(1, activation="sigmoid")], name=name)
    model.compile(loss="binary_crossentropy", optimizer="sgd", run_eagerly=True)
    X, y = ag.datasets.moons(20)
    model.fit(X, y, verbose=0, callbacks=ag.WatchTraining(tmp_path / "t.html"))
    page = visit(tmp_path / "t.html").page
    assert page.locator(".about b").text_content() == name[:39] + "…"
    assert page.locator("img").count() == 0


NUMBERS = [
    0.0,
    1.0,
    -3.5,
    5e-324,
    1e-300,
    1e-9,
    1e9,
    1e16,
    1e17,
    123456789012345678.0,
    -1e200,
    1e300,
    1.7e308,
    -1.7e308,
]


@pytest.fixture
def charts(visit, tmp_path):
    """The charts alone, on a page whose script can be called."""
    scripts = [
        (ROOT / "autograd_lite" / "watching" / name).read_text(encoding="utf-8") for name in ("base.js", "charts.js")
    ]
    path = tmp_path / "charts.html"
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8><body><script>{''.join(scripts)}</script>", encoding="utf-8")
    return visit(path).page


def test_ticks_are_few_finite_and_in_their_range_for_any_numbers(charts):
    pairs = [(a, b) for a in NUMBERS for b in NUMBERS if a <= b] + [(x, x + abs(x) * 1e-15) for x in NUMBERS]
    asked = "pairs => pairs.map(([low, high]) => [2, 4, 9].map((about) => ticks(low, high, about)))"
    for (low, high), found in zip(pairs, charts.evaluate(asked, pairs), strict=True):
        for about, ticks in zip((2, 4, 9), found, strict=True):
            room = (high / 4 - low / 4) * 1e-8 + abs(low) * 1e-11
            assert len(ticks) <= max(3 * about, 12), (low, high, ticks)
            assert all(tick is not None and low - room <= tick <= high + room for tick in ticks), (low, high, ticks)
            assert ticks == sorted(set(ticks)) or low == high, (low, high, ticks)
            assert not 1e-3 < high - low < 1e12 or len(ticks) >= 1, (low, high, ticks)


def test_charts_are_drawn_for_any_numbers(charts):
    drawn = """ys => [false, true].map((log) => {
        const chart = new Chart(document.body, { title: "any", log, onPick: () => {} });
        chart.show([{ name: "any", xs: ys.map((_, i) => i), ys, colour: 0 }], ys.length);
        return chart.plot.outerHTML;
    })"""
    for a in NUMBERS:
        for ys in ([a], [a, a, None], [a, 1e300, -1.7e308], [None, a, a + abs(a) * 1e-16], [a, 5e-324]):
            for text in charts.evaluate(drawn, ys):
                assert "NaN" not in text, (ys, text)
                assert "Infinity" not in text, (ys, text)


def test_a_training_that_diverges_can_be_looked_at(visit, tmp_path):
    X = np.random.default_rng(0).normal(size=(100, 3)) * 100
    model = ag.Sequential([Dense(8, activation="relu"), Dense(1)], seed=0)
    model.compile(loss="mse", optimizer=ag.optimizers.SGD(10.0), metrics=["mae"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with contextlib.suppress(ArithmeticError):
            model.fit(X, X @ [1.0, 2.0, 3.0], epochs=5, verbose=0, callbacks=ag.WatchTraining(tmp_path / "t.html"))
    page = visit(tmp_path / "t.html").page
    left = (
        "marks => marks.map((mark) => mark.getBoundingClientRect().x - mark.closest('svg').getBoundingClientRect().x)"
    )
    assert min(page.locator("svg.plot text[text-anchor=end]").evaluate_all(left)) >= 0
    first = page.locator("svg.plot").first.locator("text[text-anchor=end]").all_text_contents()
    assert len(set(first)) == len(first)
    for key in ("Home", "End", "l", "Home", "End"):
        page.keyboard.press(key)
        assert "epoch" in where(page) or "before training" in where(page)


LIVE = """\
import sys, time
import autograd_lite as ag
from autograd_lite.layers import Dense

class Slow(ag.callbacks.Callback):
    def on_epoch_end(self, epoch, logs):
        time.sleep(0.1)

X, y = ag.datasets.moons(40)
model = ag.Sequential([Dense(3, activation="tanh"), Dense(1, activation="sigmoid")], seed=0)
model.compile(loss="binary_crossentropy", optimizer="adam")
model.fit(X, y, epochs=60, verbose=0, callbacks=[Slow(), ag.WatchTraining(sys.argv[1], every=1)])
"""


@pytest.fixture
def training(tmp_path):
    """The page of a training that goes on in another process."""
    path = tmp_path / "training.html"
    python = subprocess.Popen([sys.executable, "-c", LIVE, str(path)], cwd=ROOT)
    while not path.exists():
        assert python.poll() is None
        time.sleep(0.02)
    yield path
    python.kill()
    python.wait()


@pytest.mark.slow
def test_a_page_follows_the_training_and_loses_nobodys_place(browser, training):
    """By itself, from file://, without being loaded again; then it is a recording that asks for nothing."""
    context = browser.new_context(viewport={"width": 1280, "height": 700}, offline=True)
    page, said, asked = context.new_page(), [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(training.as_uri())
    page.evaluate("window.never_loaded_again = true; scrollTo(0, 300)")
    becomes(page, "#where", r"after epoch [1-9]")
    assert "training: epoch" in page.locator("#state").text_content()
    page.keyboard.press("Home")  # who looks at the beginning stays there
    done = int(page.locator("#state").text_content().split()[2])
    becomes(page, "#state", f"training: epoch (?!{done} )")
    assert "before training" in where(page)
    page.keyboard.press("End")
    becomes(page, "#state", r"^finished: 60 epochs$", 30)
    assert "after epoch 60 of 60" in where(page)
    assert page.evaluate("window.never_loaded_again")
    assert page.evaluate("scrollY") == 300
    assert said == []
    assert {url.split("?")[0] for url in asked} == {training.as_uri()}
    count = len(asked)
    page.wait_for_timeout(2500)
    assert len(asked) == count
    context.close()


@pytest.mark.slow
def test_where_a_page_may_not_open_its_own_file_it_is_loaded_again_as_it_was(browser, training):
    context = browser.new_context(viewport={"width": 1280, "height": 700}, offline=True)
    page = context.new_page()
    page.add_init_script("addEventListener('message', (event) => event.stopImmediatePropagation(), true)")
    page.goto(training.as_uri())
    page.keyboard.press("d")
    becomes(page, "#where", r"after epoch [1-9]", 30)  # before that, the beginning is the latest, which is followed
    page.keyboard.press("Home")
    theme = page.locator("html").get_attribute("data-theme")
    becomes(page, "#state", r"^finished: 60 epochs$", 30)
    assert page.locator("html").get_attribute("data-theme") == theme
    assert "before training" in where(page)
    context.close()
