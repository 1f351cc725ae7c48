"""Input about employees that is refused with its code and field, or stored with a warning."""

import asyncio
from typing import cast

from models.base.database import connection, fetch
from schema.graphql.ids import write_id
from tests.schema.calls.conftest import CALLER, Called
from tests.schema.calls.inputs import changes, refused, set_up, warnings
from tests.support.api import Json
from tests.support.calls import make_absence, make_employee, make_secretariat
from tests.support.concurrency import holding
from tests.support.database import Database
from tests.support.marketplace import START
from tests.support.mutation_calls import call, refusals
from tests.support.viewers import Kind

SECRETARIAT = "SELECT FROM secretariat WHERE id = $1 FOR UPDATE"


async def test_a_transfer_without_an_extension_is_stored_with_a_warning(called: Called) -> None:
    """S4.15: the route says why."""
    [said] = await warnings(called, extension=None, transfer="ALL")
    assert "only with an extension" in said
    preview = """query ($id: ID!) { callRoutePreview(input: {employeeId: $id}) {
        routes { routes { decision { ruleId } } } } }"""
    answer = await called.clients[Kind.OWNER].ask(preview, id=called.id("agnes"))
    [route] = answer.data["callRoutePreview"]["routes"]["routes"]
    assert route["decision"]["ruleId"] == "no_extension"


async def test_transfers_without_the_plan_are_stored_and_work_after_an_upgrade(called: Called) -> None:
    """S4.15, S4.16."""
    operator, vendor = called.clients[Kind.OPERATOR], called.clients[Kind.OWNER]
    of_set_up = {"secretariatId": write_id("Secretariat", called.secretariat)}

    async def plan(*, transfers: bool) -> None:
        given = {**of_set_up, **await set_up(called, transferIncluded=transfers)}
        assert refusals(await call(operator, "secretariatUpdate", given)) == []

    async def rule() -> str:
        document = """query ($id: ID!) { callRoutePreview(input: {employeeId: $id}) {
            routes { routes { decision { ruleId } } } } }"""
        found = (await vendor.ask(document, id=called.id("agnes"))).data["callRoutePreview"]
        name: str = found["routes"]["routes"][0]["decision"]["ruleId"]
        return name

    await plan(transfers=False)
    [said] = await warnings(called, transfer="ALL", extension="+493023125109", vipSmsNotification=True)
    assert "need a plan with transfer" in said
    assert await rule() == "plan_without_transfer"
    await plan(transfers=True)
    assert await rule() == "takes_all"
    own = await refused(called, "secretariatUpdate", await set_up(called, transferIncluded=False))
    assert own[0] == [("FORBIDDEN", "transferIncluded")]


async def test_text_messages_need_a_mobile_number(called: Called) -> None:
    """S4.12: a fixed line is none, and a number that the plan does not know is accepted with a warning."""
    missing = await refused(called, "employeeUpdate", changes(called, "bea", smsNotification=True))
    assert missing[0] == [("REQUIRED", "mobile")]
    fixed = await refused(called, "employeeUpdate", changes(called, "bea", mobile="030 23125 100"))
    assert fixed[0] == [("INVALID", "mobile")]
    for short in ("110", "112", "116117"):
        assert (await refused(called, "employeeUpdate", changes(called, "bea", mobile=short)))[0] == [
            ("INVALID", "mobile")
        ]
    [said] = await warnings(called, mobile="+49170123456789")
    assert "numbering plan does not know" in said
    document = "query ($id: ID!) { node(id: $id) { ... on Employee { mobileWarning } } }"
    seen = {
        kind: (await called.clients[kind].ask(document, id=called.id("agnes"))).data["node"]
        for kind in (Kind.OWNER, Kind.MEMBER, Kind.AGENT)
    }
    assert seen == {
        Kind.OWNER: {"mobileWarning": said},
        Kind.MEMBER: {"mobileWarning": said},
        Kind.AGENT: {"mobileWarning": None},
    }
    other = await called.clients[Kind.OWNER].ask(document, id=called.id("own"))
    assert other.data["node"] == {"mobileWarning": None}


async def test_a_deputy_is_somebody_else_of_the_company_without_a_circle(called: Called) -> None:
    """S4.13."""
    own, said = await refused(called, "employeeUpdate", changes(called, "agnes", deputyId=called.id("agnes")))
    assert own == [("CONFLICT", "deputyId")]
    assert "Agnes Tellier → Agnes Tellier" in said
    circle, said = await refused(
        called, "employeeUpdate", changes(called, "agnes", deputyId=called.id("bea"))
    )
    assert circle == [("CONFLICT", "deputyId")]
    assert "Agnes Tellier → Bea Urlaub → Agnes Tellier" in said
    gone = {"employeeId": called.id("cleo"), "expectedVersion": 1}
    assert refusals(await call(called.clients[Kind.OWNER], "employeeDelete", gone)) == []
    removed, said = await refused(
        called, "employeeUpdate", changes(called, "agnes", deputyId=called.id("cleo"))
    )
    assert removed == [("CONFLICT", "deputyId")]
    assert "Cleo Vip was removed" in said
    await make_secretariat(called.place, called.place.other_vendor.id, numbers=())
    rival = await make_employee(called.place.other_vendor.owner, "Eve Rival")
    foreign, said = await refused(
        called, "employeeUpdate", changes(called, "agnes", deputyId=write_id("Employee", rival))
    )
    assert foreign == [("NOT_FOUND", "deputyId")]
    assert "Eve" not in said


async def test_two_edits_at_the_same_time_cannot_close_a_circle_of_deputies(called: Called) -> None:
    given = [
        changes(called, "agnes", deputyId=called.id("cleo")),
        changes(called, "cleo", deputyId=called.id("agnes")),
    ]
    clients = (called.clients[Kind.OWNER], called.clients[Kind.MEMBER])
    payloads = await asyncio.gather(
        *(call(client, "employeeUpdate", one) for client, one in zip(clients, given, strict=True))
    )
    assert sorted(map(refusals, payloads)) == [[], [("CONFLICT", "deputyId")]]


async def test_a_sub_account_finds_no_other_employee_and_may_not_see_or_change_vips(called: Called) -> None:
    """S4.14: not even by the ids of its own company."""
    me = called.clients[Kind.EMPLOYEE]
    [vip, *_] = await fetch(connection(), "SELECT id FROM vip_caller")
    [appointment] = await fetch(connection(), "SELECT id FROM appointment")
    node = "query ($id: ID!) { node(id: $id) { id } }"
    for kind, row_id in (
        ("Employee", called.agnes),
        ("VipCaller", vip["id"]),
        ("Appointment", appointment["id"]),
        ("Secretariat", called.secretariat),
    ):
        assert (await me.ask(node, id=write_id(kind, row_id))).data["node"] is None, kind
    text = {"employeeId": called.id("agnes"), "expectedVersion": 1, "text": "gone"}
    assert (await refused(called, "absenceTextSet", text, Kind.EMPLOYEE))[0] == [("NOT_FOUND", "employeeId")]
    gone = {"appointmentId": write_id("Appointment", appointment["id"]), "expectedVersion": 1}
    assert (await refused(called, "appointmentDelete", gone, Kind.EMPLOYEE))[0] == [
        ("NOT_FOUND", "appointmentId")
    ]
    given = {"number": CALLER, "name": "x", "note": "", "idempotencyKey": "k"}
    assert (await refused(called, "vipCallerSet", given, Kind.EMPLOYEE))[0][0][0] == "FORBIDDEN"


async def test_a_sub_account_sees_the_own_row_with_its_appointments_only(called: Called) -> None:
    """Neither entries about callers nor the deputy are part of it."""
    owner = called.place.vendor.owner
    await make_absence(owner, called.own, START.date(), START.date())
    await fetch(connection(), "UPDATE employee SET deputy_id = $2 WHERE id = $1", called.own, called.agnes)
    given = {"employeeId": called.id("own"), "number": "+493023125777", "name": "Jo", "note": "Secret."}
    await call(called.clients[Kind.OWNER], "vipCallerSet", {**given, "idempotencyKey": "k"})
    document = """{ viewer { employee { displayName position availability { state said }
        appointments { nodes { text } } vipCallers { nodes { id } totalCount } deputy { id }
        email cc mobile extension mobileWarning user { id } secretariat { id } } } }"""
    found = (await called.clients[Kind.EMPLOYEE].ask(document)).data["viewer"]["employee"]
    assert found == {
        "displayName": "Dora Self",
        "position": None,
        "availability": {"state": "AWAY", "said": "im Urlaub"},
        "appointments": {"nodes": [{"text": "im Urlaub"}]},
        "vipCallers": {"nodes": [], "totalCount": 0},
        **dict.fromkeys(
            ("deputy", "email", "cc", "mobile", "extension", "mobileWarning", "user", "secretariat")
        ),
    }


async def test_an_employee_removed_meanwhile_is_not_invited_or_changed(
    called: Called, database: Database
) -> None:
    """Both wait for the edit that removes the employee."""
    owner, employee = called.clients[Kind.OWNER], called.id("cleo")
    invitation = {"employeeId": employee, "email": "cleo.fake@x.example", "idempotencyKey": "k"}
    hours = {"employeeId": employee, "expectedVersion": 1, "hours": []}
    async with holding(database.url, SECRETARIAT, called.secretariat) as meeting:
        await meeting.join(call(owner, "employeeAccessCreate", invitation))
        await meeting.join(call(owner, "weeklyHoursSet", hours))
        await meeting.holder.execute("UPDATE employee SET removed_at = now() WHERE id = $1", called.cleo)
    for payload in await meeting.outcomes():
        assert refusals(cast("Json", payload)) == [("NOT_FOUND", "employeeId")]
