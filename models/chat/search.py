"""The search for contact data in messages: once, when a message is sent, together with those just before it.

Contact data can be divided among messages that one side writes one after another, so a message may complete
what earlier ones began, which are then masked too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.viewer import Viewer
from models.chat.facts import side_of
from models.chat.lines import LINES
from models.contact_data.masking import MaskedSpan
from models.contact_data.masking.whole import together
from models.contact_data.nearby import APART, END, TOGETHER
from models.contact_data.searching import find_in
from models.contact_data.stored_spans import read_spans
from models.leads.searched_contact import SEARCHED_CONTACT, searched_contact
from rules.chat.chat_view import ChatSide

_EARLIER = f"""SELECT lead.country, {SEARCHED_CONTACT}, leadgate_clock() AS now, earlier.id, earlier.seq,
        earlier.text, earlier.spans, earlier.at
    FROM application JOIN lead ON lead.id = application.lead_id
    LEFT JOIN contact ON contact.lead_id = lead.id
    LEFT JOIN LATERAL (
        SELECT line.id, line.seq, line.text, line.spans, line.at FROM {LINES}
        WHERE line.application_id = application.id AND line.side = $5
        ORDER BY line.seq DESC LIMIT {TOGETHER}) AS earlier ON true
    WHERE application.id = $1
      AND ($4::boolean OR application.account_id = $2::uuid OR lead.prospect_id = $3::uuid)
    ORDER BY earlier.seq DESC"""


@dataclass(frozen=True, slots=True)
class Written:
    """A message as it is searched; `spans` are None without a current search of it."""

    id: UUID
    text: str
    spans: Sequence[MaskedSpan] | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Findings:
    """What a message contains, and which earlier ones it completes, up to the last one of its side."""

    spans: Sequence[MaskedSpan]
    completed: Mapping[UUID, Sequence[MaskedSpan]]
    last_seq: int


async def search_new(conn: Connection, viewer: Viewer, application_id: UUID, text: str) -> Findings | None:
    """Search a text that the viewer is about to send; None if the viewer has no such application.

    Takes no lock: a long search would delay an answer to the application, which may be due.
    """
    side = side_of(viewer)
    rows = await fetch(
        conn,
        _EARLIER,
        application_id,
        viewer.vendor_id,
        viewer.prospect_id,
        viewer.operator,
        side,
    )
    if not rows:
        return None
    written = _together(rows)
    spans, completed = await _search(written, text, rows[0], side)
    return Findings(spans, completed, rows[0]["seq"] or 0)


def _together(rows: Sequence[Record]) -> list[Written]:
    """Return the messages that belong together with one that is written now, the oldest first."""
    found: list[Written] = []
    later = rows[0]["now"]
    for row in rows:
        if row["id"] is None or later - row["at"] > APART:
            break
        found.append(Written(row["id"], row["text"], read_spans(row["spans"]), row["at"]))
        later = row["at"]
    return found[::-1]


async def _search(
    earlier: Sequence[Written], text: str, row: Record, side: ChatSide
) -> tuple[list[MaskedSpan], dict[UUID, list[MaskedSpan]]]:
    ends = [max(0, len(one.text) - END) for one in earlier]
    texts = [*(one.text[end:] for one, end in zip(earlier, ends, strict=True)), text]
    names = None if side is ChatSide.VENDOR else searched_contact(row)
    *before, spans = await find_in(texts, row["country"], names)
    completed: dict[UUID, list[MaskedSpan]] = {}
    for one, end, found in zip(earlier, ends, before, strict=True):
        if one.spans is None:  # only its end is searched here; the whole of it when it is read
            continue
        moved = [MaskedSpan(span.start + end, span.end + end, span.kind) for span in found]
        joined = together(one.text, [*one.spans, *moved])
        if joined != list(one.spans):
            completed[one.id] = joined
    return spans, completed
