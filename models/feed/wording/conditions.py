"""Conditions of rules in the reader's language, made from the names of their facts and of their values.

A rule's condition is written once, in the rule: these words know no rule.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from models.feed.wording.facts import SINCE, fact_name, value_of
from models.feed.wording.language import Language
from rules.engine.condition import Node, Operator, Split, Test


@dataclass(frozen=True, slots=True)
class _Words:
    """Bounds of a number, both sides of an instant, and how conditions are joined."""

    bounds: Mapping[Operator, str]
    past: str
    ahead: str
    both: str
    either: str


_WORDS: Mapping[str, _Words] = {
    "en": _Words(
        {"==": "exactly", "<": "less than", "<=": "at most", ">": "more than", ">=": "at least"},
        "in the past",
        "in the future",
        "and",
        "or",
    ),
    "de": _Words(
        {"==": "genau", "<": "weniger als", "<=": "höchstens", ">": "mehr als", ">=": "mindestens"},
        "in der Vergangenheit",
        "in der Zukunft",
        "und",
        "oder",
    ),
    "pl": _Words(
        {"==": "dokładnie", "<": "mniej niż", "<=": "najwyżej", ">": "więcej niż", ">=": "co najmniej"},
        "w przeszłości",
        "w przyszłości",
        "i",
        "lub",
    ),
    "ro": _Words(
        {"==": "exact", "<": "mai puțin de", "<=": "cel mult", ">": "mai mult de", ">=": "cel puțin"},
        "în trecut",
        "în viitor",
        "și",
        "sau",
    ),
}
# An age of at least -5 minutes is at most 5 minutes until then.
_OF_WHAT_IS_AHEAD: Mapping[Operator, Operator] = {"==": "==", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def condition_in_words(ruleset: str, node: Node, language: Language) -> str:
    """Return a condition of a rule, such as "Answer of the prospect: Accepted" or "Receipt of the application
    (time since): at least 48 hours".
    """
    if isinstance(node, Test):
        return f"{_name(ruleset, node, language)}: {_wanted(node, language)}"
    return _joined(ruleset, node, language)


def _joined(ruleset: str, node: Split, language: Language) -> str:
    words = _WORDS[language.catalog.language]
    joint = words.both if node.every else words.either
    parts = list(_parts(ruleset, node, language))
    return f"; {joint} ".join(parts)


def _parts(ruleset: str, node: Split, language: Language) -> Iterable[str]:
    """Return the parts; alternatives for one fact are one part, and joined conditions are in parentheses."""
    either = _WORDS[language.catalog.language].either
    for name, group in groupby(node.parts, _compared):
        parts: Sequence[Node] = list(group)
        tests = [part for part in parts if isinstance(part, Test)]
        if name is not None and not node.every:
            *begin, last = (_wanted(test, language) for test in tests)
            wanted = f"{', '.join(begin)} {either} {last}" if begin else last
            yield f"{_name(ruleset, tests[0], language)}: {wanted}"
            continue
        for part in parts:
            text = condition_in_words(ruleset, part, language)
            is_one = isinstance(part, Test) or len(set(map(_compared, part.parts))) == 1
            yield text if is_one else f"({text})"


def _compared(node: Node) -> str | None:
    """Return the name of the fact that a comparison compares; None for conditions that are joined."""
    return node.field.name if isinstance(node, Test) else None


def _name(ruleset: str, test: Test, language: Language) -> str:
    name = fact_name(ruleset, test.field, language)
    if test.field.kind == "since" and isinstance(test.constant, int) and test.constant:
        since, until = SINCE[language.catalog.language]
        return f"{name} ({since if test.constant > 0 else until})"
    return name


def _wanted(test: Test, language: Language) -> str:
    field, operator, constant = test.field, test.operator, test.constant
    if field.kind in {"enum", "bool"} or not isinstance(constant, int):
        return value_of(field, constant, language)
    words = _WORDS[language.catalog.language]
    if field.kind == "since" and constant == 0:
        return words.past if operator.startswith(">") else words.ahead
    if field.kind == "since" and constant < 0:
        operator, constant = _OF_WHAT_IS_AHEAD[operator], -constant
    return f"{words.bounds[operator]} {value_of(field, constant, language)}"
