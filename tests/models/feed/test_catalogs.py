"""Owns the tests that all languages say the same things, and say them right."""

import dataclasses
from datetime import UTC, datetime
from hashlib import sha256
from itertools import product

import pytest

from models.feed import NotificationKind as Kind
from models.ids import new_id
from models.views.feed_view import FeedEventView
from models.views.notification_list import NotificationView
from models.wording import Placement, notice, placements
from models.wording.catalog import Catalog
from models.wording.language import CATALOGS, language_for, zone_for
from models.wording.notices import PLACEMENTS
from rules import Policy, demo_parameters, production_parameters, refund, review_reminder, visibility
from rules.dsl import RulesetDefinition
from rules.wording import placeholders

AT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
PRODUCTION = Policy.from_parameters(
    version="v1", market="main", effective_from=AT, parameters=production_parameters()
)
# The English sentences that the translations were made from. When this differs, read the translations of the
# rules that have changed, mend them, and put the new value here.
TRANSLATED_FROM = {
    visibility: "1b97534b8e4d72ca",
    refund: "67cfea43d22b31ba",
    review_reminder: "50ef832373d80470",
}
FOREIGN = [CATALOGS[language] for language in ("de", "pl", "ro")]
RULESETS = pytest.mark.parametrize("ruleset", TRANSLATED_FROM, ids=lambda ruleset: ruleset.name)
BY_LANGUAGE = pytest.mark.parametrize("catalog", FOREIGN, ids=lambda catalog: catalog.language)


@BY_LANGUAGE
@RULESETS
def test_every_rule_is_said_with_the_same_numbers(
    catalog: Catalog, ruleset: RulesetDefinition[object]
) -> None:
    rules = {rule.id: placeholders(rule.sentence) for rule in ruleset.rules(PRODUCTION)}
    said = {name: placeholders(text) for name, text in catalog.sentences[ruleset.name].items()}
    assert said == rules


@RULESETS
def test_translations_are_of_the_sentences_of_today(ruleset: RulesetDefinition[object]) -> None:
    text = "\n".join(f"{rule.id}: {rule.sentence}" for rule in ruleset.rules(PRODUCTION))
    assert sha256(text.encode()).hexdigest()[:16] == TRANSLATED_FROM[ruleset]


@BY_LANGUAGE
def test_every_notice_is_said_with_the_same_words(catalog: Catalog) -> None:
    english = CATALOGS["en"]

    def shape(one: Catalog) -> dict[str, list[frozenset[str]]]:
        return {key: [placeholders(text) for text in (n.title, *n.body)] for key, n in one.notices.items()}

    assert {key: sorted(map(sorted, names)) for key, names in shape(catalog).items()} == {
        key: sorted(map(sorted, names)) for key, names in shape(english).items()
    }
    assert catalog.changes.keys() == english.changes.keys()
    assert all(placeholders(text) == {"at"} for text in catalog.changes.values())
    assert placeholders(catalog.moment) == {"date", "time", "zone"}


@pytest.mark.parametrize("catalog", CATALOGS.values(), ids=lambda catalog: catalog.language)
def test_points_have_a_form_for_every_number(catalog: Catalog) -> None:
    language = language_for(catalog.language)
    forms = {language.locale.plural_form(number) for number in range(1000)}
    assert forms <= catalog.points.keys()
    assert all(placeholders(form) == {"number"} for form in catalog.points.values())


def test_every_kind_has_words_and_places() -> None:
    for kind, catalog in product(Kind, CATALOGS.values()):
        assert any(key.split(".")[0] == kind for key in catalog.notices), (kind, catalog.language)
    for catalog in CATALOGS.values():
        assert {key.split(".")[0] for key in catalog.notices} <= set(Kind)
    assert PLACEMENTS.keys() == set(Kind)
    assert all(Placement.NOTIFICATION in placements(kind) for kind in Kind)
    shown = {place for kind in Kind for place in placements(kind)}
    assert shown == set(Placement)


def _view(kind: Kind, **details: object) -> NotificationView:
    event = FeedEventView(
        new_id(), new_id(), 1, kind, new_id(), new_id(), new_id(), None, {"points": 22}, AT, None
    )
    view = NotificationView(
        event=event,
        for_vendor=True,
        lead_title="A {title} 100% <b>",
        vendor_name="Vendor {0}",
        fee=5,
        opens_at=AT,
        complaint_until=AT,
        meeting_at=AT,
        policy=PRODUCTION,
    )
    return dataclasses.replace(view, **details)  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "locale"), list(product(Kind, CATALOGS)))
def test_everything_known_leaves_nothing_to_fill_in(kind: Kind, locale: str) -> None:
    for details in ({}, {"for_vendor": False}, {"meeting_statement": "NO_SHOW"}, {"refunded": True}):
        text = notice(_view(kind, **details), locale, "Europe/Berlin")
        left = (text.title + text.body).replace("{title}", "").replace("{0}", "")
        assert "{" not in left
        assert "…" not in left
        assert text.body.endswith(".")


@pytest.mark.parametrize(("kind", "locale"), list(product(Kind, CATALOGS)))
def test_nothing_known_still_says_something(kind: Kind, locale: str) -> None:
    view = NotificationView(event=_view(kind).event, for_vendor=False)
    text = notice(view, locale, "nowhere")
    assert text.title
    assert "{" not in text.title + text.body


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
    assert {number: language.points(number) for number in points} == points
    assert {number: language.duration(number * 3600) for number in hours} == hours


def test_durations_take_the_largest_unit_that_divides_them() -> None:
    german = language_for("de")
    said = [german.duration(seconds) for seconds in (0, 48, 60, 5400, 172_800, 3601)]
    assert said == ["0 Sekunden", "48 Sekunden", "1 Minute", "90 Minuten", "48 Stunden", "3.601 Sekunden"]


def test_a_policy_with_other_numbers_is_said_with_them() -> None:
    demo = Policy.from_parameters(
        version="v2", market="demo", effective_from=AT, parameters=demo_parameters(1)
    )
    assert language_for("pl").words(demo)["reveal_after"] == "48 sekund"
    assert language_for("en").words(demo)["window_days"] == "30 days"


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
        ("de", "Europe/Berlin", "24. November 2026, 12:00 MEZ"),
        ("pl", "Europe/Warsaw", "24 listopada 2026, 12:00 CET"),
        ("ro", "Europe/Bucharest", "24 noiembrie 2026, 13:00 EET"),
        ("de", "Asia/Dubai", "24. November 2026, 15:00 UTC+04:00"),
        ("en", "Mars/Olympus", "24 November 2026, 11:00 UTC"),
        ("en", "../../etc/passwd", "24 November 2026, 11:00 UTC"),
    ],
)
def test_instants_are_said_in_the_readers_zone(locale: str, zone: str, said: str) -> None:
    assert language_for(locale).moment(AT, zone_for(zone)).replace("\u202f", " ") == said


def test_seconds_are_said_where_they_matter_and_never_make_anybody_late() -> None:
    english, utc = language_for("en"), zone_for("UTC")
    assert english.moment(AT.replace(second=5), utc) == "24 November 2026, 11:00:05 UTC"
    half = AT.replace(second=5, microsecond=500_000)
    assert english.moment(half, utc) == "24 November 2026, 11:00:05 UTC"
    assert english.moment(half, utc, round_up=True) == "24 November 2026, 11:00:06 UTC"
