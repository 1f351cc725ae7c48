"""What differs between two policies, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules import Policy


@dataclass(frozen=True, slots=True)
class ParameterDifference:
    """A field of an area that has another value."""

    area: str
    field: str
    before: int | bool | str
    after: int | bool | str


def differences(before: Policy, after: Policy) -> Iterator[ParameterDifference]:
    """Yield the fields in which the second policy differs from the first, in the order of the areas."""
    old = before.parameters()
    for area, values in after.parameters().items():
        for field, value in values.items():
            if old[area][field] != value:
                yield ParameterDifference(area, field, old[area][field], value)
