"""Telephone systems in the API: created, changed, rotated and deleted by operators; bad input is refused."""

import pytest

from models.base.database import connection, fetch, fetch_one
from models.base.public_id import row_id_of
from models.calls.phone.address import webhook_url
from models.calls.phone.drivers import PhoneDriver
from models.calls.phone.set_system import MOST_SYSTEMS
from models.calls.phone.system import OVERLAP, open_secret
from schema.graphql.ids import write_id
from tests.schema.calls.conftest import CALLER, Called
from tests.support.api import Api, Client, Json
from tests.support.calls import NUMBER
from tests.support.invariants import snapshot
from tests.support.marketplace import START
from tests.support.messages import SEALER
from tests.support.phone_requests import new_secret
from tests.support.phone_systems import Line, make_line, make_system, system_of
from tests.support.query_recorder import recorded_statements
from tests.support.viewers import Kind

SET = """mutation ($input: PhoneSystemSetInput!) { phoneSystemSet(input: $input) {
    phoneSystem { id version name driver region publicUrl webhookUrl secretRotatesUntil lastEventAt
      users { key agent { id name } } }
    secret userErrors { code reason phoneReason field message } } }"""
ROTATE = """mutation ($input: PhoneSystemSecretRotateInput!) { phoneSystemSecretRotate(input: $input) {
    phoneSystem { version secretRotatesUntil } secret userErrors { code reason field } } }"""
DELETE = """mutation ($input: PhoneSystemDeleteInput!) { phoneSystemDelete(input: $input) {
    phoneSystemId userErrors { code reason field } } }"""
LIST = """{ phoneSystems { name lastEventAt users { key agent { name } }
    events(first: 2) { nodes { kind result detail at receivedAt call { id caller } } } } }"""
NEW = {"name": "Main line", "driver": "GENERIC", "region": "DE"}


async def put(client: Client, document: str, **given: object) -> Json:
    """Call a mutation; return its payload."""
    answer = await client.ask(document, input=given)
    (payload,) = answer.data.values()
    return payload  # type: ignore[no-any-return]


async def errors(client: Client, document: str, **given: object) -> list[tuple[str, str, list[str]]]:
    """Return (code, reason, field) of the refusals of a mutation that changes nothing."""
    before = await snapshot(connection())
    payload = await put(client, document, **given)
    assert await snapshot(connection()) == before
    return [(one["code"], one["reason"], one["field"]) for one in payload["userErrors"]]


def operator(called: Called) -> Client:
    """Return the operator's client."""
    return called.clients[Kind.OPERATOR]


def agent_id(called: Called) -> str:
    """Return the agent's id."""
    user = called.place.agent.user_id
    assert user is not None
    return write_id("User", user)


async def test_the_secret_of_a_new_system_is_shown_once(api: Api, called: Called) -> None:
    given = {**NEW, "users": [{"key": "agnes", "agentId": agent_id(called)}], "idempotencyKey": "one"}
    made = await put(operator(called), SET, **given)
    assert made["userErrors"] == []
    system = made["phoneSystem"]
    system_id = row_id_of(system["id"], "PhoneSystem")
    assert system_id is not None
    assert system == {
        "id": system["id"],
        "version": 1,
        **NEW,
        "publicUrl": None,
        "webhookUrl": webhook_url(api.services.settings.origin, system_id),
        "secretRotatesUntil": None,
        "lastEventAt": None,
        "users": system["users"],
    }
    assert [(one["key"], one["agent"]["id"]) for one in system["users"]] == [("agnes", agent_id(called))]
    assert made["secret"].startswith("whsec_")
    again = await put(operator(called), SET, **given)
    assert (again["phoneSystem"]["id"], again["secret"]) == (system["id"], None)
    row = await fetch_one(connection(), "SELECT secret FROM phone_system")
    assert row is not None
    assert open_secret(SEALER, system_id, bytes(row["secret"])) == made["secret"]
    assert made["secret"].encode() not in bytes(row["secret"])
    other = await put(operator(called), SET, **{**given, "name": "Another"})
    assert [one["code"] for one in other["userErrors"]] == ["IDEMPOTENCY_CONFLICT"]


@pytest.mark.parametrize(
    ("driver", "field"),
    [
        (PhoneDriver.SIPGATE, "sipgatePublicKey"),
        (PhoneDriver.TWILIO, "twilioAuthToken"),
        (PhoneDriver.PLACETEL, "placetelSecret"),
    ],
)
async def test_the_key_of_a_provider_is_entered_and_a_new_one_overlaps(
    called: Called, driver: PhoneDriver, field: str
) -> None:
    client, key = operator(called), new_secret(driver)
    new = {**NEW, "driver": driver, "idempotencyKey": "one"}
    assert await errors(client, SET, **new) == [("REQUIRED", "PHONE_KEY_MISSING", [field])]
    for wrong in ("", "short", "x" * 5_000):
        refused = await errors(client, SET, **new, **{field: wrong})
        assert refused == [("INVALID", "PHONE_KEY_INVALID", [field])]
    made = await put(client, SET, **new, **{field: key})
    assert (made["userErrors"], made["secret"]) == ([], None)
    change = {**NEW, "driver": driver, "phoneSystemId": made["phoneSystem"]["id"], "expectedVersion": 1}
    changed = await put(client, SET, **change, **{field: new_secret(driver)})
    assert changed["phoneSystem"]["secretRotatesUntil"] == (START + OVERLAP).isoformat().replace(
        "+00:00", "Z"
    )
    rotate = {"phoneSystemId": made["phoneSystem"]["id"], "expectedVersion": 2}
    assert await errors(client, ROTATE, **rotate) == [("CONFLICT", "SECRET_OF_PROVIDER", ["phoneSystemId"])]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"name": " "}, ("REQUIRED", "TEXT_MISSING", ["name"])),
        ({"region": "XX"}, ("INVALID", "REGION_UNKNOWN", ["region"])),
        ({"region": "Germany"}, ("INVALID", "REGION_UNKNOWN", ["region"])),
        ({"publicUrl": "ftp://a.example/"}, ("INVALID", "PUBLIC_URL_INVALID", ["publicUrl"])),
        ({"publicUrl": "https://a.example/#x"}, ("INVALID", "PUBLIC_URL_INVALID", ["publicUrl"])),
        ({"publicUrl": "https://a.example:port/"}, ("INVALID", "PUBLIC_URL_INVALID", ["publicUrl"])),
        (
            {"twilioAuthToken": "x" * 32},
            ("INVALID", "PHONE_KEY_OF_OTHER_DRIVER", ["twilioAuthToken"]),
        ),
        ({"idempotencyKey": None}, ("REQUIRED", "KEY_MISSING", ["idempotencyKey"])),
    ],
)
async def test_bad_input_is_refused_with_its_field(
    called: Called, changed: dict[str, object], expected: tuple[str, str, list[str]]
) -> None:
    given = {**NEW, "idempotencyKey": "one", **changed}
    assert await errors(operator(called), SET, **given) == [expected]


async def test_users_are_agents_with_keys_of_their_own(called: Called) -> None:
    client, agent = operator(called), agent_id(called)
    owner = called.place.vendor.owner.user_id
    assert owner is not None
    for users, reason in (
        ([{"key": "a", "agentId": agent}, {"key": " a", "agentId": agent}], "PHONE_USER_INVALID"),
        ([{"key": "", "agentId": agent}], "PHONE_USER_INVALID"),
        ([{"key": "k" * 201, "agentId": agent}], "PHONE_USER_INVALID"),
        ([{"key": "a", "agentId": write_id("User", owner)}], "AGENT_NOT_FOUND"),
        ([{"key": "a", "agentId": "nonsense"}], "AGENT_NOT_FOUND"),
    ):
        refused = await errors(client, SET, **NEW, idempotencyKey="one", users=users)
        assert [(reason, ["users"])] == [(why, field) for _, why, field in refused]


async def test_a_change_keeps_what_is_left_out_of_users_and_the_driver(called: Called) -> None:
    client = operator(called)
    agent = called.place.agent.user_id
    assert agent is not None
    system_id = write_id("PhoneSystem", await make_system(called.place.operator, users=[("agnes", agent)]))
    change = {**NEW, "name": "Renamed", "phoneSystemId": system_id, "expectedVersion": 1}
    wrong = {**change, "driver": "TWILIO", "twilioAuthToken": "x" * 32}
    assert await errors(client, SET, **wrong) == [("CONFLICT", "DRIVER_FIXED", ["driver"])]
    changed = (await put(client, SET, **change))["phoneSystem"]
    assert (changed["name"], changed["version"], len(changed["users"])) == ("Renamed", 2, 1)
    assert [one[0] for one in await errors(client, SET, **change)] == ["STALE_VERSION"]
    assert [one[0] for one in await errors(client, SET, **{**change, "expectedVersion": None})] == [
        "REQUIRED"
    ]
    emptied = (await put(client, SET, **{**change, "expectedVersion": 2, "users": []}))["phoneSystem"]
    assert emptied["users"] == []


async def test_a_rotation_shows_the_new_secret_and_a_deletion_ends_all(called: Called) -> None:
    client = operator(called)
    system_id = await make_system(called.place.operator)
    before = await system_of(system_id)
    given = {"phoneSystemId": write_id("PhoneSystem", system_id), "expectedVersion": 1}
    rotated = await put(client, ROTATE, **given)
    after = await system_of(system_id)
    assert rotated["secret"] == after.secret != before.secret
    assert (after.secrets(START), after.secrets(START + OVERLAP)) == (
        (after.secret, before.secret),
        (after.secret,),
    )
    assert [one[0] for one in await errors(client, DELETE, **given)] == ["STALE_VERSION"]
    gone = await put(client, DELETE, **{**given, "expectedVersion": 2})
    assert gone["phoneSystemId"] == given["phoneSystemId"]
    assert (await client.ask("{ phoneSystems { id } }")).data["phoneSystems"] == []
    for document in (ROTATE, DELETE):
        refused = await errors(client, document, **given)
        assert refused == [("NOT_FOUND", "PHONE_SYSTEM_NOT_FOUND", ["phoneSystemId"])]
    row = await fetch_one(connection(), "SELECT secret, previous_secret FROM phone_system")
    assert row is not None
    assert tuple(row) == (None, None)


async def test_there_are_at_most_fifty_systems(called: Called) -> None:
    for _ in range(MOST_SYSTEMS):
        await make_system(called.place.operator)
    refused = await errors(operator(called), SET, **NEW, idempotencyKey="one")
    assert refused == [("LIMIT_EXCEEDED", "TOO_MANY_PHONE_SYSTEMS", [])]


async def test_operators_read_what_became_of_events_in_a_fixed_number_of_statements(
    called: Called,
) -> None:
    client, statements = operator(called), []
    for place in range(3):
        line = await make_line(called.place.operator)
        await line.tell("ringing", call=f"c{place}", from_=CALLER, to=NUMBER)
        await line.tell("ringing", call=f"n{place}", from_=CALLER, to="+493023125999")
        if place != 1:
            with recorded_statements() as sent:
                found = (await client.ask(LIST)).data["phoneSystems"]
            statements.append(len(sent))
            assert len(found) == place + 1
    assert statements[0] == statements[1]
    unassigned, applied = found[0]["events"]["nodes"]
    assert (unassigned["result"], unassigned["call"]) == ("UNASSIGNED", None)
    assert (applied["result"], applied["call"]["caller"]) == ("APPLIED", CALLER)
    assert found[0]["lastEventAt"] == unassigned["receivedAt"]


async def test_events_are_filtered_by_result_and_paged(called: Called) -> None:
    line: Line = await make_line(called.place.operator)
    for place in range(3):
        await line.tell("ringing", call=f"n{place}", from_=CALLER, to="+493023125999")
    await line.tell("ringing", call="c1", from_=CALLER, to=NUMBER)
    document = """query ($id: ID!, $after: Cursor) { node(id: $id) { ... on PhoneSystem {
        events(first: 2, after: $after, result: UNASSIGNED) {
            nodes { kind result } pageInfo { hasNextPage endCursor } } } } }"""
    system_id = write_id("PhoneSystem", line.system.id)
    page = (await operator(called).ask(document, id=system_id, after=None)).data["node"]["events"]
    assert (len(page["nodes"]), page["pageInfo"]["hasNextPage"]) == (2, True)
    after = page["pageInfo"]["endCursor"]
    page = (await operator(called).ask(document, id=system_id, after=after)).data["node"]["events"]
    assert (len(page["nodes"]), page["pageInfo"]["hasNextPage"]) == (1, False)


async def test_no_number_is_stored_with_events(called: Called) -> None:
    line = await make_line(called.place.operator)
    await line.tell("ringing", call="c1", from_=CALLER, to=NUMBER)
    await line.tell("ringing", call="c2", from_=CALLER, to="+493023125999", diversion=CALLER)
    rows = await fetch(connection(), "SELECT event::text AS text FROM phone_event AS event")
    assert rows
    assert not [row for row in rows if CALLER[3:] in row["text"]]
