"""Dismissing banners: for one user and one rule; what waits for an answer stays."""

from uuid import UUID

import pytest

from models.applications.answer import accept, decline
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.refusal import Refusal
from models.base.viewer import Viewer
from models.feed.refusals import NotificationRefusal
from models.placements.dismiss import dismiss_banner
from models.process.wake import Silence
from tests.models.placements.reading import rules_of
from tests.support.marketplace import Marketplace, apply

NOT_FOUND, STAYS = NotificationRefusal.BANNER_NOT_FOUND, NotificationRefusal.BANNER_NOT_DISMISSIBLE


async def _refused(viewer: Viewer, subject: UUID, rule: str, kind: str = "Application") -> Refusal:
    with pytest.raises(Refusal) as refusal:
        await dismiss_banner(viewer, kind, subject, rule)
    assert await fetch(connection(), "SELECT FROM banner_dismissal") == []
    return refusal.value


async def test_a_dismissed_banner_is_hidden_from_one_user_until_the_next_rule(place: Marketplace) -> None:
    application_id = await apply(place.vendor, place.lead)
    owner, member = place.vendor.owner, place.vendor.member
    for _ in range(2):
        await dismiss_banner(owner, "Application", application_id, "vendor_waits")
    assert len(await fetch(connection(), "SELECT FROM banner_dismissal")) == 1
    assert "BANNER" not in await rules_of(owner, application_id)
    assert (await rules_of(owner, application_id))["TOOLTIP"] == "why_hidden"
    assert (await rules_of(member, application_id))["BANNER"] == "vendor_waits"
    await accept(place.prospect.viewer, Silence(), application_id)
    assert (await rules_of(owner, application_id))["BANNER"] == "vendor_can_contact"
    await dismiss_banner(owner, "Application", application_id, "vendor_can_contact")
    await decline(place.prospect.viewer, Silence(), application_id)
    assert (await rules_of(owner, application_id))["BANNER"] == "vendor_declined_after_reveal"


async def test_what_waits_for_an_answer_cannot_be_dismissed(place: Marketplace) -> None:
    application_id = await apply(place.vendor, place.lead)
    refusal = await _refused(place.prospect.viewer, application_id, "prospect_reviews")
    assert (refusal.reason, refusal.field) == (STAYS, ("ruleId",))
    assert refusal.decision is not None
    assert refusal.decision.rule_id == "prospect_reviews"


async def test_unknown_banners_and_those_of_others_are_not_found(place: Marketplace) -> None:
    application_id = await apply(place.vendor, place.lead)
    owner = place.vendor.owner
    for viewer, subject, rule, kind, field in (
        (place.other_vendor.owner, application_id, "vendor_waits", "Application", "subjectId"),
        (place.other_prospect.viewer, application_id, "prospect_reviews", "Application", "subjectId"),
        (place.vendor.employee, application_id, "vendor_waits", "Application", "subjectId"),
        (place.agent, application_id, "vendor_waits", "Application", "subjectId"),
        (owner, new_id(), "vendor_waits", "Application", "subjectId"),
        (owner, application_id, "vendor_waits", "Complaint", "subjectId"),
        (owner, application_id, "vendor_waits", "Lead", "subjectId"),
        (place.operator, application_id, "vendor_waits", "Application", "ruleId"),
        (owner, application_id, "vendor_can_contact", "Application", "ruleId"),
        (owner, application_id, "no such rule", "Application", "ruleId"),
        (owner, application_id, "why_hidden", "Application", "ruleId"),
    ):
        refusal = await _refused(viewer, subject, rule, kind)
        assert (refusal.reason, refusal.field) == (NOT_FOUND, (field,)), (viewer.roles, rule, kind)
