"""Webhooks: endpoints, how far they have read the feeds, replays, and dispatches to them."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base.ids import new_id
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

# The steps of a dispatch (0012); those of webhooks also lead from SENT to WAITING, when events are replayed,
# and from SENDING to CANCELLED, when the endpoint was deleted during an attempt.
STEPS = {
    "WAITING": ("SENDING", "SUPPRESSED", "EXPIRED", "CANCELLED"),
    "SENDING": ("SENT", "WAITING", "UNCERTAIN", "DEAD"),
    "UNCERTAIN": ("SENT", "WAITING"),
    "DEAD": ("WAITING",),
    "SUPPRESSED": ("WAITING",),
}
STEPS_OF_WEBHOOKS = {"SENT": ("WAITING",), "SENDING": ("CANCELLED",)}


def _listed(steps: dict[str, tuple[str, ...]]) -> str:
    return ", ".join(f"('{before}', '{after}')" for before, later in steps.items() for after in later)


def _refuse_other_steps(legal: str) -> str:
    return f"""CREATE OR REPLACE FUNCTION leadgate_check_dispatch_step() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT ({legal}) THEN
            RAISE EXCEPTION 'a dispatch cannot go from % to %', OLD.state, NEW.state
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$"""


LEGAL = f"(OLD.state, NEW.state) IN ({_listed(STEPS)})"
LEGAL_OF_WEBHOOKS = f"NEW.channel = 'WEBHOOK' AND (OLD.state, NEW.state) IN ({_listed(STEPS_OF_WEBHOOKS)})"
CONSTRAINTS = {
    ("webhook_endpoint", "webhook_endpoint_secret"): "CHECK ((deleted_at IS NULL) = (secret IS NOT NULL))",
    ("webhook_endpoint", "webhook_endpoint_watch"): "CHECK (num_nulls(watched_since, watch_policy_id) IN (0, 2))",
    ("webhook_position", "webhook_position_once"): "UNIQUE (endpoint_id, recipient)",
}
INDEXES = {
    "dispatch_of_endpoint": "dispatch (endpoint_id, id) WHERE endpoint_id IS NOT NULL",
    "dispatch_waiting_of_endpoint": "dispatch (endpoint_id, due_at, id) WHERE state = 'WAITING' AND endpoint_id IS NOT NULL",
    "dispatch_sending_of_endpoint": "dispatch (endpoint_id) WHERE state = 'SENDING' AND endpoint_id IS NOT NULL",
    # Replays read a period of all feeds. Rows come in the order of time, so ranges of pages suffice.
    "feed_event_at": "feed_event USING brin (at) WITH (pages_per_range = 32, autosummarize = on)",
}


class Migration(migrations.Migration):
    dependencies = [('models', '0017_calendar_feeds')]

    initial = False

    operations = [
        ops.CreateModel(
            name='WebhookEndpoint',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('version', fields.IntField(default=1)),
                ('account', fields.ForeignKeyField('models.Account', source_field='account_id', null=True, db_constraint=True, to_field='id', related_name='webhook_endpoints', on_delete=OnDelete.RESTRICT)),
                ('url', fields.CharField(max_length=2000)),
                ('events', fields.JSONField()),
                ('state', fields.CharField(default='ACTIVE', max_length=10)),
                ('disabled_decision_id', fields.UUIDField(null=True)),
                ('secret', fields.BinaryField(null=True)),
                ('previous_secret', fields.BinaryField(null=True)),
                ('rotates_until', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('failing_since', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('watched_since', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('watch_policy', fields.ForeignKeyField('models.PolicyVersion', source_field='watch_policy_id', null=True, db_constraint=True, to_field='id', related_name='watched_endpoints', on_delete=OnDelete.RESTRICT)),
                ('watches', fields.IntField(default=0)),
                ('recovered_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('deleted_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'webhook_endpoint', 'app': 'models', 'indexes': [Index(fields=['account_id', 'id'])], 'constraints': [CheckConstraint(check='(deleted_at IS NULL) = (secret IS NOT NULL)', name='webhook_endpoint_secret'), CheckConstraint(check='num_nulls(watched_since, watch_policy_id) IN (0, 2)', name='webhook_endpoint_watch')], 'pk_attr': 'id', 'table_description': 'An address that events are sent to: of an account its own, of the marketplace (no account) all.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='WebhookPosition',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('endpoint', fields.ForeignKeyField('models.WebhookEndpoint', source_field='endpoint_id', db_constraint=True, to_field='id', related_name='positions', on_delete=OnDelete.CASCADE)),
                ('recipient', fields.UUIDField()),
                ('seq', fields.BigIntField()),
            ],
            options={'table': 'webhook_position', 'app': 'models', 'constraints': [UniqueConstraint(fields=('endpoint_id', 'recipient'), name='webhook_position_once')], 'pk_attr': 'id', 'table_description': "The last event of a feed that an endpoint's dispatches were made of; without a row, none."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='WebhookReplay',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('endpoint', fields.ForeignKeyField('models.WebhookEndpoint', source_field='endpoint_id', db_constraint=True, to_field='id', related_name='replays', on_delete=OnDelete.RESTRICT)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', db_constraint=True, to_field='id', related_name='replays', on_delete=OnDelete.RESTRICT)),
                ('events', fields.IntField()),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'webhook_replay', 'app': 'models', 'pk_attr': 'id', 'table_description': 'A replay that was asked for, and the number of its events.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Dispatch',
            name='endpoint',
            field=fields.ForeignKeyField('models.WebhookEndpoint', source_field='endpoint_id', null=True, db_constraint=True, to_field='id', related_name='dispatches', on_delete=OnDelete.RESTRICT),
        ),
        ops.RemoveConstraint(model_name='Dispatch', name='dispatch_one_addressee'),
        ops.AddConstraint(
            model_name='Dispatch',
            constraint=CheckConstraint(check='num_nonnulls(user_id, lead_id, device_id, endpoint_id) = 1', name='dispatch_one_addressee'),
        ),
        ops.AddConstraint(
            model_name='Dispatch',
            constraint=UniqueConstraint(fields=('message_id', 'channel', 'endpoint_id'), name='dispatch_once_per_endpoint'),
        ),
        ops.RunSQL(
            [
                *(f"ALTER TABLE {table} ADD CONSTRAINT {name} {what}" for (table, name), what in CONSTRAINTS.items()),
                *(f"CREATE INDEX {name} ON {on}" for name, on in INDEXES.items()),
                _refuse_other_steps(f"{LEGAL} OR {LEGAL_OF_WEBHOOKS}"),
            ],
            reverse_sql=[
                _refuse_other_steps(LEGAL),
                *(f"DROP INDEX {name}" for name in INDEXES),
                *(f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name in CONSTRAINTS),
            ],
        ),
    ]
