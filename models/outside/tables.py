"""The table of the outside: how often each public source was asked today, and when it was left alone."""

from tortoise import fields
from tortoise.models import Model

from models.base.fields import TextEnumField
from models.outside.sources.source import OutsideSource


class OutsideAsked(Model):
    """How often all processes asked a source on a day (UTC), without a trace of about whom."""

    source = TextEnumField(OutsideSource, max_length=20, primary_key=True)
    day = fields.DateField()
    asked = fields.IntField()
    failed = fields.IntField()
    away_until = fields.DatetimeField(null=True)

    class Meta:
        table = "outside_asked"
