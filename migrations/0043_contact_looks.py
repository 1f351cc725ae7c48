"""The log of looks at contact data as a list: all of them, or one operator's, through an index each."""

from tortoise import migrations

from models.base.indexes import IndexConcurrently

# Those of one lead, and of a person's leads, have the index by lead and time from the beginning.
INDEXES = {
    "contact_access_by_time": "contact_access (at, id)",
    "contact_access_by_user": "contact_access (user_id, at, id)",
}


class Migration(migrations.Migration):
    dependencies = [("models", "0042_complaint_order")]

    initial = False
    atomic = False

    operations = [IndexConcurrently(name, on) for name, on in INDEXES.items()]
