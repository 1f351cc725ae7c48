"""GraphQL types of an account's settings of smart contact data (S2.2, S2.10)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from models.accounts.list import AccountView, UserView
from models.outside.sources.registry import SOURCES
from models.outside.sources.source import OutsideSource
from models.smart_data.account_settings import SettingsView
from models.smart_data.words import RolesText
from schema.graphql.context import Info
from schema.graphql.scalars import Duration, Url
from schema.graphql.user_error import text_for
from schema.smart_data import enums  # noqa: F401 - enums are described before a type uses them
from schema.smart_data.loaders import SmartDataLoaders

if TYPE_CHECKING:
    from schema.accounts.types import User

ItsUser = Annotated["User", strawberry.lazy("schema.accounts.types")]


@strawberry.type(description="A public source, and whether your account's searches ask it.")
class SmartDataSource:
    """Source: `SourceView`."""

    source: OutsideSource = strawberry.field(description="The source.")
    on: bool = strawberry.field(description="Whether your account's searches ask it.")
    tells: str = strawberry.field(
        description="Whom a search tells what by asking it, in the viewer's language."
    )
    terms: Url | None = strawberry.field(description="The terms under which it answers.")
    attribution: str | None = strawberry.field(description="What has to be shown beside what it gives.")


@strawberry.type(description="What an account has switched on of smart contact data.")
class SmartContactDataSettings:
    """Source: `SettingsView`."""

    included: bool = strawberry.field(description="Whether the account's plan includes it.")
    on: bool = strawberry.field(description="Whether an owner has switched it on.")
    switched_on_at: datetime | None = strawberry.field(description="When it was last switched on.")
    keep_history: bool = strawberry.field(
        description="Whether values that a later search replaces are kept until they expire."
    )
    version: int = strawberry.field(description="The version, for `expectedVersion`; 0 before any change.")
    fresh_for: timedelta = strawberry.field(
        description="For how long what was found is shown instead of searching again.", graphql_type=Duration
    )
    keep_found_for: timedelta = strawberry.field(
        description="After how long what was found is deleted.", graphql_type=Duration
    )
    searches: int = strawberry.field(description="How many searches the account made in the last hour.")
    found: int = strawberry.field(description="How many found values are stored now.")

    @strawberry.field(
        description="The owner who last switched it on; null if you may not see that user.",
        graphql_type=ItsUser | None,
    )
    async def switched_on_by(root: strawberry.Parent[SettingsView], info: Info) -> UserView | None:
        """Load the user."""
        by = root.switched_on_by_id
        return None if by is None else await info.context.load_sealed(SmartDataLoaders).user.load(by)

    @strawberry.field(
        description="Who is controller and who is processor, in the viewer's language: what an owner accepts "
        "(`acceptsRoles`)."
    )
    def roles(root: strawberry.Parent[SettingsView], info: Info) -> str:
        """Return the text."""
        return text_for(info.context, RolesText.ROLES.sentence())

    @strawberry.field(description="The sources that the marketplace asks, and which of them are on.")
    def sources(root: strawberry.Parent[SettingsView], info: Info) -> list[SmartDataSource]:
        """Return the sources in the order in which they are declared."""
        return [
            SmartDataSource(
                source=source,
                on=source in root.sources,
                tells=text_for(info.context, SOURCES[source].tells.sentence()),
                terms=None if (terms := SOURCES[source].terms) is None else Url(terms),
                attribution=SOURCES[source].attribution,
            )
            for source in OutsideSource
            if source in info.context.services.smart_data.sources
        ]


async def _settings(root: strawberry.Parent[AccountView], info: Info) -> SettingsView | None:
    """Load the settings; what was found is not among them, so operators may see them."""
    viewer = info.context.viewer
    if viewer.vendor_id is None and not viewer.operator:
        return None
    return await info.context.load_sealed(SmartDataLoaders).settings.load(root.id)


def smart_contact_data_field() -> Any:
    """Return the field `smartContactData` of an account."""
    return strawberry.field(
        resolver=_settings,
        description="What the account has switched on of smart contact data; for owners, members and "
        "operators.",
        graphql_type=SmartContactDataSettings | None,
    )
