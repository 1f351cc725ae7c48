"""Purchases of points: how many an account may hold."""

import pytest

from models.accounts.purchase_points import purchase_points
from models.base.database import connection
from models.base.refusal import RefusalCode
from models.ledger import movements
from models.process.wake import Silence
from tests.support.invariants import snapshot
from tests.support.marketplace import Marketplace
from tests.support.reading import points, refused


async def test_an_account_cannot_buy_more_points_than_the_maximum(
    place: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No balance exceeds the API's Int, even if everything is refunded later."""
    monkeypatch.setattr(movements, "MOST_PURCHASED", 150)

    async def buy(count: int, key: str) -> None:
        await purchase_points(
            place.operator, Silence(), account_id=place.vendor.id, points=count, idempotency_key=key
        )

    before = await snapshot(connection())
    refusal = await refused(buy(51, "one"), RefusalCode.CONFLICT, "points")
    assert "100" in refusal.message
    assert "150" in refusal.message
    assert await snapshot(connection()) == before
    await buy(50, "one")
    assert await points(place.vendor.id) == (150, 0)
