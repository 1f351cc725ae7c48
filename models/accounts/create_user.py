"""Creates users and sets passwords, for the operator's commands and for seeding the demo.

Nothing is sent to the user: no password ever travels by email.
"""

from datetime import datetime
from uuid import UUID

from models.accounts.passwords import Passwords, UnfitPassword
from models.accounts.refusals import AccountRefusal
from models.accounts.sessions import end_sessions
from models.accounts.tables import User
from models.accounts.user_settings import display_name
from models.base.database import Connection, fetch_one, transaction
from models.base.ids import new_id
from models.base.role import Role
from models.contact_data import InvalidEmail, parse_email

_ADD = """
    INSERT INTO users (id, email, password_hash, name, locale, time_zone, account_id, account_role,
                       prospect_id, agent, operator, home_market_id, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, leadgate_clock())
    ON CONFLICT (email) DO NOTHING RETURNING id"""


async def create_user(
    conn: Connection,
    passwords: Passwords,
    *,
    email: str,
    password: str | None,
    name: str,
    account_id: UUID | None = None,
    account_role: Role | None = None,
    prospect_id: UUID | None = None,
    agent: bool = False,
    operator: bool = False,
    home_market_id: UUID | None = None,
    locale: str = "en",
    time_zone: str = "UTC",
) -> UUID:
    """Create a user and return its id; without a password, the user can sign in only through an external
    issuer.

    Raises `Refusal`: INVALID for the email address, name or password (12 characters to 1024 bytes), or for
    mixed roles, REQUIRED without a name, CONFLICT if the address is in use, in any case.
    """
    refuse_mixed_roles(
        account=account_id is not None, prospect=prospect_id is not None, agent=agent, operator=operator
    )
    email, name = normal_email(email), display_name(name)
    hashed = await hash_password(passwords, password) if password is not None else None
    user_id = new_id()
    role = account_role.value if account_role is not None else None
    values = (
        email,
        hashed,
        name,
        locale,
        time_zone,
        account_id,
        role,
        prospect_id,
        agent,
        operator,
        home_market_id,
    )
    if await fetch_one(conn, _ADD, user_id, *values) is None:
        raise AccountRefusal.USER_EXISTS.at("email")
    return user_id


def refuse_mixed_roles(*, account: bool, prospect: bool, agent: bool, operator: bool) -> None:
    """Refuse a user who would be two of these, because each may see data that the other must not."""
    if account + prospect + agent + operator > 1:
        raise AccountRefusal.USER_HAS_TWO_ROLES.at("roles")


async def set_password(passwords: Passwords, user_id: UUID, password: str, now: datetime) -> None:
    """Set a user's password and end all the user's sessions. Raises `Refusal` INVALID or NOT_FOUND."""
    hashed = await hash_password(passwords, password)
    async with transaction() as conn:
        # Write the hash first: a sign-in with the old password either has created a session, which ends
        # below, or waits for this transaction and finds the new hash.
        if not await User.filter(id=user_id).using_db(conn).update(password_hash=hashed):
            raise AccountRefusal.USER_NOT_FOUND.at("userId")
        await end_sessions(conn, user_id, now)


async def hash_password(passwords: Passwords, password: str) -> str:
    """Return the hash of a new password. Raises `Refusal` INVALID."""
    try:
        return await passwords.hash(password)
    except UnfitPassword as error:
        raise AccountRefusal.PASSWORD_UNFIT.at("password", detail=str(error)) from None


def normal_email(text: str) -> str:
    """Return an address as `users` stores it. Raises `Refusal` INVALID."""
    try:
        return parse_email(text).lower()
    except InvalidEmail as error:
        raise AccountRefusal.USER_EMAIL_INVALID.at("email", detail=str(error)) from None
