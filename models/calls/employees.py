"""Creates, changes and removes employees (S4.7 to S4.17)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from models.base.database import Connection, fetch, fetch_one
from models.base.ids import new_id
from models.base.refusal import Sentence, Wording
from models.base.viewer import Viewer
from models.calls.deputies import check_deputies
from models.calls.edit import (
    Edit,
    check_may_change,
    check_version,
    editing,
    editing_of,
    store_changes,
)
from models.calls.employee_draft import API_NAMES, EmployeeChanges, check_employee_data, plan_warnings
from models.calls.limits import MOST_EMPLOYEES
from models.calls.person_name import NameOrder, PersonName
from models.calls.refusals import CallRefusal
from models.calls.tables import ChangeSubject
from rules.calls.call_route import TransferWish

EMPLOYEE = ChangeSubject.EMPLOYEE
_ACTION = "change employees"
# Of a removed employee only the name is needed, by the calls of before.
_FORGOTTEN: dict[str, object] = {
    "deputy_id": None,
    "email": "",
    "cc": [],
    "mobile": None,
    "sms_tick": False,
    "extension": None,
    "absence_text": None,
}


@dataclass(frozen=True, slots=True)
class SavedEmployee:
    """The employee, and what should be known about what was stored."""

    id: UUID
    warnings: Sequence[Sentence[Wording]]


async def create_employee(
    viewer: Viewer,
    *,
    secretariat_id: UUID | None,
    employee: EmployeeChanges,
    idempotency_key: str,
    given: dict[str, object],
) -> SavedEmployee:
    """Add an employee to a company. Raises `Refusal`."""
    check_may_change(viewer, _ACTION)
    employee_id = new_id()
    async with editing(viewer, secretariat_id) as edit:
        made = edit.secretariat
        earlier = await edit.first("employeeCreate", idempotency_key, given, employee_id)
        if earlier is not None:
            return SavedEmployee(earlier, ())
        count = await fetch_one(
            edit.conn,
            "SELECT count(*) AS n FROM employee WHERE secretariat_id = $1 AND removed_at IS NULL",
            made.id,
        )
        if count is not None and count["n"] >= MOST_EMPLOYEES:
            raise CallRefusal.TOO_MANY_EMPLOYEES.at(most=MOST_EMPLOYEES)
        checked = check_employee_data({"name": None, **employee}, made.region)
        await insert_employee(edit, employee_id, checked.values)
        warnings = [*checked.warnings, *await _settled(edit, employee_id, checked.values)]
        await edit.note(EMPLOYEE, employee_id, _names(checked.values))
    return SavedEmployee(employee_id, warnings)


async def update_employee(
    viewer: Viewer,
    *,
    employee_id: UUID,
    expected_version: int | None,
    changes: EmployeeChanges,
    order: NameOrder | None = None,
) -> SavedEmployee:
    """Change an employee, only what is given. Raises `Refusal`."""
    check_may_change(viewer, _ACTION)
    async with editing_of(viewer, EMPLOYEE, employee_id, "employeeId") as edit:
        row = await _locked(edit.conn, employee_id)
        check_version(row.version, expected_version)
        checked = check_employee_data(changes, edit.secretariat.region, order, row.name)
        changed = await store_employee(edit, employee_id, checked.values)
        warnings = [*checked.warnings, *await _settled(edit, employee_id, changed)]
        if changed:
            await edit.note(EMPLOYEE, employee_id, _names(changed))
    return SavedEmployee(employee_id, warnings)


async def set_absence_text(
    viewer: Viewer, *, employee_id: UUID, expected_version: int, text: str | None
) -> UUID:
    """Set what callers are told while there is no appointment (S4.20); employees set their own (S4.14)."""
    check_may_change(viewer, "set absence texts", own=True)
    async with editing_of(viewer, EMPLOYEE, employee_id, "employeeId") as edit:
        check_version((await _locked(edit.conn, employee_id)).version, expected_version)
        checked = check_employee_data({"absence_text": text}, edit.secretariat.region)
        if await store_changes(edit.conn, "employee", employee_id, checked.values):
            await edit.note(EMPLOYEE, employee_id, ["absenceText"])
    return employee_id


async def delete_employee(viewer: Viewer, *, employee_id: UUID, expected_version: int) -> UUID:
    """Remove an employee: nobody's deputy any more; calls of before keep the name. Raises `Refusal`.

    The sub-account has to be closed before, so that nobody signs in as a removed employee.
    """
    check_may_change(viewer, _ACTION)
    async with editing_of(viewer, EMPLOYEE, employee_id, "employeeId") as edit:
        row = await _locked(edit.conn, employee_id)
        check_version(row.version, expected_version)
        if row.user_id is not None:
            raise CallRefusal.EMPLOYEE_HAS_ACCESS.at("employeeId")
        await fetch(
            edit.conn,
            "UPDATE employee SET version = version + 1, deputy_id = NULL WHERE deputy_id = $1",
            employee_id,
        )
        await fetch(
            edit.conn,
            """UPDATE secretariat SET version = version + 1, fallback_employee_id = NULL
               WHERE fallback_employee_id = $1""",
            employee_id,
        )
        await fetch(edit.conn, "DELETE FROM vip_caller WHERE employee_id = $1", employee_id)
        await fetch(edit.conn, "DELETE FROM appointment WHERE employee_id = $1", employee_id)
        await fetch(edit.conn, "DELETE FROM weekly_hours WHERE employee_id = $1", employee_id)
        await fetch(edit.conn, "DELETE FROM employee_calendar WHERE employee_id = $1", employee_id)
        await store_changes(edit.conn, "employee", employee_id, {"removed_at": edit.now, **_FORGOTTEN})
        await edit.note(EMPLOYEE, employee_id, ["removed", "email"])
    return employee_id


async def insert_employee(edit: Edit, employee_id: UUID, values: dict[str, object]) -> None:
    """Add a row; columns that are not given have their defaults. Deputies are checked with all others."""
    row = {"wish": TransferWish.NONE, "cc": [], "sms_tick": False, "vip_sms_tick": False, **values}
    columns = ", ".join(row)
    places = ", ".join(f"${place}" for place in range(4, 4 + len(row)))
    _check_mobile(row.get("mobile"), row["sms_tick"])
    await check_deputies(edit.conn, edit.secretariat.id, _deputy_of(employee_id, values))
    await fetch(
        edit.conn,
        f"""INSERT INTO employee (id, secretariat_id, made_at, version, {columns})
            VALUES ($1, $2, $3, 1, {places})""",
        employee_id,
        edit.secretariat.id,
        edit.now,
        *row.values(),
    )


async def store_employee(edit: Edit, employee_id: UUID, values: dict[str, object]) -> dict[str, object]:
    """Write what differs, after checking deputies and the mobile; return the columns that have changed."""
    await check_deputies(edit.conn, edit.secretariat.id, _deputy_of(employee_id, values))
    if values.keys() & {"mobile", "sms_tick"}:
        row = await fetch_one(edit.conn, "SELECT mobile, sms_tick FROM employee WHERE id = $1", employee_id)
        stored = dict(row or {}) | values
        _check_mobile(stored.get("mobile"), stored.get("sms_tick"))
    changed = await store_changes(edit.conn, "employee", employee_id, values)
    return {column: values[column] for column in changed}


def _check_mobile(mobile: object, tick: object) -> None:
    if tick and mobile is None:
        raise CallRefusal.SMS_NEEDS_MOBILE.at("mobile")


def _deputy_of(employee_id: UUID, values: dict[str, object]) -> dict[UUID, UUID | None]:
    deputy = values.get("deputy_id")
    return {employee_id: deputy} if isinstance(deputy, UUID) else {}


def _names(columns: Iterable[str]) -> list[str]:
    return [API_NAMES[column] for column in columns if column in API_NAMES]


@dataclass(frozen=True, slots=True)
class _Row:
    version: int
    name: PersonName
    user_id: UUID | None


async def _locked(conn: Connection, employee_id: UUID) -> _Row:
    row = await fetch_one(
        conn,
        """SELECT version, first_name, last_name, user_id FROM employee
           WHERE id = $1 AND removed_at IS NULL FOR NO KEY UPDATE""",
        employee_id,
    )
    if row is None:
        raise CallRefusal.EMPLOYEE_NOT_FOUND.at("employeeId")
    return _Row(row["version"], PersonName(row["first_name"], row["last_name"]), row["user_id"])


async def _settled(edit: Edit, employee_id: UUID, changed: dict[str, object]) -> list[Sentence[Wording]]:
    """Return what the employee's transfers lack now, if anything about them was changed."""
    if not changed.keys() & {"wish", "extension", "vip_sms_tick"}:
        return []
    row = await fetch_one(
        edit.conn, "SELECT wish, extension, vip_sms_tick FROM employee WHERE id = $1", employee_id
    )
    if row is None:
        return []
    return plan_warnings(
        transfer_included=edit.secretariat.transfer_included,
        wish=TransferWish(row["wish"]),
        extension=row["extension"],
        vip_sms_tick=row["vip_sms_tick"],
    )
