"""Saving: a program's source as a file that NumPy alone can run."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from .emission import Source


def save_source(source: Source, path: str | Path) -> Path:
    """Write the text, and large constants into a file beside it that ends in ``.npz``.

    Raises
    ------
    ValueError
        If the program calls a function whose source Python does not know: one made in a shell, or in C.
    """
    path = Path(path)
    if source.given:
        raise ValueError(
            f"The program calls {', '.join(source.given)}, whose source is not known or does not say all that it "
            f"means, so the file could not run by itself. Define the function in a file, with what it reads among its "
            f"arguments or beside it as numbers, text, arrays and functions, and record the program again."
        )
    text = source.text
    if source.constants:
        np.savez(path.with_suffix(".npz"), **source.constants)  # type: ignore[arg-type]
        load = 'constants = np.load(Path(__file__).with_suffix(".npz"))'
        text = text.replace("import numpy as np\n", f"from pathlib import Path\n\nimport numpy as np\n\n{load}\n", 1)
    path.write_text(text, encoding="utf-8")
    return path
