"""A second reminder at 36 h: one ruleset and one registration start it, sweep it and withdraw it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from models.applications.answer import accept, decline
from models.applications.case import Case
from models.applications.deadlines import APPLICATION, reminder_due, send_reminder
from models.deadlines.registry import descriptions, timed
from models.deadlines.sweep import seconds_until_due, sweep
from models.feed.journal import Journal
from models.process.wake import Silence
from models.reconciliation import reconcile
from rules import Policy, Response, ReviewReminderFacts, m, rule, ruleset
from rules.review_reminder import QUIET, REMIND
from tests.support.database import Database
from tests.support.marketplace import HOUR, SECOND, START, Marketplace, apply
from tests.support.reading import event_kinds, outcomes, row, rows_of

WAKE = Silence()
KIND = "SECOND_REMINDER"
DUE = START + 36 * HOUR


# The rule, as it would be written in rules/.
@ruleset("second_reminder", ReviewReminderFacts, since=("waited",), fail_closed=QUIET)
def second_reminder(p: Policy) -> None:
    """Answered, too early, due: halfway between the first reminder and the reveal."""
    silent = m.response == Response.NONE
    halfway = (p.reminder.review_reminder_after + p.reveal.reveal_after) // 2

    @rule(QUIET, "S1.10", m.response.among(Response.ACCEPTED, Response.DECLINED, Response.WITHDRAWN))
    def answered() -> None:
        """The prospect has answered."""

    @rule(QUIET, "S1.10", silent & (m.waited < halfway))
    def too_early() -> None:
        """It is too early for a second reminder."""

    @rule(REMIND, "S1.10", silent & (m.waited >= halfway) & ~m.opened)
    def still_not_reviewed() -> None:
        """The application was not opened after the first reminder."""

    @rule(REMIND, "S1.10", silent & (m.waited >= halfway) & m.opened)
    def still_not_answered() -> None:
        """The application was opened, but not answered after the first reminder."""


def _key(case_id: UUID) -> str:
    return f"second_reminder:{case_id}"


@pytest.fixture(autouse=True)
def _registered() -> Iterator[None]:
    # The registration, as it would be written in models/applications/deadlines.py.
    @timed(
        KIND,
        APPLICATION,
        description="The prospect is reminded once more.",
        starts=reminder_due(second_reminder),
        message=_key,
    )
    def remind_again(case: Case, due_at: datetime, journal: Journal) -> str:
        return send_reminder(second_reminder, _key(case.id), case, due_at, journal)

    yield
    del APPLICATION.kinds[KIND]


async def _mails(case_id: UUID) -> list[tuple[datetime, datetime | None]]:
    rows = await rows_of("outbox_message", subject=case_id, idempotency_key=_key(case_id))
    return [(one["not_before"], one["expires_at"]) for one in rows]


async def test_a_second_reminder_starts_with_the_application(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    assert (await row("deadline", subject=made, kind=KIND))["due_at"] == DUE
    assert descriptions()[KIND] == "The prospect is reminded once more."


@pytest.mark.parametrize(("offset", "reminders"), [(-SECOND, 1), (timedelta(0), 2), (5 * HOUR, 2)])
async def test_a_second_reminder_is_swept_at_36_hours(
    place: Marketplace, database: Database, offset: timedelta, reminders: int
) -> None:
    """Not a second before, and as of 36 h however late the sweep is."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(DUE - 2 * SECOND)
    await sweep(WAKE)
    if offset < timedelta(0):
        assert await seconds_until_due(DUE - 2 * SECOND) == 2.0
    await database.clock.set(DUE + offset)
    done = [(one.kind, one.outcome) for one in (await sweep(WAKE)).deadlines]
    due = reminders == 2
    assert done == ([(KIND, "still_not_reviewed")] if due else [])
    assert (await event_kinds(place.prospect.id)).count("REVIEW_REMINDER") == reminders
    assert await _mails(made) == ([(DUE, START + 48 * HOUR)] if due else [])
    assert (await outcomes(made))[KIND] == ("still_not_reviewed" if due else None)
    assert (await reconcile()).findings == ()


@pytest.mark.parametrize("answer", [accept, decline])
async def test_an_answer_withdraws_a_pending_second_reminder(
    place: Marketplace, database: Database, answer: object
) -> None:
    made = await apply(place.vendor, place.lead)
    await database.clock.set(DUE - SECOND)
    await answer(place.prospect.viewer, WAKE, made)  # type: ignore[operator]
    await database.clock.set(DUE)
    assert (await sweep(WAKE)).deadlines == []
    assert (await outcomes(made))[KIND] == "answered"
    assert (await event_kinds(place.prospect.id)).count("REVIEW_REMINDER") == 1
    assert await _mails(made) == []


async def test_an_answer_withdraws_an_unsent_second_reminder(place: Marketplace, database: Database) -> None:
    """Written and not sent yet: the answer withdraws it immediately."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(DUE)
    await sweep(WAKE)
    await database.clock.set(DUE + HOUR)
    await decline(place.prospect.viewer, WAKE, made)
    assert await _mails(made) == [(DUE, DUE + HOUR)]


async def test_an_answer_that_settles_a_late_reminder_sends_none(
    place: Marketplace, database: Database
) -> None:
    """No worker ran at 36 h: the answer at 40 h settles the reminder and sends none."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(DUE + 4 * HOUR)
    await accept(place.prospect.viewer, WAKE, made)
    assert (await outcomes(made))[KIND] == "still_not_reviewed"
    assert await _mails(made) == []


async def test_a_second_reminder_is_swept_with_its_cases_other_deadlines(
    place: Marketplace, database: Database
) -> None:
    """Three days late: both reminders and the reveal in one sweep, in the order of their due times."""
    await apply(place.vendor, place.lead)
    await database.clock.set(START + 72 * HOUR)
    settled = await sweep(WAKE)
    assert [one.kind for one in settled.deadlines] == ["REVIEW_REMINDER", KIND, "REVEAL"]
    assert settled.lateness == [48 * 3600.0, 36 * 3600.0, 24 * 3600.0]
    assert not settled.more
