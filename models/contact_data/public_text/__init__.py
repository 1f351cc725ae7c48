"""Finds identity in the public text of a lead (S1, readings: title and brief).

The caller limits the length.
"""

from collections.abc import Mapping
from itertools import accumulate

from models.contact_data.contact import ContactData
from models.contact_data.public_text.addresses import find_emails, find_links, find_shouted
from models.contact_data.public_text.disguises import without_blanks
from models.contact_data.public_text.finding import (
    ContactFinding,
    FindingKind,
    finding_problem,
    finding_refusal,
)
from models.contact_data.public_text.nicknames import find_handles
from models.contact_data.public_text.numbers import find_numbers
from models.contact_data.public_text.own import Own
from models.contact_data.public_text.skeleton import Skeleton, has_look_alikes, is_masked, skeleton

__all__ = [
    "ContactFinding",
    "FindingKind",
    "Own",
    "find_all",
    "find_identity",
    "find_identity_in",
    "finding_problem",
    "finding_refusal",
]

_ORDER = list(FindingKind)
_LONG_NUMBER = 9  # digits; shorter ones can arise by chance where two texts meet


def find_identity(text: str, contact: ContactData | None, region: str | None = None) -> list[ContactFinding]:
    """Return each place in `text` that would reveal who the prospect is, in order, without overlaps.

    Finds email addresses, phone numbers, links and messenger names, also in common disguises, and, from
    `contact`, its name, organisation, domains, handles and numbers. `region` (ISO 3166 alpha-2) determines
    the form of short national numbers. Amounts, years, dates and sizes are not findings. When in doubt, it
    reports a finding: a refused text can be reworded, a published one cannot be recalled. Time is linear in
    the length.
    """
    return _without_overlaps(find_all(text, None if contact is None else Own.of(contact), region))


def find_all(text: str, own: Own | None, region: str | None = None) -> list[ContactFinding]:
    """Return the findings of `find_identity` in no order, also those that overlap others."""
    bare = skeleton(text, unmask=is_masked(text))
    domains = () if own is None else own.domains
    spans = [
        *((FindingKind.EMAIL, span) for span in find_emails(bare.text)),
        *((FindingKind.LINK, span) for span in find_links(bare.text, text, bare.origin, domains)),
        *((FindingKind.PHONE, span) for span in find_numbers(bare.text, region)),
        *((FindingKind.HANDLE, span) for span in find_handles(bare.text)),
    ]
    found = [_placed(bare, kind, span) for kind, span in spans]
    found += [ContactFinding(FindingKind.EMAIL, *span) for span in find_shouted(text)]
    closed = without_blanks(bare)
    if closed is not None:
        found += [_placed(closed, FindingKind.EMAIL, span) for span in find_emails(closed.text)]
        links = find_links(closed.text, text, closed.origin, domains)
        found += [_placed(closed, FindingKind.LINK, span) for span in links]
    if own is not None:
        plain = skeleton(text, unmask=True) if has_look_alikes(text) else bare
        found += [_placed(shown, kind, span) for kind, shown, span in own.find(plain, text)]
    return found


def find_identity_in(
    fields: Mapping[str, str], contact: ContactData | None, region: str | None = None
) -> list[tuple[str, ContactFinding]]:
    """Return the findings of `find_identity` in texts that are shown together, with the field where each
    begins.

    Each is searched separately, and all of them joined in order, so that a name split between two texts is
    found.
    """
    found = [
        (name, finding) for name, text in fields.items() for finding in find_identity(text, contact, region)
    ]
    shown = {name: text for name, text in fields.items() if text}
    ends = list(accumulate((len(text) + 1 for text in shown.values()), initial=0))
    starts = dict(zip(shown, ends, strict=False))
    joined = " ".join(shown.values())
    for finding in find_identity(joined, contact, region) if len(shown) > 1 else ():
        borders = [end for end in ends[1:-1] if finding.start < end - 1 and end < finding.end]
        if borders and not _meets_by_chance(finding, joined):
            name = max((start, name) for name, start in starts.items() if start <= finding.start)[1]
            inside = ContactFinding(finding.kind, finding.start - starts[name], len(shown[name]))
            found.append((name, inside))
    return found


def _meets_by_chance(finding: ContactFinding, text: str) -> bool:
    """Return whether a finding across two texts may just be the end of one and the beginning of the other."""
    if finding.kind in {FindingKind.LINK, FindingKind.HANDLE}:
        return True
    digits = sum(char.isdecimal() for char in text[finding.start : finding.end])
    return finding.kind is FindingKind.PHONE and 0 < digits < _LONG_NUMBER


def _placed(bare: Skeleton, kind: FindingKind, span: tuple[int, int]) -> ContactFinding:
    return ContactFinding(kind, *bare.span(*span))


def _without_overlaps(spans: list[ContactFinding]) -> list[ContactFinding]:
    found: list[ContactFinding] = []
    for finding in sorted(spans, key=lambda one: (one.start, _ORDER.index(one.kind), -one.end)):
        if not found or finding.start >= found[-1].end:
            found.append(finding)
    return found
