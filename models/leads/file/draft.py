"""Results of reading a row of a file: a lead to publish, or a refusal with its position and reason."""

import hashlib
import json
import unicodedata
from dataclasses import dataclass

from models.base.refusal import RefusalCode, RefusalReason, Sentence, Wording
from models.contact_data import ContactData
from models.contact_data.redaction import Redacted
from models.leads.file.fields import LeadField
from models.leads.tables import LeadSource


@dataclass(frozen=True, slots=True, repr=False)
class LeadDraft(Redacted):
    """A lead read from one row, all fields checked and normalised.

    `title` has 1 to 200 characters, `brief` at most 5,000; `country` is ISO 3166 alpha-2, `currency` ISO
    4217; budgets are in whole units of the currency; `fee` is in points, None for the market's.
    `identity_key` is 64 hexadecimal digits, the same for the same row of the same market in every file, and
    `person_key` is what it would be if the row had no external id.
    `warnings` are about values that were corrected or skipped; `changed` are the names of columns
    whose value is stored in another form, or not at all.
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
    person_key: str
    warnings: tuple[Sentence[Wording], ...] = ()
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be a lead: its number, the field (a word of the mapping, "" for the whole row), the
    column's name if the file has it, and the reason, which never quotes a value.
    """

    row: int
    field: str
    column: str | None
    reason: Sentence[RefusalReason]

    @property
    def code(self) -> RefusalCode:
        """The kind of problem."""
        return self.reason.wording.why.code


class RowRefused(Exception):  # noqa: N818 - an outcome of a row, caught where rows are read
    """The row cannot be a lead; `column` is the column at fault, if it is not the first one of the field."""

    def __init__(self, field: LeadField, reason: Sentence[RefusalReason], column: str | None = None) -> None:
        super().__init__(str(reason))
        self.field, self.reason, self.column = field, reason, column


def identity_key(market: str, origin: str, external_id: str | None, contact: ContactData) -> str:
    """Return a SHA-256 that identifies the lead of a row, so that importing it again creates nothing.

    If there is an external id, it decides, within `origin` (the system that issued the id): a corrected name
    or number is still the same lead, though not if the lead of that key is of another person (see
    `models.leads.known_leads`). Otherwise the name, email address and phone number decide.
    """
    identity = [market, origin, "id", external_id] if external_id else [market, "contact", *_who(contact)]
    return hashlib.sha256(json.dumps(identity, ensure_ascii=True).encode("ascii")).hexdigest()


def name_key(name: str) -> str:
    """Return what the spellings of one name share: case, width and blanks do not count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _who(contact: ContactData) -> list[str]:
    return [
        name_key(contact.full_name),
        (contact.email or "").casefold(),
        contact.phone_number or "",
        contact.phone_extension or "",
    ]
