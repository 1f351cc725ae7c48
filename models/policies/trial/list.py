"""Trials and their examples, for operators."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.keyset import Key, Order, Page, SelectStatement, Slice, fetch_slice
from models.base.viewer import Viewer
from models.policies.decisions import RecordedDecision, decisions_by_id
from rules import BY_NAME, Json, Policy, RuleTrace
from rules.engine.condition import from_json

BY_ORDINAL = Order("ORDINAL", (Key("example.ordinal", "bigint"),))


@dataclass(frozen=True, slots=True)
class TrialLineView:
    """The numbers of one ruleset; `points_difference` is what the marketplace would have earned more."""

    ruleset: str
    decided: int
    differing: int
    points_difference: int


@dataclass(frozen=True, slots=True)
class TrialView:
    """A trial as far as it has come; `total` is 0 until it is counted."""

    id: UUID
    market: str
    parameters: Mapping[str, object]
    progress: int
    total: int
    done_at: datetime | None
    by_ruleset: tuple[TrialLineView, ...]

    @property
    def differing(self) -> int:
        """The number of decisions with another verdict."""
        return sum(line.differing for line in self.by_ruleset)

    @property
    def points_difference(self) -> int:
        """What the marketplace would have earned more, in points; below zero, less."""
        return sum(line.points_difference for line in self.by_ruleset)


@dataclass(frozen=True, slots=True)
class TrialDecision:
    """What a recorded decision would be under a draft, with the attributes of `rules.Decision`."""

    ruleset: str
    policy: Policy
    facts: Mapping[str, Json]
    decided_at: datetime
    verdict: str
    rule_id: str
    reason: str
    changes_at: datetime | None
    changes_to: str | None
    others: tuple[RuleTrace, ...]

    @property
    def policy_version(self) -> str:
        """The name of a draft."""
        return self.policy.version


@dataclass(frozen=True, slots=True)
class TrialExampleView:
    """A decision, and what it would be."""

    record: RecordedDecision
    then: TrialDecision


async def trials_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, TrialView]:
    """Return the trials with these ids, for an operator; none for others."""
    if not viewer.operator:
        return {}
    rows = await fetch(
        conn,
        """SELECT trial.*, market.code FROM policy_trial AS trial JOIN market ON market.id = trial.market_id
           WHERE trial.id = ANY($1::uuid[])""",
        list(ids),
    )
    return {row["id"]: _view(row) for row in rows}


def _view(row: Record) -> TrialView:
    sample, total = row["sample"], row["total"] or 0
    lines = orjson.loads(row["lines"])
    return TrialView(
        row["id"],
        row["code"],
        orjson.loads(row["parameters"]),
        row["progress"],
        total if sample is None else min(sample, total),
        row["done_at"],
        tuple(TrialLineView(name, *lines[name]) for name in sorted(lines)),
    )


async def list_examples(conn: Connection, trial: TrialView, part: Slice) -> Page[TrialExampleView]:
    """List decisions that would have another verdict, earliest first, in two statements; the trial has kept
    the first 1,000 of them.
    """
    statement = SelectStatement([trial.id])
    statement.where("example.trial_id = $1::uuid")
    found = await fetch_slice(
        conn,
        "SELECT example.decision_id, example.decided",
        "FROM policy_trial_example AS example",
        statement,
        BY_ORDINAL,
        part,
    )
    records = await decisions_by_id(conn, {row["decision_id"] for row in found.rows})
    policy = Policy.unpublished(trial.parameters, market=trial.market)
    return Page.of(
        found, lambda row: _example(records[row["decision_id"]], orjson.loads(row["decided"]), policy)
    )


def _example(record: RecordedDecision, decided: Mapping[str, object], policy: Policy) -> TrialExampleView:
    changes_at, changes_to, others = decided["changes_at"], decided["changes_to"], decided["others"]
    if not isinstance(others, list):
        raise TypeError("others is not a list")
    then = TrialDecision(
        record.ruleset,
        policy,
        record.facts,
        record.decided_at,
        str(decided["verdict"]),
        str(decided["rule_id"]),
        str(decided["reason"]),
        None if changes_at is None else datetime.fromisoformat(str(changes_at)),
        None if changes_to is None else str(changes_to),
        tuple(_trace(record.ruleset, policy, *one) for one in others),
    )
    return TrialExampleView(record, then)


def _trace(
    ruleset: str,
    policy: Policy,
    rule_id: str,
    requirement: str,
    reason: str,
    failed: list[str],
    unmet: Sequence[object] = (),
) -> RuleTrace:
    """Read a rule that did not fire. An older trial has no trees of its conditions."""
    definition = BY_NAME.get(ruleset)
    fields = {} if definition is None else {field.name: field for field in definition.fields}
    try:
        nodes = tuple(from_json(node, fields) for node in unmet)
    except (KeyError, ValueError):  # the facts have changed since
        nodes = ()
    return RuleTrace(ruleset, rule_id, requirement, reason, tuple(failed), nodes, policy)
