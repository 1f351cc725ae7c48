"""GraphQL types of smart contact data: what is publicly known, and who said so (S2)."""

import base64
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from models.accounts.list import UserView
from models.leads.views import LeadView
from models.outside.sources.source import FoundKind, LookUp, OutsideOutcome, OutsideSource
from models.smart_data.confidence import Confidence
from models.smart_data.found_fields import FoundFieldView
from models.smart_data.list import BY_ADDITION, OrganisationView, SearchView, list_people
from models.smart_data.state import SmartDataView
from models.smart_data.tables import AddressStatus, SearchState
from models.smart_data.targets import OrganisationCase, SkipReason
from schema.graphql.context import Info
from schema.graphql.decision import Decision
from schema.graphql.errors import ClientError
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import (
    WITHIN_A_LIST,
    After,
    Connection,
    CountedPageOf,
    First,
    digest,
    nested_size,
    slice_of,
    within_list,
)
from schema.graphql.scalars import Url
from schema.smart_data import enums  # noqa: F401 - enums are described before a type uses them
from schema.smart_data.loaders import SmartDataLoaders

if TYPE_CHECKING:
    from schema.accounts.types import User
    from schema.leads.types import Lead

ItsUser = Annotated["User", strawberry.lazy("schema.accounts.types")]
ItsLead = Annotated["Lead", strawberry.lazy("schema.leads.types")]
ItsPeople = CountedPageOf[ItsLead]
ItsField = Annotated["FoundField", strawberry.lazy("schema.smart_data.types")]


def _loaders(info: Info) -> SmartDataLoaders:
    return info.context.load_sealed(SmartDataLoaders)


@strawberry.type(description="How one public source answered a search.")
class SourceOutcome:
    """Source: `SourceOutcomeView`."""

    source: OutsideSource = strawberry.field(description="The source.")
    outcome: OutsideOutcome = strawberry.field(description="How asking it ended.")
    milliseconds: int | None = strawberry.field(
        description="How long it took; null if the source was not asked."
    )


@strawberry.type(description="What was learned about the domain of the address that was looked up.")
class AddressCheck:
    """Source: `AddressCheckView`."""

    status: AddressStatus = strawberry.field(description="What is known.")
    at: datetime = strawberry.field(description="When it was checked.")


@strawberry.type(
    description="A search of public sources for a person or an organisation. Read it with `node` until it is "
    "no longer RUNNING; a notification SMART_DATA_FOUND says when."
)
class SmartDataSearch(Node):
    """Source: `SearchView`."""

    id: strawberry.ID = node_id("SmartDataSearch")
    state: SearchState = strawberry.field(description="The state.")
    asked_at: datetime = strawberry.field(description="When a user asked for it.")
    ended_at: datetime | None = strawberry.field(description="When it ended; null while it runs.")
    outcomes: list[SourceOutcome] = strawberry.field(
        description="How each source answered, of those that have answered so far."
    )
    address_check: AddressCheck | None = strawberry.field(
        description="What was learned about the domain; null if the search has not ended, or failed."
    )
    found: int = strawberry.field(description="How many values were found.")
    points: int = strawberry.field(description="What it cost, in points; 0 if nothing was found.")

    @strawberry.field(
        description="The user who asked for it; null if you may not see that user.",
        graphql_type=ItsUser | None,
    )
    async def asked_by(root: strawberry.Parent[SearchView], info: Info) -> UserView | None:
        """Load the user."""
        return await _loaders(info).user.load(root.asked_by_id)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a search."""
        return isinstance(obj, SearchView)


@strawberry.type(
    description="One value that a public source gave. Values are never merged: those that disagree are all "
    "shown, the most trustworthy first. Nothing found is used for anything else."
)
class FoundField(Node):
    """Source: `FoundFieldView`."""

    id: strawberry.ID = node_id("FoundField")
    kind: FoundKind = strawberry.field(description="What it is.")
    about: LookUp = strawberry.field(description="Whether it is about the person or the organisation.")
    value: str = strawberry.field(description="The value, as plain text.")
    url: Url | None = strawberry.field(description="Where it leads, if it is a link.")
    source: OutsideSource = strawberry.field(description="The source that gave it.")
    source_url: Url | None = strawberry.field(description="The address that was read.")
    found_at: datetime = strawberry.field(description="When it was found.")
    stated_at: datetime | None = strawberry.field(description="The time that the source gives for it.")
    expires_at: datetime = strawberry.field(
        description="When it is deleted, unless your account decides otherwise (`keptUntil`)."
    )
    confidence: Confidence = strawberry.field(description="How sure it is.")
    conflicting: bool = strawberry.field(
        description="Whether another value of the same kind contradicts it, or the source contradicts itself."
    )
    kept_until: datetime | None = strawberry.field(
        description="Until when your account has decided to keep it (`smartDataKeep`)."
    )
    attribution: str | None = strawberry.field(description="What has to be shown beside it.")

    @strawberry.field(
        description="The logo or picture, as a `data:` URL of a PNG of at most 256 by 256 pixels; null for "
        "other kinds, and for a picture that is too large.",
    )
    async def image(root: strawberry.Parent[FoundFieldView], info: Info) -> str | None:
        """Load the picture."""
        if not root.has_image:
            return None
        image = await _loaders(info).image.load(root.id)
        return None if image is None else f"data:image/png;base64,{base64.b64encode(image).decode()}"

    @strawberry.field(
        description="The value that replaced it in a later search; null for current values, and if nothing "
        "replaced it.",
        graphql_type=ItsField | None,
    )
    async def superseded_by(root: strawberry.Parent[FoundFieldView], info: Info) -> FoundFieldView | None:
        """Load the value."""
        replaced_by = root.superseded_by_id
        return None if replaced_by is None else await _loaders(info).field.load(replaced_by)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a found value."""
        return isinstance(obj, FoundFieldView)


@strawberry.type(
    description="What is publicly known about a person or an organisation. Nothing is searched until a user "
    "asks for it (`smartDataSearch`)."
)
class SmartData:
    """Source: `SmartDataView`."""

    access: Decision = strawberry.field(
        description="Whether your account sees what was found and may search (OPEN or HIDE), and why."
    )
    search: Decision | None = strawberry.field(
        description="What you can do now: OFFER, SHOW what was found earlier, WAIT, or REFUSE; null while "
        "hidden."
    )

    @strawberry.field(description="The search that is under way.", graphql_type=SmartDataSearch | None)
    async def running(root: strawberry.Parent[SmartDataView], info: Info) -> SearchView | None:
        """Load the search."""
        return await _search(info, root.running_id)

    @strawberry.field(description="The latest search that has ended.", graphql_type=SmartDataSearch | None)
    async def last(root: strawberry.Parent[SmartDataView], info: Info) -> SearchView | None:
        """Load the search."""
        return await _search(info, root.last_id)

    @strawberry.field(
        description="What was found and has not expired, at most 200 values; empty while hidden.",
        graphql_type=list[FoundField],
    )
    def found(
        root: strawberry.Parent[SmartDataView],
        kind: Annotated[
            FoundKind | None, strawberry.argument(description="Only values of this kind; all if omitted.")
        ] = None,
        history: Annotated[
            bool,
            strawberry.argument(
                description="Also values that a later search replaced, if your account keeps history."
            ),
        ] = False,
    ) -> list[FoundFieldView]:
        """Return the values that the view has."""
        found = root.fields if kind is None else root.fields_of(kind)
        return [one for one in found if history or not one.removed]


async def _search(info: Info, search_id: UUID | None) -> SearchView | None:
    return None if search_id is None else await _loaders(info).search.load(search_id)


@strawberry.type(description="A person who does not give the domain of the organisation, and why.")
class SkippedPerson:
    """Source: `models.smart_data.targets.SkippedPerson`."""

    lead: ItsLead | None = strawberry.field(
        description="The lead; null if you can no longer see it, as after an erasure."
    )
    reason: SkipReason = strawberry.field(description="Why.")


@strawberry.type(
    description="The domain that an organisation is looked up by: that of the first person added to it whose "
    "address has one. It is determined when you ask."
)
class OrganisationDomain:
    """Source: `OrganisationCase`."""

    name: str | None = strawberry.field(
        description="The domain, such as site.co.uk; null if nobody gives one."
    )
    person: ItsLead | None = strawberry.field(description="The lead whose contact gives it.")
    skipped: list[SkippedPerson] = strawberry.field(
        description="The people before that one who do not give it, among the first 100."
    )


@strawberry.type(
    description="An organisation as your account knows it. A person is added to it when contact data with "
    "the organisation's name becomes visible to your account, or by hand (`organisationPersonAdd`)."
)
class Organisation(Node):
    """Source: `OrganisationView`."""

    id: strawberry.ID = node_id("Organisation")
    version: int = strawberry.field(description="Increases when people are added or removed by hand.")
    name: str | None = strawberry.field(
        description="The name that a user gave it, or else the one in the contact data; null if no contact "
        "that your account sees has one."
    )

    @strawberry.field(description="The domain it is looked up by.", graphql_type=OrganisationDomain)
    async def domain(root: strawberry.Parent[OrganisationView], info: Info) -> OrganisationCase:
        """Determine the domain."""
        return await _case(info, root.id)

    @strawberry.field(
        description="The leads of its people, in the order in which they were added. " + WITHIN_A_LIST,
        graphql_type=ItsPeople,
    )
    async def people(
        root: strawberry.Parent[OrganisationView], info: Info, first: First = 25, after: After = None
    ) -> Connection[LeadView]:
        """Load a page; inside a list, a fixed number of statements loads the pages of all organisations."""
        list_digest = digest("people", root.id)
        part = slice_of(BY_ADDITION, list_digest, first, after)
        if within_list(info):
            page = await _loaders(info).people.load((root.id, nested_size(info, part, first)))
        else:
            page = await list_people(info.context.conn, info.context.viewer, root.id, part)
        return Connection(page, list_digest, lambda: _loaders(info).counts.load(root.id))

    @strawberry.field(
        description="What is publicly known about it; null if no contact of it is visible to your account "
        "any more.",
        graphql_type=SmartData | None,
    )
    async def smart_data(root: strawberry.Parent[OrganisationView], info: Info) -> SmartDataView | None:
        """Load what was found."""
        return await _loaders(info).of_organisation.load(root.id)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is an organisation."""
        return isinstance(obj, OrganisationView)


async def _case(info: Info, organisation_id: UUID) -> OrganisationCase:
    found = await _loaders(info).case.load(organisation_id)
    if found is None:
        raise ClientError("NOT_FOUND", "The organisation has just been deleted.")
    return found
