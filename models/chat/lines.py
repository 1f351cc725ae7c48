"""The messages of chats in SQL: the introductions of applications, then what was written after them."""

from models.base.keyset import Key, Order

# `line`: a message, whose introduction has the id of its application. Its events are those of both sides.
LINES = """(SELECT application.id, application.id AS application_id, 1 AS seq, 'VENDOR' AS side,
        application.introduction AS text, application.introduction_spans AS spans,
        application.received_at AS at, NULL::uuid AS vendor_event, NULL::uuid AS prospect_event
    FROM application
    UNION ALL
    SELECT chat_message.id, chat_message.application_id, chat_message.seq, chat_message.side,
        chat_message.text, chat_message.spans, chat_message.at,
        chat_message.vendor_event, chat_message.prospect_event
    FROM chat_message) AS line"""
OLDEST_LINE = Order("OLDEST", (Key("line.seq", "bigint"),))  # within one chat
