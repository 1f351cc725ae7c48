"""Storing of what sources answered, in place of what they answered before (S2.9: nowhere else).

A source that found something, or nothing, replaces its earlier values; one that did not answer keeps them.
What an account decided to keep stays until then, as history if the source no longer says it. A value that is
said again is no history, and of a person or organisation only so much history is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from models.base.database import Connection, fetch
from models.base.ids import new_id
from models.base.sealing import Sealer
from models.contact_data.url import InvalidUrl, parse_web_url
from models.outside.sources.source import Found, OutsideOutcome, OutsideSource, SourceAnswer
from models.smart_data.sealed import open_found, seal_found, seal_image
from models.smart_data.state import MOST_FIELDS

_ANSWERED = frozenset({OutsideOutcome.FOUND, OutsideOutcome.NOTHING})
LONGEST_VALUE = 300  # characters
MOST_HISTORY = MOST_FIELDS  # values; the oldest are deleted, unless the account keeps them
_FORGOTTEN = """DELETE FROM found_field WHERE id IN (
    SELECT id FROM found_field WHERE subject_id = $1 AND removed_at IS NOT NULL
      AND (kept_until IS NULL OR kept_until <= $2)
    ORDER BY removed_at DESC, id DESC OFFSET $3)"""


@dataclass(frozen=True, slots=True)
class Replacement:
    """Whose values are replaced, by which search, and until when the new ones are stored."""

    subject_id: UUID
    search_id: UUID
    now: datetime
    expires_at: datetime
    keep_history: bool


_Place: TypeAlias = tuple[str, str, str, str | None]  # kind, whom it is about, value, where it leads


@dataclass(frozen=True, slots=True)
class _Earlier:
    id: UUID
    source: OutsideSource
    place: _Place
    kept_until: datetime | None
    kept_by: UUID | None


async def store_found(
    conn: Connection, sealer: Sealer, replacement: Replacement, answers: Sequence[SourceAnswer]
) -> int:
    """Store the values of a locked subject and return their number; at most 200."""
    answered = [answer for answer in answers if answer.outcome in _ANSWERED]
    fields = _distinct(answered)
    earlier = await _earlier(conn, sealer, replacement, [answer.source for answer in answered])
    ids = {(source, _place(found)): new_id() for source, found in fields}
    await _insert(conn, sealer, replacement, fields, ids, earlier)
    await _remove(conn, replacement, ids, earlier)
    return len(fields)


def _distinct(answers: Sequence[SourceAnswer]) -> list[tuple[OutsideSource, Found]]:
    """Return each value of each source once."""
    found: dict[tuple[OutsideSource, _Place], Found] = {}
    for answer in answers:
        for one in answer.found:
            if one.value.strip():
                found.setdefault((answer.source, _place(one)), one)
    return [(source, one) for (source, _), one in found.items()][:MOST_FIELDS]


def _place(found: Found) -> _Place:
    return (found.kind, found.about, found.value[:LONGEST_VALUE], _web_address(found.url))


async def _earlier(
    conn: Connection, sealer: Sealer, replacement: Replacement, sources: Sequence[OutsideSource]
) -> list[_Earlier]:
    rows = await fetch(
        conn,
        """SELECT id, source, kind, about, sealed, kept_until, kept_by_id FROM found_field
           WHERE subject_id = $1 AND source = ANY($2::text[]) AND removed_at IS NULL
           ORDER BY id FOR NO KEY UPDATE""",
        replacement.subject_id,
        list(sources),
    )
    found = []
    for row in rows:
        opened = open_found(sealer, row["id"], row["sealed"])
        place = (row["kind"], row["about"], opened.value if opened else "", opened.url if opened else None)
        kept = row["kept_until"] if row["kept_until"] and row["kept_until"] > replacement.now else None
        found.append(_Earlier(row["id"], OutsideSource(row["source"]), place, kept, row["kept_by_id"]))
    return found


async def _insert(
    conn: Connection,
    sealer: Sealer,
    replacement: Replacement,
    fields: Sequence[tuple[OutsideSource, Found]],
    ids: dict[tuple[OutsideSource, _Place], UUID],
    earlier: Sequence[_Earlier],
) -> None:
    kept = {(one.source, one.place): one for one in earlier if one.kept_until}
    rows = []
    for source, found in fields:
        place = (source, _place(found))
        before = kept.get(place)
        rows.append(
            (
                ids[place],
                found.kind,
                found.about,
                source,
                seal_found(sealer, ids[place], _safe(found)),
                seal_image(sealer, ids[place], found.image),
                found.doubtful,
                found.stated_at,
                before.kept_until if before else None,
                before.kept_by if before else None,
            )
        )
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(10)]
    await fetch(
        conn,
        """INSERT INTO found_field (id, kind, about, source, sealed, image_sealed, doubtful, stated_at,
               kept_until, kept_by_id, subject_id, search_id, found_at, expires_at)
           SELECT given.*, $11::uuid, $12::uuid, $13::timestamptz, $14::timestamptz
           FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::bytea[],
                       $7::boolean[], $8::timestamptz[], $9::timestamptz[], $10::uuid[]) AS given""",
        *columns,
        replacement.subject_id,
        replacement.search_id,
        replacement.now,
        replacement.expires_at,
    )


def _safe(found: Found) -> Found:
    """Return the value with addresses of the web only: others could run as scripts in a client's page."""
    return Found(
        found.kind,
        found.about,
        found.value[:LONGEST_VALUE],
        _web_address(found.source_url),
        _web_address(found.url),
    )


def _web_address(url: str | None) -> str | None:
    try:
        return None if url is None else parse_web_url(url)
    except InvalidUrl:
        return None


async def _remove(
    conn: Connection,
    replacement: Replacement,
    ids: dict[tuple[OutsideSource, _Place], UUID],
    earlier: Sequence[_Earlier],
) -> None:
    """Move earlier values to the history, or delete them."""
    of_kind = {(source, place[0]): field_id for (source, place), field_id in ids.items()}
    gone = [one for one in earlier if (one.source, one.place) not in ids]
    history = [one for one in gone if replacement.keep_history or one.kept_until]
    await fetch(
        conn,
        """UPDATE found_field SET removed_at = $3, superseded_by_id = gone.by
           FROM unnest($1::uuid[], $2::uuid[]) AS gone (id, by) WHERE found_field.id = gone.id""",
        [one.id for one in history],
        [of_kind.get((one.source, one.place[0])) for one in history],
        replacement.now,
    )
    kept = {one.id for one in history}
    await fetch(
        conn,
        "DELETE FROM found_field WHERE id = ANY($1::uuid[])",
        [one.id for one in earlier if one.id not in kept],
    )
    await fetch(conn, _FORGOTTEN, replacement.subject_id, replacement.now, MOST_HISTORY)
