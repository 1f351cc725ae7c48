"""Calls that nobody ends are closed by their deadlines, as of the due time, however late (S4 R.closing)."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
import pytest_asyncio

from models.base.clock import database_now
from models.base.database import connection, fetch, fetch_one, transaction
from models.calls.call_case import AGENTS_FEED, CallCase, end_call, moved
from models.calls.call_store import lock_calls, save_calls
from models.calls.call_tables import Call, CallFlag, LegKind
from models.calls.closing import CALL, closed_as
from models.calls.merge import FactKind, PhoneFact
from models.calls.notices import write_notices
from models.calls.outcome_now import OUTCOME_NOW
from models.calls.state import CallChange, outcome_of, state_of
from models.calls.take_fact import take_fact
from models.deadlines.settle import settle_due
from models.deadlines.sweep import sweep
from models.feed.journal import Journal
from models.feed.kinds import NotificationKind
from models.process.wake import Silence
from rules.calls.call_closing import CallState
from rules.calls.call_mail import CallOutcome
from tests.support.calls import NUMBER, make_employee, make_secretariat
from tests.support.database import Database, DatabaseClock
from tests.support.marketplace import SECOND, START, Marketplace
from tests.support.reading import event_kinds

QUIET = Silence()
RING, TALK, WRAP_UP = timedelta(seconds=180), timedelta(hours=4), timedelta(minutes=15)


@dataclass(frozen=True)
class Phone:
    """A telephone system that tells of calls to one company, and who hears of them."""

    clock: DatabaseClock
    employee: UUID
    account: UUID
    agent: UUID
    operator: UUID

    async def tell(self, kind: FactKind, second: int, leg: str = "caller", call: str = "call") -> UUID:
        """Merge a fact that happened `second` seconds after the start; return the call."""
        leg_kind = {"caller": LegKind.CALLER, "agent": LegKind.AGENT}.get(leg, LegKind.EMPLOYEE)
        at = START + second * SECOND
        fact = PhoneFact(
            kind,
            f"{call}:{leg}",
            leg_kind,
            at,
            at,
            agent_id=self.agent if leg_kind is LegKind.AGENT else None,
            employee_id=self.employee if leg_kind is LegKind.EMPLOYEE else None,
        )
        call_id = await take_fact(QUIET, call, NUMBER, fact)
        assert call_id is not None
        return call_id


@pytest_asyncio.fixture(loop_scope="session")
async def phone(place: Marketplace, database: Database) -> Phone:
    """A company with an employee, at the start of the clock."""
    await database.clock.set(START)
    await make_secretariat(place)
    employee = await make_employee(place.vendor.owner, "Mira Osterwald", extension="+49 30 23125 102")
    assert place.agent.user_id is not None
    assert place.operator.user_id is not None
    return Phone(database.clock, employee, place.vendor.id, place.agent.user_id, place.operator.user_id)


async def listed(call_id: UUID) -> str | None:
    """Return a call's outcome as lists and statistics read it."""
    row = await fetch_one(connection(), f"SELECT {OUTCOME_NOW} AS outcome FROM call WHERE id = $1", call_id)
    assert row is not None
    outcome: str | None = row["outcome"]
    return outcome


async def mails(call_id: UUID) -> int:
    """Return how many emails were written about a call."""
    return len(
        await fetch(
            connection(),
            "SELECT FROM call_notice WHERE call_id = $1 AND channel = 'EMAIL' AND message_id IS NOT NULL",
            call_id,
        )
    )


async def deadlines(call_id: UUID) -> list[tuple[datetime, str | None]]:
    """Return when the deadlines of a call are due and how they ended, by ordinal."""
    rows = await fetch(
        connection(), "SELECT due_at, outcome FROM deadline WHERE subject = $1 ORDER BY ordinal", call_id
    )
    return [(row["due_at"], row["outcome"]) for row in rows]


async def read(call_id: UUID) -> CallCase:
    """Return the call as a working copy."""
    async with transaction() as conn:
        (case,) = await lock_calls(conn, [call_id])
    return case


async def finish(call_id: UUID) -> CallCase:
    """Finish a call as an agent does: carry out what is due, and end the call if it is still open."""
    async with transaction() as conn:
        (case,) = await lock_calls(conn, [call_id])
        journal = Journal(await database_now(conn))
        await settle_due(conn, CALL, [case], journal)
        if not case.ended:
            end_call(case, CallOutcome.MESSAGE_TAKEN, finished_at=journal.now)
            moved(case, CallChange.FINISHED, journal)
            await write_notices(conn, case, journal)
        await save_calls(conn, [case])
        await journal.write(conn)
    return case


ANSWERED = (FactKind.ANSWERED, 5, "agent")
CONSULTING = (FactKind.CONSULTING, 20, "mira")
TRANSFERRED = (FactKind.TRANSFERRED, 30, "mira")
HUNG_UP = (FactKind.HUNG_UP, 60, "caller")
_ABANDONED, _UNFINISHED = CallOutcome.ABANDONED, CallOutcome.UNFINISHED
_NEVER_ENDED, _NOTE_MISSING = CallFlag.NEVER_ENDED, CallFlag.NOTE_MISSING
TABLE = [
    ([], CallState.RINGING, RING, _ABANDONED, _NEVER_ENDED, "never_answered"),
    ([ANSWERED], CallState.TALKING, TALK, _UNFINISHED, _NEVER_ENDED, "hangup_missing"),
    ([ANSWERED, CONSULTING], CallState.CONSULTING, TALK, _UNFINISHED, _NEVER_ENDED, "hangup_missing"),
    (
        [ANSWERED, CONSULTING, TRANSFERRED],
        CallState.TRANSFERRED,
        TALK,
        CallOutcome.TRANSFERRED,
        _NEVER_ENDED,
        "hangup_missing",
    ),
    ([ANSWERED, HUNG_UP], CallState.HUNG_UP, WRAP_UP, _UNFINISHED, _NOTE_MISSING, "note_missing"),
    ([HUNG_UP], CallState.HUNG_UP, WRAP_UP, _ABANDONED, None, "note_missing"),
]


async def test_each_change_of_state_moves_the_deadline(phone: Phone) -> None:
    call_id = await phone.tell(FactKind.RINGING, 0)
    for told in (ANSWERED, CONSULTING, TRANSFERRED, TRANSFERRED, HUNG_UP):
        await phone.tell(*told)
    await finish(call_id)
    assert await deadlines(call_id) == [
        (START + RING, "replaced"),
        (START + 5 * SECOND + TALK, "replaced"),
        (START + 20 * SECOND + TALK, "replaced"),
        (START + 30 * SECOND + TALK, "replaced"),
        (START + 60 * SECOND + WRAP_UP, "ended"),
    ]
    case = await read(call_id)
    assert (case.version, case.pending) == (6, [])
    assert case.attempts[0].decision_id is not None


@pytest.mark.parametrize(
    ("told", "state", "patience", "outcome", "flag", "rule"),
    TABLE,
    ids=["ringing", "talking", "consulting", "transferred", "hung_up", "given_up"],
)
async def test_a_call_is_closed_as_of_its_due_time_though_the_worker_was_dead_for_a_week(
    phone: Phone,
    told: list[tuple[FactKind, int, str]],
    state: CallState,
    patience: timedelta,
    outcome: CallOutcome,
    flag: CallFlag | None,
    rule: str,
) -> None:
    call_id = await phone.tell(FactKind.RINGING, 0)
    for one in told:
        await phone.tell(*one)
    case = await read(call_id)
    now_in, since = state_of(case)
    flags = frozenset() if flag is None else frozenset({flag})
    assert (now_in, closed_as(case)) == (state, (outcome, flags))
    due_at = since + patience
    await phone.clock.set(due_at - timedelta(microseconds=1))
    assert (await sweep(QUIET)).deadlines == []
    assert await listed(call_id) == outcome_of(case)
    await phone.clock.set(due_at)
    assert await listed(call_id) == outcome  # before any worker comes
    await phone.clock.set(due_at + timedelta(days=7))
    assert [one.outcome for one in (await sweep(QUIET)).deadlines] == [rule]
    assert (await sweep(QUIET)).deadlines == []
    closed = await read(call_id)
    assert (closed.closed_at, closed.outcome, closed.flags) == (due_at, outcome, flags)
    assert closed.forget_at == due_at + timedelta(days=180)
    assert closed.open_attempt is None
    for watcher in (phone.agent, phone.operator):
        assert (NotificationKind.CALL_FLAGGED in await event_kinds(watcher)) is (flag is _NOTE_MISSING)
    assert await mails(call_id) == (0 if closed.answered_at is None else 1)


async def test_an_event_of_each_change_is_in_the_feeds_of_the_agents_and_of_the_account(phone: Phone) -> None:
    call_id = await phone.tell(FactKind.RINGING, 0)
    await phone.tell(*ANSWERED)
    await phone.tell(*ANSWERED)
    await phone.clock.set(START + TALK + 6 * SECOND)
    await sweep(QUIET)
    for recipient in (AGENTS_FEED, phone.account):
        rows = await fetch(
            connection(),
            """SELECT parameters->>'change' AS change, at FROM feed_event
               WHERE recipient = $1 AND kind = 'CALL_CHANGED' AND parameters->>'callId' = $2 ORDER BY seq""",
            recipient,
            str(call_id),
        )
        assert [row["change"] for row in rows] == ["RINGING", "ANSWERED", "CLOSED"]
        assert rows[-1]["at"] == START + TALK + 5 * SECOND


async def test_facts_that_come_after_the_closing_correct_times_and_send_nothing(phone: Phone) -> None:
    call_id = await phone.tell(FactKind.RINGING, 0)
    await phone.tell(*ANSWERED)
    await phone.clock.set(START + timedelta(hours=5))
    await sweep(QUIET)
    sent = await mails(call_id)
    await phone.tell(*HUNG_UP)
    case = await read(call_id)
    assert (case.hung_up_at, case.outcome) == (START + 60 * SECOND, _UNFINISHED)
    assert case.flags == {_NEVER_ENDED, CallFlag.TIMES_CORRECTED}
    assert case.pending == []
    assert await mails(call_id) == sent == 1


async def test_a_finish_and_the_closing_never_both_end_a_call(phone: Phone) -> None:
    call_id = await phone.tell(FactKind.RINGING, 0)
    await phone.tell(*ANSWERED)
    await phone.tell(*HUNG_UP)
    await phone.clock.set(START + 60 * SECOND + WRAP_UP)
    await asyncio.gather(finish(call_id), sweep(QUIET), finish(call_id))
    await sweep(QUIET)
    case = await read(call_id)
    assert (case.finished_at, case.closed_at, case.outcome) == (None, phone.clock.now, _UNFINISHED)
    assert await mails(call_id) == 1


async def test_a_finish_in_time_leaves_nothing_to_close(phone: Phone) -> None:
    call_id = await phone.tell(FactKind.RINGING, 0)
    await phone.tell(*ANSWERED)
    await phone.clock.set(START + 60 * SECOND)
    await finish(call_id)
    await phone.clock.set(START + timedelta(days=2))
    assert (await sweep(QUIET)).deadlines == []
    assert (await read(call_id)).closed_at is None


async def test_who_asked_to_be_forgotten_during_the_call_is_forgotten_when_it_ends(phone: Phone) -> None:
    call_id = await phone.tell(FactKind.RINGING, 0)
    await fetch(connection(), "UPDATE call SET forget_at = $2 WHERE id = $1", call_id, START)
    await phone.clock.set(START + RING)
    await sweep(QUIET)
    assert (await read(call_id)).forget_at == START


async def test_any_order_gives_the_same_rows_also_when_the_first_facts_arrive_together(phone: Phone) -> None:
    told = [(FactKind.RINGING, 0, "caller"), ANSWERED, CONSULTING, TRANSFERRED, HUNG_UP]
    found = []
    for place, order in enumerate(([0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 4, 0, 3, 1])):
        external = f"call-{place}"
        await asyncio.gather(*(phone.tell(*told[one], call=external) for one in order[:2]))
        for one in [*order, order[0]]:
            call_id = await phone.tell(*told[one], call=external)
        case = await read(call_id)
        found.append(
            (
                case.ringing_at,
                case.answered_at,
                case.agent_id,
                case.hung_up_at,
                case.caller,
                [(one.result, one.started_at, one.result_at, one.leg is not None) for one in case.attempts],
                state_of(case),
                [one.due_at for one in case.pending],
            )
        )
    assert found[0] == found[1] == found[2]
    assert await Call.all().count() == 3


async def test_a_fact_about_a_number_that_is_nobodys_begins_no_call(phone: Phone) -> None:
    fact = PhoneFact(FactKind.RINGING, "caller", LegKind.CALLER, START, START)
    assert await take_fact(QUIET, "lost", "+493023125999", fact) is None
    assert await take_fact(QUIET, "lost", None, fact) is None
    assert not await Call.exists()
