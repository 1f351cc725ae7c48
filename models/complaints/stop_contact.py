"""The do-not-contact stop after an upheld no-consent complaint: closes contacts, ends sales and open cases.

Contact data that other vendors already hold stays open to them.
"""

from collections.abc import Mapping
from uuid import UUID

from models.applications.calendar_event import cancel_events
from models.applications.end import end_applications, lock_applications
from models.base.database import Connection, fetch
from models.base.ids import new_id
from models.complaints.case import Delivered
from models.feed.journal import Journal
from models.leads.same_person import keep_others_waiting, same_persons
from models.leads.state import lock_leads_of


async def stop_contact(conn: Connection, journal: Journal, upheld: Mapping[UUID, Delivered]) -> None:
    """Close these deliveries (by item), end everything open for the persons, and set do-not-contact.

    A person is every prospect that shares a phone number or email address with a delivered contact, because
    each imported row creates a separate prospect; creating others is blocked meanwhile. The persons and
    their leads are locked before anything is taken from stock, so that concurrent applications and purchases
    wait and are refused; then their applications, so that the stop is ordered with each answer and reveal.
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
    persons = sorted(stopped_by)
    leads = await lock_leads_of(conn, persons)
    waiting = await lock_applications(conn, journal, persons)
    now = journal.now
    await fetch(
        conn,
        """UPDATE delivery SET closed = 'NO_CONSENT', closed_at = coalesce(closed_at, $2)
           WHERE id = ANY($1::uuid[])""",
        [delivered.id for delivered in upheld.values()],
        now,
    )
    await fetch(
        conn,
        "UPDATE offer SET withdrawn_at = $2 WHERE lead_id = ANY($1::uuid[]) AND withdrawn_at IS NULL",
        leads,
        now,
    )
    await fetch(
        conn,
        """INSERT INTO do_not_contact (id, prospect_id, since, item_id)
           SELECT made.id, made.prospect_id, $4, made.item_id
           FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS made (id, prospect_id, item_id)
           ON CONFLICT (prospect_id) DO NOTHING""",
        [new_id() for _ in persons],
        persons,
        [stopped_by[person] for person in persons],
        now,
    )
    await cancel_events(conn, journal, [delivered.id for delivered in upheld.values()])
    await end_applications(conn, journal, waiting)
