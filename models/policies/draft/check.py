"""Whether all rulesets hold under a draft, decided in a process of its own, one at a time."""

from pathlib import Path

import orjson

from models.policies.draft.read import Draft
from models.policies.refusals import PolicyRefusal
from models.process.separate import SeparateFailed, SeparateProgram

PROGRAM = Path(__file__).with_name("check_process.py")
SECONDS = 18.0  # a request may take 20; a draft that changes a few numbers takes 1 to 3
_PROGRAM = SeparateProgram(PROGRAM, seconds=SECONDS, most_bytes=64 * 1024, at_once=1)


async def counterexamples(draft: Draft) -> list[str]:
    """Return for each ruleset that does not hold what is wrong, with a counterexample; none if all hold.

    Raises `Refusal` LIMIT_EXCEEDED if the check takes too long.
    """
    latest = None if draft.latest is None else draft.latest.parameters()
    content = orjson.dumps({"draft": draft.policy.parameters(), "latest": latest})
    try:
        answer = await _PROGRAM.answer(content=content)
    except SeparateFailed as error:
        raise PolicyRefusal.CHECK_UNAVAILABLE.at() from error
    found: list[str] = orjson.loads(answer)
    return found
