"""The oracle: a small independent evaluator of the same plain data as durable_rules.

It shares no code with durable_rules or the checks, so that a mistake in one of them is detected.
"""

from collections.abc import Callable, Iterable, Mapping
from operator import ge, gt, le, lt
from typing import Any

__all__ = ["Oracle"]

Values = Mapping[str, Any]
Evaluator = Callable[[Values], bool]
_ORDER = {"$lt": lt, "$lte": le, "$gt": gt, "$gte": ge}


class Oracle:
    """Returns the rules that fire, like `Engine.fires`."""

    __slots__ = ("_rules",)

    def __init__(self, rules: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """`rules` are ids and `define()`d conditions."""
        self._rules = [(rule_id, _compile(data)) for rule_id, data in rules]

    def fires(self, facts: Values) -> frozenset[str]:
        """The ids of the rules that fire for `facts` (every field present)."""
        return frozenset([rule_id for rule_id, evaluator in self._rules if evaluator(facts)])


def _compile(data: Mapping[str, Any]) -> Evaluator:
    [(key, body)] = data.items()
    if key == "$and":
        return _every([_compile(part) for part in body])
    if key == "$or":
        return _some([_compile(part) for part in body])
    if key in _ORDER:
        [(name, constant)] = body.items()
        return _ordered(name, _ORDER[key], constant)
    return _equal(key, body)


def _every(parts: list[Evaluator]) -> Evaluator:
    def every(facts: Values) -> bool:
        for part in parts:  # noqa: SIM110 - all() over a generator takes twice as long
            if not part(facts):
                return False
        return True

    return every


def _some(parts: list[Evaluator]) -> Evaluator:
    def some(facts: Values) -> bool:
        for part in parts:  # noqa: SIM110 - any() over a generator takes twice as long
            if part(facts):
                return True
        return False

    return some


def _ordered(name: str, operator: Callable[[Any, Any], bool], constant: int) -> Evaluator:
    return lambda facts: operator(facts[name], constant)


def _equal(name: str, constant: object) -> Evaluator:
    return lambda facts: bool(facts[name] == constant)
