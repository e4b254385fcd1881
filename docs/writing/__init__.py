"""Writes docs/functions.md and docs/functions/: the reference of derivative rules, read from the engine's tables.

The package and its tests are those of this checkout, whatever is installed.
"""

import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
for room in (CHECKOUT / "tests", CHECKOUT):
    if str(room) not in sys.path:
        sys.path.insert(0, str(room))
