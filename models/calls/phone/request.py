"""The request of a telephone system as its driver reads it: exact bytes, because they are signed; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import orjson

from models.contact_data.redaction import Redacted

LONGEST_BODY = 65_536  # bytes
MOST_FIELDS = 200
LONGEST_ID = 90  # characters of an id: a provider's own, stored after the phone system's
LONGEST_TEXT = 256  # of any other value that is read

JSON, FORM = "application/json", "application/x-www-form-urlencoded"


class MalformedRequest(ValueError):  # noqa: N818 - named for what came
    """A signed request cannot be read; the message says what is wrong and quotes no value."""


@dataclass(frozen=True, slots=True, repr=False)
class PhoneRequest(Redacted):
    """A request: `url` is the address that the provider was given; names of headers are lower case."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        """The type of the body, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Fields:
    """The values of a request by name; a name may have several."""

    def __init__(self, values: Mapping[str, Sequence[str]]) -> None:
        """Take values in the order in which they came."""
        self._values = values

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a name that are not empty."""
        return tuple(value for value in self._values.get(name, ()) if value)

    def text(self, name: str, longest: int = LONGEST_TEXT) -> str:
        """Return the first value, "" without one. Raises `MalformedRequest` for a longer one."""
        value = next(iter(self._values.get(name, ())), "").strip()
        if len(value) > longest:
            raise MalformedRequest(f"{name}: must have at most {longest} characters")
        return value

    def id(self, name: str) -> str:
        """Return an id. Raises `MalformedRequest` without one, or for one that is too long."""
        value = self.text(name, LONGEST_ID)
        if not value:
            raise MalformedRequest(f"{name}: is missing")
        return value


def read_form(body: bytes) -> Fields:
    """Return the fields of a form. Raises `MalformedRequest`: not UTF-8, a NUL, or more than 200 fields."""
    try:
        pairs = parse_qsl(
            body.decode(),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:  # also for bytes that are not UTF-8
        raise MalformedRequest(f"not a form in UTF-8 with at most {MOST_FIELDS} fields") from error
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return _checked(values)


def read_json(body: bytes) -> Fields:
    """Return the members of a JSON object: strings, `true` and `false` as such words; no others.

    Raises `MalformedRequest` for anything else than an object of at most 200 members.
    """
    try:
        read: object = orjson.loads(body)
    except ValueError as error:
        raise MalformedRequest("not JSON in UTF-8") from error
    if not isinstance(read, dict) or len(read) > MOST_FIELDS:
        raise MalformedRequest(f"not a JSON object with at most {MOST_FIELDS} members")
    words = {True: "true", False: "false"}
    texts = {
        name: [words[value] if isinstance(value, bool) else value]
        for name, value in read.items()
        if isinstance(value, str | bool)
    }
    return _checked(texts)


def _checked(values: Mapping[str, Sequence[str]]) -> Fields:
    if any("\0" in text for name, several in values.items() for text in (name, *several)):
        raise MalformedRequest("a value contains a NUL character")
    return Fields(values)
