"""Introductions of applications as the prospect reads them: masked like a chat's first message (S1.5)."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.viewer import Viewer
from models.contact_data.masking import MaskedSpan
from models.contact_data.nearby import TOGETHER, Text, find_near
from models.contact_data.stored_spans import read_spans
from models.leads.masks import Reader
from models.leads.views import ApplicationView
from rules.chat.chat_view import ChatSide
from rules.visibility import ViewerKind

# A message may continue what the introduction begins.
_FOLLOWING = f"""SELECT following.* FROM unnest($1::uuid[]) AS wanted (id) CROSS JOIN LATERAL (
        SELECT application_id, seq, text, at FROM chat_message
        WHERE application_id = wanted.id AND side = 'VENDOR' ORDER BY seq LIMIT {TOGETHER}) AS following
    ORDER BY wanted.id, following.seq"""


async def spans_of_introductions(
    conn: Connection, rows: Sequence[Record], viewer: Viewer
) -> dict[UUID, Sequence[MaskedSpan]]:
    """Return the contact data in the introductions that have some, if the viewer may not see it.

    Takes one statement if some were never searched for contact data, or by an earlier search.
    """
    if viewer.prospect_id is None or viewer.operator:
        return {}
    found: dict[UUID, Sequence[MaskedSpan]] = {}
    missing: list[Record] = []
    for row in rows:
        if row["application_id"] is None or row.get("introduction") is None:
            continue
        spans = read_spans(row["introduction_spans"])
        if spans is None:
            missing.append(row)
        elif spans:
            found[row["application_id"]] = spans
    if missing:
        found |= {one: spans for one, spans in (await _search(conn, missing)).items() if spans}
    return found


async def _search(conn: Connection, rows: Sequence[Record]) -> Mapping[UUID, Sequence[MaskedSpan]]:
    following = await fetch(conn, _FOLLOWING, [row["application_id"] for row in rows])
    after = {
        one: [Text(row["text"], row["at"]) for row in messages]
        for one, messages in groupby(following, lambda row: row["application_id"])
    }
    return {
        row["application_id"]: await find_near(
            [Text(row["introduction"], row["received_at"]), *after.get(row["application_id"], ())],
            0,
            row["country"],
            None,
        )
        for row in rows
    }


def mask_introduction(application: ApplicationView, spans: Sequence[MaskedSpan], language: str) -> None:
    """Show the introduction to the prospect as the first message of the chat is shown."""
    reader = Reader(ViewerKind.PROSPECT_OWNER, application.visibility, application.policy.policy, language)
    application.introduction = reader.see(application.introduction, spans, ChatSide.VENDOR).text
