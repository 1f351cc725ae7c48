"""What a check of a draft can find: codes, how serious they are, and which field they are about."""

from dataclasses import dataclass
from enum import StrEnum

from rules import Decision


class DraftSeverity(StrEnum):
    """REFUSED must not be sent, a WARNING should be mended, a HINT makes the email better."""

    REFUSED = "REFUSED"
    WARNING = "WARNING"
    HINT = "HINT"


class DraftCode(StrEnum):
    """What was found."""

    CONTACT_NOT_ALLOWED = "CONTACT_NOT_ALLOWED"
    SUBJECT_EMPTY = "SUBJECT_EMPTY"
    SUBJECT_ONLY_REPLY = "SUBJECT_ONLY_REPLY"
    SUBJECT_GENERIC = "SUBJECT_GENERIC"
    SUBJECT_TOO_LONG = "SUBJECT_TOO_LONG"
    SUBJECT_UNRELATED = "SUBJECT_UNRELATED"
    TEXT_EMPTY = "TEXT_EMPTY"
    ATTACHMENT_MISSING = "ATTACHMENT_MISSING"
    QUOTE_MISSING = "QUOTE_MISSING"
    SENDER_ANONYMOUS = "SENDER_ANONYMOUS"
    NAME_MISSING = "NAME_MISSING"
    ROLE_MISSING = "ROLE_MISSING"
    COMPANY_MISSING = "COMPANY_MISSING"
    SITE_MISSING = "SITE_MISSING"
    OTHER_CHANNEL_MISSING = "OTHER_CHANNEL_MISSING"
    REFUSAL_MISSING = "REFUSAL_MISSING"
    LINK_NOT_HTTPS = "LINK_NOT_HTTPS"
    LINK_DECEIVES = "LINK_DECEIVES"


REFUSED, WARNING, HINT = DraftSeverity

SEVERITY = {
    DraftCode.CONTACT_NOT_ALLOWED: REFUSED,
    DraftCode.SUBJECT_EMPTY: WARNING,
    DraftCode.SUBJECT_ONLY_REPLY: WARNING,
    DraftCode.SUBJECT_GENERIC: WARNING,
    DraftCode.SUBJECT_TOO_LONG: HINT,
    DraftCode.SUBJECT_UNRELATED: HINT,
    DraftCode.TEXT_EMPTY: WARNING,
    DraftCode.ATTACHMENT_MISSING: WARNING,
    DraftCode.QUOTE_MISSING: HINT,
    DraftCode.SENDER_ANONYMOUS: REFUSED,
    DraftCode.NAME_MISSING: WARNING,
    DraftCode.ROLE_MISSING: HINT,
    DraftCode.COMPANY_MISSING: WARNING,
    DraftCode.SITE_MISSING: HINT,
    DraftCode.OTHER_CHANNEL_MISSING: HINT,
    DraftCode.REFUSAL_MISSING: WARNING,
    DraftCode.LINK_NOT_HTTPS: WARNING,
    DraftCode.LINK_DECEIVES: WARNING,
}


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """One finding about one field of the input; it holds nothing of the draft's texts.

    `decision` is that about the right to write, for CONTACT_NOT_ALLOWED.
    """

    code: DraftCode
    field: str
    decision: Decision | None = None

    @property
    def severity(self) -> DraftSeverity:
        """How serious it is."""
        return SEVERITY[self.code]
