"""Events of webhooks: which events of an account's feed they are, and what each is about."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

import orjson

from models.feed.kinds import MessageTemplate, NotificationKind


class WebhookEvent(StrEnum):
    """An event: its name in the API, its type in the body, its notification, and the template of its
    message, which says what its subject is.
    """

    type: str
    kind: NotificationKind
    template: MessageTemplate

    def __new__(cls, name: str, event_type: str, kind: NotificationKind, template: MessageTemplate) -> Self:
        """Create a member."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.type, member.kind, member.template = event_type, kind, template
        return member

    APPLICATION_SUBMITTED = (
        "APPLICATION_SUBMITTED",
        "application.submitted",
        NotificationKind.APPLICATION_SUBMITTED,
        MessageTemplate.WEBHOOK_APPLICATION,
    )
    APPLICATION_ACCEPTED = (
        "APPLICATION_ACCEPTED",
        "application.accepted",
        NotificationKind.APPLICATION_ACCEPTED,
        MessageTemplate.WEBHOOK_APPLICATION,
    )
    APPLICATION_DECLINED = (
        "APPLICATION_DECLINED",
        "application.declined",
        NotificationKind.APPLICATION_DECLINED,
        MessageTemplate.WEBHOOK_APPLICATION,
    )
    CONTACT_REVEALED = (
        "CONTACT_REVEALED",
        "contact.revealed",
        NotificationKind.CONTACT_REVEALED,
        MessageTemplate.WEBHOOK_APPLICATION,
    )
    LEAD_DELIVERED = (
        "LEAD_DELIVERED",
        "lead.delivered",
        NotificationKind.LEAD_DELIVERED,
        MessageTemplate.WEBHOOK_DELIVERY,
    )
    FEE_REFUNDED = (
        "FEE_REFUNDED",
        "fee.refunded",
        NotificationKind.FEE_REFUNDED,
        MessageTemplate.WEBHOOK_APPLICATION,
    )
    COMPLAINT_FILED = (
        "COMPLAINT_FILED",
        "complaint.filed",
        NotificationKind.COMPLAINT_FILED,
        MessageTemplate.WEBHOOK_COMPLAINT,
    )
    COMPLAINT_DECIDED = (
        "COMPLAINT_DECIDED",
        "complaint.decided",
        NotificationKind.COMPLAINT_DECIDED,
        MessageTemplate.WEBHOOK_COMPLAINT,
    )
    COMPLAINT_OVERDUE = (
        "COMPLAINT_OVERDUE",
        "complaint.overdue",
        NotificationKind.COMPLAINT_OVERDUE,
        MessageTemplate.WEBHOOK_COMPLAINT,
    )
    CHAT_MESSAGE = (
        "CHAT_MESSAGE",
        "chat.message",
        NotificationKind.CHAT_MESSAGE,
        MessageTemplate.WEBHOOK_CHAT,
    )


TEST_TYPE = "webhook.test"  # of a test event, which is about the endpoint itself
BY_KIND: Mapping[str, WebhookEvent] = {event.kind: event for event in WebhookEvent}


def stored_events(stored: str) -> tuple[WebhookEvent, ...]:
    """Return the events of an endpoint from its JSON column."""
    return tuple(WebhookEvent[name] for name in orjson.loads(stored))
