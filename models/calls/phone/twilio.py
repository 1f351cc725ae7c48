"""Driver of Twilio's status callbacks: forms or JSON, signed with the account's token.

The call to the number is the caller's leg; each call that `<Dial>` makes is a leg of its own with
`ParentCallSid`. The number itself is answered by Twilio, so only a leg to an agent says that one answered.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import SplitResult, parse_qsl, urlsplit

from models.calls.merge import FactKind
from models.calls.phone.event import PhoneEvent, event_key, shown_cause
from models.calls.phone.request import JSON, LONGEST_ID, MOST_FIELDS, PhoneRequest, read_form, read_json

SIGNATURE = "x-twilio-signature"
ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
_KINDS = {
    "queued": FactKind.RINGING,
    "initiated": FactKind.RINGING,
    "ringing": FactKind.RINGING,
    "in-progress": FactKind.ANSWERED,
    "answered": FactKind.ANSWERED,
    **dict.fromkeys(("completed", "busy", "no-answer", "failed", "canceled"), FactKind.HUNG_UP),
}
# The carrier knows the caller and their right to the number (SHAKEN/STIR, attestation A).
_ATTESTED = "TN-Validation-Passed-A"


def verified(tokens: Sequence[str], request: PhoneRequest, _: datetime) -> bool:
    """Return whether a token signed the address, with or without its port, and the fields or the body."""
    given = request.headers.get(SIGNATURE, "").encode()
    fields: list[tuple[str, str]] = []
    if request.media_type == JSON:
        digest = hashlib.sha256(request.body).hexdigest().encode()
        if not hmac.compare_digest(digest, request.query.get("bodySHA256", "").encode()):
            return False
    else:
        try:
            fields = parse_qsl(request.body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError:
            return False
    signed = "".join(name + value for name, value in sorted(set(fields)))
    fits = [
        hmac.compare_digest(signature(token, url, signed).encode(), given)
        for token in tokens
        for url in _addresses(request.url)
    ]
    return any(fits)


def signature(token: str, url: str, fields: str) -> str:
    """Return the signature of an address and its sorted names and values, each after the other."""
    digest = hmac.new(token.encode(), (url + fields).encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def _addresses(url: str) -> tuple[str, str]:
    """Return the address without its port and with one: Twilio signs either, depending on the product."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition(":")[0] if parts.port else parts.netloc
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return SplitResult(parts.scheme, host, *parts[2:]).geturl(), parts._replace(
        netloc=f"{host}:{port}"
    ).geturl()


def read(request: PhoneRequest) -> PhoneEvent | None:
    """Return the event; None for outgoing calls and an unknown status. Raises `MalformedRequest`."""
    fields = (read_json if request.media_type == JSON else read_form)(request.body)
    status = fields.text("CallStatus")
    kind = _KINDS.get(status)
    own, parent = fields.id("CallSid"), fields.text("ParentCallSid", LONGEST_ID)
    if kind is None or (not parent and fields.text("Direction").startswith("outbound")):
        return None
    if kind is FactKind.ANSWERED and fields.text("AnsweredBy").startswith(("machine", "fax")):
        kind = FactKind.VOICEMAIL
    to, call, leg = fields.text("To"), parent or own, own if parent else None
    return PhoneEvent(
        kind,
        event_key(call, leg, kind),
        call,
        leg,
        caller="" if parent else fields.text("From"),
        attested=not parent and fields.text("StirVerstat") == _ATTESTED,
        dialled="" if parent else to,
        diverted_from="" if parent else fields.text("ForwardedFrom"),
        target=to if parent else "",
        users=(to,) if parent and to else (),
        cause=shown_cause(status) if kind is FactKind.HUNG_UP else None,
    )
