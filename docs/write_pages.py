"""Write docs/pictures/steps.png: a step of a page, as a browser shows it. Needs Chromium and Playwright."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

import autograd_lite as ag

PICTURES = Path(__file__).parent / "pictures"
WIDTH, HEIGHT = 1280, 830


def neuron() -> ag.Value:
    """One neuron with cross-entropy, as docs/steps.md has it."""
    w, b = ag.Value(0.8, name="w"), ag.Value(-0.4, name="b")
    x, y = ag.Value(1.5, name="x"), ag.Value(1.0, name="y")
    z = w * x + b
    z.name = "z"
    loss = np.logaddexp(0.0, z) - y * z
    loss.name = "L"
    return loss


def main() -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = ag.steps(neuron(), inputs=["x", "y"], engine="built-in").save(Path(folder) / "steps.html")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(f"{path.as_uri()}#step=16&theme=light")
        page.wait_for_timeout(500)
        page.screenshot(path=PICTURES / "steps.png")
        browser.close()


if __name__ == "__main__":
    main()
