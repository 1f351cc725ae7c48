"""Connections end when their token expires or their session ends: sockets with 4403, events with an error."""

from datetime import timedelta

import pytest

import schema.graphql.following.rights
import schema.http.socket
from models.accounts.tables import User
from models.base.role import Role
from schema.graphql.following import session_watch
from tests.schema.http.conftest import Served
from tests.schema.http.wire import (
    CURSOR,
    NOTIFICATIONS,
    REVEALS,
    errors_of,
    signed_in,
    streaming,
)

UNAUTHENTICATED = ["UNAUTHENTICATED"]


def codes(payload: dict[str, list[dict[str, dict[str, str]]]]) -> list[str]:
    """Return the codes of the errors of a result."""
    return [error["extensions"]["code"] for error in payload["errors"]]


@pytest.fixture
def clock_read_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the code that waits for a token's expiry read the test's clock every few milliseconds."""
    for module in (schema.http.socket, schema.graphql.following.rights):
        monkeypatch.setattr(module, "LONGEST_WAIT", 0.01)


@pytest.fixture
def sessions_watched_closely(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the watch look at sessions every few milliseconds."""
    monkeypatch.setattr(session_watch, "EVERY", 0.01)


@pytest.mark.parametrize("document", [None, REVEALS, NOTIFICATIONS])
async def test_an_idle_socket_is_closed_when_its_token_expires(
    served: Served, clock_read_often: None, document: str | None
) -> None:
    token = await served.owner_token()
    async with signed_in(served.port, token) as socket:
        if document:
            await socket.subscribe("1", document)
        assert "viewer" in await socket.ask("2", CURSOR)
        served.api.clock.offset += timedelta(hours=1)
        assert await socket.close_code() == 4403
        assert socket.ws.close_reason


async def test_an_idle_event_stream_ends_when_its_token_expires(
    served: Served, clock_read_often: None
) -> None:
    cursor = await served.cursor()
    async with streaming(served.port, await served.owner_token(), REVEALS, after=cursor) as events:
        await served.reveal("Before")
        assert (await events.next())[1]["data"]["reveals"]["lead"] == {"title": "Before"}
        served.api.clock.offset += timedelta(hours=1)
        name, payload = await events.next()
        assert (name, codes(payload)) == ("next", UNAUTHENTICATED)
        assert await events.next() == ("complete", {})
        assert await events.ended()


async def test_an_expired_token_opens_nothing(served: Served) -> None:
    token = await served.owner_token()
    served.api.clock.offset += timedelta(hours=1)
    async with streaming(served.port, token, REVEALS) as events:
        name, payload = await events.next()
        assert (name, codes(payload)) == ("next", UNAUTHENTICATED)
        assert await events.next() == ("complete", {})


async def test_signing_out_ends_the_socket_at_the_next_operation(served: Served) -> None:
    token = await served.owner_token()
    async with signed_in(served.port, token) as socket:
        await socket.subscribe("1", REVEALS)
        await socket.ask("2", CURSOR)
        await served.sign_out(token)
        await socket.subscribe("3", CURSOR)
        assert await socket.close_code() == 4403


async def test_signing_out_over_the_socket_ends_it(served: Served) -> None:
    async with signed_in(served.port, await served.owner_token()) as socket:
        await socket.ask("1", "mutation { signOut { userErrors { code } } }")
        await socket.subscribe("2", CURSOR)
        assert await socket.close_code() == 4403


@pytest.mark.parametrize("document", [REVEALS, NOTIFICATIONS])
async def test_signing_out_ends_the_socket_at_the_next_event_and_shows_nothing_of_it(
    served: Served, document: str
) -> None:
    token = await served.owner_token()
    async with signed_in(served.port, token) as socket:
        await socket.subscribe("1", document, after=await served.cursor())
        await served.reveal("Before")
        while "Before" not in str(await socket.take("1")):
            pass
        await socket.ask("2", CURSOR)
        await served.sign_out(token)
        await served.reveal("After")
        assert await socket.close_code(never="After") == 4403


async def test_signing_out_ends_a_stream_of_events_at_the_next_event(served: Served) -> None:
    token = await served.owner_token()
    async with streaming(served.port, token, REVEALS, after=await served.cursor()) as events:
        await served.reveal("Before")
        assert (await events.next())[1]["data"]["reveals"]["lead"] == {"title": "Before"}
        await served.sign_out(token)
        await served.reveal("After")
        name, payload = await events.next()
        assert (name, codes(payload), payload["data"]) == ("next", UNAUTHENTICATED, None)
        assert await events.next() == ("complete", {})


async def test_a_disabled_users_socket_ends(served: Served) -> None:
    async with signed_in(served.port, await served.owner_token()) as socket:
        await socket.subscribe("1", REVEALS, after=await served.cursor())
        user_id = served.market.vendor.owner.user_id
        await User.filter(id=user_id).update(disabled_at=served.api.clock.now())
        await served.reveal()
        assert await socket.close_code() == 4403


async def test_a_user_who_becomes_an_employee_loses_the_accounts_feed(served: Served) -> None:
    async with signed_in(served.port, await served.owner_token()) as socket:
        await socket.subscribe("1", REVEALS, after=await served.cursor())
        await served.reveal("Before")
        assert (await socket.next("1"))["reveals"]["lead"] == {"title": "Before"}
        await User.filter(id=served.market.vendor.owner.user_id).update(account_role=Role.EMPLOYEE)
        await served.reveal("After")
        (error,) = errors_of(await socket.take("1"))
        assert error["extensions"]["code"] == "FORBIDDEN"
        assert (await socket.take("1"))["type"] == "complete"


async def test_sockets_of_two_sessions_end_independently(served: Served) -> None:
    first, second = await served.owner_token(), await served.owner_token()
    async with signed_in(served.port, first) as one, signed_in(served.port, second) as other:
        await one.ask("1", CURSOR)
        await served.sign_out(first)
        await one.subscribe("2", CURSOR)
        assert await one.close_code() == 4403
        assert "viewer" in await other.ask("1", CURSOR)


@pytest.mark.parametrize("document", [None, REVEALS, NOTIFICATIONS])
@pytest.mark.parametrize("end", ["signed out", "disabled"])
async def test_an_idle_socket_is_closed_soon_after_its_session(
    served: Served, sessions_watched_closely: None, document: str | None, end: str
) -> None:
    """Although nothing happens on it; the sockets of other sessions stay open."""
    token, other = [await served.api.token(served.market.vendor.member.user_id) for _ in range(2)]
    colleague = await served.owner_token()
    async with (
        signed_in(served.port, token) as socket,
        signed_in(served.port, other) as second,
        signed_in(served.port, colleague) as third,
    ):
        for one in (socket, second, third):
            if document:
                await one.subscribe("1", document)
            await one.ask("2", CURSOR)
        if end == "disabled":
            user_id = served.market.vendor.member.user_id
            await User.filter(id=user_id).update(disabled_at=served.api.clock.now())
            assert await second.close_code() == 4403
        else:
            await served.sign_out(token)
        assert await socket.close_code() == 4403
        assert "viewer" in await third.ask("3", CURSOR)
        if end == "signed out":
            assert "viewer" in await second.ask("3", CURSOR)


async def test_an_idle_event_stream_ends_soon_after_its_session(
    served: Served, sessions_watched_closely: None
) -> None:
    token = await served.owner_token()
    async with streaming(served.port, token, REVEALS, after=await served.cursor()) as events:
        await served.reveal("Before")
        assert (await events.next())[1]["data"]["reveals"]["lead"] == {"title": "Before"}
        await served.sign_out(token)
        name, payload = await events.next()
        assert (name, codes(payload), payload["data"]) == ("next", UNAUTHENTICATED, None)
        assert await events.next() == ("complete", {})


async def test_a_user_who_becomes_an_employee_loses_an_idle_subscription(
    served: Served, sessions_watched_closely: None
) -> None:
    """The socket stays open, and follows what the user may read now."""
    async with signed_in(served.port, await served.owner_token()) as socket:
        await socket.subscribe("1", REVEALS, after=await served.cursor())
        await served.reveal("Before")
        assert (await socket.next("1"))["reveals"]["lead"] == {"title": "Before"}
        await User.filter(id=served.market.vendor.owner.user_id).update(account_role=Role.EMPLOYEE)
        (error,) = errors_of(await socket.take("1"))
        assert error["extensions"]["code"] == "FORBIDDEN"
        assert (await socket.take("1"))["type"] == "complete"
        assert "viewer" in await socket.ask("2", CURSOR)


async def test_a_user_whose_settings_change_follows_on(
    served: Served, sessions_watched_closely: None
) -> None:
    """In the new language, and nothing is missed."""
    async with signed_in(served.port, await served.owner_token()) as socket:
        await socket.subscribe("1", NOTIFICATIONS, after=await served.cursor())
        await socket.ask("2", CURSOR)
        titles = []
        for locale in ("de", "pl"):
            await User.filter(id=served.market.vendor.owner.user_id).update(locale=locale)
            await served.reveal()
            titles.append((await socket.next("1"))["notifications"]["title"])
        assert titles[0] != titles[1]
