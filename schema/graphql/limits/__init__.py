"""Limits of requests, checked before and during execution."""

from collections.abc import Callable

from strawberry.extensions import SchemaExtension

from schema.graphql.limits.bounds import Bounds
from schema.graphql.limits.extensions import HoldToLimits
from schema.graphql.limits.validation import Validation
from schema.graphql.limits.while_running import CountSubscriptions, EndInTime
from schema.graphql.open_count import OpenCount
from schema.graphql.rate_limit import RateLimit

__all__ = ["Bounds", "limiting"]


def limiting(
    bounds: Bounds, *, introspection: bool, suggestions: bool
) -> list[Callable[[], SchemaExtension]]:
    """Return the extensions of one schema, with their shared caches and counters."""
    validation = Validation(bounds, introspection=introspection, suggestions=suggestions)
    rate = RateLimit(bounds.cost_per_minute, bounds.cost_burst) if bounds.cost_per_minute else None
    subscriptions = OpenCount(bounds.subscriptions_per_user)
    return [
        lambda: HoldToLimits(validation, rate),
        lambda: CountSubscriptions(subscriptions),
        lambda: EndInTime(bounds.seconds),
    ]
