"""Requests that try to keep a server busy: bodies, variables, headers, uploads."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

from schema.graphql.ids import write_id

DECIDE = (
    "mutation ($i: ComplaintItemsDecideInput!) { complaintItemsDecide(input: $i) { userErrors { code } } }"
)
FILE = """mutation ($i: ComplaintFileInput!) { complaintFile(input: $i) {
    rowErrors { row code column message } userErrors { code } } }"""
PREVIEW = """query ($i: [ComplaintItemInput!]!) { complaintPreview(items: $i) {
    row problems decision { verdict message } } }"""
NODES = "query ($i: [ID!]!) { nodes(ids: $i) { id } }"
READ = "mutation ($i: NotificationReadInput!) { notificationRead(input: $i) { userErrors { code } } }"
SIGN_IN = "mutation ($i: SignInInput!) { signIn(input: $i) { userErrors { code } } }"
LEADS = "query ($i: LeadFilter) { leads(filter: $i, first: 1) { nodes { id } } }"
IMPORT = "mutation ($i: LeadImportInput!) { leadImport(input: $i) { total userErrors { code } } }"
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Attack:
    """One request as it is sent."""

    name: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)
    path: str = "/graphql"
    method: str = "POST"


def _json(name: str, query: str, given: object, **more: object) -> Attack:
    return Attack(name, json.dumps({"query": query, "variables": {"i": given}, **more}).encode())


def _raw(name: str, query: str, given: str) -> Attack:
    return Attack(name, f'{{"query": {json.dumps(query)}, "variables": {{"i": {given}}}}}'.encode())


def _filled(text: str, size: int = MEGABYTE - 1_000) -> str:
    """Repeat a piece of JSON, separated by commas, up to a size."""
    return ",".join([text] * (size // (len(text) + 1)))


def _form(name: str, parts: list[tuple[str, str | None, bytes]]) -> Attack:
    body = b""
    for field, file, content in parts:
        shown = f'; filename="{file}"' if file else ""
        body += f'--b\r\nContent-Disposition: form-data; name="{field}"{shown}\r\n\r\n'.encode()
        body += content + b"\r\n"
    headers = (("Content-Type", "multipart/form-data; boundary=b"), ("GraphQL-Preflight", "1"))
    return Attack(name, body + b"--b--\r\n", headers)


def in_variables() -> Iterator[Attack]:
    """Return bodies of JSON whose variables are many, deep, long or invalid."""
    item = {"itemId": "", "verdict": "ACCEPTED", "comment": ""}
    yield _json("200,000 decisions", DECIDE, {"items": [item] * 200_000})
    for count in (501, 500):
        yield _json(f"{count} decisions", DECIDE, {"items": [item] * count})
        yield _json(f"{count} wrong decisions", DECIDE, {"items": [{"verdict": "NONE", "more": 1}] * count})
        yield _json(f"{count} numbers to preview", PREVIEW, list(range(count)))
    unknown = [{"deliveryId": write_id("Delivery", uuid4()), "reason": "VOICEMAIL"} for _ in range(10_000)]
    explained = [{**one, "explanation": "x" * 800} for one in unknown[:1_000]]
    for size in (1_000, 5_000):
        yield _json(f"{size} unknown deliveries", FILE, {"idempotencyKey": "k", "items": unknown[:size]})
    yield _json("1,000 unknown deliveries, with words", FILE, {"idempotencyKey": "k", "items": explained})
    yield _json("1,000 wrong items", FILE, {"idempotencyKey": "k", "items": [{"x" * 800: 1}] * 1_000})
    yield _json("500 unknown deliveries to preview", PREVIEW, explained[:500])
    yield _json("10,000 ids", NODES, [write_id("Lead", uuid4()) for _ in range(10_000)])
    yield _json("100 ids of a megabyte", NODES, ["x" * 9_900] * 100)
    yield _json("10,000 notifications", READ, {"ids": ["x"] * 10_000})
    yield _json("an id of a megabyte", NODES, ["x" * (MEGABYTE - 500)])
    yield _json("a query of a megabyte", LEADS, {"query": "a " * (MEGABYTE // 2 - 500)})
    yield _json("an address of a megabyte", SIGN_IN, {"email": "a" * (MEGABYTE - 500), "password": "x"})
    yield _json("a password of a megabyte", SIGN_IN, {"email": "a@b.example", "password": "x" * 990_000})
    yield _raw("empty lists", NODES, "[" + _filled("[]") + "]")
    yield _raw("empty objects", FILE, '{"items": [' + _filled("{}") + "]}")
    yield _raw("nulls", NODES, "[" + _filled("null") + "]")
    yield _raw("deep lists", NODES, "[" + _filled("[" * 500 + "]" * 500) + "]")
    yield _raw("deep objects", LEADS, '{"a":' * 900 + "1" + "}" * 900)
    yield _raw("large numbers", LEADS, '{"budgetMin": ' + "9" * 300 + "}")
    yield _raw("a number of a megabyte", LEADS, '{"budgetMin": ' + "9" * 990_000 + "}")
    yield _raw("many keys", LEADS, "{" + ",".join(f'"k{n}":1' for n in range(75_000)) + "}")
    yield _json("19,000 keys", LEADS, {f"k{n}": 1 for n in range(19_000)})
    keys = {f"k{n}": 1 for n in range(60)}
    yield _json("unknown keys next to a long text", LEADS, {"query": "'" * 900_000, **keys})
    yield _raw("unended strings", LEADS, '"' + '\\"' * 490_000)
    yield _json("commas in strings", LEADS, {"query": ",[{" * 330_000})
    yield _json("many extensions", "{ __typename }", 1, extensions={f"e{n}": [] for n in range(70_000)})
    yield Attack("half of it is lists", b"[" * 900_000)
    yield Attack("a list of requests", b"[" + b",".join([b'{"query":"{__typename}"}'] * 40_000) + b"]")


def in_documents() -> Iterator[Attack]:
    """Return documents at their limits, new each time they are sent, so that none is cached."""
    new = uuid4().hex
    yield _json("a document of a megabyte", f"{{ __typename }} # {new}" + "x" * 900_000, 1)
    yield _json("many equal fields", f"{{ {'viewer { user { id } } ' * 280} }} # {new}", 1)
    yield _json(
        "many conflicts",
        "{ "
        + " ".join(f"a{n % 30}: __typename a{n % 29}: viewer {{ __typename }}" for n in range(200))
        + f" }} # {new}",
        1,
    )
    yield _json("many unknown fields", "{ " + " ".join(f"f{n}" for n in range(1_900)) + f" }} # {new}", 1)
    yield _json(
        "many fragments",
        "{ ...F0 } "
        + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{(n * 7) % 200} }}" for n in range(200))
        + f" fragment F200 on Query {{ __typename }} # {new}",
        1,
    )
    yield _json("many arguments", "{ nodes(ids: [" + '"x" ' * 1_900 + f"]) {{ id }} }} # {new}", 1)
    yield _json("a long number", "{ leads(first: " + "9" * 45_000 + f") {{ totalCount }} }} # {new}", 1)
    yield _json("a long string", '{ node(id: "' + "\\u0061" * 8_000 + f'") {{ id }} }} # {new}', 1)
    yield _json("a long block", '{ node(id: """' + " \n" * 20_000 + f'""") {{ id }} }} # {new}', 1)
    variables = " ".join(f"$v{n}: [[[[[ID]]]]]" for n in range(120))
    yield _json("many variables", f"query ({variables}) {{ __typename }} # {new}", 1)
    yield _json(
        "introspection",
        "{ __schema { types { name fields { name type { name ofType { name } } "
        "args { name type { name ofType { name } } } } } } } # " + new,
        1,
    )

    field = "fragment G on __Field { name description type { ...T } args { name type { ...T } } }"
    named = "fragment T on __Type { kind name ofType { kind name ofType { kind name } } }"
    kind = (
        "fragment F on __Type { name fields { ...G } interfaces { fields { ...G } } possibleTypes { name } }"
    )
    for name, most in (("the schema thirty times", 30), ("the schema once", 1)):
        types = " ".join(f"a{n}: types {{ ...F }}" for n in range(most))
        yield _json(name, f"{{ __schema {{ {types} }} }} {kind} {field} {named} # {new}", 1)
    leaves = " ".join(f"a{n}: name" for n in range(28))
    yield _json("leaves of the schema", f"{{ __schema {{ types {{ fields {{ {leaves} }} }} }} }} # {new}", 1)


def in_forms() -> Iterator[Attack]:
    """Return uploads: large, with many parts, with many places in the map."""
    operations = json.dumps({"query": IMPORT, "variables": {"i": {"file": None, "market": "main"}}}).encode()
    map_ = b'{"0": ["variables.i.file"]}'
    yield _form(
        "a large file",
        [("operations", None, operations), ("map", None, map_), ("0", "a.csv", b"name\n" + b"x" * 9_900_000)],
    )
    many = json.dumps({"0": [f"variables.i.f{n}" for n in range(60_000)]}).encode()[: MEGABYTE // 2]
    yield _form("many places", [("operations", None, operations), ("map", None, many), ("0", "a", b"x")])
    places = json.dumps({str(n): ["variables.i.file"] for n in range(900)}).encode()
    yield _form(
        "many files",
        [
            ("operations", None, operations),
            ("map", None, places),
            *((str(n), "a.csv", b"x") for n in range(900)),
        ],
    )
    yield _form("many fields", [(f"f{n}", None, b"x") for n in range(999)])
    yield _form("too many fields", [(f"f{n}", None, b"x") for n in range(9_000)])
    yield _form(
        "operations of a megabyte",
        [("operations", None, b"[" + b"[]," * 330_000 + b"[]]"), ("map", None, b"{}")],
    )
    yield _form(
        "operations of nine megabytes",
        [("operations", None, b"[" + b"[]," * 3_000_000 + b"[]]"), ("map", None, b"{}")],
    )
    mapping = [{"column": "x", "field": "y"}] * 6_000
    values = json.dumps(
        {"query": IMPORT, "variables": {"i": {"market": "main", "mapping": mapping}}}
    ).encode()
    yield _form(
        "operations with 18,000 values", [("operations", None, values), ("map", None, map_), ("0", "a", b"x")]
    )
    rows = "".join(f"{write_id('Delivery', uuid4())},Voicemail,{'x' * 40}\n" for _ in range(10_000))
    filing = json.dumps({"query": FILE, "variables": {"i": {"idempotencyKey": uuid4().hex, "file": None}}})
    yield _form(
        "10,000 unknown deliveries in a file",
        [
            ("operations", None, filing.encode()),
            ("map", None, map_),
            ("0", "a.csv", f"Delivery ID,Reason,Explanation\n{rows}".encode()),
        ],
    )
    leads = b"Name,Email,Phone,Brief\n" + b"Anna,anna@x.example,+12025550162,Call me\n" * 10_000
    yield _form(
        "10,000 refused leads in a file",
        [("operations", None, operations), ("map", None, map_), ("0", "a.csv", leads)],
    )
    yield _form("operations as a file", [("operations", "o", b"[" + b"[]," * 3_000_000 + b"[]]")])
    yield _form("long lines", [("0", "a", b"\r\n--" * 2_400_000)])
    yield _form("long headers", [("0" * 900_000, "a", b"x")])


def in_headers() -> Iterator[Attack]:
    """Return request heads up to the size that a proxy passes on."""
    body = b'{"query": "{ __typename }"}'
    content = ("Content-Type", "application/json")
    for name in ("Accept", "Authorization", "X-Request-Id", "Cookie", "Origin", "X-Forwarded-For"):
        for value in ("a," * 30_000, ";q=" * 20_000, "a" * 60_000):
            yield Attack(f"long {name}", body, (content, (name, value)))
    yield Attack("long Content-Type", body, (("Content-Type", "application/json" + ';a*0="' * 10_000),))
    yield Attack("many headers", body, (content, *((f"X-{n}", "x") for n in range(90))))
    yield Attack(
        "a long boundary",
        b"--" + b"b" * 60_000,
        (("Content-Type", "multipart/form-data; boundary=" + "b" * 60_000), ("GraphQL-Preflight", "1")),
    )
    many = "&".join(f"a{n}=1" for n in range(8_000))
    yield Attack("many parameters", b"", (), f"/graphql?{many}", "GET")
    deep = "/graphql?query=%7B__typename%7D&variables=" + "%5B" * 20_000
    yield Attack("long variables", b"", (), deep, "GET")
    yield Attack("a long file link", b"", (), "/files/" + "a" * 30_000 + "?expires=" + "9" * 30_000, "GET")


def in_bytes() -> Iterator[tuple[str, bytes]]:
    """Return bytes that are not exactly one request: several, half a request, in tiny pieces, none."""
    chunked = (
        b"POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    yield "many requests", b"GET /healthz HTTP/1.1\r\n\r\n" * 100_000
    yield "many operations", b"GET /graphql?query=%7B__typename%7D HTTP/1.1\r\n\r\n" * 50_000
    yield "tiny pieces", chunked + b"1\r\na\r\n" * 999_000 + b"0\r\n\r\n"
    yield "long ends of pieces", chunked + b"1;" + b"a" * 5_000_000
    yield "many trailers", chunked + b"0\r\n" + b"X: a\r\n" * 100_000
    yield "blank lines", b"\r\n" * 5_000_000
    yield "no request", b"\x00" * MEGABYTE


def in_frames() -> Iterator[tuple[str, bytes]]:
    """Return what is written to an open WebSocket: frames without end, each of a few bytes."""
    yield "pings", b"\x89\x80\0\0\0\0" * 200_000
    yield "messages", b'\x81\x8f\0\0\0\0{"type":"ping"}' * 50_000
    yield "pieces of a message", b"\x01\x80\0\0\0\0" + b"\x00\x80\0\0\0\0" * 200_000
