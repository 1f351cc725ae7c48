"""Calls as telephone systems tell them, for the simulator: what happens, in each provider's words; pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

import orjson

from models.calls.phone.drivers import PhoneDriver
from models.contact_data.redaction import Redacted

AGENT = "agent"  # the agent's user, in every telephone system of the simulator


class Story(StrEnum):
    """What becomes of a call."""

    TRANSFERRED = "transferred"  # an agent answers, asks the employee, and puts the call through
    BUSY = "busy"  # an agent answers, and the employee's line is busy
    ABANDONED = "abandoned"  # the caller gives up
    VOICEMAIL = "voicemail"  # a mailbox answers
    SILENT = "silent"  # it rings, and then nothing more is said


class Party(StrEnum):
    """Whose part of the call something happens to."""

    CALLER = "caller"
    AGENT = "agent"
    EMPLOYEE = "employee"
    MAILBOX = "mailbox"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happens `pause` seconds after what happened before: RINGS, ANSWERS or ENDS."""

    pause: float
    party: Party
    what: str
    cause: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class StoryCall(Redacted):
    """The call that a story is about: the system's id of it, and numbers in E.164."""

    id: str
    caller: str
    dialled: str
    extension: str


@dataclass(frozen=True, slots=True)
class Said:
    """The body of a request, `pause` seconds after the one before."""

    pause: float
    body: bytes


_C, _A, _E, _M = Party
_RINGS = Happening(0, _C, "RINGS")
_ANSWERED = (_RINGS, Happening(3, _A, "ANSWERS"), Happening(4, _E, "RINGS"))
HAPPENINGS: Mapping[Story, Sequence[Happening]] = {
    Story.TRANSFERRED: (
        *_ANSWERED,
        Happening(3, _E, "ANSWERS"),
        Happening(3, _A, "ENDS", "forwarded"),
        Happening(6, _E, "ENDS", "normalClearing"),
        Happening(0, _C, "ENDS", "normalClearing"),
    ),
    Story.BUSY: (
        *_ANSWERED,
        Happening(1, _E, "ENDS", "busy"),
        Happening(4, _C, "ENDS", "normalClearing"),
        Happening(0, _A, "ENDS", "normalClearing"),
    ),
    Story.ABANDONED: (_RINGS, Happening(8, _C, "ENDS", "cancel")),
    Story.VOICEMAIL: (
        _RINGS,
        Happening(8, _M, "ANSWERS"),
        Happening(6, _M, "ENDS", "voicemail"),
        Happening(0, _C, "ENDS", "voicemail"),
    ),
    Story.SILENT: (_RINGS,),
}


def tell(driver: PhoneDriver, story: Story, call: StoryCall) -> Iterator[Said]:
    """Yield the requests of a provider about a call; what it does not tell is left out."""
    pause = 0.0
    for one in HAPPENINGS[story]:
        pause += one.pause
        body = _WORDS[driver](one, call)
        if body is not None:
            yield Said(pause, body)
            pause = 0.0


def without_caller(body: bytes, call: StoryCall) -> str:
    """Return a request's body as it may be shown: without the caller's number, in either form."""
    text = body.decode()
    if call.caller == "anonymous":
        return text
    return text.replace(call.caller.removeprefix("+"), "…").replace(_national(call.caller), "…")


def _generic(one: Happening, call: StoryCall) -> bytes | None:
    kinds = {"RINGS": "ringing", "ANSWERS": "answered", "ENDS": "hungUp"}
    if one.party is Party.EMPLOYEE:
        kinds["RINGS"] = "consulting"
    if one.party is Party.MAILBOX:
        kinds["ANSWERS"] = "voicemail"
    said = {"type": f"call.{kinds[one.what]}", "call": call.id, "from": call.caller, "to": call.dialled}
    if one.party is not Party.CALLER:
        said["leg"] = f"{call.id}-{one.party}"
    if one.party is Party.AGENT:
        said["user"] = AGENT
    if one.party is Party.EMPLOYEE:
        said["target"] = call.extension
    if one.cause:
        said["cause"] = one.cause
    return orjson.dumps(said)


def _sipgate(one: Happening, call: StoryCall) -> bytes | None:
    own = one.party in {Party.EMPLOYEE, Party.MAILBOX}
    fields = {
        "event": {"RINGS": "newCall", "ANSWERS": "answer", "ENDS": "hangup"}[one.what],
        "direction": "in",
        "from": call.caller.removeprefix("+"),
        "to": (call.extension if one.party is Party.EMPLOYEE else call.dialled).removeprefix("+"),
        "callId": f"{call.id}{one.party}" if own else call.id,
        "xcid": f"x{call.id}",
    }
    if own:
        fields |= {"origCallId": call.id, "diversion": call.dialled.removeprefix("+")}
    users = {Party.AGENT: AGENT, Party.MAILBOX: "voicemail"}
    if one.what == "ANSWERS" and one.party in users:
        fields |= {"user": users[one.party], "userId": users[one.party]}
    if one.cause:
        fields["cause"] = one.cause
    return urlencode(fields).encode()


def _twilio(one: Happening, call: StoryCall) -> bytes | None:
    ended = "busy" if one.cause == "busy" else "no-answer" if one.cause == "cancel" else "completed"
    fields = {
        "CallStatus": {"RINGS": "ringing", "ANSWERS": "in-progress", "ENDS": ended}[one.what],
        "From": call.caller,
        "To": call.dialled,
        "CallSid": call.id,
        "Direction": "inbound",
    }
    if one.party is not Party.CALLER:
        to = {Party.EMPLOYEE: call.extension, Party.AGENT: AGENT, Party.MAILBOX: AGENT}[one.party]
        own = {"CallSid": f"{call.id}{one.party}", "ParentCallSid": call.id}
        fields |= {**own, "Direction": "outbound-dial", "To": to}
    if one.party is Party.MAILBOX and one.what == "ANSWERS":
        fields["AnsweredBy"] = "machine_start"
    return urlencode(fields).encode()


def _placetel(one: Happening, call: StoryCall) -> bytes | None:
    event = {
        (Party.CALLER, "RINGS"): "IncomingCall",
        (Party.AGENT, "ANSWERS"): "CallAccepted",
        (Party.CALLER, "ENDS"): "HungUp",
    }.get((one.party, one.what))
    if event is None:
        return None
    numbers = {"from": _national(call.caller), "to": _national(call.dialled)}
    fields = {"event": event, "call_id": call.id, **numbers}
    if event == "CallAccepted":
        fields["peer"] = f"{AGENT}@pbx.example"
    if event == "HungUp":
        fields["type"] = {"cancel": "missed", "voicemail": "voicemail"}.get(one.cause, "accepted")
    return urlencode(fields).encode()


def _national(number: str) -> str:
    return f"0{number[3:]}" if number.startswith("+49") else number


_WORDS: Mapping[PhoneDriver, Callable[[Happening, StoryCall], bytes | None]] = {
    PhoneDriver.GENERIC: _generic,
    PhoneDriver.SIPGATE: _sipgate,
    PhoneDriver.TWILIO: _twilio,
    PhoneDriver.PLACETEL: _placetel,
}
