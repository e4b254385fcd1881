"""Wrong answers that no exercise has in its table, as students write them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Unplanned:
    """A wrong answer: the reference of an exercise, with some of its lines replaced."""

    number: str
    name: str
    edits: tuple[tuple[str, str], ...]

    def of(self, reference: str) -> str:
        """The student's file."""
        source = reference
        for old, new in self.edits:
            if old not in source:
                raise ValueError(f"{self.number} {self.name}: not in the reference: {old!r}")
            source = source.replace(old, new)
        return source


def wrong(number: str, name: str, *edits: tuple[str, str]) -> Unplanned:
    """A row of a table of wrong answers."""
    return Unplanned(number, name, edits)
