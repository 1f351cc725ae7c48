"""Answers to known documents: the JSON of `data`, made from rows by a plan, without graphql-core.

An operation that has passed validation and is sent again becomes a plan, kept as long as its document is
cached, by the values of the variables in its `@skip` and `@include`. What no plan covers is executed by
graphql-core, from the beginning; the bytes are the same. A plan keeps nothing of a request: neither values
nor viewers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import orjson
import structlog
from graphql import ExecutionResult, GraphQLSchema, OperationType

from models.accounts.confirming import Unconfirmed
from models.base.unavailable import TooSlow, Unavailable
from schema.graphql.errors import ClientError
from schema.graphql.fast_path.roots import Root
from schema.graphql.fast_path.row_types import NotCovered
from schema.graphql.fast_path.running import Running, side_by_side
from schema.graphql.fast_path.selection import Compiled, Selection, condition_variables
from schema.graphql.fast_path.versions import proved

if TYPE_CHECKING:
    from graphql.execution.values import VariableValues

    from schema.graphql.context import Context
    from schema.graphql.limits.documents import KnownOperation
    from schema.graphql.prepared import Prepared

MOST_PLANS = 8  # of one operation: by the values of the variables in its directives
MOST_COMPILED = 100_000  # fields of all plans, about 50 MB: short documents can select many

_log = structlog.get_logger(__name__)


_Roots = Mapping[str, Root | str]  # by response name; text is `__typename`


@dataclass(slots=True)
class _Planned:
    """The plans of an operation that was sent before; None for one that is not covered."""

    conditions: tuple[str, ...] | None  # None: no plan can cover it
    plans: dict[tuple[object, ...], _Roots | None] = field(default_factory=dict)


class Answers:
    """The plans of one schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        """Start without plans; with other versions of the libraries there will be none."""
        self._schema = schema
        self._planned: WeakKeyDictionary[KnownOperation, _Planned] = WeakKeyDictionary()
        self._compiled = Compiled()
        self._on = proved()

    async def answer(self, known: KnownOperation, values: VariableValues, context: Context) -> bytes | None:
        """Return the JSON of `data`; None if graphql-core must execute the operation.

        Nothing has been done if the answer is None, except reading.
        """
        if not self._on or context.viewer.user_id is None:  # anonymous requests make nothing grow
            return None
        found = self._find(known, values)
        if found is None:
            return None
        running = Running(self._schema, known.prepared, values, context, self._compiled)
        seen = {*context.contacts_seen}
        try:
            return _written(await _data(found, running))
        except Unavailable:
            if context.confirming is not None:  # authenticating would wait as long once more
                raise
        except (NotCovered, ClientError, TooSlow, Unconfirmed):
            pass
        except Exception as error:  # noqa: BLE001 - graphql-core answers, or reports it
            _log.error("plan_failed", error=type(error).__name__)
        context.contacts_seen = seen  # nothing was shown
        return None

    def covers(self, known: KnownOperation, values: VariableValues) -> bool:
        """Return whether there already is a plan that reads rows, and nothing but rows, for these values;
        which viewers it covers is seen when it answers.
        """
        planned = self._planned.get(known)
        if planned is None or planned.conditions is None:
            return False
        shape = tuple(values.coerced.get(condition) for condition in planned.conditions)
        fields = [root for root in (planned.plans.get(shape) or {}).values() if isinstance(root, Root)]
        return bool(fields) and all(root.reads_rows for root in fields)

    def _find(self, known: KnownOperation, values: VariableValues) -> _Roots | None:
        if self._compiled.fields > MOST_COMPILED:  # begin anew: those in use are soon planned again
            self._planned, self._compiled.fields = WeakKeyDictionary(), 0
        planned = self._planned.get(known)
        if planned is None:  # planned when it is sent again: many are sent only once
            self._planned[known] = _Planned(_conditions(known.prepared))
            return None
        if planned.conditions is None:
            return None
        shape = tuple(values.coerced.get(condition) for condition in planned.conditions)
        if shape not in planned.plans:
            if len(planned.plans) >= MOST_PLANS:
                return None
            planned.plans[shape] = self._plan(known.prepared, values)
        return planned.plans[shape]

    def _plan(self, prepared: Prepared, values: VariableValues) -> _Roots | None:
        try:
            selection = Selection(self._schema, prepared, values, self._compiled)
            root = self._schema.query_type
            assert root is not None  # noqa: S101 - a query was validated
            roots: dict[str, Root | str] = {}
            for response_name, details in selection.root().items():
                node = details[0].node
                if node.name.value == "__typename":
                    roots[response_name] = root.name
                    continue
                roots[response_name] = Root(selection, root, response_name, details)
        except (NotCovered, ClientError):
            return None
        return roots


async def _data(roots: _Roots, running: Running) -> dict[str, object]:
    """Read the root fields, side by side."""
    fields = [root for root in roots.values() if isinstance(root, Root)]
    values = iter(await side_by_side([root.data(running) for root in fields]))
    return {name: next(values) if isinstance(root, Root) else root for name, root in roots.items()}


def _written(data: dict[str, object]) -> bytes:
    """Return the JSON. Only custom scalars have other keys than text, and looking for them takes a third of
    the time.
    """
    try:
        return orjson.dumps(data, option=orjson.OPT_UTC_Z)
    except TypeError:
        return orjson.dumps(data, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


def _conditions(prepared: Prepared) -> tuple[str, ...] | None:
    """Return the variables on which a plan depends; None if no plan can cover the operation."""
    operation = prepared.operation
    if operation.operation is not OperationType.QUERY or operation.directives:
        return None
    try:
        return condition_variables(prepared)
    except NotCovered:
        return None


def as_result(answer: bytes) -> ExecutionResult:
    """Return the result of an operation that a plan answered."""
    return ExecutionResult(data=orjson.Fragment(answer))  # type: ignore[arg-type]
