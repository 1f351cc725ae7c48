"""Events that reach a process together are taken by one transaction, and none suffers from its neighbours."""

import asyncio
from collections.abc import Mapping, Sequence
from contextvars import copy_context
from dataclasses import replace

import pytest
import pytest_asyncio

from models.base.clock import database_now
from models.base.database import connection, fetch, transaction
from models.calls.forget_callers import forget_number
from models.calls.phone.gather import MOST_TOGETHER, Gathering
from models.calls.phone.rotate_secret import rotate_secret
from models.calls.phone.tables import PhoneEventResult
from models.calls.phone.take_event import SystemChanged, TakenEvent
from tests.models.calls.desk import CALLER, Desk, make_desk
from tests.support.calls import NUMBER
from tests.support.database import Database
from tests.support.marketplace import START, Marketplace
from tests.support.messages import SEALER
from tests.support.phone_requests import message
from tests.support.phone_systems import Line, make_line

APPLIED, DUPLICATE, UNASSIGNED, IGNORED = PhoneEventResult
NOBODY = "+493023125998"


@pytest_asyncio.fixture
async def desk(place: Marketplace, database: Database) -> Desk:
    """The company's secretariat."""
    return await make_desk(place, database.clock)


async def line_of(desk: Desk) -> Line:
    """Create a telephone system whose events are gathered; its user `agnes` is the agent."""
    agent = desk.agent.user_id
    assert agent is not None
    return await make_line(desk.place.operator, users=[("agnes", agent)], taking=Gathering().take)


async def together(line: Line, kind: str, said: Sequence[Mapping[str, object]]) -> list[TakenEvent]:
    """Send events of one kind that arrive in the same turn of the loop."""
    now = await database_now(connection())
    return await asyncio.gather(
        *(line.send(message(type=f"call.{kind}", **values), at=now) for values in said)
    )


async def ring(line: Line, calls: Sequence[str]) -> list[TakenEvent]:
    """Let calls ring at the same time."""
    return await together(line, "ringing", [{"call": call, "from_": CALLER, "to": NUMBER} for call in calls])


async def transactions(table: str = "phone_event") -> int:
    """Return how many transactions have written the rows of a table."""
    (row,) = await fetch(connection(), f"SELECT count(DISTINCT xmin::text) AS n FROM {table}")
    return int(row["n"])


async def test_events_that_arrive_together_are_one_transaction(desk: Desk) -> None:
    line = await line_of(desk)
    calls = [f"c{place}" for place in range(MOST_TOGETHER)]
    taken = await ring(line, calls)
    assert [one.result for one in taken] == [APPLIED] * MOST_TOGETHER
    assert len({one.call_id for one in taken}) == MOST_TOGETHER
    assert (await transactions(), await transactions("call")) == (1, 1)
    said = [{"call": call, "leg": f"{call}-agent", "user": "agnes"} for call in calls]
    answered = await together(line, "answered", said)
    assert answered == taken
    assert (await transactions(), await transactions("call")) == (2, 1)


async def test_two_events_of_one_call_are_taken_one_after_the_other(desk: Desk) -> None:
    line = await line_of(desk)
    first, second, other = await asyncio.gather(
        line.tell("ringing", call="c1", from_=CALLER, to=NUMBER),
        line.tell("answered", call="c1", leg="l1", user="agnes"),
        line.tell("ringing", call="c2", from_=CALLER, to=NUMBER),
    )
    assert [one.result for one in (first, second, other)] == [APPLIED] * 3
    assert first.call_id == second.call_id != other.call_id
    rows = await fetch(connection(), "SELECT kind FROM phone_event ORDER BY received_at, kind DESC")
    assert [row["kind"] for row in rows] == ["RINGING", "RINGING", "ANSWERED"]


async def test_each_has_its_own_outcome(desk: Desk) -> None:
    line = await line_of(desk)
    await ring(line, ["old"])
    forgotten = await line.tell("ringing", call="gone", from_="+493023125211", to=NUMBER)
    await line.tell("answered", call="gone", leg="gone-agent", user="agnes")
    assert forgotten.call_id is not None
    await desk.finish(forgotten.call_id)
    await forget_number(connection(), "+493023125211", None, START)
    stale = replace(line, system=replace(line.system, version=7))
    nobody, gone, known, new, changed = await asyncio.gather(
        line.tell("ringing", call="c1", from_=CALLER, to=NOBODY),
        line.tell("ringing", call="gone", from_=CALLER, to=NUMBER),
        line.tell("answered", call="old", leg="l1", user="nobody"),
        line.tell("ringing", call="c2", from_=CALLER, to=NUMBER),
        stale.tell("ringing", call="c3", from_=CALLER, to=NUMBER),
        return_exceptions=True,
    )
    found = [one.result for one in (nobody, gone, known, new) if isinstance(one, TakenEvent)]
    assert found == [UNASSIGNED, IGNORED, APPLIED, APPLIED]
    assert isinstance(changed, SystemChanged)
    rows = await fetch(
        connection(), "SELECT kind, result, detail, sha256 IS NULL AS emptied FROM phone_event"
    )
    said = {tuple(row) for row in rows}
    assert {
        ("RINGING", UNASSIGNED, f"No company has the number {NOBODY}.", False),
        ("RINGING", IGNORED, "The caller was forgotten.", True),
        ("ANSWERED", APPLIED, "The system's user is no agent.", False),
    } <= said


async def test_an_event_that_cannot_be_merged_does_not_fail_its_neighbours(desk: Desk) -> None:
    line = await line_of(desk)
    await ring(line, ["c1", "c2", "c3"])
    await line.tell("answered", call="c1", leg="desk", user="agnes")
    taken = await asyncio.gather(
        line.tell("answered", call="c2", leg="desk", user="agnes"),
        line.tell("answered", call="c3", leg="l3", user="agnes"),
        line.tell("ringing", call="c4", from_=CALLER, to=NUMBER),
    )
    assert [one.result for one in taken] == [IGNORED, APPLIED, APPLIED]


async def test_a_call_that_somebody_has_locked_does_not_keep_others_waiting(desk: Desk) -> None:
    line = await line_of(desk)
    locked, _ = await ring(line, ["c1", "c2"])
    outside = copy_context()
    async with transaction() as conn:
        await fetch(conn, "SELECT FROM call WHERE id = $1 FOR UPDATE", locked.call_id)
        waiting, other = (
            asyncio.create_task(line.tell("hungUp", call=call), context=outside) for call in ("c1", "c2")
        )
        assert (await other).result is APPLIED
        assert not waiting.done()
    assert (await waiting).result is APPLIED


async def test_a_feed_that_somebody_has_locked_does_not_keep_others_waiting(desk: Desk) -> None:
    """Whose feed is locked waits alone; otherwise one account could hold up the events of all."""
    line = await line_of(desk)
    await ring(line, ["c1"])
    outside = copy_context()
    async with transaction() as conn:
        assert await fetch(conn, "SELECT recipient FROM feed_counter FOR UPDATE")
        waiting, other = (
            asyncio.create_task(line.tell("ringing", call=call, from_=CALLER, to=to), context=outside)
            for call, to in (("c2", NUMBER), ("c3", NOBODY))
        )
        assert (await other).result is UNASSIGNED
        assert not waiting.done()
    assert (await waiting).result is APPLIED


async def test_who_gives_up_does_not_stop_the_others(desk: Desk) -> None:
    line = await line_of(desk)
    tasks = [
        asyncio.create_task(line.tell("ringing", call=f"c{place}", from_=CALLER, to=NUMBER))
        for place in range(3)
    ]
    while not any(  # noqa: ASYNC110 - nobody is told when a transaction begins
        task.get_name() == "phone events together" for task in asyncio.all_tasks()
    ):
        await asyncio.sleep(0)
    tasks[0].cancel()
    _, second, third = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(second, TakenEvent)
    assert isinstance(third, TakenEvent)
    assert (second.result, third.result) == (APPLIED, APPLIED)


async def test_a_system_that_was_changed_takes_nothing_as_it_was(desk: Desk) -> None:
    line, other = await line_of(desk), await line_of(desk)
    await rotate_secret(desk.place.operator, SEALER, system_id=line.system.id, expected_version=1)
    both = replace(line, taking=other.taking)
    changed, taken = await asyncio.gather(
        both.tell("ringing", call="c1", from_=CALLER, to=NUMBER),
        other.tell("ringing", call="c1", from_=CALLER, to=NUMBER),
        return_exceptions=True,
    )
    assert isinstance(changed, SystemChanged)
    assert isinstance(taken, TakenEvent)
    (row,) = await fetch(connection(), "SELECT count(*) AS n FROM call")
    assert row["n"] == 1


@pytest.mark.parametrize("many", [2, 20])
async def test_one_event_many_times_at_once_happens_once(desk: Desk, many: int) -> None:
    line = await line_of(desk)
    taken = await asyncio.gather(
        *(line.tell("ringing", key="once", call="c1", from_=CALLER, to=NUMBER) for _ in range(many))
    )
    assert sorted(one.result for one in taken) == [APPLIED, *[DUPLICATE] * (many - 1)]
