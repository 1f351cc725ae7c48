"""The demo's users, their accounts and points. Existing users keep their passwords and names."""

from dataclasses import dataclass
from uuid import UUID

from models.accounts.create_user import create_user
from models.accounts.passwords import Passwords
from models.accounts.purchase_points import purchase_points
from models.accounts.user_settings import update_settings
from models.base.database import Connection, connection, fetch, fetch_one, transaction
from models.base.ids import new_id
from models.base.role import Role
from models.base.viewer import Viewer
from models.feed.kinds import NotificationGroup
from models.messages.preferences import set_preference
from models.process.wake import Silence
from rules.messages.dispatch import DispatchChannel
from rules.plan import Plan

PASSWORD = "leadgate-demo"  # noqa: S105 - of the demo's users, public
POINTS = 500

VENDOR, RIVAL = "vendor@demo.example", "rival@demo.example"
PROSPECT, AGENT, OPERATOR = "prospect@demo.example", "agent@demo.example", "operator@demo.example"


@dataclass(frozen=True, slots=True)
class DemoUser:
    """A user of the demo; a vendor has a company with a plan. One with a mobile number gets text messages."""

    email: str
    name: str
    role: Role
    company: str | None = None
    plan: Plan = Plan.FREE
    locale: str = "en"
    time_zone: str = "Europe/Berlin"
    mobile: str | None = None  # reserved for films, so that it is nobody's


USERS = (
    DemoUser(OPERATOR, "Oscar Brandt", Role.OPERATOR),
    DemoUser(
        VENDOR,
        "Vera Lindqvist",
        Role.OWNER,
        "Lindqvist Studio (demo)",
        Plan.PROFESSIONAL,
        mobile="+447700900123",
    ),
    DemoUser(RIVAL, "Rafael Montero", Role.OWNER, "Montero & Friends (demo)", Plan.ADVANCED),
    DemoUser(PROSPECT, "Petra Halloran", Role.PROSPECT),
    DemoUser(AGENT, "Agnes Tellier", Role.AGENT),
)


@dataclass(frozen=True, slots=True)
class People:
    """The users that the rest of the demo needs."""

    operator: Viewer
    prospect: Viewer
    vendor: Viewer
    rival: Viewer

    @property
    def accounts(self) -> tuple[UUID, ...]:
        """The accounts of both vendors."""
        return tuple(one.account_id for one in (self.vendor, self.rival) if one.account_id is not None)


async def create_people(home_market_id: UUID) -> People:
    """Create the missing users, each with its linked records, and the vendors' first points."""
    passwords = Passwords()
    try:
        for user in USERS:
            await _lay_user(passwords, user, home_market_id)
    finally:
        passwords.close()
    operator, prospect = await _viewer(OPERATOR, Role.OPERATOR), await _viewer(PROSPECT, Role.PROSPECT)
    vendor, rival = await _viewer(VENDOR, Role.OWNER), await _viewer(RIVAL, Role.OWNER)
    people = People(operator, prospect, vendor, rival)
    for account_id in people.accounts:
        await purchase_points(
            operator,
            Silence(),
            account_id=account_id,
            points=POINTS,
            idempotency_key=f"seed:{account_id}",
        )
    return people


async def _lay_user(passwords: Passwords, user: DemoUser, home_market_id: UUID) -> None:
    if await fetch_one(connection(), "SELECT id FROM users WHERE email = $1", user.email) is not None:
        return
    async with transaction() as conn:
        vendor, prospect = user.role is Role.OWNER, user.role is Role.PROSPECT
        user_id = await create_user(
            conn,
            passwords,
            email=user.email,
            password=PASSWORD,
            name=user.name,
            account_id=await _add_account(conn, user) if vendor else None,
            account_role=user.role if vendor else None,
            prospect_id=await _add_prospect(conn) if prospect else None,
            agent=user.role is Role.AGENT,
            operator=user.role is Role.OPERATOR,
            home_market_id=home_market_id,
            locale=user.locale,
            time_zone=user.time_zone,
        )
    if user.mobile is not None:
        await update_settings(Viewer(user_id=user_id), mobile=user.mobile)
        for group in (NotificationGroup.APPLICATIONS, NotificationGroup.LEADS):
            await set_preference(user_id, group, DispatchChannel.SMS, on=True)


async def _add_account(conn: Connection, user: DemoUser) -> UUID:
    account_id = new_id()
    sql = "INSERT INTO account (id, name, plan, created_at) VALUES ($1, $2, $3, leadgate_clock())"
    await fetch(conn, sql, account_id, user.company, user.plan)
    return account_id


async def _add_prospect(conn: Connection) -> UUID:
    prospect_id = new_id()
    await fetch(conn, "INSERT INTO prospect (id, created_at) VALUES ($1, leadgate_clock())", prospect_id)
    return prospect_id


async def _viewer(email: str, role: Role) -> Viewer:
    row = await fetch_one(
        connection(),
        "SELECT id, account_id, prospect_id, home_market_id FROM users WHERE email = $1",
        email,
    )
    if row is None:
        raise LookupError(f"{email}: this demo user was just created but does not exist")
    return Viewer(
        user_id=row["id"],
        account_id=row["account_id"],
        prospect_id=row["prospect_id"],
        roles=frozenset({role}),
        home_market_id=row["home_market_id"],
    )
