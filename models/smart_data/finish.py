"""End of a search: what the sources answered is stored if the account may still see it, in one transaction.

It holds the locks of the person, the lead, the delivery, the contact and the settings, and decides anew: an
answer about a contact that has changed, was closed or erased meanwhile is thrown away and costs nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from asyncpg import Record

from models.base.clock import database_now
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.refusal import Refusal
from models.deadlines.settle import withdraw
from models.feed.journal import Journal
from models.leads.state import lock_lead
from models.ledger.movements import enrichment_charge
from models.outside.sources.source import SourceAnswer
from models.process.wake import Wake
from models.smart_data.context import SmartDataContext
from models.smart_data.deadlines import SEARCH, search_news
from models.smart_data.facts import is_over
from models.smart_data.locked_settings import LockedSettings, lock_settings
from models.smart_data.searched import Searched, searched_now
from models.smart_data.store import Replacement, store_found
from models.smart_data.tables import AddressStatus, SearchState
from rules.smart_data.smart_data_access import OPEN

# What was found for an account that has changed its plan meanwhile is stored, but not shown or charged.
_STORED_HIDDEN = "plan_without_it"


@dataclass(frozen=True, slots=True)
class AddressCheck:
    """What is known of the domain of an address, and since when."""

    status: AddressStatus
    at: datetime


async def finish_search(
    search_id: UUID,
    context: SmartDataContext,
    wake: Wake,
    answers: Sequence[SourceAnswer],
    checked: AddressCheck,
) -> None:
    """Store what was found and charge it, or let the search fail; nothing if it has already ended."""
    try:
        journal = await _finish(search_id, context, answers, checked)
    except Refusal:  # too few points by now: nothing was stored
        await end_failed(search_id, wake)
        return
    if journal is not None:
        await wake.send(journal.recipients, journal.due)


async def _finish(
    search_id: UUID, context: SmartDataContext, answers: Sequence[SourceAnswer], checked: AddressCheck
) -> Journal | None:
    async with transaction() as conn:
        settings = await _lock(conn, search_id)
        row = await _lock_search(conn, search_id)
        now = await database_now(conn)
        if settings is None or row is None or is_over(True, row["asked_at"], now):
            return None  # its deadline ends it, as of its time
        journal = Journal(now)
        found = await searched_now(conn, context, search_id)
        if found is None or not _may_be_stored(found):
            if found is not None:
                journal.record(search_id, found.view.access)
            await _end(conn, journal, row, SearchState.FAILED)
        else:
            await _store(conn, context, journal, row, found, settings, answers, checked)
        await withdraw(conn, SEARCH, [search_id], journal, "ended")
        await journal.write(conn)
    return journal


def _may_be_stored(found: Searched) -> bool:
    access = found.view.access
    downgraded = access.rule_id == _STORED_HIDDEN and found.view.account.switched_on
    return access.verdict is OPEN or downgraded


async def _lock(conn: Connection, search_id: UUID) -> LockedSettings | None:
    """Lock what decides whether the account may see the contact, in the order of all actions."""
    row = await fetch_one(conn, "SELECT account_id, lead_id FROM smart_search WHERE id = $1", search_id)
    if row is None:
        return None
    await lock_lead(conn, row["lead_id"], row["account_id"], alone=False)
    await fetch(
        conn,
        "SELECT FROM delivery WHERE lead_id = $1 AND account_id = $2 FOR SHARE",
        row["lead_id"],
        row["account_id"],
    )
    await fetch(conn, "SELECT FROM contact WHERE lead_id = $1 FOR SHARE", row["lead_id"])
    await fetch(conn, "SELECT FROM account WHERE id = $1 FOR SHARE", row["account_id"])
    return await lock_settings(conn, row["account_id"], shared=True)


async def _lock_search(conn: Connection, search_id: UUID) -> Record | None:
    """Lock a running search and its subject."""
    row = await fetch_one(
        conn,
        """SELECT id, account_id, lead_id, subject_id, asked_at FROM smart_search
           WHERE id = $1 AND state = 'RUNNING' FOR NO KEY UPDATE""",
        search_id,
    )
    if row is not None:
        await fetch(conn, "SELECT FROM smart_subject WHERE id = $1 FOR NO KEY UPDATE", row["subject_id"])
    return row


async def _store(
    conn: Connection,
    context: SmartDataContext,
    journal: Journal,
    row: Record,
    found: Searched,
    settings: LockedSettings,
    answers: Sequence[SourceAnswer],
    checked: AddressCheck,
) -> None:
    decision_id = journal.record(row["id"], found.view.access)
    numbers = found.view.policy.smart_data
    expires_at = journal.now + timedelta(seconds=numbers.keep_found_for)
    replacement = Replacement(row["subject_id"], row["id"], journal.now, expires_at, settings.keep_history)
    stored = await store_found(conn, context.sealer, replacement, answers)
    is_charged = stored and found.view.access.verdict is OPEN
    points = numbers.points_a_hit if is_charged else 0
    if points:
        journal.movements.append(enrichment_charge(row["account_id"], points, row["id"], decision_id))
    await _end(conn, journal, row, SearchState.DONE, stored, points, checked)


async def _end(
    conn: Connection,
    journal: Journal,
    row: Record,
    state: SearchState,
    found: int = 0,
    points: int = 0,
    checked: AddressCheck | None = None,
) -> None:
    await fetch(
        conn,
        """UPDATE smart_search SET state = $2, ended_at = $3, found = $4, points = $5, address_status = $6,
               address_checked_at = $7 WHERE id = $1""",
        row["id"],
        state,
        journal.now,
        found,
        points,
        checked and checked.status,
        checked and checked.at,
    )
    outcome = "FAILED" if state is SearchState.FAILED else "FOUND" if found else "NOTHING"
    journal.events.append(search_news(row["account_id"], row["lead_id"], row["id"], journal.now, outcome))


async def end_failed(search_id: UUID, wake: Wake) -> None:
    """Let a running search fail: nothing is stored or charged."""
    async with transaction() as conn:
        row = await _lock_search(conn, search_id)
        now = await database_now(conn)
        if row is None or is_over(True, row["asked_at"], now):
            return
        journal = Journal(now)
        await _end(conn, journal, row, SearchState.FAILED)
        await withdraw(conn, SEARCH, [search_id], journal, "ended")
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)
