"""Webhook endpoints in the API: who sees them and their dispatches, and when a secret is shown."""

from models.messages.channels.webhook_signature import WebhookSecret
from schema.graphql.ids import write_id
from tests.support.api import Api, Json
from tests.support.applied import Applied
from tests.support.mutation_calls import refusals
from tests.support.stored_endpoint import make_stored_endpoint
from tests.support.viewers import Kind

CREATE = """mutation ($input: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $input) {
  endpoint { id version url events state disabledBecause failingSince secretRotatesUntil createdAt } secret
  userErrors { code field reason dispatchReason } } }"""
ROTATE = """mutation ($input: WebhookSecretRotateInput!) { webhookSecretRotate(input: $input) {
  endpoint { id secretRotatesUntil } secret userErrors { code field reason } } }"""
UPDATE = """mutation ($input: WebhookEndpointUpdateInput!) { webhookEndpointUpdate(input: $input) {
  endpoint { url events state disabledBecause version } userErrors { code field reason } } }"""
DELETE = """mutation ($input: WebhookEndpointDeleteInput!) { webhookEndpointDelete(input: $input) {
  endpointId userErrors { code field reason } } }"""
TEST = """mutation ($input: WebhookTestInput!) { webhookTest(input: $input) {
  dispatch { id template state } userErrors { code field reason } } }"""
REPLAY = """mutation ($input: WebhookReplayInput!) { webhookReplay(input: $input) {
  count userErrors { code field reason } } }"""
LIST = """{ webhookEndpoints { nodes { id url state
  dispatches(filter: {state: WAITING}) { nodes { id template } } } } }"""
NODE = (
    "query ($id: ID!) { node(id: $id) { ... on WebhookEndpoint { dispatches(first: 1) { nodes { id } } } } }"
)
SENT = """{ dispatches(filter: {channel: WEBHOOK}) { nodes {
  id template recipient addressHint state preview { text } attempts { number } subject { id } } } }"""

_NOT_FOUND = {"code": "NOT_FOUND", "field": ["endpointId"], "reason": "ENDPOINT_NOT_FOUND"}


def _given(api: Api, **changed: object) -> Json:
    (private,) = api.services.settings.webhook_private_hosts
    given = {
        "url": f"https://{private}/a-secret-path",
        "events": ["LEAD_DELIVERED"],
        "idempotencyKey": "once",
    }
    return {**given, **changed}


async def test_a_secret_is_shown_once(api: Api, applied: Applied) -> None:
    """A repeated request gets the same endpoint without it."""
    owner = await applied.client(api, Kind.OWNER)
    first = (await owner.ask(CREATE, input=_given(api))).data["webhookEndpointCreate"]
    again = (await owner.ask(CREATE, input=_given(api))).data["webhookEndpointCreate"]
    assert first["userErrors"] == again["userErrors"] == []
    assert WebhookSecret.parse(first["secret"])
    assert again == {**first, "secret": None}
    assert first["endpoint"]["state"] == "ACTIVE"
    other = (await owner.ask(CREATE, input=_given(api, events=["FEE_REFUNDED"]))).data[
        "webhookEndpointCreate"
    ]
    assert refusals(other) == [("IDEMPOTENCY_CONFLICT", "idempotencyKey")]
    given = {"endpointId": first["endpoint"]["id"], "overlapHours": 169, "idempotencyKey": "rotate"}
    refused = (await owner.ask(ROTATE, input=given)).data["webhookSecretRotate"]
    assert refusals(refused) == [("INVALID", "overlapHours")]
    rotated = (await owner.ask(ROTATE, input={**given, "overlapHours": 1})).data["webhookSecretRotate"]
    assert rotated["secret"] not in {None, first["secret"]}
    assert rotated["endpoint"]["secretRotatesUntil"] is not None


async def test_a_private_address_and_no_events_are_refused(api: Api, applied: Applied) -> None:
    owner = await applied.client(api, Kind.OWNER)
    for changed, expected in (
        ({"url": "https://10.0.0.1/"}, ("INVALID", "url")),
        ({"url": "https://127.0.0.1/"}, ("INVALID", "url")),
        ({"events": []}, ("REQUIRED", "events")),
    ):
        payload = (await owner.ask(CREATE, input=_given(api, **changed))).data["webhookEndpointCreate"]
        assert (payload["endpoint"], payload["secret"], refusals(payload)) == (None, None, [expected])


async def test_owners_see_their_endpoints_with_dispatches_and_operators_all(
    api: Api, applied: Applied
) -> None:
    """The path of an address, which may be a secret, is only in the owner's and operators' endpoint."""
    endpoint = write_id("WebhookEndpoint", await make_stored_endpoint(applied.place.vendor.id))
    owner = await applied.client(api, Kind.OWNER)
    given = {"endpointId": endpoint, "idempotencyKey": "once"}
    payloads = [(await owner.ask(TEST, input=given)).data["webhookTest"] for _ in range(2)]
    assert payloads[0] == payloads[1]
    dispatch = payloads[0]["dispatch"]
    assert (dispatch["template"], dispatch["state"], payloads[0]["userErrors"]) == (
        "webhook_test",
        "WAITING",
        [],
    )
    for kind, sees in ((Kind.OWNER, 1), (Kind.OTHER_VENDOR, 0), (Kind.OPERATOR, 1)):
        client = await applied.client(api, kind)
        endpoints = (await client.ask(LIST)).data["webhookEndpoints"]["nodes"]
        assert [one["dispatches"]["nodes"] for one in endpoints] == [
            [{"id": dispatch["id"], "template": "webhook_test"}]
        ] * sees
        node = (await client.ask(NODE, id=endpoint)).data["node"]
        assert node == ({"dispatches": {"nodes": [{"id": dispatch["id"]}]}} if sees else None)
        sent = (await client.ask(SENT)).data["dispatches"]["nodes"]
        assert len(sent) == sees
        for one in sent:
            assert (one["template"], one["recipient"]) == ("webhook_test", "https://crm.vendor-crm.com/…")
            assert (one["addressHint"], one["subject"], one["state"]) == (None, None, "WAITING")
    for kind in (Kind.MEMBER, Kind.EMPLOYEE, Kind.PROSPECT):
        client = await applied.client(api, kind)
        assert (await client.ask(LIST)).codes == ["FORBIDDEN"]
        assert (await client.ask(SENT)).data["dispatches"]["nodes"] == []
        assert (await client.ask(NODE, id=endpoint)).data["node"] is None


async def test_an_operators_endpoint_is_the_marketplaces(api: Api, applied: Applied) -> None:
    """Operators create, change, replay and delete it; owners do not see it."""
    operator = await applied.client(api, Kind.OPERATOR)
    created = (await operator.ask(CREATE, input=_given(api))).data["webhookEndpointCreate"]
    endpoint = created["endpoint"]
    owner = await applied.client(api, Kind.OWNER)
    assert (await owner.ask(LIST)).data["webhookEndpoints"]["nodes"] == []
    given = {"endpointId": endpoint["id"]}
    disabled = {**given, "state": "DISABLED", "events": ["FEE_REFUNDED"], "expectedVersion": 1}
    changed = (await operator.ask(UPDATE, input=disabled)).data["webhookEndpointUpdate"]
    assert changed == {
        "endpoint": {
            "url": endpoint["url"],
            "events": ["FEE_REFUNDED"],
            "state": "DISABLED",
            "disabledBecause": "A user disabled the endpoint.",
            "version": 2,
        },
        "userErrors": [],
    }
    stale = (await operator.ask(UPDATE, input=disabled)).data["webhookEndpointUpdate"]
    assert refusals(stale) == [("STALE_VERSION", "expectedVersion")]
    period = {"from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"}
    replay = {**given, "period": period, "idempotencyKey": "once"}
    assert refusals((await operator.ask(REPLAY, input=replay)).data["webhookReplay"]) == [
        ("CONFLICT", "endpointId")
    ]
    await operator.ask(UPDATE, input={**given, "state": "ACTIVE"})
    assert (await operator.ask(REPLAY, input=replay)).data["webhookReplay"] == {"count": 0, "userErrors": []}
    for expected in (
        {"endpointId": endpoint["id"], "userErrors": []},
        {"endpointId": None, "userErrors": [_NOT_FOUND]},
    ):
        assert (await operator.ask(DELETE, input=given)).data["webhookEndpointDelete"] == expected
    assert (await operator.ask(NODE, id=endpoint["id"])).data["node"] is None
