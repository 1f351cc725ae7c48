"""Enums of the phone secretariat, with a description for each value."""

from enum import StrEnum

from models.calls.recognition import VipTreatment
from models.calls.tables import AppointmentSource, AskedFieldKind, TransferResult
from rules.calls.call_route import CallerStanding, CallRoute, TransferWish
from rules.calls.presence import Presence
from schema.graphql.enums import describe


class SecretariatState(StrEnum):
    """Whether a company has confirmed its set-up."""

    UNCONFIRMED = "UNCONFIRMED"
    CONFIRMED = "CONFIRMED"


describe(
    SecretariatState,
    "Whether a company has checked its data.",
    {
        "UNCONFIRMED": "Never confirmed, or changed since.",
        "CONFIRMED": "Confirmed, and not changed since.",
    },
)
describe(
    AskedFieldKind,
    "What callers are asked for.",
    {
        "TEXT": "Text.",
        "PHONE": "A phone number.",
        "EMAIL": "An email address.",
        "DATE": "A date.",
        "CHOICE": "One of several choices.",
    },
)
describe(
    TransferWish,
    "Which calls an employee wants to be put through.",
    {"NONE": "None.", "ALL": "All.", "VIP_ONLY": "Only those of VIPs."},
)
describe(
    Presence,
    "Whether an employee can be put through.",
    {
        "PRESENT": "Can be put through.",
        "REACHABLE_APPOINTMENT": "Has an appointment and can be put through.",
        "AWAY": "Has an appointment and is away.",
        "OUTSIDE_HOURS": "It is outside the employee's hours.",
        "HOLIDAY": "It is a public holiday.",
    },
    name="PresenceState",
)
describe(
    AppointmentSource,
    "Where an appointment comes from.",
    {"MANUAL": "Entered by a person.", "CALENDAR": "Read from a calendar."},
)
describe(
    VipTreatment,
    "What a VIP entry does.",
    {
        "PREFERRED": "Counts as a VIP for transfers and text messages.",
        "NOTE_ONLY": "Only its note is shown.",
        "UNWANTED": "Is never put through.",
    },
)
describe(
    CallerStanding,
    "What a caller is to an employee.",
    {
        "ORDINARY": "Nobody in particular.",
        "WITHHELD": "The number is withheld or unreadable.",
        "VIP_OF_COMPANY": "A VIP of the company.",
        "VIP_OF_EMPLOYEE": "A VIP of the employee.",
        "UNWANTED": "An unwanted caller.",
    },
)
describe(
    CallRoute,
    "What is done with a call.",
    {"TRANSFER": "It is put through.", "TAKE_MESSAGE": "A message is taken."},
    name="RouteAction",
)
describe(
    TransferResult,
    "What became of an attempt to put a call through.",
    {
        "CALLING": "The employee is being tried.",
        "ACCEPTED": "The employee took the call.",
        "DECLINED": "The employee declined the call.",
        "MESSAGE": "The employee left a message for the caller.",
        "NO_ANSWER": "Nobody answered.",
        "BUSY": "The line was busy.",
        "VOICEMAIL": "A mailbox answered.",
        "UNREACHABLE": "The number could not be reached.",
        "FAILED": "The attempt failed for another reason.",
        "CANCELLED": "A newer attempt, the hang-up or the end of the call ended it.",
    },
)
