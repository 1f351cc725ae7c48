"""Data loaders of secretariats, employees and their data, one statement per batch."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from models.accounts.list import AccountView, UserView, accounts_by_id, colleagues_by_id, users_by_id
from models.base.clock import database_now
from models.base.database import connection
from models.base.keyset import Count, Page
from models.base.refusal import Refusal
from models.base.viewer import Viewer
from models.calls.calendars.list import CalendarView, calendars_by_id, calendars_of
from models.calls.call_script import scripts_of_calls
from models.calls.call_views import CallView, calls_by_id
from models.calls.entries import (
    agents_of,
    asked_fields_of,
    counts_of_vips,
    faq_by_id,
    faq_of,
    hours_of,
    pages_of_changes,
    pages_of_vips,
    vips_by_id,
)
from models.calls.facts import availabilities, check_near
from models.calls.leads import leads_of_callers
from models.calls.list import (
    Between,
    appointments_by_id,
    counts_of_appointments,
    counts_of_employees,
    employees_by_id,
    pages_of_appointments,
    pages_of_employees,
    secretariats_by_id,
)
from models.calls.notice_list import NoticeView, notices_of_calls
from models.calls.presence import Availability, Span
from models.calls.preview import CallAsked, routes_of_calls
from models.calls.recognition import VipView
from models.calls.routes import Routes
from models.calls.views import (
    AnyEmployee,
    AppointmentView,
    AskedFieldView,
    ChangeView,
    FaqView,
    SecretariatView,
)
from models.policies.list import policies_at
from rules import Policy
from schema.graphql.errors import ClientError
from schema.graphql.loading import DataLoader, by_size

# Employees in one statement; more than pages have. The statistics of a large company have thousands of them,
# and reading all at the same time would hold the event loop.
READ_AT_ONCE = 500

PeriodKey = tuple[datetime | None, datetime | None]


class CallLoaders:
    """Loaders of one operation: their cache belongs to one viewer at one point in time."""

    def __init__(self, viewer: Viewer) -> None:
        """Create loaders with an empty cache for one viewer."""
        self._viewer = viewer
        self.secretariat: DataLoader[UUID, SecretariatView | None] = DataLoader(load_fn=self._secretariats)
        self.employee: DataLoader[UUID, AnyEmployee | None] = DataLoader(load_fn=self._employees)
        # Calls keep the names of employees who were removed.
        self.once_employed: DataLoader[UUID, AnyEmployee | None] = DataLoader(load_fn=self._once_employed)
        self.call: DataLoader[UUID, CallView | None] = DataLoader(load_fn=self._calls)
        self.lead: DataLoader[tuple[UUID, str], UUID | None] = DataLoader(load_fn=self._leads)
        self.appointment: DataLoader[UUID, AppointmentView | None] = DataLoader(load_fn=self._appointments)
        self.calendar: DataLoader[UUID, CalendarView | None] = DataLoader(load_fn=self._calendars)
        self.calendars_of: DataLoader[UUID, list[CalendarView]] = DataLoader(load_fn=self._calendars_of)
        self.vip: DataLoader[UUID, VipView | None] = DataLoader(load_fn=self._vips)
        self.faq_entry: DataLoader[UUID, FaqView | None] = DataLoader(load_fn=self._faq_entries)
        self.account: DataLoader[UUID, AccountView | None] = DataLoader(load_fn=self._accounts)
        self.user: DataLoader[UUID, UserView | None] = DataLoader(load_fn=self._users)
        self.colleague: DataLoader[UUID, UserView | None] = DataLoader(load_fn=self._colleagues)
        self.availability: DataLoader[tuple[UUID, datetime | None], Availability] = DataLoader(
            load_fn=self._availabilities
        )
        self.hours: DataLoader[UUID, list[Span]] = DataLoader(load_fn=self._hours)
        self.asked_fields: DataLoader[UUID, list[AskedFieldView]] = DataLoader(load_fn=self._asked_fields)
        self.faq: DataLoader[UUID, list[FaqView]] = DataLoader(load_fn=self._faq)
        self.agents: DataLoader[UUID, list[UUID]] = DataLoader(load_fn=self._agents)
        self.notices: DataLoader[UUID, list[NoticeView]] = DataLoader(load_fn=self._notices)
        self.script: DataLoader[CallView, CallAsked | None] = DataLoader(
            load_fn=self._scripts, cache_key_fn=lambda call: (call.id, call.version)
        )
        self.routes: DataLoader[tuple[CallAsked, UUID | None], Routes | None] = DataLoader(
            load_fn=self._routes, cache=False
        )
        self.policy: DataLoader[UUID, Policy] = DataLoader(load_fn=self._policies)
        self.employees_of: DataLoader[tuple[UUID, int], Page[AnyEmployee]] = DataLoader(
            load_fn=self._pages_of_employees
        )
        self.vips_of: DataLoader[tuple[UUID, int], Page[VipView]] = DataLoader(load_fn=self._pages_of_vips)
        self.vips_of_employee: DataLoader[tuple[UUID, int], Page[VipView]] = DataLoader(
            load_fn=self._pages_of_own_vips
        )
        self.changes_of: DataLoader[tuple[UUID, int], Page[ChangeView]] = DataLoader(
            load_fn=self._pages_of_changes
        )
        self.employee_counts: DataLoader[UUID, Count] = DataLoader(load_fn=self._employee_counts)
        self.vip_counts: DataLoader[tuple[UUID, str], Count] = DataLoader(load_fn=self._vip_counts)
        self.appointment_counts: DataLoader[tuple[UUID, PeriodKey], Count] = DataLoader(
            load_fn=self._appointment_counts
        )
        self.appointments_of: DataLoader[tuple[UUID, int, PeriodKey], Page[AppointmentView]] = DataLoader(
            load_fn=self._pages_of_appointments
        )

    async def _secretariats(self, ids: Sequence[UUID]) -> list[SecretariatView | None]:
        found = await secretariats_by_id(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]

    async def _employees(self, ids: Sequence[UUID]) -> list[AnyEmployee | None]:
        return await self._employees_in_parts(ids, removed=False)

    async def _once_employed(self, ids: Sequence[UUID]) -> list[AnyEmployee | None]:
        return await self._employees_in_parts(ids, removed=True)

    async def _employees_in_parts(self, ids: Sequence[UUID], *, removed: bool) -> list[AnyEmployee | None]:
        found: dict[UUID, AnyEmployee] = {}
        for start in range(0, len(ids), READ_AT_ONCE):
            part = ids[start : start + READ_AT_ONCE]
            found |= await employees_by_id(connection(), self._viewer, part, removed=removed)
        return [found.get(one) for one in ids]

    async def _calls(self, ids: Sequence[UUID]) -> list[CallView | None]:
        found = await calls_by_id(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]

    async def _leads(self, callers: Sequence[tuple[UUID, str]]) -> list[UUID | None]:
        found = await leads_of_callers(connection(), self._viewer, callers)
        return [found.get(one) for one in callers]

    async def _appointments(self, ids: Sequence[UUID]) -> list[AppointmentView | None]:
        found = await appointments_by_id(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]

    async def _calendars(self, ids: Sequence[UUID]) -> list[CalendarView | None]:
        found = await calendars_by_id(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]

    async def _calendars_of(self, ids: Sequence[UUID]) -> list[list[CalendarView]]:
        found = await calendars_of(connection(), self._viewer, ids)
        return [found[one] for one in ids]

    async def _vips(self, ids: Sequence[UUID]) -> list[VipView | None]:
        found = await vips_by_id(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]

    async def _colleagues(self, ids: Sequence[UUID]) -> list[UserView | None]:
        found = await colleagues_by_id(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]

    async def _faq_entries(self, ids: Sequence[UUID]) -> list[FaqView | None]:
        found = await faq_by_id(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]

    async def _accounts(self, ids: Sequence[UUID]) -> list[AccountView | None]:
        found = await accounts_by_id(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]

    async def _users(self, ids: Sequence[UUID]) -> list[UserView | None]:
        found = await users_by_id(connection(), self._viewer, ids)
        return [found.get(one) for one in ids]

    async def _availabilities(
        self, keys: Sequence[tuple[UUID, datetime | None]]
    ) -> list[Availability | ClientError]:
        now = await database_now(connection())
        refused: dict[datetime, ClientError] = {}
        for at in {at for _, at in keys if at is not None}:
            try:
                check_near(at, now, "at")
            except Refusal as error:
                refused[at] = ClientError.of(error)
        wanted = [(one, at or now) for one, at in keys]
        found = await availabilities(connection(), [key for key in wanted if key[1] not in refused])
        return [refused[key[1]] if key[1] in refused else found[key] for key in wanted]

    async def _hours(self, ids: Sequence[UUID]) -> list[list[Span]]:
        found = await hours_of(connection(), ids)
        return [found[one] for one in ids]

    async def _asked_fields(self, ids: Sequence[UUID]) -> list[list[AskedFieldView]]:
        found = await asked_fields_of(connection(), ids)
        return [found[one] for one in ids]

    async def _faq(self, ids: Sequence[UUID]) -> list[list[FaqView]]:
        found = await faq_of(connection(), ids)
        return [found[one] for one in ids]

    async def _agents(self, ids: Sequence[UUID]) -> list[list[UUID]]:
        found = await agents_of(connection(), ids)
        return [found[one] for one in ids]

    async def _policies(self, ids: Sequence[UUID]) -> list[Policy]:
        found = await policies_at(connection(), {(one, None) for one in ids})
        return [found[one, None].policy for one in ids]

    async def _scripts(self, calls: Sequence[CallView]) -> list[CallAsked | None]:
        return await scripts_of_calls(connection(), self._viewer, calls)

    async def _routes(self, wanted: Sequence[tuple[CallAsked, UUID | None]]) -> list[Routes | None]:
        return await routes_of_calls(connection(), wanted)

    async def _notices(self, ids: Sequence[UUID]) -> list[list[NoticeView]]:
        found = await notices_of_calls(connection(), self._viewer, ids)
        return [found[one] for one in ids]

    async def _pages_of_employees(self, keys: Sequence[tuple[UUID, int]]) -> list[Page[AnyEmployee]]:
        return await by_size(
            keys, lambda ids, size: pages_of_employees(connection(), self._viewer, ids, size)
        )

    async def _pages_of_vips(self, keys: Sequence[tuple[UUID, int]]) -> list[Page[VipView]]:
        return await by_size(
            keys, lambda ids, size: pages_of_vips(connection(), self._viewer, ids, size, "secretariat_id")
        )

    async def _pages_of_own_vips(self, keys: Sequence[tuple[UUID, int]]) -> list[Page[VipView]]:
        return await by_size(
            keys, lambda ids, size: pages_of_vips(connection(), self._viewer, ids, size, "employee_id")
        )

    async def _pages_of_changes(self, keys: Sequence[tuple[UUID, int]]) -> list[Page[ChangeView]]:
        return await by_size(keys, lambda ids, size: pages_of_changes(connection(), self._viewer, ids, size))

    async def _employee_counts(self, ids: Sequence[UUID]) -> list[Count]:
        found = await counts_of_employees(connection(), self._viewer, ids)
        return [found[one] for one in ids]

    async def _vip_counts(self, keys: Sequence[tuple[UUID, str]]) -> list[Count]:
        found: dict[tuple[UUID, str], Count] = {}
        for column in {key[1] for key in keys}:
            owners = [owner for owner, other in keys if other == column]
            counts = await counts_of_vips(connection(), self._viewer, owners, column)
            found |= {(owner, column): counts[owner] for owner in owners}
        return [found[key] for key in keys]

    async def _appointment_counts(self, keys: Sequence[tuple[UUID, PeriodKey]]) -> list[Count]:
        found: dict[tuple[UUID, PeriodKey], Count] = {}
        for period in {key[1] for key in keys}:
            owners = [owner for owner, other in keys if other == period]
            counts = await counts_of_appointments(connection(), self._viewer, owners, Between(*period))
            found |= {(owner, period): counts[owner] for owner in owners}
        return [found[key] for key in keys]

    async def _pages_of_appointments(
        self, keys: Sequence[tuple[UUID, int, PeriodKey]]
    ) -> list[Page[AppointmentView]]:
        found: dict[tuple[UUID, int, PeriodKey], Page[AppointmentView]] = {}
        for period in {key[2] for key in keys}:
            asked = [(owner, size) for owner, size, other in keys if other == period]
            pages = await by_size(
                asked,
                lambda ids, size, period=period: pages_of_appointments(  # type: ignore[misc]
                    connection(), self._viewer, ids, size, Between(*period)
                ),
            )
            found |= {(owner, size, period): page for (owner, size), page in zip(asked, pages, strict=True)}
        return [found[key] for key in keys]
