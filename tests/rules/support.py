"""Shared by the tests of the rules: policies, facts and made-up rulesets."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from hypothesis import strategies as st

from rules import (
    Basis,
    Closed,
    MeetingStatement,
    Policy,
    RefundFacts,
    Response,
    ReviewReminderFacts,
    Ruleset,
    RulesetDefinition,
    ViewerKind,
    VisibilityFacts,
    m,
    production_parameters,
    rule,
    ruleset,
)

NOW = datetime(2026, 3, 29, 12, tzinfo=UTC)  # the day on which Berlin's clocks go forward
HOUR = 3600
REVEAL, REMIND = 48 * HOUR, 24 * HOUR
MICROSECOND = timedelta(microseconds=1)

Case = tuple[RulesetDefinition[Any], Policy]


def make_policy(version: str = "test-1", **areas: dict[str, int | bool | str]) -> Policy:
    """Return production's policy with some fields changed: `make_policy(refund={"withdrawals": False})`."""
    parameters = production_parameters()
    for area, values in areas.items():
        parameters[area].update(values)
    return Policy.from_parameters(version=version, market="de", effective_from=NOW, parameters=parameters)


def ago(seconds: float = 0, microseconds: int = 0) -> datetime:
    """Return the instant this long before NOW."""
    return NOW - timedelta(seconds=seconds, microseconds=microseconds)


def facts_strategy(definition: RulesetDefinition[Any], policy: Policy) -> st.SearchStrategy[Any]:
    """Return random facts, with integers and instants close to the constants of the rules."""
    cuts = {axis.field.name: axis.thresholds for axis in definition.for_policy(policy).axes}
    given: dict[str, st.SearchStrategy[Any]] = {}
    for field in definition.fields:
        if field.switch:
            continue
        near = st.sampled_from([cut + step for cut in (0, *cuts[field.name]) for step in (-1, 0, 1)])
        if field.enum is not None:
            given[field.name] = st.sampled_from(list(field.enum))
        elif field.kind == "bool":
            given[field.name] = st.booleans()
        elif field.kind == "int":
            given[field.name] = near | st.integers(-(2**53), 2**53)
        else:
            far = st.integers(-400 * 86_400, 400 * 86_400)
            given[field.name] = st.builds(ago, near | far, st.sampled_from([-1, 0, 1, 999_999]))
    return st.builds(definition.facts, **given)


def same(facts: Any, **changes: object) -> Any:
    """Return a copy of frozen facts with some fields changed, without checking types."""
    values = {field.name: getattr(facts, field.name) for field in fields(facts)} | changes
    return type(facts)(**values)


class Colour(StrEnum):
    """An enum for made-up rulesets."""

    RED = "RED"
    GREEN = "GREEN"


class Answer(StrEnum):
    """Verdicts for made-up rulesets."""

    YES = "YES"
    NO = "NO"


class Other(StrEnum):
    """An enum with the same values as Colour and Answer."""

    RED = "RED"
    YES = "YES"


POLICIES = [
    make_policy(),
    make_policy("off", refund={"late_declines": False, "withdrawals": False, "no_show_restores": False}),
    make_policy("narrow", reminder={"only_unopened": True}),
    make_policy("first-only", complaint={"replacements_complainable": False}),
    make_policy("demo", reveal={"reveal_after": 48}, reminder={"review_reminder_after": 24}),
]
SEEN = VisibilityFacts(
    viewer=ViewerKind.VENDOR,
    basis=Basis.APPLICATION,
    response=Response.ACCEPTED,
    waited=ago(60),
    responded_after=60,
    closed=Closed.NO,
)
REPAID = RefundFacts(
    response=Response.DECLINED,
    ended=False,
    responded_after=60,
    meeting_known=False,
    answered_after_meeting=0,
    statement=MeetingStatement.NONE,
    both_joined=False,
    call_seconds=0,
)
DUE = ReviewReminderFacts(response=Response.NONE, opened=False, waited=ago(REVEAL))


def fresh(definition: Any, version: str) -> Ruleset[Any]:
    """Return a ruleset that no other test shares, so that the test may damage it."""
    rules: Ruleset[Any] = definition.for_policy(make_policy(version))
    return rules


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of every kind, for a ruleset under test."""

    colour: Colour
    count: int
    other: int
    flag: bool
    waited: datetime


def define(author: Callable[[Policy], None], **switches: Any) -> RulesetDefinition[Facts]:
    """Return the ruleset that `author` defines over Facts, not loaded yet."""
    made = ruleset("made_up", Facts, since=("waited",), fail_closed=Answer.NO, switches=switches)
    return made(author)


def written(**changes: Any) -> Callable[[Policy], None]:
    """Return an author of two valid rules, unless `changes` make the first one invalid."""

    def author(_: Policy) -> None:
        def one() -> None: ...

        one.__doc__ = changes.get("sentence", "One.")
        rule(changes.get("verdict", Answer.YES), changes.get("requirement", "S1.1"), m.flag)(one)
        one.__name__ = changes.get("name", "two")
        rule(Answer.YES, "S1.1", ~m.flag)(one)

    return author


@dataclass(frozen=True, slots=True)
class TwoClocks:
    """Facts with two instants."""

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
    """Facts with an integer and an instant."""

    count: int
    waited: datetime


@ruleset("numbers", Numbers, since=("waited",), fail_closed=Answer.NO)
def numbers(_: Policy) -> None:
    """Every possible comparison of an integer and of a time fact."""

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
