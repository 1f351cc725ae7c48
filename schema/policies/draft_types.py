"""GraphQL types of drafts of policies: problems, changes, and whether the rules hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import strawberry

from models.base.refusal import Refusal, Refusals
from models.base.viewer import Viewer
from models.feed.wording.parameters import WordedChange, change_in_words, parameter_in_words
from models.feed.wording.refusals import sentence_message
from models.policies.draft.changes import differences
from models.policies.draft.check import Counterexample
from models.policies.draft.read import Draft
from rules import Policy
from rules.parameters import ParameterField as RulesField
from schema.graphql.context import Info
from schema.graphql.enums import describe
from schema.graphql.errors import RefusalView, refused
from schema.graphql.scalars import Facts
from schema.graphql.user_error import UserError


@strawberry.input(description="A draft of a policy.")
class PolicyDraftInput:
    """Market and parameters."""

    market: str = strawberry.field(description="The code of the market.")
    parameters: Facts = strawberry.field(
        description="The numbers and switches by area, as in `Policy.parameters`. Omitted ones that have a "
        "default get it."
    )


class ParameterUnit(StrEnum):
    """What a number of a policy counts, or what its value is."""

    SECONDS = "SECONDS"
    DAYS = "DAYS"
    MINUTES_OF_THE_DAY = "MINUTES_OF_THE_DAY"
    POINTS = "POINTS"
    CENTS = "CENTS"
    PERCENT = "PERCENT"
    COUNT = "COUNT"
    SWITCH = "SWITCH"
    TIME_ZONE = "TIME_ZONE"
    PLACE = "PLACE"
    HOURS_TABLE = "HOURS_TABLE"


describe(
    ParameterUnit,
    "What a parameter of a policy counts, or what its value is. More may be added.",
    {
        "SECONDS": "A duration in seconds.",
        "DAYS": "Days; a policy may shorten them, as in the demo.",
        "MINUTES_OF_THE_DAY": "A time of day, in minutes since midnight.",
        "POINTS": "Points.",
        "CENTS": "Cents of EUR.",
        "PERCENT": "Percent.",
        "COUNT": "A number of what the name says.",
        "SWITCH": "True or false.",
        "TIME_ZONE": "The name of an IANA time zone.",
        "PLACE": "A country or a part of one, ISO 3166, such as DE or DE-BE.",
        "HOURS_TABLE": "One of the tables in `values`.",
    },
)
_UNITS = {
    "seconds": ParameterUnit.SECONDS,
    "days": ParameterUnit.DAYS,
    "time of day": ParameterUnit.MINUTES_OF_THE_DAY,
    "points": ParameterUnit.POINTS,
    "cents": ParameterUnit.CENTS,
    "percent": ParameterUnit.PERCENT,
    "switch": ParameterUnit.SWITCH,
    "zone": ParameterUnit.TIME_ZONE,
    "place": ParameterUnit.PLACE,
    "hours table": ParameterUnit.HOURS_TABLE,
}


@strawberry.type(description="A parameter that policies have, for forms.")
class ParameterField:
    """Source: `rules.parameters.ParameterField`."""

    area: str = strawberry.field(description="The area, such as reveal.")

    @strawberry.field(description="The field, such as reveal_after.")
    def field(root: strawberry.Parent[RulesField]) -> str:
        """Return the name."""
        return root.name

    @strawberry.field(description="What it counts, or what its value is.")
    def unit(root: strawberry.Parent[RulesField]) -> ParameterUnit:
        """Return the unit; what is counted by its own name is a count."""
        return _UNITS.get(root.unit, ParameterUnit.COUNT)

    @strawberry.field(description="The name of the area in the viewer's language.")
    def area_label(root: strawberry.Parent[RulesField], info: Info) -> str:
        """Return the name."""
        return parameter_in_words(root.area, root.name, info.context.viewer.locale)[0]

    @strawberry.field(description="The name of the field in the viewer's language.")
    def label(root: strawberry.Parent[RulesField], info: Info) -> str:
        """Return the name."""
        return parameter_in_words(root.area, root.name, info.context.viewer.locale)[1]

    low: int | None = strawberry.field(description="The least number; null if it is no number.")
    high: int | None = strawberry.field(description="The greatest number; null if it is no number.")
    values: list[str] = strawberry.field(description="All values of an HOURS_TABLE; otherwise empty.")


@strawberry.type(description="A parameter that a draft or another policy changes.")
class ParameterChange:
    """Source: `WordedChange`."""

    area: str = strawberry.field(description="The area, such as reveal.")
    field: str = strawberry.field(description="The field, such as reveal_after.")
    sentence: str = strawberry.field(description="The change as a sentence, in the viewer's language.")

    @strawberry.field(name="from", description="The value before, in words, such as 48 hours.")
    def from_(root: strawberry.Parent[WordedChange]) -> str:
        """Return the words."""
        return root.before

    @strawberry.field(name="to", description="The value after, in words.")
    def to(root: strawberry.Parent[WordedChange]) -> str:
        """Return the words."""
        return root.after


@dataclass(frozen=True, slots=True)
class PolicyCheckView:
    """The result of a check, in the viewer's language."""

    problems: Sequence[RefusalView] = ()
    changes: Sequence[WordedChange] = ()
    rulesets_hold: bool = False
    counterexamples: Sequence[str] = ()


@strawberry.type(description="What a draft changes, and whether the rules hold under it.")
class PolicyCheck:
    """Source: `PolicyCheckView`."""

    problems: list[UserError] = strawberry.field(
        description="What is wrong with the parameters; `field` is the path of each. If there is anything, "
        "the rest is not checked."
    )
    changes: list[ParameterChange] = strawberry.field(
        description="What differs from the market's latest version."
    )
    rulesets_hold: bool = strawberry.field(
        description="Whether every ruleset has exactly one verdict for all possible facts, and both "
        "evaluators agree on it."
    )
    counterexamples: list[str] = strawberry.field(
        description="For each ruleset that does not hold: what is wrong, with facts for which it is, in the "
        "viewer's language."
    )


def changes_in_words(before: Policy | None, after: Policy, locale: str) -> list[WordedChange]:
    """Return the differences of two policies in a language; none without a policy before."""
    if before is None:
        return []
    return [change_in_words(one, before, after, locale) for one in differences(before, after)]


def failed_check(error: Refusal | Refusals) -> PolicyCheckView:
    """Return the check of a draft with problems."""
    return PolicyCheckView(refused(error))


def passed_check(draft: Draft, counterexamples: Sequence[Counterexample], viewer: Viewer) -> PolicyCheckView:
    """Return the check of a draft without problems."""
    changes = changes_in_words(draft.latest, draft.policy, viewer.locale)
    said = [sentence_message(one, viewer.locale, viewer.time_zone) for one in counterexamples]
    return PolicyCheckView((), changes, not said, said)
