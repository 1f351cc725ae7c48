"""GraphQL types of employees and their times.

Agents get no addresses and numbers of employees: what is read for them has none (`AgentEmployeeView`).
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

import strawberry

import schema.calls.enums  # noqa: F401 - describes the enums
from models.accounts.list import UserView
from models.calls import presence as times
from models.calls.calendars.list import CalendarView, sees_calendars
from models.calls.employee_draft import mobile_warning
from models.calls.entries import (
    VipCriteria,
)
from models.calls.list import (
    BY_START,
    Between,
    count_appointments,
    list_appointments,
)
from models.calls.recognition import VipView
from models.calls.tables import AppointmentSource
from models.calls.views import (
    AgentEmployeeView,
    AnyEmployee,
    AppointmentView,
    EmployeeView,
    SecretariatView,
)
from rules.calls.call_route import TransferWish
from rules.calls.presence import Presence
from rules.parameters import time_of_day
from schema.accounts.types import User
from schema.calls.calendar_types import EmployeeCalendar
from schema.calls.entry_types import VipCallerConnection, vips_page
from schema.calls.loaders import CallLoaders
from schema.graphql.context import Info
from schema.graphql.decision import Decision
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
from schema.graphql.scalars import EmailAddress, PhoneNumber
from schema.graphql.user_error import text_for

if TYPE_CHECKING:
    from schema.calls.types import Secretariat


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
        graphql_type=Annotated["Employee", strawberry.lazy("schema.calls.employee_types")] | None,
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
        graphql_type=Annotated["Employee", strawberry.lazy("schema.calls.employee_types")] | None,
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
        description="Calendars whose events become appointments, the oldest first; null for agents.",
        graphql_type=list[EmployeeCalendar] | None,
    )
    async def calendars(root: strawberry.Parent[AnyEmployee], info: Info) -> Sequence[CalendarView] | None:
        """Load the calendars."""
        if not sees_calendars(info.context.viewer):
            return None
        return await info.context.load(CallLoaders).calendars_of.load(root.id)

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
        return await vips_page(info.context, info, VipCriteria(employee_id=root.id), first, after)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is an employee."""
        return isinstance(obj, AgentEmployeeView)


EmployeeConnection = CountedPageOf[Employee]
