"""What follows a call (S4.12, S4.16, S4.19) and when it is closed (S4 R.closing): each rule at its limits."""

from datetime import timedelta

import pytest

from rules import Policy, decide
from rules.calls.call_closing import CallClosing, CallClosingFacts, CallState, call_closing
from rules.calls.call_mail import CallMail, CallMailFacts, CallOutcome, call_mail
from rules.calls.call_sms import CallSms, CallSmsFacts, call_sms
from tests.rules.support import MICROSECOND, NOW, ago, make_policy, same

POLICY = make_policy()
MAILING = make_policy("mailing", call={"mail_abandoned": True})
TICKED = CallSmsFacts(
    outcome=CallOutcome.MESSAGE_TAKEN,
    sms_tick=True,
    vip_tick=True,
    vip=True,
    mobile=True,
    plan_transfers=True,
)


@pytest.mark.parametrize(
    ("policy", "outcome", "answered", "verdict", "rule_id"),
    [
        (POLICY, CallOutcome.TRANSFERRED, True, CallMail.NAME_AND_NUMBER, "after_transfer"),
        (POLICY, CallOutcome.MESSAGE_TAKEN, True, CallMail.FULL_NOTE, "full_note"),
        (POLICY, CallOutcome.FAQ_ANSWERED, True, CallMail.FULL_NOTE, "full_note"),
        (POLICY, CallOutcome.UNFINISHED, True, CallMail.FULL_NOTE, "full_note"),
        (POLICY, CallOutcome.ABANDONED, True, CallMail.FULL_NOTE, "hung_up_on_agent"),
        (POLICY, CallOutcome.ABANDONED, False, CallMail.NOTHING, "nobody_answered"),
        (MAILING, CallOutcome.ABANDONED, False, CallMail.NAME_AND_NUMBER, "missed_call"),
    ],
)
def test_an_email_follows_every_call_that_an_agent_answered(
    policy: Policy, outcome: CallOutcome, answered: bool, verdict: CallMail, rule_id: str
) -> None:
    decision = decide(call_mail, policy, CallMailFacts(outcome, answered), NOW)
    assert (decision.verdict, decision.rule_id) == (verdict, rule_id)


@pytest.mark.parametrize(
    ("changes", "verdict", "rule_id"),
    [
        ({}, CallSms.VIP, "vip_call"),
        ({"sms_tick": False}, CallSms.VIP, "vip_call"),
        ({"vip": False}, CallSms.SUMMARY, "summary"),
        ({"vip_tick": False}, CallSms.SUMMARY, "summary"),
        ({"plan_transfers": False}, CallSms.SUMMARY, "summary"),
        ({"outcome": CallOutcome.UNFINISHED}, CallSms.VIP, "vip_call"),
        ({"mobile": False}, CallSms.NONE, "no_mobile"),
        ({"outcome": CallOutcome.ABANDONED}, CallSms.NONE, "nothing_to_tell"),
        ({"sms_tick": False, "plan_transfers": False}, CallSms.NONE, "vip_sms_not_in_plan"),
        ({"sms_tick": False, "vip": False}, CallSms.NONE, "no_vip"),
        ({"sms_tick": False, "vip_tick": False}, CallSms.NONE, "no_tick"),
    ],
)
def test_at_most_one_text_message_follows_a_call(
    changes: dict[str, object], verdict: CallSms, rule_id: str
) -> None:
    decision = decide(call_sms, POLICY, same(TICKED, **changes), NOW)
    assert (decision.verdict, decision.rule_id) == (verdict, rule_id)


@pytest.mark.parametrize(
    ("state", "patience", "verdict", "before", "after"),
    [
        (CallState.RINGING, 180, CallClosing.ABANDON, "ringing", "never_answered"),
        (CallState.TALKING, 14_400, CallClosing.FLAG, "talking", "hangup_missing"),
        (CallState.CONSULTING, 14_400, CallClosing.FLAG, "talking", "hangup_missing"),
        (CallState.TRANSFERRED, 14_400, CallClosing.FLAG, "talking", "hangup_missing"),
        (CallState.HUNG_UP, 900, CallClosing.WRAP_UP_OVER, "wrap_up", "note_missing"),
    ],
)
def test_a_call_stays_open_until_the_patience_of_its_state_is_over(
    state: CallState, patience: int, verdict: CallClosing, before: str, after: str
) -> None:
    facts = CallClosingFacts(state, ago(patience))
    early = decide(call_closing, POLICY, facts, NOW - MICROSECOND)
    assert (early.verdict, early.rule_id, early.changes_at) == (CallClosing.KEEP, before, NOW)
    late = decide(call_closing, POLICY, facts, NOW)
    assert (late.verdict, late.rule_id, late.changes_at) == (verdict, after, None)


def test_a_finished_call_is_never_closed_again() -> None:
    decision = decide(
        call_closing, POLICY, CallClosingFacts(CallState.FINISHED, NOW - timedelta(days=99)), NOW
    )
    assert (decision.verdict, decision.rule_id, decision.changes_at) == (CallClosing.KEEP, "finished", None)
