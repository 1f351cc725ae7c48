"""Finds the contact's own numbers in public text, however their digits are written."""

import re
from collections.abc import Collection, Iterable, Iterator

import phonenumbers

from models.contact_data.phone import Phone
from models.contact_data.public_text.skeleton import places_of
from models.contact_data.public_text.spoken import most_said, read_digits

Span = tuple[int, int]

_DIGIT = re.compile(r"\d")
_FEWEST_DIGITS = 6
_UNMISTAKABLE = 8  # this many digits in order always match, whatever is between them


def national_numbers(phones: Iterable[Phone]) -> frozenset[str]:
    """Return the digits of phone numbers without calling code."""
    return frozenset(str(phonenumbers.parse(phone.e164).national_number) for phone in phones)


def find_own_numbers(text: str, nationals: Collection[str]) -> Iterator[Span]:
    """Yield where the digits of one of the numbers (`national_numbers`) appear in skeleton text.

    Digits may be spelled out, be look-alike letters or Roman numerals. Eight or more match with anything
    between them, fewer only without letters between them.
    """
    fewest = max(_FEWEST_DIGITS, min(map(len, nationals), default=0))
    if not nationals or most_said(text)[0] < fewest:
        return
    for digits, places in _readings(text):
        for national in nationals:
            if len(national) < _FEWEST_DIGITS:
                continue
            for start, end in places_of(national, digits):
                first, last = places[start], places[end - 1]
                if len(national) >= _UNMISTAKABLE or not any(map(str.isalpha, text[first[0] : last[1]])):
                    yield first[0], last[1]


def _readings(text: str) -> Iterator[tuple[str, list[Span]]]:
    """Yield the digits of a text, each with its place: as written, and as read through each disguise."""
    places = [match.span() for match in _DIGIT.finditer(text)]
    yield "".join(text[start] for start, _ in places), places
    for roman, letters in ((False, False), (False, True), (True, False)):
        digits: list[str] = []
        spans: list[Span] = []
        for said in read_digits(text, roman=roman, letters=letters):
            if said is not None:
                digits.append(said.digits)
                spans += [(said.start, said.end)] * len(said.digits)
        yield "".join(digits), spans
