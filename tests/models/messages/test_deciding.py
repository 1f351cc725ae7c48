"""What is not sent, held or cancelled, and the decision that says why."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from models.applications.answer import accept, decline
from models.base.database import connection, fetch, transaction
from models.base.ids import new_id
from models.deliveries.deliver import deliver_lead
from models.feed.journal import Journal, MessageRow
from models.feed.kinds import MessageTemplate, NotificationGroup
from models.messages.channels.channel import Code, Result
from models.messages.claim import _DUE, claim_due
from models.messages.expand import expand_messages
from models.messages.note import Noted, note_results
from models.messages.preferences import set_preference
from models.messages.quiet_hours import quiet_until
from models.process.wake import Silence
from models.tables import User
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome
from rules.visibility import DeliveryKind
from tests.rules.support import make_policy
from tests.support.database import Database
from tests.support.marketplace import HOUR, START, Marketplace, apply, make_lead
from tests.support.messages import (
    CONTEXT,
    FakeChannel,
    dispatches,
    failed,
    one_dispatch,
    send_all,
    want_texts,
)
from tests.support.reading import erase
from tests.support.stops import insert_stop

pytestmark = pytest.mark.usefixtures("without_events")


async def test_an_answer_makes_the_letters_that_ask_for_it_pointless(place: Marketplace) -> None:
    """An answer given while a letter waits is read under its claim."""
    application_id = await apply(place.vendor, place.lead)
    await expand_messages()
    await accept(place.prospect.viewer, Silence(), application_id)
    await send_all()
    found = await one_dispatch("application_received")
    assert (found["state"], found["rule_id"], found["attempts"]) == ("EXPIRED", "moot", 0)


async def test_a_vendor_is_not_written_to_about_contact_data_that_is_closed_meanwhile(
    place: Marketplace,
) -> None:
    """Neither by email nor by text, which would be charged, such as after a night of quiet hours."""
    await want_texts(place.vendor.owner.user_id)
    await want_texts(place.vendor.owner.user_id, NotificationGroup.LEADS)
    application_id = await apply(place.vendor, place.lead)
    await accept(place.prospect.viewer, Silence(), application_id)
    await _deliver(place)
    await expand_messages()
    await fetch(connection(), "UPDATE delivery SET closed = 'NO_CONSENT'")
    for channel in DispatchChannel.EMAIL, DispatchChannel.SMS:
        await send_all(FakeChannel(kind=channel))
    for template in "contact_available", "lead_delivered":
        found = await dispatches(template)
        assert [(row["state"], row["rule_id"]) for row in found] == [("EXPIRED", "moot")] * 3


async def test_a_withdrawn_reminder_is_not_sent(place: Marketplace, database: Database) -> None:
    """The answer ends the time until which it may be sent, whether it is expanded yet or not."""
    application_id = await apply(place.vendor, place.lead)
    await fetch(
        connection(),
        """UPDATE outbox_message SET idempotency_key = $1, template = 'not_reviewed'
           WHERE template = 'application_received'""",
        f"review_reminder:{application_id}",
    )
    await expand_messages()
    await decline(place.prospect.viewer, Silence(), application_id)
    await send_all()
    found = await one_dispatch("not_reviewed")
    assert (found["state"], found["rule_id"]) == ("EXPIRED", "expired")


async def _deliver(place: Marketplace) -> UUID:
    lead = await make_lead(place.market, place.other_prospect)
    return await deliver_lead(
        place.operator,
        Silence(),
        lead_id=lead.id,
        account_id=place.vendor.id,
        kind=DeliveryKind.RECORD,
        points=5,
        idempotency_key=new_id().hex,
    )


async def test_what_is_switched_off_is_suppressed_for_that_user_only(place: Marketplace) -> None:
    owner = place.vendor.owner.user_id
    assert owner is not None
    await set_preference(owner, NotificationGroup.LEADS, DispatchChannel.EMAIL, on=False)
    await _deliver(place)
    await send_all()
    found = {row["user_id"]: (row["state"], row["rule_id"]) for row in await dispatches("lead_delivered")}
    assert found == {
        owner: ("SUPPRESSED", "switched_off"),
        place.vendor.member.user_id: ("SENT", "sent"),
    }


async def test_what_the_contract_requires_is_sent_to_those_who_switched_the_group_off(
    place: Marketplace,
) -> None:
    owner = place.vendor.owner.user_id
    await fetch(
        connection(),
        """INSERT INTO notification_preference (id, user_id, grouping, channel, is_on, changed_at)
           VALUES ($1, $2, 'APPLICATIONS', 'EMAIL', false, leadgate_clock())""",
        new_id(),
        owner,
    )
    application_id = await apply(place.vendor, place.lead)
    await accept(place.prospect.viewer, Silence(), application_id)
    await send_all()
    assert {row["state"] for row in await dispatches("contact_available")} == {"SENT"}


async def test_a_user_who_is_disabled_meanwhile_gets_nothing(place: Marketplace) -> None:
    await apply(place.vendor, place.lead)
    await expand_messages()
    await User.filter(id=place.prospect.viewer.user_id).update(disabled_at=START)
    await send_all()
    assert (await one_dispatch("application_received"))["rule_id"] == "recipient_gone"


async def test_an_erased_person_gets_nothing(place: Marketplace, database: Database) -> None:
    await apply(place.vendor, place.lead)
    await expand_messages()
    await erase(place.prospect.id, START)
    await send_all()
    assert (await one_dispatch("application_received"))["rule_id"] == "recipient_gone"
    await fetch(connection(), "UPDATE prospect SET erased_at = NULL")


async def test_a_stop_holds_back_optional_messages_only(place: Marketplace) -> None:
    """Readings of S1: what the contract demands is no advertising."""
    await apply(place.vendor, place.lead)
    await apply(place.other_vendor, place.lead)
    await expand_messages()
    await insert_stop(place.prospect.id)
    first, second = await dispatches("application_received")
    await fetch(
        connection(),
        "UPDATE outbox_message SET necessity = 'OPTIONAL' WHERE id = $1",
        second["message_id"],
    )
    await send_all()
    found = {row["id"]: row["rule_id"] for row in await dispatches("application_received")}
    assert found == {first["id"]: "sent", second["id"]: "do_not_contact"}
    await fetch(connection(), "DELETE FROM do_not_contact")


async def _write(
    place: Marketplace,
    number: int,
    subject: UUID,
    *,
    ordering: str | None = None,
    replaces: str | None = None,
) -> None:
    async with transaction() as conn:
        journal = Journal(START)
        rows = await fetch(conn, "SELECT event_id FROM outbox_message WHERE event_id IS NOT NULL LIMIT 1")
        journal.messages.append(
            MessageRow(
                MessageTemplate.APPLICATION_RECEIVED,
                place.prospect.id,
                subject,
                place.market.policy_id,
                f"test:{number}",
                START,
                event_id=rows[0]["event_id"],
                ordering=ordering,
                replaces=replaces,
            )
        )
        await journal.write(conn)


async def test_a_newer_message_replaces_what_was_not_sent_of_an_older_one(place: Marketplace) -> None:
    application_id = await apply(place.vendor, place.lead)
    for number in range(3):
        await _write(place, number, application_id, replaces="same")
    channel = await send_all()
    states = [row["state"] for row in await dispatches("application_received")]
    assert states == ["SENT", "CANCELLED", "CANCELLED", "SENT"]
    assert len(channel.sent) == 2


async def test_messages_of_one_order_never_overtake_each_other(
    place: Marketplace, database: Database
) -> None:
    """The second waits while the first is tried again."""
    application_id = await apply(place.vendor, place.lead)
    await send_all()
    for number in range(2):
        await _write(place, number, application_id, ordering="same")
    await send_all(FakeChannel(failed()))
    first, second = (await dispatches("application_received"))[1:]
    assert (first["state"], first["attempts"]) == ("WAITING", 1)
    assert (second["state"], second["attempts"]) == ("WAITING", 0)
    await database.clock.advance(HOUR)
    channel = await send_all()
    assert [dispatch_id for dispatch_id, _ in channel.sent] == [first["id"], second["id"]]


async def test_the_order_of_messages_is_that_in_which_they_were_written(place: Marketplace) -> None:
    """Ids follow the clocks of processes, and may be the other way round."""
    application_id = await apply(place.vendor, place.lead)
    await send_all()
    for number in range(2):
        await _write(place, number, application_id, ordering="same")
    await fetch(
        connection(),
        "UPDATE outbox_message SET id = $1 WHERE idempotency_key = 'test:1'",
        UUID(int=1),
    )
    await expand_messages()
    (claimed,) = (await claim_due(CONTEXT, FakeChannel(), 10)).claimed
    rows = await fetch(
        connection(), "SELECT idempotency_key FROM outbox_message WHERE id = $1", claimed.parcel.message.id
    )
    assert rows[0]["idempotency_key"] == "test:0"


async def test_an_order_includes_messages_whose_dispatches_do_not_exist_yet(place: Marketplace) -> None:
    """Another worker may still be expanding them."""
    application_id = await apply(place.vendor, place.lead)
    await send_all()
    for number in range(2):
        await _write(place, number, application_id, ordering="same")
    await expand_messages()
    first = (await dispatches("application_received"))[1]
    await fetch(connection(), "DELETE FROM dispatch WHERE id = $1", first["id"])
    await fetch(
        connection(), "UPDATE outbox_message SET expanded_at = NULL WHERE id = $1", first["message_id"]
    )
    assert (await claim_due(CONTEXT, FakeChannel(), 10)).settled == 0
    channel = await send_all()
    assert len(channel.sent) == 2


async def test_what_was_replaced_while_it_was_on_its_way_is_not_repeated(
    place: Marketplace, database: Database
) -> None:
    application_id = await apply(place.vendor, place.lead)
    await send_all()
    await _write(place, 1, application_id, replaces="same")
    await expand_messages()
    channel = FakeChannel()
    claim = await claim_due(CONTEXT, channel, 10)
    await _write(place, 2, application_id, replaces="same")
    await expand_messages()
    result = Result(DispatchOutcome.TEMPORARY, Code.NOT_CONNECTED)
    await note_results(CONTEXT, channel, [Noted(claim.claimed[0], result)])
    await database.clock.advance(HOUR)
    await send_all(channel)
    older, newer = (await dispatches("application_received"))[1:]
    assert (older["state"], older["rule_id"]) == ("EXPIRED", "moot")
    assert [dispatch_id for dispatch_id, _ in channel.sent] == [newer["id"]]


async def test_messages_of_a_newer_version_wait_for_its_workers(place: Marketplace) -> None:
    """While servers and workers are replaced one after the other; the other messages are sent."""
    await apply(place.vendor, place.lead)
    (newer,) = await fetch(
        connection(),
        """UPDATE outbox_message SET template = 'of_tomorrow' WHERE template = 'application_received'
           RETURNING id""",
    )
    await apply(place.other_vendor, place.lead)
    channel = await send_all()
    assert len(channel.sent) == 1
    rename = "UPDATE outbox_message SET template = $2 WHERE id = $1"
    await fetch(connection(), rename, newer["id"], "application_received")
    await expand_messages()
    assert [row["state"] for row in await dispatches("application_received")] == ["SENT", "WAITING"]
    await fetch(connection(), rename, newer["id"], "of_tomorrow")
    assert (await claim_due(CONTEXT, FakeChannel(), 10)).settled == 0


POLICY = make_policy()
MIDNIGHT = datetime(2026, 3, 2, 23, 0, tzinfo=UTC)  # in Berlin


@pytest.mark.parametrize(
    ("now", "zone", "until"),
    [
        (MIDNIGHT, "Europe/Berlin", datetime(2026, 3, 3, 7, 0, tzinfo=UTC)),
        (MIDNIGHT + 7 * HOUR, "Europe/Berlin", datetime(2026, 3, 3, 7, 0, tzinfo=UTC)),
        (MIDNIGHT + 8 * HOUR, "Europe/Berlin", None),
        (MIDNIGHT - 2 * HOUR, "Europe/Berlin", datetime(2026, 3, 3, 7, 0, tzinfo=UTC)),
        (MIDNIGHT - 2 * HOUR - timedelta(minutes=1), "Europe/Berlin", None),
        (MIDNIGHT, "America/New_York", None),
        (MIDNIGHT, "nowhere", datetime(2026, 3, 3, 8, 0, tzinfo=UTC)),
        # The night on which Berlin's clocks go forward.
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), "Europe/Berlin", datetime(2026, 3, 29, 6, 0, tzinfo=UTC)),
    ],
)
def test_quiet_hours_are_those_of_the_recipients_day(
    now: datetime, zone: str, until: datetime | None
) -> None:
    assert quiet_until(POLICY, zone, now) == until


def test_equal_ends_turn_quiet_hours_off() -> None:
    policy = make_policy("never-quiet", messages={"quiet_from": 480, "quiet_until": 480})
    assert quiet_until(policy, "UTC", MIDNIGHT) is None


def test_quiet_hours_that_end_in_an_hour_that_comes_twice_end_in_the_future() -> None:
    """Otherwise what they hold would be due already, and be looked at again without a pause."""
    policy = make_policy("short-night", messages={"quiet_from": 60, "quiet_until": 150})
    second = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 02:10 in Berlin, for the second time
    assert quiet_until(policy, "Europe/Berlin", second) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


async def test_a_text_message_waits_for_the_end_of_quiet_hours(
    place: Marketplace, database: Database
) -> None:
    """Held with its rule, and due when they end; an email is not."""
    await database.clock.set(START.replace(hour=23))
    await apply(place.vendor, place.lead)
    await expand_messages()
    await fetch(connection(), "UPDATE dispatch SET channel = 'SMS'")
    await want_texts(place.prospect.viewer.user_id)
    sms = FakeChannel(kind=DispatchChannel.SMS)
    await send_all(sms)
    held = await one_dispatch("application_received")
    assert (held["state"], held["rule_id"], held["due_at"]) == (
        "WAITING",
        "quiet_hours",
        (START + timedelta(days=1)).replace(hour=8),
    )
    await database.clock.set(held["due_at"])
    await send_all(sms)
    assert len(sms.sent) == 1


async def test_due_dispatches_are_read_in_the_order_of_their_index(database: Database) -> None:
    """Not all of a backlog for each claim, even if the statistics are from before the backlog."""
    await database.clock.set(START)
    async with transaction() as conn:
        await fetch(conn, "ANALYZE device, dispatch, outbox_message")
        await fetch(conn, "SET LOCAL enable_seqscan = off")
        rows = await fetch(conn, f"EXPLAIN {_DUE}", DispatchChannel.EMAIL, START, 10, ["x"], 4, None)
    plan = "\n".join(row[0] for row in rows)
    assert "using dispatch_waiting on dispatch" in plan
    assert "Sort" not in plan
