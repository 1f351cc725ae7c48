"""A response's head is written together with the beginning of its body, and never kept back for longer."""

import asyncio
from collections.abc import Iterable

from schema.http.joined_writes import JoinedWrites


class _Transport(asyncio.Transport):
    """Notes what is written by one call."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.closing = False

    def write(self, data: bytes) -> None:  # type: ignore[override]
        assert not self.closing
        self.written.append(data)

    def writelines(self, list_of_data: Iterable[bytes]) -> None:  # type: ignore[override]
        self.write(b"".join(list_of_data))

    def close(self) -> None:
        self.closing = True

    def is_closing(self) -> bool:
        return self.closing


def joined(transport: _Transport) -> JoinedWrites:
    """Return what a response is written to."""
    return JoinedWrites(transport, asyncio.get_running_loop())


async def test_a_head_and_its_body_are_one_write() -> None:
    transport = _Transport()
    response = joined(transport)
    response.write(b"head ")
    response.write(b"body")
    assert transport.written == [b"head body"]
    await asyncio.sleep(0)
    assert transport.written == [b"head body"]


async def test_further_parts_are_written_as_they_come() -> None:
    transport = _Transport()
    response = joined(transport)
    for part in (b"head ", b"one", b"two", b"three"):
        response.write(part)
    assert transport.written == [b"head one", b"two", b"three"]


async def test_a_head_without_a_body_is_written_in_the_next_turn() -> None:
    """Of a stream whose first part takes longer; its parts are then written at once."""
    transport = _Transport()
    response = joined(transport)
    response.write(b"head")
    assert transport.written == []
    await asyncio.sleep(0)
    assert transport.written == [b"head"]
    response.write(b"late")
    assert transport.written == [b"head", b"late"]


async def test_a_head_is_written_before_the_connection_is_closed() -> None:
    transport = _Transport()
    response = joined(transport)
    response.write(b"head")
    response.close()
    assert transport.written == [b"head"]
    assert response.is_closing()
    await asyncio.sleep(0)
    assert transport.written == [b"head"]


async def test_a_head_is_dropped_if_the_connection_was_cut() -> None:
    transport = _Transport()
    response = joined(transport)
    response.write(b"head")
    transport.closing = True
    await asyncio.sleep(0)
    assert transport.written == []


async def test_after_100_continue_the_head_still_waits_for_its_body() -> None:
    transport = _Transport()
    response = joined(transport)
    response.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    await asyncio.sleep(0)
    response.write(b"head ")
    response.write(b"body")
    assert transport.written == [b"HTTP/1.1 100 Continue\r\n\r\n", b"head body"]
