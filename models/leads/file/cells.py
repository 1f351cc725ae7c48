"""Cells with several values: "+48 601 234 580 ::: +48 601 234 581", "a@b.example; c@d.example".

A separator that may also be part of a number ("030/123456") separates only what is complete on both sides.
"""

import re
from dataclasses import dataclass

import phonenumbers

from models.base.refusal import RefusalReason, Sentence
from models.contact_data import InvalidPhone, Phone, parse_phone
from models.contact_data.refusals import ContactDataRefusal
from models.leads.file.placeholders import is_contact_placeholder, is_placeholder

_OR = r"(?:or|and|oder|und|lub|albo|oraz|i|sau|\u0219i|\u015fi|si|&)"
_BETWEEN = re.compile(
    rf" *(?::::+|;(?!ext=|phone-context=)|<br ?/?>|(?<=[\d)]) +{_OR} +(?=\D{{0,64}}\d)) *", re.IGNORECASE
)
_SPACES = re.compile(" {2,}")
_PERHAPS_BETWEEN = re.compile(r" *[,/|\r\n]+ *")
_BEHIND = re.compile(r" *(?:, +|[|\r\n]+) *")
# Without a separator: "+48 601...+48 602...", "Tel: 22 ... Fax: 22 ...", "601234567 602345678".
_NEXT_NUMBER = re.compile(
    r"(?<=[\d)]) *(?=\+)|(?<=[\d)]) +(?=\(?[^\W\d_]+[.:)]* *[+(\d])|(?<=\d{9}) (?=\+?\d{9,15}\Z)"
)
_FIRST_DIGIT = re.compile(r"[+\d]")
_FEWEST_DIGITS = 7  # of a number that may have another one behind a comma or slash
_BETWEEN_ADDRESSES = re.compile(r"[;,|\r\n]|:::")
_AROUND_ADDRESS = re.compile(r"\s|/(?=[^/]*@)|^(?:mailto|smtp):", re.IGNORECASE)
_IN_ANGLES = re.compile(r"<([^<>@\s]+@[^<>@\s]+)>")
_NOT_ADDRESSES = re.compile(
    rf"{_OR}|[\W_]*|\(?(?:e-?mail|mail|mailto|home|work|office|other|privat)[:.)]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Cell:
    """The values of a cell, each as it is written, and the reasons why others are left out."""

    values: list[str]
    left_out: tuple[Sentence[RefusalReason], ...] = ()


def split_phones(cell: str, region: str) -> Cell:
    """Return the numbers of a cell; one that may be two stays as it is, except for repeated spaces."""
    cell = _SPACES.sub(" ", cell)  # or the search would begin again at each space
    pieces = [piece.strip() for part in _BETWEEN.split(cell) for piece in _perhaps_split(part, region)]
    numbers = [piece for piece in pieces if not is_contact_placeholder(piece)]
    if len(numbers) < 2 or not _has_prefix(numbers[0]):
        return Cell(numbers)
    # "030 1234567 / 7654321": the second one would be read with an area code that it doesn't have.
    complete = [number for number in numbers if _has_prefix(number) or not _is_prefixed(region)]
    no_area_code = ContactDataRefusal.PHONE_AREA_CODE_MISSING.sentence()
    return Cell(complete, (no_area_code,) * (len(numbers) - len(complete)))


def _has_prefix(number: str) -> bool:
    first = _FIRST_DIGIT.search(number)
    return first is None or first[0] in "+0"


def _is_prefixed(region: str) -> bool:
    return phonenumbers.ndd_prefix_for_region(region, True) == "0"


def _perhaps_split(text: str, region: str) -> list[str]:
    pieces = [piece for piece in _PERHAPS_BETWEEN.split(text) if piece.strip()]
    if len(pieces) > 1 and all(_is_complete(piece, region) for piece in pieces):
        return pieces
    first, *rest = _BEHIND.split(text, maxsplit=1)
    if rest and _is_complete(first, region) and _number(text, region) is None:
        return [first, *rest]
    pieces = _NEXT_NUMBER.split(text)
    if len(pieces) > 1 and all(_is_complete(piece, region) or _is_fax(piece, region) for piece in pieces):
        return pieces
    return [text]


def _is_complete(text: str, region: str) -> bool:
    if is_placeholder(text):
        return True
    if sum(char.isdigit() for char in text) < _FEWEST_DIGITS:
        return False
    number = _number(text, region)
    return number is not None and number.in_numbering_plan


def _is_fax(text: str, region: str) -> bool:
    try:
        parse_phone(text, region)
    except InvalidPhone as error:
        return error.reason is ContactDataRefusal.PHONE_IS_FAX
    return False


def _number(text: str, region: str) -> Phone | None:
    try:
        return parse_phone(text, region)
    except InvalidPhone:
        return None


def split_emails(cell: str) -> Cell:
    """Return the addresses of a cell without what is around them ("Anna Berg <a@b.example>")."""
    if cell.startswith('"'):  # a quoted local part, which may have separators
        return Cell([cell])
    addresses = _IN_ANGLES.findall(cell) or [
        address for part in _BETWEEN_ADDRESSES.split(cell) for address in _addresses(part.strip())
    ]
    return Cell([address for address in addresses if not is_contact_placeholder(address)])


def _addresses(text: str) -> list[str]:
    pieces = [piece for piece in _AROUND_ADDRESS.split(text) if piece]
    addresses = [piece.strip("()'\".:") for piece in pieces if "@" in piece]
    is_label = all("@" in piece or _NOT_ADDRESSES.fullmatch(piece) for piece in pieces)
    return addresses if addresses and is_label else [text]
