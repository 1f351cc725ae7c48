"""What can be recorded in the decision log: the interface of decisions by rules and by a person."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from rules import Json


class Recordable(Protocol):
    """A decision of the rules, or a person's beside what the rules said."""

    @property
    def ruleset(self) -> str:
        """The ruleset that it is about."""

    @property
    def verdict(self) -> StrEnum:
        """The verdict."""

    @property
    def rule_id(self) -> str:
        """The rule, or what a person did."""

    @property
    def policy_version(self) -> str:
        """The policy version."""

    @property
    def facts(self) -> Mapping[str, Json]:
        """The facts."""

    @property
    def decided_at(self) -> datetime:
        """As of when."""
