"""Names that mean harm, in a real browser: nothing runs, nothing is fetched, every letter is shown."""

import re
import shutil
import subprocess

import pytest
from drawing.pictures import HOSTILE, sum_of

from autograd_lite.drawing import draw
from autograd_lite.drawing.text import clean

pytestmark = pytest.mark.slow

NAMES = [
    *(name for name in HOSTILE if name),
    # each would change the title of the page, which is what is looked at below
    "<script>document.title='pwned'</script>", "<img src=x onerror=document.title='pwned'>",
    "</title><script>document.title='pwned'</script>", "</text></svg><svg onload=document.title='pwned'>",
    "\" onload=\"document.title='pwned'", "]]><script>document.title='pwned'</script>",
    "<a>]; p [URL=\"javascript:document.title='pwned'\"]; z [label=<b>", "<style>text{display:none}</style>",
    "</pre></details><iframe srcdoc='<script>parent.document.title=1</script>'>", "<meta http-equiv=refresh content=0>",
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
    assert "pwned" not in page.title()
    assert page.evaluate("document.scripts.length") == 0
    assert page.evaluate("document.querySelectorAll('iframe, img, image, object, embed, a, foreignObject').length") == 0
    assert page.locator("svg text").first.evaluate("e => getComputedStyle(e).display") != "none"


def test_a_page_runs_nothing_and_shows_every_name(visit, drawing, tmp_path):
    assert_shows(visit(drawing.save(tmp_path / "names.html")).page, SHOWN)


def test_a_picture_that_is_opened_by_itself_runs_nothing(visit, drawing, tmp_path):
    page = visit(drawing.save(tmp_path / "names.svg")).page
    page.wait_for_timeout(100)
    joined = "\n".join(page.locator("text").all_text_contents())
    assert all(name in joined for name in SHOWN)
    assert page.evaluate("document.querySelectorAll('script, a, image, foreignObject').length") == 0


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


def test_this_test_would_notice_a_script(browser, tmp_path):
    """The same names, pasted into a page as they are, run."""
    page = browser.new_context(offline=True).new_page()
    page.set_content("<title>mine</title>" + "".join(NAMES[-9:-7]))
    page.wait_for_timeout(200)
    assert page.title() == "pwned"
    page.context.close()
