"""Timed transitions of contacting: the end of a stop, and an opt-out list that has become too old.

Neither is needed for a decision, which asks the clock itself: they put things on record and tell operators.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.accounts.staff import operator_ids
from models.base.database import Connection, fetch
from models.deadlines.registry import Subject, timed_numbered
from models.feed.journal import DeadlineRow, EventRow, Journal
from models.feed.kinds import NotificationKind

_END, _STALE = "DO_NOT_CONTACT_END", "OPT_OUT_LIST_STALE"


@dataclass(slots=True)
class Stop:
    """A stop under lock."""

    id: UUID
    until: datetime | None
    lifted_at: datetime | None
    ended: bool = False


async def _lock_stops(conn: Connection, ids: Collection[UUID]) -> list[Stop]:
    rows = await fetch(
        conn,
        """SELECT id, until, lifted_at FROM do_not_contact WHERE id = ANY($1::uuid[])
           ORDER BY id FOR NO KEY UPDATE""",
        list(ids),
    )
    return [Stop(**dict(row)) for row in rows]


async def _save_stops(conn: Connection, stops: Collection[Stop]) -> None:
    ended = [stop.id for stop in stops if stop.ended]
    if ended:
        await fetch(conn, "UPDATE do_not_contact SET lifted_at = until WHERE id = ANY($1::uuid[])", ended)


STOP: Subject[Stop] = Subject(
    "do_not_contact",
    "id",
    _lock_stops,
    _save_stops,
    lambda stop: "lifted" if stop.lifted_at is not None else None,
)


@timed_numbered(_END, STOP, description="A do-not-contact stop ends.")
def end_stop(stop: Stop, _: int, due_at: datetime, __: Journal) -> str:
    """Put on record that a stop has ended, unless its end was moved."""
    if stop.until != due_at:
        return "moved"
    stop.ended = True
    return "ended"


@dataclass(slots=True)
class StaleList:
    """An opt-out list under lock, and the operators to tell."""

    id: UUID
    stale_from: datetime | None
    operators: Sequence[UUID]


async def _lock_lists(conn: Connection, ids: Collection[UUID]) -> list[StaleList]:
    rows = await fetch(
        conn,
        """SELECT id, refreshed_at + make_interval(secs => max_age) AS stale_from FROM opt_out_list
           WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE""",
        list(ids),
    )
    operators = await operator_ids(conn) if rows else []
    return [StaleList(row["id"], row["stale_from"], operators) for row in rows]


async def _save_lists(_: Connection, __: Collection[StaleList]) -> None:
    return


OPT_OUT_LIST: Subject[StaleList] = Subject("opt_out_list", "id", _lock_lists, _save_lists, lambda _: None)


@timed_numbered(_STALE, OPT_OUT_LIST, description="An opt-out list is too old; calls that need it wait.")
def tell_stale(stale: StaleList, _: int, due_at: datetime, journal: Journal) -> str:
    """Tell the operators that a list is too old, unless it was imported again."""
    if stale.stale_from != due_at:
        return "refreshed"
    journal.events.extend(
        EventRow(
            operator,
            NotificationKind.OPT_OUT_LIST_STALE,
            due_at,
            parameters={"optOutListId": str(stale.id)},
        )
        for operator in stale.operators
    )
    return "stale"


async def stop_ends(conn: Connection, ends: Mapping[UUID, datetime]) -> list[DeadlineRow]:
    """Return the missing deadlines at which these stops end."""
    return await _numbered(conn, _END, ends)


async def list_goes_stale(conn: Connection, list_id: UUID, at: datetime) -> list[DeadlineRow]:
    """Return the missing deadline at which a list is too old."""
    return await _numbered(conn, _STALE, {list_id: at})


async def _numbered(conn: Connection, kind: str, due: Mapping[UUID, datetime]) -> list[DeadlineRow]:
    rows = await fetch(
        conn,
        "SELECT subject, ordinal, due_at FROM deadline WHERE kind = $1 AND subject = ANY($2::uuid[])",
        kind,
        list(due),
    )
    known = {(row["subject"], row["due_at"]) for row in rows}
    ordinals = dict.fromkeys(due, 0)
    for row in rows:
        ordinals[row["subject"]] = max(ordinals[row["subject"]], row["ordinal"] + 1)
    return [
        DeadlineRow(kind, subject, at, ordinals[subject])
        for subject, at in due.items()
        if (subject, at) not in known
    ]
