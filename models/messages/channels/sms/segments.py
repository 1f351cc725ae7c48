"""How many parts a text takes as SMS (3GPP TS 23.038 and 23.040), and how to make it fit.

A part has 160 characters of the GSM alphabet, or 70 of UCS-2 if one character is not in it; a part of several
loses seven or three to the header. Characters of two units are never split over two parts.
"""

# ruff: noqa: RUF001 - characters that look like others are replaced here

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")  # an escape and a character: two units
_ELLIPSIS = "..."
# Characters that Unicode does not decompose.
_PLAIN = {
    **dict.fromkeys("„“”«»″", '"'), **dict.fromkeys("‚‘’‹›′", "'"), **dict.fromkeys("‐‑‒–—−", "-"),
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "ð": "d",
    "ç": "c", "`": "'", "´": "'", "•": "-", "·": "-", "\t": " ", "\u00a0": " ", "\u2007": " ",
    "\u2009": " ", "\u202f": " ",
}  # fmt: skip


class Alphabet(StrEnum):
    """How a text is encoded."""

    GSM = "GSM"
    UCS2 = "UCS2"


# Units of a single part, and of each of several.
_ROOM = {Alphabet.GSM: (160, 153), Alphabet.UCS2: (70, 67)}


@dataclass(frozen=True, slots=True)
class Length:
    """The alphabet of a text, its length in units of that alphabet, and its number of parts."""

    alphabet: Alphabet
    units: int
    parts: int


def length_of(text: str) -> Length:
    """Return how long a text is as SMS; an empty text is one part."""
    gsm = all(char in _BASIC or char in _EXTENDED for char in text)
    alphabet = Alphabet.GSM if gsm else Alphabet.UCS2
    single, each = _ROOM[alphabet]
    units = sum(_units(text, alphabet))
    if units <= single:
        return Length(alphabet, units, 1)
    parts, left = 1, each
    for size in _units(text, alphabet):
        if size > left:
            parts, left = parts + 1, each
        left -= size
    return Length(alphabet, units, parts)


def plain(text: str) -> str:
    """Return a text with letters such as ł and ș as plain ones, if the GSM alphabet has these.

    Letters of other scripts stay, so that such a text is UCS-2.
    """
    return "".join(map(_plain, unicodedata.normalize("NFC", text)))


def fit(text: str, link: str, *, most_parts: int, as_plain: bool) -> str:
    """Return the text and the link in at most `most_parts` parts; the text is cut at a word if necessary, the
    link never.

    Raises ValueError if not even the link fits.
    """
    text = " ".join((plain(text) if as_plain else text).split())
    end = f" {link}" if link else ""
    if length_of(text + end).parts <= most_parts:
        return (text + end).strip()
    low, high = 0, len(text)  # of how many characters fit; more never need fewer parts
    while low < high:
        middle = (low + high + 1) // 2
        if length_of(_cut(text, middle) + _ELLIPSIS + end).parts <= most_parts:
            low = middle
        else:
            high = middle - 1
    if low:
        return _cut(text, low) + _ELLIPSIS + end
    if length_of(link).parts > most_parts:
        raise ValueError("the link does not fit")
    return link


def _cut(text: str, most_chars: int) -> str:
    """Return the beginning of a text, up to the end of a word if there is one, without its punctuation."""
    words = text[:most_chars]
    if most_chars < len(text) and text[most_chars] != " ":
        words = words.rpartition(" ")[0] or words
    return words.rstrip(" .,;:")


def _units(text: str, alphabet: Alphabet) -> Iterator[int]:
    if alphabet is Alphabet.GSM:
        return (2 if char in _EXTENDED else 1 for char in text)
    return (2 if ord(char) > 0xFFFF else 1 for char in text)  # of UTF-16


def _plain(char: str) -> str:
    if char in _BASIC or char in _EXTENDED:
        return char
    if char in _PLAIN:
        return _PLAIN[char]
    base = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    return base if base and all(part in _BASIC for part in base) else char
