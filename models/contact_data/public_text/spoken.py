"""Reads digits from words: "two one two", "zweihundertzwoelf", "2I2", "IV". Each word is read only once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from models.contact_data.public_text.number_words import (
    AGAIN,
    FILLERS,
    GERMAN,
    HUNDRED,
    HUNDREDS,
    ROMAN,
    TEENS,
    TENS,
    THOUSANDS,
    UNITS,
)

_SHORTEST_WORD = 3
_ALONE = frozenset(
    word
    for word in (*UNITS, *TEENS, *TENS, *HUNDREDS, *HUNDRED, *THOUSANDS, *GERMAN)
    if len(word) >= _SHORTEST_WORD
)
_BEGINNINGS = frozenset(word[:_SHORTEST_WORD] for word in _ALONE)
_SHORT = frozenset(
    (*UNITS, *ROMAN, *map("".join, product("oil", repeat=2)), *map("".join, product("oil", repeat=3)))
)
_MOST_PER_WORD = 3  # digits
_LONGEST_WORD = max(map(len, _ALONE))
_SPELLED = _ALONE | {word for word in (*FILLERS, *AGAIN) if len(word) >= _SHORTEST_WORD}
_LONGEST_SPELLED = max(map(len, _SPELLED))
_WIDEST_GAP = 3  # between the letters of a word that is spelled
_FEWEST_TOGETHER, _MOST_TOGETHER = 6, 120  # letters of numbers written as one word
_TOKEN = re.compile(r"[^\W_]+")
_DIGITS_OR_LETTERS = re.compile(r"\d+|\D+")
_LETTERS = str.maketrans("oil|sbz", "0111582")
_DIGITS_IN_LETTERS = re.compile(r"(?=[oilsbz]*\d)[\doilsbz]{1,40}|[oil]{1,3}")


@dataclass(frozen=True, slots=True)
class Said:
    """The digits that one or more words mean: their place, and the number of words."""

    digits: str
    start: int
    end: int
    words: int


def most_said(text: str) -> tuple[int, int]:
    """Return upper bounds of the digits and of the number words that `read_digits` finds in skeleton text.

    Most texts have few; this tells them apart in a fraction of the time.
    """
    digits = words = letters = 0
    times = 1
    for token in _TOKEN.findall(text):
        length = len(token)
        if token.isdecimal():
            digits += length
        elif length == 1:
            letters += 1
        elif token in _SHORT or token in _ALONE:
            words += 1
        elif token in AGAIN:
            times = max(AGAIN.values())
        elif length >= _FEWEST_TOGETHER and token[:_SHORTEST_WORD] in _BEGINNINGS:
            words += length // _SHORTEST_WORD
        elif not token.isalpha():
            digits += length
            words += length // _SHORTEST_WORD
    words += letters // _SHORTEST_WORD
    return digits + letters + _MOST_PER_WORD * times * words, words


def read_digits(text: str, *, roman: bool = False, letters: bool = False) -> Iterator[Said | None]:
    """Yield the digits that the words of skeleton text mean, and None for each other word.

    `roman` also reads I to IX; `letters` also reads O, I, l, S, B and Z among digits.
    """
    open_: _Open | None = None
    repeat = 1
    for word, start, end in _spoken_words(text):
        if word in AGAIN:
            repeat = AGAIN[word]
            continue
        if word in FILLERS and not (roman and word in ROMAN):
            continue
        value = _value(word, roman=roman, letters=letters)
        if open_ is not None and value is not None and open_.takes(value, end):
            continue
        if open_ is not None:
            yield open_.said()
            open_ = None
        if value is None:
            yield None
        elif value.kind == "digits":
            yield Said(value.text * repeat, start, end, 0)
        else:
            open_ = _Open(value, start, end, repeat)
        repeat = 1
    if open_ is not None:
        yield open_.said()


def _spoken_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words with their places; numbers written as one ("sixtyone") are several words, and a
    number whose letters stand alone ("s i x") is one.
    """
    letters: list[re.Match[str]] = []
    for match in _TOKEN.finditer(text):
        word, start = match[0], match.start()
        is_letter = len(word) == 1 and word.isalpha()
        if letters and not (is_letter and start - letters[-1].end() <= _WIDEST_GAP):
            yield from _spelled_words(letters)
            letters = []
        if is_letter:
            letters.append(match)
            continue
        for piece in _split(word):
            yield piece, start, start + len(piece)
            start += len(piece)
    yield from _spelled_words(letters)


def _spelled_words(letters: Sequence[re.Match[str]]) -> Iterator[tuple[str, int, int]]:
    """Yield the number words that letters in a row spell, as many letters of them as possible, and the others
    alone.
    """
    text = "".join(match[0] for match in letters)
    covered, lengths = [0] * (len(text) + 1), [1] * len(text)  # from each letter on, the best that there is
    for at in range(len(text) - 1, -1, -1):
        covered[at] = covered[at + 1]
        for length in range(min(_LONGEST_SPELLED, len(text) - at), _SHORTEST_WORD - 1, -1):
            if covered[at + length] + length > covered[at] and text[at : at + length] in _SPELLED:
                covered[at], lengths[at] = covered[at + length] + length, length
    at = 0
    while at < len(text):
        last = at + lengths[at] - 1
        yield text[at : last + 1], letters[at].start(), letters[last].end()
        at = last + 1


def _split(word: str) -> list[str]:
    """Return the number words and digits of which `word` consists ("six0one"), or `word` itself."""
    if not _FEWEST_TOGETHER <= len(word) <= _MOST_TOGETHER:
        return [word]
    if word.isalpha() or not any(map(str.isalpha, word)):
        return _pieces(word)
    pieces = [piece for part in _DIGITS_OR_LETTERS.findall(word) for piece in _pieces(part)]
    return pieces if all(piece.isdecimal() or piece in _ALONE for piece in pieces) else [word]


def _pieces(word: str) -> list[str]:
    """Return the number words of which `word` consists, or `word` itself if it is one or something else."""
    if word in _ALONE or word[:_SHORTEST_WORD] not in _BEGINNINGS or not word.isalpha():
        return [word]
    ends: dict[int, int] = {len(word): 0}  # where a piece may begin, and its length
    for at in range(len(word) - 1, -1, -1):
        for length in range(min(_LONGEST_WORD, len(word) - at), _SHORTEST_WORD - 1, -1):
            if at + length in ends and word[at : at + length] in _ALONE:
                ends[at] = length
                break
    if 0 not in ends:
        return [word]
    pieces: list[str] = []
    at = 0
    while at < len(word):
        pieces.append(word[at : at + ends[at]])
        at += ends[at]
    return pieces


@dataclass(frozen=True, slots=True)
class _Value:
    kind: str  # digits, unit, teen, tens, hundreds, hundred
    number: int = 0
    text: str = ""


class _Open:
    """A number that the next word may still add to: "two hundred", "twenty"."""

    def __init__(self, value: _Value, start: int, end: int, repeat: int) -> None:
        self._number = 100 if value.kind == "hundred" else value.number
        self._room = {"tens": 10, "hundreds": 100, "hundred": 100}.get(value.kind, 1)
        self._unit = value.kind == "unit" and repeat == 1
        self._start, self._end, self._words, self._repeat = start, end, 1, repeat

    def takes(self, value: _Value, end: int) -> bool:
        """Add a word's number if the two form one number."""
        if value.kind == "hundred" and self._unit and self._number:
            self._number, self._room = self._number * 100, 100
        elif value.kind == "unit" and self._room >= 10 and value.number:
            self._number, self._room = self._number + value.number, 1
        elif value.kind in {"teen", "tens"} and self._room == 100:
            self._number += value.number
            self._room = 10 if value.kind == "tens" else 1
        else:
            return False
        self._unit = False
        self._end = end
        self._words += 1
        return True

    def said(self) -> Said:
        """The digits and their place."""
        return Said(str(self._number) * self._repeat, self._start, self._end, self._words)


def _value(word: str, *, roman: bool, letters: bool) -> _Value | None:  # noqa: PLR0911 - one line per kind
    if word.isdecimal():
        return _Value("digits", text=word)
    if word in UNITS:
        return _Value("unit", UNITS[word])
    if word in TEENS:
        return _Value("teen", TEENS[word])
    if word in TENS:
        return _Value("tens", TENS[word])
    if word in HUNDREDS:
        return _Value("hundreds", HUNDREDS[word])
    if word in HUNDRED:
        return _Value("hundred")
    if word in GERMAN:
        return _Value("hundreds" if GERMAN[word] % 100 == 0 else "teen", GERMAN[word])
    if roman and word in ROMAN:
        return _Value("unit", ROMAN[word])
    if letters and _DIGITS_IN_LETTERS.fullmatch(word):
        return _Value("digits", text=word.translate(_LETTERS))
    return None
