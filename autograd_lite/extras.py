"""What is not installed with the library, but can be: an error that says how."""

from __future__ import annotations


def needs_matplotlib(asked: str, without: str = "") -> ImportError:
    """The error of somebody who asked for what matplotlib draws, and does not have it.

    Parameters
    ----------
    asked : str
        What was asked for, as a sentence without its full stop.
    without : str
        What can be done without it.

    Examples
    --------
    >>> print(needs_matplotlib("A plot was asked for"))
    A plot was asked for; that needs matplotlib, which is not installed: `pip install "autograd_lite[pictures]"`.
    """
    remedy = '`pip install "autograd_lite[pictures]"`.'
    return ImportError(
        f"{asked}; that needs matplotlib, which is not installed: {remedy}{' ' if without else ''}{without}"
    )
