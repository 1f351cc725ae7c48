"""The list of webhook endpoints: an owner's own, for operators all. Secrets never leave the database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection
from models.base.keyset import Key, Order, Page, SelectStatement, Slice, fetch_rows, fetch_slice
from models.base.role import Role
from models.base.viewer import Viewer
from models.messages.webhooks.events import WebhookEvent, stored_events
from models.messages.webhooks.tables import WebhookState

NEWEST_ENDPOINT = Order("NEWEST", (Key("endpoint.id", "uuid"),), descending=True)


@dataclass(frozen=True, slots=True)
class EndpointView:
    """An endpoint, of the marketplace if it has no account. `secret_rotates_until` is None unless two secrets
    sign now; a disabled endpoint without a decision was disabled by a person.
    """

    id: UUID
    version: int
    account_id: UUID | None
    url: str
    events: tuple[WebhookEvent, ...]
    state: WebhookState
    disabled_decision_id: UUID | None
    failing_since: datetime | None
    secret_rotates_until: datetime | None
    created_at: datetime


_COLUMNS = """SELECT endpoint.id, endpoint.version, endpoint.account_id, endpoint.url, endpoint.events,
    endpoint.state, endpoint.disabled_decision_id, endpoint.failing_since, endpoint.created_at,
    CASE WHEN endpoint.rotates_until > leadgate_clock() THEN endpoint.rotates_until END
        AS secret_rotates_until"""
_TABLES = "FROM webhook_endpoint AS endpoint"


def _view(row: Record) -> EndpointView:
    return EndpointView(
        id=row["id"],
        version=row["version"],
        account_id=row["account_id"],
        url=row["url"],
        events=stored_events(row["events"]),
        state=WebhookState(row["state"]),
        disabled_decision_id=row["disabled_decision_id"],
        failing_since=row["failing_since"],
        secret_rotates_until=row["secret_rotates_until"],
        created_at=row["created_at"],
    )


def _seen_by(viewer: Viewer) -> SelectStatement:
    statement = SelectStatement([])
    statement.where("endpoint.deleted_at IS NULL")
    if not viewer.operator:
        account_id = viewer.account_id if Role.OWNER in viewer.roles else None
        statement.where(f"endpoint.account_id = {statement.bind(account_id, 'uuid')}")
    return statement


async def list_endpoints(conn: Connection, viewer: Viewer, part: Slice) -> Page[EndpointView]:
    """List the endpoints that the viewer may see, newest first, in one statement."""
    found = await fetch_slice(conn, _COLUMNS, _TABLES, _seen_by(viewer), NEWEST_ENDPOINT, part)
    return Page.of(found, _view)


async def endpoints_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, EndpointView]:
    """Return the endpoints with these ids that the viewer may see, in one statement."""
    statement = _seen_by(viewer)
    statement.where(f"endpoint.id = ANY({statement.bind(list(ids), 'uuid[]')})")
    return {row["id"]: _view(row) for row in await fetch_rows(conn, _COLUMNS, _TABLES, statement)}
