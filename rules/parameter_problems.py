"""What can be wrong with the parameters of a policy, as data: sentences in English, and their values.

Other languages translate the same templates (`models.policies.draft.words`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["ParameterProblem", "PolicyError", "ProblemKind", "Value"]


class ProblemKind(StrEnum):
    """The English template of each problem, and of each description of what is expected."""

    UNKNOWN_AREA = "{path}: unknown area; the areas are {known}"
    NOT_AN_OBJECT = "{path}: not an object of parameters"
    UNKNOWN = "{path}: unknown; {area} has {known}"
    MISSING = "{path}: missing; set it to {wanted}"
    WRONG = "{path}: {value} is not {wanted}"
    REMINDER_TOO_LATE = (
        "{path}: {value} must be less than {other} ({limit}); a reminder must come before the reveal"
    )
    NOT_LESS = "{path}: {value} must be less than {other} ({limit})"
    HOLIDAYS_UNKNOWN = (
        "{path}: the holidays of {value} are unknown; specify only the country, or turn {other} off"
    )
    # What is expected.
    SWITCH = "true or false"
    ZONE = "an IANA time zone such as Europe/Berlin"
    HOURS_TABLE = "a table of calling hours ({known})"
    PLACE = "a country or a part of one (ISO 3166) such as DE or DE-BE"
    NUMBER = "an integer from {low} to {high} ({unit})"


@dataclass(frozen=True, slots=True)
class ParameterProblem:
    """A template with its values; `path` is the dotted path of the field. As a string, it is in English."""

    kind: ProblemKind
    values: Mapping[str, "Value"] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.kind.format(**self.values)

    @property
    def path(self) -> str:
        """The dotted path of the field."""
        return str(self.values["path"])


Value = str | int | ParameterProblem


class PolicyError(ValueError):
    """The parameters of a policy are invalid; the message begins with the path of the field.

    `problem` is the same as data, for what a draft can get wrong.
    """

    def __init__(self, problem: ParameterProblem | str) -> None:
        super().__init__(str(problem))
        self.problem = problem if isinstance(problem, ParameterProblem) else None
