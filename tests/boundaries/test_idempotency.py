"""B.5: each mutation with an idempotency key, sent five times concurrently with one key, acts once.

The mutations that accept a key are read from the schema, so that none is left out.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from graphql import get_named_type, is_input_object_type

from models.base.database import connection, fetch
from schema import build_schema
from schema.graphql.ids import write_id
from tests.boundaries.world import World, codes
from tests.support.api import Client
from tests.support.concurrency import BALANCE, holding
from tests.support.marketplace import EMAIL, FULL_NAME, HOUR, START

MOVED = "SELECT kind, account_id, id FROM posting_group ORDER BY ordinal"
TOLD = "SELECT recipient, kind FROM feed_event ORDER BY recipient, seq"
COPIES = 5


@dataclass(frozen=True)
class Once:
    """A mutation whose input moves points, and a different input for the same key."""

    who: Client
    given: Mapping[str, object]
    otherwise: Mapping[str, object]
    moves: tuple[str, ...]


async def submit(world: World) -> Once:
    """Holds the fee."""
    given = {"leadId": world.lead_id, "introduction": "We can."}
    return Once(world.vendor, given, {**given, "introduction": "We can do more."}, ("HOLD",))


async def purchase(world: World) -> Once:
    """Books points."""
    given = {"accountId": write_id("Account", world.place.vendor.id), "points": 7}
    return Once(world.operator, given, {**given, "points": 8}, ("PURCHASE",))


async def no_show(world: World) -> Once:
    """Refunds the fee of a decline after the meeting time."""
    await world.apply(START + HOUR)
    await world.at(START + 2 * HOUR)
    await world.answer("applicationDecline")
    given = {"applicationId": await world.application_id(), "kind": "NO_SHOW"}
    return Once(world.prospect, given, {**given, "kind": "TOOK_PLACE"}, ("REFUND",))


TABLE = {"applicationSubmit": submit, "pointsPurchase": purchase, "meetingRecord": no_show}
# Sent twice and concurrently in tests/models/complaints and tests/models/delivering.
OF_COMPLAINTS = {"complaintFile", "complaintMessageSend", "leadDeliver", "leadPurchase"}
OF_CHATS = {"chatMessageSend"}  # in tests/models/chat/test_sending.py
OF_SMART_DATA = {"smartDataRefresh", "smartDataSearch"}  # in tests/models/smart_data/test_searching.py
PUBLISHING = {"leadPublish"}  # tested below: it moves no points and notifies nobody
# In tests/models/messages/test_webhook_endpoints.py and tests/schema/messages/test_webhook_endpoints.py.
OF_WEBHOOKS = {
    "webhookEndpointCreate",
    "webhookReplay",
    "webhookSecretRotate",
    "webhookTest",
}
OF_POLICIES = {"policyPublish", "policyTrialStart"}  # in tests/schema/policies
REFRESHING = {"tokenRefresh"}  # in tests/models/accounts/test_repeated_refresh.py
# In tests/models/contacting.
CONTACTING = {
    "contactAnswerRecord",
    "contactAttemptRecord",
    "contactStatementRead",
    "doNotContactSet",
    "optOutListImport",
}
SENDING = {"dispatchRetry"}  # in tests/schema/messages/test_dispatches.py
# In tests/schema/calls/test_keys.py and test_calendars.py.
CALLS = {
    "appointmentSet",
    "callAnswer",
    "callTransferRecord",
    "callerErase",
    "employeeAccessCreate",
    "employeeCalendarImport",
    "employeeCalendarSet",
    "employeeCreate",
    "faqEntrySet",
    "phoneSystemSet",
    "secretariatCreate",
    "vipCallerSet",
}
# Mutations that a client may retry if the outcome of its request is unknown, and why.
REPEATABLE = {
    "signIn": "another session beside the first one",
    "signOut": "a session ends once",
    "userSettingsUpdate": "the same settings once more",
    "leadImport": "each row of a file is imported once into a market",
    "leadOffer": "an offer is what was said last",
    "applicationReview": "reviewed once",
    "applicationAccept": "accepted once",
    "applicationDecline": "declined once",
    "chatRead": "the further mark stays",
    "complaintTemplateCreate": "another file, which is forgotten after ten minutes",
    "callExport": "another file, which is forgotten after ten minutes",
    "employeeExport": "another file, which is forgotten after ten minutes",
    "employeeCalendarRefresh": "a calendar is read at most once a minute",
    "employeeCalendarDelete": "deleted once",
    "employeeImport": "a row finds the employee that it has created or changed",
    "complaintItemDecide": "decided once; another decision is an override, with its version",
    "complaintItemsDecide": "as one item",
    "notificationRead": "read once",
    "bannerDismiss": "dismissed once",
    "notificationPreferenceSet": "the same preference once more",
    "deviceRegister": "the same address is the same device",
    "deviceRemove": "removed once",
    "dispatchSettle": "settled once, with its version",
    "dispatchCancel": "cancelled once",
    "suppressionLift": "lifted once",
    "doNotContactLift": "lifted once",
    "contactProfileSet": "written once, with its version",
    "contactStatementTakeBack": "taken back once",
    "senderProfileSet": "written once, with its version",
    "calendarFeedCreate": "another address, which replaces the first",
    "calendarFeedRevoke": "revoked once",
    "webhookEndpointUpdate": "the same address, events and state once more",
    "webhookEndpointDelete": "deleted once; then it is not found",
    "secretariatUpdate": "with its version",
    "callTakeOver": "whoever has the call gets it again",
    "callFinish": "with the same note, the first answer comes again",
    "callCorrect": "with its version",
    "secretariatConfirm": "with its version",
    "secretariatNumbersSet": "with its version",
    "secretariatAgentsSet": "with its version",
    "askedFieldsSet": "with its version",
    "employeeUpdate": "with its version",
    "employeeDelete": "with its version",
    "employeeAccessDelete": "closed once",
    "weeklyHoursSet": "with its version",
    "absenceTextSet": "with its version",
    "appointmentDelete": "deleted once",
    "vipCallerDelete": "deleted once",
    "faqEntryDelete": "deleted once",
    "smartDataSettingsUpdate": "with its version",
    "smartDataKeep": "kept until the same time",
    "smartDataForget": "deleted once; then it is not found",
    "organisationPersonAdd": "added once",
    "organisationPersonRemove": "removed once",
    "mailProviderSet": "the same once more",
    "phoneSystemSecretRotate": "with its version",
    "phoneSystemDelete": "deleted once",
}


def test_every_mutation_has_a_key_or_can_be_retried() -> None:
    """If the response to a commit was lost, sending the request again must not act twice."""
    mutation = build_schema()._schema.mutation_type
    assert mutation is not None
    keyed = set(TABLE) | OF_COMPLAINTS | OF_CHATS | PUBLISHING | REFRESHING | SENDING | OF_WEBHOOKS | CALLS
    keyed |= OF_SMART_DATA | CONTACTING | OF_POLICIES
    assert keyed | set(REPEATABLE) == set(mutation.fields)
    assert keyed & set(REPEATABLE) == set()


async def test_publishing_twice_with_one_key_creates_one_lead(world: World) -> None:
    """Another input with the same key is refused; another key or no key makes another lead."""
    given = {
        "title": "A new roof",
        "brief": "Forty square metres of tiles.",
        "category": "roofs",
        "country": "DE",
        "market": world.place.market.code,
        "contact": {"fullName": FULL_NAME, "preferredChannel": "EMAIL", "email": EMAIL},
    }

    async def added() -> int:
        return len(await rows("SELECT id FROM lead")) - before

    before = len(await rows("SELECT id FROM lead"))
    sent = await asyncio.gather(*(send(world.prospect, "leadPublish", given, "once") for _ in range(COPIES)))
    assert [codes(payload) for payload in sent] == [[]] * COPIES
    assert await added() == 1
    refused = await send(world.prospect, "leadPublish", {**given, "title": "Another roof"}, "once")
    assert refused["userErrors"] == [{"code": "IDEMPOTENCY_CONFLICT", "field": ["idempotencyKey"]}]
    assert await added() == 1
    assert codes(await send(world.prospect, "leadPublish", given, "another")) == []
    assert await added() == 2


def test_every_mutation_with_a_key_is_in_the_table() -> None:
    """Fails for a new mutation that is not in the table."""
    mutation = build_schema()._schema.mutation_type
    assert mutation is not None
    keyed = set()
    for name, found in mutation.fields.items():
        kind = get_named_type(found.args["input"].type) if found.args else None
        if is_input_object_type(kind) and "idempotencyKey" in kind.fields:
            keyed.add(name)
    keyed -= OF_SMART_DATA | OF_POLICIES
    assert (
        keyed
        == set(TABLE)
        | OF_COMPLAINTS
        | OF_CHATS
        | PUBLISHING
        | REFRESHING
        | SENDING
        | OF_WEBHOOKS
        | CALLS
        | CONTACTING
    )


async def send(who: Client, mutation: str, given: Mapping[str, object], key: str) -> dict[str, Any]:
    """Send the mutation and return the payload."""
    name = mutation[0].upper() + mutation[1:]
    document = f"""mutation ($input: {name}Input!) {{ {mutation}(input: $input) {{
        __typename userErrors {{ code field }} }} }}"""
    answer = await who.ask(document, input={**given, "idempotencyKey": key})
    payload: dict[str, Any] = answer.data[mutation]
    return payload


async def rows(sql: str) -> list[tuple[object, ...]]:
    """Return all rows of a statement."""
    return [tuple(row.values()) for row in await fetch(connection(), sql)]


@pytest.mark.parametrize("mutation", TABLE)
async def test_five_concurrent_requests_with_one_key_act_once(world: World, mutation: str) -> None:
    """All requests get the same answer; points move once, and each recipient is notified once."""
    once = await TABLE[mutation](world)
    moved, notified = await rows(MOVED), await rows(TOLD)
    # All five are in progress before the first of them can move points.
    async with holding(world.database.url, BALANCE, world.place.vendor.id):
        sent = [asyncio.create_task(send(once.who, mutation, once.given, "one key")) for _ in range(COPIES)]
        await asyncio.sleep(0.2)
        assert not any(task.done() for task in sent)
    payloads = await asyncio.gather(*sent)
    assert [codes(payload) for payload in payloads] == [[]] * COPIES
    after = [row for row in await rows(MOVED) if row not in moved]
    assert tuple(str(row[0]) for row in after) == once.moves
    first = len(await rows(TOLD)) - len(notified)
    assert first > 0

    assert codes(await send(once.who, mutation, once.given, "one key")) == []
    assert len(await rows(TOLD)) - len(notified) == first, "once more tells nobody"
    refused = await send(once.who, mutation, once.otherwise, "one key")
    assert refused["userErrors"] == [{"code": "IDEMPOTENCY_CONFLICT", "field": ["idempotencyKey"]}]
    assert [row for row in await rows(MOVED) if row not in moved] == after


@pytest.mark.parametrize(
    ("mutation", "moves"), [("applicationAccept", "CAPTURE"), ("applicationDecline", "RELEASE")]
)
async def test_an_answer_is_inherently_idempotent(world: World, mutation: str, moves: str) -> None:
    """Five concurrent answers count as one."""
    await world.apply()
    payloads = await asyncio.gather(*(world.answer(mutation) for _ in range(COPIES)))
    assert [codes(payload) for payload in payloads] == [[]] * COPIES
    assert [row[0] for row in await rows(MOVED)][-1] == moves
    assert [row[0] for row in await rows(MOVED)].count(moves) == 1


async def test_a_concurrent_acceptance_and_decline_move_points_once(world: World) -> None:
    """Either the decline came first and is final, or it withdraws the acceptance and the fee is refunded."""
    await world.apply()
    await asyncio.gather(world.answer("applicationAccept"), world.answer("applicationDecline"))
    kinds = [str(row[0]) for row in await rows(MOVED) if row[1] == world.place.vendor.id]
    assert kinds in (["PURCHASE", "HOLD", "RELEASE"], ["PURCHASE", "HOLD", "CAPTURE", "REFUND"])
    assert await world.points() == (100, 0)
