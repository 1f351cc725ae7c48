"""Conversations with a real mail server that misbehaves on command: what each attempt is noted as."""

import asyncio
import contextlib
from dataclasses import replace

import pytest

from models.messages.channels.channel import Code, Result
from models.messages.channels.smtp import MOST_MESSAGES, MailServer, Smtp, SmtpLane, about, about_status
from rules.messages.bounce import BounceAbout
from rules.messages.retry import DispatchOutcome as Outcome
from tests.support.mail_servers import MailServers
from tests.support.messages import FORM
from tests.support.parcels import again, make_parcel


async def conversation(server: MailServer, *addresses: str, seconds: float = 60.0) -> list[Result]:
    """Send to each address in turn by one lane, and return how each attempt ended."""
    lane = Smtp(FORM, server, seconds=seconds).lane()
    try:
        return [await lane.send(make_parcel(address)) for address in addresses]
    finally:
        await lane.close()


async def test_a_message_is_accepted_with_its_return_path(mail: MailServers) -> None:
    parcel = make_parcel()
    lane = Smtp(FORM, mail.server()).lane()
    result = await lane.send(parcel)
    await lane.close()
    assert result == Result(Outcome.ACCEPTED, Code.ACCEPTED, "250 2.0.0")
    (stored,) = mail.stored()
    sender, recipient = stored["X-Envelope"].split(" ")
    assert sender.startswith(f"bounce+{parcel.id.hex}")
    assert sender.endswith("@mail.leads.test")
    assert recipient == "vera@vendor.example"
    assert stored["Message-ID"] == f"<{parcel.id}@mail.leads.test>"


@pytest.mark.parametrize("kind", ["plain", "pipelining"])
@pytest.mark.parametrize(
    ("address", "outcome", "code", "detail", "bounce"),
    [
        ("rcpt.550.5.1.1", Outcome.PERMANENT, Code.RECIPIENT_REFUSED, "550 5.1.1", BounceAbout.MAILBOX),
        ("rcpt.550.5.7.1", Outcome.PERMANENT, Code.RECIPIENT_REFUSED, "550 5.7.1", BounceAbout.POLICY),
        ("rcpt.552.5.2.2", Outcome.PERMANENT, Code.RECIPIENT_REFUSED, "552 5.2.2", BounceAbout.FULL),
        ("rcpt.550", Outcome.PERMANENT, Code.RECIPIENT_REFUSED, "550", BounceAbout.MAILBOX),
        ("rcpt.530.5.7.0", Outcome.TEMPORARY, Code.NOT_SIGNED_IN, "530 5.7.0", None),
        ("relay.550", Outcome.TEMPORARY, Code.SENDER_REFUSED, "550", None),
        ("rcpt.451.4.3.0", Outcome.TEMPORARY, Code.RECIPIENT_REFUSED, "451 4.3.0", None),
        ("rcpt.450.4.7.1", Outcome.THROTTLED, Code.RECIPIENT_REFUSED, "450 4.7.1", None),
        ("data.451.4.3.0", Outcome.TEMPORARY, Code.CONTENT_REFUSED, "451 4.3.0", None),
        ("data.554.5.5.1", Outcome.PERMANENT, Code.CONTENT_REFUSED, "554 5.5.1", None),
        ("dot.451.4.3.0", Outcome.TEMPORARY, Code.CONTENT_REFUSED, "451 4.3.0", None),
        ("dot.554.5.7.1", Outcome.PERMANENT, Code.CONTENT_REFUSED, "554 5.7.1", None),
        ("dot.421.4.3.2", Outcome.THROTTLED, Code.CONTENT_REFUSED, "421 4.3.2", None),
        ("dot.close", Outcome.UNCERTAIN, Code.CONNECTION_LOST, "", None),
    ],
)
async def test_what_goes_wrong_at_each_step_is_told_apart(
    mail: MailServers,
    kind: str,
    address: str,
    outcome: Outcome,
    code: Code,
    detail: str,
    bounce: BounceAbout | None,
) -> None:
    """The next message of the lane is sent in any case. The server's text, which quotes an address, is not
    kept.
    """
    failed, sent = await conversation(mail.server(kind), f"{address}@vendor.example", "vera@vendor.example")
    assert failed == Result(outcome, code, detail, bounce=bounce)
    assert sent.outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("kind", ["plain", "pipelining"])
async def test_a_sender_that_the_server_refuses_is_corrected_in_the_settings(
    mail: MailServers, kind: str
) -> None:
    """Every message would be refused, so none is given up."""
    form = replace(FORM, domain="mail.refused.test")
    lane = Smtp(form, mail.server(kind)).lane()
    result = await lane.send(make_parcel())
    await lane.close()
    assert result == Result(Outcome.TEMPORARY, Code.SENDER_REFUSED, "550 5.7.1")


async def test_a_connection_lost_within_the_content_may_have_delivered(mail: MailServers) -> None:
    """From our side the final dot was written: nobody can know."""
    failed, sent = await conversation(mail.server(), "predot.close@vendor.example", "vera@vendor.example")
    assert (failed.outcome, failed.code) == (Outcome.UNCERTAIN, Code.CONNECTION_LOST)
    assert sent.outcome is Outcome.ACCEPTED
    assert len(mail.stored()) == 1


async def test_a_server_that_says_nothing_after_the_dot_is_left_in_doubt(mail: MailServers) -> None:
    (result,) = await conversation(mail.server(), "dot.silent@vendor.example", seconds=0.5)
    assert (result.outcome, result.code) == (Outcome.UNCERTAIN, Code.TIMED_OUT)


async def test_a_server_that_says_nothing_at_all_has_delivered_nothing() -> None:
    async def hold(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        writer.close()

    server = await asyncio.start_server(hold, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        (result,) = await conversation(MailServer("127.0.0.1", port, "none"), "v@vendor.example", seconds=0.3)
    finally:
        server.close()
    assert result.outcome is Outcome.TEMPORARY


async def test_nobody_listening_is_a_temporary_failure(mail: MailServers) -> None:
    (result,) = await conversation(MailServer("127.0.0.1", 1, "none"), "vera@vendor.example")
    assert result == Result(Outcome.TEMPORARY, Code.NOT_CONNECTED)


async def test_a_busy_server_is_asked_less(mail: MailServers) -> None:
    (result,) = await conversation(mail.server("closing"), "vera@vendor.example")
    assert (result.outcome, result.code) == (Outcome.THROTTLED, Code.NOT_CONNECTED)


async def test_a_message_that_the_server_is_too_small_for_is_not_begun(mail: MailServers) -> None:
    (result,) = await conversation(mail.server("small"), "vera@vendor.example")
    assert result == Result(Outcome.PERMANENT, Code.TOO_LARGE)


async def test_an_address_that_needs_smtputf8_is_permanent_without_it(mail: MailServers) -> None:
    (result,) = await conversation(mail.server(), "zoë@vendor.example")
    assert result == Result(Outcome.PERMANENT, Code.SMTPUTF8)


async def test_an_address_that_needs_smtputf8_is_written_to_with_it(mail: MailServers) -> None:
    (result,) = await conversation(mail.server("utf8"), "zoë@vendor.example")
    assert result.outcome is Outcome.ACCEPTED


async def test_a_message_that_fails_through_a_fault_of_ours_does_not_harm_the_next(mail: MailServers) -> None:
    """An address with a control character, which would end the command."""
    lane = Smtp(FORM, mail.server()).lane()
    with pytest.raises(ValueError, match="control character"):
        await lane.send(make_parcel("vera\x7f@vendor.example"))
    result = await lane.send(make_parcel())
    await lane.close()
    assert result.outcome is Outcome.ACCEPTED


async def test_with_starttls_the_message_and_the_password_are_encrypted(mail: MailServers) -> None:
    server = mail.server("tls", tls="starttls", user="leadgate", password="right")
    (result,) = await conversation(server, "vera@vendor.example")
    assert result.outcome is Outcome.ACCEPTED


async def test_a_missing_password_is_repeated_later(mail: MailServers) -> None:
    """530 at MAIL is about the settings, not about the message or its recipient."""
    (result,) = await conversation(mail.server("closed"), "vera@vendor.example")
    assert result == Result(Outcome.TEMPORARY, Code.NOT_SIGNED_IN, "530 5.7.0")


async def test_a_wrong_password_is_repeated_later(mail: MailServers) -> None:
    """It is corrected in the settings, not in the message."""
    server = mail.server("tls", tls="starttls", user="leadgate", password="wrong")
    (result,) = await conversation(server, "vera@vendor.example")
    assert (result.outcome, result.code) == (Outcome.TEMPORARY, Code.NOT_SIGNED_IN)


@pytest.mark.parametrize("kind", ["dropping", "plain"])
async def test_without_the_encryption_that_is_configured_nothing_is_sent(
    mail: MailServers, kind: str
) -> None:
    """A server that hangs up, and one that doesn't offer it."""
    (result,) = await conversation(mail.server(kind, tls="starttls"), "vera@vendor.example")
    assert result == Result(Outcome.TEMPORARY, Code.NO_TLS)
    assert mail.stored() == []


async def test_a_lane_keeps_its_connection_for_a_hundred_messages(mail: MailServers) -> None:
    lane = SmtpLane(Smtp(FORM, mail.server()))
    connections = []
    for _ in range(MOST_MESSAGES + 1):
        await lane.send(make_parcel())
        connections.append(lane._talk)
    await lane.close()
    used = [one for one in connections if one is not None]
    assert len({id(one) for one in used[: MOST_MESSAGES - 1]}) == 1
    assert connections[MOST_MESSAGES - 1] is None
    assert used[-1] is not used[0]


async def test_a_repeat_is_the_same_message_byte_for_byte(mail: MailServers) -> None:
    parcel = make_parcel()
    lane = Smtp(FORM, mail.server()).lane()
    await lane.send(parcel)
    await lane.send(again(parcel))
    await lane.close()
    first, second = mail.stored()
    assert first.as_bytes() == second.as_bytes()


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (550, "5.1.10 no", BounceAbout.MAILBOX),
        (553, "no", BounceAbout.MAILBOX),
        (554, "no", BounceAbout.OTHER),
        (550, "5.2.1 disabled", BounceAbout.MAILBOX),
        (550, "5.4.1 no", BounceAbout.OTHER),
    ],
)
def test_a_refusal_is_about_what_its_numbers_say(code: int, text: str, expected: BounceAbout) -> None:
    assert about(code, text) is expected
    assert about_status("5.7.26") is BounceAbout.POLICY
