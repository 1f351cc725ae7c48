"""Plans of statements that do not depend on what other tests have left in the planner's statistics."""

from models.base.database import Connection, fetch


async def as_never_analyzed(conn: Connection, *tables: str) -> None:
    """Let the planner know as little of these tables as after their creation: with statistics of a table that
    was empty when it was analyzed, all indexes cost the same.
    """
    await fetch(
        conn,
        """UPDATE pg_class SET relpages = 0, reltuples = -1
           WHERE oid = ANY($1::text[]::regclass[])
              OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = ANY($1::text[]::regclass[]))""",
        [*tables],
    )
    await fetch(conn, "DELETE FROM pg_statistic WHERE starelid = ANY($1::text[]::regclass[])", [*tables])
