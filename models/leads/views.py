"""View objects of leads, applications and deliveries: plain attributes, decided once.

`models.leads.rows` creates them from the rows of one statement.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from models.contact_data.channel import Channel
from models.leads.facts import ApplicationStatus
from models.leads.tables import LeadSource
from models.policies.views import MarketView, PolicyView
from rules import Decision
from rules.visibility import DeliveryKind


@dataclass(frozen=True, slots=True, repr=False)
class PostalAddressView:
    """A postal address of a contact that is visible."""

    street: str | None
    postal_code: str | None
    city: str | None
    region: str | None
    country: str | None


@dataclass(frozen=True, slots=True, repr=False)
class ContactView:
    """Contact data that the rules make visible to the viewer; its text form shows nothing."""

    full_name: str
    organisation: str | None
    email: str | None
    phone: str | None
    phone_extension: str | None
    other_emails: list[str]
    other_phones: list[str]
    address: PostalAddressView | None
    registration_number: str | None
    linkedin_url: str | None
    meeting_url: str | None
    preferred_channel: Channel
    time_zone: str


@dataclass(frozen=True, slots=True)
class VendorView:
    """What a prospect sees of an account."""

    id: UUID
    name: str


@dataclass(slots=True, eq=False, repr=False)
class DeliveryView:
    """A delivery to the viewer's account (or any, for operators)."""

    id: UUID
    kind: DeliveryKind
    received_at: datetime
    points: int
    complaint_until: datetime
    lead: "LeadView"


@dataclass(frozen=True, slots=True)
class PlacingView:
    """What placed messages of an application depend on besides its own fields.

    `proposed_by` is the side that proposed `proposed_meeting_at`, VENDOR or PROSPECT; `window_ends_at` is the
    end of the complaint window of its delivery; `complained` is whether a complaint about that is open or
    was remedied; `closed_at` is when the contact data was closed, if it was after a delivery or by an
    erasure; `dismissed` are the rules whose banners the user dismissed.
    """

    proposed_by: str | None
    window_ends_at: datetime | None
    complained: bool
    closed_at: datetime | None
    dismissed: list[str]


@dataclass(slots=True, eq=False, repr=False)
class ApplicationView:
    """An application that the viewer may see; `visibility` is the vendor's, regardless of the viewer."""

    id: UUID
    version: int
    vendor: VendorView
    policy: PolicyView
    introduction: str
    status: ApplicationStatus
    fee: int
    submitted_at: datetime
    received_at: datetime
    reviewed_at: datetime | None
    answered_at: datetime | None
    revealed_at: datetime | None
    refunded_at: datetime | None
    meeting_at: datetime | None
    proposed_meeting_at: datetime | None
    decline_message: str | None
    visibility: Decision
    refund: Decision
    lead: "LeadView"
    ended_at: datetime | None
    placing: PlacingView = field(init=False)  # missing if the list did not read it


@dataclass(slots=True, eq=False, repr=False)
class LeadView:
    """A lead as the viewer sees it; `contact` is set only if `visibility` is VISIBLE."""

    id: UUID
    title: str
    brief: str
    category: str
    city: str | None
    country: str
    budget_min: int | None
    budget_max: int | None
    currency: str
    source: LeadSource
    published_at: datetime
    closes_at: datetime | None
    fee: int
    market: MarketView
    prospect_id: UUID
    visibility: Decision
    # Missing, rather than None, if the list did not read them.
    contact: ContactView | None = field(init=False)
    application: ApplicationView | None = field(init=False)
    delivery: DeliveryView | None = field(init=False)
