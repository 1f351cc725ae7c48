"""Text of a refusal, or of a remark about a row, in the reader's language.

The English text is the one with which the refusal was raised. Texts in other languages are whole sentences,
without the name of the field.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from models.base.refusal import (
    Count,
    FactValues,
    ParameterName,
    Points,
    RefusalReason,
    Sentence,
    Value,
    Wait,
    Wording,
)
from models.feed.wording.decisions import decision_sentence
from models.feed.wording.english import ENGLISH
from models.feed.wording.facts import facts_in_words
from models.feed.wording.language import Language, language_for, zone_for
from models.feed.wording.parameter_names import field_name

MINUTE = 60


class Refused(Protocol):
    """A refusal, or a view of one."""

    @property
    def message(self) -> str:
        """The text in English."""
        ...

    @property
    def reason(self) -> RefusalReason | None:
        """The reason, which contains the texts."""
        ...

    @property
    def values(self) -> Mapping[str, Value]:
        """The values of the placeholders."""
        ...

    @property
    def place(self) -> str:
        """A prefix of the text that identifies one of several items."""
        ...


def refusal_message(refused: Refused, locale: str, time_zone: str) -> str:
    """Return what `UserError.message` shows to a reader of this locale."""
    if refused.reason is None or language_for(locale).catalog is ENGLISH:
        return refused.message
    return sentence_message(Sentence(refused.reason, refused.values, refused.place), locale, time_zone)


def sentence_message(sentence: Sentence[Wording], locale: str, time_zone: str) -> str:
    """Return what a reader of this locale sees of a problem or warning of a row."""
    language = language_for(locale)
    return str(sentence) if language.catalog is ENGLISH else _said(sentence, language, zone_for(time_zone))


def _said(value: Value, language: Language, zone: ZoneInfo) -> str:
    if isinstance(value, Sentence):
        words: str = getattr(value.wording.words, language.catalog.language)
        said = {name: _said(given, language, zone) for name, given in value.values.items()}
        return value.place + words.format(**said)
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return language.moment(value, zone)
    if isinstance(value, ParameterName | FactValues):
        return _named(value, language)
    if isinstance(value, int | float | Points | Wait | Count):
        return _number(value, language)
    return decision_sentence(value, language)


def _named(value: ParameterName | FactValues, language: Language) -> str:
    if isinstance(value, ParameterName):
        return field_name(language.catalog.language, value.field)
    return facts_in_words(value, language)


def _number(value: float | Points | Wait | Count, language: Language) -> str:
    match value:
        case Points(number):
            return language.points(number)
        case Wait(seconds):
            return language.duration(seconds if seconds <= MINUTE else -(-seconds // MINUTE) * MINUTE)
        case Count(number, forms):
            return language.counted(number, getattr(forms, language.catalog.language))
        case int():
            return language.number(value)
    return language.decimal(value)
