"""The messages of chats in SQL: those of people, and the system messages that one reader finds among them."""

from models.base.keyset import Key, Order
from models.chat.tables import INTRODUCTION
from models.feed.kinds import SYSTEM_MESSAGES, NotificationKind
from rules.chat.chat_view import ChatSide

_INTRODUCTIONS = f"""SELECT application.id, application.id AS application_id, {INTRODUCTION} AS seq,
        'VENDOR' AS side, application.introduction AS text, application.introduction_spans AS spans,
        application.received_at AS at, NULL::uuid AS vendor_event, NULL::uuid AS prospect_event,
        0::bigint AS place
    FROM application"""
_WRITTEN = """SELECT chat_message.id, chat_message.application_id, chat_message.seq, chat_message.side,
        chat_message.text, chat_message.spans, chat_message.at,
        chat_message.vendor_event, chat_message.prospect_event, 0::bigint
    FROM chat_message"""

# `line`: what a person wrote; an introduction has the id of its application. Its events are those of both
# sides.
LINES = f"({_INTRODUCTIONS} UNION ALL {_WRITTEN}) AS line"

SYSTEM_KINDS = ", ".join(f"'{kind}'" for kind in sorted(SYSTEM_MESSAGES))


def last_before(event: str) -> str:
    """Return the `seq` of a person's last message before an event of the same feed, in SQL.

    It never changes: later messages come later in the feed, and retention removes a feed from its beginning,
    so the event that follows is not removed before this one.
    """
    return f"""coalesce(
        (SELECT (next.parameters->>'seq')::int - 1 FROM feed_event AS next
         WHERE next.recipient = {event}.recipient AND next.application_id = {event}.application_id
           AND next.seq > {event}.seq AND next.kind = '{NotificationKind.CHAT_MESSAGE}'
         ORDER BY next.seq LIMIT 1),
        (SELECT max(seq) FROM chat_message WHERE chat_message.application_id = {event}.application_id),
        {INTRODUCTION})"""


# The notifications about the application of `chat` in the feed `chat.followed`. Their words are not stored.
_SYSTEM = f"""SELECT event.id, event.application_id, {last_before("event")}, '{ChatSide.SYSTEM}', NULL, NULL,
        event.at, NULL, NULL, event.seq
    FROM feed_event AS event
    WHERE event.recipient = chat.followed AND event.application_id = chat.application_id
      AND event.kind IN ({SYSTEM_KINDS})"""

# `line`: all that a reader finds in `chat`. The messages of people keep their own order; a system message is
# where its event is in the feed, which is not always where its time would be: a deadline's event has the time
# at which it was due.
THREAD = f"({_INTRODUCTIONS} UNION ALL {_WRITTEN} UNION ALL {_SYSTEM}) AS line"
OLDEST_LINE = Order("OLDEST", (Key("line.seq", "bigint"), Key("line.place", "bigint")))  # within one chat
