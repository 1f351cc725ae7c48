"""Numbers in a brief that are codes of companies, books, goods or documents.

The contact's own numbers are not exempted: `own_numbers` finds them in any form.
"""

import re
from collections.abc import Callable

from stdnum import ean, iban, isbn
from stdnum.eu import vat
from stdnum.pl import nip, regon
from stdnum.ro import cui

_VAT = re.compile(r"(?<![^\W_])[a-z]{2} ?[\dx][\d ]{6,13}\d(?![^\W_])")
# With the check that recognises each kind: a telephone number rarely passes it.
_CHECKED: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = tuple(
    (re.compile(rf"(?<![^\W_]){word}[:.]? {{0,2}}(\d[\d -]{{6,20}}[\dx])(?![^\W_])"), check)
    for word, check in (
        ("nip", nip.is_valid),
        ("regon", regon.is_valid),
        ("(?:cui|cif)", cui.is_valid),
        ("isbn(?:-1[03])?", isbn.is_valid),
        ("(?:ean|gtin)", ean.is_valid),
    )
)
_IBAN = re.compile(r"(?<![^\W_])[a-z]{2}\d\d(?: ?[a-z\d]{4}){3,7}(?: ?[a-z\d]{1,3})?(?![^\W_])")
_CODE = r"[1-9]\d{1,4}(?:-\d{2,5})?(?![\d-])"
_LABELLED = re.compile(
    r"(?<![^\W_])(?:artikel|article|art|item|sku|produkt|product|model|modell|bestell|order|auftrag|rechnung"
    r"|invoice|offer|angebot|ref|indeks|faktur|zam\u00f3wieni|comand|factur)[^\W\d_]{0,12}\.?"
    rf" ?(?:nr|no|number|code)?[.:]? {{0,2}}{_CODE}(?:(?:,| und| and| i| \u0219i) {_CODE}){{0,5}}"
)
_PREFIXED = re.compile(
    r"(?<![^\W_])(?!tel|fon|mob|cel|fax|sms|ruf|nr|no|ph)[a-z]{1,4}-[1-9]\d{1,4}(?:-\d{2,5})?(?![\d-])"
)


def mask_codes(text: str) -> str:
    """Return skeleton text with each code replaced by as many semicolons."""
    for pattern, check in _CHECKED:
        text = pattern.sub(lambda found, check=check: _masked(found) if check(found[1]) else found[0], text)  # type: ignore[misc]
    text = _IBAN.sub(lambda found: _masked(found) if iban.is_valid(found[0]) else found[0], text)
    text = _VAT.sub(lambda found: _masked(found) if vat.is_valid(found[0].upper()) else found[0], text)
    return _PREFIXED.sub(_masked, _LABELLED.sub(_masked, text))


def _masked(found: re.Match[str]) -> str:
    return ";" * len(found[0])
