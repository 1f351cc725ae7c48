"""Scalars of the API: how each is written, read and validated.

Values are not normalised here; `models.contact_data` does that.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any, NewType, NoReturn

import orjson
import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

Duration = NewType("Duration", timedelta)
EmailAddress = NewType("EmailAddress", str)
PhoneNumber = NewType("PhoneNumber", str)
Url = NewType("Url", str)
Cursor = NewType("Cursor", str)
Facts = NewType("Facts", dict[str, Any])

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,18})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_SUBMICROSECOND = re.compile(r"(?<=\.\d{6})\d+", re.ASCII)  # .NET writes 7 digits, Java and Go up to 9
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_LONGEST = 2_000
LARGEST_FACTS = 16 * 1024


def _refuse(message: str) -> NoReturn:
    raise ValueError(message)


def _read_instant(value: object) -> datetime:
    if not isinstance(value, str) or not _RFC3339.fullmatch(value):
        _refuse("must be a date and time with an offset, RFC 3339, such as 2026-11-22T09:00:00Z")
    try:
        return datetime.fromisoformat(_SUBMICROSECOND.sub("", value.upper())).astimezone(UTC)
    except (ValueError, OverflowError):
        _refuse("is not a valid date and time; years 1 to 9999 in UTC, no leap seconds")


def _write_instant(value: datetime) -> str:
    in_utc = value if value.tzinfo is UTC else value.astimezone(UTC)
    return in_utc.isoformat()[:-6] + "Z"  # for +00:00


def _read_date(value: object) -> date:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        _refuse("must be a date, RFC 3339, such as 2026-11-22")
    try:
        return date.fromisoformat(value)
    except ValueError:
        _refuse("is not a valid date")


def _write_duration(value: timedelta) -> str:
    seconds = int(value.total_seconds())
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = [f"{number}{unit}" for number, unit in ((hours, "H"), (minutes, "M"), (left, "S")) if number]
    return "PT" + ("".join(parts) or "0S")


def _read_duration(value: object) -> timedelta:
    found = re.fullmatch(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})S)?", str(value), re.ASCII)
    if not isinstance(value, str) or found is None or value == "PT":
        _refuse("must be an ISO 8601 duration of hours, minutes and seconds, such as PT48H")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _read_text(value: object) -> str:
    if not isinstance(value, str):
        _refuse("must be text")
    if len(value) > _LONGEST:
        _refuse(f"must have at most {_LONGEST} characters")
    return value


def _read_facts(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        _refuse("must be a JSON object")
    if len(orjson.dumps(value, default=str)) > LARGEST_FACTS:
        _refuse(f"must have at most {LARGEST_FACTS // 1024} KiB of JSON")
    return value


def _text(name: str, description: str) -> ScalarDefinition:
    return strawberry.scalar(name=name, description=description, serialize=str, parse_value=_read_text)


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="A date and time, RFC 3339. Output is in UTC; input may have any offset but must have"
        " one. Digits after the microsecond are ignored.",
        specified_by_url="https://datatracker.ietf.org/doc/html/rfc3339",
        serialize=_write_instant,
        parse_value=_read_instant,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A calendar date, RFC 3339.",
        specified_by_url="https://datatracker.ietf.org/doc/html/rfc3339",
        serialize=lambda value: value.isoformat(),
        parse_value=_read_date,
    ),
    Duration: strawberry.scalar(
        name="Duration",
        description="An ISO 8601 duration of hours, minutes and seconds, such as PT48H.",
        serialize=_write_duration,
        parse_value=_read_duration,
    ),
    EmailAddress: _text("EmailAddress", "An email address, RFC 5321; output has the domain in lower case."),
    PhoneNumber: _text("PhoneNumber", "A phone number; output is in E.164 format, such as +12125550123."),
    Url: _text("URL", "A web address, RFC 3986."),
    Cursor: _text(
        "Cursor", "An opaque position in a list or feed; valid only for the list that returned it."
    ),
    Facts: strawberry.scalar(
        name="Facts",
        description="A JSON object of facts or parameters, never contact data; as input, at most 16 KiB.",
        serialize=dict,
        parse_value=_read_facts,
    ),
}

CONFIG = StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=False)
