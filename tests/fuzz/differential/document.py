"""A document, and how its variables are drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from tests.fuzz.differential.arguments import Value, as_json

Spot: TypeAlias = tuple[str, str]  # a type and one of its fields
Draw: TypeAlias = Callable[[Random], Value]


@dataclass(frozen=True, slots=True)
class Document:
    """A document, and how to draw its variables."""

    text: str
    draws: dict[str, Draw]
    operations: tuple[str, ...]  # their names; none for an operation without a name
    spots: tuple[Spot, ...]  # as often as they are written

    @property
    def roots(self) -> set[str]:
        """The fields of the root."""
        return {name for kind, name in self.spots if kind == "Query"}

    def variables(self, random: Random) -> dict[str, object]:
        """Draw values of the variables; some are left out."""
        found = {name: draw(random) for name, draw in self.draws.items()}
        return {name: as_json(value) for name, value in found.items() if value is not LEFT_OUT}


class _LeftOut(dict[str, Value]):
    """A variable without a value."""


LEFT_OUT = _LeftOut()
