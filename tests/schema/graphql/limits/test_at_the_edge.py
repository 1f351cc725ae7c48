"""Limits as a client sees them: over HTTP, over a socket, over server-sent events."""

import asyncio
from itertools import pairwise

import pytest
from prometheus_client import REGISTRY

from models.process.redis_pool import open_redis
from tests.schema.graphql.limits.bomb import bomb
from tests.schema.graphql.limits.conftest import Running
from tests.schema.http.wire import CURSOR, REVEALS, Socket, connected, signed_in, streaming
from tests.support.api import Answer, Api, listening
from tests.support.marketplace import Marketplace, make_marketplace

LEADS = "query ($n: Int) { leads(first: $n) { nodes { id } } }"


def the_error(answer: Answer) -> dict[str, object]:
    """Return the extensions of the only error."""
    (error,) = answer.body["errors"]
    extensions: dict[str, object] = error["extensions"]
    return extensions


async def owner_token(api: Api, market: Marketplace) -> str:
    """Return a token of the vendor's owner."""
    return await api.token(market.vendor.owner.user_id)


async def test_every_answer_has_its_cost_and_an_operation_over_the_limit_is_refused(running: Running) -> None:
    """With the variables of the request, although the document is cached."""
    market = await make_marketplace()
    async with running(max_cost=11) as api:
        vendor = await api.client(market.vendor.owner.user_id)
        for first, passes in ((9, True), (10, True), (11, False)):
            answer = await vendor.ask(LEADS, n=first)
            assert answer.body["extensions"]["cost"] == {"requested": 1 + first, "limit": 11}
            assert ("errors" not in answer.body) is passes
        assert the_error(answer) == {
            "code": "LIMIT_EXCEEDED", "limit": "cost", "requested": 12, "allowed": 11,
        }  # fmt: skip


async def test_a_bomb_gets_a_short_answer(running: Running) -> None:
    """It is refused, and nothing of it runs."""
    async with running() as api:
        response = await api.http.post("/graphql", json={"query": bomb(25)})
        assert [error["extensions"]["limit"] for error in response.json()["errors"]] == ["depth", "aliases"]
        assert len(response.content) < 1_000


async def test_a_user_over_the_rate_limit_gets_the_time_to_retry(running: Running) -> None:
    """429 with Retry-After; other users are served, and a malformed request takes little from the bucket."""
    market = await make_marketplace()
    async with running(rate_limit_cost_per_minute=60, rate_limit_burst=20) as api:
        vendor = await api.client(market.vendor.owner.user_id)
        first = await vendor.ask(LEADS, n=9)
        assert first.data["leads"]
        assert first.body["extensions"]["rateLimit"] == {"limit": 20, "remaining": 10}
        assert (await vendor.ask("{ nothing }")).body["extensions"]["rateLimit"]["remaining"] == 9
        refused = await vendor.ask(LEADS, n=19)
        assert (refused.status, refused.headers["retry-after"]) == (429, "11")
        rate = the_error(refused)["rateLimit"]
        assert isinstance(rate, dict)
        assert (rate["limit"], rate["remaining"], rate["retryAfterSeconds"]) == (20, 9, 11)
        assert rate["resetAt"].endswith("Z")
        assert the_error(refused)["code"] == "LIMIT_EXCEEDED"
        assert (await vendor.ask(LEADS, n=5)).data["leads"]
        assert (await (await api.client(market.prospect.viewer.user_id)).ask(LEADS, n=15)).data["leads"]


async def test_parsing_a_document_is_charged_until_it_is_cached(running: Running) -> None:
    """One point per hundred characters, also for a document that is not GraphQL."""
    async with running(rate_limit_cost_per_minute=1, rate_limit_burst=100) as api:
        vendor = await api.client((await make_marketplace()).vendor.owner.user_id)
        rest = "x" * 2_000
        left = [100]
        for document in ("{ __typename } # " + rest, "{ __typename } # " + rest, "{ # " + rest, "{ " + rest):
            await vendor.ask(document)
            answer = await vendor.ask("{ __typename }")
            left.append(answer.body["extensions"]["rateLimit"]["remaining"])
        assert [before - after - 1 for before, after in pairwise(left)] == [21, 1, 21, 21]


async def test_without_redis_a_tenth_of_the_limit_applies(running: Running) -> None:
    """The metric shows it."""
    name = "leadgate_rate_limit_open_total"
    before = REGISTRY.get_sample_value(name) or 0.0
    async with (
        running(rate_limit_cost_per_minute=1, rate_limit_burst=200) as api,
        open_redis("unix:///nowhere/redis.sock?db=0") as away,
    ):
        object.__setattr__(api.services, "redis", away)
        answers = [await api.nobody.ask("{ __typename }") for _ in range(30)]
    assert [answer.status for answer in answers] == [200] * 20 + [429] * 10
    assert answers[19].body["extensions"]["rateLimit"] == {"limit": 20, "remaining": 0}
    assert REGISTRY.get_sample_value(name) == before + 30


@pytest.mark.parametrize("kind", ["query", "mutation"])
async def test_an_operation_ends_in_time(
    running: Running, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mutation's error says that it may have been carried out."""
    ended = asyncio.Event()

    async def slow(*_: object, **__: object) -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    async with running(query_timeout_seconds=0.2) as api:
        monkeypatch.setattr("schema.accounts.mutations.sign_in.sign_in", lambda *_, **__: slow())
        monkeypatch.setattr("schema.leads.queries.list_leads", slow)
        monkeypatch.setattr("schema.leads.rows.lead_rows", slow)  # what a plan reads
        vendor = await api.client((await make_marketplace()).vendor.owner.user_id)
        asked = {
            "query": "{ leads { nodes { id } } }",
            "mutation": 'mutation { signIn(input: {email: "a@b.example", password: "x"}) { accessToken } }',
        }
        for _ in range(2):  # the second time, the document is known
            ended.clear()
            async with asyncio.timeout(60):
                answer = await vendor.ask(asked[kind])
            assert the_error(answer) == {"code": "TIMEOUT"}
            assert ("may still have been carried out" in answer.body["errors"][0]["message"]) is (
                kind == "mutation"
            )
            assert ended.is_set()
        assert (await vendor.ask("{ viewer { user { id } } }")).data


async def test_suggestions_can_be_disabled(running: Running) -> None:
    """In documents and in variables; they are off if introspection is disabled."""
    variable = "query ($f: LeadFilter) { __typename leads(filter: $f) { nodes { id } } }"
    for settings, suggests in (
        ({}, True),
        ({"suggestions": False}, False),
        ({"introspection": False}, False),
    ):
        async with running(**settings) as api:
            for document, values in (("{ leeds { x } }", {}), (variable, {"f": {"citty": "x"}})):
                answer = await api.nobody.ask(document, **values)
                assert ("Did you mean" in answer.body["errors"][0]["message"]) is suggests
            answer = await api.nobody.ask("{ __schema { queryType { name } } }")
            assert ("errors" in answer.body) is ("introspection" in settings)


async def test_sockets_per_user_are_limited(running: Running) -> None:
    """The next is closed with 4429; a socket that closes frees a slot, and other users have their own."""
    market = await make_marketplace()
    async with running(sockets_per_user=2) as api, listening(api.app) as port:
        token = await owner_token(api, market)
        async with signed_in(port, token):
            async with signed_in(port, token) as second:
                async with signed_in(port, token) as third:
                    assert await third.close_code() == 4429
                async with signed_in(port, await api.token(market.prospect.viewer.user_id)) as other:
                    assert await other.ask("1", "{ __typename }")
                assert await second.ask("1", CURSOR)
            await _until_free(api, market, 1)
            async with signed_in(port, token) as again:
                assert await again.ask("1", CURSOR)
        await _until_free(api, market, 0)


async def test_concurrent_subscriptions_per_user_are_limited(running: Running) -> None:
    """Over sockets and streams together; a subscription that ends frees a slot."""
    market = await make_marketplace()
    async with running(subscriptions_per_user=2) as api, listening(api.app) as port:
        token = await owner_token(api, market)
        async with signed_in(port, token) as one, signed_in(port, token) as two:
            await one.subscribe("1", REVEALS)
            await two.subscribe("1", REVEALS)
            await one.ask("q", CURSOR)
            await two.ask("q", CURSOR)
            assert await _refused(one, "2") == "subscriptions"
            async with streaming(port, token, REVEALS) as events:
                name, payload = await events.next()
                assert (name, payload["errors"][0]["extensions"]["allowed"]) == ("next", 2)
            await two.send(id="1", type="complete")
            await two.ask("q", CURSOR)
            await one.subscribe("3", REVEALS)
            await one.ask("q", CURSOR)
            assert not [message for message in one.pending if message["id"] == "3"]


async def test_a_socket_reports_limits_per_operation(running: Running) -> None:
    """By an `error` message; the socket stays open. Documents by id are accepted too."""
    market = await make_marketplace()
    async with (
        running(max_cost=11, max_tokens=60) as api,
        listening(api.app) as port,
        signed_in(port, await owner_token(api, market)) as socket,
    ):
        await socket.subscribe("1", LEADS, n=11)
        message = await socket.take("1")
        assert (message["type"], message["payload"][0]["extensions"]["requested"]) == ("error", 12)
        await socket.subscribe("1", "{" + " __typename" * 60 + " }")
        assert (await socket.take("1"))["payload"][0]["extensions"]["limit"] == "tokens"
        await socket.send(id="1", type="subscribe", payload={"documentId": "sha256:" + "0" * 64})
        assert (await socket.take("1"))["payload"][0]["extensions"]["code"] == "NOT_FOUND"
        await socket.subscribe("1", LEADS, n=10)
        answer = await socket.take("1")
        assert answer["payload"]["extensions"]["cost"] == {"requested": 11, "limit": 11}


async def test_a_socket_over_the_rate_limit_gets_the_time_to_retry(running: Running) -> None:
    """By an `error` message with the same numbers as over HTTP."""
    market = await make_marketplace()
    async with (
        running(rate_limit_cost_per_minute=60, rate_limit_burst=10) as api,
        listening(api.app) as port,
        signed_in(port, await owner_token(api, market)) as socket,
    ):
        await socket.subscribe("1", LEADS, n=9)
        assert (await socket.take("1"))["payload"]["extensions"]["rateLimit"]["remaining"] == 0
        assert (await socket.take("1"))["type"] == "complete"
        await socket.subscribe("2", LEADS, n=9)
        (error,) = (await socket.take("2"))["payload"]
        assert error["extensions"]["rateLimit"]["retryAfterSeconds"] == 10


async def test_a_page_of_another_origin_may_not_open_a_socket(running: Running) -> None:
    """Only pages of the origins in the setting can."""
    async with running(allowed_origins="https://app.example") as api, listening(api.app) as port:
        async with connected(port, origin="https://app.example"):
            pass
        with pytest.raises(Exception, match="403"):
            async with connected(port, origin="https://evil.example"):
                pass


async def _refused(socket: Socket, name: str) -> object:
    await socket.subscribe(name, REVEALS)
    message = await socket.take(name)
    assert message["type"] == "error"
    return message["payload"][0]["extensions"]["limit"]


async def _until_free(api: Api, market: Marketplace, taken: int) -> None:
    async with asyncio.timeout(60):
        while api.services.sockets.taken(market.vendor.owner.user_id) != taken:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
