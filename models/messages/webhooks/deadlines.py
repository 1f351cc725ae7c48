"""Timed transition of webhook endpoints: one that has only failed for days is disabled."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from models.base.database import Connection
from models.deadlines.registry import Subject, timed
from models.feed.journal import Journal
from models.messages.webhooks.endpoint import (
    KIND,
    LockedEndpoint,
    lock_endpoints,
    owners_of,
    save_endpoints,
)
from models.messages.webhooks.tables import WebhookState
from models.policies.versions import policies_by_id
from rules import DISAGREEMENT, Policy, decide
from rules.messages.webhook_endpoint import EndpointFacts, EndpointVerdict, webhook_endpoint


@dataclass(slots=True)
class Watched:
    """An endpoint under lock, the policy by which it is watched, and who is told."""

    endpoint: LockedEndpoint
    policy: Policy | None
    owners: Sequence[UUID]

    @property
    def id(self) -> UUID:
        """The endpoint."""
        return self.endpoint.id


async def _lock(conn: Connection, ids: Collection[UUID]) -> list[Watched]:
    endpoints = list((await lock_endpoints(conn, ids)).values())
    policies = await policies_by_id(conn, {one.watch_policy_id for one in endpoints if one.watch_policy_id})
    owners = await owners_of(conn, endpoints)
    return [
        Watched(one, policies[one.watch_policy_id] if one.watch_policy_id else None, owners[one.id])
        for one in endpoints
    ]


async def _save(conn: Connection, watched: Collection[Watched]) -> None:
    await save_endpoints(conn, [one.endpoint for one in watched])


ENDPOINT: Subject[Watched] = Subject(
    "webhook_endpoint", "id", _lock, _save, lambda watched: "deleted" if watched.endpoint.deleted else None
)


@timed(
    KIND,
    ENDPOINT,
    description="A webhook endpoint is disabled if all its requests have failed.",
    starts=lambda policy, now: [now + timedelta(seconds=policy.messages.webhook_disabled_after)],
)
def end_watch(watched: Watched, due_at: datetime, journal: Journal) -> str:
    """Disable an endpoint without a success since the watched failure began, as of the due time.

    If a later failure lasts, it is watched next, so that an endpoint has one pending deadline at most.
    """
    endpoint, policy, policy_id = watched.endpoint, watched.policy, watched.endpoint.watch_policy_id
    if endpoint.watched_since is None or policy is None or policy_id is None:
        return "moot"
    if endpoint.state is WebhookState.DISABLED:
        endpoint.unwatch()
        return "moot"
    facts = EndpointFacts(
        gone=False,
        recovered=endpoint.recovered_at is not None and endpoint.recovered_at <= due_at,
        failing=int((due_at - endpoint.watched_since).total_seconds()),
    )
    decision = decide(webhook_endpoint, policy, facts, due_at)
    if decision.rule_id == DISAGREEMENT:
        return DISAGREEMENT
    if decision.verdict is EndpointVerdict.DISABLE:
        endpoint.disable(decision, policy_id, watched.owners, due_at, journal)
        endpoint.unwatch()
        return "disabled"
    journal.record(endpoint.id, decision)
    if endpoint.failing_since is None:
        endpoint.unwatch()
    else:
        endpoint.watch(policy_id, policy, endpoint.failing_since, journal)
    return "recovered"
