"""What `leadgate outbox` shows, repeats and reads."""

import json

from models.base.database import connection, fetch
from models.base.keyed_hash import KeyedHash
from models.base.public_id import public_id
from models.messages.sending_context import SendingContext
from models.process.wake import Silence
from rules.messages.retry import DispatchOutcome
from tests.support.api import HASH_KEY
from tests.support.bounces import delivery_status
from tests.support.command import Command
from tests.support.database import Database
from tests.support.marketplace import HOUR, START, apply, make_marketplace
from tests.support.messages import SEALER, FakeChannel, failed, one_dispatch, send_all


async def _dead(database: Database) -> str:
    """Give up the letter about an application; return its dispatch's id."""
    await database.clock.set(START)
    market = await make_marketplace()
    await apply(market.vendor, market.lead)
    await fetch(connection(), "DELETE FROM outbox_message WHERE template = 'calendar_created'")
    await send_all(FakeChannel(failed(DispatchOutcome.PERMANENT, detail="554 5.7.1")))
    return public_id("Dispatch", (await one_dispatch("application_received"))["id"])


async def test_dispatches_are_listed_and_shown_without_addresses(
    leadgate: Command, database: Database
) -> None:
    dispatch = await _dead(database)
    shown = await leadgate("outbox", "list", "--state", "dead", "--json", HASH_KEY=HASH_KEY)
    (listed,) = [json.loads(line) for line in shown.out.splitlines()]
    assert (listed["id"], listed["state"], listed["attempts"]) == (dispatch, "DEAD", 1)
    assert listed["recipient"] == "The prospect"
    assert listed["address"].startswith("p***@u***.")
    assert (await leadgate("outbox", "list", "--state", "sent")).out == "Nothing to list.\n"
    shown = await leadgate("outbox", "show", dispatch, HASH_KEY=HASH_KEY)
    for said in (
        "decision: SEND (sent): Nothing prevents the message from being sent.",
        "after the last attempt: STOP (refused_permanently)",
        "PERMANENT not_connected 554 5.7.1",
        "Fake Vendor Ltd applied for “Website relaunch”",
        "/answer/…#accept",
    ):
        assert said in shown.out, shown.out + shown.err


async def test_a_dispatch_is_retried_and_recorded(leadgate: Command, database: Database) -> None:
    dispatch = await _dead(database)
    shown = await leadgate("outbox", "retry", dispatch)
    assert (shown.code, shown.out) == (0, "Dispatches to be sent again: 1.\n")
    assert (await one_dispatch("application_received"))["state"] == "WAITING"
    assert dispatch in leadgate.record()
    shown = await leadgate("outbox", "retry", dispatch)
    assert shown.code == 1
    assert "DISPATCH: only dispatches that are DEAD" in shown.err
    assert (await leadgate("outbox", "show", "nonsense")).code == 2


async def test_after_an_outage_everything_that_failed_is_sent_again(
    leadgate: Command, database: Database
) -> None:
    """What waits for its next attempt, and what was given up, but not what the provider refused."""
    await _dead(database)
    await fetch(connection(), "UPDATE dispatch SET state = 'WAITING' WHERE state = 'DEAD'")
    await send_all(FakeChannel(failed()))
    again = "Dispatches to be sent again: 1.\n"
    assert (await leadgate("outbox", "retry", "--failed")).out == again
    await database.clock.set(START + 72 * HOUR)
    await send_all(FakeChannel(failed()))
    assert (await one_dispatch("application_received"))["state"] == "DEAD"
    assert (await leadgate("outbox", "retry", "--failed")).out == again
    await send_all(FakeChannel(failed(DispatchOutcome.PERMANENT)))
    assert (await leadgate("outbox", "retry", "--failed")).out == again.replace("1", "0")
    assert (await leadgate("outbox", "retry")).code == 2


async def test_a_report_is_read_from_standard_input(leadgate: Command, database: Database) -> None:
    await _dead(database)
    context = SendingContext(KeyedHash(HASH_KEY.encode()), "", Silence(), SEALER)
    dispatch_id = (await one_dispatch("application_received"))["id"]
    report = delivery_status(context, dispatch_id, "failed", "5.1.1").decode()
    shown = await leadgate("outbox", "bounce", given=report, HASH_KEY=HASH_KEY)
    assert (shown.code, shown.out) == (0, "Report read: SUPPRESS.\n")
    assert len(await fetch(connection(), "SELECT FROM suppression")) == 1
    shown = await leadgate("outbox", "bounce", given="hello", HASH_KEY=HASH_KEY)
    assert shown.out == "Report read: IGNORE.\n"
