"""Pages in a real browser: Chromium without a window, driven by Playwright.

Where either is missing, these tests are skipped and say so; with BROWSER_REQUIRED=1 that is an error.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A running Chromium."""
    missing = "" if CHROMIUM else "Chromium is not installed"
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing = "Playwright is not installed"
    if missing:
        if os.environ.get("BROWSER_REQUIRED") == "1":
            pytest.fail(f"{missing}, and BROWSER_REQUIRED=1")
        pytest.skip(missing)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


class Visit:
    """A page, and everything that it must not do while somebody looks at it.

    Attributes
    ----------
    page : playwright.sync_api.Page
    requests : list of str
        What it asked the network for, itself aside.
    complaints : list of str
        Errors and warnings on its console, uncaught exceptions, dialogs.
    """

    def __init__(self, page: Any, url: str) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: request.url.split("#")[0] == url or self.requests.append(request.url))
        page.on("console", lambda said: said.type in ("error", "warning") and self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))


@pytest.fixture
def visit(browser: Any) -> Iterator[Any]:
    """From a file (and what stands behind # in its address) to a `Visit` of it, opened as file://; it has to behave."""
    visits, contexts = [], []

    def opened(path: Path, fragment: str = "", **context: Any) -> Visit:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}, offline=True, **context))
        url = path.resolve().as_uri()
        visits.append(Visit(contexts[-1].new_page(), url))
        visits[-1].page.goto(f"{url}#{fragment}" if fragment else url)
        return visits[-1]

    yield opened
    for context in contexts:
        context.close()
    for visited in visits:
        assert not visited.complaints
        assert not visited.requests
