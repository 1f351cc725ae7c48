"""Email through a mail server: one connection per lane, kept open, and what each of its replies means.

A connection that is lost before the final dot has delivered nothing. After it, the server may have accepted
the message, whatever it would have replied: that attempt is UNCERTAIN.
"""

import asyncio
import contextlib
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

import aiosmtplib
from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPConnectResponseError,
    SMTPException,
    SMTPResponseException,
    SMTPTimeoutError,
)

from models.messages.channels.channel import Code, Preview, Result
from models.messages.channels.mail import Mail, MailForm
from models.messages.parcels import Parcel
from rules.messages.bounce import BounceAbout
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome

MOST_MESSAGES = 100  # of one connection
SECONDS = 60.0  # of one attempt
REPLY_SECONDS = 30.0  # of one reply; the final one may take as long as the attempt
_CLOSING: Final = 421
_START_INPUT, _COMPLETED = 354, 250
_NOT_SIGNED_IN: Final = frozenset({530, 534, 535, 538})  # RFC 4954, section 6
_ENHANCED = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})\b", re.ASCII)
_LOST = (SMTPException, OSError, EOFError, ssl.SSLError)


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

    def __init__(self, channel: Smtp, connect: Callable[[MailServer], SMTP] | None = None) -> None:
        """Take the channel; nothing is connected yet."""
        self._channel = channel
        self._connect = connect or _client
        self._client: SMTP | None = None
        self._sent = 0

    async def send(self, parcel: Parcel) -> Result:
        """Send one email, by a new connection if there is none or the old one has ended."""
        mail = self._channel.form.mail(parcel, parcel.first_attempt_at or datetime.now(UTC))
        dotted = False
        try:
            async with asyncio.timeout(self._channel.seconds):
                client = await self._connected()
                await self._open_message(client, mail)
                dotted = True
                result = await self._finish_message(client, mail)
        except _Ended as ended:
            result = ended.result
        except TimeoutError:
            await self._drop()
            result = _broken(Code.TIMED_OUT, dotted=dotted)
        except SMTPTimeoutError:
            await self._drop()
            result = _broken(Code.TIMED_OUT, dotted=dotted)
        except _LOST:
            await self._drop()
            result = _broken(Code.CONNECTION_LOST, dotted=dotted)
        except BaseException:  # the message that was begun must not become part of the next one
            await self._drop()
            raise
        self._sent += 1
        if self._sent >= MOST_MESSAGES:
            await self.close()
        return result

    async def close(self) -> None:
        """End the connection politely."""
        client, self._client, self._sent = self._client, None, 0
        if client is not None and client.is_connected:
            with contextlib.suppress(*_LOST, TimeoutError):
                await asyncio.wait_for(client.quit(), 2)
        if client is not None:
            client.close()

    async def _drop(self) -> None:
        """End the connection without waiting for anything."""
        client, self._client, self._sent = self._client, None, 0
        if client is not None:
            client.close()

    async def _connected(self) -> SMTP:
        """Return the open connection, or a new one, encrypted and signed in."""
        if self._client is not None and self._client.is_connected:
            return self._client
        await self._drop()
        server = self._channel.server
        client = self._connect(server)
        self._client = client
        try:
            await client.connect()
            await client.ehlo()
            if server.tls == "starttls":
                await self._encrypt(client, server)
            if server.user is not None:
                await client.login(server.user, server.password or "")
        except SMTPAuthenticationError as error:
            await self._drop()
            raise _Ended(
                Result(DispatchOutcome.TEMPORARY, Code.NOT_SIGNED_IN, _numbers(error.code, error.message))
            ) from None
        except (SMTPConnectResponseError, SMTPResponseException) as error:
            await self._drop()
            outcome = (
                DispatchOutcome.THROTTLED
                if _is_throttled(error.code, error.message)
                else DispatchOutcome.TEMPORARY
            )
            raise _Ended(Result(outcome, Code.NOT_CONNECTED, _numbers(error.code, error.message))) from None
        except _LOST:
            await self._drop()
            raise _Ended(Result(DispatchOutcome.TEMPORARY, Code.NOT_CONNECTED)) from None
        return client

    async def _encrypt(self, client: SMTP, server: MailServer) -> None:
        """Encrypt the connection; without TLS nothing is sent."""
        try:
            await client.starttls(server_hostname=server.host, tls_context=server.trust)
            await client.ehlo()
        except (*_LOST, TimeoutError):
            await self._drop()
            raise _Ended(Result(DispatchOutcome.TEMPORARY, Code.NO_TLS)) from None

    async def _open_message(self, client: SMTP, mail: Mail) -> None:
        """Say for whom it is; raises `_Ended` if the server refuses."""
        utf8 = not (mail.recipient.isascii() and mail.sender.isascii())
        if utf8 and not client.supports_extension("smtputf8"):
            raise _Ended(Result(DispatchOutcome.PERMANENT, Code.SMTPUTF8))
        command = [b"MAIL", f"FROM:<{mail.sender}>".encode("utf-8" if utf8 else "ascii")]
        if client.supports_extension("size"):
            command.append(f"SIZE={len(mail.content)}".encode())
        if utf8:
            command.append(b"SMTPUTF8")
        most = client.esmtp_extensions.get("size", "").strip()
        if most.isdecimal() and 0 < int(most) < len(mail.content):
            raise _Ended(Result(DispatchOutcome.PERMANENT, Code.TOO_LARGE))
        reply = await client.execute_command(*command, timeout=REPLY_SECONDS)
        if reply.code != _COMPLETED:
            code = Code.TOO_LARGE if reply.code == 552 else Code.SENDER_REFUSED
            raise _Ended(await self._refused(client, reply.code, reply.message, code))
        try:
            await client.rcpt(mail.recipient, encoding="utf-8" if utf8 else "ascii", timeout=REPLY_SECONDS)
        except SMTPResponseException as error:
            result = await self._refused(client, error.code, error.message, Code.RECIPIENT_REFUSED)
            raise _Ended(result) from None
        reply = await client.execute_command(b"DATA", timeout=REPLY_SECONDS)
        if reply.code != _START_INPUT:
            raise _Ended(await self._refused(client, reply.code, reply.message, Code.CONTENT_REFUSED))

    async def _finish_message(self, client: SMTP, mail: Mail) -> Result:
        """Send the content with its final dot, and read what the server makes of it."""
        protocol = client.protocol
        if protocol is None:
            raise aiosmtplib.SMTPServerDisconnected("connection lost")
        dotted = mail.content.replace(b"\r\n.", b"\r\n..")
        protocol.write(dotted + (b"" if dotted.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        reply = await protocol.read_response(timeout=self._channel.seconds)
        if reply.code == _COMPLETED:
            return Result(DispatchOutcome.ACCEPTED, Code.ACCEPTED, _numbers(reply.code, reply.message))
        return await self._refused(client, reply.code, reply.message, Code.CONTENT_REFUSED)

    async def _refused(self, client: SMTP, code: int, message: str, what: Code) -> Result:
        """Return the result of a refusal, and make the connection ready for the next message."""
        numbers = _numbers(code, message)
        if code == _CLOSING or code < 400 or code in _NOT_SIGNED_IN:
            await self._drop()
        else:
            with contextlib.suppress(*_LOST):
                await client.rset(timeout=REPLY_SECONDS)
        if _is_throttled(code, message):
            return Result(DispatchOutcome.THROTTLED, what, numbers)
        if (ours := _of_ours(code, message, what)) is not None:
            return Result(DispatchOutcome.TEMPORARY, ours, numbers)
        if code < 500:  # also a reply that makes no sense
            return Result(DispatchOutcome.TEMPORARY, what, numbers)
        bounce = about(code, message) if what is Code.RECIPIENT_REFUSED else None
        return Result(DispatchOutcome.PERMANENT, what, numbers, bounce=bounce)


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
