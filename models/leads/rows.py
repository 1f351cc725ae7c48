"""How rows of leads, with the viewer's case on them, become views.

Contact data leaves here only with the verdict VISIBLE. Where that verdict rests on silence that no worker has
settled yet, it is asked for in one order with answers (`models.leads.reading_order`).
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import orjson
from asyncpg import Record

from models.applications.case import response_of, whole_seconds
from models.base.database import Connection
from models.base.viewer import Viewer
from models.contact_data.channel import Channel
from models.leads.columns import ALL, Parts
from models.leads.reading_order import silent
from models.leads.tables import LeadSource
from models.leads.views import (
    ApplicationStatus,
    ApplicationView,
    ContactView,
    DeliveryView,
    LeadView,
    MarketView,
    PolicyView,
    PostalAddressView,
    VendorView,
)
from models.leads.visibility import opens_at
from models.policies.versions import policies_by_id
from rules import Decision, Policy, decide
from rules.refund import RefundFacts, Statement, refund
from rules.visibility import VISIBLE, Basis, Closed, DeliveryKind, Response, VisibilityFacts, visibility
from rules.visibility import Viewer as ViewerKind

_NO_PROSPECT = UUID(int=0)
_TICK = timedelta(microseconds=1)  # the least that two instants differ by
_SOURCES = {str(source): source for source in LeadSource}  # an enum's own call costs more than the rest of it


class RowViews(NamedTuple):
    """What one row shows: the lead, and the application and delivery that the row is about, if any."""

    lead: LeadView
    application: ApplicationView | None
    delivery: DeliveryView | None


async def row_views(
    conn: Connection,
    rows: Sequence[Record],
    viewer: Viewer,
    parts: Parts = ALL,
    known_silent: AbstractSet[UUID] | None = None,
) -> list[RowViews]:
    """Make the views of each row: one decision per row, contact data only where it says VISIBLE.

    `known_silent` are the due applications that nobody was answering, where the list has asked already; else
    they are asked for here, in one statement, and only if a row is due and unsettled.
    """
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    as_of = await _as_of(conn, rows, policies, known_silent)
    vendor_id = viewer.vendor_id
    # Who is no prospect is the same to every lead.
    kind = viewer.kind_for(_NO_PROSPECT) if viewer.prospect_id is None else None
    return [
        _views(
            row,
            kind or viewer.kind_for(row["prospect_id"]),
            vendor_id,
            policies,
            parts,
            as_of.get(row["application_id"], row["now"]),
        )
        for row in rows
    ]


async def _as_of(
    conn: Connection,
    rows: Sequence[Record],
    policies: Mapping[UUID, Policy],
    known_silent: AbstractSet[UUID] | None,
) -> dict[UUID, datetime]:
    """Return as of when to judge the applications that are due, and that somebody may be answering.

    That is the last instant at which silence had opened nothing.
    """
    unsettled = [
        row
        for row in rows
        if row["received_at"] is not None
        and row["revealed_at"] is None
        and row["accepted_at"] is None
        and row["declined_at"] is None
        and row["ended_at"] is None
    ]
    due: dict[UUID, datetime] = {}
    waits: dict[UUID, timedelta | None] = {}  # of each policy, asked once a page: hours are elapsed hours
    for row in unsettled:
        policy_id, received_at = row["policy_id"], row["received_at"]
        if policy_id not in waits:
            at = opens_at(policies[policy_id], received_at)
            waits[policy_id] = None if at is None else at - received_at
        wait = waits[policy_id]
        if wait is not None and received_at + wait <= row["now"]:
            due[row["application_id"]] = received_at + wait
    if not due:
        return due
    certain = await silent(conn, due) if known_silent is None else known_silent
    return {application_id: at - _TICK for application_id, at in due.items() if application_id not in certain}


def _basis(row: Record) -> Basis:
    kind = row["delivery_kind"]
    if kind is not None and kind != DeliveryKind.APPLICATION:
        return Basis(kind)
    return Basis.NONE if row["application_id"] is None else Basis.APPLICATION


def _closed(row: Record) -> Closed:
    if row["erased_at"] is not None:
        return Closed.ERASED
    return Closed.NO if row["closed"] is None else Closed(row["closed"])


def _facts(row: Record, kind: ViewerKind, now: datetime) -> VisibilityFacts:
    received_at = row["received_at"]
    if received_at is None:
        return VisibilityFacts(
            viewer=kind,
            basis=_basis(row),
            response=Response.NONE,
            waited=now,
            responded_after=0,
            closed=_closed(row),
        )
    answered_at = row["declined_at"] or row["accepted_at"]
    return VisibilityFacts(
        viewer=kind,
        basis=_basis(row),
        response=response_of(row["accepted_at"], row["declined_at"]),
        waited=received_at,
        responded_after=0 if answered_at is None else whole_seconds(answered_at, received_at),
        closed=_closed(row),
    )


def _views(
    row: Record,
    kind: ViewerKind,
    own_vendor_id: UUID | None,
    policies: Mapping[UUID, Policy],
    parts: Parts,
    now: datetime,
) -> RowViews:
    policy = policies[row["policy_id"]]
    decision = decide(visibility, policy, _facts(row, kind, now), now)
    lead = LeadView(
        row["id"],
        row["title"],
        row["brief"],
        row["category"],
        row["city"],
        row["country"],
        row["budget_min"],
        row["budget_max"],
        row["currency"],
        _SOURCES[row["source"]],
        row["published_at"],
        row["closes_at"],
        row["fee"],
        MarketView(row["market_id"], row["market_code"], row["market_name"]),
        row["prospect_id"],
        decision,
    )
    if parts.contact:
        visible = decision.verdict is VISIBLE and row["full_name"] is not None
        lead.contact = _contact(row) if visible else None
    if parts.application:
        lead.application = None
    if parts.delivery:
        lead.delivery = None
    application = delivery = None
    if parts.application and row["application_id"] is not None:
        vendor_decision = (
            decision
            if kind is ViewerKind.VENDOR
            else decide(visibility, policy, _facts(row, ViewerKind.VENDOR, now), now)
        )
        application = _application(row, lead, PolicyView(row["policy_id"], policy), vendor_decision, now)
        closed = _closed(row)
        if closed is Closed.ERASED or (closed is not Closed.NO and kind is ViewerKind.VENDOR):
            application.decline_message = None  # written while all was open, it may name the person
        if row["vendor_id"] == own_vendor_id:
            lead.application = application
    if parts.delivery and row["delivery_id"] is not None:
        delivery = DeliveryView(
            row["delivery_id"],
            DeliveryKind(row["delivery_kind"]),
            row["delivered_at"],
            row["points"],
            row["complaint_until"],
            lead,
        )
        if row["delivery_account_id"] == own_vendor_id:
            lead.delivery = delivery
    return RowViews(lead, application, delivery)


def _application(
    row: Record, lead: LeadView, policy: PolicyView, decision: Decision, now: datetime
) -> ApplicationView:
    accepted_at, declined_at = row["accepted_at"], row["declined_at"]
    revealed_at = row["revealed_at"]
    if declined_at is not None:
        status = ApplicationStatus.DECLINED
    elif accepted_at is not None:
        status = ApplicationStatus.ACCEPTED
    elif row["ended_at"] is not None:
        status = ApplicationStatus.ENDED
    elif row["reveal_due_at"] is not None and row["reveal_due_at"] <= now:
        status = ApplicationStatus.REVEALED
        revealed_at = revealed_at or row["reveal_due_at"]
    else:
        status = ApplicationStatus.PENDING
    return ApplicationView(
        row["application_id"],
        row["version"],
        VendorView(row["vendor_id"], row["vendor_name"]),
        policy,
        row["introduction"],
        status,
        row["application_fee"],
        row["submitted_at"],
        row["received_at"],
        row["reviewed_at"],
        declined_at or accepted_at,
        revealed_at,
        row["refunded_at"],
        row["meeting_at"],
        row["proposed_meeting_at"],
        row["decline_message"],
        decision,
        decide(refund, policy.policy, _refund_facts(row), now),
        lead,
    )


def _refund_facts(row: Record) -> RefundFacts:
    answered_at, meeting_at = row["declined_at"] or row["accepted_at"], row["meeting_at"]
    return RefundFacts(
        response=response_of(row["accepted_at"], row["declined_at"]),
        ended=row["ended_at"] is not None,
        responded_after=0 if answered_at is None else whole_seconds(answered_at, row["received_at"]),
        meeting_known=meeting_at is not None,
        answered_after_meeting=(
            (answered_at - meeting_at) // timedelta(seconds=1) if answered_at and meeting_at else 0
        ),
        statement=Statement(row["statement"]),
        both_joined=row["both_joined"],
        call_seconds=row["call_seconds"],
    )


def _contact(row: Record) -> ContactView:
    address = orjson.loads(row["address"]) if row["address"] else None
    return ContactView(
        row["full_name"],
        row["organisation"],
        row["email"],
        row["phone"],
        row["phone_extension"],
        orjson.loads(row["other_emails"]),
        [phone["e164"] for phone in orjson.loads(row["other_phones"])],
        PostalAddressView(**address) if address else None,
        row["registration_number"],
        row["linkedin_url"],
        row["meeting_url"],
        Channel(row["preferred_channel"]),
        row["time_zone"],
    )
