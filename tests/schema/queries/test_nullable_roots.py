"""A root field that fails is null, with its error, and the other fields are returned."""

import pytest

from schema import build_schema
from schema.graphql.ids import write_id
from tests.support.scene import Scene
from tests.support.viewers import Kind


def test_every_root_field_of_queries_and_mutations_is_nullable() -> None:
    """Otherwise its error would make the whole response null."""
    graph = build_schema()._schema
    assert graph.query_type is not None
    assert graph.mutation_type is not None
    fields = {**graph.query_type.fields, **graph.mutation_type.fields}
    assert [name for name, field in fields.items() if str(field.type).endswith("!")] == []


async def test_a_refused_query_does_not_affect_the_others(scene: Scene) -> None:
    """One is forbidden, one has an invalid argument, and two are returned."""
    answer = await scene.clients[Kind.OWNER].ask(
        "{ accounts { nodes { id } } leads(first: 0) { nodes { id } } viewer { roles } node(id: 1) { id } }"
    )
    assert answer.status == 200
    assert answer.body["data"] == {
        "accounts": None,
        "leads": None,
        "viewer": {"roles": ["OWNER"]},
        "node": None,
    }
    found = {error["path"][0]: error["extensions"]["code"] for error in answer.body["errors"]}
    assert found == {"accounts": "FORBIDDEN", "leads": "INVALID"}


async def test_a_failed_mutation_does_not_affect_the_others(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The application before it and the sign-out after it are returned."""

    async def fail(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("schema.feed.mutations.notification_read.mark_read", fail)
    answer = await scene.clients[Kind.OWNER].ask(
        """mutation ($lead: ID!) {
             applicationSubmit(input: {leadId: $lead, introduction: "We can.", idempotencyKey: "once"}) {
               application { status } userErrors { code } }
             notificationRead(input: {ids: []}) { userErrors { code } }
             signOut { signedOut } }""",
        lead=write_id("Lead", scene.untouched.id),
    )
    assert answer.codes == ["INTERNAL"]
    assert answer.body["data"] == {
        "applicationSubmit": {"application": {"status": "PENDING"}, "userErrors": []},
        "notificationRead": None,
        "signOut": {"signedOut": True},
    }
