"""Texts of a row that are stored as they are, but look wrong: the reader is warned.

A text can be damaged before the file is saved ("JÃ¼rgen", "M&uuml;ller"), and a number or an address in the
column of the names shows that the columns are shifted.
"""

import html
import re
from collections.abc import Sequence

from models.base.refusal import Sentence, Wording
from models.leads.file.fields import LeadField
from models.leads.file.mapping import ColumnMapping
from models.leads.file.notes import ImportNote

_NAMES = (LeadField.FULL_NAME, LeadField.FIRST_NAME, LeadField.LAST_NAME)
_SHORT = (*_NAMES, LeadField.ORGANISATION, LeadField.CITY)
_TEXTS = (*_SHORT, LeadField.CATEGORY, LeadField.TITLE, LeadField.BRIEF)
_ENCODED = re.compile(r"=\?[\w-]+\?[bq]\?", re.IGNORECASE)
_HTML_CODE = re.compile(r"&(?:#x?[0-9a-f]{2,5}|[a-z]{2,8}\d?);", re.IGNORECASE)
# Polish of Windows-1250 that was read as Windows-1252: "£ukasz", "Micha³", "D¹bek".
_SIGN_IN_NAME = re.compile(r"(?<=[^\W\d_])[£¥¹³¿¯](?=\w|\Z|\s)|[£¯](?=[^\W\d_])")
_LATIN = range(0x80, 0x250)
_PUNCTUATION = range(0x2010, 0x20D0)


def implausible_texts(row: Sequence[str], mapping: ColumnMapping) -> list[Sentence[Wording]]:
    """Return a warning for each column whose text looks wrong."""
    found: list[Sentence[Wording]] = [
        ImportNote.TEXT_DAMAGED.sentence().at(column)
        for field in _TEXTS
        for column, text in mapping.values(row, field)
        if is_damaged(text) or (field in _SHORT and _SIGN_IN_NAME.search(text))
    ]
    for field in _NAMES:
        for column, text in mapping.values(row, field):
            if "@" in text or "://" in text or not any(map(str.isalpha, text)):
                found.append(ImportNote.NAME_IMPLAUSIBLE.sentence().at(column))
    return found


def is_damaged(text: str) -> bool:
    """Return whether a text was read in a wrong encoding before, or is written in the codes of HTML or
    email.
    """
    if text.isascii():
        code = _HTML_CODE.search(text)
        return (code is not None and html.unescape(code[0]) != code[0]) or bool(_ENCODED.search(text))
    return "\ufffd" in text or any(map(_was_utf_8, text.split()))


def _was_utf_8(word: str) -> bool:
    """Whether the bytes of a word are UTF-8: by chance they are that only in words of capital letters."""
    if word.isascii() or word.isupper():
        return False
    for encoding in ("cp1252", "cp1250"):
        try:
            read = word.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if all(char.isascii() or ord(char) in _LATIN or ord(char) in _PUNCTUATION for char in read):
            return True
    return False
