"""A.1: contact data reaches only viewers who are entitled to it at that instant.

Queries, fields and mutations are generated from the schema, not listed.
"""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from graphql import GraphQLObjectType
from structlog.testing import capture_logs

import embedded
from models.base.database import connection, fetch
from models.reconciliation import reconcile
from schema.graphql.fast_path.roots import LISTS
from schema.graphql.ids import write_id
from tests.leak.company import CALLED, CALLED_LONG_AGO, COMPANY, REACHING, READERS, TOLD
from tests.leak.documents import all_spots
from tests.leak.planting import REVEAL_AFTER, Planting, entitled
from tests.leak.search import Search
from tests.support.api import METRICS
from tests.support.database import Database
from tests.support.marketplace import SECOND, START
from tests.support.plans import noted_rows
from tests.support.row_documents import row_document

WAITING = START + REVEAL_AFTER + timedelta(hours=40)  # when the pending ones were received
TABLES_OF_COMPANY = {
    "appointment": {TOLD.number},
    "call": {CALLED.number, CALLED_LONG_AGO.number},
    "call_note": {CALLED.number, CALLED_LONG_AGO.number},
    "employee": {REACHING.number, TOLD.number},
    "employee_calendar": {REACHING.number},
    "faq_entry": {TOLD.number},
    "secretariat": {TOLD.number},
    "transfer_attempt": {REACHING.number, CALLED.number, CALLED_LONG_AGO.number},
    "vip_caller": {TOLD.number},
}
# Leads whose prospect wrote contact data in a chat: texts are stored as they were written.
IN_CHATS = ("no consent", "due, not swept", "waiting", "accepted", "declined")
PROBES = ("/metrics", "/readyz", "/healthz", "/graphql", "/nothing-here")


def values_of_one(made: Planting) -> set[str]:
    """Return the names of all values planted for a lead."""
    return set(made.planted[0].values)


def values_of_company() -> set[tuple[int, str]]:
    """Return the names of all values that a company keeps for its calls."""
    return {(number, name) for number, one in COMPANY.items() for name in one.values}


# Who calls mutations on one marketplace, least entitled first. The account's member has the owner's rights,
# and the erased prospect those of another one.
CALLERS = (
    ("anonymous", "agent", "employee", "newcomer", "other prospect"),
    ("rival", "owner"),
    ("prospect", "operator"),
)


async def test_contact_data_reaches_the_entitled_and_nobody_else(
    search: Search, caplog: pytest.LogCaptureFixture, services: embedded.Services
) -> None:
    """Every query, node and subscription as every viewer; then logs, tables, probes, invariants."""
    made, finder = search.made, search.finder
    caplog.set_level(logging.DEBUG)
    with capture_logs() as logs:
        await search.queries()
        await search.nodes()
        for name, viewer in made.viewers.items():
            seen = {number for number, _ in search.reached[name]}
            assert seen == await entitled(made, viewer), name
            if seen:  # every value of at least one lead, and therefore of all: they share a view
                assert {value for _, value in search.reached[name]} >= values_of_one(made), name
        for name in ("owner", "member", "operator"):
            assert search.reached_of_company[name] >= values_of_company(), name
        await search.subscriptions()
        report = await reconcile()
    assert all_spots(search.graph, *_read(search)) <= search.spots, "a field was never asked for"
    await _check_what_is_kept(search, [*map(str, logs), str(report)], caplog, services)
    for path in PROBES:
        answer = await search.api.http.get(path, headers=METRICS if path == "/metrics" else {})
        assert finder.find(f"{answer.text} {dict(answer.headers)}") == set(), path


@pytest.mark.parametrize("names", CALLERS)
async def test_mutations_give_contact_data_to_the_entitled_and_nobody_else(
    search: Search,
    caplog: pytest.LogCaptureFixture,
    services: embedded.Services,
    names: tuple[str, ...],
) -> None:
    """Every mutation on every object, as some viewers; then logs, tables, invariants."""
    caplog.set_level(logging.DEBUG)
    with capture_logs() as logs:
        await search.mutations(names)
        report = await reconcile()
    written = all_spots(search.graph, search.graph.mutation_type)
    assert written - all_spots(search.graph, *_read(search)) <= search.spots, "a field was never asked for"
    await _check_what_is_kept(search, [*map(str, logs), str(report)], caplog, services)


def _read(search: Search) -> tuple[GraphQLObjectType | None, ...]:
    return search.graph.query_type, search.graph.subscription_type


async def test_every_viewer_calls_mutations(made: Planting) -> None:
    """Except two, who have the rights of others."""
    assert sorted([*sum(CALLERS, ()), "erased", "member"]) == sorted(made.viewers)


async def _check_what_is_kept(
    search: Search, logs: list[str], caplog: pytest.LogCaptureFixture, services: embedded.Services
) -> None:
    """Check the responses so far, the logs, and the tables."""
    finder = search.finder
    assert search.leaks == set()
    assert search.faults == []
    text = "\n".join([*logs, *(record.getMessage() for record in caplog.records)])
    assert finder.find(text) == set(), "a log, or the report of the books"
    assert logs, "the requests are logged"
    stored = {table: {number for number, _ in found} for table, found in (await search.at_rest()).items()}
    states = list(search.made.leads)
    chats = {"chat_message": {states.index(state) for state in IN_CHATS}}
    assert stored == TABLES_OF_COMPANY | chats, "only `contact` and chats have a lead's contact data"
    written = [file.read_text(errors="replace") for file in _logs(services)]
    assert written
    assert all(finder.find(text) == set() for text in written), "PostgreSQL's or Valkey's own log"


def _logs(services: embedded.Services) -> list[Path]:
    return list(services._places.logs.glob("*.log"))


@pytest.mark.parametrize("offset", [-SECOND, 0 * SECOND])
async def test_the_clock_alone_reveals_contact_data(
    search: Search, database: Database, offset: timedelta
) -> None:
    """No worker runs: a second before the due time nobody sees more; from then on, the vendor does."""
    made = search.made
    await database.clock.set(WAITING + REVEAL_AFTER + offset)
    names = ("employee", "rival", "owner")
    await search.queries(names, "leads")
    assert search.leaks == set()
    for name in names:
        assert {number for number, _ in search.reached[name]} == await entitled(made, made.viewers[name])
    waiting = list(made.leads).index("waiting")
    opened = {name for name in names if waiting in {number for number, _ in search.reached[name]}}
    assert opened == (set() if offset < 0 * SECOND else {"owner", "rival"})


async def test_rows_of_calls_reach_the_entitled_and_nobody_else(search: Search) -> None:
    """All their columns, by a plan: an agent sees them until a day after the end of the call."""
    await _ask_for_rows(search, "calls")
    of_callers = {"caller", "caller_name", "company", "callback", "concern", "message_for_caller"}
    for name in search.made.viewers:
        seen = {(number, value) for number, value in search.reached_of_company[name] if value in of_callers}
        calls = [one.number for one in (CALLED, CALLED_LONG_AGO) if name in READERS[one.number]]
        assert seen == {(number, value) for number in calls for value in of_callers}, name


@pytest.mark.parametrize("root", ["leads", "applications", "deliveries"])
async def test_rows_of_cases_reach_the_entitled_and_nobody_else(search: Search, root: str) -> None:
    """All their columns, by a plan."""
    await _ask_for_rows(search, root)
    assert search.reached["owner"]
    for name, viewer in search.made.viewers.items():
        assert {number for number, _ in search.reached[name]} <= await entitled(search.made, viewer), name


async def _ask_for_rows(search: Search, root: str) -> None:
    """Ask for all columns of a list three times as every viewer: a document is planned from the second on."""
    document = row_document(search.graph, root)
    with noted_rows() as read:
        for _ in range(3):
            await search.ask([document])
    assert read[LISTS[root].row_type.name] >= 2, "a plan read rows"
    assert (search.leaks, search.faults) == (set(), [])


async def test_searching_for_contact_data_finds_nothing(search: Search) -> None:
    """Filters do not reveal values: planted text matches as many leads as text that occurs nowhere."""
    made = search.made
    for name in ("owner", "prospect", "operator"):
        token = await search.token(made.viewers[name])
        for value in made.planted[list(made.leads).index("waiting")].values.values():
            for field in ("query", "city", "category"):
                text = await search.post(
                    token,
                    f"query ($f: LeadFilter) {{ leads(filter: $f) {{ totalCount }} }} # {field}",
                    {"f": {field: value}},
                )
                assert '"totalCount": 0' in text, (name, field)


async def test_a_fault_that_quotes_contact_data_is_masked(
    search: Search,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    services: embedded.Services,
) -> None:
    """No response and no log, not even the database's, quotes an exception or a rejected row."""
    made, finder = search.made, search.finder
    quoted = " ".join(made.planted[0].values.values())

    def fail(*_: object) -> None:
        raise ValueError(quoted)

    token = await search.token(made.viewers["owner"])
    document = "query ($id: ID!) { node(id: $id) { ... on Lead { contact { email } } } }"
    caplog.set_level(logging.DEBUG)
    with capture_logs() as logs, monkeypatch.context() as patched:
        patched.setattr("models.leads.rows._contact", fail)
        text = await search.post(token, document, {"id": write_id("Lead", made.leads["revealed"].id)})
    assert "INTERNAL" in text
    assert finder.find(text) == set()

    await fetch(
        connection(), "ALTER TABLE contact ADD CONSTRAINT t CHECK (full_name NOT LIKE '%Zq%') NOT VALID"
    )
    try:
        planted = made.planted[0].values
        contact = {
            "fullName": planted["full_name"],
            "email": planted["email"],
            "preferredChannel": "EMAIL",
        }
        given = {"title": "A roof", "brief": "We need one.", "category": "roof", "country": "DE"}
        with capture_logs() as more:
            text = await search.post(
                await search.token(made.viewers["operator"]),
                "mutation ($i: LeadPublishInput!) { leadPublish(input: $i) { lead { id } } }",
                {"i": {**given, "market": "main", "contact": contact}},
            )
    finally:
        await fetch(connection(), "ALTER TABLE contact DROP CONSTRAINT t")
    assert "INTERNAL" in text
    assert finder.find(text) == set()
    text = "\n".join([*map(str, logs), *map(str, more), *(record.getMessage() for record in caplog.records)])
    assert "fault" in text
    assert finder.find(text) == set()
    text = "\n".join(str(record.exc_info) for record in caplog.records if record.exc_info)
    assert finder.find(text) == set()
    written = "\n".join(file.read_text(errors="replace") for file in _logs(services))
    assert "violates check constraint" in written
    assert finder.find(written) == set()


async def test_each_access_by_an_operator_is_logged(search: Search) -> None:
    """For the leads whose contact data was returned, and for no others."""
    made = search.made
    token = await search.token(made.operator)
    text = await search.post(token, "{ leads(first: 100) { nodes { contact { email } } } }", {})
    seen = {number for number, _ in search.finder.find(text)}
    rows = await fetch(
        connection(), "SELECT DISTINCT lead_id FROM contact_access WHERE user_id = $1", made.operator.user_id
    )
    leads = [lead.id for lead in made.leads.values()]
    assert seen
    assert {leads.index(row["lead_id"]) for row in rows} == seen
    await fetch(connection(), "DELETE FROM contact_access")
    text = await search.post(token, "{ leads { nodes { title } } }", {})
    assert search.finder.find(text) == set()
    assert await fetch(connection(), "SELECT FROM contact_access") == [], "what is not shown is not logged"


async def test_every_state_is_planted(made: Planting) -> None:
    """The vendor is entitled to leads that are revealed, accepted or delivered, but not closed."""
    states = list(made.leads)
    owner = {states[number] for number in await entitled(made, made.viewers["owner"])}
    assert owner == {
        "revealed",
        "declined late",
        "due, not swept",
        "accepted",
        "withdrawn",
        "club",
        "record",
    }
    rival = {states[number] for number in await entitled(made, made.viewers["rival"])}
    assert rival == {"revealed to the rival", "declined, accepted for the rival"}
    for name in ("anonymous", "agent", "employee", "newcomer", "erased"):
        assert await entitled(made, made.viewers[name]) == set()
