"""Owns `leadPublish`.

It must not check what the action checks.
"""

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


@strawberry.input(description="How to reach the prospect; at least an e-mail address or a phone number.")
class ContactInput:
    """Read into `models.leads.publish.ContactInput`."""

    full_name: str = strawberry.field(description="The person's full name.")
    preferred_channel: Channel = strawberry.field(description="How the person prefers to be reached.")
    organisation: str | None = strawberry.field(default=None, description="The person's organisation.")
    email: EmailAddress | None = strawberry.field(default=None, description="An e-mail address.")
    phone: PhoneNumber | None = strawberry.field(
        default=None,
        description="A phone number, with its country's code or as dialled in the lead's country.",
    )
    phone_extension: str | None = strawberry.field(default=None, description="The extension, digits.")
    linkedin_url: Url | None = strawberry.field(default=None, description="The LinkedIn profile.")
    meeting_url: Url | None = strawberry.field(default=None, description="A link to meet at.")
    time_zone: str | None = strawberry.field(default=None, description="An IANA name; else guessed or UTC.")


@strawberry.input(description="What is needed, and how to reach who needs it.")
class LeadPublishInput:
    """Read into `models.leads.publish.LeadInput`."""

    title: str = strawberry.field(description="The need in a line, at most 200 characters, no contact data.")
    brief: str = strawberry.field(description="The need in full, at most 5,000 characters, no contact data.")
    category: str = strawberry.field(description="The trade or service that is looked for.")
    country: str = strawberry.field(description="In which country, ISO 3166-1 alpha-2.")
    contact: ContactInput = strawberry.field(description="Kept closed until the rules open it.")
    city: str | None = strawberry.field(default=None, description="Where.")
    budget_min: int | None = strawberry.field(default=None, description="The least to be spent, whole units.")
    budget_max: int | None = strawberry.field(default=None, description="The most to be spent, whole units.")
    currency: str | None = strawberry.field(default=None, description="ISO 4217; EUR without it.")
    source: LeadSource | None = strawberry.field(default=None, description="OPPORTUNITY without it.")
    fee: int | None = strawberry.field(default=None, description="Operators only; else the policy's.")
    market: str | None = strawberry.field(default=None, description="A market's code; else your own market.")
    prospect_id: strawberry.ID | None = strawberry.field(
        default=None, description="Operators only: for whom; else a new prospect without a user."
    )
    idempotency_key: str | None = strawberry.field(
        default=None, description=f"{KEY} Without it, what is sent twice is published twice."
    )

    def read(self) -> LeadInput:
        """Return the input in the models' words."""
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
    """The lead, or why it was not published."""

    lead: LeadView | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The answer to `leadPublish`.")
class LeadPublishPayload:
    """Source: `PublishAnswer`."""

    lead: Lead | None = strawberry.field(description="The lead; null when it was not published.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class LeadPublish:
    """A part of the root of mutations."""

    @strawberry.mutation(
        description="Publish a lead; for prospects and operators. Contact data in title or brief is refused.",
        graphql_type=LeadPublishPayload,
    )
    async def lead_publish(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            LeadPublishInput, strawberry.argument(description="The input.")
        ],
    ) -> PublishAnswer:
        """Translate and act."""
        context = info.context
        viewer = context.signed_in()
        try:
            lead_id = await publish(viewer, input.read(), input.idempotency_key)
        except REFUSED as error:
            return PublishAnswer(user_errors=refused(error))
        found = await leads_by_id(context.conn, viewer, [lead_id])
        return PublishAnswer(found.get(lead_id))
