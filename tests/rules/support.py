"""Owns what the tests of the rules share: policies, instants and strategies. Must not hold claims."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from hypothesis import strategies as st

from rules import Policy, RulesetDefinition, production_parameters

NOW = datetime(2026, 3, 29, 12, tzinfo=UTC)  # the day on which Berlin's clocks go forward
HOUR = 3600
REVEAL, REMIND = 48 * HOUR, 24 * HOUR


def make_policy(version: str = "test-1", **areas: dict[str, int | bool | str]) -> Policy:
    """Production, with some fields changed: `make_policy(refund={"withdrawals": False})`."""
    parameters = production_parameters()
    for area, values in areas.items():
        parameters[area].update(values)
    return Policy.from_parameters(version=version, market="de", effective_from=NOW, parameters=parameters)


def ago(seconds: float = 0, microseconds: int = 0) -> datetime:
    """The instant that lies so long before NOW."""
    return NOW - timedelta(seconds=seconds, microseconds=microseconds)


def facts_strategy(definition: RulesetDefinition[Any], policy: Policy) -> st.SearchStrategy[Any]:
    """Random facts, with integers and instants crowded around the constants of the rules."""
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
    """A copy of frozen facts with some fields changed, types unchecked."""
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
    """An enum whose values look like Colour's and Answer's."""

    RED = "RED"
    YES = "YES"
