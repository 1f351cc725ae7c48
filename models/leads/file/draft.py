"""Owns what a row of a file becomes: a lead to be published, or a refusal with its place and reason.

It must not publish it.
"""

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from typing import Literal

from models.contact_data import ContactData
from models.contact_data.redaction import Redacted
from models.leads.tables import LeadSource


@dataclass(frozen=True, slots=True, repr=False)
class LeadDraft(Redacted):
    """A lead as one row gives it, all fields checked and normalised.

    `title` 1 to 200 characters, `brief` at most 5,000; `country` ISO 3166 alpha-2, `currency` ISO 4217;
    budgets in whole units of the currency; `fee` in points, None for the market's own. `identity_key` is
    64 hexadecimal digits, the same for the same row of the same market in every file. `warnings` are
    sentences about what was corrected or left out.
    """

    row: int
    title: str
    brief: str
    category: str
    city: str | None
    country: str
    budget_min: int | None
    budget_max: int | None
    currency: str
    source: LeadSource
    source_text: str | None
    fee: int | None
    contact: ContactData
    identity_key: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that becomes no lead: its number, the field (a word of the mapping, "" for the row as a whole),
    its column's name if the file has it, and the reason, which never quotes a value."""

    row: int
    field: str
    column: str | None
    code: Literal["INVALID", "REQUIRED"]
    reason: str


def identity_key(market: str, origin: str, external_id: str | None, contact: ContactData) -> str:
    """Return the SHA-256, in hexadecimal, of who a row is about, so that importing it again creates nothing.

    With an external id that decides, within `origin` (the system that gave the id): a corrected name or
    number is still the same lead. Without one it is name, e-mail address and phone number.
    """
    identity = [market, origin, "id", external_id] if external_id else [market, "contact", *_who(contact)]
    return hashlib.sha256(json.dumps(identity, ensure_ascii=True).encode("ascii")).hexdigest()


def _who(contact: ContactData) -> list[str]:
    name = " ".join(unicodedata.normalize("NFKC", contact.full_name).casefold().split())
    return [name, (contact.email or "").casefold(), contact.phone_number or "", contact.phone_extension or ""]
