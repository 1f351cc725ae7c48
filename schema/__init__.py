"""The GraphQL API: the schema, and printing it as SDL."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import strawberry
from graphql import ExecutionResult
from graphql.pyutils import AwaitableOrValue
from strawberry.execution import optimized_is_awaitable
from strawberry.extensions import SchemaExtension
from strawberry.printer import print_schema

import models.tables  # noqa: F401 - descriptions are made from what the domains register
import schema.complaints.enums
import schema.graphql.enums
import schema.messages.enums  # noqa: F401 - enums are described before a type uses them
from schema.calls.updates import CallSubscription
from schema.chat.subscriptions import ChatSubscription
from schema.complaints.subscriptions import ComplaintProgressSubscription
from schema.feed.subscriptions.notifications import NotificationSubscription
from schema.feed.subscriptions.reveals import RevealSubscription
from schema.graphql.contact_access import LogContactAccess
from schema.graphql.context import Context
from schema.graphql.errors import MaskFaults
from schema.graphql.fast_path.answering import Answers, execute_or_answer
from schema.graphql.fast_path.execution import Execution
from schema.graphql.known_operations import KnownOperations
from schema.graphql.limits import Bounds, Limits
from schema.graphql.limits.documents import KnownOperation
from schema.graphql.limits.validation import MOST_ERRORS
from schema.graphql.masking import MaskedSchema
from schema.graphql.scalars import CONFIG
from schema.graphql.trusted_documents import NO_DOCUMENTS, ReadTrusted, TrustedDocuments
from schema.mutation import Mutation
from schema.query import Query

__all__ = ["SDL_FILE", "Schema", "build_schema", "print_sdl"]

SDL_FILE = Path(__file__).parent / "schema.graphql"


@strawberry.type(description="All subscriptions.")
class Subscription(
    RevealSubscription,
    NotificationSubscription,
    ComplaintProgressSubscription,
    CallSubscription,
    ChatSubscription,
):
    """Root subscription type."""


class Schema(MaskedSchema):
    """Strawberry's schema, with suggestions in error messages only if enabled."""

    suggestions = True

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Start without plans."""
        super().__init__(*arguments, **named)
        self.answers = Answers(self._schema)

    def _get_execute_function(self) -> Callable[..., Any]:
        return partial(execute_or_answer, self.answers, super()._get_execute_function())

    def begin(
        self,
        known: KnownOperation,
        variables: dict[str, Any] | None,
        operation_extensions: dict[str, Any] | None,
        context: Context,
    ) -> AwaitableOrValue[ExecutionResult]:
        """Begin to execute an operation of a document that was checked, charged and has no errors."""
        result: AwaitableOrValue[ExecutionResult] = self._get_execute_function()(
            self._schema,
            known.document,
            prepared=known.prepared,
            root_value=None,
            middleware=None,
            variable_values=variables,
            operation_name=known.measure.name,
            context_value=context,
            executor_class=Execution,
            is_awaitable=optimized_is_awaitable,
            **self._get_custom_context_kwargs(operation_extensions),
        )
        return result

    def _get_custom_context_kwargs(
        self, operation_extensions: dict[str, Any] | None = None, *, sync: bool = False
    ) -> dict[str, Any]:
        words = super()._get_custom_context_kwargs(operation_extensions, sync=sync)
        return {**words, "hide_suggestions": not self.suggestions, "max_coercion_errors": MOST_ERRORS}


def build_schema(
    bounds: Bounds | None = None,
    *,
    introspection: bool = True,
    suggestions: bool = True,
    documents: TrustedDocuments = NO_DOCUMENTS,
) -> Schema:
    """Build the schema with its limits, trusted documents, masked faults and the contact access log."""
    suggestions = suggestions and introspection
    limits = Limits.of(bounds or Bounds(), introspection=introspection, suggestions=suggestions)
    extensions: list[type[SchemaExtension] | Callable[[], SchemaExtension]] = [
        LogContactAccess,
        MaskFaults,
        lambda: ReadTrusted(documents),
        *limits.extensions(),
    ]
    schema = Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        config=CONFIG,
        extensions=extensions,
        execution_context_class=Execution,
    )
    schema.suggestions = suggestions
    schema.known = KnownOperations(limits, documents, schema.begin)
    return schema


def print_sdl() -> str:
    """Return the schema as SDL, as committed in schema/schema.graphql."""
    return print_schema(build_schema()) + "\n"
