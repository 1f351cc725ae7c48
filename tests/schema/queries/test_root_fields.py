"""Every root field of queries for every kind of viewer: how much is shown, or the code of the refusal."""

from collections.abc import Mapping

import pytest
from graphql import GraphQLObjectType, build_schema

from schema import print_sdl
from schema.graphql.ids import write_id
from tests.support.api import Answer
from tests.support.scene import Scene
from tests.support.viewers import EVERYBODY, SIGNED_IN, Kind

Shown = Mapping[str, int | str]
FORBIDDEN, UNAUTHENTICATED = "FORBIDDEN", "UNAUTHENTICATED"


def shown(rest: int | str = FORBIDDEN, **counts: int | str) -> Shown:
    """Return what each viewer sees; viewers that are not listed get `rest`."""
    names = {name.replace("_", " "): count for name, count in counts.items()}
    assert names.keys() <= set(SIGNED_IN)
    return {**dict.fromkeys(SIGNED_IN, rest), **names, Kind.ANONYMOUS: UNAUTHENTICATED}


# A root field of the schema without a row here fails `test_every_root_field_is_tested`.
ROOT_FIELDS: Mapping[str, tuple[str, Shown]] = {
    "viewer": ("{ found: viewer { user { id } roles } }", shown(1)),
    "node": (
        "query ($id: ID!) { found: node(id: $id) { id } }",
        shown(0, owner=1, member=1, other_vendor=1, prospect=1, operator=1),
    ),
    "nodes": (
        "query ($id: ID!) { found: nodes(ids: [$id]) { id } }",
        shown(0, owner=1, member=1, other_vendor=1, prospect=1, operator=1),
    ),
    "leads": (
        "{ found: leads { nodes { id } totalCount } }",
        shown(owner=4, member=4, other_vendor=4, prospect=3, other_prospect=1, operator=4),
    ),
    "applications": (
        "{ found: applications { nodes { id } totalCount } }",
        shown(owner=2, member=2, other_vendor=1, prospect=2, other_prospect=1, operator=3),
    ),
    "chatPreview": (
        """query ($id: ID!) {
            found: chatPreview(applicationId: $id, text: "Hello") { shownToOther } }""",
        shown("NOT_FOUND"),  # the id is a lead's
    ),
    "emailDraftCheck": (
        """query ($id: ID!) {
            found: emailDraftCheck(input: {leadId: $id, purpose: SERVICE, subject: "", text: ""}) {
                code } }""",
        # The contact data of the lead is hidden from every vendor.
        shown(owner="REFUSED_BY_RULE", member="REFUSED_BY_RULE", other_vendor="REFUSED_BY_RULE"),
    ),
    "deliveries": (
        "{ found: deliveries { nodes { id } totalCount } }",
        shown(owner=1, member=1, other_vendor=0, operator=1),
    ),
    "complaints": (
        "{ found: complaints { nodes { id } totalCount } }",
        shown(owner=0, member=0, other_vendor=0, operator=0),
    ),
    "complaintPreview": (
        "query ($id: ID!) { found: complaintPreview(items: [{deliveryId: $id}]) { row } }",
        shown(owner=1, member=1, other_vendor=1),
    ),
    "complaintStatistics": (
        "{ found: complaintStatistics { key } }",
        shown(owner=0, member=0, other_vendor=0, operator=0),
    ),
    "activityStatistics": (
        """{ found: activityStatistics(
            period: {from: "2026-03-02T00:00:00Z", to: "2026-03-04T00:00:00Z"}) { id: begins } }""",
        shown(owner=2, member=2, other_vendor=2, operator=2),
    ),
    # Points bought, two applications and an acceptance; two received, and a notice of the reveal.
    "notifications": (
        "{ found: notifications { nodes { id } totalCount } }",
        shown(0, owner=4, member=4, other_vendor=2, prospect=3, other_prospect=1),
    ),
    # Three applications, one of them accepted: letters about them, and their calendar events to both sides.
    "dispatches": (
        "{ found: dispatches { nodes { id } } }",
        shown(0, owner=4, member=4, other_vendor=1, prospect=5, other_prospect=2, operator=17),
    ),
    "disclosures": (
        "{ found: disclosures { nodes { id } totalCount } }",
        shown(prospect=1, other_prospect=0, operator=1),
    ),
    # The scene has no looks; tests/schema/leads/test_contact_looks.py has them.
    "contactLooks": (
        "{ found: contactLooks { nodes { id } } }",
        shown(prospect=0, other_prospect=0, operator=0),
    ),
    "optOutLists": ("{ found: optOutLists { id } }", shown(operator=0)),
    "webhookEndpoints": (
        "{ found: webhookEndpoints { nodes { id } } }",
        shown(FORBIDDEN, owner=0, other_vendor=0, operator=0),
    ),
    "leadCategories": (
        "{ found: leadCategories { nodes: categories { id: category leads } } }",
        shown(owner=1, member=1, other_vendor=1, prospect=1, other_prospect=1, operator=1),
    ),
    "secretariat": (
        "{ found: secretariat { id } }",
        shown(0, prospect=FORBIDDEN, other_prospect=FORBIDDEN),
    ),
    "callRoutePreview": (
        "{ found: callRoutePreview(input: {}) { at } }",
        shown(owner="NOT_FOUND", member="NOT_FOUND", other_vendor="NOT_FOUND", operator="REQUIRED"),
    ),
    "callCoverage": (
        """{ found: callCoverage(input: {
            period: {from: "2026-03-02T00:00:00Z", to: "2026-03-03T00:00:00Z"}}) { truncated } }""",
        shown(owner="NOT_FOUND", member="NOT_FOUND", other_vendor="NOT_FOUND", operator="REQUIRED"),
    ),
    "callStatistics": (
        """{ found: callStatistics(
            period: {from: "2026-03-02T00:00:00Z", to: "2026-03-03T00:00:00Z"}) { total } }""",
        shown(owner="NOT_FOUND", member="NOT_FOUND", other_vendor="NOT_FOUND", operator="REQUIRED"),
    ),
    "calls": (
        "{ found: calls { nodes { id } totalCount } }",
        shown(owner=0, member=0, other_vendor=0, agent=0, operator=0),
    ),
    "callBoard": ("{ found: callBoard { id } }", shown(agent=0)),
    "outsideSources": ("{ found: outsideSources { id: source } }", shown(operator=7)),
    "phoneSystems": ("{ found: phoneSystems { id } }", shown(operator=0)),
    "markets": ("{ found: markets { nodes { id } } }", shown(1)),
    "service": ("{ found: service { version } }", {**shown(1), Kind.ANONYMOUS: 1}),
    "policies": ("{ found: policies { nodes { id } } }", shown(1)),
    "decisions": ("{ found: decisions { nodes { id } } }", shown(operator=1)),
    "rulesets": ("{ found: rulesets { id: name } }", shown(operator=28)),
    "decisionTry": (
        '{ found: decisionTry(ruleset: "refund", facts: {}) { ruleId } }',
        shown(operator="INVALID"),
    ),
    "policyCheck": (
        '{ found: policyCheck(input: {market: "main", parameters: {}}) { rulesetsHold } }',
        shown(operator=1),
    ),
    "health": ("{ found: health { overdueDeadlines } }", shown(operator=1)),
    "publicTextCheck": (
        '{ found: publicTextCheck(title: "", brief: "petra@example.com", country: "DE") { id: kind } }',
        shown(prospect=1, other_prospect=1, operator=1),
    ),
    "accounts": ("{ found: accounts { nodes { id } } }", shown(operator=2)),
}


def _outcome(answer: Answer) -> int | str:
    if answer.codes:
        assert not (answer.body.get("data") or {}).get("found")
        return answer.codes[0]
    found = answer.data["found"]
    if found is None:
        return 0
    if isinstance(found, list):
        return len([one for one in found if one])
    if "nodes" not in found:
        return 1
    assert found.get("totalCount", len(found["nodes"])) == len(found["nodes"])
    return len(found["nodes"])


def test_every_root_field_is_tested() -> None:
    """A new root field of queries needs a row in the table above."""
    query = build_schema(print_sdl()).query_type
    assert isinstance(query, GraphQLObjectType)
    assert query.fields.keys() == ROOT_FIELDS.keys()


@pytest.mark.parametrize("field", ROOT_FIELDS)
async def test_each_viewer_sees_exactly_its_own_in_every_root_field(scene: Scene, field: str) -> None:
    """For each kind of viewer."""
    document, expected = ROOT_FIELDS[field]
    lead = write_id("Lead", scene.hidden.id)
    variables = {"id": lead} if "$id" in document else {}
    assert expected.keys() == set(EVERYBODY)
    outcomes = {
        name: _outcome(await client.ask(document, **variables)) for name, client in scene.clients.items()
    }
    assert outcomes == expected


async def test_a_list_contains_exactly_what_belongs_to_the_viewer(scene: Scene) -> None:
    """Exactly these leads and applications, not only their number."""
    document = "{ leads { nodes { id } } applications { nodes { id } } }"
    everything = {scene.hidden, scene.accepted, scene.untouched, scene.foreign}
    own = everything - {scene.foreign}
    hidden, accepted = scene.hidden_application, scene.accepted_application
    expected = {
        Kind.OWNER: (everything, {hidden, accepted}),
        Kind.MEMBER: (everything, {hidden, accepted}),
        Kind.OTHER_VENDOR: (everything, {scene.foreign_application}),
        Kind.PROSPECT: (own, {hidden, accepted}),
        Kind.OTHER_PROSPECT: ({scene.foreign}, {scene.foreign_application}),
        Kind.OPERATOR: (everything, {hidden, accepted, scene.foreign_application}),
    }
    for name, (leads, applications) in expected.items():
        data = (await scene.clients[name].ask(document)).data
        found = {kind: {node["id"] for node in data[kind]["nodes"]} for kind in data}
        assert found["leads"] == {write_id("Lead", lead.id) for lead in leads}, name
        assert found["applications"] == {write_id("Application", one) for one in applications}, name


async def test_only_the_prospect_sees_all_applications_to_a_lead(scene: Scene) -> None:
    """A vendor does not learn who else applied."""
    document = """query ($id: ID!) { node(id: $id) { ... on Lead {
      applications { nodes { id vendor { name } } totalCount } application { id } delivery { id } } } }"""
    lead = write_id("Lead", scene.foreign.id)
    for name, count in (
        (Kind.OWNER, 0),
        (Kind.OTHER_VENDOR, 1),
        (Kind.OTHER_PROSPECT, 1),
        (Kind.OPERATOR, 1),
    ):
        node = (await scene.clients[name].ask(document, id=lead)).data["node"]
        found = node["applications"]
        assert (len(found["nodes"]), found["totalCount"]) == (count, count), name
        assert (node["application"] is not None) == (name == Kind.OTHER_VENDOR)


async def test_the_viewer_is_the_signed_in_user(scene: Scene) -> None:
    """An employee's sub-account and an agent act for no account."""
    roles = {
        Kind.OWNER: ("OWNER", True),
        Kind.MEMBER: ("MEMBER", True),
        Kind.EMPLOYEE: ("EMPLOYEE", False),
        Kind.PROSPECT: ("PROSPECT", False),
        Kind.AGENT: ("AGENT", False),
        Kind.OPERATOR: ("OPERATOR", False),
    }
    for name, (role, has_account) in roles.items():
        viewer = (
            await scene.clients[name].ask(
                "{ viewer { roles account { name points pointsOnHold } feedCursor } }"
            )
        ).data["viewer"]
        assert (viewer["roles"], viewer["account"] is not None) == ([role], has_account), name
        if has_account:
            assert viewer["account"] == {"name": "Fake Vendor Ltd", "points": 80, "pointsOnHold": 10}


@pytest.mark.parametrize("name", ["leads", "applications"])
async def test_the_error_of_a_refused_list_has_the_requested_field(scene: Scene, name: str) -> None:
    answer = await scene.clients[Kind.AGENT].ask(f"{{ {name} {{ nodes {{ id }} }} }}")
    assert answer.body["errors"][0]["message"].endswith(f"can read {name}.")
