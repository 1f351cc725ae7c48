"""Random documents are answered as plain graphql-core answers them, byte for byte.

`python -m tests.fuzz.differential` asks a hundred thousand.
"""

import random
import sys
from collections.abc import AsyncIterator
from random import Random
from typing import Any

import pytest
import pytest_asyncio
from graphql import GraphQLError, parse, validate

import embedded
from schema.graphql.fast_path import plan
from tests.fuzz.differential.answers import Answer, Likeness, likeness, send
from tests.fuzz.differential.arguments import Arguments, Known
from tests.fuzz.differential.caches import Caches
from tests.fuzz.differential.comparing import Comparison
from tests.fuzz.differential.document import Spot
from tests.fuzz.differential.documents import Writer
from tests.fuzz.differential.market import Asked, Market, furnished
from tests.fuzz.differential.memory import written
from tests.support.database import Database
from tests.support.schemas import SDL_SCHEMA

DOCUMENTS = 60  # of each seed
SEEDS = (1, 2, random.SystemRandom().randrange(10**9))  # the last one is new each time
CONSTRUCTS = (
    *(
        "fragment ",
        "... on ",
        "... {",
        "@skip(if: $",
        "@include(if: true",
        "Boolean!",
        "query Q1",
        "nodes(ids",
    ),
    *("__typename", "__schema", "after: ", "last: ", "null", "[]", "noSuchField"),
)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def market(migrated: Database, services: embedded.Services) -> AsyncIterator[Market]:
    """The marketplace with everything, at a stopped clock."""
    await migrated.empty()
    async with furnished(services, migrated) as made:
        yield made


async def test_random_documents_are_answered_as_by_graphql_core(market: Market) -> None:
    """As every viewer, in four languages; each field of the schema is asked at least once."""
    sys.stdout.write(f"seeds {SEEDS}")
    asked: set[Spot] = set()
    for seed in SEEDS:
        comparison = Comparison(market, seed)
        report = await comparison.run(DOCUMENTS, everything=seed == SEEDS[0])
        lines = "\n".join(report.lines(comparison.writer.reachable))
        assert not report.differences, f"seed {seed}: {report.differences[0]}"
        assert not report.faults, f"seed {seed}: {report.faults[0]}"
        assert report.clean > report.requests / 3, f"seed {seed} asks too little that has an answer: {lines}"
        assert report.counted.share > 0.5, f"seed {seed} does not ask the fast path: {lines}"
        asked |= report.asked.keys()
    assert comparison.writer.reachable <= asked


async def test_a_wrong_answer_is_found(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the fast path and of a plan, with the request that shows it."""
    usual = plan.finish_leaf

    def broken(write: Any) -> plan.Finish:
        finish = usual(write)
        return lambda value, place, run: "wrong" if value == "main" else finish(value, place, run)

    monkeypatch.setattr("schema.graphql.fast_path.execution.finish_leaf", broken)
    monkeypatch.setattr("schema.graphql.fast_path.execution.answer_text", lambda read, finish: (
        lambda source, place, run: finish(read(source), place, run)))  # fmt: skip
    monkeypatch.setattr(
        "schema.graphql.fast_path.view_shapes.Leaf.text", lambda _, value, __: f"({value} and 'wrong')"
    )
    comparison = Comparison(market, 1)
    await comparison.compare(0, Asked("operator", {"query": "{ markets { nodes { id code } } }"}))
    assert len(comparison.report.differences) == 3
    for found in comparison.report.differences:  # of all answers of the product
        assert found.steady
        assert b"wrong" in found.product.body


# What random documents found: each was answered differently once.
FOUND = (
    "{ leads(first: 3) { edges { cursor @skip(if: true) } totalCount } }",
    "{ leads(first: 3) { nodes { title @skip(if: true) } } }",
    "query ($all: Boolean = false) { leads(last: 2) { edges { ...Edge @include(if: $all) } } } "
    "fragment Edge on LeadEdge { cursor }",
    "{ leads { nodes { applications { nodes { lead { contact { email } } } } } } }",  # logged no looks
)


async def test_what_was_found_stays_mended(market: Market) -> None:
    """Objects without fields are answered, and looks logged, also by what knows a document from before."""
    comparison = Comparison(market, 0)
    for query in FOUND:
        for viewer in ("owner", "operator"):
            await comparison.compare(0, Asked(viewer, {"query": query}))
    assert not comparison.report.differences, comparison.report.differences[0]


async def test_caches_are_found_and_bounded(market: Market) -> None:
    """Those of documents and of the driver's statements, among others; more requests fill none more, once the
    documents have their plans and the viewers are recalled.
    """
    caches = Caches()
    asked = written(market, 30, seed=1)
    sizes = []
    for _ in range(5):
        for headers, body in asked:
            assert (await send(market.api.app, headers, body)).status in {200, 400}
        sizes.append(caches.sizes())
    # The driver's have as many statements as the pool's connections that happened to be used.
    ours = [{name: size for name, size in one.items() if "asyncpg" not in name} for one in sizes]
    assert ours[3] == ours[4]
    names = "\n".join(sizes[0])
    for name in ("Documents._known", "asyncpg.connection._StatementCache._entries", "windows._zone"):
        assert name in names


ALIKE = (
    ('[{"message": "x"}, {"message": "y"}]', '[{"message": "x"}, {"message": "y"}]', Likeness.EQUAL),
    ('[{"message": "x"}, {"message": "y"}]', '[{"message": "y"}, {"message": "x"}]', Likeness.REORDERED),
    ('[{"message": "x"}, {"message": "y"}]', '[{"message": "x"}]', Likeness.DIFFERENT),
    ('[{"path": ["a", 0, "b"]}]', '[{"path": ["a", 1, "b"]}]', Likeness.OTHER_ERROR),
    ('[{"path": ["a", 0, "b"]}]', '[{"path": ["c", "d"]}]', Likeness.DIFFERENT),
    ('[{"path": ["a"], "message": "x"}]', '[{"path": ["a"], "message": "y"}]', Likeness.DIFFERENT),
    ('[{"path": ["c", "d"], "message": "x"}]', '[{"path": ["c", "d"], "message": "y"}]', Likeness.DIFFERENT),
)


@pytest.mark.parametrize(("one", "other", "expected"), ALIKE)
def test_answers_are_alike(one: str, other: str, expected: Likeness) -> None:
    """Byte for byte, or except for what GraphQL leaves open; never if data differs."""
    first, second = (_answer(errors) for errors in (one, other))
    assert likeness(first, second) is expected
    assert likeness(first, _answer(other, data='{"a": null, "c": {"d": 2}}')) is Likeness.DIFFERENT


def test_an_answer_with_more_errors_may_be_long_enough_to_be_compressed() -> None:
    """Then it has another header; of two answers of one length, that is a fault."""
    few, many = (
        _answer(errors) for errors in ('[{"path": ["a", 0]}]', '[{"path": ["a", 0]}, {"path": ["a", 1]}]')
    )
    head = [(b"vary", b"Accept-Encoding")]
    assert likeness(Answer(200, head, many.body), few) is Likeness.OTHER_ERROR
    assert likeness(Answer(200, head, few.body), few) is Likeness.DIFFERENT


def _answer(errors: str, data: str = '{"a": null, "c": {"d": 1}}') -> Answer:
    return Answer(200, [], f'{{"data": {data}, "errors": {errors}}}'.encode())


def _written(seed: int, count: int) -> list[str]:
    known = Known({"Lead": ["TGVhZDox"]}, {(True, "leads"): ["a cursor"]})
    writer = Writer(SDL_SCHEMA, Arguments(known))
    return [writer.document(Random(f"{seed} {number}")).text for number in range(count)]


def test_documents_are_valid_and_use_every_construct() -> None:
    """All but a few, which are refused as a whole."""
    texts = _written(1, 400)
    invalid = [text for text in texts if _is_invalid(text)]
    assert len(invalid) < 20, invalid
    missing = [one for one in CONSTRUCTS if not any(one in text for text in texts)]
    assert missing == []


def test_the_same_seed_writes_the_same() -> None:
    """So that a failure can be reproduced."""
    assert _written(7, 20) == _written(7, 20)


def _is_invalid(text: str) -> bool:
    try:
        return bool(validate(SDL_SCHEMA, parse(text)))
    except GraphQLError:
        return True
