"""An index of complaints by the time of submission, for the operators' list across all accounts."""

from tortoise import migrations

from models.base.indexes import IndexConcurrently


class Migration(migrations.Migration):
    dependencies = [("models", "0041_leaner_ledger")]

    initial = False
    atomic = False

    operations = [IndexConcurrently("complaint_newest", "complaint (submitted_at DESC, id DESC)")]
