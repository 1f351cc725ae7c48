"""Text messages: to whom, once, and charged once to the account."""

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from jobs.sending import Sender
from models.applications.answer import accept
from models.base.database import connection, fetch
from models.messages.channels.channel import Code, Result
from models.messages.channels.sms.configured import sms_provider
from models.messages.channels.sms.files import SmsFiles
from models.messages.channels.sms.form import SmsForm
from models.messages.channels.sms.gateway import SmsGateway
from models.messages.claim import FRESH_SECONDS, LEASE_MARGIN, claim_due
from models.messages.expand import expand_messages
from models.messages.note import Noted, note_results
from models.messages.settle_dispatch import settle_dispatch
from models.process.wake import Silence
from models.reconciliation import reconcile
from rules.messages.bounce import BounceAbout
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome as Outcome
from tests.support.database import Database
from tests.support.invariants import assert_books_balance
from tests.support.marketplace import START, Marketplace, apply, make_marketplace
from tests.support.messages import ACCEPTED, CONTEXT, FakeChannel, dispatches, failed, send_all, want_texts
from tests.support.sms_server import hangs_up, says, sms_server

SMS = DispatchChannel.SMS


def provider(**given: object) -> FakeChannel:
    """Return a charged provider that cannot be asked."""
    return FakeChannel(kind=SMS, repeatable=False, charged=True, **given)  # type: ignore[arg-type]


def seven(port: int) -> SmsGateway:
    """Return a charged provider that can be asked, on this machine."""
    return SmsGateway(SmsForm(CONTEXT), sms_provider(f"seven://:key@127.0.0.1:{port}", "Leadgate"))


async def accepted(place: Marketplace) -> UUID:
    """Have a prospect accept an application, of which the vendor is told."""
    application = await apply(place.vendor, place.lead)
    await accept(place.prospect.viewer, Silence(), application)
    await expand_messages()
    return application


async def texts() -> list[tuple[UUID | None, str, int | None]]:
    """Return the user, the state and the cost of each text message."""
    rows = await fetch(
        connection(), "SELECT user_id, state, cost_cents FROM dispatch WHERE channel = 'SMS' ORDER BY id"
    )
    return [(row["user_id"], row["state"], row["cost_cents"]) for row in rows]


async def charges() -> list[tuple[UUID, str, str, int, int]]:
    """Return the account, the unit, the book, the amount and what is owed then, of each leg of a charge."""
    rows = await fetch(
        connection(),
        """SELECT account_id, unit, book, amount, owed_after FROM posting_group
           JOIN posting ON posting.group_id = posting_group.id
           WHERE kind = 'SMS_CHARGE' ORDER BY ordinal, book""",
    )
    return [(r["account_id"], r["unit"], r["book"], r["amount"], r["owed_after"]) for r in rows]


async def test_only_users_who_want_texts_and_have_a_number_get_them(place: Marketplace) -> None:
    """The owner does; the member has not switched them on, and the prospect has no account to charge."""
    await want_texts(place.vendor.owner.user_id)
    await want_texts(place.prospect.viewer.user_id)
    await accepted(place)
    assert await texts() == [(place.vendor.owner.user_id, "WAITING", None)]


async def test_without_a_number_nothing_is_texted(place: Marketplace) -> None:
    await want_texts(place.vendor.owner.user_id)
    await fetch(connection(), "UPDATE users SET mobile = NULL")
    await accepted(place)
    assert await texts() == []


async def test_users_of_an_account_who_share_a_number_are_texted_once(place: Marketplace) -> None:
    """Whatever number users enter, it gets each message of their account only once."""
    await want_texts(place.vendor.owner.user_id)
    await want_texts(place.vendor.member.user_id)
    await accepted(place)
    assert len(await texts()) == 1


async def test_a_text_that_was_switched_off_meanwhile_is_not_sent(place: Marketplace) -> None:
    """Although the email of the same message is part of the contract."""
    await want_texts(place.vendor.owner.user_id)
    await accepted(place)
    await fetch(connection(), "UPDATE notification_preference SET is_on = false")
    assert (await send_all(provider())).sent == []
    assert [state for _, state, _ in await texts()] == ["SUPPRESSED"]
    assert len((await send_all()).sent) == 3  # the emails, to the owner, the member and the prospect


async def test_an_accepted_text_is_charged_once_to_what_the_account_owes(place: Marketplace) -> None:
    """S4.12: EUR 0.10. No points move."""
    await want_texts(place.vendor.owner.user_id)
    await accepted(place)
    for _ in range(2):
        await send_all(provider())
    assert await texts() == [(place.vendor.owner.user_id, "SENT", 10)]
    account = place.vendor.id
    assert await charges() == [
        (account, "EUR_CENTS", "OWED", -10, -10),
        (account, "EUR_CENTS", "REVENUE", 10, -10),
    ]
    rows = await fetch(
        connection(), "SELECT available, on_hold, owed, movements FROM balance WHERE unit = 'EUR_CENTS'"
    )
    assert [tuple(row) for row in rows] == [(0, 0, -10, 1)]
    assert (await reconcile(connection())).findings == ()
    await assert_books_balance(connection())


@pytest.mark.parametrize(("outcome", "state"), [(Outcome.TEMPORARY, "WAITING"), (Outcome.PERMANENT, "DEAD")])
async def test_a_text_that_was_not_accepted_costs_nothing(
    place: Marketplace, outcome: Outcome, state: str
) -> None:
    await want_texts(place.vendor.owner.user_id)
    await accepted(place)
    await send_all(provider(answer=failed(outcome, Code.NO_CREDIT)))
    assert await texts() == [(place.vendor.owner.user_id, state, None)]
    assert await charges() == []


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_text_in_doubt_is_charged_only_once_a_person_says_that_it_arrived(
    place: Marketplace, *, arrived: bool
) -> None:
    """If it did not, it is sent, and then charged."""
    await want_texts(place.vendor.owner.user_id)
    await accepted(place)
    await send_all(provider(answer=failed(Outcome.UNCERTAIN, Code.TIMED_OUT)))
    assert [(state, cost) for _, state, cost in await texts()] == [("UNCERTAIN", None)]
    assert await charges() == []
    (row,) = await fetch(connection(), "SELECT id FROM dispatch WHERE channel = 'SMS'")
    await settle_dispatch(place.operator, row["id"], arrived=arrived, comment="Asked the recipient.")
    assert len(await charges()) == (2 if arrived else 0)
    await send_all(provider())
    assert [(state, cost) for _, state, cost in await texts()] == [("SENT", 10)]
    assert len(await charges()) == 2
    assert (await reconcile(connection())).findings == ()


async def test_a_worker_that_is_killed_while_a_text_is_on_its_way_leaves_it_to_a_person(
    place: Marketplace, database: Database
) -> None:
    """Sent at most once, and not charged."""
    await want_texts(place.vendor.owner.user_id)
    await accepted(place)
    killed = provider()
    (late,) = (await claim_due(CONTEXT, killed, 1)).claimed
    await database.clock.advance(timedelta(seconds=FRESH_SECONDS + killed.seconds + LEASE_MARGIN))
    following = await send_all(provider())
    assert following.sent == []
    assert await note_results(CONTEXT, killed, [Noted(late, ACCEPTED)]) == 0  # it was only slow
    assert [(state, cost) for _, state, cost in await texts()] == [("UNCERTAIN", None)]
    assert await charges() == []


async def test_two_people_who_settle_a_text_at_the_same_time_charge_it_once(place: Marketplace) -> None:
    await want_texts(place.vendor.owner.user_id)
    await accepted(place)
    await send_all(provider(answer=failed(Outcome.UNCERTAIN, Code.TIMED_OUT)))
    (row,) = await fetch(connection(), "SELECT id FROM dispatch WHERE channel = 'SMS'")
    settled = await asyncio.gather(
        *(settle_dispatch(place.operator, row["id"], arrived=True, comment="In its log.") for _ in range(2)),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in settled) == ["NoneType", "Refusal"]
    assert len(await charges()) == 2  # the legs of one


@pytest.mark.parametrize(("knows_it", "sent"), [(True, 1), (False, 2)])
async def test_a_provider_that_did_not_answer_is_asked_before_a_text_is_repeated(
    place: Marketplace, database: Database, *, knows_it: bool, sent: int
) -> None:
    """Found there, the text was sent; unknown there, it is sent again. Both are charged once."""
    await want_texts(place.vendor.owner.user_id)
    await accepted(place)
    (row,) = await fetch(connection(), "SELECT id FROM dispatch WHERE channel = 'SMS'")
    journal = says("200 OK", [{"id": "77", "foreign_id": str(row["id"])}] if knows_it else [])
    taken = says("200 OK", {"success": "100", "messages": [{"id": 78}]})
    async with sms_server(hangs_up, journal, taken) as at:
        channel = seven(at.port)
        await Sender(CONTEXT, channel).send_due()
        assert [(state, cost) for _, state, cost in await texts()] == [("WAITING", None)]
        assert await charges() == []
        await database.clock.advance(timedelta(minutes=2))
        await Sender(CONTEXT, channel).send_due()
    assert at.targets.count("POST /api/sms") == sent
    assert [(state, cost) for _, state, cost in await texts()] == [("SENT", 10)]
    assert len(await charges()) == 2


async def test_while_a_provider_cannot_be_asked_a_text_is_not_repeated_and_at_last_a_person_decides(
    place: Marketplace, database: Database
) -> None:
    """Not charged until then, and once."""
    await want_texts(place.vendor.owner.user_id)
    await accepted(place)
    async with sms_server(hangs_up) as at:
        channel = seven(at.port)
        for _ in range(5):
            await Sender(CONTEXT, channel).send_due()
            await database.clock.advance(timedelta(hours=2))
    assert at.targets.count("POST /api/sms") == 1
    (row,) = [one for one in await dispatches("contact_available") if one["channel"] == SMS]
    assert (row["state"], row["retry_rule_id"], row["attempts"]) == ("UNCERTAIN", "may_have_arrived", 5)
    assert await charges() == []
    await settle_dispatch(place.operator, row["id"], arrived=True, comment="In the provider's log.")
    assert len(await charges()) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dispatch SET cost_cents = 9 WHERE channel = 'SMS'",
        "UPDATE dispatch SET cost_cents = NULL WHERE channel = 'SMS'",
        "UPDATE posting_group SET business_key = 'sms_charge:other' WHERE kind = 'SMS_CHARGE'",
        "UPDATE posting_group SET subject = gen_random_uuid() WHERE kind = 'SMS_CHARGE'",
    ],
)
async def test_reconciliation_finds_a_charge_that_does_not_match(database: Database, statement: str) -> None:
    await database.clock.set(START)
    place = await make_marketplace()
    await want_texts(place.vendor.owner.user_id)
    await accepted(place)
    await send_all(provider())
    as_superuser = await asyncpg.connect(database.url)
    try:
        await as_superuser.execute("SET session_replication_role = replica")
        await as_superuser.execute(statement)
    finally:
        await as_superuser.close()
    found = (await reconcile(connection())).counts
    assert found["charges_match_dispatches"] > 0


async def test_without_a_provider_texts_are_files_of_their_owner_and_cost_nothing(
    place: Marketplace, tmp_path: Path
) -> None:
    await want_texts(place.vendor.owner.user_id)
    await accepted(place)
    channel = SmsFiles(SmsForm(CONTEXT), tmp_path / "sms")
    await Sender(CONTEXT, channel).send_due()
    (file,) = (tmp_path / "sms").iterdir()
    assert file.read_text() == 'To: +4915112345678\n\nAccepted: "Website relaunch" https://leads.test\n'
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert "15112345678" not in file.name
    assert await texts() == [(place.vendor.owner.user_id, "SENT", None)]
    assert await charges() == []


async def test_a_folder_that_cannot_be_written_is_a_temporary_failure(place: Marketplace) -> None:
    await want_texts(place.vendor.owner.user_id)
    await accepted(place)
    await Sender(CONTEXT, SmsFiles(SmsForm(CONTEXT), Path("/dev/null/sms"))).send_due()
    assert [state for _, state, _ in await texts()] == ["WAITING"]


async def test_a_number_that_the_provider_refuses_gets_no_more_texts_but_emails(place: Marketplace) -> None:
    await want_texts(place.vendor.owner.user_id)
    await accepted(place)
    refused = Result(Outcome.PERMANENT, Code.RECIPIENT_REFUSED, "202", bounce=BounceAbout.MAILBOX)
    await send_all(provider(answer=lambda _: refused))
    rows = await fetch(connection(), "SELECT channel, reason FROM suppression")
    assert [tuple(row) for row in rows] == [("SMS", "HARD_BOUNCE")]
    assert len((await send_all()).sent) == 3
