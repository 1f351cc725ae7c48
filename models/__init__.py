"""Everything that is stored, and the actions that change it.

Knows nothing of GraphQL, HTTP or jobs; decisions come from `rules`.
"""

# Each registers something: timed transitions, translations of rules.
import models.applications.deadlines
import models.complaints.deadlines
import models.complaints.reasons  # noqa: F401
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
from models.complaints.tables import (
    Complaint,
    ComplaintItem,
    ComplaintMessage,
    DoNotContact,
    Evidence,
    RemedyRecord,
)
from models.deadlines.tables import Deadline
from models.deliveries.tables import Delivery, Offer
from models.feed.outbox import OutboxMessage
from models.feed.tables import FeedCounter, FeedEvent
from models.files.tables import StoredFile
from models.leads.tables import Contact, ContactAccess, Lead
from models.ledger.tables import Balance, Posting, PostingGroup
from models.policies.tables import DecisionRecord, Market, PolicyVersion

# Tortoise finds the tables of the app "models" by these names.
__all__ = [
    "Account",
    "Application",
    "Balance",
    "Complaint",
    "ComplaintItem",
    "ComplaintMessage",
    "Contact",
    "ContactAccess",
    "Deadline",
    "DecisionRecord",
    "Delivery",
    "DoNotContact",
    "Evidence",
    "ExternalIdentity",
    "FeedCounter",
    "FeedEvent",
    "IdempotencyRecord",
    "Lead",
    "Market",
    "MeetingRecord",
    "Offer",
    "OutboxMessage",
    "PolicyVersion",
    "Posting",
    "PostingGroup",
    "Prospect",
    "RefreshToken",
    "RemedyRecord",
    "SignInFailures",
    "SignInNetwork",
    "StoredFile",
    "User",
]
