"""Adds and disables users, sets passwords and links external identities, for the operator's commands only."""

from uuid import UUID

from models.accounts.create_user import create_user, set_password
from models.accounts.guessable import why_guessable
from models.accounts.passwords import SHORTEST_CHARS, Passwords
from models.accounts.refusals import AccountRefusal
from models.accounts.sessions import end_sessions
from models.accounts.tables import Account, ExternalIdentity, Prospect, User
from models.accounts.user_settings import known_time_zone, supported_locale
from models.base.clock import database_now
from models.base.database import Connection, connection, transaction
from models.base.role import Role
from models.contact_data import InvalidEmail, parse_email
from models.policies.tables import Market

IN_AN_ACCOUNT = frozenset({Role.OWNER, Role.MEMBER, Role.EMPLOYEE})
LONGEST_IDENTITY = 255  # characters


async def add_user(
    passwords: Passwords,
    *,
    email: str,
    name: str,
    role: Role,
    password: str | None,
    account_id: UUID | None = None,
    market: str | None = None,
    locale: str = "en",
    time_zone: str = "UTC",
) -> UUID:
    """Add a user with one role and return the user's id.

    A user without a password can sign in only through an external issuer. A vendor's role requires an
    account, other roles must not have one; a prospect starts without leads. Raises `Refusal` for the field
    that is wrong.
    """
    if password is not None:
        refuse_guessable(password, email=email, name=name)
    locale, time_zone = supported_locale(locale), known_time_zone(time_zone)
    if role in IN_AN_ACCOUNT and account_id is None:
        raise AccountRefusal.ROLE_NEEDS_ACCOUNT.at("account", role=role)
    if role not in IN_AN_ACCOUNT and account_id is not None:
        raise AccountRefusal.ROLE_WITHOUT_ACCOUNT.at("account", role=role)
    async with transaction() as conn:
        if account_id is not None:
            await _account(conn, account_id)
        return await create_user(
            conn,
            passwords,
            email=email,
            password=password,
            name=name,
            account_id=account_id,
            account_role=role if account_id is not None else None,
            prospect_id=await _add_prospect(conn) if role is Role.PROSPECT else None,
            agent=role is Role.AGENT,
            operator=role is Role.OPERATOR,
            home_market_id=await _market(conn, market) if market is not None else None,
            locale=locale,
            time_zone=time_zone,
        )


async def change_password(passwords: Passwords, *, email: str, password: str) -> UUID:
    """Set a user's password, which ends all of the user's sessions. Raises `Refusal` INVALID or NOT_FOUND."""
    user = await _user(connection(), email)
    refuse_guessable(password, email=email, name=user.name)
    await set_password(passwords, user.id, password, await database_now(connection()))
    return user.id


async def switch_user(*, email: str, disabled: bool) -> UUID:
    """Disable a user, which ends all sessions immediately, or enable one, who must sign in again.
    Idempotent.
    """
    async with transaction() as conn:
        user_id = (await _user(conn, email)).id
        now = await database_now(conn)
        # Lock the user first: a sign-in in progress holds this row, so its session is found below.
        user = await User.select_for_update().using_db(conn).get(id=user_id)
        user.disabled_at = (user.disabled_at or now) if disabled else None
        await user.save(using_db=conn, update_fields=["disabled_at"])
        if disabled:
            await end_sessions(conn, user_id, now)
    return user_id


async def link_identity(*, email: str, issuer: str, subject: str) -> UUID:
    """Accept an external issuer's tokens (`iss` and `sub`) for a user. Idempotent.

    Raises `Refusal` CONFLICT if the subject is already linked to another user.
    """
    for field, text in (("issuer", issuer), ("subject", subject)):
        if not 0 < len(text.strip()) <= LONGEST_IDENTITY or text != text.strip():
            raise AccountRefusal.IDENTITY_INVALID.at(field, most=LONGEST_IDENTITY)
    user = await _user(connection(), email)
    identity, _ = await ExternalIdentity.get_or_create({"user_id": user.id}, issuer=issuer, subject=subject)
    if identity.user_id != user.id:
        raise AccountRefusal.IDENTITY_TAKEN.at("subject")
    return user.id


async def unlink_identity(*, email: str, issuer: str, subject: str) -> UUID:
    """Stop accepting these tokens for a user. Raises `Refusal` NOT_FOUND."""
    user = await _user(connection(), email)
    if not await ExternalIdentity.filter(issuer=issuer, subject=subject, user_id=user.id).delete():
        raise AccountRefusal.IDENTITY_NOT_FOUND.at("subject")
    return user.id


def refuse_guessable(password: str, *, email: str, name: str) -> None:
    """Raise `Refusal` INVALID for a password that is long enough and easy to guess."""
    reason = why_guessable(password, email=email, name=name)
    if reason is not None and len(password) >= SHORTEST_CHARS:  # too short: refused later
        raise AccountRefusal.PASSWORD_UNFIT.at("password", detail=reason)


async def _user(conn: Connection, email: str) -> User:
    try:
        user = await User.get_or_none(email=parse_email(email).lower(), using_db=conn)
    except InvalidEmail as error:
        raise AccountRefusal.USER_EMAIL_INVALID.at("email", detail=str(error)) from None
    if user is None:
        raise AccountRefusal.USER_UNLISTED.at("email")
    return user


async def _account(conn: Connection, account_id: UUID) -> None:
    if not await Account.exists(id=account_id, using_db=conn):
        raise AccountRefusal.ACCOUNT_UNLISTED.at("account")


async def _add_prospect(conn: Connection) -> UUID:
    return (await Prospect.create(using_db=conn, created_at=await database_now(conn))).id


async def _market(conn: Connection, code: str) -> UUID:
    market = await Market.get_or_none(code=code, using_db=conn)
    if market is None:
        raise AccountRefusal.MARKET_UNLISTED.at("market")
    return market.id
