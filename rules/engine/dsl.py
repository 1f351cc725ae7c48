"""The language of rules, `@ruleset` and `@rule`, and the checks made when a ruleset is loaded."""

import inspect
import re
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from rules.engine.check import check_complete
from rules.engine.condition import either, read
from rules.engine.decider import Ruleset
from rules.engine.decision import Decision, Rule
from rules.engine.durable import MAX_RULES, Condition, Field
from rules.engine.errors import RulesetError, UnsafeConditionError
from rules.engine.facts import FactField, fact_fields, switch_field
from rules.engine.reduction import axes_of
from rules.engine.wording import fill
from rules.policy import Policy

__all__ = ["RulesetDefinition", "decide", "rule", "ruleset"]

F = TypeVar("F")
Author = Callable[[Policy], None]
Body = Callable[[], None]
Switches = Mapping[str, Callable[[Policy], bool]]

# S1.9 is a line; S1 R.evidence a reading of a source; S1.9 R.evidence a line as interpreted by a reading;
# Law.x and Words.x are the section on law and the table of words
_REQUIREMENT = re.compile(r"S[1-5]\.\d{1,2}( R\.[a-z]+)?|S[1-5] R\.[a-z]+|(Law|Words)\.[a-z]+")

_writing = threading.local()  # the rules of the ruleset that this thread is defining


@dataclass(frozen=True, slots=True)
class _Written:
    id: str
    verdict: StrEnum
    requirement: str
    sentence: str
    stated: tuple[object, ...]  # Conditions or boolean Fields, once checked; one of them suffices


def rule(verdict: StrEnum, requirement: str, *conditions: Condition | Field) -> Callable[[Body], Body]:
    """One rule: its function's name is the id, its docstring the sentence (`{reveal_after}` is a number).

    It fires if one of the conditions holds. Each may have up to 16 comparisons; pass a longer `|` in parts.

    `requirement` is a line (`S1.2`), a reading (`S1 R.answers`), a line as interpreted by a reading
    (`S1.9 R.evidence`), or a word of the sections on law and words (`Law.disclosure`, `Words.prospect`).
    """

    def add(body: Body) -> Body:
        state(verdict, requirement, *conditions, rule_id=body.__name__, sentence=body.__doc__ or "")
        return body

    return add


def state(
    verdict: StrEnum, requirement: str, *conditions: Condition | Field, rule_id: str, sentence: str
) -> None:
    """One rule of a table of rules, with the id and sentence that `@rule` takes from its function."""
    rules: list[_Written] | None = getattr(_writing, "rules", None)
    if rules is None:
        raise RulesetError(f"rule {rule_id}: write rules inside a function with @ruleset")
    rules.append(_Written(rule_id, verdict, requirement, " ".join(sentence.split()), conditions))


def ruleset(
    name: str,
    facts: type[F],
    *,
    since: tuple[str, ...] = (),
    fail_closed: StrEnum,
    switches: Switches | None = None,
) -> Callable[[Author], "RulesetDefinition[F]"]:
    """Makes a definition of the decorated function, which states the rules for a policy.

    Fields of `facts` listed in `since` are instants, compared as whole seconds until now. `switches` are
    boolean facts that are read from the policy and cannot be passed by callers. `fail_closed` is the verdict
    if the two evaluators disagree.
    """
    return lambda author: RulesetDefinition(
        name, facts, author, since=since, fail_closed=fail_closed, switches=switches or {}
    )


class RulesetDefinition(Generic[F]):
    """A ruleset as written, for any policy."""

    def __init__(
        self,
        name: str,
        facts: type[F],
        author: Author,
        *,
        since: tuple[str, ...],
        fail_closed: StrEnum,
        switches: Switches,
    ) -> None:
        """Use the decorator `ruleset`. Raises RulesetError for invalid types of facts."""
        self.name, self.facts, self.fail_closed = name, facts, fail_closed
        self.verdicts = type(fail_closed)
        self._author, self._switches = author, dict(switches)
        self.fields = fact_fields(facts, since) + tuple(switch_field(switch) for switch in switches)
        if len({field.name for field in self.fields}) != len(self.fields):
            raise RulesetError(f"{name}: a switch and a fact have the same name; rename the switch")
        self._by_identity: dict[int, tuple[Policy, Ruleset[F]]] = {}
        self._by_value: dict[Policy, Ruleset[F]] = {}
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"<ruleset {self.name}>"

    def for_policy(self, policy: Policy) -> Ruleset[F]:
        """The ruleset for this version, built and checked once. Raises RulesetError with rule and remedy."""
        cached = self._by_identity.get(id(policy))  # hashing a policy takes longer than deciding
        if cached is not None:
            return cached[1]
        with self._lock:
            built = self._by_value.get(policy)
            if built is None:
                built = self._by_value[policy] = self._build(policy)
            if len(self._by_identity) >= 256:  # policies loaded again each time must not accumulate
                self._by_identity.clear()
            self._by_identity[id(policy)] = (policy, built)  # keeps the id from being reused
            return built

    def rules(self, policy: Policy) -> tuple[Rule, ...]:
        """In file order: id, verdict, requirement, sentence (a template), reason (with the numbers)."""
        return self.for_policy(policy).rules

    def _build(self, policy: Policy) -> Ruleset[F]:
        written, words = self._write(policy), policy.words()
        fields = {field.name: field for field in self.fields}
        rules: list[Rule] = []
        for one in written:
            try:
                rules.append(self._rule(one, fields, words, rules))
            except RulesetError as error:
                raise type(error)(f"{self.name}: rule {one.id}: {error}") from error
        check_complete(self.name, rules, axes_of(self.fields, [rule.condition for rule in rules]))
        return Ruleset(
            name=self.name,
            policy=policy,
            facts=self.facts,
            fields=self.fields,
            switches=self._read_switches(policy),
            rules=tuple(rules),
            conditions=tuple(tuple(map(_condition, one.stated)) for one in written),
            fail_closed=self.fail_closed,
        )

    def _rule(
        self, one: _Written, fields: Mapping[str, FactField], words: Mapping[str, str], before: list[Rule]
    ) -> Rule:
        if type(one.verdict) is not self.verdicts:
            raise RulesetError(f"verdict {one.verdict!r}: use a {self.verdicts.__name__}, as fail_closed is")
        if not _REQUIREMENT.fullmatch(one.requirement):
            raise RulesetError(f"requirement {one.requirement!r}: write it like S1.2 or S1 R.answers")
        if not one.sentence:
            raise RulesetError("no docstring: it is the sentence shown to people")
        if any(one.id == other.id for other in before):
            raise RulesetError("another rule has this name; rename one")
        if not one.stated:
            raise RulesetError("no condition: state when it fires")
        data = [_condition(stated).define() for stated in one.stated]
        reason = _reason(one.sentence, words)
        return Rule(
            one.id,
            one.verdict,
            one.requirement,
            one.sentence,
            reason,
            either([read(part, fields) for part in data]),
            data[0] if len(data) == 1 else {"$or": data},
        )

    def _read_switches(self, policy: Policy) -> dict[str, bool]:
        values = {name: switch(policy) for name, switch in self._switches.items()}
        for name, value in values.items():
            if type(value) is not bool:
                raise RulesetError(f"{self.name}: switch {name} is {value!r}; read a boolean of the policy")
        return values

    def _write(self, policy: Policy) -> list[_Written]:
        if getattr(_writing, "rules", None) is not None:
            raise RulesetError(f"{self.name}: a ruleset cannot be defined inside another one")
        written: list[_Written] = []
        _writing.rules = written
        try:
            self._author(policy)
        except UnsafeConditionError as error:
            raise UnsafeConditionError(f"{self.name}: {_place(self._author, error)}: {error}") from error
        finally:
            _writing.rules = None
        stated = sum(len(one.stated) for one in written)
        if not written or stated > MAX_RULES:
            raise RulesetError(
                f"{self.name}: {stated} conditions of rules: 1 to {MAX_RULES} are safe; split the ruleset"
            )
        return written


def decide(definition: RulesetDefinition[F], policy: Policy, facts: F, now: datetime) -> Decision:
    """The decision under `policy` over `facts` at `now` (aware). Pure: same input, same decision."""
    return definition.for_policy(policy).decide(facts, now)


def _condition(stated: object) -> Condition:
    if isinstance(stated, Field):
        return stated == True  # noqa: E712 - builds a condition
    if not isinstance(stated, Condition):
        raise UnsafeConditionError(f"{stated!r} is not a condition: compare a fact with a constant")
    return stated


def _reason(sentence: str, words: Mapping[str, str]) -> str:
    try:
        return fill(sentence, words)
    except KeyError as error:
        raise RulesetError(
            f"placeholder {{{error.args[0]}}}: no area of the policy has this field"
        ) from error
    except ValueError as error:
        raise RulesetError(str(error)) from error


def _place(author: Author, error: Exception) -> str:
    """The line of the author's file that raised, and its rule (the next function after it)."""
    code: Any = author.__code__
    line = code.co_firstlineno
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_code is code:
            line = number
    try:
        source = inspect.getsource(code).splitlines()[line - code.co_firstlineno :]
    except OSError:
        source = []
    names = (match.group(1) for text in source if (match := re.match(r"\s*def (\w+)", text)))
    return f"rule {next(names, '?')} (line {line})"
