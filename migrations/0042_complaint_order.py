"""An index of complaints by the time of submission: the operators' list across all accounts, and its period."""

from tortoise import migrations

from models.base.indexes import IndexConcurrently


class Migration(migrations.Migration):
    dependencies = [("models", "0040_points_given_back")]

    initial = False
    atomic = False

    operations = [IndexConcurrently("complaint_newest", "complaint (submitted_at DESC, id DESC)")]
