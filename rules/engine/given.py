"""Facts that a person gives as JSON values, to try a ruleset: strictly checked, with what is expected.

Refusals never quote a value: it could be contact data that somebody has typed.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from rules.engine.dsl import RulesetDefinition
from rules.engine.errors import FactError
from rules.engine.facts import BOUND, FactField

__all__ = ["GivenFactError", "read_given"]

F = TypeVar("F")
_SECONDS = "_seconds"


class GivenFactError(FactError):
    """A fact is unknown, missing or of another type; `name` is the fact."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(f"{name}: {expected}")
        self.name = name
        self.expected = expected


def read_given(
    definition: RulesetDefinition[F], switches: Mapping[str, bool], given: Mapping[str, object], now: datetime
) -> F:
    """The facts of a ruleset from the JSON values of `Decision.facts`, as of `now`.

    A time is given by its age in `<name>_seconds`, which counts if both are there, or as an instant. Switches
    may be given as they are in the policy. Raises GivenFactError.
    """
    fields = {field.name: field for field in definition.fields}
    ages = {f"{field.name}{_SECONDS}": field for field in definition.fields if field.kind == "since"}
    for name in given:
        if name not in fields and name not in ages:
            known = ", ".join(field.name for field in definition.fields if not field.switch)
            raise GivenFactError(name[:40], f"unknown; the facts of {definition.name} are {known}")
    values: dict[str, Any] = {}
    for name, field in fields.items():
        if field.switch:
            if name in given and given[name] is not switches[name]:
                said = "true" if switches[name] else "false"
                raise GivenFactError(name, f"is {said} in this policy; choose another policy to change it")
            continue
        age = f"{name}{_SECONDS}"
        if field.kind == "since" and age in given:
            values[name] = now - timedelta(seconds=_whole(age, given[age]))
        elif name not in given:
            raise GivenFactError(name, f"missing; {_expected(field)}")
        else:
            values[name] = _read(field, given[name])
    return definition.facts(**values)


def _read(field: FactField, value: object) -> object:
    if field.enum is not None:
        member = next((one for one in field.enum if value == one.value), None)
        if member is None or not isinstance(value, str):
            raise GivenFactError(field.name, _expected(field))
        return member
    if field.kind == "since":
        return _instant(field, value)
    if field.kind == "int":
        return _whole(field.name, value)
    if not isinstance(value, bool):
        raise GivenFactError(field.name, _expected(field))
    return value


def _instant(field: FactField, value: object) -> datetime:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) and len(value) <= 40 else None
    except ValueError:
        at = None
    if at is None or at.utcoffset() is None:
        raise GivenFactError(field.name, _expected(field))
    return at


def _whole(name: str, value: object) -> int:
    most = 10**10 if name.endswith(_SECONDS) else BOUND  # about 300 years
    if type(value) is not int or not -most <= value <= most:
        raise GivenFactError(name, f"send an integer from {-most} to {most}")
    return value


def _expected(field: FactField) -> str:
    if field.enum is not None:
        return f"send one of {', '.join(one.value for one in field.enum)}"
    if field.kind == "since":
        return f"send a time with an offset, or its age in {field.name}{_SECONDS}"
    return "send true or false" if field.kind == "bool" else "send an integer"
