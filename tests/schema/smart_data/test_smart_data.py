"""What each kind of viewer is shown of smart contact data, over ASGI."""

import pytest

from models.outside.sources.source import FoundKind
from models.tables import Account, Contact
from rules.plan import Plan
from schema.graphql.ids import write_id
from tests.support.api import Client, Json
from tests.support.scene import Scene, look_up
from tests.support.smart_data import FIRM, FOUND_NAME, WEBSITE, Sources, found, searched, switch
from tests.support.viewers import SIGNED_IN, Kind

LEADS = """{ leads(first: 10) { nodes { id organisation { name }
    smartData { access { ruleId } search { outcome } found { value } } } } }"""
ONE = """query ($id: ID!) { node(id: $id) { ... on Lead { smartData {
    access { outcome ruleId } search { outcome ruleId }
    last { state found points askedBy { name } addressCheck { status } outcomes { source outcome } }
    found { kind about value url image source sourceUrl confidence conflicting attribution keptUntil } }
  organisation { name version domain { name person { id } skipped { reason } }
    people { nodes { id } totalCount } smartData { access { ruleId } search { ruleId } } } } } }"""
SETTINGS = """{ node(id: "%s") { ... on Account { smartContactData { included on version roles searches found
    freshFor keepFoundFor switchedOnBy { name } sources { source on tells attribution } } } } }"""


async def _shown(client: Client, lead_id: str) -> Json:
    node: Json = (await client.ask(ONE, id=lead_id)).data["node"]
    return node


async def test_only_the_account_that_found_it_sees_it(scene: Scene) -> None:
    await look_up(scene)
    accepted = write_id("Lead", scene.accepted.id)
    for kind in SIGNED_IN:
        answer = await scene.clients[kind].ask(LEADS)
        if kind in {Kind.EMPLOYEE, Kind.AGENT}:
            assert answer.codes == ["FORBIDDEN"]
            continue
        nodes = {node.pop("id"): node for node in answer.data["leads"]["nodes"]}
        seen = {
            lead: node for lead, node in nodes.items() if node != {"smartData": None, "organisation": None}
        }
        if kind in {Kind.OWNER, Kind.MEMBER}:
            assert seen == {
                accepted: {
                    "organisation": {"name": "Fake Example GmbH"},
                    "smartData": {
                        "access": {"ruleId": "open_to_account"},
                        "search": {"outcome": "SHOW"},
                        "found": [{"value": FOUND_NAME}],
                    },
                }
            }
        else:
            assert seen == {}, kind


async def test_a_person_and_its_organisation_say_all_that_is_known(scene: Scene) -> None:
    await look_up(scene)
    shown = await _shown(scene.clients[Kind.OWNER], write_id("Lead", scene.accepted.id))
    (value,) = shown["smartData"]["found"]
    assert value == {
        "kind": "NAME",
        "about": "PERSON",
        "value": FOUND_NAME,
        "url": None,
        "image": None,
        "source": "WEBSITE",
        "sourceUrl": f"https://{FIRM}/",
        "confidence": "MEDIUM",
        "conflicting": False,
        "attribution": None,
        "keptUntil": None,
    }
    assert shown["smartData"]["last"] == {
        "state": "DONE",
        "found": 1,
        "points": 0,
        "askedBy": {"name": "Owner Fake"},
        "addressCheck": {"status": "TAKES_MAIL"},
        "outcomes": [
            {"source": "WEBSITE", "outcome": "FOUND"},
            {"source": "MAIL_DNS", "outcome": "NOTHING"},
            {"source": "REGISTER", "outcome": "NOTHING"},
        ],
    }
    organisation = shown["organisation"]
    assert organisation["domain"] == {
        "name": FIRM,
        "person": {"id": write_id("Lead", scene.accepted.id)},
        "skipped": [],
    }
    assert organisation["people"]["totalCount"] == 1
    assert organisation["smartData"]["search"] == {"ruleId": "waits_for_a_user"}


async def test_a_member_does_not_see_which_colleague_asked(scene: Scene) -> None:
    await look_up(scene)
    shown = await _shown(scene.clients[Kind.MEMBER], write_id("Lead", scene.accepted.id))
    assert shown["smartData"]["last"]["askedBy"] is None


async def test_a_downgrade_hides_and_does_not_delete(scene: Scene) -> None:
    await look_up(scene)
    lead_id, client = write_id("Lead", scene.accepted.id), scene.clients[Kind.OWNER]
    account = Account.filter(id=scene.market.vendor.id)
    await account.update(plan=Plan.FREE)
    hidden = (await _shown(client, lead_id))["smartData"]
    assert hidden["access"] == {"outcome": "HIDE", "ruleId": "plan_without_it"}
    assert (hidden["search"], hidden["found"]) == (None, [])
    await account.update(plan=Plan.ENTERPRISE)
    assert len((await _shown(client, lead_id))["smartData"]["found"]) == 1


async def test_a_changed_address_is_another_person(scene: Scene) -> None:
    await look_up(scene)
    await Contact.filter(lead_id=scene.accepted.id).update(email=f"somebody-else@{FIRM}")
    shown = await _shown(scene.clients[Kind.OWNER], write_id("Lead", scene.accepted.id))
    assert shown["smartData"]["found"] == []
    assert shown["smartData"]["search"]["ruleId"] == "waits_for_a_user"


NAMES, PLACES = "{ search { outcome } found(kind: NAME) { value } }", "{ found(kind: LOCATION) { value } }"
KINDS: tuple[tuple[str, dict[str, list[str]]], ...] = (
    (f"a: smartData {NAMES}", {"a": [FOUND_NAME]}),
    (f"a: smartData {PLACES}", {"a": ["Berlin"]}),
    ("a: smartData { found(kind: $kind) { value } }", {"a": ["Berlin"]}),
    ("a: smartData { found(kind: $none) { value } }", {"a": [FOUND_NAME, "Berlin"]}),
    ("a: smartData { found(kind: PHONE) { value } }", {"a": []}),
    ("a: smartData { ...Names ... { found(kind: NAME) { value } } }", {"a": [FOUND_NAME]}),
    (f"a: smartData {NAMES} b: smartData {PLACES}", {"a": [FOUND_NAME], "b": ["Berlin"]}),
    (
        f"a: smartData {NAMES} b: smartData {{ found {{ value }} }}",
        {"a": [FOUND_NAME], "b": [FOUND_NAME, "Berlin"]},
    ),
    ("a: smartData { search { outcome } }", {"a": []}),
)


async def test_values_of_some_kinds_are_the_same_as_among_all(scene: Scene) -> None:
    """A page reads only the kinds that it shows, however they are selected; the rest stays the same."""
    vendor = scene.market.vendor
    await Account.filter(id=vendor.id).update(plan=Plan.PROFESSIONAL)
    await switch(vendor, on=True)
    await Contact.filter(lead_id=scene.accepted.id).update(email=f"petra@{FIRM}")
    place = found(FoundKind.LOCATION, "Berlin")
    await searched(vendor, scene.accepted, Sources({WEBSITE: (found(), place)}))
    for fields, expected in KINDS:
        answer = await scene.clients[Kind.OWNER].ask(
            "query ($kind: FoundKind, $none: FoundKind) { leads(first: 10) { nodes { contact { email }"
            f" {fields} unused: smartData @skip(if: true) {{ found(kind: $kind) {{ id }} }}"
            " also: smartData @skip(if: true) { found(kind: $none) { id } } } } }"
            + ("fragment Names on SmartData { search { outcome } }" if "...Names" in fields else ""),
            kind="LOCATION",
        )
        (shown,) = [node for node in answer.data["leads"]["nodes"] if node["contact"]]
        for name, values in expected.items():
            assert [one["value"] for one in shown[name].get("found", [])] == values, fields
            assert shown[name].get("search", {"outcome": "SHOW"}) == {"outcome": "SHOW"}, fields


async def test_a_picture_is_a_data_url(scene: Scene) -> None:
    vendor = scene.market.vendor
    await Account.filter(id=vendor.id).update(plan=Plan.PROFESSIONAL)
    await switch(vendor, on=True)
    await Contact.filter(lead_id=scene.accepted.id).update(email=f"petra@{FIRM}")
    picture = found(FoundKind.PICTURE, "A picture", image=b"PNG")
    await searched(vendor, scene.accepted, Sources({WEBSITE: (picture,)}))
    shown = await _shown(scene.clients[Kind.OWNER], write_id("Lead", scene.accepted.id))
    assert [one["image"] for one in shown["smartData"]["found"]] == ["data:image/png;base64,UE5H"]


@pytest.mark.parametrize("kind", SIGNED_IN)
async def test_settings_are_for_the_account_and_operators(scene: Scene, kind: Kind) -> None:
    await look_up(scene)
    document = SETTINGS % write_id("Account", scene.market.vendor.id)
    node = (await scene.clients[kind].ask(document)).data["node"]
    if kind not in {Kind.OWNER, Kind.MEMBER, Kind.OPERATOR}:
        assert node is None or node["smartContactData"] is None
        return
    settings = node["smartContactData"]
    assert (settings["included"], settings["on"], settings["version"]) == (True, True, 1)
    assert (settings["searches"], settings["found"]) == (1, 1)
    assert (settings["freshFor"], settings["keepFoundFor"]) == ("PT720H", "PT2160H")
    assert "controller" in settings["roles"]
    assert settings["switchedOnBy"] == (None if kind is Kind.MEMBER else {"name": "Owner Fake"})
    assert all(source["tells"] for source in settings["sources"])
    assert FOUND_NAME not in str(node)
