"""Lists of users, accounts and markets for the operator's commands; the API does not offer them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base.database import Connection, fetch

_USERS = """
    SELECT u.id, u.email, u.name, u.created_at, u.disabled_at, account.name AS account,
           u.password_hash IS NOT NULL AS password,
           array_remove(ARRAY[u.account_role, CASE WHEN u.prospect_id IS NOT NULL THEN 'PROSPECT' END,
                              CASE WHEN u.agent THEN 'AGENT' END, CASE WHEN u.operator THEN 'OPERATOR' END],
                        NULL) AS roles,
           ARRAY(SELECT issuer || ' ' || subject FROM external_identity WHERE user_id = u.id ORDER BY 1)
               AS identities
    FROM users u LEFT JOIN account ON account.id = u.account_id
    ORDER BY u.email"""
_ACCOUNTS = """
    SELECT account.id, account.name, account.plan, account.created_at, count(users.id) AS users
    FROM account LEFT JOIN users ON users.account_id = account.id
    GROUP BY account.id ORDER BY account.name, account.id"""
_MARKETS = """
    SELECT market.code, market.name,
           (SELECT version FROM policy WHERE market_id = market.id AND effective_from <= leadgate_clock()
            ORDER BY effective_from DESC LIMIT 1) AS policy
    FROM market ORDER BY market.code"""


@dataclass(frozen=True, slots=True)
class ListedUser:
    """A user; each of `identities` is an issuer and a subject, `password` says whether one is set."""

    id: UUID
    email: str
    name: str
    roles: tuple[str, ...]
    account: str | None
    password: bool
    identities: tuple[str, ...]
    created_at: datetime
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class ListedAccount:
    """A vendor's account and how many users it has."""

    id: UUID
    name: str
    plan: str
    users: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ListedMarket:
    """A market and the version of its policy that is in force."""

    code: str
    name: str
    policy: str | None


async def list_users(conn: Connection) -> list[ListedUser]:
    """Return all users by their address."""
    rows = [dict(row) for row in await fetch(conn, _USERS)]
    return [
        ListedUser(**{**row, "roles": tuple(row["roles"]), "identities": tuple(row["identities"])})
        for row in rows
    ]


async def list_accounts(conn: Connection) -> list[ListedAccount]:
    """Return all accounts by their name."""
    return [ListedAccount(**dict(row)) for row in await fetch(conn, _ACCOUNTS)]


async def list_markets(conn: Connection) -> list[ListedMarket]:
    """Return all markets by their code."""
    return [ListedMarket(**dict(row)) for row in await fetch(conn, _MARKETS)]
