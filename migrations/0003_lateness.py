"""The index by which the latest deadlines are found, for how late they were settled."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0002_laws")]

    initial = False

    operations = [
        ops.RunSQL(
            ["CREATE INDEX deadline_settled ON deadline (done_at) INCLUDE (due_at, kind) WHERE done_at IS NOT NULL"],
            reverse_sql=["DROP INDEX deadline_settled"],
        )
    ]
