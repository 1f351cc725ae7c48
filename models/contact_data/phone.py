"""Phone numbers: from what people write to E.164, with a separate extension.

Numbers are checked against numbering plans only, which can say "possible", not "in use".
"""

from dataclasses import dataclass

import phonenumbers

from models.contact_data.phone_notation import InvalidPhone, read_notation
from models.contact_data.phone_readings import read_number
from models.contact_data.redaction import Redacted
from models.contact_data.refusals import ContactDataRefusal

REGIONS: frozenset[str] = frozenset(phonenumbers.SUPPORTED_REGIONS)


@dataclass(frozen=True, slots=True, repr=False)
class Phone(Redacted):
    """A phone number: `e164` as "+" and at most 15 digits (ITU-T E.164), `extension` digits or None."""

    e164: str
    extension: str | None = None

    @property
    def in_numbering_plan(self) -> bool:
        """Whether the plan knows the number's range; S4 accepts what is only possible, with a warning."""
        return phonenumbers.is_valid_number(phonenumbers.parse(self.e164))


def parse_phone(text: str, region: str | None) -> Phone:
    """Return the phone number written in `text`; `region` (ISO 3166 alpha-2) reads national forms.

    Accepts numbers that are possible but not valid (S4, readings), "00" as "+" in every region, labels
    ("Tel.:", "p:") and extensions in the product's languages, full-width digits, and invisible marks that
    spreadsheets add. Refuses numbers with two readings. Raises InvalidPhone.
    """
    if region is not None and region not in REGIONS:
        raise InvalidPhone(ContactDataRefusal.PHONE_REGION_UNKNOWN)
    written = read_notation(text)
    number = read_number(written.number, region)
    return Phone(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), written.extension)
