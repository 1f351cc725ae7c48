"""Owns which encoding a CSV file is in: by its mark, by being valid, else by what reads like our languages.

It must not hold the text: it says how to read it.
"""

import codecs
import re
from collections import Counter
from collections.abc import Mapping

from models.complaints.file.errors import ComplaintFileError
from models.complaints.file.recognition import key_of, language_of

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_WESTERN = ("cp1252", "cp850", "mac_roman")
_CENTRAL = ("cp1250", "iso8859_2", "iso8859_16", "cp852", "mac_latin2")
_CENTRAL_LANGUAGES = frozenset({"pl", "ro"})
_LETTERS = {
    "en": "",
    "de": "äöüÄÖÜß",
    "pl": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    "ro": "ăâîșşțţĂÂÎȘŞȚŢ",
}
_TYPOGRAPHY = frozenset("\u201e\u201c\u201d\u201a\u2018\u2019»«\u2013\u2014…€\u00a0§°\u00ad")
_IN_WORD = re.compile(rb"(?<=[a-z])[\x80-\xff]+(?=[a-z])")
_HIGH = re.compile(rb"[\x80-\xff]")
_SAMPLE_BYTES = 64 * 1024
_ASCII = bytes(range(128))
_HEADER_BYTES = 4096
_WORD = re.compile(r"[^,;\t|\"\r\n]+")
_SAVE = "save it as CSV in UTF-8, or as XLSX"


def encoding_of(content: bytes) -> str:
    """Return the name of the encoding. Raises ComplaintFileError for what is no text."""
    for mark, encoding in _MARKS.items():  # UTF-32's mark begins with UTF-16's, and comes first
        if content.startswith(mark):
            return _valid(content, encoding)
    if b"\x00" in content:
        even, odd = content[::2].count(0), content[1::2].count(0)
        if len(content) % 2 or max(even, odd) < len(content) // 8:
            raise ComplaintFileError(f"The file is no table that we know; {_SAVE}.")
        return _valid(content, "utf-16-be" if even > odd else "utf-16-le")
    try:
        _check(content, "utf-8")
    except UnicodeDecodeError:
        return _guess(content)
    return "utf-8"


def _valid(content: bytes, encoding: str) -> str:
    try:
        _check(content, encoding)
    except UnicodeError:
        raise ComplaintFileError(f"The file begins as text but goes on as none; {_SAVE}.") from None
    return encoding


def _check(content: bytes, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    view = memoryview(content)
    for start in range(0, len(content), 1 << 20):
        decoder.decode(view[start : start + (1 << 20)])
    decoder.decode(b"", final=True)


def _guess(content: bytes) -> str:
    everywhere = Counter(content.translate(None, _ASCII))
    first = _HIGH.search(content)
    start = max(first.start() - 1, 0) if first else 0
    sample = content[start : start + _SAMPLE_BYTES]
    in_words = Counter(b"".join(_IN_WORD.findall(sample)))
    scores = {
        encoding: score
        for encoding in (*_WESTERN, *_CENTRAL)
        if (score := _score(content, encoding, everywhere, in_words)) is not None
    }
    if not scores:
        raise ComplaintFileError(f"The file is in an encoding that we do not know; {_SAVE}.")
    return max(scores, key=lambda encoding: scores[encoding])


def _score(
    content: bytes, encoding: str, everywhere: Mapping[int, int], in_words: Mapping[int, int]
) -> float | None:
    """Return how much a reading looks like German, Polish or Romanian; None if it is impossible.

    The headings' language says which letters to expect; a sign in the midst of a word is a wrong reading.
    """
    try:
        chars = {byte: bytes([byte]).decode(encoding) for byte in everywhere}
    except UnicodeDecodeError:
        return None
    if any(ord(char) < 0xA0 for char in chars.values()):  # C1 controls
        return None
    header = content[:_HEADER_BYTES].decode(encoding, "replace")
    languages = Counter(filter(None, (language_of(key_of(word)) for word in _WORD.findall(header))))
    language, recognised = languages.most_common(1)[0] if languages else ("", 0)
    expected = frozenset(_LETTERS.get(language) or "".join(_LETTERS.values()))
    score = recognised + (0.01 if language in _CENTRAL_LANGUAGES and encoding in _CENTRAL else 0)
    for byte, count in everywhere.items():
        score += count * _weight(chars[byte], expected)
    for byte, count in in_words.items():
        score += count * (0.5 if chars[byte].islower() else -3)
    return score


def _weight(char: str, expected: frozenset[str]) -> float:
    if char in expected or char in _TYPOGRAPHY:
        return 1
    # Both are letters of names; the file of a neighbour, not a wrong reading.
    return 0.4 if char.isalpha() and char < "\u0250" else -2
