"""The log of decisions as a list, and what each decision caused; for operators only.

Every filter has an index in the order of the list, which docs/growth.md names.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from models.base.database import Connection, fetch
from models.base.keyset import Key, Order, Page, SelectStatement, Slice, fetch_slice
from models.base.viewer import Viewer
from models.policies.decisions import SELECT, TABLES, RecordedDecision, decision_views, decisions_by_id

NEWEST_DECISION = Order(
    "NEWEST", (Key("decision.decided_at", "timestamptz"), Key("decision.id", "uuid")), descending=True
)
OVERRIDE = "operator_overrode"  # the rule id of an operator's decision against the rules
MOST_CAUSED = 100  # of one decision


@dataclass(frozen=True, slots=True)
class DecisionFilter:
    """Filter for decisions; None does not filter. `decided_until` is exclusive."""

    ruleset: str | None = None
    rule_id: str | None = None
    verdict: str | None = None
    policy_version: str | None = None
    subject_id: UUID | None = None
    actor_id: UUID | None = None
    decided_from: datetime | None = None
    decided_until: datetime | None = None
    overridden: bool | None = None


async def list_decisions(conn: Connection, part: Slice, criteria: DecisionFilter) -> Page[RecordedDecision]:
    """List the decisions, latest first by the time as of which they were decided; the caller checks that the
    viewer is an operator.

    One statement, and one more for policies that are not cached.
    """
    found = await fetch_slice(conn, SELECT, TABLES, _filtered(criteria), NEWEST_DECISION, part)
    return Page(await decision_views(conn, found.rows), found)


def _filtered(criteria: DecisionFilter) -> SelectStatement:
    statement = SelectStatement([])
    for condition, value, kind in (
        ("decision.ruleset =", criteria.ruleset, "text"),
        ("decision.rule_id =", criteria.rule_id, "text"),
        ("decision.verdict =", criteria.verdict, "text"),
        ("decision.policy_version =", criteria.policy_version, "text"),
        ("decision.subject =", criteria.subject_id, "uuid"),
        ("decision.actor_id =", criteria.actor_id, "uuid"),
        ("decision.decided_at >=", criteria.decided_from, "timestamptz"),
        ("decision.decided_at <", criteria.decided_until, "timestamptz"),
    ):
        if value is not None:
            statement.where(f"{condition} {statement.bind(value, kind)}")
    if criteria.overridden is not None:
        statement.where(f"decision.rule_id {'=' if criteria.overridden else '<>'} '{OVERRIDE}'")
    return statement


async def records_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, RecordedDecision]:
    """Return the decisions with these ids, for an operator; none for others."""
    return await decisions_by_id(conn, ids) if viewer.operator else {}


class Caused(StrEnum):
    """What a decision can cause."""

    MOVEMENT = "MOVEMENT"
    DELIVERY = "DELIVERY"
    EVENT = "EVENT"
    DISPATCH = "DISPATCH"


class Consequence(NamedTuple):
    """One row that a decision caused."""

    kind: Caused
    id: UUID


# Dispatches of the messages about the events and calls, and of the notices to the person.
_CAUSED = f"""WITH wanted AS (SELECT unnest($1::uuid[]) AS id),
    message AS (
        SELECT wanted.id AS decision_id, outbox_message.id FROM wanted
            JOIN feed_event ON feed_event.decision_id = wanted.id
            JOIN outbox_message ON outbox_message.event_id = feed_event.id
        UNION SELECT wanted.id, call_notice.message_id FROM wanted
            JOIN call_notice ON call_notice.decision_id = wanted.id WHERE call_notice.message_id IS NOT NULL
        UNION SELECT wanted.id, disclosure.notice_message_id FROM wanted
            JOIN delivery ON delivery.decision_id = wanted.id
            JOIN disclosure ON disclosure.delivery_id = delivery.id
            WHERE disclosure.notice_message_id IS NOT NULL),
    found AS (
        SELECT wanted.id AS decision_id, 1 AS place, '{Caused.MOVEMENT}' AS kind, posting_group.id FROM wanted
            JOIN posting_group ON posting_group.decision_id = wanted.id
        UNION ALL SELECT wanted.id, 2, '{Caused.DELIVERY}', delivery.id FROM wanted
            JOIN delivery ON delivery.decision_id = wanted.id
        UNION ALL SELECT wanted.id, 3, '{Caused.EVENT}', feed_event.id FROM wanted
            JOIN feed_event ON feed_event.decision_id = wanted.id
        UNION ALL SELECT message.decision_id, 4, '{Caused.DISPATCH}', dispatch.id FROM message
            JOIN dispatch ON dispatch.message_id = message.id),
    ranked AS (SELECT *, row_number() OVER (PARTITION BY decision_id ORDER BY place, id) AS rank FROM found)
    SELECT decision_id, kind, id FROM ranked WHERE rank <= {MOST_CAUSED} ORDER BY decision_id, rank"""


async def caused_by(conn: Connection, ids: Collection[UUID]) -> dict[UUID, list[Consequence]]:
    """Return what these decisions caused, in one statement: movements of points, deliveries, events, and
    dispatches of the messages about them, at most 100 of each decision.
    """
    rows = await fetch(conn, _CAUSED, list(ids))
    found: dict[UUID, list[Consequence]] = {one: [] for one in ids}
    for row in rows:
        found[row["decision_id"]].append(Consequence(Caused(row["kind"]), row["id"]))
    return found
