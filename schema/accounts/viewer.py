"""GraphQL type of the viewer: the signed-in user, its account and the position of its feed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import strawberry

from models.accounts.list import AccountView, UserView, accounts_by_id, users_by_id
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.call_news import call_feed_of
from models.calls.list import own_employee
from models.calls.views import AnyEmployee
from models.feed.events import feed_position
from models.messages.calendar_feeds import CalendarFeedView, feed_of
from models.messages.devices.list import DeviceView, devices_of
from models.messages.preferences import PreferenceView, preferences_of
from models.placements.banners import MOST_BANNERS, banners
from models.placements.placed import PlacedView
from schema.accounts.types import Account, User
from schema.calls.employee_types import Employee
from schema.feed.cursor import write_feed_cursor
from schema.graphql.context import Info
from schema.graphql.errors import ClientError, unauthenticated
from schema.graphql.ids import write_id
from schema.graphql.node import ID_DESCRIPTION, Node
from schema.graphql.scalars import Cursor
from schema.messages.calendar_feed import CalendarFeed
from schema.messages.types import Device, NotificationPreference
from schema.placements.types import PlacedMessage

if TYPE_CHECKING:
    from schema.desk.types import Desk

ItsDesk = Annotated["Desk", strawberry.lazy("schema.desk.types")]


def _id(root: strawberry.Parent[Viewer]) -> strawberry.ID:
    if root.user_id is None:
        raise unauthenticated()
    return write_id("Viewer", root.user_id)


@strawberry.type(name="Viewer", description="The signed-in user.")
class ViewerType(Node):
    """Source: `models.base.viewer.Viewer`."""

    id: strawberry.ID = strawberry.field(resolver=_id, description=ID_DESCRIPTION)

    @strawberry.field(description="The user.", graphql_type=User)
    async def user(root: strawberry.Parent[Viewer], info: Info) -> UserView:
        """Load the user."""
        if root.user_id is None:
            raise unauthenticated()
        return (await users_by_id(info.context.conn, root, [root.user_id]))[root.user_id]

    @strawberry.field(
        description="The account that the user acts for; null unless the user is an owner or a member.",
        graphql_type=Account | None,
    )
    async def account(root: strawberry.Parent[Viewer], info: Info) -> AccountView | None:
        """Load the account."""
        if root.vendor_id is None:
            return None
        return (await accounts_by_id(info.context.conn, root, [root.vendor_id]))[root.vendor_id]

    @strawberry.field(description="The roles of the user.")
    def roles(root: strawberry.Parent[Viewer]) -> list[Role]:
        """Return the roles."""
        return sorted(root.roles)

    @strawberry.field(
        description="The current position of the viewer's feed. Read it before the lists, then subscribe "
        "after it."
    )
    async def feed_cursor(root: strawberry.Parent[Viewer], info: Info) -> Cursor:
        """Read the position of the feed."""
        if root.recipient is None:
            raise unauthenticated()
        position = await feed_position(info.context.conn, root.recipient)
        return write_feed_cursor(root.recipient, position)

    @strawberry.field(
        description="The current position of the feed of calls; null if you see no calls. Read it before the "
        "lists, then pass it to `callUpdates(after:)`."
    )
    async def call_cursor(root: strawberry.Parent[Viewer], info: Info) -> Cursor | None:
        """Read the position of the feed."""
        recipient = call_feed_of(root)
        if recipient is None:
            return None
        return write_feed_cursor(recipient, await feed_position(info.context.conn, recipient))

    @strawberry.field(
        description="Which messages are sent to the viewer, by group and channel.",
        graphql_type=list[NotificationPreference],
    )
    async def notification_preferences(
        root: strawberry.Parent[Viewer], info: Info
    ) -> Sequence[PreferenceView]:
        """Read the preferences."""
        if root.user_id is None:
            raise unauthenticated()
        return await preferences_of(info.context.conn, root.user_id)

    @strawberry.field(
        description="The devices that get the viewer's push messages, newest first; at most 20.",
        graphql_type=list[Device],
    )
    async def devices(root: strawberry.Parent[Viewer], info: Info) -> Sequence[DeviceView]:
        """Read the devices."""
        if root.user_id is None:
            raise unauthenticated()
        return await devices_of(info.context.conn, root.user_id)

    @strawberry.field(
        description="The public key with which a browser subscribes to push messages: the "
        "`applicationServerKey` of `pushManager.subscribe`, in base64url. If a subscription has another key, "
        "unsubscribe, subscribe again and call `deviceRegister`."
    )
    def push_key(root: strawberry.Parent[Viewer], info: Info) -> str:
        """Return the key of this marketplace."""
        if root.user_id is None:
            raise unauthenticated()
        return info.context.services.push_key

    @strawberry.field(
        description="The calendar that the viewer's calendar program subscribes to; null without one.",
        graphql_type=CalendarFeed | None,
    )
    async def calendar_feed(root: strawberry.Parent[Viewer], info: Info) -> CalendarFeedView | None:
        """Read the feed."""
        if root.user_id is None:
            raise unauthenticated()
        return await feed_of(info.context.conn, root.user_id)

    @strawberry.field(
        description="The row of an employee with a sub-account; null for everybody else.",
        graphql_type=Employee | None,
    )
    async def employee(root: strawberry.Parent[Viewer], info: Info) -> AnyEmployee | None:
        """Load the row."""
        return await own_employee(info.context.conn, root)

    @strawberry.field(
        description="The banners of the viewer's applications and complaints, the one that ends soonest "
        "first; those of open complaints by their deadline.",
        graphql_type=list[PlacedMessage],
    )
    async def banners(
        root: strawberry.Parent[Viewer],
        info: Info,
        first: Annotated[
            int, strawberry.argument(description=f"The number of banners, 1 to {MOST_BANNERS}.")
        ] = 5,
    ) -> list[PlacedView]:
        """Read the banners."""
        if not 1 <= first <= MOST_BANNERS:
            raise ClientError(
                "INVALID", f"first: must be between 1 and {MOST_BANNERS}, got {first}.", ("first",)
            )
        return await banners(info.context.conn, root, first)

    @strawberry.field(
        description="What waits for the viewer in its role, and what is due next.", graphql_type=ItsDesk
    )
    def desk(root: strawberry.Parent[Viewer]) -> Viewer:
        """Return the viewer, whose desk it is."""
        if root.user_id is None:
            raise unauthenticated()
        return root

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a viewer."""
        return isinstance(obj, Viewer)
