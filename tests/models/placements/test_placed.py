"""What both sides are shown as an application goes on (S1.11, S1.8), and that it agrees with visibility."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from models.applications.answer import accept, decline, review
from models.base.database import connection, fetch
from models.deadlines.sweep import sweep
from models.feed.wording.language import CATALOGS
from models.feed.wording.placed import PLACED
from models.leads.facts import ApplicationStatus
from models.placements.banners import banners
from models.placements.placed import placed_messages
from models.process.wake import Silence
from rules import RulesetDefinition
from rules.engine.wording import placeholders
from rules.placements.terms import Placement, Shown
from rules.registry import MATRICES
from rules.visibility import HIDDEN
from tests.models.placements.reading import application, placed, rules_of
from tests.rules.support import make_policy
from tests.support.complaints import ACCEPTED, NO_CONSENT, PROVEN, REJECTED, filed, say, verdict
from tests.support.concurrency import APPLICATION, holding
from tests.support.database import Database
from tests.support.marketplace import CONTACT_VALUES, HOUR, START, Marketplace, apply, propose_meeting
from tests.support.reading import row

REVEAL, NEWS, MICROSECOND = 48 * HOUR, timedelta(days=14), timedelta(microseconds=1)
BANNER, TOOLTIP, MESSAGE = Placement.BANNER, Placement.TOOLTIP, Placement.SYSTEM_MESSAGE


async def _both(place: Marketplace, application_id: UUID) -> tuple[dict[str, str], dict[str, str]]:
    owner, prospect = place.vendor.owner, place.prospect.viewer
    return await rules_of(owner, application_id), await rules_of(prospect, application_id)


async def test_each_step_changes_what_both_are_shown(place: Marketplace, database: Database) -> None:
    application_id = await apply(place.vendor, place.lead)
    owner, prospect = place.vendor.owner, place.prospect.viewer
    vendor_waits = {"BANNER": "vendor_waits", "TOOLTIP": "why_hidden", "SYSTEM_MESSAGE": "silence_reveals"}
    hidden = {"TOOLTIP": "not_disclosed_yet", "SYSTEM_MESSAGE": "silence_discloses"}
    assert await _both(place, application_id) == (vendor_waits, {"BANNER": "prospect_reviews"} | hidden)
    await review(prospect, Silence(), application_id)
    assert await _both(place, application_id) == (vendor_waits, {"BANNER": "prospect_answers"} | hidden)
    banner = (await placed(owner, application_id))[BANNER]
    assert (banner.action, banner.action_until) == (Shown.WAIT, START + REVEAL)
    await accept(prospect, Silence(), application_id)
    revealed = {
        "BANNER": "vendor_can_contact",
        "TOOLTIP": "complaint_possible",
        "SYSTEM_MESSAGE": "no_meeting_ahead",
    }
    disclosed = {
        "BANNER": "prospect_disclosed",
        "TOOLTIP": "withdrawal_possible",
        "SYSTEM_MESSAGE": "no_meeting_ahead",
    }
    assert await _both(place, application_id) == (revealed, disclosed)
    assert (await placed(owner, application_id))[BANNER].action_until == START + NEWS
    await decline(prospect, Silence(), application_id)
    assert await _both(place, application_id) == (
        {
            "BANNER": "vendor_declined_after_reveal",
            "TOOLTIP": "complaint_impossible",
            "SYSTEM_MESSAGE": "answer_was_no",
        },
        {"TOOLTIP": "disclosed_before", "SYSTEM_MESSAGE": "answer_was_no"},
    )
    await database.clock.advance(NEWS)
    assert "BANNER" not in await rules_of(owner, application_id)


async def test_while_a_complaint_is_open_no_other_is_offered(place: Marketplace) -> None:
    """The prospect isn't told of it, not even in the facts of a decision."""
    owner, prospect = place.vendor.owner, place.prospect.viewer
    application_id = await apply(place.vendor, place.lead)
    await accept(prospect, Silence(), application_id)
    delivery = await row("delivery", application_id=application_id)
    _, (item,) = await filed(place.vendor, [delivery["id"]])
    assert (await placed(owner, application_id))[TOOLTIP].rule_id == "complaint_impossible"
    told = (await placed(prospect, application_id))[TOOLTIP].decision.facts
    assert told["complained"] is False
    await say(place.operator, verdict(item, REJECTED))
    assert (await placed(owner, application_id))[TOOLTIP].rule_id == "complaint_possible"


async def test_after_a_remedy_no_other_complaint_is_offered(place: Marketplace) -> None:
    """A delivery is remedied once; that the fee was refunded as well is not what decides."""
    owner = place.vendor.owner
    application_id = await apply(place.vendor, place.lead)
    await accept(place.prospect.viewer, Silence(), application_id)
    delivery = await row("delivery", application_id=application_id)
    await filed(place.vendor, [delivery["id"]], PROVEN)
    assert (await row("remedy", delivery_id=delivery["id"]))["kind"] == "POINTS"
    refund = "UPDATE application SET refunded_at = $2 WHERE id = $1"
    await fetch(connection(), refund, application_id, None)
    tooltip = (await placed(owner, application_id))[TOOLTIP]
    await fetch(connection(), refund, application_id, START)
    assert (tooltip.rule_id, tooltip.decision.facts["refunded"]) == ("complaint_impossible", False)


async def test_s1_8_a_decline_in_time_tells_what_became_of_the_fee(place: Marketplace) -> None:
    application_id = await apply(place.vendor, place.lead)
    await decline(place.prospect.viewer, Silence(), application_id)
    vendor, prospect = await _both(place, application_id)
    assert vendor == {
        "BANNER": "vendor_declined",
        "TOOLTIP": "why_never_visible",
        "SYSTEM_MESSAGE": "answer_was_no",
    }
    assert prospect == {"TOOLTIP": "never_disclosed", "SYSTEM_MESSAGE": "answer_was_no"}
    banner = (await placed(place.vendor.owner, application_id))[BANNER]
    assert banner.title == "Declined: “Website relaunch”"
    assert "Refunded to your account: 10 points." in banner.body
    assert "apply for other leads" in banner.body


async def test_why_a_fee_is_not_returned_is_part_of_the_banner(
    place: Marketplace, database: Database
) -> None:
    application_id = await apply(place.vendor, place.lead, meeting_at=START + 2 * HOUR)
    await database.clock.advance(3 * HOUR)
    await decline(place.prospect.viewer, Silence(), application_id)
    body = (await placed(place.vendor.owner, application_id))[BANNER].body
    assert "not refunded (10 points). The response came at or after the scheduled meeting time." in body


@pytest.mark.parametrize("swept", [False, True])
async def test_at_the_instant_of_the_reveal_what_is_shown_agrees_with_visibility(
    place: Marketplace, database: Database, swept: bool
) -> None:
    application_id = await apply(place.vendor, place.lead)
    await database.clock.set(START + REVEAL - MICROSECOND)
    assert (await rules_of(place.vendor.owner, application_id))["BANNER"] == "vendor_waits"
    await database.clock.set(START + REVEAL)
    if swept:
        await sweep(Silence())
    for viewer, banner in (
        (place.vendor.owner, "vendor_can_contact"),
        (place.prospect.viewer, "prospect_disclosed"),
    ):
        assert (await rules_of(viewer, application_id))["BANNER"] == banner
    tooltip = (await placed(place.vendor.owner, application_id))[TOOLTIP]
    assert tooltip.rule_id == "complaint_possible"
    assert tooltip.action_until is not None
    assert tooltip.action_until > START + REVEAL + timedelta(days=29)


async def test_while_an_answer_is_under_way_the_vendor_still_waits(
    place: Marketplace, database: Database
) -> None:
    application_id = await apply(place.vendor, place.lead)
    await database.clock.set(START + REVEAL)
    async with holding(database.url, APPLICATION, application_id):
        view = await application(place.vendor.owner, application_id)
        shown = {one.place: one.rule_id for one in placed_messages(view, place.vendor.owner)}
    assert (view.visibility.verdict, view.status) == (HIDDEN, ApplicationStatus.PENDING)
    assert (shown[BANNER], shown[TOOLTIP]) == ("vendor_waits", "why_hidden")


async def test_a_proposed_time_is_asked_of_the_other_side_until_it_begins(
    place: Marketplace, database: Database
) -> None:
    application_id = await apply(place.vendor, place.lead)
    at, owner, prospect = START + 5 * HOUR, place.vendor.owner, place.prospect.viewer
    await propose_meeting(owner, application_id, at)
    assert (await rules_of(owner, application_id))["BANNER"] == "vendor_waits"
    assert (await rules_of(prospect, application_id))["BANNER"] == "prospect_reviews"
    assert (await rules_of(prospect, application_id))["TOOLTIP"] == "time_proposed_before_answer"
    await accept(prospect, Silence(), application_id)
    asked = await placed(prospect, application_id)
    for one in (asked[BANNER], asked[MESSAGE]):
        assert (one.action, one.action_until) == (Shown.CONFIRM_MEETING, at)
    assert not asked[BANNER].dismissible
    waits = (await placed(owner, application_id))[MESSAGE]
    assert (waits.rule_id, waits.action_until) == ("time_not_confirmed", at)
    assert "2 March 2026, 14:00" in waits.body
    await propose_meeting(prospect, application_id, at)
    for viewer in (owner, prospect):
        message = (await placed(viewer, application_id))[MESSAGE]
        assert (message.rule_id, message.action_until) == ("meeting_comes", at)
    await database.clock.set(at)
    assert (await rules_of(owner, application_id))["SYSTEM_MESSAGE"] == "no_meeting_ahead"


async def test_a_closed_contact_is_explained_without_identity(place: Marketplace) -> None:
    application_id = await apply(place.vendor, place.lead)
    await accept(place.prospect.viewer, Silence(), application_id)
    await fetch(connection(), "UPDATE delivery SET closed = 'NO_CONSENT'")
    shown = await placed(place.vendor.owner, application_id)
    assert [shown[one].rule_id for one in (BANNER, TOOLTIP, MESSAGE)] == [
        "vendor_contact_closed",
        "why_closed",
        "no_more_contact",
    ]
    text = "".join(one.title + one.body for one in shown.values())
    assert not any(value in text for value in CONTACT_VALUES)
    assert await placed(place.prospect.viewer, application_id) == {}
    await fetch(connection(), "UPDATE delivery SET closed = 'NO'")


async def test_a_contact_that_is_closed_late_is_news_from_then_on(
    place: Marketplace, database: Database
) -> None:
    """The complaint window is longer than the news of the answer."""
    owner = place.vendor.owner
    application_id = await apply(place.vendor, place.lead)
    await accept(place.prospect.viewer, Silence(), application_id)
    await database.clock.advance(NEWS + HOUR)
    assert await banners(connection(), owner, 5) == []
    delivery = await row("delivery", application_id=application_id)
    _, (item,) = await filed(place.vendor, [delivery["id"]], reason=NO_CONSENT)
    await say(place.operator, verdict(item, ACCEPTED, "The person complained to us."))
    (banner,) = [one for one in await banners(connection(), owner, 5) if one.subject.id == application_id]
    assert (banner.rule_id, banner.action_until) == ("vendor_contact_closed", START + 2 * NEWS + HOUR)
    assert (await placed(owner, application_id))[BANNER].rule_id == "vendor_contact_closed"
    await database.clock.advance(NEWS)
    assert BANNER not in await placed(owner, application_id)
    assert not [one for one in await banners(connection(), owner, 5) if one.subject.id == application_id]


async def test_operators_are_shown_nothing_about_applications(place: Marketplace) -> None:
    application_id = await apply(place.vendor, place.lead)
    assert await placed(place.operator, application_id) == {}


@pytest.mark.parametrize("definition", MATRICES, ids=lambda one: one.name)
def test_every_shown_rule_has_words_in_each_language_with_the_same_placeholders(
    definition: RulesetDefinition[Any],
) -> None:
    rules = {
        rule.id
        for rule in definition.rules(make_policy())
        if rule.verdict is not Shown.NOTHING and not rule.id.startswith("notice_")
    }
    words = PLACED[definition.name]
    assert words.keys() == rules
    for rule_id, said in words.items():
        assert said.keys() == CATALOGS.keys(), rule_id
        shapes = [
            (placeholders(notice.title), [placeholders(text) for text in notice.body])
            for notice in said.values()
        ]
        assert all(shape == shapes[0] for shape in shapes), rule_id
        assert len({(notice.title, notice.body) for notice in said.values()}) == len(CATALOGS), rule_id
