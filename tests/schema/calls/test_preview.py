"""Who gets a call (`callRoutePreview`), and when nobody would (`callCoverage`)."""

import pytest

from models.base.database import connection, fetch
from models.calls import facts
from models.calls import preview as preview_of_calls
from schema.graphql.ids import write_id
from tests.schema.calls.conftest import CALLER, CC, Called
from tests.support.api import Json
from tests.support.calls import make_vip
from tests.support.mutation_calls import call, refusals
from tests.support.query_recorder import recorded_statements
from tests.support.viewers import Kind

PREVIEW = """query ($input: CallRoutePreviewInput!) { callRoutePreview(input: $input) {
    at past script { greeting warnings vips { name } vip { name } askedFields { key }
        routes { routes { action } } }
    routes { standing changesAt vip { name treatment }
        routes { action hop number ringSeconds said announcement employee { displayName }
            decision { ruleId message } }
        skipped { hop said employee { displayName } decision { ruleId outcome } } } } }"""
COVERAGE = """query ($input: CallCoverageInput!) { callCoverage(input: $input) {
    reachableSeconds expectedSeconds truncated expected { from to }
    gaps { from to reasons { ruleId reason employees } } } }"""


async def preview(called: Called, **given: object) -> Json:
    answer = await called.clients[Kind.OWNER].ask(PREVIEW, input=given)
    found: Json = answer.data["callRoutePreview"]
    return found


def rules(found: Json) -> list[tuple[str, str, str | None]]:
    return [
        (route["action"], route["decision"]["ruleId"], (route["employee"] or {}).get("displayName"))
        for route in found["routes"]["routes"]
    ]


async def test_the_deputy_gets_the_call_of_an_absent_employee(called: Called) -> None:
    """S4.13, S4.21: with the reason, what the caller is told, and until when."""
    found = await preview(called, caller=CALLER + "17", employeeId=called.id("bea"))
    assert rules(found) == [
        ("TRANSFER", "deputy_takes_all", "Agnes Tellier"),
        ("TAKE_MESSAGE", "appointment", "Bea Urlaub"),
    ]
    transfer = found["routes"]["routes"][0]
    assert (transfer["number"], transfer["hop"], transfer["ringSeconds"]) == ("+493023125101", 1, 25)
    assert transfer["announcement"] == "In der Leitung ist Ministry. Darf ich durchstellen?"
    assert [one["said"] for one in found["routes"]["skipped"]] == ["im Urlaub"]
    assert found["routes"]["changesAt"] == "2026-03-08T23:00:00Z"
    assert (found["routes"]["standing"], found["routes"]["vip"]["name"]) == ("VIP_OF_COMPANY", "Ministry")


async def test_another_time_has_another_answer(called: Called) -> None:
    """The first instant after the absence; a past one is decided by what is stored now."""
    back = await preview(called, employeeId=called.id("bea"), at="2026-03-09T00:00:00+01:00")
    assert rules(back)[0] == ("TRANSFER", "takes_all", "Bea Urlaub")
    before = await preview(called, employeeId=called.id("bea"), at="2026-02-01T10:00:00+01:00")
    assert (before["past"], rules(before)[0][1]) == (True, "takes_all")


async def test_an_absence_until_the_17th_ends_with_that_day_in_the_companys_zone(called: Called) -> None:
    """S4.21: away from 1 to 17 October means back on the 18th, at the microsecond."""
    away = {
        "employeeId": called.id("agnes"),
        "text": "im Urlaub",
        "firstDay": "2026-10-01",
        "lastDay": "2026-10-17",
        "idempotencyKey": "october",
    }
    assert refusals(await call(called.clients[Kind.OWNER], "appointmentSet", away)) == []
    last = await preview(called, employeeId=called.id("agnes"), at="2026-10-17T23:59:59.999999+02:00")
    assert rules(last) == [("TAKE_MESSAGE", "appointment", "Agnes Tellier")]
    assert last["routes"]["changesAt"] == "2026-10-17T22:00:00Z"
    back = await preview(called, employeeId=called.id("agnes"), at="2026-10-18T00:00:00+02:00")
    assert rules(back)[0] == ("TRANSFER", "takes_all", "Agnes Tellier")


async def test_a_vip_gets_through_and_an_unwanted_caller_does_not(called: Called) -> None:
    """S4.15, S4 R.unwanted, S4 R.withheld."""
    vip = await preview(called, caller="030 90182-017", employeeId=called.id("cleo"))
    assert rules(vip)[0] == ("TRANSFER", "takes_vips", "Cleo Vip")
    unwanted = await preview(called, caller="+493023125900", employeeId=called.id("agnes"))
    assert rules(unwanted) == [("TAKE_MESSAGE", "unwanted_caller", "Agnes Tellier")]
    withheld = await preview(called, employeeId=called.id("cleo"))
    assert (rules(withheld)[0][1], withheld["routes"]["standing"]) == ("vips_only", "WITHHELD")


async def test_the_employees_own_entry_counts_among_more_than_an_agent_is_shown(
    called: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of the script is cut; the routes are decided by all entries towards the employee."""
    await make_vip(called.place.vendor.owner, CALLER + "17", called.agnes, name="Friend")
    for module in (facts, preview_of_calls):
        monkeypatch.setattr(module, "MOST_VIPS_SHOWN", 1)
    found = await preview(called, caller=CALLER + "17", employeeId=called.id("agnes"))
    assert [vip["name"] for vip in found["script"]["vips"]] == ["Ministry"]
    assert (found["routes"]["standing"], found["routes"]["vip"]["name"]) == ("VIP_OF_EMPLOYEE", "Friend")


async def test_a_call_for_nobody_is_noted_for_the_owner(called: Called) -> None:
    found = await preview(called, caller=CALLER)
    assert rules(found) == [("TAKE_MESSAGE", "no_extension", "Owner Fake")]
    assert found["script"]["greeting"].endswith("mein Name ist Owner Fake. Was kann ich für Sie tun?")
    assert found["script"]["warnings"] == ["The company has not confirmed its data since the last change."]
    assert [one["name"] for one in found["script"]["vips"]] == ["Ministry"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"at": "2029-01-01T00:00:00Z"}, "INVALID"),
        ({"caller": "110"}, "INVALID"),
        ({"employeeId": "nobody"}, "NOT_FOUND"),
        ({"secretariatId": "none"}, "NOT_FOUND"),
    ],
)
async def test_a_preview_is_refused_with_the_field(called: Called, given: Json, code: str) -> None:
    answer = await called.clients[Kind.OWNER].ask(PREVIEW, input=given)
    assert answer.codes == [code]


async def test_only_the_company_and_operators_preview(called: Called) -> None:
    given = {"secretariatId": write_id("Secretariat", called.secretariat)}
    codes = {kind: (await client.ask(PREVIEW, input=given)).codes for kind, client in called.clients.items()}
    assert codes == {
        Kind.ANONYMOUS: ["UNAUTHENTICATED"],
        Kind.OWNER: [],
        Kind.MEMBER: [],
        Kind.OPERATOR: [],
        Kind.OTHER_VENDOR: ["NOT_FOUND"],
        **{kind: ["FORBIDDEN"] for kind in (Kind.EMPLOYEE, Kind.PROSPECT, Kind.OTHER_PROSPECT, Kind.AGENT)},
    }
    rival = await called.clients[Kind.OTHER_VENDOR].ask(PREVIEW, input={"employeeId": called.id("agnes")})
    assert rival.codes == ["NOT_FOUND"]


async def test_a_preview_costs_a_fixed_number_of_statements(called: Called) -> None:
    document = """query ($input: CallRoutePreviewInput!) { callRoutePreview(input: $input) {
        routes { routes { action } } notices { employee { displayName } mail { ruleId } } } }"""
    client = called.clients[Kind.OWNER]
    await client.ask(document, input={})  # reads the policy, which never changes
    with recorded_statements() as one:
        await client.ask(document, input={"caller": CALLER, "employeeId": called.id("agnes")})
    with recorded_statements() as two:
        await client.ask(document, input={"caller": CALLER, "employeeId": called.id("bea")})
    assert len(one) == len(two)


NOTICES = """query ($input: CallRoutePreviewInput!) { callRoutePreview(input: $input) { notices {
    outcome employee { displayName } mail { ruleId outcome } cc sms { ruleId } smsCents } } }"""


async def told(called: Called, **given: object) -> list[tuple[str, str, str, str | None, int]]:
    answer = await called.clients[Kind.OWNER].ask(NOTICES, input=given)
    return [
        (
            one["outcome"],
            one["employee"]["displayName"],
            one["mail"]["ruleId"],
            (one["sms"] or {}).get("ruleId"),
            one["smsCents"],
        )
        for one in answer.data["callRoutePreview"]["notices"]
    ]


async def test_a_preview_says_who_would_be_told_and_what_it_costs(called: Called) -> None:
    """S4.12, S4.16, S4.19: if the deputy takes the call, and if a message is taken."""
    await fetch(
        connection(),
        "UPDATE employee SET vip_sms_tick = true, mobile = '+491701234567' WHERE removed_at IS NULL",
    )
    assert await told(called, caller=CALLER + "17", employeeId=called.id("bea")) == [
        ("TRANSFERRED", "Agnes Tellier", "after_transfer", "vip_call", 10),
        ("TRANSFERRED", "Bea Urlaub", "after_transfer", None, 0),
        ("MESSAGE_TAKEN", "Bea Urlaub", "full_note", "vip_call", 10),
    ]
    assert await told(called, caller="+493023125900", employeeId=called.id("agnes")) == [
        ("MESSAGE_TAKEN", "Agnes Tellier", "full_note", "no_vip", 0)
    ]
    (fallback,) = await told(called)
    assert fallback[:3] == ("MESSAGE_TAKEN", "Owner Fake", "full_note")


async def test_a_preview_names_who_gets_copies_of_the_email(called: Called) -> None:
    """S4.10."""
    answer = await called.clients[Kind.MEMBER].ask(NOTICES, input={"employeeId": called.id("agnes")})
    assert [one["cc"] for one in answer.data["callRoutePreview"]["notices"]] == [[CC], [CC]]


WEEK = {"from": "2026-03-02T00:00:00+01:00", "to": "2026-03-09T00:00:00+01:00"}


async def test_coverage_tells_when_nobody_would_get_a_call_and_why(called: Called) -> None:
    given = {"period": WEEK, "employeeIds": [called.id("bea"), called.id("cleo")]}
    found = (await called.clients[Kind.OWNER].ask(COVERAGE, input=given)).data["callCoverage"]
    assert found["gaps"] == [
        {
            "from": "2026-03-01T23:00:00Z",
            "to": "2026-03-08T23:00:00Z",
            "reasons": [
                {
                    "ruleId": "appointment",
                    "reason": "The employee has an appointment and is away.",
                    "employees": 1,
                },
                {
                    "ruleId": "vips_only",
                    "reason": "The employee wants only VIPs to be put through, and the caller is not one.",
                    "employees": 1,
                },
            ],
        }
    ]
    assert (found["reachableSeconds"], found["expectedSeconds"]) == (0, 7 * 86_400)
    assert found["expected"] == [{"from": "2026-03-01T23:00:00Z", "to": "2026-03-08T23:00:00Z"}]
    everybody = await called.clients[Kind.OWNER].ask(COVERAGE, input={"period": WEEK})
    assert everybody.data["callCoverage"]["gaps"] == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"period": {"from": "2026-03-02T00:00:00Z", "to": "2026-04-02T00:00:01Z"}}, "LIMIT_EXCEEDED"),
        ({"period": {"from": "2026-03-02T00:00:00Z", "to": "2026-03-02T00:00:00Z"}}, "INVALID"),
        ({"period": WEEK, "employeeIds": ["nobody"]}, "NOT_FOUND"),
        ({"period": WEEK, "expected": [{"weekday": 8, "from": "08:00", "until": "09:00"}]}, "INVALID"),
    ],
)
async def test_coverage_has_limits(called: Called, given: Json, code: str) -> None:
    assert (await called.clients[Kind.OWNER].ask(COVERAGE, input=given)).codes == [code]


async def test_only_the_company_and_operators_ask_for_coverage(called: Called) -> None:
    for kind in (Kind.EMPLOYEE, Kind.PROSPECT, Kind.AGENT):
        assert (await called.clients[kind].ask(COVERAGE, input={"period": WEEK})).codes == ["FORBIDDEN"]
