"""Notices of calls: who is told, what, once, by which rule, and what a text message costs (S4.9 to S4.19)."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tortoise.exceptions import IntegrityError

from jobs.sending import Sender
from models.base.clock import database_now
from models.base.database import connection, fetch, transaction
from models.base.keyset import Slice
from models.calls.call_tables import Call, CallNote
from models.calls.employees import delete_employee
from models.calls.notices import add_notices, read_audiences, write_amended_notices
from models.calls.tables import Employee
from models.feed.journal import Journal
from models.feed.kinds import NotificationKind
from models.messages.channels.channel import Channel, Code, Result
from models.messages.channels.mail_file import MailFiles
from models.messages.channels.sms.files import SmsFiles
from models.messages.channels.sms.form import SmsForm
from models.messages.channels.sms.segments import length_of
from models.messages.claim import FRESH_SECONDS, LEASE_MARGIN, claim_due
from models.messages.expand import expand_messages
from models.messages.list import DispatchFilter, list_dispatches
from models.messages.note import Noted, note_results
from models.messages.parcels import Parcel
from models.messages.previews import previews_of
from models.messages.settle_dispatch import settle_dispatch
from models.reconciliation import reconcile
from rules.calls.call_mail import CallOutcome as Outcome
from rules.messages.bounce import BounceAbout
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome
from tests.support.call_notices import CALLER, NoteFields, ended_call, tell
from tests.support.calls import make_employee, make_secretariat, make_vip, version_of
from tests.support.database import Database
from tests.support.feed import CountingConnection
from tests.support.marketplace import START, Marketplace
from tests.support.messages import ACCEPTED, CONTEXT, FORM, FakeChannel, dispatches, send_all
from tests.support.reading import event_kinds

SMS = DispatchChannel.SMS
MOBILE = "+4915112345678"
NOTE: NoteFields = {
    "caller_name": "Jo Doe",
    "company": "Acme",
    "phone": "030 1234",
    "concern": "A new <b>logo</b>",
}


def provider() -> FakeChannel:
    """Return a provider of text messages that charges."""
    return FakeChannel(kind=SMS, repeatable=False, charged=True)


async def notices() -> list[tuple[str, str, str, str | None]]:
    """Return the employee's first name, the channel, the rule and the template of each notice, in order."""
    rows = await fetch(
        connection(),
        """SELECT employee.first_name, channel, decision.rule_id, message.template
           FROM call_notice JOIN employee ON employee.id = employee_id
           JOIN decision ON decision.id = decision_id AND decision.subject = call_id
           LEFT JOIN outbox_message AS message ON message.id = message_id ORDER BY call_notice.id""",
    )
    return [tuple(row) for row in rows]


async def employee(place: Marketplace, named: str = "Agnes Tellier", **changes: object) -> UUID:
    return await make_employee(place.vendor.owner, named, **changes)  # type: ignore[arg-type]


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def read(folder: Path) -> list[EmailMessage]:
    return [message_from_bytes(one.read_bytes(), policy=policy.default) for one in files(folder)]


async def charges() -> list[tuple[UUID, int]]:
    """Return the account and the amount of each charge."""
    rows = await fetch(
        connection(),
        """SELECT account_id, amount FROM posting_group JOIN posting ON posting.group_id = posting_group.id
           WHERE kind = 'SMS_CHARGE' AND book = 'OWED'""",
    )
    return [(row["account_id"], row["amount"]) for row in rows]


async def test_a_message_is_told_to_the_wanted_employee_with_the_full_note(place: Marketplace) -> None:
    """S4.17, S4.19. The company is notified without the caller's data."""
    secretariat = await make_secretariat(place)
    agnes = await employee(place)
    await tell(await ended_call(secretariat, Outcome.MESSAGE_TAKEN, wanted=agnes, note=NOTE))
    assert await notices() == [
        ("Agnes", "EMAIL", "full_note", "call_taken"),
        ("Agnes", "SMS", "no_mobile", None),
    ]
    ((_, content),) = (await send_all()).sent
    assert content.subject == "Anruf von Jo Doe"
    assert content.greeting == "Guten Tag Agnes Tellier,"
    assert content.details[:4] == (
        ("Vor- und Nachname", "Jo Doe"),
        ("Unternehmen", "Acme"),
        ("Telefonnummer", "030 1234"),
        ("Anliegen", "A new <b>logo</b>"),
    )
    assert ("Angezeigte Nummer", CALLER) in content.details
    assert (await event_kinds(place.vendor.id))[-1] == NotificationKind.CALL_TAKEN


async def test_after_a_transfer_name_and_number_go_to_who_accepted_and_a_copy_to_the_wanted_one(
    place: Marketplace,
) -> None:
    """S4.19. The copy costs nothing, whatever is ticked."""
    secretariat = await make_secretariat(place)
    agnes = await employee(place, mobile=MOBILE, sms_tick=True)
    ben = await employee(place, "Ben Mori")
    call = await ended_call(secretariat, Outcome.TRANSFERRED, wanted=agnes, accepted_by=ben, note=NOTE)
    told = await tell(call)
    assert [(one.employee.id, one.sms is None, one.sms_cents) for one in told] == [
        (ben, False, 0),
        (agnes, True, 0),
    ]
    assert await notices() == [
        ("Ben", "EMAIL", "after_transfer", "call_transferred"),
        ("Ben", "SMS", "no_mobile", None),
        ("Agnes", "EMAIL", "after_transfer", "call_transferred"),
    ]
    for _, content in (await send_all()).sent:
        assert content.subject == "Durchgestellter Anruf: Jo Doe"
        assert content.text == "Der Anruf wurde durchgestellt zu: Ben Mori."
        assert [value for _, value in content.details][:3] == ["Jo Doe", "030 1234", CALLER]
        assert "logo" not in str(content)


async def test_without_a_wanted_employee_the_fallback_employee_is_told(place: Marketplace) -> None:
    """As when the wanted one was removed during the call: the owner, by default."""
    secretariat = await make_secretariat(place)
    agnes = await employee(place)
    call = await ended_call(secretariat, Outcome.UNFINISHED, wanted=agnes, finished=False)
    await delete_employee(
        place.vendor.owner, employee_id=agnes, expected_version=await version_of("employee", agnes)
    )
    await tell(call)
    fallback = await Employee.get(fallback_of__id=secretariat)
    assert {name for name, *_ in await notices()} == {fallback.first_name}
    assert NotificationKind.CALL_TAKEN not in await event_kinds(place.vendor.id)


async def test_a_call_that_nobody_answered_is_decided_but_not_told(place: Marketplace) -> None:
    """S4 R.abandoned."""
    secretariat = await make_secretariat(place)
    agnes = await employee(place, mobile=MOBILE, sms_tick=True)
    await tell(await ended_call(secretariat, Outcome.ABANDONED, wanted=agnes, finished=False))
    assert await notices() == [
        ("Agnes", "EMAIL", "nobody_answered", None),
        ("Agnes", "SMS", "nothing_to_tell", None),
    ]
    assert await expand_messages() == 0


async def test_a_vip_call_is_one_text_message_that_is_charged_once(
    place: Marketplace, database: Database
) -> None:
    """S4.12, S4.16, R.sms: the text about the VIP, with both ticks too, EUR 0.10 to the company's account."""
    await database.clock.set(START)
    secretariat = await make_secretariat(place)
    agnes = await employee(place, mobile=MOBILE, sms_tick=True, vip_sms_tick=True)
    await make_vip(place.vendor.owner, CALLER, agnes)
    told = await tell(await ended_call(secretariat, Outcome.MESSAGE_TAKEN, wanted=agnes, note=NOTE))
    assert [one.sms_cents for one in told] == [10]
    assert ("Agnes", "SMS", "vip_call", "call_text") in await notices()
    for _ in range(2):
        await send_all(texts := provider())
        await send_all(emails := FakeChannel())
    assert (texts.sent, emails.sent) == ([], [])
    (row,) = await dispatches("call_text")
    assert (row["state"], row["cost_cents"], row["employee_id"], row["copy"]) == ("SENT", 10, agnes, 0)
    assert await charges() == [(place.vendor.id, -10)]
    assert (await reconcile(connection())).findings == ()


async def test_a_worker_killed_while_the_text_is_on_its_way_neither_repeats_nor_charges_it(
    place: Marketplace, database: Database
) -> None:
    """It is charged once, to the company's account, when a person finds out that it arrived."""
    await database.clock.set(START)
    secretariat = await make_secretariat(place)
    agnes = await employee(place, mobile=MOBILE, sms_tick=True)
    await tell(await ended_call(secretariat, Outcome.MESSAGE_TAKEN, wanted=agnes, note=NOTE))
    await expand_messages()
    killed = provider()
    (late,) = (await claim_due(CONTEXT, killed, 1)).claimed
    await database.clock.advance(timedelta(seconds=FRESH_SECONDS + killed.seconds + LEASE_MARGIN))
    assert (await send_all(provider())).sent == []
    assert await note_results(CONTEXT, killed, [Noted(late, ACCEPTED)]) == 0
    (row,) = await dispatches("call_text")
    assert (row["state"], await charges()) == ("UNCERTAIN", [])
    await settle_dispatch(place.operator, row["id"], arrived=True, comment="In the provider's log.")
    assert await charges() == [(place.vendor.id, -10)]


async def test_a_summary_is_one_part_whatever_the_caller_said(
    place: Marketplace, database: Database, tmp_path: Path
) -> None:
    """S4.12; in Polish, whose letters become those of the GSM alphabet."""
    await database.clock.set(START)
    secretariat = await make_secretariat(place, language="pl")
    agnes = await employee(place, mobile=MOBILE, sms_tick=True)
    note: NoteFields = {**NOTE, "concern": "Proszę oddzwonić, zażółć gęślą jaźń. " * 100, "urgent": True}
    await tell(await ended_call(secretariat, Outcome.MESSAGE_TAKEN, wanted=agnes, note=note))
    await Sender(CONTEXT, SmsFiles(SmsForm(CONTEXT), tmp_path, charged=True)).send_due()
    assert await charges() == [(place.vendor.id, -10)]  # in a trial, as by a provider
    (file,) = files(tmp_path)
    to, _, text = file.read_text().rstrip("\n").partition("\n\n")
    assert to == f"To: {MOBILE}"
    assert text.startswith("Pilne: Telefon od: Jo Doe, Acme, 030 1234: Prosze oddzwonic, zazolc")
    assert length_of(text).parts == 1


async def test_quiet_hours_hold_the_text_but_not_the_email(place: Marketplace, database: Database) -> None:
    """By the company's clock: an employee's night is quiet, too."""
    await database.clock.set(START.replace(hour=22))
    secretariat = await make_secretariat(place)
    agnes = await employee(place, mobile=MOBILE, sms_tick=True)
    await tell(await ended_call(secretariat, Outcome.MESSAGE_TAKEN, wanted=agnes, note=NOTE))
    assert (await send_all(provider())).sent == []
    assert len((await send_all()).sent) == 1
    assert [row["rule_id"] for row in await dispatches("call_text")] == ["quiet_hours"]
    await database.clock.advance(timedelta(hours=12))
    assert len((await send_all(provider())).sent) == 1


async def test_further_recipients_get_one_email_each_and_see_no_other_address(
    place: Marketplace, tmp_path: Path
) -> None:
    """S4.10. What the caller said is data: escaped, and in the plain text not like lines of ours."""
    secretariat = await make_secretariat(place)
    addresses = ["agnes@vendor.example", "team@vendor.example", "boss@vendor.example"]
    agnes = await employee(place, email=addresses[0], cc=addresses[1:])
    note: NoteFields = {**NOTE, "concern": "<script>alert(1)</script>\n-- \nLeadgate: pay here"}
    await tell(await ended_call(secretariat, Outcome.MESSAGE_TAKEN, wanted=agnes, note=note))
    await Sender(CONTEXT, MailFiles(FORM, tmp_path)).send_due()
    messages = read(tmp_path)
    assert sorted(str(one["To"]) for one in messages) == sorted(addresses)
    for message in messages:
        text = message.as_string() + "".join(str(part.get_content()) for part in message.iter_parts())
        assert [one for one in addresses if one in text] == [str(message["To"])]
        plain, rich = (str(part.get_content()) for part in message.iter_parts())
        assert ("Guten Tag Agnes Tellier," in plain) is (message["To"] == addresses[0])
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in rich
        assert "<script>" not in rich
        assert "\r\n  --\r\n  Leadgate: pay here" in plain


async def test_addresses_are_those_of_the_time_of_sending(place: Marketplace, tmp_path: Path) -> None:
    secretariat = await make_secretariat(place)
    agnes = await employee(place, cc=["team@vendor.example"])
    await tell(await ended_call(secretariat, Outcome.MESSAGE_TAKEN, wanted=agnes, note=NOTE))
    await expand_messages()
    await Employee.filter(id=agnes).update(email="new@vendor.example", cc=[])
    await Sender(CONTEXT, MailFiles(FORM, tmp_path)).send_due()
    assert [one["To"] for one in read(tmp_path)] == ["new@vendor.example"]
    assert [(row["copy"], row["rule_id"]) for row in await dispatches("call_taken")] == [
        (0, "sent"),
        (1, "no_address"),
    ]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("UPDATE employee SET sms_tick = false, mobile = NULL", "no_address"),
        ("UPDATE employee SET removed_at = leadgate_clock()", "recipient_gone"),
        ("UPDATE call SET forgotten_at = leadgate_clock(), caller = NULL, caller_shown = ''", "moot"),
    ],
)
async def test_a_text_is_not_sent_to_who_is_gone_or_about_who_is_forgotten(
    place: Marketplace, change: str, rule: str
) -> None:
    secretariat = await make_secretariat(place)
    agnes = await employee(place, mobile=MOBILE, sms_tick=True)
    await tell(await ended_call(secretariat, Outcome.MESSAGE_TAKEN, wanted=agnes, note=NOTE))
    await fetch(connection(), change)
    assert (await send_all(provider())).sent == []
    assert [row["rule_id"] for row in await dispatches("call_text")] == [rule]
    assert await charges() == []


async def test_a_call_is_told_of_once(place: Marketplace) -> None:
    """A second transaction that ends it fails as a whole."""
    secretariat = await make_secretariat(place)
    call = await ended_call(secretariat, Outcome.MESSAGE_TAKEN, note=NOTE)
    await tell(call)
    with pytest.raises(IntegrityError):
        await tell(call)
    assert len(await notices()) == 2


async def test_a_corrected_note_is_one_more_email_and_never_a_text(place: Marketplace) -> None:
    """To those who had one; an employee who has become the wanted one gets the email of the call."""
    secretariat = await make_secretariat(place)
    agnes = await employee(place, mobile=MOBILE, sms_tick=True)
    ben = await employee(place, "Ben Mori", mobile=MOBILE, sms_tick=True)
    call = await ended_call(secretariat, Outcome.MESSAGE_TAKEN, wanted=agnes, note=NOTE)
    await tell(call)
    await send_all()
    await CallNote.filter(call_id=call.id).update(concern="A poster", version=2)
    await Call.filter(id=call.id).update(wanted_employee_id=ben)
    async with transaction() as conn:
        journal = Journal(await database_now(conn))
        await write_amended_notices(conn, replace(call, wanted_employee_id=ben), 2, journal)
        await journal.write(conn)
    sent = [(content.subject, content.greeting) for _, content in (await send_all()).sent]
    assert sorted(sent) == [
        ("Anruf von Jo Doe", "Guten Tag Ben Mori,"),
        ("Berichtigte Notiz: Jo Doe", "Guten Tag Agnes Tellier,"),
    ]
    assert len(await dispatches("call_text")) == 1


async def test_a_preview_shows_operators_nothing_that_the_caller_left(place: Marketplace) -> None:
    secretariat = await make_secretariat(place)
    agnes = await employee(place, mobile=MOBILE, sms_tick=True)
    await tell(await ended_call(secretariat, Outcome.MESSAGE_TAKEN, wanted=agnes, note=NOTE))
    await expand_messages()
    ids = [row["id"] for row in await dispatches()]
    channels: dict[DispatchChannel, Channel] = {
        DispatchChannel.EMAIL: FakeChannel(),
        DispatchChannel.SMS: SmsFiles(SmsForm(CONTEXT), Path("unused")),
    }
    previews = await previews_of(connection(), place.operator, CONTEXT, channels, ids)
    shown = str(list(previews.values()))
    assert len(previews) == 2
    assert "Anliegen: …" in shown
    assert [one for one in ("Jo Doe", "Acme", "1234", "logo", CALLER) if one in shown] == []
    assert await previews_of(connection(), place.agent, CONTEXT, channels, ids) == {}
    assert await previews_of(connection(), place.vendor.owner, CONTEXT, channels, ids) == {}


async def test_operators_list_what_employees_were_sent_and_nobody_else_does(place: Marketplace) -> None:
    """Not even the owner: the list is what was sent to the viewer. No address is shown."""
    secretariat = await make_secretariat(place)
    agnes = await employee(place, email="agnes@vendor.example", cc=["team@other.example"])
    await tell(await ended_call(secretariat, Outcome.MESSAGE_TAKEN, wanted=agnes, note=NOTE))
    await expand_messages()
    criteria = DispatchFilter(template="call_taken")
    page = await list_dispatches(connection(), place.operator, Slice(10), criteria)
    shown = {(one.name, one.company, one.copy, one.address_hint) for one in page.items}
    company = "Fake Vendor Ltd"
    assert shown == {
        ("Agnes Tellier", company, 0, "a***@v***.example"),
        ("Agnes Tellier", company, 1, "t***@o***.example"),
    }
    for viewer in (place.vendor.owner, place.agent, place.other_vendor.owner):
        assert (await list_dispatches(connection(), viewer, Slice(10), criteria)).items == []


async def test_what_is_stored_of_notices_has_nothing_that_the_caller_left(place: Marketplace) -> None:
    """Law of messages: the outbox, dispatches, decisions and feeds name the call only."""
    secretariat = await make_secretariat(place)
    agnes = await employee(place, mobile=MOBILE, sms_tick=True)
    await tell(await ended_call(secretariat, Outcome.MESSAGE_TAKEN, wanted=agnes, note=NOTE))
    await send_all()
    await send_all(provider())
    for table in (
        "call_notice",
        "decision",
        "dispatch",
        "dispatch_attempt",
        "feed_event",
        "outbox_message",
        "posting_group",
    ):
        rows = await fetch(connection(), f"SELECT string_agg(t::text, '') AS text FROM {table} AS t")
        assert rows[0]["text"]
        assert [one for one in ("Jo Doe", "Acme", "1234", "logo", CALLER) if one in rows[0]["text"]] == []


async def test_a_bounce_suppresses_the_further_recipient_alone(place: Marketplace) -> None:
    secretariat = await make_secretariat(place)
    agnes = await employee(place, cc=["gone@vendor.example"])
    refused = Result(DispatchOutcome.PERMANENT, Code.RECIPIENT_REFUSED, "550", bounce=BounceAbout.MAILBOX)

    def answer(parcel: Parcel) -> Result:
        return refused if parcel.recipient.address == "gone@vendor.example" else ACCEPTED

    for _ in range(2):
        await tell(await ended_call(secretariat, Outcome.MESSAGE_TAKEN, wanted=agnes, note=NOTE))
        await send_all(FakeChannel(answer=answer))
    found = [(row["copy"], row["state"], row["rule_id"]) for row in await dispatches("call_taken")]
    assert sorted(found) == [
        (0, "SENT", "sent"),
        (0, "SENT", "sent"),
        (1, "DEAD", "sent"),
        (1, "SUPPRESSED", "hard_bounce"),
    ]


async def test_many_calls_that_end_together_are_told_of_with_a_fixed_number_of_statements(
    place: Marketplace,
) -> None:
    """As when a worker closes all that are due: their audiences are three statements."""
    secretariat = await make_secretariat(place)
    agnes = await employee(place)
    await make_vip(place.vendor.owner, CALLER)
    unfinished = Outcome.UNFINISHED
    calls = [await ended_call(secretariat, unfinished, wanted=agnes, finished=False) for _ in range(3)]
    counting: Any = CountingConnection()
    audiences = await read_audiences(counting, calls)
    assert (counting.statements, [len(one.entries) for one in audiences.values()]) == (3, [1, 1, 1])
    async with transaction() as conn:
        journal = Journal(await database_now(conn))
        for call in calls:
            add_notices(call, audiences[call.id], journal)
        await journal.write(conn)
    assert len((await send_all()).sent) == 3
