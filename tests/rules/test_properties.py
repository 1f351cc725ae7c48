"""What must hold for all facts, not only those somebody thought of."""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import (
    ALL,
    Basis,
    Closed,
    Decision,
    Policy,
    Response,
    Ruleset,
    RulesetDefinition,
    Viewer,
    VisibilityFacts,
    full_table_check,
    m,
    review_reminder,
    rule,
    ruleset,
    visibility,
)
from rules.reduction import places, raw_values
from tests.rules.support import NOW, Answer, ago, facts_strategy, make_policy, same

POLICIES = [
    make_policy(),
    make_policy("off", refund={"late_declines": False, "withdrawals": False, "no_show_restores": False}),
    make_policy("narrow", reminder={"only_unopened": True}),
    make_policy("first-only", complaint={"replacements_complainable": False}),
    make_policy("demo", reveal={"reveal_after": 48}, reminder={"review_reminder_after": 24}),
]
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class TwoClocks:
    first: datetime
    second: datetime
    flag: bool


@ruleset("two_clocks", TwoClocks, since=("first", "second"), fail_closed=Answer.NO)
def two_clocks(_: Policy) -> None:
    """Open only while the first has run for 10 s and the second has not run for 30 s, unless flagged."""

    @rule(Answer.NO, "S1.1", m.first < 10)
    def early() -> None:
        """Too early."""

    @rule(Answer.YES, "S1.1", (m.first >= 10) & (m.second < 30))
    def open_now() -> None:
        """Open."""

    @rule(Answer.NO, "S1.1", (m.first >= 10) & (m.second >= 30) & ~m.flag)
    def over() -> None:
        """Over."""

    @rule(Answer.YES, "S1.1", (m.first > 40) & (m.second >= 30) & m.flag)
    def open_again() -> None:
        """Open again."""

    @rule(Answer.NO, "S1.1", (m.first >= 10) & (m.first <= 40) & (m.second >= 30) & m.flag)
    def pause() -> None:
        """A pause."""


@dataclass(frozen=True, slots=True)
class Numbers:
    count: int
    waited: datetime


@ruleset("numbers", Numbers, since=("waited",), fail_closed=Answer.NO)
def numbers(_: Policy) -> None:
    """Every comparison there is, of an integer and of a time fact."""

    @rule(Answer.YES, "S1.1", m.count > 5)
    def over() -> None:
        """Over."""

    @rule(Answer.NO, "S1.1", (m.count < 5) & (m.waited >= 0))
    def under() -> None:
        """Under."""

    @rule(Answer.YES, "S1.1", (m.count <= 4) & (m.waited < 0))
    def not_yet() -> None:
        """Not yet."""

    @rule(Answer.YES, "S1.1", (m.count == 5) & (m.waited == 60))
    def exactly() -> None:
        """Exactly."""

    @rule(Answer.NO, "S1.1", (m.count == 5) & (m.waited < 60))
    def early() -> None:
        """Early."""

    @rule(Answer.NO, "S1.1", (m.count == 5) & (m.waited > 60) & (m.waited <= 90))
    def late() -> None:
        """Late."""

    @rule(Answer.YES, "S1.1", (m.count == 5) & (m.waited > 90))
    def at_last() -> None:
        """At last."""


Case = tuple[RulesetDefinition[Any], Policy]
CASES: list[Case] = [(definition, policy) for definition in ALL for policy in POLICIES]
CASES += [(numbers, POLICIES[0]), (two_clocks, POLICIES[0])]
TIMED: list[Case] = [
    (visibility, POLICIES[0]),
    (visibility, POLICIES[4]),
    (review_reminder, POLICIES[2]),
    (two_clocks, POLICIES[0]),
    (numbers, POLICIES[0]),
]


def says(decision: Decision) -> tuple[object, ...]:
    return decision.verdict, decision.rule_id, decision.reason, decision.others


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0].name}-{case[1].version}")
def test_durable_rules_and_the_oracle_agree_on_the_whole_table(
    case: Case,
) -> None:
    definition, policy = case
    axes = definition.for_policy(policy).table_axes()
    cells = 1
    for axis in axes:
        cells *= len(axis.values)
    assert full_table_check(definition.for_policy(policy)) == cells


@settings(max_examples=1200, deadline=None)
@given(data=st.data(), case=st.sampled_from(CASES))
def test_durable_rules_and_the_oracle_agree_on_raw_facts(data: st.DataObject, case: Case) -> None:
    definition, policy = case
    rules = definition.for_policy(policy)
    facts = data.draw(facts_strategy(definition, policy))
    values = (
        raw_values([field for field in definition.fields if not field.switch], facts, NOW) | rules.switches
    )
    engine, oracle = rules.both(values)
    assert engine == oracle
    assert len({one.verdict for one in rules.rules if one.id in engine}) == 1


@settings(max_examples=700, deadline=None)
@given(data=st.data(), case=st.sampled_from(CASES))
def test_the_reduction_loses_nothing(data: st.DataObject, case: Case) -> None:
    """Cache, reduced and raw facts give the same decision, also just after the cache was emptied."""
    definition, policy = case
    rules = definition.for_policy(policy)
    facts = data.draw(facts_strategy(definition, policy))
    if data.draw(st.booleans()):
        rules.clear_cache()
    cached, raw = rules.decide(facts, NOW), rules.decide_uncached(facts, NOW)
    assert says(cached) == says(raw)
    assert cached == raw
    assert rules.cell(facts, NOW).verdict is raw.verdict


@settings(max_examples=400, deadline=None)
@given(data=st.data(), case=st.sampled_from(CASES))
def test_the_key_tells_apart_exactly_what_the_axes_do(data: st.DataObject, case: Case) -> None:
    """The fast key and the slow places on the axes make the same classes."""
    definition, policy = case
    rules = definition.for_policy(policy)
    one, other = data.draw(facts_strategy(definition, policy)), data.draw(facts_strategy(definition, policy))
    fields = [field for field in definition.fields if not field.switch]
    changed = data.draw(st.sets(st.sampled_from([field.name for field in fields]), max_size=2))
    two = same(one, **{name: getattr(other, name) for name in changed})
    slow = [places(rules.axes, raw_values(fields, facts, NOW) | rules.switches) for facts in (one, two)]
    assert (rules._key(one, NOW) == rules._key(two, NOW)) is (slow[0] == slow[1])


@settings(max_examples=700, deadline=None)
@given(data=st.data(), case=st.sampled_from(TIMED))
def test_changes_at_is_exact_to_the_microsecond(data: st.DataObject, case: Case) -> None:
    """At that instant the verdict is the announced one; at no instant before it is."""
    definition, policy = case
    rules = definition.for_policy(policy)
    facts = data.draw(facts_strategy(definition, policy))
    decision = rules.decide(facts, NOW)
    at = decision.changes_at
    if at is None:
        assert decision.changes_to is None
        far = NOW + timedelta(seconds=data.draw(st.integers(0, 2000 * 86_400)))
        assert rules.decide(facts, far).verdict is decision.verdict
        return
    assert at > NOW
    assert rules.decide(facts, at).verdict is decision.changes_to is not decision.verdict
    assert rules.decide(facts, at - MICROSECOND).verdict is decision.verdict
    between = NOW + (at - NOW) * data.draw(st.floats(0, 1, exclude_max=True))
    assert rules.decide(facts, min(between, at - MICROSECOND)).verdict is decision.verdict


def test_crossings_of_two_time_facts_interleave_as_their_instants_say() -> None:
    rules = two_clocks.for_policy(POLICIES[0])
    facts = TwoClocks(first=NOW, second=NOW - timedelta(seconds=25), flag=True)
    decision = rules.decide(facts, NOW)
    seen = []
    while decision.changes_at is not None:
        seen.append((decision.rule_id, (decision.changes_at - NOW).total_seconds()))
        decision = rules.decide(facts, decision.changes_at)
    assert seen == [("early", 41.0)]  # the second passes 30 s at 5 s: no YES before the first is beyond 40 s
    facts = same(facts, second=NOW)
    decision = rules.decide(facts, NOW)
    assert (decision.changes_at, decision.changes_to) == (NOW + timedelta(seconds=10), Answer.YES)
    decision = rules.decide(facts, NOW + timedelta(seconds=10))
    assert (decision.changes_at, decision.changes_to) == (NOW + timedelta(seconds=30), Answer.NO)


def test_a_verdict_of_one_second_is_announced_and_taken_back() -> None:
    rules = numbers.for_policy(POLICIES[0])
    facts = Numbers(count=5, waited=NOW)
    decision, seen = rules.decide(facts, NOW), []
    while decision.changes_at is not None:
        seen.append(((decision.changes_at - NOW).total_seconds(), decision.changes_to))
        decision = rules.decide(facts, decision.changes_at)
    assert seen == [(60, Answer.YES), (61, Answer.NO), (91, Answer.YES)]


def test_elapsed_seconds_are_rounded_down_also_before_the_instant() -> None:
    decision = numbers.for_policy(POLICIES[0]).decide(Numbers(count=0, waited=NOW + MICROSECOND), NOW)
    assert decision.rule_id == "not_yet"
    assert decision.facts["waited_seconds"] == -1


def test_crossings_at_the_same_instant_count_together() -> None:
    """At 41 s the first clock opens again what the second closes at 30 s: no change is reported."""
    rules = two_clocks.for_policy(POLICIES[0])
    facts = TwoClocks(first=NOW - timedelta(seconds=20), second=NOW - timedelta(seconds=9), flag=True)
    assert rules.decide(facts, NOW).verdict is Answer.YES
    assert rules.decide(facts, NOW).changes_at is None


@given(
    received=st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001 - a local time gets its zone below
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]),
    hours=st.integers(0, 60),
)
@settings(max_examples=150, deadline=None)
def test_hours_are_elapsed_whatever_zone_the_instants_are_written_in(
    received: datetime, zone: str, hours: int
) -> None:
    rules = visibility.for_policy(POLICIES[0])
    local = received.replace(tzinfo=ZoneInfo(zone))
    now = (local.astimezone(UTC) + timedelta(hours=hours)).astimezone(ZoneInfo(zone))
    facts = VisibilityFacts(Viewer.VENDOR, Basis.APPLICATION, Response.NONE, local, 0, Closed.NO)
    decision = rules.decide(facts, now)
    assert decision.rule_id == ("still_waiting" if hours < 48 else "revealed_by_silence")
    if hours < 48:
        assert decision.changes_at == local.astimezone(UTC) + timedelta(hours=48)
    assert decision.decided_at == now
    assert decision.decided_at.tzinfo is UTC


EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def micros(instant: datetime) -> int:
    return (instant - EPOCH) // MICROSECOND


def run_sql(rules: Ruleset[Any], verdict: Any, facts: Any, fixed: frozenset[str]) -> bool:
    """Runs the expression in SQLite, with instants as integers of microseconds."""
    given_values = {field.name: getattr(facts, field.name) for field in rules._fields}
    columns: dict[str, Any] = {
        name: given_values[name] if name in fixed else f":{name}" for name in given_values
    }
    sql = rules.sql(verdict, columns, "now()")
    sql = re.sub(r"now\(\) - interval '(-?\d+) seconds'", lambda match: f"(:now - {match[1]} * 1000000)", sql)
    assert "now()" not in sql
    values = {
        name: micros(value) if isinstance(value, datetime) else value for name, value in given_values.items()
    } | {"now": micros(NOW)}
    with closing(sqlite3.connect(":memory:")) as database:
        [(answer,)] = database.execute(f"select {sql}", values)
    return bool(answer)


@settings(max_examples=400, deadline=None)
@given(data=st.data(), case=st.sampled_from(CASES))
def test_the_sql_of_a_verdict_is_true_exactly_when_it_is_the_verdict(data: st.DataObject, case: Case) -> None:
    """For every verdict, whichever facts are fixed values instead of columns."""
    definition, policy = case
    rules = definition.for_policy(policy)
    facts = data.draw(facts_strategy(definition, policy))
    fixable = [field.name for field in rules._fields if field.kind != "since"]
    fixed = data.draw(st.frozensets(st.sampled_from(fixable)))
    decided = rules.decide(facts, NOW).verdict
    for verdict in definition.verdicts:
        assert run_sql(rules, verdict, facts, fixed) is (verdict is decided)


@pytest.mark.parametrize("count", [4, 5, 6])
@pytest.mark.parametrize("waited", [-1, 0, 59, 60, 61, 89, 90, 91])
@pytest.mark.parametrize("microseconds", [0, 1, 999_999])
def test_the_sql_of_every_comparison_holds_at_its_boundaries(
    count: int, waited: int, microseconds: int
) -> None:
    rules = numbers.for_policy(POLICIES[0])
    facts = Numbers(count=count, waited=ago(waited, microseconds))
    decided = rules.decide(facts, NOW).verdict
    for verdict in Answer:
        assert run_sql(rules, verdict, facts, frozenset()) is (verdict is decided)
