"""Run the examples of docs/plots.md and keep their pictures in docs/pictures/plots: ``python docs/write_plots.py``."""

import os
import re
import tempfile
from pathlib import Path

DOCS = Path(__file__).parent
PICTURES = DOCS / "pictures" / "plots"
COLOURS = 128


def examples() -> list[str]:
    """The page's code, a block each."""
    return re.findall(r"```python\n(.*?)```", (DOCS / "plots.md").read_text(encoding="utf-8"), re.DOTALL)


def write_smaller(picture: Path, target: Path) -> None:
    """The picture with a palette of its own, which takes a third of the bytes."""
    from PIL import Image

    Image.open(picture).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def main() -> None:
    """Every picture anew."""
    import matplotlib as mpl

    mpl.use("agg")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for block in examples():
            exec(compile(block, "<docs/plots.md>", "exec"), {})
        for picture in sorted(Path(folder).glob("*.png")):
            write_smaller(picture, PICTURES / picture.name)
        os.chdir(DOCS)


if __name__ == "__main__":
    main()
