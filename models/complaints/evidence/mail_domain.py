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
from models.complaints.evidence.mail_exchange import MailAnswer, Resolver, ask_mail_exchange, domain_of
from models.complaints.evidence.report import EvidenceReport, Now
from models.complaints.tables import EvidenceCheck
from rules.complaint import ComplaintReason

_DENIALS = frozenset({Detail.DOMAIN_DOES_NOT_EXIST, Detail.NULL_MX, Detail.NO_MAIL_EXCHANGER})
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
    if answer.detail not in _DENIALS:
        return report.notes(answer.detail)
    return report.proves(answer.detail) if answer.sure else report.suggests(answer.detail, _UNSURE)
