"""Which deliveries stand in a file: of what was stored before, those that its complaint is about."""

from tortoise import migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.db_defaults import SqlDefault
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0008_ends_and_hats")]

    initial = False

    operations = [
        ops.AddField(
            model_name="StoredFile",
            name="delivery_ids",
            field=ArrayField(element_type="uuid", default=list, db_default=SqlDefault("'{}'")),
        ),
        ops.RunSQL(
            [
                """UPDATE stored_file SET delivery_ids = named.ids FROM (
                       SELECT complaint.file_id, array_agg(DISTINCT complaint_item.delivery_id) AS ids
                       FROM complaint JOIN complaint_item ON complaint_item.complaint_id = complaint.id
                       WHERE complaint.file_id IS NOT NULL GROUP BY complaint.file_id) AS named
                   WHERE stored_file.id = named.file_id""",
                """UPDATE stored_file SET delivery_ids = named.ids FROM (
                       SELECT complaint.answer_file_id, array_agg(DISTINCT complaint_item.delivery_id) AS ids
                       FROM complaint JOIN complaint_item ON complaint_item.complaint_id = complaint.id
                       JOIN delivery ON delivery.id = complaint_item.delivery_id AND delivery.closed = 'NO'
                       WHERE complaint.answer_file_id IS NOT NULL GROUP BY complaint.answer_file_id) AS named
                   WHERE stored_file.id = named.answer_file_id""",
                # Their links are good for ten minutes; nobody knows any more whose contacts they hold.
                "DELETE FROM stored_file WHERE kind = 'COMPLAINT_TEMPLATE'",
            ],
            reverse_sql=[],
        ),
    ]
