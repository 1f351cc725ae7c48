"""The query `outsideSources`: which public sources are asked for contact data, and what that tells whom."""

from datetime import datetime

import strawberry

from models.outside.configured import sources_on
from models.outside.sources.source import OutsideSource
from models.outside.states import OutsideSourceView, outside_sources
from schema.graphql.context import Info
from schema.graphql.scalars import Url
from schema.graphql.user_error import text_for
from schema.smart_data import enums  # noqa: F401 - enums are described before a type uses them


@strawberry.type(
    name="OutsideSourceState",
    description="A public source of contact data. The numbers count the questions of all workers since "
    "midnight UTC.",
)
class OutsideSourceStateType:
    """Source: `models.outside.states.OutsideSourceView`."""

    source: OutsideSource = strawberry.field(description="The source.")
    on: bool = strawberry.field(description="Whether it is asked: the setting `OUTSIDE_SOURCES` decides.")
    asked_today: int = strawberry.field(description="How often it was asked today.")
    failed_today: int = strawberry.field(
        description="How often it gave no usable answer today; that it has nothing is an answer."
    )
    away_until: datetime | None = strawberry.field(
        description="Until when it is left alone because it failed again and again; null if it is asked."
    )

    @strawberry.field(description="What asking it tells whom, in the viewer's language.")
    def tells(root: strawberry.Parent[OutsideSourceView], info: Info) -> str:
        """Return the sentence."""
        return text_for(info.context, root.about.tells.sentence())

    @strawberry.field(description="Where the source's terms of use are.")
    def terms(root: strawberry.Parent[OutsideSourceView]) -> Url | None:
        """Return the address."""
        return None if root.about.terms is None else Url(root.about.terms)

    @strawberry.field(
        description='What has to be shown beside everything that it gives, such as "via Gravatar".'
    )
    def attribution(root: strawberry.Parent[OutsideSourceView]) -> str | None:
        """Return the words."""
        return root.about.attribution


@strawberry.type
class OutsideSourceQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="The public sources of contact data: which are on, and what asking them tells whom. Only "
        "for operators.",
        graphql_type=list[OutsideSourceStateType] | None,
    )
    async def outside_sources(self, info: Info) -> list[OutsideSourceView]:
        """List the sources."""
        context = info.context
        context.only_operators("read which public sources are asked")
        return await outside_sources(context.conn, sources_on(context.services.settings))
