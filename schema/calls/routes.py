"""GraphQL types of a call that is asked about: its script, its routes, and coverage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from models.base.refusal import Refusal, in_language
from models.calls import coverage
from models.calls import routes as found
from models.calls.notice_preview import notices_of_asked
from models.calls.notices import Notice
from models.calls.preview import CallAsked
from models.calls.recognition import VipView
from models.calls.refusals import CallRefusal
from models.calls.routes import Company
from models.calls.views import AnyEmployee
from models.calls.words import ScriptWarning
from models.feed.wording.decisions import rule_sentence
from models.feed.wording.language import language_for
from rules.calls.call_route import CallerStanding, CallRoute
from schema.calls.employee_types import Employee
from schema.calls.entry_types import AskedField, FaqEntry, VipCaller
from schema.calls.loaders import CallLoaders
from schema.calls.notices import CallNoticePreview
from schema.calls.types import Secretariat, greeting_by
from schema.graphql.context import Info
from schema.graphql.decision import Decision
from schema.graphql.errors import ClientError
from schema.graphql.ids import read_id
from schema.graphql.scalars import PhoneNumber

Towards = Annotated[
    strawberry.ID | None, strawberry.argument(description="The employee; nobody in particular if omitted.")
]


@strawberry.type(name="CallRoute", description="One possibility for a call.")
class CallRouteType:
    """Source: `models.calls.routes.Route`."""

    action: CallRoute = strawberry.field(description="What is done with the call.")
    decision: Decision = strawberry.field(description="Why.")
    hop: int = strawberry.field(
        description="0 is the employee who is wanted, 1 the deputy, 2 the deputy's deputy."
    )
    number: PhoneNumber | None = strawberry.field(
        description="The number to which the call is put through; null if it is not."
    )
    ring_seconds: int = strawberry.field(description="For how many seconds it rings.")
    said: str | None = strawberry.field(description="What the caller is told of an absence.")
    announcement: str | None = strawberry.field(
        description="How the call is announced, in the company's language; null if it is not put through."
    )

    @strawberry.field(
        description="The employee; null if nobody in particular is wanted, and nobody gets such notes.",
        graphql_type=Employee | None,
    )
    async def employee(root: strawberry.Parent[found.Route], info: Info) -> AnyEmployee | None:
        """Load the employee."""
        if root.employee_id is None:
            return None
        return await info.context.load(CallLoaders).employee.load(root.employee_id)


@strawberry.type(description="The routes of a call in order; the last one takes a message.")
class CallRoutes:
    """Source: `models.calls.routes.Routes`."""

    routes: list[CallRouteType] = strawberry.field(description="The routes, to be tried in this order.")
    skipped: list[CallRouteType] = strawberry.field(
        description="The employees who were looked at and do not get the call, with the reasons."
    )
    standing: CallerStanding = strawberry.field(description="What the caller is to the employee.")
    vip: VipCaller | None = strawberry.field(description="The VIP entry that holds towards the employee.")
    changes_at: datetime | None = strawberry.field(
        description="When the presence of one of these employees changes next; null if not foreseeable."
    )


@strawberry.type(description="What an agent sees of a call.")
class CallScript:
    """Source: `CallAsked`."""

    faq: list[FaqEntry] = strawberry.field(description="Questions with the answers that callers may be told.")
    asked_fields: list[AskedField] = strawberry.field(description="What the caller is asked, in order.")
    vips: list[VipCaller] = strawberry.field(
        description="The VIP entries that the caller's number matches, those of employees too; at most 20."
    )

    @strawberry.field(description="The greeting, as the viewer says it.", graphql_type=str)
    async def greeting(root: strawberry.Parent[CallAsked], info: Info) -> str:
        """Fill in the name."""
        return await greeting_by(info.context, root.secretariat, None)

    @strawberry.field(description="What agents should know.")
    def handling_instruction(root: strawberry.Parent[CallAsked]) -> str | None:
        """Return the instruction."""
        return root.secretariat.handling_instruction

    @strawberry.field(
        description="The VIP entry that holds towards an employee.", graphql_type=VipCaller | None
    )
    def vip(root: strawberry.Parent[CallAsked], employee_id: Towards = None) -> VipView | None:
        """Choose the entry."""
        return root.vip(_employee(employee_id))

    @strawberry.field(description="The routes to an employee.", graphql_type=CallRoutes)
    async def routes(
        root: strawberry.Parent[CallAsked], info: Info, employee_id: Towards = None
    ) -> found.Routes:
        """Decide the routes."""
        return await decided_routes(info, root, _employee(employee_id))

    @strawberry.field(description="What the agent should know about the set-up, in the agent's language.")
    def warnings(root: strawberry.Parent[CallAsked], info: Info) -> list[str]:
        """Return the warnings."""
        language = language_for(info.context.viewer.locale).catalog.language
        warnings = []
        if not root.secretariat.confirmed:
            warnings.append(in_language(ScriptWarning.UNCONFIRMED, language))
        if root.secretariat.stale_calendars_of:
            names = ", ".join(root.secretariat.stale_calendars_of)
            warnings.append(in_language(ScriptWarning.CALENDAR_STALE, language, names=names))
        return warnings


@strawberry.type(description="Who would get a call, and why; nothing is written.")
class CallRoutePreview:
    """Source: `CallAsked`."""

    at: datetime = strawberry.field(description="The instant of the call.")
    past: bool = strawberry.field(
        description="Whether that is before now: then it is decided by what is stored now."
    )
    secretariat: Secretariat = strawberry.field(description="The company's set-up.")

    @strawberry.field(description="What an agent would see.", graphql_type=CallScript)
    def script(root: strawberry.Parent[CallAsked]) -> CallAsked:
        """Return the same call."""
        return root

    @strawberry.field(description="The routes of the call.", graphql_type=CallRoutes)
    async def routes(root: strawberry.Parent[CallAsked], info: Info) -> found.Routes:
        """Decide the routes."""
        return await decided_routes(info, root, root.employee_id)

    @strawberry.field(
        description="Who would be told, and what that costs: if the first transfer succeeded, then if a "
        "message were taken.",
        graphql_type=list[CallNoticePreview],
    )
    async def notices(root: strawberry.Parent[CallAsked], info: Info) -> list[Notice]:
        """Decide the notices."""
        routes = await decided_routes(info, root, root.employee_id)
        return await notices_of_asked(info.context.conn, root, routes)


@dataclass(frozen=True, slots=True)
class CoverageAnswer:
    """Coverage, and the company whose policy decided it."""

    company: Company
    coverage: coverage.Coverage


@dataclass(frozen=True, slots=True)
class GapView:
    """A gap, and the company whose policy decided it."""

    company: Company
    gap: coverage.Gap


@dataclass(frozen=True, slots=True)
class ReasonView:
    """A reason, and the company whose policy decided it."""

    company: Company
    reason: coverage.Reason


@strawberry.type(description="A rule that held employees back.")
class CallGapReason:
    """Source: `ReasonView`."""

    @strawberry.field(description="The rule's id.")
    def rule_id(root: strawberry.Parent[ReasonView]) -> str:
        """Return the id."""
        return root.reason.rule_id

    @strawberry.field(description="The reason, in the viewer's language.")
    def reason(root: strawberry.Parent[ReasonView], info: Info) -> str:
        """Return the sentence of the rule."""
        rule = coverage.rule_of(root.company, root.reason.rule_id)
        if rule is None:  # the evaluators disagreed
            return root.reason.rule_id
        return rule_sentence("call_route", rule, root.company.policy, info.context.viewer.locale)

    @strawberry.field(description="How many employees it held back at some instant of the gap.")
    def employees(root: strawberry.Parent[ReasonView]) -> int:
        """Return the number."""
        return root.reason.employees


@strawberry.type(description="A span of time in which nobody would get a call.")
class CallGap:
    """Source: `GapView`."""

    @strawberry.field(name="from", description="When it begins.")
    def begin(root: strawberry.Parent[GapView]) -> datetime:
        """Return the begin."""
        return root.gap.begin

    @strawberry.field(name="to", description="When it ends, exclusive.")
    def end(root: strawberry.Parent[GapView]) -> datetime:
        """Return the end."""
        return root.gap.end

    @strawberry.field(description="Why, by rule.", graphql_type=list[CallGapReason])
    def reasons(root: strawberry.Parent[GapView]) -> list[ReasonView]:
        """Return the reasons."""
        return [ReasonView(root.company, reason) for reason in root.gap.reasons]


@strawberry.type(description="A span of time in which somebody is expected to get calls.")
class CallExpectedTime:
    """Source: `Window`."""

    @strawberry.field(name="from", description="When it begins.")
    def begin(root: strawberry.Parent[coverage.Window]) -> datetime:
        """Return the begin."""
        return root[0]

    @strawberry.field(name="to", description="When it ends, exclusive.")
    def end(root: strawberry.Parent[coverage.Window]) -> datetime:
        """Return the end."""
        return root[1]


@strawberry.type(description="When nobody would get a call.")
class CallCoverage:
    """Source: `CoverageAnswer`."""

    @strawberry.field(description="The gaps in order, at most 1,000.", graphql_type=list[CallGap])
    def gaps(root: strawberry.Parent[CoverageAnswer]) -> Sequence[GapView]:
        """Return the gaps."""
        return [GapView(root.company, gap) for gap in root.coverage.gaps]

    @strawberry.field(
        description="When somebody is expected to, in order, at most 1,000.",
        graphql_type=list[CallExpectedTime],
    )
    def expected(root: strawberry.Parent[CoverageAnswer]) -> Sequence[coverage.Window]:
        """Return the spans of time."""
        return root.coverage.expected

    @strawberry.field(description="How many seconds of the expected time somebody would get a call.")
    def reachable_seconds(root: strawberry.Parent[CoverageAnswer]) -> int:
        """Return the seconds."""
        return root.coverage.reachable_seconds

    @strawberry.field(description="How many seconds somebody is expected to.")
    def expected_seconds(root: strawberry.Parent[CoverageAnswer]) -> int:
        """Return the seconds."""
        return root.coverage.expected_seconds

    @strawberry.field(description="Whether there are more gaps or expected times than are returned.")
    def truncated(root: strawberry.Parent[CoverageAnswer]) -> bool:
        """Return whether gaps were cut."""
        return root.coverage.truncated


def _employee(employee_id: str | None) -> UUID | None:
    try:
        return None if employee_id is None else read_id(employee_id, "Employee", "employeeId")
    except Refusal as error:
        raise ClientError.of(error) from error


async def decided_routes(info: Info, asked: CallAsked, employee_id: UUID | None) -> found.Routes:
    """Decide the routes of a call to an employee; raises `ClientError` NOT_FOUND for one who is not there."""
    found_routes = await info.context.load(CallLoaders).routes.load((asked, employee_id))
    if found_routes is None:
        raise ClientError.of(CallRefusal.EMPLOYEE_NOT_FOUND.at("employeeId"))
    return found_routes
