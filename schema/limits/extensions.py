"""Owns holding each operation to its limits: a document's, the user's rate, time, subscriptions at once.

It must not run an operation that is over a limit, nor leave a subscription counted that has ended.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

from graphql import DocumentNode, GraphQLError, parse
from starlette.responses import Response
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionContext
from strawberry.types.graphql import OperationType

from schema.context import Context
from schema.errors import ClientError
from schema.limits.bounds import exceeded, shown
from schema.limits.documents import Checked
from schema.limits.validation import Validation
from schema.rate_limit import Allowance, RateLimit, bucket_of
from schema.slots import Slots

REFUSED_COST = 1  # what a request takes from the bucket that is refused, or reads nothing
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
        self._allowance: Allowance | None = None

    def on_parse(self) -> Iterator[None]:
        """Parse, or remember having parsed."""
        operation = self.execution_context
        if operation.graphql_document is None and operation.query:
            try:
                self._checked = self._validation.parse(operation.query)
                operation.graphql_document = self._checked.document
            except ClientError as error:
                refuse_unread(operation, error)
            except GraphQLError:
                pass  # strawberry parses again and tells it in the transport's way
        yield

    async def on_validate(self) -> AsyncIterator[None]:
        """Refuse what is too much or invalid, and take what it costs from the bucket."""
        operation = self.execution_context
        if not operation.pre_execution_errors and self._checked is not None:
            operation.pre_execution_errors = self._errors(self._checked)
        refused = bool(operation.pre_execution_errors)
        error = await self._charge(REFUSED_COST if refused else max(self._cost or 0, REFUSED_COST))
        if error is not None:
            operation.pre_execution_errors = [error]
        yield

    def _errors(self, checked: Checked) -> list[GraphQLError]:
        operation = self.execution_context
        measured, errors = self._validation.check(operation.schema._schema, checked)
        one = measured.operation(operation.operation_name)
        if one is None:  # strawberry has told already that there is no such operation
            return list(errors)
        if operation._provided_operation_name is None and len(measured.operations) > 1:
            return [GraphQLError(WHICH_OPERATION)]  # strawberry would run the first
        self._cost = one.cost(operation.variables)
        too_costly = self._validation.too_costly(self._cost)
        return [*errors] if errors else [too_costly] if too_costly else []

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


class EndInTime(SchemaExtension):
    """Ends queries and mutations that take too long; a subscription takes as long as it likes."""

    def __init__(self, seconds: float) -> None:
        """Take the limit."""
        self._seconds = seconds

    async def on_execute(self) -> AsyncIterator[None]:
        """Run against the clock."""
        kind = self.execution_context.operation_type
        if kind is OperationType.SUBSCRIPTION:
            yield
            return
        limit = asyncio.timeout(self._seconds)
        try:
            async with limit:
                yield
        except TimeoutError:
            if not limit.expired():
                raise
            raise _timed_out(self._seconds, kind) from None


def _timed_out(seconds: float, kind: OperationType) -> ClientError:
    remedy = "Ask for less at once."
    if kind is OperationType.MUTATION:
        remedy = (
            "It may have been carried out all the same: read what it would have changed, or send it again "
            "with the same idempotencyKey."
        )
    return ClientError("TIMEOUT", f"The operation took longer than {seconds:g} s and was ended. {remedy}")


class CountSubscriptions(SchemaExtension):
    """Refuses a subscription to a user who follows too many already, over whatever transport."""

    def __init__(self, slots: Slots) -> None:
        """Take the counters, which live as long as the schema."""
        self._slots = slots
        self._holder: object = None

    def on_validate(self) -> Iterator[None]:
        """Take a slot."""
        operation = self.execution_context
        context = operation.context
        wanted = operation.operation_type is OperationType.SUBSCRIPTION and isinstance(context, Context)
        if wanted and not operation.pre_execution_errors and context.viewer.user_id is not None:
            if self._slots.take(context.viewer.user_id):
                self._holder = context.viewer.user_id
            else:
                most = self._slots.most
                text = f"You follow {most} subscriptions already, which is the most: end one first."
                operation.pre_execution_errors = [
                    exceeded("subscriptions", text, requested=most + 1, allowed=most)
                ]
        yield

    def on_operation(self) -> Iterator[None]:
        """Give the slot back when the operation has ended, however it did."""
        try:
            yield
        finally:
            if self._holder is not None:
                self._slots.free(self._holder)
                self._holder = None
