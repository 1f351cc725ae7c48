"""Push messages on the engine: which devices get which message, and what ends them."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from tortoise.exceptions import IntegrityError

from jobs.sending import Sender
from models.accounts.sessions import begin_session, sign_out
from models.accounts.tokens.access_token import TokenIssuer
from models.applications.answer import accept
from models.base.database import connection, fetch, fetch_one, transaction
from models.base.public_id import public_id
from models.base.sealing import Sealer
from models.deliveries.deliver import deliver_lead
from models.feed.kinds import NotificationGroup
from models.messages.claim import MOST_PUSHES
from models.messages.devices.register import DeviceInput, register_device
from models.messages.devices.remove import forget_devices
from models.messages.devices.tables import DeviceKind
from models.messages.expand import expand_messages
from models.messages.parcels import read_parcels
from models.messages.preferences import set_preference
from models.messages.sending_context import SendingContext
from models.process.wake import Silence
from models.tables import User
from rules.messages.dispatch import DispatchChannel
from rules.visibility import DeliveryKind
from tests.support.database import Database
from tests.support.marketplace import CONTACT_VALUES, HOUR, START, Marketplace, apply, make_lead
from tests.support.messages import CONTEXT, dispatches
from tests.support.push_service import (
    Browser,
    PushService,
    make_device,
    push_service,
    send_pushes,
    status,
    web_push,
)
from tests.support.query_recorder import recorded_statements
from tests.support.reading import erase

pytestmark = pytest.mark.usefixtures("without_events")


async def _pushed(template: str | None = None) -> list[tuple[str, str | None]]:
    rows = [row for row in await dispatches(template) if row["channel"] == "PUSH"]
    return [(row["state"], row["rule_id"]) for row in rows]


async def _registered(user_id: UUID | None, service: PushService, number: int = 1) -> list[Browser]:
    browsers = [Browser() for _ in range(number)]
    for browser in browsers:
        await make_device(user_id, service.target(browser))
    return browsers


async def test_a_reveal_reaches_each_device_of_the_vendor_and_nobody_elses(place: Marketplace) -> None:
    """Title and id, encrypted for each device, urgent until the complaint window ends, at most 28 days."""
    async with push_service() as service:
        owners = await _registered(place.vendor.owner.user_id, service, 2)
        (members,) = await _registered(place.vendor.member.user_id, service)
        strangers = [
            *await _registered(place.other_vendor.owner.user_id, service),
            *await _registered(place.vendor.employee.user_id, service),
        ]
        application_id = await apply(place.vendor, place.lead)
        await accept(place.prospect.viewer, Silence(), application_id)
        await send_pushes(service)
        for browser in (*owners, members):
            (message,) = service.messages(browser)
            assert message == {
                "title": "Accepted: “Website relaunch”",
                "id": public_id("Application", application_id),
            }
        assert all(service.messages(browser) == [] for browser in strangers)
        service.check_senders()
    delivery = await fetch_one(connection(), "SELECT complaint_until - received_at AS open FROM delivery")
    assert delivery is not None
    life = min(delivery["open"], timedelta(days=28))
    assert {(one.headers["urgency"], one.headers["ttl"]) for one in service.requests} == {
        ("high", str(int(life.total_seconds())))
    }
    assert not any(value.encode() in one.body for one in service.requests for value in CONTACT_VALUES)
    assert await _pushed("contact_available") == [("SENT", "sent")] * 3
    seen = await fetch(connection(), "SELECT user_id FROM device WHERE last_accepted_at IS NOT NULL")
    assert len(seen) == 3


async def test_quiet_hours_hold_a_push_message_and_its_life_ends_with_the_action(
    place: Marketplace, database: Database
) -> None:
    """Held from 22:00 to 8:00 of the recipient; then it lives until the reveal. A reminder replaces it."""
    await User.filter(id=place.prospect.viewer.user_id).update(time_zone="Etc/GMT-14")  # 23:00
    async with push_service() as service:
        (browser,) = await _registered(place.prospect.viewer.user_id, service)
        await apply(place.vendor, place.lead)
        await send_pushes(service)
        assert await _pushed() == [("WAITING", "quiet_hours")]
        await database.clock.advance(9 * HOUR)
        await send_pushes(service)
        assert await _pushed() == [("SENT", "sent")]
        await fetch(
            connection(),
            """UPDATE outbox_message SET template = 'not_reviewed', expanded_at = NULL
               WHERE template = 'application_received'""",
        )
        await fetch(connection(), "DELETE FROM dispatch_attempt")
        await fetch(connection(), "DELETE FROM dispatch")
        await send_pushes(service)
        assert len(service.messages(browser)) == 2
    assert {(one.headers["ttl"], one.headers["urgency"]) for one in service.requests} == {
        (str(39 * 3_600), "normal")
    }
    assert len({one.headers["topic"] for one in service.requests}) == 1


async def test_an_answer_makes_a_push_message_pointless(place: Marketplace) -> None:
    async with push_service() as service:
        await _registered(place.prospect.viewer.user_id, service)
        application_id = await apply(place.vendor, place.lead)
        await expand_messages()
        await accept(place.prospect.viewer, Silence(), application_id)
        await send_pushes(service)
        assert service.requests == []
    assert await _pushed("application_received") == [("EXPIRED", "moot")]


async def test_push_messages_are_optional_although_the_email_is_required(place: Marketplace) -> None:
    """Switched off by one user, for that user only; the email is sent."""
    owner = place.vendor.owner.user_id
    assert owner is not None
    async with push_service() as service:
        (browser,) = await _registered(owner, service)
        (members,) = await _registered(place.vendor.member.user_id, service)
        await set_preference(owner, NotificationGroup.APPLICATIONS, DispatchChannel.PUSH, on=False)
        application_id = await apply(place.vendor, place.lead)
        await accept(place.prospect.viewer, Silence(), application_id)
        await send_pushes(service)
        assert (service.messages(browser), len(service.messages(members))) == ([], 1)
    assert sorted(await _pushed("contact_available")) == [("SENT", "sent"), ("SUPPRESSED", "switched_off")]
    emails = [row for row in await dispatches("contact_available") if row["channel"] == "EMAIL"]
    assert {row["state"] for row in emails} == {"WAITING"}


async def _deliver(place: Marketplace) -> None:
    lead = await make_lead(place.market, place.other_prospect)
    await deliver_lead(
        place.operator,
        Silence(),
        lead_id=lead.id,
        account_id=place.vendor.id,
        kind=DeliveryKind.RECORD,
        points=5,
        idempotency_key=lead.id.hex,
    )


async def test_a_device_that_is_gone_is_removed_and_another_is_not(place: Marketplace) -> None:
    """M5 (a): 410 removes it, with its address and keys; an address that is not allowed as well."""
    async with push_service() as service, push_service() as unreachable:
        await _registered(place.vendor.owner.user_id, service)
        await _registered(place.vendor.owner.user_id, unreachable)
        service.answer = status("413 Too Large")
        await _deliver(place)
        await send_pushes(service)
        left = await fetch(connection(), "SELECT removed_at, sealed, address_key, name FROM device")
        assert sorted(row["sealed"] is None for row in left) == [False, True]
        service.answer = status("410 Gone")
        await _deliver(place)
        await send_pushes(service, unreachable)
        await _deliver(place)
        await send_pushes(service, unreachable)
        assert (len(service.requests), unreachable.requests) == (2, [])
    assert await _pushed() == [("DEAD", "sent")] * 3
    gone = await fetch(connection(), "SELECT removed_at, sealed, address_key, name FROM device")
    assert {(row["sealed"], row["address_key"], row["name"]) for row in gone} == {(None, None, "")}
    assert all(row["removed_at"] is not None for row in gone)


async def test_signing_out_disabling_and_erasing_stop_push_messages(
    place: Marketplace,
) -> None:
    """Those that wait and those to come; at night their addresses are deleted."""
    owner, member = place.vendor.owner.user_id, place.vendor.member.user_id
    assert owner is not None
    async with transaction() as conn:
        signed_in = await begin_session(conn, TokenIssuer(b"a-key-of-tokens-in-this-test-only"), owner, START)
    async with push_service() as service:
        await make_device(owner, service.target(Browser()), session_id=signed_in.session_id)
        await _registered(member, service)
        await _registered(place.prospect.viewer.user_id, service)
        await _deliver(place)
        await apply(place.vendor, place.lead)
        await expand_messages()
        await sign_out(signed_in.session_id, START)
        await User.filter(id=member).update(disabled_at=START)
        await erase(place.prospect.id, START)
        await _deliver(place)
        await send_pushes(service)
        assert service.requests == []
    assert sorted(await _pushed()) == [
        ("SUPPRESSED", "no_address"),
        ("SUPPRESSED", "recipient_gone"),
        ("SUPPRESSED", "recipient_gone"),
    ]
    assert len(await fetch(connection(), "SELECT FROM device WHERE sealed IS NOT NULL")) == 3
    await forget_devices(connection(), START)
    assert await fetch(connection(), "SELECT FROM device WHERE sealed IS NOT NULL") == []
    await fetch(connection(), "DELETE FROM dispatch")
    await forget_devices(connection(), START + timedelta(days=2))
    assert await fetch(connection(), "SELECT FROM device") == []
    await fetch(connection(), "UPDATE prospect SET erased_at = NULL")


async def _register(user_id: UUID | None, browser: Browser) -> UUID:
    assert user_id is not None
    address = f"https://updates.push.services.mozilla.com{browser.path}"
    given = DeviceInput(DeviceKind.WEB, "Firefox", address, **browser.keys)
    return (await register_device(CONTEXT, user_id, None, given)).id


async def test_a_device_that_moves_takes_nothing_of_its_earlier_user_along(place: Marketplace) -> None:
    """A phone has one owner: what waits for the earlier one is not sent to it."""
    browser = Browser()
    owner, other = place.vendor.owner.user_id, place.other_vendor.owner.user_id
    first = await _register(owner, browser)
    assert await _register(owner, browser) == first
    await _deliver(place)
    await expand_messages()
    moved = await _register(other, browser)
    assert moved != first
    await send_pushes()
    assert await _pushed() == [("SUPPRESSED", "no_address")]
    rows = await fetch(connection(), "SELECT id, user_id FROM device WHERE removed_at IS NULL")
    assert [(row["id"], row["user_id"]) for row in rows] == [(moved, other)]


async def test_addresses_and_keys_are_sealed_for_one_device_only(place: Marketplace) -> None:
    """Neither is readable in the database, under another key, or in another device's row."""
    browser = Browser()
    await _register(place.vendor.owner.user_id, browser)
    await _register(place.vendor.owner.user_id, Browser())
    (row,) = await fetch(connection(), "SELECT string_agg(to_jsonb(device)::text, '') AS text FROM device")
    secrets = (browser.path, *browser.keys.values())
    assert not any(secret in row["text"] or secret.encode().hex() in row["text"] for secret in secrets)
    await _deliver(place)
    await expand_messages()
    ids = [one["id"] for one in await dispatches() if one["channel"] == "PUSH"]
    opened = await read_parcels(connection(), CONTEXT, ids, START)
    assert browser.path in str([getattr(parcel.target, "address", "") for parcel in opened])
    assert browser.path not in repr(opened)
    other = SendingContext(CONTEXT.hashes, CONTEXT.origin, CONTEXT.wake, Sealer(b"another key of seals" * 2))
    await fetch(connection(), "UPDATE device SET sealed = (SELECT min(sealed) FROM device)")
    for context, opens in ((other, 0), (CONTEXT, 1)):
        parcels = await read_parcels(connection(), context, ids, START)
        assert sum(hasattr(parcel.target, "address") for parcel in parcels) == opens


async def test_reading_push_messages_costs_a_fixed_number_of_statements(place: Marketplace) -> None:
    """Whatever the number of devices."""
    counts = []
    for _ in range(2):
        for browser in (Browser(), Browser()):
            await _register(place.vendor.owner.user_id, browser)
        await _deliver(place)
        with recorded_statements() as statements:
            await expand_messages()
        expanded = len(statements)
        ids = [one["id"] for one in await dispatches() if one["channel"] == "PUSH"]
        with recorded_statements() as statements:
            await read_parcels(connection(), CONTEXT, ids, START)
        counts.append((expanded, len(statements)))
    assert counts[0] == counts[1]


async def test_a_user_whose_devices_never_answer_delays_nobody_else(place: Marketplace) -> None:
    """M5 (e): of one user, four messages are on their way at the same time; others have the other lanes."""
    async with push_service() as silent, push_service() as service:
        silent.answer = None
        await _registered(place.vendor.owner.user_id, silent, 20)
        (browser,) = await _registered(place.other_vendor.owner.user_id, service)
        application_id = await apply(place.vendor, place.lead)
        await accept(place.prospect.viewer, Silence(), application_id)
        other_id = await apply(place.other_vendor, place.lead)
        await accept(place.prospect.viewer, Silence(), other_id)
        lanes = Sender(CONTEXT, web_push(silent, service, now=lambda: START), look_seconds=0.01)
        running = asyncio.create_task(lanes.run())
        try:
            await asyncio.wait_for(service.asked.wait(), 20)
            assert len(service.messages(browser)) == 1
            assert 0 < len(silent.requests) <= MOST_PUSHES
        finally:
            silent.release()
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def test_a_dispatch_has_one_addressee(place: Marketplace) -> None:
    """The database refuses a user and a device at the same time."""
    await _register(place.vendor.owner.user_id, Browser())
    await _deliver(place)
    await expand_messages()
    with pytest.raises(IntegrityError, match="dispatch_one_addressee"):
        await fetch(
            connection(),
            "UPDATE dispatch SET user_id = $1, state = 'SUPPRESSED' WHERE device_id IS NOT NULL",
            place.vendor.owner.user_id,
        )
