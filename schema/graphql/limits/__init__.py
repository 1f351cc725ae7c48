"""Limits of requests, checked before and during execution."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from strawberry.extensions import SchemaExtension

from schema.graphql.limits.bounds import Bounds
from schema.graphql.limits.extensions import HoldToLimits
from schema.graphql.limits.validation import Validation
from schema.graphql.limits.while_running import CountSubscriptions, EndInTime
from schema.graphql.open_count import OpenCount
from schema.graphql.rate_limit import Advance, RateLimit

__all__ = ["Bounds", "Limits"]

_AHEAD = 16  # requests of a busy user whose cost a process takes from the bucket at once


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one schema, with the caches and counters that all of its operations share."""

    bounds: Bounds
    validation: Validation
    rate: Advance | None
    subscriptions: OpenCount

    @classmethod
    def of(cls, bounds: Bounds, *, introspection: bool, suggestions: bool) -> Self:
        """Start with empty caches and counters."""
        return cls(
            bounds,
            Validation(bounds, introspection=introspection, suggestions=suggestions),
            Advance(RateLimit(bounds.cost_per_minute, bounds.cost_burst), _AHEAD)
            if bounds.cost_per_minute
            else None,
            OpenCount(bounds.subscriptions_per_user),
        )

    def extensions(self) -> list[Callable[[], SchemaExtension]]:
        """Return the extensions of the schema."""
        return [
            lambda: HoldToLimits(self.validation, self.rate),
            lambda: CountSubscriptions(self.subscriptions),
            lambda: EndInTime(self.bounds.seconds),
        ]
