"""Owns the enums of complaints, files and offers: the vocabulary of the models, each value described.

It must not invent values: each enum is the models' own.
"""

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
    "The defect that is claimed.",
    {reason.name: words.description for reason, words in REASON_WORDS.items()},
)
describe(
    ComplaintVerdict,
    "What became of an item.",
    {
        "ACCEPTED": "The contact is faulty: there is a remedy.",
        "REJECTED": "It is no fault of the contact, or it cannot be considered.",
        "UNDER_REVIEW": "The operator decides.",
    },
)
describe(
    ComplaintStatus,
    "Where a complaint stands, by the clock.",
    {
        "OPEN": "At least one item waits for the operator.",
        "DECIDED": "All items are decided.",
        "OVERDUE": "It should have been decided by now: flagged and escalated, never silently answered.",
    },
)
describe(
    ComplaintOrder,
    "How complaints are ordered.",
    {"NEWEST": "The newest first.", "DUE": "Those due the soonest first."},
)
describe(
    Remedy,
    "What an accepted item gets.",
    {"REPLACEMENT": "A new lead for a faulty one.", "POINTS": "Its points come back."},
)
describe(
    EvidenceCheck,
    "What looked at an item without a person.",
    {
        "NUMBERING_PLAN": "The numbering plan of the number's country.",
        "MAIL_DOMAIN": "The domain of the e-mail address.",
        "BUSINESS_REGISTER": "A register of businesses.",
        "OWN_CALLS": "The calls that went through our own system.",
        "CONSENT_PROOF": "The stored proofs of consent.",
    },
)
describe(
    Speaks,
    "Which way a piece of evidence points.",
    {
        "FOR": "The contact is faulty as was said.",
        "AGAINST": "The contact is not faulty in this way.",
        "NEITHER": "It says nothing.",
    },
    name="EvidenceSpeaks",
)
describe(
    FileKind,
    "What a file is.",
    {
        "COMPLAINT_UPLOAD": "What a vendor uploaded, as it came.",
        "COMPLAINT_TEMPLATE": "A template to fill; gone when its link has expired.",
        "ADDED_BY_ADMINISTRATOR": "Added by the administrator: the answer to a complaint.",
        "EMPLOYEE_EXPORT": "An export of employees.",
        "CALL_EXPORT": "An export of calls.",
    },
)
describe(
    FileOrder,
    "How files are ordered.",
    {
        "NEWEST": "The newest first.",
        "KIND": "By kind, what the administrator added first; each kind the newest first.",
    },
)
describe(
    OfferMode,
    "To how many vendors a lead goes.",
    {"EXCLUSIVE": "To one.", "SHARED": "To several, at most as many as it has places."},
)
describe(
    TemplateFormat,
    "What a template can be.",
    {"XLSX": "A workbook with a list of reasons to choose from.", "CSV": "Text, for any program."},
    name="ComplaintTemplateFormat",
)
