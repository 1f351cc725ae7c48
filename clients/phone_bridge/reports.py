"""Reports of calls to a telephone system of Leadgate with the driver GENERIC, signed by Standard Webhooks."""

import asyncio
import base64
import hashlib
import hmac
import json
import logging
import time
from uuid import uuid4

import httpx

REPEATED = frozenset({429, 502, 503, 504})
MOST_TRIES = 8
_log = logging.getLogger(__name__)


class Reports:
    """Sends events in the order in which they happen, and repeats those that were not taken."""

    def __init__(self, http: httpx.AsyncClient, url: str, secret: str) -> None:
        """Take the address of the telephone system and its secret (`whsec_…`)."""
        self._http, self._url = http, url
        self._key = base64.b64decode(secret.removeprefix("whsec_"))
        self._turn = asyncio.Lock()

    async def send(self, kind: str, call: str, **more: str | None) -> str | None:
        """Send an event, such as `ringing`; return Leadgate's id of the call, None if it has none."""
        given = {name.rstrip("_"): value for name, value in more.items() if value}
        body = json.dumps({"type": f"call.{kind}", "call": call, "at": _now(), **given}).encode()
        message_id = f"msg_{uuid4().hex}"
        async with self._turn:
            for number in range(MOST_TRIES):
                try:
                    response = await self._http.post(
                        self._url, content=body, headers=self._headers(message_id, body)
                    )
                except httpx.TransportError:
                    response = None
                if response is not None and response.status_code == httpx.codes.OK:
                    call_id: str | None = response.json()["call"]
                    return call_id
                if response is not None and response.status_code not in REPEATED:
                    _log.error("Leadgate refused the event %s: %s", kind, response.status_code)
                    return None
                await asyncio.sleep(min(2.0**number / 4, 5.0))
        _log.error("Leadgate did not take the event %s", kind)
        return None

    def _headers(self, message_id: str, body: bytes) -> dict[str, str]:
        now = str(int(time.time()))
        signed = b".".join((message_id.encode(), now.encode(), body))
        signature = base64.b64encode(hmac.new(self._key, signed, hashlib.sha256).digest()).decode()
        return {
            "content-type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": now,
            "webhook-signature": f"v1,{signature}",
        }


def _now() -> str:
    now = time.time()
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now)) + f".{int(now % 1 * 1000):03}Z"
