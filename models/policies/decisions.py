"""Reads recorded decisions, in the words of the rules of the policy version that decided.

Nothing is decided again: a record stays as it was, even if the rules have changed since.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from uuid import UUID

import orjson
from asyncpg import Record

from models.base.database import Connection, fetch
from models.policies.versions import policies_by_id
from rules import BY_NAME, Decision, Json, Policy, Rule, RuleTrace, decide
from rules.engine.dsl import RulesetDefinition


@dataclass(frozen=True)
class RecordedDecision:
    """A decision as it was recorded, with the attributes of `rules.Decision`; it never changes."""

    id: UUID
    subject: UUID
    ruleset: str
    verdict: str
    rule_id: str
    policy: Policy
    facts: Mapping[str, Json]
    decided_at: datetime
    recorded_at: datetime
    actor_id: UUID | None
    changes_at: datetime | None = None
    changes_to: StrEnum | None = None

    @property
    def policy_version(self) -> str:
        """The version of the policy that decided it."""
        return self.policy.version

    @cached_property
    def _again(self) -> Decision | None:
        """The same decision, made again from the stored facts; None if the rules no longer agree."""
        definition = BY_NAME.get(self.ruleset)
        facts = None if definition is None else _read_facts(definition, self.facts)
        if definition is None or facts is None:
            return None
        again = decide(definition, self.policy, facts, self.decided_at)
        return again if (again.rule_id, str(again.verdict)) == (self.rule_id, self.verdict) else None

    @cached_property
    def _rule(self) -> Rule | None:
        definition = BY_NAME.get(self.ruleset)
        rules = definition.rules(self.policy) if definition else ()
        return next((rule for rule in rules if rule.id == self.rule_id), None)

    @property
    def requirement(self) -> str:
        """The requirement's number, empty if the rule no longer exists."""
        return self._rule.requirement if self._rule else ""

    @property
    def reason(self) -> str:
        """The rule's sentence in English with the policy's numbers; its id in words if it no longer
        exists.
        """
        return self._rule.reason if self._rule else self.rule_id.replace("_", " ")

    @property
    def others(self) -> tuple[RuleTrace, ...]:
        """The rules that did not fire; empty if the rules no longer agree."""
        return self._again.others if self._again else ()


def _read_facts(definition: RulesetDefinition[object], stored: Mapping[str, Json]) -> object | None:
    """Read the facts as they were given to the rules; None if they do not fit today's rules."""
    values: dict[str, object] = {}
    try:
        for field in definition.fields:
            value = stored[field.name]
            if field.switch:
                continue
            if field.kind == "since":
                values[field.name] = datetime.fromisoformat(str(value))
            else:
                values[field.name] = field.enum(str(value)) if field.enum else value
        return definition.facts(**values)
    except (KeyError, ValueError, TypeError):
        return None


def decision_view(row: Record, policy: Policy, decision_id: UUID) -> RecordedDecision:
    """Create the view of a row with the columns of `decision`, with the policy of its version."""
    return RecordedDecision(
        decision_id,
        row["subject"],
        row["ruleset"],
        row["verdict"],
        row["rule_id"],
        policy,
        orjson.loads(row["facts"]),
        row["decided_at"],
        row["recorded_at"],
        row["actor_id"],
    )


SELECT = "SELECT decision.*, policy.id AS policy_id"
TABLES = "FROM decision JOIN policy ON policy.version = decision.policy_version"


async def decision_views(conn: Connection, rows: Sequence[Record]) -> list[RecordedDecision]:
    """Create the views of rows of `SELECT`, in one statement for policies that are not cached."""
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    return [decision_view(row, policies[row["policy_id"]], row["id"]) for row in rows]


async def decisions_by_id(conn: Connection, ids: Collection[UUID]) -> dict[UUID, RecordedDecision]:
    """Return recorded decisions by their ids: one statement, and one more for policies that are not
    cached.
    """
    if not ids:
        return {}
    rows = await fetch(conn, f"{SELECT} {TABLES} WHERE decision.id = ANY($1::uuid[])", list(set(ids)))
    return {view.id: view for view in await decision_views(conn, rows)}
