"""GraphQL types of contact data.

Its source exists only if the rules made the contact data visible to the viewer.
"""

import strawberry

from models.contact_data.channel import Channel
from schema.graphql.scalars import EmailAddress, PhoneNumber, Url


@strawberry.type(description="A postal address.")
class PostalAddress:
    """Source: `PostalAddressView`."""

    street: str | None = strawberry.field(description="The street and house number.")
    postal_code: str | None = strawberry.field(description="The postal code.")
    city: str | None = strawberry.field(description="The town.")
    region: str | None = strawberry.field(description="The state, province or county.")
    country: str | None = strawberry.field(description="ISO 3166-1 alpha-2.")


@strawberry.type(description="The contact data of a lead.")
class Contact:
    """Source: `ContactView`."""

    full_name: str = strawberry.field(description="The person's full name.")
    organisation: str | None = strawberry.field(description="The person's organisation.")
    email: EmailAddress | None = strawberry.field(description="The primary email address.")
    phone: PhoneNumber | None = strawberry.field(description="The primary phone number, E.164.")
    phone_extension: str | None = strawberry.field(description="The extension of the primary phone number.")
    other_emails: list[EmailAddress] = strawberry.field(description="Other email addresses.")
    other_phones: list[PhoneNumber] = strawberry.field(description="Other phone numbers, E.164.")
    address: PostalAddress | None = strawberry.field(description="The postal address.")
    registration_number: str | None = strawberry.field(description="The organisation's registration number.")
    linkedin_url: Url | None = strawberry.field(description="The LinkedIn profile.")
    meeting_url: Url | None = strawberry.field(description="The video meeting link.")
    preferred_channel: Channel = strawberry.field(description="The preferred contact channel.")
    time_zone: str = strawberry.field(description="The person's time zone, an IANA name.")
