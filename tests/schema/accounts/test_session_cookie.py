"""The session cookie over GraphQL: what sets, replaces, uses and deletes it, and what is refused."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from http.cookies import SimpleCookie

import httpx
import pytest

from models.base.database import connection
from schema.graphql.preflight import PREFLIGHT_HEADERS
from tests.schema.http.wire import connected
from tests.support.api import Answer, Api, Client, Json, listening
from tests.support.applied import PASSWORD, Applied, give_password, session
from tests.support.invariants import snapshot
from tests.support.mutation_calls import document, session_reasons

NAME = "__Host-leadgate"
PREFLIGHT = {"GraphQL-Preflight": "1"}
WHO = "{ viewer { user { email } } }"
PAIR = "accessToken refreshToken expiresAt expiresIn userErrors { sessionReason } viewer { user { email } }"
SIGN_IN, REFRESH = (document(name, PAIR) for name in ("signIn", "tokenRefresh"))
SIGN_OUT = document("signOut", "signedOut")


class Browser:
    """A browser on the API's own origin, with its cookies."""

    def __init__(self, api: Api, unlogged: list[str], origin: str = "https://api.test") -> None:
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(api.app), base_url=origin, trust_env=False
        )
        self.set_cookies: list[str] = []  # the headers of the last response
        self.unlogged = unlogged  # what no log may contain

    @property
    def cookie(self) -> str | None:
        """The token in the cookie."""
        return self.http.cookies.get(NAME)

    async def ask(
        self,
        text: str,
        given: Json | None = None,
        /,
        token: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send an operation with the preflight header, or with other headers in place of it."""
        bearer = {"Authorization": f"Bearer {token}"} if token else {}
        response = await self.http.post(
            "/graphql",
            json={"query": text, "variables": {"input": given or {}}},
            headers={**bearer, **(PREFLIGHT if headers is None else headers)},
        )
        self.set_cookies = response.headers.get_list("set-cookie")
        self.unlogged += [given for header in self.set_cookies if (given := attributes(header)["value"])]
        return Answer(response.status_code, response.json(), response.headers)

    async def sign_in(self, email: str) -> Json:
        """Sign in with the cookie."""
        answer = await self.ask(SIGN_IN, {"email": email, "password": PASSWORD, "transport": "COOKIE"})
        payload: Json = answer.data["signIn"]
        assert payload["userErrors"] == []
        return payload

    async def refresh(self, given: Json | None = None) -> Json:
        """Refresh, with the cookie unless a token is given."""
        payload: Json = (await self.ask(REFRESH, given)).data["tokenRefresh"]
        return payload


@asynccontextmanager
async def opened(api: Api, unlogged: list[str], origin: str = "https://api.test") -> AsyncIterator[Browser]:
    """Open a browser."""
    browser = Browser(api, unlogged, origin)
    async with browser.http:
        yield browser


@pytest.fixture
async def browser(api: Api, quiet_logs: list[str]) -> AsyncIterator[Browser]:
    """A browser without a cookie; none of the cookies that it gets may be logged."""
    async with opened(api, quiet_logs) as one:
        yield one


@pytest.fixture
async def email(applied: Applied) -> str:
    """The email address of a user who can sign in."""
    return await give_password(applied.place.agent.user_id)


def attributes(header: str) -> Json:
    """Return the value and the attributes of a cookie that is set."""
    (morsel,) = SimpleCookie(header).values()
    return {"value": morsel.value, **{name: value for name, value in morsel.items() if value != ""}}


def coded(answer: Answer) -> tuple[int, str, str]:
    """Return the status, the code and the reason of the only error."""
    (error,) = answer.body["errors"]
    return answer.status, error["extensions"]["code"], error["extensions"]["reason"]


async def knows(api: Api, token: str) -> bool:
    """Return whether an access token is valid."""
    return (await Client(api.http, token).ask(WHO)).codes == []


async def test_the_refresh_token_is_only_in_the_cookie(browser: Browser, email: str) -> None:
    """Out of reach of scripts, only over TLS, only for this host and its pages, until the token expires."""
    payload = await browser.sign_in(email)
    assert payload["refreshToken"] is None
    assert payload["accessToken"]
    assert payload["viewer"]["user"]["email"] == email
    (header,) = browser.set_cookies
    found = attributes(header)
    assert found.pop("value") == browser.cookie
    assert int(found.pop("max-age")) in range(30 * 86_400 - 60, 30 * 86_400 + 1)
    assert found == {"path": "/", "secure": True, "httponly": True, "samesite": "strict"}
    assert payload["accessToken"] not in header


async def test_without_the_transport_no_cookie_is_set(browser: Browser, email: str) -> None:
    """Existing clients see no difference."""
    payload = (await browser.ask(SIGN_IN, {"email": email, "password": PASSWORD})).data["signIn"]
    assert payload["refreshToken"]
    assert browser.set_cookies == []
    again = await browser.refresh({"refreshToken": payload["refreshToken"]})
    assert again["refreshToken"]
    assert browser.set_cookies == []


async def test_a_refresh_replaces_the_cookie(browser: Browser, api: Api, email: str) -> None:
    await browser.sign_in(email)
    first = browser.cookie
    api.clock.offset = timedelta(days=10)
    payload = await browser.refresh()
    assert (payload["userErrors"], payload["refreshToken"]) == ([], None)
    assert browser.cookie not in {None, first}
    assert int(attributes(browser.set_cookies[0])["max-age"]) > 30 * 86_400 - 60
    assert await knows(api, payload["accessToken"])


async def test_any_header_that_forces_a_preflight_is_sufficient(browser: Browser, email: str) -> None:
    await browser.sign_in(email)
    for name in PREFLIGHT_HEADERS:
        answer = await browser.ask(REFRESH, {}, headers={name.lower(): ""})
        assert answer.data["tokenRefresh"]["userErrors"] == []


async def test_without_that_header_nothing_happens(browser: Browser, email: str) -> None:
    """A page on another site cannot send it, so neither a sign-in nor a refresh can be forged."""
    await browser.sign_in(email)
    kept, before = browser.cookie, await snapshot(connection())
    for text, given in (
        (SIGN_IN, {"email": email, "password": PASSWORD, "transport": "COOKIE"}),
        (REFRESH, {}),
        (REFRESH, {"refreshToken": None, "idempotencyKey": "key"}),
    ):
        answer = await browser.ask(text, given, headers={})
        assert coded(answer) == (403, "FORBIDDEN", "PREFLIGHT_REQUIRED")
        assert set(answer.body["data"].values()) == {None}
        assert browser.set_cookies == []
    assert await snapshot(connection()) == before
    assert browser.cookie == kept
    assert (await browser.refresh())["userErrors"] == []


async def test_a_form_on_another_site_cannot_refresh(browser: Browser, email: str) -> None:
    """A browser sends such requests without a preflight."""
    await browser.sign_in(email)
    before = await snapshot(connection())
    body = json.dumps({"query": REFRESH, "variables": {"input": {}}})
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = await browser.http.post("/graphql", content=body, headers={"Content-Type": kind})
        assert answer.status_code >= 400
        assert "set-cookie" not in answer.headers
    assert await snapshot(connection()) == before


async def test_signing_in_is_refused_if_a_browser_would_drop_the_cookie(
    api: Api, email: str, quiet_logs: list[str]
) -> None:
    """Over plain HTTP, except on this machine; otherwise the session would be lost at the first refresh."""
    given = {"email": email, "password": PASSWORD, "transport": "COOKIE"}
    for origin, headers in (
        ("http://api.test", {}),
        ("http://api.test", {"Origin": "http://api.test"}),
        ("http://127.0.0.1.api.test", {}),
    ):
        async with opened(api, quiet_logs, origin) as browser:
            before = await snapshot(connection())
            answer = await browser.ask(SIGN_IN, given, headers={**PREFLIGHT, **headers})
            assert coded(answer) == (200, "BAD_REQUEST", "HTTPS_REQUIRED")
            assert browser.set_cookies == []
            assert await snapshot(connection()) == before
    for origin, headers in (
        ("http://127.0.0.1", {}),
        ("http://[::1]", {}),
        ("http://localhost", {}),
        ("http://api.test", {"Origin": "https://api.test"}),  # a proxy terminates TLS
    ):
        async with opened(api, quiet_logs, origin) as browser:
            answer = await browser.ask(SIGN_IN, given, headers={**PREFLIGHT, **headers})
            assert answer.data["signIn"]["userErrors"] == []
            assert "secure" in browser.set_cookies[0].lower()


async def test_a_trusted_proxy_can_state_that_the_client_used_https(
    api: Api, email: str, quiet_logs: list[str]
) -> None:
    """Without an `Origin` header, only such a proxy can."""
    given = {"input": {"email": email, "password": PASSWORD, "transport": "COOKIE"}}
    headers = {**PREFLIGHT, "Host": "api.test", "X-Forwarded-Proto": "https"}
    for trusted in ("127.0.0.1", "192.0.2.1"):
        async with listening(api.app, forwarded_allow_ips=trusted) as port, httpx.AsyncClient() as http:
            url = f"http://127.0.0.1:{port}/graphql"
            answer = await http.post(url, json={"query": SIGN_IN, "variables": given}, headers=headers)
            assert ("set-cookie" in answer.headers) is (trusted == "127.0.0.1")
            assert ("HTTPS_REQUIRED" in answer.text) is (trusted != "127.0.0.1")
            quiet_logs += list(answer.cookies.values())


async def test_the_cookie_is_refused_where_it_cannot_be_set(
    api: Api, browser: Browser, applied: Applied, email: str
) -> None:
    """On an event stream and on a socket, the headers have already been sent; no token is used."""
    await browser.sign_in(email)
    before = await snapshot(connection())
    response = await browser.http.post(
        "/graphql",
        json={"query": REFRESH, "variables": {"input": {}}},
        headers={**PREFLIGHT, "Accept": "text/event-stream"},
    )
    assert "COOKIE_UNAVAILABLE" in response.text
    assert "set-cookie" not in response.headers
    assert await snapshot(connection()) == before
    token = await api.token(applied.place.agent.user_id)
    cookie = {"Cookie": f"{NAME}={browser.cookie}", **PREFLIGHT}
    async with listening(api.app) as port, connected(port, headers=cookie) as socket:
        await socket.send(type="connection_init", payload={"Authorization": f"Bearer {token}"})
        assert (await socket.receive())["type"] == "connection_ack"
        await socket.subscribe("1", REFRESH, input={})
        assert "COOKIE_UNAVAILABLE" in str(await socket.take("1"))
    assert (await browser.refresh())["userErrors"] == []


async def test_the_cookie_does_not_authenticate_requests(api: Api, browser: Browser, email: str) -> None:
    """Neither over HTTP nor over a socket, even with an access token as its value."""
    payload = await browser.sign_in(email)
    for value in (browser.cookie, payload["accessToken"]):
        answer = await Client(api.http).ask(WHO, {"Cookie": f"{NAME}={value}", **PREFLIGHT})
        assert answer.codes == ["UNAUTHENTICATED"]
        cookie = {"Cookie": f"{NAME}={value}", **PREFLIGHT}
        async with listening(api.app) as port, connected(port, headers=cookie) as socket:
            await socket.send(type="connection_init", payload={})
            assert await socket.close_code() == 4403


async def test_an_access_token_of_a_cookie_session_opens_a_socket(
    api: Api, browser: Browser, email: str
) -> None:
    token = (await browser.sign_in(email))["accessToken"]
    async with listening(api.app) as port, connected(port) as socket:
        await socket.send(type="connection_init", payload={"Authorization": f"Bearer {token}"})
        assert (await socket.receive())["type"] == "connection_ack"
        assert (await socket.ask("1", WHO))["viewer"]["user"]["email"] == email


async def test_a_token_in_the_input_takes_precedence_and_does_not_change_the_cookie(
    api: Api, browser: Browser, applied: Applied, email: str
) -> None:
    """They belong to two sessions, such as those of GraphiQL and of an application with a cookie."""
    await browser.sign_in(email)
    kept = browser.cookie
    other = await session(api, applied.place.operator.user_id)
    payload = await browser.refresh({"refreshToken": other.refresh_token})
    assert payload["viewer"]["user"]["email"] != email
    assert payload["refreshToken"]
    assert (browser.set_cookies, browser.cookie) == ([], kept)
    refused = await browser.refresh({"refreshToken": "unknown"})
    assert session_reasons(refused) == ["REFRESH_TOKEN_UNKNOWN"]
    assert (browser.set_cookies, browser.cookie) == ([], kept)
    assert (await browser.refresh())["viewer"]["user"]["email"] == email


async def test_neither_token_nor_cookie(browser: Browser) -> None:
    payload = await browser.refresh()
    assert [(error["code"], error["field"]) for error in payload["userErrors"]] == [
        ("REQUIRED", ["refreshToken"])
    ]
    assert session_reasons(payload) == ["REFRESH_TOKEN_MISSING"]
    assert browser.set_cookies == []


async def test_a_refused_cookie_is_deleted(api: Api, browser: Browser, email: str, applied: Applied) -> None:
    """The reason is returned, and the next page no longer sends the cookie."""
    await browser.sign_in(email)
    used = browser.cookie or ""
    await browser.refresh()
    newer = browser.cookie or ""
    expired = (await session(api, applied.place.operator.user_id)).refresh_token
    for value, reason in (
        ("x", "REFRESH_TOKEN_UNKNOWN"),
        (used, "REFRESH_TOKEN_REUSED"),
        (newer, "SESSION_ENDED"),
        (expired, "REFRESH_TOKEN_EXPIRED"),
    ):
        if value == expired:
            api.clock.offset = timedelta(days=31)
        browser.http.cookies.clear()
        browser.http.cookies.set(NAME, value, domain="api.test", path="/")
        payload = await browser.refresh()
        assert session_reasons(payload) == [reason]
        assert payload["accessToken"] is None
        (header,) = browser.set_cookies
        assert attributes(header) | {"max-age": "0", "value": "", "path": "/"} == attributes(header)
        assert browser.cookie is None


async def test_a_malformed_key_does_not_change_the_cookie(browser: Browser, email: str) -> None:
    await browser.sign_in(email)
    payload = await browser.refresh({"idempotencyKey": "k" * 10_000})
    assert [(error["code"], error["field"]) for error in payload["userErrors"]] == [
        ("INVALID", ["idempotencyKey"])
    ]
    assert (session_reasons(payload), browser.set_cookies) == ([None], [])
    assert (await browser.refresh())["userErrors"] == []


async def test_a_lost_response_can_be_requested_again_with_the_key(browser: Browser, email: str) -> None:
    """The browser still has the old cookie, and gets the same new one."""
    await browser.sign_in(email)
    old = browser.cookie or ""
    await browser.refresh({"idempotencyKey": "one"})
    lost = browser.cookie or ""
    browser.http.cookies.set(NAME, old, domain="api.test", path="/")
    payload = await browser.refresh({"idempotencyKey": "one"})
    assert (payload["userErrors"], browser.cookie) == ([], lost)


async def test_a_response_that_only_the_page_lost_needs_no_second_cookie(
    browser: Browser, email: str
) -> None:
    """The browser has the new cookie, and the reloaded page still has the key: this is another refresh."""
    await browser.sign_in(email)
    await browser.refresh({"idempotencyKey": "one"})
    new = browser.cookie
    payload = await browser.refresh({"idempotencyKey": "one"})
    assert payload["userErrors"] == []
    assert browser.cookie not in {None, new}


async def test_signing_out_deletes_the_cookie(browser: Browser, email: str, api: Api) -> None:
    token = (await browser.sign_in(email))["accessToken"]
    kept = browser.cookie or ""
    answer = await browser.ask(SIGN_OUT, token=token, headers={})
    assert answer.data["signOut"]["signedOut"] is True
    assert browser.cookie is None
    browser.http.cookies.set(NAME, kept, domain="api.test", path="/")
    assert session_reasons(await browser.refresh()) == ["SESSION_ENDED"]
    assert not await knows(api, token)


async def test_signing_out_leaves_the_cookie_of_another_user(
    browser: Browser, applied: Applied, email: str
) -> None:
    """The cookie belongs to the last user who signed in with this browser."""
    first = (await browser.sign_in(email))["accessToken"]
    second = await give_password(applied.place.operator.user_id)
    await browser.sign_in(second)
    kept = browser.cookie
    await browser.ask(SIGN_OUT, token=first)
    assert (browser.set_cookies, browser.cookie) == ([], kept)
    assert (await browser.refresh())["viewer"]["user"]["email"] == second


async def test_a_refresh_during_signing_out_leaves_no_valid_token(
    browser: Browser, api: Api, email: str
) -> None:
    """In either order; if the response of the refresh arrives last, its cookie is refused."""
    token = (await browser.sign_in(email))["accessToken"]
    refreshed, _ = await asyncio.gather(browser.refresh(), browser.ask(SIGN_OUT, token=token))
    if refreshed["accessToken"]:
        assert not await knows(api, refreshed["accessToken"])
    assert session_reasons(await browser.refresh()) in (["SESSION_ENDED"], ["REFRESH_TOKEN_MISSING"])
    assert browser.cookie is None


async def test_of_two_mutations_in_one_request_the_last_one_sets_the_cookie(
    browser: Browser, email: str
) -> None:
    await browser.sign_in(email)
    text = "mutation { a: tokenRefresh(input: {}) { accessToken } b: signOut { signedOut } }"
    answer = await browser.ask(text)
    assert answer.data["b"]["signedOut"] is True
    (header,) = browser.set_cookies
    assert attributes(header)["value"] == ""
    assert browser.cookie is None
