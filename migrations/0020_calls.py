"""The phone secretariat: set-ups, numbers, employees and their times, VIPs, FAQ, and who changed what."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base.ids import new_id
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.fields.db_defaults import SqlDefault
from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

CONSTRAINTS = {
    ("secretariat", "secretariat_greets_by_name"): r"CHECK (greeting ~ '\[(Vorname, Nachname|Vorname|Nachname)\]')",
    ("secretariat", "secretariat_forgets_in_time"): "CHECK (retention_days BETWEEN 30 AND 730)",
    ("agent_of", "agent_of_once"): "UNIQUE (secretariat_id, user_id)",
    ("asked_field", "asked_field_once"): "UNIQUE (secretariat_id, key)",
    ("employee", "employee_sms_needs_mobile"): "CHECK (NOT sms_tick OR mobile IS NOT NULL)",
    ("employee", "employee_is_no_own_deputy"): "CHECK (deputy_id <> id)",
    ("weekly_hours", "weekly_hours_within_a_day"): "CHECK (weekday BETWEEN 1 AND 7 AND 0 <= from_minute"
    " AND from_minute < until_minute AND until_minute <= 1440)",
    ("appointment", "appointment_ends_after_it_starts"): "CHECK (starts_at < ends_at)",
    ("appointment", "appointment_at_most_two_years"): "CHECK (ends_at <= starts_at + interval '734 days')",
    ("appointment", "appointment_days_are_whole"): "CHECK (num_nulls(first_day, last_day) IN (0, 2))",
}
# A number is one company's at a time; a caller has one entry per employee, and one of the company.
INDEXES = {
    "secretariat_number_once": "UNIQUE INDEX {} ON secretariat_number (number) WHERE until IS NULL",
    "vip_caller_once": "UNIQUE INDEX {} ON vip_caller (secretariat_id, number, block,"
    " coalesce(employee_id, '00000000-0000-0000-0000-000000000000'))",
}


class Migration(migrations.Migration):
    dependencies = [('models', '0019_calendar_changes')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Secretariat',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('account', fields.OneToOneField('models.Account', source_field='account_id', db_constraint=True, to_field='id', related_name='secretariat', on_delete=OnDelete.RESTRICT)),
                ('market', fields.ForeignKeyField('models.Market', source_field='market_id', db_constraint=True, to_field='id', related_name='secretariats', on_delete=OnDelete.RESTRICT)),
                ('version', fields.IntField(default=1)),
                ('greeting', fields.TextField(unique=False)),
                ('handling_instruction', fields.TextField(null=True, unique=False)),
                ('language', fields.CharField(max_length=10)),
                ('time_zone', fields.CharField(max_length=64)),
                ('holidays_of', fields.CharField(max_length=6)),
                ('transfer_included', fields.BooleanField()),
                ('retention_days', fields.IntField(null=True)),
                ('confirmed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('confirmed_by', fields.ForeignKeyField('models.User', source_field='confirmed_by_id', null=True, db_constraint=True, to_field='id', related_name='confirmed_secretariats', on_delete=OnDelete.RESTRICT)),
                ('changed_parts', ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type='TEXT')),
                ('made_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'secretariat', 'app': 'models', 'constraints': [CheckConstraint(check="greeting ~ '\\[(Vorname, Nachname|Vorname|Nachname)\\]'", name='secretariat_greets_by_name'), CheckConstraint(check='retention_days BETWEEN 30 AND 730', name='secretariat_forgets_in_time')], 'pk_attr': 'id', 'table_description': "A company's set-up for its calls."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SecretariatNumber',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('secretariat', fields.ForeignKeyField('models.Secretariat', source_field='secretariat_id', db_constraint=True, to_field='id', related_name='numbers', on_delete=OnDelete.RESTRICT)),
                ('number', fields.CharField(max_length=16)),
                ('block', fields.BooleanField()),
                ('since', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('until', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'secretariat_number', 'app': 'models', 'indexes': [Index(fields=['secretariat_id'])], 'pk_attr': 'id', 'table_description': 'A number, or a block of numbers, that a secretariat answers; no two companies have one.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AgentOf',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('secretariat', fields.ForeignKeyField('models.Secretariat', source_field='secretariat_id', db_constraint=True, to_field='id', related_name='agents', on_delete=OnDelete.CASCADE)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', db_constraint=True, to_field='id', related_name='answers_for', on_delete=OnDelete.CASCADE)),
            ],
            options={'table': 'agent_of', 'app': 'models', 'constraints': [UniqueConstraint(fields=('secretariat_id', 'user_id'), name='agent_of_once')], 'pk_attr': 'id', 'table_description': "An agent who may answer a company's calls; without any, every agent may."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AskedField',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('secretariat', fields.ForeignKeyField('models.Secretariat', source_field='secretariat_id', db_constraint=True, to_field='id', related_name='asked_fields', on_delete=OnDelete.CASCADE)),
                ('key', fields.CharField(max_length=40)),
                ('label', fields.CharField(max_length=200)),
                ('kind', fields.CharField(max_length=10)),
                ('choices', ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type='TEXT')),
                ('required', fields.BooleanField()),
                ('position', fields.IntField()),
                ('built_in', fields.BooleanField()),
            ],
            options={'table': 'asked_field', 'app': 'models', 'constraints': [UniqueConstraint(fields=('secretariat_id', 'key'), name='asked_field_once')], 'pk_attr': 'id', 'table_description': 'Something that callers are asked (S4.6).'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Employee',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('secretariat', fields.ForeignKeyField('models.Secretariat', source_field='secretariat_id', db_constraint=True, to_field='id', related_name='employees', on_delete=OnDelete.RESTRICT)),
                ('version', fields.IntField(default=1)),
                ('first_name', fields.CharField(max_length=100)),
                ('last_name', fields.CharField(max_length=100)),
                ('sort_key', fields.CharField(max_length=40)),
                ('email', fields.CharField(max_length=254)),
                ('cc', ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type='TEXT')),
                ('position', fields.CharField(null=True, max_length=200)),
                ('responsibility', fields.CharField(null=True, max_length=200)),
                ('mobile', fields.CharField(null=True, max_length=16)),
                ('sms_tick', fields.BooleanField(default=False)),
                ('vip_sms_tick', fields.BooleanField(default=False)),
                ('extension', fields.CharField(null=True, max_length=16)),
                ('wish', fields.CharField(default='NONE', max_length=10)),
                ('deputy', fields.ForeignKeyField('models.Employee', source_field='deputy_id', null=True, db_constraint=True, to_field='id', related_name='deputy_of', on_delete=OnDelete.RESTRICT)),
                ('absence_text', fields.CharField(null=True, max_length=500)),
                ('user', fields.OneToOneField('models.User', source_field='user_id', null=True, db_constraint=True, to_field='id', related_name='employee', on_delete=OnDelete.RESTRICT)),
                ('made_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('removed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'employee', 'app': 'models', 'constraints': [CheckConstraint(check='NOT sms_tick OR mobile IS NOT NULL', name='employee_sms_needs_mobile'), CheckConstraint(check='deputy_id <> id', name='employee_is_no_own_deputy')], 'indexes': [Index(fields=['secretariat_id', 'sort_key', 'id']), Index(fields=['deputy_id'])], 'pk_attr': 'id', 'table_description': "Somebody who may get a company's calls; one who was removed stays, for the calls of before."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='WeeklyHours',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('employee', fields.ForeignKeyField('models.Employee', source_field='employee_id', db_constraint=True, to_field='id', related_name='hours', on_delete=OnDelete.CASCADE)),
                ('weekday', fields.SmallIntField()),
                ('from_minute', fields.SmallIntField()),
                ('until_minute', fields.SmallIntField()),
            ],
            options={'table': 'weekly_hours', 'app': 'models', 'constraints': [CheckConstraint(check='weekday BETWEEN 1 AND 7 AND 0 <= from_minute AND from_minute < until_minute AND until_minute <= 1440', name='weekly_hours_within_a_day')], 'indexes': [Index(fields=['employee_id'])], 'pk_attr': 'id', 'table_description': 'When an employee takes calls: minutes of one day of the week, by a clock on the wall.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Appointment',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('employee', fields.ForeignKeyField('models.Employee', source_field='employee_id', db_constraint=True, to_field='id', related_name='appointments', on_delete=OnDelete.CASCADE)),
                ('version', fields.IntField(default=1)),
                ('starts_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ends_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('first_day', fields.DateField(null=True)),
                ('last_day', fields.DateField(null=True)),
                ('text', fields.CharField(max_length=500)),
                ('reachable', fields.BooleanField()),
                ('source', fields.CharField(max_length=10)),
                ('made_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'appointment', 'app': 'models', 'constraints': [CheckConstraint(check='starts_at < ends_at', name='appointment_ends_after_it_starts'), CheckConstraint(check="ends_at <= starts_at + interval '734 days'", name='appointment_at_most_two_years'), CheckConstraint(check='num_nulls(first_day, last_day) IN (0, 2)', name='appointment_days_are_whole')], 'indexes': [Index(fields=['employee_id', 'starts_at', 'ends_at'])], 'pk_attr': 'id', 'table_description': 'When an employee is away, or reachable all the same; whole days also have their dates.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='VipCaller',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('secretariat', fields.ForeignKeyField('models.Secretariat', source_field='secretariat_id', db_constraint=True, to_field='id', related_name='vips', on_delete=OnDelete.RESTRICT)),
                ('employee', fields.ForeignKeyField('models.Employee', source_field='employee_id', null=True, db_constraint=True, to_field='id', related_name='vips', on_delete=OnDelete.CASCADE)),
                ('version', fields.IntField(default=1)),
                ('number', fields.CharField(max_length=16)),
                ('block', fields.BooleanField()),
                ('name', fields.CharField(max_length=100)),
                ('note', fields.TextField(unique=False)),
                ('treatment', fields.CharField(max_length=10)),
                ('waives', ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type='TEXT')),
            ],
            options={'table': 'vip_caller', 'app': 'models', 'indexes': [Index(fields=['secretariat_id', 'number']), Index(fields=['secretariat_id', 'id']), Index(fields=['employee_id'])], 'pk_attr': 'id', 'table_description': 'A caller whom a company, or one employee, treats in a special way (S4.22).'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='FaqEntry',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('secretariat', fields.ForeignKeyField('models.Secretariat', source_field='secretariat_id', db_constraint=True, to_field='id', related_name='faq', on_delete=OnDelete.RESTRICT)),
                ('version', fields.IntField(default=1)),
                ('position', fields.IntField()),
                ('question', fields.CharField(max_length=500)),
                ('answer', fields.TextField(unique=False)),
            ],
            options={'table': 'faq_entry', 'app': 'models', 'indexes': [Index(fields=['secretariat_id', 'position'])], 'pk_attr': 'id', 'table_description': 'A question with the answer that callers may be told (S4.23).'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SecretariatChange',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('secretariat', fields.ForeignKeyField('models.Secretariat', source_field='secretariat_id', db_constraint=True, to_field='id', related_name='changes', on_delete=OnDelete.RESTRICT)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('by', fields.ForeignKeyField('models.User', source_field='by_id', null=True, db_constraint=True, to_field='id', related_name='secretariat_changes', on_delete=OnDelete.RESTRICT)),
                ('subject_kind', fields.CharField(max_length=20)),
                ('subject_id', fields.UUIDField()),
                ('fields_changed', ArrayField(element_type='TEXT')),
            ],
            options={'table': 'secretariat_change', 'app': 'models', 'indexes': [Index(fields=['secretariat_id', 'id'])], 'pk_attr': 'id', 'table_description': 'Who changed what and when; the names of fields only, never their values.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Secretariat',
            name='fallback_employee',
            field=fields.ForeignKeyField('models.Employee', source_field='fallback_employee_id', null=True, db_constraint=True, to_field='id', related_name='fallback_of', on_delete=OnDelete.RESTRICT),
        ),
        ops.RunSQL(
            [
                *(
                    f"ALTER TABLE {table} ADD CONSTRAINT {name} {rule}"
                    for (table, name), rule in CONSTRAINTS.items()
                ),
                *(f"CREATE {rule.format(name)}" for name, rule in INDEXES.items()),
            ],
            reverse_sql=[
                *(f"DROP INDEX {name}" for name in INDEXES),
                *(f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name in CONSTRAINTS),
            ],
        ),
    ]
