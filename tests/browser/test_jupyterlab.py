"""Pictures in JupyterLab as students meet them: a notebook from somebody else, which is not trusted."""

import io
import itertools
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ET
from importlib.util import find_spec
from pathlib import Path

import pytest
from drawing.pictures import HOSTILE, SVG, network, neuron, sum_of

import autograd_lite as ag
from autograd_lite.drawing import draw
from autograd_lite.drawing.mermaid import NOTHING
from autograd_lite.drawing.text import clean

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        os.environ.get("BROWSER_REQUIRED") != "1" and not (find_spec("jupyterlab") and find_spec("nbconvert")),
        reason="JupyterLab or nbconvert is not installed",
    ),
]

ROOT = Path(__file__).parents[2]

GRAPH = """
import numpy as np
import autograd_lite as ag
x, w, b = ag.Value(1.5, name="x"), ag.Value(0.8, name="w"), ag.Value(-0.4, name="<b>")
p = ag.sigmoid(w * x + b)
loss = -(0.25 * np.log(p) + 0.75 * np.log(1 - p))
loss.backward()
"""

TRAINING = """
X = np.random.default_rng(0).normal(size=(20, 2))
model = ag.Sequential([ag.Input(shape=(2,)), ag.layers.Dense(1, activation="sigmoid", name="<b>")], name="<i>")
model.compile("sgd", "binary_crossentropy")
model.fit(X, 1.0 * (X[:, :1] > 0), epochs=4, verbose=0, callbacks=[WatchTraining(None)])
"""

CELLS = [
    GRAPH + "ag.draw(loss)",
    "from IPython.display import display\ndisplay(ag.draw(w * x), ag.draw(x * x))",
    "ag.draw(ag.Sequential([ag.Input(shape=(4,)), ag.layers.Dense(3, activation='tanh'), ag.layers.Dense(1)]))",
    "print(ag.draw(loss))",
    "ag.steps(loss)",
    "from autograd_lite.watching import WatchTraining" + TRAINING,
]
"""What is run."""

PICTURES, PAGES = 4, 2
"""What comes of it: pictures, and pages that play; a picture is in the place of each page while it is not trusted."""

FOLDERS = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "JUPYTERLAB_SETTINGS_DIR",
           "JUPYTERLAB_WORKSPACES_DIR")  # fmt: skip

QUIET = ("--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
         "--LabApp.extension_manager=readonly", "--no-browser", "--allow-root")  # fmt: skip
"""Nothing is asked of other machines."""


def flowcharts():
    """Graphs in Mermaid's language, with some text that each of them must show."""
    a = ag.Value(2.0, name="a")
    x = ag.Value(3.0, name="x")
    model = ag.Sequential([ag.Input(shape=(4,)), ag.layers.Dense(3, activation="tanh"), ag.layers.Dense(1)])
    many = [ag.Value(float(i), name=f"x{i}") for i in range(200)]
    names = [name for name in HOSTILE if name]
    return {
        "neuron": (draw(neuron()), ["w", "= sigmoid(v2)"]), "diamond": (draw((a * 3) * (a + 1)), ["a"]),
        "square": (draw(x * x), ["x"]), "network": (draw(network()), ["W1"]),
        "model": (draw(model), ["dense: 4 → 3, tanh"]),
        "folded": (draw(sum(p * q for p, q in itertools.pairwise(many))), ["Σ wᵢxᵢ"]),
        "hostile": (draw(sum_of(names[:60]), detail="full"), [clean(name, 24) for name in names[:60]]),
        "more hostile": (draw(sum_of(names[60:]), detail="full"), [clean(name, 24) for name in names[60:]]),
    }  # fmt: skip


# ------------------------------------------------------------------ a server


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def environment(home):
    """Nothing is read from the user's own settings, nor written there."""
    others = {key: value for key, value in os.environ.items() if not key.startswith(("JUPYTER", "PYTEST"))}
    return {**others, "HOME": str(home), "PYTHONPATH": str(ROOT), **{key: str(home / key.lower()) for key in FOLDERS}}


@pytest.fixture(scope="module")
def notebooks(home, environment):
    """A folder with a notebook that was run elsewhere, the same trusted, one of flowcharts, and a page of the first."""
    import nbformat

    folder = home / "notebooks"
    folder.mkdir()
    v4 = nbformat.v4
    written = v4.new_notebook(cells=[v4.new_code_cell(source) for source in CELLS])
    nbformat.write(written, folder / "untrusted.ipynb")

    def jupyter(*args):
        done = subprocess.run(
            [sys.executable, "-m", *args], env=environment, cwd=folder, capture_output=True, text=True, timeout=180
        )
        assert done.returncode == 0, done.stderr

    jupyter("nbconvert", "--execute", "--to", "notebook", "--inplace", "untrusted.ipynb")
    jupyter("nbconvert", "--to", "html", "untrusted.ipynb")
    run = nbformat.read(folder / "untrusted.ipynb", as_version=4)
    run.cells.append(v4.new_markdown_cell("Trust goes by content: a copy of a trusted notebook would be trusted."))
    nbformat.write(run, folder / "trusted.ipynb")
    jupyter("jupyter", "trust", "trusted.ipynb")
    fences = [v4.new_markdown_cell(f"```mermaid\n{drawing.mermaid}```") for drawing, _ in flowcharts().values()]
    nbformat.write(v4.new_notebook(cells=fences, metadata=run.metadata), folder / "mermaid.ipynb")
    return folder


@pytest.fixture(scope="module")
def lab(home, environment, notebooks):
    """JupyterLab on 127.0.0.1: from the name of a notebook to its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    options = [f"--ServerApp.port={port}", "--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={notebooks}",
               f"--IdentityProvider.token={token}", *QUIET]  # fmt: skip
    log = home / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter", "lab", *options], env=environment, stdout=out, stderr=out
        )
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/api?token={token}", timeout=5).close()
                break
            except OSError:
                assert server.poll() is None, log.read_text()
                time.sleep(0.1)
        yield lambda name: f"{address}/lab/tree/{name}?token={token}&reset"
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture
def opened(browser, lab):
    """From a notebook to its page, when its outputs are there; nothing may ask for another machine."""
    contexts, strangers = [], []

    def visit(name, selector, count, **context):
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 3000}, **context))
        page = contexts[-1].new_page()
        page.on(
            "request",
            lambda request: (
                urllib.parse.urlsplit(request.url).hostname in (None, "127.0.0.1") or strangers.append(request.url)
            ),
        )
        page.goto(lab(name))
        page.wait_for_function(
            "([at, n]) => document.querySelectorAll(at).length >= n", arg=[selector, count], timeout=60_000
        )
        page.wait_for_timeout(500)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not strangers


IMAGES = ".jp-OutputArea-output img"


def kept(page, name):
    """A screenshot, where somebody wants to look at it."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.locator(".jp-OutputArea-output").last.scroll_into_view_if_needed()
        page.wait_for_timeout(1000)
        page.screenshot(path=Path(folder) / f"{name}.png")


# ------------------------------------------------------------------ pictures


def assert_pictures_are_seen(page):
    images = page.locator(IMAGES)
    for image in images.all():
        assert image.evaluate("e => e.complete && e.naturalWidth > 0")
        assert image.get_attribute("alt").startswith(("Computation graph of", "Model "))
        assert len(image.get_attribute("alt")) > 60
        shown, made, high, low = image.evaluate("e => [e.clientWidth, e.naturalWidth, e.clientHeight, e.naturalHeight]")
        assert 0.79 * made <= shown <= made  # large enough to be read
        assert abs(high - low * shown / made) < 2  # and in shape
        scrolls, _, _, below = image.evaluate(
            "e => [e.parentElement, e.parentElement.parentElement].flatMap(p => [p.scrollWidth, p.clientHeight])"
        )
        assert scrolls >= shown - 1
        assert below >= high


def test_pictures_are_seen_in_a_notebook_that_is_not_trusted(opened):
    page = opened("untrusted.ipynb", IMAGES, PICTURES + PAGES)
    kept(page, "untrusted")
    assert page.locator(IMAGES).count() == PICTURES + PAGES
    assert_pictures_are_seen(page)
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert "<b>: variable, value -0.4000" in page.locator(".jp-OutputArea-output pre").first.text_content()


def test_pages_that_play_leave_a_picture_and_what_to_do_until_the_notebook_is_trusted(opened):
    page = opened("untrusted.ipynb", IMAGES, PICTURES + PAGES)
    assert page.locator(".jp-OutputArea-output iframe").count() == 0
    words = [said.inner_text() for said in page.locator(".jp-OutputArea-output p").all()]
    assert len(words) == PAGES
    assert all("Trust Notebook" in said for said in words)
    page = opened("trusted.ipynb", ".jp-OutputArea-output iframe", PAGES)
    page.wait_for_timeout(1000)
    kept(page, "trusted")
    frames = [page.frame_locator(".jp-OutputArea-output iframe").nth(i) for i in range(PAGES)]
    assert "Step 1 of" in frames[0].locator("body").inner_text() or frames[0].locator("svg .card").count() > 5
    assert frames[1].locator("svg").count() >= 1
    assert page.locator(IMAGES).count() == PICTURES
    assert_pictures_are_seen(page)
    assert "Trust Notebook" not in "".join(page.locator(".jp-OutputArea-output").all_inner_texts())


def luminance(pixel):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in pixel[:3])]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(("theme", "system"), [("Dark", "light"), ("Dark", "dark"), ("Light", "dark")])
def test_pictures_follow_the_theme_of_the_notebook_and_can_be_read(opened, environment, theme, system):
    settings = Path(environment["JUPYTERLAB_SETTINGS_DIR"]) / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True, exist_ok=True)
    chosen = settings / "themes.jupyterlab-settings"
    chosen.write_text(f'{{"theme": "JupyterLab {theme}"}}')
    try:
        page = opened("untrusted.ipynb", IMAGES, PICTURES + PAGES, color_scheme=system)
        page.wait_for_function(
            "light => document.body.dataset.jpThemeLight == light", arg=str(theme == "Light").lower()
        )
        page.wait_for_timeout(300)
        kept(page, f"{theme}-on-{system}")
        picture = page.locator(IMAGES).nth(1).screenshot()
    finally:
        chosen.unlink()
    imread = pytest.importorskip("matplotlib.image").imread
    pixels = (imread(io.BytesIO(picture))[..., :3] * 255).round().reshape(-1, 3)
    shades = sorted(luminance(pixel) for pixel in pixels[::7])
    assert (shades[-1] + 0.05) / (shades[0] + 0.05) > 10
    assert (luminance(pixels[350]) < 0.05) == (theme == "Dark")


def test_a_notebook_as_a_page_shows_its_pictures(browser, notebooks):
    """Without the network: what the page itself asks for (fonts, MathJax) is nbconvert's."""
    context = browser.new_context(viewport={"width": 1280, "height": 3000}, offline=True)
    page = context.new_page()
    page.goto((notebooks / "untrusted.html").as_uri(), wait_until="domcontentloaded")
    page.wait_for_timeout(500)
    kept(page, "nbconvert")
    assert page.locator(IMAGES).count() == PICTURES
    assert_pictures_are_seen(page)
    assert page.locator(".jp-OutputArea-output :is([src^=http], [href^=http])").count() == 0
    context.close()


# ------------------------------------------------------------------ Mermaid's own reader


def test_mermaid_draws_every_flowchart_and_every_name(opened):
    """JupyterLab brings Mermaid with it."""
    charts = flowcharts()
    page = opened("mermaid.ipynb", ".jp-RenderedMarkdown :is(.jp-RenderedMermaid img, .jp-mod-warning)", len(charts))
    kept(page, "mermaid")
    assert page.locator(".jp-RenderedMarkdown .jp-mod-warning").count() == 0
    sources = page.locator(".jp-RenderedMermaid img").evaluate_all("all => all.map(e => e.src)")
    assert len(sources) == len(charts)
    for (name, (drawing, texts)), source in zip(charts.items(), sources, strict=True):
        root = ET.fromstring(urllib.parse.unquote(source.partition(",")[2]))
        assert not {element.tag.rpartition("}")[2] for element in root.iter()} & {
            "script",
            "a",
            "image",
            "img",
            "iframe",
        }
        assert not any(key.startswith("on") or "href" in key for element in root.iter() for key in element.attrib)
        shown = "".join(root.itertext()).replace(NOTHING, "").replace("\u00a0", " ")
        for text in texts:
            assert text.replace(NOTHING, "").strip() in shown, (name, text)
        nodes = [g for g in root.iter(f"{SVG}g") if "node" in g.get("class", "").split()]
        assert len(nodes) == len(drawing.view.cards), name
