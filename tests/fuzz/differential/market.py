"""The marketplace that is asked: the leak test's, with everything in it, at a stopped clock.

Its viewers have sessions, and all ids are known to all of them.
"""

import json
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from graphql import is_required_argument

import embedded
import server
from models.base.clock import database_now
from models.base.database import connection, fetch
from models.base.viewer import Viewer
from models.leads.contact_access import log_contact_access
from schema import Schema, build_schema
from tests.fuzz.differential.answers import Answer, Headers, send
from tests.fuzz.differential.arguments import Known
from tests.leak.planting import Planting, plant_marketplace
from tests.leak.search import Search
from tests.support.api import Api, EdgeClock, api_settings, running_api
from tests.support.database import Database
from tests.support.every_call import store_every_call
from tests.support.query_documents import DOCUMENTS
from tests.support.schemas import SDL_SCHEMA

LANGUAGES = ("en", "de", "pl", "ro")
MEDIA_TYPES = ("application/json", "application/graphql-response+json")
# Limits that no random document reaches; a request's time is the machine's business.
LIMITS = {"max_aliases": 10_000, "max_depth": 100, "max_cost": 1_000_000, "max_tokens": 20_000,
          "max_directives": 10_000, "query_timeout_seconds": 300}  # fmt: skip

_READERS = ("owner", "operator", "prospect", "agent")  # whose cursors everybody knows
_DENIALS = {"FORBIDDEN", "UNAUTHENTICATED"}
_COMPARED = "compared"  # the request id of looks that are removed again


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: who asks, in which language, the media type of the answer, and the body."""

    viewer: str
    body: dict[str, object]
    language: str = LANGUAGES[0]
    accept: str = MEDIA_TYPES[0]


@dataclass(frozen=True, slots=True)
class Market:
    """The application with its schema, tokens by viewer (none for anonymous), and what clients know."""

    api: Api
    schema: Schema
    tokens: dict[str, str | None]
    known: Known
    denied: dict[str, set[str]]  # by viewer, fields of the root that only others may ask

    async def speak(self, language: str) -> None:
        """Let all users prefer a language."""
        await fetch(connection(), "UPDATE users SET locale = $1", language)

    async def ask(self, asked: Asked, *, keeps_looks: bool = False) -> Answer:
        """Send one request over ASGI. The looks at contact data that it logs are removed again, unless they
        are kept: the other way must find the same log.
        """
        headers: Headers = [
            (b"host", b"api.test"),
            (b"content-type", b"application/json"),
            (b"x-request-id", b"differential"),
            (b"accept", asked.accept.encode()),
            (b"accept-language", asked.language.encode()),
        ]
        if token := self.tokens[asked.viewer]:
            headers.append((b"authorization", f"Bearer {token}".encode()))
        looks = set[UUID]()

        async def noted(viewer: Viewer, lead_ids: Collection[UUID]) -> None:
            looks.update(lead_ids)
            await log_contact_access(
                viewer if keeps_looks else replace(viewer, request_id=_COMPARED), lead_ids
            )

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("schema.graphql.contact_access.log_contact_access", noted)
            answer = await send(self.api.app, headers, json.dumps(asked.body).encode())
        if looks:
            await fetch(connection(), "DELETE FROM contact_access WHERE request_id = $1", _COMPARED)
        return replace(answer, looks=frozenset(looks))


@asynccontextmanager
async def furnished(
    services: embedded.Services, database: Database, **limits: object
) -> AsyncIterator[Market]:
    """Fill the database, run the application, and let everyone read what they may."""
    made = await plant_marketplace(database)
    await _add_calls(made)
    built: list[Schema] = []

    def keep(*given: Any, **named: Any) -> Schema:
        built.append(build_schema(*given, **named))
        return built[-1]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(server, "build_schema", keep)
        now = datetime.now(UTC)  # tokens and signed links are those of one instant
        patched.setattr(EdgeClock, "now", lambda _: now)
        async with running_api(api_settings(services, database.url, **{**LIMITS, **limits})) as api:
            search = Search(api, built[-1], made)
            tokens = {name: await search.token(viewer) for name, viewer in made.viewers.items()}
            market = Market(api, built[-1], tokens, Known(await search.ids()), {})
            await _read_all(market)
            await _ask_roots(market)
            yield market


async def _add_calls(made: Planting) -> None:
    """Add calls in every state to the vendor's company."""
    (company,) = await fetch(connection(), "SELECT id FROM secretariat WHERE account_id = $1", made.vendor.id)
    employees = await fetch(
        connection(), "SELECT id FROM employee WHERE secretariat_id = $1 ORDER BY sort_key", company["id"]
    )
    agent, now = made.agent.user_id, await database_now(connection())
    assert agent is not None
    ids = [one["id"] for one in employees]
    await store_every_call(company["id"], made.market.policy_id, agent, ids, now)
    await fetch(
        connection(),
        """UPDATE transfer_attempt SET decision_id = (SELECT min(id::text)::uuid FROM decision)
           WHERE NOT EXISTS (SELECT FROM decision WHERE decision.id = decision_id)""",
    )


async def _read_all(market: Market) -> None:
    for viewer in _READERS:
        for document in DOCUMENTS:
            asked = Asked(viewer, {"query": document, "variables": {"ids": []}})
            answer = await market.ask(asked, keeps_looks=True)
            market.known.note_cursors(json.loads(answer.body).get("data"))


async def _ask_roots(market: Market) -> None:
    """Find the fields of the root that a viewer may not ask at all."""
    root = SDL_SCHEMA.query_type
    assert root is not None
    plain = [
        name
        for name, found in root.fields.items()
        if not any(is_required_argument(one) for one in found.args.values())
    ]
    document = f"{{ {' '.join(f'{name} {{ __typename }}' for name in plain)} }}"
    for viewer in market.tokens:
        answer = await market.ask(Asked(viewer, {"query": document}))
        errors = json.loads(answer.body).get("errors", ())
        denied = [one for one in errors if one["extensions"]["code"] in _DENIALS]
        market.denied[viewer] = {one["path"][0] for one in denied}
