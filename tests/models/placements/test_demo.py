"""The demo's steps change banner, tooltip, system message and notifications for Vera and Petra (S1.11)."""

from datetime import timedelta
from uuid import UUID

import pytest

from models.accounts.passwords import Passwords
from models.applications.answer import accept, decline, review
from models.applications.submit import submit
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.deadlines.sweep import sweep
from models.feed.list import list_notifications
from models.placements.banners import banners
from models.placements.notifications import standing_of
from models.process.wake import Silence
from models.seed import USERS, people, seed
from models.seed.leads import DEMO_LEADS
from settings import Settings
from tests.models.placements.reading import application, rules_of
from tests.support.database import Database
from tests.support.hashing import CHEAP
from tests.support.marketplace import START

Shown = dict[str, str]


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "Passwords", lambda: Passwords(CHEAP))


async def _user(email: str) -> Viewer:
    return await people._viewer(email, next(user.role for user in USERS if user.email == email))


async def _apply(vera: Viewer, number: int) -> UUID:
    (lead,) = await fetch(connection(), "SELECT id FROM lead WHERE title = $1", DEMO_LEADS[number].title)
    return await submit(
        vera, Silence(), lead_id=lead["id"], introduction="We are five.", idempotency_key=new_id().hex
    )


async def _shown(viewer: Viewer, application_id: UUID) -> Shown:
    """Return the rules by place, the latest notification of the application, and what it asks now."""
    assert viewer.recipient is not None
    page = await list_notifications(connection(), viewer.recipient, first=50)
    latest = next(item for item in page.items if item.event.application_id == application_id)
    standing = standing_of(latest, await application(viewer, application_id), viewer)
    listed = [one for one in await banners(connection(), viewer, 20) if one.subject.id == application_id]
    found = await rules_of(viewer, application_id)
    assert [one.rule_id for one in listed] == [found[place] for place in found if place == "BANNER"]
    current = "" if standing.current else " (passed)"
    return found | {"NOTIFICATION": f"{latest.event.kind} {standing.action}{current}"}


async def test_each_step_of_the_demo_changes_what_vera_and_petra_are_shown(database: Database) -> None:
    await database.clock.set(START)
    await seed(Settings(database_url=database.url, demo_hour_seconds=1))
    vera, petra = await _user(people.VENDOR), await _user(people.PROSPECT)
    one = await _apply(vera, 0)
    seen: list[tuple[Shown, Shown]] = [(await _shown(vera, one), await _shown(petra, one))]
    assert seen[-1] == (
        {
            "BANNER": "vendor_waits",
            "TOOLTIP": "why_hidden",
            "SYSTEM_MESSAGE": "silence_reveals",
            "NOTIFICATION": "APPLICATION_SUBMITTED WAIT",
        },
        {
            "BANNER": "prospect_reviews",
            "TOOLTIP": "not_disclosed_yet",
            "SYSTEM_MESSAGE": "silence_discloses",
            "NOTIFICATION": "APPLICATION_RECEIVED REVIEW",
        },
    )
    await review(petra, Silence(), one)
    await database.clock.advance(timedelta(seconds=24))
    await sweep(Silence())
    assert await _shown(petra, one) == {
        "BANNER": "prospect_answers",
        "TOOLTIP": "not_disclosed_yet",
        "SYSTEM_MESSAGE": "silence_discloses",
        "NOTIFICATION": "REVIEW_REMINDER ANSWER",
    }
    await database.clock.advance(timedelta(seconds=24))
    await sweep(Silence())
    assert (await _shown(vera, one), await _shown(petra, one)) == (
        {
            "BANNER": "vendor_can_contact",
            "TOOLTIP": "complaint_possible",
            "SYSTEM_MESSAGE": "no_meeting_ahead",
            "NOTIFICATION": "CONTACT_REVEALED CONTACT",
        },
        {
            "BANNER": "prospect_disclosed",
            "TOOLTIP": "answer_still_possible",
            "SYSTEM_MESSAGE": "no_meeting_ahead",
            "NOTIFICATION": "CONTACT_DISCLOSED INFORM",
        },
    )
    await accept(petra, Silence(), one)
    assert (await _shown(vera, one))["NOTIFICATION"] == "APPLICATION_ACCEPTED CONTACT"
    assert (await _shown(petra, one))["TOOLTIP"] == "withdrawal_possible"
    await decline(petra, Silence(), one)
    assert (await _shown(vera, one), await _shown(petra, one)) == (
        {
            "BANNER": "vendor_declined_after_reveal",
            "TOOLTIP": "complaint_impossible",
            "SYSTEM_MESSAGE": "answer_was_no",
            "NOTIFICATION": "FEE_REFUNDED INFORM",
        },
        {
            "TOOLTIP": "disclosed_before",
            "SYSTEM_MESSAGE": "answer_was_no",
            "NOTIFICATION": "CONTACT_DISCLOSED INFORM (passed)",
        },
    )


async def test_another_answer_in_the_demo_sends_vera_elsewhere(database: Database) -> None:
    await database.clock.set(START)
    await seed(Settings(database_url=database.url, demo_hour_seconds=1))
    vera, petra = await _user(people.VENDOR), await _user(people.PROSPECT)
    two = await _apply(vera, 1)
    await decline(petra, Silence(), two)
    assert (await _shown(vera, two), await _shown(petra, two)) == (
        {
            "BANNER": "vendor_declined",
            "TOOLTIP": "why_never_visible",
            "SYSTEM_MESSAGE": "answer_was_no",
            "NOTIFICATION": "FEE_REFUNDED INFORM",
        },
        {
            "TOOLTIP": "never_disclosed",
            "SYSTEM_MESSAGE": "answer_was_no",
            "NOTIFICATION": "APPLICATION_RECEIVED INFORM (passed)",
        },
    )
