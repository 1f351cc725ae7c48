"""Reading a small answer with a bounded size and time, also from servers that the settings specify.

The client decides which addresses may be requested: `transport.outside_client` for those that somebody else
chose.
"""

import asyncio
from dataclasses import dataclass

import httpx

from models.outside.refused import AnswerEncoded, AnswerTooLarge, AnswerTooLate


@dataclass(frozen=True, slots=True)
class Answer:
    """The status of an answer, and its body if the status is 200."""

    status: int
    body: bytes = b""


async def read_answer(
    client: httpx.AsyncClient, url: httpx.URL | str, *, accept: str, most_bytes: int, seconds: float
) -> Answer:
    """GET an address without following redirects, which could lead into our own network.

    `seconds` is the limit of each step and half the limit of all steps together. Raises httpx's errors, among
    them AnswerTooLarge, AnswerEncoded and AnswerTooLate.
    """
    try:
        async with asyncio.timeout(2 * seconds):  # httpx limits single steps only
            return await _read(client, url, accept, most_bytes, seconds)
    except TimeoutError as error:
        raise AnswerTooLate("the answer did not end in time") from error


async def _read(
    client: httpx.AsyncClient, url: httpx.URL | str, accept: str, most_bytes: int, seconds: float
) -> Answer:
    headers = {"Accept": accept, "Accept-Encoding": "identity"}
    async with client.stream(
        "GET", url, headers=headers, timeout=seconds, follow_redirects=False
    ) as response:
        if response.status_code != httpx.codes.OK:
            return Answer(response.status_code)
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise AnswerEncoded("the answer is compressed, although identity encoding was requested")
        body = bytearray()
        async for part in response.aiter_raw():
            body += part
            if len(body) > most_bytes:
                raise AnswerTooLarge(f"the answer is larger than {most_bytes} bytes")
    return Answer(response.status_code, bytes(body))
