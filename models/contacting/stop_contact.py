"""Setting do-not-contact stops, whoever sets them: what they end, and who is told.

A stop that binds everybody for all media ends everything open for the person: offers are withdrawn,
unanswered applications end, and vendors no longer find the leads. Contact data that vendors hold stays open
to them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from models.applications.case import Case, save_cases
from models.applications.deadlines import APPLICATION
from models.applications.end import end_applications, lock_applications
from models.base.database import Connection, fetch
from models.base.ids import new_id
from models.contacting.deadlines import stop_ends
from models.contacting.tables import StopOrigin, StopReason, StopScope
from models.deadlines.settle import settle_due
from models.feed.journal import EventRow, Journal
from models.feed.kinds import NotificationKind
from models.leads.same_person import same_persons
from models.leads.state import lock_leads_of
from rules.contacting.terms import Medium


@dataclass(frozen=True, slots=True)
class StopAct:
    """What somebody sets: for whom it holds, by which medium (None: all), until when, and why.

    `account_id` is the vendor that is bound; None: everybody. `items` has the complaint item that caused the
    stop of a prospect, if one did.
    """

    origin: StopOrigin
    account_id: UUID | None = None
    medium: Medium | None = None
    until: datetime | None = None
    reason: StopReason | None = None
    items: Mapping[UUID, UUID] = field(default_factory=dict)

    @property
    def scope(self) -> StopScope:
        """Whom it binds."""
        return StopScope.MARKET if self.account_id is None else StopScope.ACCOUNT

    @property
    def ends_everything(self) -> bool:
        """Whether nobody may contact the person in any way."""
        return self.account_id is None and self.medium is None


@dataclass(frozen=True, slots=True)
class LockedPersons:
    """Prospects under lock, with all their leads and their unanswered applications."""

    prospects: Sequence[UUID]
    leads: Sequence[UUID]
    waiting: Sequence[Case]


async def lock_persons(conn: Connection, journal: Journal, prospects: Collection[UUID]) -> LockedPersons:
    """Lock prospects, their leads, and then their applications, and move the journal's clock to now.

    So concurrent applications and purchases wait and are refused, and the stop is ordered with each answer,
    each reveal and each recorded attempt.
    """
    persons = sorted(prospects)
    leads = await lock_leads_of(conn, persons)
    return LockedPersons(persons, leads, await lock_applications(conn, journal, persons))


async def same_person(conn: Connection, prospect_id: UUID, *, own_users: bool) -> set[UUID]:
    """Return all prospects that are the same person as this one, itself included.

    Without `own_users`, only those that cannot sign in, such as rows of imported files: whoever types a
    number that belongs to somebody else must not stop a person who can speak for themselves.
    """
    rows = await fetch(conn, "SELECT id FROM lead WHERE prospect_id = $1 ORDER BY id", prospect_id)
    found = {other for _, other in await same_persons(conn, [row["id"] for row in rows])}
    if not own_users and found:
        rows = await fetch(
            conn,
            """SELECT id FROM prospect WHERE id = ANY($1::uuid[])
               AND NOT EXISTS (SELECT FROM users WHERE users.prospect_id = prospect.id)""",
            list(found),
        )
        found = {row["id"] for row in rows}
    return found | {prospect_id}


async def stop_contact(
    conn: Connection, journal: Journal, persons: LockedPersons, act: StopAct
) -> dict[UUID, UUID]:
    """Set a stop for these persons, end what it ends, and tell the vendors that hold their contact data.

    A stop that holds already stays, with the later of both ends; a vendor's own becomes the person's if they
    ask for it too, so that the vendor cannot lift it. Returns the ids of the stops by prospect.
    """
    stops, new = await _write(conn, journal, persons.prospects, act)
    if act.ends_everything:
        await fetch(
            conn,
            "UPDATE offer SET withdrawn_at = $2 WHERE lead_id = ANY($1::uuid[]) AND withdrawn_at IS NULL",
            persons.leads,
            journal.now,
        )
        await end_applications(conn, journal, persons.waiting)
    else:  # who was due to see the contact data by now holds it, and is told
        await settle_due(conn, APPLICATION, list(persons.waiting), journal)
        await save_cases(conn, persons.waiting)
    await _tell_holders(conn, journal, {stops[person]: person for person in new}, act)
    return stops


_INSERT = """INSERT INTO do_not_contact (id, act_id, prospect_id, scope, account_id, medium, since, until,
                                         origin, item_id, reason_code)
    SELECT made.id, made.act_id, made.prospect_id, $4, $5, $6, $7, $8, $9, made.item_id, $10
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $11::uuid[]) AS made (id, prospect_id, item_id, act_id)
    ON CONFLICT (prospect_id, scope, coalesce(account_id, prospect_id), coalesce(medium, ''))
        WHERE lifted_at IS NULL
    DO UPDATE SET until = CASE WHEN do_not_contact.until IS NOT NULL
                               THEN nullif(greatest(do_not_contact.until,
                                                    coalesce(EXCLUDED.until, 'infinity')), 'infinity') END,
        origin = CASE WHEN do_not_contact.scope = 'ACCOUNT' AND EXCLUDED.origin IN ('PERSON', 'LINK')
                      THEN EXCLUDED.origin ELSE do_not_contact.origin END
    RETURNING id, prospect_id, until"""


async def _write(
    conn: Connection, journal: Journal, persons: Sequence[UUID], act: StopAct
) -> tuple[dict[UUID, UUID], list[UUID]]:
    """Write the stops; return their ids by prospect, and the prospects whose stop is new."""
    await fetch(  # those that have ended make room for the new ones
        conn,
        """UPDATE do_not_contact SET lifted_at = until
           WHERE prospect_id = ANY($1::uuid[]) AND lifted_at IS NULL AND until <= $2""",
        persons,
        journal.now,
    )
    together = new_id()
    made = {person: new_id() for person in persons}
    items = [act.items.get(person) for person in persons]
    rows = await fetch(
        conn,
        _INSERT,
        list(made.values()),
        persons,
        items,
        act.scope,
        act.account_id,
        act.medium,
        journal.now,
        act.until,
        act.origin,
        act.reason,
        [item or together for item in items],
    )
    ends = {row["id"]: row["until"] for row in rows if row["until"] is not None}
    if ends:
        journal.deadlines.extend(await stop_ends(conn, ends))
    stops = {row["prospect_id"]: row["id"] for row in rows}
    return stops, [person for person in persons if stops[person] == made[person]]


async def _tell_holders(
    conn: Connection, journal: Journal, stopped: Mapping[UUID, UUID], act: StopAct
) -> None:
    """Tell the vendors that hold contact data of these persons (by stop), once for each of their leads.

    Others learn nothing. Deliveries of this transaction may not be written yet.
    """
    if not stopped:
        return
    of_person = {person: stop for stop, person in stopped.items()}
    leads = await fetch(
        conn, "SELECT id, prospect_id FROM lead WHERE prospect_id = ANY($1::uuid[])", list(of_person)
    )
    person_of = {row["id"]: row["prospect_id"] for row in leads}
    rows = await fetch(
        conn,
        """SELECT id, lead_id, account_id FROM delivery
           WHERE lead_id = ANY($1::uuid[]) AND closed = 'NO' AND ($2::uuid IS NULL OR account_id = $2)
           ORDER BY received_at, id""",
        list(person_of),
        act.account_id,
    )
    held = {(row["account_id"], row["lead_id"]): row["id"] for row in rows}
    for made in journal.deliveries:
        if made.lead_id in person_of and act.account_id in (None, made.account_id):
            held[made.account_id, made.lead_id] = made.id
    journal.events.extend(
        EventRow(
            account_id,
            NotificationKind.CONTACT_STOPPED,
            journal.now,
            lead_id=lead_id,
            delivery_id=delivery_id,
            parameters=stopped_parameters(act, of_person[person_of[lead_id]]),
        )
        for (account_id, lead_id), delivery_id in held.items()
    )


def stopped_parameters(act: StopAct, stop_id: UUID) -> dict[str, object]:
    """Return the parameters of an event about a stop."""
    return {
        "doNotContactId": str(stop_id),
        "scope": act.scope.value,
        **({"medium": act.medium.value} if act.medium else {}),
    }
