"""Categories of contact data, without the data: what the register of disclosures and its notice state."""

from enum import StrEnum


class DataCategory(StrEnum):
    """A category of personal data of a contact (GDPR Art. 14(1)(d))."""

    NAME = "NAME"
    ORGANISATION = "ORGANISATION"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    ADDRESS = "ADDRESS"
    REGISTRATION_NUMBER = "REGISTRATION_NUMBER"
    LINKEDIN = "LINKEDIN"
    MEETING_URL = "MEETING_URL"


_PRESENT = {
    DataCategory.NAME: "contact.full_name IS NOT NULL",
    DataCategory.ORGANISATION: "contact.organisation IS NOT NULL",
    DataCategory.EMAIL: "(contact.email IS NOT NULL OR contact.other_emails <> '[]')",
    DataCategory.PHONE: "(contact.phone IS NOT NULL OR contact.other_phones <> '[]')",
    DataCategory.ADDRESS: "contact.address IS NOT NULL",
    DataCategory.REGISTRATION_NUMBER: "contact.registration_number IS NOT NULL",
    DataCategory.LINKEDIN: "contact.linkedin_url IS NOT NULL",
    DataCategory.MEETING_URL: "contact.meeting_url IS NOT NULL",
}
# The categories that a row of `contact` has, as text[]; without a row, as after an erasure, none.
CATEGORIES_SQL = "array_remove(ARRAY[{}], NULL)".format(
    ", ".join(f"CASE WHEN {present} THEN '{category}' END" for category, present in _PRESENT.items())
)
