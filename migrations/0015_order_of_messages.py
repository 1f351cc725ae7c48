"""The order in which messages were written, and the address that a dispatch was sent to, as its keyed hash."""

from tortoise import fields, migrations
from tortoise.fields.db_defaults import SqlDefault
from tortoise.migrations import operations as ops

# Ids follow the clocks of processes. Messages of before are in that order.
NUMBER = [
    """UPDATE outbox_message SET position = numbered.position
       FROM (SELECT id, row_number() OVER (ORDER BY id) AS position FROM outbox_message) AS numbered
       WHERE numbered.id = outbox_message.id""",
    "SELECT setval('outbox_position', (SELECT count(*) + 1 FROM outbox_message))",
]
INDEXES = {
    "outbox_ordering": "outbox_message (ordering, {column}) WHERE ordering IS NOT NULL",
    "outbox_replaces": "outbox_message (replaces, {column}) WHERE replaces IS NOT NULL",
}


def _indexes(column: str) -> list[str]:
    return [
        statement
        for name, on in INDEXES.items()
        for statement in (f"DROP INDEX {name}", f"CREATE INDEX {name} ON {on.format(column=column)}")
    ]


class Migration(migrations.Migration):
    dependencies = [("models", "0014_text_messages")]

    initial = False

    operations = [
        ops.RunSQL(["CREATE SEQUENCE outbox_position"], reverse_sql=["DROP SEQUENCE outbox_position"]),
        ops.AddField(
            model_name="OutboxMessage",
            name="position",
            field=fields.BigIntField(db_default=SqlDefault("nextval('outbox_position')")),
        ),
        ops.RunSQL([*NUMBER, *_indexes("position")], reverse_sql=_indexes("id")),
        ops.AddField(
            model_name="Dispatch", name="address_key", field=fields.CharField(max_length=64, null=True)
        ),
    ]
