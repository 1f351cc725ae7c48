"""Lists of calls: a company's dashboard (S4.2), and the board of calls that agents can act on.

Both go by the clock: a call whose deadline has passed has ended, although no worker has closed it yet.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from models.base.clock import CLOCK, NOW
from models.base.database import Connection
from models.base.keyset import (
    Count,
    Cut,
    Key,
    Order,
    Page,
    SelectStatement,
    Slice,
    count_rows,
    fetch_rows,
    fetch_slice,
)
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.call_rows import rows_by_the_clock, selected
from models.calls.call_views import CALL_COLUMNS, ENDED_NOW, FROM_CALLS, CallView, call_views, may_see_call
from models.calls.outcome_now import CLOSED_NOW, OUTCOME_NOW
from models.calls.refusals import CallRefusal
from rules.calls.call_mail import CallOutcome
from rules.policy import CallPolicy

MOST_ON_BOARD = 100
LONGEST_SEARCH = timedelta(days=366)  # no index serves a search for text: the period limits what it reads
NEWEST = Order("NEWEST", (Key("call.ringing_at", "timestamptz"), Key("call.id", "uuid")), descending=True)

_USUAL = CallPolicy().agent_sees_seconds  # of versions from before the number existed
_OPEN = "call.finished_at IS NULL AND call.closed_at IS NULL"  # as stored; the index `call_open`
# Set by the deadline that a worker has not carried out yet: `closed_as`.
_FLAGGED = f"""(cardinality(call.flags) > 0
    OR ({_OPEN} AND (call.hung_up_at IS NULL OR call.answered_at IS NOT NULL) AND {CLOSED_NOW}))"""


@dataclass(frozen=True, slots=True)
class CallFilter:
    """Filter for calls; None matches everything. `caller` is E.164, the period without its end.

    `employee_id` matches calls that wanted the employee or were put through to them.
    """

    outcome: CallOutcome | None = None
    employee_id: UUID | None = None
    agent_id: UUID | None = None
    flagged: bool | None = None
    caller: str | None = None
    text: str | None = None
    open: bool | None = None
    secretariat_id: UUID | None = None
    ringing_from: datetime | None = None
    ringing_before: datetime | None = None

    def within(self, start: datetime, end: datetime) -> Self:
        """Add a period. Raises `Refusal` INVALID if it ends before it starts."""
        if end <= start:
            raise CallRefusal.COVERAGE_PERIOD_INVALID.at("period")
        return replace(self, ringing_from=start, ringing_before=end)

    def check_search(self) -> None:
        """Raise `Refusal` REQUIRED for a search for text without a period of at most 366 days."""
        if self.text is None:
            return
        start, end = self.ringing_from, self.ringing_before
        if start is None or end is None or end - start > LONGEST_SEARCH:
            raise CallRefusal.SEARCH_NEEDS_PERIOD.at("period", days=LONGEST_SEARCH.days)


async def list_calls(conn: Connection, viewer: Viewer, part: Slice, criteria: CallFilter) -> Page[CallView]:
    """List the calls that the viewer may see, newest first, in a fixed number of statements.

    Raises `Refusal` REQUIRED for a search for text without a period of at most 366 days.
    """
    statement = _listed(viewer, criteria)
    select = f"WITH {CLOCK} SELECT {CALL_COLUMNS}"
    found = await fetch_slice(conn, select, FROM_CALLS, statement, NEWEST, part)
    return Page(await call_views(conn, found.rows), found)


async def call_rows(
    conn: Connection,
    viewer: Viewer,
    part: Slice,
    criteria: CallFilter,
    names: tuple[str, ...],
    *,
    positions: bool = True,
) -> Cut:
    """Read columns of the same list, those of `names` first and in their order, with or without the positions
    of the rows; raises as `list_calls` does.
    """
    wanted = selected(names)
    statement = _listed(viewer, criteria)
    select, source = f"WITH {CLOCK} SELECT {wanted.columns}", f"{FROM_CALLS} {wanted.joins}"
    found = await fetch_slice(conn, select, source, statement, NEWEST, part, positions=positions)
    return found._replace(rows=rows_by_the_clock(found.rows, wanted))


async def count_calls(conn: Connection, viewer: Viewer, criteria: CallFilter) -> Count:
    """Count all calls that `list_calls` would list."""
    return await count_rows(conn, f"WITH {CLOCK}", FROM_CALLS, _listed(viewer, criteria))


async def board_of(conn: Connection, viewer: Viewer) -> list[CallView]:
    """Return the open calls that the viewer may see, at most 100: unanswered ones first, longest first."""
    statement = SelectStatement([])
    statement.where(_OPEN)
    statement.where(f"{ENDED_NOW} IS NULL")
    statement.where(may_see_call(statement, viewer))
    rest = f"""ORDER BY call.answered_at IS NOT NULL OR call.hung_up_at IS NOT NULL, call.ringing_at, call.id
        LIMIT {MOST_ON_BOARD}"""
    rows = await fetch_rows(conn, f"SELECT {CALL_COLUMNS}", FROM_CALLS, statement, rest)
    return await call_views(conn, rows)


def _listed(viewer: Viewer, criteria: CallFilter) -> SelectStatement:
    criteria.check_search()
    statement = SelectStatement([])
    statement.where(may_see_call(statement, viewer))
    if viewer.vendor_id is not None:
        # One value, so that the index on a secretariat's calls gives them in order.
        own = statement.bind(viewer.vendor_id, "uuid")
        statement.where(f"call.secretariat_id = (SELECT id FROM secretariat WHERE account_id = {own})")
    elif Role.AGENT in viewer.roles and not viewer.operator:
        # What `may_see_call` allows under any policy, in a form that indexes serve.
        statement.where(f"""(({_OPEN}) OR coalesce(call.finished_at, call.closed_at) > {NOW} - make_interval(
            secs => (SELECT max(coalesce(parameters->'call'->>'agent_sees_seconds',
                                         '{_USUAL}')::float) FROM policy)))""")
    _keep(statement, criteria)
    return statement


def _keep(statement: SelectStatement, criteria: CallFilter) -> None:
    if criteria.ringing_from is not None:
        statement.where(f"call.ringing_at >= {statement.bind(criteria.ringing_from, 'timestamptz')}")
    if criteria.ringing_before is not None:
        statement.where(f"call.ringing_at < {statement.bind(criteria.ringing_before, 'timestamptz')}")
    if criteria.outcome is not None:
        statement.where(f"{OUTCOME_NOW} = {statement.bind(criteria.outcome, 'text')}")
    if criteria.employee_id is not None:
        employee = statement.bind(criteria.employee_id, "uuid")
        statement.where(f"""(call.wanted_employee_id = {employee} OR EXISTS (
            SELECT FROM transfer_attempt WHERE transfer_attempt.call_id = call.id
            AND transfer_attempt.employee_id = {employee} AND transfer_attempt.result = 'ACCEPTED'))""")
    if criteria.agent_id is not None:
        statement.where(f"call.agent_id = {statement.bind(criteria.agent_id, 'uuid')}")
    if criteria.flagged is not None:
        statement.where(_FLAGGED if criteria.flagged else f"NOT {_FLAGGED}")
    if criteria.caller is not None:
        statement.where(f"call.caller = {statement.bind(criteria.caller, 'text')}")
    if criteria.text is not None:
        _search(statement, criteria.text)
    if criteria.open is not None:
        statement.where(f"{ENDED_NOW} IS {'' if criteria.open else 'NOT '}NULL")
    if criteria.secretariat_id is not None:
        statement.where(f"call.secretariat_id = {statement.bind(criteria.secretariat_id, 'uuid')}")


def _search(statement: SelectStatement, text: str) -> None:
    escaped = text.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    pattern = statement.bind(f"%{escaped}%", "text")
    # A scalar subquery: PostgreSQL makes a join of EXISTS, and could read the notes of all companies first.
    statement.where(f"""call.forgotten_at IS NULL AND (
        SELECT call_note.caller_name ILIKE {pattern} OR call_note.company ILIKE {pattern}
            OR call_note.concern ILIKE {pattern}
        FROM call_note WHERE call_note.call_id = call.id)""")
