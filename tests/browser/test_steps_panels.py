"""The panels of a page of steps, in a browser: formulas that are too wide, entries of arrays."""

import numpy as np
import pytest

import autograd_lite as ag
from browser.test_steps_page import reach

SIDEWAYS = """() => [...document.querySelectorAll(".current .formula, .whole")]
    .filter((box) => box.scrollWidth > box.clientWidth + 1 && !(box.matches(".sideways") &&
        getComputedStyle(box).overflowX === "auto" && getComputedStyle(box).backgroundImage.includes("gradient")))
    .map((box) => box.textContent)"""


@pytest.mark.parametrize("width", [1280, pytest.param(390, marks=pytest.mark.slow)])
def test_no_formula_is_cut_without_a_sign(visit, tmp_path, width):
    values = [ag.Value(1.2345678 * i, name=f"weight_{i}") for i in range(4)]
    ag.steps(sum((v * 1234.56789 for v in values[1:]), values[0]) ** 2, precision=9).save(tmp_path / "long.html")
    page = visit(tmp_path / "long.html", reduced_motion="reduce").page
    page.set_viewport_size({"width": width, "height": 800})
    smallest = 99.0
    for step in range(1, page.locator("#steps > li").count() + 1):
        reach(page, step)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate(SIDEWAYS) == [], step
        for box in page.locator(".current .formula").all():
            smallest = min(smallest, float(box.evaluate("box => parseFloat(getComputedStyle(box).fontSize)")))
    assert smallest >= 13
    assert smallest < 20 or width > 1000
    assert page.locator("#code").evaluate("list => list.scrollWidth <= list.clientWidth")


@pytest.mark.slow
def test_entries_can_be_seen_as_soon_as_they_are_known(visit, tmp_path):
    W = ag.Value([[1.0, 2.0], [3.0, 4.0]], name="W")
    u = np.exp(W * 0.5)
    u.name = "u"
    ag.steps(np.sum(u)).save(tmp_path / "entries.html")
    page = visit(tmp_path / "entries.html").page
    row = page.locator("#numbers tr", has_text="W").first
    row.locator("summary").click()
    assert row.locator("pre").first.is_visible()
    assert not row.locator("pre.g").is_visible()
    assert "closed" in page.locator("#numbers tr", has_text="u =").locator("details").get_attribute("class")
    page.keyboard.press("End")
    assert row.locator("pre.g").is_visible()
    assert "old" in row.locator("details").get_attribute("class").split()
