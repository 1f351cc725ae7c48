"""Who acts for an account, and whose request a lead is: operators see it, nobody else."""

import pytest

from schema.graphql.ids import write_id
from tests.support.scene import Scene
from tests.support.viewers import Kind

PEOPLE = """query ($id: ID!) { node(id: $id) { ... on Account {
  people { user { id email } role since disabledAt } } } }"""
PROSPECT = "query ($id: ID!) { node(id: $id) { ... on Lead { prospectId } } }"
PUBLISH = """mutation ($input: LeadPublishInput!) { leadPublish(input: $input) {
  lead { id prospectId } userErrors { code field } } }"""


async def test_an_operator_sees_who_acts_for_an_account(scene: Scene) -> None:
    account = write_id("Account", scene.market.vendor.id)
    operator = scene.clients[Kind.OPERATOR]
    people = (await operator.ask(PEOPLE, id=account)).data["node"]["people"]
    assert {one["role"] for one in people} >= {"OWNER", "MEMBER"}
    assert all(one["user"]["email"] and one["since"] and one["disabledAt"] is None for one in people)


@pytest.mark.parametrize("kind", [Kind.OWNER, Kind.MEMBER])
async def test_the_people_of_an_account_are_hidden_from_its_own_users(kind: Kind, scene: Scene) -> None:
    account = write_id("Account", scene.market.vendor.id)
    found = await scene.clients[kind].ask(PEOPLE, id=account)
    assert found.data["node"] == {"people": None}


async def test_an_operator_publishes_again_for_the_prospect_of_a_lead(scene: Scene) -> None:
    lead = write_id("Lead", scene.untouched.id)
    operator = scene.clients[Kind.OPERATOR]
    prospect = (await operator.ask(PROSPECT, id=lead)).data["node"]["prospectId"]
    given = {
        "title": "A second request",
        "brief": "Of the same person.",
        "category": "Roofs",
        "country": "DE",
        "market": "main",
        "prospectId": prospect,
        "contact": {"fullName": "Petra Halloran", "preferredChannel": "EMAIL", "email": "p@planted.example"},
    }
    published = (await operator.ask(PUBLISH, input=given)).data["leadPublish"]
    assert published["userErrors"] == []
    assert published["lead"]["prospectId"] == prospect


@pytest.mark.parametrize("kind", [Kind.OWNER, Kind.OTHER_VENDOR, Kind.PROSPECT])
async def test_the_prospect_of_a_lead_is_hidden_from_others(kind: Kind, scene: Scene) -> None:
    found = await scene.clients[kind].ask(PROSPECT, id=write_id("Lead", scene.untouched.id))
    assert found.data["node"] == {"prospectId": None}
