"""Whether a row of a file is a lead that is stored already, or only has the id of another person's lead.

A file controls its ids: weekly lists count from 1 again, and spreadsheets change long numbers. So an id makes
a duplicate only if the name, an email address or a phone number agrees with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from models.base.database import Connection, fetch
from models.contact_data import ContactData
from models.contact_data.redaction import Redacted
from models.leads.file import LeadDraft, name_key
from models.leads.file.notes import ImportNote
from models.leads.same_person import reach, ways


@dataclass(frozen=True, slots=True, repr=False)
class KnownLead(Redacted):
    """A stored lead: its person's name, addresses and numbers; the name is None if the contact data is
    gone.
    """

    id: UUID
    name: str | None
    ways: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """The lead that a draft repeats, if any; otherwise the identity key for storing it; and the warning, if
    any.
    """

    known: KnownLead | None
    identity_key: str
    warning: ImportNote | None = None


class KnownLeads:
    """The leads that the drafts of a batch may repeat, by identity key: the stored ones, and those of drafts
    before.
    """

    def __init__(self, stored: dict[str, KnownLead], added: dict[str, KnownLead] | None = None) -> None:
        self._stored = stored
        self._added: dict[str, KnownLead] = {} if added is None else added

    def match(self, draft: LeadDraft) -> Match:
        """Return which lead the draft is."""
        known = self._find(draft.identity_key)
        if known is None or known.name is None or draft.identity_key == draft.person_key:
            return Match(known, draft.identity_key)
        if known.ways & _ways(draft.contact):
            return Match(known, draft.identity_key)
        if _words(known.name) == _words(name_key(draft.contact.full_name)):
            return Match(known, draft.identity_key, ImportNote.NEW_CONTACT)
        return Match(self._find(draft.person_key), draft.person_key, ImportNote.ANOTHER_PERSON)

    def _find(self, identity_key: str) -> KnownLead | None:
        return self._stored.get(identity_key) or self._added.get(identity_key)

    def add(self, identity_key: str, lead_id: UUID, contact: ContactData) -> None:
        """Add the lead of a draft, for the rows after it."""
        self._added[identity_key] = KnownLead(lead_id, name_key(contact.full_name), _ways(contact))


async def known_leads(
    conn: Connection,
    market_id: UUID,
    drafts: Iterable[LeadDraft],
    added: dict[str, KnownLead] | None = None,
) -> KnownLeads:
    """Return the stored leads that these drafts may repeat, and those that would be (`added`)."""
    keys = list({key for draft in drafts for key in (draft.identity_key, draft.person_key)})
    rows = await fetch(
        conn,
        f"""SELECT lead.identity_key, lead.id, contact.full_name, {reach("contact")} AS ways
            FROM lead LEFT JOIN contact ON contact.lead_id = lead.id
            WHERE lead.market_id = $1 AND lead.identity_key = ANY($2::text[])""",
        market_id,
        keys,
    )
    return KnownLeads(
        {
            row["identity_key"]: KnownLead(
                row["id"],
                None if row["full_name"] is None else name_key(row["full_name"]),
                frozenset(row["ways"] or ()),
            )
            for row in rows
        },
        added,
    )


def _ways(contact: ContactData) -> frozenset[str]:
    return frozenset(way.lower() for _, way in ways(contact))


def _words(name: str) -> frozenset[str]:
    return frozenset(name.replace(",", " ").split())
