"""The gallery: its page is what its script writes, and every picture is there, light, and of this size."""

import runpy
import struct
from pathlib import Path
from types import SimpleNamespace

import pytest

FOLDER = Path(__file__).parents[1] / "docs"
GALLERY = SimpleNamespace(**runpy.run_path(str(FOLDER / "write_gallery.py")))

LARGE = ("thousands", "ten-thousands")
EXHIBITS = [
    pytest.param(exhibit, id=exhibit.name, marks=[pytest.mark.slow] if exhibit.name in LARGE else [])
    for exhibit in GALLERY.EXHIBITS
]


@pytest.fixture(scope="module")
def page():
    return (FOLDER / "gallery.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("exhibit", EXHIBITS)
def test_the_page_and_the_picture_are_what_the_script_writes(exhibit, page):
    """Write them anew with ``python docs/write_gallery.py``."""
    picture = exhibit.picture()
    assert exhibit.section(picture.describe().splitlines()[0]) in page
    sizes = {struct.unpack(">II", path.read_bytes()[16:24]) for path in files_of(exhibit)}
    assert sizes == {(2 * picture.scene.width, 2 * picture.scene.height)}


def files_of(exhibit):
    names = [exhibit.name, f"{exhibit.name}-dark"] if exhibit.dark else [exhibit.name]
    return [FOLDER / "pictures" / f"{name}.png" for name in names]


def test_the_pictures_are_light_and_all_are_shown(page):
    files = {path for exhibit in GALLERY.EXHIBITS for path in files_of(exhibit)}
    assert all(path.exists() for path in files)
    for path in files:
        assert path.stat().st_size < 250_000, path.name
        assert f"pictures/{path.name}" in page


def test_every_picture_has_words_and_names_what_it_ends_in():
    for exhibit in GALLERY.EXHIBITS:
        assert exhibit.words.strip()
        assert exhibit.source.splitlines()[-1].startswith("picture = draw(")


def test_the_page_begins_as_the_script_says_and_keeps_its_times(page):
    assert page.startswith(GALLERY.HEAD)
    assert page.partition(GALLERY.KEPT)[2].count("|") > 50
