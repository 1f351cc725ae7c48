"""The encoding of a CSV file: by its byte order mark, by being valid UTF-8, else by its letters."""

import codecs
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO

from models.tabular.alphabets import (
    CENTRAL_COUNTRIES,
    TYPOGRAPHY,
    is_central,
    is_plausible,
    is_served,
    letters_of,
)
from models.tabular.errors import TableError
from models.tabular.refusals import TableRefusal

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
WESTERN = ("cp1252", "cp850", "mac_roman")
CENTRAL = ("cp1250", "iso8859_2", "iso8859_16", "cp852", "mac_latin2")
_NAMES = {
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "iso8859_2": "ISO 8859-2",
    "iso8859_16": "ISO 8859-16",
}
_CENTRAL_LANGUAGES = frozenset({"pl", "ro"})
_IN_WORD = re.compile(rb"(?<=[a-z])[\x80-\xff]+(?=[a-z])")
_HIGH = re.compile(rb"[\x80-\xff]")
_SAMPLE_BYTES = 64 * 1024
_CHUNK_BYTES = 64 * 1024
_ASCII = bytes(range(128))
_HEADER_BYTES = 4096
_WORD = re.compile(r"[^,;\t|\"\r\n]+")


def _no_language(_: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Encodings:
    """The encodings accepted for one kind of file in addition to UTF-8 and UTF-16.

    `legacy` are single-byte encodings, preferred first. `language_of` returns the language of a known
    heading, which says what letters to expect. With `certain`, a file that reads as text in two ways is
    refused, unless its headings or the place that it comes from decide: `languages` are those of a Central
    European country, and `western` says that it is from another one.
    """

    legacy: tuple[str, ...]
    language_of: Callable[[str], str | None] = _no_language
    certain: bool = False
    languages: tuple[str, ...] = ()
    western: bool = False


def encodings_of(country: str | None, language_of: Callable[[str], str | None]) -> Encodings:
    """Return the encodings of files with names of people, most of whom live in `country` (ISO 3166 alpha-2).

    These are the Windows and ISO encodings of our languages; a file that reads as text in two ways is refused
    unless its headings or the country decide.
    """
    languages = CENTRAL_COUNTRIES.get(country.upper(), ()) if country else ()
    return Encodings(
        legacy=("cp1252", "cp1250", "iso8859_2", "iso8859_16"),
        language_of=language_of,
        certain=True,
        languages=languages,
        western=bool(country) and not languages,
    )


@dataclass(slots=True)
class _Seen:
    """What one pass over a file has found, in bounded memory."""

    size: int = 0
    head: bytes = b""
    sample: bytes = b""  # from just before the first non-ASCII byte
    high: Counter[int] = field(default_factory=Counter)
    nulls: tuple[int, int] = (0, 0)  # at even and odd positions


def find_encoding(stream: IO[bytes], accepted: Encodings, most_bytes: int) -> tuple[str, int]:
    """Return the encoding that fits every byte of `stream` (seekable), and its size in bytes.

    Every byte is read, in chunks: a single umlaut in the last row tells Windows-1252 from UTF-8. Raises
    TableError for anything but text, for an encoding that is not accepted, and for empty or too large files.
    """
    stream.seek(0)
    seen, marked, decoding = _Seen(), None, _Decoding("utf-8")
    while chunk := stream.read(_CHUNK_BYTES):
        if seen.size == 0 and (marked := _marked(chunk)) is not None:
            decoding = _Decoding(marked)
        _see(seen, chunk)
        if seen.size > most_bytes:
            raise TableError(TableRefusal.FILE_TOO_LARGE, most=most_bytes // 2**20)
        decoding.go_on(chunk)
    decoding.go_on(b"", final=True)
    if seen.size == 0:
        raise TableError(TableRefusal.FILE_EMPTY)
    if marked is not None:
        if not decoding.good:
            raise TableError(TableRefusal.FILE_HAS_BINARY_DATA)
        return marked, seen.size
    if any(seen.nulls):
        return _without_mark(stream, seen), seen.size
    return ("utf-8" if decoding.good else _legacy(seen, accepted)), seen.size


def _marked(chunk: bytes) -> str | None:
    # UTF-32's mark begins with UTF-16's, and comes first.
    return next((encoding for mark, encoding in _MARKS.items() if chunk.startswith(mark)), None)


class _Decoding:
    """Whether the bytes so far are valid in an encoding."""

    def __init__(self, encoding: str) -> None:
        self.good = True
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")

    def go_on(self, chunk: bytes, *, final: bool = False) -> None:
        if self.good:
            try:
                self._decoder.decode(chunk, final)
            except UnicodeError:
                self.good = False


def _see(seen: _Seen, chunk: bytes) -> None:
    if len(seen.head) < _HEADER_BYTES:
        seen.head += chunk[: _HEADER_BYTES - len(seen.head)]
    seen.high.update(chunk.translate(None, _ASCII))
    if seen.sample:
        seen.sample += chunk[: _SAMPLE_BYTES - len(seen.sample)]
    elif first := _HIGH.search(chunk):
        seen.sample = chunk[max(first.start() - 1, 0) :][:_SAMPLE_BYTES]
    if b"\x00" in chunk:
        even, odd = chunk[::2].count(0), chunk[1::2].count(0)
        if seen.size % 2:
            even, odd = odd, even
        seen.nulls = (seen.nulls[0] + even, seen.nulls[1] + odd)
    seen.size += len(chunk)


def _without_mark(stream: IO[bytes], seen: _Seen) -> str:
    """Return UTF-16 in the byte order in which zeros are where ASCII has them. Raises TableError."""
    even, odd = seen.nulls
    if seen.size % 2 or max(even, odd) < seen.size // 8:
        raise TableError(TableRefusal.FILE_NOT_A_TABLE)
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    decoding = _Decoding(encoding)
    stream.seek(0)
    while chunk := stream.read(_CHUNK_BYTES):
        decoding.go_on(chunk)
    decoding.go_on(b"", final=True)
    if not decoding.good:
        raise TableError(TableRefusal.FILE_HAS_BINARY_DATA)
    return encoding


def _legacy(seen: _Seen, accepted: Encodings) -> str:
    everywhere = seen.high
    in_words = Counter(b"".join(_IN_WORD.findall(seen.sample)))
    scores = {
        encoding: score
        for encoding in accepted.legacy
        if (score := _score(seen.head, encoding, everywhere, in_words, accepted)) is not None
        and is_plausible(
            _letters(everywhere, encoding),
            seen.sample.decode(encoding, "replace"),
            central=encoding in CENTRAL,
        )
    }
    if not scores:
        raise TableError(TableRefusal.ENCODING_UNSUPPORTED)
    if accepted.certain:
        return _certain(seen, scores, accepted)
    return max(scores, key=lambda encoding: scores[encoding])


def _certain(seen: _Seen, scores: Mapping[str, float], accepted: Encodings) -> str:
    """Return the encoding that the evidence leaves. Raises TableError where Western and Central European
    text are equally possible, as for the letter that is either of \u00e6 and \u0107.
    """
    letters = {encoding: _letters(seen.high, encoding) for encoding in scores}
    western = max((one for one in scores if one not in CENTRAL), key=lambda one: scores[one], default=None)
    central = max(
        (one for one in scores if one in CENTRAL),
        key=lambda one: (is_served(letters[one]), scores[one]),
        default=None,
    )
    if central is None or (western is not None and letters[western] == letters[central]):
        return western or next(iter(scores))
    language, _ = _language(seen.head, central, accepted)
    ours = is_served(letters[central])
    expected = is_served(letters[central], accepted.languages)
    if western is None:
        if is_central(letters[central]) or language in _CENTRAL_LANGUAGES or accepted.languages:
            return central
    elif language in _CENTRAL_LANGUAGES or (not language and accepted.languages):
        if expected:
            return central
    elif (language or accepted.western) and not ours:
        return western
    if western is None:
        raise TableError(TableRefusal.ENCODING_UNSUPPORTED)
    raise TableError(TableRefusal.ENCODING_AMBIGUOUS, first=_NAMES[western], second=_NAMES[central])


def _letters(high: Mapping[int, int], encoding: str) -> frozenset[str]:
    return frozenset(bytes([byte]).decode(encoding, "replace") for byte in high)


def _score(
    head: bytes,
    encoding: str,
    everywhere: Mapping[int, int],
    in_words: Mapping[int, int],
    accepted: Encodings,
) -> float | None:
    """Return how much a decoded text looks like one of our languages; None if it is impossible.

    The headings' language says which letters to expect; a symbol inside a word indicates a wrong encoding.
    """
    try:
        chars = {byte: bytes([byte]).decode(encoding) for byte in everywhere}
    except UnicodeDecodeError:
        return None
    if any(ord(char) < 0xA0 for char in chars.values()):  # C1 controls
        return None
    language, recognised = _language(head, encoding, accepted)
    expected = letters_of(language)
    score = recognised + (0.01 if language in _CENTRAL_LANGUAGES and encoding in CENTRAL else 0)
    for byte, count in everywhere.items():
        score += count * _weight(chars[byte], expected)
    for byte, count in in_words.items():
        score += count * (0.5 if chars[byte].islower() else -3)
    return score


def _language(head: bytes, encoding: str, accepted: Encodings) -> tuple[str, int]:
    """Return the language of the headings and how many of them are known in it; ("", 0) without any."""
    header = head.decode(encoding, "replace")
    languages = Counter(filter(None, (accepted.language_of(word) for word in _WORD.findall(header))))
    return languages.most_common(1)[0] if languages else ("", 0)


def _weight(char: str, expected: frozenset[str]) -> float:
    if char in expected or char in TYPOGRAPHY:
        return 1
    # Both are letters in names from neighbouring countries, not signs of a wrong encoding.
    return 0.4 if char.isalpha() and char < "\u0250" else -2
