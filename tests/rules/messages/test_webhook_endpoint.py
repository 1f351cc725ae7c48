"""When a webhook endpoint is disabled."""

from datetime import UTC, datetime

from rules import Policy, decide, production_parameters
from rules.messages.webhook_endpoint import EndpointFacts, webhook_endpoint

AT = datetime(2026, 11, 24, 11, tzinfo=UTC)
POLICY = Policy.from_parameters(
    version="v1", market="main", effective_from=AT, parameters=production_parameters()
)
DAY = 24 * 60 * 60


def test_an_endpoint_is_disabled_if_it_says_so_or_has_only_failed_for_five_days() -> None:
    """A 410 outweighs everything; a success, or a person who enables it, the days."""
    decided = {
        facts: decide(webhook_endpoint, POLICY, facts, AT).rule_id
        for facts in (
            EndpointFacts(gone=True, recovered=True, failing=0),
            EndpointFacts(gone=False, recovered=True, failing=6 * DAY),
            EndpointFacts(gone=False, recovered=False, failing=5 * DAY),
            EndpointFacts(gone=False, recovered=False, failing=5 * DAY - 1),
        )
    }
    assert list(decided.values()) == ["gone", "recovered", "failed_too_long", "not_long_enough"]
