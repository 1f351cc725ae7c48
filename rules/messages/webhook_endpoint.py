"""Whether a webhook endpoint whose requests fail stays active or is disabled."""

from dataclasses import dataclass
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.engine.facts import Seconds
from rules.policy import Policy

__all__ = ["EndpointFacts", "EndpointVerdict", "webhook_endpoint"]


class EndpointVerdict(StrEnum):
    """The verdicts."""

    KEEP = "KEEP"
    DISABLE = "DISABLE"


KEEP, DISABLE = EndpointVerdict.KEEP, EndpointVerdict.DISABLE


@dataclass(frozen=True, slots=True)
class EndpointFacts:
    """The facts that decide about one endpoint."""

    gone: bool  # it answered 410
    recovered: bool  # a request has succeeded since the first failure, or a person has enabled it again
    failing: Seconds  # since the first failure


@ruleset("webhook_endpoint", EndpointFacts, fail_closed=KEEP)
def webhook_endpoint(p: Policy) -> None:
    """What the endpoint says itself, then how long all requests have failed."""
    patience = p.messages.webhook_disabled_after

    @rule(DISABLE, "Words.webhooks", m.gone)
    def gone() -> None:
        """The endpoint answered that it no longer exists (410)."""

    @rule(KEEP, "Words.webhooks", ~m.gone & m.recovered)
    def recovered() -> None:
        """A request has succeeded since the first failure, or the endpoint was enabled again."""

    @rule(DISABLE, "Words.webhooks", ~m.gone & ~m.recovered & (m.failing >= patience))
    def failed_too_long() -> None:
        """All requests have failed for {webhook_disabled_after}."""

    @rule(KEEP, "Words.webhooks", ~m.gone & ~m.recovered & (m.failing < patience))
    def not_long_enough() -> None:
        """The requests have failed for less than {webhook_disabled_after}."""
