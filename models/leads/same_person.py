"""Owns who is the same person by the ways to reach them: an e-mail address in any case, a number in E.164.

It must not compare names, nor decide what follows for whom. Two persons who share a number count as one here.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from models.base.database import Connection, fetch
from models.contact_data import ContactData

_ORDER = "hashtextextended('do_not_contact', 0)"


def reach(alias: str) -> str:
    """Return the SQL of all ways to reach a contact; the index `contact_reach` is on the same expression."""
    return f"leadgate_reach({alias}.email, {alias}.phone, {alias}.other_emails, {alias}.other_phones)"


# All rows of the person of `lead`: its own prospect, and those whose contacts are reached in one of its ways.
PERSON = f"""(SELECT lead.prospect_id UNION ALL
    SELECT other.prospect_id FROM contact AS its
    JOIN contact AS same ON {reach("same")} && {reach("its")} JOIN lead AS other ON other.id = same.lead_id
    WHERE its.lead_id = lead.id) AS person (prospect_id)"""


def ways(contact: ContactData) -> list[tuple[str, str]]:
    """Return all ways to reach a contact, each with the word for it in a mapping of columns."""
    found = [("email", contact.email), ("phone", contact.phone_number)]
    found += [("other_email", email) for email in contact.other_emails]
    found += [("other_phone", phone.e164) for phone in contact.other_phones]
    return [(word, way) for word, way in found if way is not None]


async def keep_stops_waiting(conn: Connection) -> None:
    """Let a stop of all contact wait for the end of this transaction, or wait for the stop's.

    Whoever makes a person's row for somebody else calls it, and asks only then who was stopped: so either the
    stop finds the new row, or the row's maker finds the stop. Many makers hold this lock at once.
    """
    await fetch(conn, f"SELECT pg_advisory_xact_lock_shared({_ORDER})")


async def keep_others_waiting(conn: Connection) -> None:
    """Let all who stop contact, or make a person's row for somebody else, wait for this transaction."""
    await fetch(conn, f"SELECT pg_advisory_xact_lock({_ORDER})")


async def stopped_among(conn: Connection, contacts: Collection[ContactData]) -> set[str]:
    """Return those ways to reach these contacts that reach somebody who must not be contacted."""
    given = list({way for contact in contacts for _, way in ways(contact)})
    if not given:
        return set()
    rows = await fetch(
        conn,
        f"""SELECT DISTINCT given.way FROM do_not_contact JOIN lead USING (prospect_id)
            JOIN contact ON contact.lead_id = lead.id
            CROSS JOIN LATERAL unnest({reach("contact")}) AS had (way)
            JOIN unnest($1::text[]) AS given (way) ON lower(given.way) = had.way
            WHERE {reach("contact")} && (SELECT array_agg(lower(way))
                                         FROM unnest($1::text[]) AS sought (way))""",
        given,
    )
    return {row["way"] for row in rows}


async def same_persons(conn: Connection, lead_ids: Sequence[UUID]) -> list[tuple[UUID, UUID]]:
    """Return for each of these leads, in their order, the prospects that are its person."""
    rows = await fetch(
        conn,
        f"""SELECT DISTINCT sought.place, lead.id, person.prospect_id
            FROM unnest($1::uuid[]) WITH ORDINALITY AS sought (lead_id, place)
            JOIN lead ON lead.id = sought.lead_id CROSS JOIN LATERAL {PERSON}
            ORDER BY sought.place, person.prospect_id""",
        list(lead_ids),
    )
    return [(row["id"], row["prospect_id"]) for row in rows]
