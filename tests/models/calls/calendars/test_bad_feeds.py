"""What a feed may be instead of a calendar: a problem with its reason, and what was read last stays."""

import asyncio
import gzip
from datetime import timedelta

import pytest

from models.base.database import connection, fetch
from models.calls.calendars import fetching
from models.calls.calendars.reading import MOST_BYTES, CalendarProblem
from models.outside.transport import Bounds
from tests.models.calls.calendars.conftest import Office
from tests.support.calendars import (
    CALENDAR_TYPE,
    address,
    ics,
    make_calendar,
    meeting,
    publishes,
    read_due,
    row_of,
    told,
)
from tests.support.webhook_receiver import Script, answer, receiver

LUNCH = ics(meeting("20260302T120000", "20260302T130000"))


def packed(content: bytes) -> Script:
    return answer("200 OK", CALENDAR_TYPE, "Content-Encoding: gzip", body=gzip.compress(content))


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        (answer("404 Not Found"), CalendarProblem.NOT_FOUND),
        (answer("410 Gone"), CalendarProblem.NOT_FOUND),
        (answer("401 Unauthorized"), CalendarProblem.REFUSED),
        (answer("403 Forbidden"), CalendarProblem.REFUSED),
        (answer("204 No Content"), CalendarProblem.REFUSED),
        (answer("304 Not Modified"), CalendarProblem.REFUSED),  # nobody asked whether it was
        (answer("500 Broken"), CalendarProblem.UNREACHABLE),
        (answer("429 Slow Down"), CalendarProblem.UNREACHABLE),
        (answer("200 OK", "Content-Type: text/html", body=b"<html>Sign in"), CalendarProblem.NOT_A_CALENDAR),
        (publishes(b"<html>Sign in</html>"), CalendarProblem.NOT_A_CALENDAR),
        (publishes(b""), CalendarProblem.NOT_A_CALENDAR),
        (publishes(LUNCH + b" " * MOST_BYTES), CalendarProblem.TOO_LARGE),
        (packed(b"\n" * (40 << 20)), CalendarProblem.TOO_LARGE),
        (answer("200 OK", "Content-Encoding: br", body=b"x"), CalendarProblem.COMPRESSED),
        (answer("200 OK", "Content-Encoding: gzip", body=b"no gzip"), CalendarProblem.COMPRESSED),
    ],
)
async def test_something_else_than_a_calendar_is_a_problem(
    office: Office, script: Script, problem: CalendarProblem
) -> None:
    office.server.script = script
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    row = await row_of(calendar)
    assert (row["problem"], row["failures"], row["fetched_at"]) == (problem, 1, None)


def breaks_off(head: str, body: bytes) -> Script:
    """Return a script that announces more than it sends, and leaves."""

    async def script(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 200 OK\r\n{CALENDAR_TYPE}\r\n{head}\r\n\r\n".encode() + body)
        await writer.drain()
        writer.close()

    return script


@pytest.mark.parametrize(
    "script",
    [
        breaks_off(f"Content-Length: {2 * len(LUNCH)}", LUNCH),
        breaks_off("Transfer-Encoding: chunked", b"%x\r\n%b\r\n" % (len(LUNCH), LUNCH)),
        breaks_off("Transfer-Encoding: chunked", b"nonsense\r\n"),
        breaks_off("Content-Length: 5\r\nContent-Length: 6", LUNCH),
        breaks_off("Content-Length: -1", LUNCH),
    ],
    ids=["too short", "no last chunk", "no chunk", "two lengths", "a length below nothing"],
)
async def test_a_server_that_lies_about_the_length_is_a_problem_and_the_last_good_stays(
    office: Office, script: Script
) -> None:
    office.server.script = publishes(LUNCH)
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    office.server.script = script
    await office.clock.advance(timedelta(hours=1))
    await read_due(office.server)
    row = await row_of(calendar)
    assert (row["problem"], row["failures"]) == (CalendarProblem.UNREACHABLE, 1)
    assert len(await told(office.agnes)) == 1


async def test_a_compressed_calendar_is_unpacked(office: Office) -> None:
    office.server.script = packed(LUNCH)
    await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    assert len(await told(office.agnes)) == 1


async def test_three_redirects_are_followed_and_a_fourth_is_not(office: Office) -> None:
    for number in range(4):
        office.server.scripts[f"/{number}"] = answer("302 Found", f"Location: /{number + 1}")
    office.server.scripts["/4"] = publishes(LUNCH)
    near = await make_calendar(office.owner, office.agnes, office.server, "/1")
    far = await make_calendar(office.owner, office.agnes, office.server, "/0")
    await read_due(office.server)
    assert [(await row_of(one))["problem"] for one in (near, far)] == [None, CalendarProblem.REDIRECTS]


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:1/x.ics",
        "http://localhost/x.ics",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x.ics",
        "https://10.0.0.1/x.ics",
        "https://user:password@calendar.example/x.ics",
        "file:///etc/passwd",
        "ftp://calendar.example/x.ics",
    ],
)
async def test_a_redirect_to_a_forbidden_address_is_not_followed(office: Office, target: str) -> None:
    office.server.script = answer("302 Found", f"Location: {target}")
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    assert (await row_of(calendar))["problem"] == CalendarProblem.ADDRESS


async def test_a_redirect_to_another_private_server_is_not_followed(office: Office) -> None:
    async with receiver() as other:
        other.script = publishes(LUNCH)
        office.server.script = answer("302 Found", f"Location: {address(other)}")
        calendar = await make_calendar(office.owner, office.agnes, office.server)
        await read_due(office.server)
        assert other.received == []
    assert (await row_of(calendar))["problem"] == CalendarProblem.ADDRESS


async def test_a_server_that_takes_too_long_is_a_problem(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    never = asyncio.Event()

    async def silent(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
        await never.wait()

    monkeypatch.setattr(fetching, "SECONDS", 0.05)
    office.server.script = silent
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    assert (await row_of(calendar))["problem"] == CalendarProblem.TOO_SLOW
    never.set()


def test_the_limits_are_those_of_the_specification() -> None:
    assert Bounds(4.0, 8.0, 10.0, 5 << 20) == fetching.BOUNDS
    assert (fetching.SECONDS, fetching.MOST_REDIRECTS) == (10.0, 3)


async def test_an_address_that_was_sealed_under_another_key_is_a_problem(office: Office) -> None:
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    await fetch(connection(), "UPDATE employee_calendar SET url = url || 'x'::bytea")
    await read_due(office.server)
    assert (await row_of(calendar))["problem"] == CalendarProblem.SEALED
    assert office.server.received == []


async def test_no_cookie_and_no_proxy_but_a_name_is_sent(office: Office) -> None:
    office.server.script = publishes(LUNCH, "Set-Cookie: a=b")
    await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    headers = office.server.received[0].headers
    assert headers["user-agent"] == "Leadgate-Calendars/1"
    assert "cookie" not in headers
