"""Reveals, refunds and complaints over time: each number is that of the rows of its list."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.applications.answer import decline
from models.base.database import connection, fetch, transaction
from models.process.wake import Silence
from tests.support.api import Json
from tests.support.database import Database
from tests.support.marketplace import START
from tests.support.planning import as_never_analyzed
from tests.support.query_recorder import recorded_statements
from tests.support.scene import Scene, complain
from tests.support.viewers import SIGNED_IN, Kind

ACTIVITY = """query ($from: DateTime!, $to: DateTime!, $step: ActivityStep = DAY) {
  activityStatistics(period: {from: $from, to: $to}, step: $step) {
    begins reveals refunds pointsRefunded complaints } }"""
NOTHING = {"reveals": 0, "refunds": 0, "pointsRefunded": 0, "complaints": 0}
MIDNIGHT = START.replace(hour=0, minute=0, second=0, microsecond=0)


async def _activity(scene: Scene, name: Kind, since: datetime, until: datetime, **more: Any) -> list[Json]:
    answer = await scene.clients[name].ask(
        ACTIVITY, **{"from": since.isoformat(), "to": until.isoformat()}, **more
    )
    assert answer.codes == []
    found: list[Json] = answer.data["activityStatistics"]
    return found


async def test_each_day_of_the_period_has_the_numbers_of_its_rows(database: Database, scene: Scene) -> None:
    """A contact was revealed and complained about on the first day, and a fee given back two days later."""
    await complain(scene)
    await database.clock.set(START + timedelta(hours=47))
    await decline(scene.market.prospect.viewer, Silence(), scene.hidden_application)
    (row,) = await fetch(connection(), "SELECT fee FROM application WHERE id = $1", scene.hidden_application)
    days = [(MIDNIGHT + timedelta(days=n)).date().isoformat() for n in range(4)]
    expected = [
        {"begins": days[0], **NOTHING, "reveals": 1, "complaints": 1},
        {"begins": days[1], **NOTHING},
        {"begins": days[2], **NOTHING},
        {"begins": days[3], **NOTHING},
    ]
    declined = (START + timedelta(hours=47)).date().isoformat()
    for one in expected:
        if one["begins"] == declined:
            one |= {"refunds": 1, "pointsRefunded": row["fee"]}
    for name in (Kind.OWNER, Kind.MEMBER, Kind.OPERATOR):
        assert await _activity(scene, name, MIDNIGHT, MIDNIGHT + timedelta(days=4)) == expected


async def test_a_vendor_sees_its_own_numbers_only(scene: Scene) -> None:
    await complain(scene)
    (day,) = await _activity(scene, Kind.OTHER_VENDOR, MIDNIGHT, MIDNIGHT + timedelta(days=1))
    assert day == {"begins": MIDNIGHT.date().isoformat(), **NOTHING}


async def test_a_week_begins_on_monday_and_has_the_sum_of_its_days(scene: Scene) -> None:
    await complain(scene)
    since, until = MIDNIGHT - timedelta(days=9), MIDNIGHT + timedelta(days=9)
    days = await _activity(scene, Kind.OPERATOR, since, until)
    weeks = await _activity(scene, Kind.OPERATOR, since, until, step="WEEK")
    assert [datetime.fromisoformat(week["begins"]).weekday() for week in weeks] == [0] * len(weeks)
    for name in NOTHING:
        assert sum(week[name] for week in weeks) == sum(day[name] for day in days)
    assert sum(week["reveals"] for week in weeks) == 1


async def test_days_are_those_of_the_viewer(scene: Scene) -> None:
    """West of the date line, a day begins fourteen hours earlier than in UTC."""
    await fetch(connection(), "UPDATE users SET time_zone = 'Pacific/Kiritimati'")
    since, until = MIDNIGHT, MIDNIGHT + timedelta(days=1)
    found = await _activity(scene, Kind.OPERATOR, since, until)
    assert [one["begins"] for one in found] == [
        (since + timedelta(days=n)).date().isoformat() for n in range(2)
    ]
    assert [one["reveals"] for one in found] == [1, 0]  # at 9:00 in UTC it is 23:00 there


async def test_the_end_of_the_period_is_exclusive(scene: Scene) -> None:
    found = await _activity(scene, Kind.OPERATOR, MIDNIGHT, START)
    assert sum(one["reveals"] for one in found) == 0
    found = await _activity(scene, Kind.OPERATOR, START, START + timedelta(minutes=1))
    assert sum(one["reveals"] for one in found) == 1


@pytest.mark.parametrize(
    ("since", "until", "step"),
    [
        (START, START, "DAY"),
        (START, START - timedelta(days=1), "DAY"),
        (START, START + timedelta(days=92, seconds=1), "DAY"),
        (START, START + timedelta(days=732, seconds=1), "WEEK"),
        (datetime(9999, 12, 30, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC), "DAY"),
        (datetime(1, 1, 1, tzinfo=UTC), datetime(1, 1, 2, tzinfo=UTC), "WEEK"),
    ],
)
async def test_a_period_has_bounds(scene: Scene, since: datetime, until: datetime, step: str) -> None:
    answer = await scene.clients[Kind.OPERATOR].ask(
        ACTIVITY, **{"from": since.isoformat(), "to": until.isoformat()}, step=step
    )
    assert answer.codes == ["INVALID"]
    assert answer.body["errors"][0]["extensions"]["field"] == ["period"]


async def test_the_operators_numbers_are_read_through_indexes_by_time(scene: Scene) -> None:
    """Reveals and refunds, of which a marketplace has many; complaints are few."""
    with recorded_statements() as statements:
        await _activity(scene, Kind.OPERATOR, MIDNIGHT, MIDNIGHT + timedelta(days=1))
    series = [one for one in statements if "date_trunc" in one.sql]
    async with transaction() as conn:
        await fetch(conn, "SET LOCAL enable_seqscan = off")
        await as_never_analyzed(conn, "delivery", "application", "posting_group")
        for statement, index in zip(series, ("delivery_newest", "posting_group_given_back", ""), strict=True):
            rows = await fetch(conn, f"EXPLAIN {statement.sql}", *statement.values)
            assert index in "\n".join(row[0] for row in rows)


@pytest.mark.parametrize(("step", "days", "most"), [("DAY", 92, 94), ("WEEK", 732, 106)])
async def test_the_longest_period_has_about_a_hundred_parts(
    scene: Scene, step: str, days: int, most: int
) -> None:
    found = await _activity(scene, Kind.OPERATOR, START, START + timedelta(days=days), step=step)
    assert 90 < len(found) <= most


async def test_others_than_vendors_and_operators_are_refused(scene: Scene) -> None:
    period = {"from": MIDNIGHT.isoformat(), "to": START.isoformat()}
    for name in SIGNED_IN:
        allowed = name in {Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR, Kind.OPERATOR}
        answer = await scene.clients[name].ask(ACTIVITY, **period)
        assert answer.codes == ([] if allowed else ["FORBIDDEN"]), name
