"""Signing in by password, users and their passwords, and requests with the token."""

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from argon2 import PasswordHasher

from models.accounts.authentication import authenticate
from models.accounts.create_user import create_user, set_password
from models.accounts.passwords import Passwords
from models.accounts.sessions import sign_out
from models.accounts.tables import Account, User
from models.accounts.tokens.access_token import TokenIssuer
from models.accounts.tokens.claims import TokenProblem
from models.base.database import connection, fetch, fetch_one
from models.base.refusal import Refusal, RefusalCode
from models.base.role import Role
from tests.models.accounts.support import EMAIL, PASSWORD, Door, disable
from tests.support.database import Database

_WAITING = """SELECT count(*) FROM pg_stat_activity
              WHERE datname = current_database() AND wait_event_type = 'Lock'"""


async def test_a_user_who_signs_in_can_send_requests(door: Door, user: UUID, now: datetime) -> None:
    signed_in = await door.enter()
    assert signed_in.user_id == user
    assert signed_in.expires_at == now + timedelta(minutes=15)
    viewer = await door.ask(signed_in.access_token)
    assert (viewer.user_id, viewer.token_ends_at) == (user, signed_in.expires_at)
    assert viewer.roles == frozenset()


@pytest.mark.parametrize("spelled", ["ADA@Company.Example", "  ada@company.example "])
async def test_the_case_of_an_address_does_not_matter(door: Door, user: UUID, spelled: str) -> None:
    assert (await door.enter(email=spelled)).user_id == user


async def test_wrong_passwords_and_unknown_users_look_the_same(door: Door, user: UUID, now: datetime) -> None:
    wrong = await door.refused("not the password")
    unknown = await door.refused(email="nobody@company.example")
    await disable(user, now)
    disabled = await door.refused()
    assert {(r.code, r.field, r.message) for r in (wrong, unknown, disabled)} == {
        (RefusalCode.FORBIDDEN, ("email",), wrong.message)
    }
    await disable(user, None)
    await door.enter()


@pytest.mark.parametrize(
    "odd", ["", "no address", "a\x00@b.example", "\ud800@b.example", "x" * 9000, "a@b@c"]
)
async def test_an_invalid_address_is_refused_like_a_wrong_one(door: Door, user: UUID, odd: str) -> None:
    assert (await door.refused(email=odd)).code is RefusalCode.FORBIDDEN


async def test_a_user_without_a_password_cannot_use_one(
    door: Door, database: Database, passwords: Passwords
) -> None:
    await create_user(connection(), passwords, email="sso@company.example", password=None, name="Sso Only")
    for password in ("", PASSWORD):
        assert (await door.refused(password, email="sso@company.example")).code is RefusalCode.FORBIDDEN


async def test_locale_and_zone_come_from_the_user(
    door: Door, database: Database, passwords: Passwords
) -> None:
    account = await Account.create(name="Company")
    await create_user(
        connection(),
        passwords,
        email="owner@company.example",
        password=PASSWORD,
        name="Owner",
        account_id=account.id,
        account_role=Role.OWNER,
        locale="de",
        time_zone="Europe/Berlin",
    )
    viewer = await door.ask((await door.enter(email="owner@company.example")).access_token)
    assert viewer.roles == {Role.OWNER}
    assert (viewer.account_id, viewer.prospect_id) == (account.id, None)
    assert (viewer.locale, viewer.time_zone) == ("de", "Europe/Berlin")


async def test_changed_rights_apply_immediately(door: Door, user: UUID) -> None:
    token = (await door.enter()).access_token
    await User.filter(id=user).update(operator=True)
    assert (await door.ask(token)).operator
    await User.filter(id=user).update(operator=False)
    assert not (await door.ask(token)).operator


async def test_disabling_ends_access_immediately(door: Door, user: UUID, now: datetime) -> None:
    token = (await door.enter()).access_token
    await disable(user, now)
    assert await door.problem(token) is TokenProblem.ENDED
    await User.filter(id=user).delete()
    assert await door.problem(token) is TokenProblem.ENDED


async def test_signing_out_immediately_ends_only_this_session(door: Door, user: UUID, now: datetime) -> None:
    here, there = await door.enter(), await door.enter()
    who = await authenticate(connection(), here.access_token, door.issuer, None, now=now, request_id="r1")
    assert who.viewer.request_id == "r1"
    assert who.session_id == here.session_id
    for _ in range(2):
        await sign_out(here.session_id, now)
    assert await door.problem(here.access_token) is TokenProblem.ENDED
    assert (await door.ask(there.access_token)).user_id == user


async def test_a_session_of_another_user_is_refused(
    door: Door, user: UUID, issuer: TokenIssuer, passwords: Passwords, now: datetime
) -> None:
    other = await create_user(
        connection(), passwords, email="other@company.example", password=PASSWORD, name="Other"
    )
    session = (await door.enter()).session_id
    for user_id, session_id in ((other, session), (user, uuid4())):
        token, _ = issuer.issue(user_id, session_id, now, now + timedelta(days=1))
        assert await door.problem(token) is TokenProblem.ENDED


@pytest.mark.parametrize(("second", "valid"), [(-1, True), (0, False), (1, False)])
async def test_a_viewer_expires_with_the_token(door: Door, user: UUID, second: int, valid: bool) -> None:
    signed_in = await door.enter()
    at = signed_in.expires_at + timedelta(seconds=second)
    if valid:
        assert (await door.ask(signed_in.access_token, now=at)).token_ends_at == signed_in.expires_at
    else:
        assert await door.problem(signed_in.access_token, now=at) is TokenProblem.EXPIRED


async def test_an_old_hash_is_renewed_by_signing_in(door: Door, user: UUID) -> None:
    old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    await User.filter(id=user).update(password_hash=old)
    await asyncio.gather(*(door.enter() for _ in range(4)))
    renewed = (await User.get(id=user)).password_hash
    assert renewed is not None
    assert "m=8,t=1" in renewed
    await door.enter()


async def test_a_new_password_ends_all_sessions(
    door: Door, user: UUID, passwords: Passwords, now: datetime
) -> None:
    first, second = await door.enter(), await door.enter()
    await set_password(passwords, user, "another good password", now)
    for signed_in in (first, second):
        assert await door.problem(signed_in.access_token) is TokenProblem.ENDED
    assert (await door.refused()).code is RefusalCode.FORBIDDEN
    assert (await door.enter("another good password")).user_id == user


@pytest.mark.parametrize("change", ["password_hash = 'another'", "disabled_at = now()"])
async def test_signing_in_waits_for_a_change_in_progress(
    door: Door, user: UUID, database: Database, change: str
) -> None:
    """The old password was right when it was compared, but is no longer valid when the session begins."""
    other = await asyncpg.connect(database.url)
    try:
        async with other.transaction():
            await other.execute(f"UPDATE users SET {change} WHERE id = $1", user)
            entering = asyncio.create_task(door.enter())
            while not entering.done() and not await other.fetchval(_WAITING):
                pass
            assert not entering.done()
    finally:
        await other.close()
    with pytest.raises(Refusal):
        await entering


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"email": "nobody"}, "email", RefusalCode.INVALID),
        ({"email": EMAIL.upper()}, "email", RefusalCode.CONFLICT),
        ({"password": "short"}, "password", RefusalCode.INVALID),
        ({"name": " "}, "name", RefusalCode.REQUIRED),
        ({"name": "two\nlines"}, "name", RefusalCode.INVALID),
    ],
)
async def test_an_invalid_user_is_refused(
    user: UUID, passwords: Passwords, given: dict[str, str], field: str, code: RefusalCode
) -> None:
    fit: dict[str, Any] = {"email": "new@company.example", "password": PASSWORD, "name": "New"} | given
    with pytest.raises(Refusal) as refusal:
        await create_user(connection(), passwords, **fit)
    assert (refusal.value.field, refusal.value.code) == ((field,), code)
    assert await User.all().count() == 1


async def test_the_password_of_an_unknown_user_cannot_be_set(
    database: Database, passwords: Passwords, now: datetime
) -> None:
    with pytest.raises(Refusal) as refusal:
        await set_password(passwords, uuid4(), PASSWORD, now)
    assert refusal.value.code is RefusalCode.NOT_FOUND


async def test_nothing_secret_is_stored_or_shown(
    door: Door, user: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        signed_in = await door.enter()
        await door.refused("a wrong password")
    stored = await fetch_one(connection(), "SELECT refresh_token::text AS row FROM refresh_token")
    failures = await fetch(connection(), "SELECT sign_in_failures::text AS row FROM sign_in_failures")
    assert stored is not None
    shown = f"{stored['row']} {[row['row'] for row in failures]} {signed_in!r} {caplog.text}"
    for secret in (signed_in.refresh_token, signed_in.access_token, EMAIL, PASSWORD, "192.0.2.1"):
        assert secret not in shown


async def test_authenticating_costs_one_statement(
    door: Door, user: UUID, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Authenticating costs one statement for any viewer; signing in is rare and may cost a few more."""
    taken = 0
    signed_in = await door.enter()
    client = connection()
    original = client.acquire_connection

    def counting() -> object:  # each statement takes a connection from the pool
        nonlocal taken
        taken += 1
        return original()

    monkeypatch.setattr(client, "acquire_connection", counting)
    await authenticate(client, signed_in.access_token, door.issuer, None, now=now)
    assert taken == 1
