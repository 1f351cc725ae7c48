"""What is refused when a ruleset is loaded, with the rule's name and the remedy or a counterexample."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from rules import Policy, RulesetError, decide, full_table_check, m, rule
from rules.engine.errors import ConflictError, GapError, UnreachableError, UnsafeConditionError
from tests.rules.support import NOW, Answer, Colour, Facts, Other, define, make_policy, written

POLICY = make_policy()


def load(author: Callable[[Policy], None]) -> None:
    define(author).for_policy(POLICY)


UNSAFE: dict[str, Callable[[], Any]] = {
    "and": lambda: (m.count > 1) and (m.flag == True),  # noqa: E712
    "or": lambda: (m.count > 1) or m.flag,
    "not": lambda: not m.flag,
    "chained comparison": lambda: 1 <= m.count < 9,
    "in": lambda: m.colour in (Colour.RED, Colour.GREEN),
    "any()": lambda: any([m.flag, m.count > 1]),
    "not equal": lambda: m.count != 1,
    "absent": lambda: -m.count,
    "present": lambda: +m.count,
    "inverted comparison": lambda: ~(m.count > 1),
    "two facts": lambda: m.count > m.other,
    "two facts of a condition": lambda: m.count == (m.other == 1),
    "sum": lambda: m.count + m.other > 3,
    "difference": lambda: m.count - 1 > 3,
    "reversed difference": lambda: 5 - m.count > 3,
    "product": lambda: m.count * 2 > 3,
    "quotient": lambda: m.count / 2 > 3,
    "whole quotient": lambda: m.count // 2 > 3,
    "remainder": lambda: m.count % 2 == 1,
    "null": lambda: m.count == None,  # noqa: E711
    "nested field": lambda: m.count.deep == 1,
    "regular expression": lambda: m.colour.matches("R.*"),
    "array": lambda: m.colour.allItems(m.flag),
    "index": lambda: m.colour[0] == 1,
    "named event": lambda: m.count << m.other,
    "missing parentheses": lambda: m.count == 1 & m.flag,
    "comparing conditions": lambda: (m.count == 1) == (m.other == 1),
    "a plain value": lambda: (m.count == 1) & True,
    "a number alone": lambda: 5,
    "order of an enum": lambda: m.colour > Colour.RED,
    "order of a text": lambda: m.colour > "RED",
    "order of a boolean": lambda: m.flag >= 1,
    "text instead of a member": lambda: m.colour == "RED",
    "member of another enum": lambda: m.colour == Other.RED,
    "boolean is not an integer": lambda: m.count == True,  # noqa: E712
    "integer is not a boolean": lambda: m.flag == 1,
    "float": lambda: m.count > 1.5,
    "integer beyond doubles": lambda: m.count > 2**53,
    "text for an integer": lambda: m.count == "1",
    "instant": lambda: m.waited > datetime(2026, 1, 1),  # noqa: DTZ001
    "unknown field": lambda: m.colours == Colour.RED,
    "enum as a flag": lambda: m.colour & m.flag,
    "integer as a flag": lambda: ~m.count,
    "17 comparisons": lambda: m.count.among(*range(17)),
}


@pytest.mark.parametrize("construct", UNSAFE)
def test_an_unsafe_construct_is_refused_with_the_name_of_the_rule(construct: str) -> None:
    def author(_: Policy) -> None:
        @rule(Answer.NO, "S1.1", m.flag)
        def fine() -> None:
            """Fine."""

        @rule(Answer.YES, "S1.1", UNSAFE[construct]())
        def faulty() -> None:
            """Faulty."""

        @rule(Answer.YES, "S1.1", m.flag)
        def later() -> None:
            """Later."""

    with pytest.raises(UnsafeConditionError, match=r"^made_up: rule faulty\b.*: .+"):
        load(author)


def test_16_comparisons_are_still_safe() -> None:
    def author(_: Policy) -> None:
        @rule(Answer.YES, "S1.1", m.count.among(*range(16)))
        def yes() -> None:
            """Yes."""

        @rule(Answer.NO, "S1.1", m.count < 0)
        def below() -> None:
            """No."""

        @rule(Answer.NO, "S1.1", m.count >= 16)
        def above() -> None:
            """No."""

    load(author)


def many(number: int) -> Callable[[Policy], None]:
    def author(_: Policy) -> None:
        for index in range(number):
            last, first = index == number - 1, index == 0
            condition = m.count >= index if last else m.count <= 0 if first else m.count == index

            def body() -> None:
                """One of many."""

            body.__name__ = f"rule_{index}"
            rule(Answer.NO, "S1.1", condition)(body)

    return author


def test_50_rules_including_the_catch_all_are_the_maximum() -> None:
    load(many(49))
    with pytest.raises(RulesetError, match="50 conditions"):
        load(many(50))
    with pytest.raises(RulesetError, match="0 conditions"):
        load(many(0))


def two(
    first: Any, second: Any, verdicts: tuple[Any, Any] = (Answer.YES, Answer.NO)
) -> Callable[[Policy], None]:
    def author(_: Policy) -> None:
        @rule(verdicts[0], "S1.1", first())
        def one() -> None:
            """One."""

        @rule(verdicts[1], "S1.1", second())
        def two() -> None:
            """Two."""

    return author


@pytest.mark.parametrize(
    ("first", "second", "facts"),
    [
        (lambda: m.flag, lambda: ~m.flag & (m.count < 5), "count=5, other=0, flag=False"),
        (lambda: m.count < 5, lambda: m.count > 5, "count=5,"),
        (lambda: m.waited < 3600, lambda: m.waited > 3600, "waited=1 hour"),
        (lambda: m.count == 5, lambda: m.count < 5, "count=6,"),
        (lambda: m.count == 5, lambda: m.count > 5, "count=4,"),
        (lambda: m.colour == Colour.RED, lambda: m.colour == Colour.RED, "colour=GREEN"),
    ],
)
def test_a_gap_is_reported_with_its_facts(first: Any, second: Any, facts: str) -> None:
    with pytest.raises(GapError, match=re.escape(facts)):
        load(two(first, second, (Answer.NO, Answer.NO)))


@pytest.mark.parametrize(
    ("first", "second", "facts"),
    [
        (lambda: m.count <= 5, lambda: m.count >= 5, "count=5,"),
        (lambda: m.flag | (m.count == 7), lambda: ~m.flag, "count=7, other=0, flag=False"),
        (lambda: m.waited <= 60, lambda: m.waited >= 60, "waited=1 minute"),
    ],
)
def test_a_conflict_is_reported_with_both_rules_and_the_facts(first: Any, second: Any, facts: str) -> None:
    with pytest.raises(
        ConflictError, match=r"rules one \(YES\) and two \(NO\) both fire.*" + re.escape(facts)
    ):
        load(two(first, second))


def test_overlapping_rules_may_agree_and_the_first_in_the_file_decides() -> None:
    definition = define(two(lambda: m.count <= 5, lambda: m.count >= 5, (Answer.YES, Answer.YES)))
    rules = definition.for_policy(POLICY)
    names = {count: rules.decide(facts(count), NOW).rule_id for count in (4, 5, 6)}
    assert names == {4: "one", 5: "one", 6: "two"}


def test_a_rule_that_a_later_one_repeats_in_part_is_reachable() -> None:
    """The check must not stop at the first rule that fires: an earlier rule can still be undecided."""
    load(three(lambda: (m.count > 5) & m.flag, lambda: m.count > 5, lambda: m.count <= 5))


def test_a_rule_that_contradicts_itself_is_unreachable() -> None:
    with pytest.raises(UnreachableError, match="rule two can never fire"):
        load(three(lambda: m.flag, lambda: (m.count > 5) & (m.count < 5), lambda: ~m.flag))


def test_a_rule_behind_one_that_always_fires_too_is_unreachable_and_the_error_shows_where() -> None:
    with pytest.raises(UnreachableError, match=r"rule two never decides: rule one comes first for.*count=6"):
        load(three(lambda: m.count > 3, lambda: m.count > 5, lambda: m.count <= 3))


def three(*conditions: Any) -> Callable[[Policy], None]:
    def author(_: Policy) -> None:
        @rule(Answer.YES, "S1.1", conditions[0]())
        def one() -> None:
            """One."""

        @rule(Answer.YES, "S1.1", conditions[1]())
        def two() -> None:
            """Two."""

        @rule(Answer.YES, "S1.1", conditions[2]())
        def three() -> None:
            """Three."""

    return author


def test_both_values_of_a_switch_are_checked_whatever_the_policy_says() -> None:
    """A policy with the switch on must not hide a gap that appears with the switch off."""
    author = two(lambda: m.late, lambda: ~m.late & m.flag, (Answer.YES, Answer.NO))
    with pytest.raises(GapError, match="flag=False, waited=0 seconds, late=False"):
        define(author, late=lambda p: p.refund.late_declines).for_policy(POLICY)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sentence": None}, "no docstring"),
        ({"sentence": "After {reveal_afer}."}, r"placeholder \{reveal_afer\}"),
        ({"sentence": "After {reveal_after.real}."}, "not the plain name"),
        ({"sentence": "After {reveal_after!r}."}, "not the plain name"),
        ({"sentence": "After {}."}, "not the plain name"),
        ({"sentence": "After {."}, "made_up: rule one"),
        ({"verdict": Other.YES}, "use a Answer"),
        ({"verdict": "YES"}, "use a Answer"),
        ({"requirement": "S9.1"}, "requirement 'S9.1'"),
        ({"requirement": ""}, "requirement ''"),
        ({"name": "one"}, "another rule has this name"),
    ],
)
def test_a_rule_that_cannot_be_shown_or_traced_is_refused(changes: dict[str, Any], message: str) -> None:
    load(written())
    with pytest.raises(RulesetError, match=message):
        load(written(**changes))


def test_a_rule_outside_a_ruleset_is_refused() -> None:
    with pytest.raises(RulesetError, match="inside a function with @ruleset"):

        @rule(Answer.YES, "S1.1", m.flag)
        def lonely() -> None:
            """Lonely."""


def test_a_definition_is_closed_even_after_an_error() -> None:
    with pytest.raises(UnsafeConditionError):
        load(two(lambda: m.count != 1, lambda: m.flag))
    load(written())


def facts(count: int) -> Facts:
    return Facts(colour=Colour.RED, count=count, other=0, flag=False, waited=NOW)


def test_a_rule_in_parts_fires_when_one_of_them_holds() -> None:
    """Each part can have 16 comparisons; both evaluators return the same rule."""

    def author(_: Policy) -> None:
        @rule(Answer.YES, "S1.1", m.count.among(*range(16)), m.count.among(*range(10, 26)), m.count == 30)
        def yes() -> None:
            """Yes."""

        @rule(Answer.NO, "S1.1", m.count < 0, (m.count > 25) & (m.count < 30), m.count > 30)
        def no() -> None:
            """No."""

    definition = define(author)
    assert full_table_check(definition.for_policy(POLICY)) > 0
    answers = {
        count: decide(definition, POLICY, Facts(Colour.RED, count, 0, False, NOW), NOW)
        for count in (-1, 0, 12, 25, 26, 30, 31)
    }
    assert [count for count, one in answers.items() if one.verdict is Answer.YES] == [0, 12, 25, 30]
    assert {one.rule_id for one in answers.values()} == {"yes", "no"}


def test_a_rule_without_a_condition_is_refused() -> None:
    def author(_: Policy) -> None:
        @rule(Answer.YES, "S1.1")
        def bare() -> None:
            """Bare."""

    with pytest.raises(RulesetError, match="rule bare: no condition"):
        load(author)
