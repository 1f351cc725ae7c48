"""Distinguishes a database that is unavailable or too slow from a fault in our own code."""

from asyncpg import InterfaceError, InternalClientError, PostgresError
from asyncpg.exceptions import InvalidAuthorizationSpecificationError, TargetServerAttributeNotMatched

RETRY_AFTER = 1  # seconds, sent to clients
# For whoever runs a command.
NOT_RESPONDING = (
    "DATABASE_URL: the database is not responding or is a standby: start it, or point DATABASE_URL to the "
    "primary"
)
NOT_ADMITTED = (
    "DATABASE_URL: PostgreSQL refuses this user or password: correct them, or admit the user in pg_hba.conf"
)
BEHIND_POOLER = (
    "DATABASE_URL_DIRECT: a connection pooler is between this command and PostgreSQL; set it to the address "
    "of PostgreSQL itself"
)
POOLER_REFUSES = (
    "DATABASE_POOLER: DATABASE_URL leads to a pooler that refuses settings of sessions; set DATABASE_POOLER "
    "to transaction"
)

READ_ONLY = "25006"
DISK_FULL = "53100"
TOOK_TOO_LONG = "57014"  # its statement_timeout, or somebody's pg_cancel_backend
_AWAY = frozenset(
    {
        READ_ONLY,
        DISK_FULL,
        "53300",  # too many connections
        "57P01",  # shut down by its administrator
        "57P02",  # shut down by a crash
        "57P03",  # starting, stopping or recovering
        "3D000",  # the database is being restored, or the address is wrong
        "28000",  # the role may no longer log in, or pg_hba.conf does not admit it
        "28P01",  # the password was changed while the process runs; a wrong one ends the start
    }
)
_CONNECTION_CLASS = "08"
# How asyncpg reports that a connection or the pool is closed; its other InterfaceErrors are our own mistakes.
_GONE = ("closed", "closing", "released back to the pool")


class Unavailable(Exception):  # noqa: N818 - named after the state, not a fault of ours
    """The database does not answer or does not accept changes; it is unknown whether anything was done."""

    def __init__(self, *, writing: bool = False) -> None:
        """Store whether the statement was to change something."""
        super().__init__("The database is not responding.")
        self.writing = writing


class TooSlow(Exception):  # noqa: N818 - as above
    """A statement exceeded its time limit and was cancelled."""

    def __init__(self, *, writing: bool = False) -> None:
        """Store whether the statement was to change something."""
        super().__init__("A database query took too long.")
        self.writing = writing


class StandbyError(ConnectionError):
    """The address leads to a standby, whose data may be too old for an answer."""


def pooler_refuses(error: BaseException | None) -> bool:
    """Return whether a pooler did not accept the settings of a session, as PgBouncer does by default."""
    while error is not None and "unsupported startup parameter" not in str(error):
        error = error.__cause__
    return error is not None


def refuses_user(error: BaseException | None) -> bool:
    """Return whether PostgreSQL did not admit the user, or refused the password."""
    while error is not None and not isinstance(error, InvalidAuthorizationSpecificationError):
        error = error.__cause__
    return error is not None


class NoTimeLimitError(ConnectionError):
    """The address leads to a pooler that drops the time limit of statements, and the role has none."""


def is_away(error: BaseException) -> bool:
    """Return whether an error in sending a statement, or in connecting, means that the database is
    unavailable.
    """
    if isinstance(error, PostgresError):
        state = sqlstate(error)
        return state in _AWAY or state.startswith(_CONNECTION_CLASS)
    if isinstance(error, InterfaceError):
        return any(word in str(error) for word in _GONE)
    if isinstance(error, InternalClientError) and not isinstance(error, TargetServerAttributeNotMatched):
        # The server ended the session while nothing was asked, and its socket is not closed yet.
        return "cannot switch to state" in str(error)
    if isinstance(error, RuntimeError):
        return "handler is closed" in str(error)  # uvloop's, for a transport closed meanwhile
    return isinstance(error, OSError | TargetServerAttributeNotMatched)


def sqlstate(error: BaseException) -> str:
    """Return the SQLSTATE of an error; empty if it has none."""
    state = getattr(error, "sqlstate", None)
    return state if isinstance(state, str) else ""
