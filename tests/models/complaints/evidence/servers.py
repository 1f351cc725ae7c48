"""An example business register on this machine; the network is never used."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, dict[str, str], bytes]


def as_json(value: object, status: int = 200) -> Answer:
    """Return a response in the register's format."""
    return status, {"Content-Type": "application/json"}, json.dumps(value).encode()


@dataclass
class RegisterServer:
    """An example register: `answer` returns status, headers and body for the requested number."""

    answer: Callable[[str], Answer] = lambda _: as_json({"status": "ACTIVE"})
    seconds: float = 0.0
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""
    at_once: int = 0
    most_at_once: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one request and close."""
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            query = {name: values[0] for name, values in parse_qs(urlsplit(head.split()[1]).query).items()}
            self.asked.append(query)
            await asyncio.sleep(self.seconds)
            status, headers, body = self.answer(query["number"])
            lines = [f"HTTP/1.1 {status} said", "Connection: close", f"Content-Length: {len(body)}"]
            lines += [f"{name}: {value}" for name, value in headers.items()]
            writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client may have disconnected
        finally:
            self.at_once -= 1
            writer.close()


@asynccontextmanager
async def register_server() -> AsyncIterator[RegisterServer]:
    """Yield an example register that listens on this machine."""
    register = RegisterServer()
    server = await asyncio.start_server(register.serve, "127.0.0.1", 0)
    register.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/status?tenant=leadgate"
    try:
        yield register
    finally:
        server.close()
