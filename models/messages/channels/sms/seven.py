"""seven.io: `POST /api/sms` and the journal of sent messages (docs.seven.io, REST API).

It has no idempotency key, but the journal has our reference (`foreign_id`), so it can be asked.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlencode

import orjson

from models.messages.channels.sms.provider import (
    Accepted,
    FindAnswer,
    NotFound,
    Refused,
    SendAnswer,
    SmsRefusal,
    SmsRequest,
    Unclear,
    numeric,
    read_json,
    refused_by_status,
)

HOST = "gateway.seven.io"
_ACCEPTED, _PARTLY_FAILED, _SENT_BEFORE = "100", "101", "402"
_MOST_ENTRIES = 100  # of the journal, in one answer
_TIME_ZONES = timedelta(days=1)  # the days of the journal may begin elsewhere
_REFUSALS: Mapping[str, SmsRefusal] = {
    "201": SmsRefusal.SENDER_REFUSED,
    "202": SmsRefusal.NUMBER_REFUSED,
    "301": SmsRefusal.NUMBER_REFUSED,
    "305": SmsRefusal.TEXT_REFUSED,
    "401": SmsRefusal.TEXT_REFUSED,
    "403": SmsRefusal.THROTTLED,  # the most messages that a number gets in a day
    "500": SmsRefusal.NO_CREDIT,
    "900": SmsRefusal.NOT_SIGNED_IN,
    "901": SmsRefusal.NOT_SIGNED_IN,
    "902": SmsRefusal.NOT_SIGNED_IN,
    "903": SmsRefusal.NOT_SIGNED_IN,
}


class Seven:
    """The format of seven.io; see `SmsProvider`."""

    def __init__(self, key: str, sender: str, origin: str = f"https://{HOST}") -> None:
        """Take the API key, and the sender that recipients see."""
        self._key, self._sender, self._url = key, sender, f"{origin}/api"

    def send(self, to: str, text: str, reference: str) -> SmsRequest:
        """Return the request that sends a text."""
        body = orjson.dumps({"to": to, "text": text, "from": self._sender, "foreign_id": reference})
        return SmsRequest(
            "POST", f"{self._url}/sms", self._headers() | {"Content-Type": "application/json"}, body
        )

    def read_send(self, status: int, body: bytes) -> SendAnswer:
        """Return what became of a message. An answer is a code, or an object with a code and the message."""
        answer = read_json(body)
        code = numeric(answer.get("success") if isinstance(answer, dict) else answer)
        message = _first(answer.get("messages")) if isinstance(answer, dict) else {}
        if code in {_ACCEPTED, _PARTLY_FAILED} and message.get("success") is False:
            code = numeric(message.get("error"))
        elif code == _ACCEPTED:
            reference, parts = message.get("id"), message.get("parts")
            if not isinstance(reference, int | str) or not reference:
                return Unclear(code)
            return Accepted(str(reference)[:64], parts if isinstance(parts, int) else None)
        if code in _REFUSALS:
            return Refused(_REFUSALS[code], code)
        if code == _SENT_BEFORE:  # within three minutes, so an attempt that seemed to fail did not
            return Unclear(code)
        why = refused_by_status(status)
        return Refused(why, code or str(status)) if why else Unclear(code or str(status))

    def find(self, to: str, reference: str, since: datetime) -> SmsRequest:  # noqa: ARG002 - no search by it
        """Return the request for the messages to the number since then, whose references are compared.

        Without a first day, the journal leaves out what is older than 30 days.
        """
        first_day = f"{since - _TIME_ZONES:%Y-%m-%d}"
        query = urlencode({"to": to, "date_from": first_day, "limit": _MOST_ENTRIES})
        return SmsRequest("GET", f"{self._url}/journal/outbound?{query}", self._headers())

    def read_find(self, status: int, body: bytes, reference: str) -> FindAnswer:
        """Return whether the journal has our reference."""
        entries = read_json(body)
        if status != 200 or not isinstance(entries, list):
            return Unclear(str(status))
        for entry in entries:
            if isinstance(entry, dict) and entry.get("foreign_id") == reference and entry.get("id"):
                return Accepted(str(entry["id"])[:64])
        # A full page may have pushed the message out.
        return NotFound() if len(entries) < _MOST_ENTRIES else Unclear(str(status))

    def _headers(self) -> dict[str, str]:
        return {"X-Api-Key": self._key, "Accept": "application/json"}


def _first(messages: object) -> dict[str, object]:
    if isinstance(messages, list) and messages and isinstance(messages[0], dict):
        return messages[0]
    return {}
