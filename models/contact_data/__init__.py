"""Contact data: its parts, their normal forms, and the search for it in text where it must not appear.

Nothing here uses a database, a network or a clock, and no object shows contact data in its text form.
"""

from models.contact_data.contact import ContactData, PostalAddress
from models.contact_data.email import InvalidEmail, parse_email
from models.contact_data.phone import Phone, parse_phone
from models.contact_data.phone_notation import InvalidPhone
from models.contact_data.place import UnknownPlace, likely_time_zone, parse_country, parse_time_zone
from models.contact_data.public_text import (
    ContactFinding,
    FindingKind,
    find_identity,
    find_identity_in,
    finding_problem,
    finding_refusal,
)
from models.contact_data.text import InvalidText, clean_block, clean_line
from models.contact_data.url import InvalidUrl, parse_linkedin_url, parse_web_url
from models.contact_data.validation import FieldProblem, validate_contact

__all__ = [
    "ContactData",
    "ContactFinding",
    "FieldProblem",
    "FindingKind",
    "InvalidEmail",
    "InvalidPhone",
    "InvalidText",
    "InvalidUrl",
    "Phone",
    "PostalAddress",
    "UnknownPlace",
    "clean_block",
    "clean_line",
    "find_identity",
    "find_identity_in",
    "finding_problem",
    "finding_refusal",
    "likely_time_zone",
    "parse_country",
    "parse_email",
    "parse_linkedin_url",
    "parse_phone",
    "parse_time_zone",
    "parse_web_url",
    "validate_contact",
]
