"""GraphQL types of a secretariat and its changes."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Annotated
from uuid import UUID

import strawberry

from models.accounts.list import AccountView, UserView
from models.base.keyset import Page
from models.calls.entries import (
    NEWEST_CHANGE,
    VipCriteria,
    list_changes,
    reads_changes,
)
from models.calls.greeting import spoken
from models.calls.limits import LONGEST_QUERY
from models.calls.list import (
    BY_NAME,
    count_employees,
    list_employees,
)
from models.calls.person_name import read_name
from models.calls.recognition import VipView
from models.calls.tables import ChangeSubject
from models.calls.views import (
    AnyEmployee,
    AskedFieldView,
    ChangeView,
    FaqView,
    SecretariatView,
)
from models.leads.views import VendorView
from schema.accounts.types import Account, User
from schema.applications.types import Vendor
from schema.calls.employee_types import Employee, EmployeeConnection
from schema.calls.entry_types import (
    AskedField,
    FaqEntry,
    Query,
    VipCallerConnection,
    checked_query,
    refuse_search,
    vips_page,
)
from schema.calls.enums import SecretariatState
from schema.calls.loaders import CallLoaders
from schema.graphql.context import Context, Info
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
from schema.graphql.scalars import PhoneNumber


@strawberry.type(description="Who changed what of a secretariat; the names of fields, never their values.")
class SecretariatChange(Node):
    """Source: `ChangeView`."""

    id: strawberry.ID = node_id("SecretariatChange")
    at: datetime = strawberry.field(description="When.")
    fields_changed: list[str] = strawberry.field(name="fields", description="The fields that were changed.")

    @strawberry.field(
        description="Who; null for a user of another company or of the marketplace, except for operators.",
        graphql_type=User | None,
    )
    async def by(root: strawberry.Parent[ChangeView], info: Info) -> UserView | None:
        """Load the user."""
        if root.by_id is None:
            return None
        return await info.context.load(CallLoaders).colleague.load(root.by_id)

    @strawberry.field(description="What was changed; null if it is gone.", graphql_type=Node | None)
    async def subject(root: strawberry.Parent[ChangeView], info: Info) -> object | None:
        """Load the subject."""
        loaders = info.context.load(CallLoaders)
        loader = {
            ChangeSubject.SECRETARIAT: loaders.secretariat,
            ChangeSubject.EMPLOYEE: loaders.employee,
            ChangeSubject.APPOINTMENT: loaders.appointment,
            ChangeSubject.VIP_CALLER: loaders.vip,
            ChangeSubject.FAQ_ENTRY: loaders.faq_entry,
            ChangeSubject.CALENDAR: loaders.calendar,
        }[root.subject_kind]
        found: object | None = await loader.load(root.subject_id)  # type: ignore[attr-defined]
        return found

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a change."""
        return isinstance(obj, ChangeView)


SecretariatChangeConnection = PageOf[SecretariatChange]


@strawberry.type(description="A company's set-up for its calls.")
class Secretariat(Node):
    """Source: `SecretariatView`."""

    id: strawberry.ID = node_id("Secretariat")
    version: int = strawberry.field(description="Increases with every change; send it as `expectedVersion`.")
    greeting: str = strawberry.field(
        description="The greeting, with [Vorname, Nachname], [Vorname] or [Nachname] for the agent's name."
    )
    handling_instruction: str | None = strawberry.field(description="What agents should know.")
    language: str = strawberry.field(description="The language of the calls: en, de, pl or ro.")
    time_zone: str = strawberry.field(description="The company's time zone, an IANA name.")
    holidays_of: str = strawberry.field(
        description="The country, or the part of one, whose public holidays are kept, such as DE-BE."
    )
    phone_numbers: list[PhoneNumber] = strawberry.field(description="The numbers that callers dial.")
    number_blocks: list[PhoneNumber] = strawberry.field(
        description="The beginnings of numbers that they dial."
    )
    transfer_included: bool = strawberry.field(description="Whether the company's plan has transfers.")
    confirmed_at: datetime | None = strawberry.field(description="When the company last confirmed its data.")
    check_by: datetime | None = strawberry.field(
        description="When the company is asked to check its data again."
    )
    changed_parts: list[str] = strawberry.field(
        name="changedSinceConfirmation", description="What was changed since, and should be confirmed again."
    )

    @strawberry.field(description="Whether the company has confirmed its data since the last change.")
    def state(root: strawberry.Parent[SecretariatView]) -> SecretariatState:
        """Return the state."""
        return SecretariatState.CONFIRMED if root.confirmed else SecretariatState.UNCONFIRMED

    @strawberry.field(description="The company.", graphql_type=Vendor)
    def vendor(root: strawberry.Parent[SecretariatView]) -> VendorView:
        """Return its public part."""
        return VendorView(root.account_id, root.account_name)

    @strawberry.field(description="The account; null for agents.", graphql_type=Account | None)
    async def account(root: strawberry.Parent[SecretariatView], info: Info) -> AccountView | None:
        """Load the account as the viewer sees it."""
        return await info.context.load(CallLoaders).account.load(root.account_id)

    @strawberry.field(
        description="The greeting as somebody says it; by default, the viewer.", graphql_type=str
    )
    async def greeting_spoken_by(
        root: strawberry.Parent[SecretariatView],
        info: Info,
        name: Annotated[
            str | None, strawberry.argument(description="Who says it, as First Last or Last, First.")
        ] = None,
    ) -> str:
        """Fill in the name."""
        return await greeting_by(info.context, root, name)

    @strawberry.field(
        description="How many days after a call the caller's data is erased; null for agents.",
        graphql_type=int | None,
    )
    async def retention_days(root: strawberry.Parent[SecretariatView], info: Info) -> int | None:
        """Return the company's choice, or the policy's number."""
        if root.own_retention_days is not None or not root.manages:
            return root.own_retention_days if root.manages else None
        policy = await info.context.load(CallLoaders).policy.load(root.market_id)
        return policy.call.retention_days

    @strawberry.field(
        description="Who gets the notes of calls that concern nobody in particular.",
        graphql_type=Employee | None,
    )
    async def fallback_employee(root: strawberry.Parent[SecretariatView], info: Info) -> AnyEmployee | None:
        """Load the employee."""
        if root.fallback_employee_id is None:
            return None
        return await info.context.load(CallLoaders).employee.load(root.fallback_employee_id)

    @strawberry.field(description="What callers are asked, in order.", graphql_type=list[AskedField])
    async def asked_fields(root: strawberry.Parent[SecretariatView], info: Info) -> list[AskedFieldView]:
        """Load the fields."""
        return await info.context.load(CallLoaders).asked_fields.load(root.id)

    @strawberry.field(
        description="Questions with the answers that callers may be told.", graphql_type=list[FaqEntry]
    )
    async def faq(root: strawberry.Parent[SecretariatView], info: Info) -> list[FaqView]:
        """Load the entries."""
        return await info.context.load(CallLoaders).faq.load(root.id)

    @strawberry.field(
        description="The employees by last name. " + WITHIN_A_LIST, graphql_type=EmployeeConnection
    )
    async def employees(
        root: strawberry.Parent[SecretariatView],
        info: Info,
        first: First = 25,
        after: After = None,
        query: Query = None,
        at: Annotated[
            datetime | None,
            strawberry.argument(
                description="The instant for `availability`, at most two years away; by default now."
            ),
        ] = None,
    ) -> Connection[AnyEmployee]:
        """Load a page; inside a list, one statement loads the pages of all secretariats."""
        context, asked = info.context, checked_query(query)
        list_digest = digest("employees", root.id, asked)
        part = slice_of(BY_NAME, list_digest, first, after)
        if within_list(info):
            refuse_search(asked)
            loaders, size = context.load(CallLoaders), nested_size(info, part, first)
            page = await loaders.employees_of.load((root.id, size))
            if at is not None:
                page = Page([replace(one, asked_at=at) for one in page.items], page.cut)
            return Connection(page, list_digest, partial(loaders.employee_counts.load, root.id))
        page = await list_employees(context.conn, context.viewer, root.id, asked, part, at)
        return Connection(
            page,
            list_digest,
            lambda: count_employees(context.conn, context.viewer, root.id, asked),
        )

    @strawberry.field(
        description="The VIP entries of the company and its employees, oldest first; empty for agents. "
        + WITHIN_A_LIST,
        graphql_type=VipCallerConnection,
    )
    async def vip_callers(
        root: strawberry.Parent[SecretariatView],
        info: Info,
        first: First = 25,
        after: After = None,
        query: Query = None,
    ) -> Connection[VipView]:
        """Load a page."""
        owner = VipCriteria(secretariat_id=root.id, query=checked_query(query))
        return await vips_page(info.context, info, owner, first, after)

    @strawberry.field(
        description="The agents who may answer; empty if every agent may. For operators; null for others.",
        graphql_type=list[User] | None,
    )
    async def agents(root: strawberry.Parent[SecretariatView], info: Info) -> list[UserView] | None:
        """Load the agents."""
        if not info.context.viewer.operator:
            return None
        loaders = info.context.load(CallLoaders)
        ids: list[UUID] = await loaders.agents.load(root.id)
        found = await loaders.user.load_many(ids)
        return [one for one in found if one is not None]

    @strawberry.field(
        description="Who changed what, newest first; null for everybody but owners and operators. "
        + WITHIN_A_LIST,
        graphql_type=SecretariatChangeConnection | None,
    )
    async def changes(
        root: strawberry.Parent[SecretariatView], info: Info, first: First = 25, after: After = None
    ) -> Connection[ChangeView] | None:
        """Load a page."""
        context = info.context
        if not reads_changes(context.viewer):
            return None
        list_digest = digest("secretariatChanges", root.id)
        part = slice_of(NEWEST_CHANGE, list_digest, first, after)
        if within_list(info):
            page = await context.load(CallLoaders).changes_of.load((root.id, nested_size(info, part, first)))
        else:
            page = await list_changes(context.conn, context.viewer, root.id, part)
        return Connection(page, list_digest, not_counted)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a secretariat."""
        return isinstance(obj, SecretariatView)


async def greeting_by(context: Context, secretariat: SecretariatView, name: str | None) -> str:
    """Return the greeting as somebody says it; the viewer without a name."""
    who = name
    if who is None and context.viewer.user_id is not None:
        user = await context.load(CallLoaders).user.load(context.viewer.user_id)
        who = None if user is None else user.name
    read = read_name((who or "")[:LONGEST_QUERY])
    return spoken(secretariat.greeting, read.first, read.last)
