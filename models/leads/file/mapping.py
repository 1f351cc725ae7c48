"""Mapping of a file's columns to fields of a lead: recognised by name, or chosen by the operator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class LeadField(StrEnum):
    """The fields that a column can be mapped to; the words of the column mapping."""

    EXTERNAL_ID = "external_id"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    FULL_NAME = "full_name"
    ORGANISATION = "organisation"
    PHONE = "phone"
    OTHER_PHONE = "other_phone"
    EMAIL = "email"
    OTHER_EMAIL = "other_email"
    LINKEDIN_URL = "linkedin_url"
    REGISTRATION_NUMBER = "registration_number"
    PREFERRED_CHANNEL = "preferred_channel"
    TIME_ZONE = "time_zone"
    SOURCE = "source"
    TITLE = "title"
    BRIEF = "brief"
    CATEGORY = "category"
    CITY = "city"
    COUNTRY = "country"
    REGION = "region"
    BUDGET_MIN = "budget_min"
    BUDGET_MAX = "budget_max"
    CURRENCY = "currency"
    FEE = "fee"


IGNORE = "ignore"  # instead of a field: skip the column
_WORDS = frozenset(field.value for field in LeadField)
_SEVERAL = frozenset({LeadField.OTHER_PHONE, LeadField.OTHER_EMAIL})
_NEXT = {LeadField.PHONE: LeadField.OTHER_PHONE, LeadField.EMAIL: LeadField.OTHER_EMAIL}
_NAMES = frozenset({LeadField.FULL_NAME, LeadField.FIRST_NAME, LeadField.LAST_NAME, LeadField.ORGANISATION})
_WAYS = frozenset({LeadField.PHONE, LeadField.OTHER_PHONE, LeadField.EMAIL, LeadField.OTHER_EMAIL})
# Header names in lower case, without spaces and punctuation. No "website": a contact has none.
_ALIASES = {
    LeadField.EXTERNAL_ID: "accountid id leadid recordid kundennummer",
    LeadField.FIRST_NAME: "givenname vorname",
    LeadField.LAST_NAME: "surname familyname nachname",
    LeadField.FULL_NAME: "name contact contactname ansprechpartner",
    LeadField.ORGANISATION: "company organization firma unternehmen companyname",
    LeadField.PHONE: "phone1 phonenumber telephone telefon tel mobile mobil handy",
    LeadField.OTHER_PHONE: "phone2 phone3 otherphone telefon2",
    LeadField.EMAIL: "email1 emailaddress mail emailadresse",
    LeadField.OTHER_EMAIL: "email2 email3 otheremail",
    LeadField.LINKEDIN_URL: "linkedin linkedinprofile",
    LeadField.REGISTRATION_NUMBER: "registernumber companynumber handelsregisternummer",
    LeadField.PREFERRED_CHANNEL: "channel",
    LeadField.TIME_ZONE: "tz zeitzone",
    LeadField.SOURCE: "leadsource quelle",
    LeadField.TITLE: "subject betreff titel",
    LeadField.BRIEF: "notes note description notizen beschreibung bemerkung",
    LeadField.CATEGORY: "kategorie branche industry",
    LeadField.CITY: "town ort stadt",
    LeadField.COUNTRY: "land countrycode",
    LeadField.CURRENCY: "waehrung währung",
}


class MappingError(ValueError):
    """The mapping does not fit the file; `problems` are sentences for people."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The positions of each field's columns, in order; `ignored` has the names of the ignored columns."""

    header: tuple[str, ...]
    columns: Mapping[LeadField, tuple[int, ...]]
    ignored: tuple[str, ...]

    def values(self, row: Sequence[str], field: LeadField) -> list[tuple[str, str]]:
        """Return (column name, trimmed value) of the field's columns that are not blank."""
        pairs = ((self.header[at], row[at].strip()) for at in self.columns.get(field, ()))
        return [pair for pair in pairs if pair[1]]

    def value(self, row: Sequence[str], field: LeadField) -> str | None:
        """Return the trimmed value of a field of one column, or None if it is blank or not in the file."""
        for at in self.columns.get(field, ()):
            return row[at].strip() or None
        return None

    def column(self, field: LeadField) -> str | None:
        """Return the name of the field's (first) column, or None if the file has none."""
        return next((self.header[at] for at in self.columns.get(field, ())), None)


def map_columns(header: Sequence[str], chosen: Mapping[str, str] | None = None) -> ColumnMapping:
    """Return the field of each column: as in `chosen` ({"Column": "field"}), else as recognised.

    The field "ignore" skips a column. A chosen column takes precedence over a recognised one; a second
    recognised phone or email column becomes another number or address. Raises MappingError for columns and
    fields that do not exist, for one field from two columns, and for files without a name or a way to contact
    anybody.
    """
    problems: list[str] = []
    fields = _chosen(header, chosen or {}, problems)
    taken = {field for field in fields.values() if field is not None}
    for at, name in enumerate(header):
        field = None if at in fields else _RECOGNISED.get(_key(name))
        if field in taken and field not in _SEVERAL:
            field = _NEXT.get(field)
        if field is not None:
            fields[at] = field
            taken.add(field)
    if not problems and not taken & _NAMES:
        problems.append(
            "No column has the prospect's name; map one to full_name, or to first_name and last_name."
        )
    if not problems and not taken & _WAYS:
        problems.append("No column has a way to contact the prospect; map one to phone or email.")
    if problems:
        raise MappingError(problems)
    columns: dict[LeadField, tuple[int, ...]] = {}
    for at, field in sorted(fields.items()):
        if field is not None:
            columns[field] = (*columns.get(field, ()), at)
    ignored = tuple(name for at, name in enumerate(header) if name and fields.get(at) is None)
    return ColumnMapping(tuple(header), columns, ignored)


def _chosen(
    header: Sequence[str], chosen: Mapping[str, str], problems: list[str]
) -> dict[int, LeadField | None]:
    positions = {_key(name): at for at, name in reversed(list(enumerate(header))) if name}
    exact = {name: at for at, name in enumerate(header) if name}
    fields: dict[int, LeadField | None] = {}
    for column, word in chosen.items():
        at = exact.get(column, positions.get(_key(column)))
        known = word.strip().lower()
        if at is None:
            names = ", ".join(name for name in header if name)
            problems.append(f'The file has no column "{column}"; it has: {names}.')
        elif known == IGNORE:
            fields[at] = None
        elif known not in _WORDS:
            problems.append(
                f'"{word}" is not a field of a lead; choose one of: {", ".join(LeadField)}, {IGNORE}.'
            )
        elif known in fields.values() and known not in _SEVERAL:
            problems.append(
                f"Two columns are mapped to {known}; only other_phone and other_email accept several."
            )
        else:
            fields[at] = LeadField(known)
    return fields


def _key(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())


_RECOGNISED = {
    **{alias: field for field, aliases in _ALIASES.items() for alias in aliases.split()},
    **{_key(field): field for field in LeadField},
}


# Headings that only one of our languages has, which say what letters a file has.
_LANGUAGES = {
    word: language
    for language, words in {
        "de": "vorname nachname firma unternehmen ort stadt strasse straße telefonnummer",
        "pl": "imię imie nazwisko miasto kraj ulica województwo wojewodztwo nazwafirmy uwagi",
        "ro": "prenume nume oraș oras țara tara localitate județ judet companie",
    }.items()
    for word in words.split()
}


def count_recognised(cells: Sequence[str]) -> int:
    """Return how many cells of a row are headings that we know."""
    return sum(1 for cell in cells if _key(cell) in _RECOGNISED)


def language_of(heading: str) -> str | None:
    """Return the language of a heading; None if several have it, or it is not known."""
    return _LANGUAGES.get(_key(heading))
