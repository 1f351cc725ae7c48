"""All sources beside each other: nothing raises, nothing leaks, and what is off asks nobody."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

import pytest
import structlog

from embedded.world.services import INES
from models.outside.asking import ask_all
from models.outside.door import Door
from models.outside.rounds import FAILURES
from models.outside.sources.registry import SOURCES, Needs, Source
from models.outside.sources.source import (
    Found,
    OutsideOutcome,
    OutsideSource,
    Question,
    SourceAnswer,
)
from models.outside.sources.words import Tells
from models.outside.unanswered import Unanswered
from settings.logs import TALKATIVE
from settings.outside import OUTSIDE_NAMES
from tests.support.outside_world import OutsideWorld, about, door_to

EVERY = tuple(OutsideSource)
QUESTION = about("speichenwerk.example", INES)


def patched(monkeypatch: pytest.MonkeyPatch, ask: object, *sources: OutsideSource) -> None:
    """Replace how sources are asked."""
    made = {source: Source(ask, Needs.DOMAIN, Tells[source]) for source in sources}  # type: ignore[arg-type]
    monkeypatch.setattr("models.outside.asking.SOURCES", {**SOURCES, **made})


async def test_each_source_answers_in_the_order_of_the_sources(world: OutsideWorld) -> None:
    answers = await ask_all(EVERY[::-1], QUESTION, world.door)
    assert [one.source for one in answers] == list(OutsideSource)


async def test_an_answer_is_told_when_it_is_there(world: OutsideWorld) -> None:
    told: list[SourceAnswer] = []

    async def hear(answer: SourceAnswer) -> None:
        told.append(answer)

    answers = await ask_all(EVERY, QUESTION, world.door, answered=hear)
    assert sorted(told, key=lambda one: list(OutsideSource).index(one.source)) == list(answers)


async def test_a_source_that_is_off_asks_nobody(world: OutsideWorld) -> None:
    door = door_to(world.ports, sources=())
    answers = await ask_all(EVERY, QUESTION, door)
    assert {one.outcome for one in answers} == {OutsideOutcome.SKIPPED}
    assert world.world.asked == []
    await door.aclose()


async def test_independent_sources_are_asked_beside_each_other(
    world: OutsideWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = asyncio.Barrier(5)

    async def ask(_: Question, __: Sequence[Found], ___: Door) -> list[Found]:
        await everybody.wait()
        return []

    independent = [source for source, about in SOURCES.items() if not about.after_website]
    patched(monkeypatch, ask, *independent)
    answers = await ask_all(independent, QUESTION, world.door)
    assert {one.outcome for one in answers} == {OutsideOutcome.NOTHING}


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (Unanswered(OutsideOutcome.BUSY, "x"), OutsideOutcome.BUSY),
        (RuntimeError("a secret: a@b.de"), OutsideOutcome.BAD_ANSWER),
        (TimeoutError(), OutsideOutcome.TIMED_OUT),
        (KeyError("x"), OutsideOutcome.BAD_ANSWER),
        (RecursionError(), OutsideOutcome.BAD_ANSWER),
    ],
)
async def test_a_source_that_breaks_is_an_outcome_and_the_others_answer(
    world: OutsideWorld, monkeypatch: pytest.MonkeyPatch, error: Exception, expected: OutsideOutcome
) -> None:
    async def ask(*_: object) -> list[Found]:
        raise error

    patched(monkeypatch, ask, OutsideSource.WEBSITE)
    answers = await ask_all([OutsideSource.WEBSITE, OutsideSource.RDAP], QUESTION, world.door)
    assert [one.outcome for one in answers] == [expected, OutsideOutcome.FOUND]


async def test_a_source_takes_no_longer_than_three_documents(
    world: OutsideWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ask(*_: object) -> list[Found]:
        await asyncio.Event().wait()
        return []

    patched(monkeypatch, ask, OutsideSource.WEBSITE)
    door = door_to(world.ports, seconds=0.02)
    (answer,) = await ask_all([OutsideSource.WEBSITE], QUESTION, door)
    assert answer.outcome is OutsideOutcome.TIMED_OUT
    await door.aclose()


async def test_what_the_listener_raises_ends_the_search(world: OutsideWorld) -> None:
    async def hear(_: SourceAnswer) -> None:
        raise LookupError("no such search")

    with pytest.raises(LookupError):
        await ask_all(EVERY, QUESTION, world.door, answered=hear)
    assert world.counted == []


async def test_a_search_that_is_cancelled_leaves_no_task(
    world: OutsideWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def ask(*_: object) -> list[Found]:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return []

    patched(monkeypatch, ask, OutsideSource.WEBSITE)
    search = asyncio.create_task(ask_all([OutsideSource.WEBSITE], QUESTION, world.door))
    await begun.wait()
    search.cancel()
    with pytest.raises(asyncio.CancelledError):
        await search
    assert ended.is_set()


async def test_a_source_that_failed_again_and_again_is_left_alone(
    world: OutsideWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0

    async def ask(*_: object) -> list[Found]:
        nonlocal asked
        asked += 1
        raise Unanswered(OutsideOutcome.UNREACHABLE, "test")

    patched(monkeypatch, ask, OutsideSource.GRAVATAR)
    for _ in range(FAILURES):
        await ask_all([OutsideSource.GRAVATAR], QUESTION, world.door)
    (answer,) = await ask_all([OutsideSource.GRAVATAR], QUESTION, world.door)
    assert (answer.outcome, asked) == (OutsideOutcome.BUSY, FAILURES)
    world.clock.now += 60
    await ask_all([OutsideSource.GRAVATAR], QUESTION, world.door)
    assert asked == FAILURES + 1


async def test_an_answer_comes_no_sooner_because_somebody_else_has_asked(world: OutsideWorld) -> None:
    """Each asker's first visit of a site reads its rules, which takes one of the site's turns."""
    spent, asked = [], []
    for asker in ("one", "another", "another"):
        begun, before = world.clock.now, len(world.world.asked)
        await ask_all([OutsideSource.WEBSITE], replace(QUESTION, asker=asker), world.door)
        spent.append(round(world.clock.now - begun))
        asked.append(len(world.world.asked) - before)
        world.clock.now += 10
    assert spent[0] == spent[1] == spent[2] + 1
    assert asked[0] == asked[1] == asked[2] + 1


async def test_what_was_asked_is_counted_and_what_was_skipped_is_not(world: OutsideWorld) -> None:
    answers = await ask_all(EVERY, QUESTION, world.door)
    asked = {one.source for one in answers if one.outcome is not OutsideOutcome.SKIPPED}
    assert {one.source for one in world.counted} == asked
    assert OutsideSource.REGISTER not in asked


async def test_a_count_that_fails_changes_no_answer(
    world: OutsideWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def tally(_: object) -> None:
        raise OSError("away")

    monkeypatch.setattr(world.door.rounds, "tally", tally)
    (answer,) = await ask_all([OutsideSource.RDAP], QUESTION, world.door)
    assert answer.outcome is OutsideOutcome.FOUND


async def test_the_log_says_how_it_ended_and_not_about_whom(
    world: OutsideWorld, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as lines:
        for domain in ("speichenwerk.example", "inward-name.example", "ebersreuth.example"):
            await ask_all(EVERY, about(domain, INES), world.door)
    of_libraries = tuple(TALKATIVE)  # which are silent in every process, because they log addresses
    kept = [record.getMessage() for record in caplog.records if not record.name.startswith(of_libraries)]
    written = str(lines) + str(kept)
    assert "outside_asked" in written
    for private in ("speichenwerk", "inward", "ebersreuth", "ines.", "Falkenried", "localhost"):
        assert private not in written


async def test_nothing_of_an_answer_is_in_its_representation(world: OutsideWorld) -> None:
    answers = await ask_all(EVERY, QUESTION, world.door)
    assert "speichenwerk" not in f"{answers!r}{QUESTION!r}{answers[0].found[0]}"


async def test_a_refused_address_is_unreachable_to_users_and_true_to_the_log(world: OutsideWorld) -> None:
    with structlog.testing.capture_logs() as lines:
        (answer,) = await ask_all([OutsideSource.WEBSITE], about("inward-name.example"), world.door)
    assert answer.outcome is OutsideOutcome.UNREACHABLE
    assert {"outside_address_refused", "outside_asked"} <= {line["event"] for line in lines}
    assert "HOST" in {line.get("why") for line in lines}


def test_the_sources_are_those_of_the_enum_and_of_the_setting() -> None:
    assert list(SOURCES) == list(OutsideSource)
    assert list(OUTSIDE_NAMES) == [source.value for source in OutsideSource]
    on = [source for source, about in SOURCES.items() if about.on_by_default]
    assert on == [OutsideSource.WEBSITE, OutsideSource.MAIL_DNS]


def test_what_is_told_is_said_in_four_different_ways() -> None:
    for source in SOURCES.values():
        words = source.tells.words
        assert len({words.en, words.de, words.pl, words.ro}) == 4
    assert len({source.tells for source in SOURCES.values()}) == len(SOURCES)
