"""The check of drafts with a ruleset in which no rule fires for `False`."""

import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from models.policies.draft import check_process
from rules import m, rule, ruleset


class Answer(StrEnum):
    """The verdicts."""

    YES = "YES"
    NO = "NO"


@dataclass(frozen=True, slots=True)
class Facts:
    """One fact."""

    known: bool


@ruleset("with_a_gap", Facts, fail_closed=Answer.NO)
def with_a_gap(_: object) -> None:
    """A rule for one of two values."""

    @rule(Answer.YES, "S1.1", m.known == True)  # noqa: E712 - builds a condition
    def is_known() -> None:
        """It is known."""


if __name__ == "__main__":
    check_process.counterexamples.__defaults__ = ((with_a_gap,),)
    check_process.main()
