"""The mutation `smartDataSettingsUpdate`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.outside.sources.source import OutsideSource
from models.smart_data.account_settings import SettingsView, settings_of
from models.smart_data.refusals import SmartDataRefusal
from models.smart_data.update_settings import SettingsDraft, update_settings
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError
from schema.smart_data.settings_types import SmartContactDataSettings

at_most("SmartDataSettingsUpdateInput.sources", 20)


@strawberry.input(description="Whether searches ask a source.")
class SmartDataSourceInput:
    """A source of `SmartDataSettingsUpdateInput`."""

    source: OutsideSource = strawberry.field(description="The source.")
    on: bool = strawberry.field(description="Whether searches ask it.")


@strawberry.input(description="Input of `smartDataSettingsUpdate`; what is omitted stays as it is.")
class SmartDataSettingsUpdateInput:
    """Input of `smartDataSettingsUpdate`."""

    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    on: bool | None = strawberry.field(default=None, description="Whether it is switched on.")
    sources: list[SmartDataSourceInput] | None = strawberry.field(
        default=None,
        description="Sources to switch on or off. At first, only sources that tell nobody but the "
        "organisation are on: WEBSITE and MAIL_DNS, if the marketplace asks them.",
    )
    keep_history: bool | None = strawberry.field(
        default=None, description="Whether values that a later search replaces are kept until they expire."
    )
    accepts_roles: bool | None = strawberry.field(
        default=None,
        description="Whether the owner accepts who is controller and who is processor (`roles`); must be "
        "true to switch it on.",
    )


@dataclass(frozen=True, slots=True)
class SettingsAnswer:
    """The settings, or the refusals."""

    settings: SettingsView | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `smartDataSettingsUpdate`.")
class SmartDataSettingsUpdatePayload:
    """Source: `SettingsAnswer`."""

    settings: SmartContactDataSettings | None = strawberry.field(
        description="The settings; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class SmartDataSettingsUpdate:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Switch smart contact data on or off for the account, and choose sources; for owners.",
        graphql_type=SmartDataSettingsUpdatePayload | None,
    )
    async def smart_data_settings_update(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            SmartDataSettingsUpdateInput, strawberry.argument(description="The input.")
        ],
    ) -> SettingsAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            draft = SettingsDraft(input.on, _sources(input.sources), input.keep_history, input.accepts_roles)
            account_id = await update_settings(
                viewer, context.wake, context.services.smart_data, draft, input.expected_version
            )
        except REFUSED as error:
            return SettingsAnswer(user_errors=refused(error))
        return SettingsAnswer((await settings_of(context.conn, [account_id])).get(account_id))


def _sources(given: Sequence[SmartDataSourceInput] | None) -> Mapping[OutsideSource, bool] | None:
    """Return the sources; raises `Refusal` INVALID for one that is named twice."""
    if given is None:
        return None
    chosen: dict[OutsideSource, bool] = {}
    for place, one in enumerate(given):
        if one.source in chosen:
            raise SmartDataRefusal.SOURCE_REPEATED.at("sources", str(place), "source")
        chosen[one.source] = one.on
    return chosen
