"""A vendor's secretariat in the API tests: employees who are there, away and deputies, VIPs."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest_asyncio

from models.base.database import connection, fetch, transaction
from models.calls.recognition import VipTreatment
from models.reconciliation import reconcile
from models.tables import Employee
from rules.calls.call_route import TransferWish
from schema.graphql.ids import write_id
from tests.support.api import Api, Client
from tests.support.calls import make_absence, make_employee, make_secretariat, make_vip
from tests.support.database import Database
from tests.support.invariants import assert_books_balance
from tests.support.marketplace import START, Marketplace, make_marketplace
from tests.support.viewers import Kind, clients_of

EMAIL, CC = "agnes.fake@vendor.example", "team.fake@vendor.example"
MOBILE, EXTENSION = "+491701234567", "+493023125101"
PRIVATE = (EMAIL, CC, MOBILE, EXTENSION)
CALLER = "+4930901820"


@dataclass(frozen=True, slots=True)
class Called:
    """The marketplace with a secretariat; `agnes` is there, `bea` on holiday, `cleo` takes VIPs only.

    `own` is the row of the vendor's user with the role EMPLOYEE.
    """

    place: Marketplace
    clients: dict[Kind, Client]
    secretariat: UUID
    agnes: UUID
    bea: UUID
    cleo: UUID
    own: UUID

    def id(self, name: str) -> str:
        """The global id of an employee."""
        return write_id("Employee", getattr(self, name))


@pytest_asyncio.fixture(loop_scope="session")
async def called(database: Database, api: Api) -> AsyncIterator[Called]:
    """On Monday, 2 March 2026, at ten in Berlin."""
    await database.clock.set(START)
    place = await make_marketplace()
    owner = place.vendor.owner
    secretariat = await make_secretariat(place)
    agnes = await make_employee(
        owner,
        "Agnes Tellier",
        email=EMAIL,
        cc=[CC],
        mobile=MOBILE,
        extension=EXTENSION,
        wish=TransferWish.ALL,
        position="Accounts",
    )
    bea = await make_employee(
        owner, "Bea Urlaub", extension="+493023125102", wish=TransferWish.ALL, deputy_id=agnes
    )
    cleo = await make_employee(owner, "Cleo Vip", extension="+493023125103", wish=TransferWish.VIP_ONLY)
    own = await make_employee(owner, "Dora Self", mobile="+491701234568")
    await fetch(
        connection(), "UPDATE employee SET user_id = $2 WHERE id = $1", own, place.vendor.employee.user_id
    )
    await make_absence(owner, bea, date(2026, 3, 1), date(2026, 3, 8))
    await make_vip(owner, CALLER, block=True, name="Ministry")
    await make_vip(owner, "+493023125900", treatment=VipTreatment.UNWANTED, name="Nuisance")
    yield Called(place, await clients_of(api, place), secretariat, agnes, bea, cleo, own)
    async with transaction() as conn:
        await assert_books_balance(conn)
        assert (await reconcile(conn)).findings == ()
    assert await Employee.all().count() > 0
