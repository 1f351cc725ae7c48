"""Syntax tree of conditions, parsed strictly from the plain data that durable_rules also reads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from rules.engine.durable import MAX_ANTECEDENTS
from rules.engine.errors import UnsafeConditionError
from rules.engine.facts import BOUND, FactField

__all__ = [
    "Constant",
    "Node",
    "Operator",
    "Split",
    "Test",
    "all_tests",
    "either",
    "from_json",
    "holds",
    "read",
    "to_json",
]

Constant = StrEnum | bool | int
Operator = Literal["==", "<", "<=", ">", ">="]
_ORDER: dict[str, Operator] = {"$lt": "<", "$lte": "<=", "$gt": ">", "$gte": ">="}


@dataclass(frozen=True, slots=True)
class Test:
    """One fact compared with one constant."""

    __test__ = False  # pytest would collect it

    field: FactField
    operator: Operator
    constant: Constant

    def __str__(self) -> str:
        if self.field.kind == "bool":
            return self.field.name if self.constant else f"not {self.field.name}"
        return f"{self.field.name} {self.operator} {self.field.say(self.constant)}"


@dataclass(frozen=True, slots=True)
class Split:
    """Conditions joined by `and` (every) or `or` (any)."""

    every: bool
    parts: tuple["Node", ...]

    def __str__(self) -> str:
        words = [f"({part})" if isinstance(part, Split) else str(part) for part in self.parts]
        return (" and " if self.every else " or ").join(words)


Node = Test | Split


def read(data: Mapping[str, object], fields: Mapping[str, FactField]) -> Node:
    """The tree of a `define()`d condition. Raises UnsafeConditionError for anything unsafe."""
    node = _node(data, fields)
    count = sum(1 for _ in all_tests(node))
    if count > MAX_ANTECEDENTS:
        raise UnsafeConditionError(f"{count} comparisons: at most {MAX_ANTECEDENTS} are safe; split the rule")
    return node


def either(nodes: Sequence[Node]) -> Node:
    """The tree that holds if one of `nodes` holds; there is at least one."""
    if len(nodes) == 1:
        return nodes[0]
    parts: list[Node] = []
    for node in nodes:
        parts += node.parts if isinstance(node, Split) and not node.every else (node,)
    return Split(False, tuple(parts))


def _node(data: Mapping[str, object], fields: Mapping[str, FactField]) -> Node:
    ((key, body),) = data.items()
    if key in {"$and", "$or"} and isinstance(body, list):
        every = key == "$and"
        parts: list[Node] = []
        for part in body:
            node = _node(part, fields)
            parts += node.parts if isinstance(node, Split) and node.every == every else (node,)
        return Split(every, tuple(parts))
    if key in _ORDER and isinstance(body, Mapping):
        ((name, constant),) = body.items()
        return _test(name, _ORDER[key], constant, fields)
    if key.startswith("$"):
        raise UnsafeConditionError(f"{key} is outside the safe subset: use ==, <, <=, >, >=, & and | only")
    return _test(key, "==", body, fields)


def _test(name: str, operator: Operator, constant: object, fields: Mapping[str, FactField]) -> Test:
    field = fields.get(name)
    if field is None:
        raise UnsafeConditionError(
            f"m.{name} is not a fact of this ruleset: the facts are {', '.join(fields)}"
        )
    if field.kind in {"int", "since"}:
        if type(constant) is not int or not -BOUND < constant < BOUND:
            raise UnsafeConditionError(
                f"m.{name} {operator} {constant!r}: compare it with an int within ±2^53"
            )
        return Test(field, operator, constant)
    if operator != "==":
        raise UnsafeConditionError(
            f"m.{name} {operator} {constant!r}: only integers can be ordered; use == or among()"
        )
    if field.enum is not None and isinstance(constant, field.enum):
        return Test(field, operator, constant)
    if field.enum is None and isinstance(constant, bool):
        return Test(field, operator, constant)
    wanted = (
        f"a member of {field.enum.__name__}" if field.enum else "True or False (or write m.flag, ~m.flag)"
    )
    raise UnsafeConditionError(f"m.{name} == {constant!r}: compare it with {wanted}")


def all_tests(node: Node) -> Iterator[Test]:
    """All comparisons of the tree, from left to right."""
    if isinstance(node, Test):
        yield node
    else:
        for part in node.parts:
            yield from all_tests(part)


def to_json(node: Node) -> object:
    """The tree as JSON: a comparison is a list of three, conditions joined are an object."""
    if isinstance(node, Test):
        return [node.field.name, node.operator, node.constant]
    return {"every": node.every, "parts": [to_json(part) for part in node.parts]}


def from_json(data: Any, fields: Mapping[str, FactField]) -> Node:
    """The tree that `to_json` wrote. Raises KeyError or ValueError if these facts no longer have it."""
    if isinstance(data, dict):
        return Split(data["every"], tuple(from_json(part, fields) for part in data["parts"]))
    name, operator, constant = data
    field = fields[name]
    return Test(field, operator, field.enum(constant) if field.enum else constant)


def holds(test: Test, value: object) -> bool:
    """Whether the comparison holds for `value`, which is of the field's type (seconds for an instant)."""
    if test.operator == "==":
        return value == test.constant
    if not isinstance(value, int) or not isinstance(test.constant, int):
        raise TypeError(f"{test} cannot be evaluated for {value!r}")
    if test.operator == "<":
        return value < test.constant
    if test.operator == "<=":
        return value <= test.constant
    return value > test.constant if test.operator == ">" else value >= test.constant
