"""Every check of chats finds its fault, and nothing in chats that were written, read and told of."""

from datetime import timedelta
from uuid import UUID

import pytest
import pytest_asyncio

from models.chat.mark_read import mark_read
from models.chat.send import send_message
from models.deadlines.sweep import sweep
from models.process.wake import Silence
from models.reconciliation import reconcile
from tests.models.reconciliation.conftest import Plant
from tests.support.database import Database
from tests.support.marketplace import START, apply, make_marketplace

QUIET = Silence()


@pytest_asyncio.fixture(loop_scope="session")
async def told(database: Database) -> UUID:
    """A chat of which the vendor has read a part, the prospect nothing, and both were written to."""
    await database.clock.set(START)
    place = await make_marketplace()
    made = await apply(place.vendor, place.lead)
    first = await send_message(place.prospect.viewer, QUIET, made, "Are you there?", "a")
    await send_message(place.operator, QUIET, made, "Please answer.", "b")
    await mark_read(place.vendor.owner, QUIET, made, first)
    await send_message(place.vendor.owner, QUIET, made, "We are.", "c")
    await database.clock.set(START + timedelta(minutes=11))
    await sweep(QUIET)
    return made


async def test_a_chat_that_was_told_of_has_no_findings(told: UUID) -> None:
    assert (await reconcile()).findings == ()


_NUDGED = "kind = 'CHAT_NUDGE' AND subject = $1"
PLANTED = [
    ("chat_messages_have_no_gap", "UPDATE chat_message SET seq = 9 WHERE application_id = $1 AND seq = 3"),
    ("chat_messages_have_no_gap", "DELETE FROM chat_message WHERE application_id = $1 AND seq = 2"),
    ("chat_messages_have_no_gap", "UPDATE chat_read SET through_seq = 7 WHERE application_id = $1"),
    ("unread_messages_are_told_of", f"DELETE FROM deadline WHERE {_NUDGED} AND ordinal = 3 * 2"),
    ("unread_messages_are_told_of", f"DELETE FROM deadline WHERE {_NUDGED} AND ordinal = 3 * 2 + 1"),
    ("unread_messages_are_told_of", f"UPDATE deadline SET outcome = 'all_read' WHERE {_NUDGED}"),
    (
        "unread_messages_are_told_of",
        "DELETE FROM outbox_message WHERE template = 'chat_nudge' AND subject = $1",
    ),
]


@pytest.mark.parametrize(("check", "fault"), PLANTED)
async def test_a_planted_fault_is_found(told: UUID, plant: Plant, check: str, fault: str) -> None:
    await plant(fault, told)
    assert (await reconcile()).counts[check] > 0
