"""Who sees contact data, line by line of S1, at each boundary."""

from datetime import timedelta
from itertools import product

import pytest

from rules import (
    Basis,
    Closed,
    Decision,
    Policy,
    Response,
    ViewerKind,
    Visibility,
    VisibilityFacts,
    decide,
    visibility,
)
from tests.rules.support import HOUR, NOW, REVEAL, ago, make_policy

VISIBLE, HIDDEN = Visibility.VISIBLE, Visibility.HIDDEN
POLICY = make_policy()


def look(
    response: Response = Response.NONE,
    *,
    waited: float = 0,
    microseconds: int = 0,
    responded_after: int = 0,
    viewer: ViewerKind = ViewerKind.VENDOR,
    basis: Basis = Basis.APPLICATION,
    closed: Closed = Closed.NO,
    policy: Policy = POLICY,
) -> Decision:
    facts = VisibilityFacts(
        viewer=viewer,
        basis=basis,
        response=response,
        waited=ago(waited, microseconds),
        responded_after=responded_after,
        closed=closed,
    )
    return decide(visibility, policy, facts, NOW)


@pytest.mark.parametrize("waited", [0, HOUR, REVEAL - 1, REVEAL, 400 * 86_400])
def test_s1_1_acceptance_reveals_immediately_and_permanently(waited: int) -> None:
    decision = look(Response.ACCEPTED, waited=waited)
    assert (decision.verdict, decision.rule_id, decision.requirement) == (
        VISIBLE,
        "prospect_accepted",
        "S1.1",
    )
    assert decision.changes_at is None


@pytest.mark.parametrize(
    ("waited", "microseconds", "verdict", "rule_id"),
    [
        (0, 0, HIDDEN, "still_waiting"),
        (REVEAL - 1, 0, HIDDEN, "still_waiting"),
        (REVEAL, -1, HIDDEN, "still_waiting"),
        (REVEAL, 0, VISIBLE, "revealed_by_silence"),
        (REVEAL, 1, VISIBLE, "revealed_by_silence"),
        (REVEAL + 1, 0, VISIBLE, "revealed_by_silence"),
        (-HOUR, 0, HIDDEN, "still_waiting"),  # received in the future, by a skewed clock
    ],
)
def test_s1_2_no_answer_reveals_at_exactly_48_hours(
    waited: int, microseconds: int, verdict: Visibility, rule_id: str
) -> None:
    decision = look(waited=waited, microseconds=microseconds)
    assert (decision.verdict, decision.rule_id, decision.requirement) == (verdict, rule_id, "S1.2")


@pytest.mark.parametrize(
    ("responded_after", "verdict", "rule_id"),
    [
        (0, HIDDEN, "declined_in_time"),
        (REVEAL - 1, HIDDEN, "declined_in_time"),
        (REVEAL, VISIBLE, "declined_late"),
        (REVEAL + 1, VISIBLE, "declined_late"),
    ],
)
def test_s1_3_only_a_decline_before_48_hours_keeps_it_closed(
    responded_after: int, verdict: Visibility, rule_id: str
) -> None:
    decision = look(Response.DECLINED, waited=100 * REVEAL, responded_after=responded_after)
    assert (decision.verdict, decision.rule_id) == (verdict, rule_id)


def test_s1_3_a_timely_decline_is_final() -> None:
    decision = look(Response.DECLINED, waited=HOUR, responded_after=HOUR)
    assert (decision.verdict, decision.changes_at, decision.changes_to) == (HIDDEN, None, None)


@pytest.mark.parametrize("responded_after", [0, REVEAL - 1, REVEAL])
def test_a_withdrawn_acceptance_stays_visible(responded_after: int) -> None:
    assert look(Response.WITHDRAWN, responded_after=responded_after).rule_id == "acceptance_withdrawn"
    assert look(Response.WITHDRAWN, responded_after=responded_after).verdict is VISIBLE


@pytest.mark.parametrize("basis", [Basis.LEAD_CLUB, Basis.RECORD])
@pytest.mark.parametrize("response", list(Response))
def test_lead_club_and_record_are_visible_from_receipt(basis: Basis, response: Response) -> None:
    assert look(response, basis=basis).verdict is VISIBLE


@pytest.mark.parametrize("response", list(Response))
def test_a_vendor_without_application_or_delivery_sees_nothing(response: Response) -> None:
    decision = look(response, basis=Basis.NONE, waited=REVEAL)
    assert (decision.verdict, decision.rule_id) == (HIDDEN, "nothing_applied_for")


def test_the_prospect_and_the_operator_always_see_contact_data() -> None:
    for viewer, closed, response, basis in product(
        (ViewerKind.PROSPECT_OWNER, ViewerKind.OPERATOR), set(Closed) - {Closed.ERASED}, Response, Basis
    ):
        found = look(response, basis=basis, viewer=viewer, closed=closed).verdict
        assert found is VISIBLE, (viewer, closed, response, basis)


def test_other_viewers_never_see_contact_data() -> None:
    for closed, response, basis in product(Closed, Response, Basis):
        found = look(response, basis=basis, viewer=ViewerKind.OTHER, closed=closed, waited=REVEAL).verdict
        assert found is HIDDEN, (closed, response, basis)


def test_after_erasure_nobody_sees_contact_data() -> None:
    for viewer, response, basis in product(ViewerKind, Response, Basis):
        decision = look(response, basis=basis, viewer=viewer, closed=Closed.ERASED, waited=REVEAL)
        found = decision.verdict, decision.rule_id
        assert found == (HIDDEN, "person_erased"), (viewer, response, basis)


def test_no_consent_closes_every_delivery_for_the_vendor() -> None:
    for response, basis in product(Response, Basis):
        decision = look(response, basis=basis, closed=Closed.NO_CONSENT, waited=REVEAL)
        found = decision.verdict, decision.rule_id
        assert found == (HIDDEN, "no_consent_upheld"), (response, basis)


def test_a_stop_of_all_contact_is_final_for_the_vendor() -> None:
    for response, basis, waited in product(Response, Basis, (0, REVEAL, 100 * REVEAL)):
        decision = look(response, basis=basis, closed=Closed.DO_NOT_CONTACT, waited=waited)
        found = decision.verdict, decision.rule_id, decision.changes_at
        assert found == (HIDDEN, "contact_stopped", None), (response, basis, waited)


def test_a_waiting_vendor_sees_when_the_contact_is_revealed() -> None:
    decision = look(waited=HOUR, microseconds=7)
    assert decision.changes_at == ago(HOUR, 7) + timedelta(hours=48)
    assert decision.changes_to is VISIBLE


def test_the_waiting_time_comes_from_the_policy() -> None:
    demo = make_policy("demo", reveal={"reveal_after": 48}, reminder={"review_reminder_after": 24})
    waiting, opened = look(waited=47, policy=demo), look(waited=48, policy=demo)
    assert (waiting.verdict, waiting.reason) == (HIDDEN, "The prospect has 48 seconds to respond.")
    assert (opened.verdict, opened.reason) == (
        VISIBLE,
        "No response within 48 seconds; the contact data was revealed automatically.",
    )


def test_a_decision_explains_itself() -> None:
    decision = look(waited=HOUR)
    assert decision.ruleset == "visibility"
    assert decision.policy_version == "test-1"
    assert decision.decided_at == NOW
    assert decision.reason == "The prospect has 48 hours to respond."
    assert decision.facts == {
        "viewer": "VENDOR",
        "basis": "APPLICATION",
        "response": "NONE",
        "waited": "2026-03-29T11:00:00+00:00",
        "waited_seconds": 3600,
        "responded_after": 0,
        "closed": "NO",
    }
    failed = {trace.rule_id: trace.failed for trace in decision.others}
    assert failed["revealed_by_silence"] == ("waited >= 48 hours",)
    assert failed["prospect_accepted"] == ("response == ACCEPTED",)
    assert failed["delivered"] == ("basis == LEAD_CLUB or basis == RECORD",)
    assert "still_waiting" not in failed
    assert len(failed) == len(visibility.rules(POLICY)) - 1
