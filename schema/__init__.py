"""The GraphQL API: the schema, and printing it as SDL."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

import strawberry
from graphql import DocumentNode, ExecutionResult, GraphQLSchema
from graphql.execution.values import VariableValues
from graphql.pyutils import AwaitableOrValue
from starlette.requests import Request
from strawberry.extensions import SchemaExtension
from strawberry.printer import print_schema
from strawberry.utils.await_maybe import await_maybe

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
from schema.graphql.fast_path.answering import Answers, as_result
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
        return partial(self._execute_or_answer, super()._get_execute_function())

    def _execute_or_answer(
        self, execute: Callable[..., Any], schema: GraphQLSchema, document: DocumentNode, **named: Any
    ) -> AwaitableOrValue[Any]:
        """Execute an operation like `execute`; over plain HTTP, by its plan if it has one."""
        context, text = named.get("context_value"), document.loc.source.body if document.loc else ""
        run = partial(execute, schema, document, **named)
        if not isinstance(context, Context) or not isinstance(context.request, Request) or context.streaming:
            return run()
        known = self.known.find(text, named.get("operation_name"))
        if known is None:
            return run()
        values = known.prepared.coerce(
            self._schema, named.get("variable_values"), most_errors=1, hide_suggestions=True
        )
        if isinstance(values, list):  # graphql-core reports them
            return run()
        return self._answered(known, values, context, run)

    async def execute_known(
        self,
        known: KnownOperation,
        variables: dict[str, Any] | None,
        operation_extensions: dict[str, Any] | None,
        context: Context,
    ) -> ExecutionResult:
        """Execute an operation of a document that was checked, charged and has no errors."""
        hide = not self.suggestions
        values = known.prepared.coerce(
            self._schema, variables, most_errors=MOST_ERRORS, hide_suggestions=hide
        )
        if isinstance(values, list):
            return ExecutionResult(None, errors=values)

        def run() -> AwaitableOrValue[ExecutionResult]:
            execution = known.prepared.execution(
                Execution,
                self._schema,
                values,
                context,
                hide_suggestions=hide,
                operation_extensions=operation_extensions,
            )
            return cast("AwaitableOrValue[ExecutionResult]", execution.execute_operation())

        return await self._answered(known, values, context, run)

    def planned(self, known: KnownOperation, variables: dict[str, Any] | None) -> VariableValues | None:
        """Return the values of the variables if a plan reads rows for them."""
        values = known.prepared.coerce(self._schema, variables, most_errors=1, hide_suggestions=True)
        return None if isinstance(values, list) or not self.answers.covers(known, values) else values

    async def answer_planned(
        self, known: KnownOperation, values: VariableValues, context: Context
    ) -> ExecutionResult | None:
        """Answer by the plan for a viewer that was recalled; None if it has to be authenticated first."""
        found = await self.answers.answer(known, values, context)
        confirmed = context.confirming is not None and context.confirming.confirmed
        return as_result(found) if found is not None and confirmed else None

    async def _answered(
        self,
        known: KnownOperation,
        values: VariableValues,
        context: Context,
        run: Callable[[], AwaitableOrValue[ExecutionResult]],
    ) -> ExecutionResult:
        found = await self.answers.answer(known, values, context)
        return await await_maybe(run()) if found is None else as_result(found)

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
    schema.known = KnownOperations(limits, documents, schema)
    return schema


def print_sdl() -> str:
    """Return the schema as SDL, as committed in schema/schema.graphql."""
    return print_schema(build_schema()) + "\n"
