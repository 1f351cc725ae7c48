"""Asks for a document with and without plans, and notes which operations a plan answered."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from schema import Schema
from schema.graphql.context import Context
from schema.graphql.fast_path.answering import Answers
from schema.graphql.fast_path.list_plan import ListPlan
from schema.graphql.limits.documents import Documents
from tests.support.api import Client

_answer = Answers.answer
_data = ListPlan.data


async def bytes_of(client: Client, document: str, variables: dict[str, Any] | None = None) -> bytes:
    """Return the body of a response as it was sent."""
    response = await client.http.post(
        "/graphql",
        json={"query": document, "variables": variables},
        headers={"Authorization": f"Bearer {client.token}"} if client.token else {},
    )
    return response.content


@contextmanager
def without_plans() -> Iterator[None]:
    """Execute everything by graphql-core."""

    async def never(*_: object) -> None:
        return None

    with patch.object(Answers, "answer", never):
        yield


@contextmanager
def authenticated() -> Iterator[None]:
    """Authenticate every request: recall no viewer."""
    with patch.object(Context, "recall", lambda *_: False):
        yield


@contextmanager
def noted_plans() -> Iterator[list[bool]]:
    """Note for each operation whether a plan answered it."""
    noted: list[bool] = []

    async def answer(self: Answers, *arguments: Any) -> bytes | None:
        found = await _answer(self, *arguments)
        noted.append(found is not None)
        return found

    with patch.object(Answers, "answer", answer):
        yield noted


@contextmanager
def noted_rows(noted: Counter[str] | None = None) -> Iterator[Counter[str]]:
    """Count the lists that plans read as rows, by the type of these."""
    found = Counter[str]() if noted is None else noted

    async def data(self: ListPlan, *arguments: Any) -> dict[str, object]:
        read = await _data(self, *arguments)
        found[self._rows.row_type.name] += 1
        return read

    with patch.object(ListPlan, "data", data):
        yield found


async def both_ways(
    client: Client, document: str, variables: dict[str, Any] | None = None
) -> tuple[bytes, bytes, bool]:
    """Return the response by a plan, the one of graphql-core, and whether a plan answered at all.

    A document is planned when it is sent for the second time.
    """
    await bytes_of(client, document, variables)
    with noted_plans() as noted:
        planned = await bytes_of(client, document, variables)
    with without_plans():
        usual = await bytes_of(client, document, variables)
    return planned, usual, noted[-1] if noted else False


async def answers_of(client: Client) -> tuple[Answers, Documents]:
    """Return the plans of the schema that answers a client, and the cache of its documents."""
    found: list[Answers] = []

    async def answer(self: Answers, *_: object) -> None:
        found.append(self)

    with patch.object(Answers, "answer", answer):
        await bytes_of(client, "{ __typename }")
    schema: Schema = found[0]._schema._strawberry_schema  # type: ignore[attr-defined]
    return found[0], schema.known._limits.validation._documents
