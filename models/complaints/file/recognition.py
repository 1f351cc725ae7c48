"""Owns how the words of a file are recognised: headings and reasons, in any of our languages.

It must not guess: what is not known is a problem of its row, or of the file.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from models.complaints.file.errors import Field
from models.complaints.file.words import Column, FileWords, all_words, reason_text
from models.complaints.reasons import REASON_WORDS
from models.tabular.errors import TableError
from rules.complaint import REASONS, ComplaintReason

# The needed columns, and how the API calls them.
FIELDS: Mapping[Column, Field] = {
    Column.DELIVERY: "deliveryId",
    Column.REASON: "reason",
    Column.EXPLANATION: "explanation",
}
_PLAIN = str.maketrans({"ł": "l", "đ": "d", "ß": "ss"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_CODE = re.compile(r"([0-9]{1,2})(?:\.0+)?\s*(?:[.):\u2013-]\s*)?(.*)", re.DOTALL)
_LONGEST = 200


def key_of(text: str) -> str:
    """Return what is left of a word without case, accents, blanks and signs."""
    plain = unicodedata.normalize("NFKD", text[:_LONGEST].casefold().translate(_PLAIN))
    return "".join(char for char in plain if char.isalnum())


def _keys(text: str) -> set[str]:
    """Return the key, and the one of who writes ae for ä."""
    return {key_of(text), key_of(unicodedata.normalize("NFC", text.casefold()).translate(_UMLAUTS))}


def _named(words: FileWords) -> Iterator[tuple[str, Column]]:
    for column in FIELDS:
        for name in (words.headings[column], *words.synonyms[column], FIELDS[column]):
            yield from ((key, column) for key in _keys(name))


@cache
def _columns() -> Mapping[str, tuple[Column, str]]:
    """Return column and language by the key of a heading; the first language that has it."""
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
        found[key_of(reason.value)] = reason
    return found


_BY_CODE = {one.code: reason for reason, one in REASONS.items()}


@lru_cache(maxsize=1024)  # cells come from outside
def reason_of(text: str) -> ComplaintReason | None:
    """Return the reason that a cell names: a text in any language, a code, both, or the API's name."""
    if len(text) > _LONGEST:
        return None
    by_text = _reasons().get(key_of(text))
    match = _CODE.fullmatch(text.strip())
    if by_text is not None or match is None:
        return by_text
    by_code = _BY_CODE.get(int(match[1]))
    if not match[2]:
        return by_code
    # A code and a text must agree: one of the two is a slip, and nobody can know which.
    return by_code if by_code is not None and _reasons().get(key_of(match[2])) is by_code else None


@dataclass(frozen=True, slots=True)
class Header:
    """Where the needed columns are, how the file calls them, and in which language that is."""

    places: Mapping[Column, int]
    names: Mapping[Column, str]
    language: str


def language_of(key: str) -> str | None:
    """Return the language of a heading's key, None if it names no needed column."""
    return _columns()[key][1] if key in _columns() else None


def count_recognised(cells: Sequence[str]) -> int:
    """Return how many of the needed columns a row names."""
    columns = _columns()
    return len({columns[key][0] for cell in cells if (key := key_of(cell)) in columns})


def find_header(cells: Sequence[str]) -> Header:
    """Return what a row of headings says. Raises TableError for missing and doubled columns."""
    columns = _columns()
    places: dict[Column, int] = {}
    names: dict[Column, str] = {}
    languages: list[str] = []
    for at, cell in enumerate(cells):
        column, language = columns.get(key_of(cell), (None, ""))
        if column is None:
            continue
        if column in places:
            raise TableError(
                f'The columns "{names[column]}" and "{_shown(cell)}" both stand for '
                f'"{_english(column)}"; remove one.'
            )
        places[column], names[column] = at, _shown(cell)
        languages.append(language)
    if not places:
        raise TableError(
            "The file has no headings that we know in its first rows; it needs the columns "
            f"{' and '.join(map(_every_name, FIELDS))}."
        )
    missing = [column for column in FIELDS if column not in places]
    if missing:
        raise TableError(
            f"The file lacks {'the columns' if len(missing) > 1 else 'the column'} "
            f"{' and '.join(map(_every_name, missing))}; use the template's headings."
        )
    return Header(places, names, max(languages, key=languages.count))


def _shown(cell: str) -> str:
    return " ".join(cell.split())


def _english(column: Column) -> str:
    return all_words()["en"].headings[column]


def _every_name(column: Column) -> str:
    names = dict.fromkeys(words.headings[column] for words in all_words().values())
    first, *others = names
    return f'"{first}" (or {", ".join(others)})'
