"""Letters about applications: to the prospect, who can answer from the letter, and to the vendor."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from models.applications.calendar_event import read_copies, update_after_silence
from models.applications.case import CASE_COLUMNS, CASE_TABLES, case_of
from models.base.clock import database_now
from models.base.database import Connection, fetch
from models.disclosures.write_notices import write_notices
from models.feed.journal import Journal
from models.feed.kinds import MessageTemplate
from models.leads.facts import UNSETTLED, opens_at
from models.messages.letters import Letter, register
from models.messages.tables import LinkPurpose
from models.policies.versions import policies_by_id
from rules import decide
from rules.visibility import VISIBLE, visibility


async def _settled(conn: Connection, ids: Collection[UUID]) -> Collection[UUID]:
    """Return the applications that the prospect can no longer decide before the reveal."""
    rows = await fetch(
        conn, f"SELECT id FROM application WHERE id = ANY($1::uuid[]) AND NOT ({UNSETTLED})", list(ids)
    )
    return [row["id"] for row in rows]


async def _hidden(conn: Connection, ids: Collection[UUID]) -> Collection[UUID]:
    """Return the applications whose contact data the vendor can no longer see, such as after an erasure."""
    rows = await fetch(
        conn,
        f"SELECT {CASE_COLUMNS} FROM {CASE_TABLES} WHERE application.id = ANY($1::uuid[])",
        list(ids),
    )
    now = await database_now(conn)
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    cases = [case_of(dict(row), policies) for row in rows]
    return [
        case.id
        for case in cases
        if decide(visibility, case.policy, case.visibility_facts(), now).verdict is not VISIBLE
    ]


async def _leads(conn: Connection, ids: Collection[UUID]) -> Mapping[UUID, UUID]:
    rows = await fetch(conn, "SELECT id, lead_id FROM application WHERE id = ANY($1::uuid[])", list(ids))
    return {row["id"]: row["lead_id"] for row in rows}


async def _reveals(conn: Connection, ids: Collection[UUID]) -> Mapping[UUID, datetime]:
    """Return until when the prospect can answer: then the contact data is revealed."""
    rows = await fetch(
        conn, "SELECT id, policy_id, received_at FROM application WHERE id = ANY($1::uuid[])", list(ids)
    )
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    ends = {row["id"]: opens_at(policies[row["policy_id"]], row["received_at"]) for row in rows}
    return {application_id: at for application_id, at in ends.items() if at is not None}


async def _complaint_windows(conn: Connection, ids: Collection[UUID]) -> Mapping[UUID, datetime]:
    """Return until when the vendor can object to the contact that it has to check."""
    rows = await fetch(
        conn,
        """SELECT application_id, complaint_until FROM delivery
           WHERE application_id = ANY($1::uuid[])""",
        list(ids),
    )
    return {row["application_id"]: row["complaint_until"] for row in rows}


async def _follow_reveal(conn: Connection, journal: Journal, applications: Collection[UUID]) -> None:
    await write_notices(conn, journal, applications)
    await update_after_silence(conn, journal, applications)


for _template in (
    MessageTemplate.APPLICATION_RECEIVED,
    MessageTemplate.NOT_REVIEWED,
    MessageTemplate.OPENED_BUT_NOT_ANSWERED,
):
    register(Letter(_template, moot=_settled, leads=_leads, answers=LinkPurpose.ANSWER, ends=_reveals))

for _template in (
    MessageTemplate.APPLICATION_DECLINED,
    MessageTemplate.APPLICATION_ENDED,
):
    register(Letter(_template))

register(
    Letter(MessageTemplate.CONTACT_AVAILABLE, moot=_hidden, ends=_complaint_windows, follow=_follow_reveal)
)

for _template in (
    MessageTemplate.CALENDAR_CREATED,
    MessageTemplate.CALENDAR_UPDATED,
    MessageTemplate.CALENDAR_CANCELLED,
):
    register(Letter(_template, leads=_leads, events=read_copies))
