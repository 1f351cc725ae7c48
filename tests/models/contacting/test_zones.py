"""Whose clock counts: what is known of a person, in order, and whose law applies."""

from typing import Any

import pytest

from models.contacting.regions import part_of, zones_of_part
from models.contacting.zones import Whereabouts, ZoneSource, whereabouts
from tests.models.contacting.support import (
    BERLIN_PHONE,
    GERMAN_MOBILE,
    MIAMI_PHONE,
    PARIS_PHONE,
    POLICY,
    TOLL_FREE,
    somebody,
)
from tests.rules.support import make_policy

TRUSTING = make_policy("trusting", contact={"distrust_area_codes": False})


def _where(policy: Any = POLICY, **known: object) -> Whereabouts:
    return whereabouts(somebody(**known), policy)


@pytest.mark.parametrize(
    ("known", "zones", "zone_from", "country"),
    [
        (
            {"time_zone": "Asia/Kathmandu", "time_zone_given": True, "country": "DE", "phone": PARIS_PHONE},
            ("Asia/Kathmandu",),
            ZoneSource.PERSON,
            "DE",
        ),
        (
            {"time_zone": "Asia/Kathmandu", "time_zone_given": True, "phone": PARIS_PHONE},
            ("Asia/Kathmandu",),
            ZoneSource.PERSON,
            "NP",
        ),
        ({"time_zone": "Asia/Kathmandu"}, ("Europe/Berlin",), ZoneSource.MARKET, "DE"),
        (
            {"time_zone": "Mars/Olympus", "time_zone_given": True, "phone": PARIS_PHONE},
            ("Europe/Paris",),
            ZoneSource.PHONE,
            "FR",
        ),
        ({"country": "PL", "phone": PARIS_PHONE}, ("Europe/Warsaw",), ZoneSource.ADDRESS, "PL"),
        (
            {"country": "US", "region": "Florida", "phone": PARIS_PHONE},
            ("America/New_York", "America/Chicago"),
            ZoneSource.ADDRESS,
            "US",
        ),
        ({"phone": BERLIN_PHONE, "lead_country": "PL"}, ("Europe/Berlin",), ZoneSource.PHONE, "DE"),
        ({"other_phones": (PARIS_PHONE,)}, ("Europe/Paris",), ZoneSource.PHONE, "FR"),
        (
            {"phone": BERLIN_PHONE, "other_phones": (PARIS_PHONE,)},
            ("Europe/Berlin",),
            ZoneSource.PHONE,
            "DE",
        ),
        ({"phone": GERMAN_MOBILE}, ("Europe/Berlin",), ZoneSource.COUNTRY, "DE"),
        ({"lead_country": "RO"}, ("Europe/Bucharest",), ZoneSource.COUNTRY, "RO"),
        ({"lead_country": "DE"}, ("Europe/Berlin",), ZoneSource.COUNTRY, "DE"),
        ({"phone": "+80012345678", "lead_country": "FR"}, ("Europe/Paris",), ZoneSource.COUNTRY, "FR"),
        ({"phone": "not a number"}, ("Europe/Berlin",), ZoneSource.MARKET, "DE"),
        ({"lead_country": "ZZ"}, ("Europe/Berlin",), ZoneSource.MARKET, "ZZ"),
        ({}, ("Europe/Berlin",), ZoneSource.MARKET, "DE"),
    ],
)
def test_the_first_that_says_something_counts(
    known: dict[str, object], zones: tuple[str, ...], zone_from: ZoneSource, country: str
) -> None:
    where = _where(**known)
    assert (where.zones, where.zone_from, where.country) == (zones, zone_from, country)


def test_a_north_american_area_code_says_only_the_country() -> None:
    where = _where(phone=MIAMI_PHONE)
    assert where.zone_from is ZoneSource.COUNTRY
    assert {"America/New_York", "America/Los_Angeles", "Pacific/Honolulu"} <= set(where.zones)
    assert where.anywhere


def test_area_codes_count_if_the_policy_trusts_them() -> None:
    where = _where(TRUSTING, phone=MIAMI_PHONE)
    assert (where.zones, where.zone_from) == (("America/New_York",), ZoneSource.PHONE)
    assert _where(TRUSTING, phone=MIAMI_PHONE, country="US").zones == ("America/New_York",)


def test_an_address_without_a_state_leaves_the_whole_country() -> None:
    where = _where(country="US", phone=PARIS_PHONE)
    assert where.zone_from is ZoneSource.COUNTRY
    assert len(where.zones) > 20


def test_a_toll_free_number_is_in_no_place() -> None:
    """It has 42 zones, from Adak to Guam, and no state's law applies to it."""
    where = _where(phone=TOLL_FREE)
    assert (len(where.zones), where.zone_from, where.country) == (42, ZoneSource.PHONE, "US")
    assert not where.anywhere
    assert _where(phone=TOLL_FREE, country="DE").zones == ("Europe/Berlin",)
    assert "Pacific/Guam" not in _where(phone=TOLL_FREE, country="US").zones


def test_a_known_part_leaves_nothing_open() -> None:
    where = _where(country="US", region="FL")
    assert (where.part, where.anywhere) == ("US-FL", False)
    assert _where(country="DE", region="Bayern").part == "DE-BY"


def test_no_contact_data_is_in_the_text_of_a_person() -> None:
    person = somebody(phone=BERLIN_PHONE, region="Bayern")
    assert BERLIN_PHONE not in f"{person!r} {person}"


@pytest.mark.parametrize(
    ("country", "region", "part"),
    [
        ("US", "Florida", "US-FL"),
        ("US", " fl ", "US-FL"),
        ("US", "US-FL", "US-FL"),
        ("US", "Washington, D.C.", "US-DC"),
        ("DE", "Bayern", "DE-BY"),
        ("DE", "Bavaria", "DE-BY"),
        ("DE", "BADEN WÜRTTEMBERG", "DE-BW"),
        ("DE", "Thuringen", "DE-TH"),
        ("GB", "Scotland", "GB-SCT"),
        ("CA", "Québec", "CA-QC"),
        ("DE", "Florida", None),
        ("DE", "", None),
        ("DE", None, None),
        (None, "Bayern", None),
        ("ZZ", "Bayern", None),
        ("DE", "Bayern" * 40, None),
    ],
)
def test_regions_are_read_as_people_write_them(
    country: str | None, region: str | None, part: str | None
) -> None:
    assert part_of(country, region) == part


def test_every_state_has_a_zone() -> None:
    states = {part_of("US", name) for name in ("Alaska", "Hawaii", "Texas", "Oregon", "Vermont")}
    assert all(zones_of_part(state) for state in states)
    assert zones_of_part("DE-BY") == ()
