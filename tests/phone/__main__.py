"""A call by SIP through Asterisk: the wanted employee is busy, and the deputy gets the call.

Prints what each side saw, with seconds since the start. If it cannot run here, it says why in one line.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx

from cli.phone import DEMO_CALLER, DEMO_NUMBER
from clients.phone_bridge.api import Api
from clients.phone_bridge.ari import Ari
from clients.phone_bridge.bridge import PhoneBridge
from clients.phone_bridge.installed import Missing, configure, find
from clients.phone_bridge.reports import Reports
from clients.phone_bridge.running import running
from models.seed.people import AGENT, OPERATOR, PASSWORD, VENDOR
from tests.support.demo_server import demo_server
from tests.support.sip import MISSING, SipPhone, free_udp_port, sip_phone

VAR = Path("var/asterisk").resolve()
USER = "agent1"
SECONDS = 60.0  # for each step, on a busy machine
HALF_A_DAY = 43_200
EXTENSIONS = ("493023125107", "493023125106")  # of the deputy, and of the employee who is busy
SYSTEM = {"name": "Asterisk", "driver": "GENERIC", "region": "DE", "idempotencyKey": "asterisk"}
SET = """mutation ($input: PhoneSystemSetInput!) { phoneSystemSet(input: $input) {
    phoneSystem { webhookUrl } secret userErrors { message } } }"""
ME = "{ viewer { user { id } } }"
BOARD = "{ callBoard { id state } }"
ANSWER = """mutation ($id: ID!, $employee: ID) { callAnswer(input: {callId: $id, employeeId: $employee}) {
    call { routes { routes { number employee { id displayName } } } } userErrors { message } } }"""
EMPLOYEE = """mutation ($input: EmployeeCreateInput!) { employeeCreate(input: $input) {
    employee { id } userErrors { message } } }"""
RECORD = """mutation ($input: CallTransferRecordInput!) { callTransferRecord(input: $input) {
    attempt { result } userErrors { message } } }"""
FINISH = """mutation ($id: ID!) { callFinish(input: {callId: $id, outcome: TRANSFERRED, note: {name: "Jo"}}) {
    call { outcome } userErrors { message } } }"""
CALL = """query ($id: ID!) { node(id: $id) { ... on Call { version state outcome transferredSeconds
    attempts { id result employee { displayName } } } } }"""
STATISTICS = """query ($period: PeriodInput!) { callStatistics(period: $period) {
    total transferred byResult { result count } } }"""

_BEGAN = time.monotonic()
Json = dict[str, Any]


def say(who: str, what: str) -> None:
    """Print a line of the timeline."""
    sys.stdout.write(f"{time.monotonic() - _BEGAN:6.1f} s  {who:9} {what}\n")
    sys.stdout.flush()


async def changed(api: Api, document: str, **variables: object) -> Json:
    """Carry out a mutation; return its payload. Raises RuntimeError if it is refused."""
    (payload,) = (await api.ask(document, **variables)).values()
    if payload["userErrors"]:
        raise RuntimeError(payload["userErrors"][0]["message"])
    found: Json = payload
    return found


class Trial:
    """The demo's agent and phones at work."""

    def __init__(self, agent: Api, vendor: Api, phones: dict[str, SipPhone]) -> None:
        self.agent, self.vendor, self.phones = agent, vendor, phones
        self.call_id = ""

    @property
    def desk(self) -> SipPhone:
        """The agent's phone."""
        return self.phones[USER]

    async def answers(self, caller: SipPhone, port: int, wanted: str) -> list[Json]:
        """Let the caller dial and the agent answer; return the employees who may get the call."""
        await caller.tell(f"dial sip:{DEMO_NUMBER}@127.0.0.1:{port}")
        say("caller", f"dials {DEMO_NUMBER}")
        await self.desk.hears("incoming", 1)
        say("agent", "the telephone rings")
        board: list[Json] = []
        async with asyncio.timeout(SECONDS):
            while not board:
                board = (await self.agent.ask(BOARD))["callBoard"]
        self.call_id = board[0]["id"]
        await self.desk.tell("answer 1")
        await caller.hears("established", 1)
        await self.until(lambda call: call["state"] == "TALKING")
        say("agent", "answers")
        answered = await changed(self.agent, ANSWER, id=self.call_id, employee=wanted)
        routes = [one for one in answered["call"]["routes"]["routes"] if one["number"]]
        return [{**one["employee"], "number": one["number"].removeprefix("+")} for one in routes]

    async def finds_busy(self, employee: Json) -> None:
        """Try an employee whose telephone is busy."""
        await self.record(employee, "CALLING")
        phone = self.phones[employee["number"]]
        await phone.hears("incoming", 1)
        await phone.tell("reject 1")
        say("employee", f"{employee['displayName']} does not take the call")
        ended = await self.until(lambda call: call["attempts"][-1]["result"] != "CALLING")
        say("Leadgate", f"the attempt ended: {ended['attempts'][-1]['result']}")

    async def puts_through(self, employee: Json) -> None:
        """Try an employee who answers, and hand the call over."""
        await self.record(employee, "CALLING")
        phone = self.phones[employee["number"]]
        await phone.hears("incoming", 1)
        await phone.tell("answer 1")
        await phone.hears("established", 1)
        say("employee", f"{employee['displayName']} answers")
        await self.record(employee, "ACCEPTED")
        await self.desk.hears("closed", 1)
        await self.until(lambda call: call["state"] == "TRANSFERRED")
        say("agent", "has handed the call over")
        await changed(self.agent, FINISH, id=self.call_id)

    async def record(self, employee: Json, result: str) -> None:
        """Record an attempt, or what became of it."""
        say("agent", f"callTransferRecord {result}: {employee['displayName']}")
        given = {"callId": self.call_id, "employeeId": employee["id"], "result": result}
        key = f"{employee['id']}-{result}"
        await changed(self.agent, RECORD, input={**given, "idempotencyKey": key})

    async def until(self, done: Callable[[Json], bool]) -> Json:
        """Return the call once it is as it should be."""
        async with asyncio.timeout(SECONDS):
            while True:
                call: Json = (await self.vendor.ask(CALL, id=self.call_id))["node"]
                if done(call):
                    return call

    async def tells(self) -> None:
        """Print what Leadgate knows of the call in the end."""
        ended = await self.until(lambda call: call["transferredSeconds"] is not None)
        for attempt in ended["attempts"]:
            say("Leadgate", f"{attempt['employee']['displayName']}: {attempt['result']}")
        say("Leadgate", f"{ended['outcome']}, talked for {ended['transferredSeconds']} s")
        now = time.time()
        period = {"from": _iso(now - HALF_A_DAY), "to": _iso(now + HALF_A_DAY)}
        statistics = (await self.vendor.ask(STATISTICS, period=period))["callStatistics"]
        say("Leadgate", f"statistics: {statistics}")


async def call_through(address: str) -> None:
    """Make the call."""
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(httpx.AsyncClient(timeout=30, trust_env=False))
        agent, operator, vendor = (Api(http, address, who, PASSWORD) for who in (AGENT, OPERATOR, VENDOR))
        agent_id = (await agent.ask(ME))["viewer"]["user"]["id"]
        users = [{"key": USER, "agentId": agent_id}]
        system = await changed(operator, SET, input={**SYSTEM, "users": users})
        wanted = await _employees(vendor)
        ports = {name: free_udp_port() for name in (USER, *EXTENSIONS)}
        asterisk = configure(find(VAR), VAR, ports)
        ari_url = await stack.enter_async_context(running(asterisk, VAR))
        say("Asterisk", "is ready")
        bridge = PhoneBridge(
            Ari(http, ari_url, asterisk.user, asterisk.password),
            Api(http, address, AGENT, PASSWORD),
            Reports(http, system["phoneSystem"]["webhookUrl"], system["secret"]),
            [USER],
        )
        follows = asyncio.create_task(bridge.run())
        stack.callback(follows.cancel)
        await asyncio.wait_for(bridge.ready.wait(), SECONDS)
        phones = {
            name: await stack.enter_async_context(sip_phone(name, port)) for name, port in ports.items()
        }
        caller = await stack.enter_async_context(sip_phone(DEMO_CALLER))
        trial = Trial(agent, vendor, phones)
        employees = await trial.answers(caller, asterisk.sip_port, wanted)
        if not employees:
            raise Missing("nobody of the demo takes calls today, which is a public holiday there.")
        *busy, deputy = employees
        for employee in busy:
            await trial.finds_busy(employee)
        await trial.puts_through(deputy)
        await asyncio.sleep(2)  # they talk
        await caller.tell("hangup 1")
        await phones[deputy["number"]].hears("closed", 1)
        say("caller", "hangs up, and the employee's telephone is free again")
        await trial.tells()


async def _employees(vendor: Api) -> str:
    """Add an employee with a deputy, who are there at any time; return the employee's id."""
    deputy = None
    for name, extension in zip(("Otto Deputy", "Karla Busy"), EXTENSIONS, strict=True):
        given = {"name": name, "email": "phone@lindqvist.example", "extension": f"+{extension}"}
        more = {"transfer": "ALL", "deputyId": deputy, "idempotencyKey": name}
        made = await changed(vendor, EMPLOYEE, input={**given, **more})
        deputy = made["employee"]["id"]
    return str(deputy)


def _iso(at: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))


def main() -> None:
    """Run the trial."""
    if MISSING is not None:
        sys.exit(f"make phone: {MISSING}.")
    try:
        find(VAR)
        say("Asterisk", "is there")
        with demo_server() as server:
            say("Leadgate", f"serves the demo at {server.address}")
            asyncio.run(call_through(server.address))
    except Missing as missing:
        sys.exit(f"make phone: {missing}")


if __name__ == "__main__":
    main()
