"""Owns contact data as the API shows it, to those to whom the rules open it.

It must not be reachable but through a view that has decided: its source exists only when visible.
"""

import strawberry

from models.contact_data.channel import Channel
from schema.graphql.scalars import EmailAddress, PhoneNumber, Url


@strawberry.type(description="A postal address.")
class PostalAddress:
    """Source: `PostalAddressView`."""

    street: str | None = strawberry.field(description="Street and number.")
    postal_code: str | None = strawberry.field(description="The postal code.")
    city: str | None = strawberry.field(description="The town.")
    region: str | None = strawberry.field(description="The state, province or county.")
    country: str | None = strawberry.field(description="ISO 3166-1 alpha-2.")


@strawberry.type(description="The contact data behind a lead (S1.4).")
class Contact:
    """Source: `ContactView`."""

    full_name: str = strawberry.field(description="The person's full name.")
    organisation: str | None = strawberry.field(description="The person's organisation.")
    email: EmailAddress | None = strawberry.field(description="The first e-mail address.")
    phone: PhoneNumber | None = strawberry.field(description="The first phone number, E.164.")
    phone_extension: str | None = strawberry.field(description="The extension behind the first number.")
    other_emails: list[EmailAddress] = strawberry.field(description="Further e-mail addresses.")
    other_phones: list[PhoneNumber] = strawberry.field(description="Further phone numbers, E.164.")
    address: PostalAddress | None = strawberry.field(description="Where post arrives.")
    registration_number: str | None = strawberry.field(
        description="The organisation's number in its register."
    )
    linkedin_url: Url | None = strawberry.field(description="The LinkedIn profile.")
    meeting_url: Url | None = strawberry.field(description="The link to meet at.")
    preferred_channel: Channel = strawberry.field(description="How the person prefers to be reached.")
    time_zone: str = strawberry.field(description="The person's time zone, an IANA name.")
