"""`callExport`: what the file says, what it leaves out, and when it is gone."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from models.base.database import connection, fetch
from models.calls import export_calls
from models.calls.call_tables import TransferResult
from models.calls.erase_caller import erase_caller
from rules.calls.call_mail import CallOutcome
from tests.schema.calls.conftest import Called
from tests.support.api import Api, Client, Json
from tests.support.database import Database
from tests.support.marketplace import START
from tests.support.mutation_calls import call, refusals
from tests.support.stored_calls import StoredCall, remove_calls, store_calls
from tests.support.viewers import Kind

FILE = "file { id kind name size url }"
PERIOD = {"from": "2026-03-01T00:00:00Z", "to": "2026-03-20T00:00:00Z"}
ANSWERED = START + timedelta(seconds=7)


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def _removed(called: Called) -> AsyncIterator[None]:
    yield
    await remove_calls()


async def store(called: Called, *calls: StoredCall) -> None:
    """Write calls to the vendor's secretariat, answered by the marketplace's agent."""
    agent = called.place.agent.user_id
    assert agent is not None
    await store_calls(called.secretariat, called.place.market.policy_id, agent, calls)


async def exported(client: Client, **given: object) -> Json:
    """Export and return the file."""
    payload = await call(client, "callExport", {"period": PERIOD, "format": "CSV", **given}, FILE)
    assert refusals(payload) == []
    found: Json = payload["file"]
    return found


async def rows(api: Api, file: Json) -> list[list[str]]:
    """The rows of a CSV file, without the headings."""
    text = (await api.http.get(file["url"])).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))[1:]


async def test_a_row_says_what_became_of_a_call_and_no_cell_is_a_formula(called: Called, api: Api) -> None:
    """In the owner's language, with times in the company's zone and numbers that spreadsheets leave alone."""
    tries = [(called.bea, TransferResult.DECLINED), (called.agnes, TransferResult.ACCEPTED)]
    through = StoredCall(
        START, ANSWERED, ANSWERED + timedelta(minutes=2), CallOutcome.TRANSFERRED, called.bea, tries,
        concern="=HYPERLINK(\"http://bad.example\")",
    )  # fmt: skip
    withheld = StoredCall(START - timedelta(hours=1), due_at=START, caller=None)
    before = StoredCall(START - timedelta(days=10))
    await store(called, through, withheld, before)
    file = await exported(called.clients[Kind.OWNER])
    assert (file["kind"], file["name"]) == ("CALL_EXPORT", "calls-2026-03-01.csv")
    newest, older = await rows(api, file)
    assert newest[1:] == [
        "2026-03-02 10:00:00", "+49 30 23125901", "put through", "Bea Urlaub", "Agnes Tellier", "Agent Fake",
        "7", "0", "", "Jo Doe", "", "", "'=HYPERLINK(\"http://bad.example\")", "", "",
    ]  # fmt: skip
    assert older[1:5] == ["2026-03-02 09:00:00", "", "abandoned", ""]
    book = await exported(called.clients[Kind.MEMBER], format="XLSX")
    assert (await api.http.get(book["url"])).content.startswith(b"PK")


async def test_a_forgotten_call_is_a_row_without_caller_and_note(called: Called, api: Api) -> None:
    ended = StoredCall(START, ANSWERED, ANSWERED, CallOutcome.MESSAGE_TAKEN, called.agnes, concern="A roof")
    await store(called, ended)
    await erase_caller(
        called.place.vendor.owner,
        secretariat_id=None,
        phone=ended.caller or "",
        reason="The caller asked for it.",
        idempotency_key="1",
    )
    (row,) = await rows(api, await exported(called.clients[Kind.OWNER]))
    assert row[2:6] == ["", "message taken", "Agnes Tellier", ""]
    assert row[10:] == [""] * 6


async def test_an_export_is_gone_after_ten_minutes(called: Called, api: Api, database: Database) -> None:
    file = await exported(called.clients[Kind.OWNER])
    assert (await api.http.get(file["url"])).status_code == 200
    await database.clock.advance(timedelta(minutes=10, seconds=1))
    assert (await api.http.get(file["url"])).status_code == 404


async def test_long_periods_and_too_many_calls_are_refused(
    called: Called, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Calls are read in parts; each is in the file once."""
    monkeypatch.setattr(export_calls, "_AT_A_TIME", 2)
    monkeypatch.setattr(export_calls, "MOST_EXPORTED", 4)
    calls = [StoredCall(START - timedelta(minutes=number)) for number in range(5)]
    owner = called.clients[Kind.OWNER]
    await store(called, *calls[:3])
    assert len({row[0] for row in await rows(api, await exported(owner))}) == 3
    await store(called, *calls[3:])
    for period, code in (
        (PERIOD, "LIMIT_EXCEEDED"),
        ({"from": PERIOD["from"], "to": "2027-03-03T00:00:00Z"}, "INVALID"),
        ({"from": PERIOD["to"], "to": PERIOD["from"]}, "INVALID"),
    ):
        payload = await call(owner, "callExport", {"period": period, "format": "CSV"}, FILE)
        assert refusals(payload) == [(code, "period")]
    assert len(await fetch(connection(), "SELECT FROM stored_file")) == 1


async def test_the_last_day_of_the_calendar_is_a_period_without_calls(called: Called, api: Api) -> None:
    period = {"from": "9999-12-31T00:00:00Z", "to": "9999-12-31T23:59:59Z"}
    assert await rows(api, await exported(called.clients[Kind.OWNER], period=period)) == []
