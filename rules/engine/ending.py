"""When the passing of time alone first changes a decision: crossings of the thresholds of time facts.

With several time facts, the order of the crossings depends on their instants. Which of them can change the
rule depends only on the cell: usually one or none.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, NamedTuple

from rules.engine.reduction import Axis

__all__ = ["Ending", "crossings_of", "ending_of", "steps"]

Places = tuple[int, ...]
Stays = Callable[[Places], bool]  # whether the decision is the same at these places


class Crossing(NamedTuple):
    """The age at which a time fact gets to a place on its axis, which is given by its index."""

    fact: str
    age: timedelta
    axis: int
    place: int

    def instant(self, facts: Any) -> datetime:
        """When it happens (UTC). Raises OverflowError beyond the year 9999."""
        since: datetime = getattr(facts, self.fact)
        return (since if since.tzinfo is UTC else since.astimezone(UTC)) + self.age


def crossings_of(places: Places, axes: Sequence[Axis], since: Collection[int]) -> list[Crossing]:
    """The crossings that are still to come at `places`; `since` are the indexes of the time facts' axes."""
    return [
        Crossing(axes[index].field.name, timedelta(seconds=axes[index].thresholds[place - 1]), index, place)
        for index in since
        for place in range(places[index] + 1, len(axes[index].values))
    ]


def steps(crossings: Collection[Crossing], facts: Any, places: Places) -> Iterator[tuple[datetime, Places]]:
    """Each instant (UTC) of crossings, in order, and the places from then on.

    Crossings at the same instant count together. Raises OverflowError beyond the year 9999.
    """
    moments: dict[datetime, list[Crossing]] = {}
    for crossing in crossings:
        moments.setdefault(crossing.instant(facts), []).append(crossing)
    at = list(places)
    for moment in sorted(moments):
        for crossing in moments[moment]:
            at[crossing.axis] = crossing.place
        yield moment, tuple(at)


@dataclass(frozen=True, slots=True)
class Ending:
    """The crossings of a cell that can change its rule.

    `decides` is whether the only one of them does, whatever the other time facts are.
    """

    crossings: tuple[Crossing, ...]
    decides: bool

    def of(self, facts: Any, places: Places, stays: Stays) -> datetime | None:
        """The first instant (UTC) at which another rule decides; None for never."""
        try:
            if self.decides:
                return self.crossings[0].instant(facts) if self.crossings else None
            moments = steps(self.crossings, facts, places)
            return next((moment for moment, at in moments if not stays(at)), None)
        except OverflowError:  # beyond the year 9999
            return None


def ending_of(places: Places, axes: Sequence[Axis], since: Sequence[int], stays: Stays) -> Ending:
    """The ending of the cell at `places`; `since` are the indexes of the time facts' axes."""
    kept = {}
    for reached in product(*(range(places[index], len(axes[index].values)) for index in since)):
        at = list(places)
        for index, place in zip(since, reached, strict=True):
            at[index] = place
        kept[reached] = stays(tuple(at))
    mattering = [index for position, index in enumerate(since) if _matters(kept, position)]
    crossings = crossings_of(places, axes, mattering)
    if len(mattering) > 1:
        return Ending(tuple(crossings), decides=False)
    # One time fact: the first of its crossings at which the rule changes, with the others where they are.
    first = [one for one in crossings if not stays((*places[: one.axis], one.place, *places[one.axis + 1 :]))]
    return Ending(tuple(first[:1]), decides=True)


def _matters(kept: dict[Places, bool], position: int) -> bool:
    """Whether the place of this time fact makes a difference for some places of the others."""
    seen: dict[Places, bool] = {}
    return any(
        seen.setdefault(reached[:position] + reached[position + 1 :], stays) is not stays
        for reached, stays in kept.items()
    )
