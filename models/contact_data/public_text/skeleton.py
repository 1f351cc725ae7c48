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
_LONGEST_OF_ONE = 4  # letters from one character, such as VIII
_WORD = re.compile(r"[^\W_]+")
# Letters without a decomposition, as people type them without the right keyboard.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
)
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
        return Skeleton(text.lower(), range(len(text)))
    chars: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        shown = (_unmasked(char) if unmask else None) or _shown(char)
        chars.append(shown)
        origin.extend([index] * len(shown))
    return Skeleton("".join(chars), origin)


def fold(word: str) -> str:
    """Return the form that all spellings of a name share: no case, no accents, ue turned back into ü."""
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word.casefold()).translate(_PLAIN)
        word = "".join(char for char in word if not unicodedata.combining(char))
    return _UMLAUT.sub("", word.casefold())


def words_of(text: str) -> list[str]:
    """Return the folded words of a name."""
    return [word.text for word in skeleton(text, unmask=True).words()]


def is_masked(text: str) -> bool:
    """Return whether letters of other scripts are mixed with Latin letters, and are the minority."""
    if text.isascii():
        return False
    masked = sum(_unmasked(char) is not None for char in text)
    return 0 < masked * 2 <= sum(char.isascii() and char.isalpha() for char in text)


def _unmasked(char: str) -> str | None:
    """Return the Latin letter that a letter of another script looks like, ignoring accents."""
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
    # A letter that decomposes into marks (such as dotted capital I) keeps only its base.
    return "".join(part for part in plain if unicodedata.category(part) not in {"Cf", "Mn", "Me"})
