"""The entries of a user's published calendar: meetings, and deadlines that are still open.

Vendors see their meetings, when answers are due and when complaint windows end; prospects see their meetings
and when their answers are due; operators see when decisions on complaints are due. An entry never has contact
data: its address is copied into other services.
"""

from dataclasses import dataclass
from datetime import timedelta

from asyncpg import Record

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch
from models.base.viewer import Viewer
from models.feed.wording.language import language_for
from models.leads.facts import ANSWERED_AT, CLOSED_FACT, UNSETTLED, longest_answer
from models.messages.calendar.document import CalendarState
from models.messages.calendar.feed_tag import Digest
from models.messages.calendar.published import MOST_ENTRIES, FeedEntry, published_calendar
from models.messages.calendar.words import WORDS, CalendarWords
from models.policies.versions import all_policies

_MEETING = timedelta(hours=1)  # only the start of a meeting is agreed
_PAST = "interval '31 days'"  # how long what is over stays in the calendar

# Columns of each part: kind, id, title, vendor, starts, settled (agreed or proposed), changed_at. `$1` is the
# account, the prospect or the operator; `{mine}` and `{starts}` are the conditions on whose and when.
_CASES = """application JOIN lead ON lead.id = application.lead_id
    JOIN prospect ON prospect.id = lead.prospect_id
    JOIN account ON account.id = application.account_id
    LEFT JOIN delivery ON delivery.application_id = application.id"""
_MEETINGS = f"""SELECT 'meeting' AS kind, application.id, lead.title, account.name AS vendor,
        application.meeting_at AS starts, application.revealed_at IS NOT NULL AS settled,
        greatest(application.submitted_at, application.accepted_at, application.revealed_at,
                 (SELECT max(record.recorded_at) FROM meeting_record AS record
                  WHERE record.application_id = application.id)) AS changed_at
    FROM {_CASES}
    WHERE {{mine}} AND application.meeting_at {{starts}}
      AND application.declined_at IS NULL AND application.ended_at IS NULL AND {CLOSED_FACT} = 'NO'"""
_ANSWERS = f"""SELECT 'answer' AS kind, application.id, lead.title, account.name AS vendor,
        deadline.due_at AS starts, true AS settled, application.submitted_at AS changed_at
    FROM {_CASES}
    JOIN deadline ON deadline.subject = application.id AND deadline.kind = 'REVEAL'
    WHERE {{mine}} AND {ANSWERED_AT} IS NULL AND application.received_at > {NOW} - $2::interval
      AND {UNSETTLED} AND deadline.done_at IS NULL AND deadline.due_at {{starts}}
      AND {CLOSED_FACT} = 'NO'"""
_WINDOWS = """SELECT 'window' AS kind, delivery.id, lead.title, '' AS vendor,
        delivery.complaint_until AS starts, true AS settled, delivery.received_at AS changed_at
    FROM delivery JOIN lead ON lead.id = delivery.lead_id JOIN prospect ON prospect.id = lead.prospect_id
    LEFT JOIN application ON application.id = delivery.application_id
    WHERE delivery.account_id = $1 AND delivery.complaint_until {starts} AND delivery.closed = 'NO'
      AND prospect.erased_at IS NULL AND application.refunded_at IS NULL
      AND NOT EXISTS (SELECT FROM complaint_item AS item
                      WHERE item.delivery_id = delivery.id AND item.verdict <> 'REJECTED')"""
_DECISIONS = """SELECT 'decision' AS kind, complaint.id, complaint.number AS title, '' AS vendor,
        complaint.decide_by AS starts, true AS settled, complaint.submitted_at AS changed_at
    FROM complaint
    WHERE complaint.decided_at IS NULL AND complaint.decide_by {starts} AND $1::uuid IS NOT NULL"""
_AHEAD = f"> {NOW}"
_OVER = f"BETWEEN {NOW} - {_PAST} AND {NOW}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar as it is now: its document, and a digest that changes with its entries."""

    document: bytes
    digest: Digest


async def calendar_digest(conn: Connection, viewer: Viewer) -> Digest:
    """Return the digest of the viewer's calendar, without composing it, in two statements."""
    asked = viewer.recipient, longest_answer((await all_policies(conn)).values())
    (row,) = await fetch(conn, f"WITH {_GIVEN}, entry AS ({_entries(viewer)}) {_DIGEST}", *asked)
    return Digest(str(row["digest"]), row["until"])


async def read_calendar(conn: Connection, viewer: Viewer, *, origin: str, domain: str) -> Calendar:
    """Return the viewer's calendar with the entries that are nearest to now, in two statements.

    `origin` is the address of links, `domain` that of the marketplace's mail.
    """
    rows = await fetch(
        conn,
        f"""WITH {_GIVEN}, entry AS ({_entries(viewer)})
            SELECT digest.*, entry.* FROM ({_DIGEST}) AS digest LEFT JOIN entry ON true
            ORDER BY {_ORDER}""",
        viewer.recipient,
        longest_answer((await all_policies(conn)).values()),
    )
    language = language_for(viewer.locale).catalog.language
    words = WORDS[language]
    entries = [_entry(row, viewer, words, origin) for row in rows if row["id"] is not None]
    digest = Digest(str(rows[0]["digest"]), rows[0]["until"])
    return Calendar(published_calendar(entries, language=language, domain=domain), digest)


# The longest time to answer bounds what an account's answers are looked for in. An operator has none.
_GIVEN = f"{CLOCK}, given AS (SELECT $1::uuid, $2::interval)"
_ORDER = "entry.starts, entry.kind, entry.id"
# Of all columns, in any order: 64 bits, in half the time of hashing them as text.
# `until`: what is ahead may leave when it begins, and what is over when it is too old. Entries that the limit
# leaves out come in only when another leaves, and the first one ahead is never left out.
_DIGEST = f"""SELECT sum(hash_record_extended(entry, 1))::text AS digest,
        coalesce(min(CASE WHEN starts > {NOW} THEN starts ELSE starts + {_PAST} END), 'infinity') AS until
    FROM entry"""


def _entries(viewer: Viewer) -> str:
    """Return the statement of the viewer's entries, each part of which is bounded."""
    mine = "lead.prospect_id = $1" if viewer.vendor_id is None else "application.account_id = $1"
    ahead, over = [_MEETINGS, _ANSWERS], [_MEETINGS]
    if viewer.vendor_id is not None:
        ahead.append(_WINDOWS)
    if viewer.operator:
        ahead, over = [_DECISIONS], [_DECISIONS]
    parts = [
        *(
            f"({part.format(mine=mine, starts=_AHEAD)} ORDER BY starts LIMIT {MOST_ENTRIES})"
            for part in ahead
        ),
        *(
            f"({part.format(mine=mine, starts=_OVER)} ORDER BY starts DESC LIMIT {MOST_ENTRIES})"
            for part in over
        ),
    ]
    # What is ahead comes before what is over, the nearest first.
    return f"""SELECT * FROM ({" UNION ALL ".join(parts)}) AS part
        ORDER BY starts <= {NOW}, CASE WHEN starts > {NOW} THEN starts END, starts DESC, id
        LIMIT {MOST_ENTRIES}"""


def _entry(row: Record, viewer: Viewer, words: CalendarWords, origin: str) -> FeedEntry:
    kind, subject, starts = row["kind"], row["id"], row["starts"]
    return FeedEntry(
        key=f"{kind}-{subject}",
        title=_title(kind, words, settled=row["settled"], of_prospect=viewer.prospect_id is not None).format(
            lead=row["title"], other=row["vendor"], complaint=row["title"]
        ),
        url=origin,
        changed_at=row["changed_at"],
        starts=starts,
        ends=starts + _MEETING if kind == "meeting" else None,
        state=CalendarState.CONFIRMED if row["settled"] else CalendarState.TENTATIVE,
    )


def _title(kind: str, words: CalendarWords, *, settled: bool, of_prospect: bool) -> str:
    if kind == "answer":
        return words.answer if of_prospect else words.answer_due
    if kind == "window":
        return words.window_ends
    if kind == "decision":
        return words.decide
    if of_prospect:
        return words.meeting if settled else words.proposed_by_vendor
    return words.feed_meeting if settled else words.proposed_to_prospect
