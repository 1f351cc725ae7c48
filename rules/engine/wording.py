"""Owns how numbers of a policy and conditions are said in English.

Must not decide anything, and prints no contact data (facts have none).
"""

import string
from collections.abc import Mapping

__all__ = ["UNITS", "fill", "humanly", "placeholders", "quantity"]

UNITS = ("seconds", "days", "switch", "text", "count")


def humanly(seconds: int) -> str:
    """A duration in seconds as people say it: `172800` is "48 hours", `5400` is "90 minutes".

    The largest of hour, minute and second that divides it; never days: elapsed hours are meant.
    """
    for size, unit in ((3600, "hour"), (60, "minute")):
        if seconds and seconds % size == 0:
            return _plural(seconds // size, unit)
    return _plural(seconds, "second")


def quantity(value: object, unit: str) -> str:
    """A policy's value in its unit (one of UNITS)."""
    if isinstance(value, int) and unit == "seconds":
        return humanly(value)
    if isinstance(value, int) and unit == "days":
        return _plural(value, "day")
    if unit == "switch":
        return "on" if value else "off"
    return str(value)


def placeholders(sentence: str) -> frozenset[str]:
    """The names in braces in `sentence`. Raises ValueError for braces that are not a plain name."""
    names = set()
    for _, name, form, conversion in string.Formatter().parse(sentence):
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise ValueError(f"{{{name}}} is not the plain name of a policy's field")
        names.add(name)
    return frozenset(names)


def fill(sentence: str, words: Mapping[str, str]) -> str:
    """`sentence` with its placeholders replaced from `words`. Raises KeyError for an unknown one."""
    unknown = placeholders(sentence) - words.keys()
    if unknown:
        raise KeyError(min(unknown))
    return sentence.format_map(words)


def _plural(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
