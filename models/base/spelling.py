"""What the spellings of a word share, to recognise headings and names as people type them."""

import unicodedata

_WHOLE_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe"})  # Unicode has no parts


def without_accents(text: str) -> str:
    """Return text in small letters without accents; everything else stays: "Größe (m)" is "grosse (m)"."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_WHOLE_LETTERS))
    return "".join(char for char in plain if not unicodedata.combining(char))


def word_key(text: str) -> str:
    """Return small letters without accents, and digits: "E-Mail 1*" is "email1"."""
    return "".join(char for char in without_accents(text) if char.isalnum())
