"""The contact data of a lead as one value: complete, normalised, reachable. Its text form shows nothing."""

from dataclasses import dataclass

from models.contact_data.channel import Channel
from models.contact_data.phone import Phone
from models.contact_data.redaction import Redacted

MAX_NAME_CHARS = 200
MAX_ORGANISATION_CHARS = 200
MAX_REGISTRATION_NUMBER_CHARS = 50
MAX_ADDRESS_CHARS = 200
MAX_OTHERS = 10


@dataclass(frozen=True, slots=True, repr=False)
class PostalAddress(Redacted):
    """A postal address; `country` is ISO 3166-1 alpha-2, the other parts are single lines of at most 200
    characters.
    """

    street: str | None = None
    postal_code: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class ContactData(Redacted):
    """Who a prospect is and how to reach them: the API's `Contact`; created only by `validate_contact`.

    `email` is normalised, `phone` is E.164 with its extension, and at least one of the two is set;
    `time_zone` is an IANA name; without `time_zone_given` it was derived from the number or the country.
    Without `preferred_given`, the channel was filled in for a whole file.
    """

    full_name: str
    preferred_channel: Channel
    time_zone: str
    organisation: str | None = None
    email: str | None = None
    phone: Phone | None = None
    other_emails: tuple[str, ...] = ()
    other_phones: tuple[Phone, ...] = ()
    address: PostalAddress | None = None
    registration_number: str | None = None
    linkedin_url: str | None = None
    meeting_url: str | None = None
    time_zone_given: bool = False
    preferred_given: bool = True

    @property
    def phone_number(self) -> str | None:
        """The phone number in E.164 without its extension."""
        return None if self.phone is None else self.phone.e164

    @property
    def phone_extension(self) -> str | None:
        """The extension of the phone number, digits."""
        return None if self.phone is None else self.phone.extension

    @property
    def emails(self) -> tuple[str, ...]:
        """All email addresses, the first one first."""
        return (self.email, *self.other_emails) if self.email is not None else self.other_emails

    @property
    def phones(self) -> tuple[Phone, ...]:
        """All phone numbers, the first one first."""
        return (self.phone, *self.other_phones) if self.phone is not None else self.other_phones
