"""Asterisk's REST interface (ARI): commands by HTTP, events by one WebSocket."""

import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx
from websockets.asyncio.client import connect

APP = "leadgate"
_log = logging.getLogger(__name__)
Json = dict[str, Any]


class Ari:
    """Asterisk at `url`, such as `http://127.0.0.1:8088`."""

    def __init__(self, http: httpx.AsyncClient, url: str, user: str, password: str) -> None:
        """Take the address and the credentials of `ari.conf`."""
        self._http, self._url = http, f"{url.rstrip('/')}/ari"
        self._auth = (user, password)

    async def post(self, path: str, **values: object) -> Json:
        """Send a command; one about something that has just ended is no error."""
        return await self._send("POST", path, values)

    async def delete(self, path: str) -> Json:
        """End something."""
        return await self._send("DELETE", path, {})

    async def get(self, path: str) -> Json:
        """Read something."""
        return await self._send("GET", path, {})

    async def _send(self, method: str, path: str, values: dict[str, object]) -> Json:
        params = {name: str(value) for name, value in values.items()}
        response = await self._http.request(method, self._url + path, params=params, auth=self._auth)
        if response.status_code >= httpx.codes.BAD_REQUEST:
            _log.info("Asterisk: %s %s: %s", method, path, response.status_code)
            return {}
        return response.json() if response.content else {}

    async def events(self) -> AsyncIterator[Json]:
        """Yield the events of the application until the connection ends."""
        key = ":".join(self._auth)
        address = f"{self._url.replace('http', 'ws', 1)}/events?app={APP}&api_key={key}"
        async with connect(address, proxy=None) as socket:
            yield {"type": "Connected"}
            async for text in socket:
                event: Json = json.loads(text)
                yield event
