"""Owns the search for identity in the public text of a lead (S1, readings: title and brief).

It must not change a text, nor let one pass because it is long: the caller bounds the length.
"""

from models.contact_data.contact import ContactData
from models.contact_data.public_text.addresses import find_emails, find_handles, find_links
from models.contact_data.public_text.finding import Finding, FindingKind, describe_finding
from models.contact_data.public_text.names import find_names, find_organisation
from models.contact_data.public_text.numbers import find_numbers, find_own_numbers
from models.contact_data.public_text.skeleton import Skeleton, skeleton

__all__ = ["Finding", "FindingKind", "describe_finding", "find_identity"]

_ORDER = list(FindingKind)


def find_identity(text: str, contact: ContactData | None, region: str | None = None) -> list[Finding]:
    """Return each place of `text` that would tell who the prospect is, in order, without overlaps.

    Finds e-mail addresses, phone numbers, links and messenger names, also in common disguises, and of
    `contact` its name, organisation, domains and numbers. `region` (ISO 3166 alpha-2) knows the shape of
    short national numbers. Amounts, years, dates and sizes are no findings. When in doubt it finds: a
    refused text can be reworded, a published one cannot be called back. Time is linear in the length.
    """
    bare = skeleton(text)
    spans = [
        *((FindingKind.EMAIL, span) for span in find_emails(bare.text)),
        *((FindingKind.LINK, span) for span in find_links(bare.text, text, bare.origin, _domains(contact))),
        *((FindingKind.PHONE, span) for span in find_numbers(bare.text, region)),
        *((FindingKind.HANDLE, span) for span in find_handles(bare.text)),
    ]
    if contact is not None:
        words = bare.words()
        spans += [(FindingKind.PHONE, span) for span in find_own_numbers(bare.text, contact.phones)]
        spans += [(FindingKind.NAME, span) for span in find_names(bare.text, words, contact.full_name)]
        if contact.organisation is not None:
            own = find_organisation(words, text, bare.origin, contact.organisation)
            spans += [(FindingKind.ORGANISATION, span) for span in own]
    return _without_overlaps(bare, spans)


def _domains(contact: ContactData | None) -> tuple[str, ...]:
    """Return the domains of the contact's addresses: they name the organisation whatever their ending is."""
    if contact is None:
        return ()
    return tuple({email.rpartition("@")[2] for email in contact.emails})


def _without_overlaps(bare: Skeleton, spans: list[tuple[FindingKind, tuple[int, int]]]) -> list[Finding]:
    found: list[Finding] = []
    for kind, (start, end) in sorted(spans, key=lambda one: (one[1][0], _ORDER.index(one[0]), -one[1][1])):
        first, last = bare.span(start, end)
        if not found or first >= found[-1].end:
            found.append(Finding(kind, first, last))
    return found
