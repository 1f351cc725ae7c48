"""Texts about settings: the message for an invalid value, and the README's table.

A value that may contain a password is never repeated.
"""

from collections.abc import Mapping
from typing import Final

from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

IN_FILE: Final = "_FILE"  # ends the name of the variable with the path of a file that contains the value


def table_of(fields: Mapping[str, FieldInfo]) -> str:
    """Return a table of settings, in Markdown."""
    rows = [
        f"| {_variables(name, field)} | {_default(field)} | {field.description} |\n"
        for name, field in fields.items()
    ]
    return "".join(["| variable | default | meaning |\n", "|---|---|---|\n", *rows])


def wrong_value(detail: ErrorDetails, fields: Mapping[str, FieldInfo]) -> str:
    """Return the line with an invalid setting and the reason."""
    name = str(detail["loc"][0]) if detail["loc"] else "environment"
    field = fields.get(name)
    reason = _reason(detail, field)
    untold = field is None or is_secret(field) or detail["input"] in (None, ())
    shown = "" if untold else f", got {str(detail['input'])[:80]!r}"
    return f"{name.upper()}: {reason}{shown}"


def is_secret(field: FieldInfo) -> bool:
    """Return whether a setting may contain a password or a key: it is not shown, and may be in a file."""
    return not field.repr


def _variables(name: str, field: FieldInfo) -> str:
    variable = name.upper()
    return f"`{variable}` or `{variable}{IN_FILE}`" if is_secret(field) else f"`{variable}`"


def _reason(detail: ErrorDetails, field: FieldInfo | None) -> str:
    kind = detail["type"]
    if kind == "value_error":
        return str(detail["ctx"]["error"])
    if kind == "literal_error":
        return f"must be {detail['ctx']['expected']}"
    if kind.startswith("bool"):
        return "must be true or false"
    low, high = (_limit(field, limit) for limit in ("ge", "le"))
    if low is not None and high is not None:
        return f"must be between {low} and {high}"
    return detail["msg"]


def _limit(field: FieldInfo | None, name: str) -> object:
    found = (getattr(item, name, None) for item in field.metadata) if field else ()
    return next((limit for limit in found if limit is not None), None)


def _default(field: FieldInfo) -> str:
    value = field.default
    if field.default_factory is not None or value is None or value == ():
        return ""
    if isinstance(value, tuple):
        return " ".join(f"`{part}`" for part in value)
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
