"""Runs queries of documents that have been checked before, without Strawberry's extensions.

What the extensions of a schema do with such a query is done here in one go: they cost several times as much
as a query that reads little. Whatever is not certain to pass (an unknown document, a mutation, an anonymous
client, a limit that is exceeded) is left to them, before anything was charged or run.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from graphql import ExecutionResult as CoreResult
from graphql import GraphQLError, OperationType
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
from schema.graphql.rate_limit import bucket_of
from schema.graphql.trusted_documents import TrustedDocuments

Values = dict[str, Any]
# Executes an operation: variables, extensions, context.
Execute = Callable[[KnownOperation, Values | None, Values | None, Context], Awaitable[CoreResult]]


class KnownOperations:
    """The queries of one schema that need no further checks than those of their variables."""

    def __init__(self, limits: Limits, documents: TrustedDocuments, execute: Execute) -> None:
        """Take what the schema's extensions use as well, and what executes an operation."""
        self._limits, self._documents, self._execute = limits, documents, execute
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
        allowance = None
        if (rate := self._limits.rate) is not None:
            services, key = context.services, bucket_of(context.viewer, context.client_address)
            allowance = await rate.take(services.redis, services.redis_health, key, price)
        if allowance is not None and not allowance.passed:
            result = CoreResult(data=None, errors=[too_often(context, allowance)])
        else:
            result = await self._run(known, variables, extensions, context)
        errors = [masked(error) for error in self._faults.mask(result.errors)] if result.errors else None
        return ExecutionResult(result.data, errors, charged(cost, self._limits.bounds, allowance))

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
            async with ending_in_time(self._limits.bounds.seconds, writing=False):
                result = await self._execute(known, variables, extensions, context)
        except GraphQLError as error:
            return CoreResult(data=None, errors=[error])
        except Exception as error:  # noqa: BLE001 - a fault, which is masked
            return CoreResult(data=None, errors=[GraphQLError("fault", original_error=error)])
        if context.contacts_seen:
            await log_contacts_seen(context, result)
        return result
