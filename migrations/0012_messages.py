"""Sending: dispatches of outbox messages and their attempts, suppressed addresses, preferences, links."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base.ids import new_id
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

# The steps of a dispatch. Those back to WAITING from the right are an operator's.
STEPS = {
    "WAITING": ("SENDING", "SUPPRESSED", "EXPIRED", "CANCELLED"),
    "SENDING": ("SENT", "WAITING", "UNCERTAIN", "DEAD"),
    "UNCERTAIN": ("SENT", "WAITING"),
    "DEAD": ("WAITING",),
    "SUPPRESSED": ("WAITING",),
}
LEGAL = ", ".join(f"('{before}', '{after}')" for before, later in STEPS.items() for after in later)
REFUSE_OTHER_STEPS = f"""CREATE FUNCTION leadgate_check_dispatch_step() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (OLD.state, NEW.state) NOT IN ({LEGAL}) THEN
            RAISE EXCEPTION 'a dispatch cannot go from % to %', OLD.state, NEW.state
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$"""
CONSTRAINTS = {
    ("dispatch", "dispatch_once_per_user"): "UNIQUE (message_id, channel, user_id)",
    ("dispatch", "dispatch_once_per_lead"): "UNIQUE (message_id, channel, lead_id)",
    ("dispatch", "dispatch_one_addressee"): "CHECK (num_nonnulls(user_id, lead_id) = 1)",
    ("dispatch", "dispatch_claimed_while_sending"): "CHECK ((state = 'SENDING') = (claim IS NOT NULL))",
    ("dispatch_attempt", "dispatch_attempt_once"): "UNIQUE (dispatch_id, number)",
    ("mail_link", "mail_link_is_somebodys"): "CHECK (num_nonnulls(prospect_id, user_id) > 0)",
    ("notification_preference", "notification_preference_once"): "UNIQUE (user_id, grouping, channel)",
}
INDEXES = {
    "outbox_unexpanded": "outbox_message (id) WHERE expanded_at IS NULL",
    "outbox_ordering": "outbox_message (ordering, id) WHERE ordering IS NOT NULL",
    "outbox_replaces": "outbox_message (replaces, id) WHERE replaces IS NOT NULL",
    "outbox_by_subject": "outbox_message (subject)",
    "dispatch_waiting": "dispatch (channel, due_at, id) WHERE state = 'WAITING'",
    "dispatch_sending": "dispatch (channel, lease_until) WHERE state = 'SENDING'",
    "dispatch_problems": "dispatch (state) WHERE state IN ('UNCERTAIN', 'DEAD')",
}
# Messages of before were never sent, and are not sent now. Their policy is that of what they are about.
OLD_MESSAGES = """UPDATE outbox_message SET expanded_at = created_at,
    necessity = CASE WHEN template IN ('lead_delivered', 'complaint_filed') THEN 'OPTIONAL'
                     ELSE 'PART_OF_THE_CONTRACT' END,
    grouping = CASE WHEN template LIKE 'complaint%' THEN 'COMPLAINTS'
                    WHEN template LIKE 'calendar%' THEN 'MEETINGS'
                    WHEN template = 'lead_delivered' THEN 'LEADS' ELSE 'APPLICATIONS' END,
    policy_id = coalesce((SELECT policy_id FROM application WHERE application.id = subject),
                         (SELECT policy_id FROM delivery WHERE delivery.id = subject),
                         (SELECT policy_id FROM complaint WHERE complaint.id = subject))"""


class Migration(migrations.Migration):
    dependencies = [('models', '0011_stopped_contacts')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Dispatch',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('message', fields.ForeignKeyField('models.OutboxMessage', source_field='message_id', db_constraint=True, to_field='id', related_name='dispatches', on_delete=OnDelete.RESTRICT)),
                ('channel', fields.CharField(max_length=10)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', null=True, db_constraint=True, to_field='id', related_name='dispatches', on_delete=OnDelete.RESTRICT)),
                ('lead', fields.ForeignKeyField('models.Lead', source_field='lead_id', null=True, db_constraint=True, to_field='id', related_name='dispatches', on_delete=OnDelete.RESTRICT)),
                ('state', fields.CharField(default='WAITING', max_length=20)),
                ('version', fields.IntField(default=1)),
                ('due_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('claim', fields.UUIDField(null=True)),
                ('lease_until', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('attempts', fields.IntField(default=0)),
                ('first_attempt_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('sent_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('provider_reference', fields.CharField(null=True, max_length=200)),
                ('receipt', fields.CharField(null=True, max_length=20)),
                ('receipt_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('decision_id', fields.UUIDField(null=True)),
                ('retry_decision_id', fields.UUIDField(null=True)),
                ('cost_cents', fields.IntField(null=True)),
                ('comment', fields.CharField(null=True, max_length=500)),
            ],
            options={'table': 'dispatch', 'app': 'models', 'constraints': [UniqueConstraint(fields=('message_id', 'channel', 'user_id'), name='dispatch_once_per_user'), UniqueConstraint(fields=('message_id', 'channel', 'lead_id'), name='dispatch_once_per_lead'), CheckConstraint(check='num_nonnulls(user_id, lead_id) = 1', name='dispatch_one_addressee'), CheckConstraint(check="(state = 'SENDING') = (claim IS NOT NULL)", name='dispatch_claimed_while_sending')], 'indexes': [Index(fields=['user_id', 'id'])], 'pk_attr': 'id', 'table_description': 'One message to one addressee on one channel; exactly one of the columns of addressees is set.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='DispatchAttempt',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('dispatch', fields.ForeignKeyField('models.Dispatch', source_field='dispatch_id', db_constraint=True, to_field='id', related_name='tries', on_delete=OnDelete.CASCADE)),
                ('number', fields.IntField()),
                ('started_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('outcome', fields.CharField(null=True, max_length=20)),
                ('code', fields.CharField(null=True, max_length=40)),
                ('detail', fields.CharField(null=True, max_length=200)),
            ],
            options={'table': 'dispatch_attempt', 'app': 'models', 'constraints': [UniqueConstraint(fields=('dispatch_id', 'number'), name='dispatch_attempt_once')], 'pk_attr': 'id', 'table_description': 'One conversation with a provider; without an end while it lasts, or after its worker was killed.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='MailLink',
            fields=[
                ('token_hash', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ('purpose', fields.CharField(max_length=30)),
                ('subject', fields.UUIDField()),
                ('prospect', fields.ForeignKeyField('models.Prospect', source_field='prospect_id', null=True, db_constraint=True, to_field='id', related_name='mail_links', on_delete=OnDelete.CASCADE)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', null=True, db_constraint=True, to_field='id', related_name='mail_links', on_delete=OnDelete.CASCADE)),
                ('expires_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('used_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('used_for', fields.CharField(null=True, max_length=40)),
            ],
            options={'table': 'mail_link', 'app': 'models', 'constraints': [CheckConstraint(check='num_nonnulls(prospect_id, user_id) > 0', name='mail_link_is_somebodys')], 'indexes': [Index(fields=['expires_at'])], 'pk_attr': 'token_hash', 'table_description': 'A link in a letter that does something; its token is stored as a hash only.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='NotificationPreference',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', db_constraint=True, to_field='id', related_name='preferences', on_delete=OnDelete.CASCADE)),
                ('grouping', fields.CharField(max_length=20)),
                ('channel', fields.CharField(max_length=10)),
                ('is_on', fields.BooleanField()),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'notification_preference', 'app': 'models', 'constraints': [UniqueConstraint(fields=('user_id', 'grouping', 'channel'), name='notification_preference_once')], 'pk_attr': 'id', 'table_description': 'Whether a user wants the optional messages of a group on a channel; without a row, they do.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Suppression',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('channel', fields.CharField(max_length=10)),
                ('address_key', fields.CharField(max_length=64)),
                ('reason', fields.CharField(max_length=20)),
                ('since', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('until', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('dispatch', fields.ForeignKeyField('models.Dispatch', source_field='dispatch_id', null=True, db_constraint=True, to_field='id', related_name='suppressions', on_delete=OnDelete.SET_NULL)),
                ('lifted_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('lifted_by', fields.UUIDField(null=True)),
                ('lift_reason', fields.CharField(null=True, max_length=500)),
            ],
            options={'table': 'suppression', 'app': 'models', 'indexes': [Index(fields=['channel', 'address_key'])], 'pk_attr': 'id', 'table_description': 'An address (its keyed hash) that is not written to on a channel, until an instant or until lifted.'},
            bases=['Model'],
        ),
        ops.AlterModelOptions(
            name='OutboxMessage',
            options={'table': 'outbox_message', 'app': 'models', 'pk_attr': 'id', 'table_description': 'One message. Those with the same `ordering` are sent one after the other; a newer one with the same'},
        ),
        ops.RunSQL(["DROP INDEX outbox_waiting"], reverse_sql=[]),
        *(
            ops.AddField(model_name='OutboxMessage', name=name, field=field)
            for name, field in {
                "expanded_at": fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                "event_id": fields.UUIDField(null=True),
                "ordering": fields.CharField(null=True, max_length=120),
                "replaces": fields.CharField(null=True, max_length=120),
                "necessity": fields.CharField(null=True, max_length=30),
                "grouping": fields.CharField(null=True, max_length=20),
                "policy_id": fields.UUIDField(null=True),
            }.items()
        ),
        ops.RunSQL([OLD_MESSAGES], reverse_sql=[]),
        ops.AlterField(model_name='OutboxMessage', name='necessity', field=fields.CharField(max_length=30)),
        ops.AlterField(model_name='OutboxMessage', name='grouping', field=fields.CharField(max_length=20)),
        ops.AlterField(model_name='OutboxMessage', name='policy_id', field=fields.UUIDField()),
        *(
            ops.RemoveField(model_name='OutboxMessage', name=name)
            for name in ("kind", "state", "attempts", "sent_at", "last_error")
        ),
        ops.RunSQL(
            [
                REFUSE_OTHER_STEPS,
                """CREATE TRIGGER dispatch_steps BEFORE UPDATE OF state ON dispatch
                   FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION leadgate_check_dispatch_step()""",
                *(f"ALTER TABLE {table} ADD CONSTRAINT {name} {rule}" for (table, name), rule in CONSTRAINTS.items()),
                *(f"CREATE INDEX {name} ON {on}" for name, on in INDEXES.items()),
            ],
            reverse_sql=[
                *(f"DROP INDEX {name}" for name in INDEXES),
                *(f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name in CONSTRAINTS),
                "DROP FUNCTION leadgate_check_dispatch_step() CASCADE",
            ],
        ),
    ]
