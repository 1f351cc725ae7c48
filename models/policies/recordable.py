"""What can be recorded in the decision log: the interface of decisions by rules and by a person."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from rules import Json


class Recordable(Protocol):
    """A decision by the rules, or by a person, with the verdict of the rules."""

    @property
    def ruleset(self) -> str:
        """The ruleset."""

    @property
    def verdict(self) -> StrEnum:
        """The verdict."""

    @property
    def rule_id(self) -> str:
        """The rule's id, or a code for what the person did."""

    @property
    def policy_version(self) -> str:
        """The policy version."""

    @property
    def facts(self) -> Mapping[str, Json]:
        """The facts."""

    @property
    def decided_at(self) -> datetime:
        """The time as of which it was decided."""
