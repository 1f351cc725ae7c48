"""Calls with their legs, attempts, notes and notices; dispatches to employees of companies."""

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
    ("call", "call_answered_by_agent"): "CHECK (answered_at IS NULL OR agent_id IS NOT NULL)",
    ("call", "call_forgotten"): "CHECK (forgotten_at IS NULL OR (caller IS NULL AND caller_shown = ''))",
    ("transfer_attempt", "transfer_attempt_once"): "UNIQUE (call_id, ordinal)",
    ("transfer_attempt", "transfer_attempt_ends_with_a_result"): "CHECK ((result = 'CALLING') = (result_at IS NULL))",
    ("call_notice", "call_notice_once"): "UNIQUE (call_id, employee_id, channel)",
}
INDEXES = {
    # One employee at a time is tried.
    "transfer_attempt_open": "UNIQUE INDEX {} ON transfer_attempt (call_id) WHERE result = 'CALLING'",
    "call_open": "INDEX {} ON call (ringing_at) WHERE finished_at IS NULL AND closed_at IS NULL",
    "call_to_forget": "INDEX {} ON call (forget_at) WHERE forgotten_at IS NULL",
    # For lists of all companies' calls, and for agents, who see calls until some time after their end.
    "call_newest": "INDEX {} ON call (ringing_at, id)",
    "call_ended": "INDEX {} ON call (coalesce(finished_at, closed_at))",
    "call_of_caller": "INDEX {} ON call (caller) WHERE caller IS NOT NULL",
    "dispatch_of_employee": "INDEX {} ON dispatch (employee_id, id) WHERE employee_id IS NOT NULL",
}
UNREAD = "INDEX feed_event_unread ON feed_event (recipient, seq) WHERE read_at IS NULL"


class Migration(migrations.Migration):
    dependencies = [('models', '0020_calls')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Call',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('secretariat', fields.ForeignKeyField('models.Secretariat', source_field='secretariat_id', db_constraint=True, to_field='id', related_name='calls', on_delete=OnDelete.RESTRICT)),
                ('policy', fields.ForeignKeyField('models.PolicyVersion', source_field='policy_id', db_constraint=True, to_field='id', related_name='calls', on_delete=OnDelete.RESTRICT)),
                ('external_id', fields.CharField(null=True, unique=True, max_length=128)),
                ('caller', fields.CharField(null=True, max_length=16)),
                ('caller_shown', fields.CharField(max_length=64)),
                ('caller_kind', fields.CharField(max_length=10)),
                ('caller_trust', fields.CharField(max_length=10)),
                ('dialled', fields.CharField(max_length=16)),
                ('diverted_from', fields.CharField(null=True, max_length=16)),
                ('ringing_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('answered_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('hung_up_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('taken_over_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('agent', fields.ForeignKeyField('models.User', source_field='agent_id', null=True, db_constraint=True, to_field='id', related_name='answered_calls', on_delete=OnDelete.RESTRICT)),
                ('wanted_employee', fields.ForeignKeyField('models.Employee', source_field='wanted_employee_id', null=True, db_constraint=True, to_field='id', related_name='wanted_by', on_delete=OnDelete.RESTRICT)),
                ('vip_caller', fields.ForeignKeyField('models.VipCaller', source_field='vip_caller_id', null=True, db_constraint=True, to_field='id', related_name='calls', on_delete=OnDelete.SET_NULL)),
                ('faq_entry', fields.ForeignKeyField('models.FaqEntry', source_field='faq_entry_id', null=True, db_constraint=True, to_field='id', related_name='calls', on_delete=OnDelete.SET_NULL)),
                ('finished_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('closed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('outcome', fields.CharField(null=True, max_length=20)),
                ('cause', fields.CharField(null=True, max_length=64)),
                ('flags', ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type='TEXT')),
                ('typed_seconds', fields.IntField(null=True)),
                ('forget_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('forgotten_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'call', 'app': 'models', 'constraints': [CheckConstraint(check='answered_at IS NULL OR agent_id IS NOT NULL', name='call_answered_by_agent'), CheckConstraint(check="forgotten_at IS NULL OR (caller IS NULL AND caller_shown = '')", name='call_forgotten')], 'indexes': [Index(fields=['secretariat_id', 'ringing_at'])], 'pk_attr': 'id', 'table_description': 'A call; its state is not stored, but follows from what is known (`models.calls.state`).'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='CallLeg',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('call', fields.ForeignKeyField('models.Call', source_field='call_id', db_constraint=True, to_field='id', related_name='legs', on_delete=OnDelete.CASCADE)),
                ('external_id', fields.CharField(unique=True, max_length=128)),
                ('kind', fields.CharField(max_length=10)),
                ('started_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('answered_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('result', fields.CharField(null=True, max_length=12)),
                ('result_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('cause', fields.CharField(null=True, max_length=64)),
            ],
            options={'table': 'call_leg', 'app': 'models', 'indexes': [Index(fields=['call_id'])], 'pk_attr': 'id', 'table_description': 'A part of a call, as a telephone system counts them.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='CallNote',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('call', fields.OneToOneField('models.Call', source_field='call_id', db_constraint=True, to_field='id', related_name='note', on_delete=OnDelete.CASCADE)),
                ('version', fields.IntField(default=1)),
                ('caller_name', fields.CharField(null=True, max_length=200)),
                ('company', fields.CharField(null=True, max_length=200)),
                ('phone', fields.CharField(null=True, max_length=64)),
                ('concern', fields.TextField(null=True, unique=False)),
                ('answers', fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ('refused_keys', ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type='TEXT')),
                ('waived_keys', ArrayField(default=list, db_default=SqlDefault("'{}'"), element_type='TEXT')),
                ('urgent', fields.BooleanField(default=False)),
                ('callback_by', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'call_note', 'app': 'models', 'pk_attr': 'id', 'table_description': 'What the caller left; emptied when the caller is forgotten.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='CallNotice',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('call', fields.ForeignKeyField('models.Call', source_field='call_id', db_constraint=True, to_field='id', related_name='notices', on_delete=OnDelete.CASCADE)),
                ('employee', fields.ForeignKeyField('models.Employee', source_field='employee_id', db_constraint=True, to_field='id', related_name='notices', on_delete=OnDelete.RESTRICT)),
                ('channel', fields.CharField(max_length=10)),
                ('decision_id', fields.UUIDField()),
                ('message', fields.ForeignKeyField('models.OutboxMessage', source_field='message_id', null=True, db_constraint=True, to_field='id', related_name='call_notices', on_delete=OnDelete.RESTRICT)),
            ],
            options={'table': 'call_notice', 'app': 'models', 'constraints': [UniqueConstraint(fields=('call_id', 'employee_id', 'channel'), name='call_notice_once')], 'pk_attr': 'id', 'table_description': 'Whether and why an employee is told of a call on a channel; at most once on each.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='TransferAttempt',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('call', fields.ForeignKeyField('models.Call', source_field='call_id', db_constraint=True, to_field='id', related_name='attempts', on_delete=OnDelete.CASCADE)),
                ('ordinal', fields.IntField()),
                ('employee', fields.ForeignKeyField('models.Employee', source_field='employee_id', db_constraint=True, to_field='id', related_name='attempts', on_delete=OnDelete.RESTRICT)),
                ('number', fields.CharField(max_length=16)),
                ('leg', fields.CharField(null=True, max_length=128)),
                ('started_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('result', fields.CharField(default='CALLING', max_length=12)),
                ('result_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('talk_seconds', fields.IntField(null=True)),
                ('measured', fields.BooleanField(default=False)),
                ('message_for_caller', fields.CharField(null=True, max_length=500)),
                ('decision_id', fields.UUIDField()),
                ('by', fields.CharField(max_length=10)),
            ],
            options={'table': 'transfer_attempt', 'app': 'models', 'constraints': [UniqueConstraint(fields=('call_id', 'ordinal'), name='transfer_attempt_once'), CheckConstraint(check="(result = 'CALLING') = (result_at IS NULL)", name='transfer_attempt_ends_with_a_result')], 'pk_attr': 'id', 'table_description': 'An attempt to put a call through to an employee (S4.13, S4.18).'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='CallerErasure',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('secretariat', fields.ForeignKeyField('models.Secretariat', source_field='secretariat_id', null=True, db_constraint=True, to_field='id', related_name='erasures', on_delete=OnDelete.RESTRICT)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('by', fields.ForeignKeyField('models.User', source_field='by_id', null=True, db_constraint=True, to_field='id', related_name='caller_erasures', on_delete=OnDelete.RESTRICT)),
                ('reason', fields.TextField(unique=False)),
                ('calls', fields.IntField()),
                ('vip_callers', fields.IntField()),
            ],
            options={'table': 'caller_erasure', 'app': 'models', 'pk_attr': 'id', 'table_description': 'That a caller was erased on request, by whom and why; not whose number it was.'},
            bases=['Model'],
        ),
        ops.RemoveConstraint(
            model_name='Dispatch',
            name='dispatch_one_addressee',
            fields=None,
        ),
        ops.AddField(
            model_name='Dispatch',
            name='copy',
            field=fields.SmallIntField(null=True),
        ),
        ops.AddField(
            model_name='Dispatch',
            name='employee',
            field=fields.ForeignKeyField('models.Employee', source_field='employee_id', null=True, db_constraint=True, to_field='id', related_name='dispatches', on_delete=OnDelete.RESTRICT),
        ),
        ops.AddConstraint(
            model_name='Dispatch',
            constraint=UniqueConstraint(fields=('message_id', 'channel', 'employee_id', 'copy'), name='dispatch_once_per_employee'),
        ),
        ops.AddConstraint(
            model_name='Dispatch',
            constraint=CheckConstraint(check='num_nonnulls(user_id, lead_id, device_id, endpoint_id, employee_id) = 1', name='dispatch_one_addressee'),
        ),
        ops.AddConstraint(
            model_name='Dispatch',
            constraint=CheckConstraint(check='(employee_id IS NULL) = (copy IS NULL)', name='dispatch_employee_with_copy'),
        ),
        ops.RunSQL(
            [
                *(
                    f"ALTER TABLE {table} ADD CONSTRAINT {name} {rule}"
                    for (table, name), rule in CONSTRAINTS.items()
                ),
                *(f"CREATE {rule.format(name)}" for name, rule in INDEXES.items()),
                # Changes of calls are not notifications, so they are never read, and would fill it.
                "DROP INDEX feed_event_unread",
                f"CREATE {UNREAD} AND kind <> 'CALL_CHANGED'",
            ],
            reverse_sql=[
                "DROP INDEX feed_event_unread",
                f"CREATE {UNREAD}",
                *(f"DROP INDEX {name}" for name in INDEXES),
                *(f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name in CONSTRAINTS),
            ],
        ),
    ]
