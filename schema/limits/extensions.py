"""Owns holding each operation to the limits of documents and to the user's rate, before it runs.

It must not let an operation run that is over a limit.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from graphql import DocumentNode, GraphQLError, parse
from starlette.responses import Response
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionContext

from schema.context import Context
from schema.errors import BAD_REQUEST, ClientError
from schema.limits.bounds import exceeded, shown
from schema.limits.documents import Checked
from schema.limits.uploads import cost_of_uploads
from schema.limits.validation import Validation
from schema.rate_limit import Allowance, RateLimit, bucket_of

LEAST = 1  # what a request takes from the bucket that is refused, or reads nothing
CHARACTERS = 100  # of a document that is not remembered, for which one more is taken: it must be checked
TOO_MANY_REQUESTS = 429
WHICH_OPERATION = "The document has several operations: say which by `operationName`."
# Stands for a document that is not read at all, so that the refusal is told as any other.
_NOTHING: DocumentNode = parse("{ __typename }")


def refuse_unread(operation: ExecutionContext, error: GraphQLError) -> None:
    """Refuse an operation before its document is read."""
    operation.graphql_document = _NOTHING
    operation._provided_operation_name = None
    operation.pre_execution_errors = [error]


class HoldToLimits(SchemaExtension):
    """Parses, measures, validates and charges; answers `extensions.cost` and `extensions.rateLimit`."""

    def __init__(self, validation: Validation, rate: RateLimit | None) -> None:
        """Made for each operation; what it is given lives as long as the schema."""
        self._validation = validation
        self._rate = rate
        self._checked: Checked | None = None
        self._cost: int | None = None
        self._least = LEAST
        self._allowance: Allowance | None = None

    async def on_parse(self) -> AsyncIterator[None]:
        """Parse, or remember having parsed."""
        operation = self.execution_context
        if operation.graphql_document is None and operation.query:
            if not self._validation.knows(operation.query):
                self._least += min(len(operation.query), self._validation.bounds.characters) // CHARACTERS
            try:
                self._checked = self._validation.parse(operation.query)
                operation.graphql_document = self._checked.document
            except ClientError as error:
                refuse_unread(operation, error)
            except GraphQLError:  # strawberry parses again and tells it in the transport's way
                if too_often := await self._charge(self._least):
                    refuse_unread(operation, too_often)
        yield

    async def on_validate(self) -> AsyncIterator[None]:
        """Refuse what is too much or invalid, and take what it costs from the bucket."""
        operation = self.execution_context
        if not operation.pre_execution_errors and self._checked is not None:
            operation.pre_execution_errors = self._errors(self._checked)
        if self._allowance is None:
            cost = 0 if operation.pre_execution_errors else self._cost or 0
            if too_often := await self._charge(max(cost, self._least) + self._uploads()):
                operation.pre_execution_errors = [too_often]
        yield

    def _errors(self, checked: Checked) -> list[GraphQLError]:
        operation = self.execution_context
        measured, errors = self._validation.check(operation.schema._schema, checked)
        one = measured.operation(operation.operation_name)
        if one is None:  # strawberry has told already that there is no such operation
            return list(errors)
        if operation._provided_operation_name is None and len(measured.operations) > 1:
            return [ClientError(BAD_REQUEST, WHICH_OPERATION)]  # strawberry would run the first
        self._cost = one.cost(operation.variables)
        too_costly = self._validation.too_costly(self._cost)
        return [*errors] if errors else [too_costly] if too_costly else []

    def _uploads(self) -> int:
        """What the files cost that came with the request, whatever becomes of it: they have arrived."""
        operation = self.execution_context
        request = operation.context.request if isinstance(operation.context, Context) else None
        with_files = request is not None and "multipart/" in request.headers.get("content-type", "")
        return cost_of_uploads(operation.variables) if with_files else 0

    async def _charge(self, cost: int) -> GraphQLError | None:
        context = self.execution_context.context
        if self._rate is None or not isinstance(context, Context):
            return None
        key = bucket_of(context.viewer, context.client_address)
        self._allowance = await self._rate.take(context.services.redis, key, cost)
        if self._allowance is None or self._allowance.passed:
            return None
        return self._too_often(context, self._allowance)

    def _too_often(self, context: Context, allowance: Allowance) -> GraphQLError:
        seconds = allowance.retry_after
        reset_at = context.now() + timedelta(seconds=allowance.wait_seconds)
        if isinstance(context.response, Response):
            context.response.status_code = TOO_MANY_REQUESTS
            context.response.headers["Retry-After"] = str(seconds)
        return exceeded(
            "rate",
            f"You have asked too much in a short time: ask again in {seconds} s, or ask for less.",
            rateLimit={
                "limit": self._burst,
                "remaining": allowance.remaining,
                "resetAt": reset_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                "retryAfterSeconds": seconds,
            },
        )

    @property
    def _burst(self) -> int:
        return self._rate.burst if self._rate else 0

    def get_results(self) -> dict[str, Any]:
        """Return what the operation cost and what is left."""
        results: dict[str, Any] = {}
        if self._cost is not None:
            results["cost"] = {"requested": shown(self._cost), "limit": self._validation.bounds.cost}
        if self._allowance is not None:
            results["rateLimit"] = {"limit": self._burst, "remaining": self._allowance.remaining}
        return results
