"""Terms of contacting a person: by which medium, what for, and on what footing."""

from enum import StrEnum

__all__ = ["ConsentState", "ContactBasis", "ContactPurpose", "ContactStop", "Medium"]


class Medium(StrEnum):
    """How a person is contacted; a voicemail is a CALL."""

    CALL = "CALL"
    SMS = "SMS"
    EMAIL = "EMAIL"
    CHAT = "CHAT"
    MEETING = "MEETING"


class ContactPurpose(StrEnum):
    """What a person is contacted for; SERVICE is what law or contract demands."""

    THE_LEAD = "THE_LEAD"
    OTHER_OFFER = "OTHER_OFFER"
    NEWSLETTER = "NEWSLETTER"
    SERVICE = "SERVICE"


class ConsentState(StrEnum):
    """Whether the person has consented to one purpose by one medium."""

    NONE = "NONE"
    PENDING = "PENDING"
    GRANTED = "GRANTED"
    WITHDRAWN = "WITHDRAWN"
    LAPSED = "LAPSED"


class ContactStop(StrEnum):
    """How far a stop or an erasure reaches for one medium; the widest counts."""

    NONE = "NONE"
    MEDIUM = "MEDIUM"
    ALL = "ALL"
    ERASED = "ERASED"


class ContactBasis(StrEnum):
    """Why an account has the contact data of a lead.

    OPEN_ASKED: the person published the need, or accepted the account's application. OPEN_NOT_ASKED: the
    contact was imported, bought or recorded.
    """

    CLOSED = "CLOSED"
    OPEN_ASKED = "OPEN_ASKED"
    OPEN_NOT_ASKED = "OPEN_NOT_ASKED"
