"""GraphQL types of decisions: verdict, rule, reason, and when the verdict changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import strawberry

from models.feed.wording import decision_message
from models.feed.wording.conditions import condition_in_words
from models.feed.wording.decisions import decision_facts, trace_sentence
from models.feed.wording.language import language_for
from models.policies.decisions import RecordedDecision
from models.policies.trial.list import TrialDecision
from rules import Decision as LiveDecision
from rules import RuleTrace as Trace
from schema.graphql.context import Info
from schema.graphql.deprecation import use
from schema.graphql.ids import write_id
from schema.graphql.outcomes import DecisionOutcome, outcome_of
from schema.graphql.scalars import Facts

AnyDecision: TypeAlias = LiveDecision | RecordedDecision | TrialDecision


@dataclass(frozen=True, slots=True)
class Worded:
    """Base of what is shown instead of a decision: its text is in the viewer's language already."""

    message: str


@strawberry.type(description="A rule that did not apply, and why.")
class RuleTrace:
    """Source: `rules.RuleTrace`."""

    rule_id: str = strawberry.field(description="The rule's id.")
    reason: str = strawberry.field(description="The text of the rule.")
    failed: list[str] = strawberry.field(
        description="The conditions that were not met, as the rule states them."
    )

    @strawberry.field(description="The rule's sentence in the viewer's language, with the policy's numbers.")
    def message(root: strawberry.Parent[Trace], info: Info) -> str:
        """Word the rule."""
        return trace_sentence(root, info.context.viewer.locale)

    @strawberry.field(
        description="The conditions that were not met, in words of the viewer's language, such as: Answer of "
        "the prospect: Accepted. Empty if they are no longer known."
    )
    def failed_conditions(root: strawberry.Parent[Trace], info: Info) -> list[str]:
        """Word the conditions."""
        language = language_for(info.context.viewer.locale)
        return [condition_in_words(root.ruleset, node, language) for node in root.unmet]


@strawberry.type(
    description="A decision of the rules: the verdict, the rule and policy version behind it, and "
    "when it changes."
)
class Decision:
    """Source: `rules.Decision`, `RecordedDecision` or `TrialDecision`."""

    verdict: str = strawberry.field(
        description="The verdict, such as VISIBLE or HIDDEN.", deprecation_reason=use("outcome")
    )
    rule_id: str = strawberry.field(description="The rule that decided.")
    reason: str = strawberry.field(description="The reason, in English, with the policy's numbers.")
    policy_version: str = strawberry.field(description="The version of the policy whose numbers were used.")
    decided_at: datetime = strawberry.field(description="The time as of which it was decided.")
    facts: Facts = strawberry.field(
        description="The facts that the decision is based on; never contact data."
    )

    @strawberry.field(
        description="The facts in words of the viewer's language, such as: Answer of the prospect: Accepted. "
        "Times are in the viewer's time zone; those that stand for none are left out. Empty if the facts are "
        "no longer known."
    )
    def facts_in_words(root: strawberry.Parent[AnyDecision | Worded], info: Info) -> list[str]:
        """Word the facts; what is shown instead of a decision has none."""
        if isinstance(root, Worded):
            return []
        viewer = info.context.viewer
        return decision_facts(root, viewer.locale, viewer.time_zone)

    changes_at: datetime | None = strawberry.field(
        description="When the verdict changes if nothing else happens; null if it does not change."
    )
    changes_to: str | None = strawberry.field(
        description="The verdict from `changesAt` on.", deprecation_reason=use("nextOutcome")
    )
    others: list[RuleTrace] = strawberry.field(description="The rules that did not apply, and why.")

    @strawberry.field(
        description="The id of its `DecisionRecord` in the log; null if it is not recorded, and for others "
        "than operators."
    )
    def record_id(root: strawberry.Parent[AnyDecision], info: Info) -> strawberry.ID | None:
        """Return the id of a recorded decision."""
        if not isinstance(root, RecordedDecision) or not info.context.viewer.operator:
            return None
        return write_id("DecisionRecord", root.id)

    @strawberry.field(description="The verdict; null for a recorded verdict that no longer exists.")
    def outcome(root: strawberry.Parent[AnyDecision]) -> DecisionOutcome | None:
        """Return the verdict as a member of the enum."""
        return outcome_of(str(root.verdict))

    @strawberry.field(description="The verdict from `changesAt` on; null if it does not change.")
    def next_outcome(root: strawberry.Parent[AnyDecision]) -> DecisionOutcome | None:
        """Return the later verdict as a member of the enum."""
        return None if root.changes_to is None else outcome_of(str(root.changes_to))

    @strawberry.field(description="The reason in the viewer's language, with what you can do and until when.")
    def message(root: strawberry.Parent[AnyDecision | Worded], info: Info) -> str:
        """Render the decision in the viewer's language."""
        if isinstance(root, Worded):
            return root.message
        viewer = info.context.viewer
        return decision_message(root, viewer.locale, viewer.time_zone)
