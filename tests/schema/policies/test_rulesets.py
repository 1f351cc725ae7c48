"""Rulesets as data, and trying facts: pure, by the same rules, with refusals that quote nothing."""

from collections.abc import Mapping

import pytest

from models.base.database import connection, fetch
from rules import ALL, production_parameters
from schema.graphql.ids import write_id
from tests.support.api import Json
from tests.support.invariants import snapshot
from tests.support.marketplace import CONTACT_VALUES, HOUR, START, publish_policy
from tests.support.scene import Scene
from tests.support.viewers import SIGNED_IN, Kind

RULESETS = """query ($policyId: ID) { rulesets(policyId: $policyId) {
  name verdicts facts { name kind values since seconds } rules { ruleId requirement verdict sentence } } }"""
TRY = """query ($ruleset: String!, $facts: Facts!, $policyId: ID) {
  decisionTry(ruleset: $ruleset, facts: $facts, policyId: $policyId) {
    verdict ruleId policyVersion facts changesTo message others { ruleId failed } } }"""
DECISIONS = '{ decisions(filter: {ruleset: "visibility"}) { nodes { decision { verdict ruleId facts } } } }'


async def test_every_ruleset_is_shown_with_all_its_facts_rules_and_verdicts(scene: Scene) -> None:
    found = (await scene.clients[Kind.OPERATOR].ask(RULESETS)).data["rulesets"]
    assert [one["name"] for one in found] == [definition.name for definition in ALL]
    for one, definition in zip(found, ALL, strict=True):
        assert {fact["name"] for fact in one["facts"]} == {
            field.name for field in definition.fields if not field.switch
        }
        assert one["verdicts"] == [str(verdict) for verdict in definition.verdicts]
        assert {rule["verdict"] for rule in one["rules"]} <= set(one["verdicts"])
        assert all(rule["requirement"] and rule["sentence"] for rule in one["rules"])
    (waited,) = [fact for fact in found[0]["facts"] if fact["since"]]
    assert waited == {"name": "waited", "kind": "INTEGER", "values": [], "since": True, "seconds": True}


async def test_facts_their_values_and_switches_have_names_in_the_viewers_language(scene: Scene) -> None:
    document = """{ rulesets { name facts { name label values choices { value label } }
      switches { name kind label } } }"""
    await fetch(connection(), "UPDATE users SET locale = 'pl'")
    (visibility, refund, *_) = (await scene.clients[Kind.OPERATOR].ask(document)).data["rulesets"]
    facts = {fact["name"]: fact for fact in visibility["facts"]}
    assert facts["responded_after"] == {
        "name": "responded_after",
        "label": "Czas do odpowiedzi",
        "values": [],
        "choices": [],
    }
    response = facts["response"]
    assert [choice["value"] for choice in response["choices"]] == response["values"]
    assert response["choices"][1] == {"value": "ACCEPTED", "label": "Zaakceptowano"}
    assert visibility["switches"] == []
    assert refund["switches"][0] == {
        "name": "late_declines_refund",
        "kind": "BOOLEAN",
        "label": "Zwrot po późnej odmowie",
    }


async def test_sentences_have_the_numbers_of_the_policy_asked_for(scene: Scene) -> None:
    parameters = production_parameters()
    parameters["reveal"]["reveal_after"] = 36 * 3_600
    policy_id, _ = await publish_policy(scene.market.market.id, "main", parameters, START + HOUR)
    client = scene.clients[Kind.OPERATOR]
    for variables, hours in (
        ({}, "48 hours"),
        ({"policyId": str(write_id("Policy", policy_id))}, "36 hours"),
    ):
        (visibility, *_) = (await client.ask(RULESETS, **variables)).data["rulesets"]
        assert any(hours in rule["sentence"] for rule in visibility["rules"])


async def test_a_record_has_its_ruleset_under_the_policy_that_decided(scene: Scene) -> None:
    document = """{ decisions { nodes { ruleset decision { ruleId policyVersion } definition {
      name facts { name seconds } rules { ruleId sentence } } } } }"""
    found = (await scene.clients[Kind.OPERATOR].ask(document)).data["decisions"]["nodes"]
    assert found
    for record in found:
        definition = record["definition"]
        assert definition["name"] == record["ruleset"]
        assert record["decision"]["ruleId"] in {rule["ruleId"] for rule in definition["rules"]}
    visible = next(one["definition"] for one in found if one["ruleset"] == "visibility")
    durations = {fact["name"] for fact in visible["facts"] if fact["seconds"]}
    assert durations == {"waited", "responded_after"}


async def test_recorded_facts_that_are_tried_give_the_recorded_decision(scene: Scene) -> None:
    """Facts of the log can be sent as they are; one of them changed gives another verdict."""
    client = scene.clients[Kind.OPERATOR]
    (record,) = (await client.ask(DECISIONS)).data["decisions"]["nodes"]
    facts = record["decision"]["facts"]
    tried = (await client.ask(TRY, ruleset="visibility", facts=facts)).data["decisionTry"]
    assert (tried["verdict"], tried["ruleId"]) == (
        record["decision"]["verdict"],
        record["decision"]["ruleId"],
    )
    changed = {**facts, "response": "NONE"}
    tried = (await client.ask(TRY, ruleset="visibility", facts=changed)).data["decisionTry"]
    assert (tried["verdict"], tried["changesTo"]) == ("HIDDEN", "VISIBLE")


async def test_trying_stores_nothing(scene: Scene) -> None:
    before = await snapshot(connection())
    client = scene.clients[Kind.OPERATOR]
    (record,) = (await client.ask(DECISIONS)).data["decisions"]["nodes"]
    await client.ask(TRY, ruleset="visibility", facts=record["decision"]["facts"])
    assert await snapshot(connection()) == before


BAD: Mapping[str, tuple[Json, str]] = {
    "contact data for an enum": ({"response": "petra@example.com"}, "send one of"),
    "a text for a boolean": ({"closed": True}, "send one of"),
    "a text for a number": ({"responded_after": "12"}, "send an integer"),
    "a number that is too large": ({"responded_after": 2**60}, "send an integer"),
    "a time without an offset": ({"waited": "2026-03-02T09:00:00"}, "send a time with an offset"),
    "an unknown fact": ({"email": "petra@example.com"}, "unknown; the facts of visibility are"),
    "a list": ({"response": ["NONE"]}, "send one of"),
}


@pytest.mark.parametrize("name", BAD)
async def test_a_wrong_fact_is_refused_by_its_path_with_the_remedy_and_without_its_value(
    scene: Scene, name: str
) -> None:
    changed, remedy = BAD[name]
    client = scene.clients[Kind.OPERATOR]
    (record,) = (await client.ask(DECISIONS)).data["decisions"]["nodes"]
    facts = {**record["decision"]["facts"], **changed}
    if "waited" in changed:
        del facts["waited_seconds"]
    answer = await client.ask(TRY, ruleset="visibility", facts=facts)
    assert answer.codes == ["INVALID"]
    error = answer.body["errors"][0]
    assert error["extensions"]["field"] == ["facts", *changed]
    assert remedy in error["message"]
    assert not [value for value in (*CONTACT_VALUES, "petra@example.com") if value in error["message"]]


async def test_a_missing_fact_and_a_changed_switch_are_refused(scene: Scene) -> None:
    client = scene.clients[Kind.OPERATOR]
    answer = await client.ask(TRY, ruleset="visibility", facts={})
    assert "missing" in answer.body["errors"][0]["message"]
    answer = await client.ask(TRY, ruleset="refund", facts={"late_declines_refund": False})
    assert answer.codes == ["INVALID"]


async def test_more_than_16_kib_of_facts_is_refused_before_anything_is_read(scene: Scene) -> None:
    client = scene.clients[Kind.OPERATOR]
    answer = await client.ask(TRY, ruleset="visibility", facts={"viewer": "x" * 17 * 1024})
    assert answer.codes == ["BAD_USER_INPUT"]
    assert "16 KiB" in answer.body["errors"][0]["message"]
    answer = await client.ask(TRY, ruleset="visibility", facts={"viewer": "x" * 1_000_000})
    assert answer.codes == ["LIMIT_EXCEEDED"]


async def test_an_unknown_ruleset_and_policy_are_refused(scene: Scene) -> None:
    client = scene.clients[Kind.OPERATOR]
    answer = await client.ask(TRY, ruleset="nothing", facts={})
    assert answer.codes == ["INVALID"]
    nobodys = str(write_id("Policy", scene.market.market.id))
    assert (await client.ask(TRY, ruleset="visibility", facts={}, policyId=nobodys)).codes == ["NOT_FOUND"]
    assert (await client.ask(RULESETS, policyId=nobodys)).codes == ["NOT_FOUND"]


async def test_rulesets_and_trying_are_for_operators(scene: Scene) -> None:
    for name in SIGNED_IN:
        if name == Kind.OPERATOR:
            continue
        assert (await scene.clients[name].ask(RULESETS)).codes == ["FORBIDDEN"], name
        assert (await scene.clients[name].ask(TRY, ruleset="refund", facts={})).codes == ["FORBIDDEN"], name
