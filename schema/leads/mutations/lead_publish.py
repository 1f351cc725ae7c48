"""The mutation `leadPublish`. The action validates the input."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import strawberry

from models.contact_data.channel import Channel
from models.leads.list import leads_by_id
from models.leads.publish import ContactInput as ContactGiven
from models.leads.publish import LeadInput, publish
from models.leads.tables import LeadSource
from models.leads.views import LeadView
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import read_id
from schema.graphql.payload import KEY, USER_ERRORS
from schema.graphql.scalars import EmailAddress, PhoneNumber, Url
from schema.graphql.user_error import UserError
from schema.leads.types import Lead


@strawberry.input(description="The prospect's contact data; an email address or a phone number is required.")
class ContactInput:
    """Read into `models.leads.publish.ContactInput`."""

    full_name: str = strawberry.field(description="The person's full name.")
    preferred_channel: Channel = strawberry.field(description="The preferred contact channel.")
    organisation: str | None = strawberry.field(default=None, description="The person's organisation.")
    email: EmailAddress | None = strawberry.field(default=None, description="The email address.")
    phone: PhoneNumber | None = strawberry.field(
        default=None,
        description="The phone number, with its country code or in the national format of the lead's "
        "country.",
    )
    phone_extension: str | None = strawberry.field(default=None, description="The extension, digits only.")
    linkedin_url: Url | None = strawberry.field(default=None, description="The LinkedIn profile.")
    meeting_url: Url | None = strawberry.field(default=None, description="A video meeting link.")
    time_zone: str | None = strawberry.field(
        default=None,
        description="The time zone, an IANA name; if omitted, it is inferred from the phone number or the "
        "country, otherwise UTC.",
    )


@strawberry.input(description="Input of `leadPublish`: the request and the prospect's contact data.")
class LeadPublishInput:
    """Read into `models.leads.publish.LeadInput`."""

    title: str = strawberry.field(
        description="The request in one line, at most 200 characters; no contact data."
    )
    brief: str = strawberry.field(description="The full request, at most 5,000 characters; no contact data.")
    category: str = strawberry.field(description="The trade or service wanted.")
    country: str = strawberry.field(description="The country, ISO 3166-1 alpha-2.")
    contact: ContactInput = strawberry.field(
        description="The contact data; hidden until the rules reveal it."
    )
    city: str | None = strawberry.field(default=None, description="The town.")
    budget_min: int | None = strawberry.field(
        default=None, description="The minimum budget, in whole currency units."
    )
    budget_max: int | None = strawberry.field(
        default=None, description="The maximum budget, in whole currency units."
    )
    currency: str | None = strawberry.field(
        default=None, description="The currency, ISO 4217; EUR if omitted."
    )
    source: LeadSource | None = strawberry.field(
        default=None, description="The source of the lead; OPPORTUNITY if omitted."
    )
    fee: int | None = strawberry.field(
        default=None, description="The fee in points, for operators only; the policy's fee if omitted."
    )
    market: str | None = strawberry.field(
        default=None, description="The code of the market; your own market if omitted."
    )
    prospect_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="The prospect, for operators only; if omitted, a new prospect without a user is created.",
    )
    idempotency_key: str | None = strawberry.field(
        default=None, description=f"{KEY} Without a key, a repeated request publishes the lead again."
    )

    def read(self) -> LeadInput:
        """Return the input as the models define it."""
        contact = self.contact
        return LeadInput(
            title=self.title,
            brief=self.brief,
            category=self.category,
            country=self.country,
            city=self.city,
            budget_min=self.budget_min,
            budget_max=self.budget_max,
            currency=self.currency,
            source=self.source,
            fee=self.fee,
            market=self.market,
            prospect_id=self._prospect_id(),
            contact=ContactGiven(
                full_name=contact.full_name,
                preferred_channel=contact.preferred_channel,
                organisation=contact.organisation,
                email=contact.email,
                phone=contact.phone,
                phone_extension=contact.phone_extension,
                linkedin_url=contact.linkedin_url,
                meeting_url=contact.meeting_url,
                time_zone=contact.time_zone,
            ),
        )

    def _prospect_id(self) -> UUID | None:
        return None if self.prospect_id is None else read_id(self.prospect_id, "Prospect", "prospectId")


@dataclass(frozen=True, slots=True)
class PublishAnswer:
    """The lead, or the refusals."""

    lead: LeadView | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `leadPublish`.")
class LeadPublishPayload:
    """Source: `PublishAnswer`."""

    lead: Lead | None = strawberry.field(description="The lead; null if it was not published.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class LeadPublish:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Publish a lead; for prospects and operators. Contact data in title or brief is refused.",
        graphql_type=LeadPublishPayload | None,
    )
    async def lead_publish(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            LeadPublishInput, strawberry.argument(description="The input.")
        ],
    ) -> PublishAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            lead_id = await publish(viewer, input.read(), input.idempotency_key)
        except REFUSED as error:
            return PublishAnswer(user_errors=refused(error))
        found = await leads_by_id(context.conn, viewer, [lead_id])
        return PublishAnswer(found.get(lead_id))
