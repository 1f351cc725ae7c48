"""Payloads of mutations that move points have the account with its new balance, for those who may see it."""

import pytest
from graphql import GraphQLObjectType, get_named_type

from schema import build_schema
from schema.graphql.ids import write_id
from tests.schema.mutations.matrix import DONE, MATRIX
from tests.support.api import Api, Json
from tests.support.applied import Applied
from tests.support.mutation_calls import attempt, call
from tests.support.viewers import Kind

MOVING = (
    "applicationSubmit",
    "applicationAccept",
    "applicationDecline",
    "meetingRecord",
    "leadPurchase",
    "leadDeliver",
    "pointsPurchase",
    "complaintFile",
    "complaintItemDecide",
    "complaintItemsDecide",
)
DONE_BY = [
    pytest.param(name, kind, id=f"{name} by {kind}")
    for name in MOVING
    for kind, code in MATRIX[name].expected.items()
    if code is DONE
]
BALANCE = "{ id name points pointsOnHold }"
PROSPECTS = {Kind.PROSPECT, Kind.OTHER_PROSPECT}


def _wanted(name: str) -> str:
    return f"accounts {BALANCE}" if name == "complaintItemsDecide" else f"account {BALANCE}"


def _account(payload: Json) -> object:
    if "accounts" not in payload:
        return payload["account"]
    assert len(payload["accounts"]) <= 1
    return payload["accounts"][0] if payload["accounts"] else None


def test_every_payload_with_an_account_is_tried() -> None:
    """A new payload with an account must be added to the list above."""
    mutation = build_schema()._schema.mutation_type
    assert mutation is not None
    leading = set()
    for name, field in mutation.fields.items():
        payload = get_named_type(field.type)
        assert isinstance(payload, GraphQLObjectType)
        if "Account" in {str(get_named_type(one.type)) for one in payload.fields.values()}:
            leading.add(name)
    assert leading == set(MOVING)


@pytest.mark.parametrize(("name", "kind"), DONE_BY)
async def test_the_account_has_its_balance_after_the_mutation(
    api: Api, applied: Applied, name: str, kind: Kind
) -> None:
    """A vendor sees its own account, an operator the vendor's, and a prospect none."""
    client, operator = await applied.client(api, kind), await applied.client(api, Kind.OPERATOR)
    vendor = applied.place.other_vendor if kind is Kind.OTHER_VENDOR else applied.place.vendor
    payload = await call(client, name, await MATRIX[name].given(api, applied), _wanted(name))
    assert payload["userErrors"] == []
    expected = (
        await operator.ask(
            f"query ($id: ID!) {{ node(id: $id) {{ ... on Account {BALANCE} }} }}",
            id=write_id("Account", vendor.id),
        )
    ).data["node"]
    assert _account(payload) == (None if kind in PROSPECTS else expected)


async def test_a_refused_mutation_shows_no_account(api: Api, applied: Applied) -> None:
    """A refusal reveals nothing about the account in the input."""
    for name in MOVING:
        case = MATRIX[name]
        given = await case.given(api, applied)
        for kind in (Kind.EMPLOYEE, Kind.OTHER_VENDOR, Kind.OTHER_PROSPECT, Kind.AGENT):
            if case.expected[kind] is not DONE:
                payload = (await attempt(await applied.client(api, kind), name, given, _wanted(name))).data
                assert payload[name]["userErrors"], (name, kind)
                assert _account(payload[name]) is None, (name, kind)


async def test_two_mutations_of_one_request_each_have_their_own_balance(api: Api, applied: Applied) -> None:
    """The second payload doesn't repeat the balance of the first."""
    operator = await applied.client(api, Kind.OPERATOR)
    account = write_id("Account", applied.place.vendor.id)
    lead = write_id("Lead", applied.free.id)
    answer = await operator.ask(
        """mutation ($first: PointsPurchaseInput!, $second: LeadDeliverInput!) {
             pointsPurchase(input: $first) { account { points } }
             leadDeliver(input: $second) { account { points } } }""",
        first={"accountId": account, "points": 5, "idempotencyKey": "1"},
        second={"accountId": account, "leadId": lead, "kind": "RECORD", "points": 7, "idempotencyKey": "2"},
    )
    before = answer.data["pointsPurchase"]["account"]["points"]
    assert answer.data["leadDeliver"]["account"]["points"] == before - 7
