"""The import action: batches, duplicates, interruption, two concurrent imports, and constant memory."""

import asyncio
import io
import tracemalloc
from pathlib import Path

import pytest

from models.base.database import connection
from models.base.refusal import RefusalCode
from models.base.viewer import ANONYMOUS
from models.leads.file import ImportDefaults
from models.leads.import_file import BATCH, ImportedRow, ImportReport, RowOutcome, import_leads
from models.tables import Lead, Prospect, User
from tests.models.leads.import_file.files import SAMPLE, made, write
from tests.support.invariants import snapshot
from tests.support.marketplace import START, Marketplace, make_market
from tests.support.reading import refused, row, rows_of

DEFAULTS = ImportDefaults(market="main", country="US", region="US", category="Software")


class _StoppedError(Exception):
    pass


async def _import(place: Marketplace, data: bytes, rows: list[ImportedRow] | None = None) -> ImportReport:
    return await import_leads(
        place.operator,
        io.BytesIO(data),
        defaults=DEFAULTS,
        mapping={},
        on_row=(rows if rows is not None else []).append,
    )


def _counts(report: ImportReport) -> tuple[int, int, int]:
    return tuple(report.counts[outcome] for outcome in RowOutcome)  # type: ignore[return-value]


async def test_the_sample_becomes_a_thousand_leads_once(place: Marketplace) -> None:
    """With separate contact data, for prospects without users; a second import creates nothing."""
    users = await User.all().count()
    rows: list[ImportedRow] = []
    report = await _import(place, SAMPLE.read_bytes(), rows)
    assert _counts(report) == (1000, 0, 0)
    assert report.ignored_columns == ("Index", "Lead Owner", "Website", "Deal Stage")
    assert [one.row for one in rows] == list(range(2, 1002))
    assert sum(bool(one.warnings) for one in rows) == 433
    assert await Lead.all().count() == 1001
    assert await Prospect.all().count() == 1002
    assert await User.all().count() == users
    lead = await row("lead", id=rows[0].lead_id)
    assert (lead["title"], lead["fee"], lead["published_at"]) == ("Software wanted", 10, START)
    contact = await row("contact", lead_id=rows[0].lead_id)
    assert (contact["full_name"], contact["phone"]) == ("Parker Brennan", "+17066026773")
    after = await snapshot(connection())
    again: list[ImportedRow] = []
    assert _counts(await _import(place, SAMPLE.read_bytes(), again)) == (0, 1000, 0)
    assert [one.lead_id for one in again] == [one.lead_id for one in rows]
    assert await snapshot(connection()) == after


async def test_a_row_twice_in_a_file_is_one_lead(place: Marketplace) -> None:
    """In one batch and across two."""
    lines = made(BATCH + 20).splitlines(keepends=True)
    data = b"".join([*lines, lines[2], lines[3]])
    rows: list[ImportedRow] = []
    report = await _import(place, data, rows)
    assert _counts(report) == (468, 2, 52)
    assert [one.lead_id for one in rows[-2:]] == [rows[1].lead_id, rows[2].lead_id]
    short = b"".join([lines[0], lines[2], lines[2]])
    assert _counts(await _import(place, short)) == (0, 2, 0)


async def test_an_interrupted_import_can_be_repeated(place: Marketplace) -> None:
    """The stored batches are then duplicates; each lead exists once."""
    data = made(3 * BATCH)
    seen: list[int] = []

    def stop(done: int, size: int) -> None:
        assert 0 < done <= size == len(data)
        seen.append(done)
        if len(seen) == 2:
            raise _StoppedError

    with pytest.raises(_StoppedError):
        await import_leads(
            place.operator,
            io.BytesIO(data),
            defaults=DEFAULTS,
            mapping={},
            on_row=lambda _: None,
            on_progress=stop,
        )
    assert await Lead.all().count() == 901
    assert _counts(await _import(place, data)) == (450, 900, 150)
    assert await Lead.all().count() == 1351


async def test_a_cancelled_import_leaves_whole_batches(place: Marketplace) -> None:
    """As by Ctrl-C at any moment: there is no lead without its contact."""
    data = made(6 * BATCH)
    began = asyncio.Event()
    task = asyncio.create_task(
        import_leads(
            place.operator,
            io.BytesIO(data),
            defaults=DEFAULTS,
            mapping={},
            on_row=lambda _: None,
            on_progress=lambda *_: began.set(),
        )
    )
    await began.wait()
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    stored = await Lead.all().count() - 1
    assert stored % 450 == 0
    assert len(await rows_of("contact")) == stored + 1
    created, duplicates, refusals = _counts(await _import(place, data))
    assert (created, duplicates, refusals) == (2700 - stored, stored, 300)


async def test_two_concurrent_imports_of_one_file_create_each_lead_once(place: Marketplace) -> None:
    """Each batch of one import waits for the other import."""
    data = made(4 * BATCH)
    reports = await asyncio.gather(*(_import(place, data) for _ in range(2)))
    assert sum(report.counts[RowOutcome.CREATED] for report in reports) == 1800
    assert sum(report.counts[RowOutcome.DUPLICATE] for report in reports) == 1800
    assert await Lead.all().count() == 1801
    assert await Prospect.all().count() == 1802


async def test_the_same_file_in_another_market_creates_other_leads(place: Marketplace) -> None:
    """A lead belongs to one market."""

    await make_market("other")
    assert _counts(await _import(place, made(20))) == (18, 0, 2)
    other = await import_leads(
        place.operator,
        io.BytesIO(made(20)),
        defaults=ImportDefaults(market="other", country="US"),
        mapping={},
        on_row=lambda _: None,
    )
    assert _counts(other) == (18, 0, 2)


async def test_only_operators_can_import(place: Marketplace) -> None:
    """Nobody else's file is read."""
    before = await snapshot(connection())
    for viewer in (ANONYMOUS, place.vendor.owner, place.prospect.viewer, place.agent):
        call = import_leads(viewer, io.BytesIO(b"\x00"), defaults=DEFAULTS, mapping={}, on_row=lambda _: None)
        await refused(call, RefusalCode.FORBIDDEN)
    assert await snapshot(connection()) == before


async def test_memory_does_not_grow_with_the_file(place: Marketplace, tmp_path: Path) -> None:
    """No more than a batch is in memory: four times the rows need the same memory."""
    await _import(place, made(20))  # loaded only once
    peaks = []
    for size in (BATCH, 4 * BATCH):
        path = write(tmp_path / f"{size}.csv", size)
        with path.open("rb") as stream:
            tracemalloc.start()
            try:
                await import_leads(
                    place.operator, stream, defaults=DEFAULTS, mapping={}, on_row=lambda _: None
                )
                peaks.append(tracemalloc.get_traced_memory()[1])
            finally:
                tracemalloc.stop()
    small, large = peaks
    assert large < small + 2**20, peaks
    assert large < 20 * 2**20, peaks
