"""GraphQL types of markets and policies. `parameters` contains all numbers of a policy."""

from datetime import datetime, timedelta
from typing import Annotated

import strawberry

from models.base.public_id import row_id_of
from models.feed.wording.language import CATALOGS
from models.feed.wording.parameters import WordedChange
from models.leads.file.defaults import DEFAULT_CURRENCY
from models.policies.views import MarketView, PolicyView
from rules import Policy as RulesPolicy
from rules.parameters import ParameterField as RulesField
from schema.graphql.context import Info
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import PageOf
from schema.graphql.scalars import Duration, Facts
from schema.policies.draft_types import ParameterChange, ParameterField, changes_in_words
from schema.policies.loaders import PolicyLoaders


def _days(policy: RulesPolicy, days: int) -> Duration:
    seconds = policy.complaint.shortened(days)
    return Duration(timedelta(days=days) if seconds is None else timedelta(seconds=seconds))


@strawberry.type(
    description="The numbers of a policy that users need to know. The deadlines of a case are in the case."
)
class PolicyTerms:
    """Source: `rules.Policy`."""

    @strawberry.field(description="The fee for an application, in points, unless the lead has another one.")
    def application_fee(root: strawberry.Parent[RulesPolicy]) -> int:
        """Return the fee."""
        return root.publication.application_fee

    @strawberry.field(description="How long vendors can apply for a lead after it is published.")
    def open_for(root: strawberry.Parent[RulesPolicy]) -> Duration:
        """Return the time."""
        return Duration(timedelta(seconds=root.publication.open_for))

    @strawberry.field(description="How long the prospect has to answer before contact data is revealed.")
    def reveal_after(root: strawberry.Parent[RulesPolicy]) -> Duration:
        """Return the time."""
        return Duration(timedelta(seconds=root.reveal.reveal_after))

    @strawberry.field(description="How long after an application the prospect is reminded to answer it.")
    def review_reminder_after(root: strawberry.Parent[RulesPolicy]) -> Duration:
        """Return the time."""
        return Duration(timedelta(seconds=root.reminder.review_reminder_after))

    @strawberry.field(
        description="How long a vendor can complain about a delivery, in calendar days unless the policy "
        "shortens them, as in the demo."
    )
    def complaint_window(root: strawberry.Parent[RulesPolicy]) -> Duration:
        """Return the time."""
        return _days(root, root.complaint.window_days)

    @strawberry.field(description="How long operators have to decide a complaint.")
    def complaint_decision(root: strawberry.Parent[RulesPolicy]) -> Duration:
        """Return the time."""
        return _days(root, root.complaint.decide_days)


@strawberry.type(
    description="An immutable version of all numbers and switches that the rules of a market use."
)
class Policy(Node):
    """Source: `PolicyView`."""

    id: strawberry.ID = node_id("Policy")
    version: str = strawberry.field(description="The unique name of the version.")
    effective_from: datetime = strawberry.field(description="When it takes effect.")

    @strawberry.field(description="The code of its market, as in inputs.")
    def market_code(root: strawberry.Parent[PolicyView]) -> str:
        """Return the code."""
        return root.policy.market

    @strawberry.field(description="All numbers (durations in seconds) and switches, by area.")
    def parameters(root: strawberry.Parent[PolicyView]) -> Facts:
        """Return the parameters that the rules use."""
        return Facts(root.policy.parameters())

    @strawberry.field(description="The numbers that clients show to users.", graphql_type=PolicyTerms)
    def terms(root: strawberry.Parent[PolicyView]) -> RulesPolicy:
        """Return the policy."""
        return root.policy

    @strawberry.field(
        description="How many running cases are decided by it: applications that wait for an answer and open "
        "complaints, each counted up to 10,000. Null for others than operators."
    )
    async def pinned_cases(root: strawberry.Parent[PolicyView], info: Info) -> int | None:
        """Count the cases of all policies of a list together."""
        if not info.context.viewer.operator:
            return None
        return await info.context.load(PolicyLoaders).pinned.load(root.id)

    @strawberry.field(
        description="Each parameter with its unit and bounds, from which a draft is made. Null for others "
        "than operators.",
        graphql_type=list[ParameterField] | None,
    )
    def parameter_fields(root: strawberry.Parent[PolicyView], info: Info) -> list[RulesField] | None:
        """Return the fields of all policies."""
        return root.policy.parameter_fields() if info.context.viewer.operator else None

    @strawberry.field(
        description="What differs from another policy, whose values are `from`. Null for others than "
        "operators, and if there is no such policy.",
        graphql_type=list[ParameterChange] | None,
    )
    async def changes_from(
        root: strawberry.Parent[PolicyView],
        info: Info,
        policy_id: Annotated[strawberry.ID, strawberry.argument(description="The other policy.")],
    ) -> list[WordedChange] | None:
        """Compare the parameters."""
        context = info.context
        other_id = row_id_of(policy_id, "Policy")
        if not context.viewer.operator or other_id is None:
            return None
        other = await context.load(PolicyLoaders).by_id.load(other_id)
        if other is None:
            return None
        return changes_in_words(other.policy, root.policy, context.viewer.locale)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a policy."""
        return isinstance(obj, PolicyView)


@strawberry.type(description="A part of the marketplace with its own policies.")
class Market(Node):
    """Source: `MarketView`."""

    id: strawberry.ID = node_id("Market")
    code: str = strawberry.field(description="The short name to use in inputs and filters.")
    name: str = strawberry.field(description="The display name.")

    @strawberry.field(description="The currency of budgets (ISO 4217), unless the lead has another one.")
    def currency(root: strawberry.Parent[MarketView]) -> str:
        """Return the default of all markets."""
        return DEFAULT_CURRENCY

    @strawberry.field(description="The languages of messages, such as en.")
    def languages(root: strawberry.Parent[MarketView]) -> list[str]:
        """Return the languages of the catalogs."""
        return sorted(CATALOGS)

    @strawberry.field(
        description="The policy in force now, or at a given time in the past or future.", graphql_type=Policy
    )
    async def policy(
        root: strawberry.Parent[MarketView],
        info: Info,
        at: Annotated[datetime | None, strawberry.argument(description="The time; now if omitted.")] = None,
    ) -> PolicyView:
        """Look up the policy."""
        return await info.context.load(PolicyLoaders).at.load((root.id, at))

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a market."""
        return isinstance(obj, MarketView)


PolicyConnection = PageOf[Policy]
MarketConnection = PageOf[Market]
