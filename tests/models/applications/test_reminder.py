"""S1.10: whether, when and with which text the prospect is reminded.

The tests set the database's clock and never sleep.
"""

from datetime import datetime, timedelta

import pytest

from models.applications.answer import accept, decline, review
from models.deadlines.sweep import sweep
from models.process.wake import Silence
from rules import production_parameters
from tests.support.database import Database
from tests.support.marketplace import HOUR, LONG_AGO, SECOND, START, Marketplace, apply, publish_policy
from tests.support.reading import REMIND_AFTER, application, event_kinds, mailed, outcomes, row, rows_of

QUIET = Silence()
DUE = START + REMIND_AFTER


async def _sweep_at(database: Database, at: datetime) -> None:
    await database.clock.set(at)
    await sweep(QUIET)


@pytest.mark.parametrize(("offset", "reminders"), [(-SECOND, 0), (timedelta(0), 1), (SECOND, 1)])
async def test_the_reminder_is_due_at_24_hours(
    place: Marketplace, database: Database, offset: timedelta, reminders: int
) -> None:
    """Not a second earlier, and as of exactly 24 h whenever it is carried out."""
    made = await apply(place.vendor, place.lead)
    await _sweep_at(database, DUE + offset)
    assert (await event_kinds(place.prospect.id)).count("REVIEW_REMINDER") == reminders
    assert (await mailed(made)).count("not_reviewed") == reminders
    assert [one["at"] for one in await rows_of("feed_event", kind="REVIEW_REMINDER")] == [DUE] * reminders


@pytest.mark.parametrize(
    ("opened_at", "words"),
    [
        (None, "not_reviewed"),
        (DUE - SECOND, "opened_but_not_answered"),
        (DUE, "not_reviewed"),
        (DUE + SECOND, "not_reviewed"),
    ],
)
@pytest.mark.parametrize("late", [timedelta(0), 5 * HOUR])
async def test_the_reminders_text_depends_on_an_opening_before_the_due_time(
    place: Marketplace, database: Database, opened_at: datetime | None, words: str, late: timedelta
) -> None:
    """However late the worker is, opening at or after 24 h does not change the reminder."""
    made = await apply(place.vendor, place.lead)
    if opened_at is not None:
        await database.clock.set(opened_at)
        await review(place.prospect.viewer, QUIET, made)
    await _sweep_at(database, DUE + 2 * SECOND + late)
    assert (await outcomes(made))["REVIEW_REMINDER"] == words
    assert (await row("outbox_message", subject=made, recipient=place.prospect.id, template=words))[
        "not_before"
    ] == DUE
    assert (await row("feed_event", kind="REVIEW_REMINDER"))["parameters"] == f'{{"ruleId": "{words}"}}'


@pytest.mark.parametrize("answer", [accept, decline])
@pytest.mark.parametrize("at", [START, DUE - SECOND])
async def test_a_prospect_who_has_answered_is_not_reminded(
    place: Marketplace, database: Database, answer: object, at: datetime
) -> None:
    """After an answer before 24 h, neither the feed nor the outbox has a reminder."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(at)
    await answer(place.prospect.viewer, QUIET, made)  # type: ignore[operator]
    await _sweep_at(database, DUE + SECOND)
    await _sweep_at(database, START + 49 * HOUR)
    assert "REVIEW_REMINDER" not in await event_kinds(place.prospect.id)
    assert (await outcomes(made))["REVIEW_REMINDER"] == "answered"


async def test_an_answer_before_a_late_reminder_sends_no_mail(place: Marketplace, database: Database) -> None:
    """The worker was down at 24 h: the answer at 30 h settles the reminder and sends none."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(START + 30 * HOUR)
    await accept(place.prospect.viewer, QUIET, made)
    assert (await outcomes(made))["REVIEW_REMINDER"] == "not_reviewed", "as of 24 h it was due"
    assert "not_reviewed" not in await mailed(made)


async def test_an_unsent_reminder_is_moot_after_the_answer(place: Marketplace, database: Database) -> None:
    """Written at 24 h and not sent yet: the answer withdraws it immediately, not only at the reveal."""
    made = await apply(place.vendor, place.lead)
    await _sweep_at(database, DUE)
    reminder = await row("outbox_message", subject=made, template="not_reviewed")
    assert reminder["expires_at"] == START + 48 * HOUR
    await database.clock.set(DUE + HOUR)
    await decline(place.prospect.viewer, QUIET, made)
    reminder = await row("outbox_message", subject=made, template="not_reviewed")
    assert reminder["expires_at"] == DUE + HOUR


async def test_a_switch_limits_reminders_to_unopened_applications(
    place: Marketplace, database: Database
) -> None:
    """With `only_unopened`, only the unopened application has a reminder."""
    parameters = production_parameters()
    parameters["reminder"]["only_unopened"] = True
    await publish_policy(place.market.id, "narrow", parameters, START - SECOND)
    opened = await apply(place.vendor, place.lead)
    unopened = await apply(place.other_vendor, place.lead)
    await review(place.prospect.viewer, QUIET, opened)
    await _sweep_at(database, DUE)
    assert (await outcomes(opened))["REVIEW_REMINDER"] == "opened_is_enough"
    assert (await outcomes(unopened))["REVIEW_REMINDER"] == "not_reviewed"
    assert (await event_kinds(place.prospect.id)).count("REVIEW_REMINDER") == 1


async def test_opening_an_application_never_stops_its_reveal(place: Marketplace, database: Database) -> None:
    """The reading of S1.10: the first opening counts, later ones change nothing."""
    made = await apply(place.vendor, place.lead)
    for hours in (1, 2, 47):
        await database.clock.set(START + hours * HOUR)
        await review(place.prospect.viewer, QUIET, made)
    assert (await application(made))["reviewed_at"] == START + HOUR
    assert (await application(made))["version"] == 2, "one change in all"
    await _sweep_at(database, START + 48 * HOUR)
    assert (await application(made))["revealed_at"] == START + 48 * HOUR


async def test_reviewing_settles_what_is_due_first(place: Marketplace, database: Database) -> None:
    """No worker ran for three days: at the opening, the contact data has been revealed since 48 h."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(START + 72 * HOUR)
    await review(place.prospect.viewer, QUIET, made)
    stored = await application(made)
    assert (stored["revealed_at"], stored["reviewed_at"]) == (START + 48 * HOUR, START + 72 * HOUR)
    assert await outcomes(made) == {"REVIEW_REMINDER": "not_reviewed", "REVEAL": "revealed_by_silence"}


async def test_a_running_case_keeps_its_policy(place: Marketplace, database: Database) -> None:
    """A new version applies only to new applications."""
    old = await apply(place.vendor, place.lead)
    parameters = production_parameters()
    parameters["reveal"]["reveal_after"] = 3600
    parameters["reminder"]["review_reminder_after"] = 1800
    policy_id, version = await publish_policy(place.market.id, "quick", parameters, START + SECOND)
    assert LONG_AGO < START
    await database.clock.set(START + SECOND)
    new = await apply(place.other_vendor, place.lead)
    await _sweep_at(database, START + SECOND + HOUR)
    assert (await application(old))["revealed_at"] is None
    assert (await application(new))["revealed_at"] == START + SECOND + HOUR
    assert (await application(new))["policy_id"] == policy_id
    assert {one["policy_version"] for one in await rows_of("decision", subject=new)} == {version}
