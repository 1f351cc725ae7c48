"""Decides recorded facts anew under a draft, in a separate process, until its standard input ends.

The rules of a draft take some ten megabytes, which the engine never gives back; so each trial has a process.
Frames on standard input and output are JSON after their length in four bytes. The first frame is the draft:
`{"market": CODE, "parameters": PARAMETERS}`, without an answer. Then:

    {"decide": [[RULESET, VERDICT, FACTS], ...]}
        -> {"decided": {RULESET: NUMBER}, "differing": [[PLACE, VERDICT], ...]}
    {"explain": [[RULESET, FACTS, DECIDED_AT], ...]}
        -> [{"verdict", "rule_id", "reason", "changes_at", "changes_to", "others"} or null, ...]

Facts that today's rules do not know, and those on which the evaluators differ, are not decided.
"""

import os
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

sys.path.insert(0, str(Path(__file__).parents[3]))  # an isolated process does not know where it is

import orjson

from rules import BY_NAME, DISAGREEMENT, Decision, Policy, Ruleset
from rules.engine.given import GivenFactError, read_given


class Trial:
    """The rules of one draft, built when a ruleset occurs first."""

    def __init__(self, market: str, parameters: dict[str, object]) -> None:
        self._policy = Policy.unpublished(parameters, market=market)
        self._rulesets: dict[str, Ruleset[Any] | None] = {}

    def decide(self, rows: list[list[Any]]) -> dict[str, object]:
        """Decide a batch, and compare the verdicts."""
        decided: Counter[str] = Counter()
        differing = []
        for place, (name, verdict, facts) in enumerate(rows):
            ruleset = self._ruleset(name)
            if ruleset is None:
                continue
            try:
                cell = ruleset.recorded_cell(facts)
            except (KeyError, TypeError):
                continue
            if cell.rule_id == DISAGREEMENT:
                continue
            decided[name] += 1
            if cell.verdict != verdict:
                differing.append((place, str(cell.verdict)))
        return {"decided": dict(decided), "differing": differing}

    def explain(self, rows: list[list[Any]]) -> list[dict[str, object] | None]:
        """Decide again, in full."""
        return [self._explain(name, facts, datetime.fromisoformat(at)) for name, facts, at in rows]

    def _explain(self, name: str, facts: dict[str, Any], at: datetime) -> dict[str, object] | None:
        ruleset, definition = self._ruleset(name), BY_NAME[name]
        if ruleset is None:
            return None
        own = {field.name for field in definition.fields if not field.switch}
        try:
            read = read_given(definition, {}, {key: value for key, value in facts.items() if key in own}, at)
        except GivenFactError:
            return None
        decision: Decision = ruleset.decide(read, at)
        return {
            "verdict": str(decision.verdict),
            "rule_id": decision.rule_id,
            "reason": decision.reason,
            "changes_at": decision.changes_at,
            "changes_to": decision.changes_to and str(decision.changes_to),
            "others": [[one.rule_id, one.requirement, one.reason, one.failed] for one in decision.others],
        }

    def _ruleset(self, name: str) -> Ruleset[Any] | None:
        if name not in self._rulesets:
            definition = BY_NAME.get(name)
            self._rulesets[name] = None if definition is None else definition.for_policy(self._policy)
        return self._rulesets[name]


def _read(stream: BinaryIO) -> Any:
    length = int.from_bytes(stream.read(4), "big")
    return orjson.loads(stream.read(length)) if length else None


def _write(stream: BinaryIO, answer: object) -> None:
    text = orjson.dumps(answer)
    stream.write(len(text).to_bytes(4, "big") + text)
    stream.flush()


def main() -> None:
    """Answer the frames of standard input."""
    os.nice(10)  # sweeps and requests go first
    draft = _read(sys.stdin.buffer)
    trial = Trial(draft["market"], draft["parameters"])
    while (frame := _read(sys.stdin.buffer)) is not None:
        rows = frame.get("decide")
        _write(sys.stdout.buffer, trial.explain(frame["explain"]) if rows is None else trial.decide(rows))


if __name__ == "__main__":
    main()
