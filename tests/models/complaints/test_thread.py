"""Messages about a complaint go between its vendor and the operator, and notify the other side (S5.12)."""

import pytest

from models.base.database import connection
from models.base.ids import new_id
from models.base.keyset import Slice
from models.base.refusal import RefusalCode
from models.complaints.message_list import list_messages
from models.complaints.send_message import LONGEST_MESSAGE, send_message
from tests.support.complaints import PROVEN, QUIET, deliver, filed
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import HOUR, Marketplace, make_operator
from tests.support.reading import event_kinds, refused, row, rows_of


async def test_each_side_is_notified_of_the_others_messages(place: Marketplace, database: Database) -> None:
    colleague = await make_operator()
    complaint_id, _ = await filed(place.vendor, [await deliver(place, place.vendor)])
    asked = await send_message(
        place.vendor.member, QUIET, complaint_id, " Which number\r\ndid you call? ", "a"
    )
    await database.clock.advance(HOUR)
    answered = await send_message(place.operator, QUIET, complaint_id, "The one of the file.", "a")
    for operator in (place.operator, colleague):
        assert operator.user_id is not None
        assert (await event_kinds(operator.user_id)).count("COMPLAINT_MESSAGE") == 1
    assert (await event_kinds(place.vendor.id)).count("COMPLAINT_MESSAGE") == 1
    (event,) = await rows_of("feed_event", kind="COMPLAINT_MESSAGE", recipient=place.vendor.id)
    assert str(answered) in event["parameters"]
    assert "file" not in event["parameters"], "an event names its subject, it quotes nothing"
    for viewer in (place.vendor.owner, place.operator):
        page = await list_messages(connection(), viewer, complaint_id, Slice(10))
        assert [(one.id, one.from_operator, one.text) for one in page.items] == [
            (asked, False, "Which number\ndid you call?"),
            (answered, True, "The one of the file."),
        ]
    assert (await row("complaint_message", id=asked))["author_id"] == place.vendor.member.user_id


async def test_messages_can_be_sent_after_the_decision(place: Marketplace) -> None:
    complaint_id, _ = await filed(place.vendor, [await deliver(place, place.vendor)], PROVEN)
    await send_message(place.vendor.owner, QUIET, complaint_id, "When does it come?", "a")
    assert len(await rows_of("complaint_message")) == 1


async def test_a_message_is_sent_once_per_key(place: Marketplace) -> None:
    complaint_id, _ = await filed(place.vendor, [await deliver(place, place.vendor)])
    first = await send_message(place.vendor.owner, QUIET, complaint_id, "Hello?", "a")
    before = await snapshot(connection())
    assert await send_message(place.vendor.owner, QUIET, complaint_id, "Hello?", "a") == first
    assert await snapshot(connection()) == before
    other = send_message(place.vendor.owner, QUIET, complaint_id, "Hello!", "a")
    await refused(other, RefusalCode.IDEMPOTENCY_CONFLICT)


async def test_only_the_vendor_and_operators_write_and_read_messages(place: Marketplace) -> None:
    complaint_id, _ = await filed(place.vendor, [await deliver(place, place.vendor)])
    await send_message(place.vendor.owner, QUIET, complaint_id, "Hello?", "a")
    for viewer in (place.vendor.employee, place.prospect.viewer, place.agent):
        await refused(send_message(viewer, QUIET, complaint_id, "x", "b"), RefusalCode.FORBIDDEN)
        assert (await list_messages(connection(), viewer, complaint_id, Slice(10))).items == []
    stranger = place.other_vendor.owner
    await refused(send_message(stranger, QUIET, complaint_id, "x", "b"), RefusalCode.NOT_FOUND, "complaintId")
    assert (await list_messages(connection(), stranger, complaint_id, Slice(10))).items == []
    await refused(send_message(place.operator, QUIET, new_id(), "x", "b"), RefusalCode.NOT_FOUND)


@pytest.mark.parametrize(
    ("text", "code"),
    [(" \n", RefusalCode.REQUIRED), ("a\x00", RefusalCode.INVALID), ("x" * 5_001, RefusalCode.INVALID)],
)
async def test_an_empty_or_invalid_message_is_refused(
    place: Marketplace, text: str, code: RefusalCode
) -> None:
    complaint_id, _ = await filed(place.vendor, [await deliver(place, place.vendor)])
    await refused(send_message(place.vendor.owner, QUIET, complaint_id, text, "a"), code, "text")
    assert LONGEST_MESSAGE == 5_000
