"""How the texts of a draft are read: without case and accents, in words, without what is quoted."""

import re
import unicodedata
from dataclasses import dataclass

from models.contacting.draft.phrases import HEADER

_MARKS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"\w+")
_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "\u00ad": None, "\u200b": None})
_QUOTE = re.compile(r"^\s*[>|]")


@dataclass(frozen=True, slots=True)
class OwnText:
    """What the sender wrote: lines as written, the same folded, and whether something is quoted."""

    lines: tuple[str, ...]
    folded: str
    quotes: bool

    @property
    def signature(self) -> tuple[str, ...]:
        """The last lines, in which a signature stands."""
        return tuple(line for line in self.lines if line.strip())[-15:]


def fold(text: str) -> str:
    """Return a text in lower case, without accents and invisible marks, at most three times as long."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return _MARKS.sub("", plain[: 3 * len(text)])  # one character can stand for 18


def words_of(text: str) -> list[str]:
    """Return the words of a folded text."""
    return _WORD.findall(text)


def own_text(text: str) -> OwnText:
    """Return a text without its quoted lines, and without what follows the head of a quoted email."""
    lines: list[str] = []
    quotes = False
    for line in text.splitlines():
        if HEADER.match(fold(line[:300])):
            quotes = True
            break
        if _QUOTE.match(line):
            quotes = True
        else:
            lines.append(line)
    return OwnText(tuple(lines), fold("\n".join(lines)), quotes)
