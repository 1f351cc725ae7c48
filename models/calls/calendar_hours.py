"""Hours that calendars tell (RFC 7953): where they are known, weekly hours do not count.

Nothing here reads a clock or the database.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from operator import itemgetter

_LOWEST = 10  # the rank of priority 0, which is none


class SpanKind(StrEnum):
    """`SPAN`: hours are known; `WITHIN`: somebody is there."""

    SPAN = "SPAN"
    WITHIN = "WITHIN"


@dataclass(frozen=True, slots=True)
class HoursSpan:
    """A span of hours; `priority` as in RFC 7953, from 1, the highest, to 9; 0 is the lowest."""

    kind: SpanKind
    starts_at: datetime
    ends_at: datetime
    priority: int


@dataclass(frozen=True, slots=True)
class HoursPiece:
    """From `starts_at` until before `ends_at` somebody is there, or not; pieces do not overlap."""

    starts_at: datetime
    ends_at: datetime
    within: bool


def pieces_of(spans: Iterable[HoursSpan]) -> list[HoursPiece]:
    """Return what the spans say together, in order: at each instant those of the highest priority count.

    Within a span, somebody is there where one of the spans of the same priority says so.
    """
    changes: list[tuple[datetime, int, SpanKind, int]] = []
    for span in spans:
        rank = span.priority or _LOWEST
        changes += ((span.starts_at, 1, span.kind, rank), (span.ends_at, -1, span.kind, rank))
    return list(_joined(_pieces(sorted(changes, key=itemgetter(0)))))


def _pieces(changes: Sequence[tuple[datetime, int, SpanKind, int]]) -> Iterator[HoursPiece]:
    open_spans = {kind: [0] * (_LOWEST + 1) for kind in SpanKind}
    since: datetime | None = None
    within: bool | None = None
    for at, group in groupby(changes, key=itemgetter(0)):
        if since is not None and within is not None:
            yield HoursPiece(since, at, within)
        for _, step, kind, rank in group:
            open_spans[kind][rank] += step
        highest = next((rank for rank in range(1, _LOWEST + 1) if open_spans[SpanKind.SPAN][rank]), None)
        within = None if highest is None else open_spans[SpanKind.WITHIN][highest] > 0
        since = at


def _joined(pieces: Iterable[HoursPiece]) -> Iterator[HoursPiece]:
    last: HoursPiece | None = None
    for piece in pieces:
        if last is not None and last.ends_at == piece.starts_at and last.within is piece.within:
            last = HoursPiece(last.starts_at, piece.ends_at, last.within)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def within_at(pieces: Sequence[HoursPiece], at: datetime) -> bool | None:
    """Return whether somebody is there at an instant; None where the calendars say nothing."""
    place = bisect_right(pieces, at, key=lambda piece: piece.starts_at) - 1
    if place < 0 or pieces[place].ends_at <= at:
        return None
    return pieces[place].within
