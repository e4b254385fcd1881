"""Write docs/functions.md and docs/functions/, the reference of derivative rules, from the engine's own tables.

python docs/write_functions.py            writes the pages
python docs/write_functions.py --check    fails if a page is not what would be written
"""

from __future__ import annotations

import sys
from pathlib import Path

from writing.pages import pages

DOCS = Path(__file__).parent


def old_pages() -> set[str]:
    """The pages that are there."""
    return {f"functions/{path.name}" for path in (DOCS / "functions").glob("*.md")}


def write() -> None:
    """Write every page anew, and remove those of families that are gone."""
    (DOCS / "functions").mkdir(exist_ok=True)
    made = pages()
    for gone in old_pages() - set(made):
        (DOCS / gone).unlink()
    for name, text in made.items():
        (DOCS / name).write_text(text, encoding="utf-8")


def check() -> None:
    """Stop with a message if a page is out of date."""
    made = pages()
    wrong = [n for n, text in made.items() if not (DOCS / n).exists() or (DOCS / n).read_text(encoding="utf-8") != text]
    wrong += sorted(old_pages() - set(made))
    if wrong:
        sys.exit(f"{', '.join(wrong)} of docs/ is out of date: run python docs/write_functions.py")


if __name__ == "__main__":
    check() if "--check" in sys.argv else write()
