"""Driver of Placetel's notify API: forms, signed with a shared secret.

It knows calls, but no legs and no transfers.
"""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

from models.calls.merge import FactKind
from models.calls.phone.event import PhoneEvent, event_key, shown_cause
from models.calls.phone.request import PhoneRequest, read_form

SIGNATURE = "x-placetel-signature"
ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
_KINDS = {
    "IncomingCall": FactKind.RINGING,
    "CallAccepted": FactKind.ANSWERED,
    "HungUp": FactKind.HUNG_UP,
}
_MAILBOX = "voicemail"


def verified(secrets: Sequence[str], request: PhoneRequest, _: datetime) -> bool:
    """Return whether one of the secrets signed the body."""
    given = request.headers.get(SIGNATURE, "").lower().encode()
    return any(hmac.compare_digest(signature(secret, request.body).encode(), given) for secret in secrets)


def signature(secret: str, body: bytes) -> str:
    """Return the signature of a body: hexadecimal HMAC-SHA256."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def read(request: PhoneRequest) -> PhoneEvent | None:
    """Return the event; None for outgoing calls. Raises `MalformedRequest`.

    Of a mailbox that took the call, only its end is told.
    """
    fields = read_form(request.body)
    kind = _KINDS.get(fields.text("event"))
    if kind is None or fields.text("direction") == "out":
        return None
    call, peer, cause = fields.id("call_id"), fields.text("peer"), fields.text("type")
    return PhoneEvent(
        kind,
        event_key(call, None, kind),
        call,
        caller=fields.text("from"),
        dialled=fields.text("to"),
        # A peer is a user at a host; an agent may be entered as either.
        users=tuple(dict.fromkeys(name for name in (peer, peer.partition("@")[0]) if name)),
        cause=shown_cause(cause),
        mailbox=cause == _MAILBOX,
    )
