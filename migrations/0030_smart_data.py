"""Smart contact data: settings, searches, found fields, and organisations, which people join as contact data
becomes visible.
"""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base.ids import new_id
from orjson import loads
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.fields.db_defaults import SqlDefault
from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

CONSTRAINTS = {
    ("organisation", "organisation_once_by_name"): "UNIQUE (account_id, name_key)",
    ("organisation_person", "organisation_person_once_per_account"): "UNIQUE (account_id, lead_id)",
    ("smart_subject", "smart_subject_once_per_key"): "UNIQUE (account_id, kind, key_hmac)",
    ("smart_search", "smart_search_ends"): "CHECK ((state = 'RUNNING') = (ended_at IS NULL))",
    ("smart_search", "smart_search_no_hit_no_cost"): "CHECK (points = 0 OR found > 0)",
}
INDEXES = {
    "found_field_ends": "found_field ((coalesce(kept_until, expires_at)))",
    # By which a deletion finds what refers to the row.
    "found_field_superseded": "found_field (superseded_by_id) WHERE superseded_by_id IS NOT NULL",
    "smart_subject_organisation": "smart_subject (organisation_id) WHERE organisation_id IS NOT NULL",
}
LEGAL_FORMS = (
    "gmbh co kg|gmbh|mbh|co kg|kg|kgaa|ag|ug haftungsbeschrankt|ug|ohg|gbr|ek|e k|ev|e v|se"
    "|sp z oo|sp z o o|spzoo|spolka z ograniczona odpowiedzialnoscia|spolka akcyjna|sp j|sp k|sp p|sc|s c"
    "|sa|s a|srl d|srl|s r l|pfa|snc|scs|sas|sarl|eurl|spa|s p a|sl|bv|b v|nv|n v"
    "|ltd|limited|llc|inc|incorporated|corp|corporation|plc|llp|oy|oyj|ab|as|a s|aps|sro|s r o|kft|zrt"
    "|doo|d o o|eood|ood"
)
_MARKS = "!\"#$%&''()*+,-/:;<=>?@[\\]^_`{|}~„“”‘’«»–—·"  # the apostrophe is doubled for SQL
_MARKS_AND_BLANKS = f"'{_MARKS}' || chr(9) || chr(10) || chr(13)"
_COUNT = len(_MARKS) - 1 + 3
# As `models.smart_data.name_key`. It depends on no locale, so it can be called immutable.
NAME_KEY = f"""CREATE FUNCTION leadgate_name_key(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT left(regexp_replace(btrim(regexp_replace(translate(
            replace(replace(replace(replace(replace(replace(replace(
                translate(regexp_replace(normalize(name, NFKD), '[\\u0300-\\u036f]', '', 'g'),
                    'ABCDEFGHIJKLMNOPQRSTUVWXYZŁłØøĐđ', 'abcdefghijklmnopqrstuvwxyzlloodd'),
                'ß', 'ss'), 'ẞ', 'ss'), 'æ', 'ae'), 'Æ', 'ae'), 'œ', 'oe'), 'Œ', 'oe'), '.', ''),
            {_MARKS_AND_BLANKS}, repeat(' ', {_COUNT})), ' +', ' ', 'g')), '( ({LEGAL_FORMS}))+$', ''), 400)
    $$"""
# A hash, because names of contacts are stored with the contacts only.
ORGANISATION_KEY = """CREATE FUNCTION leadgate_organisation_key(account_id uuid, name text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
        SELECT encode(sha256(convert_to(account_id::text || ':' || leadgate_name_key(name), 'UTF8')), 'hex')
    $$"""
# In a fixed order, because of two transactions that add the same organisations each waits for the other.
_ADD_ORGANISATIONS = """INSERT INTO organisation (id, account_id, name_key, version)
    SELECT gen_random_uuid(), named.account_id, named.key, 1 FROM (
        SELECT DISTINCT delivered.account_id,
            leadgate_organisation_key(delivered.account_id, contact.organisation) AS key
        FROM {delivered} JOIN contact ON contact.lead_id = delivered.lead_id
        WHERE leadgate_name_key(contact.organisation) <> '') AS named
    ORDER BY named.account_id, named.key
    ON CONFLICT (account_id, name_key) DO NOTHING"""
_ADD_PEOPLE = """INSERT INTO organisation_person (id, organisation_id, account_id, lead_id, added_at)
    SELECT gen_random_uuid(), organisation.id, delivered.account_id, delivered.lead_id, delivered.received_at
    FROM {delivered} JOIN contact ON contact.lead_id = delivered.lead_id
    JOIN organisation ON organisation.account_id = delivered.account_id
        AND organisation.name_key = leadgate_organisation_key(delivered.account_id, contact.organisation)
    ORDER BY delivered.account_id, delivered.lead_id FOR KEY SHARE OF organisation
    ON CONFLICT (account_id, lead_id) DO NOTHING"""
# However contact data becomes visible, a delivery is written, so its person joins an organisation here.
JOIN_ORGANISATIONS = f"""CREATE FUNCTION leadgate_join_organisations() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT FROM delivered JOIN contact ON contact.lead_id = delivered.lead_id
                   WHERE contact.organisation IS NOT NULL) THEN
            {_ADD_ORGANISATIONS.format(delivered="delivered")};
            {_ADD_PEOPLE.format(delivered="delivered")};
        END IF;
        RETURN NULL;
    END $$"""
TRIGGER = """CREATE TRIGGER delivery_joins_organisations AFTER INSERT ON delivery
    REFERENCING NEW TABLE AS delivered FOR EACH STATEMENT EXECUTE FUNCTION leadgate_join_organisations()"""


class Migration(migrations.Migration):
    dependencies = [('models', '0029_advice')]

    initial = False

    operations = [
        ops.CreateModel(
            name='MailProvider',
            fields=[
                ('domain', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=253)),
                ('kind', fields.CharField(max_length=20)),
                ('set_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('set_by', fields.ForeignKeyField('models.User', source_field='set_by_id', db_constraint=True, to_field='id', related_name='mail_providers', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'mail_provider', 'app': 'models', 'pk_attr': 'domain', 'table_description': 'What operators say of a domain: a mail provider, a disposable one, or neither.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Organisation',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('account', fields.ForeignKeyField('models.Account', source_field='account_id', db_constraint=True, to_field='id', related_name='organisations', on_delete=OnDelete.CASCADE)),
                ('name_key', fields.CharField(max_length=64)),
                ('name_sealed', fields.BinaryField(null=True)),
                ('version', fields.IntField(default=1, db_default=1)),
            ],
            options={'table': 'organisation', 'app': 'models', 'constraints': [UniqueConstraint(fields=('account_id', 'name_key'), name='organisation_once_by_name')], 'pk_attr': 'id', 'table_description': 'An organisation as one account knows it, by a hash of the name that its contacts give.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='OrganisationPerson',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('organisation', fields.ForeignKeyField('models.Organisation', source_field='organisation_id', db_constraint=True, to_field='id', related_name='people', on_delete=OnDelete.CASCADE)),
                ('account', fields.ForeignKeyField('models.Account', source_field='account_id', db_constraint=True, to_field='id', related_name='organisation_people', on_delete=OnDelete.CASCADE)),
                ('lead', fields.ForeignKeyField('models.Lead', source_field='lead_id', db_constraint=True, to_field='id', related_name='organisation_people', on_delete=OnDelete.CASCADE)),
                ('added_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'organisation_person', 'app': 'models', 'constraints': [UniqueConstraint(fields=('account_id', 'lead_id'), name='organisation_person_once_per_account')], 'indexes': [Index(fields=['organisation_id', 'added_at', 'lead_id']), Index(fields=['lead_id'])], 'pk_attr': 'id', 'table_description': 'A person of an organisation: the contact of a lead. The first one gives its domain (S2.6).'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SmartDataSettings',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('account', fields.OneToOneField('models.Account', source_field='account_id', db_constraint=True, to_field='id', related_name='smart_data_settings', on_delete=OnDelete.CASCADE)),
                ('switched_on', fields.BooleanField()),
                ('switched_on_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('switched_on_by', fields.ForeignKeyField('models.User', source_field='switched_on_by_id', null=True, db_constraint=True, to_field='id', related_name='smart_data_switched', on_delete=OnDelete.RESTRICT)),
                ('sources', ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type='TEXT')),
                ('keep_history', fields.BooleanField()),
                ('version', fields.IntField()),
            ],
            options={'table': 'smart_data_settings', 'app': 'models', 'pk_attr': 'id', 'table_description': 'What an account has switched on; an account without a row has never done so.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SmartSubject',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('account', fields.ForeignKeyField('models.Account', source_field='account_id', db_constraint=True, to_field='id', related_name='smart_subjects', on_delete=OnDelete.CASCADE)),
                ('kind', fields.CharField(max_length=20)),
                ('key_hmac', fields.CharField(max_length=64)),
                ('lead', fields.ForeignKeyField('models.Lead', source_field='lead_id', null=True, db_constraint=True, to_field='id', related_name='smart_subjects', on_delete=OnDelete.SET_NULL)),
                ('prospect', fields.ForeignKeyField('models.Prospect', source_field='prospect_id', null=True, db_constraint=True, to_field='id', related_name='smart_subjects', on_delete=OnDelete.SET_NULL)),
                ('organisation', fields.ForeignKeyField('models.Organisation', source_field='organisation_id', null=True, db_constraint=True, to_field='id', related_name='smart_subjects', on_delete=OnDelete.SET_NULL)),
            ],
            options={'table': 'smart_subject', 'app': 'models', 'constraints': [UniqueConstraint(fields=('account_id', 'kind', 'key_hmac'), name='smart_subject_once_per_key')], 'indexes': [Index(fields=['prospect_id'])], 'pk_attr': 'id', 'table_description': 'Who or what an account has looked up, by the keyed hash of the address or domain.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SmartSearch',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('subject', fields.ForeignKeyField('models.SmartSubject', source_field='subject_id', db_constraint=True, to_field='id', related_name='searches', on_delete=OnDelete.CASCADE)),
                ('account', fields.ForeignKeyField('models.Account', source_field='account_id', db_constraint=True, to_field='id', related_name='smart_searches', on_delete=OnDelete.CASCADE)),
                ('lead', fields.ForeignKeyField('models.Lead', source_field='lead_id', db_constraint=True, to_field='id', related_name='smart_searches', on_delete=OnDelete.CASCADE)),
                ('policy', fields.ForeignKeyField('models.PolicyVersion', source_field='policy_id', db_constraint=True, to_field='id', related_name='smart_searches', on_delete=OnDelete.RESTRICT)),
                ('act', fields.CharField(max_length=20)),
                ('asked_by', fields.ForeignKeyField('models.User', source_field='asked_by_id', db_constraint=True, to_field='id', related_name='smart_searches', on_delete=OnDelete.RESTRICT)),
                ('asked_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('decision_id', fields.UUIDField()),
                ('state', fields.CharField(max_length=10)),
                ('taken_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('outcomes', fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ('address_status', fields.CharField(null=True, max_length=20)),
                ('address_checked_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('found', fields.IntField(default=0)),
                ('points', fields.IntField(default=0)),
            ],
            options={'table': 'smart_search', 'app': 'models', 'constraints': [CheckConstraint(check="(state = 'RUNNING') = (ended_at IS NULL)", name='smart_search_ends'), CheckConstraint(check='points = 0 OR found > 0', name='smart_search_no_hit_no_cost')], 'indexes': [Index(fields=['account_id', 'asked_at']), Index(fields=['subject_id', 'asked_at']), Index(fields=['lead_id'])], 'pk_attr': 'id', 'table_description': 'One search of public sources, and how each of them answered; never what they said.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='FoundField',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('subject', fields.ForeignKeyField('models.SmartSubject', source_field='subject_id', db_constraint=True, to_field='id', related_name='fields', on_delete=OnDelete.CASCADE)),
                ('search', fields.ForeignKeyField('models.SmartSearch', source_field='search_id', db_constraint=True, to_field='id', related_name='fields', on_delete=OnDelete.CASCADE)),
                ('kind', fields.CharField(max_length=30)),
                ('about', fields.CharField(max_length=20)),
                ('source', fields.CharField(max_length=20)),
                ('sealed', fields.BinaryField()),
                ('image_sealed', fields.BinaryField(null=True)),
                ('doubtful', fields.BooleanField()),
                ('stated_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('found_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('expires_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('kept_until', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('kept_by', fields.ForeignKeyField('models.User', source_field='kept_by_id', null=True, db_constraint=True, to_field='id', related_name='kept_fields', on_delete=OnDelete.RESTRICT)),
                ('removed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('superseded_by', fields.ForeignKeyField('models.FoundField', source_field='superseded_by_id', null=True, db_constraint=True, to_field='id', related_name='supersedes', on_delete=OnDelete.SET_NULL)),
            ],
            options={'table': 'found_field', 'app': 'models', 'indexes': [Index(fields=['subject_id']), Index(fields=['search_id'])], 'pk_attr': 'id', 'table_description': 'One value that a source gave. What a refresh replaced, or an account removed, has `removed_at`.'},
            bases=['Model'],
        ),
        *(
            ops.RunSQL(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} {rule}",
                reverse_sql=f"ALTER TABLE {table} DROP CONSTRAINT {name}",
            )
            for (table, name), rule in CONSTRAINTS.items()
        ),
        *(
            ops.RunSQL(f"CREATE INDEX {name} ON {what}", reverse_sql=f"DROP INDEX {name}")
            for name, what in INDEXES.items()
        ),
        ops.RunSQL(NAME_KEY, reverse_sql="DROP FUNCTION leadgate_name_key(text)"),
        ops.RunSQL(ORGANISATION_KEY, reverse_sql="DROP FUNCTION leadgate_organisation_key(uuid, text)"),
        ops.RunSQL(JOIN_ORGANISATIONS, reverse_sql="DROP FUNCTION leadgate_join_organisations()"),
        ops.RunSQL(TRIGGER, reverse_sql="DROP TRIGGER delivery_joins_organisations ON delivery"),
        # What was delivered before.
        ops.RunSQL(_ADD_ORGANISATIONS.format(delivered="delivery AS delivered"), reverse_sql="SELECT"),
        ops.RunSQL(_ADD_PEOPLE.format(delivered="delivery AS delivered"), reverse_sql="SELECT"),
    ]
