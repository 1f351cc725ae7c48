"""For all facts, engine, oracle, cache, reduced facts and SQL give the same verdict."""

import dataclasses
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import ALL, Decision, Ruleset, full_table_check
from rules.engine.reduction import places, raw_values
from tests.rules.support import (
    MICROSECOND,
    NOW,
    POLICIES,
    Answer,
    Case,
    Numbers,
    ago,
    facts_strategy,
    numbers,
    same,
    two_clocks,
)

CASES: list[Case] = [(definition, policy) for definition in ALL for policy in POLICIES]
CASES += [(numbers, POLICIES[0]), (two_clocks, POLICIES[0])]
# Each table once: a table has both values of every switch, so policies that differ elsewhere share it.
TABLES = {
    (case[0].name, *(str(rule.condition) for rule in case[0].rules(case[1]))): case for case in CASES
}.values()


def says(decision: Decision) -> tuple[object, ...]:
    return decision.verdict, decision.rule_id, decision.reason, decision.others


@pytest.mark.parametrize("case", TABLES, ids=lambda case: f"{case[0].name}-{case[1].version}")
def test_durable_rules_and_the_oracle_agree_on_the_whole_table(
    case: Case,
) -> None:
    definition, policy = case
    axes = definition.for_policy(policy).table_axes()
    cells = 1
    for axis in axes:
        cells *= len(axis.values)
    assert full_table_check(definition.for_policy(policy), limit=cells) == cells


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
    """Cached, reduced and raw facts give the same decision, also just after the cache was cleared."""
    definition, policy = case
    rules = definition.for_policy(policy)
    facts = data.draw(facts_strategy(definition, policy))
    if data.draw(st.booleans()):
        rules.clear_cache()
    cached, raw = rules.decide(facts, NOW), rules.decide_uncached(facts, NOW)
    assert says(cached) == says(raw)
    assert cached == raw
    assert rules.cell(facts, NOW).verdict is raw.verdict
    values = tuple(getattr(facts, field.name) for field in dataclasses.fields(facts))
    assert rules.cells_of([values, values], NOW) == [rules.cell(facts, NOW)] * 2


@settings(max_examples=400, deadline=None)
@given(data=st.data(), case=st.sampled_from(CASES))
def test_the_fast_key_distinguishes_exactly_what_the_axes_do(data: st.DataObject, case: Case) -> None:
    """The fast key and the slow places on the axes define the same classes."""
    definition, policy = case
    rules = definition.for_policy(policy)
    one, other = data.draw(facts_strategy(definition, policy)), data.draw(facts_strategy(definition, policy))
    fields = [field for field in definition.fields if not field.switch]
    changed = data.draw(st.sets(st.sampled_from([field.name for field in fields]), max_size=2))
    two = same(one, **{name: getattr(other, name) for name in changed})
    slow = [places(rules.axes, raw_values(fields, facts, NOW) | rules.switches) for facts in (one, two)]
    assert (rules._key(one, NOW) == rules._key(two, NOW)) is (slow[0] == slow[1])


EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def micros(instant: datetime) -> int:
    return (instant - EPOCH) // MICROSECOND


def run_sql(rules: Ruleset[Any], verdict: Any, facts: Any, fixed: frozenset[str]) -> bool:
    """Evaluates the expression in SQLite, with instants as integers of microseconds."""
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
    fixed = data.draw(st.frozensets(st.sampled_from(fixable)) if fixable else st.just(frozenset()))
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
