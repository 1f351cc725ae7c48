"""The kinds of contact data that a text hides from a reader, and the words that stand in their place."""

from dataclasses import dataclass
from enum import StrEnum

from models.base.refusal import Words
from models.contact_data.public_text import FindingKind


class MaskedKind(StrEnum):
    """What was replaced in a text."""

    EMAIL = "EMAIL"
    PHONE = "PHONE"
    LINK = "LINK"
    HANDLE = "HANDLE"
    NAME = "NAME"


@dataclass(frozen=True, slots=True)
class MaskedSpan:
    """A half-open span of a text, in Unicode code points counted from 0, and what it contains or replaces."""

    start: int
    end: int
    kind: MaskedKind


KIND_OF = {FindingKind.ORGANISATION: MaskedKind.NAME} | {
    kind: MaskedKind[kind.name] for kind in FindingKind if kind is not FindingKind.ORGANISATION
}
# They say nothing about the length or the first letter of what they replace.
REPLACEMENTS = {
    MaskedKind.EMAIL: Words(
        en="[e-mail]", de="[E-Mail-Adresse]", pl="[adres e-mail]", ro="[adres\u0103 de e-mail]"
    ),
    MaskedKind.PHONE: Words(
        en="[phone]", de="[Telefonnummer]", pl="[numer telefonu]", ro="[num\u0103r de telefon]"
    ),
    MaskedKind.LINK: Words(en="[link]", de="[Link]", pl="[link]", ro="[link]"),
    MaskedKind.HANDLE: Words(
        en="[handle]", de="[Benutzername]", pl="[nazwa u\u017cytkownika]", ro="[nume de utilizator]"
    ),
    MaskedKind.NAME: Words(en="[name]", de="[Name]", pl="[imi\u0119 lub nazwa]", ro="[nume]"),
}
