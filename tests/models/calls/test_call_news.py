"""What subscribers hear of a call: the same as lists show, read once for all of them."""

import asyncio
from datetime import timedelta

import pytest

from models.base.database import connection
from models.base.ids import new_id
from models.calls import call_news
from models.calls.agents import set_agents
from models.calls.call_news import NewsOfCalls, read_news
from models.calls.call_views import calls_by_id
from rules.calls.call_mail import CallOutcome
from tests.support.calls import make_secretariat, version_of
from tests.support.database import Database
from tests.support.marketplace import START, Marketplace, make_agent
from tests.support.query_recorder import recorded_statements
from tests.support.stored_calls import StoredCall, remove_calls, store_calls
from tests.support.viewers import viewers_of

DAY = timedelta(days=1)


async def test_each_viewer_hears_of_the_calls_that_they_may_read(
    place: Marketplace, database: Database
) -> None:
    """The condition in SQL and the one in memory agree: open and ended calls, by worker or by the clock."""
    await database.clock.set(START)
    everybody, chosen = (
        await make_secretariat(place),
        await make_secretariat(place, place.other_vendor.id, numbers=()),
    )
    colleague = await make_agent()
    assert colleague.user_id is not None
    await set_agents(
        place.operator,
        secretariat_id=chosen,
        expected_version=await version_of("secretariat", chosen),
        agent_ids=[colleague.user_id],
    )
    calls = [
        StoredCall(START),
        StoredCall(START - DAY, outcome=CallOutcome.ABANDONED),
        StoredCall(START - DAY + timedelta(seconds=1), outcome=CallOutcome.ABANDONED),
        StoredCall(START - 2 * DAY, due_at=START - DAY),
        StoredCall(START - 2 * DAY, due_at=START),
    ]
    again = [StoredCall(one.ringing_at, outcome=one.outcome, due_at=one.due_at) for one in calls]
    for secretariat, part in ((everybody, calls), (chosen, again)):
        await store_calls(secretariat, place.market.policy_id, colleague.user_id, part)
    ids = [one.id for one in (*calls, *again)]
    news = [await read_news(connection(), one) for one in ids]
    seen: dict[int, int] = {}
    for number, viewer in enumerate((*viewers_of(place).values(), colleague)):
        read = await calls_by_id(connection(), viewer, ids)
        heard = [one.call for one in news if one is not None and one.shown_to(viewer)]
        assert heard == [read[one] for one in ids if one in read]
        seen[number] = len(heard)
    # Owner, member, employee, rival, prospects, agent, operator, the chosen agent.
    assert list(seen.values()) == [5, 5, 0, 5, 0, 0, 3, 10, 6]
    await remove_calls()


async def test_many_subscribers_cost_the_statements_of_one(
    place: Marketplace, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One who leaves does not disturb the others, and nothing is remembered for long."""
    await database.clock.set(START)
    monkeypatch.setattr(call_news, "_SHARED_SECONDS", 0.0)
    call, event = StoredCall(START), new_id()
    secretariat = await make_secretariat(place)
    await store_calls(secretariat, place.market.policy_id, new_id(), [call])
    parameters = {"callId": str(call.id)}
    await read_news(connection(), call.id)  # the policy, which this process then knows
    with recorded_statements() as one:
        await read_news(connection(), call.id)
    news = NewsOfCalls()
    with recorded_statements() as many:
        asking = [asyncio.create_task(news.of(event, parameters)) for _ in range(20)]
        await asyncio.sleep(0)
        asking[0].cancel()
        found = await asyncio.gather(*asking[1:])
    assert len(many) == len(one)
    assert all(item is not None and item.call.id == call.id for item in found)
    await asyncio.sleep(0)
    with recorded_statements() as again:
        await news.of(event, parameters)
    assert len(again) == len(one)
    assert await news.of(new_id(), {"callId": str(new_id())}) is None
    await remove_calls()
