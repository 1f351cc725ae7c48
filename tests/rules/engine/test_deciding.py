"""Deciding: strict facts, many threads, one ruleset per version, comparable decisions."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from rules import (
    ALL,
    Basis,
    Closed,
    FactError,
    Response,
    ViewerKind,
    VisibilityFacts,
    decide,
    disagreements,
    refund,
    review_reminder,
    visibility,
)
from tests.rules.support import DUE, NOW, REPAID, REVEAL, SEEN, ago, fresh, make_policy, same

POLICY = make_policy("deciding")


@pytest.mark.parametrize(
    "change",
    [
        {"viewer": "VENDOR"},
        {"viewer": Basis.NONE},
        {"viewer": None},
        {"responded_after": True},
        {"responded_after": 1.0},
        {"responded_after": "1"},
        {"responded_after": None},
        {"responded_after": 2**53 + 1},
        {"responded_after": -(2**53) - 1},
        {"waited": datetime(2026, 1, 1)},  # noqa: DTZ001
        {"waited": 60},
        {"waited": timedelta(hours=1)},
        {"waited": NOW.date()},
        {"waited": None},
        {"closed": False},
    ],
)
@pytest.mark.parametrize("warm", [False, True])
def test_facts_of_another_type_are_refused_even_with_a_warm_cache(change: dict[str, Any], warm: bool) -> None:
    rules = fresh(visibility, "strict")
    rules.clear_cache()
    if warm:
        rules.decide(SEEN, NOW)
    for ask in (rules.decide, rules.cell, rules.decide_uncached):
        with pytest.raises(FactError, match=next(iter(change))):
            ask(same(SEEN, **change), NOW)


@pytest.mark.parametrize("value", [1, 0, None, "true"])
def test_only_true_and_false_are_booleans_even_with_a_warm_cache(value: Any) -> None:
    rules = fresh(review_reminder, "strict")
    for opened in (False, True):
        rules.decide(same(DUE, opened=opened), NOW)
    with pytest.raises(FactError, match="opened"):
        rules.decide(same(DUE, opened=value), NOW)


def test_facts_of_another_ruleset_are_refused() -> None:
    with pytest.raises(FactError, match="VisibilityFacts"):
        decide(visibility, POLICY, REPAID, NOW)  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class Lookalike:
    response: Response
    opened: bool
    waited: datetime


@pytest.mark.parametrize("warm", [False, True])
def test_facts_that_only_look_right_are_refused(warm: bool) -> None:
    rules = fresh(review_reminder, "lookalike")
    rules.clear_cache()
    if warm:
        rules.decide(DUE, NOW)
    with pytest.raises(FactError, match="got Lookalike"):
        rules.decide(Lookalike(Response.NONE, False, DUE.waited), NOW)


def test_a_naive_now_is_refused() -> None:
    naive = NOW.replace(tzinfo=None)
    for facts in (SEEN, same(SEEN, waited=naive)):
        with pytest.raises(FactError, match="now"):
            decide(visibility, POLICY, facts, naive)


def test_the_largest_integers_are_still_exact() -> None:
    for after, rule_id in ((2**53, "declined_late"), (-(2**53), "declined_in_time")):
        facts = same(SEEN, response=Response.DECLINED, responded_after=after)
        assert visibility.for_policy(POLICY).decide_uncached(facts, NOW).rule_id == rule_id


def test_a_change_beyond_the_calendar_is_never() -> None:
    late = datetime.max.replace(tzinfo=NOW.tzinfo)
    facts = same(SEEN, response=Response.NONE, waited=late)
    assert decide(visibility, POLICY, facts, late).changes_at is None


def test_eight_threads_with_cold_caches_agree() -> None:
    """Rulesets are built once, and evaluations do not mix, even across rulesets."""
    chooser = random.Random(7)
    cases = [
        VisibilityFacts(
            viewer=chooser.choice(list(ViewerKind)),
            basis=chooser.choice(list(Basis)),
            response=chooser.choice(list(Response)),
            waited=ago(chooser.choice([REVEAL - 1, REVEAL])),
            responded_after=chooser.choice([REVEAL - 1, REVEAL]),
            closed=chooser.choice(list(Closed)),
        )
        for _ in range(400)
    ]
    expected = [decide(visibility, POLICY, facts, NOW).rule_id for facts in cases]
    policy = make_policy("threads")

    def work(seed: int) -> tuple[int, list[str]]:
        order = random.Random(seed).sample(range(len(cases)), len(cases))
        names = [""] * len(cases)
        rules = visibility.for_policy(policy)
        for index in order:
            if seed % 2:
                rules.clear_cache()
                refund.for_policy(policy).decide_uncached(REPAID, NOW)
            names[index] = decide(visibility, policy, cases[index], NOW).rule_id
        return id(rules), names

    before = disagreements()
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(work, range(8)))
    assert len({identity for identity, _ in results}) == 1
    assert all(names == expected for _, names in results)
    assert disagreements() == before


def test_a_ruleset_is_built_once_per_version_even_for_reloaded_policies() -> None:
    first = visibility.for_policy(make_policy("same"))
    assert visibility.for_policy(make_policy("same")) is first
    assert visibility.for_policy(make_policy("other")) is not first


def test_reloaded_policies_do_not_accumulate() -> None:
    first = visibility.for_policy(make_policy("piled"))
    for _ in range(600):
        assert visibility.for_policy(make_policy("piled")) is first
    assert len(visibility._by_identity) <= 256


def test_the_registry_holds_every_ruleset_under_its_own_name() -> None:
    assert [definition.name for definition in ALL] == [
        "visibility",
        "refund",
        "review_reminder",
        "complaint",
        "dispatch",
        "retry",
        "bounce",
        "webhook_endpoint",
        "presence",
        "call_route",
        "call_mail",
        "call_sms",
        "call_closing",
        "chat_access",
        "chat_view",
        "chat_nudge",
        "placement",
        "complaint_placement",
        "contact_right",
        "contact_permission",
        "channel_preference",
        "channel_for_goal",
        "follow_up",
        "contact_advice",
        "call_time",
        "mail_time",
        "smart_data_access",
        "smart_data_search",
    ]
    for definition in ALL:
        for one in definition.rules(POLICY):
            assert one.sentence
            assert "{" not in one.reason
            assert one.verdict in definition.verdicts


def test_decisions_with_equal_content_are_equal() -> None:
    rules = fresh(visibility, "equal")
    first = rules.decide(SEEN, NOW)
    rules.clear_cache()
    assert rules.decide(SEEN, NOW) == first
    assert rules.decide(SEEN, NOW + timedelta(seconds=1)) != first
    assert rules.decide(same(SEEN, response=Response.NONE), NOW) != first
    assert repr(first) == "<visibility VISIBLE: prospect_accepted (S1.1), equal>"
