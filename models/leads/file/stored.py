"""The stored values of a row, by field and as text, and the columns from which they differ."""

from collections.abc import Mapping, Sequence

from models.contact_data import Phone
from models.leads.file.draft import LeadDraft
from models.leads.file.fields import LeadField
from models.leads.file.mapping import ColumnMapping

_NAMES = frozenset({LeadField.FULL_NAME, LeadField.FIRST_NAME, LeadField.LAST_NAME})
_PHONES = frozenset({LeadField.PHONE, LeadField.OTHER_PHONE})
_EMAILS = frozenset({LeadField.EMAIL, LeadField.OTHER_EMAIL})
# An id becomes part of a key, and a region is only needed to interpret phone numbers.
_NOT_STORED = frozenset({LeadField.EXTERNAL_ID, LeadField.REGION})
# The fields of a report, in its order.
REPORTED = tuple(
    field for field in LeadField if field not in _NOT_STORED | {LeadField.FIRST_NAME, LeadField.LAST_NAME}
)


def stored_values(draft: LeadDraft) -> Mapping[LeadField, str]:
    """Return the values as they are stored, without missing ones; several in one field are joined by "; "."""
    contact = draft.contact
    values: dict[LeadField, object] = {
        LeadField.FULL_NAME: contact.full_name,
        LeadField.ORGANISATION: contact.organisation,
        LeadField.PHONE: contact.phone and _written(contact.phone),
        LeadField.OTHER_PHONE: "; ".join(map(_written, contact.other_phones)),
        LeadField.EMAIL: contact.email,
        LeadField.OTHER_EMAIL: "; ".join(contact.other_emails),
        LeadField.LINKEDIN_URL: contact.linkedin_url,
        LeadField.REGISTRATION_NUMBER: contact.registration_number,
        LeadField.PREFERRED_CHANNEL: contact.preferred_channel.value,
        LeadField.TIME_ZONE: contact.time_zone,
        LeadField.SOURCE: draft.source.value if draft.source_text is None else draft.source_text,
        LeadField.TITLE: draft.title,
        LeadField.BRIEF: draft.brief,
        LeadField.CATEGORY: draft.category,
        LeadField.CITY: draft.city,
        LeadField.COUNTRY: draft.country,
        LeadField.BUDGET_MIN: draft.budget_min,
        LeadField.BUDGET_MAX: draft.budget_max,
        LeadField.CURRENCY: draft.currency,
        LeadField.FEE: draft.fee,
    }
    return {field: str(value) for field in REPORTED if (value := values[field]) is not None and value != ""}


def changed_columns(draft: LeadDraft, row: Sequence[str], mapping: ColumnMapping) -> tuple[str, ...]:
    """Return the names of the columns whose value is stored in a different form, or not at all."""
    stored = stored_values(draft)
    words = set(draft.contact.full_name.split())
    phones = {_written(phone) for phone in draft.contact.phones}
    emails = set(draft.contact.emails)
    changed: list[str] = []
    for field in mapping.columns:
        for column, text in mapping.values(row, field):
            if field in _NOT_STORED:
                continue
            if field in _NAMES:
                same = set(text.split()) <= words
            elif field in _PHONES:
                same = text in phones
            elif field in _EMAILS:
                same = text in emails
            else:
                same = text == stored.get(field)
            if not same:
                changed.append(column)
    return tuple(changed)


def _written(phone: Phone) -> str:
    return phone.e164 if phone.extension is None else f"{phone.e164};ext={phone.extension}"
