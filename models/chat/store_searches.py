"""Stores what is found in messages that no current search is stored of, so that readers need not search them.

They were overtaken while they were sent, or searched by an earlier version of the search.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, connection, fetch, transaction
from models.chat.lines import LINES
from models.chat.search_again import search_again
from models.contact_data.masking import MaskedSpan
from models.contact_data.stored_spans import SEARCH, write_spans
from models.leads.reading_order import SETTLING

MOST = 50_000  # of one night; others are searched when they are read, and stored in the next
_BATCH = 50


def _outdated(spans: str) -> str:
    """Return the condition that the search is missing or earlier than $1, as it is indexed."""
    return f"coalesce(({spans} ->> 'search')::int, 0) < $1"


# `last_seq` tells whether a message was written since: it may continue one of these.
_OUTDATED = f"""SELECT line.*, (SELECT max(seq) FROM chat_message
            WHERE chat_message.application_id = line.application_id) AS last_seq
    FROM {LINES} WHERE {_outdated("line.spans")} LIMIT $2"""
# Waiting for one application while holding others would delay declines of those, which may be due.
_LOCK = f"SELECT id FROM application WHERE id = ANY($1::uuid[]) FOR {SETTLING} SKIP LOCKED"
_FOUND = """unnest($2::uuid[], $3::jsonb[], $4::uuid[], $5::int[])
        AS found (id, spans, application_id, last_seq)"""
_UNCHANGED = """found.last_seq IS NOT DISTINCT FROM (SELECT max(seq) FROM chat_message AS latest
    WHERE latest.application_id = found.application_id)"""
_STORE_INTRODUCTIONS = f"""UPDATE application SET introduction_spans = found.spans FROM {_FOUND}
    WHERE application.id = found.id AND {_outdated("introduction_spans")} AND {_UNCHANGED}
    RETURNING application.id"""
_STORE_MESSAGES = f"""UPDATE chat_message SET spans = found.spans FROM {_FOUND}
    WHERE chat_message.id = found.id AND {_outdated("chat_message.spans")} AND {_UNCHANGED}
    RETURNING chat_message.id"""


async def store_searches(most: int = MOST) -> int:
    """Search what has no current search and store it, in batches; return how many were stored.

    Nothing is locked while a batch is searched. Nothing is stored of a chat in which somebody has written
    meanwhile, or whose application is locked: it is found again, if not by this call then in the next night.
    """
    total = 0
    while total < most:
        rows = await fetch(connection(), _OUTDATED, SEARCH, min(_BATCH, most - total))
        stored = await _store(rows, await search_again(connection(), rows)) if rows else 0
        if not stored:
            break
        total += stored
    return total


async def _store(rows: Sequence[Record], found: Mapping[UUID, Sequence[MaskedSpan]]) -> int:
    """Store what was found, under the locks of the applications, which each message is sent under."""
    async with transaction() as conn:
        wanted = {row["application_id"] for row in rows}
        locked = {row["id"] for row in await fetch(conn, _LOCK, list(wanted))}
        known = [row for row in rows if row["id"] in found and row["application_id"] in locked]
        given = (
            SEARCH,
            [row["id"] for row in known],
            [write_spans(found[row["id"]]) for row in known],
            [row["application_id"] for row in known],
            [row["last_seq"] for row in known],
        )
        return await _update(conn, _STORE_INTRODUCTIONS, given) + await _update(conn, _STORE_MESSAGES, given)


async def _update(conn: Connection, statement: str, given: Sequence[object]) -> int:
    return len(await fetch(conn, statement, *given))
