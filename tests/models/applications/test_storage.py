"""A reveal changes a row where it is: no index holds what it changes, and there is room in the row's page."""

from models.base.database import connection, fetch
from models.deadlines.sweep import sweep
from models.process.wake import Silence
from tests.support.database import Database
from tests.support.marketplace import HOUR, Marketplace, apply
from tests.support.reading import row

# Also in the expressions and the conditions of indexes.
_INDEXED = """SELECT DISTINCT attname FROM pg_depend
    JOIN pg_index ON indexrelid = objid
    JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
    WHERE pg_depend.classid = 'pg_class'::regclass AND refobjid = 'application'::regclass"""


async def test_no_index_holds_what_a_reveal_changes(place: Marketplace, database: Database) -> None:
    made = await apply(place.vendor, place.lead)
    before = dict(await row("application", id=made))
    await database.clock.advance(49 * HOUR)
    await sweep(Silence())
    after = dict(await row("application", id=made))
    changed = {name for name, value in after.items() if value != before[name]}
    indexed = {one["attname"] for one in await fetch(connection(), _INDEXED)}
    assert "revealed_at" in changed
    assert {"lead_id", "declined_at", "proposed_by", "introduction_spans"} <= indexed
    assert changed & indexed == set()


async def test_half_of_each_page_is_free_for_changes(database: Database) -> None:
    rows = await fetch(
        connection(),
        "SELECT reloptions FROM pg_class WHERE oid IN ('application'::regclass, 'balance'::regclass)",
    )
    assert all("fillfactor=50" in one["reloptions"] for one in rows)
