"""How pages stand in themselves and in notebooks: what a policy allows, data in a script element, a frame, a bundle."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Collection, Mapping
from typing import Any


def digest(text: str) -> str:
    """What a page's policy calls a style or a script by: a browser runs it if this fits."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"


def as_json(data: Any) -> str:
    r"""JSON that can stand in a script element: whatever could end it is written as an escape.

    Examples
    --------
    >>> as_json({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for harmful in "<>&\u2028\u2029":
        text = text.replace(harmful, f"\\u{ord(harmful):04x}")
    return text


def framed(page: str, title: str, height: int, without: str) -> str:
    """A page in a frame that runs its own script and touches nothing of the notebook's.

    A notebook that is not trusted takes the frame away and keeps what is in it: ``without``, as markup.
    """
    return (
        f'<iframe sandbox="allow-scripts" srcdoc="{html.escape(page)}" title="{html.escape(title)}" '
        f'style="width:100%;height:{height}px;border:0">{without}</iframe>'
    )


def asked_for(
    bundle: Mapping[str, str], include: Collection[str] | None, exclude: Collection[str] | None
) -> dict[str, str]:
    """What IPython asks for of a bundle: the kinds in ``include``, if any are named, and none of ``exclude``."""
    return {
        kind: content
        for kind, content in bundle.items()
        if (not include or kind in include) and not (exclude and kind in exclude)
    }
