"""Decisions as data: in the viewer's language, with the rules that did not fire, and their policies."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from models.base.database import connection, fetch
from models.deadlines.sweep import sweep
from rules import production_parameters
from schema.graphql.ids import write_id
from tests.support.api import Api
from tests.support.database import Database
from tests.support.marketplace import (
    CONTACT_VALUES,
    HOUR,
    LONG_AGO,
    START,
    apply,
    make_marketplace,
    make_vendor,
    publish_policy,
)
from tests.support.scene import Scene
from tests.support.viewers import SIGNED_IN, Kind

DECISION = """query ($id: ID!) { node(id: $id) { ... on Lead { visibility {
  verdict ruleId reason message policyVersion decidedAt facts changesAt changesTo
  others { ruleId reason failed } } } } }"""


@dataclass(frozen=True)
class Said:
    """Words that occur only in the message of one language."""

    locale: str
    words: str
    at: str


LANGUAGES = (
    Said("en", "The prospect has 48 hours to respond.", "4 Mar"),
    Said("de", "Interessent", "4. M"),
    Said("pl", "48", "4 mar"),
    Said("ro", "48", "4 mar"),
)


@pytest.mark.parametrize("said", LANGUAGES, ids=lambda said: said.locale)
async def test_a_decision_is_shown_in_the_viewers_language(database: Database, api: Api, said: Said) -> None:
    """The reason stays English, for the log; the message says until when."""
    await database.clock.set(START)
    market = await make_marketplace()
    vendor = await make_vendor(100, locale=said.locale)
    await apply(vendor, market.lead)
    client = await api.client(vendor.owner.user_id)
    decision = (await client.ask(DECISION, id=write_id("Lead", market.lead.id))).data["node"]["visibility"]
    assert decision["reason"] == "The prospect has 48 hours to respond."
    assert said.words in decision["message"]
    assert said.at.lower() in decision["message"].replace("\u00a0", " ").lower()
    assert (decision["reason"] in decision["message"]) == (said.locale == "en")


async def test_a_decision_names_its_facts_and_other_rules_in_the_viewers_language(
    database: Database, api: Api
) -> None:
    """A live one on a page and in a list, and a recorded one in a ledger."""
    await database.clock.set(START)
    market = await make_marketplace()
    vendor = await make_vendor(100, locale="de")
    await apply(vendor, market.lead)
    client = await api.client(vendor.owner.user_id)
    await database.clock.set(START + 49 * HOUR)
    await sweep(api.services.wake)
    said = "factsInWords others { message failedConditions }"
    document = f"""query ($id: ID!) {{ node(id: $id) {{ ... on Lead {{ visibility {{ {said} }} }} }}
      leads {{ nodes {{ id visibility {{ {said} }} }} }}
      viewer {{ account {{ ledger {{ nodes {{ decision {{ {said} }} }} }} }} }} }}"""
    lead = write_id("Lead", market.lead.id)
    data = (await client.ask(document, id=lead)).data
    live = data["node"]["visibility"]
    assert [one["visibility"] for one in data["leads"]["nodes"] if one["id"] == lead] in ([], [live])
    ledger = data["viewer"]["account"]["ledger"]["nodes"]
    recorded = next(one["decision"] for one in ledger if one["decision"])
    for decision in (live, recorded):
        facts = [one.replace("\u00a0", " ") for one in decision["factsInWords"]]
        assert "Betrachter: Anbieter" in facts
        assert any(one.startswith("Eingang der Bewerbung: 2. März 2026, ") for one in facts)
        others = [one["message"].replace("\u00a0", " ") for one in decision["others"]]
        assert "Der Interessent hat 48 Stunden Zeit zu antworten." in others
        assert "Der Interessent hat zugesagt." in others


async def test_a_decision_shows_its_facts_and_why_no_other_rule_fired(scene: Scene) -> None:
    """Facts are enums, numbers and instants: never contact data, even if the viewer may see it."""
    for name in (Kind.OWNER, Kind.PROSPECT, Kind.OPERATOR):
        for lead in scene.leads:
            node = (await scene.clients[name].ask(DECISION, id=write_id("Lead", lead.id))).data["node"]
            if node is None:
                continue
            decision = node["visibility"]
            assert not [value for value in CONTACT_VALUES if value in str(decision)]
            assert {"viewer", "basis", "response", "waited", "responded_after", "closed"} <= set(
                decision["facts"]
            )
            assert decision["policyVersion"] == scene.market.market.policy_version
            others = {trace["ruleId"]: trace for trace in decision["others"]}
            assert decision["ruleId"] not in others
            assert len(others) >= 10
            assert all(trace["failed"] and trace["reason"] for trace in others.values())


async def test_each_viewer_gets_the_decision_for_its_own_view(scene: Scene) -> None:
    """The same lead, each viewer by their own rule."""
    lead = write_id("Lead", scene.hidden.id)
    rules = {
        name: node and node["visibility"]["ruleId"]
        for name in SIGNED_IN
        for node in [(await scene.clients[name].ask(DECISION, id=lead)).data["node"]]
    }
    assert rules == {
        "owner": "still_waiting",
        "member": "still_waiting",
        "employee": None,
        "other vendor": "nothing_applied_for",
        "prospect": "own_data",
        "other prospect": None,
        "agent": None,
        "operator": "operator_looks",
    }


async def test_an_applications_visibility_is_the_vendors_for_every_viewer(scene: Scene) -> None:
    """A prospect sees when the vendor will see the data; the lead shows the prospect's own visibility."""
    document = """query ($id: ID!) { node(id: $id) { ... on Application {
      visibility { verdict } lead { visibility { verdict } } } } }"""
    application = write_id("Application", scene.hidden_application)
    for name, own in ((Kind.OWNER, "HIDDEN"), (Kind.PROSPECT, "VISIBLE"), (Kind.OPERATOR, "VISIBLE")):
        node = (await scene.clients[name].ask(document, id=application)).data["node"]
        assert node["visibility"]["verdict"] == "HIDDEN"
        assert node["lead"]["visibility"]["verdict"] == own


async def test_a_ledger_entrys_decision_says_why_points_moved(scene: Scene) -> None:
    """A capture cites the reveal that caused it."""
    document = """{ viewer { account { ledger { nodes {
      kind amount holdAmount decision { verdict ruleId message }
      subject { ... on Application { id status } } } } } } }"""
    nodes = (await scene.clients[Kind.OWNER].ask(document)).data["viewer"]["account"]["ledger"]["nodes"]
    capture = next(node for node in nodes if node["kind"] == "CAPTURE")
    assert (capture["amount"], capture["holdAmount"]) == (0, -10)
    assert capture["decision"]["ruleId"] == "prospect_accepted"
    assert capture["subject"] == {
        "id": write_id("Application", scene.accepted_application),
        "status": "ACCEPTED",
    }


async def test_a_market_shows_the_policy_in_force_at_an_instant(scene: Scene) -> None:
    """Its start is inclusive; before the first version, the first; without an instant, the current one."""
    market = scene.market.market
    parameters = production_parameters()
    parameters["reveal"]["reveal_after"] = 3_600
    parameters["reminder"]["review_reminder_after"] = 1_800
    versions = {"first": market.policy_version}
    for name, since in (("now", START), ("later", START + HOUR)):
        versions[name] = (await publish_policy(market.id, "main", parameters, since))[1]
    document = """query ($id: ID!, $at: DateTime) { node(id: $id) { ... on Market {
      policy(at: $at) { version effectiveFrom parameters } } } }"""
    instants: tuple[tuple[datetime | None, str], ...] = (
        (None, "now"),
        (START, "now"),
        (START - timedelta(microseconds=1), "first"),
        (START + HOUR, "later"),
        (START + 1000 * HOUR, "later"),
        (LONG_AGO - HOUR, "first"),
    )
    for at, name in instants:
        variables = {"id": write_id("Market", market.id), "at": at.isoformat() if at else None}
        policy = (await scene.clients[Kind.OWNER].ask(document, **variables)).data["node"]["policy"]
        assert policy["version"] == versions[name], at
        assert policy["parameters"]["reveal"]["reveal_after"] == (172_800 if name == "first" else 3_600)
    all_of_them = (await scene.clients[Kind.OWNER].ask("{ policies { nodes { version } } }")).data["policies"]
    assert [node["version"] for node in all_of_them["nodes"]] == [
        versions["later"],
        versions["now"],
        versions["first"],
    ]


async def test_a_running_case_is_decided_by_its_original_policy(database: Database, scene: Scene) -> None:
    """A later version applies only to later applications."""
    market = scene.market.market
    parameters = production_parameters()
    parameters["reveal"]["reveal_after"] = 3_600
    parameters["reminder"]["review_reminder_after"] = 1_800
    await publish_policy(market.id, "main", parameters, START + HOUR)
    await database.clock.set(START + 2 * HOUR)
    owner = scene.clients[Kind.OWNER]
    decision = (await owner.ask(DECISION, id=write_id("Lead", scene.hidden.id))).data["node"]["visibility"]
    assert (decision["verdict"], decision["policyVersion"]) == ("HIDDEN", market.policy_version)
    visible = "{ leads(filter: {contactVisible: true}) { nodes { id } } }"
    assert len((await owner.ask(visible)).data["leads"]["nodes"]) == 1
    rows = await fetch(connection(), "SELECT count(*) AS n FROM policy")
    assert rows[0]["n"] == 2
