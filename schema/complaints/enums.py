"""GraphQL enums of complaints, files and offers: enums of the models with descriptions."""

from models.complaints.evidence.detail import Detail
from models.complaints.facts import ComplaintStatus
from models.complaints.file import TemplateFormat
from models.complaints.list import ComplaintOrder
from models.complaints.reasons import REASON_WORDS
from models.complaints.tables import EvidenceCheck, Remedy, Speaks
from models.deliveries.tables import OfferMode
from models.files.list import FileOrder
from models.files.tables import FileKind
from rules.complaint import ComplaintReason, ComplaintVerdict
from schema.graphql.enums import describe

describe(
    ComplaintReason,
    "The reason for a complaint.",
    {reason.name: words.description for reason, words in REASON_WORDS.items()},
)
describe(
    ComplaintVerdict,
    "The verdict on a complaint item.",
    {
        "ACCEPTED": "The contact is faulty; the vendor receives a remedy.",
        "REJECTED": "The contact is not faulty, or the item cannot be considered.",
        "UNDER_REVIEW": "An operator decides.",
    },
)
describe(
    ComplaintStatus,
    "The status of a complaint at the current time.",
    {
        "OPEN": "At least one item is under review by an operator.",
        "DECIDED": "All items are decided.",
        "OVERDUE": "The decision is overdue. The complaint is flagged and escalated; it is never decided"
        " automatically.",
    },
)
describe(
    ComplaintOrder,
    "The order of complaints.",
    {"NEWEST": "Newest first.", "DUE": "Earliest deadline first."},
)
describe(
    Remedy,
    "The remedy for an accepted complaint item.",
    {
        "REPLACEMENT": "A new lead replaces the faulty one.",
        "POINTS": "The price of the faulty lead is credited in points.",
    },
)
describe(
    EvidenceCheck,
    "An automatic check of a complaint item.",
    {
        "NUMBERING_PLAN": "The numbering plan of the number's country.",
        "MAIL_DOMAIN": "The domain of the email address.",
        "BUSINESS_REGISTER": "A business register.",
        "OWN_CALLS": "Calls made through our own system.",
        "CONSENT_PROOF": "The stored proofs of consent.",
    },
)
describe(
    Speaks,
    "What a piece of evidence means for the complaint.",
    {
        "FOR": "The evidence supports the complaint.",
        "AGAINST": "The evidence contradicts the complaint.",
        "NEITHER": "The evidence neither supports nor contradicts the complaint.",
    },
    name="EvidenceSpeaks",
)
describe(
    Detail,
    "What a check of a complaint item has found. New checks may add values.",
    {
        "NO_NUMBER": "The contact was delivered without a phone number.",
        "UNREADABLE_NUMBER": "The phone number cannot be read.",
        "UNKNOWN_COUNTRY_CODE": "The country code does not exist.",
        "TOO_SHORT": "The phone number is too short.",
        "TOO_LONG": "The phone number is too long.",
        "LENGTH_NOT_IN_USE": "The numbering plan has no numbers of this length.",
        "AREA_CODE_MISSING": "The phone number lacks its area code.",
        "POSSIBLE_NOT_VALID": "The length is possible, but the numbering plan does not have the number.",
        "VALID_NOT_ASSIGNED": "The numbering plan has the number; whether it is assigned is unknown.",
        "OTHER_COUNTRY": "The phone number belongs to a different country than the lead.",
        "TYPE_TOLL_FREE": "The phone number is a toll-free number.",
        "TYPE_PREMIUM_RATE": "The phone number is a premium-rate number.",
        "TYPE_SHARED_COST": "The phone number is a shared-cost number.",
        "TYPE_PAGER": "The phone number is a pager number.",
        "TYPE_COMPANY_NUMBER": "The phone number is a company number.",
        "TYPE_VOICEMAIL": "The phone number is a voicemail number.",
        "DOMAIN_DOES_NOT_EXIST": "The domain of the email address does not exist.",
        "NULL_MX": "The domain declares that it accepts no mail (RFC 7505).",
        "NO_MAIL_EXCHANGER": "The domain has no server that accepts mail.",
        "MAIL_EXCHANGER": "The domain accepts mail; whether the mailbox exists is unknown.",
        "ADDRESS_ONLY": "The domain accepts mail at its own address; whether the mailbox exists is unknown.",
        "RESERVED_DOMAIN": "The domain is reserved for examples and tests.",
        "UNREADABLE_IDENTIFIER": "The registration number cannot be read.",
        "IDENTIFIER_MALFORMED": "The registration number has an invalid length, check digit or court.",
        "REGISTER_ACTIVE": "The business is in the register and active.",
        "REGISTER_CLOSED": "The business is in the register and closed.",
        "REGISTER_UNKNOWN": "The business is not in the register.",
        "ANSWERED_BEFORE_DELIVERY": "A call was answered before the delivery, or at an unknown time.",
        "ANSWERED_AFTER_DELIVERY": "A call was answered after the delivery.",
        "NO_CONSENT_PROOF": "No proof of consent is stored.",
        "CONSENT_PROOF": "A proof of consent is stored.",
    },
    name="EvidenceFinding",
)
describe(
    FileKind,
    "The kind of file.",
    {
        "COMPLAINT_UPLOAD": "A complaint file as the vendor uploaded it.",
        "COMPLAINT_TEMPLATE": "A complaint template to fill in; deleted when its link expires.",
        "ADDED_BY_ADMINISTRATOR": "Added by the administrator: the answer to a complaint.",
        "EMPLOYEE_EXPORT": "An export of employees; deleted when its link expires.",
        "CALL_EXPORT": "An export of calls; deleted when its link expires.",
    },
)
describe(
    FileOrder,
    "The order of files.",
    {
        "NEWEST": "Newest first.",
        "KIND": "By kind, starting with files added by the administrator; newest first within each kind.",
    },
)
describe(
    OfferMode,
    "How many vendors can buy a lead.",
    {"EXCLUSIVE": "Only one vendor.", "SHARED": "Several vendors, up to the number of places."},
)
describe(
    TemplateFormat,
    "The file format of a template.",
    {
        "XLSX": "A workbook with a drop-down list of reasons.",
        "CSV": "A text file that any spreadsheet program can open.",
    },
    name="ComplaintTemplateFormat",
)
