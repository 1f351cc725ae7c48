"""Emails and text messages contain no contact data of anybody but their recipient, in whatever state the lead
is; except the calendar event of the vendor, after the reveal.

Every message of the planted marketplace is written to a file and searched.
"""

import logging
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from jobs.sending import Sender
from models.base.database import connection, fetch
from models.messages.channels.mail_file import MailFiles
from models.messages.channels.sms.files import SmsFiles
from models.messages.channels.sms.form import SmsForm
from models.messages.channels.sms.segments import Alphabet, Length, length_of
from models.messages.previews import previews_of
from rules.calls.call_mail import CallOutcome
from rules.messages.dispatch import DispatchChannel
from tests.leak.company import REACHING
from tests.leak.planting import Planting, entitled
from tests.support.call_notices import NoteFields, ended_call, tell
from tests.support.messages import CONTEXT, FORM

_CALENDAR = ("text/calendar", "application/ics")


async def _written(folder: Path) -> list[EmailMessage]:
    """Write all emails again, with every message that there ever was."""
    await fetch(connection(), "DELETE FROM dispatch_attempt")
    await fetch(connection(), "DELETE FROM suppression")
    await fetch(connection(), "DELETE FROM dispatch")
    await fetch(connection(), "UPDATE outbox_message SET expanded_at = NULL, expires_at = NULL")
    await fetch(connection(), "DELETE FROM calendar_event")
    await Sender(CONTEXT, MailFiles(FORM, folder)).send_due()
    return _read(folder)


def _read(folder: Path) -> list[EmailMessage]:
    files = sorted(folder.glob("*.eml"))
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]


def _to_others(messages: Sequence[EmailMessage]) -> list[EmailMessage]:
    """Leave out the emails of a company about its calls, which have what callers left for it."""
    return [message for message in messages if message["To"] not in REACHING.values.values()]


def _text(message: EmailMessage) -> str:
    """Return everything of an email but the address of its recipient."""
    parts = [
        str(part.get_content())
        for part in message.walk()
        if not part.is_multipart() and part.get_content_type() not in _CALENDAR
    ]
    headers = [f"{name}: {value}" for name, value in message.items() if name != "To"]
    return "\n".join([*headers, *parts])


def _event(message: EmailMessage) -> str | None:
    """Return the calendar event of an email without the address of its recipient; None without one."""
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            unfolded = str(part.get_content()).replace("\r\n", "\n").replace("\n ", "")
            return "\n".join(line for line in unfolded.splitlines() if not line.startswith("ATTENDEE"))
    return None


async def test_a_calendar_event_contains_what_its_vendor_may_see_and_nothing_else(
    made: Planting, tmp_path: Path
) -> None:
    """S1.6: only a confirmed event has contact data, and only of its own lead."""
    viewers = [*(made.vendor.owner, made.vendor.member), made.rival.owner, made.rival.member]
    rows = await fetch(
        connection(),
        """SELECT users.email, users.id, application.id AS application_id, application.lead_id
           FROM users LEFT JOIN application ON application.account_id = users.account_id""",
    )
    users = {row["email"]: row["id"] for row in rows}
    leads = {f"application-{row['application_id']}@": row["lead_id"] for row in rows}
    numbers = {lead.id: number for number, lead in enumerate(made.leads.values())}
    may_see = {viewer.user_id: await entitled(made, viewer) for viewer in viewers}
    revealed, finder = 0, made.finder
    for message in await _written(tmp_path / "mail"):
        event = _event(message)
        found = {number for number, _ in finder.find(event or "")}
        if event is None or not found:
            continue
        (own,) = (lead for uid, lead in leads.items() if f"UID:{uid}" in event)
        assert found == {numbers[own]}
        assert found <= may_see[users[str(message["To"])]]
        assert "STATUS:CONFIRMED" in event
        revealed += 1
    assert revealed > 0


async def test_no_email_contains_contact_data(made: Planting, tmp_path: Path) -> None:
    """To vendors and prospects, before and after the reveal, and after what closes a contact."""
    messages, finder = _to_others(await _written(tmp_path / "mail")), made.finder
    assert len(messages) > 10
    assert all(finder.find(_text(message)) == set() for message in messages)
    assert all(finder.find(str(message["To"])) == set() for message in messages)


async def test_the_files_are_readable_by_their_owner_only(made: Planting, tmp_path: Path) -> None:
    await _written(tmp_path / "mail")
    assert (tmp_path / "mail").stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "mail").iterdir()} == {0o600}


async def test_a_prospect_without_a_user_finds_only_their_own_address_in_the_header(
    made: Planting, tmp_path: Path
) -> None:
    """Not in the text: the letter greets nobody by name."""
    await fetch(
        connection(),
        "UPDATE users SET prospect_id = NULL WHERE prospect_id = $1",
        made.other_prospect.id,
    )
    messages, finder = _to_others(await _written(tmp_path / "mail")), made.finder
    found = {value for message in messages for _, value in finder.find(str(message["To"]))}
    assert found == {"email", "mark"}  # the mark is what makes an address recognisable
    assert all(finder.find(_text(message)) == set() for message in messages)


async def test_no_text_message_contains_contact_data_and_each_is_one_part(
    made: Planting, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor does the name of its file, nor a preview, nor what is logged when files can't be written.

    In Polish, whose letters become those of the GSM alphabet.
    """
    caplog.set_level(logging.DEBUG)
    await fetch(connection(), "UPDATE users SET locale = 'pl'")
    await _written(tmp_path / "mail")
    with capture_logs() as logs:
        await Sender(CONTEXT, SmsFiles(SmsForm(CONTEXT), Path("/dev/null/sms"))).send_due()
        await fetch(connection(), "UPDATE dispatch SET due_at = leadgate_clock() WHERE state = 'WAITING'")
        await Sender(CONTEXT, SmsFiles(SmsForm(CONTEXT), tmp_path / "sms")).send_due()
    files = list((tmp_path / "sms").iterdir())
    assert len(files) > 3
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    for file in files:
        assert made.finder.find(file.name + file.read_text()) == set()
        text = file.read_text().split("\n\n")[1].rstrip("\n")
        assert length_of(text) == Length(Alphabet.GSM, len(text), 1)
    rows = await fetch(connection(), "SELECT id FROM dispatch WHERE channel = 'SMS'")
    channels = {DispatchChannel.SMS: SmsFiles(SmsForm(CONTEXT), tmp_path)}
    for viewer in (made.operator, made.vendor.owner):
        previews = await previews_of(connection(), viewer, CONTEXT, channels, [row["id"] for row in rows])
        assert len(previews) == len(rows)
        assert made.finder.find(str(previews)) == set()
    logged = "\n".join([*map(str, logs), *(record.getMessage() for record in caplog.records)])
    assert made.finder.find(logged) == set()


async def test_what_a_caller_left_goes_to_the_companys_employee_and_further_recipients_only(
    made: Planting, tmp_path: Path
) -> None:
    """By email and by text message; without an address of anybody else, or what the company notes of VIPs."""
    (row,) = await fetch(connection(), "SELECT id, secretariat_id FROM employee WHERE first_name = 'Bea'")
    await fetch(connection(), "UPDATE employee SET sms_tick = true WHERE id = $1", row["id"])
    note: NoteFields = {"caller_name": "Zq96xk Caller", "concern": "A zq96xk concern"}
    call = await ended_call(row["secretariat_id"], CallOutcome.MESSAGE_TAKEN, wanted=row["id"], note=note)
    await tell(call)
    written, finder = await _written(tmp_path / "mail"), made.finder
    messages = [message for message in written if "q96xk" in _text(message)]
    told = [str(message["To"]) for message in messages]
    assert sorted(told) == sorted(REACHING.values[name] for name in ("email", "cc"))
    assert all(finder.find(_text(message)) == set() for message in messages)
    await fetch(connection(), "UPDATE dispatch SET due_at = leadgate_clock() WHERE state = 'WAITING'")
    await Sender(CONTEXT, SmsFiles(SmsForm(CONTEXT), tmp_path / "sms")).send_due()
    texts = [file.read_text() for file in (tmp_path / "sms").iterdir()]
    (text,) = [text for text in texts if "q96xk" in text]
    to, _, said = text.partition("\n\n")
    assert to == f"To: {REACHING.values['mobile']}"
    assert finder.find(said) == set()
