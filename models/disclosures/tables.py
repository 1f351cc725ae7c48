"""The table of disclosures, which are written with the delivery that opens contact data."""

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.indexes import Index
from tortoise.models import Model

from models.base.fields import TextEnumField
from rules.visibility import DisclosureBasis


class Disclosure(Model):
    """The register's entry of a delivery: on what basis, which categories of data, and the person's notice.

    It is never changed, and has no contact data, so that it stays after an erasure (GDPR Art. 19). Who
    received the data of which lead, when, and by which decision is in the delivery. `prospect_id` is the
    lead's prospect, for the list of a person's disclosures. `notice_message_id` is the outbox message that
    tells the person. After a reveal by application, it is written when the message to the vendor is expanded.
    It is NULL for what was delivered before there was a register.
    """

    delivery_id = fields.UUIDField(primary_key=True)
    prospect_id = fields.UUIDField()
    basis = TextEnumField(DisclosureBasis, max_length=20)
    categories = ArrayField(element_type="text")  # each a DataCategory
    notice_message_id = fields.UUIDField(null=True)

    class Meta:
        table = "disclosure"
        indexes = (Index(fields=("prospect_id", "delivery_id")),)
