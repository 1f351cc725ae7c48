"""Reading JSON of strangers: what has another form than expected is not there."""

from collections.abc import Mapping

import orjson

from models.outside.plain import plain_text
from models.outside.sources.source import OutsideOutcome
from models.outside.unanswered import Unanswered

NOTHING: Mapping[str, object] = {}
_MOST_ITEMS = 100


def json_value(body: bytes) -> object:
    """Return a JSON value. Raises Unanswered, also if it is nested too deep."""
    try:
        value: object = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Unanswered(OutsideOutcome.BAD_ANSWER, "JSON") from None
    return value


def json_object(body: bytes) -> Mapping[str, object]:
    """Return a JSON object. Raises Unanswered."""
    value = json_value(body)
    if not isinstance(value, dict):
        raise Unanswered(OutsideOutcome.BAD_ANSWER, "JSON")
    return value


def within(value: object, *path: str) -> Mapping[str, object]:
    """Return the object at a path of objects, an empty one if there is none."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else NOTHING


def items(value: object, name: str) -> list[Mapping[str, object]]:
    """Return the objects in a list of an object."""
    listed = value.get(name) if isinstance(value, Mapping) else None
    return (
        [one for one in listed[:_MOST_ITEMS] if isinstance(one, Mapping)] if isinstance(listed, list) else []
    )


def text(value: Mapping[str, object], name: str) -> str | None:
    """Return a text of an object as plain text; a number as it is written."""
    given = value.get(name)
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    return plain_text(given) if isinstance(given, str) else None
