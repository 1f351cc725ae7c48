"""What the models cannot say: the clock, immutable tables, sums of zero, and the indexes of hot paths."""

from tortoise import migrations
from tortoise.migrations import operations as ops

CLOCK = [
    # All that decides by time reads this; a test lays its own clock over it. Never now(): that is the
    # transaction's start, and an action may have waited long for its lock.
    """CREATE FUNCTION leadgate_clock() RETURNS timestamptz LANGUAGE sql VOLATILE
       AS $$ SELECT clock_timestamp() $$""",
]

IMMUTABLE = [
    """CREATE FUNCTION leadgate_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
           RAISE EXCEPTION 'rows of % are never changed: write a new one', TG_TABLE_NAME
               USING ERRCODE = 'integrity_constraint_violation';
       END $$""",
    *(
        f"""CREATE TRIGGER {table}_immutable BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION leadgate_refuse_change()"""
        for table in ("policy", "decision", "posting_group", "posting", "meeting_record")
    ),
]

# A statement trigger sees all legs of an INSERT at once: one group is written by one INSERT, or not at all.
ZERO_SUM = [
    """CREATE FUNCTION leadgate_check_zero_sum() RETURNS trigger LANGUAGE plpgsql AS $$
       DECLARE wrong uuid;
       BEGIN
           SELECT group_id INTO wrong FROM posting
           WHERE group_id IN (SELECT group_id FROM added) GROUP BY group_id HAVING sum(amount) <> 0 LIMIT 1;
           IF wrong IS NOT NULL THEN
               RAISE EXCEPTION 'the postings of group % do not sum to zero', wrong
                   USING ERRCODE = 'integrity_constraint_violation';
           END IF;
           RETURN NULL;
       END $$""",
    """CREATE TRIGGER posting_zero_sum AFTER INSERT ON posting REFERENCING NEW TABLE AS added
       FOR EACH STATEMENT EXECUTE FUNCTION leadgate_check_zero_sum()""",
]

# The tool that wrote 0001 knows the models' constraints but does not lay them: a test compares the two.
CONSTRAINTS = {
    ("application", "application_once_per_account"): "UNIQUE (lead_id, account_id)",
    ("application", "application_fee_not_negative"): "CHECK (fee >= 0)",
    ("balance", "balance_once_per_unit"): "UNIQUE (account_id, unit)",
    ("balance", "balance_available_not_negative"): "CHECK (available >= 0)",
    ("balance", "balance_on_hold_not_negative"): "CHECK (on_hold >= 0)",
    ("deadline", "deadline_once_per_subject"): "UNIQUE (kind, subject, ordinal)",
    ("delivery", "delivery_once_per_account"): "UNIQUE (lead_id, account_id)",
    ("external_identity", "external_identity_once"): "UNIQUE (issuer, subject)",
    ("feed_event", "feed_event_gapless"): "UNIQUE (recipient, seq)",
    ("idempotency", "idempotency_key_once"): "UNIQUE (scope, operation, key)",
    ("lead", "lead_imported_once"): "UNIQUE (market_id, identity_key)",
    ("lead", "lead_fee_not_negative"): "CHECK (fee >= 0)",
    ("lead", "lead_budget_in_order"): "CHECK (budget_min <= budget_max)",
    ("posting", "posting_once_per_book"): "UNIQUE (group_id, book)",
    ("posting_group", "posting_group_in_order"): "UNIQUE (account_id, unit, ordinal)",
    ("users", "users_account_needs_a_role"): "CHECK ((account_id IS NULL) = (account_role IS NULL))",
    ("users", "users_account_role_known"): "CHECK (account_role IN ('OWNER', 'MEMBER', 'EMPLOYEE'))",
    ("users", "users_email_lower"): "CHECK (email = lower(email))",
}

INDEXES = [
    "CREATE INDEX deadline_waiting ON deadline (due_at, id) WHERE done_at IS NULL",
    "CREATE INDEX outbox_waiting ON outbox_message (not_before, id) WHERE state = 'PENDING'",
    "CREATE INDEX feed_event_unread ON feed_event (recipient, seq) WHERE read_at IS NULL",
    # The orders of a list of leads, as written in models/leads/list.py: nulls last, then the id.
    "CREATE INDEX lead_newest ON lead (published_at DESC, id DESC)",
    """CREATE INDEX lead_by_budget ON lead
       (currency, (coalesce(-coalesce(budget_max, budget_min), 9223372036854775807)), id)""",
    "CREATE INDEX lead_closing ON lead ((coalesce(closes_at, 'infinity'::timestamptz)), id)",
]


class Migration(migrations.Migration):
    dependencies = [("models", "0001_initial")]

    initial = False

    operations = [
        ops.RunSQL(
            [
                *CLOCK,
                *IMMUTABLE,
                *ZERO_SUM,
                *(
                    f"ALTER TABLE {table} ADD CONSTRAINT {name} {rule}"
                    for (table, name), rule in CONSTRAINTS.items()
                ),
                *INDEXES,
            ],
            reverse_sql=[
                "DROP INDEX lead_closing",
                "DROP INDEX lead_by_budget",
                "DROP INDEX lead_newest",
                "DROP INDEX feed_event_unread",
                "DROP INDEX outbox_waiting",
                "DROP INDEX deadline_waiting",
                *(f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name in CONSTRAINTS),
                "DROP FUNCTION leadgate_check_zero_sum() CASCADE",
                "DROP FUNCTION leadgate_refuse_change() CASCADE",
                "DROP FUNCTION leadgate_clock()",
            ],
        )
    ]
