"""Owns the one row shape of leads with the viewer's case on them, and how such rows become views.

It must not choose which rows: the lists do. Contact data leaves here only with the verdict VISIBLE.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import orjson
from asyncpg import Record

from models.case import response_of, whole_seconds
from models.clock import CLOCK
from models.database import Connection
from models.delivery import DeliveryKind
from models.policies import policies_by_id
from models.viewer import Viewer
from models.views.lead_view import (
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
from models.vocabulary import Channel, LeadSource
from rules import Decision, Policy, decide
from rules.refund import RefundFacts, Statement, refund
from rules.visibility import VISIBLE, Basis, Closed, Response, VisibilityFacts, visibility
from rules.visibility import Viewer as ViewerKind

# Every statement begins so: the clock is read once, and so is the policy in force of each market.
WITH = f"""WITH {CLOCK}, current_policy AS MATERIALIZED (
    SELECT DISTINCT ON (market_id) market_id, id FROM policy
    WHERE effective_from <= (SELECT now FROM clock) ORDER BY market_id, effective_from DESC)"""

COLUMNS = """lead.id, lead.title, lead.brief, lead.category, lead.city, lead.country, lead.budget_min,
    lead.budget_max, lead.currency, lead.source, lead.published_at, lead.closes_at, lead.fee,
    lead.prospect_id, market.id AS market_id, market.code AS market_code, market.name AS market_name,
    prospect.erased_at, (SELECT now FROM clock) AS now,
    coalesce(application.policy_id, delivery.policy_id, current_policy.id) AS policy_id,
    application.id AS application_id, application.version, application.account_id AS vendor_id,
    account.name AS vendor_name, application.introduction, application.fee AS application_fee,
    application.submitted_at, application.received_at, application.reviewed_at, application.accepted_at,
    application.declined_at, application.decline_message, application.revealed_at, application.refunded_at,
    application.meeting_at, application.proposed_meeting_at, application.statement, application.both_joined,
    application.call_seconds, reveal.due_at AS reveal_due_at,
    delivery.id AS delivery_id, delivery.kind AS delivery_kind, delivery.received_at AS delivered_at,
    delivery.points, delivery.complaint_until, delivery.closed, delivery.account_id AS delivery_account_id,
    contact.full_name, contact.organisation, contact.email, contact.phone, contact.phone_extension,
    contact.other_emails, contact.other_phones, contact.address, contact.registration_number,
    contact.linkedin_url, contact.meeting_url, contact.preferred_channel, contact.time_zone"""

# After a FROM that binds `lead`, `application` and `delivery`. Contact rows are read for those only who could
# have a right to them; the rules then decide. $1 the account, $2 the prospect, $3 whether an operator asks.
JOINS = """JOIN market ON market.id = lead.market_id
    JOIN prospect ON prospect.id = lead.prospect_id
    JOIN current_policy ON current_policy.market_id = lead.market_id
    LEFT JOIN account ON account.id = application.account_id
    LEFT JOIN deadline AS reveal
        ON reveal.kind = 'REVEAL' AND reveal.subject = application.id AND reveal.ordinal = 0
    LEFT JOIN contact ON contact.lead_id = lead.id
        AND ($3::boolean OR lead.prospect_id = $2::uuid
             OR application.account_id = $1::uuid OR delivery.account_id = $1::uuid)"""

# The viewer's own application and delivery beside each lead.
OWN = """LEFT JOIN application ON application.lead_id = lead.id AND application.account_id = $1::uuid
    LEFT JOIN delivery ON delivery.lead_id = lead.id AND delivery.account_id = $1::uuid"""

_NO_PROSPECT = UUID(int=0)
_SOURCES = {str(source): source for source in LeadSource}  # an enum's own call costs more than the rest of it


def scope(viewer: Viewer) -> tuple[UUID | None, UUID | None, bool]:
    """Return the values of $1, $2 and $3 that every statement of this shape begins with."""
    return viewer.vendor_id, viewer.prospect_id, viewer.operator


class RowViews(NamedTuple):
    """What one row shows: the lead, and the application and delivery that the row is about, if any."""

    lead: LeadView
    application: ApplicationView | None
    delivery: DeliveryView | None


async def row_views(conn: Connection, rows: Sequence[Record], viewer: Viewer) -> list[RowViews]:
    """Make the views of each row: one decision per row, contact data only where it says VISIBLE."""
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    vendor_id = viewer.vendor_id
    if viewer.prospect_id is None:  # then it is the same to every lead
        kind = viewer.kind_for(_NO_PROSPECT)
        return [_views(row, kind, vendor_id, policies) for row in rows]
    return [_views(row, viewer.kind_for(row["prospect_id"]), vendor_id, policies) for row in rows]


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
    row: Record, kind: ViewerKind, own_vendor_id: UUID | None, policies: Mapping[UUID, Policy]
) -> RowViews:
    now: datetime = row["now"]
    policy = policies[row["policy_id"]]
    decision = decide(visibility, policy, _facts(row, kind, now), now)
    visible = decision.verdict is VISIBLE and row["full_name"] is not None
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
        _contact(row) if visible else None,
    )
    application = delivery = None
    if row["application_id"] is not None:
        vendor_decision = (
            decision
            if kind is ViewerKind.VENDOR
            else decide(visibility, policy, _facts(row, ViewerKind.VENDOR, now), now)
        )
        application = _application(row, lead, PolicyView(row["policy_id"], policy), vendor_decision, now)
        if row["vendor_id"] == own_vendor_id:
            lead.application = application
    if row["delivery_id"] is not None:
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
