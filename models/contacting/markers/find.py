"""Finds signs in a text: sentence by sentence, by the phrases of four languages."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from operator import attrgetter

from models.contacting.markers.dates import date_until
from models.contacting.markers.kinds import MEDIA, StatementKind, Strength
from models.contacting.markers.own_words import sentences_of
from models.contacting.markers.phrases.english import ENGLISH
from models.contacting.markers.phrases.german import GERMAN
from models.contacting.markers.phrases.phrase import Pattern, PhraseTable, patterns_of
from models.contacting.markers.phrases.polish import POLISH
from models.contacting.markers.phrases.romanian import ROMANIAN

TABLES = (ENGLISH, GERMAN, POLISH, ROMANIAN)
NEGATION_WINDOW = 4  # words to the left

_FORBIDS = {StatementKind.STOP_CALLS: StatementKind.CALL, StatementKind.STOP_MAIL: StatementKind.WRITE}


@dataclass(frozen=True, slots=True)
class Marker:
    """One sign: what was said, by which phrase, in which language; `until` (a date) for absences."""

    kind: StatementKind
    strength: Strength
    phrase_id: str
    language: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """A sign, where it stands in the sentence, and the place of its phrase in the tables."""

    marker: Marker
    start: int
    end: int
    place: int

    def overrules(self, other: "_Found") -> bool:
        """A sentence that forbids a medium does not ask for it as well, however its other words read; and
        of two media that the same words ask for, the one that is named is meant.
        """
        mine, others = self.marker.kind, other.marker.kind
        if _FORBIDS.get(mine) is others:
            return True
        overlap = self.start < other.end and other.start < self.end
        clearer = (self.marker.strength, other.marker.strength) == (Strength.STRONG, Strength.WEAK)
        return overlap and clearer and mine is not others and {mine, others} <= MEDIA


_Places = Mapping[str, Mapping[int, Pattern]]
"""The patterns of each trigger, each by its place in the tables."""


def _by_trigger(tables: Iterable[PhraseTable]) -> _Places:
    found: dict[str, dict[int, Pattern]] = {}
    for place, pattern in enumerate(pattern for table in tables for pattern in patterns_of(table)):
        for word in pattern.triggers:
            found.setdefault(word, {})[place] = pattern
    return found


_PATTERNS: Mapping[str | None, _Places] = {
    None: _by_trigger(TABLES),
    **{table.language: _by_trigger((table,)) for table in TABLES},
}


def find_markers(text: str, at: datetime, language: str | None = None) -> tuple[Marker, ...]:
    """Return the signs in a text, one of each kind, in the order in which they stand.

    `at` (aware) is when it was written, and settles the year of dates. `language` ("de") restricts the
    search to one of the four languages; another language has no phrases. A text that asks for two media asks
    for neither. It never raises.
    """
    patterns = _PATTERNS.get(language, {})
    found: dict[StatementKind, Marker] = {}
    for words in sentences_of(text):
        there = set(words)
        triggers = patterns.keys() & there
        if not triggers:
            continue
        here = {place: one for word in triggers for place, one in patterns[word].items()}
        for marker in _in_sentence(words, there, here, at):
            before = found.get(marker.kind)
            if before is None or (before.strength, marker.strength) == (Strength.WEAK, Strength.STRONG):
                found[marker.kind] = marker
    if len(MEDIA & found.keys()) > 1:
        return tuple(marker for marker in found.values() if marker.kind not in MEDIA)
    return tuple(found.values())


def _in_sentence(
    words: Sequence[str], there: Set[str], patterns: Mapping[int, Pattern], at: datetime
) -> list[Marker]:
    sentence = " ".join(words) + " "
    found: list[_Found] = []
    for place, pattern in patterns.items():
        match = pattern.regex.search(sentence) if pattern.may_be_in(sentence, there) else None
        if match is None:
            continue
        kind = _meaning(pattern, sentence, match.start(), match.end())
        if kind is not None:
            until = date_until(sentence, at.date()) if kind is StatementKind.OUT_OF_OFFICE else None
            phrase = pattern.phrase
            marker = Marker(kind, phrase.strength, phrase.id, pattern.table.language, until)
            found.append(_Found(marker, match.start(), match.end(), place))
    found.sort(key=attrgetter("start", "place"))
    return [one.marker for one in found if not any(other.overrules(one) for other in found)]


def _uncut(words: Sequence[str], table: PhraseTable) -> list[str]:
    """Return the words up to the first comma or word that cuts."""
    return list(takewhile(lambda word: word != "," and word not in table.cuts, words))


def _meaning(pattern: Pattern, sentence: str, start: int, end: int) -> StatementKind | None:
    """The kind of the match, or what its negation means."""
    phrase, table = pattern.phrase, pattern.table
    clause = _uncut(sentence[:start].split()[: -NEGATION_WINDOW - 1 : -1], table)
    if phrase.fixed:
        return None if table.asking & set(clause) else phrase.kind
    own = sentence[start:end].split()
    if own[0] in table.cuts:
        clause = []
    said = {*clause, *own}
    if table.to_clause_end:
        said.update(_uncut(sentence[end:].split(), table))
    if not said & table.negators:
        return phrase.kind
    if said & table.reversing:
        return phrase.kind
    return None if said & table.unneeded else phrase.negated
