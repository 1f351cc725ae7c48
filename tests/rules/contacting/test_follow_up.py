"""What the last contact asks for (S3.6, S3.8, S3.16, S3.18, S3.23, S3.29)."""

from datetime import timedelta

import pytest

from rules import Decision, decide
from rules.contacting.follow_up import FollowUp, FollowUpFacts, LastContact, PersonStatus, follow_up
from tests.rules.support import HOUR, MICROSECOND, NOW, ago, make_policy, same

POLICY = make_policy()
QUICK = make_policy("quick", advice={"answer_time": 60})
FIRST = FollowUpFacts(
    last=LastContact.NONE, status=PersonStatus.UNKNOWN, knows_number=False, last_at=ago(30 * 24 * HOUR)
)


def ask(**changes: object) -> Decision:
    return decide(follow_up, POLICY, same(FIRST, **changes), NOW)


@pytest.mark.parametrize(
    ("last", "verdict", "rule_id", "requirement"),
    [
        (LastContact.NONE, FollowUp.OPEN, "first_contact", "S3.2"),
        (LastContact.SPOKE, FollowUp.WRITE, "offer_after_call", "S3.8"),
        (LastContact.SPOKE_TO_ASSISTANT, FollowUp.WRITE, "offer_after_assistant", "S3.23"),
        (LastContact.NO_ANSWER, FollowUp.VOICEMAIL, "leave_message", "S3.6"),
        (LastContact.VOICEMAIL, FollowUp.OPEN, "try_again", "S3.29"),
        (LastContact.WROTE, FollowUp.OPEN, "try_again", "S3.29"),
        (LastContact.CALLBACK_PROMISED, FollowUp.WRITE, "callback_did_not_come", "S3.16"),
        (LastContact.ANSWERED, FollowUp.OPEN, "person_reacted", "S3.29"),
        (LastContact.BOUNCED, FollowUp.OPEN, "email_bounced", "S3.29"),
        (LastContact.REFUSED, FollowUp.WAIT, "person_refused", "S3.29"),
        (LastContact.WRONG_NUMBER, FollowUp.WRITE, "number_was_wrong", "S3.29"),
    ],
)
def test_s3_29_every_last_contact_leads_to_the_next_step(
    last: LastContact, verdict: FollowUp, rule_id: str, requirement: str
) -> None:
    decision = ask(last=last)
    assert (decision.verdict, decision.rule_id, decision.requirement) == (verdict, rule_id, requirement)


@pytest.mark.parametrize(
    ("status", "knows_number", "rule_id"),
    [
        (PersonStatus.EMPLOYEE, False, "will_not_call_back"),
        (PersonStatus.EMPLOYEE, True, "leave_message"),
        (PersonStatus.SENIOR, False, "leave_message"),
        (PersonStatus.SENIOR, True, "leave_message"),
        (PersonStatus.UNKNOWN, False, "leave_message"),
        (PersonStatus.UNKNOWN, True, "leave_message"),
    ],
)
def test_s3_18_only_an_employee_who_does_not_know_the_number_is_written_to(
    status: PersonStatus, knows_number: bool, rule_id: str
) -> None:
    decision = ask(last=LastContact.NO_ANSWER, status=status, knows_number=knows_number)
    assert decision.rule_id == rule_id


@pytest.mark.parametrize(
    ("last", "waits", "then"),
    [
        (LastContact.VOICEMAIL, "give_them_time", "try_again"),
        (LastContact.WROTE, "give_them_time", "try_again"),
        (LastContact.CALLBACK_PROMISED, "callback_promised", "callback_did_not_come"),
    ],
)
def test_the_person_has_the_time_of_the_policy_to_react(last: LastContact, waits: str, then: str) -> None:
    for policy, seconds in ((POLICY, 24 * HOUR), (QUICK, 60)):
        facts = same(FIRST, last=last, last_at=ago(seconds))
        at_the_end = decide(follow_up, policy, facts, NOW)
        before = decide(follow_up, policy, facts, NOW - MICROSECOND)
        assert (before.verdict, before.rule_id, at_the_end.rule_id) == (FollowUp.WAIT, waits, then)
        assert before.changes_at == NOW


def test_the_rest_of_an_answer_time_is_said_in_the_sentence() -> None:
    decision = ask(last=LastContact.WROTE, last_at=NOW - timedelta(hours=1))
    assert decision.reason == "The person has 24 hours to react to the last message."
