"""Enums of the phone secretariat, with a description for each value."""

from enum import StrEnum

from models.calls.call_tables import CallFlag, TransferResult
from models.calls.caller_id import CallerTrust
from models.calls.file.plan import EmployeeRowOutcome
from models.calls.file.words import EmployeeColumn
from models.calls.file.writing import ExportFormat
from models.calls.person_name import NameOrder
from models.calls.recognition import VipTreatment
from models.calls.state import CallChange
from models.calls.tables import AppointmentSource, AskedFieldKind
from rules.calls.call_closing import CallState
from rules.calls.call_mail import CallOutcome
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
describe(
    NameOrder,
    "The order of names that are written without a comma.",
    {"FIRST_LAST": "The first name comes first.", "LAST_FIRST": "The last name comes first."},
)
describe(
    ExportFormat,
    "The file format of an export.",
    {
        "CSV": "Text in UTF-8 with semicolons, which any spreadsheet program opens.",
        "XLSX": "A workbook.",
    },
)
describe(
    EmployeeRowOutcome,
    "The outcome of a row of `employeeImport`.",
    {
        "CREATED": "A new employee.",
        "UPDATED": "The employee was changed.",
        "UNCHANGED": "The employee is already as the row says.",
        "REFUSED": "The row is wrong; `rowErrors` has the reasons.",
    },
)
describe(
    EmployeeColumn,
    "A column of a file of employees. More may be added.",
    {
        "ID": "The ID of the employee.",
        "NAME": "The whole name.",
        "FIRST_NAME": "The first name.",
        "LAST_NAME": "The last name.",
        "EMAIL": "The email address.",
        "CC": "The addresses that get copies.",
        "POSITION": "The position.",
        "RESPONSIBILITY": "The responsibility.",
        "EXTENSION": "The number to which calls are put through.",
        "TRANSFER": "Which calls are put through.",
        "VIP_SMS": "Whether a text message follows the call of a VIP.",
        "SMS": "Whether a text message follows each call.",
        "MOBILE": "The mobile number.",
        "DEPUTY": "The deputy.",
        "ABSENCE_TEXT": "What callers are told while there is no appointment.",
    },
    name="EmployeeFileColumn",
)
describe(
    CallOutcome,
    "What became of a call.",
    {
        "TRANSFERRED": "It was put through to an employee.",
        "MESSAGE_TAKEN": "An agent took a message.",
        "FAQ_ANSWERED": "An agent answered from the frequently asked questions.",
        "ABANDONED": "Nobody answered, or the caller hung up before a note was taken.",
        "UNFINISHED": "An agent answered, but did not finish the call in time.",
    },
)
describe(
    CallState,
    "Where a call stands.",
    {
        "RINGING": "It rings.",
        "TALKING": "An agent talks to the caller.",
        "CONSULTING": "An employee is being tried.",
        "TRANSFERRED": "An employee talks to the caller.",
        "HUNG_UP": "The caller has hung up; the agent has not finished yet.",
        "FINISHED": "The agent finished it, or its deadline closed it.",
    },
)
describe(
    CallFlag,
    "What is unusual about a call.",
    {
        "NEVER_ENDED": "Nobody reported its end; its deadline closed it.",
        "NOTE_MISSING": "The agent wrote no note in time.",
        "TIMES_CORRECTED": "The telephone system corrected its times after its end.",
        "DUPLICATE_NUMBER": "Several employees have the number to which it was put through.",
        "UNKNOWN_EMPLOYEE": "It was put through to a number that no employee has.",
        "CLOCK_DIFFERS": "The clock of the telephone system was wrong, so the time of receipt counts.",
        "VOICEMAIL": "A mailbox answered.",
    },
)
describe(
    CallerTrust,
    "How far a caller's number can be trusted.",
    {
        "VERIFIED": "The telephone network vouches for it.",
        "PRESENTED": "The caller's telephone presents it; it can be forged.",
        "WITHHELD": "The number is withheld.",
        "UNREADABLE": "What was presented is not a number.",
    },
)
describe(
    CallChange,
    "What happened to a call.",
    {
        "RINGING": "It rings, also once more after it was forwarded.",
        "ANSWERED": "An agent answered.",
        "ATTEMPT": "An attempt to put it through began, or ended with a result.",
        "TRANSFERRED": "An employee took it.",
        "HUNG_UP": "The caller hung up.",
        "FINISHED": "Its agent finished it.",
        "CLOSED": "Its deadline closed it.",
        "TAKEN_OVER": "A colleague took it over.",
        "CORRECTED": "Its note was corrected.",
    },
)
