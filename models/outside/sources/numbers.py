"""VAT and register numbers of companies in a text, and in what was found: only with right check digits."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from stdnum.eu import vat
from stdnum.exceptions import ValidationError
from stdnum.pl import nip
from stdnum.ro import cui

from models.outside.sources.source import Found, FoundKind

KRS, HRB, ONRC = "KRS", "HRB", "J"
_MOST = 20  # of a kind in a text: a page with more would leave no room for what others say
# Each expression reads its text once: nothing is repeated within what repeats.
_EUROPEAN = re.compile(
    r"\b(?:AT ?U|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK)"
    r"[ -]?[0-9A-Z][0-9A-Z .-]{6,13}[0-9A-Z]\b"
)
_NIP = re.compile(r"\bNIP:? ?([0-9][0-9 -]{8,12}[0-9])\b")
_CUI = re.compile(r"\b(?:CUI|CIF):? ?(?:RO ?)?([0-9]{2,10})\b")
_KRS = re.compile(r"\bKRS:? ?(?:nr ?)?([0-9]{10})\b")
_HRB = re.compile(r"\b(HR[AB]) ?(?:Nr\. ?)?([0-9]{1,6})\b")
_COURT = re.compile(r"\bAmtsgericht ([A-ZÄÖÜ][a-zäöüß]{1,30})\b")
_ONRC = re.compile(r"\b(J ?[0-9]{1,2}/[0-9]{1,7}/[0-9]{4})\b")


def vat_id(text: str) -> str | None:
    """Return a VAT number of the European Union in its compact form, None if its check digits are wrong."""
    try:
        number: str = vat.validate(text)
    except (ValidationError, ValueError):
        return None
    return number


def vat_numbers_in(text: str) -> Iterator[str]:
    """Yield the VAT numbers in a text, such as a legal notice, each once."""
    seen = set()
    candidates = [match[0] for match in islice(_EUROPEAN.finditer(text), _MOST)]
    candidates += [f"PL{match[1]}" for match in islice(_NIP.finditer(text), _MOST) if nip.is_valid(match[1])]
    candidates += [f"RO{match[1]}" for match in islice(_CUI.finditer(text), _MOST) if cui.is_valid(match[1])]
    for candidate in candidates:
        # What follows a number can look like a part of it, so its end is tried as well.
        words = candidate.split(" ")
        for end in range(len(words), 0, -1):
            number = vat_id(" ".join(words[:end]))
            if number is not None:
                if number not in seen:
                    seen.add(number)
                    yield number
                break


def register_numbers_in(text: str) -> Iterator[str]:
    """Yield the register numbers in a text: `KRS 0000123456`, `HRB 12345 Berlin`, `J12/345/2010`."""
    yield from dict.fromkeys(f"{KRS} {match[1]}" for match in islice(_KRS.finditer(text), _MOST))
    court = _COURT.search(text)
    for match in _HRB.finditer(text):
        yield f"{match[1]} {match[2]}" + (f" {court[1]}" if court else "")
        break
    yield from dict.fromkeys(match[1].replace(" ", "") for match in islice(_ONRC.finditer(text), _MOST))


def vat_numbers(found: Sequence[Found]) -> list[str]:
    """Return the VAT numbers that a web site gave, none that may be another company's."""
    values = (one.value for one in found if one.kind is FoundKind.VAT_ID and not one.doubtful)
    return [number for value in values if (number := vat_id(value))]


def krs_numbers(found: Sequence[Found]) -> list[str]:
    """Return the numbers in Poland's KRS that a web site gave."""
    values = (one.value for one in found if one.kind is FoundKind.REGISTER_NUMBER and not one.doubtful)
    return [match[1] for value in values if (match := _KRS.search(value))]
