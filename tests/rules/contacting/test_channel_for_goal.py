"""Which channel suits the goal (S3.3, S3.4, S3.19, S3.20)."""

import pytest

from rules import Decision, decide
from rules.contacting.channel_for_goal import ContactGoal, GoalChannel, GoalFacts, channel_for_goal
from tests.rules.support import NOW, make_policy

POLICY = make_policy()
BIG = (ContactGoal.MEETING, ContactGoal.CONFERENCE, ContactGoal.TRIAL)
SMALL = (ContactGoal.CLARIFICATION, ContactGoal.OPINION, ContactGoal.REFERRAL)


def ask(goal: ContactGoal, *, urgent: bool = False, feelings: bool = False) -> Decision:
    return decide(channel_for_goal, POLICY, GoalFacts(goal, urgent, feelings), NOW)


@pytest.mark.parametrize("urgent", [False, True])
@pytest.mark.parametrize("feelings", [False, True])
@pytest.mark.parametrize("goal", BIG)
def test_s3_4_a_meeting_a_conference_or_a_trial_asks_for_a_call(
    goal: ContactGoal, urgent: bool, feelings: bool
) -> None:
    decision = ask(goal, urgent=urgent, feelings=feelings)
    assert (decision.verdict, decision.requirement) == (GoalChannel.CALL, "S3.4")


@pytest.mark.parametrize("goal", SMALL)
def test_s3_4_a_clarification_an_opinion_or_a_referral_is_written(goal: ContactGoal) -> None:
    assert ask(goal).rule_id == "no_reason_to_disturb"
    assert ask(goal, feelings=True).verdict is GoalChannel.WRITE


@pytest.mark.parametrize(
    ("goal", "rule_id", "requirement"),
    [
        (ContactGoal.COUNTER_OFFER, "quick_reply_counts", "S3.3"),
        (ContactGoal.OBJECTION, "voice_wins", "S3.20"),
    ],
)
def test_counter_offers_and_objections_ask_for_a_call(
    goal: ContactGoal, rule_id: str, requirement: str
) -> None:
    for urgent in (False, True):
        decision = ask(goal, urgent=urgent)
        assert (decision.verdict, decision.rule_id) == (GoalChannel.CALL, rule_id)
        assert decision.requirement == requirement


@pytest.mark.parametrize("goal", [*SMALL, ContactGoal.NONE, ContactGoal.OFFER])
def test_s3_3_what_is_urgent_asks_for_a_call(goal: ContactGoal) -> None:
    assert ask(goal, urgent=True).rule_id == "speed_counts"
    assert ask(goal, urgent=True, feelings=True).rule_id == "speed_counts"


@pytest.mark.parametrize("goal", [ContactGoal.NONE, ContactGoal.OFFER])
def test_s3_19_feelings_ask_for_a_voice(goal: ContactGoal) -> None:
    decision = ask(goal, feelings=True)
    assert (decision.verdict, decision.rule_id) == (GoalChannel.CALL, "voice_counts")
    assert (decision.requirement, ask(goal).verdict) == ("S3.19", GoalChannel.EITHER)
