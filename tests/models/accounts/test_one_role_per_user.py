"""A user belongs to a vendor's account or is a prospect, an agent or an operator, and only one of these."""

from importlib import import_module
from itertools import combinations
from typing import Any

import asyncpg
import pytest
from tortoise.exceptions import IntegrityError

from models.accounts.create_user import create_user
from models.accounts.passwords import Passwords
from models.base.database import connection, fetch
from models.base.refusal import Refusal, RefusalCode
from models.base.role import Role
from models.tables import Account, Prospect, User
from tests.models.accounts.support import PASSWORD, Door
from tests.support.database import Database
from tests.support.invariants import snapshot

HATS = ("account", "prospect", "agent", "operator")
PAIRS = list(combinations(HATS, 2))


async def _links(*hats: str) -> dict[str, Any]:
    account, prospect = await Account.create(name="Company"), await Prospect.create()
    links: dict[str, dict[str, Any]] = {
        "account": {"account_id": account.id, "account_role": Role.MEMBER},
        "prospect": {"prospect_id": prospect.id},
        "agent": {"agent": True},
        "operator": {"operator": True},
    }
    return {name: value for hat in hats for name, value in links[hat].items()}


@pytest.mark.parametrize(
    ("hat", "role"), list(zip(HATS, (Role.MEMBER, Role.PROSPECT, Role.AGENT, Role.OPERATOR), strict=True))
)
async def test_a_user_belongs_to_an_account_or_has_one_other_role(
    door: Door, database: Database, passwords: Passwords, hat: str, role: Role
) -> None:
    email = "one@company.example"
    links = await _links(hat)
    await create_user(connection(), passwords, email=email, password=PASSWORD, name="One", **links)
    assert (await door.ask((await door.enter(email=email)).access_token)).roles == {role}


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
async def test_a_user_with_mixed_roles_is_not_created(
    database: Database, passwords: Passwords, pair: tuple[str, str]
) -> None:
    """The refusal includes the remedy, and nothing has changed."""
    links = await _links(*pair)
    before = await snapshot(connection())
    with pytest.raises(Refusal, match="Add a user with another email address for each") as refusal:
        await create_user(
            connection(), passwords, email="two@company.example", password=PASSWORD, name="Two", **links
        )
    assert (refusal.value.code, refusal.value.field) == (RefusalCode.INVALID, ("roles",))
    assert await snapshot(connection()) == before


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
async def test_the_database_refuses_mixed_roles(database: Database, pair: tuple[str, str]) -> None:
    """Whichever role is added: a user of an account cannot become the prospect of a lead it wants."""
    has, wants = pair
    user = User(email="one@company.example", name="One", **await _links(has))
    await user.save()
    with pytest.raises(IntegrityError, match="users_one_hat"):
        await User.filter(id=user.id).update(**await _links(wants))


async def test_the_migration_lists_users_with_mixed_roles(database: Database) -> None:
    """It changes nothing, because only a person can decide which role is right."""
    look = import_module("migrations.0008_ends_and_hats").REFUSE_TWO_HATS
    await fetch(connection(), look)
    user = User(email="one@company.example", name="One", **await _links("prospect"))
    await user.save()
    other = await asyncpg.connect(database.url)
    try:
        changing = other.transaction()
        await changing.start()
        await other.execute("ALTER TABLE users DROP CONSTRAINT users_one_hat")
        await other.execute("UPDATE users SET operator = true")
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=str(user.id)) as refused:
            await other.execute(look)
        assert "create another user for the others" in str(refused.value.hint)
        await changing.rollback()
    finally:
        await other.close()
