"""Owns the GraphQL face: the schema and how it is printed.

It must not decide, store or wait for a worker.
"""

from collections.abc import Callable
from pathlib import Path

import strawberry
from graphql import GraphQLError
from strawberry.extensions import (
    DisableIntrospection,
    MaxTokensLimiter,
    ParserCache,
    SchemaExtension,
    ValidationCache,
)
from strawberry.printer import print_schema
from strawberry.types import ExecutionContext

from schema.contact_access import LogContactAccess
from schema.errors import MaskFaults
from schema.mutations import Mutation
from schema.queries import Query
from schema.scalars import CONFIG
from schema.subscriptions.notifications import NotificationSubscription
from schema.subscriptions.reveals import RevealSubscription

__all__ = ["SDL_FILE", "build_schema", "print_sdl"]

SDL_FILE = Path(__file__).parent / "schema.graphql"
MOST_TOKENS = 2_000


@strawberry.type(description="What can be followed.")
class Subscription(RevealSubscription, NotificationSubscription):
    """The root of subscriptions."""


class Schema(strawberry.Schema):
    """Strawberry's schema, which leaves logging to `MaskFaults`: a traceback can quote contact data."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Log nothing here."""


def build_schema(*, introspection: bool = True) -> Schema:
    """Build the schema, with caches, limits, masking of faults and the log of contact data seen."""
    extensions: list[type[SchemaExtension] | Callable[[], SchemaExtension]] = [
        LogContactAccess,
        MaskFaults,
        lambda: MaxTokensLimiter(max_token_count=MOST_TOKENS),
        lambda: ParserCache(maxsize=500),
        lambda: ValidationCache(maxsize=500),
    ]
    if not introspection:
        extensions.append(DisableIntrospection)
    return Schema(
        query=Query, mutation=Mutation, subscription=Subscription, config=CONFIG, extensions=extensions
    )


def print_sdl() -> str:
    """Return the schema as SDL, as committed in schema/schema.graphql."""
    return print_schema(build_schema()) + "\n"
