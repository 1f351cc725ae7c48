"""Owns the enums of the API: the vocabulary of the models, with a description for each value.

It must not invent values: each enum is the models' own.
"""

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import TypeVar, cast

import strawberry

from models.accounts.tables import Plan
from models.applications.tables import MeetingEvidenceKind
from models.base.refusal import RefusalCode
from models.base.role import Role
from models.contact_data.channel import Channel
from models.deadlines.registry import descriptions
from models.feed.kinds import NotificationKind, Placement
from models.leads.facts import ApplicationStatus
from models.leads.list import LeadOrder
from models.leads.tables import LeadSource
from models.ledger.tables import LedgerKind, LedgerUnit
from rules.visibility import DeliveryKind

E = TypeVar("E", bound=type[Enum])


def describe(enum: E, description: str, values: Mapping[str, str], name: str | None = None) -> E:
    """Give an enum of the models its name and descriptions in the API."""
    described = strawberry.enum(enum, name=name, description=description)
    for value in described.__strawberry_definition__.values:  # type: ignore[attr-defined]
        value.description = values[value.name]
    return described


describe(
    RefusalCode,
    "Why something was refused.",
    {
        "NOT_FOUND": "There is no such thing, or it is not yours to see.",
        "FORBIDDEN": "You may not do this.",
        "INVALID": "A value is wrong; the message says how to mend it.",
        "REQUIRED": "A value is missing.",
        "STALE_VERSION": "The object has changed since you read it: read it again.",
        "IDEMPOTENCY_CONFLICT": "The idempotencyKey was used before with another input.",
        "INSUFFICIENT_POINTS": "Fewer points are available than this takes.",
        "REFUSED_BY_RULE": "A rule says no; `decision` says which.",
        "CONFLICT": "It does not fit the state that things are in.",
        "LIMIT_EXCEEDED": "Too often or too much; the message says when to try again.",
    },
    name="UserErrorCode",
)
describe(
    Role,
    "What a user may be.",
    {
        "OWNER": "Has all rights in a vendor's account.",
        "MEMBER": "Acts for a vendor's account.",
        "EMPLOYEE": "Has a sub-account of a vendor's account, for their own absences.",
        "PROSPECT": "Publishes leads.",
        "AGENT": "Answers calls for many vendors.",
        "OPERATOR": "Staff of the marketplace.",
    },
)
describe(
    Plan,
    "What an account has booked.",
    {
        "FREE": "Nothing.",
        "ADVANCED": "The smallest plan.",
        "PROFESSIONAL": "The middle plan.",
        "ENTERPRISE": "The largest plan.",
    },
)
describe(
    Channel,
    "A way to reach a person.",
    {
        "PHONE": "By telephone.",
        "EMAIL": "By e-mail.",
        "CHAT": "By chat.",
        "VIDEO_MEETING": "In a video meeting.",
    },
)
describe(
    LeadSource,
    "Where a lead came from.",
    {
        "CHAT": "A chat; offline, a question with an e-mail address.",
        "ORDER": "An order.",
        "REGISTRATION": "A registration.",
        "FREE_MATERIAL": "A request for free material.",
        "REVIEW": "A review.",
        "CALCULATOR": "A calculator whose result went out by e-mail.",
        "CONTEST": "A contest.",
        "COUPON": "A coupon.",
        "WEBINAR": "A webinar.",
        "AGGREGATOR": "Bought data: great caution.",
        "NEWSLETTER": "A newsletter.",
        "OPPORTUNITY": "A need published on the marketplace.",
        "OTHER": "Another one; its text is kept.",
    },
)
describe(
    LeadOrder,
    "How leads are ordered.",
    {
        "NEWEST": "The newest first.",
        "BUDGET": "By currency, then the largest budget first, those without one last.",
        "CLOSING_SOONEST": "Those that close soonest first, those that never close last.",
    },
)
describe(
    ApplicationStatus,
    "Where an application stands, by the clock.",
    {
        "PENDING": "The prospect has not answered, and the contact data has not opened.",
        "ACCEPTED": "The prospect accepted.",
        "DECLINED": "The prospect declined, or withdrew.",
        "REVEALED": "Opened by silence.",
        "ENDED": "It ended without an answer, as the person can be contacted no longer; the fee came back.",
    },
)
describe(
    DeliveryKind,
    "How a vendor came by contact data.",
    {
        "APPLICATION": "By an application that was accepted, or not answered in time.",
        "LEAD_CLUB": "Delivered by the Lead Club.",
        "RECORD": "Bought as a record.",
    },
)
# CALL_CLOSE was promised to clients; no transition of it is registered yet.
_DEADLINES = {**descriptions(), "CALL_CLOSE": "A call is closed."}
DEADLINE_KIND = describe(
    cast("type[Enum]", StrEnum("DeadlineKind", {kind: kind for kind in _DEADLINES})),
    "What becomes due.",
    _DEADLINES,
)
describe(
    MeetingEvidenceKind,
    "What can be recorded about a meeting.",
    {
        "RESCHEDULED": "A new time; it holds once both sides recorded the same, or the operator did.",
        "CANCELLED": "Either side cancels before the time.",
        "TOOK_PLACE": "The prospect or the operator says that it took place.",
        "NO_SHOW": "The prospect or the operator says that somebody did not come: no meeting took place.",
    },
)
describe(LedgerUnit, "What is counted.", {"POINTS": "Points.", "EUR_CENTS": "Cents of a euro."})
describe(
    LedgerKind,
    "What a ledger entry is about.",
    {
        "PURCHASE": "Points were bought.",
        "HOLD": "A fee was set aside.",
        "CAPTURE": "Points were taken: the fee that was set aside, or at once what a delivery costs.",
        "RELEASE": "The fee that was set aside came back.",
        "REFUND": "What was taken came back: a fee, or what a delivery cost.",
        "SMS_CHARGE": "An SMS.",
        "ENRICHMENT_CHARGE": "A look-up of smart contact data.",
        "ADJUSTMENT": "A correction by the operator.",
    },
)
describe(
    Placement,
    "Where a client shows a notification.",
    {
        "BANNER": "Across the page.",
        "NOTIFICATION": "Among the notifications.",
        "TOOLTIP": "Beside what it is about.",
        "SYSTEM_MESSAGE": "In the conversation.",
    },
)
describe(
    NotificationKind,
    "What a notification is about.",
    {kind.name: kind.description for kind in NotificationKind},
)
