"""Email through a mail server: one connection per lane, kept open, and what each of its replies means.

A connection that is lost before the final dot has delivered nothing. After it, the server may have accepted
the message, whatever it would have replied: that attempt is UNCERTAIN.
"""

import asyncio
import contextlib
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPConnectResponseError,
    SMTPException,
    SMTPResponseException,
)

from models.contact_data.redaction import Redacted
from models.messages.channels.channel import Code, Preview, Result
from models.messages.channels.mail import Mail, MailForm
from models.messages.channels.smtp_conversation import Conversation, Reply, quoted
from models.messages.parcels import Parcel
from rules.messages.bounce import BounceAbout
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome

MOST_MESSAGES = 100  # of one connection
SECONDS = 60.0  # of one attempt
REPLY_SECONDS = 30.0  # of one reply; the final one may take as long as the attempt
QUIT_SECONDS = 2.0  # to end a connection politely
_CLOSING: Final = 421
_START_INPUT, _COMPLETED, _TOO_LARGE = 354, 250, 552
_ACCEPTED, _ACCEPTED_RECIPIENT = frozenset({_COMPLETED}), frozenset({_COMPLETED, 251})
_NOT_SIGNED_IN: Final = frozenset({530, 534, 535, 538})  # RFC 4954, section 6
_ENHANCED = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})\b", re.ASCII)
_LOST = (SMTPException, OSError, EOFError)


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where the mail server is, and how to sign in. `tls`: from the start, by STARTTLS, or not at all."""

    host: str
    port: int
    tls: str  # "always", "starttls" or "none"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    trust: ssl.SSLContext | None = field(default=None, repr=False)  # None: the system's authorities


@dataclass(frozen=True, slots=True)
class Smtp:
    """The channel."""

    form: MailForm
    server: MailServer
    lanes: int = 4
    kind: DispatchChannel = DispatchChannel.EMAIL
    seconds: float = SECONDS
    repeatable: bool = True  # the recipient's program knows the Message-ID
    charged: bool = False

    def lane(self) -> "SmtpLane":
        """Return a lane, which connects when it sends."""
        return SmtpLane(self)

    def preview(self, parcel: Parcel) -> Preview:
        """Return the email that would be sent now."""
        return self.form.preview(parcel)


class _Ended(Exception):  # noqa: N818 - an attempt that has its result
    def __init__(self, result: Result) -> None:
        super().__init__(result.code)
        self.result = result


class SmtpLane:
    """One connection to the server."""

    def __init__(self, channel: Smtp) -> None:
        """Take the channel; nothing is connected yet."""
        self._channel = channel
        self._talk: Conversation | None = None
        self._sent = 0

    async def send(self, parcel: Parcel) -> Result:
        """Send one email, by a new connection if there is none or the old one has ended."""
        mail = self._channel.form.mail(parcel, parcel.first_attempt_at or datetime.now(UTC))
        dotted = False
        try:
            async with asyncio.timeout(self._channel.seconds):
                talk = await self._connected()
                await self._open_message(talk, mail)
                dotted = True
                result = await self._finish_message(talk, mail)
        except _Ended as ended:
            result = ended.result
        except TimeoutError:
            self._drop()
            result = _broken(Code.TIMED_OUT, dotted=dotted)
        except _LOST:
            self._drop()
            result = _broken(Code.CONNECTION_LOST, dotted=dotted)
        except BaseException:  # the message that was begun must not become part of the next one
            self._drop()
            raise
        self._sent += 1
        if self._sent >= MOST_MESSAGES:
            await self.close()
        return result

    async def close(self) -> None:
        """End the connection politely."""
        if self._talk is not None and self._talk.is_ready:
            with contextlib.suppress(*_LOST):
                self._talk.write(b"QUIT")
                await self._talk.reply(QUIT_SECONDS)
        self._drop()

    def _drop(self) -> None:
        """End the connection without waiting for anything."""
        talk, self._talk, self._sent = self._talk, None, 0
        if talk is not None:
            talk.abort()

    async def _connected(self) -> Conversation:
        """Return the open connection, or a new one, encrypted and signed in."""
        if self._talk is not None and self._talk.is_ready:
            return self._talk
        self._drop()
        server = self._channel.server
        client = _client(server)
        try:
            await client.connect()
            await client.ehlo()
            if server.tls == "starttls":
                await _encrypt(client, server)
            if server.user is not None:
                await client.login(server.user, server.password or "")
            self._talk = Conversation(client)
        except SMTPAuthenticationError as error:
            raise _Ended(
                Result(DispatchOutcome.TEMPORARY, Code.NOT_SIGNED_IN, _numbers(error.code, error.message))
            ) from None
        except (SMTPConnectResponseError, SMTPResponseException) as error:
            outcome = (
                DispatchOutcome.THROTTLED
                if _is_throttled(error.code, error.message)
                else DispatchOutcome.TEMPORARY
            )
            raise _Ended(Result(outcome, Code.NOT_CONNECTED, _numbers(error.code, error.message))) from None
        except _LOST:
            raise _Ended(Result(DispatchOutcome.TEMPORARY, Code.NOT_CONNECTED)) from None
        finally:
            if self._talk is None:
                client.close()
        return self._talk

    async def _open_message(self, talk: Conversation, mail: Mail) -> None:
        """Say for whom it is; raises `_Ended` if the server refuses."""
        steps = _opening(talk.extensions, mail)
        together = "pipelining" in talk.extensions
        if together:
            talk.write(*(step.command for step in steps))
        refusal: tuple[Reply, Code] | None = None
        for step in steps:
            if not together:
                talk.write(step.command)
            try:
                reply = await talk.reply(REPLY_SECONDS)
            except OSError:
                if refusal is None:
                    raise
                break  # the server has hung up after its refusal
            if refusal is None and reply.code not in step.expected:
                refusal = reply, Code.TOO_LARGE if step.of_size and reply.code == _TOO_LARGE else step.refused
                if not together:
                    break
            elif refusal is not None and reply.code == _START_INPUT:
                self._drop()  # it waits for the content of a message that it has refused
        if refusal is not None:
            raise _Ended(await self._refused(talk, *refusal))

    async def _finish_message(self, talk: Conversation, mail: Mail) -> Result:
        """Send the content with its final dot, and read what the server makes of it."""
        dotted = mail.content.replace(b"\r\n.", b"\r\n..")
        talk.write_raw(dotted + (b"" if dotted.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        reply = await talk.reply(self._channel.seconds)
        if reply.code == _COMPLETED:
            return Result(DispatchOutcome.ACCEPTED, Code.ACCEPTED, _numbers(reply.code, reply.text))
        return await self._refused(talk, reply, Code.CONTENT_REFUSED)

    async def _refused(self, talk: Conversation, reply: Reply, what: Code) -> Result:
        """Return the result of a refusal, and make the connection ready for the next message."""
        code, numbers = reply.code, _numbers(reply.code, reply.text)
        if code == _CLOSING or code < 400 or code in _NOT_SIGNED_IN:
            self._drop()
        elif self._talk is talk:
            with contextlib.suppress(OSError):  # the next message then gets another connection
                talk.write(b"RSET")
                await talk.reply(REPLY_SECONDS)
        if _is_throttled(code, reply.text):
            return Result(DispatchOutcome.THROTTLED, what, numbers)
        if (ours := _of_ours(code, reply.text, what)) is not None:
            return Result(DispatchOutcome.TEMPORARY, ours, numbers)
        if code < 500:  # also a reply that makes no sense
            return Result(DispatchOutcome.TEMPORARY, what, numbers)
        bounce = about(code, reply.text) if what is Code.RECIPIENT_REFUSED else None
        return Result(DispatchOutcome.PERMANENT, what, numbers, bounce=bounce)


@dataclass(frozen=True, slots=True, repr=False)
class _Step(Redacted):
    """A command before the content, the replies with which it goes on, and what any other one means."""

    command: bytes
    expected: frozenset[int]
    refused: Code
    of_size: bool = False


def _opening(extensions: Mapping[str, str], mail: Mail) -> tuple[_Step, ...]:
    """Return the commands that say for whom a message is; raises `_Ended` if the server can't take it."""
    utf8 = not (mail.recipient.isascii() and mail.sender.isascii())
    if utf8 and "smtputf8" not in extensions:
        raise _Ended(Result(DispatchOutcome.PERMANENT, Code.SMTPUTF8))
    sender = f"MAIL FROM:<{mail.sender}>"
    if "size" in extensions:
        most = extensions["size"].strip()
        if most.isdecimal() and 0 < int(most) < len(mail.content):
            raise _Ended(Result(DispatchOutcome.PERMANENT, Code.TOO_LARGE))
        sender += f" SIZE={len(mail.content)}"
    if utf8:
        sender += " SMTPUTF8"
    recipient = f"RCPT TO:{quoted(mail.recipient)}"
    return (
        _Step(sender.encode(), _ACCEPTED, Code.SENDER_REFUSED, of_size=True),
        _Step(recipient.encode(), _ACCEPTED_RECIPIENT, Code.RECIPIENT_REFUSED),
        _Step(b"DATA", frozenset({_START_INPUT}), Code.CONTENT_REFUSED),
    )


async def _encrypt(client: SMTP, server: MailServer) -> None:
    """Encrypt the connection; without TLS nothing is sent."""
    try:
        await client.starttls(server_hostname=server.host, tls_context=server.trust)
        await client.ehlo()
    except _LOST:
        raise _Ended(Result(DispatchOutcome.TEMPORARY, Code.NO_TLS)) from None


def _client(server: MailServer) -> SMTP:
    return SMTP(
        hostname=server.host,
        port=server.port,
        use_tls=server.tls == "always",
        start_tls=False,  # explicitly, so that its failure is recognised
        tls_context=server.trust if server.tls == "always" else None,
        timeout=REPLY_SECONDS,
    )


def about(code: int, text: str) -> BounceAbout:
    """Return what a permanent refusal of a recipient is about, by its numbers (RFC 3463, RFC 5321)."""
    match = _ENHANCED.search(text)
    if match is not None:
        return about_status(match[0])
    return {
        552: BounceAbout.FULL,
        550: BounceAbout.MAILBOX,
        551: BounceAbout.MAILBOX,
        553: BounceAbout.MAILBOX,
    }.get(code, BounceAbout.OTHER)


def about_status(status: str) -> BounceAbout:
    """Return what an enhanced status such as `5.1.1` is about."""
    _, subject, detail = status.split(".")
    if subject == "7":
        return BounceAbout.POLICY
    if (subject, detail) in {("2", "2"), ("3", "1")}:
        return BounceAbout.FULL
    if (subject == "1" and detail in {"0", "1", "2", "3", "6", "10"}) or (subject, detail) == ("2", "1"):
        return BounceAbout.MAILBOX
    return BounceAbout.OTHER


def _of_ours(code: int, text: str, what: Code) -> Code | None:
    """Return what a refusal is about if its cause is in our settings or at our mail server: such a message
    waits, and its address is not at fault.
    """
    if code in _NOT_SIGNED_IN:
        return Code.NOT_SIGNED_IN
    relaying = what is Code.RECIPIENT_REFUSED and code >= 500 and "relay" in text.lower()
    return Code.SENDER_REFUSED if relaying or what is Code.SENDER_REFUSED else None


def _is_throttled(code: int, text: str) -> bool:
    match = _ENHANCED.search(text)
    return code == _CLOSING or (400 <= code < 500 and match is not None and match[2] == "7")


def _numbers(code: int, text: str) -> str:
    """Return the numeric codes of a reply, and nothing of its text, which may quote an address."""
    match = _ENHANCED.search(text)
    return f"{code} {match[0]}" if match is not None else str(code)


def _broken(code: Code, *, dotted: bool) -> Result:
    return Result(DispatchOutcome.UNCERTAIN if dotted else DispatchOutcome.TEMPORARY, code)
