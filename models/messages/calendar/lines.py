"""Content lines of iCalendar: escaping, parameters, and folding by octets (RFC 5545, section 3.1)."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from urllib.parse import quote

_LONGEST_LINE = 75  # octets without the line break
# Control characters, other line breaks of Unicode, which some readers split lines at, and characters that
# change the direction of text.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_SEPARATOR = re.compile("[,:;]")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
# Reserved characters that an address may contain have other meanings in a mailto URI (RFC 6068, section 2).
_SAFE_IN_MAILTO = "@!$'*+"


def content_line(name: str, value: str, parameters: Mapping[str, str] | None = None) -> bytes:
    """Return one property with its line break; `value` has the form of its type already."""
    if parameters:
        name = ";".join([name, *(f"{key}={_parameter(text)}" for key, text in parameters.items())])
    return _folded(f"{name}:{value}".encode())


def text(value: str) -> str:
    """Return a value of type TEXT; line breaks stay, other control characters do not."""
    if not value.isprintable():  # most are, and none of these has anything to replace
        lines = _LINE_BREAK.sub("\n", value).split("\n")
        value = "\n".join(_UNSAFE.sub(" ", line) for line in lines)
    return value.translate(_ESCAPES)


def uri(value: str) -> str:
    """Return a value of type URI; characters outside printable ASCII are percent-encoded."""
    return quote(value, safe="!#$%&'()*+,/:;=?@[]~")


def mail_address(address: str) -> str:
    """Return an email address as a value of type CAL-ADDRESS."""
    return f"mailto:{quote(address, safe=_SAFE_IN_MAILTO)}"


def instant(at: datetime) -> str:
    """Return a value of type DATE-TIME in UTC, to the second. Raises ValueError for a naive datetime."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    at = at.astimezone(UTC)
    return f"{at.year:04}{at.month:02}{at.day:02}T{at.hour:02}{at.minute:02}{at.second:02}Z"


def day(on: date) -> str:
    """Return a value of type DATE."""
    return f"{on.year:04}{on.month:02}{on.day:02}"


def _parameter(value: str) -> str:
    """Return a parameter's value, quoted if it has to be; it cannot contain a quotation mark."""
    if not value.isprintable():
        value = _UNSAFE.sub(" ", value)
    value = value.replace('"', "'")
    return f'"{value}"' if _SEPARATOR.search(value) else value


def _folded(line: bytes) -> bytes:
    if len(line) <= _LONGEST_LINE:
        return line + b"\r\n"
    parts, start, room = [], 0, _LONGEST_LINE
    while len(line) - start > room:
        end = start + room
        while line[end] & 0xC0 == 0x80:  # inside a character of UTF-8
            end -= 1
        parts.append(line[start:end])
        start, room = end, _LONGEST_LINE - 1  # the space that begins a continuation counts
    parts.append(line[start:])
    return b"\r\n ".join(parts) + b"\r\n"
