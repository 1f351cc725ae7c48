"""Limits during execution: the time of queries and mutations, and the number of subscriptions per user."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

from strawberry.extensions import SchemaExtension
from strawberry.types.graphql import OperationType

from models.base.asking import ask_for, asking
from schema.graphql.context import Context
from schema.graphql.errors import too_slow
from schema.graphql.limits.bounds import exceeded
from schema.graphql.open_count import OpenCount


class EndInTime(SchemaExtension):
    """Ends queries and mutations that take too long; subscriptions have no limit. A mutation's statements
    do not wait for its user's reads.
    """

    def __init__(self, seconds: float) -> None:
        """Take the limit."""
        self._seconds = seconds

    async def on_execute(self) -> AsyncIterator[None]:
        """Execute with a timeout."""
        kind = self.execution_context.operation_type
        if kind is OperationType.SUBSCRIPTION:
            yield
            return
        whom = asking()
        if whom is not None and kind is OperationType.MUTATION:
            ask_for(replace(whom, reading=False))
        async with ending_in_time(self._seconds, writing=kind is OperationType.MUTATION):
            yield


@asynccontextmanager
async def ending_in_time(seconds: float, *, writing: bool) -> AsyncIterator[None]:
    """Run the block for at most `seconds`; then raise `ClientError` TIMEOUT."""
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            yield
    except TimeoutError:
        if not limit.expired():
            raise
        what = f"The operation took longer than {seconds:g} seconds"
        raise too_slow(what, writing=writing) from None


class CountSubscriptions(SchemaExtension):
    """Refuses a subscription if the user already has too many, over any transport."""

    def __init__(self, slots: OpenCount) -> None:
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
                text = f"You already have {most} subscriptions, the maximum. End one first."
                operation.pre_execution_errors = [
                    exceeded("subscriptions", text, requested=most + 1, allowed=most)
                ]
        yield

    def on_operation(self) -> Iterator[None]:
        """Free the slot when the operation ends for any reason."""
        try:
            yield
        finally:
            if self._holder is not None:
                self._slots.free(self._holder)
                self._holder = None
