"""Recognition of headings and reasons in complaint files, in all supported languages.

Nothing is guessed: an unknown word is a problem of its row or of the file.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from models.base.spelling import word_key
from models.complaints.file.errors import Field
from models.complaints.file.words import Column, FileWords, all_words, reason_text
from models.complaints.reasons import REASON_WORDS
from models.complaints.refusals import ComplaintRefusal
from models.tabular.errors import TableError
from rules.complaint import REASONS, ComplaintReason

# The required columns, and their names in the API.
FIELDS: Mapping[Column, Field] = {
    Column.DELIVERY: "deliveryId",
    Column.REASON: "reason",
    Column.EXPLANATION: "explanation",
}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_CODE = re.compile(r"([0-9]{1,2})(?:\.0+)?\s*(?:[.):\u2013-]\s*)?(.*)", re.DOTALL)
_LONGEST = 200


def _keys(text: str) -> set[str]:
    """Return the key of a word, and the key of its spelling with ae for ä."""
    return {word_key(text), word_key(unicodedata.normalize("NFC", text.casefold()).translate(_UMLAUTS))}


def _named(words: FileWords) -> Iterator[tuple[str, Column]]:
    for column in FIELDS:
        for name in (words.headings[column], *words.synonyms[column], FIELDS[column]):
            yield from ((key, column) for key in _keys(name))


@cache
def _columns() -> Mapping[str, tuple[Column, str]]:
    """Return column and language by the key of a heading, for the first language that has it."""
    found: dict[str, tuple[Column, str]] = {}
    for words in all_words().values():
        for key, column in _named(words):
            found.setdefault(key, (column, words.language))
    return found


@cache
def _reasons() -> Mapping[str, ComplaintReason]:
    found: dict[str, ComplaintReason] = {}
    for reason in ComplaintReason:
        for words in all_words().values():
            for text in (REASON_WORDS[reason].labels[words.language], reason_text(words, reason)):
                found.update(dict.fromkeys(_keys(text), reason))
        found[word_key(reason.value)] = reason
    return found


_BY_CODE = {one.code: reason for reason, one in REASONS.items()}


@lru_cache(maxsize=1024)  # bounded, because cells are user input
def reason_of(text: str) -> ComplaintReason | None:
    """Return the reason in a cell: its text in any language, its code, both, or the API's name."""
    if len(text) > _LONGEST:
        return None
    by_text = _reasons().get(word_key(text))
    match = _CODE.fullmatch(text.strip())
    if by_text is not None or match is None:
        return by_text
    by_code = _BY_CODE.get(int(match[1]))
    if not match[2]:
        return by_code
    # A code and a text must agree: if not, one of them is a mistake, and it is unknown which.
    return by_code if by_code is not None and _reasons().get(word_key(match[2])) is by_code else None


@dataclass(frozen=True, slots=True)
class Header:
    """Where the required columns are, their headings in the file, and the language of those."""

    places: Mapping[Column, int]
    names: Mapping[Column, str]
    language: str


def _column_of(cell: str) -> tuple[Column, str] | None:
    """Return the required column that a heading means, and its language."""
    return _columns().get(word_key(cell[:_LONGEST]))


def language_of(heading: str) -> str | None:
    """Return the language of a heading, None if it is not a required column."""
    found = _column_of(heading)
    return found[1] if found is not None else None


def count_recognised(cells: Sequence[str]) -> int:
    """Return how many of the required columns a row contains."""
    return len({found[0] for cell in cells if (found := _column_of(cell)) is not None})


def find_header(cells: Sequence[str]) -> Header:
    """Return the header in a row of headings. Raises TableError for missing and repeated columns."""
    places: dict[Column, int] = {}
    names: dict[Column, str] = {}
    languages: list[str] = []
    for at, cell in enumerate(cells):
        found = _column_of(cell)
        if found is None:
            continue
        column, language = found
        if column in places:
            raise TableError(ComplaintRefusal.COLUMN_REPEATED, first=names[column], second=_shown(cell))
        places[column], names[column] = at, _shown(cell)
        languages.append(language)
    if not places:
        raise TableError(ComplaintRefusal.NO_KNOWN_HEADINGS, columns=_every_name(FIELDS))
    missing = [column for column in FIELDS if column not in places]
    if missing:
        raise TableError(ComplaintRefusal.COLUMNS_MISSING, columns=_every_name(missing))
    return Header(places, names, max(languages, key=languages.count))


def _shown(cell: str) -> str:
    return " ".join(cell.split())


def _every_name(columns: Iterable[Column]) -> str:
    """Return the headings of columns in all languages: the file may have those of any."""
    return ", ".join(_names_of(column) for column in columns)


def _names_of(column: Column) -> str:
    first, *others = dict.fromkeys(words.headings[column] for words in all_words().values())
    return f'"{first}" ({", ".join(others)})'
