"""GraphQL types of users, accounts and ledger entries."""

from datetime import datetime
from typing import Annotated

import strawberry

from models.accounts.list import AccountView, PersonView, UserView
from models.base.role import Role
from models.files.list import ORDERS as FILE_ORDERS
from models.files.list import FileOrder, FileView, list_files
from models.files.tables import FileKind
from models.leads.views import ApplicationView, DeliveryView
from models.ledger.list import NEWEST_ENTRY, LedgerEntryView, list_ledger
from models.ledger.tables import LedgerKind, LedgerUnit
from models.policies.decisions import RecordedDecision
from rules.plan import Plan
from schema.accounts.loaders import AccountLoaders
from schema.applications.loaders import ApplicationLoaders
from schema.contacting.advice_types import SenderProfile, SenderProfileSource
from schema.contacting.sender_profile import own_sender_profile
from schema.deliveries.loaders import DeliveryLoaders
from schema.files.loaders import FileLoaders
from schema.files.types import FileConnection
from schema.graphql.context import Info
from schema.graphql.decision import Decision
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
from schema.graphql.scalars import EmailAddress
from schema.ledger.loaders import LedgerLoaders
from schema.policies.loaders import PolicyLoaders
from schema.smart_data.settings_types import SmartContactDataSettings, smart_contact_data_field


@strawberry.type(description="A user who can sign in.")
class User(Node):
    """Source: `UserView`."""

    id: strawberry.ID = node_id("User")
    name: str = strawberry.field(description="The display name.")
    email: EmailAddress = strawberry.field(description="The email address that the user signs in with.")
    locale: str = strawberry.field(description="The language of messages: en, de, pl or ro.")
    time_zone: str = strawberry.field(description="The time zone used in messages, an IANA name.")
    mobile: str | None = strawberry.field(
        description="The number for text messages, such as +49170123456789; null if there is none."
    )

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a user."""
        return isinstance(obj, UserView)


@strawberry.type(description="One entry in an account's ledger.")
class LedgerEntry(Node):
    """Source: `LedgerEntryView`."""

    id: strawberry.ID = node_id("LedgerEntry")
    amount: int = strawberry.field(
        description="The change in available points, 0 when a held fee is captured; in EUR cents, the change "
        "in what is owed, below zero for a charge."
    )
    hold_amount: int = strawberry.field(description="The change in held points.")
    unit: LedgerUnit = strawberry.field(description="The unit of the amounts.")
    balance_after: int = strawberry.field(
        description="The available balance after this entry; in EUR cents, what is owed, below zero."
    )
    hold_after: int = strawberry.field(description="The held balance after this entry.")
    kind: LedgerKind = strawberry.field(description="The kind.")
    at: datetime = strawberry.field(description="When the entry was booked.")

    @strawberry.field(
        description="The object that the entry is for: an application, or a delivery that was charged "
        "immediately; null for a purchase of points and for a text message.",
        graphql_type=Node | None,
    )
    async def subject(
        root: strawberry.Parent[LedgerEntryView], info: Info
    ) -> ApplicationView | DeliveryView | None:
        """Load the application or the delivery."""
        if root.delivery_id is not None:
            return await info.context.load(DeliveryLoaders).by_id.load(root.delivery_id)
        if root.application_id is None:
            return None
        return await info.context.load(ApplicationLoaders).by_id.load(root.application_id)

    @strawberry.field(description="The decision that caused the entry.", graphql_type=Decision | None)
    async def decision(root: strawberry.Parent[LedgerEntryView], info: Info) -> RecordedDecision | None:
        """Load the decision from the log."""
        if root.decision_id is None:
            return None
        return await info.context.load(PolicyLoaders).decision.load(root.decision_id)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a ledger entry."""
        return isinstance(obj, LedgerEntryView)


LedgerEntryConnection = PageOf[LedgerEntry]


@strawberry.type(description="Somebody who acts for an account.")
class AccountPerson:
    """Source: `PersonView`."""

    user: User = strawberry.field(description="The user.")
    role: Role = strawberry.field(description="What the user may do for the account.")
    since: datetime = strawberry.field(description="When the user was created.")
    disabled_at: datetime | None = strawberry.field(
        description="When the user was disabled and can no longer sign in; null if the user can."
    )


@strawberry.type(description="A vendor's account.")
class Account(Node):
    """Source: `AccountView`."""

    id: strawberry.ID = node_id("Account")
    name: str = strawberry.field(description="The company's name.")
    plan: Plan = strawberry.field(description="The plan that the account has subscribed to.")
    points: int = strawberry.field(description="The points available to spend.")
    points_on_hold: int = strawberry.field(
        description="The points held for applications that are not settled yet."
    )

    @strawberry.field(
        description="The movements of the account, newest first. " + WITHIN_A_LIST,
        graphql_type=LedgerEntryConnection,
    )
    async def ledger(
        root: strawberry.Parent[AccountView],
        info: Info,
        first: First = 25,
        after: After = None,
        unit: Annotated[
            LedgerUnit,
            strawberry.argument(description="The unit of the movements: points, or EUR cents that are owed."),
        ] = LedgerUnit.POINTS,
    ) -> Connection[LedgerEntryView]:
        """Load a page of the ledger; inside a list, one statement loads the pages of all accounts."""
        list_digest = digest("ledger", root.id, unit)
        part = slice_of(NEWEST_ENTRY, list_digest, first, after)
        if within_list(info):
            page = (
                await info.context.load(LedgerLoaders)
                .of_account[unit]
                .load((root.id, nested_size(info, part, first)))
            )
        else:
            page = await list_ledger(info.context.conn, root.id, part, unit)
        return Connection(page, list_digest, not_counted)

    @strawberry.field(
        description="The files of the account. " + WITHIN_A_LIST,
        graphql_type=FileConnection,
    )
    async def files(
        root: strawberry.Parent[AccountView],
        info: Info,
        first: First = 25,
        after: After = None,
        kind: Annotated[
            FileKind | None, strawberry.argument(description="Only files of this kind; all files if omitted.")
        ] = None,
        order_by: Annotated[
            FileOrder | None, strawberry.argument(description="The order; NEWEST if omitted.")
        ] = None,
    ) -> Connection[FileView]:
        """Load a page; inside a list, one statement loads the pages of all accounts."""
        context, order = info.context, order_by or FileOrder.NEWEST
        list_digest = digest("files", root.id, kind)
        part = slice_of(FILE_ORDERS[order], list_digest, first, after)
        if within_list(info):
            key = (root.id, kind, order, nested_size(info, part, first))
            page = await context.load(FileLoaders).of_account.load(key)
        else:
            page = await list_files(context.conn, context.viewer, root.id, kind, order, part)
        return Connection(page, list_digest, not_counted)

    @strawberry.field(
        description="How your company itself is contacted; for its owners and members, null for others.",
        graphql_type=SenderProfile | None,
    )
    async def sender_profile(root: strawberry.Parent[AccountView], info: Info) -> SenderProfileSource | None:
        """Read the profile of the viewer's own account."""
        if root.id != info.context.viewer.vendor_id:
            return None
        return await own_sender_profile(info.context)

    @strawberry.field(
        description="Who acts for the account, the oldest user first, at most 100; for operators, null for "
        "others.",
        graphql_type=list[AccountPerson] | None,
    )
    async def people(root: strawberry.Parent[AccountView], info: Info) -> list[PersonView] | None:
        """Load the people of all accounts of a list together."""
        if not info.context.viewer.operator:
            return None
        return await info.context.load(AccountLoaders).people.load(root.id)

    smart_contact_data: SmartContactDataSettings | None = smart_contact_data_field()

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is an account."""
        return isinstance(obj, AccountView)


AccountConnection = PageOf[Account]
