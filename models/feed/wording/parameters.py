"""Changes of a policy's parameters in words of the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.feed.wording.language import Language, language_for
from models.feed.wording.parameter_names import area_name, field_name
from models.policies.draft.changes import ParameterDifference
from rules import Policy

_ON_OFF = {
    "en": ("on", "off"),
    "de": ("ein", "aus"),
    "pl": ("włączone", "wyłączone"),
    "ro": ("activat", "dezactivat"),
}
_SENTENCES: Mapping[str, str] = {
    "en": "{area}: “{field}” changes from {before} to {after}.",
    "de": "{area}: „{field}“ ändert sich von {before} auf {after}.",
    "pl": "{area}: „{field}” zmienia się z {before} na {after}.",
    "ro": "{area}: „{field}” se modifică de la {before} la {after}.",
}


@dataclass(frozen=True, slots=True)
class WordedChange:
    """A change with its values and a sentence in one language."""

    area: str
    field: str
    before: str
    after: str
    sentence: str


def change_in_words(change: ParameterDifference, before: Policy, after: Policy, locale: str) -> WordedChange:
    """Return a change between two policies in the language of a locale."""
    language = language_for(locale)
    old, new = (
        _value(language, policy, change.field, value)
        for policy, value in ((before, change.before), (after, change.after))
    )
    code = language.catalog.language
    sentence = _SENTENCES[code].format(
        area=area_name(code, change.area), field=field_name(code, change.field), before=old, after=new
    )
    return WordedChange(change.area, change.field, old, new, sentence)


def parameter_in_words(area: str, field: str, locale: str) -> tuple[str, str]:
    """Return the names of an area and of a parameter in the language of a locale."""
    code = language_for(locale).catalog.language
    return area_name(code, area), field_name(code, field)


def _value(language: Language, policy: Policy, field: str, value: object) -> str:
    if isinstance(value, bool):
        on, off = _ON_OFF[language.catalog.language]
        return on if value else off
    return language.words(policy)[field]
