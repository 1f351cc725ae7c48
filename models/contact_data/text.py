"""Normal form of stored text: bounded, visible characters only."""

import re
import unicodedata

from models.contact_data.invalid import InvalidValue
from models.contact_data.refusals import ContactDataRefusal

# They reorder or hide what a reader sees ("RTL override"); names and titles need none of them. Joiners
# (U+200C, U+200D) are allowed: the spelling of Persian and Indic names needs them.
_DECEPTIVE = frozenset("\u061c\u200b\u200e\u200f\u2028\u2029\ufeff") | frozenset(
    map(chr, (*range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFFF9, 0xFFFC)))
)
_REFUSED_CATEGORIES = frozenset({"Cc", "Cs"})
# Whole texts can be written in characters that nobody sees: in tags, which only three flags need, and in runs
# of variation selectors and joiners. Single ones, and a joiner after a selector, occur in emoji and names.
_FLAG = re.compile(
    "\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067"
    "|\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f"
)
_SELECTOR, _JOINER = "[\ufe00-\ufe0f\U000e0100-\U000e01ef]", "[\u200c\u200d]"
_UNSEEN = re.compile(
    f"[\U000e0000-\U000e007f]|(?<={_SELECTOR}){_SELECTOR}|(?<={_JOINER})(?:{_SELECTOR}|{_JOINER})"
)
_FLAGS_OR_UNSEEN = re.compile(f"(?P<flag>{_FLAG.pattern})|{_UNSEEN.pattern}")


class InvalidText(InvalidValue):
    """A text cannot be stored as it is; the message says why and gives the remedy, never the text."""


def clean_line(text: str, max_chars: int) -> str:
    """Return one line of text, NFC, trimmed; empty if nothing is left.

    Raises InvalidText if it is longer than `max_chars` characters or has control characters (line breaks
    and tabs too), lone surrogates or text-reordering characters.
    """
    return _clean(text, max_chars, allowed="")


def clean_block(text: str, max_chars: int) -> str:
    r"""Return text of several lines, NFC, trimmed, its line ends `\n`.

    Raises InvalidText like `clean_line`, but allows line breaks and tabs.
    """
    if len(text) > 2 * max_chars:  # each line break may be two characters
        raise InvalidText(ContactDataRefusal.TEXT_TOO_LONG, most=max_chars)
    return _clean(text.replace("\r\n", "\n").replace("\r", "\n"), max_chars, allowed="\n\t")


def without_hidden(text: str) -> str:
    r"""Return text without the characters that the others refuse, for what is written while somebody speaks.

    Line breaks become `\n`, and tabs stay. Check the length before: this reads the whole text.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.isprintable():
        return text
    kept = "".join(
        char
        for char in text
        if char in "\n\t" or not (char in _DECEPTIVE or unicodedata.category(char) in _REFUSED_CATEGORIES)
    )
    return _FLAGS_OR_UNSEEN.sub(lambda found: found["flag"] or "", kept)


def _clean(text: str, max_chars: int, allowed: str) -> str:
    text = text.strip()
    if len(text) > max_chars:
        raise InvalidText(ContactDataRefusal.TEXT_TOO_LONG, most=max_chars)
    if text.isascii() and text.isprintable():
        return text
    for char in text:
        if char in allowed:
            continue
        if char in _DECEPTIVE or unicodedata.category(char) in _REFUSED_CATEGORIES:
            raise _hidden(char)
    if unseen := _UNSEEN.search(_FLAG.sub("", text)):
        raise _hidden(unseen[0])
    text = unicodedata.normalize("NFC", text)
    if len(text) > max_chars:  # a few characters get longer in NFC
        raise InvalidText(ContactDataRefusal.TEXT_TOO_LONG, most=max_chars)
    return text


def _hidden(char: str) -> InvalidText:
    return InvalidText(ContactDataRefusal.TEXT_HAS_HIDDEN_CHARACTER, character=f"U+{ord(char):04X}")
