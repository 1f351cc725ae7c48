"""The demo's phone secretariat: who gets a call follows from the clock, and the README shows it."""

import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from cli.phone import DEMO_CALLER, DEMO_NUMBER, DEMO_WANTED
from models.accounts.passwords import Passwords
from models.base.database import connection, fetch
from models.base.public_id import public_id
from models.base.role import Role
from models.calls.ring import ring
from models.process.wake import Silence
from models.reconciliation import reconcile
from models.seed import people, seed
from models.seed.secretariat import COMPANY_VIP, EMPLOYEE_VIP, NUMBER, UNWANTED
from rules.messages.dispatch import DispatchChannel
from settings import Settings
from tests.support.api import Api, Client
from tests.support.database import Database
from tests.support.hashing import CHEAP
from tests.support.marketplace import START
from tests.support.messages import FakeChannel, send_all

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
LOOK = """query ($n: PhoneNumber!, $at: DateTime) { secretariat(phoneNumber: $n) {
    state greetingSpokenBy faq { answer }
    employees(at: $at) { nodes { id displayName transfer availability { state said backOn } } } } }"""
ASK = """query ($input: CallRoutePreviewInput!) { callRoutePreview(input: $input) { routes {
    standing routes { employee { displayName } decision { ruleId } } } } }"""
SUNDAY = START + timedelta(days=6)
MIRA = "Mira Osterwald"


@pytest_asyncio.fixture(loop_scope="session")
async def owner(database: Database, api: Api, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Client]:
    """The demo's vendor, in a demo that was seeded on Monday, 2 March 2026, at ten in Berlin."""
    monkeypatch.setattr(people, "Passwords", lambda: Passwords(CHEAP))
    await database.clock.set(START)
    await seed(Settings(database_url=database.url))
    yield await api.client((await people._viewer(people.VENDOR, Role.OWNER)).user_id)
    assert (await reconcile()).findings == ()


async def employees(client: Client, **given: object) -> dict[str, Any]:
    """Return the demo's employees by name."""
    found = (await client.ask(LOOK, n=NUMBER, **given)).data["secretariat"]
    return {one["displayName"]: one for one in found["employees"]["nodes"]}


async def standing_of(client: Client, caller: str, employee_id: str) -> str:
    """Return what a caller is to an employee."""
    answer = await client.ask(ASK, input={"caller": caller, "employeeId": employee_id})
    found: str = answer.data["callRoutePreview"]["routes"]["standing"]
    return found


def document_of(field: str) -> str:
    """Return the README's document that begins with this field."""
    documents = re.findall(r"^```graphql\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    (found,) = (one for one in documents if one.split("\n")[1].lstrip().startswith(f"{field}("))
    return str(found)


def answer_of(field: str) -> dict[str, Any]:
    """Return the README's response with this field."""
    answers = re.findall(r'^```json\n(\{"data".*?)^```', README, re.DOTALL | re.MULTILINE)
    (found,) = (data for data in (json.loads(one)["data"] for one in answers) if field in data)
    return dict(found)


def without_ids(value: Any) -> Any:
    """Return an answer without the ids in it."""
    if isinstance(value, list):
        return [without_ids(one) for one in value]
    if isinstance(value, dict):
        return {name: without_ids(one) for name, one in value.items() if name != "id"}
    return value


async def test_an_agent_finds_four_employees_and_until_when_one_is_away(api: Api, owner: Client) -> None:
    agent = await api.client((await people._viewer(people.AGENT, Role.AGENT)).user_id)
    found = (await agent.ask(LOOK, n=NUMBER)).data["secretariat"]
    assert (found["state"], len(found["faq"])) == ("CONFIRMED", 3)
    assert "mein Name ist Agnes Tellier." in found["greetingSpokenBy"]
    assert {
        one["displayName"]: (one["transfer"], *one["availability"].values())
        for one in found["employees"]["nodes"]
    } == {
        "Nora Dahlke": ("ALL", "PRESENT", None, None),
        "Vera Lindqvist": ("VIP_ONLY", "PRESENT", None, None),
        MIRA: ("ALL", "AWAY", "on holiday", "2026-03-16"),
        "Tomas Reinholt": ("ALL", "PRESENT", None, None),
    }


async def test_the_readmes_preview_is_the_demos_answer(owner: Client) -> None:
    document, answer = document_of("callRoutePreview"), answer_of("callRoutePreview")
    mira = (await employees(owner))[MIRA]["id"]
    given = {"employee": mira, "at": None}
    asked = (await owner.ask(document, **given)).data
    assert without_ids(asked) == without_ids(answer)
    given["at"] = SUNDAY.isoformat()
    [message] = (await owner.ask(document, **given)).data["callRoutePreview"]["routes"]["routes"]
    assert message["action"] == "TAKE_MESSAGE"


async def test_the_readmes_phone_call_runs_as_written(database: Database, api: Api, owner: Client) -> None:
    """From the command's call to the bill; a second call that nobody answers is closed after 20 seconds."""
    agent = await api.client((await people._viewer(people.AGENT, Role.AGENT)).user_id)
    given = {"dialled": DEMO_NUMBER, "caller": DEMO_CALLER, "wanted": DEMO_WANTED}
    rung = await ring(Silence(), **given)
    assert rung.closes_at - START == timedelta(seconds=20)
    call = public_id("Call", rung.id)
    answered = (await agent.ask(document_of("callAnswer"), call=call)).data
    assert without_ids(answered) == without_ids(answer_of("callAnswer"))
    first, *left = answered["callAnswer"]["call"]["routes"]["routes"]
    tried = await agent.ask(document_of("callTransferRecord"), call=call, employee=first["employee"]["id"])
    routes = tried.data["callTransferRecord"]["call"]["routes"]["routes"]
    assert [one["decision"]["ruleId"] for one in routes] == [one["decision"]["ruleId"] for one in left]
    [notice] = (await agent.ask(document_of("callFinish"), call=call)).data["callFinish"]["notices"]
    assert (notice["employee"]["displayName"], notice["smsCents"]) == (DEMO_WANTED, 10)
    assert (notice["mail"]["ruleId"], notice["sms"]["ruleId"]) == ("full_note", "vip_call")
    texts = FakeChannel(kind=DispatchChannel.SMS, charged=True)
    await send_all(texts)
    await database.clock.advance(timedelta(seconds=1))
    await ring(Silence(), **given)
    await database.clock.advance(timedelta(seconds=20))
    period = {"from": START.isoformat(), "to": (START + timedelta(days=1)).isoformat()}
    bill = (await owner.ask(document_of("calls"), period=period)).data
    assert bill["callStatistics"] == {"total": 2, "messages": 1, "abandoned": 1, "smsCents": 10}
    abandoned, taken = bill["calls"]["nodes"]
    assert (abandoned["outcome"], abandoned["flags"]) == ("ABANDONED", ["NEVER_ENDED"])
    assert [(one["channel"], one["cents"]) for one in taken["notices"]] == [("EMAIL", 0), ("SMS", 10)]
    assert bill["notifications"]["nodes"][0]["title"] == "An agent took a message for your company"


async def test_next_sunday_is_the_first_gap(owner: Client) -> None:
    """By the period and the hours that GraphiQL's example asks for."""
    given = {
        "period": {"from": START.isoformat(), "to": (START + timedelta(days=14)).isoformat()},
        "expected": [{"weekday": day, "from": "08:00", "until": "18:00"} for day in range(1, 8)],
    }
    document = """query ($input: CallCoverageInput!) { callCoverage(input: $input) {
        gaps { from to reasons { ruleId employees } } } }"""
    [gap] = (await owner.ask(document, input=given)).data["callCoverage"]["gaps"]
    assert (gap["from"], gap["to"]) == ("2026-03-08T07:00:00Z", "2026-03-08T17:00:00Z")
    assert {reason["ruleId"]: reason["employees"] for reason in gap["reasons"]} == {
        "appointment": 2,
        "outside_hours": 1,
        "vips_only": 1,
    }


async def test_the_demos_vips_are_known_to_whom_they_belong(owner: Client) -> None:
    """By a block of the company, by a number of one employee, and as unwanted."""
    found = await employees(owner)
    tomas, vera = found["Tomas Reinholt"]["id"], found["Vera Lindqvist"]["id"]
    assert await standing_of(owner, f"{COMPANY_VIP.number}17", vera) == "VIP_OF_COMPANY"
    assert await standing_of(owner, EMPLOYEE_VIP.number, tomas) == "VIP_OF_EMPLOYEE"
    assert await standing_of(owner, EMPLOYEE_VIP.number, vera) == "ORDINARY"
    assert await standing_of(owner, UNWANTED.number, tomas) == "UNWANTED"


async def test_a_later_seed_sends_the_employee_on_holiday_again(database: Database, owner: Client) -> None:
    await database.clock.advance(timedelta(days=13))
    await seed(Settings(database_url=database.url))
    assert (await employees(owner))[MIRA]["availability"]["backOn"] == "2026-03-16"
    await database.clock.advance(timedelta(days=1))
    assert (await employees(owner))[MIRA]["availability"]["state"] == "PRESENT"
    await seed(Settings(database_url=database.url))
    assert (await employees(owner))[MIRA]["availability"]["backOn"] == "2026-03-30"


async def test_the_numbers_of_the_demo_are_those_of_films(owner: Client) -> None:
    rows = await fetch(
        connection(),
        """SELECT number FROM secretariat_number UNION SELECT number FROM vip_caller
           UNION SELECT extension FROM employee UNION SELECT mobile FROM employee WHERE mobile IS NOT NULL""",
    )
    assert len(rows) == 10
    assert all(row["number"].startswith(("+493023125", "+447700900")) for row in rows)
