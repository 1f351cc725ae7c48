"""The query `callStatistics`: numbers of a company's calls in a period (S4.24)."""

from datetime import date
from typing import Annotated

import strawberry

from models.base.refusal import Refusal
from models.calls.call_tables import TransferResult
from models.calls.statistics import CallsOfEmployee, call_statistics
from models.calls.statistics import CallStatistics as Statistics
from models.calls.views import AnyEmployee
from schema.calls.employee_types import Employee
from schema.calls.loaders import CallLoaders
from schema.graphql.context import Info
from schema.graphql.errors import ClientError
from schema.graphql.ids import optional_id
from schema.graphql.period import PeriodInput


@strawberry.type(description="The calls of one day in the company's time zone.")
class CallDay:
    """Source: `models.calls.statistics.CallDay`."""

    day: date = strawberry.field(description="The day.")
    total: int = strawberry.field(description="Number of calls.")
    transferred: int = strawberry.field(description="Calls that were put through.")
    messages: int = strawberry.field(description="Calls with a message.")
    abandoned: int = strawberry.field(description="Calls whose caller hung up before there was a note.")
    sms_cents: int = strawberry.field(description="What text messages about these calls cost, in EUR cents.")


@strawberry.type(description="The calls of one employee.")
class CallEmployee:
    """Source: `models.calls.statistics.CallsOfEmployee`."""

    wanted: int = strawberry.field(description="Calls that wanted this employee.")
    transferred: int = strawberry.field(description="Calls that this employee took.")
    messages: int = strawberry.field(description="Messages taken for this employee.")
    sms_cents: int = strawberry.field(
        description="What text messages to this employee about these calls cost, in EUR cents."
    )

    @strawberry.field(description="The employee, also one who was removed.", graphql_type=Employee)
    async def employee(root: strawberry.Parent[CallsOfEmployee], info: Info) -> AnyEmployee | None:
        """Load the employee."""
        return await info.context.load(CallLoaders).once_employed.load(root.employee_id)


@strawberry.type(description="The calls of one hour of the week in the company's time zone.")
class CallHour:
    """Source: `models.calls.statistics.CallHour`."""

    weekday: int = strawberry.field(description="The day of the week; 1 is Monday.")
    hour: int = strawberry.field(description="The hour, 0 to 23.")
    total: int = strawberry.field(description="Number of calls.")
    abandoned: int = strawberry.field(description="Calls whose caller hung up before there was a note.")


@strawberry.type(description="How often attempts to put a call through had a result.")
class CallResultCount:
    """Source: `models.calls.statistics.ResultCount`."""

    result: TransferResult = strawberry.field(description="The result.")
    count: int = strawberry.field(description="Number of attempts.")


@strawberry.type(
    description="Numbers of the calls that rang in a period. Seconds are whole, halves rounded down. A call "
    "that nobody ended counts as closed from its deadline on."
)
class CallStatistics:
    """Source: `models.calls.statistics.CallStatistics`."""

    total: int = strawberry.field(description="Number of calls, open ones included.")
    transferred: int = strawberry.field(description="Calls that were put through.")
    messages: int = strawberry.field(description="Calls with a message.")
    abandoned: int = strawberry.field(
        description="Calls that nobody answered, or whose caller hung up before there was a note."
    )
    faq: int = strawberry.field(description="Calls that an entry of the FAQ answered.")
    unfinished: int = strawberry.field(
        description="Calls that an agent answered, but that their deadline closed."
    )
    median_seconds: int | None = strawberry.field(
        description="Median seconds from the answer to the hang-up; null without such calls."
    )
    answered_within20: float | None = strawberry.field(
        name="answeredWithin20",
        resolver=lambda root: root.answered_within_20,
        description="The share of all calls, from 0 to 1, that an agent answered within 20 seconds; null "
        "without calls.",
    )
    median_wait_seconds: int | None = strawberry.field(
        description="Median seconds from ringing to the answer, of answered calls; null without such calls."
    )
    p90_wait_seconds: int | None = strawberry.field(
        description="The seconds within which nine of ten answered calls were answered (nearest rank); null "
        "without such calls."
    )
    transfer_tries: int = strawberry.field(description="Number of attempts to put a call through.")
    sms_cents: int = strawberry.field(description="What text messages about these calls cost, in EUR cents.")
    time_zone: str = strawberry.field(
        description="The company's time zone, in which days and hours are counted."
    )
    by_day: list[CallDay] = strawberry.field(description="By day, in order; only days with calls.")
    by_employee: list[CallEmployee] = strawberry.field(
        description="By employee, the 100 most wanted ones, most wanted first."
    )
    by_result: list[CallResultCount] = strawberry.field(
        description="By result of attempts, most frequent first."
    )
    by_hour: list[CallHour] = strawberry.field(description="By hour of the week; only hours with calls.")


@strawberry.type
class CallStatisticsQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="Statistics of a company's calls in a period of at most 366 days; for the company and "
        "operators.",
        graphql_type=CallStatistics | None,
    )
    async def call_statistics(
        self,
        info: Info,
        period: Annotated[PeriodInput, strawberry.argument(description="When the calls rang.")],
        secretariat_id: Annotated[
            strawberry.ID | None,
            strawberry.argument(
                description="The secretariat; required for operators, by default the viewer's own."
            ),
        ] = None,
    ) -> Statistics:
        """Return the statistics."""
        context = info.context
        viewer = context.signed_in()
        try:
            return await call_statistics(
                context.conn,
                viewer,
                optional_id(secretariat_id, "Secretariat", "secretariatId"),
                (period.from_, period.to),
            )
        except Refusal as error:
            raise ClientError.of(error) from error
