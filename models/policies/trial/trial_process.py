"""Decides recorded facts anew under a draft, in a separate process, until its standard input ends.

The rules of a draft take some ten megabytes, which the engine never gives back; so each trial has a process.
Frames on standard input and output are JSON after their length in four bytes. The first frame is the draft:
`{"market": CODE, "parameters": PARAMETERS}`, without an answer. Then:

    {"decide": [[RULESET, VERDICT, FACTS], ...]}
        -> {"decided": {RULESET: NUMBER}, "differing": {RULESET: {VERDICT: [PLACE, ...]}}}
    {"explain": [[RULESET, FACTS, DECIDED_AT], ...]}
        -> [{"verdict", "rule_id", "reason", "changes_at", "changes_to", "others"} or null, ...]

Facts that today's rules do not know, and those on which the evaluators differ, are not decided.
"""

import gc
import os
import sys
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

sys.path.insert(0, str(Path(__file__).parents[3]))  # an isolated process does not know where it is

import orjson

from rules import BY_NAME, DISAGREEMENT, Decision, Policy, Ruleset
from rules.engine.condition import to_json
from rules.engine.given import GivenFactError, read_given


class _Rulesets(dict[str, Ruleset[Any]]):
    """The rules of a draft, built when a ruleset occurs first. Raises KeyError for one that is no more."""

    def __init__(self, policy: Policy) -> None:
        super().__init__()
        self._policy = policy

    def __missing__(self, name: str) -> Ruleset[Any]:
        self[name] = BY_NAME[name].for_policy(self._policy)
        return self[name]


class Trial:
    """Decides under one draft."""

    def __init__(self, market: str, parameters: dict[str, object]) -> None:
        self._rulesets = _Rulesets(Policy.unpublished(parameters, market=market))

    def decide(self, rows: list[list[Any]]) -> dict[str, object]:
        """Decide a batch, and compare the verdicts."""
        decided: Counter[str] = Counter()
        differing: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place, (name, verdict, facts) in enumerate(rows):
            try:
                rule = self._rulesets[name].recorded_cell(facts).rule
            except (KeyError, TypeError):
                continue
            if rule.id == DISAGREEMENT:
                continue
            decided[name] += 1
            if rule.verdict != verdict:
                differing[name][str(rule.verdict)].append(place)
        return {"decided": decided, "differing": differing}

    def explain(self, rows: list[list[Any]]) -> list[dict[str, object] | None]:
        """Decide again, in full."""
        return [self._explain(name, facts, datetime.fromisoformat(at)) for name, facts, at in rows]

    def _explain(self, name: str, facts: dict[str, Any], at: datetime) -> dict[str, object] | None:
        definition = BY_NAME.get(name)
        if definition is None:
            return None
        own = {field.name for field in definition.fields if not field.switch}
        try:
            read = read_given(definition, {}, {key: value for key, value in facts.items() if key in own}, at)
        except GivenFactError:
            return None
        decision: Decision = self._rulesets[name].decide(read, at)
        return {
            "verdict": str(decision.verdict),
            "rule_id": decision.rule_id,
            "reason": decision.reason,
            "changes_at": decision.changes_at,
            "changes_to": decision.changes_to and str(decision.changes_to),
            "others": [
                [one.rule_id, one.requirement, one.reason, one.failed, [to_json(node) for node in one.unmet]]
                for one in decision.others
            ],
        }


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
    gc.freeze()
    gc.set_threshold(100_000)  # a batch makes two objects of each decision, none of them in a cycle
    while (frame := _read(sys.stdin.buffer)) is not None:
        rows = frame.get("decide")
        _write(sys.stdout.buffer, trial.explain(frame["explain"]) if rows is None else trial.decide(rows))


if __name__ == "__main__":
    main()
