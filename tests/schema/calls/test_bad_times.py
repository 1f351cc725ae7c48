"""Appointments, periods and instants that are refused, and days on which the clocks change."""

from datetime import timedelta

import pytest

from models.base.database import connection, fetch
from models.calls import appointments
from models.calls.limits import MOST_COVERED_EMPLOYEES
from schema.graphql.ids import write_id
from tests.schema.calls.conftest import Called
from tests.schema.calls.inputs import refused, set_up
from tests.support.api import Json
from tests.support.calls import make_absence, make_stored_calendar
from tests.support.marketplace import START
from tests.support.mutation_calls import attempt, call, refusals
from tests.support.viewers import Kind


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ({"startsAt": "2026-03-09T10:00:00Z", "endsAt": "2026-03-09T09:00:00Z"}, "endsAt"),
        ({"startsAt": "2026-03-09T10:00:00Z", "endsAt": "2026-03-09T10:00:00Z"}, "endsAt"),
        ({"firstDay": "2026-03-09", "lastDay": "2026-03-08"}, "lastDay"),
        ({"firstDay": "2026-03-09", "lastDay": "2029-03-09"}, "lastDay"),
        ({"firstDay": "2026-03-09", "endsAt": "2026-03-09T10:00:00Z"}, "startsAt"),
        (
            {"firstDay": "2026-03-09", "lastDay": "2026-03-09", "endsAt": "2026-03-09T10:00:00Z"},
            "startsAt",
        ),
        ({"firstDay": "2025-02-01", "lastDay": "2025-02-28"}, "lastDay"),
    ],
)
async def test_an_appointment_is_days_or_instants_in_order_and_not_too_long(
    called: Called, times: Json, field: str
) -> None:
    """S4.21."""
    given = {"employeeId": called.id("agnes"), "text": "away", "idempotencyKey": "k", **times}
    assert (await refused(called, "appointmentSet", given))[0] == [("INVALID", field)]


async def test_an_appointment_of_a_calendar_is_changed_in_the_calendar(called: Called) -> None:
    appointment = await make_absence(
        called.place.vendor.owner, called.agnes, START.date(), START.date() + timedelta(days=1)
    )
    calendar = await make_stored_calendar(called.agnes)
    await fetch(
        connection(),
        "UPDATE appointment SET source = 'CALENDAR', calendar_id = $2, uid = 'a' WHERE id = $1",
        appointment,
        calendar,
    )
    of_calendar = {"appointmentId": write_id("Appointment", appointment), "expectedVersion": 1}
    days = {"text": "x", "firstDay": "2026-03-09", "lastDay": "2026-03-09"}
    for name, given in (("appointmentDelete", of_calendar), ("appointmentSet", {**of_calendar, **days})):
        assert (await refused(called, name, given))[0] == [("INVALID", "appointmentId")]


async def test_an_instant_has_an_offset_so_every_one_exists_once(called: Called) -> None:
    """02:30 on 29 March 2026 does not exist in Berlin, and on 25 October it exists twice."""
    given = {"employeeId": called.id("agnes"), "text": "away", "idempotencyKey": "k"}
    local = {**given, "startsAt": "2026-03-29T02:30:00", "endsAt": "2026-03-29T04:00:00"}
    answer = await attempt(called.clients[Kind.OWNER], "appointmentSet", local)
    assert set(answer.codes) == {"BAD_USER_INPUT"}


@pytest.mark.parametrize(
    ("day", "begin", "end"),
    [
        ("2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        ("2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
    ],
)
async def test_a_whole_day_lasts_23_or_25_hours_when_clocks_change(
    called: Called, day: str, begin: str, end: str
) -> None:
    given = {"employeeId": called.id("agnes"), "text": "away", "idempotencyKey": "k"}
    payload = await call(
        called.clients[Kind.OWNER],
        "appointmentSet",
        {**given, "firstDay": day, "lastDay": day},
        "appointment { startsAt endsAt }",
    )
    assert payload["appointment"] == {"startsAt": begin, "endsAt": end}


async def test_a_new_time_zone_moves_whole_days_and_no_instants(called: Called) -> None:
    client = called.clients[Kind.OWNER]
    timed = {"startsAt": "2026-04-01T08:00:00Z", "endsAt": "2026-04-01T09:00:00Z"}
    given = {"employeeId": called.id("cleo"), "text": "away"}
    for key, times in (("days", {"firstDay": "2026-03-30", "lastDay": "2026-03-31"}), ("timed", timed)):
        payload = await call(client, "appointmentSet", {**given, **times, "idempotencyKey": key})
        assert refusals(payload) == []
    await call(client, "secretariatUpdate", await set_up(called, timeZone="Europe/Bucharest"))
    document = """query ($id: ID!) { node(id: $id) { ... on Employee {
        appointments { nodes { startsAt endsAt firstDay lastDay } } } } }"""
    found = (await client.ask(document, id=called.id("cleo"))).data["node"]["appointments"]["nodes"]
    assert found == [
        {
            "startsAt": "2026-03-29T21:00:00Z",
            "endsAt": "2026-03-31T21:00:00Z",
            "firstDay": "2026-03-30",
            "lastDay": "2026-03-31",
        },
        {**timed, "firstDay": None, "lastDay": None},
    ]


async def test_coverage_of_too_many_employees_is_refused(called: Called) -> None:
    """Before anything is computed."""
    await fetch(
        connection(),
        """INSERT INTO employee (id, secretariat_id, version, first_name, last_name, sort_key, email, cc,
                                 sms_tick, vip_sms_tick, wish, made_at)
           SELECT gen_random_uuid(), $1, 1, '', 'N', 'n', 'n@vendor.example', '{}', false, false, 'NONE',
                  leadgate_clock() FROM generate_series(1, $2::int)""",
        called.secretariat,
        MOST_COVERED_EMPLOYEES + 1,
    )
    document = "query ($i: CallCoverageInput!) { callCoverage(input: $i) { reachableSeconds } }"
    period = {"from": "2026-03-02T00:00:00Z", "to": "2026-03-03T00:00:00Z"}
    answer = await called.clients[Kind.OWNER].ask(document, i={"period": period})
    assert answer.codes == ["LIMIT_EXCEEDED"]


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
async def test_an_instant_at_the_end_of_the_calendar_is_refused(called: Called, at: str) -> None:
    """The others of the list are answered."""
    answer = await called.clients[Kind.OWNER].ask(
        """query ($at: DateTime!) {
            now: secretariat { employees(first: 1) { nodes { availability { state } } } }
            one: secretariat { employees(first: 1) { nodes { availability(at: $at) { state } } } }
            all: secretariat { employees(first: 1, at: $at) { nodes { availability { state } } } }
        }""",
        at=at,
    )
    assert answer.codes == ["INVALID", "INVALID"]
    assert answer.body["data"]["now"]["employees"]["nodes"] == [{"availability": {"state": "PRESENT"}}]


async def test_coverage_at_the_end_of_the_calendar_is_refused(called: Called) -> None:
    for period in (
        {"from": "9999-12-20T00:00:00Z", "to": "9999-12-31T23:59:59Z"},
        {"from": "0001-01-01T00:00:00Z", "to": "0001-01-02T00:00:00Z"},
    ):
        answer = await called.clients[Kind.OWNER].ask(
            "query ($p: PeriodInput!) { callCoverage(input: {period: $p}) { expectedSeconds } }", p=period
        )
        assert answer.codes == ["INVALID"]


async def test_an_employee_has_a_limited_number_of_appointments(
    called: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those that an employee with a sub-account adds."""
    monkeypatch.setattr(appointments, "MOST_APPOINTMENTS", 1)
    given = {
        "employeeId": called.id("own"),
        "text": "away",
        "reachable": False,
        "firstDay": "2026-03-09",
        "lastDay": "2026-03-09",
    }
    first = await call(called.clients[Kind.EMPLOYEE], "appointmentSet", {**given, "idempotencyKey": "1"})
    assert refusals(first) == []
    codes, _ = await refused(called, "appointmentSet", {**given, "idempotencyKey": "2"}, Kind.EMPLOYEE)
    assert codes == [("LIMIT_EXCEEDED", "employeeId")]


async def test_statistics_of_the_last_days_of_the_calendar_are_empty(called: Called) -> None:
    answer = await called.clients[Kind.OWNER].ask(
        "query ($p: PeriodInput!) { callStatistics(period: $p) { total } }",
        p={"from": "9999-12-01T00:00:00Z", "to": "9999-12-31T23:59:59Z"},
    )
    assert answer.data["callStatistics"]["total"] == 0
