"""The process of a trial, as the worker sees it: sends batches of recorded facts, and reads verdicts."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from models.process.separate import SeparateFailed, running

PROGRAM = Path(__file__).with_name("trial_process.py")
SECONDS = 120.0  # for a batch, which takes a tenth of a second
_MOST_BYTES = 64 * 1024 * 1024

# By ruleset and new verdict, the places in the batch of the decisions that differ. One list for all of them,
# because an object for each costs more than deciding it: the garbage collector looks at all.
Differing = Mapping[str, Mapping[str, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Answered:
    """How many decisions of each ruleset were decided; the new verdicts and places of those that differ."""

    decided: Mapping[str, int]
    differing: Differing


class TrialDecider:
    """One process, which ends with `close`."""

    def __init__(self, stack: AsyncExitStack, process: asyncio.subprocess.Process) -> None:
        self._stack, self._process = stack, process

    @classmethod
    async def begin(cls, market: str, parameters: Mapping[str, object]) -> "TrialDecider":
        """Start a process for a draft."""
        stack = AsyncExitStack()
        decider = cls(stack, await stack.enter_async_context(running(PROGRAM)))
        decider._send(orjson.dumps({"market": market, "parameters": parameters}))
        return decider

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    async def decide(self, body: str) -> Answered:
        """Decide a batch: the members of a JSON array, each of them ruleset, recorded verdict and facts.

        Raises SeparateFailed.
        """
        answer = await self._ask(f'{{"decide":[{body}]}}'.encode())
        return Answered(answer["decided"], answer["differing"])

    async def explain(
        self, rows: Sequence[tuple[str, str, datetime]]
    ) -> Sequence[Mapping[str, object] | None]:
        """Return the decisions of rulesets about facts as of an instant, in full. Raises SeparateFailed."""
        body = b",".join(f'["{name}",{facts},"{at.isoformat()}"]'.encode() for name, facts, at in rows)
        answer: Sequence[Mapping[str, object] | None] = await self._ask(b'{"explain":[' + body + b"]}")
        return answer

    async def close(self) -> None:
        """End the process."""
        await self._stack.aclose()

    def _send(self, text: bytes) -> None:
        if self._process.stdin is None:
            raise SeparateFailed("no pipe")
        self._process.stdin.write(len(text).to_bytes(4, "big") + text)

    async def _ask(self, text: bytes) -> Any:
        stream, pipe = self._process.stdout, self._process.stdin
        if stream is None or pipe is None:
            raise SeparateFailed("no pipe")
        try:
            async with asyncio.timeout(SECONDS):
                self._send(text)
                await pipe.drain()
                length = int.from_bytes(await stream.readexactly(4), "big")
                if length > _MOST_BYTES:
                    raise SeparateFailed("wrote too much")
                return orjson.loads(await stream.readexactly(length))
        except TimeoutError:
            raise SeparateFailed("took too long") from None
        except (OSError, asyncio.IncompleteReadError) as error:
            raise SeparateFailed(f"the process ended ({type(error).__name__})") from None
