"""Invariants of the whole database, true after any test: each is a query for the rows that violate it."""

from models.base.database import Connection, fetch, fetch_one

_BROKEN = {
    "the postings of a group sum to zero": """
        SELECT group_id FROM posting GROUP BY group_id HAVING sum(amount) <> 0""",
    "a group has postings": """
        SELECT id FROM posting_group
        WHERE NOT EXISTS (SELECT FROM posting WHERE group_id = posting_group.id)""",
    "a balance equals its postings": """
        SELECT balance.account_id FROM balance LEFT JOIN (
            SELECT account_id, unit, sum(amount) FILTER (WHERE book = 'AVAILABLE') AS available,
                   sum(amount) FILTER (WHERE book = 'HOLD') AS on_hold,
                   sum(amount) FILTER (WHERE book = 'OWED') AS owed, count(DISTINCT group_id) AS movements
            FROM posting_group JOIN posting ON posting.group_id = posting_group.id GROUP BY account_id, unit
        ) AS posted USING (account_id, unit)
        WHERE balance.available <> coalesce(posted.available, 0)
           OR balance.on_hold <> coalesce(posted.on_hold, 0)
           OR balance.owed <> coalesce(posted.owed, 0)
           OR balance.movements <> coalesce(posted.movements, 0)""",
    "an account with movements has a balance": """
        SELECT account_id FROM posting_group
        WHERE NOT EXISTS (SELECT FROM balance WHERE balance.account_id = posting_group.account_id
                                                AND balance.unit = posting_group.unit)""",
    "each group has the balance after it": """
        SELECT id FROM (
            SELECT id, available_after, on_hold_after, ordinal,
                   sum(available) OVER running AS available, sum(on_hold) OVER running AS on_hold,
                   row_number() OVER running AS place
            FROM posting_group JOIN (
                SELECT group_id, coalesce(sum(amount) FILTER (WHERE book = 'AVAILABLE'), 0) AS available,
                       coalesce(sum(amount) FILTER (WHERE book = 'HOLD'), 0) AS on_hold
                FROM posting GROUP BY group_id) AS leg ON leg.group_id = posting_group.id
            WINDOW running AS (PARTITION BY account_id, unit ORDER BY ordinal)) AS told
        WHERE available_after <> available OR on_hold_after <> on_hold OR ordinal <> place""",
    "an account's points on hold are the sum of its held fees": """
        SELECT balance.account_id FROM balance WHERE unit = 'POINTS' AND on_hold <> (
            SELECT coalesce(sum(fee), 0) FROM application
            WHERE application.account_id = balance.account_id AND hold = 'HELD')""",
    "a fee is held once, and captured or released as recorded in its application": """
        SELECT application.id FROM application LEFT JOIN posting_group ON subject = application.id
        WHERE fee > 0 GROUP BY application.id
        HAVING count(*) FILTER (WHERE kind = 'HOLD') <> 1
            OR count(*) FILTER (WHERE kind = 'CAPTURE') <> (hold = 'CAPTURED')::int
            OR count(*) FILTER (WHERE kind = 'RELEASE') <> (hold = 'RELEASED')::int
            OR count(*) FILTER (WHERE kind IN ('RELEASE', 'REFUND')) <> (refunded_at IS NOT NULL)::int
            OR count(*) FILTER (WHERE kind = 'REFUND') > count(*) FILTER (WHERE kind = 'CAPTURE')""",
    "a refund cites a REFUNDABLE decision about its application, or its accepted item": """
        SELECT posting_group.id FROM posting_group LEFT JOIN decision ON decision.id = decision_id
        LEFT JOIN (SELECT remedy.item_id, delivery.id, application_id FROM remedy
                   JOIN delivery ON delivery.id = remedy.delivery_id) AS remedied
            ON remedied.item_id = decision.subject
        WHERE kind IN ('RELEASE', 'REFUND') AND (decision.id IS NULL OR CASE ruleset
            WHEN 'refund' THEN verdict <> 'REFUNDABLE' OR decision.subject <> posting_group.subject
            WHEN 'complaint' THEN verdict <> 'ACCEPTED' OR kind <> 'REFUND'
                OR posting_group.subject IS DISTINCT FROM coalesce(application_id, remedied.id)
            ELSE true END)""",
    "a capture cites a reveal, or a decline that is not refundable": """
        SELECT posting_group.id FROM posting_group LEFT JOIN decision ON decision.id = decision_id
        WHERE kind = 'CAPTURE' AND (decision.id IS NULL OR decision.subject <> posting_group.subject
            OR (ruleset, verdict) NOT IN (('visibility', 'VISIBLE'), ('refund', 'NOT_REFUNDABLE')))""",
    "feeds have no gap": """
        SELECT recipient FROM feed_counter FULL JOIN feed_event USING (recipient)
        GROUP BY recipient, last_seq, removed_through
        HAVING last_seq - removed_through IS DISTINCT FROM count(seq)
            OR last_seq IS DISTINCT FROM greatest(max(seq), removed_through)
            OR min(seq) <> removed_through + 1""",
    "an event cites a decision that is recorded": """
        SELECT id FROM feed_event WHERE decision_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM decision WHERE decision.id = decision_id)""",
    "a delivery of an application cites its VISIBLE decision of the same instant": """
        SELECT delivery.id FROM delivery LEFT JOIN decision ON decision.id = decision_id
        WHERE application_id IS NOT NULL AND (decision.id IS NULL OR ruleset <> 'visibility'
            OR verdict <> 'VISIBLE' OR decision.subject <> application_id OR decided_at <> received_at)""",
    "a revealed application has one delivery, since the reveal; another has none": """
        SELECT application.id FROM application LEFT JOIN delivery ON delivery.application_id = application.id
        WHERE application.revealed_at IS DISTINCT FROM delivery.received_at
           OR delivery.lead_id <> application.lead_id OR delivery.account_id <> application.account_id""",
    "a delivery has its entry in the register, of its lead's prospect": """
        SELECT delivery.id FROM delivery JOIN lead ON lead.id = delivery.lead_id
        LEFT JOIN disclosure ON disclosure.delivery_id = delivery.id
        WHERE disclosure.prospect_id IS DISTINCT FROM lead.prospect_id""",
    "a reveal is announced and mailed once": """
        SELECT application.id FROM application
        LEFT JOIN feed_event ON feed_event.application_id = application.id
                            AND feed_event.kind = 'CONTACT_DISCLOSED'
        GROUP BY application.id HAVING count(feed_event.id) <> (revealed_at IS NOT NULL)::int
        UNION ALL SELECT application.id FROM application
        LEFT JOIN outbox_message ON subject = application.id AND template = 'contact_available'
        GROUP BY application.id HAVING count(outbox_message.id) <> (revealed_at IS NOT NULL)::int""",
    "an application has its two deadlines": """
        SELECT application.id FROM application
        LEFT JOIN deadline ON subject = application.id AND kind IN ('REVEAL', 'REVIEW_REMINDER')
        GROUP BY application.id HAVING count(deadline.id) <> 2""",
    "a deadline is done with an outcome, and not before it is due unless it became moot": """
        SELECT id FROM deadline WHERE (done_at IS NULL) <> (outcome IS NULL)
            OR (done_at < due_at AND outcome NOT IN ('answered', 'decided', 'replaced', 'ended'))""",
    "an open call has one pending deadline, and a call that has ended has none": """
        SELECT call.id FROM call LEFT JOIN deadline ON subject = call.id AND done_at IS NULL
        GROUP BY call.id HAVING count(deadline.id) <> num_nulls(coalesce(finished_at, closed_at))""",
    "a call that has ended has an outcome, and nobody is being tried": """
        SELECT call.id FROM call LEFT JOIN transfer_attempt ON call_id = call.id AND result = 'CALLING'
        WHERE (coalesce(finished_at, closed_at) IS NULL) <> (outcome IS NULL)
            OR (outcome IS NOT NULL AND transfer_attempt.id IS NOT NULL)""",
    "an answered application has no pending deadline": """
        SELECT application.id FROM application
        JOIN deadline ON subject = application.id AND kind IN ('REVEAL', 'REVIEW_REMINDER')
        WHERE done_at IS NULL AND (accepted_at IS NOT NULL OR declined_at IS NOT NULL)""",
    "an ended application has nothing on hold, no reveal, and no pending deadline": """
        SELECT application.id FROM application
        LEFT JOIN deadline ON subject = application.id AND done_at IS NULL
                          AND deadline.kind IN ('REVEAL', 'REVIEW_REMINDER')
        LEFT JOIN delivery ON delivery.application_id = application.id
        WHERE ended_at IS NOT NULL AND (hold <> 'RELEASED' OR refunded_at IS NULL OR deadline.id IS NOT NULL
            OR delivery.id IS NOT NULL OR accepted_at IS NOT NULL OR declined_at IS NOT NULL)""",
    "a reminder is sent once, as of its due time": """
        SELECT deadline.id FROM deadline
        LEFT JOIN feed_event ON application_id = subject AND feed_event.kind = 'REVIEW_REMINDER'
                            AND feed_event.parameters ->> 'ruleId' = outcome
        WHERE deadline.kind = 'REVIEW_REMINDER' GROUP BY deadline.id
        HAVING count(feed_event.id) <> (
                   outcome IS NOT NULL AND outcome IN ('not_reviewed', 'opened_but_not_answered'))::int
            OR min(feed_event.at) <> due_at
        UNION ALL SELECT feed_event.id FROM feed_event
        LEFT JOIN deadline ON subject = application_id AND due_at = at AND outcome = parameters ->> 'ruleId'
        WHERE feed_event.kind = 'REVIEW_REMINDER' AND deadline.id IS NULL""",
    "nobody's fee stays on hold after a decline": """
        SELECT id FROM application WHERE declined_at IS NOT NULL AND hold = 'HELD'""",
    "every refundable decline has its refund": """
        SELECT subject FROM decision JOIN application ON application.id = subject
        WHERE ruleset = 'refund' AND verdict = 'REFUNDABLE' AND refunded_at IS NULL""",
}
# One statement for all: it runs at the end of thousands of tests.
_ALL_BROKEN = " UNION ALL ".join(
    f"SELECT '{law.replace(chr(39), chr(39) * 2)}' AS law, row.id::text AS id FROM ({query}) AS row (id)"
    for law, query in _BROKEN.items()
)


async def assert_books_balance(conn: Connection) -> None:
    """Fail with the violated invariant and the ids of the rows that violate it."""
    broken = await fetch(conn, _ALL_BROKEN)
    assert not broken, f"broken: {[tuple(row) for row in broken[:5]]}"


async def snapshot(conn: Connection) -> dict[str, list[str]]:
    """Return every row of every table, as text; two snapshots are equal if nothing changed."""
    tables = await fetch(
        conn,
        """SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'
           AND tablename NOT LIKE '%migrations%' AND tablename <> 'test_clock' ORDER BY 1""",
    )
    rows = await fetch_one(
        conn,
        "SELECT "
        + ", ".join(
            f"ARRAY(SELECT to_jsonb(t)::text FROM {table['name']} AS t ORDER BY 1) AS {table['name']}"
            for table in tables
        ),
    )
    assert rows is not None
    return dict(rows)
