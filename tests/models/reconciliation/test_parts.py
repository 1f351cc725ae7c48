"""A part of the reconciliation finds what a full run finds, if it is new or of the night's accounts."""

from datetime import timedelta
from uuid import UUID

import pytest

from models.base.database import connection, fetch
from models.reconciliation import CHECKS, reconcile, reconcile_since
from models.reconciliation.part import NIGHTS, Part, limited
from models.reconciliation.runs import next_part
from tests.models.reconciliation.conftest import Books, Plant
from tests.models.reconciliation.test_reconciliation import PLANTED, checks_of
from tests.support.command import Command
from tests.support.database import Database
from tests.support.marketplace import START, apply, make_lead

FIRST, LAST = UUID(int=0), UUID(int=2**128 - 1)
ALWAYS = START - timedelta(days=365)
NEVER = START + timedelta(days=365)
ALL_NEW = Part(FIRST, ALWAYS, night=1, nights=1)  # no account is of a night that there is not
ALL_ACCOUNTS = Part(LAST, NEVER, night=0, nights=1)
NOTHING = Part(LAST, NEVER, night=1, nights=1)
# What a part sees of new rows is another check than that of all rows of an account.
NEW = {
    "balances_equal_postings": "balances_end_with_their_movements",
    "feeds_have_no_gap": "new_events_follow_each_other",
}


@pytest.mark.parametrize("part", [ALL_NEW, ALL_ACCOUNTS, NOTHING])
async def test_healthy_books_have_no_findings_in_any_part(books: Books, part: Part) -> None:
    """Nor has any single night, whichever accounts are of it."""
    for night in [part, *(Part(part.since, part.changed_since, one) for one in range(NIGHTS))]:
        report = await reconcile(part=night)
        assert report.findings == ()
        assert {check.name for check in CHECKS} <= set(report.counts)


@pytest.mark.parametrize(("check", "sql", "fate"), PLANTED)
async def test_what_is_planted_is_found_in_the_night_of_its_account_and_while_it_is_new(
    books: Books, plant: Plant, check: str, sql: str, fate: str
) -> None:
    await plant(sql, str(getattr(books, fate)))
    assert check in checks_of(await reconcile(part=ALL_ACCOUNTS))
    found = checks_of(await reconcile(part=ALL_NEW))
    assert check in found or NEW.get(check) in found


async def test_what_is_old_waits_for_its_night(books: Books, plant: Plant) -> None:
    """It is found in exactly one of thirty."""
    await plant("UPDATE balance SET available = available + 1 WHERE account_id = $1", books.vendor.id)
    assert checks_of(await reconcile(part=NOTHING)) == set()
    found = [checks_of(await reconcile(part=Part(LAST, NEVER, night))) for night in range(NIGHTS)]
    assert sorted(map(bool, found)) == [False] * (NIGHTS - 1) + [True]


async def test_a_night_looks_at_what_the_last_good_run_has_seen_as_new(
    books: Books, database: Database
) -> None:
    """The first two look at everything; one with findings is no good run."""
    assert await next_part(connection()) is None
    for _ in range(2):
        await reconcile_since()
    first, second = await _runs()
    part = await next_part(connection())
    assert part is not None
    assert (part.since, part.night) == (first, 0)
    await reconcile_since()
    part = await next_part(connection())
    assert part is not None
    assert (part.since, part.night) == (second, 1)
    await database.plant(
        "UPDATE balance SET movements = movements + 1 WHERE account_id = $1", books.vendor.id
    )
    await apply(books.vendor, await make_lead(books.market, books.prospect))
    assert (await reconcile_since()).findings != ()
    part = await next_part(connection())
    assert part is not None
    assert (part.since, part.night) == (second, 2)


async def test_the_nights_of_a_month_look_at_every_account_once(books: Books) -> None:
    for _ in range(2 + NIGHTS):
        await reconcile_since()
    rows = await fetch(
        connection(), "SELECT night FROM reconciliation_run WHERE night IS NOT NULL ORDER BY id"
    )
    assert [row["night"] for row in rows] == list(range(NIGHTS))


# They read what is few, or is forgotten: complaints, calls and what waits.
UNLIMITED = {
    "waiting_deadlines_are_swept",
    "deadlines_overdue",
    "accepted_items_have_their_remedy",
    "remedies_were_given",
    "complaints_are_decided_with_their_last_item",
    "upheld_no_consent_stops_contact",
    "smart_data_searches_end",
    "ended_calls_are_told",
    "notices_match_their_decisions",
    "call_texts_have_one_notice",
}


def test_every_check_of_what_grows_for_ever_is_limited_in_a_part() -> None:
    """A new check says to which rows, or is named here."""
    statements = {check.name: check.sql if isinstance(check.sql, str) else check.sql() for check in CHECKS}
    assert {name for name, sql in statements.items() if limited(sql) == sql} == UNLIMITED


async def test_the_command_checks_a_part_or_everything(books: Books, leadgate: Command) -> None:
    for words in (("reconcile",), ("reconcile", "--all"), ("reconcile", "--since")):
        shown = await leadgate(*words)
        assert shown.code == 0, shown.err
    rows = await fetch(connection(), "SELECT night FROM reconciliation_run ORDER BY id")
    assert [row["night"] for row in rows] == [None, None, 0]


async def _runs() -> list[UUID]:
    return [row["id"] for row in await fetch(connection(), "SELECT id FROM reconciliation_run ORDER BY id")]
