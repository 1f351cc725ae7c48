"""Sessions of open sockets are looked at twice a second, in one statement for all of them."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID

import pytest

from models.accounts.authentication import SignIn, authenticate
from models.accounts.sessions import begin_session, sign_out
from models.accounts.tables import ExternalIdentity, User
from models.accounts.tokens.access_token import TokenIssuer
from models.base.database import connection, transaction
from models.base.ids import new_id
from models.base.role import Role
from schema.graphql.following import session_watch
from schema.graphql.following.session_watch import EVERY, SessionWatch
from tests.support.marketplace import Marketplace
from tests.support.query_recorder import recorded_statements

ISSUER = TokenIssuer(b"a-key-that-signs-tokens-in-tests-only")


class Clock:
    """A clock that stands until it is advanced; whoever sleeps wakes up at its time."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleeping: list[tuple[float, asyncio.Event]] = []

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock has been advanced by this much."""
        awake = asyncio.Event()
        self._sleeping.append((self.now + seconds, awake))
        await awake.wait()

    async def advance(self, seconds: float) -> None:
        """Advance the clock, and let whoever wakes up work until it sleeps again."""
        until = self.now + seconds
        while due := [one for one in self._sleeping if one[0] <= until]:
            self.now, awake = min(due, key=lambda one: one[0])
            self._sleeping.remove((self.now, awake))
            awake.set()
            while not self._sleeping:  # noqa: ASYNC110 - the database answers in its own time
                await asyncio.sleep(0.001)
        self.now = until


class Someone(SimpleNamespace):
    """One who is watched, and how often they were told."""

    def __init__(self, sign_in: SignIn | None) -> None:
        super().__init__(sign_in=sign_in, authenticated_at=0.0, told=0)

    def changed(self) -> None:
        """Count."""
        self.told += 1


async def signed_in(user_id: UUID | None) -> SignIn:
    """Begin a session."""
    assert user_id is not None
    now = datetime.now(UTC)
    async with transaction() as conn:
        begun = await begin_session(conn, ISSUER, user_id, now)
    return (await authenticate(connection(), begun.access_token, ISSUER, None, now=now)).sign_in


async def with_identity(user_id: UUID | None) -> SignIn:
    """Link a user with an identity of an external issuer, and return what its token stands for."""
    await ExternalIdentity.create(issuer="https://issuer.example", subject="one", user_id=user_id)
    session = await signed_in(user_id)
    return session._replace(session_id=None, issuer="https://issuer.example", subject="one")


async def test_whoever_is_watched_is_told_within_a_second_after_the_session_has_ended(
    place: Marketplace,
) -> None:
    clock = Clock()
    watch = SessionWatch(clock.sleep)
    ended, also, other = [await signed_in(place.vendor.owner.user_id) for _ in range(3)]
    assert ended.session_id is not None
    people = [Someone(one) for one in (ended, ended, also, other)]
    watched = [watch.watch(one, one.changed) for one in people]
    await asyncio.sleep(0)
    await clock.advance(10.0)
    assert [one.told for one in people] == [0, 0, 0, 0]
    await sign_out(ended.session_id, datetime.now(UTC))
    await clock.advance(1.0)
    assert EVERY <= 1.0
    assert all(one.told for one in people[:2])
    assert [one.told for one in people[2:]] == [0, 0]
    for one in watched:
        one.leave()


async def test_each_way_in_which_a_sign_in_ends_or_changes_is_noticed(place: Marketplace) -> None:
    watch = SessionWatch(Clock().sleep)
    vendor = place.vendor
    users = {
        "disabled": vendor.owner.user_id,
        "another role": vendor.member.user_id,
        "another language": place.agent.user_id,
        "unlinked": place.operator.user_id,
    }
    people = {name: Someone(await signed_in(user_id)) for name, user_id in users.items()}
    people["unlinked"] = Someone(await with_identity(place.operator.user_id))
    people["deleted"] = Someone(people["unlinked"].sign_in._replace(user_id=new_id()))
    people["of another user"] = Someone(
        people["another role"].sign_in._replace(user_id=place.prospect.viewer.user_id)
    )
    people["not signed in"] = Someone(None)
    unchanged = Someone(await signed_in(place.other_vendor.owner.user_id))
    watched = [watch.watch(one, one.changed) for one in (*people.values(), unchanged)]
    await User.filter(id=users["disabled"]).update(disabled_at=datetime.now(UTC))
    await User.filter(id=users["another role"]).update(account_role=Role.OWNER)
    await User.filter(id=users["another language"]).update(locale="ro")
    await ExternalIdentity.filter(user_id=users["unlinked"]).delete()
    await watch.look()
    assert {name: one.told for name, one in people.items()} == {
        name: int(name != "not signed in") for name in people
    }
    assert unchanged.told == 0
    assert unchanged.authenticated_at > 0
    await watch.look()  # they have not authenticated again
    assert people["disabled"].told == 2
    assert people["disabled"].authenticated_at < 0
    people["another role"].sign_in = await signed_in(users["another role"])
    await watch.look()
    assert people["another role"].told == 2
    for one in watched:
        one.leave()


@pytest.mark.parametrize("sockets", [1, 30])
async def test_one_statement_looks_at_all(place: Marketplace, sockets: int) -> None:
    watch = SessionWatch(Clock().sleep)
    sign_ins = [await signed_in(place.vendor.owner.user_id) for _ in range(sockets)]
    people = [Someone(one) for one in (*sign_ins, *sign_ins)]
    watched = [watch.watch(one, one.changed) for one in people]
    with recorded_statements() as statements:
        await watch.look()
    assert len(statements) == 1
    for one in watched:
        one.leave()


async def test_a_very_long_list_is_looked_at_in_parts(
    place: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_watch, "AT_ONCE", 2)
    watch = SessionWatch(Clock().sleep)
    people = [Someone(await signed_in(place.vendor.owner.user_id)) for _ in range(5)]
    watched = [watch.watch(one, one.changed) for one in people]
    await sign_out(people[3].sign_in.session_id, datetime.now(UTC))
    with recorded_statements() as statements:
        await watch.look()
    assert len(statements) == 3
    assert [one.told for one in people] == [0, 0, 0, 1, 0]
    for one in watched:
        one.leave()


async def test_the_parts_are_looked_at_one_after_another_within_half_a_second(
    place: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reveals arrive in between."""
    monkeypatch.setattr(session_watch, "AT_ONCE", 2)
    clock = Clock()
    watch = SessionWatch(clock.sleep)
    people = [Someone(await signed_in(place.vendor.owner.user_id)) for _ in range(5)]
    watched = [watch.watch(one, one.changed) for one in people]
    await asyncio.sleep(0)
    for one in people:
        await sign_out(one.sign_in.session_id, datetime.now(UTC))
    told = []
    for _ in range(3):
        await clock.advance(EVERY / 3 + 0.001)
        told.append([one.told for one in people])
    assert told == [[1, 1, 0, 0, 0], [1, 1, 1, 1, 0], [1, 1, 1, 1, 1]]
    for entry in watched:
        entry.leave()


async def test_whoever_leaves_during_a_look_is_not_told(
    place: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a socket that its client closes when signing out."""
    watch, someone = SessionWatch(Clock().sleep), Someone(await signed_in(place.vendor.owner.user_id))
    watched = watch.watch(someone, someone.changed)

    async def leave(_: object, sign_ins: Sequence[SignIn]) -> set[SignIn]:
        watched.leave()
        return set(sign_ins)

    monkeypatch.setattr(session_watch, "changed_since", leave)
    await watch.look()
    assert (someone.told, someone.authenticated_at) == (0, 0.0)


async def test_a_database_that_is_away_ends_nothing_and_is_asked_again(
    place: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    watch, someone = SessionWatch(clock.sleep), Someone(await signed_in(place.vendor.owner.user_id))
    watched = watch.watch(someone, someone.changed)
    await asyncio.sleep(0)

    async def away(*_: object) -> set[SignIn]:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(session_watch, "changed_since", away)
        await clock.advance(5.0)
        assert (someone.told, someone.authenticated_at) == (0, 0.0)
    await sign_out(someone.sign_in.session_id, datetime.now(UTC))
    await clock.advance(1.0)
    assert someone.told
    watched.leave()


async def test_nothing_runs_while_nobody_is_watched(place: Marketplace) -> None:
    watch, someone = SessionWatch(), Someone(await signed_in(place.vendor.owner.user_id))
    for _ in range(2):
        one, other = watch.watch(someone, someone.changed), watch.watch(someone, someone.changed)
        assert watch._task is not None
        one.leave()
        assert watch._task is not None
        other.leave()
        other.leave()
        assert watch._task is None
    with recorded_statements() as statements:
        await watch.look()
    assert not statements
