"""Failing closed, strict facts, threads, and one ruleset per version."""

import logging
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import durable_rules_engine
import pytest
from durable import lang

from rules import (
    ALL,
    DISAGREEMENT,
    Basis,
    Closed,
    FactError,
    Refund,
    RefundFacts,
    Response,
    ReviewReminder,
    ReviewReminderFacts,
    Ruleset,
    Statement,
    Viewer,
    Visibility,
    VisibilityFacts,
    decide,
    disagreements,
    full_table_check,
    refund,
    review_reminder,
    visibility,
)
from rules.engine import Engine
from rules.errors import EngineError, MismatchError
from tests.rules.support import NOW, REVEAL, ago, make_policy, same

POLICY = make_policy("engine")
SEEN = VisibilityFacts(
    viewer=Viewer.VENDOR,
    basis=Basis.APPLICATION,
    response=Response.ACCEPTED,
    waited=ago(60),
    responded_after=60,
    closed=Closed.NO,
)
REPAID = RefundFacts(
    response=Response.DECLINED,
    responded_after=60,
    meeting_known=False,
    answered_after_meeting=0,
    statement=Statement.NONE,
    both_joined=False,
    call_seconds=0,
)
DUE = ReviewReminderFacts(response=Response.NONE, opened=False, waited=ago(REVEAL))


class Lying:
    """An evaluator that fires other rules than it should."""

    def __init__(self, *fired: str) -> None:
        self.fired = frozenset(fired)

    def fires(self, _: object) -> frozenset[str]:
        return self.fired


class Broken:
    """An evaluator that fails."""

    def fires(self, _: object) -> frozenset[str]:
        raise EngineError("the library failed")


def fresh(definition: Any, version: str) -> Ruleset[Any]:
    """A ruleset that no other test shares, to be damaged."""
    rules: Ruleset[Any] = definition.for_policy(make_policy(version))
    return rules


@pytest.mark.parametrize(
    ("definition", "facts", "open_", "closed"),
    [
        (visibility, SEEN, Visibility.VISIBLE, Visibility.HIDDEN),
        (refund, REPAID, Refund.REFUNDABLE, Refund.NOT_REFUNDABLE),
        (review_reminder, DUE, ReviewReminder.REMIND, ReviewReminder.QUIET),
    ],
)
@pytest.mark.parametrize(
    ("part", "evaluator"),
    [("_oracle", Lying()), ("_oracle", Lying("unheard_of")), ("_engine", Lying()), ("_engine", Broken())],
)
def test_a_disagreement_fails_closed_counts_and_raises_an_alarm(
    *,
    definition: Any,
    facts: Any,
    open_: Any,
    closed: Any,
    part: str,
    evaluator: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    rules = fresh(definition, "damaged")
    rules.clear_cache()
    assert rules.decide_uncached(facts, NOW).verdict is open_
    before = disagreements()
    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR, "leadgate.rules"):
        patch.setattr(rules, part, evaluator)
        decision = rules.decide(facts, NOW)
        assert (decision.verdict, decision.rule_id) == (closed, DISAGREEMENT)
        assert disagreements() == before + 1
        rules.decide(facts, NOW)
        assert disagreements() == before + 2  # each one is counted
    [first, *_] = caplog.records
    assert first.levelno == logging.ERROR
    assert definition.name in first.getMessage()
    assert "de/damaged" in first.getMessage()
    assert str(facts.response) in first.getMessage()
    assert rules.decide(facts, NOW).verdict is open_  # a passing fault leaves no trace in the cache


def test_a_rule_that_only_one_evaluator_misses_is_a_disagreement_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rules agree here, so the verdict would be the same: but one evaluator is wrong."""
    rules = fresh(visibility, "damaged-partly")
    facts = same(SEEN, viewer=Viewer.OTHER, closed=Closed.ERASED)
    values = rules.cell(facts, NOW).values
    assert rules.both(values)[0] == {"person_erased", "not_concerned"}
    for part in ("_engine", "_oracle"):
        rules.clear_cache()
        with monkeypatch.context() as patch:
            patch.setattr(rules, part, Lying("not_concerned"))
            assert rules.decide(facts, NOW).rule_id == DISAGREEMENT


def test_a_later_disagreement_is_not_remembered_as_a_crossing(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = fresh(visibility, "damaged-later")
    rules.clear_cache()
    waiting = same(SEEN, response=Response.NONE)
    decision = rules.decide(waiting, NOW)
    with monkeypatch.context() as patch:
        patch.setattr(rules, "_oracle", Lying())
        assert decision.changes_at is None  # the cell after the crossing fails closed: still hidden
    assert decision.changes_to is Visibility.VISIBLE


def test_the_full_table_check_finds_a_single_wrong_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = fresh(refund, "damaged-table")
    right = rules._oracle

    class Subtly:
        def fires(self, facts: Any) -> frozenset[str]:
            wrong = facts["statement"] is Statement.NO_SHOW and facts["call_seconds"] == 120
            wrong = wrong and facts["response"] is Response.WITHDRAWN and facts["both_joined"]
            return frozenset() if wrong else right.fires(facts)

    assert full_table_check(rules) == 3072
    monkeypatch.setattr(rules, "_oracle", Subtly())
    with pytest.raises(MismatchError, match=r"response=WITHDRAWN.*statement=NO_SHOW.*call_seconds=2 minutes"):
        full_table_check(rules)


@pytest.mark.parametrize("limit", [1, 7, 100, 3071, 3072, 50_000])
def test_the_full_table_check_keeps_to_its_limit_and_sees_every_value(
    limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = fresh(refund, "limited")
    seen: list[dict[str, Any]] = []

    def both(_: object, facts: dict[str, Any]) -> tuple[int, int]:
        seen.append(facts)
        return 1, 1

    monkeypatch.setattr(Ruleset, "both", both)
    assert full_table_check(rules, limit) == len(seen) <= limit
    assert len({tuple(facts.items()) for facts in seen}) == len(seen)
    if limit >= 100:
        for axis in rules.table_axes():
            assert {facts[axis.field.name] for facts in seen} == set(axis.values)


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
def test_facts_of_another_type_are_refused_also_when_the_cache_is_warm(
    change: dict[str, Any], warm: bool
) -> None:
    rules = fresh(visibility, "strict")
    rules.clear_cache()
    if warm:
        rules.decide(SEEN, NOW)
    for ask in (rules.decide, rules.cell, rules.decide_uncached):
        with pytest.raises(FactError, match=next(iter(change))):
            ask(same(SEEN, **change), NOW)


@pytest.mark.parametrize("value", [1, 0, None, "true"])
def test_only_true_and_false_are_booleans_also_when_the_cache_is_warm(value: Any) -> None:
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
    with pytest.raises(FactError, match="Lookalike given"):
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


def test_eight_threads_on_cold_caches_decide_as_one() -> None:
    """Rulesets are built once, and evaluations do not mix, also across rulesets."""
    chooser = random.Random(7)
    cases = [
        VisibilityFacts(
            viewer=chooser.choice(list(Viewer)),
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


def test_a_ruleset_is_built_once_per_version_also_for_equal_policies_read_anew() -> None:
    first = visibility.for_policy(make_policy("same"))
    assert visibility.for_policy(make_policy("same")) is first
    assert visibility.for_policy(make_policy("other")) is not first


def test_many_policies_read_anew_do_not_pile_up() -> None:
    first = visibility.for_policy(make_policy("piled"))
    for _ in range(600):
        assert visibility.for_policy(make_policy("piled")) is first
    assert len(visibility._by_identity) <= 256


def test_the_globals_of_the_library_stay_empty() -> None:
    refund.for_policy(make_policy("globals"))
    assert lang._rulesets == {}


def test_a_library_that_loses_its_catch_all_is_an_error() -> None:
    engine: Engine = fresh(visibility, "lost")._engine
    values = fresh(visibility, "lost").cell(SEEN, NOW).values
    engine._ids |= {f"r_{len(engine._ids)}": "catch_all"}
    with pytest.raises(EngineError, match="catch-all"):
        engine.fires(values)


@pytest.mark.parametrize("function", ["start_action_for_state", "complete_and_start_action"])
def test_an_evaluation_that_failed_half_way_harms_no_later_one(
    function: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A half-made state crashes the process when it is deleted, and would answer wrongly when it is kept."""
    rules = fresh(visibility, "failed")
    engine: Engine = rules._engine
    values = rules.cell(SEEN, NOW).values
    with monkeypatch.context() as patch:
        patch.setattr(durable_rules_engine, function, _boom)
        with pytest.raises(EngineError, match="boom"):
            engine.fires(values)
        assert rules.decide_uncached(SEEN, NOW).rule_id == DISAGREEMENT
    assert engine.fires(values) == {"prospect_accepted"}
    assert engine.fires(values | {"response": Response.WITHDRAWN}) == {"acceptance_withdrawn"}
    assert full_table_check(rules) == 768


def _boom(*_: object) -> None:
    raise RuntimeError("boom")


def test_the_registry_holds_every_ruleset_under_its_own_name() -> None:
    assert [definition.name for definition in ALL] == ["visibility", "refund", "review_reminder", "complaint"]
    for definition in ALL:
        for one in definition.rules(POLICY):
            assert one.sentence
            assert "{" not in one.reason
            assert one.verdict in definition.verdicts


def test_decisions_are_equal_by_what_they_say() -> None:
    rules = fresh(visibility, "equal")
    first = rules.decide(SEEN, NOW)
    rules.clear_cache()
    assert rules.decide(SEEN, NOW) == first
    assert rules.decide(SEEN, NOW + timedelta(seconds=1)) != first
    assert rules.decide(same(SEEN, response=Response.NONE), NOW) != first
    assert repr(first) == "<visibility VISIBLE: prospect_accepted (S1.1), equal>"
