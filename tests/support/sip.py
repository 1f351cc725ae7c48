"""SIP phones of a test, each a process of its own (`tests.support.sip_phone`), on free ports of loopback."""

import asyncio
import json
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
# A limit for what should take a second: a busy machine may take much longer, a phone that hangs still ends.
PATIENCE = 60.0
MISSING = None if find_spec("baresip") else "baresip-python has no wheel for this platform"


@dataclass
class SipPhone:
    """A running phone, and what it has said that nobody has waited for."""

    user: str
    port: int
    process: asyncio.subprocess.Process
    said: list[dict[str, object]] = field(default_factory=list)

    @property
    def uri(self) -> str:
        """Where it is called."""
        return f"sip:{self.user}@127.0.0.1:{self.port}"

    async def tell(self, command: str) -> None:
        """Send a command."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{command}\n".encode())
        await self.process.stdin.drain()

    async def hears(self, event: str, call: int | None = None) -> dict[str, object]:
        """Return the next event of this kind, of a call or of any; fail if the phone reports a failure."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for one in self.said:
                    if one["event"] == event and call in {None, one["call"]}:
                        self.said.remove(one)
                        return one
                assert self.process.stdout is not None
                line = await self.process.stdout.readline()
                assert line, f"the phone {self.user} has ended"
                if line.startswith(b"{"):  # the stack writes lines of its own
                    self.said.append(json.loads(line))
                    assert self.said[-1]["event"] != "failed", self.said[-1]


def free_udp_port() -> int:
    """Return a UDP port of 127.0.0.1 that is free now."""
    with socket.socket(type=socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def sip_phone(user: str, port: int | None = None) -> AsyncIterator[SipPhone]:
    """Start a phone and wait until it can be called; kill it at the end."""
    port = port or free_udp_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.sip_phone",
        user,
        str(port),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    phone = SipPhone(user, port, process)
    try:
        await phone.hears("ready")
        yield phone
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
