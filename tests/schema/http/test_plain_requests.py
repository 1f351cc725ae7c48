"""A request's body is the same, however it arrives and however often it is read, as Starlette's own."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from schema.http.plain_requests import WholeRequest

HEADERS = [(b"content-type", b"multipart/form-data; boundary=json")]
PIECES = st.lists(st.sampled_from([b"", b"a", b"bc"]), min_size=1, max_size=4)
KINDS: tuple[type[Request], ...] = (WholeRequest, Request)
CALLS = st.lists(st.sampled_from(["body", "stream"]), min_size=1, max_size=3)


def arriving(pieces: Sequence[bytes], kind: type[Request], *, whole: bool = True) -> Request:
    """Return a request whose body arrives in pieces; if it is not `whole`, its client then disconnects."""
    messages: list[Message] = [
        {"type": "http.request", "body": piece, "more_body": not whole or place + 1 < len(pieces)}
        for place, piece in enumerate(pieces)
    ]

    async def receive() -> Message:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    return kind({"type": "http", "method": "POST", "headers": HEADERS}, receive)


async def read(request: Request, call: str) -> bytes | type[Exception]:
    """Return the body, or the exception for it."""
    try:
        return await request.body() if call == "body" else b"".join([one async for one in request.stream()])
    except (ClientDisconnect, RuntimeError) as error:
        return type(error)


@given(PIECES, CALLS, st.booleans())
def test_each_reading_returns_what_starlettes_does(
    pieces: list[bytes], calls: list[str], whole: bool
) -> None:
    async def both() -> list[list[bytes | type[Exception]]]:
        requests = [arriving(pieces, kind, whole=whole) for kind in KINDS]
        return [[await read(one, call) for call in calls] for one in requests]

    ours, theirs = asyncio.run(both())
    assert ours == theirs


async def test_a_body_that_was_read_as_a_form_is_not_waited_for() -> None:
    part = b'--json\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{}\r\n--json--\r\n'
    request = arriving([part], WholeRequest)
    await request.form()
    with pytest.raises(RuntimeError, match="Stream consumed"):
        await request.body()
