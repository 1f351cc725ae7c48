"""What grows for ever: how tables that are changed or only added to are stored, fewer and shorter indexes, and
how far rows were removed by age.
"""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.migrations.constraints import UniqueConstraint

# Free space for new versions of rows in their own page: then an index that holds no changed column is not
# written. A sweep reveals all applications of a page in one transaction, so half of the page must be free.
FILL = {"application": 50, "feed_counter": 70, "balance": 50}
CHANGED = ("application", "deadline", "balance", "feed_counter")
ADDED_TO = ("posting_group", "posting", "feed_event", "decision")
# Every answer and reveal wrote these again, because they hold or exclude what it changes: a reveal changes
# `revealed_at` alone of the four instants.
UNSETTLED = "accepted_at IS NULL AND declined_at IS NULL AND ended_at IS NULL AND revealed_at IS NULL"
SETTLED_AT = "coalesce(declined_at, accepted_at, ended_at, revealed_at)"
DROPPED = {
    "application_unsettled": f"application (account_id) WHERE {UNSETTLED}",
    "application_waits": f"application (account_id, policy_id, received_at) WHERE {UNSETTLED}",
    "application_settled": f"application (account_id, policy_id, ({SETTLED_AT})) WHERE {SETTLED_AT} IS NOT NULL",
}
# Whoever removes a message or a dispatch asks what refers to it.
REFERRING = {
    "call_notice_message": "call_notice (message_id) WHERE message_id IS NOT NULL",
    "suppression_dispatch": "suppression (dispatch_id) WHERE dispatch_id IS NOT NULL",
}
ANSWERED_AT = "coalesce(declined_at, accepted_at, ended_at)"
ADDED = {
    "application_unanswered": f"application (account_id, policy_id, received_at) WHERE {ANSWERED_AT} IS NULL",
    "application_answered": f"application (account_id, policy_id, ({ANSWERED_AT})) WHERE {ANSWERED_AT} IS NOT NULL",
    **REFERRING,
}
# The text of a key is long; what has to be unique is its hash. `convert_to` is not immutable for every encoding
# of a database, but it is within one.
BUSINESS_KEY = (
    """CREATE FUNCTION leadgate_key(text) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
       SELECT encode(substr(sha256(convert_to($1, 'UTF8')), 1, 16), 'hex')::uuid $$""",
    "CREATE UNIQUE INDEX posting_group_once ON posting_group (leadgate_key(business_key))",
)
# A posting is found by its group alone; nothing refers to its id.
POSTING_KEY = (
    "ALTER TABLE posting DROP CONSTRAINT posting_once_per_book",
    "ALTER TABLE posting DROP CONSTRAINT posting_pkey",
    "ALTER TABLE posting ADD CONSTRAINT posting_once_per_book PRIMARY KEY (group_id, book)",
)
POSTING_KEYS = (
    "ALTER TABLE posting DROP CONSTRAINT posting_once_per_book",
    "ALTER TABLE posting ADD CONSTRAINT posting_pkey PRIMARY KEY (id)",
    "ALTER TABLE posting ADD CONSTRAINT posting_once_per_book UNIQUE (group_id, book)",
)


class Migration(migrations.Migration):
    dependencies = [('models', '0033_employee_calendars')]

    initial = False

    operations = [
        # The orders of lists read `lead_newest`, `lead_closing` and `lead_by_budget`.
        ops.RemoveIndex(model_name='Lead', fields=['published_at', 'id']),
        ops.RemoveIndex(model_name='Lead', fields=['closes_at', 'id']),
        ops.RemoveIndex(model_name='Lead', fields=['currency', 'budget_max', 'id']),
        # One index finds the deadlines of a subject and keeps them from being started twice.
        ops.RemoveIndex(model_name='Deadline', fields=['subject']),
        ops.RemoveConstraint(model_name='Deadline', name='deadline_once_per_subject'),
        ops.AddConstraint(
            model_name='Deadline',
            constraint=UniqueConstraint(fields=('subject', 'kind', 'ordinal'), name='deadline_once_per_subject'),
        ),
        ops.AlterField(
            model_name='PostingGroup',
            name='business_key',
            field=fields.CharField(max_length=120),
        ),
        ops.CreateModel(
            name='RemovedRows',
            fields=[
                ('what', fields.CharField(primary_key=True, max_length=40, unique=True, db_index=True)),
                ('before', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('position', fields.UUIDField(null=True)),
            ],
            options={'table': 'removed_rows', 'app': 'models', 'pk_attr': 'what', 'table_description': 'How far rows of one kind were removed by age.'},
            bases=['Model'],
        ),
        ops.RunSQL(
            [
                *(f"DROP INDEX {name}" for name in DROPPED),
                *(f"CREATE INDEX {name} ON {what}" for name, what in ADDED.items()),
                *BUSINESS_KEY,
                *POSTING_KEY,
                *(f"ALTER TABLE {table} SET (fillfactor = {fill})" for table, fill in FILL.items()),
                *(f"ALTER TABLE {table} SET (autovacuum_vacuum_scale_factor = 0.02)" for table in CHANGED),
                *(f"ALTER TABLE {table} SET (autovacuum_vacuum_insert_scale_factor = 0.05)" for table in ADDED_TO),
            ],
            reverse_sql=[
                *(f"ALTER TABLE {table} RESET (autovacuum_vacuum_insert_scale_factor)" for table in ADDED_TO),
                *(f"ALTER TABLE {table} RESET (autovacuum_vacuum_scale_factor)" for table in CHANGED),
                *(f"ALTER TABLE {table} RESET (fillfactor)" for table in FILL),
                *POSTING_KEYS,
                "DROP INDEX posting_group_once",
                "DROP FUNCTION leadgate_key(text)",
                *(f"DROP INDEX {name}" for name in ADDED),
                *(f"CREATE INDEX {name} ON {what}" for name, what in DROPPED.items()),
            ],
        ),
    ]
