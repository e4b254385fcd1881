"""Files: written whole, or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def written(path: str | os.PathLike[str], content: bytes | str) -> Path:
    """Write a file by way of a temporary one beside it, so that there is never half of it; text is UTF-8.

    Raises
    ------
    FileNotFoundError
        If there is no such folder.
    """
    path = Path(path)
    if not path.parent.is_dir():
        raise FileNotFoundError(f"{path.name!r} cannot be saved: there is no folder {str(path.parent)!r}.")
    temporary = path.with_name(f".{secrets.token_hex(8)}{path.suffix.lower()}")
    try:
        temporary.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return path
