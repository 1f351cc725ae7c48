"""Requests to push services: what is posted, and what follows from what a service does."""

from dataclasses import replace

import pytest

from models.feed.kinds import MessageTemplate
from models.messages.channels.channel import Code, Result
from models.messages.channels.push.service import BOUNDS, message_of
from models.messages.devices.target import SealedOtherwise
from models.messages.parcels import Parcel
from models.outside.transport import Bounds
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome as Outcome
from tests.support.parcels import STARTED, make_parcel
from tests.support.push_service import CREATED, Browser, PushService, push_service, status, web_push

SHORT = Bounds(seconds=0.1)


def _parcel(service: PushService, browser: Browser, **given: str) -> Parcel:
    parcel = make_parcel(None, **given)  # type: ignore[arg-type]
    return replace(parcel, channel=DispatchChannel.PUSH, target=service.target(browser))


async def _send(service: PushService, *allowed: PushService, bounds: Bounds = BOUNDS) -> Result:
    lane = web_push(*allowed, bounds=bounds).lane()
    try:
        return await lane.send(_parcel(service, Browser()))
    finally:
        await lane.close()


async def test_what_follows_from_each_answer() -> None:
    """M5 (e): 404 and 410 end a device, 413 is permanent, a redirect is not followed, a wait is read."""
    expected: list[tuple[bytes, tuple[Outcome, Code, str, float | None]]] = [
        (CREATED, (Outcome.ACCEPTED, Code.ACCEPTED, "201", None)),
        (status("404 Not Found"), (Outcome.PERMANENT, Code.DEVICE_GONE, "404", None)),
        (status("410 Gone"), (Outcome.PERMANENT, Code.DEVICE_GONE, "410", None)),
        (status("413 Too Large"), (Outcome.PERMANENT, Code.TOO_LARGE, "413", None)),
        (status("403 Forbidden"), (Outcome.PERMANENT, Code.ANSWERED, "403", None)),
        (
            status("307 Elsewhere", "Location: http://127.0.0.1/"),
            (Outcome.PERMANENT, Code.ANSWERED, "307", None),
        ),
        (status("429 Slow", "Retry-After: 120"), (Outcome.THROTTLED, Code.ANSWERED, "429", 120.0)),
        (status("503 Busy", "Retry-After: soon"), (Outcome.TEMPORARY, Code.ANSWERED, "503", None)),
    ]
    async with push_service() as service:
        for answer, (outcome, code, detail, wait) in expected:
            service.answer = answer
            assert await _send(service, service) == Result(outcome, code, detail, retry_after=wait)
        assert len(service.requests) == len(expected)
        service.check_senders()


async def test_a_service_that_is_silent_leaves_or_never_ends_holds_nothing_up() -> None:
    """The message may have arrived: a repeat replaces it. An endless answer counts by its status."""
    async with push_service() as service:
        service.answer = None
        silent = await _send(service, service, bounds=SHORT)
        service.answer = b""
        left = await _send(service, service)
        service.answer = b"HTTP/1.1 201 Created\r\nContent-Length: 9999999999\r\n\r\n" + b"x" * 100_000
        endless = await _send(service, service)
    refused = await _send(service, service)
    assert (silent.outcome, silent.code) == (Outcome.UNCERTAIN, Code.TIMED_OUT)
    assert (left.outcome, left.code) == (Outcome.UNCERTAIN, Code.CONNECTION_LOST)
    assert endless.outcome is Outcome.ACCEPTED
    assert (refused.outcome, refused.code) == (Outcome.TEMPORARY, Code.NOT_CONNECTED)


async def test_an_address_of_our_own_network_is_never_connected_to() -> None:
    async with push_service() as service:
        result = await _send(service)
        assert (result.outcome, result.code) == (Outcome.PERMANENT, Code.ADDRESS_NOT_ALLOWED)
        assert service.requests == []


async def test_an_address_sealed_under_another_key_waits_for_the_right_one() -> None:
    lane = web_push().lane()
    parcel = replace(make_parcel(None), target=SealedOtherwise())
    assert await lane.send(parcel) == Result(Outcome.TEMPORARY, Code.SEALED_OTHERWISE)
    await lane.close()


@pytest.mark.parametrize("title", ["Angenommen: „Dach“", "x" * 10_000, "\u202eevil\r\nid"])
async def test_a_message_has_a_title_and_an_id_and_stays_small(title: str) -> None:
    """On one line without control characters, and below 3 kB whatever the title is."""
    browser = Browser()
    async with push_service() as service:
        parcel = _parcel(service, browser, title=title)
        lane = web_push(service).lane()
        assert (await lane.send(parcel)).outcome is Outcome.ACCEPTED
        await lane.close()
        (message,) = service.messages(browser)
    assert message.keys() == {"title", "id"}
    assert message["title"].isprintable()
    assert len(message["title"]) <= 150
    assert len(message_of(parcel, STARTED).payload) < 3_000


def test_a_preview_is_the_message_before_encryption_without_its_address() -> None:
    """With how long and how urgently it is delivered, and without the proof of who sends."""
    parcel = replace(make_parcel(None), channel=DispatchChannel.PUSH, ends_at=STARTED)
    reveal = web_push(now=lambda: STARTED).preview(parcel)
    assert (reveal.subject, reveal.html) == (None, None)
    assert reveal.text.startswith('{"title":"Accepted')
    assert {"TTL: 0", "Urgency: high"} < set(reveal.headers)
    assert not any("uthorization" in header for header in reveal.headers)
    declined = make_parcel(None, template=MessageTemplate.APPLICATION_DECLINED)
    news = web_push(now=lambda: STARTED).preview(declined)
    assert {f"TTL: {declined.policy.messages.give_up_after}", "Urgency: normal"} < set(news.headers)
