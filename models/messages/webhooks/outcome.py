"""What attempts mean for their endpoints: since when one fails, and whether it is disabled."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from models.base.database import Connection, fetch
from models.feed.journal import Journal
from models.messages.channels.channel import Code, Result
from models.messages.parcels import Parcel
from models.messages.webhooks.endpoint import LockedEndpoint, lock_endpoints, owners_of, save_endpoints
from models.messages.webhooks.tables import WebhookState
from rules import decide
from rules.messages.retry import DispatchOutcome
from rules.messages.webhook_endpoint import EndpointFacts, EndpointVerdict, webhook_endpoint

_OF_ENDED_LEASES = """SELECT DISTINCT endpoint_id FROM dispatch
    WHERE channel = 'WEBHOOK' AND state = 'SENDING' AND lease_until <= $1"""


async def lock_endpoints_of(conn: Connection, parcels: Iterable[Parcel]) -> Mapping[UUID, LockedEndpoint]:
    """Lock the endpoints of these webhooks."""
    return await lock_endpoints(conn, [one.webhook.endpoint_id for one in parcels if one.webhook])


async def lock_endpoints_of_ended(conn: Connection, now: datetime) -> Mapping[UUID, LockedEndpoint]:
    """Lock the endpoints of webhooks whose leases have ended."""
    rows = await fetch(conn, _OF_ENDED_LEASES, now)
    return await lock_endpoints(conn, [row["endpoint_id"] for row in rows]) if rows else {}


def is_deleted(endpoints: Mapping[UUID, LockedEndpoint], parcel: Parcel) -> bool:
    """Return whether the endpoint was deleted during the attempt."""
    endpoint = endpoints.get(parcel.webhook.endpoint_id) if parcel.webhook else None
    return endpoint is not None and endpoint.deleted


def is_news(endpoints: Mapping[UUID, LockedEndpoint]) -> bool:
    """Return whether successes change anything."""
    return any(endpoint.failing_since is not None for endpoint in endpoints.values())


async def note_endpoints(
    conn: Connection,
    journal: Journal,
    endpoints: Mapping[UUID, LockedEndpoint],
    results: Collection[tuple[Parcel, Result]],
) -> None:
    """Note the results of webhooks for their locked endpoints, and save these.

    A success outweighs the failures of the same moment, except for a 410.
    """
    gone: dict[UUID, Parcel] = {}
    accepted: set[UUID] = set()
    failed: dict[UUID, Parcel] = {}
    for parcel, result in results:
        if parcel.webhook is None:
            continue
        endpoint_id = parcel.webhook.endpoint_id
        if result.outcome is DispatchOutcome.ACCEPTED:
            accepted.add(endpoint_id)
        elif result.code is Code.ENDPOINT_GONE:
            gone[endpoint_id] = parcel
        elif result.outcome is not DispatchOutcome.UNCERTAIN and result.code is not Code.SEALED_OTHERWISE:
            failed[endpoint_id] = parcel  # the others are faults of ours
    for endpoint_id in accepted:
        endpoints[endpoint_id].succeeded(journal.now)
    for endpoint_id, parcel in (failed | gone).items():
        endpoint = endpoints[endpoint_id]
        if endpoint_id not in accepted and not endpoint.deleted and parcel.webhook:
            endpoint.failed(parcel.webhook.policy_id, parcel.policy, journal)
    if gone:
        await _disable(conn, journal, [(endpoints[one], parcel) for one, parcel in gone.items()])
    await save_endpoints(conn, endpoints.values())


async def _disable(conn: Connection, journal: Journal, gone: Sequence[tuple[LockedEndpoint, Parcel]]) -> None:
    owners = await owners_of(conn, [endpoint for endpoint, _ in gone])
    for endpoint, parcel in gone:
        facts = EndpointFacts(gone=True, recovered=False, failing=0)
        decision = decide(webhook_endpoint, parcel.policy, facts, journal.now)
        active = endpoint.state is WebhookState.ACTIVE and not endpoint.deleted
        if active and decision.verdict is EndpointVerdict.DISABLE and parcel.webhook:
            endpoint.disable(decision, parcel.webhook.policy_id, owners[endpoint.id], journal.now, journal)
