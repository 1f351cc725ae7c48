"""A case that the database refuses does not block the others of its batch, or other subjects."""

from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from models.deadlines.sweep import sweep
from tests.support.complaints import PROVEN, QUIET, deliver, filed
from tests.support.database import Database
from tests.support.marketplace import HOUR, START, Marketplace, apply
from tests.support.reading import outcomes, row

LATE = START + 60 * 24 * HOUR

Refuse = Callable[[str, UUID], Awaitable[None]]


@pytest_asyncio.fixture(loop_scope="session")
async def refuse(database: Database) -> AsyncIterator[Refuse]:
    """Make the database refuse every change of one row of a table."""
    conn = await asyncpg.connect(database.url)

    async def one(table: str, row_id: UUID) -> None:
        await conn.execute(
            f"""CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    IF NEW.id = '{row_id}' THEN
                        RAISE EXCEPTION 'refused' USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER refuse_one BEFORE UPDATE ON {table}
                FOR EACH ROW EXECUTE FUNCTION refuse_one()"""
        )

    yield one
    await conn.execute("DROP FUNCTION IF EXISTS refuse_one() CASCADE")
    await conn.close()


async def _some(place: Marketplace) -> dict[str, list[UUID]]:
    """Create cases of each subject, by the table that their deadlines refer to."""
    complaints = [(await filed(place.vendor, [await deliver(place, place.vendor)]))[0] for _ in range(3)]
    remedies = [
        (await filed(place.vendor, [await deliver(place, place.vendor)], PROVEN))[1][0]["id"]
        for _ in range(3)
    ]
    applications = [
        await apply(vendor, lead)
        for vendor, lead in ((place.vendor, place.lead), (place.other_vendor, place.lead))
    ]
    return {"application": applications, "complaint": complaints, "remedy": remedies}


@pytest.mark.parametrize("table", ["application", "complaint", "remedy"])
async def test_only_the_refused_case_stays_due(
    place: Marketplace, database: Database, refuse: Refuse, table: str
) -> None:
    cases = await _some(place)
    faulty = cases[table][1]
    row_id = faulty
    if table == "remedy":
        row_id = (await row("remedy", item_id=faulty))["id"]
    await refuse(table, row_id)
    await database.clock.set(LATE)
    with capture_logs() as logs:
        await sweep(QUIET)
    assert [(one["table"], one["subject"]) for one in logs if one["event"] == "case_not_settled"] == [
        (table, str(faulty))
    ]
    waiting = {
        case for several in cases.values() for case in several if None in (await outcomes(case)).values()
    }
    assert waiting == {faulty}
