"""Endpoints under lock, as working copies: since when they fail, how that is watched, and what ends it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from asyncpg import Record

from models.accounts.staff import operator_ids
from models.base.database import Connection, fetch
from models.feed.journal import DeadlineRow, EventRow, Journal, MessageRow
from models.feed.kinds import MessageTemplate, NotificationKind
from models.messages.webhooks.tables import WebhookState
from rules import Decision, Policy

KIND = "WEBHOOK_DISABLE"

_COLUMNS = """id, account_id, state, deleted_at, disabled_decision_id, failing_since, watched_since,
    watch_policy_id, watches, recovered_at"""
_LOCK = f"SELECT {_COLUMNS} FROM webhook_endpoint WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE"
_SAVE = """UPDATE webhook_endpoint SET state = changed.state, disabled_decision_id = changed.decision_id,
        failing_since = changed.failing_since, watched_since = changed.watched_since,
        watch_policy_id = changed.watch_policy_id, watches = changed.watches,
        recovered_at = changed.recovered_at, version = version + 1
    FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::uuid[],
                $7::int[], $8::timestamptz[])
        AS changed (id, state, decision_id, failing_since, watched_since, watch_policy_id, watches,
                    recovered_at)
    WHERE webhook_endpoint.id = changed.id"""
_OWNERS = """SELECT id, account_id FROM users WHERE account_id = ANY($1::uuid[]) AND account_role = 'OWNER'
    AND disabled_at IS NULL ORDER BY id"""


@dataclass(slots=True)
class LockedEndpoint:
    """An endpoint; for the columns see `WebhookEndpoint`."""

    id: UUID
    account_id: UUID | None
    deleted: bool
    state: WebhookState
    disabled_decision_id: UUID | None
    failing_since: datetime | None
    watched_since: datetime | None
    watch_policy_id: UUID | None
    watches: int
    recovered_at: datetime | None
    _before: tuple[object, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Remember what is stored."""
        self._before = self.row()

    @property
    def changed(self) -> bool:
        """Whether it differs from what is stored."""
        return self.row() != self._before

    def row(self) -> tuple[object, ...]:
        """Return what is saved."""
        return (
            self.id,
            self.state,
            self.disabled_decision_id,
            self.failing_since,
            self.watched_since,
            self.watch_policy_id,
            self.watches,
            self.recovered_at,
        )

    def succeeded(self, now: datetime) -> None:
        """End the failure, if there is one."""
        if self.failing_since is not None:
            self.failing_since = None
            if self.watched_since is not None and self.recovered_at is None:
                self.recovered_at = now

    def failed(self, policy_id: UUID, policy: Policy, journal: Journal) -> None:
        """Begin a failure, if there is none. It is watched now, or when the watch before it ends."""
        if self.failing_since is None:
            self.failing_since = journal.now
            if self.watched_since is None:
                self.watch(policy_id, policy, journal.now, journal)

    def watch(self, policy_id: UUID, policy: Policy, since: datetime, journal: Journal) -> None:
        """Start the deadline at which an endpoint that has failed since then is disabled."""
        self.watched_since, self.watch_policy_id, self.recovered_at = since, policy_id, None
        due_at = since + timedelta(seconds=policy.messages.webhook_disabled_after)
        journal.deadlines.append(DeadlineRow(KIND, self.id, due_at, self.watches))
        self.watches += 1

    def unwatch(self) -> None:
        """Forget the watch, whose deadline has ended."""
        self.watched_since = self.watch_policy_id = self.recovered_at = None

    def disable(
        self, decision: Decision, policy_id: UUID, owners: Sequence[UUID], at: datetime, journal: Journal
    ) -> None:
        """Disable it, and tell the owners of its account, or the operators, by banner and email."""
        self.state = WebhookState.DISABLED
        self.disabled_decision_id = journal.record(self.id, decision)
        feeds = owners if self.account_id is None else [self.account_id]
        events = [
            EventRow(
                feed,
                NotificationKind.WEBHOOK_DISABLED,
                at,
                decision_id=self.disabled_decision_id,
                parameters={"endpointId": str(self.id)},
            )
            for feed in feeds
        ]
        journal.events += events
        by_feed = {event.recipient: event.id for event in events}
        journal.messages.extend(
            MessageRow(
                MessageTemplate.WEBHOOK_DISABLED,
                owner,
                self.id,
                policy_id,
                f"webhook_disabled:{self.disabled_decision_id}:{owner}",
                at,
                event_id=by_feed[self.account_id or owner],
            )
            for owner in owners
        )


async def lock_endpoints(conn: Connection, ids: Iterable[UUID]) -> dict[UUID, LockedEndpoint]:
    """Lock endpoints, before any of their dispatches: the other order deadlocks."""
    return _by_id(await fetch(conn, _LOCK, list(set(ids))))


async def save_endpoints(conn: Connection, endpoints: Iterable[LockedEndpoint]) -> None:
    """Write back the endpoints that have changed."""
    rows = [endpoint.row() for endpoint in endpoints if endpoint.changed]
    if rows:
        await fetch(conn, _SAVE, *map(list, zip(*rows, strict=True)))


async def owners_of(conn: Connection, endpoints: Collection[LockedEndpoint]) -> Mapping[UUID, Sequence[UUID]]:
    """Return who is told about each endpoint: its account's owners, or the operators."""
    owners: dict[UUID, list[UUID]] = {}
    for row in await fetch(conn, _OWNERS, [one.account_id for one in endpoints if one.account_id]):
        owners.setdefault(row["account_id"], []).append(row["id"])
    operators = await operator_ids(conn) if any(one.account_id is None for one in endpoints) else []
    return {
        one.id: operators if one.account_id is None else owners.get(one.account_id, ()) for one in endpoints
    }


def _by_id(rows: Collection[Record]) -> dict[UUID, LockedEndpoint]:
    return {
        row["id"]: LockedEndpoint(
            id=row["id"],
            account_id=row["account_id"],
            deleted=row["deleted_at"] is not None,
            state=WebhookState(row["state"]),
            disabled_decision_id=row["disabled_decision_id"],
            failing_since=row["failing_since"],
            watched_since=row["watched_since"],
            watch_policy_id=row["watch_policy_id"],
            watches=row["watches"],
            recovered_at=row["recovered_at"],
        )
        for row in rows
    }
