"""When a verdict changes with time alone: exact to the microsecond, in any time zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from rules import Basis, Closed, Response, ViewerKind, VisibilityFacts, review_reminder, visibility
from rules.placements.complaint_placement import complaint_placement
from rules.placements.placement import placement
from tests.rules.support import (
    MICROSECOND,
    NOW,
    POLICIES,
    Answer,
    Case,
    Numbers,
    TwoClocks,
    facts_strategy,
    numbers,
    same,
    two_clocks,
)

TIMED: list[Case] = [
    (visibility, POLICIES[0]),
    (visibility, POLICIES[4]),
    (review_reminder, POLICIES[2]),
    (two_clocks, POLICIES[0]),
    (numbers, POLICIES[0]),
]
SEVERAL: list[Case] = [*TIMED, (placement, POLICIES[0]), (complaint_placement, POLICIES[0])]


@settings(max_examples=700, deadline=None)
@given(data=st.data(), case=st.sampled_from(TIMED))
def test_changes_at_is_exact_to_the_microsecond(data: st.DataObject, case: Case) -> None:
    """At that instant the verdict is the announced one; before it, it is not."""
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


@settings(max_examples=700, deadline=None)
@given(data=st.data(), case=st.sampled_from(SEVERAL))
def test_ends_at_is_the_first_instant_of_another_rule(data: st.DataObject, case: Case) -> None:
    """Before it the rule is the same, and the verdict does not change before the rule."""
    definition, policy = case
    rules = definition.for_policy(policy)
    facts = data.draw(facts_strategy(definition, policy))
    decision = rules.decide(facts, NOW)
    at = decision.ends_at
    if at is None:
        assert decision.changes_at is None
        far = NOW + timedelta(seconds=data.draw(st.integers(0, 2000 * 86_400)))
        assert rules.decide(facts, far).rule_id == decision.rule_id
        return
    assert at > NOW
    assert decision.changes_at is None or at <= decision.changes_at
    assert rules.decide(facts, at).rule_id != decision.rule_id
    between = NOW + (at - NOW) * data.draw(st.floats(0, 1, exclude_max=True))
    for instant in (at - MICROSECOND, min(between, at - MICROSECOND)):
        assert rules.decide(facts, instant).rule_id == decision.rule_id


def test_crossings_of_two_time_facts_are_ordered_by_instant() -> None:
    rules = two_clocks.for_policy(POLICIES[0])
    facts = TwoClocks(first=NOW, second=NOW - timedelta(seconds=25), flag=True)
    decision = rules.decide(facts, NOW)
    seen = []
    while decision.changes_at is not None:
        seen.append((decision.rule_id, (decision.changes_at - NOW).total_seconds()))
        decision = rules.decide(facts, decision.changes_at)
    assert seen == [("early", 41.0)]  # the second passes 30 s at 5 s, the first 40 s at 41 s
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
    """At 41 s, the first clock opens what the second closes at 30 s: no change is reported."""
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
    facts = VisibilityFacts(ViewerKind.VENDOR, Basis.APPLICATION, Response.NONE, local, 0, Closed.NO)
    decision = rules.decide(facts, now)
    assert decision.rule_id == ("still_waiting" if hours < 48 else "revealed_by_silence")
    if hours < 48:
        assert decision.changes_at == local.astimezone(UTC) + timedelta(hours=48)
    # In any other zone, Python treats an ambiguous hour as unequal to itself.
    assert decision.decided_at == now.astimezone(UTC)
    assert decision.decided_at.tzinfo is UTC
