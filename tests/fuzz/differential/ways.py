"""The two ways in which a request is answered: as the product does, and by plain graphql-core.

`plainly` is the one place that switches off everything that answers faster than graphql-core. Whatever is
added to the product for speed is switched off there, and counted in `counting`.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from graphql import GraphQLObjectType
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema import Schema
from schema.graphql.fast_path.answering import Answers
from schema.graphql.fast_path.execution import Execution
from schema.graphql.fast_path.roots import LISTS, VIEWS
from schema.graphql.known_operations import KnownOperations
from tests.fuzz.differential.document import Spot
from tests.support.plans import noted_rows

# Fields of the root that a plan may answer: documents that have no others are written more often.
PLANNED = frozenset(VIEWS | LISTS.keys())


@dataclass(slots=True)
class Counted:
    """The fields that graphql-core resolved, each way; what the product did itself is the difference."""

    plain: Counter[Spot] = field(default_factory=Counter)
    product: Counter[Spot] = field(default_factory=Counter)
    asked_plainly: int = 0
    asked: int = 0  # of the product, which is asked some requests several times
    planned: int = 0  # of these, answered by plans
    rows: Counter[str] = field(default_factory=Counter)  # lists that plans read as rows, by the type of these

    @property
    def share(self) -> float:
        """The share of fields that the product resolved without graphql-core."""
        plain = self.plain.total() / max(self.asked_plainly, 1)
        return 1 - self.product.total() / max(self.asked, 1) / max(plain, 1)


@contextmanager
def counting(counted: Counted) -> Iterator[None]:
    """Count the fields that graphql-core resolves for the product, and the answers of plans."""
    usual, answer = Execution.execute_field, Answers.answer
    counted.asked += 1

    def noted(self: Execution, parent: GraphQLObjectType, source: Any, details: Any, *more: Any) -> Any:
        counted.product[parent.name, details[0].node.name.value] += 1
        return usual(self, parent, source, details, *more)

    async def answered(*given: Any) -> bytes | None:
        found = await answer(*given)
        counted.planned += found is not None
        return found

    with noted_rows(counted.rows), pytest.MonkeyPatch.context() as patched:
        patched.setattr(Execution, "execute_field", noted)
        patched.setattr(Answers, "answer", answered)
        yield


@contextmanager
def plainly(schema: Schema, counted: Counted) -> Iterator[None]:
    """Answer with graphql-core alone."""
    counted.asked_plainly += 1

    class Plain(StrawberryGraphQLCoreExecutionContext):
        """Strawberry's own execution, counted."""

        def execute_field(
            self, parent_type: GraphQLObjectType, source: Any, field_details_list: Any, *more: Any
        ) -> Any:
            counted.plain[parent_type.name, field_details_list[0].node.name.value] += 1
            return super().execute_field(parent_type, source, field_details_list, *more)

    async def never(*_: object, **__: object) -> None:
        return None

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(schema, "execution_context_class", Plain)
        patched.setattr(KnownOperations, "execute", never)
        patched.setattr(KnownOperations, "planned", lambda *_, **__: None)
        patched.setattr(Answers, "answer", never)
        yield
