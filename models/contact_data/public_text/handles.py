"""Names under which a contact can be found elsewhere: from its domain, mailbox and LinkedIn profile."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from models.contact_data.contact import ContactData
from models.contact_data.public_text.ordinary_words import ORDINARY_WORDS
from models.contact_data.public_text.skeleton import Skeleton, places_of, skeleton

Span = tuple[int, int]

_SHORTEST_LABEL, _SHORTEST_BOX = 8, 6
_PARTED = re.compile(r"[\d._-]")


def find_own_handles(bare: Skeleton, handles: Iterable[str]) -> Iterator[Span]:
    """Yield where one of the handles (`own_handles`) appears as a separate word."""
    for handle in handles:
        for start, end in places_of(handle, bare.text):
            if not bare.text[start - 1 : start].isalnum() and not bare.text[end : end + 1].isalnum():
                yield start, end


def own_handles(contact: ContactData) -> frozenset[str]:
    """Return the contact's handles as they appear in skeleton text."""
    found = set()
    for email in contact.emails:
        box, _, domain = email.lower().rpartition("@")
        label = domain.partition(".")[0]
        if len(label) >= _SHORTEST_LABEL:
            found |= {label, label.replace("-", "")}
        if len(box) >= _SHORTEST_BOX and _PARTED.search(box):
            found.add(box)
    if contact.linkedin_url is not None:
        name = unquote(urlsplit(contact.linkedin_url).path.rstrip("/").rpartition("/")[2])
        if len(name) >= _SHORTEST_BOX:
            found.add(skeleton(name, unmask=True).text)
    found.discard("")  # of a profile whose name nobody sees
    return frozenset(handle for handle in found if handle not in ORDINARY_WORDS)
