"""A name for each card: the user's, or one that no user has taken; none is given twice."""

from __future__ import annotations

from collections.abc import Iterable

from .graph import Graph
from .text import clean

NAME_LIMIT = 24


class Names:
    """Gives names to cards.

    Parameters
    ----------
    taken : iterable of str
        Names of users, cleaned: none that is made up will be one of them.
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self.users = set(taken)
        self.given: set[str] = set()
        self.count: dict[str, int] = {}

    @classmethod
    def of(cls, graph: Graph) -> Names:
        """For the cards of a graph."""
        return cls({own_name(name) for i in range(len(graph)) if (name := graph.name(i))})

    def named(self, name: str) -> str:
        """The user's name, with a number from the second time on: ``x_2``, one word; or ``v1``, ``v2``, …"""
        if not name:
            return self.numbered("v{}")
        name = own_name(name)
        if name in self.given:
            return self.numbered(f"{quoted(name)}_{{}}", start=2)
        self.given.add(name)
        return name

    def made(self, name: str) -> str:
        """A name that was made up, with a number behind it if somebody has it."""
        if name not in self.given and name not in self.users:
            self.given.add(name)
            return name
        return self.numbered(f"{quoted(name)} ({{}})", start=2)

    def numbered(self, pattern: str, start: int = 1) -> str:
        """The pattern with the first number that makes it a new name."""
        while True:
            n = self.count.get(pattern, start)
            self.count[pattern] = n + 1
            name = pattern.format(n)
            if name not in self.users and name not in self.given:
                self.given.add(name)
                return name


def quoted(name: str) -> str:
    """A name for a pattern: its braces are its own."""
    return name.replace("{", "{{").replace("}", "}}")


def own_name(name: str) -> str:
    return clean(name, NAME_LIMIT)
