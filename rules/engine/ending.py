"""When the passing of time alone first changes the rule that decides; other rules may have its verdict.

Which time facts matter depends only on the cell: usually one or none of several.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

from rules.engine.reduction import Axis

__all__ = ["Ending", "ending_of"]

Places = tuple[int, ...]
Stays = Callable[[Places], bool]  # whether the same rule decides at these places


@dataclass(frozen=True, slots=True)
class Ending:
    """The crossings of a cell that can change its rule: fact, age, index of its axis, place from then on.

    `decides` is whether each of them alone does, whatever the other time facts are.
    """

    crossings: tuple[tuple[str, timedelta, int, int], ...]
    decides: bool

    def of(self, facts: Any, places: Places, stays: Stays) -> datetime | None:
        """The first instant (UTC) at which another rule decides; None for never."""
        try:
            moments: list[tuple[datetime, int, int]] = [
                (getattr(facts, name).astimezone(UTC) + after, index, place)
                for name, after, index, place in self.crossings
            ]
        except OverflowError:  # beyond the year 9999
            return None
        if self.decides:
            return moments[0][0] if moments else None
        at = list(places)
        for moment in sorted({moment for moment, _, _ in moments}):
            for reached, index, place in moments:
                if reached == moment:
                    at[index] = place
            if not stays(tuple(at)):
                return moment
        return None


def ending_of(places: Places, axes: Sequence[Axis], since: Sequence[int], stays: Stays) -> Ending:
    """The ending of the cell at `places`; `since` are the indexes of the time facts' axes."""
    later = [range(places[index], len(axes[index].values)) for index in since]
    kept = {}
    for reached in product(*later):
        at = list(places)
        for index, place in zip(since, reached, strict=True):
            at[index] = place
        kept[reached] = stays(tuple(at))
    mattering = [position for position in range(len(since)) if _matters(kept, position)]
    crossings = [
        (axes[since[position]].field.name, _age(axes[since[position]], place), since[position], place)
        for position in mattering
        for place in later[position][1:]
    ]
    if len(mattering) > 1:
        return Ending(tuple(crossings), decides=False)
    # One time fact: the first of its crossings at which the rule changes, with the others where they are.
    first = [one for one in crossings if not stays((*places[: one[2]], one[3], *places[one[2] + 1 :]))]
    return Ending(tuple(first[:1]), decides=True)


def _age(axis: Axis, place: int) -> timedelta:
    return timedelta(seconds=axis.thresholds[place - 1])


def _matters(kept: dict[Places, bool], position: int) -> bool:
    """Whether the place of this time fact makes a difference for some places of the others."""
    seen: dict[Places, bool] = {}
    return any(
        seen.setdefault(reached[:position] + reached[position + 1 :], stays) is not stays
        for reached, stays in kept.items()
    )
