"""The queries `calls`, a company's dashboard (S4.2), and `callBoard`, the open calls for agents."""

from typing import Annotated
from uuid import UUID

import strawberry

from models.base.public_id import row_id_of
from models.base.refusal import Refusal
from models.base.role import Role
from models.calls.call_list import (
    LONGEST_SEARCH,
    MOST_ON_BOARD,
    NEWEST,
    CallFilter,
    board_of,
    list_calls,
)
from models.calls.call_views import CallView
from models.calls.limits import LONGEST_QUERY
from models.calls.refusals import CallRefusal
from models.contact_data import InvalidPhone, parse_phone
from rules.calls.call_mail import CallOutcome
from schema.calls.call_types import Call
from schema.calls.row_types import CALL
from schema.calls.rows import AskedCalls, may_read_calls
from schema.graphql.context import Info
from schema.graphql.errors import ClientError, forbidden
from schema.graphql.fast_path.list_plan import RowList
from schema.graphql.fast_path.roots import LISTS, VIEWS
from schema.graphql.pagination import (
    DEFAULT_PAGE,
    After,
    Connection,
    CountedPageOf,
    First,
    digest,
    slice_of,
)
from schema.graphql.period import PeriodInput

CallConnection = CountedPageOf[Call]


@strawberry.input(name="CallFilter", description="Filter for calls; all conditions given must match.")
class CallFilterInput:
    """Read into `models.calls.call_list.CallFilter`."""

    outcome: CallOutcome | None = strawberry.field(
        default=None, description="Only calls with this outcome at the current time."
    )
    employee_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only calls that wanted this employee or were put through to them."
    )
    agent_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only calls that this agent has; the ID of a user."
    )
    flagged: bool | None = strawberry.field(
        default=None, description="True for calls with flags only, false for calls without."
    )
    caller: str | None = strawberry.field(
        default=None, description="Only calls from this number, E.164. Forgotten calls do not match."
    )
    text: str | None = strawberry.field(
        default=None,
        description="Only calls whose note has this text in the caller's name or company or in the concern; "
        f"at most {LONGEST_QUERY} characters. Needs a `period` of at most {LONGEST_SEARCH.days} days.",
    )
    open: bool | None = strawberry.field(
        default=None, description="True for calls that have not ended, false for calls that have."
    )
    secretariat_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only calls to this secretariat; for agents and operators."
    )

    def read(self) -> CallFilter:
        """Validate and return the filter; raises `Refusal` or `ClientError` INVALID with the field."""
        text = (self.text or "").strip()
        if len(text) > LONGEST_QUERY or "\0" in text:
            raise ClientError(
                "INVALID",
                f"filter.text: must have at most {LONGEST_QUERY} printable characters.",
                ("filter", "text"),
            )
        try:
            caller = None if self.caller is None else parse_phone(self.caller, None).e164
        except InvalidPhone as error:
            raise error.refusal("filter", "caller") from error
        return CallFilter(
            self.outcome,
            _id(self.employee_id, "Employee", CallRefusal.EMPLOYEE_NOT_FOUND, "employeeId"),
            _id(self.agent_id, "User", CallRefusal.AGENT_NOT_FOUND, "agentId"),
            self.flagged,
            caller,
            text or None,
            self.open,
            _id(self.secretariat_id, "Secretariat", CallRefusal.SECRETARIAT_NOT_FOUND, "secretariatId"),
        )


def _id(global_id: str | None, type_name: str, unknown: CallRefusal, field: str) -> UUID | None:
    if global_id is None:
        return None
    found = row_id_of(global_id, type_name)
    if found is None:
        raise unknown.at("filter", field)
    return found


def asked_calls(
    first: int | None = DEFAULT_PAGE,
    after: str | None = None,
    period: PeriodInput | None = None,
    filter: CallFilterInput | None = None,  # noqa: A002 - the contract's name
) -> AskedCalls:
    """Read the arguments of `calls`. Raises `ClientError` with the argument."""
    try:
        criteria = (filter or CallFilterInput()).read()
        if period is not None:
            criteria = criteria.within(period.from_, period.to)
    except Refusal as error:
        raise ClientError.of(error) from error
    list_digest = digest("calls", criteria)
    return AskedCalls(criteria, list_digest, slice_of(NEWEST, list_digest, first, after))


VIEWS |= {"calls", "callBoard"}
LISTS["calls"] = RowList(CALL, asked_calls)


@strawberry.type
class CallListQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="The calls that you may see, newest first: a company's own, for its owners and members; "
        "for agents, open calls to companies that they may answer, and such calls until some time after "
        "their end; all for operators.",
        graphql_type=CallConnection | None,
    )
    async def calls(
        self,
        info: Info,
        first: First = 25,
        after: After = None,
        period: Annotated[
            PeriodInput | None,
            strawberry.argument(
                description="When the calls rang; at any time if omitted. A search for text needs it."
            ),
        ] = None,
        filter: Annotated[  # noqa: A002 - the contract's name
            CallFilterInput | None,
            strawberry.argument(description="Return only items that match; all items if omitted."),
        ] = None,
    ) -> Connection[CallView]:
        """List calls."""
        context = info.context
        viewer = may_read_calls(context)
        asked = asked_calls(first, after, period, filter)
        try:
            page = await list_calls(context.conn, viewer, asked.part, asked.criteria)
        except Refusal as error:
            raise ClientError.of(error) from error
        return Connection(page, asked.list_digest, lambda: asked.count(context))

    @strawberry.field(
        description="The open calls to companies that you may answer, for agents: unanswered calls first, "
        f"those that have rung longest first; at most {MOST_ON_BOARD}.",
        graphql_type=list[Call] | None,
    )
    async def call_board(self, info: Info) -> list[CallView]:
        """List open calls."""
        context = info.context
        viewer = context.signed_in()
        if Role.AGENT not in viewer.roles:
            raise forbidden("Only agents can read the board of open calls.")
        return await board_of(context.conn, viewer)
