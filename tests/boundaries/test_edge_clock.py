"""A.2: the two limits that the server's own clock decides, the expiry of access and refresh tokens.

The tests move the server's clock and never sleep.
"""

from datetime import UTC, datetime, timedelta

import pytest

from models.accounts.sessions import SignedIn, begin_session
from models.base.database import transaction
from tests.boundaries.world import World
from tests.support.api import Client
from tests.support.marketplace import SECOND

OFFSETS = pytest.mark.parametrize(("offset", "good"), [(-SECOND, True), (0 * SECOND, False), (SECOND, False)])
REFRESH = """mutation ($token: String!) { tokenRefresh(input: {refreshToken: $token}) {
    accessToken viewer { roles } userErrors { code } } }"""


async def sign_in(world: World) -> SignedIn:
    """Start a session of the vendor's owner."""
    user_id = world.place.vendor.owner.user_id
    assert user_id is not None
    async with transaction() as conn:
        issuer = world.api.services.authentication.issuer
        return await begin_session(conn, issuer, user_id, world.api.clock.now())


def put(world: World, instant: datetime) -> None:
    """Set the server's clock to an instant; it runs on during the milliseconds of one request."""
    world.api.clock.offset = instant - datetime.now(UTC)


@OFFSETS
async def test_an_access_token_is_valid_until_it_expires(world: World, offset: timedelta, good: bool) -> None:
    """Valid while now is before its expiry."""
    signed_in = await sign_in(world)
    put(world, signed_in.expires_at + offset)
    answer = await Client(world.api.http, signed_in.access_token).ask("{ viewer { roles } }")
    assert answer.codes == ([] if good else ["UNAUTHENTICATED"])


@OFFSETS
async def test_a_refresh_token_is_valid_for_30_days(world: World, offset: timedelta, good: bool) -> None:
    """Valid for 30 days."""
    before = world.api.clock.now()
    signed_in = await sign_in(world)
    issued_within = world.api.clock.now() - before
    assert issued_within < SECOND
    lifetime = world.api.services.authentication.issuer.refresh_lifetime
    put(world, before + (0 * SECOND if good else issued_within) + lifetime + offset)
    payload = (await world.api.nobody.ask(REFRESH, token=signed_in.refresh_token)).data["tokenRefresh"]
    assert (payload["accessToken"] is not None) is good
    assert [error["code"] for error in payload["userErrors"]] == ([] if good else ["FORBIDDEN"])
