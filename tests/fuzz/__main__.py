"""`make fuzz`: sends random requests as every kind of viewer to a server with the demo, prints findings.

A run continues after a finding and reports all of them.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import schemathesis
from graphql import GraphQLSchema
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok

from models.seed import PASSWORD, USERS
from tests.fuzz.bodies import UPLOAD, Body, bodies, files
from tests.fuzz.findings import Findings
from tests.fuzz.values import register
from tests.fuzz.variables import with_variables
from tests.support.demo_server import DemoServer, demo_server

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "40"))  # of each operation, as each user
SEED = int(os.environ.get("FUZZ_SEED") or random.SystemRandom().randrange(10**9))
NOBODY = "nobody"
LAST = "signOut"  # it ends the session that the others need
# Oversized requests are never executed: the limits have separate tests.
LIMITS = {
    "rate_limit_cost_per_minute": 0,
    "max_cost": 1_000_000,
    "max_depth": 100,
    "max_aliases": 10_000,
    "max_tokens": 50_000,
    "max_document_length": 1_000_000,
    "access_token_minutes": 1_440,
}
SIGN_IN = "mutation ($input: SignInInput!) { signIn(input: $input) { accessToken userErrors { message } } }"
KNOWN = """{ viewer { user { id } account { id ledger { nodes { id } } } feedCursor }
  leads { nodes { id market { id } application { id } } pageInfo { endCursor } }
  applications { nodes { id } pageInfo { endCursor } }
  notifications { nodes { id cursor } pageInfo { endCursor } } }"""
APPLY = """mutation ($lead: ID!) { applicationSubmit(input: {leadId: $lead, introduction: "We can.",
  idempotencyKey: "fuzz"}) { application { id } } }"""

Send = Callable[[dict[str, object]], httpx.Response]


def main() -> int:
    """Run the search; return 1 if something was found."""
    began = time.monotonic()
    findings = Findings()
    sys.stdout.write(f"FUZZ_SEED={SEED} FUZZ_EXAMPLES={EXAMPLES}\n")
    with demo_server(**LIMITS) as server, httpx.Client(timeout=60) as http:
        tokens = {NOBODY: "", **{user.role.lower(): _sign_in(http, server, user.email) for user in USERS}}
        register(*_known(http, server, tokens))
        for who, token in tokens.items():
            _fuzz_operations(http, server, who, token, findings)
            sys.stdout.write(f"as {who}: {findings.asked} asked so far, {findings.executed} executed\n")
            sys.stdout.flush()
        operator = _sign_in(http, server, USERS[0].email)
        _fuzz_bodies(http, server, findings)
        _fuzz_uploads(http, server, operator, findings)
        if "Traceback" in server.log():
            findings.add("server", "traceback in the log", server.log()[-4_000:])
        for trace, kind in _faults(server):
            findings.add("server", f"fault in the log: {kind}", trace)
        _report(findings, time.monotonic() - began)
    return 1 if findings.found else 0


def _sign_in(http: httpx.Client, server: DemoServer, email: str) -> str:
    variables = {"input": {"email": email, "password": PASSWORD}}
    answer = http.post(server.endpoint, json={"query": SIGN_IN, "variables": variables}).json()
    token: str = answer["data"]["signIn"]["accessToken"]
    return token


def _known(http: httpx.Client, server: DemoServer, tokens: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return real ids and cursors, including those of an application."""
    vendor = _sender(http, server, tokens["owner"])
    leads = vendor({"query": KNOWN}).json()["data"]["leads"]["nodes"]
    for lead in leads[:3]:
        vendor({"query": APPLY, "variables": {"lead": lead["id"]}})
    answers = [_sender(http, server, token)({"query": KNOWN}).json().get("data") for token in tokens.values()]
    pairs = [pair for answer in answers for pair in _members(answer)]
    ids = sorted({value for name, value in pairs if name == "id"})
    cursors = sorted({value for name, value in pairs if "ursor" in name})
    return ids, cursors


def _members(answer: object) -> Iterator[tuple[str, str]]:
    if isinstance(answer, dict):
        for name, value in answer.items():
            if isinstance(value, str):
                yield name, value
            yield from _members(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from _members(value)


def _sender(http: httpx.Client, server: DemoServer, token: str) -> Send:
    headers = {"accept": "application/graphql-response+json"}
    if token:
        headers["authorization"] = f"Bearer {token}"

    def send(body: dict[str, object]) -> httpx.Response:
        content = json.dumps(body).encode()
        return http.post(
            server.endpoint, content=content, headers={**headers, "content-type": "application/json"}
        )

    return send


def _fuzz_operations(
    http: httpx.Client, server: DemoServer, who: str, token: str, findings: Findings
) -> None:
    schema = schemathesis.graphql.from_url(server.endpoint)
    client_schema: GraphQLSchema = schema.client_schema
    send = _sender(http, server, token)
    operations = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    for operation in sorted(operations, key=lambda one: one.label.endswith(LAST)):
        what = f"{operation.label} as {who}"

        def ask(case: schemathesis.Case[Any], by_variables: bool, what: str = what) -> None:
            body: dict[str, object] = {"query": str(case.body)}
            if by_variables:
                query, variables = with_variables(client_schema, str(case.body))
                body = {"query": query, "variables": variables}
            findings.look(what, json.dumps(body), send(body))

        _repeat(findings, ask, EXAMPLES, case=operation.as_strategy(), by_variables=st.booleans())


def _fuzz_bodies(http: httpx.Client, server: DemoServer, findings: Findings) -> None:
    def post(body: Body) -> None:
        response = http.post(server.endpoint, content=body.content, headers=body.headers)
        findings.look("a body", f"{body.headers} {body.content!r}", response)

    def get(query: str, variables: str) -> None:
        response = http.get(server.endpoint, params={"query": query, "variables": variables})
        findings.look("a GET", f"{query!r} {variables!r}", response)

    _repeat(findings, post, EXAMPLES * 20, body=bodies())
    texts = st.text(max_size=40)
    _repeat(
        findings, get, EXAMPLES * 5, query=texts | st.just("{ __typename }"), variables=texts | st.just("{}")
    )


def _fuzz_uploads(http: httpx.Client, server: DemoServer, token: str, findings: Findings) -> None:
    headers = {"authorization": f"Bearer {token}", "graphql-preflight": "1"}

    def upload(file: bytes, market: str, path: str) -> None:
        operations = {"query": UPLOAD, "variables": {"input": {"file": None, "market": market}}}
        form = {"operations": json.dumps(operations), "map": json.dumps({"0": [path]})}
        response = http.post(
            server.endpoint, data=form, files={"0": ("leads.csv", file, "text/csv")}, headers=headers
        )
        findings.look("an upload", f"{path} {market} {file!r}", response)

    paths = ("variables.input.file",) * 6 + ("variables.nothing", "query", "", "variables.input.file.0")
    markets = ("demo",) * 4 + ("main", "none")
    _repeat(
        findings,
        upload,
        EXAMPLES * 5,
        file=files(),
        market=st.sampled_from(markets),
        path=st.sampled_from(paths),
    )


def _repeat(
    findings: Findings, ask: Callable[..., None], times: int, **values: st.SearchStrategy[object]
) -> None:
    """Send requests with many values; findings are recorded rather than raised, so that nothing is shrunk."""

    def test(**drawn: object) -> None:
        try:
            ask(**drawn)
        except httpx.TransportError as error:
            findings.add(ask.__name__, f"no answer: {type(error).__name__}", f"{error} {drawn}"[:2_000])

    test.__name__ = ask.__name__
    run = given(**values)(test)
    run = settings(
        max_examples=times,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )(run)
    seed(SEED)(run)()


def _report(findings: Findings, seconds: float) -> None:
    for (what, kind), words in sorted(findings.found.items()):
        sys.stdout.write(f"\nFOUND in {what}: {kind}\n    {words}\n")
    sys.stdout.write(
        f"\n{findings.asked} requests, {findings.executed} executed, {len(findings.found)} findings, "
        f"{seconds:.0f} s\n"
    )


def _faults(server: DemoServer) -> set[tuple[str, str]]:
    lines = [json.loads(line) for line in server.log().splitlines() if line.startswith("{")]
    faults = [line for line in lines if line.get("event") == "fault"]
    return {(" < ".join(reversed(line["trace"])), line["kind"]) for line in faults}


if __name__ == "__main__":
    sys.exit(main())
