"""Changes through the API: what is left alone, what null clears, warnings, and an employee's own rights."""

from models.base.database import connection, fetch_one
from tests.schema.calls.conftest import EMAIL, Called
from tests.support.api import Json
from tests.support.viewers import Kind

UPDATE = """mutation ($input: EmployeeUpdateInput!) { employeeUpdate(input: $input) {
    employee { version position mobile transfer cc } warnings userErrors { code field message } } }"""
SET = """mutation ($input: AppointmentSetInput!) { appointmentSet(input: $input) {
    appointment { id version firstDay endsAt } availability { state said backOn } warnings
    userErrors { code field } } }"""


async def update(called: Called, version: int, **given: object) -> Json:
    answer = await called.clients[Kind.MEMBER].ask(
        UPDATE, input={"employeeId": called.id("agnes"), "expectedVersion": version, **given}
    )
    payload: Json = answer.data["employeeUpdate"]
    return payload


async def test_what_is_not_sent_stays_and_null_clears(called: Called) -> None:
    first = await update(called, 1, position="Head of accounts")
    assert first["employee"]["position"] == "Head of accounts"
    assert first["employee"]["mobile"] == "+491701234567"
    second = await update(called, 2, mobile=None, cc=None, transfer=None)
    assert second["employee"] == {
        "version": 3,
        "position": "Head of accounts",
        "mobile": None,
        "transfer": "ALL",
        "cc": [],
    }


async def test_a_warning_is_in_the_viewers_language(called: Called) -> None:
    saved = await update(called, 1, extension=None)
    assert saved["warnings"] == [
        "Calls can be put through only with an extension. Until then a message is taken."
    ]
    await called.clients[Kind.MEMBER].ask(
        'mutation { userSettingsUpdate(input: {locale: "de"}) { userErrors { code } } }'
    )
    saved = await update(called, 2, mobile="+49170123456789")
    assert saved["warnings"] == ["Der Nummernplan kennt diese Mobilnummer nicht. Prüfen Sie sie."]


async def test_a_stale_version_is_refused(called: Called) -> None:
    await update(called, 1, position="one")
    stale = await update(called, 1, position="other")
    assert [error["code"] for error in stale["userErrors"]] == ["STALE_VERSION"]


async def test_an_employee_maintains_the_own_absences_and_nobody_elses(called: Called) -> None:
    """S4.14: another employee is not found."""
    me = called.clients[Kind.EMPLOYEE]
    days = {"text": "im Urlaub", "firstDay": "2026-03-02", "lastDay": "2026-03-06", "idempotencyKey": "k"}
    mine = (await me.ask(SET, input={"employeeId": called.id("own"), **days})).data["appointmentSet"]
    assert mine["userErrors"] == []
    assert mine["availability"] == {"state": "AWAY", "said": "im Urlaub", "backOn": "2026-03-07"}
    assert mine["appointment"]["endsAt"] == "2026-03-06T23:00:00Z"
    theirs = (await me.ask(SET, input={"employeeId": called.id("agnes"), **days})).data["appointmentSet"]
    assert [error["code"] for error in theirs["userErrors"]] == ["NOT_FOUND"]
    other = (await me.ask(UPDATE, input={"employeeId": called.id("own"), "expectedVersion": 1})).data
    assert [error["code"] for error in other["employeeUpdate"]["userErrors"]] == ["FORBIDDEN"]


async def test_a_refused_change_changes_nothing(called: Called) -> None:
    failed = await update(called, 1, position="new", mobile="030 901820")
    assert [(error["code"], error["field"]) for error in failed["userErrors"]] == [("INVALID", ["mobile"])]
    row = await fetch_one(connection(), "SELECT position, email FROM employee WHERE id = $1", called.agnes)
    assert row is not None
    assert tuple(row) == ("Accounts", EMAIL)
