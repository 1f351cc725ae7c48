"""Names of facts and of their values in the four languages, by area.

A fact has one name in all rulesets, or one in each (`retry.outcome`). The values of an enum that a domain
words for other purposes, such as the reasons for complaints, are added by that domain.
"""

from collections.abc import Mapping
from enum import StrEnum

from models.base.refusal import LANGUAGES
from models.feed.wording.fact_names import calls, contacting, leads, messages
from models.feed.wording.language import language_for
from models.feed.wording.parameter_names import Names, field_name

_AREAS = (leads, messages, calls, contacting)
_FACTS: dict[str, Names] = {name: words for area in _AREAS for name, words in area.FACTS.items()}
_VALUES: dict[type[StrEnum], Mapping[str, Names]] = {
    enum: words for area in _AREAS for enum, words in area.VALUES.items()
}
# The parameters of switches whose facts have another name.
_SWITCHES = {
    "late_declines_refund": "late_declines",
    "withdrawals_refund": "withdrawals",
    "mask_vendor_contacts": "chat_mask_vendor_contacts",
    "mask_vendor_links": "chat_mask_vendor_links",
}


def add(enum: type[StrEnum], words: Mapping[str, Mapping[str, str]]) -> None:
    """Add the names of an enum's values that are defined in its domain, by value and language."""
    _VALUES[enum] = {value: tuple(by[one] for one in LANGUAGES) for value, by in words.items()}


def fact_in_words(ruleset: str, fact: str, locale: str) -> str:
    """Return the name of a fact in the language of a locale."""
    words = _FACTS.get(f"{ruleset}.{fact}") or _FACTS[fact]
    return words[_place(locale)]


def switch_in_words(switch: str, locale: str) -> str:
    """Return the name of a switch of the policy that is a fact."""
    return field_name(language_for(locale).catalog.language, _SWITCHES.get(switch, switch))


def value_in_words(value: StrEnum, locale: str) -> str:
    """Return the name of a value of a fact in the language of a locale."""
    return _VALUES[type(value)][value][_place(locale)]


def _place(locale: str) -> int:
    return LANGUAGES.index(language_for(locale).catalog.language)
