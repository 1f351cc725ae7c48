"""Webhook endpoints: created, changed, replayed, disabled, and their secrets."""

import traceback
from datetime import datetime, timedelta

import httpx
import pytest
from structlog.testing import capture_logs

from models.base.database import connection, fetch
from models.base.refusal import Refusal
from models.base.sealing import Sealer
from models.deadlines.registry import Done
from models.deadlines.sweep import sweep
from models.feed.kinds import NotificationKind
from models.messages.channels.webhook_signature import WebhookSecret, verify_webhook
from models.messages.webhooks.address import check_url
from models.messages.webhooks.change_endpoint import change_endpoint
from models.messages.webhooks.create_endpoint import MOST_ENDPOINTS
from models.messages.webhooks.delete_endpoint import delete_endpoint
from models.messages.webhooks.events import WebhookEvent
from models.messages.webhooks.replay import replay
from models.messages.webhooks.rotate_secret import rotate_secret
from models.messages.webhooks.send_test import send_test
from models.messages.webhooks.tables import WebhookState
from models.outside.guard import Guard
from models.outside.transport import OutsideTransport
from models.process.wake import Silence
from tests.models.messages.test_webhooks import webhooks
from tests.support.database import Database
from tests.support.marketplace import HOUR, Marketplace, apply, make_lead
from tests.support.messages import SEALER, send_all
from tests.support.reading import event_kinds, refusal, rows_of
from tests.support.reading import row as stored
from tests.support.webhook_receiver import (
    Receiver,
    answer,
    database_time,
    make_endpoint,
    outside,
    receiver,
    send_webhooks,
)

DAYS = 24 * HOUR
PATIENCE = 5 * DAYS


async def _fail_once(place: Marketplace, there: Receiver) -> None:
    there.script = answer("500 Broken")
    await apply(place.vendor, await make_lead(place.market, place.prospect))
    await send_webhooks(there)


async def _sweep() -> list[Done]:
    """Carry out what is due; return what that was of endpoints."""
    return [one for one in (await sweep(Silence())).deadlines if one.kind == "WEBHOOK_DISABLE"]


async def test_410_disables_the_endpoint_and_tells_the_owner(place: Marketplace) -> None:
    """The notification is the account's, the email the owner's; nothing more is sent to the endpoint."""
    async with receiver() as there:
        endpoint_id, _ = await make_endpoint(place.vendor.owner, there)
        there.script = answer("410 Gone")
        await apply(place.vendor, place.lead)
        await send_webhooks(there)
        await apply(place.vendor, await make_lead(place.market, place.prospect))
        await send_webhooks(there)
    endpoint = await stored("webhook_endpoint", id=endpoint_id)
    assert endpoint["state"] == "DISABLED"
    decision = await stored("decision", id=endpoint["disabled_decision_id"])
    assert (decision["ruleset"], decision["rule_id"]) == ("webhook_endpoint", "gone")
    assert [row["state"] for row in await webhooks()] == ["DEAD"]
    assert (await event_kinds(place.vendor.id)).count(NotificationKind.WEBHOOK_DISABLED) == 1
    subjects = (await send_all()).subjects
    assert subjects.count("A webhook endpoint was disabled") == 1


async def test_an_endpoint_is_disabled_as_of_five_days_of_failures(
    place: Marketplace, database: Database
) -> None:
    """A sweep that is late decides as of the due time: a success after it comes too late."""
    async with receiver() as there:
        endpoint_id, _ = await make_endpoint(place.operator, there)
        failing_since = await database_time()
        await _fail_once(place, there)
        await database.clock.advance(PATIENCE - timedelta(microseconds=1))
        assert await _sweep() == []
        await database.clock.advance(HOUR)
        there.script = answer("200 OK")
        await send_webhooks(there)
        (done,) = await _sweep()
    assert (done.kind, done.due_at, done.outcome) == (
        "WEBHOOK_DISABLE",
        failing_since + PATIENCE,
        "disabled",
    )
    endpoint = await stored("webhook_endpoint", id=endpoint_id)
    assert endpoint["state"] == "DISABLED"
    decision = await stored("decision", id=endpoint["disabled_decision_id"])
    assert (decision["rule_id"], decision["decided_at"]) == ("failed_too_long", done.due_at)
    operator = place.operator.user_id
    assert operator is not None
    assert (await event_kinds(operator)).count(NotificationKind.WEBHOOK_DISABLED) == 1


async def test_a_success_in_time_keeps_the_endpoint_and_a_later_failure_is_watched(
    place: Marketplace, database: Database
) -> None:
    """However often it fails and recovers, one deadline is pending."""
    async with receiver() as there:
        endpoint_id, _ = await make_endpoint(place.vendor.owner, there)
        await _fail_once(place, there)
        there.script = answer("200 OK")
        await database.clock.advance(HOUR)
        await send_webhooks(there)
        assert (await stored("webhook_endpoint", id=endpoint_id))["failing_since"] is None
        await database.clock.advance(HOUR)
        again = await database_time()
        await _fail_once(place, there)
        assert len(await rows_of("deadline", kind="WEBHOOK_DISABLE")) == 1
        await database.clock.advance(PATIENCE - 2 * HOUR)
        assert [one.outcome for one in await _sweep()] == ["recovered"]
        assert (await stored("webhook_endpoint", id=endpoint_id))["state"] == "ACTIVE"
        await database.clock.advance(2 * HOUR)
        assert [(one.due_at, one.outcome) for one in await _sweep()] == [(again + PATIENCE, "disabled")]
    assert (await stored("webhook_endpoint", id=endpoint_id))["state"] == "DISABLED"


async def test_the_deadline_of_a_deleted_or_disabled_endpoint_is_moot(
    place: Marketplace, database: Database
) -> None:
    async with receiver() as there:
        deleted, _ = await make_endpoint(place.vendor.owner, there)
        disabled, _ = await make_endpoint(place.vendor.owner, there)
        await _fail_once(place, there)
        await delete_endpoint(place.vendor.owner, deleted)
        await change_endpoint(place.vendor.owner, outside(there), disabled, state=WebhookState.DISABLED)
        await database.clock.advance(PATIENCE)
        await _sweep()
    outcomes = {one["subject"]: one["outcome"] for one in await rows_of("deadline", kind="WEBHOOK_DISABLE")}
    assert outcomes == {deleted: "deleted", disabled: "moot"}
    assert NotificationKind.WEBHOOK_DISABLED not in await event_kinds(place.vendor.id)


async def test_a_replay_sends_what_did_not_arrive_and_on_request_everything(place: Marketplace) -> None:
    """The ids are the same as before. Events of the time when the endpoint was disabled are failed ones,
    those before it was created are not.
    """
    owner = place.vendor.owner
    async with receiver() as there:
        await apply(place.vendor, place.lead)  # before the endpoint
        endpoint_id, _ = await make_endpoint(owner, there)
        await apply(place.vendor, await make_lead(place.market, place.prospect))
        await send_webhooks(there)  # arrives
        there.script = answer("410 Gone")
        await apply(place.vendor, await make_lead(place.market, place.prospect))
        await send_webhooks(there)  # is given up
        await apply(place.vendor, await make_lead(place.market, place.prospect))  # while it is disabled
        there.script = answer("200 OK")
        now = await database_time()

        async def again(key: str, *, only_failed: bool = True, end: datetime = now + HOUR) -> int:
            return await replay(
                owner,
                endpoint_id,
                start=now - HOUR,
                end=end,
                only_failed=only_failed,
                idempotency_key=key,
            )

        assert (await refusal(again("disabled"))).code == "CONFLICT"
        await change_endpoint(owner, outside(there), endpoint_id, state=WebhookState.ACTIVE)
        await send_webhooks(there)
        before = [one.headers["webhook-id"] for one in there.received]
        assert len(before) == 2
        assert (await again("once"), await again("once")) == (3, 3)
        await send_webhooks(there)
        failed = [one.headers["webhook-id"] for one in there.received[2:]]
        assert before[1] in failed
        assert before[0] not in failed
        assert await again("nothing is left") == 0
        assert await again("all", only_failed=False) == 4
        assert await again("none", only_failed=False, end=now) == 0
        await send_webhooks(there)
        assert (await refusal(again("backwards", end=now - 2 * HOUR))).code == "INVALID"
        assert len({one.headers["webhook-id"] for one in there.received}) == 4
    assert {row["state"] for row in await webhooks()} == {"SENT"}


async def test_another_address_is_checked_and_is_a_fresh_start(place: Marketplace) -> None:
    owner = place.vendor.owner
    async with receiver() as there:
        endpoint_id, _ = await make_endpoint(owner, there)
        await _fail_once(place, there)
        url = f"http://127.0.0.1:{there.port}/new"
        stale = await refusal(
            change_endpoint(owner, outside(there), endpoint_id, url=url, expected_version=1)
        )
        assert stale.code == "STALE_VERSION"
        refused = await refusal(change_endpoint(owner, outside(there), endpoint_id, url="https://10.0.0.1/"))
        assert refused.code == "INVALID"
        chosen = [WebhookEvent.APPLICATION_SUBMITTED]
        await change_endpoint(owner, outside(there), endpoint_id, url=url, events=chosen)
        assert (await stored("webhook_endpoint", id=endpoint_id))["failing_since"] is None
        await send_test(owner, endpoint_id, idempotency_key="1")
        await send_webhooks(there)
    assert there.received[-1].path == "/new"
    endpoint = await stored("webhook_endpoint", id=endpoint_id)
    assert endpoint["url"] == url
    assert endpoint["events"] == '["APPLICATION_SUBMITTED"]'


async def test_both_secrets_sign_while_a_rotation_overlaps(place: Marketplace, database: Database) -> None:
    owner = place.vendor.owner
    async with receiver() as there:
        endpoint_id, old = await make_endpoint(owner, there)
        new = await rotate_secret(owner, SEALER, endpoint_id, overlap_hours=24, idempotency_key="once")
        assert new is not None
        repeated = await rotate_secret(owner, SEALER, endpoint_id, overlap_hours=24, idempotency_key="once")
        assert repeated is None
        await send_test(owner, endpoint_id, idempotency_key="1")
        await send_webhooks(there)
        await database.clock.advance(24 * HOUR)
        await send_test(owner, endpoint_id, idempotency_key="2")
        await send_webhooks(there)
    during, after = there.received
    assert there.types == ["webhook.test", "webhook.test"]
    now = await database_time()
    assert len(during.headers["webhook-signature"].split(" ")) == 2
    assert len(after.headers["webhook-signature"].split(" ")) == 1
    verify_webhook([new], after.headers, after.body, now)
    verify_webhook([old], during.headers, during.body, now - 24 * HOUR)
    with pytest.raises(ValueError, match="no signature fits"):
        verify_webhook([old], after.headers, after.body, now)


async def test_secrets_are_sealed_and_useless_under_another_key(place: Marketplace) -> None:
    async with receiver() as there:
        endpoint_id, secret = await make_endpoint(place.vendor.owner, there)
    sealed = bytes((await stored("webhook_endpoint", id=endpoint_id))["secret"])
    assert secret.reveal().encode() not in sealed
    assert WebhookSecret.parse(SEALER.open(f"webhook:{endpoint_id}", sealed).decode()) == secret
    for sealer, label in ((Sealer(b"x" * 32), f"webhook:{endpoint_id}"), (SEALER, "webhook:other")):
        with pytest.raises(ValueError, match="sealed under another key"):
            sealer.open(label, sealed)
    with pytest.raises(ValueError, match="not sealed"):
        SEALER.open("webhook", b"")
    with pytest.raises(ValueError, match="at least 32 bytes"):
        Sealer(b"short")


async def test_a_new_secret_ends_the_loss_of_the_key(place: Marketplace) -> None:
    """Nothing is sent unsigned under another key; after a rotation, only the new secret signs."""
    owner = place.vendor.owner
    async with receiver() as there:
        endpoint_id, old = await make_endpoint(owner, there)
        lost = Sealer(b"x" * 32).seal(f"webhook:{endpoint_id}", old.reveal().encode())
        await fetch(connection(), "UPDATE webhook_endpoint SET secret = $2 WHERE id = $1", endpoint_id, lost)
        await send_test(owner, endpoint_id, idempotency_key="1")
        with capture_logs() as lines:
            await send_webhooks(there)
        assert there.received == []
        assert ["KEY_FILE" in line["remedy"] for line in lines if line["log_level"] == "error"] == [True]
        new = await rotate_secret(owner, SEALER, endpoint_id, overlap_hours=24, idempotency_key="once")
        await send_test(owner, endpoint_id, idempotency_key="2")
        await send_webhooks(there)
    (received,) = there.received
    assert new is not None
    verify_webhook([new], received.headers, received.body, await database_time())
    assert len(received.headers["webhook-signature"].split(" ")) == 1


def test_a_secret_is_in_no_text_of_it() -> None:
    """Neither a log of the object nor an error with its text shows it."""
    secret = WebhookSecret.new()
    try:
        WebhookSecret.parse(secret.reveal() + "!")
    except ValueError:
        error = traceback.format_exc()
    shown = f"{secret!r} {secret!s} {SEALER!r} {error}"
    assert secret.reveal().removeprefix("whsec_")[:12] not in shown
    assert "key" not in repr(SEALER)


async def test_an_address_that_is_not_public_is_refused() -> None:
    """The reason never says which of these it was."""
    async with receiver() as there:
        for url in (
            "http://crm.vendor-crm.com/hook",
            "https://user:secret@crm.vendor-crm.com/hook",
            "https://127.0.0.1/hook",
            "https://2130706433/hook",
            "https://0x7f.1/hook",
            "https://0177.0.0.1/hook",
            "https://100.64.0.1/hook",
            "https://224.0.0.1/hook",
            "https://[::1]/hook",
            "https://[::ffff:10.0.0.1]/hook",
            "https://[64:ff9b::a00:1]/hook",
            "https://169.254.169.254/latest",
            "https://localhost/hook",
            "https://crm.internal/hook",
            "https://crm.vendor-crm.com:22/hook",
            "https://" + "a" * 2000,
            "ftp://crm.vendor-crm.com/",
            "hook",
            "",
        ):
            with pytest.raises(Refusal) as refused:
                await check_url(outside(there), url)
            assert refused.value.reason is not None
            assert refused.value.reason.name == "ENDPOINT_URL_INVALID", url
            assert url == "" or url not in refused.value.message


async def test_a_malformed_name_is_refused_although_it_is_resolved() -> None:
    """A name server may know it, and each attempt would be a fault of ours, which disables no endpoint."""

    class _Resolved(OutsideTransport):
        async def check(self, url: httpx.URL) -> None:
            """Allow every address."""

    async with _Resolved(Guard(None)) as transport:
        await check_url(transport, "https://crm.vendor-crm.com/hook")
        refused = await refusal(check_url(transport, "https://xn--a.vendor-crm.com/hook"))
    assert refused.code == "INVALID"


async def test_only_owners_and_operators_act_on_their_endpoints(place: Marketplace) -> None:
    """Nothing changes, and somebody else's endpoint looks like none, also to operators."""
    async with receiver() as there:
        endpoint_id, _ = await make_endpoint(place.vendor.owner, there)
        await make_endpoint(place.operator, there)
        before = await rows_of("webhook_endpoint")
        vendor, other, now = place.vendor, place.other_vendor, await database_time()
        for viewer, name in (
            (vendor.member, "ONLY_FOR_OWNERS"),
            (vendor.employee, "ONLY_FOR_OWNERS"),
            (place.prospect.viewer, "ONLY_FOR_OWNERS"),
            (place.operator, "ENDPOINT_NOT_FOUND"),
            (other.owner, "ENDPOINT_NOT_FOUND"),
        ):
            for action in (
                change_endpoint(viewer, outside(there), endpoint_id, state=WebhookState.DISABLED),
                rotate_secret(viewer, SEALER, endpoint_id, overlap_hours=1, idempotency_key="k"),
                send_test(viewer, endpoint_id, idempotency_key="k"),
                replay(viewer, endpoint_id, start=now, end=now, only_failed=True, idempotency_key="k"),
                delete_endpoint(viewer, endpoint_id),
            ):
                refused = await refusal(action)
                assert refused.reason is not None
                assert refused.reason.name == name
    assert await rows_of("webhook_endpoint") == before
    assert await webhooks() == []


async def test_an_account_has_a_limited_number_of_endpoints(place: Marketplace) -> None:
    """A deleted one does not count."""
    async with receiver() as there:
        for _ in range(MOST_ENDPOINTS):
            endpoint_id, _ = await make_endpoint(place.vendor.owner, there)
        refused = await refusal(make_endpoint(place.vendor.owner, there))
        assert refused.reason is not None
        assert refused.reason.name == "TOO_MANY_ENDPOINTS"
        await delete_endpoint(place.vendor.owner, endpoint_id)
        await make_endpoint(place.vendor.owner, there)
    rows = await fetch(connection(), "SELECT FROM webhook_endpoint WHERE deleted_at IS NULL")
    assert len(rows) == MOST_ENDPOINTS
