"""The facts of a decision in words of the reader's language and time zone."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

import models.complaints.reasons  # noqa: F401 - adds the names of its reasons
from models.base.refusal import LANGUAGES
from models.feed.wording.decisions import decision_facts, trace_sentence
from models.feed.wording.facts import decision_facts_in_words
from models.feed.wording.language import language_for
from rules import (
    ALL,
    BY_NAME,
    Basis,
    Closed,
    Json,
    Response,
    ViewerKind,
    VisibilityFacts,
    decide,
    visibility,
)
from rules.engine.given import read_given
from tests.rules.support import make_policy

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
POLICY = make_policy("words")
BERLIN = ZoneInfo("Europe/Berlin")


def _shown(ruleset: str, facts: Mapping[str, Json], locale: str = "en") -> list[str]:
    said = decision_facts_in_words(ruleset, facts, NOW, language_for(locale), BERLIN)
    return [one.replace("\u00a0", " ") for one in said]


@pytest.mark.parametrize("name", [definition.name for definition in ALL])
def test_no_fact_of_any_ruleset_is_shown_as_an_identifier(name: str) -> None:
    """Nor as a truth value: each has a name and a value in each language, switches of the policy too."""
    definition, random = BY_NAME[name], Random(7)
    ruleset = definition.for_policy(POLICY)
    members = {one.value for field in definition.fields for one in field.enum or ()}
    identifiers = {one for one in members | {field.name for field in definition.fields} if "_" in one}
    shown: set[str] = set()
    for _ in range(40):
        given = {
            f"{axis.field.name}_seconds" if axis.field.kind == "since" else axis.field.name: random.choice(
                axis.values
            )
            for axis in ruleset.axes
            if not axis.field.switch
        }
        decision = ruleset.decide(read_given(definition, {}, given, NOW), NOW)
        for locale in LANGUAGES:
            said = decision_facts(decision, locale, "Europe/Berlin")
            shown.update(one.partition(": ")[0] for one in said)
            for text in said:
                assert text.partition(": ")[2] not in {"", "True", "False"}, text
                assert not [one for one in identifiers if one in text], text
    assert len(shown) >= len(definition.fields)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        (
            "en",
            [
                "Viewer: Vendor",
                "Received through: Application",
                "Answer of the prospect: Declined",
                "Receipt of the application: 1 March 2026, 09:00 CET",
                "Time until the answer: 3 hours 25 minutes",
                "Closing of the contact data: Not closed",
            ],
        ),
        (
            "de",
            [
                "Betrachter: Anbieter",
                "Erhalten durch: Bewerbung",
                "Antwort des Interessenten: Abgelehnt",
                "Eingang der Bewerbung: 1. März 2026, 09:00 Uhr MEZ",
                "Zeit bis zur Antwort: 3 Stunden 25 Minuten",
                "Sperre der Kontaktdaten: Nicht gesperrt",
            ],
        ),
    ],
)
def test_facts_are_named_in_the_order_of_the_ruleset_with_times_of_the_viewers_zone(
    locale: str, said: list[str]
) -> None:
    """Whatever the order in which they are stored."""
    facts = VisibilityFacts(
        viewer=ViewerKind.VENDOR,
        basis=Basis.APPLICATION,
        response=Response.DECLINED,
        waited=NOW - timedelta(days=1, hours=1),
        responded_after=3 * 3_600 + 25 * 60,
        closed=Closed.NO,
    )
    decision = decide(visibility, POLICY, facts, NOW)
    assert _shown("visibility", decision.facts, locale) == said
    stored = dict(reversed([*decision.facts.items()]))
    assert _shown("visibility", stored, locale) == said


def test_times_that_stand_for_none_are_left_out() -> None:
    """A vendor who has not applied is not told of an application that was received just now."""
    nothing = VisibilityFacts(
        viewer=ViewerKind.VENDOR,
        basis=Basis.NONE,
        response=Response.NONE,
        waited=NOW,
        responded_after=0,
        closed=Closed.NO,
    )
    said = _shown("visibility", decide(visibility, POLICY, nothing, NOW).facts)
    assert said == [
        "Viewer: Vendor",
        "Received through: Nothing",
        "Answer of the prospect: None yet",
        "Closing of the contact data: Not closed",
    ]
    for never in ("1970-01-01T00:00:00+00:00", "9999-12-31T23:59:59.999999+00:00"):
        assert _shown("visibility", {"waited": never}) == []


def test_what_the_rules_no_longer_have_is_left_out() -> None:
    """A ruleset, a fact, a value, or a fact that is of another kind today."""
    assert _shown("ruleset_of_old", {"response": "ACCEPTED"}) == []
    stored: dict[str, Json] = {
        "fact_of_old": 1,
        "response": "ACCEPTED",
        "basis": "VALUE_OF_OLD",
        "waited": 5,
        "responded_after": True,
        "closed": 7,
    }
    assert _shown("visibility", stored) == ["Answer of the prospect: Accepted"]
    assert _shown("visibility", {"waited": "2026-03-01T00:00:00", "response": "NONE"}) == [
        "Answer of the prospect: None yet"
    ]


def test_a_time_before_a_meeting_has_a_minus_sign_and_a_switch_its_name() -> None:
    said = _shown("refund", {"answered_after_meeting": -5_400, "late_declines_refund": True, "ended": False})
    assert said == [
        "Ended without an answer: no",
        "Answer, counted from the meeting: −1 hour 30 minutes",  # noqa: RUF001 - the minus sign
        "Refund after a late decline: yes",
    ]


def test_a_rule_that_did_not_fire_is_worded_with_the_numbers_of_the_policy() -> None:
    facts = VisibilityFacts(ViewerKind.VENDOR, Basis.APPLICATION, Response.ACCEPTED, NOW, 0, Closed.NO)
    others = {one.rule_id: one for one in decide(visibility, POLICY, facts, NOW).others}
    waiting = others["still_waiting"]
    assert trace_sentence(waiting, "en") == waiting.reason
    german = trace_sentence(waiting, "de").replace("\u00a0", " ")
    assert german == "Der Interessent hat 48 Stunden Zeit zu antworten."


def test_a_rule_without_a_translation_is_shown_as_it_was_recorded() -> None:
    """Such as one of an older trial that no longer exists."""
    facts = VisibilityFacts(ViewerKind.VENDOR, Basis.APPLICATION, Response.ACCEPTED, NOW, 0, Closed.NO)
    other = decide(visibility, POLICY, facts, NOW).others[0]
    gone = type(other)(other.ruleset, "rule_of_old", "", "As it was.", ("x",), (), POLICY)
    assert trace_sentence(gone, "pl") == "As it was."
