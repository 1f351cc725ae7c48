"""Check of "the address is wrong" by the domain of the email address.

Only the domain is sent to DNS, and the mailbox is never queried.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

from models.complaints.evidence.asking import Asking, Patience
from models.complaints.evidence.detail import Detail
from models.complaints.evidence.finding import DisputedContact, EvidenceFinding
from models.complaints.evidence.gathering import Check
from models.complaints.evidence.report import EvidenceReport, Now
from models.complaints.tables import EvidenceCheck
from models.outside.mail_exchange import MailAnswer, MailState, ask_mail_exchange, domain_of
from models.outside.resolver import Resolver
from rules.complaint import ComplaintReason

_DETAILS: Mapping[MailState, Detail] = {
    MailState.DOES_NOT_EXIST: Detail.DOMAIN_DOES_NOT_EXIST,
    MailState.NULL_MX: Detail.NULL_MX,
    MailState.NO_EXCHANGER: Detail.NO_MAIL_EXCHANGER,
    MailState.EXCHANGER: Detail.MAIL_EXCHANGER,
    MailState.ADDRESS_ONLY: Detail.ADDRESS_ONLY,
    MailState.RESERVED: Detail.RESERVED_DOMAIN,
}
_DENIALS = frozenset({MailState.DOES_NOT_EXIST, MailState.NULL_MX, MailState.NO_EXCHANGER})
_UNSURE = 70  # percent


def mail_domain(now: Now, resolver: Resolver, patience: Patience | None = None) -> Check:
    """Return the check by DNS: each domain is queried once and cached; a failed query is not evidence."""
    report = EvidenceReport(EvidenceCheck.MAIL_DOMAIN, "DNS", now)
    asking: Asking[str, MailAnswer | None] = Asking(
        "mail_domain", partial(ask_mail_exchange, resolver), patience or Patience()
    )

    async def check(contacts: Sequence[DisputedContact]) -> Mapping[UUID, Sequence[EvidenceFinding]]:
        asked = {
            contact.key: (contact.account_id, domain)
            for contact in contacts
            if contact.reason is ComplaintReason.WRONG_ADDRESS
            and contact.email
            and (domain := domain_of(contact.email))
        }
        answers = await asking.answers(asked.values())
        return {key: [_say(report, answer)] for key, one in asked.items() if (answer := answers[one])}

    return check


def _say(report: EvidenceReport, answer: MailAnswer) -> EvidenceFinding:
    detail = _DETAILS[answer.state]
    if answer.state not in _DENIALS:
        return report.notes(detail)
    return report.proves(detail) if answer.sure else report.suggests(detail, _UNSURE)
