"""Noting the signs that were found in a person's words, and the stops that they set.

Chats, notes of calls and emails call this within their own transactions.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import PostgresError
from tortoise.exceptions import IntegrityError

from models.base.database import Connection, fetch, fetch_one
from models.base.ids import new_id
from models.base.refusal import Refusal
from models.base.role import Role
from models.base.viewer import Viewer
from models.contacting.houses import is_house
from models.contacting.markers.find import Marker, find_markers
from models.contacting.markers.kinds import StatementKind
from models.contacting.statement_origin import StatementOrigin
from models.contacting.stop_contact import LockedPersons, StopAct, same_person, stop_contact
from models.contacting.tables import StopOrigin, StopReason
from models.feed.journal import Journal
from models.leads.list import leads_by_id
from rules.contacting.terms import Medium

_STOPPED: Mapping[StatementKind, Medium | None] = {
    StatementKind.STOP_CALLS: Medium.CALL,
    StatementKind.STOP_MAIL: Medium.EMAIL,
    StatementKind.STOP_ALL: None,
}

_INSERT = """INSERT INTO contact_statement (id, act_id, account_id, prospect_id, origin, medium, at,
        recorded_at, recorded_by_id, kind, strength, phrase_id, language, until, whole_house)
    SELECT made.id, $1, $2, $3, $4, $5, $6, $7, $8, made.kind, made.strength, made.phrase_id,
        made.language, made.until, made.whole_house
    FROM unnest($9::uuid[], $10::text[], $11::text[], $12::text[], $13::text[], $14::date[], $15::boolean[])
        AS made (id, kind, strength, phrase_id, language, until, whole_house)"""
_log = logging.getLogger("leadgate.contacting")


@dataclass(frozen=True, slots=True)
class Heard:
    """Where and when an account heard or read a person's words."""

    account_id: UUID
    lead_id: UUID
    prospect_id: UUID
    medium: Medium
    at: datetime
    origin: StatementOrigin = StatementOrigin.MARKER


async def note_markers(
    conn: Connection, journal: Journal, heard: Heard, markers: Sequence[Marker], *, act_id: UUID | None = None
) -> list[UUID]:
    """Store the signs as statements and return the ids of the stops that they set, for this account only.

    The text is not kept. The caller has the case locked that the words belong to; this takes no locks of
    leads or applications, so it cannot wait for who waits for that case.
    """
    if not markers:
        return []
    act_id = act_id or new_id()
    house = any(marker.kind is StatementKind.HOUSE_READS_MAIL for marker in markers)
    of_house = house and await _has_house(conn, heard.lead_id)
    await fetch(
        conn,
        _INSERT,
        act_id,
        heard.account_id,
        heard.prospect_id,
        heard.origin,
        heard.medium,
        heard.at,
        journal.now,
        journal.actor_id,
        [new_id() for _ in markers],
        [marker.kind for marker in markers],
        [marker.strength for marker in markers],
        [marker.phrase_id for marker in markers],
        [marker.language for marker in markers],
        [marker.until for marker in markers],
        [of_house and marker.kind is StatementKind.HOUSE_READS_MAIL for marker in markers],
    )
    # In one order in all texts: two that are noted at once must not wait for each other's stops.
    media = sorted((_STOPPED[one.kind] for one in markers if one.kind in _STOPPED), key=lambda one: one or "")
    if not media:
        return []
    persons = LockedPersons(sorted(await _stopped_persons(conn, heard)), (), ())
    stops = []
    for medium in media:
        act = StopAct(StopOrigin.MARKER, heard.account_id, medium, None, StopReason.ASKED)
        stops.append((await stop_contact(conn, journal, persons, act))[heard.prospect_id])
    return stops


async def _stopped_persons(conn: Connection, heard: Heard) -> set[UUID]:
    """Return whom a stop binds: the prospect, and others with the same address or number.

    Not those while the contact data of the lead is hidden from the account: a stop of a contact that it sees,
    set at that instant, would tell it who is writing. A person who writes in a chat does not stop others who
    can speak for themselves, whose number they may have typed.
    """
    vendor = Viewer(account_id=heard.account_id, roles=frozenset({Role.OWNER}))
    lead = (await leads_by_id(conn, vendor, [heard.lead_id])).get(heard.lead_id)
    if lead is None or lead.contact is None:
        return {heard.prospect_id}
    in_chat = heard.medium is Medium.CHAT and heard.origin is StatementOrigin.MARKER
    return await same_person(conn, heard.prospect_id, own_users=not in_chat)


async def note_safely(conn: Connection, journal: Journal, heard: Heard, text: str) -> None:
    """Note the signs in a text that was written for something else, which must not fail because of them.

    Without signs, nothing is asked of the database.
    """
    markers = find_markers(text, heard.at)
    if not markers:
        return
    events, deadlines = list(journal.events), list(journal.deadlines)
    await fetch(conn, "SAVEPOINT signs")
    try:
        await note_markers(conn, journal, heard, markers)
    except (IntegrityError, PostgresError, Refusal) as error:
        _log.error("signs were not noted: %s", type(error).__name__)
        journal.events[:], journal.deadlines[:] = events, deadlines
        await fetch(conn, "ROLLBACK TO SAVEPOINT signs")
    await fetch(conn, "RELEASE SAVEPOINT signs")


async def _has_house(conn: Connection, lead_id: UUID) -> bool:
    """Return whether the person's address belongs to a company rather than to a provider of mailboxes."""
    row = await fetch_one(
        conn,
        """SELECT lower(split_part(email, '@', 2)) AS domain FROM contact
           WHERE lead_id = $1 AND email IS NOT NULL""",
        lead_id,
    )
    return row is not None and is_house(row["domain"])
