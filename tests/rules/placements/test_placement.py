"""What each side of an application is shown (S1.11, S1.8): who sees what, until when, exactly."""

from datetime import timedelta
from itertools import product

import pytest

from rules import Decision, decide
from rules.placements.placement import ApplicationState, MeetingTime, PlacementFacts, placement
from rules.placements.terms import Audience, Placement, Shown
from tests.rules.support import HOUR, MICROSECOND, NOW, REVEAL, ago, make_policy, same

POLICY = make_policy()
NEWS = 14 * 24 * HOUR
WINDOW = 30 * 24 * HOUR
LATER = NOW + timedelta(days=365)
PENDING = PlacementFacts(
    viewer=Audience.VENDOR,
    place=Placement.BANNER,
    state=ApplicationState.UNANSWERED,
    settled=ago(-REVEAL),
    reviewed=False,
    meeting=MeetingTime.NONE,
    meeting_at=LATER,
    refunded=False,
    complained=False,
    window=LATER,
    dismissed=False,
)
OVER = (ApplicationState.DECLINED_IN_TIME, ApplicationState.DECLINED_LATE, ApplicationState.WITHDRAWN)
BOTH = (Audience.VENDOR, Audience.PROSPECT)
STATES = list(ApplicationState)


def ask(**changes: object) -> Decision:
    return decide(placement, POLICY, same(PENDING, **changes), NOW)


def shown(viewer: Audience, **changes: object) -> dict[str, Shown]:
    return {
        place.value: Shown(verdict)
        for place in Placement
        if place is not Placement.NOTIFICATION
        and (verdict := ask(viewer=viewer, place=place, **changes).verdict) is not Shown.NOTHING
    }


def test_a_pending_application_asks_the_prospect_and_lets_the_vendor_wait() -> None:
    assert shown(Audience.VENDOR) == {"BANNER": "WAIT", "TOOLTIP": "WAIT", "SYSTEM_MESSAGE": "INFORM"}
    for reviewed, action in ((False, Shown.REVIEW), (True, Shown.ANSWER)):
        seen = shown(Audience.PROSPECT, reviewed=reviewed)
        assert seen == {"BANNER": action, "TOOLTIP": "INFORM", "SYSTEM_MESSAGE": "INFORM"}


def test_banners_end_exactly_when_silence_reveals() -> None:
    settled = ago(-REVEAL, 5)
    for viewer in BOTH:
        decision = ask(viewer=viewer, settled=settled)
        assert decision.ends_at == decision.changes_at == settled
        assert ask(viewer=viewer, settled=NOW + MICROSECOND).verdict is decision.verdict
    assert ask(settled=NOW).rule_id == "vendor_can_contact"
    assert ask(settled=NOW, viewer=Audience.PROSPECT).rule_id == "prospect_disclosed"


@pytest.mark.parametrize("state", [ApplicationState.ACCEPTED, ApplicationState.UNANSWERED])
def test_after_the_reveal_the_vendor_contacts_then_complains(state: ApplicationState) -> None:
    opened = {"state": state, "settled": ago(HOUR), "window": ago(HOUR - WINDOW)}
    banner = ask(**opened)
    assert (banner.verdict, banner.ends_at) == (Shown.CONTACT, ago(HOUR - NEWS))
    assert ask(**opened | {"settled": ago(NEWS)}).rule_id == "no_longer_news"
    tooltip = ask(**opened, place=Placement.TOOLTIP)
    assert (tooltip.verdict, tooltip.ends_at) == (Shown.COMPLAIN, ago(HOUR - WINDOW))
    for over in ({"window": NOW}, {"refunded": True}, {"complained": True}):
        assert ask(**opened | over, place=Placement.TOOLTIP).rule_id == "complaint_impossible"
    assert ask(**opened, place=Placement.SYSTEM_MESSAGE).verdict is Shown.PROPOSE_MEETING
    tooltips = {ApplicationState.ACCEPTED: Shown.WITHDRAW, ApplicationState.UNANSWERED: Shown.ANSWER}
    expected = {"BANNER": "INFORM", "TOOLTIP": tooltips[state], "SYSTEM_MESSAGE": "PROPOSE_MEETING"}
    assert shown(Audience.PROSPECT, **opened) == expected


def test_s1_8_a_decline_in_time_sends_the_vendor_elsewhere() -> None:
    declined = {"state": ApplicationState.DECLINED_IN_TIME, "settled": NOW}
    assert shown(Audience.VENDOR, **declined) == {
        "BANNER": "APPLY_ELSEWHERE",
        "TOOLTIP": "INFORM",
        "SYSTEM_MESSAGE": "INFORM",
    }
    assert ask(**declined, place=Placement.TOOLTIP).rule_id == "why_never_visible"
    assert shown(Audience.PROSPECT, **declined) == {"TOOLTIP": "INFORM", "SYSTEM_MESSAGE": "INFORM"}


@pytest.mark.parametrize("state", OVER[1:])
def test_a_late_decline_leaves_open_what_was_revealed(state: ApplicationState) -> None:
    declined = {"state": state, "settled": NOW}
    assert ask(**declined).rule_id == "vendor_declined_after_reveal"
    assert ask(**declined, place=Placement.TOOLTIP).verdict is Shown.COMPLAIN
    for over in ({"refunded": True}, {"complained": True}):
        assert ask(**declined, place=Placement.TOOLTIP, **over).verdict is Shown.INFORM
    assert shown(Audience.PROSPECT, **declined) == {"TOOLTIP": "INFORM", "SYSTEM_MESSAGE": "INFORM"}


def test_closed_contacts_are_explained_to_vendors_and_prospects_are_left_alone() -> None:
    closed = {"state": ApplicationState.CLOSED, "settled": NOW}
    assert set(shown(Audience.VENDOR, **closed).values()) == {Shown.INFORM}
    assert shown(Audience.PROSPECT, **closed) == {}


def test_operators_are_no_side_of_an_application() -> None:
    assert all(shown(Audience.OPERATOR, state=state, settled=NOW) == {} for state in ApplicationState)


@pytest.mark.parametrize("viewer", BOTH)
@pytest.mark.parametrize("state", [ApplicationState.ACCEPTED, ApplicationState.UNANSWERED])
def test_a_proposed_time_is_to_be_confirmed_until_it_begins(
    viewer: Audience, state: ApplicationState
) -> None:
    proposed = {
        "viewer": viewer,
        "state": state,
        "settled": ago(HOUR),
        "meeting": MeetingTime.PROPOSED_BY_THEM,
        "meeting_at": NOW + timedelta(hours=3),
    }
    for dismissed in (False, True):
        banner = ask(**proposed, dismissed=dismissed)
        assert (banner.verdict, banner.ends_at) == (Shown.CONFIRM_MEETING, NOW + timedelta(hours=3))
    message = ask(**proposed, place=Placement.SYSTEM_MESSAGE)
    assert (message.verdict, message.ends_at) == (Shown.CONFIRM_MEETING, NOW + timedelta(hours=3))
    assert ask(**proposed | {"meeting_at": NOW}).verdict is not Shown.CONFIRM_MEETING
    own = proposed | {"meeting": MeetingTime.PROPOSED_BY_YOU, "place": Placement.SYSTEM_MESSAGE}
    assert ask(**own).verdict is Shown.WAIT
    agreed = ask(**own | {"meeting": MeetingTime.AGREED})
    assert (agreed.rule_id, agreed.ends_at) == ("meeting_comes", NOW + timedelta(hours=3))
    assert ask(**own | {"meeting": MeetingTime.AGREED, "meeting_at": NOW}).rule_id == "no_meeting_ahead"


def test_a_vendor_who_proposes_a_time_does_not_hide_the_question_for_an_answer() -> None:
    proposed = {"meeting": MeetingTime.PROPOSED_BY_THEM, "meeting_at": NOW + timedelta(hours=3)}
    assert ask(**proposed).verdict is Shown.CONFIRM_MEETING
    assert shown(Audience.PROSPECT, **proposed) == {
        "BANNER": "REVIEW",
        "TOOLTIP": "CONFIRM_MEETING",
        "SYSTEM_MESSAGE": "INFORM",
    }


def test_a_message_ends_with_its_rule_even_if_the_next_one_asks_the_same() -> None:
    """The vendor is informed that silence reveals, then of the agreed meeting."""
    settled, meeting_at = NOW + timedelta(hours=1), NOW + timedelta(hours=5)
    facts = same(PENDING, settled=settled, meeting=MeetingTime.AGREED, meeting_at=meeting_at)
    decision = decide(placement, POLICY, same(facts, place=Placement.SYSTEM_MESSAGE), NOW)
    assert (decision.rule_id, decision.ends_at, decision.changes_at) == (
        "silence_reveals",
        settled,
        meeting_at,
    )
    late = decide(placement, POLICY, same(facts, place=Placement.SYSTEM_MESSAGE), settled)
    assert (late.rule_id, late.verdict, late.ends_at) == ("meeting_comes", Shown.INFORM, meeting_at)


def test_what_waits_for_an_answer_cannot_be_dismissed() -> None:
    asks = {Shown.REVIEW, Shown.ANSWER, Shown.CONFIRM_MEETING}
    for viewer, state, reviewed, meeting, age in product(
        BOTH, STATES, (False, True), MeetingTime, (-HOUR, HOUR)
    ):
        facts = {"viewer": viewer, "state": state, "reviewed": reviewed, "meeting": meeting}
        before = ask(**facts, settled=ago(age))
        after = ask(**facts, settled=ago(age), dismissed=True)
        assert after.verdict is (before.verdict if before.verdict in asks else Shown.NOTHING)
        for place in (Placement.TOOLTIP, Placement.SYSTEM_MESSAGE, Placement.NOTIFICATION):
            elsewhere = facts | {"settled": ago(age), "place": place}
            assert ask(**elsewhere, dismissed=True).rule_id == ask(**elsewhere).rule_id


def test_each_side_always_has_a_notification_with_an_action() -> None:
    for viewer, state, age in product(BOTH, STATES, (-HOUR, HOUR)):
        left_alone = viewer is Audience.PROSPECT and state is ApplicationState.CLOSED
        verdict = ask(viewer=viewer, state=state, settled=ago(age), place=Placement.NOTIFICATION).verdict
        assert (verdict is Shown.NOTHING) is left_alone
