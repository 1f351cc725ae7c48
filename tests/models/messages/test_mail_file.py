"""Emails into files, where no mail server is configured."""

from asyncio import to_thread
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.feed.kinds import MessageTemplate
from models.messages.channels.channel import Code, Result
from models.messages.channels.mail_file import MailFiles
from rules.messages.bounce import BounceAbout
from rules.messages.retry import DispatchOutcome
from tests.support.messages import FORM
from tests.support.parcels import again, make_parcel


def files(folder: Path) -> list[str]:
    """Return the names of the files in a folder."""
    return [file.name for file in folder.iterdir()]


async def test_a_file_is_named_by_instant_template_and_recipient(tmp_path: Path) -> None:
    """And by the end of the dispatch's id, since two recipients may have the same local part."""
    parcel = make_parcel(template=MessageTemplate.CONTACT_AVAILABLE)
    channel = MailFiles(FORM, tmp_path / "mail")
    assert await channel.send(parcel) == Result(DispatchOutcome.ACCEPTED, Code.WRITTEN)
    (name,) = files(tmp_path / "mail")
    assert name == f"20261124T110000.250000-contact_available-vera-{parcel.id.hex[-6:]}.eml"


async def test_a_repeat_replaces_the_file(tmp_path: Path) -> None:
    parcel = make_parcel()
    channel = MailFiles(FORM, tmp_path)
    await channel.send(parcel)
    await channel.send(again(parcel))
    assert len(files(tmp_path)) == 1


async def test_a_file_says_where_reports_about_the_email_go(tmp_path: Path) -> None:
    """So that an operator can try reports without a mail server."""
    parcel = make_parcel()
    await MailFiles(FORM, tmp_path).send(parcel)
    (name,) = files(tmp_path)
    sender = FORM.mail(parcel, datetime.now(UTC)).sender
    assert (await to_thread((tmp_path / name).read_bytes)).startswith(f"Return-Path: <{sender}>\r\n".encode())


async def test_a_hostile_address_stays_in_the_folder(tmp_path: Path) -> None:
    channel = MailFiles(FORM, tmp_path / "mail")
    await channel.send(make_parcel("../../x'$(y)/\x00z@vendor.example"))
    (name,) = files(tmp_path / "mail")
    assert "-.._.._x___y___z-" in name


@pytest.mark.parametrize("address", ["vera@refuses.example", "vera@REFUSES.Example"])
async def test_the_domain_of_the_demo_that_refuses_everything_is_refused(
    address: str, tmp_path: Path
) -> None:
    """By policy, which says nothing about the mailbox: no further message to it is suppressed."""
    result = await MailFiles(FORM, tmp_path / "mail").send(make_parcel(address))
    assert (result.outcome, result.code, result.bounce) == (
        DispatchOutcome.PERMANENT,
        Code.RECIPIENT_REFUSED,
        BounceAbout.POLICY,
    )
    assert not (tmp_path / "mail").exists()


async def test_an_address_whose_domain_only_resembles_it_is_written(tmp_path: Path) -> None:
    assert (
        await MailFiles(FORM, tmp_path).send(make_parcel("vera@refuses.example.com"))
    ).code is Code.WRITTEN


async def test_a_folder_that_others_could_read_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    folder.mkdir(mode=0o755)
    await MailFiles(FORM, folder).send(make_parcel())
    assert folder.stat().st_mode & 0o777 == 0o700


async def test_a_folder_that_cannot_be_written_is_a_temporary_failure() -> None:
    result = await MailFiles(FORM, Path("/dev/null/mail")).send(make_parcel())
    assert (result.outcome, result.code) == (DispatchOutcome.TEMPORARY, Code.NOT_WRITTEN)
    assert result.detail.startswith("errno ")
