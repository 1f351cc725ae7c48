"""Conversion of rows of leads, with the viewer's case on them, to views.

Contact data is included only with the verdict VISIBLE. If that verdict depends on a missing answer that no
worker has settled yet, it is checked in order with answers (`models.leads.reading_order`).
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import orjson
from asyncpg import Record

from models.base.database import Connection
from models.base.viewer import Viewer
from models.contact_data.channel import Channel
from models.feed.wording.language import language_for
from models.leads.columns import ALL, Parts
from models.leads.facts import (
    ApplicationStatus,
    closed_of,
    refund_facts,
    status_of,
)
from models.leads.introductions import mask_introduction, spans_of_introductions
from models.leads.tables import LeadSource
from models.leads.verdicts import as_of, facts_of
from models.leads.views import (
    ApplicationView,
    ContactView,
    DeliveryView,
    LeadView,
    PlacingView,
    PostalAddressView,
    VendorView,
)
from models.policies.versions import policies_by_id
from models.policies.views import MarketView, PolicyView
from rules import Decision, Policy, decide
from rules.refund import refund
from rules.visibility import VISIBLE, Closed, DeliveryKind, ViewerKind, visibility

_NO_PROSPECT = UUID(int=0)
_SOURCES = {str(source): source for source in LeadSource}  # faster than calling the enum


class RowViews(NamedTuple):
    """The views of one row: the lead, and the application and delivery that the row is about, if any."""

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
    """Create the views of each row: one decision per row, contact data only if it is VISIBLE.

    `known_silent` are the due applications that nobody was answering, if the list has already read them;
    otherwise they are read here, in one statement, and only if a row is due and unsettled.
    """
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    judged_at = await as_of(conn, rows, policies, rows[0]["now"], known_silent) if rows else {}
    spans = await spans_of_introductions(conn, rows, viewer)
    language = language_for(viewer.locale).catalog.language
    vendor_id = viewer.vendor_id
    # A viewer who is not a prospect has the same relation to every lead.
    kind = viewer.kind_for(_NO_PROSPECT) if viewer.prospect_id is None else None
    found = [
        _views(
            row,
            kind or viewer.kind_for(row["prospect_id"]),
            vendor_id,
            policies,
            parts,
            judged_at.get(row["application_id"], row["now"]),
        )
        for row in rows
    ]
    for views in found:
        if views.application is not None and views.application.id in spans:
            mask_introduction(views.application, spans[views.application.id], language)
    return found


def _views(
    row: Record,
    kind: ViewerKind,
    own_vendor_id: UUID | None,
    policies: Mapping[UUID, Policy],
    parts: Parts,
    now: datetime,
) -> RowViews:
    policy = policies[row["policy_id"]]
    decision = decide(visibility, policy, facts_of(row, kind, now), now)
    lead = LeadView(
        id=row["id"],
        title=row["title"],
        brief=row["brief"],
        category=row["category"],
        city=row["city"],
        country=row["country"],
        budget_min=row["budget_min"],
        budget_max=row["budget_max"],
        currency=row["currency"],
        source=_SOURCES[row["source"]],
        published_at=row["published_at"],
        closes_at=row["closes_at"],
        fee=row["fee"],
        market=MarketView(row["market_id"], row["market_code"], row["market_name"]),
        prospect_id=row["prospect_id"],
        visibility=decision,
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
            else decide(visibility, policy, facts_of(row, ViewerKind.VENDOR, now), now)
        )
        application = _application(row, lead, PolicyView(row["policy_id"], policy), vendor_decision, now)
        if parts.placed:
            closings = [at for at in (row["closed_at"], row["erased_at"]) if at is not None]
            application.placing = PlacingView(
                row["proposed_by"],
                row["window_ends_at"],
                row["complained"],
                min(closings, default=None),
                row["dismissed_rules"],
            )
        application.decline_message = decline_message_of(
            row["decline_message"], row["closed"], row["erased_at"], kind
        )
        if row["vendor_id"] == own_vendor_id:
            lead.application = application
    if parts.delivery and row["delivery_id"] is not None:
        delivery = DeliveryView(
            id=row["delivery_id"],
            kind=DeliveryKind(row["delivery_kind"]),
            received_at=row["delivered_at"],
            points=row["points"],
            complaint_until=row["complaint_until"],
            lead=lead,
        )
        if row["delivery_account_id"] == own_vendor_id:
            lead.delivery = delivery
    return RowViews(lead, application, delivery)


def _application(
    row: Record, lead: LeadView, policy: PolicyView, decision: Decision, now: datetime
) -> ApplicationView:
    accepted_at, declined_at = row["accepted_at"], row["declined_at"]
    ending = accepted_at, declined_at, row["ended_at"], row["reveal_due_at"]
    facts = refund_facts(
        received_at=row["received_at"],
        accepted_at=accepted_at,
        declined_at=declined_at,
        ended_at=row["ended_at"],
        meeting_at=row["meeting_at"],
        statement=row["statement"],
        both_joined=row["both_joined"],
        call_seconds=row["call_seconds"],
    )
    return ApplicationView(
        id=row["application_id"],
        version=row["version"],
        vendor=VendorView(row["vendor_id"], row["vendor_name"]),
        policy=policy,
        introduction=row["introduction"],
        status=status_at(*ending, now),
        fee=row["application_fee"],
        submitted_at=row["submitted_at"],
        received_at=row["received_at"],
        reviewed_at=row["reviewed_at"],
        answered_at=answered_at_of(accepted_at, declined_at),
        revealed_at=revealed_at_of(row["revealed_at"], *ending, now),
        refunded_at=row["refunded_at"],
        meeting_at=row["meeting_at"],
        proposed_meeting_at=row["proposed_meeting_at"],
        decline_message=row["decline_message"],
        visibility=decision,
        refund=decide(refund, policy.policy, facts, now),
        lead=lead,
        ended_at=row["ended_at"],
    )


def answered_at_of(accepted_at: datetime | None, declined_at: datetime | None) -> datetime | None:
    """Return when the prospect last answered."""
    return declined_at or accepted_at


def status_at(
    accepted_at: datetime | None,
    declined_at: datetime | None,
    ended_at: datetime | None,
    reveal_due_at: datetime | None,
    now: datetime,
) -> ApplicationStatus:
    """Return the status of an application at an instant."""
    due = reveal_due_at is not None and reveal_due_at <= now
    return status_of(accepted_at, declined_at, ended_at, revealed=due)


def revealed_at_of(
    revealed_at: datetime | None,
    accepted_at: datetime | None,
    declined_at: datetime | None,
    ended_at: datetime | None,
    reveal_due_at: datetime | None,
    now: datetime,
) -> datetime | None:
    """Return when an application was revealed, also if no worker has noted yet that nobody answered."""
    if status_at(accepted_at, declined_at, ended_at, reveal_due_at, now) is ApplicationStatus.REVEALED:
        return revealed_at or reveal_due_at
    return revealed_at


def decline_message_of(
    text: str | None, closed: str | None, erased_at: datetime | None, kind: ViewerKind
) -> str | None:
    """Return what the prospect wrote when declining, unless the contact data is closed to the viewer: it was
    written while that was visible, so it may identify the person.
    """
    why = closed_of(closed, erased_at)
    if why is Closed.ERASED or (why is not Closed.NO and kind is ViewerKind.VENDOR):
        return None
    return text


def other_emails_of(stored: str) -> list[str]:
    """Return the addresses in the column `other_emails`."""
    found: list[str] = orjson.loads(stored)
    return found


def other_phones_of(stored: str) -> list[str]:
    """Return the numbers in the column `other_phones`."""
    return [phone["e164"] for phone in orjson.loads(stored)]


def _contact(row: Record) -> ContactView:
    address = orjson.loads(row["address"]) if row["address"] else None
    return ContactView(
        full_name=row["full_name"],
        organisation=row["organisation"],
        email=row["email"],
        phone=row["phone"],
        phone_extension=row["phone_extension"],
        other_emails=other_emails_of(row["other_emails"]),
        other_phones=other_phones_of(row["other_phones"]),
        address=PostalAddressView(**address) if address else None,
        registration_number=row["registration_number"],
        linkedin_url=row["linkedin_url"],
        meeting_url=row["meeting_url"],
        preferred_channel=Channel(row["preferred_channel"]),
        time_zone=row["time_zone"],
    )
