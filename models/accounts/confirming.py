"""Reading for a viewer who was authenticated a moment ago: the statement that reads confirms the session.

Looking up the session beforehand would be one more round trip per request. Here the condition that it has not
ended, and that its user has not changed, is part of the statement: no row is read otherwise, and it holds
for the very snapshot that the rows are from.
"""

from functools import lru_cache
from types import TracebackType
from typing import Any, cast

from asyncpg import Record

from models.accounts.authentication import VERSION, SignIn
from models.base.database import Connection


class Unconfirmed(Exception):  # noqa: N818 - control flow: authenticate, then read again
    """A statement returned no rows: the session has ended, the user has changed, or there are none."""


@lru_cache(maxsize=1_000)
def _with_condition(sql: str, values: int) -> str:
    """Return a statement with the condition, as one that is evaluated once, before anything is read."""
    user, session, version = (f"${values + place}" for place in (1, 2, 3))
    return f"""SELECT page.* FROM ({sql}) AS page
        WHERE (SELECT EXISTS (SELECT FROM users u
            JOIN refresh_token head ON head.id = {session}::uuid AND head.user_id = u.id
            WHERE u.id = {user}::uuid AND {VERSION} = {version}::bigint
              AND u.disabled_at IS NULL AND head.revoked_at IS NULL))"""


class Confirming:
    """Confirms a sign-in with the first statement that returns rows; until then, one without rows raises
    `Unconfirmed`.
    """

    __slots__ = ("_conn", "_sign_in", "confirmed")

    def __init__(self, conn: Connection, sign_in: SignIn) -> None:
        """Take the connection to read from, and the sign-in, which is a session of ours."""
        self._conn, self._sign_in = conn, sign_in
        self.confirmed = False

    @property
    def conn(self) -> Connection:
        """The connection for `fetch`; its statements are SELECTs."""
        return self._conn if self.confirmed else cast("Connection", self)

    def acquire_connection(self) -> "_Turn":
        """Return a connection for one statement."""
        return _Turn(self, self._conn.acquire_connection())


class _Turn:
    """A connection for one statement."""

    __slots__ = ("_confirming", "_raw", "_turn")

    def __init__(self, confirming: Confirming, turn: Any) -> None:
        self._confirming, self._turn = confirming, turn

    async def __aenter__(self) -> "_Turn":
        self._raw = await self._turn.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._turn.__aexit__(kind, error, trace)

    async def fetch(self, sql: str, *values: object) -> list[Record]:
        """Run a SELECT, with the condition unless it was confirmed meanwhile."""
        rows: list[Record]
        if self._confirming.confirmed:
            rows = await self._raw.fetch(sql, *values)
            return rows
        asking = self._confirming._sign_in
        rows = await self._raw.fetch(
            _with_condition(sql, len(values)), *values, asking.user_id, asking.session_id, asking.version
        )
        if not rows:
            raise Unconfirmed
        self._confirming.confirmed = True
        return rows
