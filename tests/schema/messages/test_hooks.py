"""Reports at `/hooks/mail`: who may send them, how large they may be, and that the response tells nothing."""

import pytest
from structlog.testing import capture_logs

from models.base.database import connection, fetch
from models.base.metrics import CALENDAR_REPLIES
from tests.schema.messages.conftest import HOOK_SECRET
from tests.support.api import Api
from tests.support.applied import Applied
from tests.support.bounces import delivery_status
from tests.support.invariants import snapshot
from tests.support.messages import CONTEXT, one_dispatch, send_all

GIVEN = {"Authorization": f"Bearer {HOOK_SECRET}", "Content-Type": "message/rfc822"}


async def test_a_report_suppresses_the_address(api: Api, applied: Applied) -> None:
    await send_all()
    dispatch_id = (await one_dispatch("application_received"))["id"]
    report = delivery_status(CONTEXT, dispatch_id, "failed", "5.1.1")
    with capture_logs() as logs:
        response = await api.http.post("/hooks/mail", content=report, headers=GIVEN)
    assert (response.status_code, response.content) == (204, b"")
    assert len(await fetch(connection(), "SELECT FROM suppression")) == 1
    assert "quoted.example" not in str(logs)


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff\x00" * 1_000])
async def test_what_matches_nothing_is_answered_like_what_does(
    api: Api, applied: Applied, content: bytes
) -> None:
    response = await api.http.post("/hooks/mail", content=content, headers=GIVEN)
    assert (response.status_code, response.content) == (204, b"")


@pytest.mark.parametrize("given", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": HOOK_SECRET}])
async def test_without_the_secret_the_body_is_not_read(
    api: Api, applied: Applied, given: dict[str, str]
) -> None:
    await send_all()
    dispatch_id = (await one_dispatch("application_received"))["id"]
    report = delivery_status(CONTEXT, dispatch_id, "failed", "5.1.1")
    response = await api.http.post("/hooks/mail", content=report, headers=given)
    assert response.status_code == 401
    assert await fetch(connection(), "SELECT FROM suppression") == []


async def test_a_report_over_a_megabyte_is_refused(api: Api, applied: Applied) -> None:
    async def endless() -> object:
        for _ in range(20):
            yield b"x" * 100_000

    response = await api.http.post("/hooks/mail", content=endless(), headers=GIVEN)  # type: ignore[arg-type]
    assert response.status_code == 413


async def test_the_answer_of_a_calendar_program_is_counted_and_changes_nothing(
    api: Api, applied: Applied
) -> None:
    """Even if it has the token of a message: a vendor records nothing that helps its refund."""
    await send_all()
    bounced = delivery_status(CONTEXT, (await one_dispatch("application_received"))["id"], "failed", "5.1.1")
    token = bounced[bounced.index(b"bounce+") :].split(b">")[0].split(b"\r\n")[0]
    reply = (
        b"To: " + token + b"\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\nAccepted\r\n"
        b"--b\r\nContent-Type: text/calendar; charset=UTF-8; method=REPLY\r\n\r\n"
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n--b--\r\n"
    )
    before, counted = await snapshot(connection()), CALENDAR_REPLIES._value.get()
    for content in (
        reply,
        reply.replace(b"REPLY", b"reply"),
        reply.replace(b"method=REPLY", b"method=PUBLISH"),
    ):
        response = await api.http.post("/hooks/mail", content=content, headers=GIVEN)
        assert (response.status_code, response.content) == (204, b"")
    assert CALENDAR_REPLIES._value.get() == counted + 2
    assert await snapshot(connection()) == before


async def test_a_report_is_posted(api: Api, applied: Applied) -> None:
    assert (await api.http.get("/hooks/mail", headers=GIVEN)).status_code == 405
