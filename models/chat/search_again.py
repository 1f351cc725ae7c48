"""The search in messages that have not been searched for contact data by the current search: on reading, and
each night to store what it finds.

It finds at least what the search before sending would have found.
"""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.chat.lines import LINES
from models.contact_data.masking import MaskedSpan
from models.contact_data.nearby import TOGETHER, Text, find_near
from models.contact_data.stored_spans import read_spans
from models.leads.searched_contact import SEARCHED_CONTACT, searched_contact
from rules.chat.chat_view import ChatSide

_NEAR = f"""SELECT wanted.id AS wanted_id, wanted.seq AS wanted_seq, wanted.side, lead.country,
        {SEARCHED_CONTACT}, near.seq, near.text, near.at
    FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[]) AS wanted (id, application_id, seq, side)
    JOIN application ON application.id = wanted.application_id
    JOIN lead ON lead.id = application.lead_id
    LEFT JOIN contact ON contact.lead_id = lead.id
    CROSS JOIN LATERAL (
        (SELECT line.seq, line.text, line.at FROM {LINES}
         WHERE line.application_id = wanted.application_id AND line.side = wanted.side
           AND line.seq <= wanted.seq ORDER BY line.seq DESC LIMIT {TOGETHER + 1})
        UNION ALL
        (SELECT line.seq, line.text, line.at FROM {LINES}
         WHERE line.application_id = wanted.application_id AND line.side = wanted.side
           AND line.seq > wanted.seq ORDER BY line.seq LIMIT {TOGETHER})) AS near
    ORDER BY wanted.id, near.seq"""


async def search_again(conn: Connection, lines: Sequence[Record]) -> dict[UUID, list[MaskedSpan]]:
    """Return the contact data in those of the lines without a current search, by their ids."""
    missing = [line for line in lines if read_spans(line["spans"]) is None]
    if not missing:
        return {}
    rows = await fetch(
        conn,
        _NEAR,
        [line["id"] for line in missing],
        [line["application_id"] for line in missing],
        [line["seq"] for line in missing],
        [line["side"] for line in missing],
    )
    return {
        wanted_id: await _search(list(near))
        for wanted_id, near in groupby(rows, lambda row: row["wanted_id"])
    }


async def _search(near: Sequence[Record]) -> list[MaskedSpan]:
    """Search a message together with those of its side before and after it."""
    wanted = next(index for index, row in enumerate(near) if row["seq"] == row["wanted_seq"])
    row = near[wanted]
    names = None if row["side"] == ChatSide.VENDOR else searched_contact(row)
    texts = [Text(one["text"], one["at"]) for one in near]
    return await find_near(texts, wanted, row["country"], names)
