"""Names of people in either order, "First Last" or "Last, First" (S4.8), and how they are sorted."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_SORT_CHARS = 36  # of each part: what a position in a list can hold
_LETTERS = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})


class NameOrder(StrEnum):
    """The order of names that are written without a comma."""

    FIRST_LAST = "FIRST_LAST"
    LAST_FIRST = "LAST_FIRST"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A first name, which may be empty, and a last name."""

    first: str
    last: str

    @property
    def shown(self) -> str:
        """First Last."""
        return f"{self.first} {self.last}".strip()


def read_name(text: str, order: NameOrder | None = None) -> PersonName:
    """Return the parts of a name.

    A comma means "Last, First". Without one, the last word is the last name, with the particles in lower case
    before it ("Hans von der Heide"), unless `order` says that the last name comes first.
    """
    before, comma, after = text.partition(",")
    if comma:
        return PersonName(" ".join(after.split()), " ".join(before.split()))
    words = text.split()
    if order is NameOrder.LAST_FIRST and len(words) > 1:
        end = next((at for at, word in enumerate(words) if not _is_particle(word)), len(words) - 1) + 1
        return PersonName(" ".join(words[end:]), " ".join(words[:end]))
    begin = max(len(words) - 1, 0)
    while begin > 1 and _is_particle(words[begin - 1]):
        begin -= 1
    if begin == 1 and _is_particle(words[0]):  # "von Heide", without a first name
        begin = 0
    return PersonName(" ".join(words[:begin]), " ".join(words[begin:]))


def sort_key(name: PersonName) -> str:
    """Return the key by which a person is sorted, as Last, First; ASCII, without accents.

    Letters of other scripts are replaced by their numbers, which keeps their order.
    """
    return f"{_plain(name.last)[:_SORT_CHARS]} {_plain(name.first)}"[:_SORT_CHARS].strip()


def _is_particle(word: str) -> bool:
    return word[:1].islower()


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    known = (
        char if char.isascii() else f"{ord(char):05x}" for char in letters if not unicodedata.combining(char)
    )
    return re.sub(r"[^a-z0-9]+", "", "".join(known))
