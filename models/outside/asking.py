"""Asking the public sources about a person or an organisation, beside each other and within a time limit.

Nothing raises: each failure is an outcome. The log and the metric say which source ended how, not about whom.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Sequence

import structlog

from models.outside.door import Door
from models.outside.rounds import Asked
from models.outside.sources.registry import SOURCES
from models.outside.sources.source import Found, OutsideOutcome, OutsideSource, Question, SourceAnswer
from models.outside.unanswered import Unanswered
from models.process.ending import end_tasks

DOCUMENTS = 3  # a source takes at most as long as so many documents; it reads some beside each other

_log = structlog.get_logger(__name__)


async def ask_all(
    sources: Collection[OutsideSource],
    question: Question,
    door: Door,
    *,
    answered: Callable[[SourceAnswer], Awaitable[None]] | None = None,
) -> tuple[SourceAnswer, ...]:
    """Return the answer of each source, in the order of OutsideSource; those that are off are SKIPPED.

    `answered` is told each answer as soon as it is there, one at a time; what it raises ends the search.
    """
    heard, noted = asyncio.Lock(), list[Asked]()

    async def ask(source: OutsideSource, earlier: asyncio.Task[SourceAnswer] | None) -> SourceAnswer:
        known = (await earlier).found if earlier is not None else ()
        answer = await _ask(source, question, known, door, noted)
        if answered is not None:
            async with heard:
                await answered(answer)
        return answer

    tasks: dict[OutsideSource, asyncio.Task[SourceAnswer]] = {}
    try:
        for source in OutsideSource:  # the web site is the first
            if source in sources:
                website = tasks.get(OutsideSource.WEBSITE) if SOURCES[source].after_website else None
                tasks[source] = asyncio.create_task(ask(source, website))
        answers = tuple(await asyncio.gather(*tasks.values()))
    finally:
        await end_tasks(tasks.values())
    await _count(noted, door)
    return answers


async def _ask(
    source: OutsideSource, question: Question, known: Sequence[Found], door: Door, noted: list[Asked]
) -> SourceAnswer:
    if source not in door.on:
        return SourceAnswer(source, OutsideOutcome.SKIPPED)
    if door.rounds.rests(source):
        return SourceAnswer(source, OutsideOutcome.BUSY)
    begun, why = time.monotonic(), ""
    found: tuple[Found, ...] = ()
    try:
        async with asyncio.timeout(DOCUMENTS * door.fetcher.seconds):
            found = tuple(await SOURCES[source].ask(question, known, door))
        outcome = OutsideOutcome.FOUND if found else OutsideOutcome.NOTHING
    except Unanswered as error:
        outcome, why = error.outcome, error.why
    except TimeoutError:
        outcome, why = OutsideOutcome.TIMED_OUT, "source"
    except Exception as error:  # noqa: BLE001 - a source that breaks must not end the others
        outcome, why = OutsideOutcome.BAD_ANSWER, type(error).__name__
        _log.warning("outside_source_broken", source=source, error=why)
    milliseconds = round((time.monotonic() - begun) * 1_000)
    if outcome is OutsideOutcome.SKIPPED:
        return SourceAnswer(source, outcome)
    noted.append(door.rounds.note(source, outcome, why, milliseconds))
    return SourceAnswer(source, outcome, found, milliseconds)


async def _count(noted: Sequence[Asked], door: Door) -> None:
    """Count for all processes; that this fails changes no answer."""
    try:
        if noted:
            await door.rounds.tally(noted)
    except Exception as error:  # noqa: BLE001 - such as a database that is away
        _log.warning("outside_not_counted", error=type(error).__name__)
