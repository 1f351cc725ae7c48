"""Sessions whose refresh token is in the cookie: what their payloads reach, and where the tokens occur.

The search sends `signIn` with a wrong password, so the payloads of a successful one are tested here.
"""

import logging

import httpx
import pytest
from graphql import get_named_type
from structlog.testing import capture_logs

from tests.leak.documents import call, pack, selections
from tests.leak.planting import entitled
from tests.leak.search import Search
from tests.support.api import Json
from tests.support.applied import PASSWORD, give_password

COOKIE = "__Host-leadgate"
CONTACTS = "{ leads(first: 100) { nodes { contact { fullName email phone } } } }"
NAMES = ("newcomer", "prospect", "owner", "operator")


class Browser:
    """One browser at the API's own origin, in which several users sign in one after the other."""

    def __init__(self, search: Search) -> None:
        self.search = search
        transport = httpx.ASGITransport(search.api.app)
        self.http = httpx.AsyncClient(transport=transport, base_url="https://api.test")
        self.cookies: list[str] = []
        self.bodies: list[str] = []

    async def ask(self, name: str, text: str, given: Json | None = None, token: str = "") -> Json:
        """Send an operation, and judge its response as one for this viewer."""
        headers = {"GraphQL-Preflight": "1"} | ({"Authorization": f"Bearer {token}"} if token else {})
        body = {"query": text, "variables": {"input": given or {}}}
        response = await self.http.post("/graphql", json=body, headers=headers)
        allowed = await entitled(self.search.made, self.search.made.viewers[name])
        self.search.judge(name, text, f"{response.text} {response.headers}", allowed)
        self.bodies.append(response.text)
        if (cookie := self.http.cookies.get(COOKIE)) is not None:
            self.cookies.append(cookie)
        answer: Json = response.json()
        return answer

    async def mutate(self, name: str, called: str, given: Json, token: str = "") -> str:
        """Call a mutation of sessions with every field of its payload; returns the access token."""
        root = self.search.graph.mutation_type
        assert root is not None
        field = root.fields[called]
        head = call(root, called, field, "(input: $input)" if field.args else "")
        prefix = f"($input: {field.args['input'].type})" if field.args else ""
        units = list(selections(self.search.graph, get_named_type(field.type), 2))
        (document,) = pack("mutation", head, units, prefix)
        answer = await self.ask(name, document.text, given, token)
        assert "errors" not in answer, answer
        self.search.spots |= document.spots
        payload = answer["data"][f"Mutation_{called}"]
        return str(payload.get("SignInPayload_accessToken"))


async def test_a_session_in_the_cookie_reaches_the_entitled_and_nobody_else(
    search: Search, caplog: pytest.LogCaptureFixture
) -> None:
    """Signing in, reading, refreshing by the cookie and signing out, as four users of one browser.

    The cookie never adds to what a request without a token, or with another user's, may see. No body or log
    contains its token.
    """
    browser = Browser(search)
    emails = [await give_password(search.made.viewers[name].user_id) for name in NAMES]
    caplog.set_level(logging.DEBUG)
    before = ""
    with capture_logs() as logs:
        async with browser.http:
            for name, email in zip(NAMES, emails, strict=True):
                given = {"email": email, "password": PASSWORD, "transport": "COOKIE"}
                await browser.mutate(name, "signIn", given)
                token = await browser.mutate(name, "tokenRefresh", {})
                await browser.ask("anonymous", CONTACTS)
                await browser.ask(name, CONTACTS, token=token)
                if before:
                    await browser.ask(NAMES[NAMES.index(name) - 1], CONTACTS, token=before)
                before = token
            await browser.mutate(NAMES[-1], "signOut", {}, before)
    assert search.leaks == set()
    for name in NAMES:
        viewer = search.made.viewers[name]
        assert {number for number, _ in search.reached[name]} == await entitled(search.made, viewer), name
    spots = {("SignInPayload", "refreshToken"), ("Viewer", "user"), ("SignOutPayload", "signedOut")}
    assert spots <= search.spots
    assert len(set(browser.cookies)) == 2 * len(NAMES)
    text = "\n".join([*browser.bodies, *map(str, logs), *(record.getMessage() for record in caplog.records)])
    assert not any(cookie in text for cookie in browser.cookies)
    assert logs, "the requests are logged"
    assert search.finder.find("\n".join(map(str, logs))) == set()
