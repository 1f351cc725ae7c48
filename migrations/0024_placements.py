"""Placements: banners that users have dismissed, and the order in which banners end."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from models.base.ids import new_id
from tortoise.fields.base import OnDelete
from tortoise import fields
from tortoise.migrations.constraints import UniqueConstraint

DISMISSED_ONCE = "banner_dismissed_once"
UNSETTLED = "accepted_at IS NULL AND declined_at IS NULL AND ended_at IS NULL AND revealed_at IS NULL"
SETTLED_AT = "coalesce(declined_at, accepted_at, ended_at, revealed_at)"
# In the order in which the banners of a vendor end, by state; the periods are those of the policy.
INDEXES = {
    "application_waits": f"application (account_id, policy_id, received_at) WHERE {UNSETTLED}",
    "application_settled": f"application (account_id, policy_id, ({SETTLED_AT})) WHERE {SETTLED_AT} IS NOT NULL",
    "application_time_proposed": "application (account_id, proposed_meeting_at) WHERE proposed_by = 'PROSPECT'",
    "complaint_open_of_account": "complaint (account_id, decide_by) WHERE decided_at IS NULL",
    "complaint_decided_of_account": "complaint (account_id, decided_at) WHERE decided_at IS NOT NULL",
}


class Migration(migrations.Migration):
    dependencies = [('models', '0023_disclosures')]

    initial = False

    operations = [
        ops.CreateModel(
            name='BannerDismissal',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ('user', fields.ForeignKeyField('models.User', source_field='user_id', db_constraint=True, to_field='id', related_name='banner_dismissals', on_delete=OnDelete.CASCADE)),
                ('subject', fields.UUIDField()),
                ('rule_id', fields.CharField(max_length=80)),
                ('dismissed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'banner_dismissal', 'app': 'models', 'constraints': [UniqueConstraint(fields=('user_id', 'subject', 'rule_id'), name='banner_dismissed_once')], 'pk_attr': 'id', 'table_description': 'A banner that a user has dismissed: of one rule, about one application or complaint.'},
            bases=['Model'],
        ),
        ops.RunSQL(
            f"ALTER TABLE banner_dismissal ADD CONSTRAINT {DISMISSED_ONCE} UNIQUE (user_id, subject, rule_id)",
            reverse_sql=f"ALTER TABLE banner_dismissal DROP CONSTRAINT {DISMISSED_ONCE}",
        ),
        *(
            ops.RunSQL(f"CREATE INDEX {name} ON {what}", reverse_sql=f"DROP INDEX {name}")
            for name, what in INDEXES.items()
        ),
    ]
