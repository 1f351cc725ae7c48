"""Recognises phone numbers in prose, and numbers in a brief that are something else.

`phonenumbers.PhoneNumberMatcher` is not used: it misses spaced and spelled-out digits and mistakes amounts
for numbers. A numbering plan is consulted for short national forms only.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

import phonenumbers

from models.contact_data.phone import REGIONS
from models.contact_data.public_text.codes import mask_codes
from models.contact_data.public_text.spoken import Said, most_said, read_digits

Span = tuple[int, int]

_DATE = re.compile(
    r"(?<!\d)(?<!\d[-./])(?:"
    r"(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:3[01]|[12]\d|0?[1-9])"
    r"|(?:3[01]|[12]\d|0?[1-9])([-./]) ?(?:3[01]|[12]\d|0?[1-9])\2 ?(?:19|20)\d\d"
    r")(?![-./]?\d)"
)
_NUMBER = r"(?:[1-9]\d{0,2}(?:[ .,']\d{3}){1,4}+(?!\d)|[1-9]\d{0,8}+)(?:[.,]\d{1,2}(?!\d))?"
_RANGE = rf"{_NUMBER}(?: ?(?:-|to|bis|do|la) ?{_NUMBER})?"
_MONEY = r"(?:€|\$|£|eur(?:o|os)?|usd|gbp|chf|pln|zł|zl|złotych|ron|lei)"
_UNIT = (
    r"(?:k|tsd|mio|mln|million(?:s|en)?|m|m2|m3|qm|sqm|sqft|mm|cm|km|km2|ha|kg|g|t|l|kw|kwp|kwh|mwh|mb|gb|tb|%"
    r"|users?|nutzer|employees|mitarbeiter|people|personen|customers|kunden|pcs|pieces|stück|units|rows|records"
    r"|orders|visitors|visits|besucher)"
)
# Not the end of a longer number: "0170 123 456 EUR" is not an amount.
_AMOUNT = re.compile(
    r"(?<![\d+])(?<!\d[ .()\-/])(?<!\d[ .()\-/][ .()\-/])"
    rf"(?:{_MONEY} ?{_RANGE}(?![ .\-/]?\d)|{_RANGE} ?(?:{_MONEY}|{_UNIT})(?![^\W_]))"
)
_CANDIDATE = re.compile(r"(?:\+ ?)?\(?\d(?:[ ().\-/·_*|~]{0,3}\d)*+")
# A line break joins only digits that begin like a phone number: a column of figures is not one.
_ACROSS_LINES = re.compile(r"(?<!\d)(?:\+ ?\d|\(?0)(?:[ ()./\n-]{0,3}\d){8,}+")
_SPACED = re.compile(r"(?<!\d)\d(?:[^\w\n]{1,4}\d(?!\d)){6,}")
# Other signs or words between groups, of a number that begins like one or comes after a word such as "call".
_APART = re.compile(r"(?<!\d)(?:\+ ?)?\(?\d{1,12}(?:[^\w\n]{1,16}\d{1,12}){1,14}+(?!\d)")
_BETWEEN = re.compile(
    r"(?<=[^\w\n])(?:then|and|und|dann|danach|weiter|potem|i|dalej|nast\u0119pnie|apoi|dup\u0103|\u0219i|si|iar)"
    r"(?=[^\w\n])"
)
_TIME_OR_FRACTION = re.compile(
    r"(?<![\d:.,])(?:(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])|0[.,]\d{1,2}(?![.,:]?\d))"
)
_MOST_DIGITS = 17  # an international prefix and 15 digits (ITU-T E.164)
_ROUND_RANGE = re.compile(rf"({_NUMBER}) ?- ?({_NUMBER})")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ .']\d{3}){0,3}[ .']000")
_POSTCODES = re.compile(r"(\d\d)\d{3} ?- ?\1\d{3}")  # "80331-80339"
_LOCAL = re.compile(r"\d{3}[-.]\d{4}")
_CUE = re.compile(
    r"(?<![^\W_])(?:tel|telefon|telephone|phone|mobil|mobile|handy|fon|cell|call|ring|fax|whatsapp|sms|anrufen?|ruf"
    r"|rufen|erreichbar|zadzwoń|dzwonić|komórka|sunați|sunati|apelați|apelati)[.:]?"
    r"[^\w\n]{0,4}(?:[^\W\d_]{1,5}[^\w\n]{1,3})?$"
)
_CUE_CHARS = 32
_DIGIT = re.compile(r"\d")
_FEWEST_DIGITS = 7
_FEWEST_WORDS = 4  # of a number that is spelled out
_FEWEST_MIXED = 9  # digits of a number that is spelled out in part
_FEWEST_LETTERED = 9  # digits, so that product codes do not match
# A letter at the end is a unit: 10l.
_LETTERED = re.compile(r"(?<![^\W_])(?=[oil]{0,6}\d)[\doil]{2,30}(?<=[\doi])(?![^\W_])")
_LETTERS = str.maketrans("oil", "011")


def find_numbers(text: str, region: str | None) -> Iterator[Span]:
    """Yield the spans that look like a phone number in skeleton text, without amounts, years and dates."""
    yield from _spelled(text)
    yield from _in_letters(text)
    if len(_DIGIT.findall(text)) < _FEWEST_DIGITS - 1:
        return
    for match in _SPACED.finditer(text):
        if not _is_counting([char for char in match[0] if char.isdecimal()]):
            yield match.span()
    masked = mask_codes(_AMOUNT.sub(_mask, _DATE.sub(_mask, text)))
    yield from (match.span() for match in _ACROSS_LINES.finditer(masked) if "\n" in match[0])
    for match in _CANDIDATE.finditer(masked):
        before = masked[max(0, match.start() - _CUE_CHARS) : match.start()]
        if _is_phone(match[0], before, region):
            yield match.span()
    yield from _apart(masked)


def _apart(masked: str) -> Iterator[Span]:
    """Yield groups of digits that form a phone number, with any signs or "then" between them."""
    masked = _BETWEEN.sub(lambda match: "~" * len(match[0]), _TIME_OR_FRACTION.sub(_mask, masked))
    for match in _APART.finditer(masked):
        groups = re.findall(r"\d+", match[0])
        if not _FEWEST_MIXED <= sum(map(len, groups)) <= _MOST_DIGITS or _is_list(groups):
            continue
        before = masked[max(0, match.start() - _CUE_CHARS) : match.start()]
        if match[0].lstrip("(").startswith(("0", "+")) or _CUE.search(before):
            yield match.span()


def _is_list(groups: Sequence[str]) -> bool:
    """Return whether the numbers are years, or short and ascending, such as the days of meetings."""
    if all(len(group) == 4 and group[:2] in {"19", "20"} for group in groups[1:]):
        return True
    return all(len(group) <= 2 and int(group) > int(before) for before, group in pairwise(groups))


def _is_counting(numbers: Sequence[str]) -> bool:
    """Return whether each number is one more than that before it: 1, 2, 3 …"""
    return all(int(after) == int(before) + 1 for before, after in pairwise(numbers))


def _is_phone(written: str, before: str, region: str | None) -> bool:  # noqa: PLR0911 - one line per shape
    groups = re.findall(r"\d+", written)
    digits = "".join(groups)
    if len(digits) < _FEWEST_DIGITS - 1:
        return False
    if written.startswith("+"):
        return len(digits) >= _FEWEST_DIGITS
    if all(len(group) == 4 and group[:2] in {"19", "20"} for group in groups):  # years
        return False
    if _THOUSANDS.fullmatch(written) or _POSTCODES.fullmatch(written) or _is_round_range(written):
        return False
    if len(digits) >= 9:
        return digits.startswith("0") or not digits.endswith("000000") or len(groups) > 1
    if len(digits) >= _FEWEST_DIGITS and (digits.startswith("0") or _LOCAL.fullmatch(written)):
        return True
    if (len(digits) >= _FEWEST_DIGITS or len(groups) > 1 or digits.startswith("0")) and _CUE.search(before):
        return True
    return len(digits) >= _FEWEST_DIGITS and not digits.endswith("000") and _in_plan(digits, region)


def _is_round_range(written: str) -> bool:
    match = _ROUND_RANGE.fullmatch(written)
    if match is None:
        return False
    low, high = (int(re.sub(r"\D", "", number)) for number in match.groups())
    return low < high and low % 50 == 0 and high % 50 == 0


def _in_plan(digits: str, region: str | None) -> bool:
    if region not in REGIONS:
        return False
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(digits, region))
    except phonenumbers.NumberParseException:
        return False


def _spelled(text: str) -> Iterator[Span]:
    """Yield runs of at least seven digits that include at least four number words; counting ("one, two,
    three") is left out.
    """
    run: list[Said] = []
    most_digits, most_words = most_said(text)
    if most_words < _FEWEST_WORDS and not (most_words and most_digits >= _FEWEST_MIXED):
        return
    for said in chain(read_digits(text), (None,)):
        if said is not None:
            run.append(said)
            continue
        digits = "".join(one.digits for one in run)
        words = sum(one.words for one in run)
        if (
            (len(digits) >= _FEWEST_DIGITS and words >= _FEWEST_WORDS)
            or (len(digits) >= _FEWEST_MIXED and (words == _FEWEST_WORDS - 1 or (words and digits[0] == "0")))
        ) and not (_is_counting(digits) or _is_counting([one.digits for one in run])):
            yield run[0].start, run[-1].end
        run = []


def _in_letters(text: str) -> Iterator[Span]:
    """Yield where digits with O, I and l among them form a long number: "2I2-555-OI76"."""
    swapped = _LETTERED.sub(lambda match: match[0].translate(_LETTERS), text)
    if swapped == text:
        return
    masked = mask_codes(_AMOUNT.sub(_mask, _DATE.sub(_mask, swapped)))
    for match in _CANDIDATE.finditer(masked):
        start, end = match.span()
        if text[start:end] != swapped[start:end] and len(re.findall(r"\d", match[0])) >= _FEWEST_LETTERED:
            yield start, end


def _mask(match: re.Match[str]) -> str:
    return ";" * len(match[0])  # the same length, without digits and separators
