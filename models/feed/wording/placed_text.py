"""Text of a placed message for its reader: what can be done now, and until when (S1.11).

Like that of a notification, it never contains contact data. A page has hundreds of them, so what a rule's
words need is found out once for each policy and language.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from models.feed.wording.decisions import decision_sentence
from models.feed.wording.language import Language, language_for, zone_for
from models.feed.wording.placed import PLACED
from rules import Cell, Decision, Ruleset
from rules.engine.wording import placeholders

_MOST_TEXTS = 4_096


class PlacedValues(Protocol):
    """The values that words of placed messages can mention; None is unknown, and its sentence is left out."""

    @property
    def vendor(self) -> str:
        """The name of the vendor."""

    @property
    def lead(self) -> str | None:
        """The title of the lead."""

    @property
    def complaint(self) -> str | None:
        """The number of the complaint."""

    @property
    def decide_by(self) -> datetime | None:
        """The deadline of the complaint."""

    @property
    def opens_at(self) -> datetime | None:
        """When silence reveals the contact data."""

    @property
    def meeting_at(self) -> datetime | None:
        """The meeting time that was proposed or agreed."""

    @property
    def complaint_until(self) -> datetime | None:
        """When the complaint window ends."""

    @property
    def returned(self) -> int | None:
        """The fee in points, if it was returned."""

    @property
    def captured(self) -> int | None:
        """The fee in points, if it was not returned."""

    @property
    def refund(self) -> Decision | None:
        """The decision on the fee, which says why it is not returned."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with the numbers of the policy in it, and the names of the values that it still needs."""

    text: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """The sentences of one rule in one language; `ruleset` is kept so that its id is not used again."""

    ruleset: Ruleset[Any]
    title: _Sentence
    body: tuple[_Sentence, ...]


_WORDS: dict[tuple[int, str, str], _Words] = {}
Maker = Callable[[PlacedValues, Language, ZoneInfo], str | None]


def _moment(of: Callable[[PlacedValues], datetime | None], *, start: bool = False) -> Maker:
    def make(values: PlacedValues, language: Language, zone: ZoneInfo) -> str | None:
        at = of(values)
        return None if at is None else language.moment(at, zone, start=start)

    return make


def _points(of: Callable[[PlacedValues], int | None]) -> Maker:
    def make(values: PlacedValues, language: Language, _: ZoneInfo) -> str | None:
        points = of(values)
        return language.points(points) if points else None

    return make


def _why(values: PlacedValues, language: Language, _: ZoneInfo) -> str | None:
    return None if values.refund is None else decision_sentence(values.refund, language)


_MAKERS: Mapping[str, Maker] = {
    "vendor": lambda values, *_: values.vendor,
    "lead": lambda values, *_: values.lead,
    "complaint": lambda values, *_: values.complaint,
    "decide_by": _moment(lambda values: values.decide_by),
    "opens_at": _moment(lambda values: values.opens_at, start=True),
    "answer_until": _moment(lambda values: values.opens_at),
    "meeting_at": _moment(lambda values: values.meeting_at),
    "complaint_until": _moment(lambda values: values.complaint_until),
    "returned": _points(lambda values: values.returned),
    "captured": _points(lambda values: values.captured),
    "why": _why,
}


def placed_title(cell: Cell, values: PlacedValues, locale: str, time_zone: str) -> str:
    """Return the title in the reader's language and zone."""
    language = language_for(locale)
    title = _fill(_words(cell, language).title, values, language, zone_for(time_zone))
    return "" if title is None else title


def placed_body(cell: Cell, values: PlacedValues, locale: str, time_zone: str) -> str:
    """Return the body in the reader's language and zone, without sentences that lack a value."""
    language, zone = language_for(locale), zone_for(time_zone)
    texts = [_fill(sentence, values, language, zone) for sentence in _words(cell, language).body]
    return " ".join([text for text in texts if text is not None])


def _fill(sentence: _Sentence, values: PlacedValues, language: Language, zone: ZoneInfo) -> str | None:
    if not sentence.names:
        return sentence.text
    known = {}
    for name in sentence.names:
        value = _MAKERS[name](values, language, zone)
        if value is None:
            return None
        known[name] = value
    return sentence.text.format_map(known)


def _words(cell: Cell, language: Language) -> _Words:
    ruleset = cell.ruleset
    key = id(ruleset), cell.rule.id, language.name
    found = _WORDS.get(key)
    if found is None:
        if len(_WORDS) >= _MOST_TEXTS:  # policies loaded again each time must not accumulate
            _WORDS.clear()
        notice = PLACED[ruleset.name][cell.rule.id][language.catalog.language]
        numbers = language.words(ruleset.policy)
        body = tuple(_sentence(text, numbers) for text in notice.body)
        found = _WORDS[key] = _Words(ruleset, _sentence(notice.title, numbers), body)
    return found


def _sentence(text: str, numbers: Mapping[str, str]) -> _Sentence:
    names = placeholders(text)
    left = tuple(name for name in sorted(names) if name in _MAKERS)
    kept = {name: f"{{{name}}}" for name in left}
    said = {name: numbers[name].replace("{", "{{").replace("}", "}}") for name in names - kept.keys()}
    return _Sentence(text.format_map(kept | said), left)
