"""The bridge to Asterisk: apart from the server, signed as the server verifies, and following both sides."""

import ast
import json
import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from clients.phone_bridge.api import Api
from clients.phone_bridge.ari import Ari
from clients.phone_bridge.bridge import PhoneBridge
from clients.phone_bridge.installed import Installed, configure
from clients.phone_bridge.reports import Reports
from models.messages.channels.webhook_signature import WebhookSecret, verify_webhook

FOLDER = Path(__file__).parents[2] / "clients" / "phone_bridge"
OURS = {"cli", "embedded", "jobs", "migrations", "models", "rules", "schema", "server", "settings", "tests"}
SECRET = WebhookSecret.new()
CALLER, DIALLED, EXTENSION = "+493023125417", "+493023125100", "+493023125102"
Json = dict[str, Any]


def imported(path: Path) -> Iterator[str]:
    """Yield the first names of the modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


def test_the_bridge_imports_nothing_of_the_server() -> None:
    files = sorted(FOLDER.glob("*.py"))
    assert files
    assert not {name for path in files for name in imported(path)} & OURS


def test_the_configuration_names_each_phone_and_leaves_no_placeholder(tmp_path: Path) -> None:
    installed = Installed(("asterisk",), Path("/modules"), Path("/data"))
    made = configure(installed, tmp_path, {"agent1": 5_091, EXTENSION[1:]: 5_092})
    written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "conf").iterdir()}
    assert written.keys() == {path.name for path in (FOLDER / "asterisk").glob("*.conf")}
    assert not re.findall("@[A-Z_]+@", "".join(written.values()))
    assert "contact=sip:agent1@127.0.0.1:5091" in written["pjsip.conf"]
    assert f"[{EXTENSION[1:]}]" in written["pjsip.conf"]
    assert made.password in written["ari.conf"]
    assert (tmp_path / "conf" / "ari.conf").stat().st_mode & 0o077 == 0


class World:
    """Asterisk and Leadgate as the bridge sees them: what it asks for, and what it reports."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Json]] = []
        self.reported: list[Json] = []
        self.answers = [200]
        self._made = 0
        self.http = httpx.AsyncClient(transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/phone/x":
            if (status := self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)) != 200:
                return httpx.Response(status)
            verify_webhook([SECRET], request.headers, request.content, datetime.now(UTC))
            self.reported.append(json.loads(request.content))
            return httpx.Response(200, json={"call": "call-1", "result": "APPLIED"})
        self.asked.append((request.method, request.url.path, dict(request.url.params)))
        if request.method == "GET":
            return httpx.Response(200, json={"channel_ids": ["left-over"]})
        self._made += 1
        given = request.url.params.get("channelId")
        return httpx.Response(200, json={"id": given or f"made-{self._made}"})

    def bridge(self, happens: list[Json], calls: list[Json]) -> PhoneBridge:
        """Return a bridge for which these events happen, then those of Leadgate."""
        ari = Ari(self.http, "http://asterisk", "leadgate", "password")
        api = Api(self.http, "http://leadgate", "agent@demo.example", "password")

        async def events() -> AsyncIterator[Json]:
            for event in happens:
                yield event

        async def told() -> AsyncIterator[Json]:
            for call in calls:
                yield call

        ari.events, api.calls = events, told  # type: ignore[method-assign]
        reports = Reports(self.http, "http://leadgate/phone/x", SECRET.reveal())
        return PhoneBridge(ari, api, reports, ["agent1"])

    @property
    def types(self) -> list[str]:
        """What was reported."""
        return [one["type"] for one in self.reported]


def started(channel: str, *args: str) -> Json:
    """A channel that enters the application."""
    return {
        "type": "StasisStart",
        "args": list(args),
        "channel": {"id": channel, "caller": {"number": CALLER}},
    }


def destroyed(channel: str, cause: int) -> Json:
    """A channel that has ended."""
    return {"type": "ChannelDestroyed", "channel": {"id": channel}, "cause": cause, "cause_txt": "words"}


async def _follow(world: World, bridge: PhoneBridge, *, leadgate: bool = False) -> None:
    if leadgate:
        await bridge._follow_leadgate()
        return
    with pytest.raises(ConnectionError):
        await bridge._follow_asterisk()


async def test_it_ends_what_an_earlier_bridge_has_left() -> None:
    world = World()
    await _follow(world, world.bridge([{"type": "Connected"}], []))
    assert ("DELETE", "/ari/channels/left-over", {}) in world.asked


async def test_a_call_is_answered_consulted_about_and_put_through() -> None:
    world = World()
    attempt = {"id": "a1", "result": "CALLING", "employee": {"id": "e1"}}
    route = {"number": EXTENSION, "ringSeconds": 25, "employee": {"id": "e1"}}
    told = {"id": "call-1", "routes": {"routes": [route]}, "attempts": [attempt]}
    accepted = {**told, "attempts": [{**attempt, "result": "ACCEPTED"}]}
    bridge = world.bridge([started("c", DIALLED)], [told])
    await _follow(world, bridge)
    (agent,) = next(iter(bridge._calls.values())).ringing
    bridge._ari.events = world.bridge([started(agent, "agent", "c")], [])._ari.events  # type: ignore[method-assign]
    await _follow(world, bridge)
    await _follow(world, bridge, leadgate=True)
    (employee,) = bridge._calls["c"].employees
    dialled = [given for method, path, given in world.asked if (method, path) == ("POST", "/ari/channels")]
    assert [one["endpoint"] for one in dialled] == ["PJSIP/agent1", f"PJSIP/{EXTENSION[1:]}"]
    assert dialled[1]["timeout"] == "25"
    bridge._ari.events = world.bridge([started(employee, "employee", "c")], [])._ari.events  # type: ignore[method-assign]
    await _follow(world, bridge)
    bridge._api.calls = world.bridge([], [accepted])._api.calls  # type: ignore[method-assign]
    await _follow(world, bridge, leadgate=True)
    assert ("DELETE", f"/ari/channels/{agent}", {}) in world.asked
    ends = [destroyed(agent, 16), destroyed("c", 16), destroyed(employee, 16)]
    bridge._ari.events = world.bridge(ends, [])._ari.events  # type: ignore[method-assign]
    await _follow(world, bridge)
    assert world.types == [
        "call.ringing",
        "call.answered",
        "call.consulting",
        "call.answered",
        "call.transferred",
        "call.hungUp",
        "call.hungUp",
        "call.hungUp",
    ]
    assert [one.get("leg") for one in world.reported[-3:]] == [agent, None, employee]
    assert world.reported[0]["from"] == CALLER
    assert {one["call"] for one in world.reported} == {"c"}
    assert bridge._calls == {}


async def test_a_caller_who_gives_up_ends_every_part_that_rings() -> None:
    world = World()
    bridge = world.bridge([started("c", DIALLED), destroyed("c", 127)], [])
    await _follow(world, bridge)
    assert world.types == ["call.ringing", "call.hungUp"]
    ended = [path for method, path, _ in world.asked if method == "DELETE"]
    assert len(ended) == 1
    assert ended[0].startswith("/ari/channels/")


async def test_what_leadgate_did_not_take_is_sent_again_with_the_same_id(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def at_once(_: float) -> None:
        return None

    monkeypatch.setattr("clients.phone_bridge.reports.asyncio.sleep", at_once)
    world = World()
    world.answers = [503, 429, 200]
    reports = Reports(world.http, "http://leadgate/phone/x", SECRET.reveal())
    assert await reports.send("ringing", "c", from_=CALLER) == "call-1"
    world.answers = [401]
    assert await reports.send("ringing", "c") is None
    assert len(world.reported) == 1
