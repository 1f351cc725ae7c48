"""Words of files of employees: the columns and the values of each language, and how they are recognised."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.base.spelling import word_key
from rules.calls.call_route import TransferWish

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_HINT = re.compile(r"\([^()]*\)")
_LONGEST = 200


class EmployeeColumn(StrEnum):
    """What a column of a file of employees holds; the name of the field in the API."""

    ID = "id"
    NAME = "name"
    FIRST_NAME = "firstName"
    LAST_NAME = "lastName"
    EMAIL = "email"
    CC = "cc"
    POSITION = "position"
    RESPONSIBILITY = "responsibility"
    EXTENSION = "extension"
    TRANSFER = "transfer"
    VIP_SMS = "vipSmsNotification"
    SMS = "smsNotification"
    MOBILE = "mobile"
    DEPUTY = "deputyId"
    ABSENCE_TEXT = "absenceText"


# In the order of an export; a name is written whole.
EXPORTED: tuple[EmployeeColumn, ...] = tuple(
    column for column in EmployeeColumn if column not in {EmployeeColumn.FIRST_NAME, EmployeeColumn.LAST_NAME}
)


@dataclass(frozen=True, slots=True)
class FileWords:
    """The words of one language: the headings in the order of `EXPORTED`, and the values of choices.

    `yes` and `no` are the first of the words that are accepted, and those that an export writes; so are the
    words of `wishes`.
    """

    headings: tuple[str, ...]
    synonyms: Mapping[EmployeeColumn, str]
    sheet: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    wishes: Mapping[TransferWish, tuple[str, ...]]

    def heading(self, column: EmployeeColumn) -> str:
        """Return the heading of an exported column."""
        return self.headings[EXPORTED.index(column)]


_NONE, _ALL, _VIP = TransferWish.NONE, TransferWish.ALL, TransferWish.VIP_ONLY
ENGLISH = FileWords(
    headings=(
        "Employee ID",
        "Name (Last, First)",
        "Email",
        "CC",
        "Position",
        "Responsibility",
        "Extension",
        "Transfer (none/all/VIP)",
        "VIP SMS",
        "SMS",
        "Mobile number",
        "Deputy (Employee ID)",
        "Absence text",
    ),
    synonyms={
        EmployeeColumn.ID: "id identifier",
        EmployeeColumn.NAME: "fullname employee employeename displayname",
        EmployeeColumn.FIRST_NAME: "firstname givenname forename",
        EmployeeColumn.LAST_NAME: "lastname surname familyname",
        EmployeeColumn.EMAIL: "emailaddress mail mailaddress workemail",
        EmployeeColumn.CC: "copies copyto emailcc ccemail",
        EmployeeColumn.POSITION: "jobtitle title role",
        EmployeeColumn.RESPONSIBILITY: "responsibilities responsiblefor department",
        EmployeeColumn.EXTENSION: "directnumber directline directdial",
        EmployeeColumn.TRANSFER: "transfers transfercalls putthrough",
        EmployeeColumn.VIP_SMS: "vipsmsnotification viptextmessages",
        EmployeeColumn.SMS: "smsnotification textmessages",
        EmployeeColumn.MOBILE: "mobile mobilephone cell cellphone",
        EmployeeColumn.DEPUTY: "deputyid substitute",
        EmployeeColumn.ABSENCE_TEXT: "absence absenceinfo absencemessage",
    },
    sheet="Employees",
    yes=("yes", "true", "1", "x", "y"),
    no=("no", "false", "0", "n"),
    wishes={_NONE: ("none", "no"), _ALL: ("all", "yes"), _VIP: ("VIP", "VIPs", "VIP only", "only VIPs")},
)
GERMAN = FileWords(
    headings=(
        "Kennung",
        "Name (Nachname, Vorname)",
        "E-Mail",
        "CC",
        "Position",
        "Zuständigkeit",
        "Durchwahl",
        "Durchstellen (nein/alle/VIP)",
        "VIP-SMS",
        "SMS",
        "Mobilnummer",
        "Vertreter (Kennung)",
        "Abwesenheitsinfo",
    ),
    synonyms={
        EmployeeColumn.ID: "mitarbeiterid mitarbeiterkennung",
        EmployeeColumn.NAME: "mitarbeiter mitarbeitername vollstandigername nameundvorname vorundnachname",
        EmployeeColumn.FIRST_NAME: "vorname",
        EmployeeColumn.LAST_NAME: "nachname familienname zuname",
        EmployeeColumn.EMAIL: "emailadresse mailadresse",
        EmployeeColumn.CC: "kopie kopiean emailkopie",
        EmployeeColumn.POSITION: "funktion stellung berufsbezeichnung",
        EmployeeColumn.RESPONSIBILITY: "zustandigfur zustandigkeiten aufgabengebiet abteilung",
        EmployeeColumn.EXTENSION: "durchwahlnummer direktwahl",
        EmployeeColumn.TRANSFER: "durchstellung anrufedurchstellen",
        EmployeeColumn.VIP_SMS: "smsbeivip vipsmsbenachrichtigung",
        EmployeeColumn.SMS: "smsbenachrichtigung",
        EmployeeColumn.MOBILE: "mobil mobiltelefon handy handynummer mobilfunknummer",
        EmployeeColumn.DEPUTY: "vertretung stellvertreter stellvertretung",
        EmployeeColumn.ABSENCE_TEXT: "abwesenheit abwesenheitstext abwesenheitsnotiz",
    },
    sheet="Mitarbeiter",
    yes=("ja", "wahr", "j"),
    no=("nein", "falsch"),
    wishes={
        _NONE: ("nein", "keine", "nie"),
        _ALL: ("alle", "ja", "immer"),
        _VIP: ("VIP", "nur VIP", "nur VIPs"),
    },
)
POLISH = FileWords(
    headings=(
        "Identyfikator",
        "Imię i nazwisko (Nazwisko, Imię)",
        "E-mail",
        "DW",
        "Stanowisko",
        "Zakres obowiązków",
        "Numer bezpośredni",
        "Przełączanie (nie/wszystkie/VIP)",
        "SMS o VIP-ach",
        "SMS",
        "Numer komórkowy",
        "Zastępca (identyfikator)",
        "Informacja o nieobecności",
    ),
    synonyms={
        EmployeeColumn.ID: "identyfikatorpracownika idpracownika",
        EmployeeColumn.NAME: "pracownik nazwiskoiimie imienazwisko nazwiskoimie",
        EmployeeColumn.FIRST_NAME: "imie",
        EmployeeColumn.LAST_NAME: "nazwisko",
        EmployeeColumn.EMAIL: "adresemail adresmailowy",
        EmployeeColumn.CC: "kopia kopiedo dowiadomosci",
        EmployeeColumn.POSITION: "funkcja",
        EmployeeColumn.RESPONSIBILITY: "obowiazki odpowiedzialnosc zakresodpowiedzialnosci dzial",
        EmployeeColumn.EXTENSION: "numerwewnetrzny telefonbezposredni",
        EmployeeColumn.TRANSFER: "przelaczac przekazywanie",
        EmployeeColumn.VIP_SMS: "smsvip smsovip",
        EmployeeColumn.SMS: "powiadomieniesms powiadomieniasms",
        EmployeeColumn.MOBILE: "komorka telefonkomorkowy",
        EmployeeColumn.DEPUTY: "zastepstwo",
        EmployeeColumn.ABSENCE_TEXT: "nieobecnosc tekstnieobecnosci",
    },
    sheet="Pracownicy",
    yes=("tak", "prawda"),
    no=("nie", "falsz"),
    wishes={_NONE: ("nie", "brak", "żadne"), _ALL: ("wszystkie", "tak"), _VIP: ("VIP", "tylko VIP")},
)
ROMANIAN = FileWords(
    headings=(
        "Identificator",
        "Nume și prenume (Nume, Prenume)",
        "E-mail",
        "CC",
        "Funcție",
        "Responsabilitate",
        "Număr direct",
        "Transfer (nu/toate/VIP)",
        "SMS despre VIP-uri",
        "SMS",
        "Număr de mobil",
        "Înlocuitor (identificator)",
        "Text de absență",
    ),
    synonyms={
        EmployeeColumn.ID: "identificatorangajat idangajat",
        EmployeeColumn.NAME: "nume angajat numecomplet prenumesinume numeprenume",
        EmployeeColumn.FIRST_NAME: "prenume prenumele",
        EmployeeColumn.LAST_NAME: "numedefamilie numeledefamilie",
        EmployeeColumn.EMAIL: "adresaemail adresadeemail",
        EmployeeColumn.CC: "copie copii",
        EmployeeColumn.POSITION: "functia post pozitie",
        EmployeeColumn.RESPONSIBILITY: "responsabilitati departament",
        EmployeeColumn.EXTENSION: "interior liniedirecta",
        EmployeeColumn.TRANSFER: "transferapeluri",
        EmployeeColumn.VIP_SMS: "smsvip smsdesprevip",
        EmployeeColumn.SMS: "notificaresms notificariprinsms",
        EmployeeColumn.MOBILE: "telefonmobil numarmobil",
        EmployeeColumn.DEPUTY: "inlocuitorul loctiitor",
        EmployeeColumn.ABSENCE_TEXT: "absenta mesajdeabsenta",
    },
    sheet="Angajați",
    yes=("da", "adevarat"),
    no=("nu", "fals"),
    wishes={
        _NONE: ("nu", "niciunul", "deloc"),
        _ALL: ("toate", "da"),
        _VIP: ("VIP", "numai VIP", "doar VIP"),
    },
)
WORDS = {"en": ENGLISH, "de": GERMAN, "pl": POLISH, "ro": ROMANIAN}


def words_for(locale: str) -> FileWords:
    """Return the words for a locale such as `de-AT`; English for an unsupported language."""
    return WORDS.get(locale[:2].lower(), ENGLISH)


def column_of(heading: str) -> EmployeeColumn | None:
    """Return the column that a heading means, with or without what it says in brackets; None if unknown."""
    return next((_COLUMNS[key] for key in _keys(heading[:_LONGEST]) if key in _COLUMNS), None)


def language_of(heading: str) -> str | None:
    """Return the language of a heading that is known in only one of the languages, otherwise None."""
    found = _LANGUAGES.get(word_key(_HINT.sub("", heading[:_LONGEST])), frozenset())
    return next(iter(found)) if len(found) == 1 else None


def read_tick(text: str) -> bool | None:
    """Return whether a cell says yes; a blank one says no; None if it says neither."""
    return _TICKS.get(word_key(text[:_LONGEST]))


def read_wish(text: str) -> TransferWish | None:
    """Return the wish in a cell; a blank one is NONE; None if it is unknown."""
    return _WISHES.get(word_key(text[:_LONGEST]))


def _keys(heading: str) -> Iterator[str]:
    """Yield the spellings by which a heading is known, also with ae for ä."""
    for text in (heading, _HINT.sub("", heading)):
        yield word_key(text)
        yield word_key(text.casefold().translate(_UMLAUTS))


def _headings() -> Iterator[tuple[str, EmployeeColumn, str]]:
    for language, words in WORDS.items():
        for column, heading in zip(EXPORTED, words.headings, strict=True):
            yield from ((key, column, language) for key in _keys(heading))
        for column, synonyms in words.synonyms.items():
            yield from ((key, column, language) for key in synonyms.split())


_COLUMNS = {word_key(column): column for column in EmployeeColumn} | {
    key: column for key, column, _ in _headings()
}
_LANGUAGES: dict[str, frozenset[str]] = {}
for _key, _, _language in _headings():
    _LANGUAGES[_key] = _LANGUAGES.get(_key, frozenset()) | {_language}
_TICKS = {"": False} | {
    word_key(word): meaning
    for words in WORDS.values()
    for meaning, accepted in ((True, words.yes), (False, words.no))
    for word in accepted
}
_WISHES = {"": TransferWish.NONE} | {
    word_key(word): wish
    for words in WORDS.values()
    for wish, accepted in words.wishes.items()
    for word in (*accepted, wish.value)
}
