"""What remains in memory after requests and events: nothing large, and no contact data."""

import gc
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.requests import Request

from models.contacting.facts import ContactCase
from models.process.gc_tuning import COLLECT_AFTER
from schema.graphql.ids import write_id
from schema.http.stopping import Server
from tests.support.api import Api
from tests.support.scene import Scene
from tests.support.viewers import Kind


@pytest.fixture
def without_collector() -> Iterator[None]:
    """Disable the garbage collector, as between two of its runs."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def _requests() -> int:
    return sum(type(one) is Request for one in gc.get_objects())


@pytest.mark.usefixtures("without_collector")
async def test_a_large_request_is_freed_with_its_answer(api: Api) -> None:
    """Its body and variables are not held by the reference cycles that graphql-core leaves."""
    before = _requests()
    for _ in range(5):
        answer = await api.nobody.ask("query($x: ID!) { node(id: $x) { id } }", x="A" * 99_000)
        assert answer.codes == ["UNAUTHENTICATED"]
    assert _requests() - before <= 1


@pytest.mark.usefixtures("without_collector")
async def test_what_loaders_have_read_is_freed_with_the_answer(scene: Scene) -> None:
    """All but the last one at most: it is not left to the collector, which would scan whole pages."""
    ask = "query ($id: ID!) { node(id: $id) { ... on Lead { contacting { stops { id } } } } }"
    for _ in range(3):
        answer = await scene.clients[Kind.OWNER].ask(ask, id=write_id("Lead", scene.accepted.id))
        assert answer.data["node"]["contacting"] is not None
    assert len([one for one in gc.get_objects() if isinstance(one, ContactCase)]) <= 1


async def test_objects_made_at_startup_are_frozen_for_the_garbage_collector(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In addition, young objects are collected less often."""
    done: list[object] = []
    monkeypatch.setattr("uvicorn.Server.startup", _started(done))
    monkeypatch.setattr(gc, "freeze", lambda: done.append("frozen"))
    monkeypatch.setattr(gc, "set_threshold", lambda *after: done.append(after))
    server = Server(uvicorn.Config("no application"))
    await server.startup()
    assert done == ["started", "frozen", COLLECT_AFTER]


def _started(done: list[object]) -> object:
    async def startup(_: object, sockets: object = None) -> None:
        del sockets
        done.append("started")

    return startup
