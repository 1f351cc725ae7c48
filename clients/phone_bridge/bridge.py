"""The bridge: what happens in Asterisk becomes reports to Leadgate, and attempts there become calls here.

A call comes in and the agents' phones ring; who answers talks to the caller. When the agent begins an attempt
in Leadgate, the caller waits and the employee's phone rings. When the agent notes that the employee accepts,
employee and caller are joined, and the agent's part ends.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from clients.phone_bridge.api import Api
from clients.phone_bridge.ari import APP, Ari
from clients.phone_bridge.reports import Reports

AGENT_RING_SECONDS = 60
Json = dict[str, Any]
_log = logging.getLogger(__name__)


@dataclass
class Consulted:
    """An employee's part of a call: the attempt in Leadgate, and the number that rings."""

    attempt: str
    employee: str
    number: str
    up: bool = False
    joined: bool = False


@dataclass
class Bridged:
    """A call that is in Asterisk: the channels of its parties, and Leadgate's id of it."""

    caller: str
    number: str
    dialled: str
    call_id: str | None = None
    ringing: dict[str, str] = field(default_factory=dict)  # agents' channels that ring, with their users
    agent: str | None = None
    talk: str | None = None  # the bridge of agent and caller
    waiting: str | None = None  # the bridge in which the caller waits
    employees: dict[str, Consulted] = field(default_factory=dict)  # by channel
    tried: set[str] = field(default_factory=set)  # attempts


class PhoneBridge:
    """The state of the bridge: calls by their caller's channel."""

    def __init__(self, ari: Ari, api: Api, reports: Reports, agents: Sequence[str]) -> None:
        """Take the connections, and the endpoints of the agents' phones, named as their users."""
        self._ari, self._api, self._reports, self._agents = ari, api, reports, agents
        self._calls: dict[str, Bridged] = {}
        self.ready = asyncio.Event()

    async def run(self) -> None:
        """Follow Asterisk and Leadgate until one of them fails."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._follow_asterisk())
            tasks.create_task(self._follow_leadgate())

    async def _follow_asterisk(self) -> None:
        async for event in self._ari.events():
            match event["type"]:
                case "Connected":
                    await self._clean_up()
                    self.ready.set()
                case "StasisStart":
                    await self._started(event["channel"], event["args"])
                case "ChannelDestroyed":
                    await self._ended(event["channel"]["id"], event["cause"], event["cause_txt"])
        raise ConnectionError("Asterisk closed the connection")

    async def _clean_up(self) -> None:
        """End what a bridge before this one left in Asterisk: nobody would ever end it."""
        left = (await self._ari.get(f"/applications/{APP}")).get("channel_ids", [])
        for channel in left:
            await self._ari.delete(f"/channels/{channel}")

    async def _started(self, channel: Json, args: Sequence[str]) -> None:
        if len(args) == 1:
            await self._comes_in(channel, args[0])
            return
        part, caller = args
        call = self._calls.get(caller)
        if call is None:  # the caller has gone meanwhile
            await self._ari.delete(f"/channels/{channel['id']}")
        elif part == "agent":
            await self._agent_answers(call, channel["id"])
        elif channel["id"] in call.employees:
            await self._employee_answers(call, channel["id"])

    async def _comes_in(self, channel: Json, dialled: str) -> None:
        caller, number = channel["id"], channel["caller"]["number"] or "anonymous"
        call = self._calls[caller] = Bridged(caller, number, dialled)
        # After the application has lost a channel, nothing more is said of it, not even why it ended.
        await self._ari.post(f"/applications/{APP}/subscription", eventSource=f"channel:{caller}")
        await self._ari.post(f"/channels/{caller}/ring")
        call.call_id = await self._reports.send("ringing", caller, from_=number, to=dialled)
        for user in self._agents:
            rings = uuid4().hex
            call.ringing[rings] = user
            if not await self._dial(rings, user, f"agent,{caller}", number, AGENT_RING_SECONDS):
                call.ringing.pop(rings, None)

    async def _dial(self, channel: str, endpoint: str, args: str, shown: str, seconds: int) -> bool:
        """Ring at an endpoint on a channel that is known already: it may end before Asterisk has answered."""
        made = await self._ari.post(
            "/channels",
            channelId=channel,
            endpoint=f"PJSIP/{endpoint}",
            app=APP,
            appArgs=args,
            callerId=shown,
            timeout=seconds,
        )
        if made:
            await self._ari.post(f"/applications/{APP}/subscription", eventSource=f"channel:{channel}")
        return bool(made)

    async def _agent_answers(self, call: Bridged, channel: str) -> None:
        user = call.ringing.pop(channel, None)
        if user is None or call.agent is not None:
            await self._ari.delete(f"/channels/{channel}")
            return
        call.agent = channel
        others, call.ringing = list(call.ringing), {}
        for other in others:
            await self._ari.delete(f"/channels/{other}")
        await self._ari.post(f"/channels/{call.caller}/answer")
        call.talk = (await self._ari.post("/bridges", type="mixing")).get("id")
        await self._join(call.talk, call.caller, channel)
        await self._reports.send("answered", call.caller, leg=channel, user=user, to=call.dialled)

    async def _join(self, bridge: str | None, *channels: str) -> None:
        if bridge is not None:
            await self._ari.post(f"/bridges/{bridge}/addChannel", channel=",".join(channels))

    async def _employee_answers(self, call: Bridged, channel: str) -> None:
        one = call.employees[channel]
        one.up = True
        await self._join(call.talk, channel)
        await self._reports.send("answered", call.caller, leg=channel, target=one.number, to=call.dialled)

    async def _ended(self, channel: str, cause: int, text: str) -> None:
        call = self._calls.pop(channel, None)
        if call is not None:
            await self._caller_gone(call, f"{cause} {text}")
            return
        for call in self._calls.values():
            call.ringing.pop(channel, None)
            if channel == call.agent:
                await self._agent_gone(call, channel)
                return
            if channel in call.employees:
                await self._employee_gone(call, channel, cause)
                return

    async def _caller_gone(self, call: Bridged, cause: str) -> None:
        """Report it, and end every other part, also one that still rings."""
        await self._reports.send("hungUp", call.caller, cause=cause, from_=call.number, to=call.dialled)
        for channel in (*call.ringing, *call.employees, *filter(None, (call.agent,))):
            await self._ari.delete(f"/channels/{channel}")
        for channel, one in call.employees.items():  # Asterisk tells of their end too late to know the call
            await self._reports.send("hungUp", call.caller, leg=channel, target=one.number, to=call.dialled)
        if call.agent is not None:
            await self._reports.send("hungUp", call.caller, leg=call.agent, to=call.dialled)
        for bridge in filter(None, (call.talk, call.waiting)):
            await self._ari.delete(f"/bridges/{bridge}")

    async def _agent_gone(self, call: Bridged, channel: str) -> None:
        call.agent = None
        await self._reports.send("hungUp", call.caller, leg=channel, to=call.dialled)
        if not any(one.up for one in call.employees.values()):
            await self._ari.delete(f"/channels/{call.caller}")

    async def _employee_gone(self, call: Bridged, channel: str, cause: int) -> None:
        one = call.employees.pop(channel)
        if one.joined:
            await self._reports.send("hungUp", call.caller, leg=channel, target=one.number, to=call.dialled)
            await self._ari.delete(f"/channels/{call.caller}")
            return
        await self._reports.send(
            "consultEnded", call.caller, leg=channel, target=one.number, cause=str(cause), to=call.dialled
        )
        await self._join(call.talk, call.caller)

    async def _follow_leadgate(self) -> None:
        async for told in self._api.calls():
            call = next((one for one in self._calls.values() if one.call_id == told["id"]), None)
            if call is None:
                continue
            for attempt in told["attempts"]:
                await self._attempt(call, told, attempt)

    async def _attempt(self, call: Bridged, told: Json, attempt: Json) -> None:
        if attempt["result"] == "CALLING" and attempt["id"] not in call.tried:
            call.tried.add(attempt["id"])
            rings = [one for one in call.employees.values() if one.employee == attempt["employee"]["id"]]
            if not rings:
                await self._consult(call, told, attempt)
            return
        for channel, one in list(call.employees.items()):
            if one.attempt != attempt["id"] or one.joined:
                continue
            if attempt["result"] == "ACCEPTED":
                await self._put_through(call, channel)
            elif attempt["result"] != "CALLING":
                await self._ari.delete(f"/channels/{channel}")

    async def _consult(self, call: Bridged, told: Json, attempt: Json) -> None:
        """Let the caller wait, and ring at the employee."""
        wanted = attempt["employee"]["id"]
        routes = told["routes"]["routes"]
        route = next((one for one in routes if (one["employee"] or {}).get("id") == wanted), None)
        if route is None or route["number"] is None or call.agent is None:
            _log.warning("an attempt has no number to ring at")
            return
        if call.waiting is None:
            call.waiting = (await self._ari.post("/bridges", type="holding")).get("id")
        await self._join(call.waiting, call.caller)
        number: str = route["number"]
        endpoint, args = number.removeprefix("+"), f"employee,{call.caller}"
        channel = uuid4().hex
        call.employees[channel] = Consulted(attempt["id"], wanted, number)
        if not await self._dial(channel, endpoint, args, call.number, route["ringSeconds"]):
            call.employees.pop(channel, None)
            await self._join(call.talk, call.caller)
            return
        await self._reports.send("consulting", call.caller, leg=channel, target=number, to=call.dialled)

    async def _put_through(self, call: Bridged, channel: str) -> None:
        one = call.employees[channel]
        one.joined, agent = True, call.agent
        await self._join(call.talk, call.caller)
        await self._reports.send("transferred", call.caller, leg=channel, target=one.number, to=call.dialled)
        if agent is not None:
            await self._ari.delete(f"/channels/{agent}")
