"""Checks of chats: messages have no gap, and whoever leaves one unread is told of it by a deadline."""

from models.chat.tables import INTRODUCTION
from models.chat.unread import NUDGE, READERS
from models.reconciliation.check import Check
from models.reconciliation.part import Rows, only

_GAPS = f"""
    SELECT application_id AS subject,
           format('its %s messages are numbered from %s to %s, not from {INTRODUCTION + 1} on',
                  count(*), min(seq), max(seq)) AS message
    FROM chat_message WHERE {only(Rows.CHAT, "application_id")} GROUP BY application_id
    HAVING min(seq) <> {INTRODUCTION + 1} OR max(seq) <> count(*) + {INTRODUCTION}
    UNION ALL
    SELECT chat_read.application_id, format('read through %s, which does not exist', through_seq)
    FROM chat_read WHERE {only(Rows.CHAT, "application_id")} AND through_seq <> {INTRODUCTION}
      AND NOT EXISTS (
        SELECT FROM chat_message WHERE chat_message.application_id = chat_read.application_id
            AND chat_message.seq = chat_read.through_seq)"""

# What is older may have been removed: see `models.retention`.
_DEADLINES_SINCE = "coalesce((SELECT before FROM removed_rows WHERE what = 'deadline'), '-infinity')"
_BOTH_SINCE = """coalesce((SELECT max(before) FROM removed_rows WHERE what IN ('deadline', 'outbox_message')),
        '-infinity')"""

# The oldest unread message of each side has a deadline, and each email has the one that it was written for.
_NUDGES = f"""
    WITH side AS (
        SELECT application.id, 0 AS number, 'VENDOR' AS name, application.account_id AS recipient
        FROM application UNION ALL
        SELECT application.id, 1, 'PROSPECT', lead.prospect_id
        FROM application JOIN lead ON lead.id = application.lead_id),
    unread AS (
        SELECT side.id, side.number, side.name, min(chat_message.seq) AS seq
        FROM chat_message JOIN side ON side.id = chat_message.application_id
        WHERE {only(Rows.CHAT, "chat_message.application_id")}
          AND chat_message.side <> side.name AND chat_message.seq > coalesce(
            (SELECT max(through_seq) FROM chat_read WHERE chat_read.application_id = side.id
                AND chat_read.recipient = side.recipient), {INTRODUCTION})
        GROUP BY side.id, side.number, side.name HAVING min(chat_message.at) >= {_DEADLINES_SINCE})
    SELECT unread.id AS subject,
           format('message %s is unread by the %s, and no deadline is about it', unread.seq,
                  lower(unread.name)) AS message
    FROM unread WHERE NOT EXISTS (
        SELECT FROM deadline WHERE deadline.kind = '{NUDGE}' AND deadline.subject = unread.id
            AND deadline.ordinal = unread.seq * {len(READERS)} + unread.number)
    UNION ALL
    SELECT coalesce(written.subject, message.subject),
           format('the deadline %s says %s, and there is %s email', coalesce(ordinal::text, 'missing'),
                  coalesce(outcome, 'nothing'), CASE WHEN message.id IS NULL THEN 'no' ELSE 'an' END)
    FROM (SELECT *, 'chat_nudge:' || subject || ':' || ordinal AS key FROM deadline
          WHERE kind = '{NUDGE}' AND outcome = 'unread_too_long' AND done_at >= {_BOTH_SINCE}
              AND {only(Rows.CHAT, "subject")}) AS written
    FULL JOIN (SELECT id, subject, idempotency_key FROM outbox_message
               WHERE template = 'chat_nudge' AND created_at >= {_BOTH_SINCE}
                   AND {only(Rows.CHAT, "subject")}) AS message
        ON message.idempotency_key = written.key
    WHERE written.id IS NULL OR message.id IS NULL"""

CHATS = (
    Check("chat_messages_have_no_gap", _GAPS),
    Check("unread_messages_are_told_of", _NUDGES),
)
