"""Automatic persisted queries, as the links of Apollo Client and urql send them, and how they degrade."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import embedded
from schema.graphql.persisted_queries import PersistedQueries
from settings import SettingsError, load
from tests.schema.http.wire import signed_in
from tests.support.api import Api, api_settings, listening, running_api
from tests.support.database import Database
from tests.support.marketplace import make_marketplace

QUERY = "query Who { __typename }"
HASH = sha256(QUERY.encode()).hexdigest()
NOT_SUPPORTED = {
    "message": "PersistedQueryNotSupported",
    "extensions": {"code": "PERSISTED_QUERY_NOT_SUPPORTED"},
}
NOT_FOUND = {"message": "PersistedQueryNotFound", "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND"}}
Running = Callable[..., AbstractAsyncContextManager[Api]]


@pytest.fixture
def running(database: Database, services: embedded.Services) -> Running:
    """An API with these settings."""

    @asynccontextmanager
    async def run(**changed: object) -> AsyncIterator[Api]:
        async with running_api(api_settings(services, database.url, **changed)) as api:
            yield api

    return run


def hashed(digest: str = HASH, **body: Any) -> dict[str, Any]:
    """A body with the extension."""
    return {**body, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest}}}


async def errors(api: Api, body: dict[str, Any]) -> list[dict[str, Any]] | None:
    """The errors of a response, without their locations."""
    answer = (await api.http.post("/graphql", json=body)).json()
    found: list[dict[str, Any]] | None = answer.get("errors")
    return found


async def test_a_client_with_hashes_falls_back_if_they_are_off(running: Running) -> None:
    """By POST and by GET: exactly the error that clients expect, then the document, with or without hash."""
    async with running() as api:
        assert await errors(api, hashed()) == [NOT_SUPPORTED]
        got = await api.http.get("/graphql", params={"extensions": json.dumps(hashed()["extensions"])})
        assert got.json()["errors"] == [NOT_SUPPORTED]
        for body in ({"query": QUERY}, hashed(query=QUERY), hashed("0" * 64, query=QUERY)):
            assert await errors(api, body) is None
        assert await errors(api, hashed()) == [NOT_SUPPORTED]


@pytest.mark.parametrize("on", [False, True])
async def test_an_unknown_hash_gets_status_200(running: Running, on: bool) -> None:
    """For any media type: with another status, some clients give up instead of reading the error."""
    accept = {"Accept": "application/graphql-response+json"}
    async with running(automatic_persisted_queries=on) as api:
        assert (await api.http.post("/graphql", json=hashed(), headers=accept)).status_code == 200


async def test_a_document_is_registered_by_its_hash_if_they_are_on(running: Running) -> None:
    """It is not found, then sent with its hash, then requested only by the hash."""
    async with running(automatic_persisted_queries=True) as api:
        assert await errors(api, hashed()) == [NOT_FOUND]
        assert await errors(api, hashed(query=QUERY)) is None
        answer = await api.http.post("/graphql", json=hashed())
        assert answer.json()["data"] == {"__typename": "Query"}


async def test_only_valid_documents_with_their_own_hash_are_registered(running: Running) -> None:
    """Nobody can register a document under the hash of another one."""
    async with running(automatic_persisted_queries=True) as api:
        (wrong,) = await errors(api, hashed(query="{ other: __typename }")) or []
        assert wrong["extensions"]["code"] == "BAD_REQUEST"
        assert "extensions.persistedQuery.sha256Hash" in wrong["message"]
        assert await errors(api, hashed()) == [NOT_FOUND]
        invalid = "{ nothingOfTheKind }"
        digest = sha256(invalid.encode()).hexdigest()
        assert await errors(api, hashed(digest, query=invalid)) is not None
        assert await errors(api, hashed(digest)) == [NOT_FOUND]


async def test_the_ids_of_other_clients_are_understood(running: Running, tmp_path: Path) -> None:
    """Relay's `doc_id` and `id`, Apollo's extension and `documentId`, by POST, GET and WebSocket."""
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({HASH: QUERY, "7": QUERY}))
    market = await make_marketplace()
    async with (
        running(trusted_documents="only", trusted_documents_manifest=path) as api,
        listening(api.app) as port,
        signed_in(port, await api.token(market.vendor.owner.user_id)) as socket,
    ):
        ways: list[dict[str, Any]] = [
            {"doc_id": HASH}, {"id": "7"}, {"documentId": f"sha256:{HASH}"}, {"documentId": HASH}, hashed(),
        ]  # fmt: skip
        for way in ways:
            assert await errors(api, way) is None, way
            texts = {name: one if isinstance(one, str) else json.dumps(one) for name, one in way.items()}
            assert (await api.http.get("/graphql", params=texts)).json()["data"], way
            await socket.send(id="1", type="subscribe", payload=way)
            assert (await socket.receive())["payload"]["data"] == {"__typename": "Query"}, way
            assert (await socket.receive())["type"] == "complete"
        await socket.send(id="2", type="subscribe", payload=hashed("0" * 64))
        assert (await socket.receive())["payload"] == [NOT_SUPPORTED]


async def test_a_document_sent_over_a_socket_is_registered_too(running: Running) -> None:
    market = await make_marketplace()
    async with (
        running(automatic_persisted_queries=True) as api,
        listening(api.app) as port,
        signed_in(port, await api.token(market.vendor.owner.user_id)) as socket,
    ):
        await socket.send(id="1", type="subscribe", payload=hashed())
        assert (await socket.receive())["payload"] == [NOT_FOUND]
        await socket.send(id="2", type="subscribe", payload=hashed(query=QUERY))
        assert (await socket.receive())["payload"]["data"]
        assert await errors(api, hashed()) is None


def test_the_store_is_bounded_by_bytes() -> None:
    """The least recently used document is dropped first; one that needs more than a tenth is not stored."""
    store = PersistedQueries(10_000)
    for place in range(20):
        store.put(str(place), "x" * 700)
        store.get("0")
    kept = [place for place in range(20) if store.get(str(place))]
    assert kept[0] == 0
    assert kept[1:] == list(range(20 - len(kept) + 1, 20))
    assert sum(900 for _ in kept) <= 10_000
    store.put("large", "x" * 1_001)
    assert store.get("large") is None


def test_registering_and_trusted_documents_only_exclude_each_other() -> None:
    """Reported when the server starts."""
    with pytest.raises(SettingsError, match=r"^AUTOMATIC_PERSISTED_QUERIES: must be false, because"):
        load(
            automatic_persisted_queries=True,
            trusted_documents="only",
            trusted_documents_manifest=Path("manifest.json"),
        )
