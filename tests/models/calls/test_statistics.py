"""Statistics of calls (S4.24) against a naive recount, on both days on which the clocks change."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.refusal import Refusal
from models.calls.call_tables import TransferResult
from models.calls.employees import delete_employee
from models.calls.statistics import CallStatistics, call_statistics
from rules.calls.call_mail import CallOutcome
from tests.support.calls import make_employee, make_secretariat, version_of
from tests.support.database import Database
from tests.support.marketplace import Marketplace
from tests.support.stored_calls import StoredCall, remove_calls, store_calls

BERLIN = ZoneInfo("Europe/Berlin")
ENDED = [result for result in TransferResult if result is not TransferResult.CALLING]
# Around both clock changes of Berlin, from one to two days.
PERIODS = [
    (datetime(2026, 3, 28, 22, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC)),
    (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC)),
]


def random_call(random: Random, begin: datetime, employees: list[UUID]) -> StoredCall:
    """A finished call of three days around an instant."""
    rang = begin + timedelta(
        seconds=random.randrange(-86_400, 2 * 86_400), milliseconds=random.randrange(1000)
    )
    answered = rang + timedelta(seconds=random.randrange(60)) if random.random() < 0.7 else None
    hung_up = (answered or rang) + timedelta(seconds=random.randrange(600))
    outcome = CallOutcome.ABANDONED if answered is None else random.choice(list(CallOutcome))
    tries = [(random.choice(employees), random.choice(ENDED)) for _ in range(random.randrange(3))]
    wanted = random.choice([None, *employees])
    return StoredCall(rang, answered, hung_up, outcome, wanted, tries if answered else ())


def recount(calls: list[StoredCall], period: tuple[datetime, datetime]) -> dict[str, object]:
    """The numbers of a period, one call after the other."""
    counted = [one for one in calls if period[0] <= one.ringing_at < period[1]]
    waits = sorted(
        int((one.answered_at - one.ringing_at).total_seconds()) for one in counted if one.answered_at
    )
    talks = [
        int((one.hung_up_at - one.answered_at).total_seconds())
        for one in counted
        if one.answered_at and one.hung_up_at
    ]
    local = [(one, one.ringing_at.astimezone(BERLIN)) for one in counted]
    abandoned = CallOutcome.ABANDONED
    return {
        "total": len(counted),
        "outcomes": Counter(one.outcome for one in counted),
        "median_seconds": int(median(talks)) if talks else None,
        "median_wait_seconds": int(median(waits)) if waits else None,
        "p90_wait_seconds": waits[-(-9 * len(waits) // 10) - 1] if waits else None,
        "answered_within_20": sum(wait <= 20 for wait in waits) / len(counted) if counted else None,
        "days": Counter(at.date() for _, at in local),
        "abandoned_days": Counter(at.date() for one, at in local if one.outcome is abandoned),
        "hours": Counter((at.isoweekday(), at.hour) for _, at in local),
        "results": Counter(result for one in counted for _, result in one.attempts),
        "wanted": Counter(one.wanted for one in counted if one.wanted),
        "taken": Counter(who for one in counted for who, result in one.attempts if result == "ACCEPTED"),
    }


def told(found: CallStatistics) -> dict[str, object]:
    """The same numbers as `recount`."""
    outcomes = {
        CallOutcome.TRANSFERRED: found.transferred,
        CallOutcome.MESSAGE_TAKEN: found.messages,
        CallOutcome.ABANDONED: found.abandoned,
        CallOutcome.FAQ_ANSWERED: found.faq,
        CallOutcome.UNFINISHED: found.unfinished,
    }
    return {
        "total": found.total,
        "outcomes": +Counter(outcomes),
        "median_seconds": found.median_seconds,
        "median_wait_seconds": found.median_wait_seconds,
        "p90_wait_seconds": found.p90_wait_seconds,
        "answered_within_20": found.answered_within_20,
        "days": Counter({one.day: one.total for one in found.by_day}),
        "abandoned_days": +Counter({one.day: one.abandoned for one in found.by_day}),
        "hours": Counter({(one.weekday, one.hour): one.total for one in found.by_hour}),
        "results": Counter({one.result: one.count for one in found.by_result}),
        "wanted": +Counter({one.employee_id: one.wanted for one in found.by_employee}),
        "taken": +Counter({one.employee_id: one.transferred for one in found.by_employee}),
    }


@pytest.mark.parametrize("period", PERIODS, ids=["forward", "back"])
async def test_statistics_are_those_of_a_naive_recount(
    place: Marketplace, period: tuple[datetime, datetime]
) -> None:
    """With calls of the days before and after, and of another company, which do not count."""
    secretariat = await make_secretariat(place)
    other = await make_secretariat(place, place.other_vendor.id, numbers=("+493023125200",))
    employees = [await make_employee(place.vendor.owner, f"Employee {n}") for n in range(3)]
    agent = place.agent.user_id
    assert agent is not None
    for seed in range(8):
        random = Random(seed)
        calls = [random_call(random, period[0], employees) for _ in range(seed * 7)]
        await store_calls(secretariat, place.market.policy_id, agent, calls)
        await store_calls(other, place.market.policy_id, agent, [random_call(random, period[0], employees)])
        found = await call_statistics(connection(), place.vendor.owner, None, period)
        assert told(found) == recount(calls, period)
        assert found.transfer_tries == sum(one.count for one in found.by_result)
        await remove_calls()


async def test_a_call_that_nobody_ended_counts_as_closed_from_its_deadline_on(
    place: Marketplace, database: Database
) -> None:
    """Whether or not a worker has been there; one that was answered is unfinished, the other abandoned."""
    secretariat, now = await make_secretariat(place), database.clock.now
    assert now is not None
    agent = place.agent.user_id
    assert agent is not None
    calls = [StoredCall(now), StoredCall(now, answered_at=now)]
    await store_calls(secretariat, place.market.policy_id, agent, calls)
    period = now - timedelta(days=1), now + timedelta(days=1)
    open_calls = await call_statistics(connection(), place.vendor.owner, None, period)
    assert (open_calls.total, open_calls.abandoned, open_calls.unfinished) == (2, 0, 0)
    for one in calls:
        await fetch(
            connection(),
            """INSERT INTO deadline (id, kind, subject, ordinal, due_at)
               VALUES ($1, 'CALL_CLOSE', $2, 0, leadgate_clock())""",
            new_id(),
            one.id,
        )
    closed = await call_statistics(connection(), place.vendor.owner, None, period)
    assert (closed.total, closed.abandoned, closed.unfinished) == (2, 1, 1)
    await fetch(connection(), "DELETE FROM deadline WHERE kind = 'CALL_CLOSE'")
    await remove_calls()


async def test_an_employee_who_was_removed_stays_in_the_statistics(
    place: Marketplace, database: Database
) -> None:
    secretariat, now = await make_secretariat(place), database.clock.now
    assert now is not None
    agent = place.agent.user_id
    assert agent is not None
    gone = await make_employee(place.vendor.owner, "Gone Soon")
    await store_calls(secretariat, place.market.policy_id, agent, [StoredCall(now, wanted=gone)])
    await delete_employee(
        place.vendor.owner, employee_id=gone, expected_version=await version_of("employee", gone)
    )
    found = await call_statistics(
        connection(), place.vendor.owner, None, (now - timedelta(days=1), now + timedelta(days=1))
    )
    assert [(one.employee_id, one.wanted) for one in found.by_employee] == [(gone, 1)]
    await remove_calls()


@pytest.mark.parametrize("length", [timedelta(0), timedelta(seconds=-1), timedelta(days=366, seconds=1)])
async def test_a_period_ends_after_it_starts_and_is_at_most_366_days_long(
    place: Marketplace, length: timedelta
) -> None:
    await make_secretariat(place)
    begin = PERIODS[0][0]
    with pytest.raises(Refusal) as caught:
        await call_statistics(connection(), place.vendor.owner, None, (begin, begin + length))
    assert (caught.value.code, caught.value.field) == ("INVALID", ("period",))


async def test_the_last_day_of_the_calendar_is_a_period(place: Marketplace) -> None:
    await make_secretariat(place)
    last = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    found = await call_statistics(connection(), place.vendor.owner, None, (last - timedelta(hours=1), last))
    assert found.total == 0
