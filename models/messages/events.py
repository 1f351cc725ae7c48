"""Calendar events of letters: read, locked, and given a sequence when they are sent.

Sequences rise in the order of what is true: the event's row is locked before its facts are read, so that a
worker with older facts never gets a later sequence.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from models.base.database import Connection, fetch
from models.base.ids import new_id
from models.messages.calendar.application_event import EventCopy, Invitation
from models.messages.calendar.document import CalendarState
from models.messages.calendar.revision import Revision, revise
from models.messages.letters import LETTERS, Events, MessageHead
from models.messages.sending_context import SendingContext

if TYPE_CHECKING:
    from models.messages.parcels import Parcel

_KEY = "calendar"


def fingerprint_key(context: SendingContext) -> bytes:
    """Return the key of the fingerprints of events."""
    return bytes.fromhex(context.hashes.of(_KEY, ""))


async def read_events(conn: Connection, heads: Collection[MessageHead]) -> dict[UUID, EventCopy]:
    """Return the calendar events of these messages; each reader is asked once, so that an application has the
    same facts in all of its messages.
    """
    by_reader: dict[Events, list[MessageHead]] = {}
    for head in heads:
        letter = LETTERS.get(head.template)
        if letter is not None and letter.events is not None:
            by_reader.setdefault(letter.events, []).append(head)
    events: dict[UUID, EventCopy] = {}
    for reader, messages in by_reader.items():
        events |= await reader(conn, messages)
    return events


async def never_sent(conn: Connection, events: Mapping[UUID, EventCopy]) -> set[UUID]:
    """Return the messages that cancel an event of which no version was sent."""
    cancelled = {
        message_id: event.facts.application_id
        for message_id, event in events.items()
        if event.facts.state is CalendarState.CANCELLED
    }
    if not cancelled:
        return set()
    rows = await fetch(
        conn,
        """SELECT application_id FROM calendar_event
           WHERE application_id = ANY($1::uuid[]) AND sequence IS NOT NULL""",
        list(set(cancelled.values())),
    )
    sent = {row["application_id"] for row in rows}
    return {message_id for message_id, application_id in cancelled.items() if application_id not in sent}


async def lock_events(conn: Connection, messages: Iterable[tuple[str, UUID]]) -> None:
    """Lock the events of these messages (template and subject), until the end of the transaction."""
    subjects = sorted(
        {
            subject
            for template, subject in messages
            if template in LETTERS and LETTERS[template].events is not None
        }
    )
    if not subjects:
        return
    await fetch(
        conn,
        """INSERT INTO calendar_event (id, application_id)
           SELECT id, subject FROM unnest($1::uuid[], $2::uuid[]) AS event (id, subject) ORDER BY subject
           ON CONFLICT (application_id) DO NOTHING""",
        [new_id() for _ in subjects],
        subjects,
    )
    await fetch(
        conn,
        """SELECT FROM calendar_event WHERE application_id = ANY($1::uuid[])
           ORDER BY application_id FOR UPDATE""",
        subjects,
    )


async def store_versions(
    conn: Connection, context: SendingContext, parcels: Collection["Parcel"], now: datetime
) -> list["Parcel"]:
    """Return the parcels with the version of their event that is sent; the event's rows are locked.

    A version that differs from the last one gets the next sequence.
    """
    facts = {parcel.event.facts.application_id: parcel.event.facts for parcel in parcels if parcel.event}
    if not facts:
        return list(parcels)
    rows = await fetch(
        conn,
        """SELECT application_id, sequence, fingerprint, changed_at FROM calendar_event
           WHERE application_id = ANY($1::uuid[]) AND sequence IS NOT NULL""",
        list(facts),
    )
    stored = {row["application_id"]: Revision(row["sequence"], row["fingerprint"]) for row in rows}
    stamps: dict[UUID, datetime] = {row["application_id"]: row["changed_at"] for row in rows}
    key = fingerprint_key(context)
    versions: dict[UUID, Revision] = {}
    changed: list[tuple[UUID, int, str, str]] = []
    for application_id, shown in facts.items():
        version = revise(stored.get(application_id), shown, key)
        if version is None:
            raise LookupError(f"application {application_id} has no event to cancel")
        versions[application_id] = version
        if version != stored.get(application_id):
            changed.append((application_id, version.sequence, version.fingerprint, shown.method))
            stamps[application_id] = now
    if changed:
        await fetch(
            conn,
            """UPDATE calendar_event SET sequence = version.sequence, fingerprint = version.fingerprint,
                   method = version.method, changed_at = $5
               FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[])
                   AS version (id, sequence, fingerprint, method)
               WHERE application_id = version.id""",
            *map(list, zip(*changed, strict=True)),
            now,
        )
    return [
        replace(
            parcel,
            invitation=Invitation(
                parcel.event,
                versions[parcel.event.facts.application_id].sequence,
                stamps[parcel.event.facts.application_id],
            ),
        )
        if parcel.event
        else parcel
        for parcel in parcels
    ]
