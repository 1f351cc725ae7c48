"""What a public source is asked, and what it answers."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from models.contact_data.redaction import Redacted


class OutsideSource(StrEnum):
    """Who is asked."""

    WEBSITE = "WEBSITE"
    MAIL_DNS = "MAIL_DNS"
    RDAP = "RDAP"
    GRAVATAR = "GRAVATAR"
    OPENPGP = "OPENPGP"
    VIES = "VIES"
    REGISTER = "REGISTER"


class OutsideOutcome(StrEnum):
    """How asking one source ended."""

    FOUND = "FOUND"
    NOTHING = "NOTHING"
    UNREACHABLE = "UNREACHABLE"
    TIMED_OUT = "TIMED_OUT"
    TOO_LARGE = "TOO_LARGE"
    NOT_ALLOWED_BY_SITE = "NOT_ALLOWED_BY_SITE"
    BAD_ANSWER = "BAD_ANSWER"
    BUSY = "BUSY"
    SKIPPED = "SKIPPED"


class LookUp(StrEnum):
    """What a found field is about."""

    PERSON = "PERSON"
    ORGANISATION = "ORGANISATION"


class FoundKind(StrEnum):
    """What was found."""

    NAME = "NAME"
    LEGAL_NAME = "LEGAL_NAME"
    DESCRIPTION = "DESCRIPTION"
    LOGO = "LOGO"
    PICTURE = "PICTURE"
    WEBSITE = "WEBSITE"
    ADDRESS = "ADDRESS"
    COUNTRY = "COUNTRY"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    OPENING_HOURS = "OPENING_HOURS"
    LANGUAGES = "LANGUAGES"
    INDUSTRY = "INDUSTRY"
    EMPLOYEES = "EMPLOYEES"
    FOUNDED_ON = "FOUNDED_ON"
    VAT_ID = "VAT_ID"
    REGISTER_NUMBER = "REGISTER_NUMBER"
    STATUS_IN_REGISTER = "STATUS_IN_REGISTER"
    PROFILE = "PROFILE"
    JOB_TITLE = "JOB_TITLE"
    LOCATION = "LOCATION"
    PRONOUNS = "PRONOUNS"
    OPENPGP_KEY = "OPENPGP_KEY"
    MAIL_PROVIDER = "MAIL_PROVIDER"
    MAIL_PROTECTION = "MAIL_PROTECTION"
    DOMAIN_REGISTERED_ON = "DOMAIN_REGISTERED_ON"
    DOMAIN_EXPIRES_ON = "DOMAIN_EXPIRES_ON"
    REGISTRAR = "REGISTRAR"


@dataclass(frozen=True, slots=True, repr=False)
class Question(Redacted):
    """What is looked up: a person by `email`, or an organisation by `domain` alone.

    `domain` is registrable, in ASCII and lower case; None for a person at a mail provider, whose domain says
    nothing about them. `asker` is for whom: nothing that is kept of an answer is used for anybody else.
    """

    about: LookUp
    email: str | None
    domain: str | None
    asker: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Found(Redacted):
    """One value that a source gave: plain text of at most 300 characters, without control characters.

    `url` is where a value that is a link leads (a profile, a picture), `source_url` the address that was
    read, `stated_at` the time that the source gives for it. `doubtful`: the source contradicts itself about
    whom it describes. `image` holds the bytes of a logo or picture, re-encoded as PNG of at most 256 pixels.
    """

    kind: FoundKind
    about: LookUp
    value: str
    source_url: str | None = None
    url: str | None = None
    stated_at: datetime | None = None
    doubtful: bool = False
    image: bytes | None = field(default=None)


@dataclass(frozen=True, slots=True, repr=False)
class SourceAnswer(Redacted):
    """What one source answered, and how long it took; `found` is empty unless the outcome is FOUND."""

    source: OutsideSource
    outcome: OutsideOutcome
    found: tuple[Found, ...] = ()
    milliseconds: int | None = None
