"""Table of the banners that users have dismissed."""

from tortoise import fields
from tortoise.fields import OnDelete
from tortoise.migrations.constraints import UniqueConstraint
from tortoise.models import Model

from models.accounts.tables import User
from models.base.ids import new_id


class BannerDismissal(Model):
    """A banner that a user has dismissed: of one rule, about one application or complaint."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="banner_dismissals", on_delete=OnDelete.CASCADE
    )
    subject = fields.UUIDField()
    rule_id = fields.CharField(max_length=80)
    dismissed_at = fields.DatetimeField()

    class Meta:
        table = "banner_dismissal"
        constraints = (
            UniqueConstraint(fields=("user_id", "subject", "rule_id"), name="banner_dismissed_once"),
        )
