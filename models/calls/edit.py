"""One transaction that changes a company's calls: the secretariat is locked first, and every edit is noted.

All edits of one company wait for each other, so that two of them cannot close a circle of deputies, and a
confirmation confirms what was read.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.refusals import RequestRefusal
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.refusals import CallRefusal
from models.calls.tables import ChangeSubject

# A change of one of these makes a confirmed set-up unconfirmed again (S4.1).
CONFIRMED_PARTS = frozenset({"greeting", "phoneNumbers", "extension", "mobile", "email"})

_LOCK = """SELECT id, account_id, market_id, version, greeting, language, time_zone, holidays_of,
                  transfer_included, fallback_employee_id, confirmed_at, changed_parts
           FROM secretariat WHERE id = $1 FOR NO KEY UPDATE"""


@dataclass(frozen=True, slots=True)
class Locked:
    """A locked secretariat."""

    id: UUID
    account_id: UUID
    market_id: UUID
    version: int
    greeting: str
    language: str
    time_zone: str
    holidays_of: str
    transfer_included: bool
    fallback_employee_id: UUID | None
    confirmed_at: datetime | None
    changed_parts: Sequence[str]

    @property
    def region(self) -> str:
        """The company's country (ISO 3166 alpha-2), which reads national forms of numbers."""
        return self.holidays_of[:2]


@dataclass(slots=True)
class Edit:
    """The edit of one secretariat, by one viewer, at one time."""

    conn: Connection
    viewer: Viewer
    now: datetime
    secretariat: Locked

    async def first(
        self, operation: str, key: str | None, given: dict[str, object], result: UUID
    ) -> UUID | None:
        """Claim an idempotency key; return the id that the first request got, if there was one.

        Raises `Refusal` REQUIRED without a key.
        """
        if key is None:
            raise CallRefusal.KEY_MISSING.at("idempotencyKey")
        return await first_answer(
            self.conn,
            scope=self.viewer.user_id or self.secretariat.id,
            operation=operation,
            key=key,
            given=given,
            result=result,
            now=self.now,
        )

    async def note(self, kind: ChangeSubject, subject_id: UUID, changed: Collection[str]) -> None:
        """Write down who changed which fields, and what the company should confirm again."""
        await self.note_all([(kind, subject_id, changed)])

    async def note_all(self, changes: Sequence[tuple[ChangeSubject, UUID, Collection[str]]]) -> None:
        """Write down the changes of several objects, in two statements."""
        await fetch(
            self.conn,
            """INSERT INTO secretariat_change (id, secretariat_id, at, by_id, subject_kind, subject_id,
                                               fields_changed)
               SELECT new.id, $1, $2, $3, new.kind, new.subject, string_to_array(new.changed, ' ')
               FROM unnest($4::uuid[], $5::text[], $6::uuid[], $7::text[])
                   AS new (id, kind, subject, changed)""",
            self.secretariat.id,
            self.now,
            self.viewer.user_id,
            [new_id() for _ in changes],
            [kind.value for kind, _, _ in changes],
            [subject for _, subject, _ in changes],
            [" ".join(sorted(changed)) for _, _, changed in changes],
        )
        parts = sorted({name for _, _, changed in changes for name in changed} & CONFIRMED_PARTS)
        if not parts:
            return
        await fetch(
            self.conn,
            """UPDATE secretariat SET version = version + 1,
                   changed_parts = ARRAY(SELECT DISTINCT unnest(changed_parts || $2::text[]) ORDER BY 1)
               WHERE id = $1 AND confirmed_at IS NOT NULL AND NOT changed_parts @> $2::text[]""",
            self.secretariat.id,
            parts,
        )


def check_may_change(viewer: Viewer, action: str, *, own: bool = False) -> None:
    """Raise `Refusal` FORBIDDEN unless the viewer may change a company's calls at all.

    `own`: employees with a sub-account may change their own row in this way (S4.14).
    """
    employee = own and Role.EMPLOYEE in viewer.roles
    if not (viewer.operator or viewer.vendor_id is not None or employee):
        raise RequestRefusal.ONLY_FOR_VENDORS.at(action=action)


def check_operator(viewer: Viewer, action: str) -> None:
    """Raise `Refusal` FORBIDDEN for everybody but operators."""
    if not viewer.operator:
        raise RequestRefusal.ONLY_FOR_OPERATORS.at(action=action)


def check_owner(viewer: Viewer, action: str) -> None:
    """Raise `Refusal` FORBIDDEN for everybody but owners and operators."""
    if not viewer.operator and Role.OWNER not in viewer.roles:
        raise RequestRefusal.ONLY_FOR_OWNERS.at(action=action)


@asynccontextmanager
async def editing(
    viewer: Viewer, secretariat_id: UUID | None, field: str = "secretariatId"
) -> AsyncIterator[Edit]:
    """Lock the viewer's secretariat, or for operators the one with this id.

    Raises `Refusal`: REQUIRED without an id for operators, NOT_FOUND for another company's. Check the right
    to change before.
    """
    if viewer.operator and secretariat_id is None:
        raise CallRefusal.SECRETARIAT_UNSPECIFIED.at(field)
    async with transaction() as conn:
        row = await fetch_one(
            conn,
            """SELECT id FROM secretariat WHERE ($1::uuid IS NULL OR id = $1)
               AND ($2::boolean OR account_id = $3::uuid)""",
            secretariat_id,
            viewer.operator,
            viewer.vendor_id,
        )
        if row is None:
            raise CallRefusal.SECRETARIAT_NOT_FOUND.at(field)
        yield await _edit(conn, viewer, row["id"])


@asynccontextmanager
async def editing_of(viewer: Viewer, kind: ChangeSubject, row_id: UUID, field: str) -> AsyncIterator[Edit]:
    """Lock the secretariat that an employee, an appointment, a VIP or an FAQ entry belongs to.

    Employees with a sub-account find only their own row and its appointments. Raises `Refusal` NOT_FOUND.
    """
    async with transaction() as conn:
        edit = await _edit(conn, viewer, await _secretariat_of(conn, viewer, kind, row_id, field))
        # Again under the lock: it may have been removed, or the sub-account closed, while this one waited.
        await _secretariat_of(conn, viewer, kind, row_id, field)
        yield edit


async def _secretariat_of(
    conn: Connection, viewer: Viewer, kind: ChangeSubject, row_id: UUID, field: str
) -> UUID:
    row = await fetch_one(
        conn,
        f"""SELECT secretariat.id FROM {_OF[kind]} JOIN secretariat ON secretariat.id = secretariat_id
            WHERE {_KEY[kind]}.id = $1 AND ($2::boolean OR secretariat.account_id = $3::uuid
                OR {_OWN[kind]} = $4::uuid)""",
        row_id,
        viewer.operator,
        viewer.vendor_id,
        viewer.user_id if Role.EMPLOYEE in viewer.roles else None,
    )
    if row is None:
        raise _NOT_FOUND[kind].at(field)
    secretariat_id: UUID = row["id"]
    return secretariat_id


_OF = {
    ChangeSubject.EMPLOYEE: "(SELECT * FROM employee WHERE removed_at IS NULL) AS employee",
    ChangeSubject.APPOINTMENT: """appointment
        JOIN employee ON employee.id = appointment.employee_id AND employee.removed_at IS NULL""",
    ChangeSubject.VIP_CALLER: "vip_caller",
    ChangeSubject.FAQ_ENTRY: "faq_entry",
    ChangeSubject.CALENDAR: """employee_calendar
        JOIN employee ON employee.id = employee_calendar.employee_id AND employee.removed_at IS NULL""",
}
_KEY = {
    ChangeSubject.EMPLOYEE: "employee",
    ChangeSubject.APPOINTMENT: "appointment",
    ChangeSubject.VIP_CALLER: "vip_caller",
    ChangeSubject.FAQ_ENTRY: "faq_entry",
    ChangeSubject.CALENDAR: "employee_calendar",
}
_OWN = {
    ChangeSubject.EMPLOYEE: "employee.user_id",
    ChangeSubject.APPOINTMENT: "employee.user_id",
    ChangeSubject.VIP_CALLER: "NULL::uuid",
    ChangeSubject.FAQ_ENTRY: "NULL::uuid",
    ChangeSubject.CALENDAR: "employee.user_id",
}
_NOT_FOUND = {
    ChangeSubject.EMPLOYEE: CallRefusal.EMPLOYEE_NOT_FOUND,
    ChangeSubject.APPOINTMENT: CallRefusal.APPOINTMENT_NOT_FOUND,
    ChangeSubject.VIP_CALLER: CallRefusal.VIP_CALLER_NOT_FOUND,
    ChangeSubject.FAQ_ENTRY: CallRefusal.FAQ_ENTRY_NOT_FOUND,
    ChangeSubject.CALENDAR: CallRefusal.CALENDAR_NOT_FOUND,
}


def check_version(stored: int, expected: int | None) -> None:
    """Raise `Refusal`: REQUIRED without a version, STALE_VERSION for another one."""
    if expected is None:
        raise CallRefusal.VERSION_MISSING.at("expectedVersion")
    if stored != expected:
        raise CallRefusal.CALL_DATA_CHANGED.at("expectedVersion")


async def _edit(conn: Connection, viewer: Viewer, secretariat_id: UUID) -> Edit:
    row = await fetch_one(conn, _LOCK, secretariat_id)
    if row is None:
        raise CallRefusal.SECRETARIAT_NOT_FOUND.at("secretariatId")
    return Edit(conn, viewer, await database_now(conn), Locked(**dict(row)))


async def check_employee(conn: Connection, secretariat_id: UUID, employee_id: UUID, field: str) -> None:
    """Raise `Refusal` NOT_FOUND unless the employee is the company's and was not removed."""
    known = await fetch(
        conn,
        "SELECT FROM employee WHERE id = $1 AND secretariat_id = $2 AND removed_at IS NULL",
        employee_id,
        secretariat_id,
    )
    if not known:
        raise CallRefusal.EMPLOYEE_NOT_FOUND.at(field)


async def store_changes(
    conn: Connection, table: str, row_id: UUID, values: Mapping[str, object]
) -> Collection[str]:
    """Write the values that differ from those of a locked row, and raise its version if there are any.

    `table` and the columns are names of this code base. Returns the columns that have changed.
    """
    if not values:
        return ()
    stored = await fetch_one(conn, f"SELECT {', '.join(values)} FROM {table} WHERE id = $1", row_id)
    changed = {name: value for name, value in values.items() if stored is None or stored[name] != value}
    if changed:
        sets = ", ".join(f"{name} = ${place}" for place, name in enumerate(changed, start=2))
        await fetch(
            conn,
            f"UPDATE {table} SET version = version + 1, {sets} WHERE id = $1",
            row_id,
            *changed.values(),
        )
    return changed
