"""The one event that all drivers of telephone systems return; pure."""

from dataclasses import dataclass
from datetime import datetime

from models.calls.merge import FactKind
from models.contact_data.redaction import Redacted


@dataclass(frozen=True, slots=True, repr=False)
class PhoneEvent(Redacted):
    """What a telephone system says about one leg of an incoming call, in its own words.

    Ids are at most 90 characters. `leg` None is the caller's leg; a system that knows no such leg names each
    leg by the call's id. `joins` are further ids by which the system knows the same call. `caller`,
    `dialled`, `diverted_from` and `target` (where the leg goes) are numbers in the driver's form, "" if
    unknown. `users` are names of the system's users, of whom the first that is an agent counts. `at` is the
    system's time, None if it gives none. `mailbox`: the event also says that a mailbox took the call.
    """

    kind: FactKind
    key: str
    call: str
    leg: str | None = None
    at: datetime | None = None
    caller: str = ""
    attested: bool = False
    dialled: str = ""
    diverted_from: str = ""
    target: str = ""
    users: tuple[str, ...] = ()
    cause: str | None = None
    joins: tuple[str, ...] = ()
    mailbox: bool = False


def event_key(call: str, leg: str | None, kind: FactKind) -> str:
    """Return the key of an event whose provider gives it no id: the same event is sent with the same key."""
    return "|".join((call, leg or "", kind))


def shown_cause(text: str) -> str | None:
    """Return the words of a cause as they are stored: at most 64 printable characters, None for none."""
    return "".join(char for char in text if char.isprintable())[:64] or None
