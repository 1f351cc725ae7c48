"""Whether all rulesets hold under a draft, decided in a process of its own, one at a time."""

from pathlib import Path
from typing import Any, TypeAlias

import orjson

from models.base.refusal import FactValues, Sentence
from models.policies.draft.read import Draft
from models.policies.draft.words import RulesetWords
from models.policies.refusals import PolicyRefusal
from models.process.separate import SeparateFailed, SeparateProgram

Counterexample: TypeAlias = Sentence[RulesetWords]

PROGRAM = Path(__file__).with_name("check_process.py")
SECONDS = 18.0  # a request may take 20; a draft that changes a few numbers takes 1 to 3
_PROGRAM = SeparateProgram(PROGRAM, seconds=SECONDS, most_bytes=64 * 1024, at_once=1)


async def counterexamples(draft: Draft) -> list[Counterexample]:
    """Return for each ruleset that does not hold what is wrong, with a counterexample; none if all hold.

    Raises `Refusal` LIMIT_EXCEEDED if the check takes too long.
    """
    latest = None if draft.latest is None else draft.latest.parameters()
    content = orjson.dumps({"draft": draft.policy.parameters(), "latest": latest})
    try:
        answer = await _PROGRAM.answer(content=content)
    except SeparateFailed as error:
        raise PolicyRefusal.CHECK_UNAVAILABLE.at() from error
    return [_counterexample(one) for one in orjson.loads(answer)]


def _counterexample(found: Any) -> Counterexample:
    if isinstance(found, str):
        return RulesetWords.OTHER.sentence(text=found)
    facts = FactValues(found["ruleset"], found["facts"], found["said"])
    return RulesetWords[found["kind"]].sentence(ruleset=found["ruleset"], facts=facts, **found["values"])
