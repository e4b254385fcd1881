"""Pictures of graphs as pages in a browser."""

import re

import numpy as np
import pytest
from drawing.graphs import dense
from drawing.pictures import network, neuron

import autograd_lite as ag
from autograd_lite import Value
from autograd_lite.demo.page import page as page_of_demo


def test_a_saved_page_shows_its_picture_and_asks_for_nothing(visit, tmp_path):
    w, x = ag.Value(0.5, name="w"), ag.Value(3.0, name="x")
    loss = (w * x - 1) ** 2
    loss.backward()
    page = visit(ag.draw(loss, engine="built-in").save(tmp_path / "graph.html")).page
    assert page.locator("svg .card").count() == 7
    assert page.locator("svg [data-item=n0] text[data-part=name]").text_content() == "w"


# ------------------------------------------------------------------ contrast


def with_alarms():
    x = Value(np.array([[1.0, -1, np.inf], [np.nan, 2, 3]]), name="x")
    tiny = Value(1e-12, name="tiny")
    with np.errstate(all="ignore"):
        loss = np.sum(np.log(x) * x) * tiny + tiny * 1e9
        loss.backward()
    x.data = x.data + 1
    return loss


def second_derivative():
    return ag.grad(lambda x: np.tanh(x) * x)(Value(0.5, name="x"))


def folded():
    values = [Value(float(i), name=f"x{i}") for i in range(200)]
    return sum(a * a for a in values)


GROUNDS = """() => {
  const luminance = rgb => rgb.map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + [0.2126, 0.7152, 0.0722][i] * c, 0);
  const numbers = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const contrast = (a, b) => {
    const [low, high] = [luminance(numbers(a)), luminance(numbers(b))].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const found = [];
  const painted = [...document.querySelectorAll('svg rect, svg text')];   // the later ones lie above
  for (const text of document.querySelectorAll('svg text')) {
    const box = text.getBoundingClientRect(), before = painted.slice(0, painted.indexOf(text)).reverse();
    for (const x of [box.left + 1, (box.left + box.right) / 2, box.right - 1]) {
      const y = (box.top + box.bottom) / 2;
      const ground = before.find(e => {
        const r = e.getBoundingClientRect();
        return e.tagName === 'rect' && getComputedStyle(e).fill !== 'none'
          && r.left <= x && x <= r.right && r.top <= y && y <= r.bottom;
      });
      found.push([contrast(getComputedStyle(text).fill, getComputedStyle(ground).fill), text.textContent,
                  getComputedStyle(text).fill, getComputedStyle(ground).fill]);
    }
  }
  document.querySelector('details').open = true;
  for (const words of document.querySelectorAll('summary, pre'))
    found.push([contrast(getComputedStyle(words).color, getComputedStyle(document.body).backgroundColor),
                words.tagName, getComputedStyle(words).color, getComputedStyle(document.body).backgroundColor]);
  return found;
}"""


def assert_every_text_can_be_read(page):
    found = page.evaluate(GROUNDS)
    assert len(found) > 10
    for contrast, *what in found:
        assert contrast >= 4.5, (contrast, *what)


@pytest.mark.slow
@pytest.mark.parametrize("graph", [neuron, network, with_alarms, second_derivative, folded, lambda: dense(4, 1)])
@pytest.mark.parametrize(
    ("theme", "system"), [("auto", "light"), ("auto", "dark"), ("dark", "light"), ("light", "dark")]
)
def test_every_text_can_be_read_on_its_ground(visit, tmp_path, graph, theme, system):
    path = ag.draw(graph(), theme=theme, engine="built-in").save(tmp_path / "graph.html")
    page = visit(path, color_scheme=system).page
    assert_every_text_can_be_read(page)
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 21, 28)"
    assert dark == ("dark" in (theme, system if theme == "auto" else ""))


# ------------------------------------------------------------------ paper and narrow screens


@pytest.mark.slow
@pytest.mark.parametrize("graph", [neuron, network])
@pytest.mark.parametrize("direction", ["LR", "TB"])
@pytest.mark.parametrize("theme", ["auto", "dark"])
def test_on_paper_a_picture_is_light_and_whole(visit, tmp_path, graph, direction, theme):
    drawing = ag.draw(graph(), theme=theme, engine="built-in", direction=direction)
    page = visit(drawing.save(tmp_path / "graph.html"), color_scheme="dark").page
    page.emulate_media(media="print")
    wide, tall, room, high = page.evaluate(
        "(() => {const r = document.querySelector('svg').getBoundingClientRect();"
        "return [r.width, r.height, document.documentElement.clientWidth, innerHeight]})()"
    )
    assert wide <= room
    assert tall <= high
    assert_every_text_can_be_read(page)
    assert page.evaluate("getComputedStyle(document.querySelector('[data-part=paper]')).fill") == "rgb(251, 251, 253)"
    page.evaluate("document.querySelector('details').open = false")
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 1


def test_on_a_narrow_screen_the_picture_scrolls_by_itself(visit, tmp_path):
    page = visit(ag.draw(neuron(), engine="built-in", direction="LR").save(tmp_path / "graph.html")).page
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("(e => e.scrollWidth > e.clientWidth)(document.querySelector('.picture'))")
    page.locator(".picture").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('.picture').scrollLeft") > 0


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_of_the_demo_is_as_dark_as_its_graphs(visit, tmp_path, theme):
    """Text that can be read on its ground, in the theme that the graphs have, too."""
    (tmp_path / "index.html").write_text(page_of_demo([], []), encoding="utf-8")
    page = visit(tmp_path / "index.html", color_scheme=theme).page
    look = page.evaluate("(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.body))")
    light = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in look]
    assert (light[0] > light[1]) == (theme == "dark")
    assert abs(light[0] - light[1]) > 400
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light dark"
