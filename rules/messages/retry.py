"""Whether an attempt that did not succeed is repeated, given up, or put to a person; and when."""

from dataclasses import dataclass
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.engine.facts import Seconds
from rules.messages.dispatch import DispatchChannel
from rules.policy import Policy

__all__ = ["DispatchOutcome", "RetryFacts", "RetryVerdict", "retry", "retry_delay"]


class RetryVerdict(StrEnum):
    """The verdicts."""

    RETRY = "RETRY"
    STOP = "STOP"
    ASK = "ASK"


class DispatchOutcome(StrEnum):
    """How an attempt ended. UNCERTAIN: the provider may have accepted it."""

    ACCEPTED = "ACCEPTED"
    TEMPORARY = "TEMPORARY"
    THROTTLED = "THROTTLED"
    PERMANENT = "PERMANENT"
    UNCERTAIN = "UNCERTAIN"


RETRY, STOP, ASK = RetryVerdict.RETRY, RetryVerdict.STOP, RetryVerdict.ASK


@dataclass(frozen=True, slots=True)
class RetryFacts:
    """The facts that decide what follows an attempt."""

    channel: DispatchChannel
    outcome: DispatchOutcome
    attempts: int  # with this one
    age: Seconds  # since the first attempt
    repeatable: bool  # a repeat is recognised as one, or the provider can be asked
    charged: bool  # a repeat may cost money twice


@ruleset("retry", RetryFacts, fail_closed=ASK)
def retry(p: Policy) -> None:
    """What repeating cannot help, what repeating could harm, then the limits."""
    most = {
        DispatchChannel.EMAIL: p.messages.most_attempts_email,
        DispatchChannel.SMS: p.messages.most_attempts_sms,
        DispatchChannel.PUSH: p.messages.most_attempts_push,
        DispatchChannel.WEBHOOK: p.messages.most_attempts_webhook,
    }
    failed = m.outcome.among(DispatchOutcome.TEMPORARY, DispatchOutcome.THROTTLED)
    unclear = m.outcome == DispatchOutcome.UNCERTAIN
    costly = unclear & m.charged
    harmless = failed | (unclear & (~m.charged | m.repeatable))
    nothing_arrived = failed | (unclear & ~m.charged)  # or it costs nothing if it did
    young = m.age < p.messages.give_up_after

    @rule(STOP, "Words.dispatch", m.outcome == DispatchOutcome.ACCEPTED)
    def accepted() -> None:
        """The provider accepted the message."""

    @rule(STOP, "Words.dispatch", m.outcome == DispatchOutcome.PERMANENT)
    def refused_permanently() -> None:
        """The provider refused the message permanently; repeating it would not help."""

    @rule(
        ASK,
        "Words.uncertain",
        costly & ~m.repeatable,
        costly & (m.age >= p.messages.give_up_after),
        *(costly & (m.channel == channel) & (m.attempts >= number) for channel, number in most.items()),
    )
    def may_have_arrived() -> None:
        """The provider may have accepted the message, and repeating it costs money; a person decides."""

    @rule(
        STOP,
        "Words.dispatch",
        *(
            nothing_arrived & (m.channel == channel) & (m.attempts >= number)
            for channel, number in most.items()
        ),
    )
    def too_many_attempts() -> None:
        """All attempts that the policy allows for this channel have failed."""

    @rule(STOP, "Words.dispatch", nothing_arrived & (m.age >= p.messages.give_up_after))
    def too_old() -> None:
        """The first attempt was {give_up_after} ago; the message is given up."""

    @rule(
        RETRY,
        "Words.dispatch",
        *(
            harmless & young & (m.channel == channel) & (m.attempts < number)
            for channel, number in most.items()
        ),
    )
    def again() -> None:
        """The attempt failed, or its result is unknown and a repeat does no harm; it is repeated."""


def retry_delay(p: Policy, attempts: int, share: float) -> float:
    """Return the seconds until the attempt after `attempts` (1 or more); `share` from 0 to 1 places it
    within the jitter.
    """
    numbers = p.messages
    delay, growth = float(numbers.first_delay), numbers.growth_percent / 100
    for _ in range(attempts - 1):
        delay *= growth
        if delay >= numbers.longest_delay:
            break
    delay = min(delay, float(numbers.longest_delay))
    return delay * (1 + (2 * share - 1) * numbers.jitter_percent / 100)
