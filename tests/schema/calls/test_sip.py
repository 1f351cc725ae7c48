"""A real call by SIP: three phones ring, talk, hold and transfer, and the agent's reports it to the API."""

from datetime import timedelta

import pytest

from models.base.public_id import public_id
from models.calls.phone.address import webhook_url
from models.calls.phone.drivers import PhoneDriver
from models.calls.phone.system import System
from models.feed.kinds import MessageTemplate
from tests.schema.calls.conftest import EXTENSION, Called
from tests.support.api import Api, Client, Json
from tests.support.calls import NUMBER
from tests.support.database import Database
from tests.support.marketplace import START
from tests.support.messages import FakeChannel, dispatches, send_all
from tests.support.phone_requests import message, signed
from tests.support.phone_systems import make_system, system_of
from tests.support.sip import MISSING, SipPhone, sip_phone
from tests.support.viewers import Kind

CALLER = "+493023125207"
CALL = """query ($id: ID!) { node(id: $id) { ... on Call { state caller transferredSeconds
    agent { name } attempts { result measured employee { displayName } } } } }"""
ANSWER = """mutation ($id: ID!, $employee: ID!) { callAnswer(input: {callId: $id, employeeId: $employee}) {
    call { script { greeting } } userErrors { message } } }"""
TRANSFER = """mutation ($id: ID!, $employee: ID!) { callTransferRecord(input: {
    callId: $id, employeeId: $employee, result: CALLING, idempotencyKey: "try"}) {
    attempt { result } userErrors { message } } }"""
FINISH = """mutation ($id: ID!) { callFinish(input: {
    callId: $id, outcome: TRANSFERRED, note: {name: "Jo Doe"}}) {
    call { outcome } userErrors { message } } }"""
STATISTICS = """query ($period: PeriodInput!) { callStatistics(period: $period) {
    total transferred medianWaitSeconds byResult { result count } } }"""


class Reporter:
    """The reports of the agent's phone, five seconds of the database's clock apart."""

    def __init__(self, api: Api, database: Database, system: System) -> None:
        self._api, self._database, self._system = api, database, system

    async def report(self, kind: str, **values: object) -> str:
        """Send an event; return the call's id."""
        body = message(type=f"call.{kind}", call="sip-1", to=NUMBER, **values)
        url = webhook_url(self._api.services.settings.origin, self._system.id)
        request = signed(PhoneDriver.GENERIC, self._system.secret, body, self._api.clock.now(), url=url)
        path = f"/phone/{public_id('PhoneSystem', self._system.id)}"
        response = await self._api.http.post(path, content=body, headers=dict(request.headers))
        assert (response.status_code, response.json()["result"]) == (200, "APPLIED"), kind
        await self._database.clock.advance(timedelta(seconds=5))
        call_id: str = response.json()["call"]
        return call_id


class Desk:
    """The agent's work: three phones, what the agent's one reports, and what the agent does in the API."""

    def __init__(self, reporter: Reporter, agent: Client, employee_id: str) -> None:
        self.report = reporter.report
        self._agent, self._employee = agent, employee_id
        self.call_id = ""

    async def ask(self, document: str) -> Json:
        """Carry out a mutation about the call; return its payload."""
        (payload,) = (await self._agent.ask(document, id=self.call_id, employee=self._employee)).data.values()
        assert payload["userErrors"] == []
        return payload  # type: ignore[no-any-return]

    async def state(self) -> str:
        """Return the state that the agent sees."""
        answer = await self._agent.ask(CALL, id=self.call_id)
        return str(answer.data["node"]["state"])

    async def answers(self, caller: SipPhone, phone: SipPhone) -> None:
        """The agent's phone rings, and the agent answers."""
        await caller.tell(f"dial sip:{NUMBER}@127.0.0.1:{phone.port}")
        assert CALLER in str((await phone.hears("incoming"))["peer"])
        self.call_id = await self.report("ringing", from_=CALLER)
        await caller.hears("ringing", 1)
        answered = await self.ask(ANSWER)
        assert answered["call"]["script"]["greeting"]
        await phone.tell("answer 1")
        await phone.hears("established", 1)
        await caller.hears("established", 1)
        await self.report("answered", leg="agent", user="agent1")

    async def consults(self, caller: SipPhone, phone: SipPhone, employee: SipPhone) -> None:
        """The caller is put on hold, and the employee answers the agent."""
        await phone.tell("hold 1")
        await caller.hears("held", 1)
        await self.ask(TRANSFER)
        await phone.tell(f"dial {employee.uri}")
        await employee.hears("incoming", 1)
        await self.report("consulting", leg="employee", target=EXTENSION)
        assert await self.state() == "CONSULTING"
        await employee.tell("answer 1")
        await phone.hears("established", 2)
        await self.report("answered", leg="employee", target=EXTENSION)

    async def transfers(self, caller: SipPhone, phone: SipPhone, employee: SipPhone) -> None:
        """The caller's phone calls the employee's, whose call with the agent it replaces (RFC 3891)."""
        await phone.tell("transfer 1 2")
        assert CALLER in str((await employee.hears("incoming", 2))["peer"])
        await employee.tell("answer 2")
        await caller.hears("redialled", 2)
        await caller.hears("established", 2)
        await phone.hears("closed", 1)
        await self.report("hungUp", leg="agent", user="agent1")
        assert await self.state() == "TRANSFERRED"
        assert (await self.ask(FINISH))["call"] == {"outcome": "TRANSFERRED"}


@pytest.mark.skipif(MISSING is not None, reason=MISSING or "")
async def test_a_call_by_sip_is_put_through_and_told_by_mail_and_statistics(
    api: Api, called: Called, database: Database
) -> None:
    vendor, user = called.clients[Kind.OWNER], called.place.agent.user_id
    assert user is not None
    system_id = await make_system(called.place.operator, users=[("agent1", user)])
    reporter = Reporter(api, database, await system_of(system_id))
    desk = Desk(reporter, called.clients[Kind.AGENT], called.id("agnes"))
    async with (
        sip_phone(CALLER) as caller,
        sip_phone("agent1") as phone,
        sip_phone(EXTENSION) as employee,
    ):
        await desk.answers(caller, phone)
        await desk.consults(caller, phone, employee)
        await desk.transfers(caller, phone, employee)
        await database.clock.advance(timedelta(seconds=55))
        await caller.tell("hangup 2")
        await employee.hears("closed", 2)
        await desk.report("hungUp", leg="employee", target=EXTENSION)
        await desk.report("hungUp", cause="normal")

    call: Json = (await vendor.ask(CALL, id=desk.call_id)).data["node"]
    assert (call["caller"], call["transferredSeconds"]) == (CALLER, 60)
    assert call["agent"] is not None
    (attempt,) = call["attempts"]
    agnes = {"displayName": "Agnes Tellier"}
    assert attempt == {"result": "ACCEPTED", "measured": True, "employee": agnes}
    period = {"from": START.isoformat(), "to": (START + timedelta(days=1)).isoformat()}
    statistics = (await vendor.ask(STATISTICS, period=period)).data["callStatistics"]
    assert (statistics["total"], statistics["transferred"], statistics["medianWaitSeconds"]) == (1, 1, 5)
    await send_all(FakeChannel())
    (mail, copy) = await dispatches(MessageTemplate.CALL_TRANSFERRED)
    assert {mail["state"], copy["state"]} == {"SENT"}
