"""Table of accounts' files: uploads as they were received, and files created by the marketplace."""

from enum import StrEnum

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields import OnDelete
from tortoise.fields.db_defaults import SqlDefault
from tortoise.indexes import Index
from tortoise.models import Model

from models.accounts.tables import Account, User
from models.base.fields import TextEnumField
from models.base.ids import new_id


class FileKind(StrEnum):
    """What a file is; the API's kind, and what files are sorted by (S5.10)."""

    COMPLAINT_UPLOAD = "COMPLAINT_UPLOAD"
    COMPLAINT_TEMPLATE = "COMPLAINT_TEMPLATE"
    ADDED_BY_ADMINISTRATOR = "ADDED_BY_ADMINISTRATOR"
    EMPLOYEE_EXPORT = "EMPLOYEE_EXPORT"
    CALL_EXPORT = "CALL_EXPORT"


class StoredFile(Model):
    """One file, byte for byte; `created_by` is null for what the marketplace made."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name="files", on_delete=OnDelete.RESTRICT
    )
    kind = TextEnumField(FileKind, max_length=40)
    name = fields.CharField(max_length=200)
    media_type = fields.CharField(max_length=100)
    size = fields.IntField()
    sha256 = fields.BinaryField()
    content = fields.BinaryField()
    created_at = fields.DatetimeField()
    created_by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", related_name="files", null=True, on_delete=OnDelete.RESTRICT
    )

    # The deliveries whose contact data the file may contain: once one of them is closed, so is the file. In
    # uploads, they are found in the column of ids; searching the content would be too late.
    delivery_ids = ArrayField(element_type="uuid", default=list, db_default=SqlDefault("'{}'"))

    class Meta:
        table = "stored_file"
        indexes = (
            Index(fields=("account_id", "created_at", "id")),
            Index(fields=("account_id", "kind", "created_at", "id")),
        )
