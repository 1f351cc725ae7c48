"""GraphQL types of a call, the attempts to put it through and its note.

Companies see who answered by name only, and agents see employees without addresses and numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import strawberry

from models.calls import state
from models.calls.call_note import summary_of
from models.calls.call_tables import CallFlag, TransferResult
from models.calls.call_views import AttemptView, CallView, NoteView
from models.calls.caller_id import CallerTrust
from models.calls.preview import CallAsked
from models.calls.routes import Routes
from models.calls.views import AnyEmployee, AskedFieldView, SecretariatView
from models.calls.words import BuiltInField
from models.leads.views import LeadView
from rules.calls.call_closing import CallState
from rules.calls.call_mail import CallOutcome
from schema.calls.employee_types import Employee
from schema.calls.loaders import CallLoaders
from schema.calls.notices import notices_of_call
from schema.calls.routes import CallRoutes, CallScript
from schema.calls.types import Secretariat
from schema.graphql.context import Info
from schema.graphql.decision import AnyDecision, Decision
from schema.graphql.following.shareable import SHAREABLE
from schema.graphql.node import Node, node_id
from schema.graphql.scalars import PhoneNumber
from schema.leads.loaders import LeadLoaders
from schema.leads.types import Lead
from schema.policies.loaders import PolicyLoaders


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What became of an asked field in a note."""

    key: str
    label: str
    value: str | None
    refused: bool
    waived: bool


@strawberry.type(description="The agent who has a call, by name only.")
class CallAgent:
    """Source: `CallView`."""

    @strawberry.field(description="The display name.")
    def name(root: strawberry.Parent[CallView]) -> str:
        """Return the name."""
        return root.agent_name or ""

    # In `callUpdates`, results are shared by those who have the call, and by all others.
    @strawberry.field(description="Whether that is you.", metadata=SHAREABLE)
    def me(root: strawberry.Parent[CallView], info: Info) -> bool:
        """Return whether the viewer has the call."""
        return root.agent_id == info.context.viewer.user_id


@strawberry.type(description="An attempt to put a call through to an employee.")
class TransferAttempt(Node):
    """Source: `AttemptView`."""

    id: strawberry.ID = node_id("TransferAttempt")
    ordinal: int = strawberry.field(description="Its place among the call's attempts, from 1.")
    result: TransferResult = strawberry.field(description="What became of it.")
    started_at: datetime = strawberry.field(description="When the employee was first rung.")
    talk_seconds: int | None = strawberry.field(
        description="How many seconds the caller talked to the employee; null if that is not known."
    )
    measured: bool = strawberry.field(description="Whether a telephone system measured that.")
    message_for_caller: str | None = strawberry.field(description="The employee's message for the caller.")

    @strawberry.field(
        description="When the talk ended, or else the attempt; null while the employee is tried or talks."
    )
    def ended_at(root: strawberry.Parent[AttemptView]) -> datetime | None:
        """Return the end."""
        return state.attempt_over_at(root.result, root.result_at, root.ended_at)

    @strawberry.field(description="The employee, also one who was removed since.", graphql_type=Employee)
    async def employee(root: strawberry.Parent[AttemptView], info: Info) -> AnyEmployee | None:
        """Load the employee."""
        return await info.context.load(CallLoaders).once_employed.load(root.employee_id)

    @strawberry.field(description="Why the employee got the call.", graphql_type=Decision)
    async def decision(root: strawberry.Parent[AttemptView], info: Info) -> AnyDecision | None:
        """Load the recorded decision."""
        return await info.context.load(PolicyLoaders).decision.load(root.decision_id)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is an attempt."""
        return isinstance(obj, AttemptView)


@strawberry.type(description="What became of something that the caller was asked.")
class AskedFieldAnswer:
    """Source: `AnswerView`."""

    key: str = strawberry.field(description="The key of the asked field.")
    label: str = strawberry.field(description="What it is called; the key if it is no longer asked.")
    value: str | None = strawberry.field(description="The answer.")
    refused: bool = strawberry.field(description="Whether the caller did not want to say.")
    waived: bool = strawberry.field(description="Whether the caller's VIP entry says not to ask.")


@strawberry.type(description="What a caller left; all fields are empty once the caller is forgotten.")
class CallNote:
    """Source: `NoteView`."""

    version: int = strawberry.field(description="1, and one more with every correction.")
    name: str | None = strawberry.field(description="The caller's name.")
    company: str | None = strawberry.field(description="The caller's company.")
    phone: str | None = strawberry.field(
        description="The number to call back: E.164, or what the caller said if that is not a number."
    )
    concern: str | None = strawberry.field(description="What the caller wants.")
    urgent: bool = strawberry.field(description="Whether it is urgent.")
    callback_by: datetime | None = strawberry.field(description="By when the caller wants to be called back.")

    @strawberry.field(
        description="What became of each asked field, in order, and of fields that are no longer asked.",
        graphql_type=list[AskedFieldAnswer],
    )
    async def answers(root: strawberry.Parent[NoteView], info: Info) -> list[AnswerView]:
        """Load what is asked, for the labels."""
        asked = await info.context.load(CallLoaders).asked_fields.load(root.secretariat_id)
        return _answers(root, asked)


def _answers(note: NoteView, asked: Sequence[AskedFieldView]) -> list[AnswerView]:
    values: dict[str, str | None] = {
        BuiltInField.NAME: note.name,
        BuiltInField.COMPANY: note.company,
        BuiltInField.PHONE: note.phone,
        BuiltInField.CONCERN: note.concern,
        **note.answers,
    }
    labels = {one.key: one.label for one in asked}
    keys = dict.fromkeys([*labels, *values, *note.refused_keys, *note.waived_keys])
    return [
        AnswerView(
            key, labels.get(key, key), values.get(key), key in note.refused_keys, key in note.waived_keys
        )
        for key in keys
    ]


@strawberry.type(description="A call to a company.")
class Call(Node):
    """Source: `CallView`."""

    id: strawberry.ID = node_id("Call")
    version: int = strawberry.field(description="Increases with every change; send it as `expectedVersion`.")
    dialled: PhoneNumber = strawberry.field(description="The number that the caller dialled.")
    ringing_at: datetime = strawberry.field(name="startedAt", description="When it first rang.")
    answered_at: datetime | None = strawberry.field(description="When an agent answered.")
    hung_up_at: datetime | None = strawberry.field(
        description="When the caller hung up; null if that is not known, as without a telephone system."
    )
    ended_at: datetime | None = strawberry.field(
        description="When its agent finished it, or its deadline closed it."
    )
    forgotten_at: datetime | None = strawberry.field(description="When the caller's data was erased.")
    attempts: list[TransferAttempt] = strawberry.field(
        description="The attempts to put it through, in order."
    )
    note: CallNote | None = strawberry.field(description="What the caller left; null without a note.")
    notices = notices_of_call()

    @strawberry.field(
        description="What an agent sees of it: greeting, questions, FAQ and what is known of the caller.",
        graphql_type=CallScript,
    )
    async def script(root: strawberry.Parent[CallView], info: Info) -> CallAsked | None:
        """Read the script."""
        return await info.context.load(CallLoaders).script.load(root)

    @strawberry.field(
        description="The routes that are left towards the wanted employee; those of a call for nobody in "
        "particular if the employee was removed since.",
        graphql_type=CallRoutes,
    )
    async def routes(root: strawberry.Parent[CallView], info: Info) -> Routes | None:
        """Decide the routes."""
        loaders = info.context.load(CallLoaders)
        asked = await loaders.script.load(root)
        if asked is None:
            return None
        left = await loaders.routes.load((asked, root.wanted_employee_id))
        return left or await loaders.routes.load((asked, None))

    @strawberry.field(
        description="The company's set-up.",
        graphql_type=Secretariat,
        metadata=SHAREABLE,
    )
    async def secretariat(root: strawberry.Parent[CallView], info: Info) -> SecretariatView | None:
        """Load the secretariat."""
        return await info.context.load(CallLoaders).secretariat.load(root.secretariat_id)

    @strawberry.field(
        description="The caller's number; null if it is withheld, unreadable or forgotten.",
        graphql_type=PhoneNumber | None,
    )
    def caller(root: strawberry.Parent[CallView]) -> str | None:
        """Return the number."""
        return root.caller.e164

    @strawberry.field(description="What the caller's telephone presents; null if nothing, or forgotten.")
    def caller_shown(root: strawberry.Parent[CallView]) -> str | None:
        """Return the text."""
        return root.caller.shown or None

    @strawberry.field(description="How far the number can be trusted.")
    def caller_trust(root: strawberry.Parent[CallView]) -> CallerTrust:
        """Return the trust."""
        return root.caller.trust

    @strawberry.field(description="Its state.")
    def state(root: strawberry.Parent[CallView]) -> CallState:
        """Derive the state."""
        return state.state_of(root)[0]

    @strawberry.field(
        description="What became of it; null while it is open, unless the caller has hung up unanswered."
    )
    def outcome(root: strawberry.Parent[CallView]) -> CallOutcome | None:
        """Derive the outcome."""
        return state.outcome_of(root)

    @strawberry.field(description="What is unusual about it.")
    def flags(root: strawberry.Parent[CallView]) -> list[CallFlag]:
        """Return the flags in alphabetical order."""
        return sorted(root.flags)

    @strawberry.field(description="When it is closed if nothing else happens; null if it has ended.")
    def closes_at(root: strawberry.Parent[CallView]) -> datetime | None:
        """Return the due time."""
        return root.due_at

    @strawberry.field(
        description="Why it stays open, or why it was closed: by its agent or by its deadline.",
        graphql_type=Decision,
    )
    async def closing(root: strawberry.Parent[CallView], info: Info) -> AnyDecision | None:
        """Load the recorded decision, or return that of now."""
        if root.closing_decision_id is None:
            return root.closing
        return await info.context.load(PolicyLoaders).decision.load(root.closing_decision_id)

    @strawberry.field(description="How many seconds it rang; null while it does.")
    def wait_seconds(root: strawberry.Parent[CallView]) -> int | None:
        """Derive the seconds."""
        return state.wait_seconds(root)

    @strawberry.field(
        description="How many seconds the agent talked to the caller; as typed if no end is known."
    )
    def talk_seconds(root: strawberry.Parent[CallView]) -> int | None:
        """Derive the seconds."""
        return state.talk_seconds(root)

    @strawberry.field(description="How many seconds an employee talked to the caller; null if not known.")
    def transferred_seconds(root: strawberry.Parent[CallView]) -> int | None:
        """Derive the seconds."""
        return state.transferred_seconds(root)

    @strawberry.field(description="The note in at most 120 characters; null without one.")
    def summary(root: strawberry.Parent[CallView]) -> str | None:
        """Shorten the note."""
        return None if root.note is None else summary_of(root.note)

    @strawberry.field(
        description="The agent who has it; null while nobody does.", graphql_type=CallAgent | None
    )
    def agent(root: strawberry.Parent[CallView]) -> CallView | None:
        """Return the call, which has the agent's name."""
        return None if root.agent_id is None else root

    @strawberry.field(
        description="The employee whom the caller wants, also one who was removed since; null for nobody in "
        "particular.",
        graphql_type=Employee | None,
    )
    async def wanted_employee(root: strawberry.Parent[CallView], info: Info) -> AnyEmployee | None:
        """Load the employee."""
        if root.wanted_employee_id is None:
            return None
        return await info.context.load(CallLoaders).once_employed.load(root.wanted_employee_id)

    @strawberry.field(
        description="The company's newest lead whose contact data has the caller's number and is visible to "
        "the company; null for agents.",
        graphql_type=Lead | None,
    )
    async def lead(root: strawberry.Parent[CallView], info: Info) -> LeadView | None:
        """Find the lead and load it as the viewer sees it."""
        if root.caller.e164 is None:
            return None
        found = await info.context.load(CallLoaders).lead.load((root.account_id, root.caller.e164))
        return None if found is None else await info.context.load(LeadLoaders).by_id.load(found)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a call."""
        return isinstance(obj, CallView)
