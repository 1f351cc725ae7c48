"""GraphQL types of a secretariat, its employees and their times.

Agents get no addresses and numbers of employees: what is read for them has none (`AgentEmployeeView`).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Annotated
from uuid import UUID

import strawberry

from models.accounts.list import AccountView, UserView
from models.base.keyset import Page
from models.calls import presence as times
from models.calls.employee_draft import mobile_warning
from models.calls.entries import (
    NEWEST_CHANGE,
    VIP_BY_AGE,
    VipCriteria,
    count_vips,
    list_changes,
    list_vips,
    reads_changes,
)
from models.calls.greeting import spoken
from models.calls.limits import LONGEST_QUERY
from models.calls.list import (
    BY_NAME,
    BY_START,
    Between,
    count_appointments,
    count_employees,
    list_appointments,
    list_employees,
)
from models.calls.person_name import read_name
from models.calls.recognition import VipTreatment, VipView
from models.calls.tables import AppointmentSource, AskedFieldKind, ChangeSubject
from models.calls.views import (
    AgentEmployeeView,
    AnyEmployee,
    AppointmentView,
    AskedFieldView,
    ChangeView,
    EmployeeView,
    FaqView,
    SecretariatView,
)
from models.leads.views import VendorView
from rules.calls.call_route import TransferWish
from rules.calls.presence import Presence
from rules.parameters import time_of_day
from schema.accounts.types import Account, User
from schema.applications.types import Vendor
from schema.calls.enums import SecretariatState
from schema.calls.loaders import CallLoaders
from schema.graphql.context import Context, Info
from schema.graphql.decision import Decision
from schema.graphql.errors import ClientError
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import (
    WITHIN_A_LIST,
    After,
    Connection,
    CountedPageOf,
    First,
    PageOf,
    digest,
    nested_size,
    not_counted,
    slice_of,
    within_list,
)
from schema.graphql.scalars import EmailAddress, PhoneNumber
from schema.graphql.user_error import text_for

Query = Annotated[
    str | None,
    strawberry.argument(
        description="A text that the items contain; all items if omitted. Not available inside a list."
    ),
]


def checked_query(text: str | None) -> str | None:
    """Return the text of a search. Raises `ClientError` INVALID for one that is too long."""
    if text is not None and (len(text) > LONGEST_QUERY or "\0" in text):
        raise ClientError(
            "INVALID", f"query: must have at most {LONGEST_QUERY} printable characters.", ("query",)
        )
    return text


def refuse_search(text: str | None) -> None:
    """Raise `ClientError` INVALID for a search inside a list, which would cost a statement for each item."""
    if text is not None and text.strip():
        raise ClientError("INVALID", "query: not available inside a list. Use `node`.", ("query",))


async def _vips(
    context: Context, info: Info, owner: VipCriteria, first: int | None, after: str | None
) -> Connection[VipView]:
    list_digest = digest("vipCallers", owner)
    part = slice_of(VIP_BY_AGE, list_digest, first, after)
    if within_list(info):
        refuse_search(owner.query)
        loaders, size = context.load(CallLoaders), nested_size(info, part, first)
        own = owner.employee_id is not None
        owner_id, column = (
            owner.employee_id or owner.secretariat_id,
            "employee_id" if own else "secretariat_id",
        )
        assert owner_id is not None  # noqa: S101 - one of the two
        page = await (loaders.vips_of_employee if own else loaders.vips_of).load((owner_id, size))
        return Connection(page, list_digest, partial(loaders.vip_counts.load, (owner_id, column)))
    page = await list_vips(context.conn, context.viewer, owner, part)
    return Connection(page, list_digest, lambda: count_vips(context.conn, context.viewer, owner))


@strawberry.type(description="Weekly hours of one day.")
class WeeklySpan:
    """Source: `Span`."""

    weekday: int = strawberry.field(description="The day of the week; 1 is Monday.")

    @strawberry.field(name="from", description='The time at which it begins, such as "08:00".')
    def begin(root: strawberry.Parent[times.Span]) -> str:
        """Return the time."""
        return time_of_day(root.from_minute)

    @strawberry.field(name="until", description='The time before which it ends, such as "24:00".')
    def end(root: strawberry.Parent[times.Span]) -> str:
        """Return the time."""
        return time_of_day(root.until_minute)


@strawberry.type(description="Something that callers are asked.")
class AskedField:
    """Source: `AskedFieldView`."""

    key: str = strawberry.field(description="The key, unique within the secretariat.")
    label: str = strawberry.field(description="What it is called, in the company's language.")
    kind: AskedFieldKind = strawberry.field(description="What is asked for.")
    choices: list[str] = strawberry.field(description="The choices of a CHOICE; otherwise empty.")
    required: bool = strawberry.field(description="Whether it has to be asked.")
    built_in: bool = strawberry.field(description="Whether it is always asked and cannot be removed.")


@strawberry.type(description="A question with the answer that callers may be told.")
class FaqEntry(Node):
    """Source: `FaqView`."""

    id: strawberry.ID = node_id("FaqEntry")
    version: int = strawberry.field(description="Increases with every change; send it as `expectedVersion`.")
    position: int = strawberry.field(description="Its place in the list.")
    question: str = strawberry.field(description="The question.")
    answer: str = strawberry.field(description="The answer.")

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is an FAQ entry."""
        return isinstance(obj, FaqView)


@strawberry.type(description="A caller whom a company, or one employee, treats in a special way.")
class VipCaller(Node):
    """Source: `VipView`."""

    id: strawberry.ID = node_id("VipCaller")
    version: int = strawberry.field(description="Increases with every change; send it as `expectedVersion`.")
    number: PhoneNumber = strawberry.field(description="The number, or the beginning of all its numbers.")
    block: bool = strawberry.field(
        description="Whether it matches every number that begins with `number` and has up to six more digits."
    )
    name: str = strawberry.field(description="Who it is.")
    note: str = strawberry.field(description="What the agent should know; a caller ID can be forged.")
    treatment: VipTreatment = strawberry.field(description="What the entry does.")
    waives: list[str] = strawberry.field(description="Keys of asked fields that this caller is not asked.")

    @strawberry.field(
        description="The employee whose entry it is; null for the company's.",
        graphql_type=Annotated["Employee", strawberry.lazy("schema.calls.types")] | None,
    )
    async def employee(root: strawberry.Parent[VipView], info: Info) -> AnyEmployee | None:
        """Load the employee."""
        if root.employee_id is None:
            return None
        return await info.context.load(CallLoaders).employee.load(root.employee_id)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a VIP entry."""
        return isinstance(obj, VipView)


VipCallerConnection = CountedPageOf[VipCaller]


@strawberry.type(description="When an employee is away, or can be reached all the same.")
class Appointment(Node):
    """Source: `AppointmentView`."""

    id: strawberry.ID = node_id("Appointment")
    version: int = strawberry.field(description="Increases with every change; send it as `expectedVersion`.")
    starts_at: datetime = strawberry.field(description="When it starts.")
    ends_at: datetime = strawberry.field(description="When it ends; at that time it no longer holds.")
    first_day: date | None = strawberry.field(description="The first whole day, in the company's time zone.")
    last_day: date | None = strawberry.field(description="The last whole day, which is part of it.")
    text: str = strawberry.field(description="What callers are told.")
    reachable: bool = strawberry.field(description="Whether calls are put through all the same.")
    source: AppointmentSource = strawberry.field(description="Where it comes from.")

    @strawberry.field(
        description="The employee; null if the viewer may no longer see them.",
        graphql_type=Annotated["Employee", strawberry.lazy("schema.calls.types")] | None,
    )
    async def employee(root: strawberry.Parent[AppointmentView], info: Info) -> AnyEmployee | None:
        """Load the employee."""
        return await info.context.load(CallLoaders).employee.load(root.employee_id)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is an appointment."""
        return isinstance(obj, AppointmentView)


AppointmentConnection = CountedPageOf[Appointment]


@strawberry.type(description="Whether an employee can be put through at an instant, and until when.")
class Availability:
    """Source: `models.calls.presence.Availability`."""

    state: Presence = strawberry.field(description="The presence.")
    said: str | None = strawberry.field(
        description="What callers are told; null if there is nothing to tell."
    )
    decision: Decision = strawberry.field(description="Why.")
    until: datetime | None = strawberry.field(
        description="When the state or what is told changes next; null if that is not foreseeable."
    )
    back_on: date | None = strawberry.field(
        description="The first day on which an employee who is away can be put through again."
    )

    @strawberry.field(description="The appointment that holds.", graphql_type=Appointment | None)
    async def appointment(root: strawberry.Parent[times.Availability], info: Info) -> AppointmentView | None:
        """Load the appointment."""
        if root.entry is None:
            return None
        return await info.context.load(CallLoaders).appointment.load(root.entry.id)


@strawberry.type(description="Somebody who may get a company's calls.")
class Employee(Node):
    """Source: `EmployeeView`, or for agents and the employee's own user `AgentEmployeeView`."""

    id: strawberry.ID = node_id("Employee")
    version: int = strawberry.field(description="Increases with every change; send it as `expectedVersion`.")
    first_name: str = strawberry.field(description="The first name; may be empty.")
    last_name: str = strawberry.field(description="The last name.")
    display_name: str = strawberry.field(description="First and last name.")
    position: str | None = strawberry.field(description="The position, which helps agents.")
    responsibility: str | None = strawberry.field(description="The responsibility, which helps agents.")
    sms_tick: bool = strawberry.field(
        name="smsNotification", description="Whether a short text message follows each call."
    )
    vip_sms_tick: bool = strawberry.field(
        name="vipSmsNotification", description="Whether a text message follows the call of a VIP."
    )
    wish: TransferWish = strawberry.field(
        name="transfer", description="Which calls the employee wants to be put through."
    )
    absence_text: str | None = strawberry.field(
        description="What callers are told while there is no appointment; it has no end."
    )

    @strawberry.field(
        description="The company's set-up; null for an employee with a sub-account.",
        graphql_type=Annotated["Secretariat", strawberry.lazy("schema.calls.types")] | None,
    )
    async def secretariat(root: strawberry.Parent[AnyEmployee], info: Info) -> SecretariatView | None:
        """Load the secretariat."""
        return await info.context.load(CallLoaders).secretariat.load(root.secretariat_id)

    @strawberry.field(
        description="The email address for notes of calls; null for agents and employees.",
        graphql_type=EmailAddress | None,
    )
    def email(root: strawberry.Parent[AnyEmployee]) -> str | None:
        """Return the address."""
        return root.email if isinstance(root, EmployeeView) else None

    @strawberry.field(
        description="Who gets copies of the notes; null for agents and employees.",
        graphql_type=list[EmailAddress] | None,
    )
    def cc(root: strawberry.Parent[AnyEmployee]) -> Sequence[str] | None:
        """Return the addresses."""
        return root.cc if isinstance(root, EmployeeView) else None

    @strawberry.field(
        description="The mobile number for text messages; null for agents and employees.",
        graphql_type=PhoneNumber | None,
    )
    def mobile(root: strawberry.Parent[AnyEmployee]) -> str | None:
        """Return the number."""
        return root.mobile if isinstance(root, EmployeeView) else None

    @strawberry.field(
        description="The number to which calls are put through; null for agents, who get it with a transfer, "
        "and for employees.",
        graphql_type=PhoneNumber | None,
    )
    def extension(root: strawberry.Parent[AnyEmployee]) -> str | None:
        """Return the number."""
        return root.extension if isinstance(root, EmployeeView) else None

    @strawberry.field(
        description="Who is tried when the employee cannot be reached.",
        graphql_type=Annotated["Employee", strawberry.lazy("schema.calls.types")] | None,
    )
    async def deputy(root: strawberry.Parent[AnyEmployee], info: Info) -> AnyEmployee | None:
        """Load the deputy."""
        if root.deputy_id is None:
            return None
        return await info.context.load(CallLoaders).employee.load(root.deputy_id)

    @strawberry.field(
        description="What to check about the mobile number; null if there is nothing, and for agents and "
        "employees.",
        graphql_type=str | None,
    )
    def mobile_warning(root: strawberry.Parent[AnyEmployee], info: Info) -> str | None:
        """Return the warning in the viewer's language."""
        warning = mobile_warning(root.mobile) if isinstance(root, EmployeeView) else None
        return None if warning is None else text_for(info.context, warning)

    @strawberry.field(
        description="The user of the employee's sub-account; null without one, and for everybody but owners "
        "and operators.",
        graphql_type=User | None,
    )
    async def user(root: strawberry.Parent[AnyEmployee], info: Info) -> UserView | None:
        """Load the user."""
        if not isinstance(root, EmployeeView) or root.user_id is None:
            return None
        return await info.context.load(CallLoaders).colleague.load(root.user_id)

    @strawberry.field(
        description="Weekly hours in which calls are put through; empty if always.",
        graphql_type=list[WeeklySpan],
    )
    async def hours(root: strawberry.Parent[AnyEmployee], info: Info) -> Sequence[times.Span]:
        """Load the hours."""
        return await info.context.load(CallLoaders).hours.load(root.id)

    @strawberry.field(
        description="Whether the employee can be put through; by default now, or at the instant that the "
        "list of employees was asked for.",
        graphql_type=Availability,
    )
    async def availability(
        root: strawberry.Parent[AnyEmployee],
        info: Info,
        at: Annotated[
            datetime | None, strawberry.argument(description="The instant, at most two years away.")
        ] = None,
    ) -> times.Availability:
        """Load the presence."""
        return await info.context.load(CallLoaders).availability.load((root.id, at or root.asked_at))

    @strawberry.field(
        description="The appointments by their start. " + WITHIN_A_LIST, graphql_type=AppointmentConnection
    )
    async def appointments(
        root: strawberry.Parent[AnyEmployee],
        info: Info,
        from_: Annotated[
            datetime | None, strawberry.argument(name="from", description="Those that end after this.")
        ] = None,
        to: Annotated[
            datetime | None, strawberry.argument(description="Those that start before this.")
        ] = None,
        first: First = 25,
        after: After = None,
    ) -> Connection[AppointmentView]:
        """Load a page; inside a list, one statement loads the pages of all employees."""
        context, period = info.context, Between(from_, to)
        list_digest = digest("appointments", root.id, period)
        part = slice_of(BY_START, list_digest, first, after)
        if within_list(info):
            loaders, size = context.load(CallLoaders), nested_size(info, part, first)
            page = await loaders.appointments_of.load((root.id, size, (from_, to)))
            return Connection(
                page, list_digest, partial(loaders.appointment_counts.load, (root.id, (from_, to)))
            )
        page = await list_appointments(context.conn, context.viewer, root.id, period, part)
        return Connection(
            page,
            list_digest,
            lambda: count_appointments(context.conn, context.viewer, root.id, period),
        )

    @strawberry.field(
        description="The employee's own VIP entries; empty for agents and employees. " + WITHIN_A_LIST,
        graphql_type=VipCallerConnection,
    )
    async def vip_callers(
        root: strawberry.Parent[AnyEmployee], info: Info, first: First = 25, after: After = None
    ) -> Connection[VipView]:
        """Load a page."""
        return await _vips(info.context, info, VipCriteria(employee_id=root.id), first, after)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is an employee."""
        return isinstance(obj, AgentEmployeeView)


EmployeeConnection = CountedPageOf[Employee]


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
        return await _vips(info.context, info, owner, first, after)

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
