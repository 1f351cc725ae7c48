"""GraphQL types of dispatches, their attempts and previews, of preferences, and of devices.

No address is ever shown, only what hints at it; a preview has no contact data and no tokens of links.
"""

from collections.abc import Sequence
from datetime import datetime

import strawberry

from models.calls.call_views import CallView
from models.calls.views import AnyEmployee, SecretariatView
from models.chat.views import ChatMessageView
from models.complaints.list import ComplaintView
from models.contacting.views import StopView
from models.feed.kinds import MessageSubject, NotificationGroup
from models.feed.wording.language import language_for
from models.feed.wording.letters import letter_words
from models.leads.views import ApplicationView, DeliveryView
from models.messages.channels.channel import Preview
from models.messages.devices.list import DeviceView
from models.messages.devices.tables import DeviceKind
from models.messages.list import AttemptView, DispatchView
from models.messages.preferences import PreferenceView
from models.messages.tables import DispatchReceipt, DispatchState
from rules.messages.dispatch import DispatchChannel, Necessity
from rules.messages.retry import DispatchOutcome
from schema.applications.loaders import ApplicationLoaders
from schema.calls.loaders import CallLoaders
from schema.chat.loaders import ChatLoaders
from schema.complaints.loaders import ComplaintLoaders
from schema.contacting.loaders import ContactingLoaders
from schema.deliveries.loaders import DeliveryLoaders
from schema.graphql.context import Info
from schema.graphql.decision import AnyDecision, Decision
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import PageOf
from schema.messages.loaders import DispatchLoaders
from schema.policies.loaders import PolicyLoaders

_Subject = (
    ApplicationView
    | DeliveryView
    | ComplaintView
    | ChatMessageView
    | SecretariatView
    | AnyEmployee
    | CallView
    | StopView
)


@strawberry.type(description="One attempt to send a dispatch.")
class DispatchAttempt:
    """Source: `AttemptView`."""

    number: int = strawberry.field(description="The number of the attempt, from 1.")
    started_at: datetime = strawberry.field(description="When it began.")
    ended_at: datetime | None = strawberry.field(description="When it ended; null while it lasts.")
    outcome: DispatchOutcome | None = strawberry.field(description="How it ended; null while it lasts.")
    code: str | None = strawberry.field(description="How it ended, in more detail, such as timed_out.")
    detail: str | None = strawberry.field(description="The provider's numeric codes, such as 550 5.1.1.")


@strawberry.type(
    description="What a dispatch would say if it were sent now, without addresses and tokens of links."
)
class DispatchPreview:
    """Source: `Preview`."""

    subject: str | None = strawberry.field(description="The subject, on channels that have one.")
    text: str = strawberry.field(description="The plain text.")
    html: str | None = strawberry.field(description="The HTML, on channels that have it.")
    headers: list[str] = strawberry.field(
        description="Headers of an email or of a push message, without addresses."
    )


@strawberry.type(description="One message to one recipient on one channel.")
class Dispatch(Node):
    """Source: `DispatchView`."""

    id: strawberry.ID = node_id("Dispatch")
    version: int = strawberry.field(description="Increases with every change; send it as `expectedVersion`.")
    channel: DispatchChannel = strawberry.field(description="The channel.")
    template: str = strawberry.field(description="The template of the message, such as contact_available.")
    necessity: Necessity = strawberry.field(description="Why it is sent.")
    state: DispatchState = strawberry.field(description="The state.")
    address_hint: str | None = strawberry.field(
        description="A hint at the current address, such as v***@d***.example; null without one."
    )
    created_at: datetime = strawberry.field(description="When the message was written.")
    not_before: datetime = strawberry.field(description="When it could be sent at the earliest.")
    next_attempt_at: datetime | None = strawberry.field(
        description="When it is sent, or tried again; null unless it is waiting."
    )
    expires_at: datetime | None = strawberry.field(description="When it is no longer sent.")
    sent_at: datetime | None = strawberry.field(description="When the provider accepted it.")
    receipt: DispatchReceipt | None = strawberry.field(description="What was reported about it later.")
    receipt_at: datetime | None = strawberry.field(description="When that was reported.")
    cost_cents: int | None = strawberry.field(description="What it cost, in euro cents; null if nothing.")

    @strawberry.field(description="Who it is for, without contact data.")
    def recipient(root: strawberry.Parent[DispatchView], info: Info) -> str:
        """Return name and company of a user or employee, or that it is the prospect."""
        copy = f"CC {root.copy}" if root.copy else None
        names = [name for name in (root.name, copy, root.company, root.endpoint) if name]
        return ", ".join(names) or letter_words(language_for(info.context.viewer.locale)).the_prospect

    @strawberry.field(
        description="What it is about: an application, delivery, complaint, chat message, do-not-contact "
        "stop, secretariat, employee or call; null if the viewer may not see it.",
        graphql_type=Node | None,
    )
    async def subject(root: strawberry.Parent[DispatchView], info: Info) -> _Subject | None:
        """Load the subject as the viewer sees it."""
        if root.about is MessageSubject.APPLICATION:
            return await info.context.load(ApplicationLoaders).by_id.load(root.subject_id)
        if root.about is MessageSubject.COMPLAINT:
            return await info.context.load(ComplaintLoaders).complaint.load(root.subject_id)
        if root.about is MessageSubject.DELIVERY:
            return await info.context.load(DeliveryLoaders).by_id.load(root.subject_id)
        if root.about is MessageSubject.CHAT_MESSAGE:
            return await info.context.load(ChatLoaders).message.load(root.subject_id)
        if root.about is MessageSubject.DO_NOT_CONTACT:
            return await info.context.load(ContactingLoaders).stop.load(root.subject_id)
        return await _of_secretariat(root, info.context.load(CallLoaders))

    @strawberry.field(
        description="Why it is sent, held or suppressed; for one that was never due, what would be decided "
        "now.",
        graphql_type=Decision,
    )
    async def decision(root: strawberry.Parent[DispatchView], info: Info) -> AnyDecision:
        """Load the recorded decision, or decide now."""
        if root.decision_id is not None:
            recorded = await info.context.load(PolicyLoaders).decision.load(root.decision_id)
            if recorded is not None:
                return recorded
        return await DispatchLoaders.of(info.context).decision.load(root.id)

    @strawberry.field(
        description="After an attempt that did not succeed: whether it is repeated, given up, or put to an "
        "operator, and why.",
        graphql_type=Decision | None,
    )
    async def retry_decision(root: strawberry.Parent[DispatchView], info: Info) -> AnyDecision | None:
        """Load the decision."""
        if root.retry_decision_id is None:
            return None
        return await info.context.load(PolicyLoaders).decision.load(root.retry_decision_id)

    @strawberry.field(
        description="The attempts, first to last; empty except for operators and, of webhooks, for owners.",
        graphql_type=list[DispatchAttempt],
    )
    async def attempts(root: strawberry.Parent[DispatchView], info: Info) -> Sequence[AttemptView]:
        """Load the attempts."""
        return await DispatchLoaders.of(info.context).attempts.load(root.id)

    @strawberry.field(
        description="What an operator wrote when settling or cancelling it; for operators.",
        graphql_type=str | None,
    )
    def comment(root: strawberry.Parent[DispatchView], info: Info) -> str | None:
        """Return it to operators only."""
        return root.comment if info.context.viewer.operator else None

    @strawberry.field(
        description="What it says; null if there is nothing left to say.",
        graphql_type=DispatchPreview | None,
    )
    async def preview(root: strawberry.Parent[DispatchView], info: Info) -> Preview | None:
        """Compose it as it would be sent now."""
        return await DispatchLoaders.of(info.context).preview.load(root.id)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a dispatch."""
        return isinstance(obj, DispatchView)


async def _of_secretariat(
    root: DispatchView, loaders: CallLoaders
) -> SecretariatView | AnyEmployee | CallView | None:
    """Load a secretariat, an employee or a call as the viewer sees it; None for other subjects."""
    if root.about is MessageSubject.SECRETARIAT:
        return await loaders.secretariat.load(root.subject_id)
    if root.about is MessageSubject.EMPLOYEE:
        return await loaders.employee.load(root.subject_id)
    return await loaders.call.load(root.subject_id) if root.about is MessageSubject.CALL else None


DispatchConnection = PageOf[Dispatch]


@strawberry.type(description="Whether the messages of a group are sent to the viewer on a channel.")
class NotificationPreference:
    """Source: `PreferenceView`."""

    group: NotificationGroup = strawberry.field(description="What the messages are about.")
    channel: DispatchChannel = strawberry.field(description="The channel.")
    on: bool = strawberry.field(
        description="Whether optional messages are sent; those that the contract or the law requires always "
        "are."
    )
    switchable: bool = strawberry.field(description="Whether any of the messages is optional.")

    @strawberry.field(description="Why it cannot be switched off; null if it can.")
    def reason(root: strawberry.Parent[PreferenceView], info: Info) -> str | None:
        """Return the reason in the viewer's language."""
        words = letter_words(language_for(info.context.viewer.locale))
        return None if root.switchable else words.required


@strawberry.type(description="A browser that gets the viewer's push messages.")
class Device(Node):
    """Source: `DeviceView`."""

    id: strawberry.ID = node_id("Device")
    kind: DeviceKind = strawberry.field(description="How it is reached.")
    name: str = strawberry.field(description="What the user calls it.")
    created_at: datetime = strawberry.field(description="When it was registered.")
    last_accepted_at: datetime | None = strawberry.field(
        description="When its push service last accepted a message; null if it never did."
    )

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a device."""
        return isinstance(obj, DeviceView)
