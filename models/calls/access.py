"""Sub-accounts: an employee signs in to maintain the own absences (S4.14); for owners.

The owner never learns the password: the employee sets it by the link in a letter.
"""

from uuid import UUID

from asyncpg import Record
from tortoise.exceptions import IntegrityError

from models.accounts.create_user import create_user, normal_email
from models.accounts.passwords import Passwords
from models.accounts.refusals import AccountRefusal
from models.accounts.sessions import end_sessions
from models.base.database import fetch, fetch_one
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.edit import Edit, check_owner, editing_of
from models.calls.invitations import write_invitation
from models.calls.person_name import PersonName
from models.calls.refusals import CallRefusal
from models.calls.tables import ChangeSubject

_EMPLOYEE = """SELECT first_name, last_name, user_id, users.email,
        users.password_hash IS NULL AND users.disabled_at IS NULL AS invited
    FROM employee LEFT JOIN users ON users.id = user_id WHERE employee.id = $1
    FOR NO KEY UPDATE OF employee"""
# A sub-account that was closed is opened again, for whoever its company gives the address to.
_REOPEN = """UPDATE users SET disabled_at = NULL, password_hash = NULL, name = $3
    WHERE email = $1 AND account_id = $2 AND account_role = 'EMPLOYEE' AND disabled_at IS NOT NULL
      AND NOT EXISTS (SELECT FROM employee WHERE user_id = users.id) RETURNING id"""


async def create_access(
    viewer: Viewer, passwords: Passwords, *, employee_id: UUID, email: str, idempotency_key: str
) -> UUID:
    """Create the user of an employee, with the role EMPLOYEE in the company's account, and invite them.

    Until the employee has set a password, another request sends a new link, also to another address, and the
    older link no longer works. Returns the employee's id. Raises `Refusal`: CONFLICT if the employee has
    accepted or the address is in use, LIMIT_EXCEEDED for a sixth invitation in 24 hours.
    """
    check_owner(viewer, "give employees access")
    email = normal_email(email)
    async with editing_of(viewer, ChangeSubject.EMPLOYEE, employee_id, "employeeId") as edit:
        given: dict[str, object] = {"employeeId": str(employee_id), "email": email}
        earlier = await edit.first("employeeAccessCreate", idempotency_key, given, employee_id)
        if earlier is not None:
            return earlier
        row = await fetch_one(edit.conn, _EMPLOYEE, employee_id)
        if row is None or (row["user_id"] is not None and not row["invited"]):
            raise CallRefusal.EMPLOYEE_HAS_ACCESS.at("employeeId")
        if row["user_id"] is None:
            user_id = await _add_user(edit, passwords, row, employee_id, email)
        else:
            user_id = row["user_id"]
            await _change_address(edit, user_id, email, row["email"])
        await write_invitation(
            edit.conn,
            employee_id=employee_id,
            user_id=user_id,
            market_id=edit.secretariat.market_id,
            actor_id=viewer.user_id,
            now=edit.now,
        )
        await edit.note(ChangeSubject.EMPLOYEE, employee_id, ["user"])
    return employee_id


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


async def _add_user(edit: Edit, passwords: Passwords, row: Record, employee_id: UUID, email: str) -> UUID:
    made = edit.secretariat
    name = PersonName(row["first_name"], row["last_name"]).shown
    closed = await fetch_one(edit.conn, _REOPEN, email, made.account_id, name)
    user_id: UUID = (
        closed["id"]
        if closed is not None
        else await create_user(
            edit.conn,
            passwords,
            email=email,
            password=None,
            name=name,
            account_id=made.account_id,
            account_role=Role.EMPLOYEE,
            locale=made.language,
            time_zone=made.time_zone,
        )
    )
    await fetch(
        edit.conn,
        "UPDATE employee SET version = version + 1, user_id = $2 WHERE id = $1",
        employee_id,
        user_id,
    )
    return user_id


async def _change_address(edit: Edit, user_id: UUID, email: str, stored: str) -> None:
    """Correct the address of a user who has not set a password yet."""
    if email == stored:
        return
    try:
        await fetch(edit.conn, "UPDATE users SET email = $2 WHERE id = $1", user_id, email)
    except IntegrityError as error:
        raise AccountRefusal.USER_EXISTS.at("email") from error
