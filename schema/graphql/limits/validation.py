"""Checks a document before it runs: its size, the limits, then GraphQL's own validation rules.

The limits come first because GraphQL's own rules can be expensive.
"""

from collections.abc import Callable, Sequence

from graphql import (
    ASTValidationRule,
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    NoSchemaIntrospectionCustomRule,
    OperationType,
    parse,
    specified_rules,
    validate,
)
from graphql.validation.rules import overlapping_fields_can_be_merged
from graphql.validation.validate import ValidationAbortedError
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from schema.graphql.errors import VALIDATION_FAILED, with_code
from schema.graphql.limits.bounds import Bounds, exceeded, over
from schema.graphql.limits.documents import Checked, Documents, KnownOperation, operations_of
from schema.graphql.limits.introspection import SchemaReading
from schema.graphql.limits.lists import InputLists
from schema.graphql.limits.measure import Measure, Measured, measure

MOST_ERRORS = 5
LONGEST_MESSAGE = 500
# The budget of graphql-core's only non-linear rule; with the default, one document can take seconds.
MOST_COMPARISONS = 20_000
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = MOST_COMPARISONS
_TOO_MANY_TOKENS = "Document contains more than"
_ABORTED = "Validation aborted."
_SPLIT = "Request less data, or split the request."


class Validation:
    """Validation for one schema, with a cache."""

    def __init__(self, bounds: Bounds, *, introspection: bool = True, suggestions: bool = True) -> None:
        """Take the limits; `suggestions`: whether errors include suggestions."""
        self.bounds = bounds
        self._suggestions = suggestions
        self._documents = Documents()
        self._reading: SchemaReading | None = None  # of the schema, once it exists
        own: Sequence[type[ASTValidationRule]] = () if introspection else (NoSchemaIntrospectionCustomRule,)
        self._rules = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule, *own)

    def knows(self, text: str) -> bool:
        """Whether a document is cached, so that it needs no parsing or validation."""
        return len(text) <= self.bounds.characters and self._documents.get(text) is not None

    def known(self, text: str, operation_name: str | None) -> KnownOperation | None:
        """Return an operation of a cached document that was found to have no errors."""
        found = self._documents.get(text) if len(text) <= self.bounds.characters else None
        return None if found is None else found.operations.get(operation_name)

    def parse(self, text: str) -> Checked:
        """Parse a document; raises `GraphQLError` if it is too large or invalid."""
        bounds = self.bounds
        if len(text) > bounds.characters:
            raise over(
                "documentLength",
                len(text),
                bounds.characters,
                "Too many characters in the document",
                "Send values as variables, or split the request.",
            )
        found = self._documents.get(text)
        if found is not None:
            return found
        try:
            document = parse(text, max_tokens=bounds.tokens)
        except GraphQLSyntaxError as error:
            if _TOO_MANY_TOKENS not in error.message:
                raise
            raise over(
                "tokens", bounds.tokens + 1, bounds.tokens, "Too many tokens in the document", _SPLIT
            ) from None
        return self._documents.put(text, document)

    def check(self, schema: GraphQLSchema, checked: Checked) -> tuple[Measured, list[GraphQLError]]:
        """Return the measure of a document, and the errors that do not depend on variables."""
        if checked.measured is None or checked.errors is None:
            checked.measured = measure(schema, checked.document)
            checked.errors = (
                self._exceeded(checked.measured)
                or self._invalid(schema, checked.document)
                or self._reads_too_much(schema, checked.document)
            )
            if not checked.errors:
                checked.lists = InputLists(schema, checked.document)
                checked.operations = operations_of(checked.document, checked.measured, checked.lists)
        return checked.measured, checked.errors

    def too_costly(self, cost: int) -> GraphQLError | None:
        """Return the error for an operation that costs too much."""
        if cost <= self.bounds.cost:
            return None
        return over(
            "cost",
            cost,
            self.bounds.cost,
            "The operation costs too much",
            "A list costs its `first`. Request smaller pages, fewer nested lists or fewer fields.",
        )

    def _exceeded(self, measured: Measured) -> list[GraphQLError]:
        found = (check(self.bounds, one) for check in _CHECKS for one in measured.operations)
        return [error for error in found if error is not None][:MOST_ERRORS]

    def _reads_too_much(self, schema: GraphQLSchema, document: DocumentNode) -> list[GraphQLError]:
        if self._reading is None:
            self._reading = SchemaReading(schema)
        largest, most = self._reading.largest(document), self._reading.most
        if largest <= most:
            return []
        return [
            over(
                "introspection",
                largest,
                most,
                "Too many objects and values requested from the schema",
                _SPLIT,
            )
        ]

    def _invalid(self, schema: GraphQLSchema, document: DocumentNode) -> list[GraphQLError]:
        errors = validate(
            schema, document, self._rules, max_errors=MOST_ERRORS, hide_suggestions=not self._suggestions
        )
        if any(isinstance(error, ValidationAbortedError) and error.message == _ABORTED for error in errors):
            remedy = "The document repeats the same fields too often. Request each field once."
            return [exceeded("comparisons", remedy, allowed=MOST_COMPARISONS)]
        for error in errors:
            if len(error.message) > LONGEST_MESSAGE:
                error.message = error.message[:LONGEST_MESSAGE] + "…"
            with_code(error, VALIDATION_FAILED)
        return errors[:MOST_ERRORS]


def _depth(bounds: Bounds, one: Measure) -> GraphQLError | None:
    if one.depth <= bounds.depth:
        return None
    return over(
        "depth", one.depth, bounds.depth, "Fields nested too deeply", "Use `node` to read nested objects."
    )


def _aliases(bounds: Bounds, one: Measure) -> GraphQLError | None:
    if one.aliases <= bounds.aliases:
        return None
    what = "Too many aliases, including those in fragments"
    return over("aliases", one.aliases, bounds.aliases, what, _SPLIT)


def _directives(bounds: Bounds, one: Measure) -> GraphQLError | None:
    if one.directives <= bounds.directives:
        return None
    what = "Too many directives, including those in fragments"
    return over("directives", one.directives, bounds.directives, what, _SPLIT)


def _root_mutations(bounds: Bounds, one: Measure) -> GraphQLError | None:
    if one.kind is not OperationType.MUTATION or one.root_fields <= bounds.root_mutations:
        return None
    what = "Too many mutations in one request"
    return over("rootMutations", one.root_fields, bounds.root_mutations, what, "Send several requests.")


_CHECKS: tuple[Callable[[Bounds, Measure], GraphQLError | None], ...] = (
    _depth,
    _aliases,
    _directives,
    _root_mutations,
)
