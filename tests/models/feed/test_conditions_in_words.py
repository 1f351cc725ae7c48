"""Each rule that did not fire says in words of the reader's language what was not met."""

from datetime import UTC, datetime
from random import Random

import orjson
import pytest

import models.complaints.reasons  # noqa: F401 - adds the names of its reasons
from models.base.refusal import LANGUAGES
from models.feed.wording.conditions import condition_in_words
from models.feed.wording.language import language_for
from rules import ALL, BY_NAME
from rules.engine.condition import Node, Split, Test, all_tests, from_json, to_json
from rules.engine.given import read_given
from tests.rules.support import make_policy

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
POLICY = make_policy("words")
NAMES = [definition.name for definition in ALL]


def _unmet(name: str) -> list[tuple[str, Node]]:
    """The conditions that are not met in some cells of the ruleset."""
    definition, random = BY_NAME[name], Random(7)
    ruleset = definition.for_policy(POLICY)
    found: dict[str, tuple[Node, ...]] = {}
    for _ in range(60):
        facts = {
            f"{axis.field.name}_seconds" if axis.field.kind == "since" else axis.field.name: random.choice(
                axis.values
            )
            for axis in ruleset.axes
            if not axis.field.switch
        }
        decision = ruleset.decide(read_given(definition, {}, facts, NOW), NOW)
        found |= {other.rule_id: other.unmet for other in decision.others}
    return [(rule_id, node) for rule_id, unmet in found.items() for node in unmet]


def _every(name: str) -> list[Node]:
    return [rule.condition for rule in BY_NAME[name].rules(POLICY)]


def _identifiers(name: str) -> set[str]:
    """The names of facts and values of a ruleset that cannot be words of a language."""
    fields = BY_NAME[name].fields
    members = {member.value for field in fields for member in field.enum or ()}
    return {word for word in members | {field.name for field in fields} if "_" in word}


@pytest.mark.parametrize("name", NAMES)
def test_each_rule_that_did_not_fire_has_sentences_in_each_language(name: str) -> None:
    """None is an identifier, or how the rule states it, or has one in it."""
    found = _unmet(name)
    rules = {rule.id for rule in BY_NAME[name].rules(POLICY)}
    assert {rule_id for rule_id, _ in found} == rules
    for rule_id, node in found:
        for language in LANGUAGES:
            sentence = condition_in_words(name, node, language_for(language))
            assert ": " in sentence, (rule_id, language)
            assert sentence != str(node), (rule_id, language)
            assert not [one for one in _identifiers(name) if one in sentence], (rule_id, language, sentence)


@pytest.mark.parametrize("name", NAMES)
def test_every_condition_has_words_that_differ_between_languages(name: str) -> None:
    for node in _every(name):
        sentences = {condition_in_words(name, node, language_for(one)) for one in LANGUAGES}
        assert len(sentences) == len(LANGUAGES), str(node)


@pytest.mark.parametrize("name", NAMES)
def test_a_condition_is_the_same_after_it_was_written_as_json(name: str) -> None:
    """That is how a trial keeps it."""
    fields = {field.name: field for field in BY_NAME[name].fields}
    for node in _every(name):
        assert from_json(orjson.loads(orjson.dumps(to_json(node))), fields) == node


def _one(name: str, fact: str, shown: str) -> str:
    """The words of the first comparison of a fact that a rule states like this."""
    for node in _every(name):
        for test in all_tests(node):
            if str(test) == shown:
                return condition_in_words(name, test, language_for("en"))
    raise AssertionError((name, fact, shown))


def test_comparisons_are_worded_by_the_kind_of_the_fact() -> None:
    """Values by their names, durations and ages by their bounds, instants by their side."""
    assert _one("visibility", "response", "response == ACCEPTED") == "Answer of the prospect: Accepted"
    assert _one("refund", "ended", "not ended") == "Ended without an answer: no"
    waited = "Receipt of the application (time since): at least 48 hours"
    assert _one("visibility", "waited", "waited >= 48 hours") == waited
    assert _one("refund", "call_seconds", "call_seconds < 2 minutes").endswith(": less than 2 minutes")
    assert _one("retry", "attempts", "attempts >= 10").endswith(": at least 10")
    assert _one("placement", "meeting_at", "meeting_at >= 0 seconds") == "Time of the meeting: in the past"


def test_an_instant_that_must_be_near_says_how_near() -> None:
    """An age of at least minus an hour is at most an hour until then."""
    fields = {field.name: field for field in BY_NAME["placement"].fields}
    for operator, words in (">=", "at most 1 hour"), ("<", "more than 1 hour"):
        test = Test(fields["meeting_at"], operator, -3_600)  # type: ignore[arg-type]
        found = condition_in_words("placement", test, language_for("en"))
        assert found == f"Time of the meeting (time until): {words}"


def test_alternatives_of_one_fact_name_it_once() -> None:
    """Those of several facts are separated, and conditions within conditions stand in parentheses."""
    fields = {field.name: field for field in BY_NAME["visibility"].fields}
    enum = fields["response"].enum
    assert enum is not None
    none, accepted, declined = (
        Test(fields["response"], "==", enum(one)) for one in ("NONE", "ACCEPTED", "DECLINED")
    )
    waited = Test(fields["waited"], "<", 3_600)
    english = language_for("en")
    assert (
        condition_in_words("visibility", Split(False, (none, accepted, declined)), english)
        == "Answer of the prospect: None yet, Accepted or Declined"
    )
    assert (
        condition_in_words("visibility", Split(True, (Split(False, (none, accepted)), waited)), english)
        == "Answer of the prospect: None yet or Accepted; and Receipt of the application (time since): less "
        "than 1 hour"
    )
    assert condition_in_words(
        "visibility", Split(False, (accepted, Split(True, (declined, waited)))), english
    ) == (
        "Answer of the prospect: Accepted; or (Answer of the prospect: Declined; and Receipt of the "
        "application (time since): less than 1 hour)"
    )
