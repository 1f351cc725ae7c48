"""Owns what is stored, and is the only place that changes it.

It must not know GraphQL, HTTP or jobs; the decisions themselves come from `rules`.
"""

from models.account import Account, ExternalIdentity, Prospect, User
from models.application import Application, MeetingRecord
from models.complaint import (
    Complaint,
    ComplaintItem,
    ComplaintMessage,
    DoNotContact,
    Evidence,
    RemedyRecord,
)
from models.deadline import Deadline
from models.decision import DecisionRecord
from models.delivery import Delivery
from models.feed import FeedCounter, FeedEvent
from models.idempotency import IdempotencyRecord
from models.lead import Contact, ContactAccess, Lead
from models.ledger import Balance, Posting, PostingGroup
from models.market import Market, PolicyVersion
from models.offer import Offer
from models.outbox import OutboxMessage
from models.sign_in import RefreshToken, SignInFailures, SignInNetwork
from models.stored_file import StoredFile

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
