"""If the two evaluators disagree or the library fails, the engine fails closed and raises an alarm."""

import logging
from datetime import timedelta
from typing import Any

import durable_rules_engine
import pytest
from durable import lang

from rules import (
    DISAGREEMENT,
    Closed,
    MeetingStatement,
    Refund,
    Response,
    ReviewReminder,
    Ruleset,
    ViewerKind,
    Visibility,
    disagreements,
    full_table_check,
    refund,
    review_reminder,
    visibility,
)
from rules.engine.durable import Engine
from rules.engine.errors import EngineError, MismatchError
from rules.placements.complaint_placement import (
    ComplaintPlacementFacts,
    ComplaintState,
    WaitingFor,
    complaint_placement,
)
from rules.placements.terms import Audience, Placement
from tests.rules.support import DUE, NOW, REPAID, SEEN, fresh, make_policy, same


class Lying:
    """An evaluator that returns other rules than it should."""

    def __init__(self, *fired: str) -> None:
        self.fired = frozenset(fired)

    def fires(self, _: object) -> frozenset[str]:
        return self.fired


class Broken:
    """An evaluator that fails."""

    def fires(self, _: object) -> frozenset[str]:
        raise EngineError("the library failed")


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
        assert disagreements() == before + 2  # each disagreement is counted
    [first, *_] = caplog.records
    assert first.levelno == logging.ERROR
    assert definition.name in first.getMessage()
    assert "de/damaged" in first.getMessage()
    assert str(facts.response) in first.getMessage()
    assert rules.decide(facts, NOW).verdict is open_  # a temporary fault leaves no trace in the cache


def test_a_rule_that_only_one_evaluator_misses_is_a_disagreement_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rules have the same verdict here, so the result would be the same, but one evaluator is wrong."""
    rules = fresh(visibility, "damaged-partly")
    facts = same(SEEN, viewer=ViewerKind.OTHER, closed=Closed.ERASED)
    values = rules.cell(facts, NOW).values
    assert rules.both(values)[0] == {"person_erased", "not_concerned"}
    for part in ("_engine", "_oracle"):
        rules.clear_cache()
        with monkeypatch.context() as patch:
            patch.setattr(rules, part, Lying("not_concerned"))
            assert rules.decide(facts, NOW).rule_id == DISAGREEMENT


def test_a_later_disagreement_is_not_cached_as_a_crossing(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = fresh(visibility, "damaged-later")
    rules.clear_cache()
    waiting = same(SEEN, response=Response.NONE)
    decision = rules.decide(waiting, NOW)
    with monkeypatch.context() as patch:
        patch.setattr(rules, "_oracle", Lying())
        assert decision.changes_at is None  # the cell after the crossing fails closed: it stays hidden
    assert decision.changes_to is Visibility.VISIBLE


def test_a_later_disagreement_is_not_cached_as_an_ending(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = fresh(complaint_placement, "damaged-ending")
    rules.clear_cache()
    decided = ComplaintPlacementFacts(
        viewer=Audience.VENDOR,
        place=Placement.TOOLTIP,
        state=ComplaintState.DECIDED,
        waiting_for=WaitingFor.NOBODY,
        due=NOW,
        dismissed=False,
    )
    decision = rules.decide(decided, NOW)
    with monkeypatch.context() as patch:
        patch.setattr(rules, "_oracle", Lying())
        assert decision.ends_at == NOW + timedelta(seconds=rules.policy.placement.news_for)
    assert decision.ends_at is None


def test_the_full_table_check_finds_a_single_wrong_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = fresh(refund, "damaged-table")
    right = rules._oracle

    class Subtly:
        def fires(self, facts: Any) -> frozenset[str]:
            wrong = facts["statement"] is MeetingStatement.NO_SHOW and facts["call_seconds"] == 120
            wrong = wrong and facts["response"] is Response.WITHDRAWN and facts["both_joined"]
            return frozenset() if wrong else right.fires(facts)

    assert full_table_check(rules) == 6144
    monkeypatch.setattr(rules, "_oracle", Subtly())
    with pytest.raises(MismatchError, match=r"response=WITHDRAWN.*statement=NO_SHOW.*call_seconds=2 minutes"):
        full_table_check(rules)


@pytest.mark.parametrize("limit", [1, 7, 100, 6143, 6144, 50_000])
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
def test_a_failed_evaluation_does_not_affect_later_ones(
    function: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An incomplete state crashes the process if it is deleted, and gives wrong results if it is reused."""
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
    assert full_table_check(rules) == 1024


def _boom(*_: object) -> None:
    raise RuntimeError("boom")
