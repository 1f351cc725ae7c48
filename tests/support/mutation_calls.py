"""Calls of mutations: documents built from the schema, JSON and multipart, and payloads."""

import json
from typing import Any, cast

from graphql import GraphQLInputObjectType, GraphQLObjectType, get_named_type

from tests.support.api import Answer, Client, Json
from tests.support.schemas import CORE

_FIELDS = cast("GraphQLObjectType", CORE.mutation_type).fields
MUTATIONS = frozenset(_FIELDS)
_ERRORS = "userErrors { code field message decision { ruleId verdict reason policyVersion } }"


def document(name: str, wanted: str = "") -> str:
    """Return the document of one mutation, with its user errors and the other requested fields."""
    given = _FIELDS[name].args.get("input")
    if given is None:
        return f"mutation {{ {name} {{ {wanted} {_ERRORS} }} }}"
    return f"mutation ($input: {given.type}) {{ {name}(input: $input) {{ {wanted} {_ERRORS} }} }}"


def input_fields(name: str) -> dict[str, Any]:
    """Return the fields of a mutation's input; none without one."""
    if "input" not in _FIELDS[name].args:
        return {}
    given = get_named_type(_FIELDS[name].args["input"].type)
    return dict(cast("GraphQLInputObjectType", given).fields)


async def call(client: Client, name: str, given: Json | None = None, wanted: str = "") -> Json:
    """Call a mutation and return its payload; an error of GraphQL fails the test."""
    payload: Json = (await attempt(client, name, given, wanted)).data[name]
    return payload


async def attempt(client: Client, name: str, given: Json | None = None, wanted: str = "") -> Answer:
    """Call a mutation and return any response; bytes in `file` are sent as an upload."""
    text = document(name, wanted)
    if given is not None and isinstance(given.get("file"), bytes):
        return await upload(client, text, given)
    return await send(client, text, {"input": given})


async def send(client: Client, text: str, variables: Json) -> Answer:
    """Post a document as JSON in ASCII, so that even lone surrogates are sent."""
    authorization = {"Authorization": f"Bearer {client.token}"} if client.token else {}
    response = await client.http.post(
        "/graphql",
        content=json.dumps({"query": text, "variables": variables}),
        headers={"Content-Type": "application/json", **authorization},
    )
    return Answer(response.status_code, response.json(), response.headers)


async def upload(client: Client, text: str, given: Json) -> Answer:
    """Send `given["file"]` by graphql-multipart-request-spec."""
    operations = {"query": text, "variables": {"input": {**given, "file": None}}}
    authorization = {"Authorization": f"Bearer {client.token}"} if client.token else {}
    response = await client.http.post(
        "/graphql",
        data={"operations": json.dumps(operations), "map": json.dumps({"0": ["variables.input.file"]})},
        files={"0": ("leads.csv", given["file"], "text/csv")},
        headers={"GraphQL-Preflight": "1", **authorization},
    )
    return Answer(response.status_code, response.json(), response.headers)


def refusals(payload: Json) -> list[tuple[str, str]]:
    """Return (code, field path) of a payload's user errors."""
    return [(error["code"], ".".join(error["field"])) for error in payload["userErrors"]]


def session_reasons(payload: Json) -> list[str | None]:
    """Return `sessionReason` of a payload's user errors, which the call must request."""
    return [error["sessionReason"] for error in payload["userErrors"]]
