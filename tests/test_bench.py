"""What benchmarks compare: another server answers the same query, by the same types."""

from pathlib import Path

from graphql import GraphQLObjectType, build_schema, parse, validate

from bench.list_query import QUERY
from tests.support.schemas import SDL_SCHEMA

PART = Path(__file__).parent.parent / "bench" / "mercurius" / "list.graphql"


def test_mercurius_has_a_part_of_the_schema() -> None:
    """Each of its types has fields of ours, with their types, and the query needs no others."""
    part = build_schema(PART.read_text(encoding="utf-8"))
    assert validate(part, parse(QUERY)) == []
    for kind in part.type_map.values():
        ours = SDL_SCHEMA.type_map[kind.name]
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            assert isinstance(ours, GraphQLObjectType)
            for name, found in kind.fields.items():
                assert str(found.type) == str(ours.fields[name].type), (kind.name, name)
