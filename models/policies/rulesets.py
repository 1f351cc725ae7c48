"""Rulesets as data, and deciding given facts with them; nothing is stored.

Rules of a policy are built in a thread, because that takes a second for all of them.
"""

import asyncio
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, fetch_one
from models.policies.refusals import PolicyRefusal
from models.policies.versions import policies_by_id
from rules import ALL, BY_NAME, Decision, Policy, Rule, RulesetDefinition
from rules.engine.facts import FactField
from rules.engine.given import read_given

_BUILDER = ThreadPoolExecutor(1, "rulesets")  # one at a time: it computes, and waits for nothing


class FactKind(StrEnum):
    """The type of a fact."""

    ENUM = "ENUM"
    BOOLEAN = "BOOLEAN"
    INTEGER = "INTEGER"


_KINDS = {"enum": FactKind.ENUM, "bool": FactKind.BOOLEAN, "int": FactKind.INTEGER, "since": FactKind.INTEGER}


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact, or a switch of the policy. `since`: it is an instant's age; `seconds`: it is a duration."""

    ruleset: str
    name: str
    kind: FactKind
    members: tuple[StrEnum, ...]
    since: bool
    seconds: bool
    switch: bool

    @property
    def values(self) -> tuple[str, ...]:
        """The values of an enum."""
        return tuple(member.value for member in self.members)

    @classmethod
    def of(cls, ruleset: str, field: FactField) -> "FactView":
        """Describe a field of a ruleset's facts."""
        members = tuple(field.enum) if field.enum else ()
        kind, since = _KINDS[field.kind], field.kind == "since"
        return cls(ruleset, field.name, kind, members, since, field.seconds, field.switch)


@dataclass(frozen=True, slots=True)
class RulesetView:
    """A ruleset under one policy."""

    name: str
    facts: tuple[FactView, ...]
    switches: tuple[FactView, ...]
    rules: tuple[Rule, ...]
    verdicts: tuple[str, ...]
    policy: Policy


async def rulesets_of(conn: Connection, policy_id: UUID | None) -> list[RulesetView]:
    """Return all rulesets under a policy, without an id the one in force in the first market by code.

    Raises `Refusal` NOT_FOUND for an id without a policy.
    """
    policy = await _policy(conn, policy_id)
    await build(ALL, policy)
    return [_view(definition, policy) for definition in ALL]


async def ruleset_under(name: str, policy: Policy) -> RulesetView | None:
    """Return a ruleset under a policy; None if there is none of this name."""
    definition = BY_NAME.get(name)
    if definition is None:
        return None
    await build([definition], policy)
    return _view(definition, policy)


def _view(definition: RulesetDefinition[Any], policy: Policy) -> RulesetView:
    fields = [FactView.of(definition.name, field) for field in definition.fields]
    return RulesetView(
        definition.name,
        tuple(field for field in fields if not field.switch),
        tuple(field for field in fields if field.switch),
        definition.rules(policy),
        tuple(str(verdict) for verdict in definition.verdicts),
        policy,
    )


async def try_facts(
    conn: Connection, definition: RulesetDefinition[Any], facts: Mapping[str, object], policy_id: UUID | None
) -> Decision:
    """Decide given facts as of now.

    Raises `Refusal` NOT_FOUND for the policy, and `GivenFactError` for a fact.
    """
    policy = await _policy(conn, policy_id)
    now: datetime = await database_now(conn)
    await build([definition], policy)
    ruleset = definition.for_policy(policy)
    return ruleset.decide(read_given(definition, ruleset.switches, facts, now), now)


async def build(definitions: Iterable[RulesetDefinition[Any]], policy: Policy) -> None:
    """Build the rules of a stored policy outside the event loop, unless that was done before."""

    def build_all() -> None:
        for definition in definitions:
            definition.for_policy(policy)

    await asyncio.get_running_loop().run_in_executor(_BUILDER, build_all)


async def _policy(conn: Connection, policy_id: UUID | None) -> Policy:
    row = await fetch_one(
        conn,
        """SELECT policy.id FROM policy JOIN market ON market.id = policy.market_id
           WHERE policy.id = coalesce($1::uuid, policy.id)
             AND ($1::uuid IS NOT NULL OR policy.effective_from <= leadgate_clock())
           ORDER BY market.code, policy.effective_from DESC LIMIT 1""",
        policy_id,
    )
    if row is None:
        raise PolicyRefusal.POLICY_NOT_FOUND.at("policyId")
    found: UUID = row["id"]
    return (await policies_by_id(conn, [found]))[found]
