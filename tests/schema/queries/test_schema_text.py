"""The SDL: the committed file is current, and every element is described."""

from collections.abc import Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    is_introspection_type,
    is_specified_scalar_type,
)

from schema import SDL_FILE, print_sdl
from tests.support.schemas import SDL_SCHEMA as SCHEMA


def _described() -> Iterator[tuple[str, str | None]]:
    for name, kind in SCHEMA.type_map.items():
        if is_introspection_type(kind) or is_specified_scalar_type(kind):
            continue
        yield name, kind.description
        if isinstance(kind, GraphQLEnumType):
            yield from ((f"{name}.{value}", shown.description) for value, shown in kind.values.items())
        elif isinstance(kind, GraphQLInputObjectType):
            yield from ((f"{name}.{field}", shown.description) for field, shown in kind.fields.items())
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for field, shown_field in kind.fields.items():
                yield f"{name}.{field}", shown_field.description
                yield from (
                    (f"{name}.{field}({argument})", shown.description)
                    for argument, shown in shown_field.args.items()
                )


def test_the_committed_sdl_is_the_schema() -> None:
    """After a change, run `leadgate schema --write`."""
    assert SDL_FILE.read_text() == print_sdl()


def test_every_type_field_argument_and_value_is_described_in_a_sentence() -> None:
    """The API documents itself."""
    found = dict(_described())
    assert len(found) > 300
    assert [name for name, text in found.items() if not text or not text.strip().endswith(".")] == []
