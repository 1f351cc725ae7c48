"""Mutations while Redis is frozen: answered immediately, limited, and published when Redis resumes."""

import time
from uuid import uuid4

import embedded
from models.process.wake import FEED_CHANNEL
from tests.support.api import Api, api_settings, running_api
from tests.support.database import Database
from tests.support.marketplace import Marketplace, make_marketplace
from tests.support.valkey import mortal_valkey

BUY = """mutation ($input: PointsPurchaseInput!) {
    pointsPurchase(input: $input) { account { points } userErrors { code } }
}"""


async def buy(api: Api, market: Marketplace, count: int) -> list[int]:
    """Buy a point several times; return the points after each purchase."""
    operator = await api.client(market.operator.user_id)
    vendor = await api.client(market.vendor.owner.user_id)
    account = (await vendor.ask("{ viewer { account { id } } }")).data["viewer"]["account"]["id"]
    points = []
    for _ in range(count):
        given = {"accountId": account, "points": 1, "idempotencyKey": str(uuid4())}
        payload = (await operator.ask(BUY, input=given)).data["pointsPurchase"]
        assert payload["userErrors"] == []
        points.append(payload["account"]["points"])
    return points


async def test_a_mutation_never_waits_for_redis(database: Database, services: embedded.Services) -> None:
    """Frozen, not killed: no connection is refused, so each mutation would wait five seconds."""
    market = await make_marketplace()
    async with mortal_valkey() as valkey:
        await valkey.start()
        settings = api_settings(
            services, database.url, redis_url=valkey.url, rate_limit_cost_per_minute=60_000
        )
        async with running_api(settings) as api:
            (first,) = await buy(api, market, 1)
            channel = api.services.redis.pubsub()
            await channel.subscribe(FEED_CHANNEL)
            await channel.get_message(timeout=60)
            valkey.pause()
            began = time.monotonic()
            points = await buy(api, market, 5)
            assert time.monotonic() - began < 20  # each would have taken five seconds
            assert points == list(range(first + 1, first + 6))
            valkey.resume()
            message = None
            while message is None:
                message = await channel.get_message(ignore_subscribe_messages=True, timeout=60)
            assert str(market.vendor.id) in message["data"].decode()
            await channel.aclose()  # type: ignore[no-untyped-call]
