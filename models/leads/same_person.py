"""Whether two contacts are the same person: they share an email address, in any case, or a phone number.

Names are not compared. Two people who share a number count as one.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from models.base.database import Connection, fetch
from models.contact_data import ContactData
from models.contact_data.stopped import binds_all, holds

_ORDER = "hashtextextended('do_not_contact', 0)"


def reach(alias: str) -> str:
    """Return the SQL of all addresses and numbers of a contact; the index `contact_reach` is on the same."""
    return f"leadgate_reach({alias}.email, {alias}.phone, {alias}.other_emails, {alias}.other_phones)"


# All rows of the person of `lead`: its prospect, and those with one of its addresses or numbers.
PERSON = f"""(SELECT lead.prospect_id UNION ALL
    SELECT other.prospect_id FROM contact AS its
    JOIN contact AS same ON {reach("same")} && {reach("its")} JOIN lead AS other ON other.id = same.lead_id
    WHERE its.lead_id = lead.id) AS person (prospect_id)"""


def ways(contact: ContactData) -> list[tuple[str, str]]:
    """Return all addresses and numbers of a contact, each with its field in the column mapping."""
    found = [("email", contact.email), ("phone", contact.phone_number)]
    found += [("other_email", email) for email in contact.other_emails]
    found += [("other_phone", phone.e164) for phone in contact.other_phones]
    return [(word, way) for word, way in found if way is not None]


async def keep_stops_waiting(conn: Connection) -> None:
    """Make do-not-contact stops wait for the end of this transaction, or wait for one in progress.

    Call it before you create a person's row for somebody else, and check for stops only afterwards: either
    the stop then finds the new row, or you find the stop. Many transactions can hold this lock together.
    """
    await fetch(conn, f"SELECT pg_advisory_xact_lock_shared({_ORDER})")


async def keep_others_waiting(conn: Connection) -> None:
    """Make all who stop contact, or create a person's row for somebody else, wait for this transaction."""
    await fetch(conn, f"SELECT pg_advisory_xact_lock({_ORDER})")


async def stopped_among(conn: Connection, contacts: Collection[ContactData]) -> set[str]:
    """Return those addresses and numbers of these contacts whose owner must not be contacted."""
    given = list({way for contact in contacts for _, way in ways(contact)})
    if not given:
        return set()
    rows = await fetch(
        conn,
        f"""SELECT DISTINCT given.way FROM do_not_contact AS stop JOIN lead USING (prospect_id)
            JOIN contact ON contact.lead_id = lead.id
            CROSS JOIN LATERAL unnest({reach("contact")}) AS had (way)
            JOIN unnest($1::text[]) AS given (way) ON lower(given.way) = had.way
            WHERE {binds_all("stop")} AND {holds("stop")}
              AND {reach("contact")} && (SELECT array_agg(lower(way))
                                         FROM unnest($1::text[]) AS sought (way))""",
        given,
    )
    return {row["way"] for row in rows}


async def inherit_stops(conn: Connection, prospects: Collection[UUID]) -> None:
    """Give new prospects without a user what everybody was told of the same person, for one medium each.

    For all media, their rows are refused. What one vendor was told stays with the row of which it was told:
    elsewhere it could show who hides behind an application. The stops are lifted together.
    """
    if prospects:
        await fetch(conn, _INHERIT, list(prospects))


_INHERIT = f"""INSERT INTO do_not_contact (id, act_id, prospect_id, scope, medium, since, until, origin,
        item_id, reason_code)
    SELECT DISTINCT ON (lead.prospect_id, stop.medium) gen_random_uuid(), stop.act_id, lead.prospect_id,
        stop.scope, stop.medium, stop.since, stop.until, stop.origin, stop.item_id, stop.reason_code
    FROM lead CROSS JOIN LATERAL {PERSON} JOIN do_not_contact AS stop ON stop.prospect_id = person.prospect_id
    WHERE lead.prospect_id = ANY($1::uuid[]) AND stop.scope = 'MARKET' AND stop.medium IS NOT NULL
      AND {holds("stop")}
    ORDER BY lead.prospect_id, stop.medium, stop.until DESC NULLS FIRST"""


async def same_persons(conn: Connection, lead_ids: Sequence[UUID]) -> list[tuple[UUID, UUID]]:
    """Return for each of these leads, in order, the prospects that are the same person."""
    rows = await fetch(
        conn,
        f"""SELECT DISTINCT sought.place, lead.id, person.prospect_id
            FROM unnest($1::uuid[]) WITH ORDINALITY AS sought (lead_id, place)
            JOIN lead ON lead.id = sought.lead_id CROSS JOIN LATERAL {PERSON}
            ORDER BY sought.place, person.prospect_id""",
        list(lead_ids),
    )
    return [(row["id"], row["prospect_id"]) for row in rows]
