"""Driver of telephone systems that speak our own format: JSON, signed by Standard Webhooks.

It is the only one with times:

`{"type": "call.answered", "at": "2026-11-29T13:00:00Z", "call": "c1", "leg": "l2", "from": "+49301…",
"to": "+49302…", "diversion": …, "user": "agnes", "target": "+49302…", "cause": "busy", "verified": false}`
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from models.calls.merge import FactKind
from models.calls.phone.event import PhoneEvent, shown_cause
from models.calls.phone.request import LONGEST_ID, MalformedRequest, PhoneRequest, read_json
from models.messages.channels.webhook_signature import (
    ID_HEADER,
    InvalidSignature,
    WebhookSecret,
    verify_webhook,
)

TYPES = {
    "call.ringing": FactKind.RINGING,
    "call.answered": FactKind.ANSWERED,
    "call.consulting": FactKind.CONSULTING,
    "call.consultEnded": FactKind.CONSULT_ENDED,
    "call.transferred": FactKind.TRANSFERRED,
    "call.hungUp": FactKind.HUNG_UP,
    "call.voicemail": FactKind.VOICEMAIL,
}


def verified(secrets: Sequence[str], request: PhoneRequest, now: datetime) -> bool:
    """Return whether one of the secrets signed the request, at most five minutes ago or ahead."""
    try:
        verify_webhook(map(WebhookSecret.parse, secrets), request.headers, request.body, now)
    except InvalidSignature:
        return False
    return True


def read(request: PhoneRequest) -> PhoneEvent | None:
    """Return the event; None for a type that is none of ours. Raises `MalformedRequest`."""
    fields = read_json(request.body)
    kind = TYPES.get(fields.text("type"))
    if kind is None:
        return None
    key = request.headers.get(ID_HEADER, "")
    if len(key) > LONGEST_ID:
        raise MalformedRequest(f"{ID_HEADER}: must have at most {LONGEST_ID} characters")
    call, leg, user = fields.id("call"), fields.text("leg", LONGEST_ID), fields.text("user")
    return PhoneEvent(
        kind,
        key,
        call,
        None if leg in {"", call} else leg,
        _time(fields.text("at")),
        caller=fields.text("from"),
        attested=fields.text("verified") == "true",
        dialled=fields.text("to"),
        diverted_from=fields.text("diversion"),
        target=fields.text("target"),
        users=(user,) if user else (),
        cause=shown_cause(fields.text("cause")),
    )


def _time(text: str) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise MalformedRequest("at: must be a time by ISO 8601") from error
    if at.utcoffset() is None:
        raise MalformedRequest("at: must have an offset from UTC, such as Z")
    try:
        return at.astimezone(UTC)
    except OverflowError as error:  # before the first day of all, or after the last one
        raise MalformedRequest("at: must be a time in the years 1 to 9999 of UTC") from error
