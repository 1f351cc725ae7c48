"""Names of a policy's areas and parameters in the four languages, by area."""

from typing import TypeAlias

from models.base.refusal import LANGUAGES
from models.feed.wording.parameter_names import calls, contacting, leads, messages
from rules import Policy

Names: TypeAlias = tuple[str, ...]

_PARTS = (leads, messages, calls, contacting)
_AREAS: dict[str, Names] = {area: names for part in _PARTS for area, names in part.AREAS.items()}
_FIELDS: dict[str, Names] = {field: names for part in _PARTS for field, names in part.FIELDS.items()}


def area_name(language: str, area: str) -> str:
    """Return the name of an area in a language."""
    return _AREAS[area][LANGUAGES.index(language)]


def field_name(language: str, field: str) -> str:
    """Return the name of a parameter in a language; no two areas have a field of the same name."""
    return _FIELDS[field][LANGUAGES.index(language)]


def _check() -> None:
    """Stop the start if a parameter has no name."""
    fields = Policy.parameter_fields()
    missing = {one.name for one in fields} - _FIELDS.keys() | {one.area for one in fields} - _AREAS.keys()
    if missing:
        raise LookupError(f"these parameters have no name: {', '.join(sorted(missing))}")


_check()
