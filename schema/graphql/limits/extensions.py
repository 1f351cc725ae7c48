"""Schema extension that checks document limits and the rate limit before an operation runs."""

from collections.abc import AsyncIterator, Iterable
from datetime import timedelta
from typing import Any

from graphql import DocumentNode, ExecutionResult, GraphQLError, parse
from starlette.responses import Response
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionContext
from strawberry.types.graphql import OperationType

from schema.graphql.context import Context
from schema.graphql.errors import BAD_REQUEST, ClientError, unauthenticated
from schema.graphql.limits.anonymous_operations import refusal
from schema.graphql.limits.bounds import Bounds, exceeded, shown
from schema.graphql.limits.documents import Checked
from schema.graphql.limits.uploads import cost_of_uploads
from schema.graphql.limits.validation import Validation
from schema.graphql.limits.values import count_values
from schema.graphql.rate_limit import Advance, Allowance, bucket_of

LEAST = 1  # the charge for a request that is refused or reads nothing
VALUES = 100  # of variables per extra point: they are read before anything runs
CHARACTERS = 100  # of an uncached document per extra point: it must be checked
TOO_MANY_REQUESTS = 429
RATE = "rate"
WHICH_OPERATION = "The document contains several operations. Specify one in `operationName`."
# Replaces a document that is not read at all, so that its refusal has the usual form.
_NOTHING: DocumentNode = parse("{ __typename }")


def refuse_unread(operation: ExecutionContext, error: GraphQLError) -> None:
    """Refuse an operation before its document is read."""
    operation.graphql_document = _NOTHING
    operation._provided_operation_name = None
    operation.pre_execution_errors = [error]


class HoldToLimits(SchemaExtension):
    """Parses, measures, validates and charges; returns `extensions.cost` and `extensions.rateLimit`."""

    def __init__(self, validation: Validation, rate: Advance | None) -> None:
        """Create it for one operation; the arguments live as long as the schema."""
        self._validation = validation
        self._rate = rate
        self._checked: Checked | None = None
        self._cost: int | None = None
        self._least = LEAST
        self._refusal: ExecutionResult | None = None
        self._allowance: Allowance | None = None

    async def on_parse(self) -> AsyncIterator[None]:
        """Parse the document, or use the cache."""
        operation = self.execution_context
        if operation.graphql_document is None and operation.query and self._few_values(operation):
            if not self._validation.knows(operation.query):
                self._least += min(len(operation.query), self._validation.bounds.characters) // CHARACTERS
            try:
                self._checked = self._validation.parse(operation.query)
                operation.graphql_document = self._checked.document
            except ClientError as error:
                refuse_unread(operation, error)
            except GraphQLError:  # strawberry parses again and reports it as the transport does
                if refused := await self._charge(self._least):
                    refuse_unread(operation, refused)
        yield

    async def on_validate(self) -> AsyncIterator[None]:
        """Refuse a document that is invalid or over a limit, and charge its cost to the bucket."""
        operation = self.execution_context
        if not operation.pre_execution_errors and self._checked is not None:
            operation.pre_execution_errors = self._errors(self._checked)
        if self._allowance is None:
            cost = 0 if operation.pre_execution_errors else self._cost or 0
            if refused := await self._charge(max(cost, self._least) + self._uploads()):
                operation.pre_execution_errors = [refused]
        yield

    def _few_values(self, operation: ExecutionContext) -> bool:
        """Count the values sent with the document over any transport; refuse too many."""
        for given, name in (
            (operation.variables, "variables"),
            (operation.operation_extensions, "extensions"),
        ):
            if given:
                try:
                    count = count_values(given, name, self._validation.bounds.values)
                except ClientError as error:
                    self._least += self._validation.bounds.values // VALUES
                    operation.variables = None
                    refuse_unread(operation, error)
                    return False
                self._least += count // VALUES
        return True

    def _errors(self, checked: Checked) -> list[GraphQLError]:
        operation = self.execution_context
        measured, errors = self._validation.check(operation.schema._schema, checked)
        one = measured.operation(operation.operation_name)
        if one is None:  # strawberry has already reported that there is no such operation
            return list(errors)
        if operation._provided_operation_name is None and len(measured.operations) > 1:
            return [ClientError(BAD_REQUEST, WHICH_OPERATION)]  # strawberry would run the first
        self._cost = one.cost(operation.variables)
        if errors:
            return [*errors]
        if too_costly := self._validation.too_costly(self._cost):
            return [too_costly]
        self._refusal = self._without_a_user(operation, checked)
        if self._refusal is not None or checked.lists is None:
            return []
        too_long = checked.lists.too_long(one.name, operation.variables)
        return [too_long] if too_long else []

    def _without_a_user(self, operation: ExecutionContext, checked: Checked) -> ExecutionResult | None:
        context = operation.context
        if not isinstance(context, Context) or context.viewer.user_id is not None:
            return None
        return refusal(
            operation.schema._schema,
            checked.document,
            operation._provided_operation_name,
            operation.variables or {},
            context.token_error or unauthenticated(),
        )

    async def on_execute(self) -> AsyncIterator[None]:
        """Refuse anonymous clients as the resolvers would, before variables are coerced."""
        operation = self.execution_context
        if self._refusal is not None:
            if operation.operation_type is OperationType.SUBSCRIPTION:
                raise operation.context.token_error or unauthenticated()
            operation.result = self._refusal
        yield

    def _uploads(self) -> int:
        """The cost of uploaded files, charged even if the request is refused, because they have been
        received.
        """
        operation = self.execution_context
        request = operation.context.request if isinstance(operation.context, Context) else None
        with_files = request is not None and "multipart/" in request.headers.get("content-type", "")
        return cost_of_uploads(operation.variables) if with_files else 0

    async def _charge(self, cost: int) -> GraphQLError | None:
        context = self.execution_context.context
        if self._rate is None or not isinstance(context, Context):
            return None
        key = bucket_of(context.viewer, context.client_address)
        services = context.services
        self._allowance = await self._rate.take(services.redis, services.redis_health, key, cost)
        if self._allowance.passed:
            return None
        return too_often(context, self._allowance)

    def get_results(self) -> dict[str, Any]:
        """Return what the operation cost and what is left."""
        return charged(self._cost, self._validation.bounds, self._allowance)


def too_often(context: Context, allowance: Allowance) -> GraphQLError:
    """Return the error for a bucket that has too little left, and put it into the head of a response that
    exists.
    """
    seconds = allowance.retry_after
    reset_at = context.now() + timedelta(seconds=allowance.wait_seconds)
    error = exceeded(
        RATE,
        f"Rate limit exceeded. Try again in {seconds} seconds, or request less data.",
        rateLimit={
            "limit": allowance.limit,
            "remaining": allowance.remaining,
            "resetAt": reset_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "retryAfterSeconds": seconds,
        },
    )
    if isinstance(context.response, Response):
        put_retry_after(context.response, [error])
    return error


def put_retry_after(response: Response, errors: Iterable[GraphQLError]) -> None:
    """Put into the head of a response that its request was refused because of the rate limit."""
    for error in errors:
        extensions = error.extensions or {}
        if extensions.get("limit") == RATE:
            response.status_code = TOO_MANY_REQUESTS
            response.headers["Retry-After"] = str(extensions["rateLimit"]["retryAfterSeconds"])


def charged(cost: int | None, bounds: Bounds, allowance: Allowance | None) -> dict[str, Any]:
    """Return what the extensions of a response say: what the operation cost, and what is left."""
    results: dict[str, Any] = {}
    if cost is not None:
        results["cost"] = {"requested": shown(cost), "limit": bounds.cost}
    if allowance is not None:
        results["rateLimit"] = {"limit": allowance.limit, "remaining": allowance.remaining}
    return results
