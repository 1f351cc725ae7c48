"""Adapter for durable_rules, its only importer: the safe part of its DSL, and a lock around the library."""

import json
import threading
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

import durable_rules_engine
from durable import engine as durable_engine
from durable import lang

from rules.engine.errors import EngineError
from rules.engine.refused_operators import Refusing, refuse

__all__ = ["MAX_ANTECEDENTS", "MAX_RULES", "Condition", "Engine", "Field", "disagreements", "m"]

MAX_RULES = 49  # durable_rules is sound up to 50; one of them is our catch-all
MAX_ANTECEDENTS = 16

_SID = "1"  # the library holds at most 1,024 live sids: we use one, and it never outlives a decision
_CONSTANT = "q"  # the constant field of the catch-all; no fact may have this name

# The library allocates and frees about 90 KB for each decision. At the end of the heap, glibc returns them to
# the system each time, and 23 page faults make a decision four times as slow. Freeing one larger block raises
# the threshold for that (see M_TRIM_THRESHOLD in mallopt(3)).
bytearray(4 << 20)

_lock = threading.RLock()
_disagreements = 0


class Condition(Refusing):  # noqa: PLW1641 - not hashable
    """A condition over one set of facts, made of comparisons joined by `&` and `|`."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __and__(self, other: object) -> "Condition":
        return Condition(self.value & _condition(other).value)

    def __or__(self, other: object) -> "Condition":
        return Condition(self.value | _condition(other).value)

    def __eq__(self, other: object) -> NoReturn:
        refuse("comparing a condition", "put parentheses around each comparison: (m.a == A) & (m.b == B)")

    __lt__ = __le__ = __gt__ = __ge__ = __eq__

    def __invert__(self) -> NoReturn:
        refuse("~(...)", "only a boolean fact can be inverted; write the opposite comparison")

    def define(self) -> dict[str, Any]:
        """The condition as plain data, in the shape that durable_rules reads."""
        data: dict[str, Any] = self.value.define()
        return data


class Field(Refusing):  # noqa: PLW1641 - as above
    """One fact to be compared with one constant; a boolean fact is a condition by itself."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def _value(self) -> Any:
        return getattr(lang.m, self.name)

    def _constant(self, other: object) -> object:
        if isinstance(other, Refusing):
            refuse("comparing two facts", "make the difference a separate fact")
        if other is None:
            refuse("null", "every field is always present; make absence a member of an enum")
        return other

    def __eq__(self, other: object) -> Condition:  # type: ignore[override]
        return Condition(self._value() == self._constant(other))

    def __lt__(self, other: object) -> Condition:
        return Condition(self._value() < self._constant(other))

    def __le__(self, other: object) -> Condition:
        return Condition(self._value() <= self._constant(other))

    def __gt__(self, other: object) -> Condition:
        return Condition(self._value() > self._constant(other))

    def __ge__(self, other: object) -> Condition:
        return Condition(self._value() >= self._constant(other))

    def __and__(self, other: object) -> Condition:
        return (self == True) & other  # noqa: E712 - builds a condition

    def __or__(self, other: object) -> Condition:
        return (self == True) | other  # noqa: E712 - builds a condition

    def __invert__(self) -> Condition:
        return self == False  # noqa: E712 - builds a condition

    def among(self, first: object, *others: object) -> Condition:
        """True if the fact is one of the given members."""
        condition = self == first
        for other in others:
            condition |= self == other
        return condition


def _condition(value: object) -> Condition:
    if isinstance(value, Field):
        return value == True  # noqa: E712 - builds a condition
    if isinstance(value, Condition):
        return value
    return refuse(f"{value!r}", "a condition compares a fact with a constant")


class _Facts:
    """`m.waited` is the fact `waited`."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Field:
        if name.startswith("_"):
            raise AttributeError(name)
        return Field(name)


m = _Facts()


class _Rules(durable_engine.Ruleset):  # type: ignore[misc] # the library is untyped
    """A ruleset whose actions are the names of the rules that fired, so that none can raise."""

    fired: list[str]

    def do_actions(self, state_handle: object, complete: Any) -> None:
        # The library runs each action through a promise, a closure and a copy of the state, and hides its
        # exceptions. We need only the names: that takes half the time, and there is no exception to hide.
        _, message = durable_rules_engine.start_action_for_state(self._handle, state_handle)
        while message:
            self.fired.extend(json.loads(message))
            message = durable_rules_engine.complete_and_start_action(self._handle, state_handle)
        complete(None, None)


class _Host(durable_engine.Host):  # type: ignore[misc] # the library is untyped
    """A host without the background threads, which would read states that we have freed."""

    def _run(self) -> None:
        return

    def add(self, name: str, definition: dict[str, Any]) -> _Rules:
        rules = _Rules(name, self, definition)
        self._ruleset_directory[name] = rules
        self._ruleset_list.append(rules)
        return rules


_host = _Host()
_names = 0


class Engine:
    """One durable ruleset: returns the rules that fire for complete facts. Usable from several threads."""

    __slots__ = ("_conditions", "_ids", "_name", "_rules")

    def __init__(self, name: str, rules: Iterable[tuple[str, Condition]]) -> None:
        """`rules` are ids and conditions in file order, checked for safety; an id has one or more of them."""
        ordered = list(rules)
        self._name = name
        self._conditions = [condition for _, condition in ordered]
        self._ids = {f"r_{index}": rule_id for index, (rule_id, _) in enumerate(ordered)}
        self._rules: _Rules | None = None
        with _lock:
            self._rules = self._register()

    def _register(self) -> _Rules:
        global _names  # noqa: PLW0603 - a name can be registered once in the life of the process
        _names += 1
        ruleset = lang.ruleset(f"{self._name}#{_names}")
        try:
            with ruleset:
                for position, condition in enumerate(self._conditions, start=1):
                    lang.when_all(condition.value, lang.pri(position))(_no_action)
                # Without a rule that always fires, delete_state would free a pointer that was never set.
                lang.when_all(+getattr(lang.m, _CONSTANT), lang.pri(MAX_RULES + 1))(_no_action)
            return _host.add(*ruleset.define())
        finally:
            lang._rulesets.clear()  # the library registers in a global of its module

    def fires(self, facts: Mapping[str, object]) -> frozenset[str]:
        """The ids of the rules that fire for `facts` (every field present: str, bool or int).

        Raises EngineError if the library fails or its catch-all did not fire.
        """
        message = {**facts, _CONSTANT: 1, "sid": _SID}
        with _lock:
            # After a failure the state may be incomplete, and delete_state would crash the process on it: it
            # is abandoned with its ruleset, and the next evaluation registers the rules again.
            rules, self._rules = self._rules, None
            try:
                rules = rules or self._register()
                fired = rules.fired = []
                _host.assert_fact(rules._name, message)
                rules.delete_state(_SID)
            except Exception as error:
                raise EngineError(f"durable_rules failed on {self._name}: {error}") from error
            self._rules = rules
        ids = self._ids
        names = set(fired)  # an `|` may fire a rule more than once
        known = [ids[name] for name in names if name in ids]
        if len(known) + 1 != len(names):
            raise EngineError(f"durable_rules lost the catch-all of {self._name}")
        return frozenset(known)


def _no_action(_: object) -> None:
    """Never called: `_Rules.do_actions` collects names instead."""


def count_disagreement() -> None:
    """Counts one decision on which durable_rules and the oracle differed, or one of them failed."""
    global _disagreements  # noqa: PLW0603 - one counter per process, read by metrics
    with _lock:
        _disagreements += 1


def disagreements() -> int:
    """The number of decisions of this process that failed closed because the two evaluators differed."""
    return _disagreements
