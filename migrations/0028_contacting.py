"""Contacting: stops by scope and medium that end or are lifted, lists of people who want no calls, attempts.

A contact says whether its time zone was given or derived; of those that exist, that is not known.

What exists of stops came from upheld "no consent" complaints: they bind everybody, for all media, without end.
"""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base.ids import new_id
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

# A person, vendor and medium has one stop at a time. Lists of leads look only for stops that bind everybody.
INDEXES = {
    "do_not_contact_once": (
        "UNIQUE INDEX",
        "(prospect_id, scope, coalesce(account_id, prospect_id), coalesce(medium, '')) WHERE lifted_at IS NULL",
    ),
    "do_not_contact_of_market": (
        "INDEX",
        "(prospect_id) WHERE scope = 'MARKET' AND medium IS NULL AND lifted_at IS NULL",
    ),
}
# That a stop has its account, and ends after its start.
CHECKS = {
    "do_not_contact_has_its_account": "(scope = 'ACCOUNT') = (account_id IS NOT NULL)",
    "do_not_contact_ends_after_its_start": "until > since",
}
UNIQUE = {
    "opt_out_list_once": ("opt_out_list", "country, medium, kind, name"),
    "opt_out_entry_once": ("opt_out_entry", "key_hmac, list_id"),
}


class Migration(migrations.Migration):
    dependencies = [('models', '0027_messages_among_events')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ContactAttempt',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('account', fields.ForeignKeyField('models.Account', source_field='account_id', db_constraint=True, to_field='id', related_name='contact_attempts', on_delete=OnDelete.RESTRICT)),
                ('lead', fields.ForeignKeyField('models.Lead', source_field='lead_id', db_constraint=True, to_field='id', related_name='contact_attempts', on_delete=OnDelete.RESTRICT)),
                ('prospect_id', fields.UUIDField()),
                ('medium', fields.CharField(max_length=10)),
                ('goal', fields.CharField(null=True, max_length=20)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('outcome', fields.CharField(max_length=30)),
                ('advice_decision_id', fields.UUIDField(null=True)),
                ('followed', fields.BooleanField(null=True)),
                ('randomised', fields.BooleanField(null=True)),
                ('recorded_by', fields.ForeignKeyField('models.User', source_field='recorded_by_id', null=True, db_constraint=True, to_field='id', related_name='contact_attempts', on_delete=OnDelete.RESTRICT)),
                ('recorded_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('against_stop', fields.BooleanField(default=False)),
            ],
            options={'table': 'contact_attempt', 'app': 'models', 'indexes': [Index(fields=['lead_id', 'at', 'id']), Index(fields=['account_id', 'prospect_id', 'at'])], 'pk_attr': 'id', 'table_description': 'An attempt of a vendor to contact the person of a lead; without `recorded_by` the product recorded it.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='OptOutList',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('name', fields.CharField(max_length=200)),
                ('country', fields.CharField(max_length=2)),
                ('medium', fields.CharField(max_length=10)),
                ('kind', fields.CharField(max_length=20)),
                ('refreshed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('max_age', fields.IntField(null=True)),
                ('entries', fields.IntField()),
            ],
            options={'table': 'opt_out_list', 'app': 'models', 'constraints': [UniqueConstraint(fields=('country', 'medium', 'kind', 'name'), name='opt_out_list_once')], 'pk_attr': 'id', 'table_description': 'A list of people who want no advertising, replaced whole by each import.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='OptOutEntry',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('list', fields.ForeignKeyField('models.OptOutList', source_field='list_id', db_constraint=True, to_field='id', related_name='listed', on_delete=OnDelete.CASCADE)),
                ('key_hmac', fields.CharField(max_length=64)),
            ],
            options={'table': 'opt_out_entry', 'app': 'models', 'constraints': [UniqueConstraint(fields=('key_hmac', 'list_id'), name='opt_out_entry_once')], 'pk_attr': 'id', 'table_description': 'A number or address on a list, as its keyed hash only.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Contact',
            name='time_zone_given',
            field=fields.BooleanField(default=False),
        ),
        ops.AlterModelOptions(
            name='DoNotContact',
            options={'table': 'do_not_contact', 'app': 'models', 'constraints': [CheckConstraint(check="(scope = 'ACCOUNT') = (account_id IS NOT NULL)", name='do_not_contact_has_its_account'), CheckConstraint(check='until > since', name='do_not_contact_ends_after_its_start')], 'indexes': [Index(fields=['act_id'])], 'pk_attr': 'id', 'table_description': 'That a person must not be contacted: by anybody or by one vendor, at all or by one medium.'},
        ),
        ops.AlterField(
            model_name='DoNotContact',
            name='prospect',
            field=fields.ForeignKeyField('models.Prospect', source_field='prospect_id', db_constraint=True, to_field='id', related_name='do_not_contact', on_delete=OnDelete.RESTRICT),
        ),
        *(
            ops.AddField(model_name='DoNotContact', name=name, field=field)
            for name, field in {
                'account': fields.ForeignKeyField('models.Account', source_field='account_id', null=True, db_constraint=True, to_field='id', related_name='do_not_contact', on_delete=OnDelete.RESTRICT),
                'act_id': fields.UUIDField(null=True),
                'lift_reason': fields.CharField(null=True, max_length=500),
                'lifted_at': fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                'lifted_by': fields.UUIDField(null=True),
                'medium': fields.CharField(null=True, max_length=10),
                'origin': fields.CharField(null=True, max_length=20),
                'reason_code': fields.CharField(null=True, max_length=20),
                'scope': fields.CharField(null=True, max_length=10),
                'until': fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
            }.items()
        ),
        ops.RunSQL(
            "UPDATE do_not_contact SET scope = 'MARKET', origin = 'COMPLAINT', act_id = coalesce(item_id, id)",
            reverse_sql="DELETE FROM do_not_contact WHERE scope <> 'MARKET' OR medium IS NOT NULL OR lifted_at IS NOT NULL",
        ),
        *(
            ops.AlterField(model_name='DoNotContact', name=name, field=field)
            for name, field in {
                'act_id': fields.UUIDField(),
                'origin': fields.CharField(max_length=20),
                'scope': fields.CharField(max_length=10),
            }.items()
        ),
        ops.AddIndex(
            model_name='DoNotContact',
            index=Index(fields=['act_id']),
        ),
        *(
            ops.RunSQL(
                f"ALTER TABLE do_not_contact ADD CONSTRAINT {name} CHECK ({check})",
                reverse_sql=f"ALTER TABLE do_not_contact DROP CONSTRAINT {name}",
            )
            for name, check in CHECKS.items()
        ),
        *(
            ops.RunSQL(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE ({columns})",
                reverse_sql=f"ALTER TABLE {table} DROP CONSTRAINT {name}",
            )
            for name, (table, columns) in UNIQUE.items()
        ),
        *(
            ops.RunSQL(f"CREATE {kind} {name} ON do_not_contact {what}", reverse_sql=f"DROP INDEX {name}")
            for name, (kind, what) in INDEXES.items()
        ),
    ]
