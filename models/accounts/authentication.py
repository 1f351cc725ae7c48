"""Turns a bearer token into the viewer who asks, with one SQL statement."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from asyncpg import Record

from models.accounts.tokens.access_token import AccessClaims, TokenIssuer
from models.accounts.tokens.claims import InvalidToken, TokenProblem, peek
from models.accounts.tokens.external import ExternalIssuers
from models.base.database import Connection, connection, fetch, fetch_one
from models.base.role import Role
from models.base.together import Together
from models.base.viewer import Viewer

MOST_REMEMBERED = 4_096  # users with their sessions; beyond it, the one remembered first is forgotten

USER_COLUMNS = """u.id, u.account_id, u.account_role, u.prospect_id, u.agent, u.operator, u.locale,
    u.time_zone, u.home_market_id, u.disabled_at IS NOT NULL AS disabled"""

# Of the user's row `u`: it changes with every column.
VERSION = "u.xmin::text::bigint"

# A session's id is that of its first refresh token, whose row says whether the session has ended: one look-up
# by primary key.
_BY_SESSION = f"""SELECT {USER_COLUMNS}, {VERSION} AS version, head.revoked_at IS NOT NULL AS ended
                  FROM users u JOIN refresh_token head ON head.id = $2 AND head.user_id = u.id
                  WHERE u.id = $1"""

_BY_SESSIONS = f"""SELECT asked.place, {USER_COLUMNS}, {VERSION} AS version,
                       head.revoked_at IS NOT NULL AS ended
                   FROM unnest($1::uuid[], $2::uuid[])
                       WITH ORDINALITY AS asked(user_id, session_id, place)
                   JOIN users u ON u.id = asked.user_id
                   JOIN refresh_token head ON head.id = asked.session_id AND head.user_id = u.id"""

_BY_IDENTITY = f"""SELECT {USER_COLUMNS}, {VERSION} AS version, false AS ended
                   FROM users u JOIN external_identity identity ON identity.user_id = u.id
                   WHERE identity.issuer = $1 AND identity.subject = $2"""

_CHANGED = f"""
    SELECT asked.place
    FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::text[])
        WITH ORDINALITY AS asked(user_id, version, session_id, issuer, subject, place)
    LEFT JOIN users u ON u.id = asked.user_id
    LEFT JOIN refresh_token head
        ON head.id = asked.session_id AND head.user_id = u.id AND head.revoked_at IS NULL
    LEFT JOIN external_identity identity
        ON identity.issuer = asked.issuer AND identity.subject = asked.subject AND identity.user_id = u.id
    WHERE {VERSION} IS DISTINCT FROM asked.version OR num_nonnulls(head.id, identity.id) = 0"""


class SignIn(NamedTuple):
    """What a token was found to stand for: a version of a user, and a session of ours or an identity of an
    external issuer.
    """

    user_id: UUID
    version: int
    session_id: UUID | None = None
    issuer: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Authenticated:
    """The viewer, and what the token stands for. Its session is the one that signing out ends: None for an
    external issuer's, which we cannot end.
    """

    viewer: Viewer
    sign_in: SignIn

    @property
    def session_id(self) -> UUID | None:
        """The session of ours."""
        return self.sign_in.session_id


async def authenticate(
    conn: Connection | None,
    token: str,
    issuer: TokenIssuer,
    external: ExternalIssuers | None,
    *,
    now: datetime,
    request_id: str | None = None,
    sessions: "Sessions | None" = None,
) -> Authenticated:
    """Check a bearer token and load its user, who must be enabled and, for one of our own tokens, still
    signed in. Without a connection, the pool is used.

    Raises `InvalidToken`. Costs one SQL statement, shared with others if they read the same `sessions`; none
    if the token is invalid.
    """
    # Not verified yet, so this only chooses between two checks, each of which fixes its keys and algorithms.
    said = peek(token)
    if said.issuer == issuer.name:
        claims = issuer.decode(token, now, said)
        if sessions is None:
            row = await fetch_one(conn or connection(), _BY_SESSION, claims.user_id, claims.session_id)
        else:
            row = await sessions.ask((claims.user_id, claims.session_id))
            sessions.remember((claims.user_id, claims.session_id), row)
        return _by_session(_checked(row, TokenProblem.ENDED), claims, request_id)
    if external is None:
        raise InvalidToken(TokenProblem.UNKNOWN_ISSUER)
    theirs = await external.decode(token, now)
    row = await fetch_one(conn or connection(), _BY_IDENTITY, theirs.issuer, theirs.subject)
    row = _checked(row, TokenProblem.UNKNOWN_USER)
    sign_in = SignIn(row["id"], row["version"], issuer=theirs.issuer, subject=theirs.subject)
    return Authenticated(_viewer(row, theirs.ends_at, request_id), sign_in)


def recall(
    token: str, issuer: TokenIssuer, sessions: "Sessions", *, now: datetime, request_id: str | None = None
) -> Authenticated | None:
    """Return the user of one of our own tokens as it was when it last was authenticated here, if it was.

    Whether the session has ended or the user has changed since then is not known: what is read for such a
    viewer must be read through `models.accounts.confirming`. Raises `InvalidToken` for an invalid or expired
    token.
    """
    said = peek(token)
    if said.issuer != issuer.name:
        return None
    claims = issuer.decode(token, now, said)
    row = sessions.recall((claims.user_id, claims.session_id))
    return None if row is None else _by_session(row, claims, request_id)


def _by_session(row: Record, claims: AccessClaims, request_id: str | None) -> Authenticated:
    sign_in = SignIn(row["id"], row["version"], claims.session_id)
    return Authenticated(_viewer(row, claims.ends_at, request_id), sign_in)


class Sessions(Together[tuple[UUID, UUID], Record | None]):
    """Reads the users and sessions of the requests that arrive while others are read together, and remembers
    the latest of them as they were.
    """

    def __init__(self) -> None:
        """Read from the pool; each statement begins after its requests have arrived."""
        super().__init__(_read_sessions, in_turn=True)
        self._recent: OrderedDict[tuple[UUID, UUID], Record] = OrderedDict()

    def remember(self, asked: tuple[UUID, UUID], row: Record | None) -> None:
        """Remember what was read of a user and a session; forget those of one that has ended."""
        if row is None or row["ended"] or row["disabled"]:
            self.forget(asked)
            return
        self._recent[asked] = row
        if len(self._recent) > MOST_REMEMBERED:
            self._recent.popitem(last=False)

    def recall(self, asked: tuple[UUID, UUID]) -> Record | None:
        """Return what was read last of a user and a session that had not ended."""
        return self._recent.get(asked)

    def forget(self, asked: tuple[UUID, UUID]) -> None:
        """Forget what was read, because it is no longer true."""
        self._recent.pop(asked, None)


async def _read_sessions(asked: Sequence[tuple[UUID, UUID]]) -> list[Record | None]:
    if len(asked) == 1:
        return [await fetch_one(connection(), _BY_SESSION, *asked[0])]
    rows = await fetch(connection(), _BY_SESSIONS, *[list(column) for column in zip(*asked, strict=True)])
    found: list[Record | None] = [None] * len(asked)
    for row in rows:
        found[row["place"] - 1] = row
    return found


async def changed_since(conn: Connection, sign_ins: Sequence[SignIn]) -> set[SignIn]:
    """Return those whose session has ended, or whose user has changed, since they were authenticated; in one
    statement. Whether one of them is still good is then found by `authenticate`.
    """
    rows = await fetch(conn, _CHANGED, *[list(column) for column in zip(*sign_ins, strict=True)])
    return {sign_ins[row["place"] - 1] for row in rows}


def _checked(row: Record | None, missing: TokenProblem) -> Record:
    if row is None:
        raise InvalidToken(missing)
    if row["ended"] or row["disabled"]:
        raise InvalidToken(TokenProblem.ENDED)
    return row


def _viewer(row: Record, ends_at: datetime, request_id: str | None) -> Viewer:
    return viewer_of(row, token_ends_at=ends_at, request_id=request_id)


async def find_user(conn: Connection, user_id: UUID) -> Viewer | None:
    """Return a user as a viewer, for a signed link; None if it is disabled, erased or unknown."""
    row = await fetch_one(
        conn,
        f"""SELECT {USER_COLUMNS} FROM users u LEFT JOIN prospect ON prospect.id = u.prospect_id
            WHERE u.id = $1 AND u.disabled_at IS NULL AND prospect.erased_at IS NULL""",
        user_id,
    )
    return None if row is None else viewer_of(row)


def viewer_of(row: Record, *, token_ends_at: datetime | None = None, request_id: str | None = None) -> Viewer:
    """Return the viewer of a row with `USER_COLUMNS`."""
    return Viewer(
        user_id=row["id"],
        account_id=row["account_id"],
        prospect_id=row["prospect_id"],
        roles=_roles(row["account_role"], row["prospect_id"] is not None, row["agent"], row["operator"]),
        locale=row["locale"],
        time_zone=row["time_zone"],
        home_market_id=row["home_market_id"],
        token_ends_at=token_ends_at,
        request_id=request_id,
    )


@cache
def _roles(account_role: str | None, prospect: bool, agent: bool, operator: bool) -> frozenset[Role]:
    roles = {Role(account_role)} if account_role is not None else set()
    links = {Role.PROSPECT: prospect, Role.AGENT: agent, Role.OPERATOR: operator}
    return frozenset(roles | {role for role, held in links.items() if held})
