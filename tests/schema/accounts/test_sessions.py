"""Signing in, refreshing and signing out over GraphQL: which tokens are valid, until when, what ends them."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from models.base.database import connection
from tests.support.api import Api, Client, Json
from tests.support.applied import PASSWORD, WRONG_PASSWORD, Applied, give_password, session
from tests.support.invariants import snapshot
from tests.support.mutation_calls import attempt, call, refusals, session_reasons
from tests.support.viewers import Kind

pytestmark = pytest.mark.usefixtures("quiet_logs")

TOKENS = """accessToken refreshToken expiresAt expiresIn userErrors { sessionReason }
            viewer { user { name } roles account { name } }"""
WHO = "{ viewer { roles } }"
NOTHING = {"accessToken": None, "refreshToken": None, "expiresAt": None, "expiresIn": None, "viewer": None}


async def _sign_in(api: Api, applied: Applied, quiet_logs: list[str], kind: Kind = Kind.OWNER) -> Json:
    email = await give_password(applied.viewer(kind).user_id)
    payload = await call(api.nobody, "signIn", {"email": email, "password": PASSWORD}, TOKENS)
    assert payload["userErrors"] == []
    quiet_logs += [payload["accessToken"], payload["refreshToken"], email]
    return payload


async def _refresh(api: Api, token: str) -> Json:
    return await call(api.nobody, "tokenRefresh", {"refreshToken": token}, TOKENS)


async def _knows(api: Api, token: str) -> bool:
    answer = await Client(api.http, token).ask(WHO)
    if answer.codes:
        assert answer.codes == ["UNAUTHENTICATED"]
        assert answer.body["data"] == {"viewer": None}
    return not answer.codes


async def test_an_access_token_lasts_a_quarter_of_an_hour(
    api: Api, applied: Applied, quiet_logs: list[str]
) -> None:
    """The payload's viewer is the user who signed in, whatever the request's token."""
    payload = await _sign_in(api, applied, quiet_logs)
    lasts = datetime.fromisoformat(payload["expiresAt"]) - datetime.now(UTC)
    assert timedelta(minutes=14, seconds=50) < lasts <= timedelta(minutes=15)
    assert payload["viewer"] == {
        "user": {"name": "Owner Fake"},
        "roles": ["OWNER"],
        "account": {"name": "Fake Vendor Ltd"},
    }
    assert await _knows(api, payload["accessToken"])


async def test_a_token_is_valid_until_its_last_second(
    api: Api, applied: Applied, quiet_logs: list[str]
) -> None:
    """It is valid at T - 1 s, but neither at T nor at T + 1 s."""
    payload = await _sign_in(api, applied, quiet_logs)
    ends = datetime.fromisoformat(payload["expiresAt"])
    for seconds, good in ((-1, True), (0, False), (1, False), (-1, True)):
        api.clock.offset = ends + timedelta(seconds=seconds) - datetime.now(UTC)
        assert await _knows(api, payload["accessToken"]) is good, seconds


async def test_an_unknown_address_and_a_wrong_password_look_the_same(api: Api, applied: Applied) -> None:
    """No tokens are returned; the message does not show which users exist, even for an invalid address."""
    email = await give_password(applied.place.agent.user_id)
    given = [
        {"email": email, "password": WRONG_PASSWORD},
        {"email": "nobody@users.example", "password": PASSWORD},
        {"email": email, "password": "x" * 50_000},
        {"email": email, "password": f"{PASSWORD}\x00"},
        {"email": "\x00", "password": ""},
        {"email": "", "password": PASSWORD},
    ]
    answers = [await call(api.nobody, "signIn", one, TOKENS) for one in given]
    assert refusals(answers[0]) == [("FORBIDDEN", "email")]
    assert NOTHING.items() <= answers[0].items()
    assert all(answer == answers[0] for answer in answers)
    answer = await attempt(api.nobody, "signIn", {"email": "x" * 2_001, "password": PASSWORD})
    assert answer.codes
    assert "INTERNAL" not in answer.codes


async def test_the_eleventh_try_is_refused_even_with_the_right_password(api: Api, applied: Applied) -> None:
    """Ten attempts per network in 15 minutes; the refusal says when to retry; others are not affected."""
    email = await give_password(applied.place.agent.user_id)
    other = await give_password(applied.place.operator.user_id)
    for _ in range(10):
        payload = await call(api.nobody, "signIn", {"email": email, "password": WRONG_PASSWORD})
        assert refusals(payload) == [("FORBIDDEN", "email")]
        api.clock.offset += timedelta(seconds=61)  # past the delay that a failure causes
    right = {"email": email.upper(), "password": PASSWORD}
    for given in (right, {"email": email, "password": WRONG_PASSWORD}):
        payload = await call(api.nobody, "signIn", given, TOKENS + " userErrors { retryAfterSeconds }")
        assert refusals(payload) == [("LIMIT_EXCEEDED", "email")]
        assert 0 < payload["userErrors"][0]["retryAfterSeconds"] <= 290
        assert NOTHING.items() <= payload.items()
    payload = await call(api.nobody, "signIn", {"email": other, "password": PASSWORD})
    assert payload["userErrors"] == []
    api.clock.offset = timedelta(minutes=15, seconds=1)
    assert (await call(api.nobody, "signIn", right))["userErrors"] == []


async def test_a_refresh_token_is_used_once_and_a_replay_ends_the_session(
    api: Api, applied: Applied, quiet_logs: list[str]
) -> None:
    """The rightful owner's newer tokens are revoked immediately as well."""
    first = await _sign_in(api, applied, quiet_logs)
    elsewhere = await api.token(applied.place.vendor.owner.user_id)
    second = await _refresh(api, first["refreshToken"])
    third = await _refresh(api, second["refreshToken"])
    assert third["viewer"] == first["viewer"]
    quiet_logs += [third["accessToken"], second["refreshToken"], third["refreshToken"]]
    assert len({one["refreshToken"] for one in (first, second, third)}) == 3
    for one in (first, second, third):
        assert await _knows(api, one["accessToken"])
    replayed = await _refresh(api, first["refreshToken"])
    assert refusals(replayed) == [("FORBIDDEN", "refreshToken")]
    assert NOTHING.items() <= replayed.items()
    assert session_reasons(replayed) == ["REFRESH_TOKEN_REUSED"]
    for one in (first, second, third):
        assert not await _knows(api, one["accessToken"])
        refused = await _refresh(api, one["refreshToken"])
        assert refusals(refused) == [("FORBIDDEN", "refreshToken")]
        assert session_reasons(refused) == ["SESSION_ENDED"]
    assert await _knows(api, elsewhere), "the user's other sessions go on"


async def test_of_two_concurrent_refreshes_one_succeeds_and_the_session_ends(
    api: Api, applied: Applied, quiet_logs: list[str]
) -> None:
    """A thief and an honest client look the same."""
    first = await _sign_in(api, applied, quiet_logs)
    answers = await asyncio.gather(
        *(_refresh(api, first["refreshToken"]) for _ in range(5)), return_exceptions=True
    )
    given = [one for one in answers if isinstance(one, dict) and one["accessToken"]]
    assert len(given) <= 1
    for one in (first, *given):
        assert not await _knows(api, one["accessToken"])


@pytest.mark.parametrize("token", ["", " ", "\x00", "no token", "🔑" * 60, "x" * 90_000, "ä"])
async def test_an_unknown_refresh_token_is_invalid(api: Api, applied: Applied, token: str) -> None:
    """It changes and ends nothing."""
    before = await snapshot(connection())
    payload = await _refresh(api, token)
    assert refusals(payload) == [("INVALID", "refreshToken")]
    assert session_reasons(payload) == ["REFRESH_TOKEN_UNKNOWN"]
    assert await snapshot(connection()) == before


async def test_signing_out_ends_this_session_immediately(
    api: Api, applied: Applied, quiet_logs: list[str]
) -> None:
    """Its tokens are refused from then on, a second time is UNAUTHENTICATED, and other sessions continue."""
    mine = await _sign_in(api, applied, quiet_logs)
    elsewhere = await api.token(applied.place.vendor.owner.user_id)
    client = Client(api.http, mine["accessToken"])
    assert (await call(client, "signOut", None, "signedOut"))["signedOut"] is True
    assert not await _knows(api, mine["accessToken"])
    assert (await attempt(client, "signOut")).codes == ["UNAUTHENTICATED"]
    assert refusals(await _refresh(api, mine["refreshToken"])) == [("FORBIDDEN", "refreshToken")]
    assert await _knows(api, elsewhere)


async def test_a_stale_token_in_the_header_does_not_stop_signing_in(
    api: Api, applied: Applied, quiet_logs: list[str]
) -> None:
    """Clients always send the header; only operations that need a signed-in user are refused."""
    email = await give_password(applied.place.agent.user_id)
    ended = await session(api, applied.place.agent.user_id)
    await call(Client(api.http, ended.access_token), "signOut")
    expired = await session(api, applied.place.agent.user_id)
    api.clock.offset = timedelta(minutes=16)
    quiet_logs += [ended.access_token, expired.access_token, expired.refresh_token]
    for token in (ended.access_token, expired.access_token, "garbage", "a.b.c"):
        client = Client(api.http, token)
        assert (await client.ask(WHO)).codes == ["UNAUTHENTICATED"]
        payload = await call(client, "signIn", {"email": email, "password": PASSWORD}, TOKENS)
        assert payload["viewer"]["roles"] == ["AGENT"]
        renewed = await call(client, "tokenRefresh", {"refreshToken": payload["refreshToken"]}, TOKENS)
        assert renewed["userErrors"] == []
        quiet_logs += [payload["refreshToken"], renewed["refreshToken"]]


async def test_another_scheme_in_the_header_does_not_stop_signing_in(api: Api, applied: Applied) -> None:
    """An empty header does not stop it either."""
    email = await give_password(applied.place.agent.user_id)
    document = "mutation ($i: SignInInput!) { signIn(input: $i) { accessToken } }"
    for header in ("Basic dXNlcjpwYXNz", "Bearer", "Bearer ", ""):
        answer = await api.nobody.ask(
            document, {"Authorization": header}, i={"email": email, "password": PASSWORD}
        )
        assert answer.data["signIn"]["accessToken"]


async def test_a_request_in_an_ended_session_must_sign_in_again(
    api: Api, applied: Applied, quiet_logs: list[str]
) -> None:
    """Its refresh token has ended with the session."""
    client = Client(api.http, (await _sign_in(api, applied, quiet_logs))["accessToken"])
    await call(client, "signOut")
    (error,) = (await client.ask(WHO)).body["errors"]
    assert "Sign in again" in error["message"]
    assert "refresh" not in error["message"]
    assert error["extensions"] == {"code": "UNAUTHENTICATED", "reason": "SESSION_ENDED"}


@pytest.mark.parametrize("offset", [timedelta(), timedelta(hours=9), timedelta(days=-400)])
async def test_the_seconds_left_do_not_depend_on_the_time_of_day(
    api: Api, applied: Applied, quiet_logs: list[str], offset: timedelta
) -> None:
    """So a client knows when to refresh even if its clock is wrong, or the server's; in whole seconds."""
    api.clock.offset = offset
    first = await _sign_in(api, applied, quiet_logs)
    second = await _refresh(api, first["refreshToken"])
    for payload in (first, second):
        assert 885 < payload["expiresIn"] <= 900
        assert payload["userErrors"] == []
    quiet_logs.append(second["refreshToken"])


async def test_a_refresh_is_repeated_with_its_key(api: Api, applied: Applied, quiet_logs: list[str]) -> None:
    """At the same time or one after the other; with another key the session ends."""
    first = await _sign_in(api, applied, quiet_logs)
    given = {"refreshToken": first["refreshToken"], "idempotencyKey": "c0ffee00-key-of-this-refresh"}
    copies = [await call(api.nobody, "tokenRefresh", given, TOKENS)]
    copies += await asyncio.gather(*(call(api.nobody, "tokenRefresh", given, TOKENS) for _ in range(3)))
    quiet_logs += [given["idempotencyKey"], copies[0]["refreshToken"]]
    assert [copy["userErrors"] for copy in copies] == [[]] * 4
    assert len({copy["refreshToken"] for copy in copies}) == 1
    for copy in copies:
        assert await _knows(api, copy["accessToken"])
    stolen = await call(api.nobody, "tokenRefresh", {**given, "idempotencyKey": "a guess"}, TOKENS)
    assert session_reasons(stolen) == ["REFRESH_TOKEN_REUSED"]
    assert not await _knows(api, copies[0]["accessToken"])


async def test_why_an_access_token_is_refused(api: Api, applied: Applied, quiet_logs: list[str]) -> None:
    """After TOKEN_EXPIRED a refresh helps; all are UNAUTHENTICATED."""
    expired = (await _sign_in(api, applied, quiet_logs))["accessToken"]
    headers = {
        "TOKEN_MISSING": {},
        "TOKEN_INVALID": {"Authorization": "Bearer garbage"},
        "TOKEN_EXPIRED": {"Authorization": f"Bearer {expired}"},
    }
    api.clock.offset = timedelta(minutes=16)
    for reason, given in headers.items():
        (error,) = (await api.nobody.ask(WHO, given)).body["errors"]
        assert error["extensions"] == {"code": "UNAUTHENTICATED", "reason": reason}
