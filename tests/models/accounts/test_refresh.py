"""Refresh tokens: rotation, replay, races, and the expiry of a token and of a family."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from models.accounts.refusals import SessionRefusal
from models.accounts.sessions import (
    RefreshRefused,
    SignedIn,
    forget_ended_sessions,
    refresh,
    sign_out,
)
from models.accounts.tokens.access_token import TokenIssuer
from models.accounts.tokens.claims import TokenProblem
from models.base.database import connection, fetch
from models.base.refusal import Refusal, RefusalCode
from tests.models.accounts.support import Door, disable


async def refused(issuer: TokenIssuer, token: str, now: datetime) -> RefreshRefused:
    with pytest.raises(RefreshRefused) as refusal:
        await refresh(issuer, refresh_token=token, now=now)
    assert refusal.value.field == ("refreshToken",)
    return refusal.value


async def test_each_token_gives_the_next(door: Door, user: UUID, now: datetime) -> None:
    first = await door.enter()
    second = await refresh(door.issuer, refresh_token=first.refresh_token, now=now)
    third = await refresh(door.issuer, refresh_token=second.refresh_token, now=now + timedelta(hours=1))
    assert len({first.refresh_token, second.refresh_token, third.refresh_token}) == 3
    assert first.session_id == second.session_id == third.session_id
    assert third.expires_at == now + timedelta(hours=1, minutes=15)
    assert (await door.ask(third.access_token, now=now + timedelta(hours=1))).user_id == user
    assert (await door.ask(first.access_token)).user_id == user  # the access token has its own, shorter life


async def test_a_replay_ends_the_family(door: Door, user: UUID, now: datetime) -> None:
    first = await door.enter()
    elsewhere = await door.enter()
    second = await refresh(door.issuer, refresh_token=first.refresh_token, now=now)
    refusal = await refused(door.issuer, first.refresh_token, now)
    assert (refusal.code, refusal.reason) == (RefusalCode.FORBIDDEN, SessionRefusal.REFRESH_TOKEN_REUSED)
    refusal = await refused(door.issuer, second.refresh_token, now)
    assert (refusal.code, refusal.reason) == (RefusalCode.FORBIDDEN, SessionRefusal.SESSION_ENDED)
    for token in (first.access_token, second.access_token):
        assert await door.problem(token) is TokenProblem.ENDED
    assert (await refresh(door.issuer, refresh_token=elsewhere.refresh_token, now=now)).user_id == user


@pytest.mark.parametrize("replayed", range(3))
async def test_any_used_link_is_a_replay(door: Door, user: UUID, now: datetime, replayed: int) -> None:
    links = [await door.enter()]
    for _ in range(3):
        links.append(await refresh(door.issuer, refresh_token=links[-1].refresh_token, now=now))
    later = now + timedelta(days=40)  # even if the token had expired by itself
    await refused(door.issuer, links[replayed].refresh_token, later)
    await refused(door.issuer, links[-1].refresh_token, now)


async def test_of_two_concurrent_refreshes_one_succeeds_and_the_family_ends(
    door: Door, user: UUID, now: datetime
) -> None:
    for _ in range(10):
        first = await door.enter()
        results = await asyncio.gather(
            *(refresh(door.issuer, refresh_token=first.refresh_token, now=now) for _ in range(2)),
            return_exceptions=True,
        )
        won = [result for result in results if isinstance(result, SignedIn)]
        lost = [result for result in results if isinstance(result, Refusal)]
        assert (len(won), len(lost)) == (1, 1)
        assert "already used" in lost[0].message
        assert "has ended" in (await refused(door.issuer, won[0].refresh_token, now)).message
        assert await door.problem(won[0].access_token) is TokenProblem.ENDED


async def test_concurrent_refreshes_never_issue_two_tokens(door: Door, user: UUID, now: datetime) -> None:
    first = await door.enter()
    results = await asyncio.gather(
        *(refresh(door.issuer, refresh_token=first.refresh_token, now=now) for _ in range(20)),
        return_exceptions=True,
    )
    assert sum(isinstance(result, SignedIn) for result in results) == 1
    assert sum(isinstance(result, Refusal) for result in results) == 19
    rows = await fetch(connection(), "SELECT id FROM refresh_token")
    assert len(rows) == 2


async def test_signing_out_while_refreshing_leaves_nothing_open(
    door: Door, user: UUID, now: datetime
) -> None:
    for _ in range(10):
        first = await door.enter()
        results = await asyncio.gather(
            refresh(door.issuer, refresh_token=first.refresh_token, now=now),
            sign_out(first.session_id, now),
            return_exceptions=True,
        )
        assert isinstance(results[0], SignedIn | Refusal)
        if isinstance(results[0], SignedIn):
            await refused(door.issuer, results[0].refresh_token, now)
            assert await door.problem(results[0].access_token) is TokenProblem.ENDED


@pytest.mark.parametrize(("second", "valid"), [(-1, True), (0, False), (1, False)])
async def test_a_token_lasts_thirty_days(
    door: Door, user: UUID, now: datetime, second: int, valid: bool
) -> None:
    first = await door.enter()
    at = now + timedelta(days=30, seconds=second)
    if valid:
        await refresh(door.issuer, refresh_token=first.refresh_token, now=at)
    else:
        for _ in range(2):
            refusal = await refused(door.issuer, first.refresh_token, at)
            assert (refusal.code, refusal.reason) == (
                RefusalCode.FORBIDDEN,
                SessionRefusal.REFRESH_TOKEN_EXPIRED,
            )


@pytest.mark.parametrize(("second", "valid"), [(-1, True), (0, False)])
async def test_a_family_lasts_ninety_days(
    door: Door, user: UUID, now: datetime, second: int, valid: bool
) -> None:
    link = await door.enter()
    for days in (29, 58, 87):
        link = await refresh(door.issuer, refresh_token=link.refresh_token, now=now + timedelta(days=days))
    at = now + timedelta(days=90, seconds=second)
    if valid:
        last = await refresh(door.issuer, refresh_token=link.refresh_token, now=at)
        assert last.expires_at == now + timedelta(days=90)  # and so is the access token
    else:
        assert "expired" in (await refused(door.issuer, link.refresh_token, at)).message


@pytest.mark.parametrize("unknown", ["", "x" * 43, "ü", "\ud800", "a\x00b", "x" * 100_000])
async def test_an_unknown_token_is_invalid(door: Door, user: UUID, now: datetime, unknown: str) -> None:
    refusal = await refused(door.issuer, unknown, now)
    assert (refusal.code, refusal.reason) == (RefusalCode.INVALID, SessionRefusal.REFRESH_TOKEN_UNKNOWN)


async def test_access_and_refresh_tokens_are_not_interchangeable(
    door: Door, user: UUID, now: datetime
) -> None:
    first = await door.enter()
    assert (await refused(door.issuer, first.access_token, now)).code is RefusalCode.INVALID
    assert await door.problem(first.refresh_token) is TokenProblem.MALFORMED


async def test_disabled_and_signed_out_users_cannot_refresh(door: Door, user: UUID, now: datetime) -> None:
    first = await door.enter()
    await disable(user, now)
    assert "has ended" in (await refused(door.issuer, first.refresh_token, now)).message
    await disable(user, None)
    second = await refresh(door.issuer, refresh_token=first.refresh_token, now=now)
    await sign_out(second.session_id, now)
    assert "has ended" in (await refused(door.issuer, second.refresh_token, now)).message


async def test_ended_families_are_deleted_as_a_whole(door: Door, user: UUID, now: datetime) -> None:
    first = await door.enter()
    second = await refresh(door.issuer, refresh_token=first.refresh_token, now=now)
    await forget_ended_sessions(now + timedelta(days=91))
    assert "already used" in (await refused(door.issuer, first.refresh_token, now)).message
    await forget_ended_sessions(now + timedelta(days=91, seconds=1))
    assert await fetch(connection(), "SELECT id FROM refresh_token") == []
    assert await door.problem(second.access_token) is TokenProblem.ENDED
