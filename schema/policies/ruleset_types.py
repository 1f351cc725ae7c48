"""GraphQL types of rulesets: their facts, rules and verdicts."""

from enum import StrEnum

import strawberry

from models.feed.wording.decisions import rule_sentence
from models.feed.wording.fact_names import fact_in_words, switch_in_words, value_in_words
from models.policies.rulesets import FactKind, FactView, RulesetView
from rules import Policy, Rule
from schema.graphql.context import Info
from schema.graphql.enums import describe

describe(
    FactKind,
    "The type of a fact.",
    {
        "ENUM": "One of the values in `values`.",
        "BOOLEAN": "True or false.",
        "INTEGER": "An integer; durations are in seconds.",
    },
)


@strawberry.type(description="A value of a fact, with its name.")
class FactChoice:
    """Source: a member of the enum of a fact."""

    @strawberry.field(description="The value, as in `Decision.facts`.")
    def value(root: strawberry.Parent[StrEnum]) -> str:
        """Return the value."""
        return root.value

    @strawberry.field(description="Its name in the viewer's language.")
    def label(root: strawberry.Parent[StrEnum], info: Info) -> str:
        """Return the name."""
        return value_in_words(root, info.context.viewer.locale)


@strawberry.type(description="A fact that a ruleset decides by.")
class FactField:
    """Source: `models.policies.rulesets.FactView`."""

    name: str = strawberry.field(description="The name, as in `Decision.facts`.")
    kind: FactKind = strawberry.field(description="The type.")
    values: list[str] = strawberry.field(description="The values of an ENUM; otherwise empty.")
    since: bool = strawberry.field(
        description="Whether it is the age of a time in seconds: send it to `decisionTry` as "
        "`<name>_seconds`, or send the time as `<name>`."
    )
    seconds: bool = strawberry.field(description="Whether it is a duration in seconds, such as an age.")

    @strawberry.field(description="Its name in the viewer's language, such as Time until the answer.")
    def label(root: strawberry.Parent[FactView], info: Info) -> str:
        """Return the name."""
        locale = info.context.viewer.locale
        if root.switch:
            return switch_in_words(root.name, locale)
        return fact_in_words(root.ruleset, root.name, locale)

    @strawberry.field(
        description="The values of an ENUM with their names, in the order of `values`; otherwise empty.",
        graphql_type=list[FactChoice],
    )
    def choices(root: strawberry.Parent[FactView]) -> tuple[StrEnum, ...]:
        """Return the members."""
        return root.members


class RuleInWords:
    """A rule with the policy whose numbers are in its sentence."""

    __slots__ = ("policy", "rule", "ruleset")

    def __init__(self, ruleset: str, rule: Rule, policy: Policy) -> None:
        """Take the names and the rule."""
        self.ruleset, self.rule, self.policy = ruleset, rule, policy


@strawberry.type(description="A rule in words.")
class RuleText:
    """Source: `RuleInWords`."""

    @strawberry.field(description="The rule's id, as in `Decision.ruleId`.")
    def rule_id(root: strawberry.Parent[RuleInWords]) -> str:
        """Return the id."""
        return root.rule.id

    @strawberry.field(description="The number of the requirement, such as S1.2.")
    def requirement(root: strawberry.Parent[RuleInWords]) -> str:
        """Return the number."""
        return root.rule.requirement

    @strawberry.field(description="The verdict if it applies.")
    def verdict(root: strawberry.Parent[RuleInWords]) -> str:
        """Return the verdict."""
        return str(root.rule.verdict)

    @strawberry.field(description="The rule as a sentence, in the viewer's language.")
    def sentence(root: strawberry.Parent[RuleInWords], info: Info) -> str:
        """Render the sentence with the numbers of the policy."""
        return rule_sentence(root.ruleset, root.rule, root.policy, info.context.viewer.locale)


@strawberry.type(description="The rules that answer one question, under one policy.")
class Ruleset:
    """Source: `RulesetView`."""

    name: str = strawberry.field(description="The name, such as visibility.")
    facts: list[FactField] = strawberry.field(
        description="The facts that cases differ in; switches of the policy are not among them."
    )
    switches: list[FactField] = strawberry.field(
        description="The switches of the policy that its rules compare, such as a refund after a late "
        "decline. They are in `Decision.facts`; `decisionTry` takes them from the policy."
    )
    verdicts: list[str] = strawberry.field(description="All verdicts.")

    @strawberry.field(
        description="The rules, in the order in which they are tried.", graphql_type=list[RuleText]
    )
    def rules(root: strawberry.Parent[RulesetView]) -> list[RuleInWords]:
        """Return the rules."""
        return [RuleInWords(root.name, rule, root.policy) for rule in root.rules]
