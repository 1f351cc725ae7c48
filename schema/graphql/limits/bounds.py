"""Limits of a request, taken from the settings, and the error for an exceeded limit."""

from dataclasses import dataclass
from typing import Self

from schema.graphql.errors import ClientError
from settings import Settings

CODE = "LIMIT_EXCEEDED"
LARGEST_SHOWN = 1_000_000_000  # products of nested fragments can exceed JSON's integers


@dataclass(frozen=True, slots=True)
class Bounds:
    """The limits of one request; values equal to a limit pass."""

    values: int = 20_000
    characters: int = 50_000
    tokens: int = 2_000
    depth: int = 15
    aliases: int = 30
    directives: int = 50
    root_mutations: int = 5
    cost: int = 5_000
    seconds: float = 20.0
    subscriptions_per_user: int = 50
    cost_per_minute: int = 60_000
    cost_burst: int = 20_000

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Read the limits from the settings."""
        return cls(
            values=settings.max_values,
            characters=settings.max_document_length,
            tokens=settings.max_tokens,
            depth=settings.max_depth,
            aliases=settings.max_aliases,
            directives=settings.max_directives,
            root_mutations=settings.max_root_mutations,
            cost=settings.max_cost,
            seconds=settings.query_timeout_seconds,
            subscriptions_per_user=settings.subscriptions_per_user,
            cost_per_minute=settings.rate_limit_cost_per_minute,
            cost_burst=settings.rate_limit_burst,
        )


def shown(number: int) -> int:
    """Return the number, capped so that every client can read it."""
    return min(number, LARGEST_SHOWN)


def exceeded(limit: str, message: str, **details: object) -> ClientError:
    """Return the error for a limit; `details` goes into its extensions."""
    error = ClientError(CODE, message)
    error.extensions = {**(error.extensions or {}), "limit": limit, **details}
    return error


def over(limit: str, requested: int, allowed: int, what: str, remedy: str) -> ClientError:
    """Return the error for a number over its limit: what it counts, and the remedy."""
    number = shown(requested)
    many = f"{number} or more" if number == LARGEST_SHOWN else str(number)
    return exceeded(limit, f"{what}: {many}, maximum {allowed}. {remedy}", requested=number, allowed=allowed)
