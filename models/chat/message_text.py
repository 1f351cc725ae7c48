"""The text of a message as it is stored: what a reader can see, without what is hidden in it."""

import re
import unicodedata

from models.chat.refusals import ChatRefusal
from models.contact_data.checked_text import checked_text
from models.contact_data.refusals import ContactDataRefusal
from models.contact_data.text import InvalidText, without_hidden

LONGEST_MESSAGE = 5_000
_MOST_MARKS = 4  # on one letter; writing needs fewer, and more of them cover the lines above and below
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and symbols that look like spaces
_SURROGATE = re.compile("[\ud800-\udfff]")


def message_text(text: str) -> str:
    """Return a message without hidden characters and stacked marks, NFC, trimmed, its line ends `\\n`.

    Messages are not refused for characters that reorder or hide text, as names are: people copy them from
    elsewhere without knowing. Raises `Refusal`: REQUIRED for an empty text, INVALID for one that is longer
    than 5,000 characters, has only invisible characters, or lone surrogates.
    """
    found = checked_text("text", text, LONGEST_MESSAGE, clean=_clean, missing="required. Write a message.")
    if not any(map(_is_visible, found)):
        raise ChatRefusal.MESSAGE_INVISIBLE.at("text")
    return found


def _clean(text: str, max_chars: int) -> str:
    if len(text) > 2 * max_chars:  # each line break may be two characters
        raise InvalidText(ContactDataRefusal.TEXT_TOO_LONG, most=max_chars)
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > max_chars:
        raise InvalidText(ContactDataRefusal.TEXT_TOO_LONG, most=max_chars)
    if text.isascii() and text.isprintable():
        return text
    if lone := _SURROGATE.search(text):
        character = f"U+{ord(lone[0]):04X}"
        raise InvalidText(ContactDataRefusal.TEXT_HAS_HIDDEN_CHARACTER, character=character)
    cleaned = _without_stacks(unicodedata.normalize("NFC", without_hidden(text))).strip()
    if text and not cleaned:
        raise ChatRefusal.MESSAGE_INVISIBLE.at("text")
    if len(cleaned) > max_chars:  # a few characters get longer in NFC
        raise InvalidText(ContactDataRefusal.TEXT_TOO_LONG, most=max_chars)
    return cleaned


def _without_stacks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def _is_visible(char: str) -> bool:
    return char not in _FILLERS and unicodedata.category(char)[0] not in "CMZ"
