"""Conversation with a mail server: writes commands and reads the replies in their order (RFC 5321).

aiosmtplib connects, encrypts and signs in, and then hands over the connection. It loses replies that arrive
together, and so can't use PIPELINING (RFC 2920): the commands before the content in one write, which saves
two of four round trips for each message.
"""

import asyncio
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from aiosmtplib import SMTP
from aiosmtplib.email import quote_address

from models.contact_data.redaction import Redacted

_MOST_BYTES = 65_536  # of the replies that wait to be read
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")
# Addresses without quotation, comments and spaces, which most are; parsing takes longer.
_PLAIN_ADDRESS = re.compile(r'[^\s\x00-\x1f\x7f()<>\[\]:;,"\\@]+@[^\s\x00-\x1f\x7f()<>\[\]:;,"\\@]+')


@dataclass(frozen=True, slots=True, repr=False)
class Reply(Redacted):
    """A reply: its code, and its lines as one text, which may quote an address."""

    code: int
    text: str


class Conversation(asyncio.Protocol):
    """A connection that is ready for messages. `extensions` are those of EHLO, in lower case."""

    def __init__(self, client: SMTP) -> None:
        """Take over the connection of a client, which must not be used any longer."""
        if client.transport is None:
            raise ConnectionResetError("connection lost")
        self.extensions: Mapping[str, str] = client.esmtp_extensions
        self._loop = asyncio.get_running_loop()
        self._transport = cast("asyncio.Transport", client.transport)  # uvloop's has no common base class
        self._received = bytearray()
        self._lines: list[str] = []  # of a reply whose last line is missing
        self._replies: deque[Reply] = deque()
        self._arrival: asyncio.Future[None] | None = None
        self._transport.set_protocol(self)

    @property
    def is_ready(self) -> bool:
        """Whether it is open and in step: nothing has arrived that nobody has asked for."""
        return not (self._transport.is_closing() or self._replies or self._lines or self._received)

    def write(self, *commands: bytes) -> None:
        """Write commands, without their line breaks. Raises `ValueError` for one with a control character."""
        for command in commands:
            if _CONTROL.search(command):
                raise ValueError("a command contains a control character")
        self.write_raw(b"\r\n".join((*commands, b"")))

    def write_raw(self, content: bytes) -> None:
        """Write bytes. Raises `ConnectionResetError` if the connection is lost."""
        if self._transport.is_closing():
            raise ConnectionResetError("connection lost")
        self._transport.write(content)

    async def reply(self, seconds: float) -> Reply:
        """Return the next reply. Raises `TimeoutError` after these seconds, and `ConnectionResetError` if the
        connection is lost; it can't be used any longer then.
        """
        if not self._replies:
            await self._wait(seconds)
        return self._replies.popleft()

    async def _wait(self, seconds: float) -> None:
        if self._transport.is_closing():
            raise ConnectionResetError("connection lost")
        self._arrival = self._loop.create_future()
        limit = self._loop.call_later(seconds, self._give_up)
        try:
            await self._arrival
        finally:
            limit.cancel()
            self._arrival = None

    def abort(self) -> None:
        """End the connection; what was not sent yet never is."""
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take over what has arrived."""
        self._received += data
        while (end := self._received.find(b"\n")) >= 0:
            line = self._received[:end].decode("utf-8", "replace").rstrip("\r")
            del self._received[: end + 1]
            code = line[:3]
            if not (len(code) == 3 and code.isascii() and code.isdigit()):
                self._fail(ConnectionResetError("the server's reply has no code"))
                return
            self._lines.append(line[4:].strip())
            if line[3:4] != "-":
                self._replies.append(Reply(int(code), "\n".join(self._lines)))
                self._lines.clear()
        if len(self._received) + sum(map(len, self._lines)) > _MOST_BYTES:
            self._fail(ConnectionResetError("the server's reply is too long"))
        elif self._replies and self._arrival is not None and not self._arrival.done():
            self._arrival.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """End the wait for a reply."""
        del exc  # which says no more than that it is lost
        self._fail(ConnectionResetError("connection lost"))

    def _give_up(self) -> None:
        self._fail(TimeoutError("the server did not reply in time"))

    def _fail(self, error: OSError) -> None:
        self._transport.abort()
        if self._arrival is not None and not self._arrival.done():
            self._arrival.set_exception(error)


def quoted(address: str) -> str:
    """Return an address as RCPT takes it. Raises `ValueError` for one that would end the argument, or that is
    read as another address.
    """
    argument = f"<{address}>"
    if not _PLAIN_ADDRESS.fullmatch(address) and quote_address(address) != argument:
        raise ValueError("the address is not written as a mailbox")
    return argument
