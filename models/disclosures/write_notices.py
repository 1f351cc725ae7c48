"""Writes the notices of disclosures: messages to the people whose contact data was disclosed."""

from collections.abc import Collection
from uuid import UUID

from models.base.database import Connection, fetch
from models.feed.journal import Journal, MessageRow
from models.feed.kinds import MessageTemplate


def write_notice(
    journal: Journal, delivery_id: UUID, prospect_id: UUID, policy_id: UUID, notice_id: UUID
) -> None:
    """Add the notice of a delivery, with the id that its entry in the register states."""
    journal.messages.append(
        MessageRow(
            MessageTemplate.CONTACT_DISCLOSED,
            prospect_id,
            delivery_id,
            policy_id,
            f"contact_disclosed:{delivery_id}",
            journal.now,
            id=notice_id,
        )
    )


async def write_notices(conn: Connection, journal: Journal, applications: Collection[UUID]) -> None:
    """Add the notices of the deliveries by these applications that are not written yet.

    They follow from the messages to the vendors, so that a sweep of many reveals writes no second message.
    """
    rows = await fetch(
        conn,
        """SELECT delivery.id, disclosure.prospect_id, delivery.policy_id, disclosure.notice_message_id
           FROM delivery JOIN disclosure ON disclosure.delivery_id = delivery.id
           WHERE delivery.application_id = ANY($1::uuid[]) AND disclosure.notice_message_id IS NOT NULL
             AND NOT EXISTS (SELECT FROM outbox_message WHERE id = disclosure.notice_message_id)
           ORDER BY delivery.id""",
        list(applications),
    )
    for row in rows:
        write_notice(journal, *row.values())
