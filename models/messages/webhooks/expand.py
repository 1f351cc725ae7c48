"""Expansion of events into webhooks: what is new in the feeds of accounts, in order, for each endpoint.

A feed has no gaps and its numbers become visible in order, so an endpoint's position in it loses no event,
and the transactions that cause events do nothing for webhooks. Comparing all feeds with all positions takes
long for many accounts, so most looks are at the feeds with recent events only.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from asyncpg import Record

from models.base.clock import database_now
from models.base.database import Connection, fetch, transaction
from models.base.ids import new_id
from models.feed.kinds import MessageSubject
from models.messages.webhooks.events import BY_KIND, WebhookEvent, stored_events

MOST_FEEDS = 100  # of one transaction
MOST_EVENTS = 200  # of one feed in one transaction
RECENT = timedelta(minutes=2)
ALL_SECONDS = 60.0  # between looks at all feeds: events may be dated back, and become visible late

_Feed = tuple[UUID, UUID]  # an endpoint, and an account whose events it gets


_ALL = "account"
_WITH_NEWS = """(SELECT DISTINCT account.id FROM feed_event AS event
            JOIN account ON account.id = event.recipient WHERE event.at > $2) AS account"""


def _behind(feeds: str, accounts: str, locked: str = "") -> str:
    return f"""SELECT endpoint.id, endpoint.events, feed.recipient, feed.last_seq,
            coalesce(position.seq, 0) AS seq
        FROM webhook_endpoint AS endpoint JOIN {feeds} ON {accounts}
        JOIN feed_counter AS feed ON feed.recipient = account.id
        LEFT JOIN webhook_position AS position
            ON position.endpoint_id = endpoint.id AND position.recipient = account.id
        WHERE endpoint.state = 'ACTIVE' AND endpoint.deleted_at IS NULL
          AND feed.last_seq > coalesce(position.seq, 0)
        ORDER BY endpoint.id, account.id LIMIT $1 FOR NO KEY UPDATE OF endpoint {locked}"""


_ACCOUNTS = ("account.id = endpoint.account_id", "endpoint.account_id IS NULL")
_BEHIND = tuple(_behind(_ALL, accounts) for accounts in _ACCOUNTS)
_BEHIND_LATELY = tuple(_behind(_WITH_NEWS, accounts, "SKIP LOCKED") for accounts in _ACCOUNTS)
_NEW = """SELECT behind.endpoint_id, event.id, event.recipient, event.seq, event.kind, event.application_id,
        event.delivery_id, event.parameters ->> 'complaintId' AS complaint_id,
        event.parameters ->> 'messageId' AS chat_message_id
    FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS behind (endpoint_id, recipient, seq)
    CROSS JOIN LATERAL (SELECT * FROM feed_event WHERE recipient = behind.recipient
        AND feed_event.seq > behind.seq ORDER BY feed_event.seq LIMIT $4) AS event
    ORDER BY behind.endpoint_id, event.recipient, event.seq"""
# One message per event, whose id is the webhook's id at every endpoint.
_MESSAGES = """INSERT INTO outbox_message (id, template, necessity, grouping, recipient, subject, policy_id,
        event_id, idempotency_key, created_at, not_before, expanded_at, parameters)
    SELECT new.id, new.template, 'OPTIONAL', new.grouping, event.recipient, new.subject,
        coalesce(application.policy_id, delivery.policy_id, complaint.policy_id),
        new.event_id, 'webhook:' || new.event_id, event.at, $6, $6, '{}'::jsonb
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[])
        AS new (id, template, grouping, subject, event_id)
    JOIN feed_event AS event ON event.id = new.event_id
    LEFT JOIN chat_message ON chat_message.id = new.subject
    LEFT JOIN application ON application.id = coalesce(chat_message.application_id, new.subject)
    LEFT JOIN delivery ON delivery.id = new.subject
    LEFT JOIN complaint ON complaint.id = new.subject
    WHERE num_nonnulls(application.id, delivery.id, complaint.id) = 1
    ON CONFLICT (idempotency_key) DO NOTHING"""
_DISPATCHES = """INSERT INTO dispatch (id, message_id, channel, endpoint_id, due_at, state, version, attempts)
    SELECT new.id, message.id, 'WEBHOOK', new.endpoint_id, $4, 'WAITING', 1, 0
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS new (id, endpoint_id, event_id)
    JOIN outbox_message AS message ON message.idempotency_key = 'webhook:' || new.event_id
    ON CONFLICT DO NOTHING"""
# Two workers may read a feed from the same position; the later one must not put it back.
ADVANCE = """INSERT INTO webhook_position (id, endpoint_id, recipient, seq)
    SELECT gen_random_uuid(), * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[])
    ON CONFLICT (endpoint_id, recipient)
    DO UPDATE SET seq = greatest(webhook_position.seq, EXCLUDED.seq)"""
_TO_THE_END = """INSERT INTO webhook_position (id, endpoint_id, recipient, seq)
    SELECT gen_random_uuid(), $1, account.id, feed.last_seq
    FROM account JOIN feed_counter AS feed ON feed.recipient = account.id
    WHERE $2::uuid IS NULL OR account.id = $2
    ON CONFLICT (endpoint_id, recipient) DO UPDATE SET seq = EXCLUDED.seq"""


@dataclass(frozen=True, slots=True)
class Expanded:
    """How many feeds had something new, and whether more is left."""

    feeds: int
    more: bool


class Expansion:
    """The looks of one worker: first at all feeds, then at those with recent events, each minute at all."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """Take the clock that spaces the looks at all feeds."""
        self._monotonic = monotonic
        self._all_at = 0.0

    async def look(self) -> Expanded:
        """Expand what is new; looks at all feeds go on until nothing is left."""
        now = self._monotonic()
        expanded = await expand_webhooks(recent=None if now >= self._all_at else RECENT)
        if now >= self._all_at and not expanded.more:
            self._all_at = now + ALL_SECONDS
        return expanded


async def expand_webhooks(*, recent: timedelta | None = None) -> Expanded:
    """Make the dispatches of events that are new for endpoints: of all feeds, or of those with an event as
    `recent` as this.

    A look at recent events skips endpoints that another transaction has locked; the next one follows soon.
    """
    looked_at, more = 0, False
    for behind, lately in zip(_BEHIND, _BEHIND_LATELY, strict=True):
        async with transaction() as conn:
            if recent is None:
                feeds = await fetch(conn, behind, MOST_FEEDS)
            else:
                feeds = await fetch(conn, lately, MOST_FEEDS, await database_now(conn) - recent)
            if feeds:
                cut = await _expand(conn, feeds)
                looked_at += len(feeds)
                more = more or cut or len(feeds) >= MOST_FEEDS
    return Expanded(looked_at, more)


async def start_at_the_end(conn: Connection, endpoint_id: UUID, account_id: UUID | None) -> None:
    """Let a locked endpoint get the events from now on: of one account, or of all accounts."""
    await fetch(conn, _TO_THE_END, endpoint_id, account_id)


async def insert_webhooks(
    conn: Connection, wanted: Mapping[UUID, Collection[WebhookEvent]], events: Collection[Record]
) -> int:
    """Insert the dispatches of those events that their endpoints want, and return their number.

    `wanted` is by endpoint; each row has an endpoint_id, the event's id and kind, and its subjects.
    """
    messages: dict[UUID, tuple[UUID, str, str, UUID, UUID]] = {}
    dispatches: list[tuple[UUID, UUID, UUID]] = []
    for row in events:
        event = BY_KIND.get(row["kind"])
        subject = None if event is None else _subject(event, row)
        if event is None or subject is None or event not in wanted[row["endpoint_id"]]:
            continue
        template = event.template
        messages[row["id"]] = (new_id(), template, template.group, subject, row["id"])
        dispatches.append((new_id(), row["endpoint_id"], row["id"]))
    if dispatches:
        now = await database_now(conn)
        await fetch(conn, _MESSAGES, *map(list, zip(*messages.values(), strict=True)), now)
        await fetch(conn, _DISPATCHES, *map(list, zip(*dispatches, strict=True)), now)
    return len(dispatches)


async def _expand(conn: Connection, feeds: Collection[Record]) -> bool:
    """Expand what is new in these feeds; return whether one has more than was read."""
    events = await fetch(
        conn,
        _NEW,
        [row["id"] for row in feeds],
        [row["recipient"] for row in feeds],
        [row["seq"] for row in feeds],
        MOST_EVENTS,
    )
    await insert_webhooks(conn, {row["id"]: stored_events(row["events"]) for row in feeds}, events)
    return await _advance(conn, feeds, events)


def _subject(event: WebhookEvent, row: Record) -> UUID | None:
    """Return what an event is about; None for one without it, such as a credit that no fee belongs to."""
    match event.template.about:
        case MessageSubject.APPLICATION:
            found: UUID | None = row["application_id"]
        case MessageSubject.DELIVERY:
            found = row["delivery_id"]
        case MessageSubject.CHAT_MESSAGE:
            found = UUID(row["chat_message_id"])
        case _:
            found = UUID(row["complaint_id"]) if row["complaint_id"] else None
    return found


async def _advance(conn: Connection, feeds: Collection[Record], events: Collection[Record]) -> bool:
    """Move each position to the last event read, to the feed's end if fewer than the limit were left; return
    whether one is not at the end.
    """
    read: dict[_Feed, list[int]] = {}
    for row in events:
        read.setdefault((row["endpoint_id"], row["recipient"]), []).append(row["seq"])
    moved = []
    for row in feeds:
        numbers = read.get((row["id"], row["recipient"]), [])
        seq = numbers[-1] if len(numbers) >= MOST_EVENTS else row["last_seq"]
        moved.append((row["id"], row["recipient"], seq))
    await fetch(conn, ADVANCE, *map(list, zip(*moved, strict=True)))
    return any(seq < row["last_seq"] for row, (_, _, seq) in zip(feeds, moved, strict=True))
