"""Every check of calls finds its fault, and nothing after calls that have ended."""

from uuid import UUID

import pytest
import pytest_asyncio

from models.reconciliation import reconcile
from rules.calls.call_mail import CallOutcome
from rules.messages.dispatch import DispatchChannel
from tests.models.reconciliation.conftest import Plant
from tests.support.call_notices import CALLER, ended_call, tell
from tests.support.calls import make_employee, make_secretariat, make_vip
from tests.support.database import Database
from tests.support.marketplace import START, make_marketplace
from tests.support.messages import FakeChannel, send_all


@pytest_asyncio.fixture(loop_scope="session")
async def called(database: Database) -> UUID:
    """A call that was put through to a deputy, who got a text message; and one that nobody answered."""
    await database.clock.set(START)
    place = await make_marketplace()
    secretariat, owner = await make_secretariat(place), place.vendor.owner
    wanted = await make_employee(owner, "Agnes Tellier")
    deputy = await make_employee(owner, "Ben Mori", mobile="+4915112345678", vip_sms_tick=True)
    await make_vip(owner, CALLER)
    call = await ended_call(secretariat, CallOutcome.TRANSFERRED, wanted=wanted, accepted_by=deputy)
    await tell(call)
    await tell(await ended_call(secretariat, CallOutcome.ABANDONED, wanted=wanted, finished=False))
    await send_all(FakeChannel(kind=DispatchChannel.SMS, charged=True, repeatable=False))
    return call.id


async def test_calls_that_were_told_have_no_findings(called: UUID) -> None:
    report = await reconcile()
    assert report.findings == ()


_TEXT = "(SELECT message_id FROM call_notice WHERE call_id = $1 AND channel = 'SMS')"
PLANTED = [
    ("ended_calls_are_told", "DELETE FROM call_notice WHERE call_id = $1 AND channel = 'EMAIL'"),
    ("ended_calls_are_told", "UPDATE call SET finished_at = NULL WHERE id = $1"),
    ("notices_match_their_decisions", "UPDATE call SET outcome = 'MESSAGE_TAKEN' WHERE id = $1"),
    ("notices_match_their_decisions", "UPDATE decision SET verdict = 'NONE' WHERE subject = $1"),
    ("notices_match_their_decisions", "UPDATE call_notice SET message_id = NULL WHERE call_id = $1"),
    ("notices_match_their_decisions", f"UPDATE outbox_message SET recipient = $1 WHERE id = {_TEXT}"),
    ("call_texts_have_one_notice", "DELETE FROM call_notice WHERE call_id = $1 AND channel = 'SMS'"),
    (
        "call_texts_have_one_notice",
        f"""INSERT INTO dispatch (id, message_id, channel, employee_id, copy, due_at, state, version,
                attempts)
            SELECT gen_random_uuid(), message_id, channel, employee_id, 1, due_at, 'WAITING', 1, 0
            FROM dispatch WHERE message_id = {_TEXT} AND $1 = $1""",
    ),
]


@pytest.mark.parametrize(("check", "fault"), PLANTED)
async def test_a_planted_fault_is_found(called: UUID, plant: Plant, check: str, fault: str) -> None:
    await plant(fault, called)
    assert (await reconcile()).counts[check] > 0
