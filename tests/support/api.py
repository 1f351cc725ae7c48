"""The API under test: the real application over ASGI or a real socket, and signed-in clients.

`tests.support.marketplace` fills the database.
"""

import asyncio
import functools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import uvicorn
from starlette.applications import Starlette

import embedded
from clients.console import DOCUMENTS
from models.accounts.passwords import Passwords
from models.accounts.sessions import begin_session
from models.accounts.tokens.access_token import TokenIssuer
from models.base.database import transaction
from models.process.redis_health import RedisHealth
from models.process.redis_pool import open_redis
from models.process.wake import RedisWake
from schema import Schema, build_schema
from schema.graphql.authentication import Authentication
from schema.graphql.document_files import read_manifest
from schema.graphql.following.feed_reader import FeedReader
from schema.graphql.limits import Bounds
from schema.graphql.services import Services
from schema.graphql.trusted_documents import NO_DOCUMENTS, TrustedDocuments
from server import create_app, uvicorn_options
from settings import Settings
from tests.support.hashing import CHEAP

SECRET = "a-key-that-signs-tokens-in-tests-only"
HASH_KEY = "a-key-of-hashes-in-tests-only-000"
KEY_FILE = Path(__file__).parents[1] / "data" / "sealing-key.txt"
PUSH_KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"  # of RFC 8291, appendix A
METRICS = {"Authorization": "Bearer a-token-of-tests-for-metrics"}
Json = dict[str, Any]


@functools.cache
def _console() -> TrustedDocuments:
    """Return the documents of a server with the console and without any in its settings."""
    return TrustedDocuments(read_manifest(DOCUMENTS))


@functools.cache
def _shared_schema(bounds: Bounds, *, introspection: bool, suggestions: bool, console: bool) -> Schema:
    documents = _console() if console else NO_DOCUMENTS
    return build_schema(bounds, introspection=introspection, suggestions=suggestions, documents=documents)


def schema_for_tests(
    bounds: Bounds, *, introspection: bool, suggestions: bool, documents: TrustedDocuments
) -> Schema:
    """Replaces `build_schema`, which takes a twentieth of a second: applications share its result.

    A rate limit depends on the documents that a schema has cached, so it gets a separate schema.
    """
    console = documents == _console()
    if bounds.cost_per_minute or not (console or documents == NO_DOCUMENTS):
        return build_schema(bounds, introspection=introspection, suggestions=suggestions, documents=documents)
    return _shared_schema(bounds, introspection=introspection, suggestions=suggestions, console=console)


class EdgeClock:
    """The server's own clock, for tokens: it runs until a test sets it."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def now(self) -> datetime:
        """Return the time of the clock."""
        return datetime.now(UTC) + self.offset


@dataclass(frozen=True, slots=True)
class Answer:
    """A response of the API."""

    status: int
    body: Json
    headers: httpx.Headers

    @property
    def data(self) -> Json:
        """Return the data of a response without errors."""
        assert "errors" not in self.body, self.body["errors"]
        data: Json = self.body["data"]
        return data

    @property
    def codes(self) -> list[str]:
        """Return the codes of the errors, in order."""
        return [error.get("extensions", {}).get("code", "") for error in self.body.get("errors", [])]


@dataclass(frozen=True, slots=True)
class Client:
    """A client, with or without a token."""

    http: httpx.AsyncClient
    token: str | None = None

    async def ask(
        self, document: str, headers: dict[str, str] | None = None, /, **variables: object
    ) -> Answer:
        """Send one operation by POST."""
        authorization = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        response = await self.http.post(
            "/graphql",
            json={"query": document, "variables": variables},
            headers={**authorization, **(headers or {})},
        )
        return Answer(response.status_code, response.json(), response.headers)


class Api:
    """The application with its services, and a way to sign in any user without a password."""

    def __init__(self, app: Starlette, services: Services, clock: EdgeClock) -> None:
        self.app = app
        self.services = services
        self.clock = clock
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url="http://api.test",
            trust_env=False,  # a proxy of the environment would load all certificates, each time
        )

    @property
    def nobody(self) -> Client:
        """Return a client without a token."""
        return Client(self.http)

    async def token(self, user_id: UUID | None) -> str:
        """Begin a session for a user and return its access token."""
        assert user_id is not None
        async with transaction() as conn:
            signed_in = await begin_session(
                conn, self.services.authentication.issuer, user_id, self.clock.now()
            )
        return signed_in.access_token

    async def client(self, user_id: UUID | None) -> Client:
        """Return a client signed in as a user (`viewer.user_id`)."""
        return Client(self.http, await self.token(user_id))


def api_settings(services: embedded.Services, database_url: str, **changed: object) -> Settings:
    """Return the settings of a server under test."""
    values: dict[str, object] = {
        "database_url": database_url,
        "redis_url": services.redis_url,
        "secret_key": SECRET,
        "hash_key": HASH_KEY,
        "key_file": KEY_FILE,
        "push_key": PUSH_KEY,
        "webhook_private_hosts": ("127.0.0.1:9",),
        "calendar_private_hosts": ("127.0.0.1:9",),
        "metrics_token": METRICS["Authorization"].removeprefix("Bearer "),
        # Tests send many requests in a short time.
        "max_cost": 100_000,
        "rate_limit_cost_per_minute": 0,
        "query_timeout_seconds": 300,  # a busy machine is slow; a request that hangs still ends
    }
    return Settings.model_validate({**values, **changed})


@asynccontextmanager
async def running_api(settings: Settings) -> AsyncIterator[Api]:
    """Run the application over ASGI, on the test's existing connection of the models."""
    clock = EdgeClock()
    passwords, health = Passwords(CHEAP), RedisHealth()
    async with (
        open_redis(settings.redis_dsn) as redis,
        open_redis(settings.redis_dsn, answer_seconds=None) as channel,
        RedisWake(redis, health) as wake,
        FeedReader(channel, poll_seconds=1, on_redis=health.worked) as reader,
    ):
        services = Services(
            settings=settings,
            wake=wake,
            authentication=Authentication(TokenIssuer(settings.signing_key()), passwords),
            reader=reader,
            redis=redis,
            redis_health=health,
            now=clock.now,
        )
        api = Api(create_app(settings, services), services, clock)
        try:
            yield api
        finally:
            await api.http.aclose()
            await api.app.state.probes.close()
            passwords.close()


@asynccontextmanager
async def listening(app: Starlette, **settings: object) -> AsyncIterator[int]:
    """Serve an application on a real socket of this machine with these settings; yield the port."""
    options = {**uvicorn_options(Settings.model_validate(settings)), "log_level": "warning"}
    config = uvicorn.Config(app, host="127.0.0.1", port=0, **options)
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined, method-assign, unused-ignore]
    serving = asyncio.create_task(server.serve())
    try:
        while not server.started:  # noqa: ASYNC110 - uvicorn tells it by this attribute only
            await asyncio.sleep(0.005)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await serving
