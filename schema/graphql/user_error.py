"""GraphQL type of user errors: refusals as data in a mutation's payload."""

from collections.abc import Callable
from typing import TypeVar

import strawberry

from models.accounts.refusals import AccountRefusal, SessionRefusal
from models.applications.refusals import ApplicationRefusal
from models.base.refusal import RefusalCode, RefusalReason, Sentence, Wording
from models.base.refusals import RequestRefusal
from models.calls.phone.refusals import PhoneRefusal
from models.calls.refusals import CallRefusal
from models.chat.refusals import ChatRefusal
from models.complaints.refusals import ComplaintRefusal
from models.contact_data.refusals import ContactDataRefusal
from models.contacting.refusals import ContactingRefusal
from models.deliveries.refusals import DeliveryRefusal
from models.feed.refusals import NotificationRefusal
from models.feed.wording.refusals import refusal_message, sentence_message
from models.files.refusals import FileRefusal
from models.leads.refusals import LeadRefusal
from models.ledger.refusals import PointsRefusal
from models.messages.refusals import MessageRefusal
from models.policies.refusals import PolicyRefusal
from models.smart_data.refusals import SmartDataRefusal
from models.tabular.refusals import TableRefusal
from schema.graphql import error_reasons  # noqa: F401 - enums are described before a type uses them
from schema.graphql.context import Context, Info
from schema.graphql.decision import AnyDecision, Decision
from schema.graphql.errors import RefusalView

R = TypeVar("R", bound=RefusalReason)


def _of(reasons: type[R]) -> Callable[[RefusalView], R | None]:
    def reason_of(root: strawberry.Parent[RefusalView]) -> R | None:
        return root.reason if isinstance(root.reason, reasons) else None

    return reason_of


def _message(root: strawberry.Parent[RefusalView], info: Info) -> str:
    context = info.context
    return refusal_message(root, context.locale, context.viewer.time_zone)


def text_for(context: Context, sentence: Sentence[Wording]) -> str:
    """Return a problem or warning of a row in the viewer's language."""
    return sentence_message(sentence, context.locale, context.viewer.time_zone)


def _decision(root: strawberry.Parent[RefusalView]) -> AnyDecision | None:
    return root.decision


def _reason(root: strawberry.Parent[RefusalView]) -> str:
    return root.reason.name if root.reason else root.code.name


@strawberry.type(description="Why a mutation failed; nothing was changed.")
class UserError:
    """Source: `schema.graphql.errors.RefusalView`."""

    code: RefusalCode = strawberry.field(description="The kind of error.")
    field: list[str] = strawberry.field(
        description="The path of the invalid input field; empty if no field is at fault."
    )
    message: str = strawberry.field(
        resolver=_message,
        description="What is wrong, and how to fix it, in the language of the signed-in user or, before "
        "sign-in, in that of `Accept-Language`: English, German, Polish or Romanian.",
    )
    retry_after_seconds: int | None = strawberry.field(
        description="The number of seconds to wait before you retry; null if waiting does not help."
    )
    decision: AnyDecision | None = strawberry.field(
        resolver=_decision,
        graphql_type=Decision | None,
        description="The decision that led to the refusal, if a rule refused.",
    )
    reason: str = strawberry.field(
        resolver=_reason,
        description="The name of the reason. The field of its domain, such as `leadReason`, returns it as a "
        "member of an enum.",
    )
    account_reason: AccountRefusal | None = strawberry.field(
        resolver=_of(AccountRefusal),
        description="The reason, if it is about accounts and users.",
    )
    application_reason: ApplicationRefusal | None = strawberry.field(
        resolver=_of(ApplicationRefusal),
        description="The reason, if it is about applications and meetings.",
    )
    call_reason: CallRefusal | None = strawberry.field(
        resolver=_of(CallRefusal),
        description="The reason, if it is about secretariats and their employees.",
    )
    chat_reason: ChatRefusal | None = strawberry.field(
        resolver=_of(ChatRefusal),
        description="The reason, if it is about chats of applications.",
    )
    complaint_reason: ComplaintRefusal | None = strawberry.field(
        resolver=_of(ComplaintRefusal),
        description="The reason, if it is about complaints.",
    )
    contacting_reason: ContactingRefusal | None = strawberry.field(
        resolver=_of(ContactingRefusal),
        description="The reason, if it is about contacting persons.",
    )
    contact_data_reason: ContactDataRefusal | None = strawberry.field(
        resolver=_of(ContactDataRefusal),
        description="The reason, if it is about contact data and other texts.",
    )
    delivery_reason: DeliveryRefusal | None = strawberry.field(
        resolver=_of(DeliveryRefusal),
        description="The reason, if it is about deliveries, offers and purchases.",
    )
    dispatch_reason: MessageRefusal | None = strawberry.field(
        resolver=_of(MessageRefusal),
        description="The reason, if it is about dispatches and preferences of messages.",
    )
    file_reason: FileRefusal | None = strawberry.field(
        resolver=_of(FileRefusal),
        description="The reason, if it is about files.",
    )
    lead_reason: LeadRefusal | None = strawberry.field(
        resolver=_of(LeadRefusal),
        description="The reason, if it is about publishing and importing leads.",
    )
    notification_reason: NotificationRefusal | None = strawberry.field(
        resolver=_of(NotificationRefusal),
        description="The reason, if it is about notifications.",
    )
    phone_reason: PhoneRefusal | None = strawberry.field(
        resolver=_of(PhoneRefusal),
        description="The reason, if it is about telephone systems.",
    )
    policy_reason: PolicyRefusal | None = strawberry.field(
        resolver=_of(PolicyRefusal),
        description="The reason, if it is about policies.",
    )
    points_reason: PointsRefusal | None = strawberry.field(
        resolver=_of(PointsRefusal),
        description="The reason, if it is about points.",
    )
    request_reason: RequestRefusal | None = strawberry.field(
        resolver=_of(RequestRefusal),
        description="The reason, if it is about requests in general.",
    )
    session_reason: SessionRefusal | None = strawberry.field(
        resolver=_of(SessionRefusal),
        description="The reason, if it is about signing in and sessions.",
    )
    smart_data_reason: SmartDataRefusal | None = strawberry.field(
        resolver=_of(SmartDataRefusal),
        description="The reason, if it is about smart contact data and organisations.",
    )
    table_reason: TableRefusal | None = strawberry.field(
        resolver=_of(TableRefusal),
        description="The reason, if it is about the contents of uploaded tables.",
    )
