"""The address that a dispatch met, as its keyed hash: that of its last attempt, or the recipient's of now.

Read without the message's words, so that it also works for a template of a newer version.
"""

from dataclasses import dataclass
from uuid import UUID

from models.base.database import Connection, fetch_one
from models.feed.kinds import MessageSubject, MessageTemplate
from models.messages.sending_context import SendingContext
from models.messages.tables import DispatchReceipt
from models.policies.versions import policies_by_id
from rules import Policy
from rules.messages.dispatch import DispatchChannel, Necessity


@dataclass(frozen=True, slots=True)
class MetAddress:
    """A dispatch with the hashes of its addresses; `about` is None for a template of a newer version.

    `key` is the address of the last attempt; without an attempt, or one before addresses were noted, it is
    the recipient's of now, and empty if there is none.
    """

    dispatch_id: UUID
    channel: DispatchChannel
    key: str
    key_now: str
    necessity: Necessity
    policy: Policy
    subject: UUID
    about: MessageSubject | None
    attempted: bool
    receipt: DispatchReceipt | None


async def lock_met_address(conn: Connection, context: SendingContext, dispatch_id: UUID) -> MetAddress | None:
    """Lock a dispatch and return the address that it met; None if there is no such dispatch."""
    row = await fetch_one(
        conn,
        """SELECT dispatch.channel, dispatch.address_key, dispatch.receipt,
                  dispatch.first_attempt_at IS NOT NULL AS attempted, message.necessity, message.policy_id,
                  message.template, message.subject,
                  CASE WHEN dispatch.channel = 'SMS' THEN coalesce(users.mobile, employee.mobile)
                       WHEN dispatch.copy > 0 THEN employee.cc[dispatch.copy]
                       ELSE coalesce(users.email, employee.email, contact.email) END AS address
           FROM dispatch JOIN outbox_message AS message ON message.id = dispatch.message_id
           LEFT JOIN users ON users.id = dispatch.user_id
           LEFT JOIN employee ON employee.id = dispatch.employee_id
           LEFT JOIN contact ON contact.lead_id = dispatch.lead_id
           WHERE dispatch.id = $1 FOR NO KEY UPDATE OF dispatch""",
        dispatch_id,
    )
    if row is None:
        return None
    channel, template = DispatchChannel(row["channel"]), row["template"]
    key_now = context.address_key(channel, row["address"]) if row["address"] else ""
    return MetAddress(
        dispatch_id=dispatch_id,
        channel=channel,
        key=row["address_key"] or key_now,
        key_now=key_now,
        necessity=Necessity(row["necessity"]),
        policy=(await policies_by_id(conn, [row["policy_id"]]))[row["policy_id"]],
        subject=row["subject"],
        about=MessageTemplate(template).about if template in list(MessageTemplate) else None,
        attempted=row["attempted"],
        receipt=DispatchReceipt(row["receipt"]) if row["receipt"] else None,
    )
