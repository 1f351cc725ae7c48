"""Malformed requests: bodies, headers and uploads that no client would send.

They test what is refused before a document is read.
"""

import json
from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.fuzz.values import integers, text

UPLOAD = """mutation ($input: LeadImportInput!) { leadImport(input: $input) {
  total rows { row outcome field column reason warnings leadId }
  ignoredColumns userErrors { code field message } } }"""
_COLUMNS = (
    "full name",
    "email",
    "phone",
    "brief",
    "title",
    "city",
    "country",
    "budget",
    "Budget max",
    "\x00",
    "",
)

_json = st.recursive(
    st.none() | st.booleans() | integers | st.floats() | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_members = st.fixed_dictionaries(
    {},
    optional={
        "query": _json
        | st.sampled_from(("{ __typename }", "{", "mutation { signOut { signedOut } }", "{ a(b: 1e999) }")),
        "documentId": _json,
        "variables": _json,
        "operationName": _json,
        "extensions": _json,
    },
)


@dataclass(frozen=True, slots=True)
class Body:
    """The body of one POST and its headers."""

    content: bytes
    headers: dict[str, str] = field(default_factory=dict)


def _encoded(value: object) -> bytes:
    return json.dumps(value).encode("utf-8", errors="surrogatepass")


_types = st.sampled_from(
    (
        "application/json",
        "application/json; charset=utf-16",
        "application/graphql",
        "text/plain",
        "",
        "/",
        "multipart/form-data",
    )
)
_accepts = st.sampled_from(
    (
        "*/*",
        "application/json",
        "application/graphql-response+json",
        "text/html",
        ";q=;,,",
        "application/json;q=nan",
    )
)


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    """Draw a body that may be JSON, a request, or empty."""
    content = draw(st.one_of(st.binary(max_size=80), _json.map(_encoded), _members.map(_encoded)))
    headers = {"content-type": draw(_types), "accept": draw(_accepts)}
    if draw(st.booleans()):
        headers["graphql-preflight"] = "1"
    if draw(st.integers(0, 9)) == 0:
        headers["authorization"] = draw(
            st.sampled_from(("Bearer", "Bearer a.b.c", "Basic eA==", "bearer " + "x" * 5_000))
        )
    return Body(content, headers)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Draw a file that resembles a file of leads."""
    if draw(st.booleans()):
        return draw(st.binary(max_size=400))
    separator = draw(st.sampled_from((",", ";", "\t", "|")))
    columns = draw(st.lists(st.sampled_from(_COLUMNS), min_size=1, max_size=6))
    rows = draw(st.lists(st.lists(text, max_size=7), max_size=4))
    lines = [separator.join(columns), *(separator.join(row) for row in rows)]
    encoding = draw(st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp1252")))
    return "\n".join(lines).encode(encoding, errors="replace")
