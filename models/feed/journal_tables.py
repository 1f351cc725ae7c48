"""What a journal writes: the columns of its new rows, and the statements for what is not only a new row."""

from models.base.one_statement import Table
from models.contact_data.categories import CATEGORIES_SQL

DECISIONS = Table(
    "decision",
    {
        "id": "uuid",
        "ruleset": "text",
        "subject": "uuid",
        "verdict": "text",
        "rule_id": "text",
        "policy_version": "text",
        "facts": "jsonb",
        "decided_at": "timestamptz",
    },
    {"recorded_at": "timestamptz", "actor_id": "uuid"},
)
DELIVERIES = Table(
    "delivery",
    {
        "id": "uuid",
        "account_id": "uuid",
        "lead_id": "uuid",
        "kind": "text",
        "application_id": "uuid",
        "policy_id": "uuid",
        "decision_id": "uuid",
        "received_at": "timestamptz",
        "points": "int",
        "complaint_until": "timestamptz",
        "replacement": "boolean",
    },
    {"closed": "text"},
)
# What the contact has at the time of the delivery.
DISCLOSURES = f"""INSERT INTO disclosure (delivery_id, prospect_id, basis, categories, notice_message_id)
    SELECT given.delivery_id, lead.prospect_id, given.basis, {CATEGORIES_SQL}, given.notice_id
    FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[])
        AS given (delivery_id, lead_id, basis, notice_id)
    JOIN lead ON lead.id = given.lead_id LEFT JOIN contact ON contact.lead_id = given.lead_id"""
MESSAGES = Table(
    "outbox_message",
    {
        "id": "uuid",
        "template": "text",
        "necessity": "text",
        "grouping": "text",
        "recipient": "uuid",
        "subject": "uuid",
        "policy_id": "uuid",
        "event_id": "uuid",
        "idempotency_key": "text",
        "ordering": "text",
        "replaces": "text",
        "not_before": "timestamptz",
        "expires_at": "timestamptz",
    },
    {"created_at": "timestamptz", "parameters": "jsonb"},
)
NOTICES = Table(
    "call_notice",
    {
        "id": "uuid",
        "call_id": "uuid",
        "employee_id": "uuid",
        "channel": "text",
        "decision_id": "uuid",
        "message_id": "uuid",
    },
)
ENDED_DEADLINES = """UPDATE deadline SET done_at = $3, outcome = done.outcome
    FROM unnest($1::uuid[], $2::text[]) AS done (id, outcome)
    WHERE deadline.id = done.id AND deadline.done_at IS NULL"""
NEW_DEADLINES = Table(
    "deadline",
    {"id": "uuid", "kind": "text", "subject": "uuid", "ordinal": "int", "due_at": "timestamptz"},
)
# Counting the rows that are written in the same statement makes it write them before it locks a counter.
COUNTERS = """INSERT INTO feed_counter (recipient, last_seq, removed_through, calendar_changes)
    SELECT recipient, events, 0, coalesce(calendar, 0)
    FROM unnest($1::uuid[], $2::bigint[], $3::int[]) AS t (recipient, events, calendar)
    WHERE (SELECT count(*) FROM earlier) >= 0
    ORDER BY recipient
    ON CONFLICT (recipient) DO UPDATE
        SET last_seq = feed_counter.last_seq + EXCLUDED.last_seq,
            calendar_changes = feed_counter.calendar_changes + EXCLUDED.calendar_changes
    RETURNING recipient, last_seq"""
EVENTS = Table(
    "feed_event",
    {
        "id": "uuid",
        "recipient": "uuid",
        "seq": "bigint",
        "kind": "text",
        "application_id": "uuid",
        "lead_id": "uuid",
        "delivery_id": "uuid",
        "decision_id": "uuid",
        "parameters": "jsonb",
        "at": "timestamptz",
    },
)
# In one statement with what counts them; the numbers given count back from the counter's new number.
COUNTED_EVENTS = f"""INSERT INTO feed_event ({", ".join(EVENTS.names)})
    SELECT event.id, recipient, last_seq + place, kind, application_id, lead_id, delivery_id, decision_id,
           parameters, at
    FROM unnest({EVENTS.arrays})
        AS event (id, recipient, place, kind, application_id, lead_id, delivery_id, decision_id, parameters,
                  at)
    JOIN counted USING (recipient)"""
