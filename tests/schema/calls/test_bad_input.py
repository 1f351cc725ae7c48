"""Input that is refused: with its code and field, and nothing changes; or stored with a warning."""

import asyncio
from datetime import timedelta
from typing import cast

import pytest

from models.base.database import connection, fetch
from models.calls import appointments
from models.calls.limits import MOST_COVERED_EMPLOYEES
from schema.graphql.ids import write_id
from tests.schema.calls.conftest import CALLER, Called
from tests.support.api import Json
from tests.support.calls import make_absence, make_employee, make_secretariat, version_of
from tests.support.concurrency import holding
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import START
from tests.support.mutation_calls import attempt, call, refusals
from tests.support.viewers import Kind

THEIRS = "+493023125200"
NUL = "[Vorname]\0"
SECRETARIAT = "SELECT FROM secretariat WHERE id = $1 FOR UPDATE"
Codes = list[tuple[str, str]]


async def refused(called: Called, name: str, given: Json, kind: Kind = Kind.OWNER) -> tuple[Codes, str]:
    """Call a mutation that is refused; return the codes with fields and the first message."""
    before = await snapshot(connection())
    payload = await call(called.clients[kind], name, given)
    assert await snapshot(connection()) == before
    return refusals(payload), payload["userErrors"][0]["message"]


async def set_up(called: Called, **given: object) -> Json:
    """Return the input of `secretariatUpdate`, with the version of now."""
    return {"expectedVersion": await version_of("secretariat", called.secretariat), **given}


async def numbers(called: Called, *plain: str, blocks: tuple[str, ...] = ()) -> Json:
    """Return the input of `secretariatNumbersSet` for the vendor."""
    return await set_up(
        called,
        secretariatId=write_id("Secretariat", called.secretariat),
        phoneNumbers=list(plain),
        numberBlocks=list(blocks),
    )


def changes(called: Called, name: str, **given: object) -> Json:
    """Return the input of `employeeUpdate`, of an employee who was not changed yet."""
    return {"employeeId": called.id(name), "expectedVersion": 1, **given}


async def warnings(called: Called, **given: object) -> list[str]:
    """Change Agnes, and return the warnings."""
    payload = await call(
        called.clients[Kind.OWNER], "employeeUpdate", changes(called, "agnes", **given), "warnings"
    )
    assert refusals(payload) == []
    found: list[str] = payload["warnings"]
    return found


@pytest.mark.parametrize(
    ("greeting", "found", "nearest"),
    [
        ("Mein Name ist [Vorname Nachname].", "“[Vorname Nachname]”", "[Vorname, Nachname]"),
        ("Mein Name ist [Name].", "“[Name]”", "[Vorname, Nachname]"),
        ("{Vorname} am Apparat.", "“{Vorname}”", "[Vorname]"),
        ("Guten Tag.", "no placeholder", "[Vorname, Nachname]"),
    ],
)
async def test_a_greeting_without_a_placeholder_is_refused_with_the_nearest_one(
    called: Called, greeting: str, found: str, nearest: str
) -> None:
    """S4.3."""
    codes, message = await refused(called, "secretariatUpdate", await set_up(called, greeting=greeting))
    assert codes == [("INVALID", "greeting")]
    assert found in message
    assert nearest in message


@pytest.mark.parametrize(
    ("field", "text", "limit"),
    [
        ("greeting", "[Vorname]" + "x" * 992, "1000"),
        ("handlingInstruction", "x" * 5_001, "5000"),
        ("greeting", NUL, None),
        ("handlingInstruction", NUL, None),
        ("greeting", "[Vorname]\u0007", None),
        ("handlingInstruction", "Ring\u202ethem", None),
    ],
)
async def test_texts_have_a_limit_and_no_control_characters(
    called: Called, field: str, text: str, limit: str | None
) -> None:
    codes, message = await refused(called, "secretariatUpdate", await set_up(called, **{field: text}))
    assert codes == [("INVALID", field)]
    assert limit is None or limit in message.replace(",", "")


async def test_an_instruction_of_5000_characters_is_stored(called: Called) -> None:
    given = await set_up(called, handlingInstruction="x" * 5_000, greeting="[Vorname]" + "x" * 991)
    assert refusals(await call(called.clients[Kind.OWNER], "secretariatUpdate", given)) == []


async def test_a_number_of_another_company_is_a_conflict_that_does_not_say_whose(called: Called) -> None:
    """Also a block that contains it, and a number within a block."""
    other = await make_secretariat(called.place, called.place.other_vendor.id, numbers=(THEIRS,))
    for given in (await numbers(called, THEIRS), await numbers(called, blocks=("+49302312520",))):
        codes, message = await refused(called, "secretariatNumbersSet", given, Kind.OPERATOR)
        assert codes == [("CONFLICT", "phoneNumbers")]
        assert THEIRS not in message
        assert "Fake" not in message
    operator = called.clients[Kind.OPERATOR]
    mine = await numbers(called, blocks=("+4930231251",))
    assert refusals(await call(operator, "secretariatNumbersSet", mine)) == []
    within = {
        "secretariatId": write_id("Secretariat", other),
        "expectedVersion": 1,
        "phoneNumbers": ["+493023125155"],
        "numberBlocks": [],
    }
    codes, _ = await refused(called, "secretariatNumbersSet", within, Kind.OPERATOR)
    assert codes == [("CONFLICT", "phoneNumbers")]


async def test_a_short_block_is_refused(called: Called) -> None:
    codes, _ = await refused(
        called, "secretariatNumbersSet", await numbers(called, blocks=("+493023",)), Kind.OPERATOR
    )
    assert codes == [("INVALID", "numberBlocks")]


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


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ({"startsAt": "2026-03-09T10:00:00Z", "endsAt": "2026-03-09T09:00:00Z"}, "endsAt"),
        ({"startsAt": "2026-03-09T10:00:00Z", "endsAt": "2026-03-09T10:00:00Z"}, "endsAt"),
        ({"firstDay": "2026-03-09", "lastDay": "2026-03-08"}, "lastDay"),
        ({"firstDay": "2026-03-09", "lastDay": "2029-03-09"}, "lastDay"),
        ({"firstDay": "2026-03-09", "endsAt": "2026-03-09T10:00:00Z"}, "startsAt"),
        (
            {"firstDay": "2026-03-09", "lastDay": "2026-03-09", "endsAt": "2026-03-09T10:00:00Z"},
            "startsAt",
        ),
        ({"firstDay": "2025-02-01", "lastDay": "2025-02-28"}, "lastDay"),
    ],
)
async def test_an_appointment_is_days_or_instants_in_order_and_not_too_long(
    called: Called, times: Json, field: str
) -> None:
    """S4.21."""
    given = {"employeeId": called.id("agnes"), "text": "away", "idempotencyKey": "k", **times}
    assert (await refused(called, "appointmentSet", given))[0] == [("INVALID", field)]


async def test_an_appointment_of_a_calendar_is_changed_in_the_calendar(called: Called) -> None:
    appointment = await make_absence(
        called.place.vendor.owner, called.agnes, START.date(), START.date() + timedelta(days=1)
    )
    await fetch(connection(), "UPDATE appointment SET source = 'CALENDAR' WHERE id = $1", appointment)
    of_calendar = {"appointmentId": write_id("Appointment", appointment), "expectedVersion": 1}
    days = {"text": "x", "firstDay": "2026-03-09", "lastDay": "2026-03-09"}
    for name, given in (("appointmentDelete", of_calendar), ("appointmentSet", {**of_calendar, **days})):
        assert (await refused(called, name, given))[0] == [("INVALID", "appointmentId")]


async def test_an_instant_has_an_offset_so_every_one_exists_once(called: Called) -> None:
    """02:30 on 29 March 2026 does not exist in Berlin, and on 25 October it exists twice."""
    given = {"employeeId": called.id("agnes"), "text": "away", "idempotencyKey": "k"}
    local = {**given, "startsAt": "2026-03-29T02:30:00", "endsAt": "2026-03-29T04:00:00"}
    answer = await attempt(called.clients[Kind.OWNER], "appointmentSet", local)
    assert set(answer.codes) == {"BAD_USER_INPUT"}


@pytest.mark.parametrize(
    ("day", "begin", "end"),
    [
        ("2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        ("2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
    ],
)
async def test_a_whole_day_lasts_23_or_25_hours_when_clocks_change(
    called: Called, day: str, begin: str, end: str
) -> None:
    given = {"employeeId": called.id("agnes"), "text": "away", "idempotencyKey": "k"}
    payload = await call(
        called.clients[Kind.OWNER],
        "appointmentSet",
        {**given, "firstDay": day, "lastDay": day},
        "appointment { startsAt endsAt }",
    )
    assert payload["appointment"] == {"startsAt": begin, "endsAt": end}


async def test_a_new_time_zone_moves_whole_days_and_no_instants(called: Called) -> None:
    client = called.clients[Kind.OWNER]
    timed = {"startsAt": "2026-04-01T08:00:00Z", "endsAt": "2026-04-01T09:00:00Z"}
    given = {"employeeId": called.id("cleo"), "text": "away"}
    for key, times in (("days", {"firstDay": "2026-03-30", "lastDay": "2026-03-31"}), ("timed", timed)):
        payload = await call(client, "appointmentSet", {**given, **times, "idempotencyKey": key})
        assert refusals(payload) == []
    await call(client, "secretariatUpdate", await set_up(called, timeZone="Europe/Bucharest"))
    document = """query ($id: ID!) { node(id: $id) { ... on Employee {
        appointments { nodes { startsAt endsAt firstDay lastDay } } } } }"""
    found = (await client.ask(document, id=called.id("cleo"))).data["node"]["appointments"]["nodes"]
    assert found == [
        {
            "startsAt": "2026-03-29T21:00:00Z",
            "endsAt": "2026-03-31T21:00:00Z",
            "firstDay": "2026-03-30",
            "lastDay": "2026-03-31",
        },
        {**timed, "firstDay": None, "lastDay": None},
    ]


async def test_a_vip_number_that_is_there_is_a_conflict_with_the_id_of_its_entry(called: Called) -> None:
    """S4.22: in any notation."""
    rows = await fetch(connection(), "SELECT id FROM vip_caller WHERE number = $1", CALLER)
    given = {"number": "030 / 90 18 20", "block": True, "name": "Again", "note": "", "idempotencyKey": "k"}
    codes, message = await refused(called, "vipCallerSet", given)
    assert codes == [("CONFLICT", "number")]
    assert write_id("VipCaller", rows[0]["id"]) in message


async def test_a_stale_version_is_refused_everywhere(called: Called) -> None:
    client = called.clients[Kind.OWNER]
    entry = await call(
        client,
        "faqEntrySet",
        {"question": "Open?", "answer": "Yes.", "idempotencyKey": "k"},
        "faqEntry { id }",
    )
    [vip, *_] = await fetch(connection(), "SELECT id FROM vip_caller")
    [appointment] = await fetch(connection(), "SELECT id FROM appointment")
    employee, other = {"employeeId": called.id("agnes")}, {"text": "x", "firstDay": "2026-03-09"}
    ids = {
        "appointmentId": write_id("Appointment", appointment["id"]),
        "vipCallerId": write_id("VipCaller", vip["id"]),
        "faqEntryId": entry["faqEntry"]["id"],
    }
    calls: dict[str, Json] = {
        "secretariatUpdate": {"greeting": "[Vorname]"},
        "secretariatConfirm": {},
        "employeeUpdate": {**employee, "position": "x"},
        "employeeDelete": employee,
        "weeklyHoursSet": {**employee, "hours": []},
        "absenceTextSet": {**employee, "text": "x"},
        "appointmentSet": {"appointmentId": ids["appointmentId"], **other, "lastDay": "2026-03-09"},
        "appointmentDelete": {"appointmentId": ids["appointmentId"]},
        "vipCallerSet": {"vipCallerId": ids["vipCallerId"], "number": CALLER, "name": "x", "note": ""},
        "vipCallerDelete": {"vipCallerId": ids["vipCallerId"]},
        "faqEntrySet": {"faqEntryId": ids["faqEntryId"], "question": "x", "answer": "x"},
        "faqEntryDelete": {"faqEntryId": ids["faqEntryId"]},
    }
    for name, given in calls.items():
        codes, _ = await refused(called, name, {**given, "expectedVersion": 99})
        assert codes == [("STALE_VERSION", "expectedVersion")], name


async def test_of_two_edits_with_one_version_one_is_stale(called: Called) -> None:
    client = called.clients[Kind.OWNER]
    given = [changes(called, "agnes", position=text) for text in ("one", "other")]
    payloads = await asyncio.gather(*(call(client, "employeeUpdate", one) for one in given))
    assert sorted(map(refusals, payloads)) == [[], [("STALE_VERSION", "expectedVersion")]]


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


async def test_coverage_of_too_many_employees_is_refused(called: Called) -> None:
    """Before anything is computed."""
    await fetch(
        connection(),
        """INSERT INTO employee (id, secretariat_id, version, first_name, last_name, sort_key, email, cc,
                                 sms_tick, vip_sms_tick, wish, made_at)
           SELECT gen_random_uuid(), $1, 1, '', 'N', 'n', 'n@vendor.example', '{}', false, false, 'NONE',
                  leadgate_clock() FROM generate_series(1, $2::int)""",
        called.secretariat,
        MOST_COVERED_EMPLOYEES + 1,
    )
    document = "query ($i: CallCoverageInput!) { callCoverage(input: $i) { reachableSeconds } }"
    period = {"from": "2026-03-02T00:00:00Z", "to": "2026-03-03T00:00:00Z"}
    answer = await called.clients[Kind.OWNER].ask(document, i={"period": period})
    assert answer.codes == ["LIMIT_EXCEEDED"]


async def test_a_foreign_number_finds_nothing_for_the_company_and_theirs_for_agents(called: Called) -> None:
    await make_secretariat(called.place, called.place.other_vendor.id, numbers=(THEIRS,))
    document = "query ($n: PhoneNumber!) { secretariat(phoneNumber: $n) { vendor { name } } }"
    seen = {
        kind: (await called.clients[kind].ask(document, n=THEIRS)).data["secretariat"]
        for kind in (Kind.OWNER, Kind.MEMBER, Kind.EMPLOYEE, Kind.AGENT)
    }
    theirs = {"vendor": {"name": "Other Fake Vendor Ltd"}}
    assert seen == {Kind.OWNER: None, Kind.MEMBER: None, Kind.EMPLOYEE: None, Kind.AGENT: theirs}


async def test_only_owners_and_operators_read_who_changed_what(called: Called) -> None:
    """With the user of the company who did it, and never with values."""
    document = """query ($id: ID!) { node(id: $id) { ... on Secretariat {
        changes { nodes { by { name } fields } } } } }"""
    seen = {
        kind: (
            (await client.ask(document, id=write_id("Secretariat", called.secretariat))).data["node"] or {}
        ).get("changes")
        for kind, client in called.clients.items()
        if kind is not Kind.ANONYMOUS
    }
    assert {kind for kind, found in seen.items() if found is not None} == {Kind.OWNER, Kind.OPERATOR}
    who = [one["by"] for one in (seen[Kind.OWNER] or {})["nodes"]]
    assert who[-1] is None  # an operator created it
    assert {"name": "Owner Fake"} in who
    [change, *_] = await fetch(connection(), "SELECT id FROM secretariat_change")
    for kind in (Kind.OWNER, Kind.MEMBER):
        answer = await called.clients[kind].ask(
            "query ($id: ID!) { node(id: $id) { id } }", id=write_id("SecretariatChange", change["id"])
        )
        assert (answer.data["node"] is not None) == (kind is Kind.OWNER)


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


@pytest.mark.parametrize("place", ["GB-ENGLAND", "AUT", "DE-", "DE-B\u00c9"])
async def test_a_place_with_holidays_is_a_country_or_a_part_of_one(called: Called, place: str) -> None:
    """In two letters, because it also says how national numbers are read."""
    codes, _ = await refused(called, "secretariatUpdate", await set_up(called, holidaysOf=place))
    assert codes == [("INVALID", "holidaysOf")]


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
async def test_an_instant_at_the_end_of_the_calendar_is_refused(called: Called, at: str) -> None:
    """The others of the list are answered."""
    answer = await called.clients[Kind.OWNER].ask(
        """query ($at: DateTime!) {
            now: secretariat { employees(first: 1) { nodes { availability { state } } } }
            one: secretariat { employees(first: 1) { nodes { availability(at: $at) { state } } } }
            all: secretariat { employees(first: 1, at: $at) { nodes { availability { state } } } }
        }""",
        at=at,
    )
    assert answer.codes == ["INVALID", "INVALID"]
    assert answer.body["data"]["now"]["employees"]["nodes"] == [{"availability": {"state": "PRESENT"}}]


async def test_coverage_at_the_end_of_the_calendar_is_refused(called: Called) -> None:
    for period in (
        {"from": "9999-12-20T00:00:00Z", "to": "9999-12-31T23:59:59Z"},
        {"from": "0001-01-01T00:00:00Z", "to": "0001-01-02T00:00:00Z"},
    ):
        answer = await called.clients[Kind.OWNER].ask(
            "query ($p: PeriodInput!) { callCoverage(input: {period: $p}) { expectedSeconds } }", p=period
        )
        assert answer.codes == ["INVALID"]


async def test_an_employee_has_a_limited_number_of_appointments(
    called: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those that an employee with a sub-account adds."""
    monkeypatch.setattr(appointments, "MOST_APPOINTMENTS", 1)
    given = {
        "employeeId": called.id("own"),
        "text": "away",
        "reachable": False,
        "firstDay": "2026-03-09",
        "lastDay": "2026-03-09",
    }
    first = await call(called.clients[Kind.EMPLOYEE], "appointmentSet", {**given, "idempotencyKey": "1"})
    assert refusals(first) == []
    codes, _ = await refused(called, "appointmentSet", {**given, "idempotencyKey": "2"}, Kind.EMPLOYEE)
    assert codes == [("LIMIT_EXCEEDED", "employeeId")]


async def test_statistics_of_the_last_days_of_the_calendar_are_empty(called: Called) -> None:
    answer = await called.clients[Kind.OWNER].ask(
        "query ($p: PeriodInput!) { callStatistics(period: $p) { total } }",
        p={"from": "9999-12-01T00:00:00Z", "to": "9999-12-31T23:59:59Z"},
    )
    assert answer.data["callStatistics"]["total"] == 0


async def test_erasing_a_caller_is_the_newest_change(called: Called) -> None:
    owner = called.clients[Kind.OWNER]
    erased = {"phone": "+493023125900", "reason": "asked for it", "idempotencyKey": "k"}
    assert refusals(await call(owner, "callerErase", erased)) == []
    await call(owner, "absenceTextSet", {"employeeId": called.id("agnes"), "expectedVersion": 1, "text": "x"})
    changed = await owner.ask("{ secretariat { changes(first: 2) { nodes { fields } } } }")
    nodes = changed.data["secretariat"]["changes"]["nodes"]
    assert [one["fields"] for one in nodes] == [["absenceText"], ["deleted"]]


async def test_an_operator_erases_a_caller_of_all_companies_by_an_international_number(
    called: Called,
) -> None:
    given = {"phone": "030 23125900", "reason": "asked for it", "idempotencyKey": "k"}
    codes, message = await refused(called, "callerErase", given, Kind.OPERATOR)
    assert codes == [("INVALID", "phone")]
    assert "+" in message
    given["phone"] = "+49 30 23125900"
    erased = await call(called.clients[Kind.OPERATOR], "callerErase", given, "vipCallers")
    assert erased["vipCallers"] == 1
