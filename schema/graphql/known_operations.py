"""Runs queries of documents that have been checked before, without Strawberry's extensions.

What the extensions of a schema do with such a query is done here in one go: they cost several times as much
as a query that reads little. Whatever is not certain to pass (an unknown document, a mutation, an anonymous
client, a limit that is exceeded) is left to them, before anything was charged or run.
"""

from typing import Any, NamedTuple, Protocol

from graphql import ExecutionResult as CoreResult
from graphql import GraphQLError, OperationType
from graphql.execution.values import VariableValues
from strawberry.types import ExecutionResult

from schema.graphql.contact_access import log_contacts_seen
from schema.graphql.context import Context
from schema.graphql.document_ids import DocumentId
from schema.graphql.errors import ClientError, MaskFaults, masked
from schema.graphql.limits import Limits
from schema.graphql.limits.documents import KnownOperation
from schema.graphql.limits.extensions import LEAST, VALUES, charged, too_often
from schema.graphql.limits.values import count_values
from schema.graphql.limits.while_running import ending_in_time
from schema.graphql.rate_limit import Allowance, bucket_of
from schema.graphql.trusted_documents import TrustedDocuments

Values = dict[str, Any]


class Executor(Protocol):
    """What executes operations that were checked: the schema."""

    async def execute_known(
        self,
        known: KnownOperation,
        variables: Values | None,
        operation_extensions: Values | None,
        context: Context,
    ) -> CoreResult:
        """Execute an operation."""

    def planned(self, known: KnownOperation, variables: Values | None) -> VariableValues | None:
        """Return the values of the variables if a plan reads rows for them."""

    async def answer_planned(
        self, known: KnownOperation, values: VariableValues, context: Context
    ) -> CoreResult | None:
        """Answer by the plan for a viewer that was recalled; None if it has to be authenticated first."""


class Planned(NamedTuple):
    """A query that a plan covers, with the values of its variables, its cost, and what is charged for it."""

    known: KnownOperation
    values: VariableValues
    cost: int
    price: int


class KnownOperations:
    """The queries of one schema that need no further checks than those of their variables."""

    def __init__(self, limits: Limits, documents: TrustedDocuments, executor: Executor) -> None:
        """Take what the schema's extensions use as well, and what executes operations."""
        self._limits, self._documents, self._executor = limits, documents, executor
        self._faults = MaskFaults()

    def find(self, text: str, operation_name: str | None) -> KnownOperation | None:
        """Return a query of a document that was found to have no errors."""
        known = self._limits.validation.known(text, operation_name)
        return None if known is None or known.measure.kind is not OperationType.QUERY else known

    async def execute(
        self,
        query: str | None,
        *,
        variables: Values | None,
        operation_name: str | None,
        extensions: Values | None,
        context: Context,
    ) -> ExecutionResult | None:
        """Return the result of a query; None if it has to be executed with the schema's extensions."""
        if context.viewer.user_id is None or not (text := self._text(query)):
            return None
        known = self.find(text, operation_name)
        if known is None:
            return None
        prices = self._prices(known, variables, extensions)
        if prices is None:
            return None
        cost, price = prices
        allowance = await self._charge(context, price)
        if allowance is not None and not allowance.passed:
            result = CoreResult(data=None, errors=[too_often(context, allowance)])
        else:
            result = await self._run(known, variables, extensions, context)
        return self._shown(result, cost, allowance)

    def planned(
        self,
        query: str | None,
        *,
        variables: Values | None,
        operation_name: str | None,
        extensions: Values | None,
    ) -> Planned | None:
        """Return a query if a plan covers it, whoever asks."""
        if not (text := self._text(query)) or (known := self.find(text, operation_name)) is None:
            return None
        values = self._executor.planned(known, variables)
        if values is None or (prices := self._prices(known, variables, extensions)) is None:
            return None
        return Planned(known, values, *prices)

    async def answer(self, planned: Planned, context: Context) -> ExecutionResult | None:
        """Return the result for a viewer that was recalled (`Context.recall`); None if the viewer has to be
        authenticated, and the query executed, as if nothing had been done: what was charged for it is not
        charged again. Raises `Unavailable`, as authenticating would.
        """
        known, values, cost, price = planned
        allowance = await self._charge(context, price)
        if allowance is not None and not allowance.passed:
            return None
        try:
            with ending_in_time(self._limits.bounds.seconds, writing=False):
                result = await self._executor.answer_planned(known, values, context)
        except GraphQLError as error:
            return self._shown(CoreResult(data=None, errors=[error]), cost, allowance)
        if result is None:
            return None
        if context.contacts_seen:
            await log_contacts_seen(context, result)
        return self._shown(result, cost, allowance)

    def _shown(self, result: CoreResult, cost: int, allowance: Allowance | None) -> ExecutionResult:
        """Return what the client is told, with faults masked."""
        errors = [masked(error) for error in self._faults.mask(result.errors)] if result.errors else None
        return ExecutionResult(result.data, errors, charged(cost, self._limits.bounds, allowance))

    async def _charge(self, context: Context, price: int) -> Allowance | None:
        """Take the price from the viewer's bucket, unless that was done before it was authenticated."""
        if (rate := self._limits.rate) is None:
            return None
        services, key = context.services, bucket_of(context.viewer, context.client_address)
        if context.taken is not None and context.taken[:2] == (key, price):
            allowance = context.taken[2]
        else:
            allowance = await rate.take(services.redis, services.redis_health, key, price)
        context.taken = None if context.confirming is None else (key, price, allowance)
        return allowance

    def _text(self, query: str | None) -> str | None:
        """Return the document; None unless it certainly may run."""
        if type(query) is DocumentId:
            return self._documents.find(query)
        if type(query) is str and (not self._documents.only or query in self._documents.texts):
            return query
        return None

    def _prices(
        self, known: KnownOperation, variables: Values | None, extensions: Values | None
    ) -> tuple[int, int] | None:
        """Return the cost and what is charged; None if a limit is exceeded."""
        least = LEAST
        try:
            for given, name in ((variables, "variables"), (extensions, "extensions")):
                if given:
                    least += count_values(given, name, self._limits.bounds.values) // VALUES
        except ClientError:
            return None
        cost = known.measure.cost(variables)
        if cost > self._limits.bounds.cost:
            return None
        if known.lists.too_long(known.measure.name, variables) is not None:
            return None
        return cost, max(cost, least)

    async def _run(
        self,
        known: KnownOperation,
        variables: Values | None,
        extensions: Values | None,
        context: Context,
    ) -> CoreResult:
        try:
            with ending_in_time(self._limits.bounds.seconds, writing=False):
                result = await self._executor.execute_known(known, variables, extensions, context)
        except GraphQLError as error:
            return CoreResult(data=None, errors=[error])
        except Exception as error:  # noqa: BLE001 - a fault, which is masked
            return CoreResult(data=None, errors=[GraphQLError("fault", original_error=error)])
        if context.contacts_seen:
            await log_contacts_seen(context, result)
        return result
