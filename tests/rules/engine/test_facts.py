"""Which types can be facts, and which names a ruleset can use for instants and switches."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import pytest

from rules import Policy, RulesetError, Seconds, m, rule, ruleset
from tests.rules.support import NOW, Answer, Facts, define, make_policy, written

POLICY = make_policy()


@dataclass(frozen=True, slots=True)
class WithText:
    name: str


@dataclass(frozen=True, slots=True)
class WithNumber:
    ratio: float


@dataclass(frozen=True, slots=True)
class WithOptional:
    flag: bool | None


@dataclass(frozen=True, slots=True)
class WithInstant:
    at: datetime


@dataclass(frozen=True, slots=True)
class WithReserved:
    sid: int


class Strange(StrEnum):
    """Values that the library's own JSON parser may not preserve."""

    QUOTED = 'a"b'


@dataclass(frozen=True, slots=True)
class WithStrange:
    strange: Strange


@dataclass
class Mutable:
    flag: bool


@pytest.mark.parametrize(
    "facts", [WithText, WithNumber, WithOptional, WithInstant, WithReserved, WithStrange, Mutable]
)
def test_only_enums_booleans_integers_and_instants_can_be_facts(
    facts: type,
) -> None:
    with pytest.raises(RulesetError, match=r"With|Mutable|Strange"):
        ruleset("made_up", facts, fail_closed=Answer.NO)(lambda _: None)


def test_since_accepts_only_instants_of_the_facts() -> None:
    with pytest.raises(RulesetError, match="count"):
        ruleset("made_up", Facts, since=("waited", "count"), fail_closed=Answer.NO)(lambda _: None)
    with pytest.raises(RulesetError, match="absent"):
        ruleset("made_up", Facts, since=("waited", "absent"), fail_closed=Answer.NO)(lambda _: None)


def test_a_switch_cannot_take_the_name_of_a_fact_nor_be_anything_but_a_boolean() -> None:
    with pytest.raises(RulesetError, match="rename the switch"):
        define(written(), flag=lambda p: p.refund.late_declines)
    with pytest.raises(RulesetError, match="switch late is 120"):
        define(written(), late=lambda p: p.refund.meeting_call_seconds).for_policy(POLICY)


def test_seconds_are_integers_shown_as_a_duration() -> None:
    @dataclass(frozen=True, slots=True)
    class Timed:
        took: Seconds

    def author(_: Policy) -> None:
        @rule(Answer.YES, "S1.1", m.took >= 7200)
        def long() -> None:
            """Long."""

        @rule(Answer.NO, "S1.1", m.took < 7200)
        def short() -> None:
            """Short."""

    definition = ruleset("timed", Timed, fail_closed=Answer.NO)(author)
    decision = definition.for_policy(POLICY).decide(Timed(took=5), NOW)
    assert decision.others[0].failed == ("took >= 2 hours",)
