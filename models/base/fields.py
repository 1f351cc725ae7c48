"""Columns for enums: text in the database, members in Python.

The database knows only the length of the column, not the members: a new member needs no migration. A value
that is not a member raises `ValueError` when it is written by the ORM and when a row is read. A check in the
database lists members only where a table has a rule about them, such as the roles of an account.
"""

from enum import StrEnum
from typing import Any, TypeVar

from tortoise.exceptions import ConfigurationError
from tortoise.fields import Field
from tortoise.fields.data import CharEnumFieldInstance

_Member = TypeVar("_Member", bound=StrEnum)


def TextEnumField(  # noqa: N802 - named as Tortoise names its fields, which are functions for enums, too
    enum_type: type[_Member], *, max_length: int, **kwargs: Any
) -> Field[_Member]:
    """Return a column for the members of an enum. `ConfigurationError` for a member that does not fit."""
    return _TextEnumField(enum_type, max_length, **kwargs)


class _TextEnumField(CharEnumFieldInstance):
    def __init__(self, enum_type: type[StrEnum], max_length: int, **kwargs: Any) -> None:
        for member in enum_type:
            if len(member.value) > max_length:
                raise ConfigurationError(f"{enum_type.__name__}.{member.name} is longer than {max_length}")
        super().__init__(enum_type, description="", max_length=max_length, **kwargs)
        self.description = None  # Tortoise would list the members in the column's comment

    def describe(self, serializable: bool) -> dict[str, Any]:
        """Describe the column as plain text, as migrations create it: this is compared to detect changes."""
        described: dict[str, Any] = super().describe(serializable)
        return {**described, "field_type": "CharField"} if serializable else described

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Write the column into a migration without its enum, which may be moved or changed later."""
        _, positional, named = super().deconstruct()
        del named["enum_type"]
        if isinstance(default := named.get("default"), StrEnum):
            named["default"] = default.value
        return "tortoise.fields.data.CharField", positional, named
