"""Types of facts: enums, booleans, integers and instants, strictly checked, with every field present.

There is no text type, so contact data cannot become a fact.
"""

import dataclasses
import re
import typing
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from rules.engine.errors import FactError, RulesetError
from rules.parameters import humanly

__all__ = [
    "BOUND",
    "FactField",
    "Json",
    "Seconds",
    "check_facts",
    "elapsed",
    "fact_fields",
    "switch_field",
    "to_json",
    "utc",
]

Json = str | int | bool
Seconds = Annotated[int, "seconds"]  # an integer fact that is printed as a duration
BOUND = 2**53  # durable_rules keeps numbers as doubles: integers beyond this are not exact
_RESERVED = frozenset({"q", "sid", "id"})  # durable_rules uses the last two, our catch-all the first

_VALUE = re.compile(r"[A-Za-z0-9_]{1,40}")  # names that are certain to survive the library's own JSON parser

Kind = Literal["enum", "bool", "int", "since"]


@dataclasses.dataclass(frozen=True, slots=True)
class FactField:
    """One fact of a ruleset: its kind, its enum (only for kind `enum`), and whether the policy fills it."""

    name: str
    kind: Kind
    enum: type[StrEnum] | None = None
    seconds: bool = False
    switch: bool = False

    def say(self, value: object) -> str:
        """`value` of this field in words: a member's name, a duration, a number."""
        if isinstance(value, StrEnum):
            return value.name
        if self.seconds and isinstance(value, int):
            return humanly(value)
        return str(value)


def switch_field(name: str) -> FactField:
    """A boolean fact that the engine fills from the policy."""
    return FactField(name, "bool", switch=True)


def fact_fields(facts: type, since: tuple[str, ...]) -> tuple[FactField, ...]:
    """The fields of a frozen dataclass with slots, in order; those listed in `since` are instants.

    Raises RulesetError for another class, or a field of another type.
    """
    parameters = getattr(facts, "__dataclass_params__", None)
    if parameters is None or not parameters.frozen or not hasattr(facts, "__slots__"):
        raise RulesetError(f"{facts.__name__}: facts are a @dataclass(frozen=True, slots=True)")
    hints = typing.get_type_hints(facts, include_extras=True)
    for f in dataclasses.fields(facts):
        if f.name in _RESERVED or f.name.startswith("_"):
            raise RulesetError(
                f"{facts.__name__}.{f.name}: the name is reserved by the engine; choose another"
            )
    fields = tuple(_field(facts, f.name, hints[f.name], f.name in since) for f in dataclasses.fields(facts))
    missing = set(since) - {f.name for f in fields}
    if missing:
        raise RulesetError(f"{facts.__name__}: since={sorted(missing)}: the facts have no such field")
    return fields


def _field(facts: type, name: str, hint: Any, is_since: bool) -> FactField:
    if is_since and hint is datetime:
        return FactField(name, "since", seconds=True)
    if not is_since and hint is bool:
        return FactField(name, "bool")
    if not is_since and (hint is int or hint == Seconds):
        return FactField(name, "int", seconds=hint is not int)
    if not is_since and isinstance(hint, type) and issubclass(hint, StrEnum) and len(hint) > 0:
        for member in hint:
            if not _VALUE.fullmatch(member.value):
                raise RulesetError(
                    f"{hint.__name__}.{member.name}={member.value!r}: use 1 to 40 letters, digits and _"
                )
        return FactField(name, "enum", enum=hint)
    raise RulesetError(
        f"{facts.__name__}.{name}: {hint!r} cannot be a fact; use a StrEnum, bool, int, Seconds, "
        "or datetime for a field named in since="
    )


def utc(now: datetime) -> datetime:
    """`now` in UTC. Raises FactError for a naive instant."""
    if not isinstance(now, datetime) or now.tzinfo is None or now.utcoffset() is None:
        raise FactError(f"now={now!r}: pass an aware datetime in UTC")
    return now.astimezone(UTC)


def check_facts(kind: type, fields: tuple[FactField, ...], facts: object) -> None:
    """Raises FactError unless `facts` is a `kind` and each value has exactly its field's type."""
    if type(facts) is not kind:
        raise FactError(f"got {type(facts).__name__}: these rules accept {kind.__name__}")
    for field in fields:
        value = getattr(facts, field.name)
        if field.kind == "since":
            fits = isinstance(value, datetime) and value.tzinfo is not None and value.utcoffset() is not None
        elif field.kind == "int":
            fits = type(value) is int and -BOUND <= value <= BOUND
        else:
            fits = type(value) is (field.enum or bool)
        if not fits:
            raise FactError(f"{kind.__name__}.{field.name}={value!r}: {_expected(field)}")


def _expected(field: FactField) -> str:
    if field.kind == "since":
        return "pass an aware datetime"
    if field.kind == "int":
        return "pass an int within ±2^53 (not a bool, not a float)"
    return f"pass a member of {field.enum.__name__}" if field.enum else "pass True or False"


def to_json(
    fields: tuple[FactField, ...], facts: object, now: datetime, switches: Mapping[str, bool]
) -> dict[str, Json]:
    """Members by value; an instant as ISO text in UTC, and in `<name>_seconds` the elapsed seconds."""
    values: dict[str, Json] = {}
    for field in fields:
        value = getattr(facts, field.name)
        if field.kind == "since":
            values[field.name] = value.astimezone(UTC).isoformat()
            values[f"{field.name}_seconds"] = elapsed(now, value)
        else:
            values[field.name] = value.value if field.kind == "enum" else value
    values.update(switches)
    return values


def elapsed(now: datetime, instant: datetime) -> int:
    """Whole seconds from `instant` to `now` (both aware), rounded down, also if negative."""
    gone = now.astimezone(UTC) - instant.astimezone(UTC)
    return gone.days * 86_400 + gone.seconds
