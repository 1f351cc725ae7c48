"""The log of decisions in the API: by each filter, with what each decision caused; for operators only."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import pytest

from models.base.database import connection, fetch
from models.complaints.decide import ItemDecision, decide_items
from models.process.wake import Silence
from rules import production_parameters
from rules.complaint import ComplaintVerdict
from schema.graphql.ids import split_id, write_id
from tests.support.api import Client, Json
from tests.support.marketplace import START, publish_policy
from tests.support.messages import send_all
from tests.support.query_recorder import recorded_statements
from tests.support.scene import Scene, complain, look_up
from tests.support.viewers import SIGNED_IN, Kind

LISTED = "query ($filter: DecisionFilter) { decisions(filter: $filter) { nodes { id } } }"
DECISIONS = """query ($filter: DecisionFilter, $first: Int = 100, $after: Cursor) {
  decisions(first: $first, after: $after, filter: $filter) { nodes {
    id ruleset recordedAt actor { id name } subject { id __typename }
    decision { verdict ruleId policyVersion decidedAt facts others { ruleId failed } }
    caused { id __typename ... on LedgerEntry { kind } ... on Delivery { delivered: kind }
      ... on Notification { told: kind } ... on Dispatch { template } } }
    pageInfo { endCursor hasNextPage } } }"""


async def _decisions(scene: Scene, **criteria: object) -> list[Json]:
    answer = await scene.clients[Kind.OPERATOR].ask(DECISIONS, filter=criteria)
    nodes: list[Json] = answer.data["decisions"]["nodes"]
    return nodes


async def test_an_acceptance_shows_the_movement_the_delivery_and_the_messages_that_it_caused(
    scene: Scene,
) -> None:
    await send_all()
    subject = write_id("Application", scene.accepted_application)
    (record,) = await _decisions(scene, subjectId=subject, ruleset="visibility")
    assert record["decision"]["ruleId"] == "prospect_accepted"
    assert record["subject"] == {"id": subject, "__typename": "Application"}
    assert record["actor"]["id"] == write_id("User", _user(scene.market.prospect.viewer.user_id))
    caused = record["caused"]
    assert [one["kind"] for one in caused if one["__typename"] == "LedgerEntry"] == ["CAPTURE"]
    assert [one["delivered"] for one in caused if one["__typename"] == "Delivery"] == ["APPLICATION"]
    assert {one["told"] for one in caused if one["__typename"] == "Notification"} == {
        "APPLICATION_ACCEPTED",
        "CONTACT_DISCLOSED",
    }
    templates = {one["template"] for one in caused if one["__typename"] == "Dispatch"}
    assert templates == {"contact_available", "contact_disclosed"}


async def test_a_recorded_decision_leads_operators_to_its_record(scene: Scene) -> None:
    """Where a list shows it, such as in a ledger; a decision of this instant has no record."""
    document = """query ($account: ID!) { node(id: $account) { ... on Account {
      ledger { nodes { decision { recordId ruleId } } } } } }"""
    account = str(write_id("Account", scene.market.vendor.id))
    found = (await scene.clients[Kind.OPERATOR].ask(document, account=account)).data["node"]["ledger"]
    ids = [one["decision"]["recordId"] for one in found["nodes"] if one["decision"]]
    known = {one["id"] for one in await _decisions(scene)}
    assert ids
    assert set(ids) <= known
    own = (await scene.clients[Kind.OWNER].ask(document, account=account)).data["node"]["ledger"]
    assert {one["decision"]["recordId"] for one in own["nodes"] if one["decision"]} == {None}
    live = "query ($id: ID!) { node(id: $id) { ... on Lead { visibility { recordId } } } }"
    lead = await scene.clients[Kind.OPERATOR].ask(live, id=write_id("Lead", scene.hidden.id))
    assert lead.data["node"]["visibility"]["recordId"] is None


async def test_what_a_decision_caused_cites_it(scene: Scene) -> None:
    """Each row that cites a decision is found under it, and no other."""
    rows = await fetch(
        connection(),
        """SELECT decision_id, 'LedgerEntry' AS kind, id FROM posting_group WHERE decision_id IS NOT NULL
           UNION ALL SELECT decision_id, 'Delivery', id FROM delivery""",
    )
    expected = {(str(write_id("DecisionRecord", row["decision_id"])), row["kind"], row["id"]) for row in rows}
    found = {
        (record["id"], one["__typename"], _row(one["id"]))
        for record in await _decisions(scene)
        for one in record["caused"]
        if one["__typename"] in {"LedgerEntry", "Delivery"}
    }
    assert found == expected
    assert found


async def test_each_filter_returns_exactly_the_records_that_match(scene: Scene) -> None:
    """Compared with the log itself, for every value that occurs in it."""
    await complain(scene)
    everything = await _decisions(scene)
    assert len(everything) == (await fetch(connection(), "SELECT count(*) AS n FROM decision"))[0]["n"] > 1
    for name, path in {
        "ruleset": ("ruleset",),
        "ruleId": ("decision", "ruleId"),
        "verdict": ("decision", "verdict"),
        "policyVersion": ("decision", "policyVersion"),
        "subjectId": ("subject", "id"),
        "actorId": ("actor", "id"),
    }.items():
        values = {_at(one, path) for one in everything} - {None}
        assert values, name
        for value in values:
            matching = [one for one in everything if _at(one, path) == value]
            assert await _decisions(scene, **{name: value}) == matching, (name, value)


async def test_the_time_of_a_decision_is_from_inclusive_until_exclusive(scene: Scene) -> None:
    latest = (await _decisions(scene))[0]["decision"]["decidedAt"]
    assert latest in {one["decision"]["decidedAt"] for one in await _decisions(scene, decidedFrom=latest)}
    before = await _decisions(scene, decidedUntil=latest)
    assert latest not in {one["decision"]["decidedAt"] for one in before}


async def test_an_override_is_found_as_such_with_the_person(scene: Scene) -> None:
    await complain(scene)
    item: UUID = (await fetch(connection(), "SELECT id FROM complaint_item"))[0]["id"]
    decision = ItemDecision(item, ComplaintVerdict.ACCEPTED, "We accept it.", "The call was recorded.")
    await decide_items(scene.market.operator, Silence(), [decision])
    (record,) = await _decisions(scene, overridden=True)
    assert (record["decision"]["verdict"], record["decision"]["ruleId"]) == ("ACCEPTED", "operator_overrode")
    assert record["actor"]["id"] == write_id("User", _user(scene.market.operator.user_id))
    assert record["subject"]["id"] == write_id("ComplaintItem", item)
    assert "REFUND" in [one.get("kind") for one in record["caused"]]
    assert record["id"] not in {one["id"] for one in await _decisions(scene, overridden=False)}


async def test_the_log_is_for_operators(scene: Scene) -> None:
    """For others, the list is refused and no record is found by id."""
    record = (await _decisions(scene))[0]["id"]
    for name in SIGNED_IN:
        if name == Kind.OPERATOR:
            continue
        assert (await scene.clients[name].ask("{ decisions { nodes { id } } }")).codes == ["FORBIDDEN"], name
        node = await scene.clients[name].ask("query ($id: ID!) { node(id: $id) { id } }", id=record)
        assert node.data == {"node": None}


async def test_pages_join_to_the_whole_list(scene: Scene) -> None:
    """Also where many decisions were made as of one instant."""
    await complain(scene)
    whole = [one["id"] for one in await _decisions(scene)]
    client, after, found = scene.clients[Kind.OPERATOR], None, []
    while True:
        page = (await client.ask(DECISIONS, first=2, after=after)).data["decisions"]
        found += [one["id"] for one in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert found == whole


BAD: Mapping[str, Mapping[str, object]] = {
    "subjectId": {"subjectId": "not an id"},
    "actorId": {"actorId": str(write_id("Lead", UUID(int=1)))},
    "ruleset": {"ruleset": "x" * 81},
    "verdict": {"verdict": "\u0000"},
}


@pytest.mark.parametrize("name", BAD)
async def test_a_wrong_filter_is_refused_by_its_field(scene: Scene, name: str) -> None:
    answer = await scene.clients[Kind.OPERATOR].ask(DECISIONS, filter=BAD[name])
    assert answer.codes == ["INVALID"]
    assert answer.body["errors"][0]["extensions"]["field"] == ["filter", name]


async def _statements(client: Client, first: int) -> int:
    with recorded_statements() as statements:
        await client.ask(DECISIONS, first=first)
    return len(statements)


async def test_a_page_costs_the_same_statements_for_2_records_and_for_all(scene: Scene) -> None:
    """With what they are about, who decided, and all that they caused."""
    await complain(scene)
    await look_up(scene)
    client = scene.clients[Kind.OPERATOR]
    await client.ask(DECISIONS)  # policies are cached
    everything = await _statements(client, 100)
    types = 4 + 4  # of what decisions are about, and of what they caused
    assert everything <= 1 + 1 + 1 + 1 + types  # who asks, the page, the people, the causes
    await fetch(
        connection(),
        """INSERT INTO decision (id, ruleset, subject, verdict, rule_id, policy_version, facts, decided_at,
               recorded_at, actor_id)
           SELECT gen_random_uuid(), ruleset, subject, verdict, rule_id, policy_version, facts,
               decided_at - n * interval '1 hour', recorded_at, actor_id
           FROM decision, generate_series(1, 5) AS n""",
    )
    assert await _statements(client, 100) == everything


async def test_every_filter_reads_its_index(scene: Scene) -> None:
    """A page reads no more rows than it shows, whatever is rare: no sort, and no scan of the whole log."""
    _, other = await publish_policy(scene.market.market.id, "main", production_parameters(), START)
    await fetch(
        connection(),
        """INSERT INTO decision (id, ruleset, subject, verdict, rule_id, policy_version, facts, decided_at,
               recorded_at, actor_id)
           SELECT gen_random_uuid(), 'r' || n % 7, gen_random_uuid(), 'V' || n % 5, 'rule' || n % 11,
               CASE WHEN n % 2 = 0 THEN $1::text ELSE decision.policy_version END, '{}',
               decision.decided_at - n * interval '1 minute',
               decision.recorded_at, CASE WHEN n % 3 = 0 THEN decision.actor_id END
           FROM generate_series(1, 20000) AS n,
               (SELECT * FROM decision WHERE actor_id IS NOT NULL LIMIT 1) AS decision""",
        other,
    )
    await fetch(connection(), "ANALYZE")  # also what is joined, which earlier tests left otherwise
    row = (await fetch(connection(), "SELECT * FROM decision WHERE actor_id IS NOT NULL LIMIT 1"))[0]
    operator = scene.clients[Kind.OPERATOR]
    at = (row["decided_at"] - timedelta(minutes=10_000)).isoformat()
    for name, (value, index) in {
        "ruleset": ("r3", "decision_by_ruleset"),
        "ruleId": ("rule4", "decision_by_rule"),
        "verdict": ("V2", "decision_by_verdict"),
        "policyVersion": (other, "decision_by_policy"),
        "actorId": (str(write_id("User", row["actor_id"])), "decision_by_actor"),
        "decidedUntil": (at, "decision_by_time"),
        "overridden": (True, "decision_by_rule"),
    }.items():
        with recorded_statements() as statements:
            await operator.ask(LISTED, filter={name: value})
        (listed,) = [one for one in statements if "FROM decision" in one.sql]
        rows = await fetch(connection(), f"EXPLAIN {listed.sql}", *listed.values)
        plan = "\n".join(row[0] for row in rows)
        assert index in plan, (name, plan)
        assert "Sort" not in plan, (name, plan)


def _at(record: Json, path: tuple[str, ...]) -> object:
    found: object = record
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _user(user_id: UUID | None) -> UUID:
    assert user_id is not None
    return user_id


def _row(global_id: str) -> UUID:
    found = split_id(global_id)
    assert found is not None
    return found[1]
