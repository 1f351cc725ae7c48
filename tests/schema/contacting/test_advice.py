"""`Contacting.advice`, profiles, statements and sender profiles over the API, for each kind of viewer."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.contacting.set_stop import StopInput, set_stop
from models.process.wake import Silence
from schema.graphql.ids import write_id
from tests.support.api import Answer, Json
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.leads import DeliveryRow, LeadRow, insert_deliveries, insert_leads
from tests.support.marketplace import CONTACT_VALUES, START
from tests.support.query_recorder import recorded_statements
from tests.support.scene import Scene
from tests.support.statements import make_statement
from tests.support.viewers import SIGNED_IN, Kind

ADVICE = """query ($id: ID!, $at: DateTime, $goal: ContactGoal! = NONE) {
    node(id: $id) { ... on Lead { contacting {
        advice(at: $at, goal: $goal) {
            id advice { outcome ruleId message } because { ruleId outcome message }
            moment { outcome } bestFrom bestUntil hours { opensAt } meanwhile lead warnings
            checklist { key text reason } }
        preference { outcome ruleId message }
        profile { version status days temper knowsNumber }
        statements { id kind at origin strong wholeHouse takenBackAt }
        question german: question(language: "de") } } } }"""
SEES = {Kind.OWNER, Kind.MEMBER, Kind.PROSPECT, Kind.OPERATOR}


async def ask(scene: Scene, kind: Kind, **variables: object) -> Json | None:
    answer = await scene.clients[kind].ask(ADVICE, id=write_id("Lead", scene.accepted.id), **variables)
    node = answer.data["node"]
    found: Json | None = node and node["contacting"]
    return found


async def do(scene: Scene, kind: Kind, mutation: str, selection: str, **given: object) -> Json:
    name = mutation[0].upper() + mutation[1:]
    document = (
        f"mutation ($input: {name}Input!) {{ {mutation}(input: $input) "
        f"{{ {selection} userErrors {{ code field }} }} }}"
    )
    answer = await scene.clients[kind].ask(document, input=given)
    payload: Json = answer.data[mutation]
    return payload


async def test_only_those_who_see_the_contact_get_advice(scene: Scene) -> None:
    for kind in SIGNED_IN:
        assert (await ask(scene, Kind(kind)) is not None) == (kind in SEES), kind


async def test_no_answer_has_contact_data(scene: Scene) -> None:
    await make_statement(scene.market, scene.accepted.id)
    for kind in SIGNED_IN:
        text = str(await ask(scene, Kind(kind)))
        assert not [value for value in CONTACT_VALUES if value in text]


async def test_advice_has_its_chain_and_words_in_the_viewers_language(scene: Scene) -> None:
    found = await ask(scene, Kind.OWNER, goal="TRIAL")
    assert found is not None
    advice = found["advice"]
    assert [one["ruleId"] for one in advice["because"]][:3] == [
        "nothing_known",
        "asks_for_a_step",
        "first_contact",
    ]
    assert len(advice["because"]) == 3 + 2 * 5
    assert all(one["outcome"] and one["message"] for one in advice["because"])
    assert advice["advice"]["outcome"] in {"CALL", "CALL_LATER"}
    assert advice["checklist"][0]["key"] == "INTRODUCE_YOURSELF"
    assert found["question"].startswith("How would it suit you")
    assert found["german"].startswith("Auf welchem Weg sollen wir")


async def test_at_night_the_call_comes_later_with_its_instant(scene: Scene) -> None:
    night = START.replace(hour=2) + timedelta(days=2)
    found = await ask(scene, Kind.OWNER, goal="TRIAL", at=night.isoformat())
    assert found is not None
    advice = found["advice"]
    assert advice["advice"]["outcome"] == "CALL_LATER"
    assert advice["bestFrom"] >= advice["hours"]["opensAt"]
    assert advice["meanwhile"].startswith("Write the proposal now")


@pytest.mark.parametrize("days", [-31, 733])
async def test_a_time_out_of_reach_is_invalid(scene: Scene, days: int) -> None:
    """Part (e): beyond two years."""
    at = (START + timedelta(days=days)).isoformat()
    answer = await scene.clients[Kind.OWNER].ask(ADVICE, id=write_id("Lead", scene.accepted.id), at=at)
    assert answer.codes == ["INVALID"]


async def test_judgements_and_notes_are_the_vendors(scene: Scene) -> None:
    lead_id = write_id("Lead", scene.accepted.id)
    payload = await do(
        scene,
        Kind.MEMBER,
        "contactProfileSet",
        "contacting { profile { version temper } preference { ruleId } }",
        leadId=lead_id,
        temper="OUTGOING",
        expectedVersion=0,
    )
    assert payload["contacting"] == {
        "profile": {"version": 1, "temper": "OUTGOING"},
        "preference": {"ruleId": "likes_to_talk"},
    }
    await make_statement(scene.market, scene.accepted.id)
    for kind, version, statements in ((Kind.OWNER, 1, 1), (Kind.PROSPECT, 0, 0), (Kind.OPERATOR, 0, 1)):
        found = await ask(scene, kind)
        assert found is not None
        assert (found["profile"]["version"], len(found["statements"])) == (version, statements), kind
    before = await snapshot(connection())
    stale = await do(
        scene, Kind.OWNER, "contactProfileSet", "contacting { question }", leadId=lead_id, expectedVersion=0
    )
    assert [error["code"] for error in stale["userErrors"]] == ["STALE_VERSION"]
    assert await snapshot(connection()) == before


async def test_what_the_person_said_turns_the_next_advice(scene: Scene) -> None:
    """Part (g)."""
    payload = await do(
        scene,
        Kind.OWNER,
        "contactStatementRead",
        "statements { id kind strong } stops { id } "
        "contacting { advice(goal: TRIAL) { advice { outcome } } }",
        leadId=write_id("Lead", scene.accepted.id),
        text="Trimite-mi un e-mail, mă uit eu",
        at=START.isoformat(),
        medium="CALL",
        idempotencyKey=new_id().hex,
    )
    assert payload["contacting"]["advice"]["advice"]["outcome"] == "WRITE"
    (statement,) = payload["statements"]
    assert (statement["kind"], statement["strong"], payload["stops"]) == ("WRITE", True, [])
    taken_back = await do(
        scene,
        Kind.MEMBER,
        "contactStatementTakeBack",
        "statement { takenBackAt }",
        statementId=statement["id"],
    )
    assert taken_back["statement"]["takenBackAt"] is not None
    found = await ask(scene, Kind.OWNER)
    assert found is not None
    assert found["preference"]["ruleId"] == "nothing_known"


async def test_as_many_statements_are_shown_as_are_asked_for(scene: Scene) -> None:
    for _ in range(3):
        await make_statement(scene.market, scene.accepted.id)
    document = """query ($id: ID!, $first: Int! = 20) { node(id: $id) { ... on Lead {
        contacting { statements(first: $first) { id } } } } }"""
    lead = write_id("Lead", scene.accepted.id)

    async def shown(**given: int) -> Answer:
        return await scene.clients[Kind.OWNER].ask(document, id=lead, **given)

    for given, count in (({}, 3), ({"first": 2}, 2)):
        found = (await shown(**given)).data["node"]["contacting"]["statements"]
        assert len(found) == count
    for first in (0, 21):
        assert (await shown(first=first)).codes == ["INVALID"]


async def test_a_forbidding_word_shows_its_stop(scene: Scene) -> None:
    payload = await do(
        scene,
        Kind.OWNER,
        "contactStatementRead",
        "statements { kind } stops { scope medium origin }",
        leadId=write_id("Lead", scene.accepted.id),
        text="Proszę nie dzwonić",
        at=START.isoformat(),
        medium="CALL",
        idempotencyKey=new_id().hex,
    )
    assert payload["statements"] == [{"kind": "STOP_CALLS"}]
    assert payload["stops"] == [{"scope": "ACCOUNT", "medium": "CALL", "origin": "MARKER"}]


async def test_an_attempt_cites_its_advice(scene: Scene) -> None:
    found = await ask(scene, Kind.OWNER)
    assert found is not None
    given: Mapping[str, object] = {
        "leadId": write_id("Lead", scene.accepted.id),
        "medium": "EMAIL",
        "at": START.isoformat(),
        "outcome": "WROTE",
        "goal": "OFFER",
    }
    right = await do(
        scene,
        Kind.OWNER,
        "contactAttemptRecord",
        "attempt { id goal advice { outcome ruleId } }",
        **given,
        adviceId=found["advice"]["id"],
        idempotencyKey="a",
    )
    attempt = right["attempt"]
    advised = found["advice"]["advice"]
    assert attempt["goal"] == "OFFER"
    assert attempt["advice"] == {"outcome": advised["outcome"], "ruleId": advised["ruleId"]}
    document = "query ($id: ID!) { node(id: $id) { ... on ContactAttempt { goal advice { facts } } } }"
    seen = {
        kind: (await scene.clients[kind].ask(document, id=attempt["id"])).data["node"]
        for kind in (Kind.MEMBER, Kind.PROSPECT, Kind.OPERATOR)
    }
    assert seen[Kind.MEMBER]["advice"] is not None
    assert seen[Kind.MEMBER]["advice"] == seen[Kind.OPERATOR]["advice"]
    assert seen[Kind.PROSPECT] == {"goal": "OFFER", "advice": None}  # its facts are judgements
    wrong = await do(
        scene, Kind.OWNER, "contactAttemptRecord", "attempt { id }", **given, adviceId="x", idempotencyKey="b"
    )
    assert wrong["userErrors"] == [{"code": "INVALID", "field": ["adviceId"]}]
    after = await ask(scene, Kind.OWNER)
    assert after is not None
    assert after["advice"]["advice"]["outcome"] == "WAIT"


async def test_the_own_company_sets_how_it_is_contacted(scene: Scene) -> None:
    signatures = [{"language": "en", "text": "Vera Vendor, sales"}]
    payload = await do(
        scene,
        Kind.OWNER,
        "senderProfileSet",
        "senderProfile { version accepts signatures { language text } }",
        accepts=["CHAT"],
        signatures=signatures,
    )
    assert payload["senderProfile"] == {"version": 1, "accepts": ["CHAT"], "signatures": signatures}
    found = await ask(scene, Kind.OWNER)
    assert found is not None
    assert "SENDER_PREFERS_ANOTHER" in found["advice"]["warnings"]
    assert found["advice"]["lead"].startswith("I answer fastest in the chat")
    own = "{ viewer { account { senderProfile { version } } } }"
    for kind, version in ((Kind.MEMBER, 1), (Kind.OTHER_VENDOR, 0)):
        answer = await scene.clients[kind].ask(own)
        assert answer.data["viewer"]["account"]["senderProfile"]["version"] == version
    accounts = "{ accounts { nodes { senderProfile { version } } } }"
    answer = await scene.clients[Kind.OPERATOR].ask(accounts)
    assert {str(node["senderProfile"]) for node in answer.data["accounts"]["nodes"]} == {"None"}


async def test_a_stop_beats_every_advice(scene: Scene) -> None:
    await set_stop(scene.market.prospect.viewer, Silence(), StopInput(), new_id().hex)
    found = await ask(scene, Kind.OWNER, goal="TRIAL")
    assert found is not None
    assert found["advice"]["advice"]["outcome"] == "DO_NOT_CONTACT"
    assert found["advice"]["bestFrom"] is None


async def test_advice_of_a_page_costs_one_statement_more_than_permissions(
    scene: Scene, database: Database
) -> None:
    """For a hundred leads."""
    place = scene.market
    leads = [LeadRow(place.market.id, place.prospect.id) for _ in range(110)]
    await insert_leads(leads)
    await insert_deliveries(
        [DeliveryRow(lead.id, place.vendor.id, place.market.policy_id, "RECORD") for lead in leads]
    )
    await fetch(
        connection(),
        """INSERT INTO contact (id, lead_id, full_name, email, phone, other_emails, other_phones,
                                preferred_channel, time_zone, time_zone_given, preferred_given)
           SELECT gen_random_uuid(), lead.id, 'Fake Person', 'fake@person.example', '+4930901820', '[]', '[]',
                  'EMAIL', 'Europe/Berlin', false, false
           FROM lead LEFT JOIN contact ON contact.lead_id = lead.id WHERE contact.id IS NULL""",
    )
    owner = scene.clients[Kind.OWNER]
    advice = (
        "advice { advice { outcome } bestFrom } profile { version } statements { id } preference { ruleId }"
    )
    counted: dict[tuple[str, int], int] = {}
    for size in (10, 100):
        for fields in ("stops { id }", f"stops {{ id }} {advice}"):
            document = f"{{ leads(first: {size}) {{ nodes {{ id contacting {{ {fields} }} }} }} }}"
            await owner.ask(document)  # policies are read once per process
            with recorded_statements() as statements:
                answer = await owner.ask(document)
            assert len([node for node in answer.data["leads"]["nodes"] if node["contacting"]]) == size
            counted[fields, size] = len(statements)
    few, more, many, many_more = counted.values()
    assert (few, more) == (many, many_more)
    assert more == few + 1
