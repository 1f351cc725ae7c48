"""How phrases are written, and how they become patterns.

A phrase is a row of words as they stand in a folded sentence (lower case, without diacritics): `a|b` are
alternatives, `sie?` may be missing, and `a_b` are two words. In angle brackets stand slots: `<any3>` for up
to three words of one clause, `<start>` for the beginning of a clause and the words that may open a request,
`<end>` for its end, and the names of the language's own slots.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from models.contacting.markers.kinds import StatementKind, Strength

_SLOT = re.compile(r"<(\w+?)(\d*)>")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One row of a table.

    `negated` is what the phrase says when it is negated; None if it then says nothing. Phrases that contain
    their negation are `fixed`: no further word changes their meaning.
    """

    id: str
    kind: StatementKind
    strength: Strength
    pattern: str
    negated: StatementKind | None = None
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class PhraseTable:
    """The phrases of a language.

    `openers` may stand before a request in its clause, and `joiners` begin one without a comma. `negators`
    negate what follows within four words; with `to_clause_end`, also what precedes in the clause. An
    `unneeded` word beside a negator means that nothing is asked for ("you need not"), and a `reversing` one
    that the negation asks for it ("don't forget to"). After an `asking` word, a phrase that forbids is a
    question. Beyond a comma or one of the `cuts` ("and"), nothing is negated.
    """

    language: str
    joiners: Sequence[str]
    openers: Sequence[str]
    slots: Mapping[str, Sequence[str]]
    negators: frozenset[str]
    unneeded: frozenset[str]
    reversing: frozenset[str]
    asking: frozenset[str]
    cuts: frozenset[str]
    phrases: Sequence[Phrase]
    to_clause_end: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase, ready to be searched for, and what must be there for it: a cheap first look.

    `groups` has the words of each part that cannot be missing, of which one must be there; `triggers` is the
    rarest of them. One of the `pairs` must be there as well, unless there are none.
    """

    phrase: Phrase
    table: PhraseTable
    regex: re.Pattern[str]
    triggers: frozenset[str]
    groups: tuple[frozenset[str], ...]
    pairs: tuple[str, ...]

    def may_be_in(self, row: str, words: Set[str]) -> bool:
        """Return False if the phrase cannot be in this row of words, each followed by a space."""
        for group in self.groups:  # `any` takes twice as long, and most calls end here
            if words.isdisjoint(group):
                return False
        return not self.pairs or any(map(row.__contains__, self.pairs))


def patterns_of(table: PhraseTable) -> tuple[Pattern, ...]:
    """Return the patterns of a table. Raises LookupError for a phrase with an unknown slot."""
    return tuple(_pattern(phrase, table) for phrase in table.phrases)


def _pattern(phrase: Phrase, table: PhraseTable) -> Pattern:
    parts = [_needed(part, table) for part in phrase.pattern.split()]
    groups = tuple(
        frozenset(max(reversed(words.split()), key=len) for words in part) for part in parts if part
    )
    if not groups:
        raise LookupError(f"{phrase.id}: a phrase needs a word that cannot be missing")
    # The words of the part whose shortest word is the longest: the rarest ones, as a rule.
    triggers = max(groups, key=lambda words: min(map(len, words)))
    rows = [[f"{one} {other} " for one in first for other in second] for first, second in pairwise(parts)]
    pairs = min(filter(None, rows), key=len, default=[])
    return Pattern(phrase, table, re.compile(_regex(phrase, table)), triggers, groups, tuple(pairs))


def _needed(part: str, table: PhraseTable) -> list[str]:
    """Return what a part of a phrase may be, if it cannot be missing."""
    slot = _SLOT.fullmatch(part)
    if slot is None:
        words: Sequence[str] = () if part.endswith("?") else part.split("|")
    else:
        name, number = slot.groups()
        looks = name in {"any", "start", "end"} or name.startswith(("then", "not"))
        words = () if looks or number else table.slots.get(name, ())
    return [word.replace("_", " ") for word in words]


def _regex(phrase: Phrase, table: PhraseTable) -> str:
    """Each word is followed by a space, so every part ends with one."""
    parts = phrase.pattern.split()
    start = "" if parts[0] == "<start>" else r"(?<![^ ])"
    return start + "".join(_part(part, phrase, table) for part in parts)


def _part(part: str, phrase: Phrase, table: PhraseTable) -> str:
    slot = _SLOT.fullmatch(part)
    if slot is None:
        return f"{_words(part.removesuffix('?').split('|'))}{'?' if part.endswith('?') else ''}"
    name, number = slot.groups()
    if name == "any":
        return rf"(?:[^ ,]+ ){{0,{number}}}?"
    if name == "end":
        return "(?=$|, )"
    if name == "start":
        begin = rf"(?:^|(?<=, )|(?<![^ ]){_words(table.joiners)})"
        return f"{begin}{_words(table.openers)}{{0,5}}"
    if name not in table.slots:
        raise LookupError(f"{phrase.id}: there is no slot <{name}>")
    return _own_slot(name, number, _words(table.slots[name]))


def _own_slot(name: str, number: str, words: str) -> str:
    """Slots that begin with "then" and "not" look at what follows, without taking it."""
    if name.startswith("then"):
        return f"(?=$|, |{words})"
    if name.startswith("not"):
        return f"(?!{words})"
    return f"{words}{{0,{number}}}" if number else words


def _words(words: Sequence[str]) -> str:
    """Longer ones first, so that none hides another that begins like it."""
    ordered = sorted(words, key=len, reverse=True)
    return f"(?:(?:{'|'.join(re.escape(word.replace('_', ' ')) for word in ordered)}) )"
