"""`leadgate upgrade-check` finds sequences that logical replication left behind."""

import pytest

from cli.upgrading import SequenceError, states
from models.base.alone import session
from models.base.database import connection, fetch
from tests.support.command import Command
from tests.support.database import Database


async def test_every_sequence_is_compared(database: Database) -> None:
    """Those of defaults, those that a column owns, and those that only the code knows."""
    async with session(database.url, "test") as connected:
        found = await states(connected)
    assert {(each.name, each.column) for each in found} == {
        ("complaint_number", "complaint.number"),
        ("outbox_position", 'outbox_message."position"'),
        ("tortoise_migrations_id_seq", "tortoise_migrations.id"),
    }


async def test_a_sequence_that_stayed_behind_is_found_and_corrected_by_the_shown_sql(
    leadgate: Command, database: Database
) -> None:
    """As after logical replication: the rows have arrived, and the sequence begins anew."""
    shown = await leadgate("upgrade-check")
    assert (shown.code, shown.out) == (0, "No of 3 sequences would repeat numbers.\n")
    (row,) = await fetch(connection(), "SELECT max(id) AS highest FROM tortoise_migrations")
    await fetch(connection(), "ALTER SEQUENCE tortoise_migrations_id_seq RESTART")
    remedy = f"SELECT setval('tortoise_migrations_id_seq', {row['highest']})"
    shown = await leadgate("upgrade-check")
    assert (shown.code, shown.out) == (
        1,
        f"tortoise_migrations_id_seq is at 0, and tortoise_migrations.id has {row['highest']}:\n"
        f"    {remedy};\n"
        "1 of 3 sequences would repeat numbers.\n",
    )
    await fetch(connection(), remedy)
    assert (await leadgate("upgrade-check")).code == 0


@pytest.mark.parametrize(("numbers", "highest"), [(["C-000007", "C-000012"], 12), (["C-1234567"], 1_234_567)])
async def test_numbers_of_complaints_are_read_from_their_text(
    database: Database, numbers: list[str], highest: int
) -> None:
    async with session(database.url, "test") as connected:
        await connected.execute("SET session_replication_role = replica")  # only the numbers matter here
        for number in numbers:
            await connected.execute(
                """INSERT INTO complaint (id, version, number, account_id, policy_id, submitted_at,
                       submitted_by_id, decide_by)
                   VALUES (gen_random_uuid(), 1, $1, gen_random_uuid(), gen_random_uuid(), now(),
                       gen_random_uuid(), now())""",
                number,
            )
        await connected.execute("ALTER SEQUENCE complaint_number RESTART")
        (state,) = [each for each in await states(connected) if each.name == "complaint_number"]
        assert (state.is_behind, state.highest) == (True, highest)
        await connected.execute(state.remedy)
        assert await connected.fetchval("SELECT nextval('complaint_number')") == highest + 1


async def test_a_sequence_of_which_nothing_is_known_is_said(database: Database) -> None:
    """Its numbers would not be compared, so the command must not pass."""
    async with session(database.url, "test") as connected:
        await connected.execute("CREATE SEQUENCE grown_sequence")
        try:
            with pytest.raises(SequenceError, match="grown_sequence: compare"):
                await states(connected)
        finally:
            await connected.execute("DROP SEQUENCE grown_sequence")
