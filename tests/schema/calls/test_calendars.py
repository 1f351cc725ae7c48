"""Calendars of employees in the API: who sees and changes them, files, and from a URL to a preview."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import pytest_asyncio

from models.base.database import connection, fetch
from models.calls.calendars import import_calendar
from tests.schema.calls.conftest import Called
from tests.schema.calls.inputs import refused
from tests.support.api import Api, Client, Json
from tests.support.calendars import address, ics, meeting, outside, publishes, read_due
from tests.support.calls import make_employee, make_stored_calendar
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.mutation_calls import call, refusals
from tests.support.query_recorder import recorded_statements
from tests.support.viewers import Kind
from tests.support.webhook_receiver import Receiver, answer, receiver

SHOWN = """id version host useTitles tentativeCounts fetchedAt nextAt problem staleSince appointments warnings
    employee { displayName }"""
OF_EMPLOYEE = f"""query ($id: ID!) {{ node(id: $id) {{ ... on Employee {{ calendars {{ {SHOWN} }}
    appointments {{ nodes {{ text source startsAt }} }} availability {{ state said until }} }} }} }}"""
PREVIEW = """query ($input: CallRoutePreviewInput!) { callRoutePreview(input: $input) {
    script { warnings } routes { routes { action decision { ruleId } } skipped { said } changesAt } } }"""
DONE = f"""calendar {{ {SHOWN} }} written warnings hours {{ weekday from until }}
    appointments {{ id text startsAt firstDay lastDay source }}"""
LUNCH = meeting("20260302T090000", "20260302T130000", "SUMMARY:Lunch with Bob")  # START is at nine


@dataclass(frozen=True, slots=True)
class Published:
    """A server that publishes calendars, which the API and a worker may request."""

    called: Called
    api: Api
    server: Receiver

    async def set(self, kind: Kind = Kind.OWNER, path: str = "/zq-secret.ics", **given: object) -> Json:
        """Add a calendar to Agnes, or change one; return it."""
        wanted: Json = dict(given)
        if "calendarId" not in wanted:
            wanted |= {"url": address(self.server, path), "idempotencyKey": path}
            wanted.setdefault("employeeId", self.called.id("agnes"))
        payload = await call(
            self.called.clients[kind], "employeeCalendarSet", wanted, f"calendar {{ {SHOWN} }}"
        )
        assert refusals(payload) == []
        found: Json = payload["calendar"]
        return found

    async def read(self) -> int:
        """Let a worker read what is due."""
        return await read_due(self.server, sealer=self.api.services.sending.sealer)

    async def see(self, kind: Kind, name: str = "agnes") -> Json:
        """Return an employee as somebody sees them."""
        found: Json = (await self.called.clients[kind].ask(OF_EMPLOYEE, id=self.called.id(name))).data["node"]
        return found


@pytest_asyncio.fixture(loop_scope="session")
async def published(called: Called, api: Api) -> AsyncIterator[Published]:
    """The server's calendar has a lunch."""
    usual = api.services.calendars
    async with receiver() as server:
        server.script = publishes(ics(LUNCH))
        object.__setattr__(api.services, "calendars", outside(server))
        yield Published(called, api, server)
        object.__setattr__(api.services, "calendars", usual)


async def test_a_calendar_is_given_and_within_a_minute_the_preview_says_until_when(
    published: Published,
) -> None:
    """An employee gives an address, a worker reads it, and the title is told to nobody."""
    owner = published.called.clients[Kind.OWNER]
    made = await published.set()
    assert (made["host"], made["fetchedAt"], made["appointments"]) == ("127.0.0.1", None, 0)
    assert await published.read() == 1
    wanted = {"employeeId": published.called.id("agnes"), "caller": "+4930901820"}
    answered = await owner.ask(PREVIEW, input=wanted)
    found = answered.data["callRoutePreview"]["routes"]
    assert [(one["action"], one["decision"]["ruleId"]) for one in found["routes"]] == [
        ("TAKE_MESSAGE", "appointment")
    ]
    assert [one["said"] for one in found["skipped"]] in ([], ["In einem Termin bis 14:00 Uhr."])
    assert found["changesAt"] == "2026-03-02T13:00:00Z"
    seen = await published.see(Kind.OWNER)
    assert seen["availability"] == {
        "state": "AWAY",
        "said": "In einem Termin bis 14:00 Uhr.",
        "until": "2026-03-02T13:00:00Z",
    }
    assert (seen["calendars"][0]["appointments"], seen["calendars"][0]["problem"]) == (1, None)
    assert "Bob" not in str((answered.body, seen))
    assert "zq-secret" not in str((answered.body, seen, made))


@pytest.mark.parametrize("kind", [Kind.OWNER, Kind.MEMBER, Kind.OPERATOR])
async def test_who_manages_the_company_sees_calendars(published: Published, kind: Kind) -> None:
    made = await published.set()
    seen = (await published.see(kind))["calendars"]
    assert [(one["id"], one["host"]) for one in seen] == [(made["id"], "127.0.0.1")]


@pytest.mark.parametrize("kind", [Kind.AGENT, Kind.EMPLOYEE, Kind.OTHER_VENDOR, Kind.PROSPECT])
async def test_others_see_no_calendar_of_an_employee(published: Published, kind: Kind) -> None:
    made = await published.set()
    client = published.called.clients[kind]
    node = "query ($id: ID!) { node(id: $id) { id } }"
    assert (await client.ask(node, id=made["id"])).data["node"] is None
    seen = await published.see(kind)
    assert (seen or {}).get("calendars") is None


async def test_agents_are_told_what_callers_are_told_and_no_calendar(published: Published) -> None:
    await published.set()
    await published.read()
    seen = await published.see(Kind.AGENT)
    assert seen["calendars"] is None
    assert seen["availability"]["said"] == "In einem Termin bis 14:00 Uhr."
    assert "Bob" not in str(seen)


async def test_employees_set_and_see_calendars_of_their_own(published: Published) -> None:
    own = published.called.id("own")
    made = await published.set(Kind.EMPLOYEE, employeeId=own)
    await published.read()
    seen = await published.see(Kind.EMPLOYEE, "own")
    assert [one["id"] for one in seen["calendars"]] == [made["id"]]
    changed = await published.set(Kind.EMPLOYEE, calendarId=made["id"], expectedVersion=1, useTitles=True)
    assert (changed["version"], changed["useTitles"]) == (2, True)
    gone = await call(
        published.called.clients[Kind.EMPLOYEE],
        "employeeCalendarDelete",
        {"calendarId": made["id"], "expectedVersion": 2},
        "employee { calendars { id } }",
    )
    assert gone["employee"]["calendars"] == []


async def test_a_problem_is_said_in_the_viewers_language(published: Published) -> None:
    published.server.script = answer("404 Not Found")
    await published.set()
    await published.read()
    [shown] = (await published.see(Kind.OWNER))["calendars"]
    assert shown["problem"].startswith("There is no calendar at this address.")
    assert shown["appointments"] == 0


async def test_warnings_of_a_calendar_are_shown_with_their_numbers(published: Published) -> None:
    published.server.script = publishes(ics(["DTSTART:20260303T100000", "DURATION:PT1H"]))
    await published.set()
    await published.read()
    [shown] = (await published.see(Kind.OWNER))["calendars"]
    assert shown["warnings"] == ["Events without a time zone: 1. The company's time zone was assumed."]


async def test_agents_are_warned_of_a_calendar_that_cannot_be_read_for_a_day(
    published: Published, database: Database
) -> None:
    published.server.script = answer("500 Broken")
    await published.set()
    await published.read()
    await database.clock.advance(timedelta(days=1))
    await published.read()
    wanted = {"employeeId": published.called.id("agnes")}
    found = await published.called.clients[Kind.OWNER].ask(PREVIEW, input=wanted)
    assert found.data["callRoutePreview"]["script"]["warnings"][-1] == (
        "Calendars that could not be read for some time: Agnes Tellier. Absences may be missing."
    )
    [shown] = (await published.see(Kind.OWNER))["calendars"]
    assert shown["staleSince"] == "2026-03-02T09:00:00Z"
    notices = "{ notifications { nodes { kind title } } }"
    told = (await published.called.clients[Kind.OWNER].ask(notices)).data["notifications"]["nodes"]
    assert ("CALENDAR_STALE", "A calendar of an employee cannot be read") in [
        (one["kind"], one["title"]) for one in told
    ]


async def test_a_calendar_is_asked_for_at_most_once_a_minute(published: Published) -> None:
    made = await published.set()
    owner = published.called.clients[Kind.OWNER]
    given: Json = {"calendarId": made["id"]}
    assert refusals(await call(owner, "employeeCalendarRefresh", given)) == []
    assert (await refused(published.called, "employeeCalendarRefresh", given))[0] == [
        ("LIMIT_EXCEEDED", "calendarId")
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"url": None}, ("REQUIRED", "url")),
        ({"url": "http://calendar.example/zq-secret.ics"}, ("INVALID", "url")),
        ({"url": "https://169.254.169.254/zq-secret.ics"}, ("INVALID", "url")),
        ({"idempotencyKey": None}, ("REQUIRED", "idempotencyKey")),
        ({"employeeId": "no id"}, ("NOT_FOUND", "employeeId")),
        ({"calendarId": "no id"}, ("NOT_FOUND", "calendarId")),
    ],
)
async def test_a_bad_input_is_refused_at_its_field_and_not_quoted(
    published: Published, given: Json, expected: tuple[str, str]
) -> None:
    usual = {
        "employeeId": published.called.id("agnes"),
        "url": address(published.server),
        "idempotencyKey": "once",
    }
    codes, message = await refused(published.called, "employeeCalendarSet", {**usual, **given})
    assert codes == [expected]
    assert "zq-secret" not in message


async def test_a_request_that_is_sent_again_adds_one_calendar(published: Published) -> None:
    first, again = await published.set(), await published.set()
    assert first["id"] == again["id"]
    given = {
        "employeeId": published.called.id("agnes"),
        "url": address(published.server, "/other.ics"),
        "idempotencyKey": "/zq-secret.ics",
    }
    payload = await call(published.called.clients[Kind.OWNER], "employeeCalendarSet", given)
    assert refusals(payload) == [("IDEMPOTENCY_CONFLICT", "idempotencyKey")]


async def _import(client: Client, called: Called, content: bytes, **given: object) -> Json:
    wanted = {"employeeId": called.id("agnes"), "file": content, "idempotencyKey": "file", **given}
    return await call(client, "employeeCalendarImport", wanted, DONE)


async def test_a_file_becomes_a_calendar_of_its_own(called: Called) -> None:
    owner = called.clients[Kind.OWNER]
    days = ["DTSTART;VALUE=DATE:20260309", "DTEND;VALUE=DATE:20260311", "SUMMARY:Fair"]
    done = await _import(owner, called, ics(LUNCH, days))
    assert (refusals(done), done["written"], done["warnings"]) == ([], True, [])
    assert [(one["text"], one["firstDay"], one["source"]) for one in done["appointments"]] == [
        ("In einem Termin bis 14:00 Uhr.", None, "CALENDAR"),
        ("Abwesend bis einschließlich 10. März 2026.", "2026-03-09", "CALENDAR"),
    ]
    calendar = done["calendar"]
    assert (calendar["host"], calendar["nextAt"], calendar["appointments"]) == (None, None, 2)
    assert calendar["fetchedAt"] == "2026-03-02T09:00:00Z"
    node = "query ($id: ID!) { node(id: $id) { ... on Appointment { text } } }"
    stored = await owner.ask(node, id=done["appointments"][0]["id"])
    assert stored.data["node"]["text"] == "In einem Termin bis 14:00 Uhr."
    of_file: Json = {"calendarId": calendar["id"], "expectedVersion": 1}
    for given, field in (
        ({"useTitles": True}, "useTitles"),
        ({"tentativeCounts": True}, "tentativeCounts"),
        ({"url": "https://127.0.0.1:9/x.ics"}, "url"),
    ):
        codes, _ = await refused(called, "employeeCalendarSet", {**of_file, **given})
        assert codes == [("INVALID", field)]
    asked: Json = {"calendarId": calendar["id"]}
    assert (await refused(called, "employeeCalendarRefresh", asked))[0] == [("INVALID", "calendarId")]


async def test_a_file_that_is_sent_again_is_imported_once(called: Called) -> None:
    owner = called.clients[Kind.OWNER]
    first = await _import(owner, called, ics(LUNCH))
    again = await _import(owner, called, ics(LUNCH))
    assert first["calendar"]["id"] == again["calendar"]["id"]
    other = await _import(owner, called, ics())
    assert refusals(other) == [("IDEMPOTENCY_CONFLICT", "idempotencyKey")]


async def test_a_dry_run_says_the_same_and_writes_nothing(called: Called) -> None:
    owner = called.clients[Kind.OWNER]
    hours = [
        *("BEGIN:VCALENDAR", "BEGIN:VAVAILABILITY", "UID:v", "BEGIN:AVAILABLE", "UID:a"),
        *("DTSTART;TZID=Europe/Berlin:20260302T080000", "DTEND;TZID=Europe/Berlin:20260302T160000"),
        *("RRULE:FREQ=WEEKLY;BYDAY=MO,TU", "END:AVAILABLE", "END:VAVAILABILITY", "END:VCALENDAR"),
    ]
    before = await snapshot(connection())
    done = await _import(owner, called, "\r\n".join(hours).encode(), dryRun=True)
    assert (done["calendar"], done["written"], done["appointments"]) == (None, False, [])
    assert done["hours"] == [
        {"weekday": 1, "from": "08:00", "until": "16:00"},
        {"weekday": 2, "from": "08:00", "until": "16:00"},
    ]
    told = await _import(owner, called, ics(LUNCH), dryRun=True, useTitles=True)
    assert [one["text"] for one in told["appointments"]] == ["Lunch with Bob: In einem Termin bis 14:00 Uhr."]
    assert await snapshot(connection()) == before


@pytest.mark.parametrize("content", [b"", b"Name,Email\nJo,a@x.example\n", b"<html>", b"x" * ((5 << 20) + 1)])
async def test_a_file_that_is_no_calendar_is_refused(called: Called, content: bytes) -> None:
    before = await snapshot(connection())
    done = await _import(called.clients[Kind.OWNER], called, content)
    assert refusals(done) in ([("INVALID", "file")], [("REQUIRED", "file")])
    assert await snapshot(connection()) == before


async def test_two_files_are_read_at_the_same_time_and_one_of_an_employee(called: Called) -> None:
    owner = called.clients[Kind.OWNER]
    with import_calendar.TURNS.take(("file",), called.agnes):
        assert refusals(await _import(owner, called, ics(LUNCH))) == [("LIMIT_EXCEEDED", "file")]
        with import_calendar.TURNS.take(("file",), called.cleo):
            bea = await _import(owner, called, ics(LUNCH), employeeId=called.id("bea"))
            assert refusals(bea) == [("LIMIT_EXCEEDED", "file")]
    assert refusals(await _import(owner, called, ics(LUNCH))) == []


async def test_the_calendars_of_a_list_of_employees_are_one_statement(called: Called) -> None:
    owner = called.clients[Kind.OWNER]
    document = f"{{ secretariat {{ employees {{ nodes {{ calendars {{ {SHOWN} }} }} }} }} }}"

    async def statements() -> int:
        with recorded_statements() as sent:
            await owner.ask(document)
        return len(sent)

    await make_stored_calendar(called.agnes)
    few = await statements()
    for number in range(5):
        employee = await make_employee(called.place.vendor.owner, f"Nr {number}")
        await make_stored_calendar(employee)
        await make_stored_calendar(employee)
    assert await statements() == few
    assert len(await fetch(connection(), "SELECT FROM employee_calendar")) == 11


async def test_a_change_is_noted_with_its_calendar(published: Published) -> None:
    made = await published.set()
    await published.set(calendarId=made["id"], expectedVersion=1, tentativeCounts=True)
    document = (
        """{ secretariat { changes { nodes { fields subject { ... on EmployeeCalendar { host } } } } } }"""
    )
    owner = published.called.clients[Kind.OWNER]
    nodes = (await owner.ask(document)).data["secretariat"]["changes"]["nodes"]
    assert nodes[0] == {"fields": ["tentativeCounts"], "subject": {"host": "127.0.0.1"}}
