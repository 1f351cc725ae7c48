"""Timed transition of searches: one without an answer fails as of its end, and costs nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from models.base.database import Connection, fetch
from models.deadlines.registry import Subject, timed
from models.deadlines.settle import start
from models.feed.journal import DeadlineRow, EventRow, Journal
from models.feed.kinds import NotificationKind
from models.smart_data.facts import SEARCH_SECONDS
from models.smart_data.tables import SearchState
from rules import Policy


@dataclass(slots=True)
class LockedSearch:
    """A search under lock, and when it failed, if it just has."""

    id: UUID
    account_id: UUID
    lead_id: UUID
    state: SearchState
    failed_at: datetime | None = field(default=None)


async def _lock(conn: Connection, ids: Collection[UUID]) -> list[LockedSearch]:
    rows = await fetch(
        conn,
        """SELECT id, account_id, lead_id, state FROM smart_search
           WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE""",
        list(ids),
    )
    return [
        LockedSearch(row["id"], row["account_id"], row["lead_id"], SearchState(row["state"])) for row in rows
    ]


async def _save(conn: Connection, searches: Collection[LockedSearch]) -> None:
    failed = [search for search in searches if search.failed_at is not None]
    await fetch(
        conn,
        """UPDATE smart_search SET state = 'FAILED', ended_at = ended.at
           FROM unnest($1::uuid[], $2::timestamptz[]) AS ended (id, at) WHERE smart_search.id = ended.id""",
        [search.id for search in failed],
        [search.failed_at for search in failed],
    )


def _moot(search: LockedSearch) -> str | None:
    return None if search.state is SearchState.RUNNING else "ended"


SEARCH: Subject[LockedSearch] = Subject("smart_search", "id", _lock, _save, _moot)


def _ends(_: Policy, asked_at: datetime) -> Sequence[datetime]:
    return [asked_at + SEARCH_SECONDS]


def search_end(search_id: UUID, policy: Policy, asked_at: datetime) -> list[DeadlineRow]:
    """Return the deadline of a search that was asked for now."""
    return start(SEARCH, search_id, policy, asked_at)


def search_news(account_id: UUID, lead_id: UUID, search_id: UUID, at: datetime, outcome: str) -> EventRow:
    """Return the event that a search has ended; `outcome` is FOUND, NOTHING or FAILED."""
    return EventRow(
        account_id,
        NotificationKind.SMART_DATA_FOUND,
        at,
        lead_id=lead_id,
        parameters={"searchId": str(search_id), "outcome": outcome},
    )


@timed(
    "SMART_SEARCH_END",
    SEARCH,
    description="A search for smart contact data without an answer fails.",
    starts=_ends,
)
def fail(search: LockedSearch, due_at: datetime, journal: Journal) -> str:
    """End a search that is still running: nothing is stored or charged."""
    search.failed_at = due_at
    journal.events.append(
        search_news(search.account_id, search.lead_id, search.id, due_at, SearchState.FAILED)
    )
    return "failed"
