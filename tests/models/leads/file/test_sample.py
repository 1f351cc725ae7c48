"""The sample file as a whole: every row's outcome, and importing it twice."""

import csv
import io
import itertools
import tracemalloc
from collections import Counter
from pathlib import Path

import pytest

from models.leads.file import (
    ColumnMapping,
    ImportDefaults,
    LeadDraft,
    RefusedRow,
    check_defaults,
    map_columns,
    parse_row,
)
from models.leads.tables import LeadSource
from models.tabular.headed import FileRow, HeadedTable
from tests.models.leads.file.opening import open_lead_file

SAMPLE = Path(__file__).parents[3] / "data" / "leads-1000.csv"


def _defaults(region: str | None) -> ImportDefaults:
    checked = check_defaults(ImportDefaults(market="demo", category="Software", country="US", region=region))
    assert isinstance(checked, ImportDefaults)
    return checked


def _read(data: bytes, region: str | None = "US") -> list[LeadDraft | RefusedRow]:
    file = open_lead_file(io.BytesIO(data))
    mapping = map_columns(file.header)
    return [parse_row(row, mapping, _defaults(region)) for row in file.rows()]


@pytest.fixture(scope="module")
def outcomes() -> list[LeadDraft | RefusedRow]:
    return _read(SAMPLE.read_bytes())


def test_every_row_of_the_sample_becomes_a_lead(outcomes: list[LeadDraft | RefusedRow]) -> None:
    """All 2,000 numbers are possible in the US and all 2,000 addresses are valid, so no row is refused.

    322 of the numbers are possible only because 001 is read as +1. No note contains its contact's name.
    """
    drafts = [outcome for outcome in outcomes if isinstance(outcome, LeadDraft)]
    assert len(drafts) == len(outcomes) == 1000
    assert [draft.row for draft in drafts] == list(range(2, 1002))
    assert len({draft.identity_key for draft in drafts}) == 1000
    numbers = [phone for draft in drafts for phone in draft.contact.phones]
    assert len(numbers) == 2000
    assert all(number.e164.startswith("+1") and len(number.e164) == 12 for number in numbers)
    assert sum(number.extension is not None for number in numbers) == 1216
    assert sum(bool(draft.warnings) for draft in drafts) == 433  # first numbers in no assigned range
    assert all(draft.contact.email and len(draft.contact.other_emails) == 1 for draft in drafts)
    assert all(draft.title == "Software wanted" and len(draft.brief) >= 10 for draft in drafts)


def test_unknown_sources_of_the_sample_keep_their_text(outcomes: list[LeadDraft | RefusedRow]) -> None:
    drafts = [outcome for outcome in outcomes if isinstance(outcome, LeadDraft)]
    assert Counter(draft.source for draft in drafts) == {
        LeadSource.OTHER: 859,
        LeadSource.WEBINAR: 52,
        LeadSource.AGGREGATOR: 51,
        LeadSource.CHAT: 38,
    }
    assert sum(draft.source_text is None for draft in drafts) == 48  # sources that are "Other" in the file
    assert {"Podcast", "Facebook Ads", "Cold Email"} <= {draft.source_text for draft in drafts}


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ","), ("cp1252", ";"), ("utf-8", "\t")])
def test_the_sample_gives_the_same_leads_in_every_file_format(
    encoding: str, delimiter: str, outcomes: list[LeadDraft | RefusedRow]
) -> None:
    text = io.StringIO()
    with SAMPLE.open(encoding="utf-8", newline="") as sample:
        csv.writer(text, delimiter=delimiter).writerows(csv.reader(sample))
    assert _read(text.getvalue().encode(encoding)) == outcomes


def test_with_the_wrong_region_national_numbers_are_left_out_with_their_column() -> None:
    """National numbers cannot be read: a Danish number has eight digits.

    What remains is 553 rows with a country code in one of their numbers, and 8 whose ten digits begin with
    45, Denmark's code. The other rows keep only their address.
    """
    outcomes = _read(SAMPLE.read_bytes(), "DK")
    drafts = [outcome for outcome in outcomes if isinstance(outcome, LeadDraft)]
    without = [draft for draft in drafts if draft.contact.phone is None]
    assert (len(outcomes), len(drafts), len(without)) == (1000, 1000, 439)
    for draft in without:
        assert [str(warning).partition(":")[0] for warning in draft.warnings] == ["Phone 1", "Phone 2"]
        assert draft.contact.email


def _parse_many(file: HeadedTable, mapping: ColumnMapping, count: int) -> Counter[type]:
    rows = [row for row in file.rows() if isinstance(row, FileRow)]
    defaults = _defaults("US")
    outcomes = (parse_row(row, mapping, defaults) for row in itertools.islice(itertools.cycle(rows), count))
    return Counter(type(outcome) for outcome in outcomes)


def test_parsing_retains_nothing_of_earlier_rows() -> None:
    files = [open_lead_file(io.BytesIO(SAMPLE.read_bytes())) for _ in range(3)]
    mapping = map_columns(files[0].header)
    _parse_many(files[0], mapping, 10)  # loaded only once
    peaks = []
    for file, count in zip(files[1:], (100, 400), strict=True):
        tracemalloc.start()
        try:
            assert _parse_many(file, mapping, count) == {LeadDraft: count}
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    few, many = peaks
    assert many < few + 2**18, peaks
