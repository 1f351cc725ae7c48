"""Parameters of policies: strict parsing, values in words, and those of the production and demo markets."""

import re
import reprlib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any
from zoneinfo import ZoneInfo

from rules.laws.calling_hours import HOURS_TABLES
from rules.parameter_problems import ParameterProblem, PolicyError, ProblemKind, Value

__all__ = [
    "ParameterField",
    "PolicyError",
    "area_fields",
    "area_problems",
    "check_area",
    "demo_parameters",
    "humanly",
    "label",
    "production_parameters",
    "quantity",
    "read_area",
    "time_of_day",
]

Parameters = dict[str, dict[str, int | bool | str]]

_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class ParameterField:
    """A field of an area: its unit, the bounds of a number, and the values of one that has few."""

    area: str
    name: str
    unit: str
    low: int | None
    high: int | None
    values: tuple[str, ...]


def production_parameters() -> Parameters:
    """The numbers of the requirements (S1.2, S1.10, S5.8), with our readings where they are silent."""
    return {
        "reveal": {"reveal_after": 48 * _HOUR},
        "refund": {
            "late_declines": True,
            "withdrawals": True,
            "no_show_restores": True,
            "meeting_call_seconds": 120,
        },
        "reminder": {"review_reminder_after": 24 * _HOUR, "only_unopened": False},
        "complaint": {
            "window_days": 30,
            "window_elapsed_day_seconds": 0,
            "zone": "Europe/Berlin",
            "move_holidays": False,
            "holidays_of": "DE",
            "decide_days": 21,
            "first_mark_days": 7,
            "second_mark_days": 14,
            "last_mark_days": 20,
            "replacement_wait_days": 14,
            "replacements_complainable": True,
        },
        "publication": {"application_fee": 10, "open_for": 30 * 24 * _HOUR},
        "messages": {
            "most_attempts_email": 10,
            "most_attempts_sms": 5,
            "most_attempts_push": 5,
            "most_attempts_webhook": 10,
            "first_delay": 60,
            "growth_percent": 300,
            "longest_delay": 6 * _HOUR,
            "jitter_percent": 20,
            "give_up_after": 72 * _HOUR,
            "quiet_from": 22 * 60,
            "quiet_until": 8 * 60,
            "soft_bounce_hold": 7 * 24 * _HOUR,
            "most_soft_bounces": 3,
            "link_life": 30 * 24 * _HOUR,
            "calendar_on_silence": True,
            "sms_most_parts": 1,
            "sms_cents": 10,
            "sms_plain_letters": True,
            "webhook_disabled_after": 5 * 24 * _HOUR,
        },
        "call": {
            "deputy_hops": 1,
            "deputy_after_decline": False,
            "unconfirmed_takes_messages": False,
            "holidays_close": True,
            "attempt_ring_seconds": 25,
            "retention_days": 180,
            "check_after_days": 180,
            "ring_seconds": 180,
            "talk_seconds": 4 * _HOUR,
            "wrap_up_seconds": 900,
            "correct_seconds": 24 * _HOUR,
            "agent_sees_seconds": 24 * _HOUR,
            "mail_abandoned": False,
            "calendar_refresh_seconds": 900,
            "calendar_stale_seconds": 24 * _HOUR,
            "calendar_horizon_days": 180,
        },
        "chat": {
            "chat_mask_vendor_contacts": True,
            "chat_mask_vendor_links": False,
            "chat_show_read_marks": True,
            "chat_nudge_after": 600,
        },
        "placement": {"news_for": 14 * 24 * _HOUR},
        "smart_data": {
            "fresh_for": 30 * 24 * _HOUR,
            "keep_found_for": 90 * 24 * _HOUR,
            "keep_at_most": 2 * 366 * 24 * _HOUR,
            "searches_an_hour": 60,
            "points_a_hit": 0,
        },
        "contact": {
            "calls_a_day": 2,
            "calls_a_month": 4,
            "publication_is_request": True,
            "hours_table": "2026-11",
            "house_hours_from": 9 * 60,
            "house_hours_until": 20 * 60,
            "distrust_area_codes": True,
        },
        "advice": {
            "business_from": 9 * 60,
            "lunch_over": 13 * 60,
            "business_until": 17 * 60 + 30,
            "evening_from": 17 * 60 + 30,
            "monday_days": 2,
            "hour_edge": 600,
            "answer_time": 24 * _HOUR,
        },
    }


def demo_parameters(hour_seconds: int) -> Parameters:
    """Production with an hour of `hour_seconds` (1 to 3600), so that a demo reaches every deadline.

    A day of the complaint window is 24 such hours, elapsed. There are no quiet hours. Raises PolicyError
    outside the range.
    """
    if type(hour_seconds) is not int or not 1 <= hour_seconds <= _HOUR:
        raise PolicyError(f"hour_seconds: {hour_seconds!r} is not an int from 1 to {_HOUR}")
    parameters = production_parameters()
    parameters["reveal"]["reveal_after"] = 48 * hour_seconds
    parameters["reminder"]["review_reminder_after"] = 24 * hour_seconds
    parameters["refund"]["meeting_call_seconds"] = max(1, 120 * hour_seconds // _HOUR)
    parameters["complaint"]["window_elapsed_day_seconds"] = 24 * hour_seconds
    parameters["placement"]["news_for"] = 14 * 24 * hour_seconds
    parameters["advice"]["answer_time"] = 24 * hour_seconds
    messages = parameters["messages"]
    shortened = ("first_delay", "longest_delay", "give_up_after", "soft_bounce_hold", "link_life")
    for name in (*shortened, "webhook_disabled_after"):
        messages[name] = max(1, int(messages[name]) * hour_seconds // _HOUR)
    # Somebody who tries it out waits for a call to be closed, but has to read before answering.
    parameters["call"] |= {"ring_seconds": 20, "talk_seconds": 300, "wrap_up_seconds": 60}
    parameters["chat"]["chat_nudge_after"] = 10
    # At whatever time of day somebody tries it, text messages are sent.
    messages["quiet_from"] = messages["quiet_until"] = 0
    return parameters


def label(path: str, value: object) -> None:
    """Raises PolicyError unless `value` is a short plain name: it appears in logs and names of rulesets."""
    if not isinstance(value, str) or not _LABEL.fullmatch(value):
        raise PolicyError(f"{path}: {value!r} is not 1 to 64 letters, digits, dots, dashes or underscores")


def read_area(path: str, kind: type, values: object) -> Any:
    """The dataclass `kind` from JSON values. Raises PolicyError with `path` and the field."""
    if not isinstance(values, Mapping):
        raise PolicyError(f"{path}: {values!r} is not an object of parameters")
    for problem in _unfitting(path, kind, values):
        raise PolicyError(problem)
    return kind(**values)


def area_problems(path: str, kind: type, values: object) -> list[ParameterProblem]:
    """All that is wrong with the JSON values of an area, each beginning with the path of the field."""
    if not isinstance(values, Mapping):
        return [ParameterProblem(ProblemKind.NOT_AN_OBJECT, {"path": path})]
    problems = list(_unfitting(path, kind, values))
    for spec in fields(kind):
        if spec.name in values:
            problem = _wrong(f"{path}.{spec.name}", spec, values[spec.name])
            problems += [] if problem is None else [problem]
    return problems


def _unfitting(path: str, kind: type, values: Mapping[Any, object]) -> Iterator[ParameterProblem]:
    """Yield which values of an area are unknown, and which are missing."""
    known = {f.name: f for f in fields(kind)}
    for name in values:
        if name not in known:
            found = {"path": f"{path}.{str(name)[:40]}", "area": path, "known": ", ".join(known)}
            yield ParameterProblem(ProblemKind.UNKNOWN, found)
    for name, spec in known.items():
        if name not in values and spec.default is MISSING:
            yield ParameterProblem(ProblemKind.MISSING, {"path": f"{path}.{name}", "wanted": _wanted(spec)})


def area_fields(area: str, kind: type) -> list[ParameterField]:
    """The fields of an area, in their order."""
    return [
        ParameterField(
            area,
            spec.name,
            spec.metadata["unit"],
            spec.metadata.get("low"),
            spec.metadata.get("high"),
            HOURS_TABLES if spec.metadata["unit"] == "hours table" else (),
        )
        for spec in fields(kind)
    ]


def check_area(path: str, kind: type, area: Any) -> None:
    """Raises PolicyError unless `area` is a `kind` and each value has its type and is within its range."""
    if type(area) is not kind:
        raise PolicyError(f"{path}: {area!r} is not a {kind.__name__}")
    for spec in fields(kind):
        problem = _wrong(f"{path}.{spec.name}", spec, getattr(area, spec.name))
        if problem is not None:
            raise PolicyError(problem)


def _wrong(path: str, spec: Field[Any], value: object) -> ParameterProblem | None:
    unit = spec.metadata["unit"]
    if unit == "switch":
        fits = type(value) is bool
    elif unit == "zone":
        fits = isinstance(value, str) and _is_zone(value)
    elif unit == "hours table":
        fits = isinstance(value, str) and value in HOURS_TABLES
    elif unit == "place":
        fits = isinstance(value, str) and _PLACE.fullmatch(value) is not None
    else:
        fits = type(value) is int and spec.metadata["low"] <= value <= spec.metadata["high"]
    if fits:
        return None
    found: dict[str, Value] = {"path": path, "value": reprlib.repr(value), "wanted": _wanted(spec)}
    return ParameterProblem(ProblemKind.WRONG, found)


def _wanted(spec: Field[Any]) -> ParameterProblem:
    unit = spec.metadata["unit"]
    if unit == "switch":
        return ParameterProblem(ProblemKind.SWITCH)
    if unit == "zone":
        return ParameterProblem(ProblemKind.ZONE)
    if unit == "hours table":
        return ParameterProblem(ProblemKind.HOURS_TABLE, {"known": ", ".join(HOURS_TABLES)})
    if unit == "place":
        return ParameterProblem(ProblemKind.PLACE)
    bounds = {"low": spec.metadata["low"], "high": spec.metadata["high"], "unit": unit}
    return ParameterProblem(ProblemKind.NUMBER, bounds)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, not a name, or a folder of the time zone database
        return False
    return True


def humanly(seconds: int) -> str:
    """A duration in seconds in words: `172800` is "48 hours", `5400` is "90 minutes".

    The unit is the largest of hour, minute and second that divides it; never days: elapsed hours are meant.
    """
    for size, unit in ((3600, "hour"), (60, "minute")):
        if seconds and seconds % size == 0:
            return _plural(seconds // size, unit)
    return _plural(seconds, "second")


def quantity(value: object, unit: str) -> str:
    """A policy's value with its unit (one of UNITS), in words."""
    if isinstance(value, int) and unit == "seconds":
        return humanly(value)
    if isinstance(value, int) and unit == "days":
        return _plural(value, "day")
    if unit == "switch":
        return "on" if value else "off"
    if isinstance(value, int) and unit == "time of day":
        return time_of_day(value)
    return str(value)


def time_of_day(minutes: int) -> str:
    """Minutes since midnight as a time: `480` is "08:00"."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _plural(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
