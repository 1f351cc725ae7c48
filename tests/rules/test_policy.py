"""Policies are parsed strictly and survive a round trip."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from rules import Policy, PolicyError, demo_parameters, humanly, production_parameters
from rules.policy import RevealPolicy
from tests.rules.support import NOW, make_policy


def read(parameters: Any) -> Policy:
    return Policy.from_parameters(version="v1", market="de", effective_from=NOW, parameters=parameters)


def test_production_has_the_numbers_of_the_requirements() -> None:
    policy = read(production_parameters())
    assert policy.reveal.reveal_after == 48 * 3600
    assert policy.reminder.review_reminder_after == 24 * 3600
    complaint = policy.complaint
    assert (complaint.window_days, complaint.decide_days, complaint.zone) == (30, 21, "Europe/Berlin")
    assert (complaint.first_mark_days, complaint.second_mark_days, complaint.last_mark_days) == (7, 14, 20)
    assert (complaint.replacement_wait_days, complaint.replacements_complainable) == (14, True)
    assert (policy.messages.sms_cents, policy.messages.sms_most_parts) == (10, 1)


@pytest.mark.parametrize("parameters", [production_parameters(), demo_parameters(1), demo_parameters(60)])
def test_parameters_survive_a_json_round_trip(parameters: Any) -> None:
    policy = read(parameters)
    assert policy.parameters() == parameters
    assert read(json.loads(json.dumps(policy.parameters()))) == policy


@pytest.mark.parametrize(("hour", "reveal", "reminder", "day"), [(1, 48, 24, 24), (60, 2880, 1440, 1440)])
def test_the_demo_scales_every_hour(hour: int, reveal: int, reminder: int, day: int) -> None:
    policy = read(demo_parameters(hour))
    assert policy.reveal.reveal_after == reveal
    assert policy.reminder.review_reminder_after == reminder
    assert policy.complaint.window_elapsed_day_seconds == day


def test_the_demo_has_no_quiet_hours() -> None:
    """Its text messages are sent whenever somebody tries it."""
    messages = read(demo_parameters(1)).messages
    assert messages.quiet_from == messages.quiet_until


@pytest.mark.parametrize("hour", [0, -1, 3601, 1.0, True, "1"])
def test_a_demo_hour_is_1_to_3600_seconds(hour: Any) -> None:
    with pytest.raises(PolicyError, match="hour_seconds"):
        demo_parameters(hour)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("reveal.reveal_after", 0),
        ("reveal.reveal_after", -1),
        ("reveal.reveal_after", True),
        ("reveal.reveal_after", 172800.0),
        ("reveal.reveal_after", "172800"),
        ("reveal.reveal_after", None),
        ("reveal.reveal_after", 10**9),
        ("reveal.reveal_aftr", 5),
        ("refund.late_declines", 1),
        ("refund.withdrawals", "yes"),
        ("refund.meeting_call_seconds", 0),
        ("reminder.review_reminder_after", 0),
        ("reminder.review_reminder_after", 48 * 3600),
        ("reminder.review_reminder_after", 48 * 3600 + 1),
        ("complaint.window_days", 0),
        ("complaint.window_days", 367),
        ("complaint.window_elapsed_day_seconds", -1),
        ("complaint.decide_days", 0),
        ("complaint.decide_days", 367),
        ("complaint.first_mark_days", -1),
        ("complaint.second_mark_days", 367),
        ("complaint.last_mark_days", True),
        ("complaint.replacement_wait_days", -1),
        ("complaint.replacement_wait_days", "14"),
        ("complaint.replacements_complainable", 1),
        ("complaint.zone", "Europe/Atlantis"),
        ("complaint.zone", ""),
        ("complaint.zone", "../etc/passwd"),
        ("complaint.zone", "Europe"),
        ("complaint.zone", 1),
        ("complaint.move_holidays", None),
        ("complaint.holidays_of", ""),
        ("complaint.holidays_of", "de"),
        ("complaint.holidays_of", "DE-"),
        ("complaint.holidays_of", "DE-BERLIN"),
        ("complaint.holidays_of", "DE\n"),
        ("complaint.holidays_of", 1),
    ],
)
def test_a_wrong_value_is_refused_with_the_path_of_its_field(path: str, value: Any) -> None:
    area, name = path.split(".")
    parameters: Any = production_parameters()
    parameters[area][name] = value
    with pytest.raises(PolicyError, match=rf"^{path}: .+"):
        read(parameters)


def test_the_last_second_before_the_reveal_can_still_remind() -> None:
    assert make_policy(reminder={"review_reminder_after": 48 * 3600 - 1})


@pytest.mark.parametrize("place", ["DE", "DE-BE", "US-CA", "PL"])
def test_a_place_is_a_country_or_a_part_of_one(place: str) -> None:
    assert make_policy(complaint={"holidays_of": place}).complaint.holidays_of == place


def test_a_missing_number_is_refused() -> None:
    parameters = production_parameters()
    del parameters["reveal"]["reveal_after"]
    with pytest.raises(PolicyError, match=r"^reveal\.reveal_after: missing; set it to an integer"):
        read(parameters)
    del parameters["reveal"]
    with pytest.raises(PolicyError, match=r"^reveal\.reveal_after: missing"):
        read(parameters)


def test_a_field_with_a_default_may_be_missing_because_old_versions_stay_readable() -> None:
    parameters = production_parameters()
    del parameters["refund"]["no_show_restores"]
    for name in ("sms_cents", "sms_most_parts", "sms_plain_letters"):
        del parameters["messages"][name]
    del parameters["complaint"]
    assert read(parameters) == read(production_parameters())


@pytest.mark.parametrize(
    "name", ["decide_days", "first_mark_days", "replacement_wait_days", "replacements_complainable"]
)
def test_a_version_from_before_complaints_stays_readable(name: str) -> None:
    parameters = production_parameters()
    del parameters["complaint"][name]
    assert read(parameters) == read(production_parameters())


def test_a_mark_and_the_wait_for_a_replacement_can_be_left_out() -> None:
    policy = make_policy(complaint={"first_mark_days": 0, "last_mark_days": 0, "replacement_wait_days": 0})
    assert (policy.complaint.first_mark_days, policy.complaint.replacement_wait_days) == (0, 0)


def test_an_unknown_area_is_refused() -> None:
    with pytest.raises(PolicyError, match=r"^reveals: unknown area"):
        read(production_parameters() | {"reveals": {}})


@pytest.mark.parametrize("area", [None, [], "x", 5])
def test_an_area_is_an_object(area: Any) -> None:
    with pytest.raises(PolicyError, match=r"^reveal: "):
        read(production_parameters() | {"reveal": area})


@pytest.mark.parametrize("name", ["", "a b", "x" * 65, "$state", "v1\n", None, 5])
@pytest.mark.parametrize("head", ["version", "market"])
def test_version_and_market_are_short_plain_names(head: str, name: Any) -> None:
    arguments: Any = {
        "version": "v1",
        "market": "de",
        "effective_from": NOW,
        "parameters": production_parameters(),
    }
    with pytest.raises(PolicyError, match=f"^{head}: "):
        Policy.from_parameters(**arguments | {head: name})


def test_a_policy_takes_effect_at_an_instant_in_utc() -> None:
    berlin = timezone(timedelta(hours=2))
    policy = replace(make_policy(), effective_from=datetime(2026, 7, 1, tzinfo=berlin))
    assert policy.effective_from == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert policy.effective_from.tzinfo is UTC
    with pytest.raises(PolicyError, match="effective_from"):
        replace(policy, effective_from=datetime(2026, 7, 1))  # noqa: DTZ001


def test_a_policy_built_directly_is_checked_too() -> None:
    with pytest.raises(PolicyError, match=r"^reveal\.reveal_after: -5"):
        replace(make_policy(), reveal=RevealPolicy(reveal_after=-5))
    wrong: Any = make_policy().refund
    with pytest.raises(PolicyError, match=r"^reveal: "):
        replace(make_policy(), reveal=wrong)


def test_the_names_of_fields_are_unique_because_sentences_use_them_alone() -> None:
    names = [name for area in production_parameters().values() for name in area]
    assert len(names) == len(set(names)) == len(make_policy().words())


def test_values_in_words_include_their_units() -> None:
    words = make_policy().words()
    assert words["reveal_after"] == "48 hours"
    assert words["window_days"] == "30 days"
    assert words["decide_days"] == "21 days"
    assert words["late_declines"] == "on"
    assert words["only_unopened"] == "off"
    assert words["zone"] == "Europe/Berlin"


@pytest.mark.parametrize(
    ("day", "window"), [(24, "12 minutes"), (3600, "30 hours"), (86_400, "30 days"), (0, "30 days")]
)
def test_shortened_days_are_shown_as_their_duration(day: int, window: str) -> None:
    policy = make_policy(complaint={"window_elapsed_day_seconds": day})
    assert policy.words()["window_days"] == window


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (172_800, "48 hours"),
        (48, "48 seconds"),
        (5400, "90 minutes"),
        (3600, "1 hour"),
        (60, "1 minute"),
        (1, "1 second"),
        (0, "0 seconds"),
        (3601, "3601 seconds"),
        (-7200, "-2 hours"),
    ],
)
def test_durations_use_the_largest_unit_that_divides_them(seconds: int, text: str) -> None:
    assert humanly(seconds) == text
