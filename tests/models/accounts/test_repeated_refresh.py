"""A refresh repeated with its idempotency key returns the same new token; anything else is reuse."""

import asyncio
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

import pytest

from models.accounts.refusals import SessionRefusal
from models.accounts.sessions import (
    REPEAT_WITHIN,
    RefreshRefused,
    SignedIn,
    refresh,
    session_of,
    sign_out,
)
from models.accounts.tokens.access_token import TokenIssuer
from models.accounts.tokens.claims import TokenProblem
from models.base.database import connection, fetch
from models.base.refusal import Refusal, RefusalCode, RefusalReason
from tests.models.accounts.support import Door, disable
from tests.support.concurrency import holding
from tests.support.database import Database

LINK = "SELECT FROM refresh_token WHERE id = $1 FOR UPDATE"
KEY = "0e6a9c0e-7d5b-4d8f-9f1e-9f0f1c8f0a11"
MICROSECOND = timedelta(microseconds=1)


class Renewal:
    """Refreshes of one token."""

    def __init__(self, issuer: TokenIssuer, token: str, now: datetime) -> None:
        self.issuer = issuer
        self.token = token
        self.now = now

    async def ask(self, key: str | None = KEY, *, after: timedelta = timedelta()) -> SignedIn:
        """Refresh at this time after the first refresh."""
        now = self.now + after
        return await refresh(self.issuer, refresh_token=self.token, now=now, idempotency_key=key)

    async def reason(self, key: str | None = KEY, *, after: timedelta = timedelta()) -> RefusalReason | None:
        """Refresh, and return why it was refused."""
        with pytest.raises(RefreshRefused) as refusal:
            await self.ask(key, after=after)
        return refusal.value.reason

    def of(self, given: SignedIn, *, after: timedelta = timedelta()) -> "Renewal":
        """The refresh of what was given."""
        return Renewal(self.issuer, given.refresh_token, self.now + after)


@pytest.fixture
async def renewal(door: Door, user: UUID, now: datetime) -> Renewal:
    """The first refresh of a session."""
    return Renewal(door.issuer, (await door.enter()).refresh_token, now)


async def test_the_same_key_gives_the_same_successor_with_a_valid_access_token(
    renewal: Renewal, door: Door, user: UUID
) -> None:
    first, second = await renewal.ask(), await renewal.ask(after=timedelta(seconds=30))
    assert first.refresh_token == second.refresh_token != renewal.token
    assert first.refresh_expires_at == second.refresh_expires_at
    for given in (first, second):
        assert (
            await door.ask(given.access_token, now=given.expires_at - timedelta(minutes=1))
        ).user_id == user
    assert len(await fetch(connection(), "SELECT id FROM refresh_token")) == 2
    third = await renewal.of(second).ask()
    assert third.refresh_token not in {renewal.token, second.refresh_token}


@pytest.mark.parametrize("key", [None, KEY.upper(), f"{KEY} ", "x"])
async def test_another_key_or_none_is_reuse_and_ends_the_session(renewal: Renewal, key: str | None) -> None:
    given = await renewal.ask()
    assert await renewal.reason(key) is SessionRefusal.REFRESH_TOKEN_REUSED
    assert await renewal.reason() is SessionRefusal.SESSION_ENDED, "even with the right key"
    assert await renewal.of(given).reason() is SessionRefusal.SESSION_ENDED


async def test_a_key_after_a_refresh_without_one_is_reuse(renewal: Renewal) -> None:
    await renewal.ask(None)
    assert await renewal.reason() is SessionRefusal.REFRESH_TOKEN_REUSED


@pytest.mark.parametrize(
    ("after", "repeated"),
    [
        (REPEAT_WITHIN, True),
        (REPEAT_WITHIN + MICROSECOND, False),
        (-REPEAT_WITHIN, True),
        (-REPEAT_WITHIN - MICROSECOND, False),
        (timedelta(days=40), False),
    ],
)
async def test_a_repetition_is_possible_for_a_minute(
    renewal: Renewal, after: timedelta, repeated: bool
) -> None:
    """In either direction, because the clocks of servers differ, or are set."""
    given = await renewal.ask()
    if repeated:
        assert (await renewal.ask(after=after)).refresh_token == given.refresh_token
    else:
        assert await renewal.reason(after=after) is SessionRefusal.REFRESH_TOKEN_REUSED


async def test_once_the_successor_is_used_a_repetition_is_reuse(renewal: Renewal) -> None:
    """It had been received, so only a thief would request it again."""
    given = await renewal.ask()
    await renewal.of(given).ask()
    assert await renewal.reason() is SessionRefusal.REFRESH_TOKEN_REUSED
    assert await renewal.of(given).reason() is SessionRefusal.SESSION_ENDED


async def test_a_thief_of_token_and_key_is_detected_at_the_next_refresh(renewal: Renewal, door: Door) -> None:
    owner, thief = await renewal.ask(), await renewal.ask()
    await renewal.of(owner).ask("the owner's")
    assert await renewal.of(thief).reason("the thief's") is SessionRefusal.REFRESH_TOKEN_REUSED
    for given in (owner, thief):
        assert await door.problem(given.access_token) is TokenProblem.ENDED


async def test_concurrent_refreshes_with_one_key_get_one_successor(
    renewal: Renewal, database: Database
) -> None:
    """They all wait for the same row."""
    (link,) = await fetch(connection(), "SELECT id FROM refresh_token")
    async with holding(database.url, LINK, link["id"]) as meeting:
        for _ in range(4):
            await meeting.join(renewal.ask())
    given = await meeting.outcomes()
    tokens = [one.refresh_token for one in given if isinstance(one, SignedIn)]
    assert (len(tokens), len(set(tokens))) == (4, 1)
    assert len(await fetch(connection(), "SELECT id FROM refresh_token")) == 2


async def test_of_two_concurrent_keys_one_gets_tokens_and_the_session_ends(
    renewal: Renewal, door: Door, database: Database
) -> None:
    (link,) = await fetch(connection(), "SELECT id FROM refresh_token")
    async with holding(database.url, LINK, link["id"]) as meeting:
        await meeting.join(renewal.ask("one"))
        await meeting.join(renewal.ask("another"))
    first, second = await meeting.outcomes()
    assert isinstance(first, SignedIn)
    assert isinstance(second, RefreshRefused)
    assert second.reason is SessionRefusal.REFRESH_TOKEN_REUSED
    assert await door.problem(first.access_token) is TokenProblem.ENDED


async def test_two_sessions_with_one_key_have_different_successors(
    door: Door, user: UUID, now: datetime
) -> None:
    renewals = [Renewal(door.issuer, (await door.enter()).refresh_token, now) for _ in range(2)]
    given = [await renewal.ask("1") for renewal in renewals]
    assert given[0].refresh_token != given[1].refresh_token
    assert given[0].session_id != given[1].session_id


async def test_a_malformed_key_does_not_use_the_token(renewal: Renewal) -> None:
    for key in ("", " ", "x" * 201, "x" * 10_000, "a\x00b", "\ud800", "a\nb"):
        with pytest.raises(Refusal) as refusal:
            await renewal.ask(key)
        assert (refusal.value.code, refusal.value.field) == (RefusalCode.INVALID, ("idempotencyKey",))
    await renewal.ask("x" * 200)


async def test_a_repetition_after_signing_out_is_refused(renewal: Renewal, now: datetime) -> None:
    given = await renewal.ask()
    await sign_out(given.session_id, now)
    assert await renewal.reason() is SessionRefusal.SESSION_ENDED


async def test_a_disabled_user_cannot_repeat_a_refresh(renewal: Renewal, user: UUID, now: datetime) -> None:
    await renewal.ask()
    await disable(user, now)
    assert await renewal.reason() is SessionRefusal.SESSION_ENDED


async def test_signing_out_during_repetitions_leaves_no_valid_token(
    renewal: Renewal, door: Door, now: datetime
) -> None:
    session_id = await session_of(renewal.token)
    assert session_id is not None
    results = await asyncio.gather(
        renewal.ask(), sign_out(session_id, now), renewal.ask(), return_exceptions=True
    )
    for given in results:
        if isinstance(given, SignedIn):
            assert await door.problem(given.access_token) is TokenProblem.ENDED
    assert await renewal.reason() is SessionRefusal.SESSION_ENDED


async def test_a_repetition_after_the_end_of_the_family_has_expired(renewal: Renewal) -> None:
    for days in (29, 29, 29):
        renewal = renewal.of(await renewal.ask(after=timedelta(days=days)), after=timedelta(days=days))
    last = timedelta(days=3) - timedelta(seconds=10)
    await renewal.ask(after=last)
    assert await renewal.reason(after=timedelta(days=3)) is SessionRefusal.REFRESH_TOKEN_EXPIRED


async def test_neither_key_nor_token_is_stored(renewal: Renewal) -> None:
    """Only hashes of the tokens are stored, and deriving a successor requires the server's key."""
    given = await renewal.ask()
    (rows,) = await fetch(connection(), "SELECT string_agg(to_jsonb(t)::text, '') FROM refresh_token t")
    assert not {secret for secret in (KEY, renewal.token, given.refresh_token) if secret in rows[0]}
    assert given.refresh_token != sha256(f"{renewal.token}:{KEY}".encode()).hexdigest()
    other = TokenIssuer(b"another key than the one that was used")
    assert other.keyed_hash("successor", f"{renewal.token}:{KEY}") != given.refresh_token


async def test_a_token_identifies_its_session_even_after_use(renewal: Renewal) -> None:
    given = await renewal.ask()
    for token in (renewal.token, given.refresh_token):
        assert await session_of(token) == given.session_id
    for token in ("", "unknown", "x" * 100_000, "ü", "\ud800"):
        assert await session_of(token) is None
