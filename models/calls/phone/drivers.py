"""The telephone systems that are understood: how each signs, reads, writes numbers and is answered; pure.

Another provider is a driver of its own, a member here and a row of the tests.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.calls.caller_id import CallerIdForm
from models.calls.phone import generic, placetel, sipgate, twilio
from models.calls.phone.event import PhoneEvent
from models.calls.phone.request import FORM, JSON, PhoneRequest


class PhoneDriver(StrEnum):
    """The format in which a telephone system reports."""

    GENERIC = "GENERIC"
    SIPGATE = "SIPGATE"
    TWILIO = "TWILIO"
    PLACETEL = "PLACETEL"


@dataclass(frozen=True, slots=True)
class Driver:
    """How a telephone system is understood.

    `verified` takes the secrets in use, the request and the time; `read` returns None for what is not about
    an incoming call, and raises `MalformedRequest`. `answer` is the XML for an address, None for our own
    JSON. `header` has the signature. `repeats`: a request that was answered with 503 is sent again; the
    others would let telephones stop ringing, so they never get an error from us.
    """

    header: str
    form: CallerIdForm
    media_types: frozenset[str]
    repeats: bool
    verified: Callable[[Sequence[str], PhoneRequest, datetime], bool]
    read: Callable[[PhoneRequest], PhoneEvent | None]
    answer: Callable[[str], str] | None = None


DRIVERS: Mapping[PhoneDriver, Driver] = {
    PhoneDriver.GENERIC: Driver(
        "webhook-signature", CallerIdForm.E164, frozenset({JSON}), True, generic.verified, generic.read
    ),
    PhoneDriver.SIPGATE: Driver(
        sipgate.SIGNATURE,
        CallerIdForm.INTERNATIONAL_WITHOUT_PLUS,
        frozenset({FORM}),
        False,
        sipgate.verified,
        sipgate.read,
        sipgate.answer,
    ),
    PhoneDriver.TWILIO: Driver(
        twilio.SIGNATURE,
        CallerIdForm.E164,
        frozenset({FORM, JSON}),
        True,
        twilio.verified,
        twilio.read,
        lambda _: twilio.ANSWER,
    ),
    PhoneDriver.PLACETEL: Driver(
        placetel.SIGNATURE,
        CallerIdForm.NATIONAL,
        frozenset({FORM}),
        False,
        placetel.verified,
        placetel.read,
        lambda _: placetel.ANSWER,
    ),
}
