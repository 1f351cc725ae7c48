"""Which channel a person prefers: by what they said or answered, or by what is known of them (S3.1, S3.2)."""

from dataclasses import dataclass
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy

__all__ = ["PersonDays", "PersonTemper", "Preference", "PreferenceFacts", "Said", "channel_preference"]


class Preference(StrEnum):
    """The verdicts; OPEN means that nothing is known."""

    CALL = "CALL"
    WRITE = "WRITE"
    CHAT = "CHAT"
    MEET = "MEET"
    OPEN = "OPEN"


class Said(StrEnum):
    """What a person answered to the direct question, or let us know by themselves."""

    NOTHING = "NOTHING"
    CALL = "CALL"
    WRITE = "WRITE"
    CHAT = "CHAT"
    MEET = "MEET"
    CANNOT_TALK = "CANNOT_TALK"


class PersonDays(StrEnum):
    """How the person spends the working day (S3.17); a day planned by the minute counts as meetings."""

    UNKNOWN = "UNKNOWN"
    AT_DESK = "AT_DESK"
    TRAVELS = "TRAVELS"
    IN_MEETINGS = "IN_MEETINGS"


class PersonTemper(StrEnum):
    """How the person comes across; a judgement, which the person is told on request."""

    UNKNOWN = "UNKNOWN"
    OUTGOING = "OUTGOING"
    RESERVED = "RESERVED"


@dataclass(frozen=True, slots=True)
class PreferenceFacts:
    """The facts of one person, as one account knows them."""

    answered: Said  # to the direct question, or the channel that the person chose with the lead
    marker: Said  # the newest sign in what the person said or wrote
    marker_is_newer: bool  # than the answer; at the same instant, the answer counts
    house_reads_mail: bool  # somebody said that the whole company reads email
    days: PersonDays
    temper: PersonTemper


@ruleset("channel_preference", PreferenceFacts, fail_closed=Preference.OPEN)
def channel_preference(p: Policy) -> None:  # noqa: ARG001 - no number of the policy matters here
    """The person's newest word, then their answer, then what their company and their days suggest."""
    unasked, no_sign = m.answered == Said.NOTHING, m.marker == Said.NOTHING
    by_sign = m.marker_is_newer | unasked
    by_answer = ~m.marker_is_newer | no_sign
    silent = unasked & no_sign
    person = silent & ~m.house_reads_mail
    reachable = person & m.days.among(PersonDays.UNKNOWN, PersonDays.AT_DESK)

    @rule(Preference.WRITE, "S3.1", by_sign & (m.marker == Said.WRITE))
    def asked_for_email() -> None:
        """The person asked for an email."""

    @rule(Preference.WRITE, "S3.16", by_sign & (m.marker == Said.CANNOT_TALK))
    def cannot_talk() -> None:
        """The person said that they cannot talk; that is not a refusal, but they may prefer email."""

    @rule(Preference.CALL, "S3.1", by_sign & (m.marker == Said.CALL))
    def asked_for_call() -> None:
        """The person asked for a call."""

    @rule(Preference.CHAT, "S3.1", by_sign & (m.marker == Said.CHAT))
    def asked_for_chat() -> None:
        """The person asked for a message in the chat."""

    @rule(Preference.MEET, "S3.1", by_sign & (m.marker == Said.MEET))
    def asked_to_meet() -> None:
        """The person asked for a meeting."""

    @rule(Preference.CALL, "S3.1", by_answer & (m.answered == Said.CALL))
    def prefers_calls() -> None:
        """When asked, the person preferred calls."""

    @rule(Preference.WRITE, "S3.1", by_answer & m.answered.among(Said.WRITE, Said.CANNOT_TALK))
    def prefers_email() -> None:
        """When asked, the person preferred email."""

    @rule(Preference.CHAT, "S3.1", by_answer & (m.answered == Said.CHAT))
    def prefers_chat() -> None:
        """When asked, the person preferred the chat."""

    @rule(Preference.MEET, "S3.1", by_answer & (m.answered == Said.MEET))
    def prefers_meetings() -> None:
        """When asked, the person preferred to meet."""

    @rule(Preference.WRITE, "S3.15", silent & m.house_reads_mail)
    def house_reads_mail() -> None:
        """In the person's company, everybody reads email."""

    @rule(Preference.WRITE, "S3.17", person & m.days.among(PersonDays.TRAVELS, PersonDays.IN_MEETINGS))
    def rarely_free() -> None:
        """The person is often on the road or in meetings: an email can wait, a call cannot."""

    @rule(Preference.CALL, "S3.1", reachable & (m.temper == PersonTemper.OUTGOING))
    def likes_to_talk() -> None:
        """The person likes to talk."""

    @rule(Preference.WRITE, "S3.1", reachable & (m.temper == PersonTemper.RESERVED))
    def would_rather_read() -> None:
        """The person is reserved and would rather read."""

    @rule(Preference.OPEN, "S3.2", reachable & (m.temper == PersonTemper.UNKNOWN))
    def nothing_known() -> None:
        """Nothing is known about the person's preference."""
