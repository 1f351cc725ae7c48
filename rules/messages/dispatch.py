"""Whether a dispatch is sent, held, suppressed, or has become pointless (S1, readings on messages)."""

from dataclasses import dataclass
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy

__all__ = [
    "Blocked",
    "DispatchChannel",
    "DispatchFacts",
    "DispatchVerdict",
    "Necessity",
    "Reachable",
    "Wanted",
    "dispatch",
]


class DispatchVerdict(StrEnum):
    """The verdicts."""

    SEND = "SEND"
    HOLD = "HOLD"
    SUPPRESS = "SUPPRESS"
    EXPIRE = "EXPIRE"


class Necessity(StrEnum):
    """Why a message is sent; a property of its template."""

    REQUIRED_BY_LAW = "REQUIRED_BY_LAW"
    PART_OF_THE_CONTRACT = "PART_OF_THE_CONTRACT"
    OPTIONAL = "OPTIONAL"


class DispatchChannel(StrEnum):
    """How the product sends."""

    EMAIL = "EMAIL"
    SMS = "SMS"
    PUSH = "PUSH"
    WEBHOOK = "WEBHOOK"


class Wanted(StrEnum):
    """Whether the recipient has these messages on this channel switched on."""

    ON = "ON"
    OFF = "OFF"


class Blocked(StrEnum):
    """Why the recipient, or the address, is not written to; of several reasons, the first of this list."""

    NO = "NO"
    GONE = "GONE"
    HARD_BOUNCE = "HARD_BOUNCE"
    DO_NOT_CONTACT = "DO_NOT_CONTACT"
    ABUSE_REPORT = "ABUSE_REPORT"


class Reachable(StrEnum):
    """Whether the recipient has an address on this channel."""

    PRESENT = "PRESENT"
    MISSING = "MISSING"


SEND, HOLD = DispatchVerdict.SEND, DispatchVerdict.HOLD
SUPPRESS, EXPIRE = DispatchVerdict.SUPPRESS, DispatchVerdict.EXPIRE


@dataclass(frozen=True, slots=True)
class DispatchFacts:
    """The facts that decide about one dispatch when it is due."""

    necessity: Necessity
    channel: DispatchChannel
    wanted: Wanted
    blocked: Blocked
    address: Reachable
    moot: bool  # what it is about has changed, so that the message says nothing true or useful any more
    expired: bool  # after the time until which it may be sent
    quiet: bool  # within the quiet hours of the recipient's day


@ruleset("dispatch", DispatchFacts, fail_closed=HOLD)
def dispatch(p: Policy) -> None:  # noqa: ARG001 - its numbers became facts: quiet hours depend on a time zone
    """What is pointless, then who cannot be reached, then who does not want it, then when."""
    optional = m.necessity == Necessity.OPTIONAL
    current = ~m.expired & ~m.moot
    reachable = current & (m.address == Reachable.PRESENT)
    stopped = m.blocked.among(Blocked.DO_NOT_CONTACT, Blocked.ABUSE_REPORT)
    required = m.necessity.among(Necessity.PART_OF_THE_CONTRACT, Necessity.REQUIRED_BY_LAW)
    free = m.blocked == Blocked.NO
    sendable = reachable & ((optional & free & (m.wanted == Wanted.ON)) | (required & (free | stopped)))
    waits = (
        m.quiet
        & m.channel.among(DispatchChannel.SMS, DispatchChannel.PUSH)
        & m.necessity.among(Necessity.OPTIONAL, Necessity.PART_OF_THE_CONTRACT)
    )
    goes = (
        ~m.quiet
        | m.channel.among(DispatchChannel.EMAIL, DispatchChannel.WEBHOOK)
        | (m.necessity == Necessity.REQUIRED_BY_LAW)
    )

    @rule(EXPIRE, "Words.message", m.expired)
    def expired() -> None:
        """The message expired before it could be sent."""

    @rule(EXPIRE, "Words.message", m.moot)
    def moot() -> None:
        """What the message is about has changed in the meantime; there is nothing left to say."""

    @rule(SUPPRESS, "S1 R.messages", current & (m.blocked == Blocked.GONE))
    def recipient_gone() -> None:
        """The recipient is disabled or was erased."""

    @rule(SUPPRESS, "S1 R.messages", current & (m.address == Reachable.MISSING))
    def no_address() -> None:
        """The recipient has no address on this channel."""

    @rule(SUPPRESS, "S1 R.messages", current & optional & (m.blocked == Blocked.DO_NOT_CONTACT))
    def do_not_contact() -> None:
        """The person must not be contacted; only messages that the law or the contract requires are sent."""

    @rule(SUPPRESS, "Words.suppression", current & (m.blocked == Blocked.HARD_BOUNCE))
    def hard_bounce() -> None:
        """Messages to this address bounced. If the law requires this one, send it by post."""

    @rule(SUPPRESS, "Words.suppression", current & optional & (m.blocked == Blocked.ABUSE_REPORT))
    def abuse_report() -> None:
        """The recipient reported a message as abuse; only required messages are sent to this address."""

    @rule(SUPPRESS, "Words.necessity", current & optional & (m.wanted == Wanted.OFF))
    def switched_off() -> None:
        """The recipient has switched off these messages on this channel."""

    @rule(HOLD, "S1 R.messages", sendable & waits)
    def quiet_hours() -> None:
        """Texts and push messages wait until the recipient's quiet hours ({quiet_from} to {quiet_until})
        end.
        """

    @rule(SEND, "S1 R.messages", sendable & goes)
    def sent() -> None:
        """Nothing prevents the message from being sent."""
