"""When contact data was closed; and indexes of what was closed lately, and of texts to be searched again."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

INDEXES = {
    "delivery_closed": "delivery (account_id, closed_at) WHERE closed_at IS NOT NULL",
    "prospect_erased": "prospect (erased_at) WHERE erased_at IS NOT NULL",
    "application_search": "application (coalesce((introduction_spans ->> 'search')::int, 0))",
    "chat_message_search": "chat_message (coalesce((spans ->> 'search')::int, 0))",
}


class Migration(migrations.Migration):
    dependencies = [('models', '0025_events_of_applications')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Delivery',
            name='closed_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.RunSQL(
            """UPDATE delivery SET closed_at = upheld.at
               FROM (SELECT delivery_id, min(decided_at) AS at FROM complaint_item
                     WHERE reason = 'NO_CONSENT' AND verdict = 'ACCEPTED' GROUP BY delivery_id) AS upheld
               WHERE upheld.delivery_id = delivery.id AND delivery.closed <> 'NO'""",
            reverse_sql="SELECT",
        ),
        *(
            ops.RunSQL(f"CREATE INDEX {name} ON {what}", reverse_sql=f"DROP INDEX {name}")
            for name, what in INDEXES.items()
        ),
    ]
