"""Reads the data for the texts of notifications: events, with the public fields and times that they refer to.

Contact data is never read: the joins use titles, names of accounts, times and decisions only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.keyset import COUNTED_ROWS, LARGEST_PAGE, Count
from models.feed.events import EVENT_COLUMNS, FeedEventView, event_view
from models.feed.kinds import NOTIFICATIONS, NotificationKind
from models.policies.decisions import RecordedDecision, decision_view
from models.policies.versions import policies_by_id
from rules import Policy

# After a FROM that binds `event`. The words use the policy pinned on the application, delivery or complaint.
# A record about a meeting from the event's transaction has the event's timestamp.
_DETAILS = f"""SELECT {EVENT_COLUMNS}, lead.title AS lead_title, account.name AS vendor_name,
        coalesce(application.policy_id, delivery.policy_id, complaint.policy_id) AS policy_id,
        application.fee, application.refunded_at,
        event.recipient = coalesce(application.account_id, complaint.account_id) AS for_vendor,
        coalesce(reveal.due_at, CASE WHEN application.accepted_at IS NULL THEN application.revealed_at END)
            AS opens_at,
        delivery.complaint_until, delivery.replacement,
        (event.parameters->>'callId')::uuid AS call_id,
        complaint.id AS complaint_id, complaint.number AS complaint_number, complaint.decide_by,
        record.kind AS record_kind, record.meeting_at,
        decision.subject, decision.ruleset, decision.verdict, decision.rule_id, decision.facts,
        decision.decided_at, decision.recorded_at, decision.actor_id,
        policy.id AS decision_policy_id"""
_JOINS = """LEFT JOIN lead ON lead.id = event.lead_id
    LEFT JOIN application ON application.id = event.application_id
    LEFT JOIN complaint ON complaint.id =
        CASE WHEN event.kind LIKE 'COMPLAINT\\_%' THEN (event.parameters->>'complaintId')::uuid END
    LEFT JOIN delivery AS disclosed ON disclosed.id = event.delivery_id
    LEFT JOIN account
        ON account.id = coalesce(application.account_id, complaint.account_id, disclosed.account_id)
    LEFT JOIN delivery ON delivery.lead_id = event.lead_id AND delivery.account_id = event.recipient
    LEFT JOIN deadline AS reveal
        ON reveal.kind = 'REVEAL' AND reveal.subject = event.application_id AND reveal.ordinal = 0
    LEFT JOIN LATERAL (
        SELECT kind, meeting_at FROM meeting_record
        WHERE event.kind LIKE 'MEETING\\_%' AND meeting_record.application_id = event.application_id
          AND meeting_record.recorded_at = event.at ORDER BY meeting_record.id DESC LIMIT 1) AS record ON true
    LEFT JOIN decision ON decision.id = event.decision_id
    LEFT JOIN policy ON policy.version = decision.policy_version"""

# Written out, as in the index of unread notifications, which PostgreSQL otherwise would not use.
IS_NOTIFICATION = " AND ".join(f"kind <> '{kind}'" for kind in NotificationKind if kind not in NOTIFICATIONS)


@dataclass(frozen=True, slots=True)
class NotificationView:
    """An event of a feed with the data for its words.

    `opens_at` is when the contact data is revealed without an answer; `complaint_until` is None for a
    replacement that cannot be complained about.
    """

    event: FeedEventView
    for_vendor: bool
    lead_title: str | None = None
    vendor_name: str | None = None
    fee: int | None = None
    refunded: bool = False
    opens_at: datetime | None = None
    complaint_until: datetime | None = None
    call_id: UUID | None = None
    complaint_id: UUID | None = None
    complaint_number: str | None = None
    decide_by: datetime | None = None
    meeting_at: datetime | None = None
    meeting_statement: str | None = None
    policy: Policy | None = None
    decision: RecordedDecision | None = None


@dataclass(frozen=True, slots=True)
class NotificationPage:
    """Notifications, newest first; `has_next` says whether there are older ones."""

    items: list[NotificationView]
    has_next: bool


async def list_notifications(
    conn: Connection,
    recipient: UUID,
    *,
    first: int,
    before_seq: int | None = None,
    unread: bool | None = None,
) -> NotificationPage:
    """Return a page of a feed in one statement, newest first, older than `before_seq`.

    `unread` True returns unread ones, False read ones, None all. New events never move a page.
    """
    size = max(1, min(first, LARGEST_PAGE))
    condition = {None: "", True: "AND read_at IS NULL", False: "AND read_at IS NOT NULL"}[unread]
    rows = await fetch(
        conn,
        f"""WITH event AS MATERIALIZED (
                SELECT * FROM feed_event WHERE recipient = $1 AND seq < $2 AND {IS_NOTIFICATION} {condition}
                ORDER BY recipient DESC, seq DESC LIMIT $3)
            {_DETAILS} FROM event {_JOINS} ORDER BY event.seq DESC""",
        recipient,
        2**63 - 1 if before_seq is None else before_seq,
        size + 1,
    )
    return NotificationPage(await _views(conn, rows[:size]), has_next=len(rows) > size)


async def notifications_by_id(
    conn: Connection, recipient: UUID | None, ids: Sequence[UUID]
) -> dict[UUID, NotificationView]:
    """Return one recipient's notifications with these ids in one statement; anybody's without a recipient,
    which is for operators.

    Ids of others, and of events that are not notifications, are left out.
    """
    rows = await fetch(
        conn,
        f"""WITH event AS (
                SELECT * FROM feed_event WHERE id = ANY($2::uuid[])
                  AND ($1::uuid IS NULL OR recipient = $1) AND {IS_NOTIFICATION})
            {_DETAILS} FROM event {_JOINS}""",
        recipient,
        list(set(ids)),
    )
    return {view.event.id: view for view in await _views(conn, rows)}


async def notifications_of_messages(conn: Connection, ids: Sequence[UUID]) -> dict[UUID, NotificationView]:
    """Return the notifications with these ids, for messages that tell their recipients of them.

    The caller has found the ids in a feed that the reader may read.
    """
    rows = await fetch(
        conn, f"{_DETAILS} FROM feed_event AS event {_JOINS} WHERE event.id = ANY($1::uuid[])", list(ids)
    )
    return {view.event.id: view for view in await _views(conn, rows)}


async def count_notifications(conn: Connection, recipient: UUID, *, unread: bool | None = None) -> Count:
    """Return the number of notifications in a feed, for `totalCount`."""
    rows = await fetch(
        conn,
        f"""SELECT count(*) AS n FROM (SELECT FROM feed_event
                WHERE recipient = $1 AND {IS_NOTIFICATION}
                  AND ($2::boolean IS NULL OR (read_at IS NULL) = $2)
                LIMIT {COUNTED_ROWS}) AS counted""",
        recipient,
        unread,
    )
    return Count.of(rows[0]["n"])


async def _views(conn: Connection, rows: Sequence[Record]) -> list[NotificationView]:
    ids = {row[name] for row in rows for name in ("policy_id", "decision_policy_id")} - {None}
    policies = await policies_by_id(conn, ids)
    return [
        NotificationView(
            event=event_view(row),
            for_vendor=bool(row["for_vendor"]),
            lead_title=row["lead_title"],
            vendor_name=row["vendor_name"],
            fee=row["fee"],
            refunded=row["refunded_at"] is not None,
            opens_at=row["opens_at"],
            complaint_until=_complaint_until(row, policies),
            call_id=row["call_id"],
            complaint_id=row["complaint_id"],
            complaint_number=row["complaint_number"],
            decide_by=row["decide_by"],
            meeting_at=row["meeting_at"],
            meeting_statement=row["record_kind"],
            policy=policies.get(row["policy_id"] or row["decision_policy_id"]),
            decision=(
                decision_view(row, policies[row["decision_policy_id"]], row["decision_id"])
                if row["decision_policy_id"]
                else None
            ),
        )
        for row in rows
    ]


def _complaint_until(row: Record, policies: Mapping[UUID, Policy]) -> datetime | None:
    until: datetime | None = row["complaint_until"]
    if row["replacement"] and not policies[row["policy_id"]].complaint.replacements_complainable:
        return None
    return until
