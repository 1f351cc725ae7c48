"""Reading of reports of mail servers: delivery statuses (RFC 3464) and abuse reports (RFC 5965).

Answers of calendar programs to events (RFC 6047), which come to the same mailbox, are recognised.

Anybody can send one, so its size, its parts and their depth are bounded before it is parsed. What it says
counts only with the token of a dispatch, which only the recipient of that message and its servers know.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import Compat32, Policy

from models.messages.channels.smtp import about_status
from rules.messages.bounce import BounceAbout, BounceAction, BounceReport, StatusClass

LONGEST = 1_000_000  # bytes of a report
_READ = 200_000  # bytes of it that are read: the original message at its end doesn't matter
_MOST_PARTS, _DEEPEST, _MOST_TOKENS = 100, 10, 5
_LONGEST_HEADER = 1_000  # characters of one: the parser takes quadratic time for its parameters
_TOKEN = re.compile(rb"bounce\+([0-9a-f]{56})@", re.IGNORECASE)
_STATUS = re.compile(r"([245])\.\d{1,3}\.\d{1,3}", re.ASCII)
_CLASSES = {"2": StatusClass.SUCCESS, "4": StatusClass.TEMPORARY, "5": StatusClass.PERMANENT}
_ABUSE = frozenset({"abuse", "fraud", "virus"})


@dataclass(frozen=True, slots=True)
class BounceMail:
    """What a report says; `tokens` are the dispatches that it may be about, at most five.

    `calendar_reply`: it is the answer of a calendar program to an event, and not a report.
    """

    report: BounceReport
    tokens: tuple[str, ...]
    action: BounceAction = BounceAction.NONE
    status_class: StatusClass = StatusClass.NONE
    about: BounceAbout = BounceAbout.OTHER
    calendar_reply: bool = False


class _Bounded(Compat32):
    """Reads the beginning of each header, and at most 100 parts; raises `ValueError` for more."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return a header, cut."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


def _parsed(content: bytes) -> Message:
    """Parse a report. Raises `ValueError` for one that is malformed, or built to be expensive."""
    left = _MOST_PARTS

    def part(policy: "Policy[Message]") -> Message:
        nonlocal left
        left -= 1
        if left < 0:
            raise ValueError("too many parts")
        return Message(policy)

    return message_from_bytes(content, policy=_Bounded(message_factory=part))


def read_report(content: bytes) -> BounceMail:
    """Return what a report says; OTHER for anything that is not one, or that is built to be expensive."""
    head = content[:_READ]
    tokens = tuple(dict.fromkeys(match.group(1).decode().lower() for match in _TOKEN.finditer(head)))[
        :_MOST_TOKENS
    ]
    lower = head.lower()
    if lower.count(b"content-type:") > _MOST_PARTS or lower.count(b"boundary") > _DEEPEST:
        return BounceMail(BounceReport.OTHER, ())
    try:
        return _read(_parsed(head), tokens)
    except (ValueError, LookupError):  # also of unknown or unfit character sets in headers
        return BounceMail(BounceReport.OTHER, ())


def _read(message: Message, tokens: tuple[str, ...]) -> BounceMail:
    kind = str(message.get_param("report-type", "") or "").lower()
    if message.get_content_type() != "multipart/report":
        return BounceMail(BounceReport.OTHER, tokens, calendar_reply=_is_calendar_reply(message))
    if kind == "feedback-report":
        feedback = _field(message, "message/feedback-report", "feedback-type").lower()
        report = BounceReport.ABUSE if feedback in _ABUSE else BounceReport.OTHER
        return BounceMail(report, tokens)
    if kind == "delivery-status":
        action = _field(message, "message/delivery-status", "action").upper()
        match = _STATUS.search(_field(message, "message/delivery-status", "status"))
        return BounceMail(
            BounceReport.DELIVERY_STATUS,
            tokens,
            BounceAction(action) if action in BounceAction.__members__ else BounceAction.NONE,
            _CLASSES[match[1]] if match else StatusClass.NONE,
            about_status(match[0]) if match else BounceAbout.OTHER,
        )
    return BounceMail(BounceReport.OTHER, tokens)


def _is_calendar_reply(message: Message) -> bool:
    return any(
        part.get_content_type() == "text/calendar" and str(part.get_param("method", "")).upper() == "REPLY"
        for part in _parts(message)
    )


def _field(message: Message, content_type: str, name: str) -> str:
    """Return the first field of this name in the parts of a type, which may have several blocks."""
    for part in _parts(message):
        if part.get_content_type() != content_type:
            continue
        payload = part.get_payload()
        blocks = (
            payload if isinstance(payload, list) else [_parsed(str(payload).encode(errors="surrogateescape"))]
        )
        for block in blocks:
            if isinstance(block, Message) and block.get(name):
                return str(block[name]).strip()[:100]
    return ""


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            return
        yield part
