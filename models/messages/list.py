"""Lists of dispatches and their attempts. Operators see all; everybody else sees what was sent to them,
owners also what was sent to their account's webhook endpoints.

No address leaves this module: only what hints at it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.keyset import (
    Count,
    Key,
    Order,
    Page,
    SelectStatement,
    Slice,
    count_rows,
    cut,
    fetch_rows,
    fetch_slice,
    take,
)
from models.base.role import Role
from models.base.viewer import Viewer
from models.feed.kinds import MessageSubject, MessageTemplate, necessity_on
from models.messages.tables import DispatchReceipt, DispatchState
from rules.messages.dispatch import DispatchChannel, Necessity
from rules.messages.retry import DispatchOutcome

NEWEST_DISPATCH = Order("NEWEST", (Key("dispatch.id", "uuid"),), descending=True)


@dataclass(frozen=True, slots=True)
class DispatchFilter:
    """Filter for dispatches; None and empty do not filter."""

    states: tuple[DispatchState, ...] = ()
    channel: DispatchChannel | None = None
    template: str | None = None
    subject_id: UUID | None = None
    created_from: datetime | None = None
    created_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DispatchView:
    """A dispatch. `company` is set for the users and employees of an account, `name` for them and for
    operators, `endpoint` for a webhook: the beginning of its address. `copy` is the place of a further
    recipient in the employee's list, 0 for anybody else.
    """

    id: UUID
    version: int
    channel: DispatchChannel
    template: MessageTemplate
    necessity: Necessity
    state: DispatchState
    name: str | None
    company: str | None
    endpoint: str | None
    address_hint: str | None
    subject_id: UUID
    about: MessageSubject
    created_at: datetime
    not_before: datetime
    next_attempt_at: datetime | None
    expires_at: datetime | None
    sent_at: datetime | None
    receipt: DispatchReceipt | None
    receipt_at: datetime | None
    cost_cents: int | None
    comment: str | None
    attempt_count: int
    decision_id: UUID | None
    retry_decision_id: UUID | None
    copy: int = 0


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One conversation with a provider; without an outcome while it lasts."""

    number: int
    started_at: datetime
    ended_at: datetime | None
    outcome: DispatchOutcome | None
    code: str | None
    detail: str | None


_COLUMNS = """SELECT dispatch.id, dispatch.version, dispatch.channel, message.template, message.necessity,
    dispatch.state, dispatch.due_at, dispatch.sent_at, dispatch.receipt, dispatch.receipt_at,
    dispatch.cost_cents, dispatch.comment, dispatch.attempts, dispatch.decision_id,
    dispatch.retry_decision_id, message.subject, message.created_at, message.not_before, message.expires_at,
    CASE WHEN employee.id IS NOT NULL THEN btrim(employee.first_name || ' ' || employee.last_name)
        WHEN users.prospect_id IS NULL THEN users.name END AS name, account.name AS company,
    coalesce(dispatch.copy, 0) AS copy, endpoint.url AS endpoint,
    CASE WHEN dispatch.device_id IS NOT NULL THEN NULL
        WHEN dispatch.channel = 'SMS' THEN coalesce(users.mobile, employee.mobile)
        WHEN dispatch.copy > 0 THEN employee.cc[dispatch.copy]
        ELSE coalesce(users.email, employee.email, contact.email) END AS address"""
_TABLES = """FROM dispatch JOIN outbox_message AS message ON message.id = dispatch.message_id
    LEFT JOIN device ON device.id = dispatch.device_id
    LEFT JOIN users ON users.id = coalesce(dispatch.user_id, device.user_id)
    LEFT JOIN employee ON employee.id = dispatch.employee_id
    LEFT JOIN secretariat ON secretariat.id = employee.secretariat_id
    LEFT JOIN account ON account.id = coalesce(users.account_id, secretariat.account_id)
    LEFT JOIN contact ON contact.lead_id = dispatch.lead_id
    LEFT JOIN webhook_endpoint AS endpoint ON endpoint.id = dispatch.endpoint_id"""


def _view(row: Record) -> DispatchView:
    state = DispatchState(row["state"])
    template, channel = MessageTemplate(row["template"]), DispatchChannel(row["channel"])
    return DispatchView(
        id=row["id"],
        version=row["version"],
        channel=channel,
        template=template,
        necessity=necessity_on(channel, template, Necessity(row["necessity"])),
        state=state,
        name=row["name"],
        company=row["company"],
        endpoint=shown_url(row["endpoint"]),
        address_hint=hint(row["address"]),
        subject_id=row["subject"],
        about=template.about,
        created_at=row["created_at"],
        not_before=row["not_before"],
        next_attempt_at=row["due_at"] if state is DispatchState.WAITING else None,
        expires_at=row["expires_at"],
        sent_at=row["sent_at"],
        receipt=DispatchReceipt(row["receipt"]) if row["receipt"] else None,
        receipt_at=row["receipt_at"],
        cost_cents=row["cost_cents"],
        comment=row["comment"],
        attempt_count=row["attempts"],
        decision_id=row["decision_id"],
        retry_decision_id=row["retry_decision_id"],
        copy=row["copy"],
    )


def hint(address: str | None) -> str | None:
    """Return what hints at an email address or a number: `v***@d***.example`, `+49***89`."""
    if address is None:
        return None
    if "@" not in address:
        return f"{address[:3]}***{address[-2:]}"
    local, _, domain = address.rpartition("@")
    name, _, top = domain.rpartition(".")
    return f"{local[:1]}***@{name[:1]}***.{top}"


def shown_url(url: str | None) -> str | None:
    """Return the beginning of an endpoint's address, whose path may be a secret: `https://crm.example/…`."""
    if url is None:
        return None
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/…"


def _seen_by(viewer: Viewer) -> SelectStatement:
    """Begin the condition; what a newer version wrote is left to its own servers."""
    statement = SelectStatement([])
    statement.where(f"message.template = ANY({statement.bind(list(MessageTemplate), 'text[]')})")
    if not viewer.operator:
        user = statement.bind(viewer.user_id, "uuid")
        devices = f"SELECT id FROM device WHERE user_id = {user}"
        own = f"dispatch.user_id = {user} OR dispatch.device_id = ANY(ARRAY({devices}))"
        if Role.OWNER in viewer.roles:
            account = statement.bind(viewer.account_id, "uuid")
            endpoints = f"SELECT id FROM webhook_endpoint WHERE account_id = {account}"
            own = f"{own} OR dispatch.endpoint_id = ANY(ARRAY({endpoints}))"
        statement.where(f"({own})")
    return statement


async def list_dispatches(
    conn: Connection, viewer: Viewer, part: Slice, criteria: DispatchFilter
) -> Page[DispatchView]:
    """List the dispatches that the viewer may see, newest first, in one statement."""
    statement = _filtered(viewer, criteria)
    found = await fetch_slice(conn, _COLUMNS, _TABLES, statement, NEWEST_DISPATCH, part)
    return Page.of(found, _view)


async def count_dispatches(conn: Connection, viewer: Viewer, criteria: DispatchFilter) -> Count:
    """Count all dispatches that `list_dispatches` would list."""
    tables = "FROM dispatch JOIN outbox_message AS message ON message.id = dispatch.message_id"
    return await count_rows(conn, "", tables, _filtered(viewer, criteria))


async def dispatches_of_endpoints(
    conn: Connection, viewer: Viewer, ids: Collection[UUID], part: Slice, criteria: DispatchFilter
) -> dict[UUID, Page[DispatchView]]:
    """Return a slice of the dispatches of each of these endpoints that the viewer may see, newest first, in
    one statement.
    """
    statement = _filtered(viewer, criteria)
    wanted = statement.bind(list(ids), "uuid[]")
    limit = take(statement, NEWEST_DISPATCH, part)
    rows = await fetch(
        conn,
        f"""SELECT found.*, wanted.endpoint_id AS of_endpoint
            FROM unnest({wanted}) AS wanted (endpoint_id) CROSS JOIN LATERAL (
                {_COLUMNS}, {NEWEST_DISPATCH.columns()} {_TABLES}
                WHERE dispatch.endpoint_id = wanted.endpoint_id AND {statement.all_conditions()} {limit}
            ) AS found ORDER BY wanted.endpoint_id, found.id DESC""",
        *statement.values,
    )
    of_endpoint: dict[UUID, list[Record]] = {one: [] for one in ids}
    for row in rows:
        of_endpoint[row["of_endpoint"]].append(row)
    return {one: Page.of(cut(found, NEWEST_DISPATCH, part), _view) for one, found in of_endpoint.items()}


def _filtered(viewer: Viewer, criteria: DispatchFilter) -> SelectStatement:
    statement = _seen_by(viewer)
    if criteria.states:
        statement.where(f"dispatch.state = ANY({statement.bind(list(criteria.states), 'text[]')})")
    for column, value, kind in (
        ("dispatch.channel =", criteria.channel, "text"),
        ("message.template =", criteria.template, "text"),
        ("message.subject =", criteria.subject_id, "uuid"),
        ("message.created_at >=", criteria.created_from, "timestamptz"),
        ("message.created_at <", criteria.created_until, "timestamptz"),
    ):
        if value is not None:
            statement.where(f"{column} {statement.bind(value, kind)}")
    return statement


async def dispatches_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, DispatchView]:
    """Return the dispatches with these ids that the viewer may see, in one statement."""
    statement = _seen_by(viewer)
    statement.where(f"dispatch.id = ANY({statement.bind(list(ids), 'uuid[]')})")
    rows = await fetch_rows(conn, _COLUMNS, _TABLES, statement)
    return {row["id"]: _view(row) for row in rows}


async def attempts_of(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, Sequence[AttemptView]]:
    """Return the attempts of these dispatches, first to last, in one statement: for operators, and
    of webhooks for the owners of their account.
    """
    if not viewer.operator and Role.OWNER not in viewer.roles:
        return {}
    rows = await fetch(
        conn,
        """SELECT dispatch_id, number, started_at, ended_at, outcome, code, detail FROM dispatch_attempt
           WHERE dispatch_id = ANY($1::uuid[])
             AND ($2::boolean OR EXISTS (
                 SELECT FROM dispatch JOIN webhook_endpoint AS endpoint ON endpoint.id = dispatch.endpoint_id
                 WHERE dispatch.id = dispatch_id AND endpoint.account_id = $3::uuid))
           ORDER BY dispatch_id, number""",
        list(ids),
        viewer.operator,
        viewer.account_id,
    )
    found: dict[UUID, list[AttemptView]] = {}
    for row in rows:
        found.setdefault(row["dispatch_id"], []).append(
            AttemptView(
                row["number"],
                row["started_at"],
                row["ended_at"],
                DispatchOutcome(row["outcome"]) if row["outcome"] else None,
                row["code"],
                row["detail"],
            )
        )
    return dict(found)
