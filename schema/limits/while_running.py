"""Owns the limits of what runs: the time of queries and mutations, how much each user follows at once.

It must not leave a subscription counted that has ended.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator

from strawberry.extensions import SchemaExtension
from strawberry.types.graphql import OperationType

from schema.context import Context
from schema.errors import ClientError
from schema.limits.bounds import exceeded
from schema.slots import Slots


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
