"""The schema as the product builds it and as graphql-core reads it from the SDL, built once for all tests."""

from graphql import GraphQLSchema
from graphql import build_schema as read_schema

from schema import build_schema, print_sdl

CORE: GraphQLSchema = build_schema()._schema
SDL_SCHEMA: GraphQLSchema = read_schema(print_sdl())
