"""GraphQL types of notices: who is told of a call, why, and what it costs. Agents get no addresses."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import strawberry

from models.calls.list import manages
from models.calls.notice_list import NoticeView
from models.calls.notices import Notice
from models.calls.views import AnyEmployee, EmployeeView
from rules.calls.call_mail import CallOutcome
from rules.messages.dispatch import DispatchChannel
from schema.calls.employee_types import Employee
from schema.calls.loaders import CallLoaders
from schema.graphql.context import Info
from schema.graphql.decision import AnyDecision, Decision
from schema.graphql.node import Node, node_id
from schema.graphql.scalars import EmailAddress
from schema.policies.loaders import PolicyLoaders


@strawberry.type(description="Whether and why an employee is told of a call on a channel.")
class CallNotice(Node):
    """Source: `NoticeView`."""

    id: strawberry.ID = node_id("CallNotice")
    channel: DispatchChannel = strawberry.field(description="How: by email or by text message.")
    sent_at: datetime | None = strawberry.field(
        description="When the mail server or provider accepted it for the employee; null if it did not."
    )
    cents: int = strawberry.field(description="What it cost, in euro cents.")

    @strawberry.field(description="The employee, also one who was removed since.", graphql_type=Employee)
    async def employee(root: strawberry.Parent[NoticeView], info: Info) -> AnyEmployee | None:
        """Load the employee."""
        return await info.context.load(CallLoaders).once_employed.load(root.employee_id)

    @strawberry.field(description="Why it is sent, or why not.", graphql_type=Decision)
    async def decision(root: strawberry.Parent[NoticeView], info: Info) -> AnyDecision | None:
        """Load the recorded decision."""
        return await info.context.load(PolicyLoaders).decision.load(root.decision_id)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a notice."""
        return isinstance(obj, NoticeView)


@strawberry.type(description="Who is told if a call ends in a certain way, and what that costs.")
class CallNoticePreview:
    """Source: `Notice`."""

    outcome: CallOutcome = strawberry.field(description="How the call ends.")
    mail: Decision = strawberry.field(description="What the email says, and why.")
    sms: Decision | None = strawberry.field(
        description="Whether a text message is sent, and why; null for a copy, which goes by email only: to "
        "the employee who was wanted when another one accepted the call."
    )
    sms_cents: int = strawberry.field(description="What the text message costs, in euro cents; 0 without.")

    @strawberry.field(description="The employee who is told.", graphql_type=Employee)
    async def employee(root: strawberry.Parent[Notice], info: Info) -> AnyEmployee | None:
        """Load the employee as the viewer sees them."""
        return await info.context.load(CallLoaders).once_employed.load(root.employee.id)

    @strawberry.field(
        description="Who gets a copy of the email; empty for agents.", graphql_type=list[EmailAddress]
    )
    async def cc(root: strawberry.Parent[Notice], info: Info) -> Sequence[str]:
        """Load the employee, who has no addresses as agents see them."""
        found = await info.context.load(CallLoaders).once_employed.load(root.employee.id)
        return found.cc if isinstance(found, EmployeeView) else ()


async def _load(root: strawberry.Parent[Any], info: Info) -> list[NoticeView] | None:
    if not manages(info.context.viewer):
        return None
    return await info.context.load(CallLoaders).notices.load(root.id)


def notices_of_call() -> Any:
    """Return the field `notices` of a call, whose source has the call's `id`."""
    return strawberry.field(
        resolver=_load,
        description="Who was told of the call and why, in the order of the decisions; null for agents.",
        graphql_type=list[CallNotice] | None,
    )
