"""Checks whether the demo may be seeded in a database, and which of its users have the known password."""

import asyncio

from models.accounts.passwords import Passwords
from models.base.database import Connection, fetch, fetch_one
from models.seed.people import PASSWORD, USERS, DemoUser

_EMAILS = [user.email for user in USERS]
_LAID = """SELECT (SELECT count(*) FROM users WHERE email = ANY($1)) = $2 AS demo,
                  NOT EXISTS (SELECT FROM users) AND NOT EXISTS (SELECT FROM account)
                  AND NOT EXISTS (SELECT FROM lead) AS empty"""
_ENABLED = """SELECT email, password_hash FROM users
              WHERE email = ANY($1) AND disabled_at IS NULL AND password_hash IS NOT NULL ORDER BY email"""


async def may_seed(conn: Connection) -> bool:
    """Return whether a database is empty, or has all of the demo's users already, so that none is added."""
    row = await fetch_one(conn, _LAID, _EMAILS, len(_EMAILS))
    return row is not None and bool(row["demo"] or row["empty"])


async def enabled_users(conn: Connection) -> list[DemoUser]:
    """Return the demo's users who exist here and can sign in, in the order of the demo."""
    rows = await fetch(conn, "SELECT email FROM users WHERE email = ANY($1) AND disabled_at IS NULL", _EMAILS)
    found = {row["email"] for row in rows}
    return [user for user in USERS if user.email in found]


class KnownPassword:
    """Finds the demo's users who still have the demo's password, which is in the README."""

    def __init__(self, passwords: Passwords) -> None:
        """Use this hasher; each stored hash is compared only once, because that takes a tenth of a second."""
        self._passwords = passwords
        self._judged: dict[str, asyncio.Task[bool]] = {}

    async def users(self, conn: Connection) -> list[str]:
        """Return their addresses. If a caller gives up waiting, the comparison continues."""
        rows = await fetch(conn, _ENABLED, _EMAILS)
        return [row["email"] for row in rows if await asyncio.shield(self._judge(row["password_hash"]))]

    def _judge(self, stored: str) -> "asyncio.Task[bool]":
        known = self._judged.get(stored)
        if known is None or (known.done() and (known.cancelled() or known.exception())):
            known = self._judged[stored] = asyncio.create_task(self._is_known(stored))
        return known

    async def _is_known(self, stored: str) -> bool:
        return (await self._passwords.compare(stored, PASSWORD)).right
