"""Kinds of notifications and templates of messages: each declared once, with all that depends on it.

A kind says where it is shown, its description in the API, and which facts change its words. Its words are in
`models.feed.wording.words`, under its name, or its name and the variant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from rules.messages.dispatch import DispatchChannel, Necessity
from rules.placements.terms import Placement

if TYPE_CHECKING:
    from models.feed.list import NotificationView


_BANNER, _NOTIFICATION, _TOOLTIP, _SYSTEM_MESSAGE = Placement


@dataclass(frozen=True, slots=True)
class Variants:
    """The variants of a kind's words by name, and the function that selects one; "" is none."""

    names: tuple[str, ...] = ()
    of: Callable[[NotificationView], str] = lambda _: ""


def _rule(view: NotificationView) -> str:
    return view.decision.rule_id if view.decision else str(view.event.parameters.get("ruleId", ""))


def _wait(view: NotificationView) -> str:
    parameters = view.event.parameters
    if parameters.get("points") == 0:
        return "free"
    return "waited" if parameters.get("waited") else ""


def _outcome(view: NotificationView) -> str:
    return str(view.event.parameters.get("outcome", ""))


def _side(view: NotificationView) -> str:
    return str(view.event.parameters.get("side", "vendor"))


def _stopped(view: NotificationView) -> str:
    side = _side(view)
    return str(view.event.parameters.get("medium", "all")) if side == "vendor" else side


_NONE = Variants()
_VENDOR_OR_OPERATOR = Variants(
    ("vendor", "operator"), lambda view: "vendor" if view.for_vendor else "operator"
)
_VENDOR_OR_PROSPECT = Variants(
    ("vendor", "prospect"), lambda view: "vendor" if view.for_vendor else "prospect"
)


class NotificationKind(StrEnum):
    """A kind of notification: the name, where it is shown, its description, and the variants of its words.

    A notification that waits for the reader is a banner, one that explains a state is a tooltip on it, one
    about an application or a complaint is a system message in its chat; all are in the list of notifications.
    A kind without a placement is not a notification: it carries the events of a subscription, without words.
    """

    placements: tuple[Placement, ...]
    description: str
    variants: Variants

    def __new__(
        cls,
        name: str,
        placements: tuple[Placement, ...] = (),
        description: str = "",
        variants: Variants = _NONE,
    ) -> Self:
        """Create a member; raises ValueError with its name if something about it is missing."""
        if not description:
            raise ValueError(f"{name}: describe this kind of notification; the API shows it")
        if placements and Placement.NOTIFICATION not in placements:
            raise ValueError(f"{name}: must be shown in the list of notifications, like every notification")
        member = str.__new__(cls, name)
        member._value_ = name
        member.placements, member.description, member.variants = placements, description, variants
        return member

    APPLICATION_RECEIVED = (
        "APPLICATION_RECEIVED",
        (_BANNER, _NOTIFICATION, _TOOLTIP, _SYSTEM_MESSAGE),
        "A vendor applied for your lead.",
    )
    REVIEW_REMINDER = (
        "REVIEW_REMINDER",
        (_BANNER, _NOTIFICATION, _TOOLTIP),
        "An application is still waiting for your answer.",
        Variants(("not_reviewed", "opened_but_not_answered"), _rule),
    )
    APPLICATION_SUBMITTED = (
        "APPLICATION_SUBMITTED",
        (_NOTIFICATION, _TOOLTIP, _SYSTEM_MESSAGE),
        "Your application reached the prospect.",
    )
    APPLICATION_ACCEPTED = (
        "APPLICATION_ACCEPTED",
        (_BANNER, _NOTIFICATION, _TOOLTIP, _SYSTEM_MESSAGE),
        "The prospect accepted, and the contact data was revealed.",
        Variants(("opened_before",), lambda view: "" if view.event.delivery_id else "opened_before"),
    )
    APPLICATION_DECLINED = (
        "APPLICATION_DECLINED",
        (_BANNER, _NOTIFICATION, _TOOLTIP, _SYSTEM_MESSAGE),
        "The prospect declined.",
        Variants(("declined_in_time", "declined_late", "acceptance_withdrawn"), _rule),
    )
    APPLICATION_ENDED = (
        "APPLICATION_ENDED",
        (_BANNER, _NOTIFICATION, _TOOLTIP, _SYSTEM_MESSAGE),
        "An application ended without an answer because the person can no longer be contacted.",
        _VENDOR_OR_PROSPECT,
    )
    CONTACT_REVEALED = (
        "CONTACT_REVEALED",
        (_BANNER, _NOTIFICATION, _TOOLTIP, _SYSTEM_MESSAGE),
        "The prospect did not answer in time, and the contact data was revealed automatically.",
    )
    CONTACT_DISCLOSED = (
        "CONTACT_DISCLOSED",
        (_BANNER, _NOTIFICATION, _TOOLTIP, _SYSTEM_MESSAGE),
        "Your contact data was revealed to a vendor.",
        Variants(("prospect_accepted", "revealed_by_silence"), _rule),
    )
    FEE_REFUNDED = (
        "FEE_REFUNDED",
        (_NOTIFICATION, _TOOLTIP),
        "A fee was released or refunded.",
    )
    MEETING_PROPOSED = (
        "MEETING_PROPOSED",
        (_BANNER, _NOTIFICATION, _TOOLTIP, _SYSTEM_MESSAGE),
        "The other side proposed a meeting time.",
        _VENDOR_OR_PROSPECT,
    )
    MEETING_AGREED = (
        "MEETING_AGREED",
        (_NOTIFICATION, _TOOLTIP, _SYSTEM_MESSAGE),
        "A meeting has a new time.",
    )
    MEETING_CANCELLED = (
        "MEETING_CANCELLED",
        (_BANNER, _NOTIFICATION, _SYSTEM_MESSAGE),
        "A meeting was cancelled.",
    )
    MEETING_RECORDED = (
        "MEETING_RECORDED",
        (_NOTIFICATION, _SYSTEM_MESSAGE),
        "The outcome of a meeting was recorded.",
        Variants(("TOOK_PLACE", "NO_SHOW"), lambda view: view.meeting_statement or ""),
    )
    POINTS_PURCHASED = (
        "POINTS_PURCHASED",
        (_NOTIFICATION,),
        "Purchased points were credited.",
    )
    LEAD_DELIVERED = (
        "LEAD_DELIVERED",
        (_BANNER, _NOTIFICATION, _TOOLTIP),
        "A lead was delivered to you.",
    )
    COMPLAINT_FILED = (
        "COMPLAINT_FILED",
        (_NOTIFICATION, _TOOLTIP, _SYSTEM_MESSAGE),
        "A complaint was filed.",
        _VENDOR_OR_OPERATOR,
    )
    COMPLAINT_PROGRESS = (
        "COMPLAINT_PROGRESS",
        (_BANNER, _NOTIFICATION),
        "Progress of checking a complaint before it is filed.",
    )
    COMPLAINT_DECIDED = (
        "COMPLAINT_DECIDED",
        (_BANNER, _NOTIFICATION, _TOOLTIP, _SYSTEM_MESSAGE),
        "All items of a complaint are decided.",
    )
    COMPLAINT_DUE = (
        "COMPLAINT_DUE",
        (_BANNER, _NOTIFICATION, _TOOLTIP),
        "A complaint is still waiting for an operator's decision.",
    )
    COMPLAINT_OVERDUE = (
        "COMPLAINT_OVERDUE",
        (_BANNER, _NOTIFICATION, _TOOLTIP, _SYSTEM_MESSAGE),
        "A complaint was not decided in time; it stays open and is escalated.",
        _VENDOR_OR_OPERATOR,
    )
    COMPLAINT_MESSAGE = (
        "COMPLAINT_MESSAGE",
        (_BANNER, _NOTIFICATION),
        "The other side sent a message about a complaint.",
        _VENDOR_OR_OPERATOR,
    )
    REPLACEMENT_DELIVERED = (
        "REPLACEMENT_DELIVERED",
        (_BANNER, _NOTIFICATION, _TOOLTIP),
        "A lead was delivered to you to replace a faulty one.",
    )
    REMEDY_POINTS = (
        "REMEDY_POINTS",
        (_NOTIFICATION, _TOOLTIP),
        "Points were credited for a faulty delivery.",
        Variants(("waited", "free"), _wait),
    )
    NOTICE_UNDELIVERED = (
        "NOTICE_UNDELIVERED",
        (_BANNER, _NOTIFICATION),
        "A message that the law requires could not be delivered; for operators.",
    )
    WEBHOOK_DISABLED = (
        "WEBHOOK_DISABLED",
        (_BANNER, _NOTIFICATION),
        "A webhook endpoint was disabled because its requests failed, or because it asked for that.",
    )
    SECRETARIAT_CHECK = (
        "SECRETARIAT_CHECK",
        (_BANNER, _NOTIFICATION),
        "The data of your phone secretariat should be checked again.",
    )
    CALENDAR_STALE = (
        "CALENDAR_STALE",
        (_BANNER, _NOTIFICATION),
        "A calendar of an employee could not be read for a day; its last appointments still count.",
    )
    CALL_TAKEN = (
        "CALL_TAKEN",
        (_NOTIFICATION,),
        "An agent took a call for your company.",
        Variants(("MESSAGE_TAKEN", "TRANSFERRED", "FAQ_ANSWERED", "ABANDONED"), _outcome),
    )
    CALL_FLAGGED = (
        "CALL_FLAGGED",
        (_BANNER, _NOTIFICATION),
        "A call was closed because its agent did not finish it in time; for the agent and operators.",
    )
    SMART_DATA_FOUND = (
        "SMART_DATA_FOUND",
        (_NOTIFICATION,),
        "A search for smart contact data has ended; `subject` is the lead that it was about.",
        Variants(("FOUND", "NOTHING", "FAILED"), _outcome),
    )
    SMART_DATA_SWITCHED = (
        "SMART_DATA_SWITCHED",
        (_NOTIFICATION,),
        "An owner switched smart contact data on or off.",
        Variants(("ON", "OFF"), _outcome),
    )
    CALL_CHANGED = (
        "CALL_CHANGED",
        (),
        "A call changed; only in the subscription `callUpdates`, not a notification.",
    )
    CONTACT_STOPPED = (
        "CONTACT_STOPPED",
        (_BANNER, _NOTIFICATION, _TOOLTIP),
        "A person whose contact data you have must not be contacted any more, or not in one way; for the "
        "person, that a link in a letter stopped letters.",
        Variants(("all", "CALL", "SMS", "EMAIL", "CHAT", "MEETING", "prospect"), _stopped),
    )
    ATTEMPT_AGAINST_STOP = (
        "ATTEMPT_AGAINST_STOP",
        (_BANNER, _NOTIFICATION),
        "A vendor contacted a person although a do-not-contact stop held; for the vendor and operators.",
        Variants(("vendor", "operator"), _side),
    )
    OPT_OUT_LIST_STALE = (
        "OPT_OUT_LIST_STALE",
        (_BANNER, _NOTIFICATION),
        "An opt-out list is too old, and calls that need it wait; for operators.",
    )
    CHAT_MESSAGE = (
        "CHAT_MESSAGE",
        (),
        "A message was written in a chat; only in the subscription `chatMessages`, not a notification.",
    )
    CHAT_READ = (
        "CHAT_READ",
        (),
        "The other side read a chat; only in the subscription `chatMessages`, not a notification.",
    )


# The kinds that are notifications.
NOTIFICATIONS = frozenset(kind for kind in NotificationKind if kind.placements)

# Those that a chat shows as system messages, if they are about its application.
SYSTEM_MESSAGES = frozenset(kind for kind in NOTIFICATIONS if Placement.SYSTEM_MESSAGE in kind.placements)

# The events that the subscription `reveals` replays: each reveals contact data to its recipient.
REVEALS = (
    NotificationKind.APPLICATION_ACCEPTED,
    NotificationKind.CONTACT_REVEALED,
    NotificationKind.LEAD_DELIVERED,
    NotificationKind.REPLACEMENT_DELIVERED,
)


class NotificationGroup(StrEnum):
    """What a message is about, for those who switch it off."""

    APPLICATIONS = "APPLICATIONS"
    CHAT = "CHAT"
    MEETINGS = "MEETINGS"
    LEADS = "LEADS"
    COMPLAINTS = "COMPLAINTS"
    POINTS = "POINTS"
    CALLS = "CALLS"


class MessageSubject(StrEnum):
    """What the subject of an outbox message is."""

    APPLICATION = "APPLICATION"
    DELIVERY = "DELIVERY"
    COMPLAINT = "COMPLAINT"
    CHAT_MESSAGE = "CHAT_MESSAGE"
    WEBHOOK_ENDPOINT = "WEBHOOK_ENDPOINT"
    SECRETARIAT = "SECRETARIAT"
    EMPLOYEE = "EMPLOYEE"
    DO_NOT_CONTACT = "DO_NOT_CONTACT"
    CALL = "CALL"  # the recipient is an employee of the company that was called


_LAW, _CONTRACT, _OPTIONAL = Necessity
_BY_EMAIL = (DispatchChannel.EMAIL,)
_BY_EMAIL_AND_PUSH = (DispatchChannel.EMAIL, DispatchChannel.PUSH)
_BY_EMAIL_SMS_AND_PUSH = (*_BY_EMAIL_AND_PUSH, DispatchChannel.SMS)
_APPLICATIONS = (NotificationGroup.APPLICATIONS, MessageSubject.APPLICATION)
_COMPLAINTS = (NotificationGroup.COMPLAINTS, MessageSubject.COMPLAINT)
_CALLS = (NotificationGroup.CALLS, MessageSubject.CALL)


class MessageTemplate(StrEnum):
    """A template of an outbox message: its name, description, why it is sent, its group and its subject.

    A template without channels is written, but not sent.
    """

    description: str
    necessity: Necessity
    group: NotificationGroup
    about: MessageSubject
    channels: tuple[DispatchChannel, ...]

    def __new__(
        cls,
        name: str,
        description: str = "",
        necessity: Necessity = _CONTRACT,
        group: NotificationGroup = NotificationGroup.APPLICATIONS,
        about: MessageSubject = MessageSubject.APPLICATION,
        channels: tuple[DispatchChannel, ...] = _BY_EMAIL,
    ) -> Self:
        """Create a member; raises ValueError with its name if the description is missing."""
        if not description:
            raise ValueError(f"{name}: describe this template")
        member = str.__new__(cls, name)
        member._value_ = name
        member.description, member.necessity, member.group = description, necessity, group
        member.about, member.channels = about, channels
        return member

    APPLICATION_RECEIVED = (
        "application_received",
        "A vendor applied for the lead.",
        _CONTRACT,
        *_APPLICATIONS,
        _BY_EMAIL_AND_PUSH,
    )
    NOT_REVIEWED = (
        "not_reviewed",
        "The application was not opened yet.",
        _CONTRACT,
        *_APPLICATIONS,
        _BY_EMAIL_AND_PUSH,
    )
    OPENED_BUT_NOT_ANSWERED = (
        "opened_but_not_answered",
        "The application was opened, but not answered yet.",
        _CONTRACT,
        *_APPLICATIONS,
        _BY_EMAIL_AND_PUSH,
    )
    APPLICATION_DECLINED = (
        "application_declined",
        "The prospect declined.",
        _CONTRACT,
        *_APPLICATIONS,
        _BY_EMAIL_AND_PUSH,
    )
    APPLICATION_ENDED = (
        "application_ended",
        "The application ended without an answer.",
        _CONTRACT,
        *_APPLICATIONS,
        _BY_EMAIL_AND_PUSH,
    )
    CONTACT_AVAILABLE = (
        "contact_available",
        "The contact data was revealed to the vendor.",
        _CONTRACT,
        *_APPLICATIONS,
        _BY_EMAIL_SMS_AND_PUSH,
    )
    LEAD_DELIVERED = (
        "lead_delivered",
        "A lead was delivered to the vendor.",
        _OPTIONAL,
        NotificationGroup.LEADS,
        MessageSubject.DELIVERY,
        _BY_EMAIL_SMS_AND_PUSH,
    )
    COMPLAINT_FILED = ("complaint_filed", "The complaint was filed.", _OPTIONAL, *_COMPLAINTS)
    COMPLAINT_DECIDED = (
        "complaint_decided",
        "All items of the complaint are decided.",
        _CONTRACT,
        *_COMPLAINTS,
        _BY_EMAIL_AND_PUSH,
    )
    COMPLAINT_OVERDUE = (
        "complaint_overdue",
        "The complaint was not decided in time.",
        _CONTRACT,
        *_COMPLAINTS,
        _BY_EMAIL_AND_PUSH,
    )
    CALENDAR_CREATED = (
        "calendar_created",
        "The calendar event of an application.",
        _CONTRACT,
        NotificationGroup.MEETINGS,
        MessageSubject.APPLICATION,
    )
    CALENDAR_UPDATED = (
        "calendar_updated",
        "The calendar event changed: the contact data was revealed, or the meeting was moved.",
        _CONTRACT,
        NotificationGroup.MEETINGS,
        MessageSubject.APPLICATION,
    )
    CALENDAR_CANCELLED = (
        "calendar_cancelled",
        "The calendar event was cancelled.",
        _CONTRACT,
        NotificationGroup.MEETINGS,
        MessageSubject.APPLICATION,
    )
    WEBHOOK_APPLICATION = (
        "webhook_application",
        "An event about an application, for webhooks.",
        _OPTIONAL,
        *_APPLICATIONS,
        (),
    )
    WEBHOOK_DELIVERY = (
        "webhook_delivery",
        "An event about a delivery, for webhooks.",
        _OPTIONAL,
        NotificationGroup.LEADS,
        MessageSubject.DELIVERY,
        (),
    )
    WEBHOOK_COMPLAINT = (
        "webhook_complaint",
        "An event about a complaint, for webhooks.",
        _OPTIONAL,
        *_COMPLAINTS,
        (),
    )
    WEBHOOK_CHAT = (
        "webhook_chat",
        "A message in a chat, for webhooks.",
        _OPTIONAL,
        NotificationGroup.CHAT,
        MessageSubject.CHAT_MESSAGE,
        (),
    )
    WEBHOOK_TEST = (
        "webhook_test",
        "A test event for a webhook endpoint.",
        _OPTIONAL,
        NotificationGroup.LEADS,
        MessageSubject.WEBHOOK_ENDPOINT,
        (),
    )
    WEBHOOK_DISABLED = (
        "webhook_disabled",
        "A webhook endpoint was disabled.",
        _CONTRACT,
        NotificationGroup.LEADS,
        MessageSubject.WEBHOOK_ENDPOINT,
    )
    SECRETARIAT_CHECK = (
        "secretariat_check",
        "The company is asked to check its phone secretariat.",
        _CONTRACT,
        NotificationGroup.CALLS,
        MessageSubject.SECRETARIAT,
    )
    EMPLOYEE_INVITATION = (
        "employee_invitation",
        "An employee is invited to set a password, to maintain the own absences.",
        _CONTRACT,
        NotificationGroup.CALLS,
        MessageSubject.EMPLOYEE,
    )
    CALL_TAKEN = ("call_taken", "The note on a call.", _CONTRACT, *_CALLS)
    CALL_TRANSFERRED = ("call_transferred", "A call was put through: name and number.", _CONTRACT, *_CALLS)
    CALL_MISSED = ("call_missed", "Nobody answered a call: name and number.", _CONTRACT, *_CALLS)
    CALL_AMENDED = ("call_amended", "The note on a call was corrected.", _CONTRACT, *_CALLS)
    CALL_TEXT = (
        "call_text",
        "A short summary of a call, as a text message.",
        _CONTRACT,
        *_CALLS,
        (DispatchChannel.SMS,),
    )
    CONTACT_DISCLOSED = (
        "contact_disclosed",
        "The person is told who received the contact data (GDPR Art. 14).",
        _LAW,
        NotificationGroup.LEADS,
        MessageSubject.DELIVERY,
    )
    CONTACT_STOPPED = (
        "contact_stopped",
        "The person is told that a link in a letter stopped letters, and how to lift that.",
        _CONTRACT,
        NotificationGroup.LEADS,
        MessageSubject.DO_NOT_CONTACT,
    )
    CHAT_NUDGE = (
        "chat_nudge",
        "There are unread messages in the chat of the application.",
        _OPTIONAL,
        NotificationGroup.CHAT,
        MessageSubject.APPLICATION,
    )


def necessity_on(channel: DispatchChannel, template: MessageTemplate, necessity: Necessity) -> Necessity:
    """Return why a message is sent on a channel: a text or push message that repeats an email is optional."""
    repeats = channel in {DispatchChannel.SMS, DispatchChannel.PUSH}
    if repeats and DispatchChannel.EMAIL in template.channels:
        return Necessity.OPTIONAL
    return necessity
