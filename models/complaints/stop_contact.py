"""The do-not-contact stop after an upheld no-consent complaint: closes the contacts and stops the persons."""

from collections.abc import Mapping
from uuid import UUID

from models.applications.calendar_event import cancel_events
from models.base.database import Connection, fetch
from models.complaints.case import Delivered
from models.contacting.stop_contact import StopAct, lock_persons, stop_contact
from models.contacting.tables import StopOrigin
from models.feed.journal import Journal
from models.leads.same_person import keep_others_waiting, same_persons


async def stop_persons(conn: Connection, journal: Journal, upheld: Mapping[UUID, Delivered]) -> None:
    """Close these deliveries (by item), end everything open for the persons, and set do-not-contact.

    A person is every prospect that shares a phone number or email address with a delivered contact, because
    each imported row creates a separate prospect; creating others is blocked meanwhile.
    """
    if not upheld:
        return
    await keep_others_waiting(conn)
    by_lead: dict[UUID, UUID] = {}
    for item, delivered in upheld.items():
        by_lead.setdefault(delivered.lead_id, item)
    # The stop refers to the item of the prospect's own delivery, if any, before one of the same person.
    stopped_by: dict[UUID, UUID] = {}
    for item, delivered in upheld.items():
        stopped_by.setdefault(delivered.prospect_id, item)
    for lead_id, prospect_id in await same_persons(conn, list(by_lead)):
        stopped_by.setdefault(prospect_id, by_lead[lead_id])
    persons = await lock_persons(conn, journal, stopped_by)
    deliveries = [delivered.id for delivered in upheld.values()]
    await fetch(
        conn,
        """UPDATE delivery SET closed = 'NO_CONSENT', closed_at = coalesce(closed_at, $2)
           WHERE id = ANY($1::uuid[])""",
        deliveries,
        journal.now,
    )
    await cancel_events(conn, journal, deliveries)
    await stop_contact(conn, journal, persons, StopAct(StopOrigin.COMPLAINT, items=stopped_by))
