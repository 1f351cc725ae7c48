"""The contents of variables are counted before they are coerced: values, depth, lists."""

import json
from dataclasses import dataclass
from itertools import pairwise

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    get_nullable_type,
)

from schema import build_schema
from schema.graphql.errors import ClientError
from schema.graphql.limits.json_text import refuse_many_parts
from schema.graphql.limits.lists import MOST
from schema.graphql.limits.values import DEEPEST, count_values
from tests.schema.graphql.limits.conftest import Running
from tests.schema.http.wire import signed_in
from tests.support.api import Answer, listening
from tests.support.marketplace import make_marketplace


def _literal(value: str) -> str:
    """Return a value as a document has it; values of enums are in capitals."""
    return value if value.isupper() or value.isdigit() or value == "true" else json.dumps(value)


@dataclass(frozen=True, slots=True)
class Taken:
    """An operation that passes a list: its kind, the variable's type, its place (`LIST`), an item."""

    kind: str
    type: str
    text: str
    item: str | dict[str, str]

    def by_variable(self) -> str:
        """Pass the list as the variable `i`."""
        return f"{self.kind} ($i: {self.type}) {{ {self.text.replace('LIST', '$i')} }}"

    def written(self, length: int) -> str:
        """Write the list in the document."""
        fields = self.item.items() if isinstance(self.item, dict) else ()
        parts = [f"{name}: {_literal(value)}" for name, value in fields]
        item = _literal(self.item) if isinstance(self.item, str) else f"{{{', '.join(parts)}}}"
        return f"{self.kind} {{ {self.text.replace('LIST', ' '.join([item] * length).join('[]'))} }}"

    def by_default(self, length: int) -> str:
        """Pass the list as the default of a variable."""
        written = self.written(length)
        value = written[written.index("[") : written.rindex("]") + 1]
        return f"{self.kind} ($i: {self.type} = {value}) {{ {self.text.replace('LIST', '$i')} }}"


ERRORS = "{ userErrors { code } }"
DAY = '{from: "2026-03-02T00:00:00Z", to: "2026-03-03T00:00:00Z"}'
LISTS = {
    "CallCoverageInput.expected": Taken(
        "query",
        "[WeeklySpanInput!]",
        f"callCoverage(input: {{period: {DAY}, expected: LIST}}) {{ truncated }}",
        {"weekday": "1", "from": "08:00", "until": "09:00"},
    ),
    "EmailDraftInput.attachmentNames": Taken(
        "query",
        "[String!]!",
        'emailDraftCheck(input: {purpose: SERVICE, subject: "s", text: "t", attachmentNames: LIST}) { code }',
        "x",
    ),
    "EmailDraftInput.links": Taken(
        "query",
        "[String!]!",
        'emailDraftCheck(input: {purpose: SERVICE, subject: "s", text: "t", links: LIST}) { code }',
        "x",
    ),
    "CallNoteInput.answers": Taken(
        "mutation",
        "[AskedFieldAnswerInput!]",
        f'callCorrect(input: {{callId: "x", expectedVersion: 1, note: {{answers: LIST}}}}) {ERRORS}',
        {"key": "k", "value": "v"},
    ),
    "CallNoteInput.refused": Taken(
        "mutation",
        "[String!]",
        f'callCorrect(input: {{callId: "x", expectedVersion: 1, note: {{refused: LIST}}}}) {ERRORS}',
        "x",
    ),
    "CallCoverageInput.employeeIds": Taken(
        "query",
        "[ID!]",
        f"callCoverage(input: {{period: {DAY}, employeeIds: LIST}}) {{ truncated }}",
        "x",
    ),
    "AskedFieldInput.choices": Taken(
        "mutation",
        "[String!]",
        f"""askedFieldsSet(input: {{secretariatId: "x", expectedVersion: 1, fields:
            {{key: "K", label: "l", kind: CHOICE, required: true, choices: LIST}}}}) {ERRORS}""",
        "x",
    ),
    "AskedFieldsSetInput.fields": Taken(
        "mutation",
        "[AskedFieldInput!]!",
        f'askedFieldsSet(input: {{secretariatId: "x", expectedVersion: 1, fields: LIST}}) {ERRORS}',
        {"key": "k", "label": "l", "kind": "TEXT", "required": "true"},
    ),
    "SmartDataSettingsUpdateInput.sources": Taken(
        "mutation",
        "[SmartDataSourceInput!]",
        f"smartDataSettingsUpdate(input: {{expectedVersion: 0, sources: LIST}}) {ERRORS}",
        {"source": "WEBSITE", "on": "true"},
    ),
    "SmartDataKeepInput.fieldIds": Taken(
        "mutation",
        "[ID!]!",
        f'smartDataKeep(input: {{until: "2026-12-01T09:00:00Z", fieldIds: LIST}}) {ERRORS}',
        "x",
    ),
    "SmartDataForgetInput.fieldIds": Taken(
        "mutation",
        "[ID!]",
        f"smartDataForget(input: {{fieldIds: LIST}}) {ERRORS}",
        "x",
    ),
    "EmployeeCreateInput.cc": Taken(
        "mutation",
        "[EmailAddress!]",
        f'employeeCreate(input: {{email: "x", idempotencyKey: "k", cc: LIST}}) {ERRORS}',
        "x",
    ),
    "EmployeeUpdateInput.cc": Taken(
        "mutation",
        "[EmailAddress!]",
        f'employeeUpdate(input: {{employeeId: "x", expectedVersion: 1, cc: LIST}}) {ERRORS}',
        "x",
    ),
    "SecretariatAgentsSetInput.agentIds": Taken(
        "mutation",
        "[ID!]!",
        f'secretariatAgentsSet(input: {{secretariatId: "x", expectedVersion: 1, agentIds: LIST}}) {ERRORS}',
        "x",
    ),
    "SecretariatCreateInput.numberBlocks": Taken(
        "mutation",
        "[PhoneNumber!]",
        f"""secretariatCreate(input: {{accountId: "x", transferIncluded: true, phoneNumbers: "x",
            idempotencyKey: "k", numberBlocks: LIST}}) {ERRORS}""",
        "x",
    ),
    "SecretariatCreateInput.phoneNumbers": Taken(
        "mutation",
        "[PhoneNumber!]!",
        f"""secretariatCreate(input: {{accountId: "x", transferIncluded: true, idempotencyKey: "k",
            phoneNumbers: LIST}}) {ERRORS}""",
        "x",
    ),
    "SecretariatNumbersSetInput.numberBlocks": Taken(
        "mutation",
        "[PhoneNumber!]!",
        f"""secretariatNumbersSet(input: {{secretariatId: "x", expectedVersion: 1, phoneNumbers: "x",
            numberBlocks: LIST}}) {ERRORS}""",
        "x",
    ),
    "SecretariatNumbersSetInput.phoneNumbers": Taken(
        "mutation",
        "[PhoneNumber!]!",
        f"""secretariatNumbersSet(input: {{secretariatId: "x", expectedVersion: 1, numberBlocks: "x",
            phoneNumbers: LIST}}) {ERRORS}""",
        "x",
    ),
    "VipCallerSetInput.waives": Taken(
        "mutation",
        "[String!]",
        f'vipCallerSet(input: {{number: "x", name: "n", note: "", waives: LIST}}) {ERRORS}',
        "x",
    ),
    "SenderProfileSetInput.accepts": Taken(
        "mutation",
        "[Medium!]!",
        f'senderProfileSet(input: {{accepts: LIST, signatures: {{language: "en", text: "Vera"}}}}) {ERRORS}',
        "EMAIL",
    ),
    "SenderProfileSetInput.signatures": Taken(
        "mutation",
        "[SignatureInput!]!",
        f"senderProfileSet(input: {{accepts: EMAIL, signatures: LIST}}) {ERRORS}",
        {"language": "en", "text": "Vera"},
    ),
    "WeeklyHoursSetInput.hours": Taken(
        "mutation",
        "[WeeklySpanInput!]!",
        f'weeklyHoursSet(input: {{employeeId: "x", expectedVersion: 1, hours: LIST}}) {ERRORS}',
        {"weekday": "1", "from": "08:00", "until": "09:00"},
    ),
    "ComplaintFileInput.items": Taken(
        "mutation",
        "[ComplaintItemInput!]",
        f'complaintFile(input: {{idempotencyKey: "k", items: LIST}}) {ERRORS}',
        {"deliveryId": "x"},
    ),
    "ComplaintItemsDecideInput.items": Taken(
        "mutation",
        "[ComplaintItemDecideInput!]!",
        f"complaintItemsDecide(input: {{items: LIST}}) {ERRORS}",
        {"itemId": "x", "verdict": "ACCEPTED", "comment": "x"},
    ),
    "DispatchCancelInput.ids": Taken(
        "mutation", "[ID!]!", f'dispatchCancel(input: {{ids: LIST, reason: "x"}}) {ERRORS}', "x"
    ),
    "DispatchFilter.state": Taken(
        "query", "[DispatchState!]", "dispatches(filter: {state: LIST}) { nodes { id } }", "SENT"
    ),
    "DispatchRetryInput.ids": Taken(
        "mutation", "[ID!]!", f'dispatchRetry(input: {{ids: LIST, idempotencyKey: "k"}}) {ERRORS}', "x"
    ),
    "LeadImportInput.mapping": Taken(
        "mutation",
        "[ColumnInput!]!",
        f'leadImport(input: {{market: "main", file: 5, mapping: LIST}}) {ERRORS}',
        {"column": "x", "field": "y"},
    ),
    "NotificationReadInput.ids": Taken(
        "mutation", "[ID!]!", f"notificationRead(input: {{ids: LIST}}) {ERRORS}", "x"
    ),
    "PhoneSystemSetInput.users": Taken(
        "mutation",
        "[PhoneUserInput!]",
        'phoneSystemSet(input: {name: "x", driver: GENERIC, region: "DE", users: LIST}) ' + ERRORS,
        {"key": "x", "agentId": "x"},
    ),
    "Query.complaintPreview(items:)": Taken(
        "query", "[ComplaintItemInput!]!", "complaintPreview(items: LIST) { row }", {"deliveryId": "x"}
    ),
    "WebhookEndpointCreateInput.events": Taken(
        "mutation",
        "[WebhookEvent!]!",
        'webhookEndpointCreate(input: {url: "https://crm.example/", idempotencyKey: "k", events: LIST}) '
        + ERRORS,
        "LEAD_DELIVERED",
    ),
    "WebhookEndpointUpdateInput.events": Taken(
        "mutation",
        "[WebhookEvent!]",
        f'webhookEndpointUpdate(input: {{endpointId: "x", events: LIST}}) {ERRORS}',
        "LEAD_DELIVERED",
    ),
    "Query.nodes(ids:)": Taken("query", "[ID!]!", "... { nodes(ids: LIST) { id } }", "x"),
}


def lists_of_inputs() -> set[str]:
    """Return where the schema accepts a list: arguments of fields and directives, fields of inputs."""
    schema = build_schema()._schema
    found = set[str]()
    for kind in schema.type_map.values():
        if kind.name.startswith("__"):
            continue
        if isinstance(kind, GraphQLInputObjectType):
            found |= {f"{kind.name}.{name}" for name, field in kind.fields.items() if _is_list(field.type)}
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            found |= {
                f"{kind.name}.{name}({argument}:)"
                for name, field in kind.fields.items()
                for argument, given in field.args.items()
                if _is_list(given.type)
            }
    for directive in schema.directives:
        found |= {f"@{directive.name}({name}:)" for name, one in directive.args.items() if _is_list(one.type)}
    return found


def _is_list(kind: object) -> bool:
    return isinstance(get_nullable_type(kind), GraphQLList)  # type: ignore[call-overload]


def test_every_input_list_has_a_maximum() -> None:
    """No other lists are declared; each is tested below."""
    assert lists_of_inputs() == set(MOST) == set(LISTS)


def limit_of(answer: Answer) -> tuple[object, ...]:
    """Return the only error's code, limit and field, and the requested and allowed numbers."""
    (error,) = answer.body["errors"]
    extensions = error["extensions"]
    return tuple(extensions.get(name) for name in ("code", "limit", "field", "requested", "allowed"))


@pytest.mark.parametrize("place", MOST)
async def test_a_list_may_have_its_maximum_and_no_more(running: Running, place: str) -> None:
    """As a variable, as a default, and written in the document; the error includes the list."""
    taken, most = LISTS[place], MOST[place]
    name = place.rstrip(":)").partition("(")[2] or place.partition(".")[2]
    market = await make_marketplace()
    async with running(max_tokens=50_000, max_document_length=1_000_000) as api:
        owner = await api.client(market.vendor.owner.user_id)
        for answer in (
            await owner.ask(taken.by_variable(), i=[taken.item] * (most + 1)),
            await owner.ask(taken.written(most + 1)),
            await owner.ask(taken.by_default(most + 1)),
        ):
            code, limit, field, *numbers = limit_of(answer)
            assert (code, limit, numbers) == ("LIMIT_EXCEEDED", "list", [most + 1, most])
            assert isinstance(field, list)
            assert field[-1] == name
            assert answer.body["errors"][0]["message"].startswith(f"{name}: at most {most} items per request")
        for answer in (
            await owner.ask(taken.by_variable(), i=[taken.item] * most),
            await owner.ask(taken.written(most)),
            await owner.ask(taken.by_default(most)),
        ):
            assert "items per request" not in str(answer.body)


async def test_values_are_counted_over_every_transport(running: Running) -> None:
    """By POST, by GET, over a stream, over a socket, in an upload; in variables and in extensions."""
    market = await make_marketplace()
    many, few = {"i": ["x"] * 100}, {"i": ["x"] * 99}
    document = "{ viewer { user { id } } }"
    async with running(max_values=100) as api, listening(api.app) as port:
        token = await api.token(market.vendor.owner.user_id)
        headers = {"Authorization": f"Bearer {token}"}
        for variables, passes in ((few, True), (many, False)):
            for name in ("variables", "extensions"):
                body = {"query": document, name: variables}
                answers = [
                    await api.http.post("/graphql", json=body, headers=headers),
                    await api.http.get(
                        "/graphql", params={"query": document, name: json.dumps(variables)}, headers=headers
                    ),
                    await api.http.post(
                        "/graphql", json=body, headers={**headers, "Accept": "text/event-stream"}
                    ),
                    await api.http.post(
                        "/graphql",
                        data={"operations": json.dumps(body), "map": "{}"},
                        files={"0": b""},
                        headers={**headers, "GraphQL-Preflight": "1"},
                    ),
                ]
                for answer in answers:
                    assert ('"limit":"values"' in answer.text) is not passes
                    assert (f'"field":["{name}"]' in answer.text) is not passes
                    assert ('"viewer":' in answer.text) is passes
            async with signed_in(port, token) as socket:
                await socket.subscribe("1", document, **variables)
                message = await socket.take("1")
                assert message["type"] == ("next" if passes else "error")


async def test_values_are_charged_to_the_rate_limit(running: Running) -> None:
    """One point per hundred, as for a document's characters, even if too many of them are refused."""
    market = await make_marketplace()
    async with running(rate_limit_cost_per_minute=1, rate_limit_burst=1_000, max_values=20_000) as api:
        owner = await api.client(market.vendor.owner.user_id)
        left = [1_000]
        for count in (50, 250, 19_000, 20_001):
            answer = await owner.ask("{ __typename }", i=[None] * count)
            left.append(answer.body["extensions"]["rateLimit"]["remaining"])
    assert [before - after for before, after in pairwise(left)] == [1, 3, 191, 201]


def nested(depth: int) -> dict[str, object]:
    """Return variables of this depth."""
    value: object = 1
    for _ in range(depth - 1):
        value = [value]
    return {"i": value}


def test_depth_is_counted() -> None:
    """A value at the limit passes."""
    assert count_values(nested(DEEPEST), "variables", 100) == DEEPEST
    for depth in (DEEPEST + 1, 5_000):
        with pytest.raises(ClientError, match="in `variables` are nested too deeply: maximum 20"):
            count_values(nested(depth), "variables", 10_000)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[1,2,3]", 3),
        ('{"a": [[], {}]}', 5),
        ('"[[[[,,,,{{{{"', 0),
        (r'["\"[[[[,,,,", "\\"]', 2),
        ('"[[[[', 0),
        ("[[[[", 4),
        ("", 0),
    ],
)
def test_json_is_counted_before_it_is_parsed(text: str, parts: int) -> None:
    """Lists, objects and members, but not text that looks like them within strings."""
    for form in (text, text.encode()):
        refuse_many_parts(form, parts)
        if parts:
            with pytest.raises(ClientError, match="in the JSON of the request"):
                refuse_many_parts(form, parts - 1)
