"""Letters about applications: to the prospect, who can answer from the letter, and to the vendor."""

from collections.abc import Collection, Mapping
from uuid import UUID

from models.applications.calendar_event import read_copies
from models.base.database import Connection, fetch
from models.feed.kinds import MessageTemplate
from models.leads.facts import UNSETTLED
from models.messages.letters import Letter, register
from models.messages.tables import LinkPurpose


async def _settled(conn: Connection, ids: Collection[UUID]) -> Collection[UUID]:
    """Return the applications that the prospect can no longer decide before the reveal."""
    rows = await fetch(
        conn, f"SELECT id FROM application WHERE id = ANY($1::uuid[]) AND NOT ({UNSETTLED})", list(ids)
    )
    return [row["id"] for row in rows]


async def _leads(conn: Connection, ids: Collection[UUID]) -> Mapping[UUID, UUID]:
    rows = await fetch(conn, "SELECT id, lead_id FROM application WHERE id = ANY($1::uuid[])", list(ids))
    return {row["id"]: row["lead_id"] for row in rows}


for _template in (
    MessageTemplate.APPLICATION_RECEIVED,
    MessageTemplate.NOT_REVIEWED,
    MessageTemplate.OPENED_BUT_NOT_ANSWERED,
):
    register(Letter(_template, moot=_settled, leads=_leads, answers=LinkPurpose.ANSWER))

for _template in (
    MessageTemplate.APPLICATION_DECLINED,
    MessageTemplate.APPLICATION_ENDED,
    MessageTemplate.CONTACT_AVAILABLE,
):
    register(Letter(_template))

for _template in (
    MessageTemplate.CALENDAR_CREATED,
    MessageTemplate.CALENDAR_UPDATED,
    MessageTemplate.CALENDAR_CANCELLED,
):
    register(Letter(_template, leads=_leads, events=read_copies))
