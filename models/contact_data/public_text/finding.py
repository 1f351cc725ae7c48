"""A finding of identity in a public text: kind and place, never the words found (messages are logged)."""

from dataclasses import dataclass
from enum import StrEnum

from models.base.refusal import Refusal
from models.contact_data.refusals import ContactDataRefusal


class FindingKind(StrEnum):
    """What a piece of public text looks like; for one place, the first in this order is reported."""

    EMAIL = "EMAIL"
    LINK = "LINK"
    PHONE = "PHONE"
    HANDLE = "HANDLE"
    NAME = "NAME"
    ORGANISATION = "ORGANISATION"


_WHAT = {
    FindingKind.EMAIL: "what looks like an email address",
    FindingKind.LINK: "what looks like a link",
    FindingKind.PHONE: "what looks like a phone number",
    FindingKind.HANDLE: "what looks like a messenger name",
    FindingKind.NAME: "the contact's name",
    FindingKind.ORGANISATION: "the name of the contact's organisation",
}


@dataclass(frozen=True, slots=True)
class ContactFinding:
    """One place in a text that reveals identity: the half-open span `start` to `end`, counted from 0."""

    kind: FindingKind
    start: int
    end: int


def describe_finding(field: str, finding: ContactFinding) -> str:
    """Return the message for people: field, kind, character position (counted from 1), and the remedy."""
    return finding_refusal(field, finding).message


def finding_refusal(field: str, finding: ContactFinding) -> Refusal:
    """Return the refusal of a public text with this finding."""
    return ContactDataRefusal.CONTACT_DATA_IN_PUBLIC_TEXT.at(
        field, field=field, what=_WHAT[finding.kind], place=finding.start + 1
    )
