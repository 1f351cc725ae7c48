"""Queries everything as every viewer and compares the contact data in responses with who is entitled to it.

`documents` and `inputs` generate the queries from the schema.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Iterable
from contextlib import aclosing
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import strawberry
from graphql import GraphQLField, GraphQLSchema, get_named_type, is_composite_type, is_input_object_type

from models.base.clock import database_now
from models.base.database import connection, fetch
from models.base.viewer import Viewer
from models.calls.call_news import call_feed_of
from models.feed.kinds import NotificationKind
from schema.feed.cursor import write_feed_cursor
from schema.graphql.context import Context
from schema.graphql.following.feed_reader import FeedReader, FeedSubscription
from schema.graphql.ids import write_id
from tests.leak.company import KEPT, READERS
from tests.leak.documents import (
    Document,
    Spot,
    call,
    documents_about_one,
    node_documents,
    pack,
    root_documents,
    selections,
)
from tests.leak.inputs import Inputs
from tests.leak.planting import Planting, entitled
from tests.support.api import Api

TABLES = {
    "User": "users",
    "Viewer": "users",
    "Account": "account",
    "Vendor": "account",
    "LedgerEntry": "posting_group",
    "Lead": "lead",
    "Market": "market",
    "Policy": "policy",
    "PolicyTrial": "policy_trial",
    "Application": "application",
    "DecisionRecord": "decision",
    "Delivery": "delivery",
    "Device": "device",
    "Disclosure": "disclosure",
    "Dispatch": "dispatch",
    "Notification": "feed_event",
    "Prospect": "prospect",
    "Appointment": "appointment",
    "Call": "call",
    "CallNotice": "call_notice",
    # A system message has the id of its event; one of each kind in each feed stands for those like it.
    "ChatMessage": """(SELECT id FROM chat_message UNION ALL
        (SELECT DISTINCT ON (recipient, kind) id FROM feed_event WHERE application_id IS NOT NULL
         ORDER BY recipient, kind, id)) AS message""",
    "ContactAttempt": "contact_attempt",
    "ContactLook": "contact_access",
    "ContactStatement": "contact_statement",
    "DoNotContact": "do_not_contact",
    "OptOutList": "opt_out_list",
    "Complaint": "complaint",
    "ComplaintItem": "complaint_item",
    "ComplaintMessage": "complaint_message",
    "Employee": "employee",
    "EmployeeCalendar": "employee_calendar",
    "FaqEntry": "faq_entry",
    "FoundField": "found_field",
    "Organisation": "organisation",
    "SmartDataSearch": "smart_search",
    "File": "stored_file",
    "PhoneEvent": "phone_event",
    "PhoneSystem": "phone_system",
    "Secretariat": "secretariat",
    "SecretariatChange": "secretariat_change",
    "TransferAttempt": "transfer_attempt",
    "VipCaller": "vip_caller",
    "WebhookEndpoint": "webhook_endpoint",
}
# Every event is sent to several users, again when it changes: one dispatch stands for those like it.
_UNLIKE_DISPATCHES = """
    SELECT DISTINCT ON (template, state, user_id) dispatch.id
    FROM dispatch JOIN outbox_message ON outbox_message.id = message_id ORDER BY template, state, user_id"""
CSV = b"name,email,phone,brief\nSomebody Else,somebody@import.example,+12125550188,We need a new roof.\n"
_BATCH = 100
_SECONDS = 60.0  # a limit, not a wait: a feed is replayed in milliseconds
_FOLLOWED = 10  # subscriptions at a time: more wait too long for a connection on a busy machine
_HEADERS = {"X-Request-Id": "leak-test"}


@dataclass(frozen=True, slots=True)
class Leak:
    """A value that reached a viewer who is not entitled to it."""

    viewer: str
    where: str
    state: str
    value: str


@dataclass
class Search:
    """One marketplace, to which every operation is sent."""

    api: Api
    schema: strawberry.Schema
    made: Planting
    leaks: set[Leak] = field(default_factory=set)
    reached: dict[str, set[tuple[int, str]]] = field(default_factory=lambda: defaultdict(set))
    reached_of_company: dict[str, set[tuple[int, str]]] = field(default_factory=lambda: defaultdict(set))
    spots: set[Spot] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.finder = self.made.finder
        self.graph: GraphQLSchema = self.schema._schema
        self.planted = self.made.planted[list(self.made.leads).index("waiting")].values["full_name"]

    async def token(self, viewer: Viewer) -> str | None:
        """Sign a viewer in and return the token."""
        return await self.api.token(viewer.user_id) if viewer.user_id else None

    def judge(self, viewer: str, where: str, text: str, allowed: set[int]) -> None:
        """Compare the values in a text with the viewer's entitlement."""
        for number, value in self.finder.find(text):
            if number in KEPT and viewer in READERS[number]:
                self.reached_of_company[viewer].add((number, value))
            elif number in allowed:
                self.reached[viewer].add((number, value))
            else:
                self.leaks.add(Leak(viewer, where, self.made.state(number), value))

    async def queries(self, names: Iterable[str] | None = None, only: str = "") -> None:
        """Send every query, or one, as every viewer, or as some."""
        every = root_documents(self.graph, self.planted)
        documents = [document for document in every if f"{{ Query_{only}" in document.text]
        assert documents
        await self._ask(names or self.made.viewers, [(document, {}) for document in documents])

    async def nodes(self, names: Iterable[str] | None = None, only: str = "") -> None:
        """Query every existing row by id, or those of one type, as every viewer, or as some."""
        ids = await self.ids()
        asked: list[tuple[Document, dict[str, Any]]] = [
            (document, {"ids": found[begin : begin + _BATCH]})
            for kind, documents in node_documents(self.graph).items()
            if only in {"", kind}
            for found in [ids[kind]]
            for begin in range(0, len(found), _BATCH)
            for document in documents
        ]
        asked += [
            (document, {"id": one})
            for kind, document in documents_about_one(self.graph)
            if only in {"", kind}
            for one in ids[kind]
        ]
        await self._ask(names or self.made.viewers, asked)

    async def ask(self, texts: Iterable[str]) -> None:
        """Send queries as every viewer."""
        await self._ask(self.made.viewers, [(Document(text, frozenset()), {}) for text in texts])

    async def ids(self) -> dict[str, list[str]]:
        """The global ids of all objects, by type; a type that this module does not know is an error."""
        return {
            kind: [
                write_id(kind, row["id"])
                for row in await fetch(connection(), f"SELECT {column} AS id FROM {table} ORDER BY 1")
            ]
            for kind, table in TABLES.items()
            for column in ["delivery_id" if kind == "Disclosure" else "id"]
        }

    async def _ask(self, names: Iterable[str], asked: Iterable[tuple[Document, dict[str, Any]]]) -> None:
        """Send each document as one viewer after the other: the server validates it once."""
        viewers = {name: self.made.viewers[name] for name in names}
        tokens = {name: await self.token(viewer) for name, viewer in viewers.items()}
        allowed = {name: await entitled(self.made, viewer) for name, viewer in viewers.items()}
        for document, variables in asked:
            for name in viewers:
                text = await self.post(tokens[name], document.text, variables)
                self.judge(name, document.text, text, allowed[name])
            self.spots |= document.spots

    async def post(self, token: str | None, document: str, variables: dict[str, Any]) -> str:
        """Send one valid operation over HTTP and return the response with its headers."""
        response = await self.api.http.post(
            "/graphql", json={"query": document, "variables": variables}, headers=_headers(token)
        )
        return self._text(response, document)

    def _text(self, response: Any, document: str) -> str:
        body = response.json()
        for error in body.get("errors", []):
            code = error.get("extensions", {}).get("code")
            if code == "INTERNAL":
                self.faults.append(f"{error.get('path')}: {document[:200]}")
            assert error.get("path"), f"not valid: {error}: {document[:300]}"
        return json.dumps([body, dict(response.headers)])

    async def mutations(self, names: Iterable[str]) -> None:
        """Call every mutation on every object, as these viewers, one after the other."""
        mutation = self.graph.mutation_type
        assert mutation is not None
        for name in names:
            for called, found in mutation.fields.items():
                await self._mutate(name, self.made.viewers[name], called, found)

    async def _mutate(self, name: str, viewer: Viewer, called: str, found: GraphQLField) -> None:
        assert self.graph.mutation_type is not None
        units = list(selections(self.graph, get_named_type(found.type), 3))
        given, prefix = "(input: $input)", f"($input: {found.args['input'].type}!)" if found.args else ""
        head = call(self.graph.mutation_type, called, found, given if prefix else "")
        documents = pack("mutation", head, units, prefix.replace("!!", "!"))
        unlike = await fetch(connection(), _UNLIKE_DISPATCHES)
        ids = await self.ids() | {"Dispatch": [write_id("Dispatch", row["id"]) for row in unlike]}
        inputs = Inputs(ids, await database_now(connection()))
        upload = bool(found.args) and _has_upload(found)
        token = await self.token(viewer)
        before = await entitled(self.made, viewer)
        for given_input in inputs.variants(found):
            missing: set[str] = set()
            for document in documents:
                if document.objects and document.objects <= missing:
                    continue  # of an object that is not there, no field can be selected
                variables = {} if given_input is None else {"input": given_input}
                send = self.upload if upload else self.post
                text = await send(token, document.text, variables)
                after = await entitled(self.made, viewer)
                self.judge(name, document.text, text, before | after)
                self.spots |= document.spots | {("Mutation", called)}
                missing |= _missing(text, document)
                before = after

    async def upload(self, token: str | None, document: str, variables: dict[str, Any]) -> str:
        """Send one operation with a file."""
        response = await self.api.http.post(
            "/graphql",
            data={
                "operations": json.dumps({"query": document, "variables": variables}),
                "map": json.dumps({"0": ["variables.input.file"]}),
            },
            files={"0": ("leads.csv", CSV, "text/csv")},
            headers={**_headers(token), "GraphQL-Preflight": "1"},
        )
        return self._text(response, document)

    async def subscriptions(self, names: Iterable[str] | None = None) -> None:
        """Replay every subscription from the start of the feed, as every viewer, or as some, concurrently."""
        root = self.graph.subscription_type
        assert root is not None
        calls = []
        for name in names or self.made.viewers:
            viewer = self.made.viewers[name]
            for followed, found in root.fields.items():
                recipient = (call_feed_of(viewer) if followed == "callUpdates" else None) or viewer.recipient
                cursor = write_feed_cursor(recipient or uuid4(), 0)
                inner = get_named_type(found.type)
                units = list(selections(self.graph, inner, 2)) if is_composite_type(inner) else []
                given = [f'(after: "{cursor}")' if "after" in found.args else ""]
                if "applicationId" in found.args:
                    given = [
                        f'(applicationId: "{id_}", after: "{start}")'
                        for id_, start in await self._chats(viewer)
                    ]
                for arguments in given:
                    for document in pack("subscription", call(root, followed, found, arguments), units):
                        spots = document.spots | {(root.name, followed)}
                        calls.append(self.follow(name, viewer, Document(document.text, spots)))
        few = asyncio.Semaphore(_FOLLOWED)

        async def one(following: Awaitable[None]) -> None:
            async with few:
                await following

        await asyncio.gather(*map(one, calls))

    async def _chats(self, viewer: Viewer) -> list[tuple[str, str]]:
        """Return each chat in which somebody has written, and the cursor with which the viewer begins."""
        rows = await fetch(
            connection(),
            """SELECT id, account_id FROM application WHERE EXISTS (
                   SELECT FROM chat_message WHERE chat_message.application_id = application.id)""",
        )
        return [
            (
                write_id("Application", row["id"]),
                write_feed_cursor(
                    row["account_id"] if viewer.operator else viewer.recipient or row["account_id"], 0
                ),
            )
            for row in rows
        ]

    async def follow(self, name: str, viewer: Viewer, document: Document) -> None:
        """Read a feed until no event is left."""
        services, reader = copy(self.api.services), _Reader(self.api.services.reader)
        object.__setattr__(services, "reader", reader)  # `replace` would build each transport anew
        context = Context(services, None, None, "leak-test", "")
        await context.authenticate(await self.token(viewer))
        allowed = await entitled(self.made, viewer)
        results = await self.schema.stream(document.text, context_value=context)
        async with aclosing(results), asyncio.timeout(_SECONDS):
            while True:
                coming = asyncio.ensure_future(anext(results))
                while not (coming.done() or reader.silent):
                    await asyncio.wait({coming}, timeout=0.02)
                if not coming.done():
                    coming.cancel()
                    await asyncio.wait({coming})
                    break
                try:
                    result: Any = coming.result()
                except StopAsyncIteration:
                    break
                errors = [error.formatted for error in result.errors or []]
                shown = json.dumps({"data": result.data, "errors": errors}, default=str)
                self.judge(name, document.text, shown, allowed)
                self.spots |= document.spots

    async def at_rest(self) -> dict[str, set[tuple[int, str]]]:
        """Return the tables that contain planted values, other than `contact`."""
        rows = await fetch(
            connection(),
            """SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'
               AND tablename <> 'contact'""",
        )
        found = {}
        for row in rows:
            stored = await fetch(connection(), f"SELECT to_jsonb(t)::text AS text FROM {row['name']} AS t")
            carried = self.finder.find("\n".join(one["text"] for one in stored))
            if carried:
                found[row["name"]] = carried
        return found


class _Reader(FeedReader):
    """The server's own reader, which remembers the one subscription created through this wrapper."""

    def __init__(self, reader: FeedReader) -> None:
        self._reader = reader
        self._made: FeedSubscription | None = None

    def subscribe(
        self,
        recipient: UUID,
        after: int | None = None,
        kinds: frozenset[NotificationKind] | None = None,
        about: UUID | None = None,
    ) -> FeedSubscription:
        """Subscribe, and remember."""
        self._made = self._reader.subscribe(recipient, after, kinds, about)
        return self._made

    @property
    def silent(self) -> bool:
        """Whether the reader has nothing left to read, and the subscription is waiting for more."""
        made: Any = self._made  # what these two wait for is private to them
        reader: Any = self._reader
        if made is None or made._buffer or made._waiting is None or made._waiting.done():
            return False
        return bool(reader._wake._waiters) and not reader._wake.is_set()


def _headers(token: str | None) -> dict[str, str]:
    return {**_HEADERS, "Authorization": f"Bearer {token}"} if token else _HEADERS


def _missing(text: str, document: Document) -> set[str]:
    """Return the objects of a document that are null, or an empty list, in its answer."""
    data = json.loads(text)[0]["data"]
    payload = next(iter(data.values()), None) if data else None
    return {name for name in document.objects if payload is None or payload[name] in (None, [])}


def _has_upload(found: GraphQLField) -> bool:
    kind = get_named_type(found.args["input"].type)
    assert is_input_object_type(kind)
    # If a file is only one of several options, the others are tried.
    return any(str(inner.type) == "Upload!" for inner in kind.fields.values())
