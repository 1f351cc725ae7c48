"""What the sides of a complaint are shown (S5.9, S5.12, S1.11)."""

from datetime import timedelta

import pytest

from rules import Decision, decide
from rules.placements.complaint_placement import (
    ComplaintPlacementFacts,
    ComplaintState,
    WaitingFor,
    complaint_placement,
)
from rules.placements.terms import Audience, Placement, Shown
from tests.rules.support import HOUR, MICROSECOND, NOW, ago, make_policy, same

POLICY = make_policy()
NEWS = timedelta(days=14)
DUE = ago(-HOUR)
OPEN = ComplaintPlacementFacts(
    viewer=Audience.VENDOR,
    place=Placement.BANNER,
    state=ComplaintState.OPEN,
    waiting_for=WaitingFor.NOBODY,
    due=DUE,
    dismissed=False,
)


def ask(**changes: object) -> Decision:
    return decide(complaint_placement, POLICY, same(OPEN, **changes), NOW)


def test_an_open_complaint_is_decided_before_its_deadline() -> None:
    vendor, operator = ask(), ask(viewer=Audience.OPERATOR)
    assert (vendor.verdict, vendor.ends_at) == (Shown.WAIT, DUE)
    assert (operator.verdict, operator.ends_at) == (Shown.DECIDE, DUE)
    assert ask(due=NOW + MICROSECOND).rule_id == "decision_awaited"
    assert ask(due=NOW).rule_id == "decision_late"
    overdue = ask(due=NOW, viewer=Audience.OPERATOR)
    assert (overdue.rule_id, overdue.verdict, overdue.ends_at) == ("decision_overdue", Shown.DECIDE, None)


def test_who_is_asked_answers_and_the_other_side_waits() -> None:
    asked = {"waiting_for": WaitingFor.VENDOR}
    assert ask(**asked).verdict is ask(**asked, dismissed=True).verdict is Shown.ANSWER
    assert ask(**asked, viewer=Audience.OPERATOR).verdict is Shown.WAIT
    assert ask(**asked, viewer=Audience.OPERATOR, due=NOW).verdict is Shown.DECIDE
    for waiting_for, vendor, operator in (
        (WaitingFor.NOBODY, Shown.INFORM, Shown.NOTHING),
        (WaitingFor.VENDOR, Shown.ANSWER, Shown.WAIT),
        (WaitingFor.OPERATOR, Shown.INFORM, Shown.ANSWER),
    ):
        message = {"place": Placement.SYSTEM_MESSAGE, "waiting_for": waiting_for}
        assert ask(**message).verdict is vendor
        assert ask(**message, viewer=Audience.OPERATOR).verdict is operator


def test_a_decided_complaint_is_news_for_some_time() -> None:
    decided = {"state": ComplaintState.DECIDED, "due": NOW}
    assert (ask(**decided).rule_id, ask(**decided).ends_at) == ("complaint_decided", NOW + NEWS)
    assert ask(**decided | {"due": NOW - NEWS}).verdict is Shown.NOTHING
    assert ask(**decided, dismissed=True).rule_id == "banner_dismissed"
    assert ask(**decided, viewer=Audience.OPERATOR).verdict is Shown.NOTHING
    asked = {"viewer": Audience.OPERATOR, "place": Placement.NOTIFICATION, "waiting_for": WaitingFor.OPERATOR}
    assert ask(**decided, **asked).verdict is Shown.ANSWER


def test_after_the_decision_nobody_waits_for_the_vendor() -> None:
    for waiting_for, vendor, operator in (
        (WaitingFor.NOBODY, "questions_welcome", "nobody_waits"),
        (WaitingFor.OPERATOR, "questions_welcome", "vendor_wrote"),
        (WaitingFor.VENDOR, "operator_replied", "nobody_waits"),
    ):
        decided = {
            "state": ComplaintState.DECIDED,
            "due": NOW,
            "place": Placement.SYSTEM_MESSAGE,
            "waiting_for": waiting_for,
        }
        assert ask(**decided).rule_id == vendor
        assert ask(**decided, viewer=Audience.OPERATOR).rule_id == operator


@pytest.mark.parametrize("place", Placement)
@pytest.mark.parametrize("state", ComplaintState)
def test_prospects_are_not_told_of_complaints(place: Placement, state: ComplaintState) -> None:
    assert ask(viewer=Audience.PROSPECT, place=place, state=state).verdict is Shown.NOTHING


def test_a_decision_that_is_needed_cannot_be_dismissed() -> None:
    for due in (DUE, NOW):
        assert ask(viewer=Audience.OPERATOR, due=due, dismissed=True).verdict is Shown.DECIDE
    assert ask(dismissed=True).rule_id == "banner_dismissed"
