"""GraphQL types of telephone systems. A secret is only in the answer of the mutation that made it."""

from datetime import datetime
from typing import Annotated

import strawberry

from models.accounts.list import UserView
from models.calls.call_views import CallView
from models.calls.phone.address import webhook_url
from models.calls.phone.drivers import PhoneDriver
from models.calls.phone.list import NEWEST_EVENT, EventView, PhoneUserView, SystemView, list_events
from models.calls.phone.tables import PhoneEventResult
from schema.accounts.types import User
from schema.calls.call_types import Call
from schema.calls.loaders import CallLoaders
from schema.calls.phone_loaders import PhoneLoaders
from schema.graphql.context import Info
from schema.graphql.enums import describe
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import (
    WITHIN_A_LIST,
    After,
    Connection,
    First,
    PageOf,
    digest,
    nested_size,
    not_counted,
    slice_of,
    within_list,
)
from schema.graphql.scalars import Url

describe(
    PhoneDriver,
    "The format in which a telephone system reports. More may be added.",
    {
        "GENERIC": "Our own JSON, signed by Standard Webhooks; of the bridge to Asterisk, and of your own "
        "programs.",
        "SIPGATE": "The push API of sipgate.",
        "TWILIO": "Status callbacks of Twilio.",
        "PLACETEL": "The notify API of Placetel.",
    },
)
describe(
    PhoneEventResult,
    "What became of an event of a telephone system.",
    {
        "APPLIED": "It changed its call.",
        "DUPLICATE": "It said nothing that was not known.",
        "UNASSIGNED": "It is about a number that no company has.",
        "IGNORED": "It is about a call whose caller was forgotten, or by an id that another call has.",
    },
)


@strawberry.type(description="An event that a telephone system sent. Events are kept for 30 days.")
class PhoneEvent(Node):
    """Source: `EventView`."""

    id: strawberry.ID = node_id("PhoneEvent")
    kind: str = strawberry.field(description="What happened, such as `RINGING` or `HUNG_UP`.")
    at: datetime = strawberry.field(
        description="When it happened, as the system says; when it came if the system gives no time."
    )
    received_at: datetime = strawberry.field(description="When it came.")
    result: PhoneEventResult = strawberry.field(description="What became of it.")
    detail: str | None = strawberry.field(description="Why it changed nothing, or what is missing.")

    @strawberry.field(description="The call that it is about; null if it has none.", graphql_type=Call | None)
    async def call(root: strawberry.Parent[EventView], info: Info) -> CallView | None:
        """Load the call."""
        return None if root.call_id is None else await info.context.load(CallLoaders).call.load(root.call_id)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is an event."""
        return isinstance(obj, EventView)


PhoneEventConnection = PageOf[PhoneEvent]


@strawberry.type(description="Which agent a user of a telephone system is.")
class PhoneUser:
    """Source: `PhoneUserView`."""

    key: str = strawberry.field(description="The telephone system's id or name of the user.")

    @strawberry.field(description="The agent.", graphql_type=User)
    async def agent(root: strawberry.Parent[PhoneUserView], info: Info) -> UserView | None:
        """Load the user."""
        return await info.context.load(CallLoaders).user.load(root.agent_id)


@strawberry.type(description="A telephone system that reports calls; for operators.")
class PhoneSystem(Node):
    """Source: `SystemView`."""

    id: strawberry.ID = node_id("PhoneSystem")
    version: int = strawberry.field(description="Increases with every change; send it as `expectedVersion`.")
    name: str = strawberry.field(description="What operators call it.")
    driver: PhoneDriver = strawberry.field(description="The format in which it reports.")
    region: str = strawberry.field(description="The country whose national numbers it writes, ISO 3166.")
    public_url: Url | None = strawberry.field(
        description="The address that the provider signs, if it is another one than `webhookUrl`."
    )
    secret_rotates_until: datetime | None = strawberry.field(
        description="Until when the previous secret is good too; null if there is only one."
    )
    last_event_at: datetime | None = strawberry.field(
        description="When its last event came; null if none did in the last 30 days."
    )

    @strawberry.field(description="The address to enter at the provider.")
    def webhook_url(root: strawberry.Parent[SystemView], info: Info) -> Url:
        """Return the address."""
        return Url(webhook_url(info.context.services.settings.origin, root.id))

    @strawberry.field(description="Its users who are agents, by their keys.", graphql_type=list[PhoneUser])
    async def users(root: strawberry.Parent[SystemView], info: Info) -> list[PhoneUserView]:
        """Load the users."""
        return await info.context.load(PhoneLoaders).users.load(root.id)

    @strawberry.field(
        description="What it sent, newest first. " + WITHIN_A_LIST, graphql_type=PhoneEventConnection
    )
    async def events(
        root: strawberry.Parent[SystemView],
        info: Info,
        first: First = 25,
        after: After = None,
        result: Annotated[
            PhoneEventResult | None, strawberry.argument(description="Only events with this result.")
        ] = None,
    ) -> Connection[EventView]:
        """Load a page; inside a list, one statement loads the pages of all systems."""
        context = info.context
        list_digest = digest("phoneEvents", root.id, result)
        part = slice_of(NEWEST_EVENT, list_digest, first, after)
        if within_list(info):
            key = (root.id, nested_size(info, part, first), result)
            page = await context.load(PhoneLoaders).events.load(key)
        else:
            page = await list_events(context.conn, context.viewer, root.id, part, result)
        return Connection(page, list_digest, not_counted)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a telephone system."""
        return isinstance(obj, SystemView)
