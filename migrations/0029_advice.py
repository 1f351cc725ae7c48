"""Advice: judgements about persons, what they said about being contacted, and how vendors are reached.

A contact says whether the preferred channel was chosen; of imported ones that exist, that is not known.
"""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base.ids import new_id
from orjson import loads
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

# Statements about a whole company are looked up by the vendor that knows of them.
INDEXES = {
    "contact_statement_of_house": "(account_id) WHERE whole_house AND taken_back_at IS NULL",
}


class Migration(migrations.Migration):
    dependencies = [('models', '0028_contacting')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ContactStatement',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('act_id', fields.UUIDField()),
                ('account', fields.ForeignKeyField('models.Account', source_field='account_id', null=True, db_constraint=True, to_field='id', related_name='contact_statements', on_delete=OnDelete.RESTRICT)),
                ('prospect', fields.ForeignKeyField('models.Prospect', source_field='prospect_id', db_constraint=True, to_field='id', related_name='contact_statements', on_delete=OnDelete.RESTRICT)),
                ('kind', fields.CharField(max_length=20)),
                ('strength', fields.CharField(max_length=10)),
                ('origin', fields.CharField(max_length=10)),
                ('medium', fields.CharField(null=True, max_length=10)),
                ('language', fields.CharField(null=True, max_length=2)),
                ('phrase_id', fields.CharField(null=True, max_length=60)),
                ('until', fields.DateField(null=True)),
                ('whole_house', fields.BooleanField(default=False)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('recorded_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('recorded_by', fields.ForeignKeyField('models.User', source_field='recorded_by_id', null=True, db_constraint=True, to_field='id', related_name='contact_statements', on_delete=OnDelete.RESTRICT)),
                ('taken_back_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('taken_back_by', fields.UUIDField(null=True)),
                ('take_back_reason', fields.CharField(null=True, max_length=500)),
            ],
            options={'table': 'contact_statement', 'app': 'models', 'constraints': [CheckConstraint(check="(origin = 'ANSWER') = (phrase_id IS NULL)", name='contact_statement_has_its_phrase')], 'indexes': [Index(fields=['prospect_id', 'at', 'id']), Index(fields=['act_id'])], 'pk_attr': 'id', 'table_description': 'What a person said about being contacted, as a kind; no text is kept.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PersonProfile',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('account', fields.ForeignKeyField('models.Account', source_field='account_id', db_constraint=True, to_field='id', related_name='person_profiles', on_delete=OnDelete.RESTRICT)),
                ('prospect', fields.ForeignKeyField('models.Prospect', source_field='prospect_id', db_constraint=True, to_field='id', related_name='person_profiles', on_delete=OnDelete.RESTRICT)),
                ('status', fields.CharField(max_length=10)),
                ('days', fields.CharField(max_length=20)),
                ('temper', fields.CharField(max_length=10)),
                ('knows_number', fields.BooleanField(default=False)),
                ('version', fields.IntField(default=1)),
            ],
            options={'table': 'person_profile', 'app': 'models', 'constraints': [UniqueConstraint(fields=('prospect', 'account'), name='person_profile_once')], 'pk_attr': 'id', 'table_description': 'What a vendor thinks of a person: judgements, which the person is told on request.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SenderProfile',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('account', fields.OneToOneField('models.Account', source_field='account_id', db_constraint=True, to_field='id', related_name='sender_profile', on_delete=OnDelete.RESTRICT)),
                ('accepts', fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ('signatures', fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ('version', fields.IntField(default=1)),
            ],
            options={'table': 'sender_profile', 'app': 'models', 'pk_attr': 'id', 'table_description': 'By which media a vendor is contacted itself, and how it signs, by language.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Contact',
            name='preferred_given',
            field=fields.BooleanField(default=False),
        ),
        ops.RunSQL(
            """UPDATE contact SET preferred_given = TRUE FROM lead
               WHERE lead.id = contact.lead_id AND lead.identity_key IS NULL""",
            reverse_sql="SELECT",
        ),
        ops.RunSQL(
            "ALTER TABLE contact_statement ADD CONSTRAINT contact_statement_has_its_phrase "
            "CHECK ((origin = 'ANSWER') = (phrase_id IS NULL))",
            reverse_sql="ALTER TABLE contact_statement DROP CONSTRAINT contact_statement_has_its_phrase",
        ),
        ops.RunSQL(
            "ALTER TABLE person_profile ADD CONSTRAINT person_profile_once UNIQUE (prospect_id, account_id)",
            reverse_sql="ALTER TABLE person_profile DROP CONSTRAINT person_profile_once",
        ),
        *(
            ops.RunSQL(f"CREATE INDEX {name} ON contact_statement {what}", reverse_sql=f"DROP INDEX {name}")
            for name, what in INDEXES.items()
        ),
    ]
