"""Sub-accounts: an employee signs in to maintain the own absences (S4.14); for owners."""

import secrets
from dataclasses import dataclass, field
from uuid import UUID

from models.accounts.create_user import create_user
from models.accounts.passwords import Passwords
from models.accounts.sessions import end_sessions
from models.base.database import fetch, fetch_one
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.edit import check_owner, editing_of
from models.calls.person_name import PersonName
from models.calls.refusals import CallRefusal
from models.calls.tables import ChangeSubject

_PASSWORD_BYTES = 18
_EMPLOYEE = """SELECT first_name, last_name, user_id FROM employee WHERE id = $1 FOR NO KEY UPDATE"""


@dataclass(frozen=True, slots=True)
class NewAccess:
    """The employee, and the first password, which is shown once: None if the request was repeated."""

    employee_id: UUID
    password: str | None = field(repr=False, default=None)


async def create_access(
    viewer: Viewer, passwords: Passwords, *, employee_id: UUID, email: str, idempotency_key: str
) -> NewAccess:
    """Create the user of an employee, with the role EMPLOYEE in the company's account. Raises `Refusal`."""
    check_owner(viewer, "give employees access")
    password = secrets.token_urlsafe(_PASSWORD_BYTES)
    async with editing_of(viewer, ChangeSubject.EMPLOYEE, employee_id, "employeeId") as edit:
        given: dict[str, object] = {"employeeId": str(employee_id), "email": email}
        earlier = await edit.first("employeeAccessCreate", idempotency_key, given, employee_id)
        if earlier is not None:
            return NewAccess(earlier)
        row = await fetch_one(edit.conn, _EMPLOYEE, employee_id)
        if row is None or row["user_id"] is not None:
            raise CallRefusal.EMPLOYEE_HAS_ACCESS.at("employeeId")
        user_id = await create_user(
            edit.conn,
            passwords,
            email=email,
            password=password,
            name=PersonName(row["first_name"], row["last_name"]).shown,
            account_id=edit.secretariat.account_id,
            account_role=Role.EMPLOYEE,
            locale=edit.secretariat.language,
            time_zone=edit.secretariat.time_zone,
        )
        await fetch(
            edit.conn,
            "UPDATE employee SET version = version + 1, user_id = $2 WHERE id = $1",
            employee_id,
            user_id,
        )
        await edit.note(ChangeSubject.EMPLOYEE, employee_id, ["user"])
    return NewAccess(employee_id, password)


async def delete_access(viewer: Viewer, *, employee_id: UUID) -> UUID:
    """Sign an employee's user out and close it; the row of the employee stays. Raises `Refusal`."""
    check_owner(viewer, "close the access of employees")
    async with editing_of(viewer, ChangeSubject.EMPLOYEE, employee_id, "employeeId") as edit:
        row = await fetch_one(edit.conn, _EMPLOYEE, employee_id)
        if row is None or row["user_id"] is None:
            raise CallRefusal.EMPLOYEE_HAS_NO_ACCESS.at("employeeId")
        # The user first: a sign-in in progress holds this row, so its session is found below.
        await fetch(
            edit.conn,
            "UPDATE users SET disabled_at = coalesce(disabled_at, $2) WHERE id = $1",
            row["user_id"],
            edit.now,
        )
        await end_sessions(edit.conn, row["user_id"], edit.now)
        await fetch(
            edit.conn,
            "UPDATE employee SET version = version + 1, user_id = NULL WHERE id = $1",
            employee_id,
        )
        await edit.note(ChangeSubject.EMPLOYEE, employee_id, ["user"])
    return employee_id
