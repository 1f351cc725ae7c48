"""What an SMS provider is asked, and what became of a message: the same for every provider.

An SMS costs money, so a message whose fate is unclear is never simply sent again: the provider is asked, or
else a person decides.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import orjson

from models.contact_data.redaction import Redacted


class SmsRefusal(StrEnum):
    """Why a provider did not accept a message. `permanent`: sending it again would be refused again."""

    permanent: bool

    def __new__(cls, name: str, permanent: bool = False) -> "SmsRefusal":
        """Create a member."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.permanent = permanent
        return member

    NUMBER_REFUSED = ("number_refused", True)
    OPTED_OUT = ("opted_out", True)  # the recipient asked the provider to stop
    TEXT_REFUSED = ("text_refused", True)
    REQUEST_REFUSED = ("request_refused", True)  # for another reason
    # The marketplace's own: corrected by its staff, so the message waits.
    SENDER_REFUSED = ("sender_refused", False)
    NOT_SIGNED_IN = ("not_signed_in", False)
    NO_CREDIT = ("no_credit", False)
    THROTTLED = ("throttled", False)
    UNAVAILABLE = ("unavailable", False)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider accepted the message; `parts` is what it counts, None if it does not say."""

    reference: str
    parts: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The provider did not accept the message, so nothing was sent. `detail` is its numeric code."""

    why: SmsRefusal
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """The message may or may not have been sent. `detail` is a numeric code."""

    detail: str = ""


@dataclass(frozen=True, slots=True)
class NotFound:
    """The provider does not know the reference."""


SendAnswer = Accepted | Refused | Unclear
FindAnswer = Accepted | NotFound | Unclear


@dataclass(frozen=True, slots=True, repr=False)
class SmsRequest(Redacted):
    """One HTTP request. It has the recipient's number, the text and our key, and shows none of them."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class SmsProvider(Protocol):
    """The format of one provider: requests out of messages, and what its answers mean."""

    def send(self, to: str, text: str, reference: str) -> SmsRequest:
        """Return the request that sends a text to a number in E.164; `reference` is ours, and unique."""

    def read_send(self, status: int, body: bytes) -> SendAnswer:
        """Return what the answer to it means."""

    def find(self, to: str, reference: str, since: datetime) -> SmsRequest | None:
        """Return the request that asks about a message whose first attempt was at `since`, None if the
        provider cannot be asked.
        """

    def read_find(self, status: int, body: bytes, reference: str) -> FindAnswer:
        """Return what the answer to it means."""


def read_json(body: bytes) -> object:
    """Return the value of a JSON body, None if it is malformed."""
    try:
        value: object = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return value


def numeric(value: object) -> str:
    """Return a code of up to six digits as text, "" for anything else: a provider's words quote numbers."""
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return text if text.isascii() and text.isdecimal() and len(text) <= 6 else ""


def refused_by_status(status: int) -> SmsRefusal | None:
    """Return what an HTTP status of an error means without a code; None if the message may have been sent."""
    match status:
        case 401 | 403:
            return SmsRefusal.NOT_SIGNED_IN
        case 402:
            return SmsRefusal.NO_CREDIT
        case 429:
            return SmsRefusal.THROTTLED
        case _ if 400 <= status < 500 and status != 408:
            return SmsRefusal.REQUEST_REFUSED
    return None
