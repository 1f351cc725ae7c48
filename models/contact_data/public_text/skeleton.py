"""The skeleton of a text, free of disguises, with a mapping back to each original character."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.contact_data.public_text.look_alikes import LOOK_ALIKES

_SAME = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u00b7\u2022\u2027\u3002\u2024\uff61", "."),
    "\u2019": "'",
}
_FIRST_LOOK_ALIKE = "\u0180"
_MOST_KNOWN = 20_000  # characters of a table; texts of a market use a few hundred
_LONGEST_OF_ONE = 4  # letters from one character, such as VIII
_WORD = re.compile(r"[^\W_]+")
# Letters without a decomposition, as people type them without the right keyboard.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
)
_NOT_FOLDED = "\u0250"  # the first letter beyond those of Latin alphabets, which `_FOLDED` has
_UMLAUT = re.compile(r"(?<=[aou])e")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits: folded, with its place in the skeleton."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Skeleton:
    """`text` is in lower case, without width variants, marks and invisible characters; `origin` maps it to
    the original.
    """

    text: str
    origin: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original half-open span of a non-empty span of the skeleton."""
        return self.origin[start], self.origin[end - 1] + 1

    def words(self) -> list[Word]:
        """Return the words in order, folded for comparing names."""
        return [Word(fold(match[0]), *match.span()) for match in _WORD.finditer(self.text)]


def skeleton(text: str, *, unmask: bool = False) -> Skeleton:
    """Return the skeleton of `text`; time and space are linear in its length.

    With `unmask`, look-alike letters of other scripts become Latin: for Latin text, and for comparisons.
    """
    if text.isascii():  # lower-casing ASCII keeps every character's position
        return Skeleton(text.lower().replace("\t", " "), range(len(text)))
    table = _table(unmask=unmask)
    shown = text.translate(table)
    if table.uneven.isdisjoint(text):
        return Skeleton(shown, range(len(text)))
    origin: list[int] = []
    for index, char in enumerate(text):
        origin.extend([index] * len(table[ord(char)]))
    return Skeleton(shown, origin)


class _Table(dict[int, str]):
    """How each character is shown, by code point, and those that are not shown as one; filled as needed."""

    def __init__(self, *, unmask: bool) -> None:
        super().__init__()
        self._unmask = unmask
        self.uneven: set[str] = set()

    def __missing__(self, point: int) -> str:
        char = chr(point)
        shown = self[point] = (_unmasked(char) if self._unmask else None) or _shown(char)
        if len(shown) != 1:
            self.uneven.add(char)
        return shown


_TABLES: dict[bool, _Table] = {}


def _table(*, unmask: bool) -> _Table:
    """Return the table in use, or a new one if it has become large."""
    table = _TABLES.get(unmask)
    if table is None or len(table) > _MOST_KNOWN:
        table = _TABLES[unmask] = _Table(unmask=unmask)
    return table


def fold(word: str) -> str:
    """Return the form that all spellings of a name share: no case, no accents, ue turned back into ü."""
    if not word.isascii():
        word = word.translate(_FOLDED) if max(word) < _NOT_FOLDED else _fold(word)
    return without_umlauts(word.casefold())


def _fold(word: str) -> str:
    word = unicodedata.normalize("NFKD", word.casefold()).translate(_PLAIN)
    return "".join(char for char in word if not unicodedata.combining(char))


def without_umlauts(letters: str) -> str:
    """Return folded letters with ue turned back into u, for words that have just been joined."""
    return _UMLAUT.sub("", letters)


def places_of(part: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield each span of `text` that is `part`, which must not be empty."""
    start = text.find(part)
    while start >= 0:
        end = start + len(part)
        yield start, end
        start = text.find(part, end)


def words_of(text: str) -> list[str]:
    """Return the folded words of a name."""
    return [word.text for word in skeleton(text, unmask=True).words()]


def has_look_alikes(text: str) -> bool:
    """Return whether a letter of another script looks like a Latin letter."""
    return not text.isascii() and max(text) >= _FIRST_LOOK_ALIKE and any(map(_unmasked, text))


def is_masked(text: str) -> bool:
    """Return whether letters of other scripts are mixed with Latin letters, and are the minority."""
    if text.isascii() or max(text) < _FIRST_LOOK_ALIKE:
        return False
    masked = sum(_unmasked(char) is not None for char in text)
    return 0 < masked * 2 <= sum(char.isascii() and char.isalpha() for char in text)


def _unmasked(char: str) -> str | None:
    """Return the Latin letter that a letter of another script looks like, ignoring accents."""
    if char < _FIRST_LOOK_ALIKE:
        return None
    return LOOK_ALIKES.get(char) or LOOK_ALIKES.get(unicodedata.normalize("NFD", char)[0])


def _shown(char: str) -> str:
    if char.isascii():
        return " " if char == "\t" else char.lower()
    same = _SAME.get(char)
    if same is not None:
        return same
    if unicodedata.category(char) in {"Cf", "Mn", "Me"}:
        return ""
    if char.isspace():
        return " "
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return _folded(char)


def _folded(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char).lower()
    if len(plain) > _LONGEST_OF_ONE:
        return plain[0]
    # A letter that decomposes into marks (such as dotted capital I) keeps only its base.
    return "".join(part for part in plain if unicodedata.category(part) not in {"Cf", "Mn", "Me"})


_FOLDED = {point: _fold(chr(point)) for point in range(ord(_NOT_FOLDED))}
