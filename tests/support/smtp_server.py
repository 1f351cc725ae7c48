"""A mail server in a process of its own, which misbehaves at each step as the recipient's address says.

`rcpt.550.5.1.1@…` is refused at RCPT with these codes, `data.…` at DATA, `dot.…` after the content, and
`relay.550@…` because we may not relay. `predot.close` loses the connection before the final dot, `dot.close`
after it (the message is stored), and `dot.silent` never answers. A sender at `….refused.test` is refused.
What is accepted is stored in a folder. The output is the ports by name, as JSON.
"""

# ruff: noqa: ARG002, N802 - the methods are named and called as aiosmtpd has them

import asyncio
import json
import ssl
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

QUIET = 3_600.0  # seconds of silence: longer than any test


def _plan(envelope: Envelope | None) -> tuple[str, str]:
    """Return the step at which this message goes wrong, and how."""
    recipients = envelope.rcpt_tos if envelope is not None else []
    local = "".join(recipients[:1]).partition("@")[0]
    step, _, how = local.partition(".")
    return step, how


def _hang_up(server: SMTP) -> None:
    if server.transport is not None:
        server.transport.close()


def _reply(how: str) -> str:
    code, _, enhanced = how.partition(".")
    return f"{code} {enhanced} about somebody@quoted.example".replace("  ", " ")


class Handler:
    """Stores what is accepted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stored = 0

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Offer what the server can do."""
        session.host_name = hostname
        offered = ["250-PIPELINING"] if isinstance(server, Pipelining) else []
        return [*responses[:-1], *offered, responses[-1]]

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuse the sender of a domain that is named like that, or accept."""
        if address.endswith(".refused.test"):
            return "550 5.7.1 not your domain"
        envelope.mail_from, envelope.mail_options = address, options
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuse, or accept."""
        step, _dots, how = address.partition("@")[0].partition(".")
        if step == "rcpt":
            return _reply(how)
        if step == "relay":
            return f"{how} relay not permitted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Store, refuse, hang up or say nothing."""
        step, how = _plan(envelope)
        if step == "dot" and how not in {"close", "silent"}:
            return _reply(how)
        self.stored += 1
        head = f"X-Envelope: {envelope.mail_from} {' '.join(envelope.rcpt_tos)}\r\n".encode()
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        part = self.folder / f".{self.stored:06}"
        part.write_bytes(head + content)
        part.rename(self.folder / f"{self.stored:06}.eml")
        if step == "dot" and how == "close":
            _hang_up(server)
        if step == "dot" and how == "silent":
            await asyncio.sleep(QUIET)
        return "250 2.0.0 stored"


class Server(SMTP):
    """aiosmtpd's server, which can also refuse DATA and lose the connection within the content."""

    async def smtp_DATA(self, arg: str) -> None:
        """Refuse, hang up after the go-ahead, or receive."""
        step, how = _plan(self.envelope)
        if step == "data":
            await self.push(_reply(how))
            return
        if step == "predot":
            await self.push("354 go on")
            _hang_up(self)
            return
        await super().smtp_DATA(arg)


class Pipelining(Server):
    """A server that takes several commands at once."""


class Closing(SMTP):
    """A server that takes nobody."""

    async def _handle_client(self) -> None:
        await self.push("421 4.3.2 too busy")
        _hang_up(self)


class Closed(SMTP):
    """A server that nobody may use without signing in."""

    async def smtp_MAIL(self, arg: str) -> None:
        """Refuse."""
        await self.push("530 5.7.0 Authentication required")


class DroppingTls(SMTP):
    """A server that hangs up when it should encrypt."""

    async def smtp_STARTTLS(self, arg: str) -> None:
        """Hang up."""
        await self.push("220 ready")
        _hang_up(self)


def _authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    known = isinstance(data, LoginPassword) and data.password == b"right"
    return AuthResult(success=known, handled=False)


async def main(folder: Path, certificate: Path) -> None:
    """Listen on a port for each kind of server until the process is ended."""
    loop = asyncio.get_running_loop()
    handler = Handler(folder)
    trust = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trust.load_cert_chain(certificate)
    kinds: dict[str, Any] = {
        "plain": lambda: Server(handler, enable_SMTPUTF8=False, hostname="mail.test"),
        "pipelining": lambda: Pipelining(handler, enable_SMTPUTF8=False, hostname="mail.test"),
        "utf8": lambda: Server(handler, enable_SMTPUTF8=True, hostname="mail.test"),
        "small": lambda: Server(handler, data_size_limit=500, hostname="mail.test"),
        "closed": lambda: Closed(handler, hostname="mail.test"),
        "closing": lambda: Closing(handler, hostname="mail.test"),
        "tls": lambda: Server(
            handler,
            tls_context=trust,
            hostname="mail.test",
            authenticator=_authenticate,
            require_starttls=True,
        ),
        "dropping": lambda: DroppingTls(handler, tls_context=trust, hostname="mail.test"),
    }
    ports = {}
    for name, factory in kinds.items():
        server = await loop.create_server(factory, "127.0.0.1", 0)
        ports[name] = server.sockets[0].getsockname()[1]
    sys.stdout.write(json.dumps(ports) + "\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
