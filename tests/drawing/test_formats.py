"""The other formats: pixels, print, pages, Mermaid and TikZ, with any names."""

import io
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from autograd_lite import Value
from autograd_lite.drawing import draw
from autograd_lite.drawing.raster import raster

from .graphs import dense
from .pictures import HOSTILE, needs_matplotlib, network, neuron, sum_of

HARMFUL = [name for name in HOSTILE if name]


@pytest.fixture(scope="module")
def hostile():
    return draw(sum_of(HOSTILE[:28]), detail="full", engine="built-in")


def pixels(png):
    from matplotlib.image import imread

    return imread(io.BytesIO(png))


@needs_matplotlib
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_png_has_two_pixels_for_each_of_the_scene_and_is_not_blank(theme):
    scene = draw(neuron()).scene
    image = pixels(raster(scene, "png", theme))
    assert image.shape[:2] == (2 * scene.height, 2 * scene.width)
    assert len(np.unique(image[::3, ::3].reshape(-1, image.shape[2]), axis=0)) > 50
    assert (image[0, 0, :3].mean() > 0.5) == (theme == "light")


@needs_matplotlib
def test_a_pdf_holds_the_words_and_is_the_same_each_time():
    scene = draw(neuron()).scene
    pdf = raster(scene, "pdf")
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert len(pdf) > 5000
    assert pdf == raster(scene, "pdf")


@needs_matplotlib
def test_settings_of_matplotlib_neither_count_nor_change():
    import matplotlib as mpl

    scene = draw(network()).scene
    before = raster(scene, "png")
    with mpl.rc_context({"text.color": "red", "font.size": 3, "savefig.bbox": "tight", "lines.linewidth": 9,
                         "text.usetex": True, "figure.autolayout": True, "path.sketch": (3, 4, 5),
                         "patch.force_edgecolor": True, "axes.unicode_minus": False}):  # fmt: skip
        settings = dict(mpl.rcParams)
        assert raster(scene, "png") == before
        assert dict(mpl.rcParams) == settings


@needs_matplotlib
def test_names_that_mean_harm_are_drawn_as_they_are(hostile):
    assert raster(hostile.scene, "png").startswith(b"\x89PNG")
    assert raster(hostile.scene, "pdf").startswith(b"%PDF-")
    assert draw(Value(1.0, name="$x^")).scene
    assert raster(draw(Value(1.0, name="$\\frac{$")).scene, "png")


@needs_matplotlib
def test_a_very_wide_picture_has_fewer_pixels_rather_than_none():
    scene = draw(sum_of([f"x{i}" for i in range(80)]), detail="full", direction="LR", engine="built-in").scene
    assert scene.width > 15_000
    assert raster(scene, "png").startswith(b"\x89PNG")


# ------------------------------------------------------------------ pages


def page(text):
    return ET.fromstring(text.removeprefix("<!DOCTYPE html>\n"))


def test_a_page_holds_the_picture_and_its_words_and_runs_nothing(hostile):
    root = page(hostile.html)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {
        "html", "head", "meta", "title", "style", "body", "main", "div", "details", "summary", "pre", "svg", "g",
        "desc", "rect", "text", "path", "polygon",
    }  # fmt: skip
    for element in root.iter():
        assert not any(name.startswith("on") or "href" in name or name == "src" for name in element.attrib)
    policy = next(element.get("content") for element in root.iter("meta") if element.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert root.find("body/main/details/pre").text == hostile.describe()
    assert root.find("head/title").text == hostile.view.title
    assert "http" not in hostile.html.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")


def test_the_policy_of_a_page_allows_its_own_style():
    import base64
    import hashlib

    text = draw(neuron()).html
    style = page(text).find("head/style").text
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in text
    assert "<" not in style
    assert text.count("<style>") == 1


# ------------------------------------------------------------------ Mermaid


def test_a_flowchart_has_each_card_each_use_and_each_layer():
    x = Value(3.0, name="x")
    text = draw(x * x).mermaid
    assert text.count("n0 -->|") == 2
    text = draw(dense(4, 1), direction="TB").mermaid
    assert text.startswith("flowchart TB\n")
    assert 'subgraph g0["dense: 4 → 4, tanh"]' in text
    assert text.count("subgraph") == text.count("  end\n") == 2


def test_users_text_stands_between_quotes_and_has_no_signs():
    text = draw(sum_of(HARMFUL), detail="full", direction="LR").mermaid
    line = re.compile(
        r"flowchart LR|  acc(Title|Descr): [^\"<>{}`;%]*(#\d+;[^\"<>{}`;%]*)*"
        r"|  n\d+\[\"([^\"<>{}`;]|#\d+;|<br/>)*\"\]:::\w+"
        r"|  n\d+ -->\|\"([^\"<>{}`;]|#\d+;)*\"\| n\d+|  n\d+ --> n\d+|  classDef \w+ fill:#\w+,stroke:#\w+,color:#\w+"
    )
    for found in text.splitlines():
        assert line.fullmatch(found), found


# ------------------------------------------------------------------ TikZ


def test_a_tikzpicture_has_every_text_and_balanced_braces(hostile):
    text = hostile.tikz
    assert text.startswith(r"\begin{tikzpicture}")
    assert text.rstrip().endswith(r"\end{tikzpicture}")
    nodes = [line for line in text.splitlines() if line.startswith(r"\node")]
    assert len(nodes) == sum(hasattr(mark, "text") for item in hostile.scene.items for mark in item.marks)
    for line in text.splitlines():
        bare = line.replace(r"\{", "").replace(r"\}", "")
        assert bare.count("{") == bare.count("}"), line


def test_every_colour_that_is_used_is_defined():
    text = draw(network()).tikz
    defined = set(re.findall(r"\\definecolor\{(al-[\w-]+)\}", text))
    assert set(re.findall(r"(?:fill=|draw=|text=|\\fill\[|\\draw\[)(al-[\w-]+)", text)) <= defined
