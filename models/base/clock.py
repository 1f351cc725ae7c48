"""The database's clock, the only one used for decisions: clocks of servers and workers may be wrong."""

from datetime import UTC, datetime, timedelta

from models.base.database import Connection, fetch

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# In a list: `WITH {CLOCK}` and `{NOW}`, so that the clock is read once and an index on a time can be used.
CLOCK = "clock AS MATERIALIZED (SELECT leadgate_clock() AS now)"
NOW = "(SELECT now FROM clock)"
# The same in microseconds since 1970, for `instant`: an integer is read five times as fast.
NOW_US = "(SELECT (extract(epoch FROM now) * 1000000)::bigint FROM clock)"


def seconds(instant: str) -> str:
    """Return the SQL of an instant as seconds since 1970, for `datetime.fromtimestamp(…, UTC)`: the driver
    takes ten times as long for a `timestamptz`. Exact to the microsecond until the year 2242, so it is for
    instants that the clock has set.
    """
    return f"date_part('epoch', {instant})"


def instant(microseconds: int) -> datetime:
    """Return an instant (UTC, aware) so many microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=microseconds)


async def database_now(conn: Connection) -> datetime:
    """Return the instant now (UTC, aware) by the database's clock, not by the transaction's start."""
    rows = await fetch(conn, "SELECT leadgate_clock() AS now")
    now: datetime = rows[0]["now"]
    return now
