"""What a process logs: ids, kinds and locations; never contact data, tokens or passwords."""

import asyncio
import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import structlog

import schema.accounts.viewer
import schema.feed.subscriptions.reveals
from settings import logs
from tests.schema.http.conftest import Served
from tests.schema.http.wire import CURSOR, REVEALS, errors_of, signed_in, streaming
from tests.support.marketplace import CONTACT_VALUES, EMAIL, FULL_NAME, PHONE

FAULT = f"invalid input for query argument $1: {EMAIL}, {FULL_NAME}"
SIGN_IN = """mutation ($email: EmailAddress!, $password: String!) {
  signIn(input: {email: $email, password: $password}) { userErrors { code } } }"""


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log of this process at its most verbose level, in JSON."""
    stream, root, before = io.StringIO(), logging.getLogger(), structlog.get_config()
    names = ("", *logs.OURS, *logs.TALKATIVE)
    handlers = list(root.handlers)
    levels = {name: logging.getLogger(name).level for name in names}
    logs.configure("debug", "json", stream)
    try:
        yield stream
    finally:
        structlog.configure(**before)
        root.handlers[:] = handlers
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
        logging.captureWarnings(capture=False)


def events(stream: io.StringIO) -> list[dict[str, Any]]:
    """Return the lines of a log."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def leaked(stream: io.StringIO, *more: str) -> list[str]:
    """Return the secrets found in a log."""
    text = json.dumps(events(stream), ensure_ascii=False)
    return [value for value in (*CONTACT_VALUES, *more) if value in text]


async def test_a_socket_is_logged_only_by_its_request(served: Served, log: io.StringIO) -> None:
    """The client's address and the content of its query are not logged."""
    async with signed_in(served.port, await served.owner_token()):
        pass
    assert "127.0.0.1" not in log.getvalue()
    assert "connection open" not in log.getvalue()
    assert "request" in {line["event"] for line in events(log)}


async def test_a_reveal_leaves_no_contact_data_in_the_log(served: Served, log: io.StringIO) -> None:
    token, cursor = await served.owner_token(), await served.cursor()
    async with (
        signed_in(served.port, token) as socket,
        streaming(served.port, token, REVEALS, after=cursor) as stream,
    ):
        await socket.subscribe("1", REVEALS, after=cursor)
        await served.reveal()
        assert (await socket.next("1"))["reveals"]["contact"]["email"] == EMAIL
        assert (await stream.next())[1]["data"]["reveals"]["contact"]["email"] == EMAIL
        await served.applied()
        await served.silence()
        await socket.next("1")
        await socket.subscribe("wrong", f'{{ leads(filter: {{query: "{EMAIL}"}}) {{ nothing }} }}')
        await socket.take("wrong")
    leads = "{ leads { nodes { contact { email phone fullName } } } }"
    assert EMAIL in str((await (await served.owner()).ask(leads)).data)
    await served.api.nobody.ask(SIGN_IN, email=EMAIL, password="the-password-of-petra")
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{served.port}") as http:
        await http.get("/graphql", params={"query": f'{{ leads(filter: {{query: "{PHONE}"}}) }}'})
        await http.get(f"/nothing/{EMAIL}", headers={"X-Request-Id": EMAIL, "Origin": f"https://{EMAIL}"})
    requests = [event for event in events(log) if event["event"] == "request"]
    assert {event["method"] for event in requests} == {"POST", "GET", "WEBSOCKET"}
    assert all(event["request_id"] and event["timestamp"] and event["level"] for event in requests)
    assert leaked(log, token, "the-password-of-petra", EMAIL.replace("@", "%40")) == []


async def test_a_fault_of_a_query_is_masked_and_logged_without_its_text(
    served: Served, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ValueError(FAULT)

    monkeypatch.setattr(schema.accounts.viewer, "feed_position", broken)
    owner = await served.owner()
    answer = await owner.ask(CURSOR, {"X-Request-Id": "mine-1"})
    assert answer.codes == ["INTERNAL"]
    (error,) = answer.body["errors"]
    (fault,) = [event for event in events(log) if event["event"] == "fault"]
    assert fault["fault_id"] == error["extensions"]["id"]
    assert (fault["client_request_id"], fault["kind"], fault["level"]) == ("mine-1", "ValueError", "error")
    assert re.fullmatch("[0-9a-f]{32}", fault["request_id"])
    assert "test_logs.py" in fault["trace"][-1]
    assert EMAIL not in json.dumps(answer.body)
    assert leaked(log) == []


async def test_a_fault_of_an_event_is_masked_and_the_socket_stays_open(
    served: Served, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ValueError(FAULT)

    monkeypatch.setattr(schema.feed.subscriptions.reveals, "leads_by_id", broken)
    async with signed_in(served.port, await served.owner_token()) as socket:
        await socket.subscribe("1", REVEALS, after=await served.cursor())
        await served.reveal()
        (error,) = errors_of(await socket.take("1"))
        assert error["extensions"]["code"] == "INTERNAL"
        assert (await socket.take("1"))["type"] == "complete"
        assert "viewer" in await socket.ask("2", CURSOR)
    (fault,) = [event for event in events(log) if event["event"] == "fault"]
    assert fault["fault_id"] == error["extensions"]["id"]
    assert leaked(log) == []


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_subscription_sent_as_a_query_is_not_logged_as_a_fault(
    served: Served, log: io.StringIO, method: str
) -> None:
    asked = {"params" if method == "GET" else "json": {"query": "subscription { reveals { __typename } }"}}
    answer = (await served.api.http.request(method, "/graphql", **asked)).json()  # type: ignore[arg-type]
    (error,) = answer["errors"]
    assert error["extensions"] == {"code": "BAD_REQUEST"}
    assert "`Accept: text/event-stream`" in error["message"]
    assert [event for event in events(log) if event["event"] == "fault"] == []


def test_secrets_are_hidden_by_key_and_by_pattern(log: io.StringIO) -> None:
    own, foreign = structlog.get_logger("models.test"), logging.getLogger("some.library")
    own.info("told", email=EMAIL, full_name=FULL_NAME, payload={"a": 1}, nested={"phone": PHONE, "count": 2})
    own.info(
        "seen", detail=f"wrote to {EMAIL}", numbers=[PHONE, 5], url_of=f"postgres://leadgate:pass@{EMAIL}/db"
    )
    foreign.warning("sent to %s at %s with Bearer eyJhbGciOi.eyJzdWIi.c2ln", EMAIL, PHONE)
    assert leaked(log, "leadgate:pass", "c2ln") == []
    first, second, third = events(log)
    assert first["nested"] == {"phone": logs.HIDDEN, "count": 2}
    assert second["numbers"] == [logs.HIDDEN, 5]
    assert third["event"].startswith(f"sent to {logs.HIDDEN} at {logs.HIDDEN}")


def fail(error: BaseException, cause: BaseException | None = None) -> None:
    """Raise an error, caused by another one."""
    raise error from cause


def test_an_exception_is_logged_by_type_and_location_only(log: io.StringIO) -> None:
    both = ExceptionGroup(FAULT, [ValueError(FAULT), OSError(5, "words of the system")])
    try:
        fail(both, KeyError(FAULT))
    except ExceptionGroup:
        structlog.get_logger("jobs.test").exception("own")
        logging.getLogger("uvicorn.error").exception("foreign")
    for event in events(log):
        exception = event["exception"]
        assert "KeyError" in exception
        assert "ValueError" in exception
        assert "words of the system" in exception
        assert "test_logs.py" in exception
        assert "Traceback" not in exception
    assert leaked(log, "invalid input") == []


def test_libraries_that_log_payloads_do_not_log_at_debug_level(log: io.StringIO) -> None:
    logging.getLogger("tortoise.db_client").debug("SELECT 1: ['%s']", FULL_NAME)
    logging.getLogger("httpx").info("HTTP Request: POST https://sms.example/%s", FULL_NAME)
    logging.getLogger("uvicorn.error").debug("< TEXT '%s'", FULL_NAME)
    structlog.get_logger("schema.test").debug("ours")
    assert [event["event"] for event in events(log)] == ["ours"]


def test_the_log_level_and_format_are_settings(capsys: pytest.CaptureFixture[str], log: io.StringIO) -> None:
    logs.configure("warning", "console")
    own = structlog.get_logger("schema.test")
    own.info("hardly said")
    try:
        fail(ValueError(FAULT))
    except ValueError:
        own.exception("said", count=3, email=EMAIL)
    said = capsys.readouterr().err
    assert "hardly" not in said
    assert "count=3" in said
    assert "test_logs.py" in said
    assert EMAIL not in said


def test_a_line_is_ascii(log: io.StringIO) -> None:
    """No text ends a line for any reader, controls a terminal, or is more than the stream can encode."""
    told = "one\n{}\u2028{}\x85\x9b2J Łódź"
    structlog.get_logger("models.test").info("said", detail=told)
    [line] = log.getvalue().splitlines()
    assert line.isascii()
    assert '"event":"said"' in line
    assert json.loads(line)["detail"] == told


async def test_a_client_that_disconnects_mid_body_is_not_a_fault(served: Served, log: io.StringIO) -> None:
    for media_type in ("application/json", "multipart/form-data; boundary=b"):
        _, writer = await asyncio.open_connection("127.0.0.1", served.port)
        head = f"POST /graphql HTTP/1.1\r\nHost: a\r\nGraphQL-Preflight: 1\r\nContent-Type: {media_type}\r\n"
        writer.write(f"{head}Content-Length: 100\r\n\r\n--b".encode())
        await writer.drain()
        writer.close()
    async with asyncio.timeout(60):
        while len(ends := [event for event in events(log) if event["event"] == "request"]) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert {event["status"] for event in ends} == {"none"}
    assert [event for event in events(log) if event["event"] == "fault"] == []


def test_a_line_that_cannot_be_written_is_no_error() -> None:
    """Nothing fails because standard error is closed, as with `logging`."""
    stream = io.StringIO()
    logger = logs.NamedLogger("schema.test", stream)
    logger.info("one")
    assert stream.getvalue() == "one\n"
    stream.close()
    logger.info("two")
