"""Input about secretariats that is refused with its code and field, and nothing changes."""

import asyncio

import pytest

from models.base.database import connection, fetch
from schema.graphql.ids import write_id
from tests.schema.calls.conftest import CALLER, Called
from tests.schema.calls.inputs import changes, numbers, refused, set_up
from tests.support.api import Json
from tests.support.calls import make_secretariat
from tests.support.mutation_calls import call, refusals
from tests.support.viewers import Kind

THEIRS = "+493023125200"
NUL = "[Vorname]\0"


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


@pytest.mark.parametrize("place", ["GB-ENGLAND", "AUT", "DE-", "DE-B\u00c9"])
async def test_a_place_with_holidays_is_a_country_or_a_part_of_one(called: Called, place: str) -> None:
    """In two letters, because it also says how national numbers are read."""
    codes, _ = await refused(called, "secretariatUpdate", await set_up(called, holidaysOf=place))
    assert codes == [("INVALID", "holidaysOf")]


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
