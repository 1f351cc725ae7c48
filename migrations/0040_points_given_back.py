"""An index of the movements that gave points back by time: the operators' statistics count those of a period."""

from tortoise import migrations

from models.base.indexes import IndexConcurrently


class Migration(migrations.Migration):
    dependencies = [("models", "0039_erased_prospects")]

    initial = False
    atomic = False

    operations = [
        IndexConcurrently(
            "posting_group_given_back", "posting_group (at) WHERE kind IN ('RELEASE', 'REFUND')"
        )
    ]
