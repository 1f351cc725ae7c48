"""How each language formats numbers, durations and instants, and which language a locale gets."""

from datetime import UTC, datetime
from itertools import product

import pytest
from babel.dates import format_date, format_time, get_timezone_name

from models.feed.wording.language import language_for, zone_for
from rules import Policy, demo_parameters

AT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def _plain(text: str) -> str:
    """Return a text with plain spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("locale", "points", "hours"),
    [
        ("en", {1: "1 point", 2: "2 points"}, {1: "1 hour", 48: "48 hours"}),
        ("de", {1: "1 Punkt", 1500: "1.500 Punkte"}, {1: "1 Stunde", 48: "48 Stunden"}),
        (
            "pl",
            {1: "1 punkt", 3: "3 punkty", 5: "5 punktów", 12: "12 punktów", 22: "22 punkty"},
            {1: "1 godzina", 2: "2 godziny", 22: "22 godziny", 48: "48 godzin"},
        ),
        (
            "ro",
            {1: "1 punct", 2: "2 puncte", 19: "19 puncte", 20: "20 de puncte", 101: "101 puncte"},
            {1: "1 oră", 2: "2 ore", 20: "20 de ore", 48: "48 de ore"},
        ),
    ],
)
def test_numbers_take_the_plural_of_their_language(
    locale: str, points: dict[int, str], hours: dict[int, str]
) -> None:
    language = language_for(locale)
    assert {number: _plain(language.points(number)) for number in points} == points
    assert {number: _plain(language.duration(number * 3600)) for number in hours} == hours


def test_durations_take_the_largest_unit_that_divides_them() -> None:
    german = language_for("de")
    said = [_plain(german.duration(seconds)) for seconds in (0, 48, 60, 5400, 172_800, 3601)]
    assert said == ["0 Sekunden", "48 Sekunden", "1 Minute", "90 Minuten", "48 Stunden", "3.601 Sekunden"]


def test_sentences_show_the_numbers_of_the_policy() -> None:
    demo = Policy.from_parameters(
        version="v2", market="demo", effective_from=AT, parameters=demo_parameters(1)
    )
    assert language_for("pl").words(demo)["reveal_after"] == "48\u00a0sekund"
    assert language_for("en").words(demo)["window_days"] == "12 minutes"
    assert language_for("de").words(demo)["decide_days"] == "504\u00a0Sekunden"


@pytest.mark.parametrize(
    ("locale", "found"),
    [
        ("de", "de"),
        ("de-AT", "de_AT"),
        ("de_CH", "de_CH"),
        ("de-XX", "de"),
        ("DE-at", "de_AT"),
        ("de-Latn-AT", "de_AT"),
        ("en", "en_GB"),
        ("en-US", "en_US"),
        ("ro-MD", "ro_MD"),
        ("fr-FR", "en_GB"),
        ("", "en_GB"),
        ("../../etc/passwd", "en_GB"),
        ("de-../x", "de"),
        ("x" * 10_000, "en_GB"),
    ],
)
def test_a_locale_falls_back_to_its_language_then_to_english(locale: str, found: str) -> None:
    language = language_for(locale)
    assert str(language.locale) == found
    assert language.catalog.language == found[:2]


@pytest.mark.parametrize(
    ("locale", "zone", "said"),
    [
        ("en", "Europe/Berlin", "24 November 2026, 12:00 CET"),
        ("en-US", "America/New_York", "November 24, 2026, 6:00 AM EST"),
        ("de", "Europe/Berlin", "24. November 2026, 12:00 Uhr MEZ"),
        ("pl", "Europe/Warsaw", "24 listopada 2026 r., godz. 12:00 CET"),
        ("ro", "Europe/Bucharest", "24 noiembrie 2026, ora 13:00 EET"),
        ("de", "Asia/Dubai", "24. November 2026, 15:00 Uhr UTC+04:00"),
        ("en", "Mars/Olympus", "24 November 2026, 11:00 UTC"),
        ("en", "../../etc/passwd", "24 November 2026, 11:00 UTC"),
    ],
)
def test_instants_are_shown_in_the_readers_time_zone(locale: str, zone: str, said: str) -> None:
    assert _plain(language_for(locale).moment(AT, zone_for(zone))) == said


@pytest.mark.parametrize(
    ("locale", "zone", "said"),
    [
        ("en", "Europe/Berlin", "24 November 2026, 12:00 CET"),
        ("de", "Europe/Berlin", "24. November 2026 um 12:00 Uhr MEZ"),
        ("pl", "Europe/Warsaw", "24 listopada 2026 r. o godz. 12:00 CET"),
        ("ro", "Europe/Bucharest", "24 noiembrie 2026, la ora 13:00 EET"),
    ],
)
def test_start_times_are_formatted_to_follow_a_preposition(locale: str, zone: str, said: str) -> None:
    assert _plain(language_for(locale).moment(AT, zone_for(zone), start=True)) == said


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        (
            "de",
            [
                "5\u00a0Punkte",
                "48\u00a0Stunden",
                "30\u00a0Tage",
                "24.\u00a0November 2026, 11:00\u00a0Uhr UTC",
            ],
        ),
        (
            "pl",
            [
                "5\u00a0punktów",
                "48\u00a0godzin",
                "30\u00a0dni",
                "24\u00a0listopada 2026\u00a0r., godz.\u00a011:00 UTC",
            ],
        ),
        (
            "ro",
            [
                "5\u00a0puncte",
                "48\u00a0de ore",
                "30\u00a0de zile",
                "24\u00a0noiembrie 2026, ora\u00a011:00 UTC",
            ],
        ),
    ],
)
def test_no_line_break_comes_between_a_number_and_its_word(locale: str, said: list[str]) -> None:
    language = language_for(locale)
    moment = language.moment(AT, zone_for("UTC"))
    assert [language.points(5), language.duration(48 * 3600), language.days(30), moment] == said


def test_seconds_are_shown_where_they_matter_and_rounded_safely() -> None:
    english, utc = language_for("en"), zone_for("UTC")
    assert english.moment(AT.replace(second=5), utc) == "24 November 2026, 11:00:05 UTC"
    half = AT.replace(second=5, microsecond=500_000)
    assert english.moment(half, utc) == "24 November 2026, 11:00:05 UTC"
    assert english.moment(half, utc, start=True) == "24 November 2026, 11:00:06 UTC"


def test_moments_are_those_of_babel_in_every_zone_and_season() -> None:
    """Parts of them are kept: the same parts of another instant must not change them."""
    for locale, zone, month, second in product(
        ("en", "en-US", "de", "pl", "ro"),
        ("Europe/Berlin", "America/New_York", "Asia/Kathmandu"),
        (1, 7),
        (0, 7),
    ):
        language, at = language_for(locale), datetime(2026, month, 24, 11, 5, second, tzinfo=UTC)
        local = at.astimezone(zone_for(zone))
        written = language.moment(at, zone_for(zone))
        assert format_date(local, "long", language.locale) in _plain(written)
        assert format_time(local, "medium" if second else "short", locale=language.locale) in written
        name = get_timezone_name(local, "short", locale=language.locale)
        assert written.endswith(f"UTC{name[:3]}:{name[3:]}" if name[:1] in "+-" else name)
