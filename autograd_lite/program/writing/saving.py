"""Saving: a program's source as a file that NumPy alone can run, or NumPy and SciPy."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from .emission import Source


def check_alone(given: Iterable[str]) -> None:
    """Raise if a program calls functions that cannot be copied, given by their names."""
    if names := ", ".join(given):
        raise ValueError(
            f"The program calls {names}, whose source is not known or does not say all that it means, so the file "
            f"could not run by itself. Define the function in a file, with constants in CAPITALS, and record the "
            f"program again."
        )


def save_source(source: Source, path: str | Path) -> Path:
    """Write the text, and large constants into a file beside it that ends in ``.npz``.

    Raises
    ------
    ValueError
        If the program calls a function that cannot be copied: its source is not known, or does not say all.
    """
    path = Path(path)
    check_alone(source.given)
    text = source.text
    if source.constants:
        np.savez(path.with_suffix(".npz"), **source.constants)  # type: ignore[arg-type]
        load = 'constants = np.load(Path(__file__).with_suffix(".npz"))'
        text = text.replace("import numpy as np\n", f"from pathlib import Path\n\nimport numpy as np\n\n{load}\n", 1)
    path.write_text(text, encoding="utf-8")
    return path
