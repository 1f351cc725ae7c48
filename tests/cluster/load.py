"""Clients that change data until they get an answer, and followers of reveals, with a record of everything.

Each client applies for a lead, every second time lets the prospect accept, and repeats what was not answered
with the same key. Nothing is waited for except answers.
"""

import asyncio
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from schema.graphql.ids import write_id
from tests.cluster.market import lead_id, prospect_token, vendor_token

CLIENTS, VENDORS = 16, 20
REPEAT_SECONDS = 0.1  # between tries, so that a gap is measured more precisely than Retry-After would allow
ANSWER_SECONDS = 25.0
PATIENCE = 60.0  # seconds to wait for the last answers and reveals after the load

APPLY = """mutation ($input: ApplicationSubmitInput!) { applicationSubmit(input: $input) {
    application { id } userErrors { code message } } }"""
ACCEPT = """mutation ($input: ApplicationAcceptInput!) { applicationAccept(input: $input) {
    application { id } userErrors { code message } } }"""
CURSOR = "{ viewer { feedCursor } }"
REVEALS = """subscription ($after: Cursor) { reveals(after: $after) { __typename
    ... on RevealEvent { cursor application { id } } ... on FeedGap { cursor } } }"""


@dataclass(slots=True)
class Operation:
    """A mutation, its tries, and what was answered; instants are seconds of the epoch."""

    kind: str  # `apply` or `accept`
    lead: int
    vendor: int
    tries: list[float] = field(default_factory=list)  # when each began
    failures: list[str] = field(default_factory=list)
    answered: float | None = None
    application: str | None = None  # the global id; None if the mutation was refused
    refusal: str = ""


class Load:
    """A run of clients and followers. The first lead that it applies for is one that nobody applied for."""

    def __init__(self, web: str, first_lead: int) -> None:
        """Take the address of the API."""
        self._web, self._next = web, first_lead
        self.operations: list[Operation] = []
        self.reveals: dict[str, int] = {}  # how often each application's reveal arrived
        self.closed: list[str] = []  # why subscriptions ended
        self._cursors: dict[int, str] = {}
        self.ends = float("inf")  # when the clients begin nothing new
        self._answer = asyncio.Event()

    @property
    def next_lead(self) -> int:
        """The first lead that this run did not use."""
        return self._next

    def accepted(self) -> set[str]:
        """Return the applications whose acceptance was answered."""
        return {one.application for one in self.answered("accept") if one.application}

    def answered(self, kind: str) -> Iterator[Operation]:
        """Iterate over the operations of a kind that were answered and not refused."""
        return (one for one in self.operations if one.kind == kind and one.application is not None)

    async def run(self) -> None:
        """Apply until `ends`, then wait for the last answers and reveals, for at most a minute each."""
        limits = httpx.Limits(max_connections=100)
        async with httpx.AsyncClient(timeout=ANSWER_SECONDS, limits=limits, trust_env=False) as http:
            for vendor in range(1, VENDORS + 1):
                answer = await self._ask(http, CURSOR, {}, vendor_token(vendor))
                self._cursors[vendor] = answer["data"]["viewer"]["feedCursor"]
            followers = [asyncio.create_task(self._follow(vendor)) for vendor in self._cursors]
            clients = {asyncio.create_task(self._client(http)) for _ in range(CLIENTS)}
            try:
                while clients and time.time() < self.ends + PATIENCE:  # what is not answered is told
                    done, clients = await asyncio.wait(clients, timeout=1)
                    for one in done:
                        one.result()
                await self._last_reveals()
            finally:
                for task in (*followers, *clients):
                    task.cancel()
                await asyncio.gather(*followers, *clients, return_exceptions=True)

    async def next_answer(self) -> None:
        """Wait until any client gets an answer."""
        self._answer.clear()
        await self._answer.wait()

    async def _client(self, http: httpx.AsyncClient) -> None:
        while time.time() < self.ends:
            number, self._next = self._next, self._next + 1
            vendor = number % VENDORS + 1
            apply = Operation("apply", number, vendor)
            given = {
                "leadId": write_id("Lead", lead_id(number)),
                "introduction": "We can begin on Monday.",
                "idempotencyKey": str(uuid.uuid4()),
            }
            await self._until_answered(http, apply, APPLY, given, vendor_token(vendor))
            if apply.application is not None and number % 2 == 0:
                accept = Operation("accept", number, vendor)
                given = {"applicationId": apply.application}
                await self._until_answered(http, accept, ACCEPT, given, prospect_token(number))

    async def _until_answered(
        self, http: httpx.AsyncClient, operation: Operation, document: str, given: object, token: str
    ) -> None:
        self.operations.append(operation)
        while True:
            operation.tries.append(time.time())
            try:
                answer = await self._ask(http, document, {"input": given}, token)
            except (httpx.HTTPError, NotAnsweredError) as error:
                operation.failures.append(str(error) or type(error).__name__)
                await asyncio.sleep(REPEAT_SECONDS)
                continue
            operation.answered = time.time()
            self._answer.set()
            (payload,) = answer["data"].values()
            operation.application = (payload["application"] or {}).get("id")
            operation.refusal = str(payload["userErrors"] or "")
            return

    async def _ask(
        self, http: httpx.AsyncClient, document: str, variables: dict[str, object], token: str
    ) -> Any:
        """Return the answer. Raises `NotAnsweredError` for a status or an error that says that it is none."""
        answer = await http.post(
            f"{self._web}/graphql",
            json={"query": document, "variables": variables},
            headers={"Authorization": f"Bearer {token}"},
        )
        if answer.status_code != 200:
            raise NotAnsweredError(f"HTTP {answer.status_code}: {answer.text[:200]}")
        read = answer.json()
        if errors := read.get("errors"):
            raise NotAnsweredError(f"{errors[0].get('extensions', {}).get('code')}: {errors[0]['message']}")
        return read

    async def _follow(self, vendor: int) -> None:
        """Follow the reveals of a vendor, again after each end, from the last cursor on."""
        while True:
            try:
                await self._subscribed(vendor)
            except (OSError, WebSocketException, TimeoutError) as error:
                self.closed.append(str(error) or type(error).__name__)
            await asyncio.sleep(REPEAT_SECONDS)

    async def _subscribed(self, vendor: int) -> None:
        async with connect(
            f"{self._web.replace('http', 'ws', 1)}/graphql",
            subprotocols=[Subprotocol("graphql-transport-ws")],
            proxy=None,
            open_timeout=10,
            ping_interval=None,
        ) as socket:
            authorization = f"Bearer {vendor_token(vendor)}"
            begin = {"type": "connection_init", "payload": {"Authorization": authorization}}
            await socket.send(orjson.dumps(begin).decode())
            await asyncio.wait_for(socket.recv(), 10)
            payload = {"query": REVEALS, "variables": {"after": self._cursors[vendor]}}
            await socket.send(orjson.dumps({"id": "1", "type": "subscribe", "payload": payload}).decode())
            async for words in socket:
                message = orjson.loads(words)
                if message["type"] in {"error", "complete"} or message.get("payload", {}).get("errors"):
                    self.closed.append(str(message.get("payload", message["type"])))
                    return
                if message["type"] == "next":
                    self._note(vendor, message["payload"]["data"]["reveals"])

    def _note(self, vendor: int, event: Any) -> None:
        self._cursors[vendor] = event["cursor"]
        if event["__typename"] == "FeedGap":
            self.closed.append("FeedGap")
            return
        application = event["application"]["id"]
        self.reveals[application] = self.reveals.get(application, 0) + 1

    async def _last_reveals(self) -> None:
        """Wait until each accepted application was revealed, or for as long as anybody would."""
        deadline = time.time() + PATIENCE
        while not self.accepted() <= self.reveals.keys() and time.time() < deadline:  # noqa: ASYNC110 - rare
            await asyncio.sleep(0.1)


class NotAnsweredError(RuntimeError):
    """The server said that it did not answer."""
