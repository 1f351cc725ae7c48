"""All tables of the database, and with them everything that a domain registers.

Tortoise loads this module, so a process that has opened the database knows every timed transition, every
letter and every translation.
"""

# Timed transitions, letters, and translated sentences of rules.
import models.applications.deadlines
import models.applications.letters
import models.calls.closing
import models.calls.deadlines
import models.calls.letters
import models.calls.notice_letters
import models.chat.deadlines
import models.chat.letters
import models.complaints.deadlines
import models.complaints.letters
import models.complaints.reasons
import models.contacting.deadlines
import models.contacting.letters
import models.deliveries.letters
import models.disclosures.letters
import models.messages.webhooks.deadlines
import models.messages.webhooks.letters
import models.smart_data.deadlines  # noqa: F401
from models.accounts.tables import (
    Account,
    ExternalIdentity,
    Prospect,
    RefreshToken,
    SignInFailures,
    SignInNetwork,
    User,
)
from models.applications.tables import Application, MeetingRecord
from models.base.idempotency import IdempotencyRecord
from models.calls.calendars.tables import CalendarSpan, EmployeeCalendar
from models.calls.call_tables import (
    Call,
    CallerErasure,
    CallLeg,
    CallNote,
    CallNotice,
    TransferAttempt,
)
from models.calls.phone.tables import PhoneCallKey, PhoneEvent, PhoneSystem, PhoneUser
from models.calls.tables import (
    AgentOf,
    Appointment,
    AskedField,
    Employee,
    FaqEntry,
    Secretariat,
    SecretariatChange,
    SecretariatNumber,
    VipCaller,
    WeeklyHours,
)
from models.chat.tables import ChatMessage, ChatRead
from models.complaints.tables import (
    Complaint,
    ComplaintItem,
    ComplaintMessage,
    Evidence,
    RemedyRecord,
)
from models.contacting.profile_tables import ContactStatement, PersonProfile, SenderProfile
from models.contacting.tables import ContactAttempt, DoNotContact, OptOutEntry, OptOutList
from models.deadlines.tables import Deadline
from models.deliveries.tables import Delivery, Offer
from models.disclosures.tables import Disclosure
from models.feed.outbox import OutboxMessage
from models.feed.tables import FeedCounter, FeedEvent
from models.files.tables import StoredFile
from models.leads.tables import Contact, ContactAccess, Lead
from models.ledger.tables import Balance, Posting, PostingGroup
from models.messages.devices.tables import Device
from models.messages.tables import (
    CalendarEvent,
    CalendarFeed,
    Dispatch,
    DispatchAttempt,
    MailLink,
    NotificationPreference,
    Suppression,
)
from models.messages.webhooks.tables import WebhookEndpoint, WebhookPosition, WebhookReplay
from models.outside.tables import OutsideAsked
from models.placements.tables import BannerDismissal
from models.policies.tables import (
    DecisionRecord,
    Market,
    PolicyTrial,
    PolicyTrialExample,
    PolicyVersion,
)
from models.reconciliation.tables import ReconciliationFindingRow, ReconciliationRun
from models.retention.tables import RemovedRows
from models.smart_data.tables import (
    FoundField,
    MailProvider,
    Organisation,
    OrganisationPerson,
    SmartDataSettings,
    SmartSearch,
    SmartSubject,
)

# Tortoise finds the tables of the app "models" by these names.
__all__ = [
    "Account",
    "AgentOf",
    "Application",
    "Appointment",
    "AskedField",
    "Balance",
    "BannerDismissal",
    "CalendarEvent",
    "CalendarFeed",
    "CalendarSpan",
    "Call",
    "CallLeg",
    "CallNote",
    "CallNotice",
    "CallerErasure",
    "ChatMessage",
    "ChatRead",
    "Complaint",
    "ComplaintItem",
    "ComplaintMessage",
    "Contact",
    "ContactAccess",
    "ContactAttempt",
    "ContactStatement",
    "Deadline",
    "DecisionRecord",
    "Delivery",
    "Device",
    "Disclosure",
    "Dispatch",
    "DispatchAttempt",
    "DoNotContact",
    "Employee",
    "EmployeeCalendar",
    "Evidence",
    "ExternalIdentity",
    "FaqEntry",
    "FeedCounter",
    "FeedEvent",
    "FoundField",
    "IdempotencyRecord",
    "Lead",
    "MailLink",
    "MailProvider",
    "Market",
    "MeetingRecord",
    "NotificationPreference",
    "Offer",
    "OptOutEntry",
    "OptOutList",
    "Organisation",
    "OrganisationPerson",
    "OutboxMessage",
    "OutsideAsked",
    "PersonProfile",
    "PhoneCallKey",
    "PhoneEvent",
    "PhoneSystem",
    "PhoneUser",
    "PolicyTrial",
    "PolicyTrialExample",
    "PolicyVersion",
    "Posting",
    "PostingGroup",
    "Prospect",
    "ReconciliationFindingRow",
    "ReconciliationRun",
    "RefreshToken",
    "RemedyRecord",
    "RemovedRows",
    "Secretariat",
    "SecretariatChange",
    "SecretariatNumber",
    "SenderProfile",
    "SignInFailures",
    "SignInNetwork",
    "SmartDataSettings",
    "SmartSearch",
    "SmartSubject",
    "StoredFile",
    "Suppression",
    "TransferAttempt",
    "User",
    "VipCaller",
    "WebhookEndpoint",
    "WebhookPosition",
    "WebhookReplay",
    "WeeklyHours",
]
