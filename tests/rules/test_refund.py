"""Whether a decline refunds the fee, line by line of S1.9 and its readings."""

import pytest

from rules import Decision, MeetingStatement, Policy, Refund, RefundFacts, Response, decide, refund
from tests.rules.support import HOUR, NOW, REVEAL, make_policy

POLICY = make_policy()
NO_LATE = make_policy("no-late", refund={"late_declines": False})
NO_WITHDRAWAL = make_policy("no-withdrawal", refund={"withdrawals": False})
NO_RESTORE = make_policy("no-restore", refund={"no_show_restores": False})
ENDED = [Response.DECLINED, Response.WITHDRAWN]


def ask(
    response: Response,
    *,
    after: int = HOUR,
    meeting: int | None = None,
    statement: MeetingStatement = MeetingStatement.NONE,
    joined: bool = False,
    call: int = 0,
    ended: bool = False,
    policy: Policy = POLICY,
) -> Decision:
    """Decide; `meeting` is the answer minus the meeting time in seconds, None if no meeting is known."""
    facts = RefundFacts(
        response=response,
        ended=ended,
        responded_after=after,
        meeting_known=meeting is not None,
        answered_after_meeting=meeting or 0,
        statement=statement,
        both_joined=joined,
        call_seconds=call,
    )
    return decide(refund, policy, facts, NOW)


def refunds(decision: Decision) -> bool:
    return decision.verdict is Refund.REFUNDABLE


@pytest.mark.parametrize("statement", list(MeetingStatement))
@pytest.mark.parametrize("response", [Response.NONE, Response.ACCEPTED])
def test_only_a_decline_refunds(response: Response, statement: MeetingStatement) -> None:
    assert not refunds(ask(response, statement=statement))


@pytest.mark.parametrize("statement", list(MeetingStatement))
@pytest.mark.parametrize("meeting", [None, -HOUR, HOUR])
def test_an_application_that_ended_unanswered_is_always_refunded(
    meeting: int | None, statement: MeetingStatement
) -> None:
    decision = ask(
        Response.NONE, ended=True, meeting=meeting, statement=statement, joined=True, call=600, policy=NO_LATE
    )
    assert (refunds(decision), decision.rule_id) == (True, "application_ended")


@pytest.mark.parametrize(
    ("response", "after", "rule_id"),
    [
        (Response.DECLINED, 0, "declined_in_time"),
        (Response.DECLINED, REVEAL - 1, "declined_in_time"),
        (Response.DECLINED, REVEAL, "declined_late"),
        (Response.DECLINED, REVEAL + 1, "declined_late"),
        (Response.WITHDRAWN, HOUR, "withdrawn_before_meeting"),
        (Response.WITHDRAWN, REVEAL, "withdrawn_before_meeting"),
    ],
)
def test_s1_9_a_decline_without_a_meeting_is_refunded(response: Response, after: int, rule_id: str) -> None:
    decision = ask(response, after=after)
    assert (refunds(decision), decision.rule_id) == (True, rule_id)


@pytest.mark.parametrize("response", ENDED)
@pytest.mark.parametrize(("meeting", "refunded"), [(-HOUR, True), (-1, True), (0, False), (1, False)])
def test_s1_9_a_decline_from_the_meeting_time_on_is_not_refunded(
    response: Response, meeting: int, refunded: bool
) -> None:
    assert refunds(ask(response, meeting=meeting)) is refunded


@pytest.mark.parametrize("response", ENDED)
def test_without_a_known_meeting_that_exception_never_applies(response: Response) -> None:
    facts = RefundFacts(
        response=response,
        ended=False,
        responded_after=HOUR,
        meeting_known=False,
        answered_after_meeting=10**9,
        statement=MeetingStatement.NONE,
        both_joined=False,
        call_seconds=0,
    )
    assert refunds(decide(refund, POLICY, facts, NOW))


@pytest.mark.parametrize("response", ENDED)
@pytest.mark.parametrize("meeting", [None, -1, 0])
def test_s1_9_a_confirmed_meeting_is_not_refunded(response: Response, meeting: int | None) -> None:
    decision = ask(response, meeting=meeting, statement=MeetingStatement.TOOK_PLACE)
    assert (refunds(decision), decision.rule_id) == (False, "meeting_confirmed")


@pytest.mark.parametrize("response", ENDED)
def test_s1_9_both_on_the_meeting_link_is_evidence(response: Response) -> None:
    assert ask(response, joined=True).rule_id == "both_joined_meeting"
    assert not refunds(ask(response, joined=True))


@pytest.mark.parametrize("response", ENDED)
@pytest.mark.parametrize(("call", "refunded"), [(0, True), (119, True), (120, False), (121, False)])
def test_s1_9_a_call_of_the_policys_length_is_evidence(response: Response, call: int, refunded: bool) -> None:
    assert refunds(ask(response, call=call)) is refunded


@pytest.mark.parametrize("response", ENDED)
@pytest.mark.parametrize("joined", [False, True])
@pytest.mark.parametrize("call", [0, 120])
@pytest.mark.parametrize("meeting", [None, -1, 0])
def test_a_no_show_overrides_system_evidence_and_the_meeting_time(
    response: Response, joined: bool, call: int, meeting: int | None
) -> None:
    decision = ask(response, meeting=meeting, statement=MeetingStatement.NO_SHOW, joined=joined, call=call)
    assert (refunds(decision), decision.rule_id) == (True, "no_show_recorded")


@pytest.mark.parametrize("response", ENDED)
@pytest.mark.parametrize(("meeting", "refunded"), [(None, True), (-1, True), (0, False), (HOUR, False)])
def test_the_switch_stops_a_no_show_from_overriding_the_meeting_time(
    response: Response, meeting: int | None, refunded: bool
) -> None:
    decision = ask(
        response, meeting=meeting, statement=MeetingStatement.NO_SHOW, joined=True, policy=NO_RESTORE
    )
    assert refunds(decision) is refunded


@pytest.mark.parametrize("statement", [MeetingStatement.NONE, MeetingStatement.NO_SHOW])
@pytest.mark.parametrize(
    ("response", "after", "refunded"),
    [
        (Response.DECLINED, REVEAL - 1, True),
        (Response.DECLINED, REVEAL, False),
        (Response.WITHDRAWN, REVEAL, True),
    ],
)
def test_the_switch_stops_refunds_of_late_declines_only(
    response: Response, after: int, refunded: bool, statement: MeetingStatement
) -> None:
    assert refunds(ask(response, after=after, statement=statement, policy=NO_LATE)) is refunded


@pytest.mark.parametrize("statement", [MeetingStatement.NONE, MeetingStatement.NO_SHOW])
@pytest.mark.parametrize(("response", "refunded"), [(Response.DECLINED, True), (Response.WITHDRAWN, False)])
def test_the_switch_stops_refunds_of_withdrawals_only(
    response: Response, refunded: bool, statement: MeetingStatement
) -> None:
    assert refunds(ask(response, statement=statement, policy=NO_WITHDRAWAL)) is refunded


def test_the_facts_of_a_refund_show_the_switches_of_the_policy() -> None:
    assert ask(Response.DECLINED, policy=NO_LATE).facts["late_declines_refund"] is False
    assert ask(Response.DECLINED, policy=POLICY).facts["late_declines_refund"] is True


def test_a_refund_never_changes_by_the_passing_of_time() -> None:
    assert ask(Response.DECLINED).changes_at is None
