"""Placeholders: what systems and people write into an empty cell, in the product's languages."""

import re
from collections.abc import Callable, Mapping, Sequence

from models.leads.file.fields import LeadField

_SIGNS = re.compile(r"(?:[^\w\U0001f1e6-\U0001f1ff]|_)*")  # a flag is a country
# The errors of spreadsheets, with their German and Polish names.
_ERROR = re.compile(
    r"#(?:n/?a|n/?v|nv|null!?|ref!?|value!?|num!?|name\??|div/0!?|getting_data|spill!?|calc!?|wert!?|bezug!?|zahl!?"
    r"|arg!?|adr!?|liczba!?|nazwa\??|brak|n/d!?)"
)
_WORDS = frozenset(
    (
        # systems
        *(
            "null",
            "nil",
            "none",
            "nan",
            "undefined",
            "n/a",
            "n.a.",
            "n. a.",
            "n/d",
            "n/v",
            "b/d",
            "empty",
            "blank",
        ),
        # English
        *(
            "unknown",
            "not available",
            "not applicable",
            "not provided",
            "not specified",
            "not given",
            "no data",
        ),
        *("no phone", "no number", "no phone number", "no email", "no e-mail", "missing"),
        # German
        *(
            "keine",
            "keiner",
            "keines",
            "kein",
            "keine angabe",
            "keine angaben",
            "k. a.",
            "k.a.",
            "k/a",
            "unbekannt",
        ),
        *(
            "nicht bekannt",
            "nicht vorhanden",
            "nicht angegeben",
            "nicht verfügbar",
            "entfällt",
            "fehlt",
            "n. v.",
        ),
        *(
            "kein telefon",
            "keine telefonnummer",
            "keine nummer",
            "keine e-mail",
            "keine email",
            "n.v.",
            "ohne",
        ),
        # Polish
        *(
            "brak",
            "brak danych",
            "brak numeru",
            "brak telefonu",
            "brak e-maila",
            "nieznany",
            "nieznana",
            "nieznane",
        ),
        *(
            "nie dotyczy",
            "nie podano",
            "nie ma",
            "niedostępny",
            "niedostępne",
            "nie posiada",
            "b.d.",
            "b. d.",
        ),
        # Romanian
        *("necunoscut", "necunoscută", "necunoscuta", "nu este", "nu are", "nu există", "nu exista", "lipsă"),
        *("lipsa", "fără", "fara", "nespecificat", "nu se aplică", "nu se aplica", "indisponibil", "nimic"),
    )
)
# Two letters are also codes of countries and parts of names.
_LETTERS = frozenset(("na", "nd", "nv", "bd", "ka", "xx", "xxx"))
# Also first and last names if capitalised like this.
_NAMES = frozenset(("Null", "Nil", "Nan", "Brak", "Keine", "Kein", "Ohne", "Fara"))
_ZEROS = re.compile(r"[+0\W_]*(?:0\.0)?")
_LONGEST = 24
# What forms that require an address make people write: noemail@noemail.com, brak@brak.pl.
_NO_ADDRESS = re.compile(
    r"(no-?e?-?mail|none|null|n-?a|unknown|brak|keine?|nimic|lipsa)@(?:\1|e?-?mail)\.[a-z]{2,6}|no@e?-?mail\.[a-z]{2,6}"
)


def is_placeholder(text: str) -> bool:
    """Return whether a trimmed cell means "nothing"; a cell without letters and digits does too."""
    if len(text) > _LONGEST:
        return False
    if _SIGNS.fullmatch(text):
        return True
    plain = text.casefold().strip("()[]<>\\")
    return plain in _WORDS or text in {"\\N", "\\n"} or _ERROR.fullmatch(plain) is not None


def is_name_placeholder(text: str) -> bool:
    """Return the same for a first or last name: some people are called Null."""
    return text not in _NAMES and is_placeholder(text)


def is_contact_placeholder(text: str) -> bool:
    """Return the same for a number, an address or an id; two letters or only zeros count as blank too."""
    plain = text.casefold()
    patterns = (_ZEROS, _NO_ADDRESS)
    return is_placeholder(text) or plain in _LETTERS or any(one.fullmatch(plain) for one in patterns)


_NAME_FIELDS = frozenset({LeadField.FIRST_NAME, LeadField.LAST_NAME})
_CONTACT_FIELDS = frozenset(
    {
        LeadField.EXTERNAL_ID,
        LeadField.PHONE,
        LeadField.OTHER_PHONE,
        LeadField.EMAIL,
        LeadField.OTHER_EMAIL,
        LeadField.LINKEDIN_URL,
        LeadField.REGISTRATION_NUMBER,
        LeadField.TIME_ZONE,
    }
)


def without_placeholders(
    values: Sequence[str], columns: Mapping[LeadField, tuple[int, ...]]
) -> tuple[str, ...]:
    """Return the cells of a row, with placeholders blank."""
    found = list(values)
    for field, positions in columns.items():
        for at in positions:
            text = found[at].strip()
            if text and _check(field)(text):
                found[at] = ""
    return tuple(found)


def _check(field: LeadField) -> Callable[[str], bool]:
    if field in _CONTACT_FIELDS:
        return is_contact_placeholder
    return is_name_placeholder if field in _NAME_FIELDS else is_placeholder
