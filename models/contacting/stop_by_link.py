"""Stopping letters to a person by the link in one of them, without signing in.

A letter can be forwarded, and whoever has it can use its link. So the link stops letters of its sender only,
and the person is told once, with a way back.
"""

from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, fetch_one, transaction
from models.contacting.stop_contact import (
    StopAct,
    lock_persons,
    same_person,
    stop_contact,
    stopped_parameters,
)
from models.contacting.tables import StopOrigin
from models.feed.journal import EventRow, Journal, MessageRow
from models.feed.kinds import MessageTemplate, NotificationKind
from models.leads.same_person import keep_others_waiting
from models.messages.links import StopLink
from models.policies.versions import policy_in_force
from models.process.wake import Wake

_FOUND = """SELECT lead.market_id, EXISTS (
        SELECT FROM do_not_contact AS stop
        WHERE stop.prospect_id = prospect.id AND stop.medium = $2 AND stop.account_id IS NOT DISTINCT FROM $3
          AND stop.lifted_at IS NULL AND stop.until IS NULL
          AND (stop.scope = 'MARKET' OR stop.origin IN ('PERSON', 'LINK'))) AS stopped
    FROM prospect JOIN lead ON lead.prospect_id = prospect.id
    WHERE prospect.id = $1 AND prospect.erased_at IS NULL ORDER BY lead.published_at DESC LIMIT 1"""


async def stop_by_link(wake: Wake, link: StopLink) -> bool:
    """Set the stop of a link, without an end; return whether there is such a person. Idempotent.

    A stop that would end, or that a vendor could lift, becomes that of the link.
    """
    async with transaction() as conn:
        await keep_others_waiting(conn)  # also another request of the same link
        found = await fetch_one(conn, _FOUND, link.prospect_id, link.medium, link.account_id)
        if found is None:
            return False
        if found["stopped"]:
            return True
        journal = Journal(await database_now(conn))
        persons = await lock_persons(
            conn, journal, await same_person(conn, link.prospect_id, own_users=False)
        )
        act = StopAct(StopOrigin.LINK, link.account_id, link.medium)
        stops = await stop_contact(conn, journal, persons, act)
        await _tell(conn, journal, link.prospect_id, act, stops[link.prospect_id], found["market_id"])
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)
    return True


async def _tell(
    conn: Connection, journal: Journal, prospect_id: UUID, act: StopAct, stop_id: UUID, market_id: UUID
) -> None:
    """Tell the person in their notifications, and by a letter that no stop holds."""
    policy_id, _ = await policy_in_force(conn, market_id, journal.now)
    told = EventRow(
        prospect_id,
        NotificationKind.CONTACT_STOPPED,
        journal.now,
        parameters={**stopped_parameters(act, stop_id), "side": "prospect"},
    )
    journal.events.append(told)
    journal.messages.append(
        MessageRow(
            MessageTemplate.CONTACT_STOPPED,
            prospect_id,
            stop_id,
            policy_id,
            f"contact_stopped:{stop_id}",
            journal.now,
            event_id=told.id,
        )
    )
