"""When a response is a stream of events: for subscriptions, and for clients that accept nothing else."""

import pytest

from schema.http.event_stream import is_subscription, wants_events
from tests.support.api import Api

QUERY, REVEALS = "{ __typename }", "subscription { reveals { __typename } }"
URQL = (
    "application/graphql-response+json, application/graphql+json, application/json, "
    "text/event-stream, multipart/mixed"
)
EVENTS = "text/event-stream"


@pytest.mark.parametrize(
    ("accept", "query", "subscription"),
    [
        (None, False, False),
        ("", False, False),
        ("*/*", False, False),
        ("application/json", False, False),
        (EVENTS, True, True),
        (EVENTS.upper(), True, True),
        (f"{EVENTS}, text/html", True, True),
        (URQL, False, True),
        (f"{EVENTS}, application/json", False, True),
        (f"{EVENTS}, */*;q=0.1", False, True),
        (f"{EVENTS}, application/*", False, True),
        (f"{EVENTS}, application/json;q=0, application/graphql-response+json;q=0", True, True),
        (f"{EVENTS};q=0, application/json", False, False),
        (f"{EVENTS};q=0", False, False),
        (f"{EVENTS};q=none, application/json", False, False),
        ("application/x-text/event-stream-no", False, False),
    ],
)
def test_events_are_for_subscriptions_or_clients_that_accept_nothing_else(
    accept: str | None, query: bool, subscription: bool
) -> None:
    assert (wants_events(accept, QUERY, None), wants_events(accept, REVEALS, None)) == (query, subscription)


@pytest.mark.parametrize(
    ("document", "name", "is_one"),
    [
        (QUERY, None, False),
        (REVEALS, None, True),
        ("subscription A { reveals { cursor } }", "A", True),
        ("query A { a } subscription B { b }", "B", True),
        ("query A { a } subscription B { b }", "A", False),
        ("{ subscription { id } }", None, False),
        ('query ($a: String = "subscription") { a }', None, False),
        ("# subscription\n{ a }", None, False),
        ('{ a(text: """ } subscription """) }', None, False),
        ('{ a(text: """ \\""" } subscription """) }', None, False),
        ('{ a(text: "\\" } subscription") }', None, False),
        ("fragment subscriptions on A { a } { a }", None, False),
        ("}" * 9 + "subscription", None, False),
        ("", None, False),
    ],
)
def test_only_top_level_words_make_a_document_a_subscription(
    document: str, name: str | None, is_one: bool
) -> None:
    assert is_subscription(document, name) == is_one


@pytest.mark.parametrize("unterminated", ['"' + '\\"' * 400_000, '"""' + '\\"""' * 200_000])
def test_an_unterminated_string_is_scanned_once(unterminated: str) -> None:
    """The document's limits are checked later, so a quadratic scan would hold the event loop for minutes."""
    assert not is_subscription(unterminated + "subscription", None)


@pytest.mark.parametrize("accept", [URQL, f"{EVENTS};q=0, application/json"])
async def test_a_client_that_accepts_json_gets_json(api: Api, accept: str) -> None:
    """The status is that of the first media type."""
    answer = await api.nobody.ask("{ viewer { nothing } }", {"Accept": accept})
    expected = 400 if accept == URQL else 200
    assert (answer.status, "json" in answer.headers["content-type"]) == (expected, True)


async def test_an_event_ends_each_line_with_a_line_feed(api: Api) -> None:
    answer = await api.http.post("/graphql", json={"query": QUERY}, headers={"Accept": EVENTS})
    assert answer.headers["content-type"].startswith(EVENTS)
    assert b"\r" not in answer.content
    assert answer.content.startswith(b"event: next\ndata: {")
    assert answer.content.endswith(b"event: complete\ndata: \n\n")


def test_the_end_of_an_oversized_document_is_not_scanned() -> None:
    """Scanning takes time before the document's own limit is checked."""
    assert not is_subscription("#" + " " * 50_000 + "\nsubscription { notifications { cursor } }", None)
