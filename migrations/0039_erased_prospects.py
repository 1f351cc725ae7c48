"""An index of the erased persons, who are few: lists leave out their leads without looking up every person."""

from tortoise import migrations

from models.base.indexes import IndexConcurrently


class Migration(migrations.Migration):
    dependencies = [('models', '0038_policy_trials')]

    initial = False
    atomic = False

    operations = [IndexConcurrently("prospect_erased", "prospect (id) WHERE erased_at IS NOT NULL")]
