"""Which channel suits what the vendor wants to achieve (S3.3, S3.4, S3.19, S3.20)."""

from dataclasses import dataclass
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy

__all__ = ["ContactGoal", "GoalChannel", "GoalFacts", "channel_for_goal"]


class GoalChannel(StrEnum):
    """The verdicts: what the goal asks for."""

    CALL = "CALL"
    WRITE = "WRITE"
    EITHER = "EITHER"


class ContactGoal(StrEnum):
    """What the vendor wants to achieve."""

    NONE = "NONE"
    MEETING = "MEETING"
    CONFERENCE = "CONFERENCE"
    TRIAL = "TRIAL"
    COUNTER_OFFER = "COUNTER_OFFER"
    OBJECTION = "OBJECTION"
    OFFER = "OFFER"
    CLARIFICATION = "CLARIFICATION"
    OPINION = "OPINION"
    REFERRAL = "REFERRAL"


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """The facts of one intention."""

    goal: ContactGoal
    urgent: bool
    feelings: bool  # trust, competence or emotion matters


@ruleset("channel_for_goal", GoalFacts, fail_closed=GoalChannel.EITHER)
def channel_for_goal(p: Policy) -> None:  # noqa: ARG001 - no number of the policy matters here
    """Large steps, objections, haste and feelings by phone; small questions in writing."""
    small = m.goal.among(ContactGoal.CLARIFICATION, ContactGoal.OPINION, ContactGoal.REFERRAL)
    unbound = m.goal.among(ContactGoal.NONE, ContactGoal.OFFER)

    @rule(
        GoalChannel.CALL,
        "S3.4",
        m.goal.among(ContactGoal.MEETING, ContactGoal.CONFERENCE, ContactGoal.TRIAL),
    )
    def asks_for_a_step() -> None:
        """A meeting, a conference call or a trial asks a lot of the person: call."""

    @rule(GoalChannel.CALL, "S3.3", m.goal == ContactGoal.COUNTER_OFFER)
    def quick_reply_counts() -> None:
        """A counter-offer needs a quick reply: call."""

    @rule(GoalChannel.CALL, "S3.20", m.goal == ContactGoal.OBJECTION)
    def voice_wins() -> None:
        """Objections are best settled on the phone, where it is easier to win the person over."""

    @rule(GoalChannel.CALL, "S3.3", (small | unbound) & m.urgent)
    def speed_counts() -> None:
        """It is urgent, and a call is faster."""

    @rule(GoalChannel.CALL, "S3.19", unbound & ~m.urgent & m.feelings)
    def voice_counts() -> None:
        """A voice conveys feelings and shows competence, and what is heard is remembered better."""

    @rule(GoalChannel.WRITE, "S3.4", small & ~m.urgent)
    def no_reason_to_disturb() -> None:
        """A clarification, an opinion or a referral is requested in writing."""

    @rule(GoalChannel.EITHER, "S3.4", unbound & ~m.urgent & ~m.feelings)
    def goal_leaves_it_open() -> None:
        """The goal suits a call as well as an email."""
