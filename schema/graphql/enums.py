"""GraphQL enums: the enums of the models, with a description for each value."""

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import TypeVar, cast

import strawberry

from models.applications.tables import MeetingEvidenceKind
from models.base.refusal import RefusalCode
from models.base.role import Role
from models.contact_data.channel import Channel
from models.deadlines.registry import descriptions
from models.feed.kinds import NotificationKind
from models.leads.facts import ApplicationStatus
from models.leads.list import LeadOrder
from models.leads.tables import LeadSource
from models.ledger.tables import LedgerKind, LedgerUnit
from rules.placements.terms import Placement, Shown
from rules.plan import Plan
from rules.visibility import DeliveryKind

E = TypeVar("E", bound=type[Enum])


def describe(enum: E, description: str, values: Mapping[str, str], name: str | None = None) -> E:
    """Give an enum of the models its name and descriptions. Raises LookupError for a member without one."""
    described = strawberry.enum(enum, name=name, description=description)
    for value in described.__strawberry_definition__.values:  # type: ignore[attr-defined]
        if not values.get(value.name):
            raise LookupError(f"{enum.__name__}.{value.name} has no description")
        value.description = values[value.name]
    return described


describe(
    RefusalCode,
    "The code of an error.",
    {
        "NOT_FOUND": "The object does not exist, or you may not see it.",
        "FORBIDDEN": "You do not have permission to do this.",
        "INVALID": "A value is invalid; the message explains how to fix it.",
        "REQUIRED": "A required value is missing.",
        "STALE_VERSION": "The object has changed since you read it. Read it again.",
        "IDEMPOTENCY_CONFLICT": "The idempotencyKey was already used with a different input.",
        "INSUFFICIENT_POINTS": "The account does not have enough points.",
        "REFUSED_BY_RULE": "A rule does not allow this; see `decision`.",
        "CONFLICT": "The operation conflicts with the current state.",
        "LIMIT_EXCEEDED": "A limit was exceeded; the message says when to retry.",
    },
    name="UserErrorCode",
)
describe(
    Role,
    "The role of a user.",
    {
        "OWNER": "Has all rights in a vendor's account.",
        "MEMBER": "Acts for a vendor's account.",
        "EMPLOYEE": "Manages their own absences in a sub-account of a vendor's account.",
        "PROSPECT": "Publishes leads.",
        "AGENT": "Answers calls for many vendors.",
        "OPERATOR": "Staff of the marketplace.",
    },
)
describe(
    Plan,
    "The plan that an account has subscribed to.",
    {
        "FREE": "No paid plan.",
        "ADVANCED": "The smallest plan.",
        "PROFESSIONAL": "The middle plan.",
        "ENTERPRISE": "The largest plan.",
    },
)
describe(
    Channel,
    "A way to reach a person.",
    {
        "PHONE": "By phone.",
        "EMAIL": "By email.",
        "CHAT": "By chat.",
        "VIDEO_MEETING": "By video meeting.",
    },
)
describe(
    LeadSource,
    "The source of a lead.",
    {
        "CHAT": "A chat, or a question left with an email address while the chat was offline.",
        "ORDER": "An order.",
        "REGISTRATION": "A registration.",
        "FREE_MATERIAL": "A request for free material.",
        "REVIEW": "A review.",
        "CALCULATOR": "A calculator whose result was sent by email.",
        "CONTEST": "A contest.",
        "COUPON": "A coupon.",
        "WEBINAR": "A webinar.",
        "AGGREGATOR": "Purchased data; verify before use.",
        "NEWSLETTER": "A newsletter.",
        "OPPORTUNITY": "A request published on the marketplace.",
        "OTHER": "Another source; its text is stored.",
    },
)
describe(
    LeadOrder,
    "The order of leads.",
    {
        "NEWEST": "Newest first.",
        "BUDGET": "By currency, then highest budget first; leads without a budget last.",
        "CLOSING_SOONEST": "Earliest closing time first; leads that do not close last.",
    },
)
describe(
    ApplicationStatus,
    "The status of an application at the current time.",
    {
        "PENDING": "The prospect has not answered, and the contact data is hidden.",
        "ACCEPTED": "The prospect accepted.",
        "DECLINED": "The prospect declined, or withdrew an acceptance.",
        "REVEALED": "The prospect did not answer in time, and the contact data was revealed automatically.",
        "ENDED": "The application ended without an answer because the person can no longer be "
        "contacted; the fee was released.",
    },
)
describe(
    DeliveryKind,
    "How a vendor obtained contact data.",
    {
        "APPLICATION": "Through an application that was accepted or not answered in time.",
        "LEAD_CLUB": "Delivered by Lead Club.",
        "RECORD": "Bought as a record.",
    },
)
DEADLINE_KIND = describe(
    cast("type[Enum]", StrEnum("DeadlineKind", {kind: kind for kind in descriptions()})),
    "The kind of deadline.",
    descriptions(),
)
describe(
    MeetingEvidenceKind,
    "What can be recorded about a meeting.",
    {
        "RESCHEDULED": "A new time; it is agreed when both sides have recorded the same time, or when an "
        "operator has recorded it.",
        "CANCELLED": "Either side cancelled before the meeting time.",
        "TOOK_PLACE": "The prospect or an operator confirms that the meeting took place.",
        "NO_SHOW": "The prospect or an operator states that someone did not attend and no meeting took "
        "place.",
    },
)
describe(LedgerUnit, "The unit of the amounts.", {"POINTS": "Points.", "EUR_CENTS": "Euro cents."})
describe(
    LedgerKind,
    "The kind of ledger entry.",
    {
        "PURCHASE": "Points were purchased.",
        "HOLD": "A fee was held.",
        "CAPTURE": "Points were debited: a held fee was captured, or the price of a delivery was charged"
        " immediately.",
        "RELEASE": "A held fee was released.",
        "REFUND": "Points were refunded: a captured fee, or the price of a delivery.",
        "SMS_CHARGE": "The charge for an SMS.",
        "ENRICHMENT_CHARGE": "The charge for looking up smart contact data.",
        "ADJUSTMENT": "A correction by an operator.",
    },
)
describe(
    Placement,
    "Where a client displays a notification or a placed message.",
    {
        "BANNER": "A banner across the page.",
        "NOTIFICATION": "In the list of notifications.",
        "TOOLTIP": "Next to the object that it is about.",
        "SYSTEM_MESSAGE": "As a message in the conversation.",
    },
)
# Where nothing is shown, there is no message with an action.
PLACEMENT_ACTION = describe(
    cast(
        "type[Enum]",
        StrEnum(
            "PlacementAction", {shown.name: shown.value for shown in Shown if shown is not Shown.NOTHING}
        ),
    ),
    "What a message asks of you. New rules may add values: treat an unknown one as INFORM.",
    {
        "INFORM": "Nothing; it informs you.",
        "WAIT": "Nothing for now: the other side acts next.",
        "REVIEW": "Open the application and answer it.",
        "ANSWER": "Answer: accept or decline the application, or reply to the message.",
        "CONTACT": "Get in touch with the prospect.",
        "CONFIRM_MEETING": "Confirm the proposed meeting time, or propose another one.",
        "PROPOSE_MEETING": "Propose a meeting time.",
        "COMPLAIN": "File a complaint if the contact is faulty.",
        "APPLY_ELSEWHERE": "Apply for other leads.",
        "WITHDRAW": "Withdraw your acceptance if you have changed your mind.",
        "DECIDE": "Decide the complaint.",
    },
)
describe(
    NotificationKind,
    "The kind of notification.",
    {kind.name: kind.description for kind in NotificationKind},
)
