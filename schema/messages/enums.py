"""Descriptions of the enums of sending."""

from models.feed.kinds import NotificationGroup
from models.messages.devices.tables import DeviceKind
from models.messages.tables import DispatchReceipt, DispatchState
from rules.messages.dispatch import DispatchChannel, Necessity
from rules.messages.retry import DispatchOutcome
from schema.graphql.enums import describe

describe(
    DispatchChannel,
    "How the marketplace sends.",
    {
        "EMAIL": "By email.",
        "SMS": "By text message.",
        "PUSH": "By push message to a device.",
        "WEBHOOK": "By a request to an address of the recipient's own systems.",
    },
)
describe(
    DispatchState,
    "The state of a dispatch.",
    {
        "WAITING": "It is waiting to be sent, or to be tried again.",
        "SENDING": "It is being sent.",
        "SENT": "The provider accepted it.",
        "UNCERTAIN": "The provider may have accepted it, and a repeat could do harm; an operator decides.",
        "DEAD": "All attempts failed, or the provider refused it permanently.",
        "SUPPRESSED": "It is not sent, for the reason in `decision`.",
        "EXPIRED": "It became pointless before it could be sent.",
        "CANCELLED": "A newer message replaced it, or an operator cancelled it.",
    },
)
describe(
    DispatchReceipt,
    "What was reported about a dispatch after it was sent.",
    {
        "DELIVERED": "It was delivered.",
        "DELAYED": "Its delivery is delayed.",
        "BOUNCED": "It could not be delivered.",
        "REPORTED_AS_ABUSE": "The recipient reported it as abuse.",
    },
)
describe(
    DispatchOutcome,
    "How an attempt ended.",
    {
        "ACCEPTED": "The provider accepted the message.",
        "TEMPORARY": "A temporary failure.",
        "THROTTLED": "The provider asked for fewer messages.",
        "PERMANENT": "The provider refused the message permanently.",
        "UNCERTAIN": "The provider may have accepted the message.",
    },
)
describe(
    Necessity,
    "Why a message is sent.",
    {
        "REQUIRED_BY_LAW": "The law requires it.",
        "PART_OF_THE_CONTRACT": "It is part of using the marketplace.",
        "OPTIONAL": "The recipient can switch it off.",
    },
)
describe(
    DeviceKind,
    "How a device is reached. Only browsers can be registered yet.",
    {
        "WEB": "A browser, by Web Push.",
        "FCM": "An Android device, by Firebase Cloud Messaging. Not supported yet.",
        "APNS": "An Apple device, by the Apple Push Notification service. Not supported yet.",
    },
)
describe(
    NotificationGroup,
    "What messages are about.",
    {
        "APPLICATIONS": "Applications.",
        "CHAT": "Chats.",
        "MEETINGS": "Meetings.",
        "LEADS": "Delivered leads.",
        "COMPLAINTS": "Complaints.",
        "POINTS": "Points.",
        "CALLS": "Calls.",
    },
)
