"""The dated tables of calling hours: what they hold, that slips are found, that laws are checked in time."""

import warnings
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from rules import production_parameters
from rules.laws.calling_hours import HOURS_TABLES, HoursRow, hours_rows
from rules.laws.calling_hours.row import Spans, each_day, weekdays
from rules.laws.checking import GOOD_FOR, NOTICE, checks_due
from rules.laws.opt_in import OPT_IN

NEWEST = hours_rows(HOURS_TABLES[-1])
HOUR = 60


def _hours(begin: int, until: int) -> Spans:
    return ((begin * HOUR, until * HOUR),)


def test_the_policy_names_the_newest_table() -> None:
    assert production_parameters()["contact"]["hours_table"] == HOURS_TABLES[-1]
    assert list(HOURS_TABLES) == sorted(HOURS_TABLES)


def test_no_law_was_last_checked_more_than_a_year_ago() -> None:
    """By the real date, on purpose: laws change. For two months before, this and `rules check` say so."""
    today = datetime.now(UTC).date()
    assert not checks_due(today), "\n".join(checks_due(today))
    for notice in checks_due(today + NOTICE):
        warnings.warn(notice, stacklevel=1)


def test_a_check_is_due_the_day_after_a_year() -> None:
    oldest = min([row.checked_on for row in NEWEST.values()] + [row.checked_on for row in OPT_IN])
    assert checks_due(oldest + GOOD_FOR) == []
    due = checks_due(oldest + GOOD_FOR + timedelta(days=1))
    assert len(due) == len(NEWEST) + len(OPT_IN)
    assert all(f"by {oldest + GOOD_FOR}" in sentence for sentence in due)


@pytest.mark.parametrize(
    ("place", "monday", "saturday", "sunday", "holidays_closed"),
    [
        ("US", _hours(8, 21), _hours(8, 21), _hours(8, 21), False),
        ("US-*", _hours(9, 20), _hours(9, 20), (), True),
        ("US-FL", _hours(8, 20), _hours(8, 20), _hours(8, 20), False),
        ("US-AL", _hours(8, 20), _hours(8, 20), (), True),
        ("US-LA", _hours(8, 20), _hours(8, 20), (), True),
        ("US-CT", _hours(9, 20), _hours(9, 20), _hours(9, 20), False),
        ("US-KY", _hours(10, 21), _hours(10, 21), _hours(10, 21), False),
        ("US-MA", _hours(8, 20), _hours(8, 20), _hours(8, 20), False),
        ("FR", _hours(10, 13) + _hours(14, 20), (), (), True),
        ("ES", _hours(9, 21), (), (), True),
        ("IT", _hours(9, 20), _hours(10, 19), (), True),
    ],
)
def test_each_law_has_its_hours(
    place: str, monday: Spans, saturday: Spans, sunday: Spans, holidays_closed: bool
) -> None:
    row = NEWEST[place]
    assert row.week is not None
    assert row.week == (monday,) * 5 + (saturday, sunday)
    assert row.holidays_closed == holidays_closed


@pytest.mark.parametrize("place", ["GB", "DE", "AT", "PL", "RO"])
def test_where_the_law_names_no_hours_the_policys_apply(place: str) -> None:
    assert NEWEST[place].week is None
    assert NEWEST[place].law


def test_only_two_laws_count_calls() -> None:
    counted = {
        row.place: (row.most_calls, row.period_days) for row in NEWEST.values() if row.most_calls is not None
    }
    assert counted == {"US-FL": (3, 1), "FR": (4, 30)}


def test_every_place_of_the_newest_table_is_tested() -> None:
    marks = test_each_law_has_its_hours.pytestmark  # type: ignore[attr-defined]
    tested = {case[0] for case in marks[0].args[1]} | {"GB", "DE", "AT", "PL", "RO"}
    assert tested == set(NEWEST)


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": "us"},
        {"place": "USA"},
        {"source": ""},
        {"week": each_day(8, 25)},
        {"week": each_day(9, 9)},
        {"week": each_day(0, 24)},
        {"week": weekdays((10, 13), (13, 20))},
        {"week": weekdays((14, 20), (10, 13))},
        {"week": weekdays((10, 13), saturday=((-1, 60),))},
        {"eves": ((600, 600),)},
        {"most_calls": 3},
        {"period_days": 1},
    ],
)
def test_a_slip_in_a_row_is_found_when_the_table_is_loaded(wrong: dict[str, Any]) -> None:
    right: dict[str, Any] = {
        "place": "US-FL",
        "week": each_day(8, 20),
        "holidays_closed": False,
        "law": "a law",
        "source": "a source",
        "checked_on": date(2026, 11, 29),
    }
    assert HoursRow(**right).place == "US-FL"
    with pytest.raises(ValueError, match=r"^(us|USA|US-FL): "):
        HoursRow(**(right | wrong))


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(KeyError):
        hours_rows("1999-12")
