"""Leadgate's API as the bridge uses it: signs in as an agent and follows `callUpdates`."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

SIGN_IN = """mutation ($input: SignInInput!) { signIn(input: $input) {
    accessToken userErrors { message } } }"""
_CALL = """id attempts { id ordinal result employee { id } }
    routes { routes { number ringSeconds employee { id } } }"""
CURSOR = "{ viewer { callCursor } }"
FOLLOW = f"""subscription ($after: Cursor) {{ callUpdates(after: $after) {{
    ... on CallEvent {{ cursor change call {{ {_CALL} }} }} }} }}"""
_SUBPROTOCOL = Subprotocol("graphql-transport-ws")
_log = logging.getLogger(__name__)
Json = dict[str, Any]


class Api:
    """A session of one agent."""

    def __init__(self, http: httpx.AsyncClient, url: str, email: str, password: str) -> None:
        """Take the address of Leadgate, without a path, and the agent's credentials."""
        self._http, self._url = http, url.rstrip("/")
        self._credentials = {"email": email, "password": password}
        self._token: str | None = None

    async def ask(self, document: str, **variables: object) -> Json:
        """Return the data of an operation; signs in first, and again when the token has ended."""
        for _ in range(2):
            if self._token is None:
                await self._sign_in()
            answer = await self._post(document, variables)
            if not _unauthenticated(answer):
                break
            self._token = None
        if answer.get("errors"):
            raise RuntimeError(answer["errors"][0]["message"])
        data: Json = answer["data"]
        return data

    async def _sign_in(self) -> None:
        self._token = None
        answer = await self._post(SIGN_IN, {"input": self._credentials})
        found = (answer.get("data") or {}).get("signIn") or {}
        if not found.get("accessToken"):
            raise SystemExit("Leadgate refused the sign-in. Check PHONE_AGENT_EMAIL and its password.")
        self._token = found["accessToken"]

    async def _post(self, document: str, variables: object) -> Json:
        headers = {"authorization": f"Bearer {self._token}"} if self._token else {}
        response = await self._http.post(
            f"{self._url}/graphql", json={"query": document, "variables": variables}, headers=headers
        )
        answer: Json = response.json()
        return answer

    async def calls(self) -> AsyncIterator[Json]:
        """Yield each call that changes, from now on; connects again whenever the connection ends."""
        cursor: str | None = (await self.ask(CURSOR))["viewer"]["callCursor"]
        while True:
            try:
                async for event in self._follow(cursor):
                    cursor = event.get("cursor", cursor)
                    if "call" in event:
                        yield event["call"]
            except (OSError, WebSocketException, TimeoutError) as error:
                _log.warning("the subscription ended (%s); connecting again", type(error).__name__)
            await asyncio.sleep(1)
            await self._sign_in()  # the socket may have ended with its token

    async def _follow(self, cursor: str | None) -> AsyncIterator[Json]:
        address = f"{self._url.replace('http', 'ws', 1)}/graphql"
        async with connect(address, subprotocols=[_SUBPROTOCOL], proxy=None) as socket:
            payload = {"Authorization": f"Bearer {self._token}"}
            await socket.send(json.dumps({"type": "connection_init", "payload": payload}))
            async for text in socket:
                message: Json = json.loads(text)
                kind = message["type"]
                if kind == "connection_ack":
                    wanted = {"query": FOLLOW, "variables": {"after": cursor}}
                    await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": wanted}))
                elif kind == "ping":
                    await socket.send(json.dumps({"type": "pong"}))
                elif kind == "next" and message["payload"].get("data"):
                    yield message["payload"]["data"]["callUpdates"]
                elif kind in {"error", "complete"}:
                    return


def _unauthenticated(answer: Json) -> bool:
    codes = [error.get("extensions", {}).get("code") for error in answer.get("errors") or ()]
    return "UNAUTHENTICATED" in codes
