"""Instants, numbers and keys of all mutations: invalid values are refused before anything happens."""

from typing import Any

import pytest

from models.base.database import connection
from models.base.ids import new_id
from schema.graphql.ids import write_id
from tests.schema.mutations.matrix import MATRIX
from tests.support.api import Api, Json
from tests.support.applied import Applied
from tests.support.invariants import snapshot
from tests.support.mutation_calls import MUTATIONS, attempt, call, input_fields, refusals
from tests.support.reading import points, rows_of
from tests.support.viewers import Kind

_ALLOWED = {
    "policyTrialStart": Kind.OPERATOR,
    "applicationSubmit": Kind.OWNER,
    "chatMessageSend": Kind.PROSPECT,
    "meetingRecord": Kind.OPERATOR,
    "pointsPurchase": Kind.OPERATOR,
    "leadImport": Kind.OPERATOR,
    "leadPublish": Kind.PROSPECT,
}
# Their keys are tested in tests/models/complaints, contacting, deliveries and accounts, tests/schema/messages
# and calls, and tests/models/messages.
# Their keys are tested in tests/models/complaints, deliveries, accounts and smart_data,
# tests/schema/messages, calls and policies, and tests/models/messages.
_ELSEWHERE = frozenset(
    {
        "appointmentSet",
        "callAnswer",
        "callTransferRecord",
        "callerErase",
        "complaintFile",
        "complaintMessageSend",
        "contactAnswerRecord",
        "contactAttemptRecord",
        "contactStatementRead",
        "dispatchRetry",
        "doNotContactSet",
        "employeeAccessCreate",
        "employeeCalendarImport",
        "employeeCalendarSet",
        "employeeCreate",
        "faqEntrySet",
        "leadDeliver",
        "leadPurchase",
        "optOutListImport",
        "phoneSystemSet",
        "policyPublish",
        "secretariatCreate",
        "smartDataRefresh",
        "smartDataSearch",
        "tokenRefresh",
        "vipCallerSet",
        "webhookEndpointCreate",
        "webhookReplay",
        "webhookSecretRotate",
        "webhookTest",
    }
)
KEYED = sorted(
    name
    for name in MUTATIONS
    if name != "signOut" and name not in _ELSEWHERE and "idempotencyKey" in input_fields(name)
)


async def _given(api: Api, applied: Applied, name: str, **changed: object) -> Json:
    given = await MATRIX[name].given(api, applied)
    assert given is not None
    return {**given, **changed}


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05",
        "2026-03-05T09:00:00",
        "2026-03-05 09:00:00Z",
        "2026-03-05T09:00Z",
        "2026-02-30T09:00:00Z",
        "2027-02-29T09:00:00Z",
        "2026-03-05T24:00:00Z",
        "2026-12-31T23:59:60Z",
        "2026-03-05T09:00:00+24:00",
        "2026-03-05T09:00:00+0100",
        "2026-03-05T09:00:00.1234567",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "10000-01-01T00:00:00Z",
        "٢٠٢٦-03-05T09:00:00Z",
        "2026-03-05T09:00:00Z\n",
        "2026-03-05T09:00:00Z\x00",
        "now",
        "",
        1_772_700_000,
        True,
        {"at": "2026"},
    ],
)
async def test_an_invalid_instant_is_a_document_error(api: Api, applied: Applied, text: Any) -> None:
    """Naive, impossible, too precise, or not an instant: reported, not masked, and nothing happens."""
    client = await applied.client(api, Kind.OWNER)
    before = await snapshot(connection())
    answer = await attempt(
        client, "applicationSubmit", await _given(api, applied, "applicationSubmit", meetingAt=text)
    )
    assert answer.codes
    assert "INTERNAL" not in answer.codes
    assert "meetingAt" in answer.body["errors"][0]["message"]
    assert answer.body.get("data") is None
    assert await snapshot(connection()) == before


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("2026-03-05T09:00:00Z", "2026-03-05T09:00:00Z"),
        ("2026-03-05t09:00:00z", "2026-03-05T09:00:00Z"),
        ("2026-03-05T09:00:00.25+05:45", "2026-03-05T03:15:00.250000Z"),
        ("2026-03-04T21:00:00-12:00", "2026-03-05T09:00:00Z"),
        ("2026-03-05T09:00:00-00:00", "2026-03-05T09:00:00Z"),
        ("2027-03-03T09:00:00Z", "2027-03-03T09:00:00Z"),
    ],
)
async def test_an_instant_is_read_with_its_offset(api: Api, applied: Applied, text: str, stored: str) -> None:
    """The response is in UTC."""
    client = await applied.client(api, Kind.OWNER)
    given = await _given(api, applied, "applicationSubmit", meetingAt=text)
    payload = await call(client, "applicationSubmit", given, "application { meetingAt }")
    assert payload["application"] == {"meetingAt": stored}


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02T09:00:00Z",
        "2026-03-02T08:59:59Z",
        "2027-03-03T09:00:00.000001Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
    ],
)
async def test_a_meeting_is_in_the_future_and_within_a_year(api: Api, applied: Applied, text: str) -> None:
    """The current time is not in the future."""
    before = None
    for name, field, kind in (
        ("applicationSubmit", "meetingAt", Kind.OWNER),
        ("meetingRecord", "at", Kind.OPERATOR),
    ):
        client = await applied.client(api, kind)
        before = await snapshot(connection())
        payload = await call(client, name, await _given(api, applied, name, **{field: text}))
        assert refusals(payload) == [("INVALID", field)]
        assert await snapshot(connection()) == before


@pytest.mark.parametrize("value", [2**31, -(2**31) - 1, 2**63, 10**400, 1.5, "5", True, None])
async def test_an_invalid_integer_is_a_document_error(api: Api, applied: Applied, value: Any) -> None:
    """It must be a whole number of 32 bits, not quoted."""
    client = await applied.client(api, Kind.OPERATOR)
    before = await snapshot(connection())
    answer = await attempt(
        client, "pointsPurchase", await _given(api, applied, "pointsPurchase", points=value)
    )
    assert answer.codes
    assert "INTERNAL" not in answer.codes
    assert await snapshot(connection()) == before


@pytest.mark.parametrize("value", [0, -1, 1_000_001, 2**31 - 1])
async def test_points_purchases_are_limited_to_one_to_a_million(
    api: Api, applied: Applied, value: int
) -> None:
    """Other amounts are user errors."""
    client = await applied.client(api, Kind.OPERATOR)
    payload = await call(client, "pointsPurchase", await _given(api, applied, "pointsPurchase", points=value))
    assert refusals(payload) == [("INVALID", "points")]


@pytest.mark.parametrize("name", KEYED)
async def test_a_key_has_1_to_200_printable_characters(api: Api, applied: Applied, name: str) -> None:
    """Other keys are refused and nothing happens; the longest ones work."""
    client = await applied.client(api, _ALLOWED[name])
    before = await snapshot(connection())
    for key in ("", " ", "k" * 201, "a\nb", "a\x00", "\x7f", "\u202e", "k" * 100_000):
        payload = await call(client, name, await _given(api, applied, name, idempotencyKey=key))
        assert refusals(payload) == [("INVALID", "idempotencyKey")], repr(key[:9])
    assert await snapshot(connection()) == before
    payload = await call(client, name, await _given(api, applied, name, idempotencyKey="🔑" * 200))
    assert payload["userErrors"] == []


@pytest.mark.parametrize("name", KEYED)
async def test_a_repeated_key_acts_once_and_conflicts_with_another_input(
    api: Api, applied: Applied, name: str
) -> None:
    """The second response is the first; a different input is refused."""
    client = await applied.client(api, _ALLOWED[name])
    given = {**await _given(api, applied, name), "idempotencyKey": "once"}
    first = await call(client, name, given, "__typename")
    after = await snapshot(connection())
    assert await call(client, name, given, "__typename") == first
    other = {"introduction": "Other."} if name == "applicationSubmit" else {"points": 6}
    if name == "meetingRecord":
        other = {"at": "2026-03-07T09:00:00Z"}
    if name == "chatMessageSend":
        other = {"text": "Another one."}
    if name == "leadPublish":
        other = {"title": "Another one."}
    if name == "policyTrialStart":
        other = {"sample": 6}
    assert refusals(await call(client, name, {**given, **other})) == [
        ("IDEMPOTENCY_CONFLICT", "idempotencyKey")
    ]
    assert await snapshot(connection()) == after


async def test_purchases_with_two_keys_both_count(api: Api, applied: Applied) -> None:
    """Each key counts once."""
    client = await applied.client(api, Kind.OPERATOR)
    for key in ("a", "b", "a"):
        await call(client, "pointsPurchase", await _given(api, applied, "pointsPurchase", idempotencyKey=key))
    assert (await points(applied.place.vendor.id))[0] == 100


async def test_notifications_are_all_marked_as_read_or_none(api: Api, applied: Applied) -> None:
    """No ids, too many ids, and another user's id among one's own."""
    client = await applied.client(api, Kind.OWNER)
    (own,) = (await _given(api, applied, "notificationRead"))["ids"]
    others = await rows_of("feed_event", recipient=applied.place.prospect.id)
    foreign = write_id("Notification", others[0]["id"])
    before = await snapshot(connection())
    many = [write_id("Notification", new_id()) for _ in range(101)]
    assert (await attempt(client, "notificationRead", {"ids": many})).codes == ["LIMIT_EXCEEDED"]
    for ids, code in (([], "REQUIRED"), ([own, foreign], "NOT_FOUND")):
        payload = await call(client, "notificationRead", {"ids": ids}, "notifications { id }")
        assert refusals(payload) == [(code, "ids")]
        assert payload["notifications"] == []
    assert await snapshot(connection()) == before
    for _ in range(2):
        payload = await call(client, "notificationRead", {"ids": [own] * 100}, "notifications { id readAt }")
        assert payload["notifications"] == [{"id": own, "readAt": "2026-03-02T09:00:00Z"}]
