"""Twilio: `POST /2010-04-01/Accounts/<sid>/Messages.json` (twilio.com/docs/messaging/api/message-resource).

It has neither an idempotency key nor a reference of ours, so it cannot be asked: a person decides on doubt.
"""

import base64
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote, urlencode

from models.messages.channels.sms.provider import (
    Accepted,
    FindAnswer,
    Refused,
    SendAnswer,
    SmsRefusal,
    SmsRequest,
    Unclear,
    numeric,
    read_json,
    refused_by_status,
)

HOST = "api.twilio.com"
_CREATED = 201
_REFUSALS: Mapping[str, SmsRefusal] = {
    "20003": SmsRefusal.NOT_SIGNED_IN,
    "20429": SmsRefusal.THROTTLED,
    "14107": SmsRefusal.THROTTLED,
    "21211": SmsRefusal.NUMBER_REFUSED,  # invalid
    "21214": SmsRefusal.NUMBER_REFUSED,  # cannot be reached
    "21217": SmsRefusal.NUMBER_REFUSED,  # not a phone number
    "21408": SmsRefusal.NUMBER_REFUSED,  # a region that the account does not send to
    "21604": SmsRefusal.NUMBER_REFUSED,  # missing
    "21612": SmsRefusal.NUMBER_REFUSED,  # cannot be reached from the sender
    "21614": SmsRefusal.NUMBER_REFUSED,  # a landline
    "21610": SmsRefusal.OPTED_OUT,
    "21602": SmsRefusal.TEXT_REFUSED,  # missing
    "21605": SmsRefusal.TEXT_REFUSED,  # too long
    "21617": SmsRefusal.TEXT_REFUSED,  # too long
    "21212": SmsRefusal.SENDER_REFUSED,
    "21603": SmsRefusal.SENDER_REFUSED,
    "21606": SmsRefusal.SENDER_REFUSED,
    "21659": SmsRefusal.SENDER_REFUSED,
    "21660": SmsRefusal.SENDER_REFUSED,
    "21611": SmsRefusal.THROTTLED,  # the queue of the sender is full
}
_SERVICE = "MG"  # the prefix of a messaging service, which chooses a sender itself


class Twilio:
    """The format of Twilio; see `SmsProvider`."""

    def __init__(self, account: str, token: str, sender: str, origin: str = f"https://{HOST}") -> None:
        """Take the account's SID and token, and the sender or the messaging service."""
        self._sender = sender
        self._url = f"{origin}/2010-04-01/Accounts/{quote(account, safe='')}/Messages.json"
        self._authorization = "Basic " + base64.b64encode(f"{account}:{token}".encode()).decode()

    def send(self, to: str, text: str, reference: str) -> SmsRequest:  # noqa: ARG002 - Twilio stores none
        """Return the request that sends a text."""
        sender = "MessagingServiceSid" if self._sender.startswith(_SERVICE) else "From"
        headers = {
            "Authorization": self._authorization,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode({"To": to, sender: self._sender, "Body": text}).encode()
        return SmsRequest("POST", self._url, headers, body)

    def read_send(self, status: int, body: bytes) -> SendAnswer:
        """Return what became of a message."""
        answer = read_json(body)
        fields = answer if isinstance(answer, dict) else {}
        if status == _CREATED:
            reference, parts = fields.get("sid"), numeric(fields.get("num_segments"))
            if not isinstance(reference, str) or not reference:
                return Unclear(str(status))
            return Accepted(reference[:64], int(parts) if parts and int(parts) else None)
        code = numeric(fields.get("code"))
        why = _REFUSALS.get(code) if 400 <= status < 500 else None
        why = why or refused_by_status(status)
        return Refused(why, code or str(status)) if why else Unclear(code or str(status))

    def find(self, to: str, reference: str, since: datetime) -> None:
        """Return None: Twilio cannot be asked about a reference of ours."""

    def read_find(self, status: int, body: bytes, reference: str) -> FindAnswer:  # noqa: ARG002 - never asked
        """Return that it is unclear; nothing was asked."""
        return Unclear()
