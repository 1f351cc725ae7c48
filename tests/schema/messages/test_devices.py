"""Devices in the API: everybody registers, lists and removes their own."""

import asyncio

import pytest

from models.applications.answer import accept
from models.base.database import connection, fetch
from models.messages.devices.register import MOST_DEVICES
from models.messages.expand import expand_messages
from models.process.wake import Silence
from tests.support.api import Api, Client, Json
from tests.support.applied import Applied
from tests.support.marketplace import CONTACT_VALUES
from tests.support.mutation_calls import attempt, call, refusals
from tests.support.push_service import SENDER, Browser
from tests.support.query_recorder import recorded_statements
from tests.support.viewers import SIGNED_IN, Kind

pytestmark = pytest.mark.usefixtures("without_events")

DEVICE = "device { id kind name createdAt lastAcceptedAt }"
DEVICES = "{ viewer { devices { id name kind lastAcceptedAt } pushKey } }"
PUSHES = """{ dispatches(first: 100, filter: {channel: PUSH}) { nodes {
  id template necessity recipient addressHint state preview { subject text html headers } } } }"""


def _given(browser: Browser | None = None, **changed: object) -> Json:
    browser = browser or Browser()
    address = f"https://fcm.googleapis.com{browser.path}"
    return {"kind": "WEB", "name": "Chrome on Linux", "address": address, **browser.keys, **changed}


async def _devices(client: Client) -> list[Json]:
    found: list[Json] = (await client.ask(DEVICES)).data["viewer"]["devices"]
    return found


async def test_everybody_sees_only_their_own_devices(api: Api, applied: Applied) -> None:
    """Also a colleague, and also an operator; all subscribe with the same key."""
    made = {}
    for kind in SIGNED_IN:
        client = await applied.client(api, kind)
        payload = await call(client, "deviceRegister", _given(name=f"Browser of {kind}"), DEVICE)
        made[kind] = payload["device"]["id"]
        assert payload["device"]["lastAcceptedAt"] is None
    ids = list(made.values())
    for kind in SIGNED_IN:
        client = await applied.client(api, kind)
        shown = (await client.ask(DEVICES)).data["viewer"]
        assert [one["id"] for one in shown["devices"]] == [made[kind]]
        assert shown["pushKey"] == SENDER.public_key
        nodes = (await client.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids)).data["nodes"]
        assert [node["id"] for node in nodes if node] == [made[kind]]
    answer = await attempt(api.nobody, "deviceRegister", _given(), DEVICE)
    assert answer.codes == ["UNAUTHENTICATED"]


async def test_the_same_address_is_the_same_device_and_another_users_moves(
    api: Api, applied: Applied
) -> None:
    browser = Browser()
    owner, member = await applied.client(api, Kind.OWNER), await applied.client(api, Kind.MEMBER)
    first = (await call(owner, "deviceRegister", _given(browser), DEVICE))["device"]
    again = (await call(owner, "deviceRegister", _given(browser, name="Work"), DEVICE))["device"]
    assert (again["id"], again["name"], again["createdAt"]) == (first["id"], "Work", first["createdAt"])
    other_form = f"https://FCM.googleapis.com:443{browser.path}"
    again = (await call(owner, "deviceRegister", _given(browser, address=other_form), DEVICE))["device"]
    assert again["id"] == first["id"]
    moved = (await call(member, "deviceRegister", _given(browser), DEVICE))["device"]
    assert [one["id"] for one in await _devices(member)] == [moved["id"]]
    assert await _devices(owner) == []


async def test_registering_one_address_at_the_same_time_makes_one_device(api: Api, applied: Applied) -> None:
    """By two users and twice by each: the last one has it."""
    browser = Browser()
    owner, member = await applied.client(api, Kind.OWNER), await applied.client(api, Kind.MEMBER)
    payloads = await asyncio.gather(
        *(call(client, "deviceRegister", _given(browser), DEVICE) for client in (owner, member) * 2)
    )
    assert all(payload["userErrors"] == [] for payload in payloads)
    assert len([*await _devices(owner), *await _devices(member)]) == 1


async def test_a_user_has_a_bounded_number_of_devices(api: Api, applied: Applied) -> None:
    """Of those that get messages: a removed one makes room, and so does the end of its session."""
    client = await applied.client(api, Kind.OWNER)
    given = [_given() for _ in range(MOST_DEVICES)]
    for one in given:
        payload = await call(client, "deviceRegister", one, DEVICE)
    assert refusals(await call(client, "deviceRegister", _given(), DEVICE)) == [("LIMIT_EXCEEDED", "address")]
    assert refusals(await call(client, "deviceRegister", given[0], DEVICE)) == []
    device = {"deviceId": payload["device"]["id"]}
    assert (await call(client, "deviceRemove", device, "removed"))["removed"]
    assert refusals(await call(client, "deviceRegister", _given(), DEVICE)) == []
    await call(client, "signOut", None, "signedOut")
    client = await applied.client(api, Kind.OWNER)
    assert await _devices(client) == []
    assert refusals(await call(client, "deviceRegister", given[1], DEVICE)) == []
    assert len(await _devices(client)) == 1


async def test_only_the_owner_removes_a_device_and_once(api: Api, applied: Applied) -> None:
    owner = await applied.client(api, Kind.OWNER)
    device = (await call(owner, "deviceRegister", _given(), DEVICE))["device"]["id"]
    for kind in SIGNED_IN:
        if kind is not Kind.OWNER:
            client = await applied.client(api, kind)
            payload = await call(client, "deviceRemove", {"deviceId": device}, "removed")
            assert (payload["removed"], refusals(payload)) == (False, [("NOT_FOUND", "deviceId")])
    assert (await attempt(api.nobody, "deviceRemove", {"deviceId": device}, "removed")).codes == [
        "UNAUTHENTICATED"
    ]
    assert len(await _devices(owner)) == 1
    for removed in (True, False):
        payload = await call(owner, "deviceRemove", {"deviceId": device}, "removed")
        assert (payload["removed"], payload["userErrors"]) == (removed, [])
    payload = await call(owner, "deviceRemove", {"deviceId": "nonsense"}, "removed")
    assert refusals(payload) == [("NOT_FOUND", "deviceId")]


async def test_what_is_no_subscription_of_a_browser_is_refused(api: Api, applied: Applied) -> None:
    """With its field, and nothing is stored; no address of a private network is accepted in any notation."""
    client = await applied.client(api, Kind.OWNER)
    addresses = (
        "",
        "nonsense",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://xn--a.com/push",  # no A-label
        "https://user:password@fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://2130706433/x",
        "https://0x7f.1/x",
        "https://[::1]/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://localhost/x",
        "https://intranet/x",
        "https://push.internal/x",
        "https://fcm.googleapis.com/x\u0000",
        "https://fcm.googleapis.com/" + "x" * 2_000,
        "file:///etc/passwd",
    )
    cases: list[tuple[Json, tuple[str, str]]] = [
        *((_given(address=address), ("INVALID", "address")) for address in addresses),
        (_given(kind="FCM"), ("INVALID", "kind")),
        (_given(kind="APNS"), ("INVALID", "kind")),
        (_given(name=" "), ("REQUIRED", "name")),
        (_given(name="x" * 101), ("INVALID", "name")),
        (_given(p256dh=None), ("REQUIRED", "p256dh")),
        (_given(auth=""), ("REQUIRED", "auth")),
        (_given(auth="AAAA"), ("INVALID", "p256dh")),
        (_given(p256dh="x" * 87), ("INVALID", "p256dh")),
    ]
    for given, refusal in cases:
        payload = await call(client, "deviceRegister", given, DEVICE)
        assert (payload["device"], refusals(payload)) == (None, [refusal]), given
    assert await fetch(connection(), "SELECT FROM device") == []


async def test_a_push_message_is_shown_to_its_user_and_to_operators(api: Api, applied: Applied) -> None:
    """With a preview, without the address, and without what the user calls the device."""
    owner = await applied.client(api, Kind.OWNER)
    browser = Browser()
    await call(owner, "deviceRegister", _given(browser, name="Secret name"), DEVICE)
    await accept(applied.place.prospect.viewer, Silence(), applied.application_id)
    await expand_messages()
    for kind in SIGNED_IN:
        client = await applied.client(api, kind)
        answer = await client.ask(PUSHES)
        nodes = answer.data["dispatches"]["nodes"]
        if kind not in {Kind.OWNER, Kind.OPERATOR}:
            assert nodes == [], kind
            continue
        (shown,) = nodes
        assert (shown["template"], shown["necessity"], shown["addressHint"], shown["recipient"]) == (
            "contact_available",
            "OPTIONAL",
            None,
            "Owner Fake, Fake Vendor Ltd",
        )
        assert applied.application in shown["preview"]["text"]
        assert "Urgency: high" in shown["preview"]["headers"]
        text = str(answer.body)
        assert not any(secret in text for secret in (browser.path, *browser.keys.values(), "Secret name"))
        assert not any(value in text for value in CONTACT_VALUES)


async def test_the_list_of_devices_costs_a_fixed_number_of_statements(api: Api, applied: Applied) -> None:
    client = await applied.client(api, Kind.OWNER)
    counts = []
    for _ in range(2):
        await call(client, "deviceRegister", _given(), DEVICE)
        with recorded_statements() as statements:
            await _devices(client)
        counts.append(len(statements))
    assert counts[0] == counts[1]


async def test_push_messages_of_a_group_are_switched_off_although_its_emails_cannot_be(
    api: Api, applied: Applied
) -> None:
    client = await applied.client(api, Kind.PROSPECT)
    given = {"group": "APPLICATIONS", "channel": "PUSH", "on": False}
    wanted = "preference { group channel on switchable }"
    payload = await call(client, "notificationPreferenceSet", given, wanted)
    assert payload["preference"] == {**given, "switchable": True}
    payload = await call(client, "notificationPreferenceSet", {**given, "channel": "EMAIL"})
    assert refusals(payload) == [("CONFLICT", "group")]
