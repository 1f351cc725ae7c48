"""Notation of a phone number: the digits of one written number, without labels, separators and extension.

Possible damage by a spreadsheet (a fraction, an exponent, a date, a minus sign) is never repaired by
guessing.
"""

import re
import unicodedata
from dataclasses import dataclass

from models.contact_data.invalid import InvalidValue
from models.contact_data.phone_words import EXTENSION_WORDS, FAX_WORDS, LABEL_WORDS, NUMBER_WORDS
from models.contact_data.refusals import ContactDataRefusal

MAX_INPUT_CHARS = 64
MAX_EXTENSION_DIGITS = 15


class InvalidPhone(InvalidValue):
    """A text is not a phone number; the message says why and gives the remedy, never the text itself."""


@dataclass(frozen=True, slots=True)
class Notation:
    """A number as it is written: digits and separators, with "+" only as the first character."""

    number: str
    extension: str | None


_SAME = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00b7\u2022\u2027", "."),
        **dict.fromkeys("\u260e\u260f\u2706\U0001f4de\U0001f4f1\U0001f4f2\ufe0e\ufe0f"),
        **dict.fromkeys("\t\u00a0\u202f\u2009", " "),
        "\u0142": "l",
        "\u0131": "i",
        "[": "(",
        "]": ")",
    }
)
_LETTER = r"[^\W\d_]"
# Repetition is bounded by the length of the input, and no two neighbours share a character.
_LABEL = re.compile(rf"\(?{_LETTER}+(?:(?:[^\w+(]|\((?={_LETTER}))+{_LETTER}+)*[^\w+(]*(?=[+(\d])")
_LABEL_BEHIND = re.compile(rf"[ (,:./\-]+{_LETTER}{{2,}}(?:[^\w+(]+{_LETTER}+)*[).:]*\Z")
_WORD = re.compile(rf"{_LETTER}+")
_NUMBERED_LABEL = re.compile(rf"\A({_LETTER}+)[ .]{{0,2}}[1-9] ?(?=:)")  # "Tel. 1: 030 ..."
_PLACE_IN_LIST = re.compile(r"\A(?:[1-9][.)]|\([1-9]\)) +(?=\(?[0+])")  # "2) 030 ..."
_FORMULA_TEXT = re.compile(r"=?\"(.*)\"")
_EXTENSION = rf"(?:;ext=|[,;]? ?\(?(?:{'|'.join(EXTENSION_WORDS)}|w(?=\.)|#)[ .:=#\-]{{0,3}})"
_WRITTEN = re.compile(
    rf"(?P<number>[+0-9 ()./\-]{{2,40}}?)(?:{_EXTENSION}(?P<extension>[0-9]{{1,{MAX_EXTENSION_DIGITS}}})\)?)?"
)
_EXPONENT = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{0,20})?e[+-]?\d{1,3}")
_FRACTION = re.compile(r"(\+?\d{4,})[.,](\d{1,2})")
_ZERO_AFTER_GROUPS = re.compile(r"[^.]*\.0{1,2}")
_DATE = re.compile(r"(?:19|20)\d\d([-./])\d\d?\1\d\d?|\d\d?([-./])\d\d?\2(?:19|20)\d\d")
_SECOND_NUMBER = re.compile(r"(?P<first>.*\d.*)/[^/]*\d[^/]*")
_CODE_IN_FRONT = re.compile(r"^(?:\+|00 ?)\d{1,3}|\( ?0 ?\)")
_SLASHES_ONLY = re.compile(r"\+?\d{1,4}(?:/\d{2,4}){2,}")
_LAST_IN_BRACKETS = re.compile(r".*\d.*\( ?\d+ ?\)")
_FEWEST_DIGITS = 7  # of a number that something else may follow


def read_notation(text: str) -> Notation:
    """Return the number written in `text` and its extension. Raises InvalidPhone."""
    if len(text) > MAX_INPUT_CHARS:
        raise InvalidPhone(ContactDataRefusal.PHONE_TOO_LONG, most=MAX_INPUT_CHARS)
    plain = _unlabelled(_plain(text))
    _refuse_traces(plain)
    written = _WRITTEN.fullmatch(_without_fraction(plain))
    if written is None:
        raise InvalidPhone(ContactDataRefusal.PHONE_INVALID)
    number = _one_plus(written["number"])
    _refuse_second_number(number)
    return Notation(number, written["extension"])


def _plain(text: str) -> str:
    """Return `text` in small letters, with one kind of digit, dash and blank, and without accents."""
    text = text.strip()
    if not text.isascii():
        if any(char.isnumeric() and not char.isdecimal() for char in text):  # a footnote, or a half
            raise InvalidPhone(ContactDataRefusal.PHONE_INVALID)
        text = unicodedata.normalize("NFKD", text.translate(_SAME)).translate(_SAME)
        text = "".join(_digit(char) for char in text if unicodedata.category(char) not in {"Cf", "Mn"})
    text = text.translate(_SAME).casefold().strip()
    quoted = _FORMULA_TEXT.fullmatch(text)
    text = quoted[1] if quoted else text
    if text.startswith("=+"):  # a formula that is only the number
        text = text[1:]
    text = _NUMBERED_LABEL.sub(r"\1", text.lstrip("' ").removeprefix("- "))
    return _PLACE_IN_LIST.sub("", text).rstrip(" .,;:")


def _digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def _unlabelled(text: str) -> str:
    """Return `text` without the words before or after the number that say what kind it is."""
    label = _LABEL.match(text)
    if label is not None:
        _check_label(label[0])
        text = text[label.end() :]
    behind = _LABEL_BEHIND.search(text)
    if behind is not None:
        _check_label(behind[0])
        text = text[: behind.start()]
    return text.strip()


def _check_label(label: str) -> None:
    words = set(_WORD.findall(label))
    if words & FAX_WORDS and not words & LABEL_WORDS - NUMBER_WORDS:
        raise InvalidPhone(ContactDataRefusal.PHONE_IS_FAX)
    if not words <= LABEL_WORDS | FAX_WORDS:
        raise InvalidPhone(ContactDataRefusal.PHONE_INVALID)


def _refuse_traces(text: str) -> None:
    """Refuse a number, or something else, that a spreadsheet has changed."""
    if _EXPONENT.fullmatch(text):
        raise InvalidPhone(ContactDataRefusal.PHONE_ROUNDED)
    if text.startswith("-"):
        raise InvalidPhone(ContactDataRefusal.PHONE_HAS_MINUS)
    if _DATE.fullmatch(text):
        raise InvalidPhone(ContactDataRefusal.PHONE_IS_DATE)


def _without_fraction(text: str) -> str:
    """Return `text` without the ".0" that a column of decimal numbers adds."""
    fraction = _FRACTION.fullmatch(text)
    if fraction is not None and not fraction[2].strip("0"):
        return fraction[1]
    if fraction is not None or _ZERO_AFTER_GROUPS.fullmatch(text):
        raise InvalidPhone(ContactDataRefusal.PHONE_IS_DECIMAL)
    return text


def _one_plus(number: str) -> str:
    """Return the number from its "+" on; only brackets and blanks may precede it."""
    before, plus, after = number.strip().partition("+")
    if not plus:
        return before
    if before.strip(" (") or "+" in after:
        raise InvalidPhone(ContactDataRefusal.PHONE_INVALID)
    return plus + after.lstrip(" (")


def _refuse_second_number(number: str) -> None:
    """Refuse "030 1234567/68" and "030 1234567 (12)": what follows is not the end of the number."""
    second = None if _SLASHES_ONLY.fullmatch(number) else _SECOND_NUMBER.fullmatch(number)
    first = _CODE_IN_FRONT.sub("", second["first"]) if second else ""
    if sum(char.isdigit() for char in first) >= _FEWEST_DIGITS:
        raise InvalidPhone(ContactDataRefusal.PHONE_HAS_SECOND_NUMBER)
    if _LAST_IN_BRACKETS.fullmatch(number):
        raise InvalidPhone(ContactDataRefusal.PHONE_ENDS_IN_BRACKETS)
