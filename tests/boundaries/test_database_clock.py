"""A.2: every time limit at T-1 s, T and T+1 s, over HTTP, by the database's clock.

No test sleeps, and a worker runs only in the rows that test one.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from models.base.database import connection, fetch
from rules import production_parameters
from tests.boundaries.world import World, codes
from tests.support.marketplace import HOUR, SECOND, START, publish_policy
from tests.support.reading import system_saw

REVEAL, REMIND, MEETING = START + 48 * HOUR, START + 24 * HOUR, START + 10 * HOUR
CLOSES = START + 5 * HOUR
Case = Callable[[World, timedelta], Awaitable[object]]


async def reveal(world: World, offset: timedelta) -> object:
    """S1.2: the contact data, the status and the filter of the list change together."""
    await world.apply()
    await world.at(REVEAL + offset)
    lead = await world.lead()
    listed = await world.count("leads", contactVisible=True), await world.count("leads", contactVisible=False)
    assert listed == ((1, 0) if await world.sees() else (0, 1))
    status: str = lead["application"]["status"]
    assert await world.count("applications", status=status) == 1
    return status, lead["application"]["revealedAt"]


async def decline_is_timely(world: World, offset: timedelta) -> object:
    """S1.3: whether the contact data is visible afterwards, which rule decides the refund, what moved."""
    await world.apply()
    await world.at(REVEAL + offset)
    application = (await world.answer("applicationDecline"))["application"]
    assert await world.points() == (100, 0)
    return await world.sees(), application["refund"]["ruleId"], application["visibility"]["ruleId"]


async def accept(world: World, offset: timedelta) -> object:
    """S1.1: who opened the application, and from which instant the contact data is visible."""
    await world.apply()
    await world.at(REVEAL + offset)
    application = (await world.answer("applicationAccept"))["application"]
    assert await world.sees()
    kinds = await world.event_kinds(world.vendor)
    return application["revealedAt"], "CONTACT_REVEALED" in kinds


async def reminder(world: World, offset: timedelta) -> object:
    """S1.10: whether the prospect is reminded when a worker runs at this instant."""
    await world.apply()
    await world.at(REMIND + offset)
    await world.sweep()
    return "REVIEW_REMINDER" in await world.event_kinds(world.prospect)


async def opened_until_the_reminder(world: World, offset: timedelta) -> object:
    """S1.10: the reminder's text depends on an opening before it was due, even if the worker is late."""
    await world.apply()
    await world.at(REMIND + offset)
    await world.answer("applicationReview")
    await world.at(REMIND + HOUR)
    await world.sweep()
    rows = await fetch(connection(), "SELECT rule_id FROM decision WHERE ruleset = 'review_reminder'")
    return [row["rule_id"] for row in rows]


async def swept(world: World, offset: timedelta) -> object:
    """S1.2: whether a worker that runs at this instant captures the fee."""
    await world.apply()
    await world.at(REVEAL + offset)
    await world.sweep()
    delivery = (await world.lead())["delivery"]
    return await world.points(), delivery and delivery["receivedAt"]


async def refund_before_the_meeting(world: World, offset: timedelta) -> object:
    """S1.9: a decline before the meeting time refunds the fee; a decline at or after it does not."""
    await world.apply(MEETING)
    await world.at(MEETING + offset)
    application = (await world.answer("applicationDecline"))["application"]
    return application["refund"]["verdict"], await world.points()


async def refund_of_a_withdrawal(world: World, offset: timedelta) -> object:
    """S1.9: the same for a withdrawal after an acceptance."""
    await world.apply(MEETING)
    await world.answer("applicationAccept")
    await world.at(MEETING + offset)
    application = (await world.answer("applicationDecline"))["application"]
    return application["refund"]["verdict"], await world.points()


async def refund_after_a_call(world: World, offset: timedelta) -> object:
    """S1.9: a call of 120 seconds or more counts as a meeting."""
    await world.apply()
    rows = await fetch(connection(), "SELECT id FROM application")
    await system_saw(rows[0]["id"], call_seconds=120 + int(offset.total_seconds()))
    application = (await world.answer("applicationDecline"))["application"]
    return application["refund"]["verdict"]


async def cancel_the_meeting(world: World, offset: timedelta) -> object:
    """S1.9: whether a meeting can still be cancelled, and whether a later decline is refunded."""
    await world.apply(MEETING)
    await world.at(MEETING + offset)
    refused = await world.record(world.prospect, "CANCELLED")
    await world.at(MEETING + HOUR)
    await world.answer("applicationDecline")
    return refused, await world.points()


async def no_show(world: World, offset: timedelta) -> object:
    """A no-show can be recorded from the meeting time on."""
    await world.apply(MEETING)
    await world.at(MEETING + offset)
    return await world.record(world.prospect, "NO_SHOW")


async def took_place_at(world: World, offset: timedelta) -> object:
    """A past event must not be in the future: the row changes the reported time, not the clock."""
    await world.apply(MEETING)
    await world.at(MEETING)
    return await world.record(world.operator, "TOOK_PLACE", MEETING + offset)


async def reschedule(world: World, offset: timedelta) -> object:
    """The new time of a meeting must be in the future."""
    await world.apply(MEETING)
    await world.at(MEETING + offset)
    return await world.record(world.vendor, "RESCHEDULED", MEETING)


async def meeting_within_a_year(world: World, offset: timedelta) -> object:
    """A meeting is at most 366 days away."""
    return codes(await world.apply(START + timedelta(days=366) + offset))


async def meeting_after_now(world: World, offset: timedelta) -> object:
    """A proposed meeting time must be in the future."""
    await world.at(MEETING + offset)
    return codes(await world.apply(MEETING))


async def closes(world: World, offset: timedelta) -> object:
    """Vendors can apply for a lead until it closes, and the list's filter agrees."""
    await fetch(connection(), "UPDATE lead SET closes_at = $1", CLOSES)
    await world.at(CLOSES + offset)
    listed = await world.count("leads", open=True), await world.count("leads", open=False)
    return codes(await world.apply()), listed


async def policy_in_force(world: World, offset: timedelta) -> object:
    """A policy version is pinned from the instant at which it takes effect; the market shows the same one."""
    parameters = production_parameters()
    parameters["reveal"]["reveal_after"] = 72 * 3600
    await publish_policy(world.place.market.id, world.place.market.code, parameters, MEETING)
    await world.at(MEETING + offset)
    application = (await world.apply())["application"]
    document = "query ($id: ID!) { node(id: $id) { ... on Lead { market { policy { version } } } } }"
    market = (await world.vendor.ask(document, id=world.lead_id)).data["node"]["market"]
    assert market["policy"] == application["policy"]
    return application["visibility"]["changesAt"]


async def complaint_window(world: World, offset: timedelta) -> object:
    """S5.8: the day of receipt is a day in Berlin; the next day begins at midnight."""
    midnight = START.replace(hour=23, minute=0)
    await world.apply()
    await world.at(midnight + offset)
    await world.answer("applicationAccept")
    return (await world.lead())["delivery"]["complaintUntil"]


async def received_from(world: World, offset: timedelta) -> object:
    """A filter by the time of receipt includes its start and excludes its end."""
    await world.apply()
    await world.answer("applicationAccept")
    instant = (START + offset).isoformat()
    return await world.count("deliveries", receivedFrom=instant), await world.count(
        "deliveries", receivedUntil=instant
    )


def text(offset: timedelta, base: timedelta) -> str:
    """Format an instant as the API does."""
    return (START + base + offset).isoformat().replace("+00:00", "Z")


AT_48 = text(timedelta(), 48 * HOUR)
LATE = (True, "declined_late", "declined_late")
PAID_BACK, LOST = ("REFUNDABLE", (100, 0)), ("NOT_REFUNDABLE", (90, 0))
TABLE: list[tuple[Case, object, object, object]] = [
    (reveal, ("PENDING", None), ("REVEALED", AT_48), ("REVEALED", AT_48)),
    (decline_is_timely, (False, "declined_in_time", "declined_in_time"), LATE, LATE),
    (accept, (text(-SECOND, 48 * HOUR), False), (AT_48, True), (AT_48, True)),
    (reminder, False, True, True),
    (opened_until_the_reminder, ["opened_but_not_answered"], ["not_reviewed"], ["not_reviewed"]),
    (swept, ((90, 10), None), ((90, 0), AT_48), ((90, 0), AT_48)),
    (refund_before_the_meeting, PAID_BACK, LOST, LOST),
    (refund_of_a_withdrawal, PAID_BACK, LOST, LOST),
    (refund_after_a_call, "REFUNDABLE", "NOT_REFUNDABLE", "NOT_REFUNDABLE"),
    (cancel_the_meeting, ([], (100, 0)), (["CONFLICT"], (90, 0)), (["CONFLICT"], (90, 0))),
    (no_show, ["CONFLICT"], [], []),
    (took_place_at, [], [], ["INVALID"]),
    (reschedule, [], ["INVALID"], ["INVALID"]),
    (meeting_within_a_year, [], [], ["INVALID"]),
    (meeting_after_now, [], ["INVALID"], ["INVALID"]),
    (closes, ([], (1, 0)), (["CONFLICT"], (0, 1)), (["CONFLICT"], (0, 1))),
    (policy_in_force, text(-SECOND, 58 * HOUR), text(timedelta(), 82 * HOUR), text(SECOND, 82 * HOUR)),
    (complaint_window, "2026-04-01T22:00:00Z", "2026-04-02T22:00:00Z", "2026-04-02T22:00:00Z"),
    (received_from, (1, 0), (1, 0), (0, 1)),
]
ROWS = [
    pytest.param(case, offset, expected, id=f"{case.__name__} {words}")
    for case, *three in TABLE
    for (offset, words), expected in zip(
        ((-SECOND, "T-1s"), (0 * SECOND, "T"), (SECOND, "T+1s")), three, strict=True
    )
]


@pytest.mark.parametrize(("case", "offset", "expected"), ROWS)
async def test_every_limit_holds_to_the_second(
    world: World, case: Case, offset: timedelta, expected: object
) -> None:
    """Run each row of the table."""
    assert await case(world, offset) == expected
