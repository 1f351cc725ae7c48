"""The skeleton of a text, free of disguises, with a mapping back to each original character."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from models.contact_data.public_text.look_alikes import LOOK_ALIKES

_SAME = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u3002\u2024\uff61", "."),
    "\u2019": "'",
}
_LONGEST_OF_ONE = 4  # letters of one character: VIII; those that stand for a sentence hide no name
_WORD = re.compile(r"[^\W_]+")
# Letters that have no decomposition, as people type them without the right keyboard.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
)
_UMLAUT = re.compile(r"(?<=[aou])e")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits: folded, and where it stands in the skeleton."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Skeleton:
    """`text` is in lower case, without width, marks and invisible characters; `origin` has its old places."""

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

    With `unmask` letters of other scripts that look like ours become ours: for Latin text, and for comparing.
    """
    if text.isascii():  # lower case keeps each ASCII character in its place
        return Skeleton(text.lower(), range(len(text)))
    chars: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        shown = (_unmasked(char) if unmask else None) or _shown(char)
        chars.append(shown)
        origin.extend([index] * len(shown))
    return Skeleton("".join(chars), origin)


def fold(word: str) -> str:
    """Return `word` as two spellings of one name share it: no case, no accents, ue for u-umlaut undone."""
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word.casefold()).translate(_PLAIN)
        word = "".join(char for char in word if not unicodedata.combining(char))
    return _UMLAUT.sub("", word.casefold())


def words_of(text: str) -> list[str]:
    """Return the folded words of a name."""
    return [word.text for word in skeleton(text, unmask=True).words()]


def is_masked(text: str) -> bool:
    """Tell whether letters of other scripts stand among letters of ours, and are the fewer."""
    if text.isascii():
        return False
    masked = sum(_unmasked(char) is not None for char in text)
    return 0 < masked * 2 <= sum(char.isascii() and char.isalpha() for char in text)


def _unmasked(char: str) -> str | None:
    """Return the letter of ours that a letter of another script looks like, accents aside."""
    if char < "\u0180":
        return None
    return LOOK_ALIKES.get(char) or LOOK_ALIKES.get(unicodedata.normalize("NFD", char)[0])


def _shown(char: str) -> str:
    if char.isascii():
        return char.lower()
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
    # What falls apart into marks (a dotted capital I does) leaves its base only.
    return "".join(part for part in plain if unicodedata.category(part) not in {"Cf", "Mn", "Me"})
