"""Advice: law first, then the last contact, the person's convenience and the goal (S3.2, S3.4, S3.22)."""

from itertools import product

import pytest
from hypothesis import given

from rules import Decision, decide
from rules.contacting.channel_for_goal import GoalChannel
from rules.contacting.channel_preference import Preference
from rules.contacting.contact_advice import Advice, AdviceFacts, contact_advice
from rules.contacting.contact_permission import ContactPermission
from rules.contacting.follow_up import FollowUp
from tests.rules.support import NOW, facts_strategy, make_policy, same

POLICY = make_policy()
ALL_OPEN = AdviceFacts(
    follow_up=FollowUp.OPEN,
    preference=Preference.OPEN,
    goal=GoalChannel.EITHER,
    call=ContactPermission.ALLOWED,
    email=True,
    chat=True,
    meeting=True,
)
LATER = {"call": ContactPermission.WAIT}
NEVER = {"call": ContactPermission.FORBIDDEN}
NO_MAIL = {"email": False}
SILENT = {"email": False, "chat": False, "meeting": False}


def ask(**changes: object) -> Decision:
    return decide(contact_advice, POLICY, same(ALL_OPEN, **changes), NOW)


@pytest.mark.parametrize(
    ("changes", "advice", "rule_id"),
    [
        ({}, Advice.WRITE, "better_first_guess"),
        ({"goal": GoalChannel.WRITE}, Advice.WRITE, "goal_is_written"),
        ({"goal": GoalChannel.CALL}, Advice.CALL, "goal_asks_for_call"),
        ({"goal": GoalChannel.CALL} | LATER, Advice.CALL_LATER, "call_when_allowed"),
        ({"goal": GoalChannel.CALL} | NEVER, Advice.WRITE, "no_calls_allowed"),
        ({"goal": GoalChannel.CALL} | NEVER | NO_MAIL, Advice.CHAT, "only_chat_left"),
        ({"goal": GoalChannel.CALL} | NEVER | SILENT, Advice.DO_NOT_CONTACT, "no_way_left"),
        ({"preference": Preference.WRITE, "goal": GoalChannel.CALL}, Advice.WRITE, "person_prefers_email"),
        ({"preference": Preference.WRITE} | NO_MAIL, Advice.CALL, "no_email_allowed"),
        ({"preference": Preference.WRITE} | NO_MAIL | LATER, Advice.CALL_LATER, "only_calls_later"),
        ({"preference": Preference.CALL, "goal": GoalChannel.WRITE}, Advice.CALL, "person_prefers_calls"),
        ({"preference": Preference.CALL} | LATER, Advice.CALL_LATER, "call_when_allowed"),
        ({"preference": Preference.CALL} | NEVER, Advice.WRITE, "no_calls_allowed"),
        ({"preference": Preference.CHAT}, Advice.CHAT, "person_prefers_chat"),
        ({"preference": Preference.CHAT, "chat": False}, Advice.WRITE, "no_chat_here"),
        ({"preference": Preference.CHAT, "chat": False} | NO_MAIL, Advice.CALL, "only_calls_left"),
        (
            {"preference": Preference.CHAT, "chat": False} | NO_MAIL | LATER,
            Advice.CALL_LATER,
            "preferred_way_closed",
        ),
        ({"preference": Preference.MEET}, Advice.MEET, "person_prefers_to_meet"),
        ({"preference": Preference.MEET, "meeting": False}, Advice.CALL, "propose_by_phone"),
        ({"preference": Preference.MEET, "meeting": False} | LATER, Advice.WRITE, "propose_by_email"),
        ({"preference": Preference.MEET, "meeting": False} | NEVER, Advice.WRITE, "propose_by_email"),
        (
            {"preference": Preference.MEET, "meeting": False} | NO_MAIL | LATER,
            Advice.CALL_LATER,
            "preferred_way_closed",
        ),
        ({"preference": Preference.MEET} | SILENT | NEVER, Advice.DO_NOT_CONTACT, "no_way_left"),
        ({"follow_up": FollowUp.WRITE, "preference": Preference.CALL}, Advice.WRITE, "write_after_that"),
        ({"follow_up": FollowUp.WRITE} | NO_MAIL, Advice.CALL, "no_email_allowed"),
        ({"follow_up": FollowUp.VOICEMAIL}, Advice.VOICEMAIL, "leave_voicemail"),
        ({"follow_up": FollowUp.VOICEMAIL} | LATER, Advice.WRITE, "no_voicemail_now"),
        ({"follow_up": FollowUp.VOICEMAIL} | NEVER, Advice.WRITE, "no_voicemail_now"),
        ({"follow_up": FollowUp.VOICEMAIL} | LATER | NO_MAIL, Advice.CALL_LATER, "only_calls_later"),
        ({"follow_up": FollowUp.WAIT, "preference": Preference.CALL}, Advice.WAIT, "their_turn"),
    ],
)
def test_advice_follows_from_its_facts(changes: dict[str, object], advice: Advice, rule_id: str) -> None:
    decision = ask(**changes)
    assert (decision.verdict, decision.rule_id) == (advice, rule_id)


@given(facts_strategy(contact_advice, POLICY))
def test_no_advice_goes_against_a_permission(facts: AdviceFacts) -> None:
    advice = decide(contact_advice, POLICY, facts, NOW).verdict
    if advice in {Advice.CALL, Advice.VOICEMAIL}:
        assert facts.call is ContactPermission.ALLOWED
    if advice is Advice.CALL_LATER:
        assert facts.call is ContactPermission.WAIT
    assert advice is not Advice.WRITE or facts.email
    assert advice is not Advice.CHAT or facts.chat
    assert advice is not Advice.MEET or facts.meeting


def test_no_contact_is_advised_only_if_neither_call_nor_email_nor_chat_is_possible() -> None:
    for follow, preference, goal in product(FollowUp, Preference, GoalChannel):
        said = {"follow_up": follow, "preference": preference, "goal": goal}
        verdict = ask(**said, **SILENT, **NEVER).verdict
        assert verdict is (Advice.WAIT if follow is FollowUp.WAIT else Advice.DO_NOT_CONTACT)
        assert ask(**said, **SILENT).verdict is not Advice.DO_NOT_CONTACT


def test_s3_2_with_nothing_known_email_is_the_better_first_guess() -> None:
    decision = ask()
    assert (decision.verdict, decision.requirement) == (Advice.WRITE, "S3.2")
    assert "most office workers prefer email" in decision.reason
