"""A finding of identity in a public text: kind and place, never the words found (messages are logged)."""

from dataclasses import dataclass
from enum import StrEnum

from models.base.refusal import Refusal, Wording, Words
from models.contact_data.invalid import InvalidValue
from models.contact_data.refusals import ContactDataRefusal


class FindingKind(StrEnum):
    """What a piece of public text looks like; for one place, the first in this order is reported."""

    EMAIL = "EMAIL"
    LINK = "LINK"
    PHONE = "PHONE"
    HANDLE = "HANDLE"
    NAME = "NAME"
    ORGANISATION = "ORGANISATION"


class FindingWords(Wording):
    """What a finding is called in a sentence, by the name of its kind."""

    EMAIL = Words(
        en="what looks like an email address",
        de="etwas, das wie eine E-Mail-Adresse aussieht",
        pl="coś, co wygląda jak adres e-mail",
        ro="ceva ce pare a fi o adresă de e-mail",
    )
    LINK = Words(
        en="what looks like a link",
        de="etwas, das wie ein Link aussieht",
        pl="coś, co wygląda jak link",
        ro="ceva ce pare a fi un link",
    )
    PHONE = Words(
        en="what looks like a phone number",
        de="etwas, das wie eine Telefonnummer aussieht",
        pl="coś, co wygląda jak numer telefonu",
        ro="ceva ce pare a fi un număr de telefon",
    )
    HANDLE = Words(
        en="what looks like a messenger name",
        de="etwas, das wie ein Messenger-Name aussieht",
        pl="coś, co wygląda jak nazwa użytkownika komunikatora",
        ro="ceva ce pare a fi un nume de utilizator de mesagerie",
    )
    NAME = Words(
        en="the contact's name",
        de="den Namen der Kontaktperson",
        pl="imię lub nazwisko osoby kontaktowej",
        ro="numele persoanei de contact",
    )
    ORGANISATION = Words(
        en="the name of the contact's organisation",
        de="den Namen der Organisation der Kontaktperson",
        pl="nazwę organizacji osoby kontaktowej",
        ro="numele organizației persoanei de contact",
    )


@dataclass(frozen=True, slots=True)
class ContactFinding:
    """One place in a text that reveals identity: the half-open span `start` to `end`, counted from 0."""

    kind: FindingKind
    start: int
    end: int


def finding_problem(finding: ContactFinding) -> InvalidValue:
    """Return what is wrong with a public text that has this finding; positions are counted from 1."""
    return InvalidValue(
        ContactDataRefusal.CONTACT_DATA_IN_PUBLIC_TEXT,
        what=FindingWords[finding.kind.name].sentence(),
        place=finding.start + 1,
    )


def finding_refusal(field: str, finding: ContactFinding) -> Refusal:
    """Return the refusal of a public text with this finding."""
    return finding_problem(finding).refusal(field)
