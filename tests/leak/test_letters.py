"""Emails contain no contact data of anybody but their recipient, in whatever state the lead is.

Every email of the planted marketplace is written to a file and searched.
"""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from jobs.sending import Sender
from models.base.database import connection, fetch
from models.messages.channels.mail_file import MailFiles
from tests.leak.planting import Planting
from tests.support.messages import CONTEXT, FORM


async def _written(folder: Path) -> list[EmailMessage]:
    """Write all emails again, with every message that there ever was."""
    await fetch(connection(), "DELETE FROM dispatch_attempt")
    await fetch(connection(), "DELETE FROM suppression")
    await fetch(connection(), "DELETE FROM dispatch")
    await fetch(connection(), "UPDATE outbox_message SET expanded_at = NULL, expires_at = NULL")
    await Sender(CONTEXT, MailFiles(FORM, folder)).send_due()
    return _read(folder)


def _read(folder: Path) -> list[EmailMessage]:
    files = sorted(folder.glob("*.eml"))
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]


def _text(message: EmailMessage) -> str:
    """Return everything of an email but the address of its recipient."""
    parts = [str(part.get_content()) for part in message.walk() if not part.is_multipart()]
    headers = [f"{name}: {value}" for name, value in message.items() if name != "To"]
    return "\n".join([*headers, *parts])


async def test_no_email_contains_contact_data(made: Planting, tmp_path: Path) -> None:
    """To vendors and prospects, before and after the reveal, and after what closes a contact."""
    messages = await _written(tmp_path / "mail")
    assert len(messages) > 10
    assert all(made.finder.find(_text(message)) == set() for message in messages)
    assert all(made.finder.find(str(message["To"])) == set() for message in messages)


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
    messages = await _written(tmp_path / "mail")
    found = {value for message in messages for _, value in made.finder.find(str(message["To"]))}
    assert found == {"email", "mark"}  # the mark is what makes an address recognisable
    assert all(made.finder.find(_text(message)) == set() for message in messages)
