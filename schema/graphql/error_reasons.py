"""Registry of error reasons, one enum per domain: their names in the API, and their descriptions.

The enums of the SDL, the fields of `UserError` and the catalogue in docs/errors.md are generated from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from models.accounts.refusals import AccountRefusal, SessionRefusal
from models.applications.refusals import ApplicationRefusal
from models.base.refusal import RefusalReason
from models.base.refusals import RequestRefusal
from models.calls.phone.refusals import PhoneRefusal
from models.calls.refusals import CallRefusal
from models.chat.refusals import ChatRefusal
from models.complaints.refusals import ComplaintRefusal
from models.contact_data.refusals import ContactDataRefusal
from models.contacting.refusals import ContactingRefusal
from models.deliveries.refusals import DeliveryRefusal
from models.feed.refusals import NotificationRefusal
from models.files.refusals import FileRefusal
from models.leads.refusals import LeadRefusal
from models.ledger.refusals import PointsRefusal
from models.messages.refusals import MessageRefusal
from models.policies.refusals import PolicyRefusal
from models.smart_data.refusals import SmartDataRefusal
from models.tabular.refusals import TableRefusal
from schema.graphql.enums import describe


@dataclass(frozen=True, slots=True)
class ReasonDomain:
    """A domain's enum, its name in the API, and what its reasons are about."""

    reasons: type[RefusalReason]
    name: str
    about: str

    @property
    def field(self) -> str:
        """The field of `UserError`, such as `leadReason`."""
        domain = self.name.removesuffix("ErrorReason")
        return f"{domain[0].lower()}{domain[1:]}Reason"


DOMAINS = (
    ReasonDomain(AccountRefusal, "AccountErrorReason", "accounts and users"),
    ReasonDomain(ApplicationRefusal, "ApplicationErrorReason", "applications and meetings"),
    ReasonDomain(CallRefusal, "CallErrorReason", "secretariats and their employees"),
    ReasonDomain(ChatRefusal, "ChatErrorReason", "chats of applications"),
    ReasonDomain(ContactingRefusal, "ContactingErrorReason", "contacting persons"),
    ReasonDomain(ComplaintRefusal, "ComplaintErrorReason", "complaints"),
    ReasonDomain(ContactDataRefusal, "ContactDataErrorReason", "contact data and other texts"),
    ReasonDomain(DeliveryRefusal, "DeliveryErrorReason", "deliveries, offers and purchases"),
    ReasonDomain(MessageRefusal, "DispatchErrorReason", "dispatches, preferences of messages, and devices"),
    ReasonDomain(FileRefusal, "FileErrorReason", "files"),
    ReasonDomain(LeadRefusal, "LeadErrorReason", "publishing and importing leads"),
    ReasonDomain(NotificationRefusal, "NotificationErrorReason", "notifications and banners"),
    ReasonDomain(PhoneRefusal, "PhoneErrorReason", "telephone systems"),
    ReasonDomain(PolicyRefusal, "PolicyErrorReason", "drafts, trials and publication of policies"),
    ReasonDomain(PointsRefusal, "PointsErrorReason", "points"),
    ReasonDomain(RequestRefusal, "RequestErrorReason", "requests in general"),
    ReasonDomain(SessionRefusal, "SessionErrorReason", "signing in and sessions"),
    ReasonDomain(SmartDataRefusal, "SmartDataErrorReason", "smart contact data and organisations"),
    ReasonDomain(TableRefusal, "TableErrorReason", "the contents of uploaded tables"),
)

for _domain in DOMAINS:
    describe(
        _domain.reasons,
        f"Reasons why a mutation failed: {_domain.about}. More may be added.",
        {reason.name: reason.why.description for reason in _domain.reasons},
        name=_domain.name,
    )


def all_reasons() -> Iterator[tuple[ReasonDomain, RefusalReason]]:
    """Yield each reason with its domain."""
    for domain in DOMAINS:
        for reason in domain.reasons:
            yield domain, reason


def catalogue() -> str:
    """Return the tables of reasons in docs/errors.md, in Markdown."""
    parts = []
    for domain in DOMAINS:
        rows = [
            f"| `{reason.name}` | `{reason.why.code}` | {reason.why.description} |"
            for reason in domain.reasons
        ]
        heading = f"### `{domain.field}`: {domain.about}"
        parts.append("\n".join([heading, "", "| reason | code | meaning |", "|---|---|---|", *rows, ""]))
    return "\n".join(parts)
