"""Opens accounts and markets, for the operator's commands only: the API offers neither."""

import re
from uuid import UUID

from models.accounts.refusals import AccountRefusal
from models.accounts.tables import Account
from models.accounts.user_settings import display_name
from models.base.clock import database_now
from models.base.database import Connection, connection, fetch_one, transaction
from models.base.ids import new_id
from models.policies.versions import publish_policy
from rules.parameters import production_parameters
from rules.plan import Plan

LONGEST_NAME, LONGEST_MARKET_NAME = 200, 100
_CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")
_ADD_MARKET = """INSERT INTO market (id, code, name) VALUES ($1, $2, $3)
                 ON CONFLICT (code) DO NOTHING RETURNING id"""


async def add_account(*, name: str, plan: Plan = Plan.FREE) -> UUID:
    """Open a vendor's account, without points, and return its id. Raises `Refusal` for its name."""
    name = display_name(name, LONGEST_NAME)
    account = await Account.create(name=name, plan=plan, created_at=await database_now(connection()))
    return account.id


async def add_market(*, code: str, name: str) -> UUID:
    """Open a market whose first policy has the numbers of the requirements, and return its id.

    Raises `Refusal`: INVALID for its code or name, CONFLICT if another market has the code.
    """
    if not _CODE.fullmatch(code):
        raise AccountRefusal.MARKET_CODE_INVALID.at("code")
    name = display_name(name, LONGEST_MARKET_NAME)
    async with transaction() as conn:
        market_id = new_id()
        if await fetch_one(conn, _ADD_MARKET, market_id, code, name) is None:
            raise AccountRefusal.MARKET_CODE_TAKEN.at("code")
        await _publish_first(conn, market_id, code)
    return market_id


async def _publish_first(conn: Connection, market_id: UUID, code: str) -> None:
    await publish_policy(
        conn,
        market_id,
        f"{code}-1",
        parameters=production_parameters(),
        effective_from=await database_now(conn),
    )
