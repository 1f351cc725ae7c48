"""What is removed by age, and what is kept whatever its age.

Ledger, decisions, deliveries, disclosures and applications are never removed. Rows of a kind are read in
pages, and of a page those are removed that are old and that nothing needs.
"""

from dataclasses import dataclass
from enum import Enum, auto

from models.feed.kinds import MessageTemplate

BATCH = 1_000  # rows of a transaction


class Reading(Enum):
    """In which order the pages of a kind are read, and which page is the last one."""

    # By an id that grows with time: behind a page without old rows there are none, but for a few that clocks
    # of processes have dated back, which the next night finds.
    BY_AGE = auto()
    ALL = auto()  # by an id that says nothing about the age
    FIRST = auto()  # what is old comes first, and the next page begins where the removed rows were


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows of one table that are removed when they are old; `setting` is the name of the setting in days.

    `page` has the parameters $1 (rows from before this instant are old), $2 (the id after which it begins)
    and $3 (its size); it returns the `id` of rows, and whether each is `old`. `lock` has $1 (the ids of old
    rows) and $2 (that instant): it locks those that nothing needs and returns their ids; what others hold
    locked is left for the next night. The statements of `remove` have these ids as $1.
    """

    what: str
    setting: str
    reading: Reading
    page: str
    lock: str
    remove: tuple[str, ...]


def _simple(what: str, setting: str, at: str, reading: Reading) -> Kind:
    """Return a kind of rows that nothing refers to, with the column of their age."""
    page = {
        Reading.BY_AGE: f"SELECT id, {at} < $1 AS old FROM {what} WHERE id > $2 ORDER BY id LIMIT $3",
        Reading.FIRST: f"""SELECT id, true AS old FROM {what} WHERE {at} < $1 AND $2::uuid IS NOT NULL
            ORDER BY {at} LIMIT $3""",
    }[reading]
    return Kind(
        what,
        setting,
        reading,
        page,
        f"SELECT id FROM {what} WHERE id = ANY($1::uuid[]) AND {at} < $2 FOR UPDATE SKIP LOCKED",
        (f"DELETE FROM {what} WHERE id = ANY($1::uuid[])",),
    )


# After that time, a repeated request with the same key is a new one.
IDEMPOTENCY = _simple("idempotency", "keep_idempotency_days", "created_at", Reading.BY_AGE)
# Done ones: what became of them is in the decisions.
DEADLINES = _simple("deadline", "keep_deadlines_days", "done_at", Reading.FIRST)
CONTACT_ACCESS = _simple("contact_access", "keep_contact_access_days", "at", Reading.BY_AGE)

_ENDED = "('SENT', 'EXPIRED', 'CANCELLED', 'SUPPRESSED')"
# Messages with their dispatches and attempts. Kept: what is still to be sent, or to be settled by a person;
# what was charged; the notice of a call, which goes with the call; and the notice of a disclosure, which
# proves that the person was told. A dispatch that is put back to WAITING meanwhile keeps its message.
OUTBOX = Kind(
    "outbox_message",
    "keep_outbox_days",
    Reading.BY_AGE,
    "SELECT id, created_at < $1 AS old FROM outbox_message WHERE id > $2 ORDER BY id LIMIT $3",
    f"""SELECT id FROM outbox_message AS message
        WHERE id = ANY($1::uuid[]) AND expanded_at < $2
          AND template <> '{MessageTemplate.CONTACT_DISCLOSED}'
          AND NOT EXISTS (SELECT FROM call_notice WHERE call_notice.message_id = message.id)
          AND NOT EXISTS (
              SELECT FROM dispatch WHERE dispatch.message_id = message.id
              AND (state NOT IN {_ENDED} OR cost_cents > 0 OR coalesce(sent_at, due_at) >= $2))
        FOR UPDATE SKIP LOCKED""",
    (
        f"DELETE FROM dispatch WHERE message_id = ANY($1::uuid[]) AND state IN {_ENDED}",
        """DELETE FROM outbox_message WHERE id = ANY($1::uuid[])
           AND NOT EXISTS (SELECT FROM dispatch WHERE dispatch.message_id = outbox_message.id)""",
    ),
)
# Feeds with old events, by recipient; see `models.feed.remove_events`.
FEED = Kind(
    "feed_event",
    "keep_feed_days",
    Reading.ALL,
    """SELECT counter.recipient AS id, coalesce(first.at < $1, false) AS old
       FROM (SELECT recipient FROM feed_counter WHERE recipient > $2 ORDER BY recipient LIMIT $3) AS counter
       LEFT JOIN LATERAL (SELECT at FROM feed_event WHERE feed_event.recipient = counter.recipient
                          ORDER BY seq LIMIT 1) AS first ON true
       ORDER BY counter.recipient""",
    "",
    (),
)

KINDS = (IDEMPOTENCY, OUTBOX, DEADLINES, FEED, CONTACT_ACCESS)
