"""A chat under the lock of its application, or before it: what its actions need to know."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.applications.case import CASE_TABLES
from models.applications.refusals import ApplicationRefusal
from models.base.database import Connection, fetch, fetch_one
from models.base.viewer import Viewer
from models.chat.facts import ACCESS_COLUMNS, access_of, side_of
from models.chat.tables import INTRODUCTION
from models.leads.reading_order import SETTLING
from models.policies.versions import policies_by_id
from rules import Decision, Policy
from rules.chat.chat_view import ChatSide

# Somebody else's application is not found and not locked, so that no waiting tells that it exists.
_FIND = """SELECT application.id FROM application JOIN lead ON lead.id = application.lead_id
    WHERE application.id = $1
      AND ($4::boolean OR application.account_id = $2::uuid OR lead.prospect_id = $3::uuid)"""
_LOCK = f"{_FIND} FOR {SETTLING} OF application"
_READ = f"""SELECT application.lead_id, application.account_id, lead.prospect_id, application.policy_id,
        application.reviewed_at, {ACCESS_COLUMNS},
        (SELECT max(seq) FROM chat_message WHERE application_id = application.id) AS last_seq
    FROM {CASE_TABLES} WHERE application.id = $1"""


@dataclass(frozen=True, slots=True)
class LockedChat:
    """The chat of a locked application, and the viewer's side; `now` was read under the lock.

    From `find_chat` it is the same before the lock, and may change until then.
    """

    application_id: UUID
    lead_id: UUID
    account_id: UUID
    prospect_id: UUID
    policy: Policy
    policy_id: UUID
    reviewed_at: datetime | None
    last_seq: int
    now: datetime
    side: ChatSide
    recipient: UUID
    access: Decision


async def lock_chat(conn: Connection, application_id: UUID, viewer: Viewer) -> LockedChat:
    """Lock an application and read its chat.

    Answers hold a stronger lock, so each message is sent before or after an answer. Readers don't take this
    one for the lock of an answer, so a message keeps nobody from seeing what is revealed.

    Raises `Refusal` NOT_FOUND if the id does not exist or belongs to somebody else.
    """
    return await _chat(conn, _LOCK, application_id, viewer)


async def find_chat(conn: Connection, application_id: UUID, viewer: Viewer) -> LockedChat:
    """Read a chat without its lock: enough to refuse before long work, not to write. Raises the same."""
    return await _chat(conn, _FIND, application_id, viewer)


async def _chat(conn: Connection, find: str, application_id: UUID, viewer: Viewer) -> LockedChat:
    recipient = viewer.recipient
    found = await fetch(conn, find, application_id, viewer.vendor_id, viewer.prospect_id, viewer.operator)
    row = await fetch_one(conn, _READ, application_id) if found else None
    if row is None or recipient is None:
        raise ApplicationRefusal.APPLICATION_NOT_FOUND.at("applicationId")
    policies = await policies_by_id(conn, {row["policy_id"]})
    policy = policies[row["policy_id"]]
    return LockedChat(
        application_id=application_id,
        lead_id=row["lead_id"],
        account_id=row["account_id"],
        prospect_id=row["prospect_id"],
        policy=policy,
        policy_id=row["policy_id"],
        reviewed_at=row["reviewed_at"],
        last_seq=row["last_seq"] or INTRODUCTION,
        now=row["now"],
        side=side_of(viewer),
        recipient=recipient,
        access=access_of(viewer.kind_for(row["prospect_id"]), policy, row),
    )


async def note_review(conn: Connection, chat: LockedChat) -> None:
    """Record that the prospect has opened the application, if its chat is the first sign of it (S1.10).

    The version stays: a client that then answers with the version that it knows must not be refused.
    """
    if chat.side is ChatSide.PROSPECT and chat.reviewed_at is None:
        await fetch(
            conn,
            "UPDATE application SET reviewed_at = $2 WHERE id = $1",
            chat.application_id,
            chat.now,
        )
