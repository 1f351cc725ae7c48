"""The register of disclosures, with an entry for each delivery that exists."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.contrib.postgres.fields import ArrayField
from tortoise import fields
from tortoise.indexes import Index

# As models/contact_data/categories.py has them. What was erased since is not known any more.
CATEGORIES = """array_remove(ARRAY[
        CASE WHEN contact.full_name IS NOT NULL THEN 'NAME' END,
        CASE WHEN contact.organisation IS NOT NULL THEN 'ORGANISATION' END,
        CASE WHEN contact.email IS NOT NULL OR contact.other_emails <> '[]' THEN 'EMAIL' END,
        CASE WHEN contact.phone IS NOT NULL OR contact.other_phones <> '[]' THEN 'PHONE' END,
        CASE WHEN contact.address IS NOT NULL THEN 'ADDRESS' END,
        CASE WHEN contact.registration_number IS NOT NULL THEN 'REGISTRATION_NUMBER' END,
        CASE WHEN contact.linkedin_url IS NOT NULL THEN 'LINKEDIN' END,
        CASE WHEN contact.meeting_url IS NOT NULL THEN 'MEETING_URL' END], NULL)"""
# A purchase is an act of the vendor's user; what an operator did is a delivery. No notice is sent so late.
EXISTING = f"""INSERT INTO disclosure (delivery_id, prospect_id, basis, categories)
    SELECT delivery.id, lead.prospect_id,
        CASE WHEN delivery.replacement THEN 'REPLACEMENT'
            WHEN application.accepted_at <= delivery.received_at THEN 'ACCEPTED'
            WHEN application.id IS NOT NULL THEN 'SILENCE'
            WHEN actor.account_id IS NOT NULL THEN 'PURCHASE'
            ELSE 'DELIVERY' END,
        {CATEGORIES}
    FROM delivery JOIN lead ON lead.id = delivery.lead_id
    LEFT JOIN contact ON contact.lead_id = lead.id
    LEFT JOIN application ON application.id = delivery.application_id
    LEFT JOIN decision ON decision.id = delivery.decision_id
    LEFT JOIN users AS actor ON actor.id = decision.actor_id
    WHERE NOT EXISTS (SELECT FROM disclosure WHERE disclosure.delivery_id = delivery.id)"""


class Migration(migrations.Migration):
    dependencies = [('models', '0022_chat')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Disclosure',
            fields=[
                ('delivery_id', fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ('prospect_id', fields.UUIDField()),
                ('basis', fields.CharField(max_length=20)),
                ('categories', ArrayField(element_type='TEXT')),
                ('notice_message_id', fields.UUIDField(null=True)),
            ],
            options={'table': 'disclosure', 'app': 'models', 'indexes': [Index(fields=['prospect_id', 'delivery_id'])], 'pk_attr': 'delivery_id', 'table_description': "The register's entry of a delivery: on what basis, which categories of data, and the person's notice."},
            bases=['Model'],
        ),
        ops.RunSQL(
            [
                """ALTER TABLE disclosure ADD CONSTRAINT disclosure_of_delivery
                   FOREIGN KEY (delivery_id) REFERENCES delivery (id) ON DELETE RESTRICT""",
                EXISTING,
                """CREATE TRIGGER disclosure_immutable BEFORE UPDATE OR DELETE ON disclosure
                   FOR EACH ROW EXECUTE FUNCTION leadgate_refuse_change()""",
            ],
            reverse_sql=[
                "DROP TRIGGER disclosure_immutable ON disclosure",
                "ALTER TABLE disclosure DROP CONSTRAINT disclosure_of_delivery",
            ],
        ),
    ]
