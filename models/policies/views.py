"""View objects of markets and policies."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rules import Policy


@dataclass(frozen=True, slots=True)
class MarketView:
    """A market."""

    id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PolicyView:
    """One version of a market's policy."""

    id: UUID
    policy: Policy

    @property
    def version(self) -> str:
        """The version's name, such as `default/2026-01-01`."""
        return self.policy.version

    @property
    def effective_from(self) -> datetime:
        """When it takes effect."""
        return self.policy.effective_from
