"""The desk of each role, health, and the check of public texts: every number is that of rows."""

from datetime import timedelta

import pytest

from models.applications.answer import accept
from models.base.database import connection, fetch
from models.feed.kinds import MessageTemplate
from models.messages.channels.channel import Code, Result
from models.process.wake import Silence
from models.reconciliation import ReconciliationFinding, ReconciliationReport, reconcile_since, runs
from rules.messages.retry import DispatchOutcome
from schema.graphql.ids import write_id
from tests.support.api import Json
from tests.support.database import Database
from tests.support.marketplace import HOUR, START
from tests.support.messages import FakeChannel, send_all
from tests.support.scene import Scene, complain, write_in_chat
from tests.support.viewers import SIGNED_IN, Kind

DESK = """{ viewer { desk { counts { kind count } due(first: 50) { kind dueAt
  subject { __typename id } decision { verdict ruleId } } } } }"""
# The rows that each number leads to, as its description says.
LISTS = {
    "UNREAD": "notifications(first: 100, unread: true) { totalCount nodes { id } }",
    "APPLICATIONS_WAITING": "applications(first: 100, filter: {status: PENDING}) { totalCount nodes { id } }",
    "ANSWERS_WAITING": "applications(first: 100, filter: {status: PENDING}) { totalCount nodes { id } }",
    "CHATS_UNREAD": "applications(first: 100, filter: {unread: true}) { totalCount nodes { id } }",
    "COMPLAINTS_OPEN": "complaints(first: 100, filter: {status: OPEN}) { totalCount nodes { id } }",
    "COMPLAINTS_OVERDUE": "complaints(first: 100, filter: {status: OVERDUE}) { totalCount nodes { id } }",
    "WINDOWS_ENDING": "deliveries(first: 100, filter: {windowEndsWithinDays: 7}) { totalCount nodes { id } }",
    "DISPATCHES_DEAD": "dispatches(first: 100, filter: {state: [DEAD]}) { nodes { id } }",
    "DISPATCHES_UNCERTAIN": "dispatches(first: 100, filter: {state: [UNCERTAIN]}) { nodes { id } }",
    "NOTICES_UNDELIVERED": "disclosures(first: 100, noticeState: UNDELIVERED) { totalCount nodes { id } }",
    "DEADLINES_OVERDUE": "health { nodes: overdueByKind { id: kind count } }",
    "BOOKS_DISAGREE": "health { nodes: findings { id: subject } }",
}
ROWS = """{ notifications(first: 100, unread: true) { totalCount }
  pending: applications(first: 100, filter: {status: PENDING}) { totalCount nodes { id } }
  applications(first: 100) { nodes { id chat { unread } deadlines { kind dueAt doneAt } } } }"""
OF_VENDORS = """{ open: complaints(filter: {status: OPEN}) { totalCount }
  overdue: complaints(filter: {status: OVERDUE}) { totalCount }
  deliveries(first: 100) { nodes { complaintUntil complaintItem { id } } } }"""
OF_OPERATORS = """{ notifications(first: 100, unread: true) { totalCount }
  open: complaints(first: 100, filter: {status: OPEN}) { totalCount nodes { id } }
  overdue: complaints(first: 100, filter: {status: OVERDUE}) { totalCount nodes { id } }
  dead: dispatches(first: 100, filter: {state: [DEAD]}) { nodes { id } }
  uncertain: dispatches(first: 100, filter: {state: [UNCERTAIN]}) { nodes { id } }
  disclosures(first: 100) { nodes { noticeState } }
  health { overdueDeadlines findings { check } } }"""
HEALTH = """{ health { overdueDeadlines overdueByKind { kind count oldestSeconds }
  oldestOverdueSeconds outboxOldestSeconds feedLagSeconds reconciledAt
  findings { check subject message } } }"""
CHECK = """query ($title: String!, $brief: String!, $country: String = "DE") {
  publicTextCheck(title: $title, brief: $brief, country: $country) { field start end kind message } }"""


async def _rows(scene: Scene, name: Kind, kind: str) -> int:
    """Return how many rows the list of a number has; the list says the same of itself."""
    found = (await scene.clients[name].ask(f"{{ found: {LISTS[kind]} }}")).data["found"]
    rows: int = sum(node.get("count", 1) for node in found["nodes"])
    assert found.get("totalCount", rows) == rows
    return rows


async def _desk(scene: Scene, name: Kind) -> tuple[dict[str, int], list[Json]]:
    desk = (await scene.clients[name].ask(DESK)).data["viewer"]["desk"]
    return {one["kind"]: one["count"] for one in desk["counts"]}, desk["due"]


@pytest.mark.parametrize("name", [Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR, Kind.PROSPECT])
async def test_each_number_of_a_vendor_or_a_prospect_is_that_of_its_rows(scene: Scene, name: Kind) -> None:
    await complain(scene)
    await write_in_chat(scene)
    counts, due = await _desk(scene, name)
    rows = (await scene.clients[name].ask(ROWS)).data
    vendor = name is not Kind.PROSPECT
    expected = {
        "UNREAD": rows["notifications"]["totalCount"],
        "ANSWERS_WAITING" if vendor else "APPLICATIONS_WAITING": rows["pending"]["totalCount"],
        "CHATS_UNREAD": sum(node["chat"]["unread"] > 0 for node in rows["applications"]["nodes"]),
    }
    if vendor:
        more = (await scene.clients[name].ask(OF_VENDORS)).data
        soon = (START + timedelta(days=7)).isoformat()
        expected |= {
            "COMPLAINTS_OPEN": more["open"]["totalCount"],
            "COMPLAINTS_OVERDUE": more["overdue"]["totalCount"],
            "WINDOWS_ENDING": sum(
                node["complaintItem"] is None and node["complaintUntil"] <= soon
                for node in more["deliveries"]["nodes"]
            ),
        }
    assert counts == expected
    assert sum(expected.values()) > 0
    assert counts == {kind: await _rows(scene, name, kind) for kind in counts}
    pending = {node["id"] for node in rows["pending"]["nodes"]}
    deadlines = {
        (node["id"], one["kind"], one["dueAt"])
        for node in rows["applications"]["nodes"]
        for one in node["deadlines"]
        if one["doneAt"] is None and node["id"] in pending
    }
    shown = {
        (one["subject"]["id"], one["kind"], one["dueAt"])
        for one in due
        if one["subject"]["__typename"] == "Application"
    }
    assert shown == deadlines
    assert [one["dueAt"] for one in due] == sorted(one["dueAt"] for one in due)
    assert all(one["decision"]["verdict"] == "HIDDEN" for one in due if one["decision"])


async def test_each_number_of_an_operator_is_that_of_its_rows(database: Database, scene: Scene) -> None:
    """With a complaint that became overdue, dispatches that failed, and deadlines that nobody swept."""
    await complain(scene)
    refused = Result(DispatchOutcome.PERMANENT, Code.RECIPIENT_REFUSED)
    unclear = Result(DispatchOutcome.UNCERTAIN, Code.TIMED_OUT)
    told = MessageTemplate.CONTACT_AVAILABLE
    channel = FakeChannel(
        lambda parcel: unclear if parcel.message.template is told else refused, repeatable=False, charged=True
    )
    await send_all(channel)
    await fetch(connection(), "UPDATE complaint_item SET verdict = 'UNDER_REVIEW', decided_at = NULL")
    await fetch(connection(), "UPDATE complaint SET decided_at = NULL")
    for at in (START, START + timedelta(days=30)):
        await database.clock.set(at)
        counts, due = await _desk(scene, Kind.OPERATOR)
        rows = (await scene.clients[Kind.OPERATOR].ask(OF_OPERATORS)).data
        assert counts == {
            "UNREAD": rows["notifications"]["totalCount"],
            "COMPLAINTS_OPEN": rows["open"]["totalCount"],
            "COMPLAINTS_OVERDUE": rows["overdue"]["totalCount"],
            "DISPATCHES_DEAD": len(rows["dead"]["nodes"]),
            "DISPATCHES_UNCERTAIN": len(rows["uncertain"]["nodes"]),
            "NOTICES_UNDELIVERED": sum(
                one["noticeState"] == "UNDELIVERED" for one in rows["disclosures"]["nodes"]
            ),
            "DEADLINES_OVERDUE": rows["health"]["overdueDeadlines"],
            "BOOKS_DISAGREE": len(rows["health"]["findings"]),
        }
        assert counts == {kind: await _rows(scene, Kind.OPERATOR, kind) for kind in counts}
        assert counts["COMPLAINTS_OPEN"] + counts["COMPLAINTS_OVERDUE"] == 1
        assert counts["DISPATCHES_DEAD"] > 1
        assert counts["DISPATCHES_UNCERTAIN"] > 0
        assert counts["NOTICES_UNDELIVERED"] == 1
        complaints = {node["id"] for node in (*rows["open"]["nodes"], *rows["overdue"]["nodes"])}
        assert {one["subject"]["id"] for one in due} <= complaints
    assert counts["COMPLAINTS_OVERDUE"] == 1
    assert counts["DEADLINES_OVERDUE"] > 0


async def test_a_desk_has_only_what_belongs_to_the_role(scene: Scene) -> None:
    for name in (Kind.EMPLOYEE, Kind.AGENT):
        counts, due = await _desk(scene, name)
        assert (list(counts), due) == (["UNREAD"], [])
    counts, due = await _desk(scene, Kind.OTHER_PROSPECT)
    assert counts["APPLICATIONS_WAITING"] == 1
    assert {one["subject"]["id"] for one in due} == {write_id("Application", scene.foreign_application)}


async def test_a_window_that_ends_soon_is_counted_until_a_complaint_is_filed(
    database: Database, scene: Scene
) -> None:
    await database.clock.set(START + timedelta(days=25))
    for expected in (1, 0):
        counts, _ = await _desk(scene, Kind.OWNER)
        assert counts["WINDOWS_ENDING"] == await _rows(scene, Kind.OWNER, "WINDOWS_ENDING") == expected
        if expected:
            await complain(scene)


async def test_a_window_that_has_ended_is_not_listed(database: Database, scene: Scene) -> None:
    await database.clock.set(START + timedelta(days=40))
    assert await _rows(scene, Kind.OWNER, "WINDOWS_ENDING") == 0


@pytest.mark.parametrize("days", [0, 367])
async def test_the_days_of_a_window_have_bounds(scene: Scene, days: int) -> None:
    answer = await scene.clients[Kind.OWNER].ask(
        f"{{ deliveries(filter: {{windowEndsWithinDays: {days}}}) {{ nodes {{ id }} }} }}"
    )
    assert answer.codes == ["INVALID"]
    assert answer.body["errors"][0]["extensions"]["field"] == ["filter", "windowEndsWithinDays"]


async def test_chats_are_listed_as_unread_until_they_are_read(scene: Scene) -> None:
    """For the vendor when the prospect has written; for the prospect from the introduction on."""
    assert await _rows(scene, Kind.OWNER, "CHATS_UNREAD") == 0
    assert await _rows(scene, Kind.PROSPECT, "CHATS_UNREAD") == 2
    await write_in_chat(scene)
    document = "{ applications(filter: {unread: true, status: PENDING}) { totalCount nodes { id } } }"
    found = (await scene.clients[Kind.OWNER].ask(document)).data["applications"]
    hidden = write_id("Application", scene.hidden_application)
    assert found == {"totalCount": 1, "nodes": [{"id": hidden}]}
    document = "query ($id: ID!) { node(id: $id) { ... on Application { messages { nodes { id } } } } }"
    messages = (await scene.clients[Kind.OWNER].ask(document, id=hidden)).data["node"]["messages"]["nodes"]
    read = """mutation ($id: ID!, $through: ID!) {
      chatRead(input: {applicationId: $id, through: $through}) { userErrors { code } } }"""
    for message in messages:
        answer = await scene.clients[Kind.OWNER].ask(read, id=hidden, through=message["id"])
        assert answer.data["chatRead"]["userErrors"] == []
    assert await _rows(scene, Kind.OWNER, "CHATS_UNREAD") == 0


async def test_a_cursor_of_all_applications_is_not_one_of_unread_ones(scene: Scene) -> None:
    client = scene.clients[Kind.PROSPECT]
    page = (await client.ask("{ applications(first: 1) { pageInfo { endCursor } } }")).data["applications"]
    answer = await client.ask(
        "query ($at: Cursor) { applications(after: $at, filter: {unread: true}) { nodes { id } } }",
        at=page["pageInfo"]["endCursor"],
    )
    assert answer.codes == ["INVALID"]


async def test_disclosures_are_listed_by_what_became_of_the_notice(scene: Scene) -> None:
    """Only the viewer's own; each in the list of its state."""
    for name, total in ((Kind.PROSPECT, 1), (Kind.OTHER_PROSPECT, 0), (Kind.OPERATOR, 1)):
        document = "{ disclosures { nodes { id noticeState } } }"
        every = (await scene.clients[name].ask(document)).data["disclosures"]["nodes"]
        assert len(every) == total
        for state in ("WAITING", "SENT", "UNDELIVERED", "NONE"):
            listed = await scene.clients[name].ask(
                f"{{ disclosures(noticeState: {state}) {{ totalCount nodes {{ id noticeState }} }} }}"
            )
            expected = [one for one in every if one["noticeState"] == state]
            assert listed.data["disclosures"] == {"totalCount": len(expected), "nodes": expected}


async def test_what_is_answered_is_no_longer_due(scene: Scene) -> None:
    before = (await _desk(scene, Kind.PROSPECT))[0]["APPLICATIONS_WAITING"]
    await accept(scene.market.prospect.viewer, Silence(), scene.hidden_application)
    counts, due = await _desk(scene, Kind.PROSPECT)
    assert counts["APPLICATIONS_WAITING"] == before - 1
    hidden = write_id("Application", scene.hidden_application)
    assert hidden not in {one["subject"]["id"] for one in due}


@pytest.mark.parametrize("first", [0, 51])
async def test_the_number_of_due_items_has_bounds(scene: Scene, first: int) -> None:
    answer = await scene.clients[Kind.OWNER].ask(
        f"{{ viewer {{ desk {{ due(first: {first}) {{ kind }} }} }} }}"
    )
    assert answer.codes == ["INVALID"]


async def test_health_shows_what_is_late(database: Database, scene: Scene) -> None:
    client = scene.clients[Kind.OPERATOR]
    health = (await client.ask(HEALTH)).data["health"]
    assert (health["overdueDeadlines"], health["oldestOverdueSeconds"], health["reconciledAt"]) == (
        0,
        0,
        None,
    )
    await database.clock.set(START + 49 * HOUR)
    health = (await client.ask(HEALTH)).data["health"]
    assert health["overdueDeadlines"] > 0
    assert sum(one["count"] for one in health["overdueByKind"]) == health["overdueDeadlines"]
    assert max(one["oldestSeconds"] for one in health["overdueByKind"]) == health["oldestOverdueSeconds"]
    assert health["overdueByKind"][0]["oldestSeconds"] == health["oldestOverdueSeconds"]
    assert health["oldestOverdueSeconds"] >= 3_600
    assert health["feedLagSeconds"] == health["oldestOverdueSeconds"]
    assert health["outboxOldestSeconds"] > 0


async def test_health_shows_the_findings_of_the_last_reconciliation(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each run stores its report; the next good one shows no findings."""
    finding = ReconciliationFinding("balances_equal_postings", "an account", "it has 5, not 6" + "x" * 2_000)

    async def found(**_: object) -> ReconciliationReport:
        return ReconciliationReport((finding,) * 2, (), {finding.check: 2})

    with monkeypatch.context() as patched:
        patched.setattr(runs, "reconcile", found)
        await reconcile_since()
    client = scene.clients[Kind.OPERATOR]
    health = (await client.ask(HEALTH)).data["health"]
    assert [one["check"] for one in health["findings"]] == [finding.check] * 2
    assert health["findings"][0]["message"] == finding.message[:1_000]
    assert health["reconciledAt"] is not None
    assert (await _desk(scene, Kind.OPERATOR))[0]["BOOKS_DISAGREE"] == 2
    await reconcile_since(everything=True)
    assert (await client.ask(HEALTH)).data["health"]["findings"] == []


async def test_health_is_for_operators(scene: Scene) -> None:
    for name in SIGNED_IN:
        if name != Kind.OPERATOR:
            assert (await scene.clients[name].ask(HEALTH)).codes == ["FORBIDDEN"], name


async def test_contact_data_in_a_public_text_is_found_with_its_place_and_remedy(scene: Scene) -> None:
    title, brief = "New roof", "Call me at 0151 23456789 or write to petra@example.com."
    found = (await scene.clients[Kind.PROSPECT].ask(CHECK, title=title, brief=brief)).data["publicTextCheck"]
    assert [(one["field"], one["kind"], brief[one["start"] : one["end"]]) for one in found] == [
        ("brief", "PHONE", "0151 23456789"),
        ("brief", "EMAIL", "petra@example.com"),
    ]
    for one in found:
        assert "brief" in one["message"]
        assert not [value for value in ("23456789", "petra") if value in one["message"]]


async def test_an_ordinary_text_has_no_findings(scene: Scene) -> None:
    text = "We need a new roof of 120 square metres, budget 12,000 EUR, until May 2026."
    answer = await scene.clients[Kind.OPERATOR].ask(CHECK, title="New roof", brief=text)
    assert answer.data == {"publicTextCheck": []}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": "x" * 201}, "title"),
        ({"brief": "x" * 5_001}, "brief"),
        ({"country": "Nowhere"}, "country"),
    ],
)
async def test_a_text_that_is_too_long_and_an_unknown_country_are_refused(
    scene: Scene, given: dict[str, str], field: str
) -> None:
    answer = await scene.clients[Kind.PROSPECT].ask(CHECK, **({"title": "", "brief": ""} | given))
    assert answer.codes == ["INVALID"]
    assert answer.body["errors"][0]["extensions"]["field"] == [field]


async def test_public_texts_are_checked_for_prospects_and_operators(scene: Scene) -> None:
    for name in SIGNED_IN:
        codes = (await scene.clients[name].ask(CHECK, title="", brief="")).codes
        allowed = name in {Kind.PROSPECT, Kind.OTHER_PROSPECT, Kind.OPERATOR}
        assert codes == ([] if allowed else ["FORBIDDEN"]), name
