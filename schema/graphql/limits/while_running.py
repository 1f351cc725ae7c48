"""Limits during execution: the time of queries and mutations, and the number of subscriptions per user."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from types import TracebackType

from strawberry.extensions import SchemaExtension
from strawberry.types.graphql import OperationType

from models.base.asking import ask_for, asking
from models.base.time_limit import time_limit
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
        with ending_in_time(self._seconds, writing=kind is OperationType.MUTATION):
            yield


class ending_in_time:  # noqa: N801 - used as a function
    """Run the block for at most `seconds`; then raise `ClientError` TIMEOUT."""

    __slots__ = ("_limit", "_seconds", "_writing")

    def __init__(self, seconds: float, *, writing: bool) -> None:
        """Take the limit, and whether the block may change something."""
        self._seconds, self._writing = seconds, writing

    def __enter__(self) -> None:
        self._limit = time_limit(self._seconds)
        self._limit.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._limit.__exit__(kind, error, trace)
        except TimeoutError:
            kind = TimeoutError
        if kind is TimeoutError and self._limit.expired:
            what = f"The operation took longer than {self._seconds:g} seconds"
            raise too_slow(what, writing=self._writing) from None


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
