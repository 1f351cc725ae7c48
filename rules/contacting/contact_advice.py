"""What to do: call, write, wait or leave the person alone; its facts are verdicts of other rules (S3.2)."""

from dataclasses import dataclass
from enum import StrEnum

from rules.contacting.channel_for_goal import GoalChannel
from rules.contacting.channel_preference import Preference
from rules.contacting.contact_permission import ContactPermission
from rules.contacting.follow_up import FollowUp
from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy

__all__ = ["Advice", "AdviceFacts", "contact_advice"]


class Advice(StrEnum):
    """The verdicts."""

    CALL = "CALL"
    VOICEMAIL = "VOICEMAIL"
    WRITE = "WRITE"
    CHAT = "CHAT"
    MEET = "MEET"
    CALL_LATER = "CALL_LATER"
    WAIT = "WAIT"
    DO_NOT_CONTACT = "DO_NOT_CONTACT"


@dataclass(frozen=True, slots=True)
class AdviceFacts:
    """What the last contact, the person and the goal ask for, and what is permitted now."""

    follow_up: FollowUp
    preference: Preference
    goal: GoalChannel
    call: ContactPermission
    email: bool
    chat: bool
    meeting: bool


@ruleset("contact_advice", AdviceFacts, fail_closed=Advice.WAIT)
def contact_advice(p: Policy) -> None:  # noqa: ARG001, PLR0915 - its numbers are in the facts; one rule a line
    """Law before advice; then the last contact, the person's convenience, and the goal."""
    free, undecided = m.follow_up == FollowUp.OPEN, m.preference == Preference.OPEN
    now, later, never = (m.call == permitted for permitted in ContactPermission)
    not_now = m.call.among(ContactPermission.WAIT, ContactPermission.FORBIDDEN)
    calls = free & ((m.preference == Preference.CALL) | (undecided & (m.goal == GoalChannel.CALL)))
    writes = (m.follow_up == FollowUp.WRITE) | (
        free
        & (
            (m.preference == Preference.WRITE)
            | (undecided & m.goal.among(GoalChannel.WRITE, GoalChannel.EITHER))
        )
    )
    speaks = m.follow_up == FollowUp.VOICEMAIL
    chats, meets = free & (m.preference == Preference.CHAT), free & (m.preference == Preference.MEET)
    acts = m.follow_up.among(FollowUp.OPEN, FollowUp.WRITE, FollowUp.VOICEMAIL)
    cannot_meet = (
        m.follow_up.among(FollowUp.WRITE, FollowUp.VOICEMAIL)
        | m.preference.among(Preference.CALL, Preference.WRITE, Preference.CHAT, Preference.OPEN)
        | ~m.meeting
    )

    @rule(Advice.WAIT, "S3.2", m.follow_up == FollowUp.WAIT)
    def their_turn() -> None:
        """The next step is the person's."""

    @rule(Advice.WRITE, "S3.8", (m.follow_up == FollowUp.WRITE) & m.email)
    def write_after_that() -> None:
        """The last contact asks for an email."""

    @rule(Advice.WRITE, "S3.2", free & (m.preference == Preference.WRITE) & m.email)
    def person_prefers_email() -> None:
        """The person prefers email, and their convenience counts."""

    @rule(Advice.WRITE, "S3.4", free & undecided & (m.goal == GoalChannel.WRITE) & m.email)
    def goal_is_written() -> None:
        """Nothing is known about the person's preference, and the goal is a small one: write."""

    @rule(Advice.WRITE, "S3.2", free & undecided & (m.goal == GoalChannel.EITHER) & m.email)
    def better_first_guess() -> None:
        """Nothing is known about the person's preference, and most office workers prefer email."""

    @rule(Advice.CALL, "S3.2", free & (m.preference == Preference.CALL) & now)
    def person_prefers_calls() -> None:
        """The person prefers calls, and their convenience counts."""

    @rule(Advice.CALL, "S3.4", free & undecided & (m.goal == GoalChannel.CALL) & now)
    def goal_asks_for_call() -> None:
        """Nothing is known about the person's preference, and the goal asks for a call."""

    @rule(Advice.VOICEMAIL, "S3.6", speaks & now)
    def leave_voicemail() -> None:
        """Nobody answered the last call: leave a voicemail if nobody answers again."""

    @rule(Advice.CHAT, "S3.2", chats & m.chat)
    def person_prefers_chat() -> None:
        """The person prefers the chat, and their convenience counts."""

    @rule(Advice.MEET, "S3.2", meets & m.meeting)
    def person_prefers_to_meet() -> None:
        """The person prefers to meet, and their convenience counts."""

    @rule(Advice.CALL_LATER, "S3.22", calls & later)
    def call_when_allowed() -> None:
        """A call is best but not allowed now; write the proposal in the meantime."""

    @rule(Advice.CALL_LATER, "Law.hours", (writes | speaks) & later & ~m.email)
    def only_calls_later() -> None:
        """No email may be sent, and a call is not allowed now."""

    @rule(
        Advice.CALL_LATER,
        "Law.hours",
        ((chats & ~m.chat) | (meets & ~m.meeting)) & later & ~m.email,
    )
    def preferred_way_closed() -> None:
        """What the person prefers is not possible; a call is, but not now."""

    @rule(Advice.WRITE, "Law.contact", calls & never & m.email)
    def no_calls_allowed() -> None:
        """A call would be best, but the person may not be called: write."""

    @rule(Advice.WRITE, "S3.6", speaks & not_now & m.email)
    def no_voicemail_now() -> None:
        """No voicemail may be left now: write."""

    @rule(Advice.WRITE, "S3.2", chats & ~m.chat & m.email)
    def no_chat_here() -> None:
        """The person prefers the chat, but there is none: write an email."""

    @rule(Advice.CALL, "S3.4", meets & ~m.meeting & now)
    def propose_by_phone() -> None:
        """The person prefers to meet: agree on a meeting by phone."""

    @rule(Advice.WRITE, "S3.4", meets & ~m.meeting & not_now & m.email)
    def propose_by_email() -> None:
        """The person prefers to meet, and no call is allowed now: propose a meeting by email."""

    @rule(Advice.CALL, "Law.contact", writes & ~m.email & now)
    def no_email_allowed() -> None:
        """An email would be best, but the person may not be sent one: call."""

    @rule(Advice.CALL, "S3.2", chats & ~m.chat & ~m.email & now)
    def only_calls_left() -> None:
        """Neither chat nor email is possible: call."""

    @rule(Advice.CHAT, "S3.2", acts & never & ~m.email & m.chat & cannot_meet)
    def only_chat_left() -> None:
        """Only the chat is possible."""

    @rule(Advice.DO_NOT_CONTACT, "Law.contact", acts & never & ~m.email & ~m.chat & cannot_meet)
    def no_way_left() -> None:
        """There is no way in which the person may be contacted."""
