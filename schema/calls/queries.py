"""The queries `secretariat`, `callRoutePreview` and `callCoverage`."""

from datetime import datetime
from typing import Annotated

import strawberry

from models.base.refusal import Refusal
from models.base.refusals import RequestRefusal
from models.base.role import Role
from models.calls.hours import SpanDraft
from models.calls.limits import MOST_COVERED_EMPLOYEES, MOST_SPANS
from models.calls.list import find_secretariat, manages
from models.calls.preview import CallAsked, ask_about_call, coverage_of
from models.calls.views import SecretariatView
from models.contact_data import InvalidPhone, parse_phone
from rules.calls.call_route import CallerStanding
from schema.calls.routes import CallCoverage, CallRoutePreview, CoverageAnswer
from schema.calls.types import Secretariat
from schema.graphql.context import Info
from schema.graphql.errors import ClientError
from schema.graphql.ids import optional_id, read_id
from schema.graphql.limits.lists import at_most
from schema.graphql.period import PeriodInput
from schema.graphql.scalars import PhoneNumber

at_most("CallCoverageInput.expected", MOST_SPANS)
at_most("CallCoverageInput.employeeIds", MOST_COVERED_EMPLOYEES)

SPECIFIED = "The secretariat; required for operators, by default the viewer's own."


@strawberry.input(description="Weekly hours of one day.")
class WeeklySpanInput:
    """Read into `SpanDraft`."""

    weekday: int = strawberry.field(description="The day of the week; 1 is Monday.")
    from_: str = strawberry.field(name="from", description='When it begins, such as "08:00".')
    until: str = strawberry.field(description='Before which time it ends, such as "24:00".')

    def read(self) -> SpanDraft:
        """Return the span, not validated."""
        return SpanDraft(self.weekday, self.from_, self.until)


@strawberry.input(description="Input of `callRoutePreview`: who calls whom, and when.")
class CallRoutePreviewInput:
    """Input of `callRoutePreview`."""

    secretariat_id: strawberry.ID | None = strawberry.field(default=None, description=SPECIFIED)
    caller: str | None = strawberry.field(
        default=None, description="The caller's number; withheld if omitted."
    )
    employee_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whom the caller wants; nobody in particular if omitted."
    )
    at: datetime | None = strawberry.field(
        default=None, description="The instant of the call, at most two years away; by default now."
    )


@strawberry.input(description="Input of `callCoverage`.")
class CallCoverageInput:
    """Input of `callCoverage`."""

    period: PeriodInput = strawberry.field(description="The period: at most 31 days, at most two years away.")
    secretariat_id: strawberry.ID | None = strawberry.field(default=None, description=SPECIFIED)
    expected: list[WeeklySpanInput] | None = strawberry.field(
        default=None,
        description="When somebody should be reachable, at most 50 spans; by default the hours of all "
        "employees without public holidays, and always if nobody has hours.",
    )
    standing: CallerStanding = strawberry.field(
        default=CallerStanding.ORDINARY, description="What the caller is to everybody."
    )
    employee_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="One of these should be reachable; at most 2,000, by default everybody."
    )


@strawberry.type
class CallQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="A company's set-up for its calls: by a number that callers dial, for agents; by an "
        "account, for operators; without both, the viewer's own. Null if there is none that the viewer may "
        "see.",
        graphql_type=Secretariat | None,
    )
    async def secretariat(
        self,
        info: Info,
        phone_number: Annotated[
            PhoneNumber | None, strawberry.argument(description="The number, E.164.")
        ] = None,
        account_id: Annotated[
            strawberry.ID | None, strawberry.argument(description="The account; for operators.")
        ] = None,
    ) -> SecretariatView | None:
        """Find the secretariat."""
        context = info.context
        viewer = context.signed_in()
        if not (manages(viewer) or viewer.roles & {Role.AGENT, Role.EMPLOYEE}):
            raise ClientError.of(RequestRefusal.ONLY_FOR_VENDORS.at(action="read a secretariat"))
        if account_id is not None and not viewer.operator:
            raise ClientError.of(
                RequestRefusal.ONLY_FOR_OPERATORS.at("accountId", action="ask for an account")
            )
        try:
            number = None if phone_number is None else parse_phone(phone_number, None).e164
            account = optional_id(account_id, "Account", "accountId")
        except InvalidPhone as error:
            raise ClientError.of(error.refusal("phoneNumber")) from error
        except Refusal as error:
            raise ClientError.of(error) from error
        return await find_secretariat(context.conn, viewer, number=number, account_id=account)

    @strawberry.field(
        description="Who would get a call, and why; for the company and operators. Nothing is written.",
        graphql_type=CallRoutePreview | None,
    )
    async def call_route_preview(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            CallRoutePreviewInput, strawberry.argument(description="The call.")
        ],
    ) -> CallAsked:
        """Read what is known of the call; its routes are decided if they are asked for."""
        context = info.context
        viewer = context.signed_in()
        try:
            return await ask_about_call(
                context.conn,
                viewer,
                secretariat_id=optional_id(input.secretariat_id, "Secretariat", "secretariatId"),
                caller=input.caller,
                employee_id=optional_id(input.employee_id, "Employee", "employeeId"),
                at=input.at,
            )
        except Refusal as error:
            raise ClientError.of(error) from error

    @strawberry.field(
        description="When nobody would get a call, and why; for the company and operators.",
        graphql_type=CallCoverage | None,
    )
    async def call_coverage(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            CallCoverageInput, strawberry.argument(description="The period.")
        ],
    ) -> CoverageAnswer:
        """Compute the gaps."""
        context = info.context
        viewer = context.signed_in()
        try:
            company, coverage = await coverage_of(
                context.conn,
                viewer,
                secretariat_id=optional_id(input.secretariat_id, "Secretariat", "secretariatId"),
                period=(input.period.from_, input.period.to),
                expected=None if input.expected is None else [span.read() for span in input.expected],
                standing=input.standing,
                employee_ids=None
                if input.employee_ids is None
                else [read_id(one, "Employee", "employeeIds") for one in input.employee_ids],
            )
        except Refusal as error:
            raise ClientError.of(error) from error
        return CoverageAnswer(company, coverage)
