"""Answers to known documents: the JSON of `data`, made from rows by a plan, without graphql-core.

A document that has passed validation and is sent again becomes a plan, kept under its text, its operation and
the values of the variables in its `@skip` and `@include`. What no plan covers is executed by graphql-core,
from the beginning; the bytes are the same. A plan keeps nothing of a request: neither values nor viewers.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from inspect import isawaitable
from typing import TYPE_CHECKING, Any

import orjson
import structlog
from graphql import DocumentNode, ExecutionResult, GraphQLSchema, OperationDefinitionNode, OperationType
from graphql.execution.values import VariableValues, get_variable_values
from graphql.pyutils import AwaitableOrValue
from starlette.requests import Request

from models.base.unavailable import TooSlow, Unavailable
from schema.graphql.context import Context
from schema.graphql.errors import ClientError
from schema.graphql.fast_path.list_plan import AskedRows, ListPlan, RowList
from schema.graphql.fast_path.row_types import NotCovered
from schema.graphql.fast_path.selection import Selection, arguments, condition_variables, uses_variables
from schema.graphql.fast_path.versions import proved

if TYPE_CHECKING:
    from graphql import FieldNode, GraphQLField

CHARACTERS = 500_000  # of all known documents together; with its tree, about 100 bytes per character
SHARE = 10  # one document may use a tenth
MOST_PLANS = 8  # of one document: by the values of the variables in its directives
_WRITE = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS

# By the name of the root field; domains add theirs.
LISTS: dict[str, RowList] = {}

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Root:
    """A root field: its plan, and its arguments if they mention no variables."""

    plan: ListPlan
    definition: GraphQLField
    node: FieldNode
    asked: AskedRows | None


_Roots = Mapping[str, "_Root | str"]  # by response name; text is `__typename`


@dataclass(slots=True)
class _Known:
    """A document that was sent before, and its plans; None for one that is not covered."""

    operation: OperationDefinitionNode
    conditions: tuple[str, ...] | None  # None: no plan can cover it
    plans: dict[tuple[object, ...], _Roots | None] = field(default_factory=dict)


class Answers:
    """The plans of one schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        """Start without plans; with other versions of the libraries there will be none."""
        self._schema = schema
        self._documents: OrderedDict[tuple[str, str | None], _Known] = OrderedDict()
        self._room = CHARACTERS
        self._on = proved()

    def __len__(self) -> int:
        """Return the number of plans."""
        return sum(len(known.plans) for known in self._documents.values())

    async def answer(
        self,
        document: DocumentNode,
        operation_name: str | None,
        variables: Mapping[str, Any] | None,
        context: Context,
    ) -> bytes | None:
        """Return the JSON of `data`; None if graphql-core must execute the operation.

        The document has passed validation. Nothing has been done if the answer is None, except reading.
        """
        if not self._on or context.viewer.user_id is None:  # anonymous requests make nothing grow
            return None
        roots = self._find(document, operation_name, variables or {})
        if roots is None:
            return None
        found, values = roots
        try:
            data = {
                name: root if isinstance(root, str) else await self._read(root, values, context)
                for name, root in found.items()
            }
            return orjson.dumps(data, option=_WRITE)
        except (NotCovered, ClientError, Unavailable, TooSlow):
            return None
        except Exception as error:  # noqa: BLE001 - graphql-core answers, or reports it
            _log.error("plan_failed", error=type(error).__name__)
            return None

    async def _read(self, root: _Root, values: VariableValues, context: Context) -> dict[str, object]:
        asked = root.asked
        if asked is None:
            asked = root.plan.asked(arguments(self._schema, root.definition, root.node, values))
        return await root.plan.data(context, asked)

    def _find(
        self, document: DocumentNode, name: str | None, variables: Mapping[str, Any]
    ) -> tuple[_Roots, VariableValues] | None:
        text = document.loc.source.body if document.loc else ""
        known = self._documents.get((text, name))
        if known is None:
            self._remember(text, name, document)  # planned when it is sent again: many are sent only once
            return None
        self._documents.move_to_end((text, name))
        if known.conditions is None:
            return None
        values = VariableValues({}, {})
        if known.operation.variable_definitions:
            coerced = get_variable_values(
                self._schema,
                known.operation.variable_definitions,
                dict(variables),
                max_errors=1,  # graphql-core reports them; here one is enough to leave it to it
                hide_suggestions=True,
            )
            if isinstance(coerced, list):
                return None
            values = coerced
        shape = tuple(values.coerced.get(condition) for condition in known.conditions)
        if shape not in known.plans:
            if len(known.plans) >= MOST_PLANS:
                return None
            known.plans[shape] = self._plan(document, name, variables, values)
        roots = known.plans[shape]
        return None if roots is None else (roots, values)

    def _remember(self, text: str, name: str | None, document: DocumentNode) -> None:
        if not text or len(text) > CHARACTERS // SHARE:
            return
        operations = [
            one
            for one in document.definitions
            if isinstance(one, OperationDefinitionNode)
            and (name is None or (one.name is not None and one.name.value == name))
        ]
        if len(operations) != 1:
            return
        try:
            conditions = condition_variables(document) if _lists(operations[0]) else None
        except NotCovered:
            conditions = None
        self._documents[text, name] = _Known(operations[0], conditions)
        self._room -= len(text)
        while self._room < 0:
            forgotten, _ = self._documents.popitem(last=False)
            self._room += len(forgotten[0])

    def _plan(
        self, document: DocumentNode, name: str | None, variables: Mapping[str, Any], values: VariableValues
    ) -> _Roots | None:
        try:
            selection = Selection(self._schema, document, name, variables)
            root = self._schema.query_type
            assert root is not None  # noqa: S101 - a query was validated
            roots: dict[str, _Root | str] = {}
            for response_name, details in selection.root().items():
                node = details[0].node
                if node.name.value == "__typename":
                    roots[response_name] = root.name
                    continue
                rows = LISTS.get(node.name.value)
                if rows is None:
                    return None
                definition = selection.definition(root, details)
                plan = ListPlan(selection, rows, definition, details)
                asked = None
                if not uses_variables(node.arguments or ()):
                    asked = plan.asked(arguments(self._schema, definition, node, values))
                roots[response_name] = _Root(plan, definition, node, asked)
        except (NotCovered, ClientError):
            return None
        return roots


def _lists(operation: OperationDefinitionNode) -> bool:
    """Return whether an operation is a query that a plan might cover."""
    return operation.operation is OperationType.QUERY and not operation.directives


def execute_or_answer(
    answers: Answers, execute: Callable[..., Any], schema: GraphQLSchema, document: DocumentNode, **named: Any
) -> AwaitableOrValue[Any]:
    """Execute an operation like `execute`; over plain HTTP, by its plan if it has one."""
    context = named.get("context_value")
    run = partial(execute, schema, document, **named)
    if not isinstance(context, Context) or not isinstance(context.request, Request) or context.streaming:
        return run()
    name, variables = named.get("operation_name"), named.get("variable_values")
    return _answered(answers.answer(document, name, variables, context), run)


async def _answered(answer: Awaitable[bytes | None], run: Callable[[], Any]) -> Any:
    found = await answer
    if found is not None:
        return ExecutionResult(data=orjson.Fragment(found))  # type: ignore[arg-type]
    result = run()
    return await result if isawaitable(result) else result
