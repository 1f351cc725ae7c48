"""Permissions of the five media: from what is known of a person to decisions, hours and counts."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.base.refusal import LANGUAGES
from models.contacting.law_words import law_text
from models.contacting.permissions import MediumPermissionView, permissions
from models.contacting.zones import ZoneSource
from rules.contacting.terms import ConsentState, ContactBasis, ContactPurpose, Medium
from tests.models.contacting.support import (
    BERLIN_PHONE,
    GERMAN_MOBILE,
    MIAMI_PHONE,
    PARIS_PHONE,
    POLICY,
    TOLL_FREE,
    somebody,
    utc,
)
from tests.rules.support import make_policy

LEAD, OFFER = ContactPurpose.THE_LEAD, ContactPurpose.OTHER_OFFER
NEWS, SERVICE = ContactPurpose.NEWSLETTER, ContactPurpose.SERVICE
CALL, SMS, EMAIL, CHAT, MEETING = Medium
WEDNESDAY = utc("2026-12-02 15:00")
MICROSECOND, HOUR, DAY = timedelta(microseconds=1), timedelta(hours=1), timedelta(days=1)
REACHED: dict[str, Any] = {"email": True, "chat": True, "meeting": True}
Answer = tuple[str, str, datetime | None]


def _all(
    at: datetime = WEDNESDAY, purpose: ContactPurpose = LEAD, policy: Any = POLICY, **known: Any
) -> dict[Medium, MediumPermissionView]:
    return {view.medium: view for view in permissions(somebody(**known), purpose, at, policy)}


def _call(at: datetime = WEDNESDAY, **known: Any) -> Answer:
    """Return the verdict, the rule and the next change of the permission to call."""
    permission = _all(at, **known)[CALL].permission
    return permission.verdict.value, permission.rule_id, permission.changes_at


def test_the_five_media_come_in_their_order() -> None:
    found = permissions(somebody(phone=BERLIN_PHONE), LEAD, WEDNESDAY, POLICY)
    assert [view.medium for view in found] == list(Medium)


def test_who_asked_for_offers_may_be_contacted_in_every_way_that_is_known() -> None:
    found = _all(phone=BERLIN_PHONE, **REACHED)
    assert {view.permission.verdict.value for view in found.values()} == {"ALLOWED"}
    assert {view.right.rule_id for view in found.values()} == {"asked_for_offers"}


def test_what_is_not_known_is_no_way_to_contact_somebody() -> None:
    found = _all(email=True)
    assert {medium for medium, view in found.items() if view.right.rule_id == "no_address_for_it"} == {
        CALL,
        SMS,
        CHAT,
        MEETING,
    }


def test_a_number_that_costs_its_callers_gets_no_text_message() -> None:
    found = _all(phone="+499001234567")
    assert found[SMS].right.rule_id == "no_address_for_it"
    assert found[CALL].right.rule_id == "asked_for_offers"


@pytest.mark.parametrize(
    ("phone", "zone"),
    [
        (BERLIN_PHONE, "Europe/Berlin"),
        (PARIS_PHONE, "Europe/Paris"),
        ("+97714123456", "Asia/Kathmandu"),
        ("+390612345678", "Europe/Rome"),
    ],
)
def test_a_call_is_allowed_until_the_last_microsecond(phone: str, zone: str) -> None:
    close = datetime(2026, 12, 2, 20, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert _call(close - MICROSECOND, phone=phone) == ("ALLOWED", "may_be_called_now", close)
    verdict, rule, changes = _call(close, phone=phone)
    assert (verdict, rule) == ("WAIT", "outside_hours")
    assert changes is not None
    assert _call(changes - MICROSECOND, phone=phone)[0] == "WAIT"
    assert _call(changes, phone=phone)[0] == "ALLOWED"


@pytest.mark.parametrize("day", ["2026-03-08", "2026-03-09", "2026-10-31", "2026-11-01"])
def test_nine_in_the_evening_is_nine_by_the_clock_of_the_place_around_summer_time(day: str) -> None:
    """S3 (e): ALLOWED at 20:59:59.999999 and WAIT at 21:00:00, in Kentucky."""
    zone = ZoneInfo("America/New_York")
    known: dict[str, Any] = {
        "phone": MIAMI_PHONE,
        "country": "US",
        "region": "Kentucky",
        "time_zone": zone.key,
        "time_zone_given": True,
    }
    close = datetime.fromisoformat(f"{day} 21:00").replace(tzinfo=zone)
    assert _call(close.astimezone(UTC) - MICROSECOND, **known)[0] == "ALLOWED"
    assert _call(close.astimezone(UTC), **known)[:2] == ("WAIT", "outside_hours")


def test_hours_say_where_they_come_from() -> None:
    hours = _all(phone=GERMAN_MOBILE)[CALL].hours
    assert hours is not None
    assert hours.opens_at == utc("2026-12-02 08:00")
    assert hours.closes_at == utc("2026-12-02 19:00")
    assert hours.local_time == "16:00"
    assert hours.zones == ("Europe/Berlin",)
    assert hours.zone_from is ZoneSource.COUNTRY
    assert "§ 7 UWG" in hours.law
    assert "counsel" in hours.law
    assert f"{hours.checked_on:%Y-%m}" == POLICY.contact.hours_table


def test_only_calls_and_text_messages_have_hours() -> None:
    found = _all(phone=BERLIN_PHONE, **REACHED)
    assert {medium for medium, view in found.items() if view.hours is not None} == {CALL, SMS}
    night = _all(utc("2026-12-02 23:00"), phone=BERLIN_PHONE, **REACHED)
    allowed = {medium for medium, view in night.items() if view.permission.verdict.value == "ALLOWED"}
    assert allowed == {EMAIL, CHAT, MEETING}


def test_several_zones_show_the_earliest_and_the_latest_time() -> None:
    hours = _all(phone=TOLL_FREE)[CALL].hours
    assert hours is not None
    assert hours.local_time == "04:00\u201301:00"  # Adak, and Guam on the next day
    assert hours.opens_at == utc("2026-12-02 22:00")


def test_zones_without_common_hours_wait_without_end() -> None:
    policy = make_policy("short", contact={"house_hours_from": 600, "house_hours_until": 660})
    found = _all(policy=policy, phone="+78001234567")[CALL]  # toll-free, from Kaliningrad to Kamchatka
    assert found.permission.rule_id == "no_common_hours"
    assert found.permission.changes_at is None
    assert found.hours is not None
    assert (found.hours.opens_at, found.hours.closes_at) == (None, None)


def test_a_stop_of_a_medium_leaves_the_others() -> None:
    found = _all(phone=BERLIN_PHONE, stopped=frozenset({CALL}), **REACHED)
    forbidden = {medium for medium, view in found.items() if view.permission.verdict.value == "FORBIDDEN"}
    assert forbidden == {CALL}
    assert found[CALL].right.rule_id == "not_by_this_medium"


def test_a_stop_of_everything_leaves_what_is_owed() -> None:
    stopped = _all(phone=BERLIN_PHONE, all_stopped=True, **REACHED)
    assert {view.right.rule_id for view in stopped.values()} == {"do_not_contact"}
    owed = _all(purpose=SERVICE, phone=BERLIN_PHONE, all_stopped=True, **REACHED)
    assert owed[EMAIL].permission.verdict.value == "ALLOWED"
    assert owed[CALL].right.rule_id == "service_is_written"


def test_an_erased_person_is_contacted_for_nothing() -> None:
    for purpose in ContactPurpose:
        found = _all(purpose=purpose, phone=BERLIN_PHONE, erased=True, all_stopped=True, **REACHED)
        assert {view.right.rule_id for view in found.values()} == {"person_erased"}


def test_advertising_needs_a_consent_to_this_medium() -> None:
    consents = {(NEWS, EMAIL): ConsentState.GRANTED, (OFFER, CALL): ConsentState.PENDING}
    news = _all(purpose=NEWS, phone=BERLIN_PHONE, consents=consents, **REACHED)
    assert [medium for medium, view in news.items() if view.permission.verdict.value == "ALLOWED"] == [EMAIL]
    offer = _all(purpose=OFFER, phone=BERLIN_PHONE, consents=consents, **REACHED)
    assert offer[CALL].right.rule_id == "opt_in_not_confirmed"


@pytest.mark.parametrize(
    ("at", "known", "rule"),
    [
        ("2026-12-02 15:00", {"phone": BERLIN_PHONE}, "never_asked"),
        ("2026-08-10 21:59", {"phone": PARIS_PHONE}, "legitimate_interest"),
        ("2026-08-10 22:00", {"phone": PARIS_PHONE}, "never_asked"),  # midnight in Paris
        ("2026-12-02 15:00", {"phone": "+442071234567"}, "legitimate_interest"),
        ("2026-12-02 15:00", {"phone": "+442071234567", "listed": frozenset({CALL})}, "on_a_list"),
        ("2026-12-02 15:00", {"phone": "+442071234567", "listed": frozenset({EMAIL})}, "legitimate_interest"),
        ("2026-12-02 15:00", {"phone": MIAMI_PHONE, "country": "US", "region": "CT"}, "never_asked"),
    ],
)
def test_who_never_asked_is_contacted_by_the_law_of_their_place(
    at: str, known: dict[str, Any], rule: str
) -> None:
    found = _all(utc(at), basis=ContactBasis.OPEN_NOT_ASKED, **known)
    assert found[CALL].right.rule_id == rule


def test_a_closed_contact_is_contacted_in_no_way() -> None:
    found = _all(basis=ContactBasis.CLOSED, phone=BERLIN_PHONE, **REACHED)
    assert {view.right.rule_id for view in found.values()} == {"contact_not_open"}


def test_a_stale_list_stops_calls_to_those_who_never_asked() -> None:
    stale = WEDNESDAY + HOUR
    known: dict[str, Any] = {"phone": "+442071234567", "lists_stale_from": {CALL: stale}}
    not_asked = known | {"basis": ContactBasis.OPEN_NOT_ASKED}
    assert _call(**not_asked) == ("ALLOWED", "may_be_called_now", stale)
    assert _call(stale, **not_asked) == ("WAIT", "list_is_stale", None)
    assert _call(stale, **known)[1] == "may_be_called_now"
    consented = not_asked | {"consents": {(LEAD, CALL): ConsentState.GRANTED}}
    assert _call(stale, **consented)[1] == "may_be_called_now"
    policy = make_policy("strict", contact={"publication_is_request": False})
    assert _all(stale, policy=policy, **known)[CALL].permission.rule_id == "list_is_stale"


def test_two_calls_are_enough_for_a_day_of_the_recipient() -> None:
    called = (WEDNESDAY - HOUR, WEDNESDAY - 2 * HOUR)
    found = _all(phone=BERLIN_PHONE, calls=called)[CALL]
    assert (found.calls_today, found.calls_this_month) == (2, 2)
    assert _call(phone=BERLIN_PHONE, calls=called[:1])[1] == "may_be_called_now"
    opens = utc("2026-12-03 08:00")
    assert _call(phone=BERLIN_PHONE, calls=called) == ("WAIT", "enough_today", opens)
    midnight = utc("2026-12-02 23:00")
    assert _call(midnight - MICROSECOND, phone=BERLIN_PHONE, calls=called)[1] == "enough_today"
    assert _call(midnight, phone=BERLIN_PHONE, calls=called) == ("WAIT", "outside_hours", opens)


def test_the_day_is_the_recipients() -> None:
    """Two calls at eleven in the evening of Berlin are of the same day in New York's afternoon."""
    called = (utc("2026-12-02 22:00"), utc("2026-12-02 22:30"))
    found = _all(utc("2026-12-03 00:30"), calls=called, time_zone="America/New_York", time_zone_given=True)
    assert found[CALL].calls_today == 2
    assert _all(utc("2026-12-03 00:30"), phone=BERLIN_PHONE, calls=called)[CALL].calls_today == 0


def test_four_calls_are_enough_for_thirty_days() -> None:
    called = tuple(WEDNESDAY - days * DAY for days in (29, 20, 10, 2))
    assert _call(phone=BERLIN_PHONE, calls=called[:3])[1] == "may_be_called_now"
    eases = WEDNESDAY + DAY
    assert _call(phone=BERLIN_PHONE, calls=called) == ("WAIT", "enough_this_month", eases)
    assert _call(eases - MICROSECOND, phone=BERLIN_PHONE, calls=called)[1] == "enough_this_month"
    assert _call(eases, phone=BERLIN_PHONE, calls=called)[1] == "may_be_called_now"
    assert _all(eases, phone=BERLIN_PHONE, calls=called)[CALL].calls_this_month == 3


def test_more_calls_than_allowed_ease_when_enough_are_over() -> None:
    called = tuple(WEDNESDAY - days * DAY for days in (29, 28, 27, 10, 9, 8))
    eases = WEDNESDAY + 3 * DAY  # when three are left
    assert _call(phone=BERLIN_PHONE, calls=called)[1] == "enough_this_month"
    assert _call(eases - MICROSECOND, phone=BERLIN_PHONE, calls=called)[1] == "enough_this_month"
    assert _call(eases, phone=BERLIN_PHONE, calls=called)[1] == "may_be_called_now"


def test_the_law_of_florida_allows_three_calls_in_a_day_of_hours() -> None:
    policy = make_policy("many", contact={"calls_a_day": 100, "calls_a_month": 100})
    florida: dict[str, Any] = {"country": "US", "region": "Florida", "phone": MIAMI_PHONE}
    called = tuple(WEDNESDAY - hours * HOUR for hours in (23, 2, 1))
    at = WEDNESDAY + HOUR
    assert _all(policy=policy, calls=called, **florida)[CALL].permission.rule_id == "enough_by_law"
    assert _all(policy=policy, calls=called[1:], **florida)[CALL].permission.rule_id == "may_be_called_now"
    assert _all(at - MICROSECOND, policy=policy, calls=called, **florida)[CALL].permission.rule_id == (
        "enough_by_law"
    )
    assert _all(at, policy=policy, calls=called, **florida)[CALL].permission.rule_id == "may_be_called_now"
    assert _all(policy=policy, calls=called, phone=BERLIN_PHONE)[CALL].permission.rule_id == (
        "may_be_called_now"
    )


def test_the_law_of_france_allows_four_calls_in_thirty_days() -> None:
    policy = make_policy("many", contact={"calls_a_day": 100, "calls_a_month": 100})
    called = tuple(WEDNESDAY - days * DAY for days in (29, 20, 10, 2))
    found = _all(policy=policy, calls=called, phone=PARIS_PHONE)[CALL].permission
    assert (found.rule_id, found.changes_at) == ("enough_by_law", WEDNESDAY + DAY)


def test_calls_after_the_instant_asked_about_do_not_count() -> None:
    called = (WEDNESDAY + HOUR, WEDNESDAY + 2 * HOUR)
    found = _all(phone=BERLIN_PHONE, calls=called)[CALL]
    assert (found.calls_today, found.calls_this_month) == (0, 0)
    assert found.permission.verdict.value == "ALLOWED"


@settings(max_examples=150, deadline=None)
@given(
    phone=st.sampled_from(
        [None, BERLIN_PHONE, GERMAN_MOBILE, MIAMI_PHONE, TOLL_FREE, PARIS_PHONE, "+1", "x"]
    ),
    country=st.sampled_from([None, "DE", "US", "FR", "IT", "NP", "ZZ"]),
    region=st.sampled_from([None, "Florida", "AL", "Bayern", "?"]),
    hours=st.lists(st.integers(0, 31 * 24), max_size=7),
    at=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    basis=st.sampled_from(ContactBasis),
    purpose=st.sampled_from(ContactPurpose),
    stale=st.none() | st.integers(-10_000, 100_000),
)
def test_a_permission_changes_exactly_when_it_says(
    phone: str | None,
    country: str | None,
    region: str | None,
    hours: list[int],
    at: datetime,
    basis: ContactBasis,
    purpose: ContactPurpose,
    stale: int | None,
) -> None:
    """Asked just before the change it is the same, and at the change the announced one."""
    known: dict[str, Any] = {
        "phone": phone,
        "country": country,
        "region": region,
        "basis": basis,
        "calls": tuple(at - ago * HOUR for ago in hours),
        "lists_stale_from": {} if stale is None else {CALL: at + timedelta(seconds=stale)},
    }
    for medium, view in _all(at, purpose, **known).items():
        changes = view.permission.changes_at
        if changes is None:
            continue
        before = _all(changes - MICROSECOND, purpose, **known)[medium].permission
        after = _all(changes, purpose, **known)[medium].permission
        assert changes > at
        assert before.verdict is view.permission.verdict
        assert after.verdict is view.permission.changes_to


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_law_is_shown_with_the_advice_to_have_it_checked(language: str) -> None:
    advice = {"en": "counsel", "de": "juristisch", "pl": "prawnika", "ro": "jurist"}[language]
    for phone, citation in ((BERLIN_PHONE, "§ 7 UWG"), (TOLL_FREE, "64.1200"), ("+81312345678", "")):
        hours = _all(phone=phone)[CALL].hours
        assert hours is not None
        text = law_text(hours.basis, language)
        assert advice in text
        assert citation in text
        assert "{" not in text


def test_the_four_languages_of_a_law_differ() -> None:
    hours = _all(phone=BERLIN_PHONE)[CALL].hours
    assert hours is not None
    assert len({law_text(hours.basis, language) for language in LANGUAGES}) == len(LANGUAGES)
    assert law_text(hours.basis, "xx") == law_text(hours.basis, "en")
