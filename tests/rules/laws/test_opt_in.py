"""Which places want consent before a first contact, by medium and day."""

from datetime import date

import pytest

from rules.contacting.terms import Medium
from rules.laws.opt_in import OPT_IN, consent_first, list_first

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("country", "part", "medium", "on", "needed"),
    [
        ("DE", "DE-BY", "CALL", TODAY, True),
        ("DE", None, "EMAIL", TODAY, True),
        ("AT", None, "CALL", TODAY, True),
        ("PL", None, "CALL", date(2024, 11, 10), True),
        ("RO", None, "SMS", TODAY, True),
        ("FR", None, "CALL", date(2026, 8, 10), False),
        ("FR", None, "CALL", date(2026, 8, 11), True),
        ("FR", None, "EMAIL", TODAY, True),
        ("ES", None, "CALL", date(2023, 6, 28), True),
        ("GB", None, "CALL", TODAY, False),
        ("GB", None, "EMAIL", TODAY, True),
        ("IT", None, "CALL", TODAY, False),
        ("US", None, "CALL", TODAY, False),
        ("US", "US-TX", "CALL", TODAY, False),
        ("US", "US-CT", "CALL", date(2023, 9, 30), False),
        ("US", "US-CT", "CALL", date(2023, 10, 1), True),
        ("US", None, "EMAIL", TODAY, False),
        ("US", None, "SMS", TODAY, True),
        ("JP", None, "CALL", TODAY, True),
        (None, None, "CALL", TODAY, True),
    ],
)
def test_each_law_applies_from_its_day_on(
    country: str | None, part: str | None, medium: str, on: date, needed: bool
) -> None:
    assert consent_first(country, part, medium, on) is needed


@pytest.mark.parametrize(
    ("country", "part", "medium", "on", "demanded"),
    [
        ("GB", None, "CALL", TODAY, True),
        ("GB", None, "EMAIL", TODAY, False),
        ("IT", None, "CALL", TODAY, True),
        ("US", "US-TX", "CALL", TODAY, True),
        ("US", "US-CT", "CALL", TODAY, False),
        ("US", None, "EMAIL", TODAY, False),
        ("FR", None, "CALL", date(2026, 8, 10), True),
        ("FR", None, "CALL", date(2026, 8, 11), False),
        ("DE", None, "CALL", TODAY, False),
        ("JP", None, "CALL", TODAY, False),
    ],
)
def test_some_laws_demand_lists_where_they_do_not_want_consent(
    country: str, part: str | None, medium: str, on: date, demanded: bool
) -> None:
    assert list_first(country, part, medium, on) is demanded


def test_no_law_demands_a_list_beside_consent() -> None:
    assert not [row.place for row in OPT_IN if row.needed and row.lists]


def test_what_no_row_names_needs_consent() -> None:
    for medium in Medium:
        assert consent_first("ZZ", None, medium.value, TODAY)


def test_rows_name_media_that_exist_and_a_source() -> None:
    for row in OPT_IN:
        assert set(row.media) <= {medium.value for medium in Medium}
        assert row.law
        assert row.source
