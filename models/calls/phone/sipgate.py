"""Driver of sipgate's push API: forms, signed with sipgate's RSA key.

Each transfer and each redirection is a call of its own there. It says which call it continues by `xcid`,
`origCallId`, or only by the number that was diverted; so a leg here is what sipgate calls a call, and no leg
is the caller's. Requests follow a new call only if its answer asks for them.
"""

import base64
from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import quoteattr

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key, load_pem_public_key

from models.calls.merge import FactKind
from models.calls.phone.event import PhoneEvent, event_key, shown_cause
from models.calls.phone.request import LONGEST_ID, PhoneRequest, read_form

SIGNATURE = "x-sipgate-signature"
_KINDS = {"newCall": FactKind.RINGING, "answer": FactKind.ANSWERED, "hangup": FactKind.HUNG_UP}
_MAILBOX = "voicemail"
_LEAST_BITS, _MOST_BITS = 2_048, 8_192


def read_key(text: str) -> RSAPublicKey:
    """Return sipgate's public key from PEM or Base64. Raises ValueError for anything but an RSA key."""
    plain = text.strip()
    data = plain.encode()
    found = (
        load_pem_public_key(data)
        if plain.startswith("-----")
        else load_der_public_key(base64.b64decode(data))
    )
    if not isinstance(found, RSAPublicKey) or not _LEAST_BITS <= found.key_size <= _MOST_BITS:
        raise ValueError("not an RSA key of at least 2048 bits")
    return found


def verified(keys: Sequence[str], request: PhoneRequest, _: datetime) -> bool:
    """Return whether sipgate signed the body with one of its keys."""
    try:
        signature = base64.b64decode(request.headers.get(SIGNATURE, ""), validate=True)
    except ValueError:
        return False
    return any(_fits(key, signature, request.body) for key in keys)


def _fits(key: str, signature: bytes, body: bytes) -> bool:
    try:
        read_key(key).verify(signature, body, PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True


def read(request: PhoneRequest) -> PhoneEvent | None:
    """Return the event; None for outgoing calls and for tones. Raises `MalformedRequest`."""
    fields = read_form(request.body)
    kind = _KINDS.get(fields.text("event"))
    if kind is None or fields.text("direction") == "out":
        return None
    call, to = fields.id("callId"), fields.text("to")
    given = (name for name in ("userId", "userId[]", "fullUserId", "fullUserId[]", "user", "user[]"))
    users = tuple(dict.fromkeys(user for name in given for user in fields.all(name)))
    mailbox = _MAILBOX in {to.lower(), *(user.lower() for user in users)}
    if kind is FactKind.ANSWERED and mailbox:
        kind = FactKind.VOICEMAIL
    original, other = fields.text("origCallId", LONGEST_ID), fields.text("xcid", LONGEST_ID)
    return PhoneEvent(
        kind,
        event_key(call, call, kind),
        call,
        call,
        caller=fields.text("from"),
        dialled=to,
        diverted_from=fields.text("diversion"),
        target=to,
        users=users,
        cause=shown_cause(fields.text("cause")),
        joins=tuple(one for one in (f"xcid:{other}" if other else "", original) if one not in {"", call}),
    )


def answer(url: str) -> str:
    """Return the XML that asks for what follows: without it, sipgate says nothing more about the call."""
    where = quoteattr(url)
    return f'<?xml version="1.0" encoding="UTF-8"?><Response onAnswer={where} onHangup={where}/>'
