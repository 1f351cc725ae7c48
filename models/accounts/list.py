"""Lists and look-ups of users and of accounts with their balances, limited to those that the viewer may
see.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.keyset import Key, Order, Page, SelectStatement, Slice, fetch_slice
from models.base.role import Role
from models.base.viewer import Viewer
from rules.plan import Plan


@dataclass(frozen=True, slots=True, repr=False)
class UserView:
    """A user, as seen by that user; operators see all users."""

    id: UUID
    name: str
    email: str
    locale: str
    time_zone: str
    mobile: str | None


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account with its points."""

    id: UUID
    name: str
    plan: Plan
    points: int
    points_on_hold: int


@dataclass(frozen=True, slots=True, repr=False)
class PersonView:
    """Somebody who acts for an account: `since` the user was created, `disabled_at` when it was disabled."""

    user: UserView
    role: Role
    since: datetime
    disabled_at: datetime | None


async def users_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, UserView]:
    """Return the users with these ids that the viewer may see: its own user, or any for an operator."""
    rows = await fetch(
        conn,
        """SELECT id, name, email, locale, time_zone, mobile FROM users
           WHERE id = ANY($1::uuid[]) AND ($2::boolean OR id = $3::uuid)""",
        list(ids),
        viewer.operator,
        viewer.user_id,
    )
    return {row["id"]: UserView(**dict(row)) for row in rows}


async def colleagues_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, UserView]:
    """Return the users with these ids of an owner's account, or any for an operator; no others.

    An owner does not see the mobile number that a colleague gets text messages on.
    """
    if not (viewer.operator or Role.OWNER in viewer.roles):
        return {}
    rows = await fetch(
        conn,
        """SELECT id, name, email, locale, time_zone,
               CASE WHEN $2::boolean OR id = $4::uuid THEN mobile END AS mobile FROM users
           WHERE id = ANY($1::uuid[]) AND ($2::boolean OR account_id = $3::uuid)""",
        list(ids),
        viewer.operator,
        viewer.vendor_id,
        viewer.user_id,
    )
    return {row["id"]: UserView(**dict(row)) for row in rows}


MOST_PEOPLE = 100
_PEOPLE = """SELECT account.id AS of_account, person.* FROM unnest($1::uuid[]) AS account (id)
    CROSS JOIN LATERAL (
        SELECT id, name, email, locale, time_zone, mobile, account_role, created_at, disabled_at FROM users
        WHERE users.account_id = account.id ORDER BY created_at, id LIMIT $2) AS person
    ORDER BY account.id, person.created_at, person.id"""


async def people_of(conn: Connection, ids: Collection[UUID]) -> dict[UUID, list[PersonView]]:
    """Return for each account who acts for it, oldest user first, at most 100; for operators only."""
    found: dict[UUID, list[PersonView]] = {one: [] for one in ids}
    for row in await fetch(conn, _PEOPLE, list(found), MOST_PEOPLE):
        user = UserView(row["id"], row["name"], row["email"], row["locale"], row["time_zone"], row["mobile"])
        person = PersonView(user, Role(row["account_role"]), row["created_at"], row["disabled_at"])
        found[row["of_account"]].append(person)
    return found


_ACCOUNTS = """SELECT account.id, account.name, account.plan, coalesce(balance.available, 0) AS points,
    coalesce(balance.on_hold, 0) AS points_on_hold"""
_FROM_ACCOUNTS = """FROM account
    LEFT JOIN balance ON balance.account_id = account.id AND balance.unit = 'POINTS'"""


def _account(row: Record) -> AccountView:
    return AccountView(row["id"], row["name"], Plan(row["plan"]), row["points"], row["points_on_hold"])


async def accounts_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, AccountView]:
    """Return the accounts with these ids that the viewer may see: its own, or any for an operator."""
    rows = await fetch(
        conn,
        f"""{_ACCOUNTS} {_FROM_ACCOUNTS}
            WHERE account.id = ANY($1::uuid[]) AND ($2::boolean OR account.id = $3::uuid)""",
        list(ids),
        viewer.operator,
        viewer.vendor_id,
    )
    return {row["id"]: _account(row) for row in rows}


BY_AGE = Order("AGE", (Key("account.created_at", "timestamptz"), Key("account.id", "uuid")))


async def list_accounts(conn: Connection, part: Slice) -> Page[AccountView]:
    """List all accounts, oldest first, in one statement; for operators only."""
    found = await fetch_slice(conn, _ACCOUNTS, _FROM_ACCOUNTS, SelectStatement([]), BY_AGE, part)
    return Page.of(found, _account)
