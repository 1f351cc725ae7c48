"""Undoes a blank or sign within a name: "No wak", "Petra No wak", "Mül-ler".

Two words in a row may also meet by chance: "Good man" is not said of Mrs Goodman. So a last name in two parts
counts where a whole one would be recognised by what stands beside it, and alone if it is written as one word
would be, with a capital first, unless prose uses both parts.
"""

import re
from collections.abc import Iterator, Sequence

from models.contact_data.public_text.inflection import with_forms_replaced
from models.contact_data.public_text.names import find_accompanied, parts_of_name
from models.contact_data.public_text.ordinary_words import GIVEN_NAMES_IN_PROSE, ORDINARY_WORDS, SMALL_WORDS
from models.contact_data.public_text.skeleton import Skeleton, Word, fold

_SHORTEST = 4
_SAME = 3  # letters at the beginning of each form of a name
_VOWELS = frozenset("aeiouy")
_GAP = re.compile(r"[ ._-]{1,2}")
_WORDS = frozenset(map(fold, SMALL_WORDS | ORDINARY_WORDS | GIVEN_NAMES_IN_PROSE))


def find_cut_names(shown: Skeleton, original: str, full_name: str) -> Iterator[tuple[int, int]]:
    """Yield where the contact is named with a last name in two parts."""
    names = parts_of_name(full_name)
    if not names or len(names[-1]) < _SHORTEST:
        return
    words, last = shown.words(), names[-1]
    joined = _joined(shown.text, words, last)
    if len(joined) == len(words):
        return
    if len(names) > 1:
        yield from find_accompanied(shown.text, with_forms_replaced(joined, names[:1]), names)
    whole = {(word.start, word.end) for word in words}
    for word in joined:
        if (word.start, word.end) not in whole and _is_written_as_one(shown, original, word):
            yield word.start, word.end


def _joined(text: str, words: Sequence[Word], last: str) -> list[Word]:
    """Return the words, with each two that are the last name, inflected or not, as one."""
    joined: list[Word] = []
    for word in words:
        before = joined[-1] if joined else None
        name = None if before is None else _as_name(text, before, word, last)
        if name is None:
            joined.append(word)
        else:
            joined[-1] = name
    return joined


def _as_name(text: str, first: Word, second: Word, last: str) -> Word | None:
    if not last.startswith(first.text[:_SAME]) or _GAP.fullmatch(text, first.end, second.start) is None:
        return None
    letters = fold(text[first.start : first.end] + text[second.start : second.end])
    (word,) = with_forms_replaced([Word(letters, first.start, second.end)], [last])
    return word if word.text == last else None


def _is_written_as_one(shown: Skeleton, original: str, word: Word) -> bool:
    start, end = shown.span(word.start, word.end)
    written = original[start:end]
    first, second = (fold(part) for part in _GAP.split(shown.text[word.start : word.end]))
    inflected = fold(first + second) != word.text
    if len(second) == 1 and (inflected or second in _VOWELS):  # "Tom a" is not Toma
        return False
    meet = first in _WORDS and (inflected or second in _WORDS)
    return written[:1].isupper() and written[1:].islower() and not meet
