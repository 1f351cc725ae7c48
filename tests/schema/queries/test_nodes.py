"""`node` and `nodes`: objects that the viewer may not see are null, like ids that do not exist."""

import base64
from collections.abc import Mapping
from uuid import UUID

import pytest
from graphql import build_schema

from schema import print_sdl
from schema.graphql.ids import split_id, write_id
from schema.nodes import READERS
from tests.support.scene import Scene, ids_of
from tests.support.viewers import SIGNED_IN, Kind

NODE = "query ($id: ID!) { node(id: $id) { id __typename } }"
NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }"

# Who sees the vendor's or prospect's node of each type (`ids_of`).
SEEN: Mapping[str, tuple[str, ...]] = {
    "Account": (Kind.OWNER, Kind.MEMBER, Kind.OPERATOR),
    "Application": (Kind.OWNER, Kind.MEMBER, Kind.PROSPECT, Kind.OPERATOR),
    "Appointment": (Kind.OWNER, Kind.MEMBER, Kind.AGENT, Kind.OPERATOR),
    "Call": (Kind.OWNER, Kind.MEMBER, Kind.AGENT, Kind.OPERATOR),
    "CallNotice": (Kind.OWNER, Kind.MEMBER, Kind.OPERATOR),
    "ChatMessage": (Kind.OWNER, Kind.MEMBER, Kind.PROSPECT, Kind.OPERATOR),
    "Complaint": (Kind.OWNER, Kind.MEMBER, Kind.OPERATOR),
    "ComplaintItem": (Kind.OWNER, Kind.MEMBER, Kind.OPERATOR),
    "ComplaintMessage": (Kind.OWNER, Kind.MEMBER, Kind.OPERATOR),
    "ContactAttempt": (Kind.OWNER, Kind.MEMBER, Kind.PROSPECT, Kind.OPERATOR),
    "ContactLook": (Kind.PROSPECT, Kind.OPERATOR),
    "ContactStatement": (Kind.OWNER, Kind.MEMBER, Kind.OPERATOR),
    "DecisionRecord": (Kind.OPERATOR,),
    "Delivery": (Kind.OWNER, Kind.MEMBER, Kind.OPERATOR),
    "Device": (Kind.OWNER,),
    "Disclosure": (Kind.PROSPECT, Kind.OPERATOR),
    "Dispatch": (Kind.OWNER, Kind.OPERATOR),
    "DoNotContact": (Kind.OWNER, Kind.MEMBER, Kind.PROSPECT, Kind.OPERATOR),
    "Employee": (Kind.OWNER, Kind.MEMBER, Kind.AGENT, Kind.OPERATOR),
    "EmployeeCalendar": (Kind.OWNER, Kind.MEMBER, Kind.OPERATOR),
    "FaqEntry": (Kind.OWNER, Kind.MEMBER, Kind.AGENT, Kind.OPERATOR),
    "File": (Kind.OWNER, Kind.MEMBER, Kind.OPERATOR),
    "FoundField": (Kind.OWNER, Kind.MEMBER),
    "Lead": (Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR, Kind.PROSPECT, Kind.OPERATOR),
    "LedgerEntry": (Kind.OWNER, Kind.MEMBER, Kind.OPERATOR),
    "Market": SIGNED_IN,
    "Notification": (Kind.OWNER, Kind.MEMBER, Kind.OPERATOR),
    "OptOutList": (Kind.OPERATOR,),
    "Organisation": (Kind.OWNER, Kind.MEMBER),
    "PhoneEvent": (Kind.OPERATOR,),
    "PhoneSystem": (Kind.OPERATOR,),
    "Policy": SIGNED_IN,
    "PolicyTrial": (Kind.OPERATOR,),
    "Secretariat": (Kind.OWNER, Kind.MEMBER, Kind.AGENT, Kind.OPERATOR),
    "SecretariatChange": (Kind.OWNER, Kind.OPERATOR),
    "SmartDataSearch": (Kind.OWNER, Kind.MEMBER),
    "TransferAttempt": (Kind.OWNER, Kind.MEMBER, Kind.AGENT, Kind.OPERATOR),
    "User": (Kind.OWNER, Kind.OPERATOR),
    "Vendor": (Kind.OWNER, Kind.MEMBER, Kind.PROSPECT, Kind.OPERATOR),
    "Viewer": (Kind.OWNER,),
    "VipCaller": (Kind.OWNER, Kind.MEMBER, Kind.OPERATOR),
    "WebhookEndpoint": (Kind.OWNER, Kind.OPERATOR),
}


def test_every_type_of_node_can_be_read_and_is_tested() -> None:
    """A new type of node needs a reader, and a row in the table above."""
    schema = build_schema(print_sdl())
    types = {kind.name for kind in schema.get_possible_types(schema.type_map["Node"])}  # type: ignore[arg-type]
    assert types == READERS.keys() == SEEN.keys()


async def test_a_node_is_found_only_by_those_who_may_see_it(scene: Scene) -> None:
    """`node` returns null, `nodes` a null in its place; anonymous clients get an error."""
    ids = await ids_of(scene)
    for name, client in scene.clients.items():
        together = await client.ask(NODES, ids=list(ids.values()))
        if name not in SIGNED_IN:
            assert together.codes == ["UNAUTHENTICATED"]
            assert (await client.ask(NODE, id=ids["Market"])).codes == ["UNAUTHENTICATED"]
            continue
        expected = [{"id": ids[kind], "__typename": kind} if name in SEEN[kind] else None for kind in ids]
        assert together.data["nodes"] == expected, name
        for kind, node in zip(ids, expected, strict=True):
            assert (await client.ask(NODE, id=ids[kind])).data["node"] == node, (name, kind)


async def test_an_id_of_one_type_does_not_open_another(scene: Scene) -> None:
    """The id of the right row under another type returns nothing, or what that type shows of the row."""
    operator = scene.clients[Kind.OPERATOR]
    for kind, global_id in (await ids_of(scene)).items():
        found = split_id(global_id)
        assert found is not None
        others = [write_id(other, found[1]) for other in sorted(SEEN.keys() - {kind})]
        nodes = (await operator.ask(NODES, ids=others)).data["nodes"]
        twins = {
            "Account": {"Vendor"},
            "Application": {"ChatMessage"},  # its introduction
            "Vendor": {"Account"},
            "Viewer": {"User"},
            "Delivery": {"Disclosure"},
            "Disclosure": {"Delivery"},
            "Organisation": {"Delivery", "Disclosure"},  # its keys have the id of the delivery that made them
        }.get(kind, set())
        assert {node["__typename"] for node in nodes if node} == twins, kind


async def test_a_vendor_is_what_a_prospect_sees_of_an_account(scene: Scene) -> None:
    """The same row: points and plan only as an account, only the name as a vendor."""
    account = scene.market.vendor.id
    document = """query ($ids: [ID!]!) { nodes(ids: $ids) {
        ... on Vendor { name } ... on Account { name points } } }"""
    ids = [write_id("Vendor", account), write_id("Account", account)]
    assert (await scene.clients[Kind.PROSPECT].ask(document, ids=ids)).data["nodes"] == [
        {"name": "Fake Vendor Ltd"},
        None,
    ]
    vendor, found = (await scene.clients[Kind.OWNER].ask(document, ids=ids)).data["nodes"]
    assert (vendor, found) == ({"name": "Fake Vendor Ltd"}, {"name": "Fake Vendor Ltd", "points": 80})


async def test_the_viewer_is_a_node_with_one_id(scene: Scene) -> None:
    """The same id at each sign-in, found by `node` with the viewer's own fields, and nobody else's."""
    document = "{ viewer { id roles account { id } feedCursor } }"
    ids = set()
    for name in SIGNED_IN:
        viewer = (await scene.clients[name].ask(document)).data["viewer"]
        node = await scene.clients[name].ask(
            "query ($id: ID!) { node(id: $id) { id ... on Viewer { roles account { id } feedCursor } } }",
            id=viewer["id"],
        )
        assert node.data["node"] == viewer, name
        ids.add(viewer["id"])
    assert len(ids) == len(SIGNED_IN)
    for name in SIGNED_IN:
        nodes = (await scene.clients[name].ask(NODES, ids=sorted(ids))).data["nodes"]
        assert len([node for node in nodes if node]) == 1, name


def _encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


NOBODYS = UUID("01900000-0000-7000-8000-0123456789ab")  # a row that does not exist
MALFORMED = (
    "",
    " ",
    "0",
    "=",
    "Lead:1",
    "💣",
    "\x00",
    "A" * 5_000,
    str(NOBODYS),
    _encoded("Lead"),
    _encoded("Lead:"),
    _encoded("Lead:1"),
    _encoded(f"Lead:{NOBODYS}"),
    _encoded(f"Lead:{{{NOBODYS.hex}}}"),
    _encoded(f"lead:{NOBODYS.hex}"),
    _encoded(f"Nothing:{NOBODYS.hex}"),
    _encoded(f"__class__:{NOBODYS.hex}"),
    _encoded(f"Lead:{NOBODYS.hex.upper()}"),
    _encoded(f"Lead:{NOBODYS.hex}:x"),
    write_id("Lead", NOBODYS) + "=",
    write_id("Lead", NOBODYS)[:-3],
)


async def test_a_malformed_id_is_not_found(scene: Scene) -> None:
    """It is treated like an id that does not exist."""
    operator = scene.clients[Kind.OPERATOR]
    nodes = (await operator.ask(NODES, ids=list(MALFORMED))).data["nodes"]
    assert nodes == [None] * len(MALFORMED)
    for global_id in MALFORMED:
        assert (await operator.ask(NODE, id=global_id)).data["node"] is None, global_id


async def test_nodes_keep_their_order_and_may_repeat(scene: Scene) -> None:
    """One place for each id."""
    ids = await ids_of(scene)
    asked = [ids["Lead"], "no", ids["Market"], ids["Lead"]]
    nodes = (await scene.clients[Kind.OWNER].ask(NODES, ids=asked)).data["nodes"]
    assert [node and node["__typename"] for node in nodes] == ["Lead", None, "Market", "Lead"]


@pytest.mark.parametrize(("count", "codes"), [(0, []), (100, []), (101, ["LIMIT_EXCEEDED"])])
async def test_more_than_100_nodes_are_refused(scene: Scene, count: int, codes: list[str]) -> None:
    """101 are refused."""
    lead = write_id("Lead", scene.hidden.id)
    answer = await scene.clients[Kind.OWNER].ask(NODES, ids=[lead] * count)
    assert answer.codes == codes
    if codes:
        assert answer.body["errors"][0]["extensions"]["field"] == ["ids"]
    else:
        assert len(answer.data["nodes"]) == count


async def test_another_accounts_id_in_a_filter_finds_nothing(scene: Scene) -> None:
    """A lead that is not the viewer's matches nothing; an id that is not a lead's is INVALID."""
    document = "query ($id: ID!) { applications(filter: {leadId: $id}) { nodes { id } totalCount } }"
    owner = scene.clients[Kind.OWNER]
    foreign = (await owner.ask(document, id=write_id("Lead", scene.foreign.id))).data["applications"]
    assert foreign == {"nodes": [], "totalCount": 0}
    own = (await owner.ask(document, id=write_id("Lead", scene.hidden.id))).data["applications"]
    assert own["totalCount"] == 1
    for wrong in ("", "x", write_id("Market", scene.hidden.id)):
        answer = await owner.ask(document, id=wrong)
        assert answer.codes == ["INVALID"]
        assert answer.body["errors"][0]["extensions"]["field"] == ["filter", "leadId"]
