"""By which addresses and numbers a contact is reached, to look up all rows of one person."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0010_known_networks")]

    initial = False

    operations = [
        ops.RunSQL(
            [
                # One index for the first and all further ways: models/leads/same_person.py.
                """CREATE FUNCTION leadgate_reach(
                       email text, phone text, other_emails jsonb, other_phones jsonb)
                   RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
                       SELECT coalesce(array_agg(DISTINCT way), '{}') FROM (
                           SELECT lower(email) UNION ALL SELECT phone
                           UNION ALL SELECT lower(jsonb_array_elements_text(other_emails))
                           UNION ALL SELECT jsonb_array_elements(other_phones) ->> 'e164') AS had (way)
                       WHERE way IS NOT NULL
                   $$""",
                """CREATE INDEX contact_reach ON contact
                   USING gin (leadgate_reach(email, phone, other_emails, other_phones))""",
            ],
            reverse_sql=[
                "DROP INDEX contact_reach",
                "DROP FUNCTION leadgate_reach(text, text, jsonb, jsonb)",
            ],
        )
    ]
