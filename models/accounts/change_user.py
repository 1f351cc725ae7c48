"""Owns what those who run the house do to users: let in, set passwords, disable, link external identities.

It must not be reachable through the API, nor let one user have two roles.
"""

from uuid import UUID

from models.accounts.create_user import create_user, set_password
from models.accounts.guessable import why_guessable
from models.accounts.passwords import SHORTEST_CHARS, Passwords
from models.accounts.sessions import end_sessions
from models.base.clock import database_now
from models.base.database import Connection, connection, fetch, fetch_one, transaction
from models.base.ids import new_id
from models.base.refusal import Refusal, RefusalCode
from models.base.role import Role
from models.contact_data import InvalidEmail, parse_email
from models.contact_data.place import UnknownPlace, parse_time_zone
from models.feed.wording.language import CATALOGS

IN_AN_ACCOUNT = frozenset({Role.OWNER, Role.MEMBER, Role.EMPLOYEE})
LONGEST_IDENTITY = 255  # characters

_FIND = "SELECT id, name FROM users WHERE email = $1"
_SWITCH = """WITH changed AS (
                 UPDATE users SET disabled_at = CASE WHEN $2 THEN coalesce(disabled_at, $3) END
                 WHERE id = $1 RETURNING id)
             SELECT id FROM changed"""
_LINK = """WITH added AS (
               INSERT INTO external_identity (id, issuer, subject, user_id) VALUES ($1, $2, $3, $4)
               ON CONFLICT (issuer, subject) DO NOTHING RETURNING user_id)
           SELECT user_id FROM added
           UNION ALL SELECT user_id FROM external_identity WHERE issuer = $2 AND subject = $3 LIMIT 1"""
_UNLINK = """WITH gone AS (
                 DELETE FROM external_identity WHERE issuer = $1 AND subject = $2 AND user_id = $3
                 RETURNING id)
             SELECT id FROM gone"""


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
    """Let somebody in with one role and return the user's id.

    Without a password only through an external issuer. A vendor's role needs an account, and no other may
    have one; a prospect begins without leads. Raises `Refusal` for the field that is wrong.
    """
    if password is not None:
        _refuse_guessable(password, email=email, name=name)
    if locale not in CATALOGS:
        message = f"There are texts in {', '.join(sorted(CATALOGS))} only: take one of these."
        raise Refusal(RefusalCode.INVALID, ("locale",), message)
    try:
        time_zone = parse_time_zone(time_zone)
    except UnknownPlace as error:
        raise Refusal(RefusalCode.INVALID, ("timeZone",), f"{time_zone!r} {error}.") from None
    if role in IN_AN_ACCOUNT and account_id is None:
        message = f"A user with the role {role} acts for a vendor: name the account."
        raise Refusal(RefusalCode.REQUIRED, ("account",), message)
    if role not in IN_AN_ACCOUNT and account_id is not None:
        message = (
            f"A user has one role, and {role} acts for no vendor: leave the account out, or make two users."
        )
        raise Refusal(RefusalCode.INVALID, ("account",), message)
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
    user_id, name = await _user(connection(), email)
    _refuse_guessable(password, email=email, name=name)
    await set_password(passwords, user_id, password, await database_now(connection()))
    return user_id


async def switch_user(*, email: str, disabled: bool) -> UUID:
    """Disable a user, which ends all sessions at once, or enable one, who signs in anew; twice is once."""
    async with transaction() as conn:
        user_id, _ = await _user(conn, email)
        now = await database_now(conn)
        # The user first: a sign-in under way holds this row, and its session is found below.
        await fetch_one(conn, _SWITCH, user_id, disabled, now)
        if disabled:
            await end_sessions(conn, user_id, now)
    return user_id


async def link_identity(*, email: str, issuer: str, subject: str) -> UUID:
    """Let a user in with tokens of an external issuer (`iss` and `sub`); twice is once.

    Raises `Refusal` CONFLICT when the issuer's subject is another user already.
    """
    for field, text in (("issuer", issuer), ("subject", subject)):
        if not 0 < len(text.strip()) <= LONGEST_IDENTITY or text != text.strip():
            message = f"Give 1 to {LONGEST_IDENTITY} characters, without blanks around them."
            raise Refusal(RefusalCode.INVALID, (field,), message)
    user_id, _ = await _user(connection(), email)
    row = await fetch_one(connection(), _LINK, new_id(), issuer, subject, user_id)
    if row is None or row["user_id"] != user_id:
        message = (
            "Another user has this subject of the issuer: remove that link first (`leadgate user unlink`)."
        )
        raise Refusal(RefusalCode.CONFLICT, ("subject",), message)
    return user_id


async def unlink_identity(*, email: str, issuer: str, subject: str) -> UUID:
    """Let a user in no longer with these tokens. Raises `Refusal` NOT_FOUND."""
    user_id, _ = await _user(connection(), email)
    if await fetch_one(connection(), _UNLINK, issuer, subject, user_id) is None:
        raise Refusal(RefusalCode.NOT_FOUND, ("subject",), "This user has no such identity.")
    return user_id


def _refuse_guessable(password: str, *, email: str, name: str) -> None:
    reason = why_guessable(password, email=email, name=name)
    if reason is not None and len(password) >= SHORTEST_CHARS:  # what is too short is told so
        raise Refusal(RefusalCode.INVALID, ("password",), f"The password {reason}.")


async def _user(conn: Connection, email: str) -> tuple[UUID, str]:
    try:
        row = await fetch_one(conn, _FIND, parse_email(email).lower())
    except InvalidEmail as error:
        raise Refusal(RefusalCode.INVALID, ("email",), f"The e-mail address {error}.") from None
    if row is None:
        message = "No user has this e-mail address: `leadgate user list` shows all."
        raise Refusal(RefusalCode.NOT_FOUND, ("email",), message)
    return row["id"], row["name"]


async def _account(conn: Connection, account_id: UUID) -> None:
    if await fetch_one(conn, "SELECT id FROM account WHERE id = $1", account_id) is None:
        message = "No account has this id: `leadgate account list` shows all."
        raise Refusal(RefusalCode.NOT_FOUND, ("account",), message)


async def _add_prospect(conn: Connection) -> UUID:
    prospect_id = new_id()
    await fetch(conn, "INSERT INTO prospect (id, created_at) VALUES ($1, leadgate_clock())", prospect_id)
    return prospect_id


async def _market(conn: Connection, code: str) -> UUID:
    row = await fetch_one(conn, "SELECT id FROM market WHERE code = $1", code)
    if row is None:
        message = "No market has this code: `leadgate market list` shows all."
        raise Refusal(RefusalCode.NOT_FOUND, ("market",), message)
    found: UUID = row["id"]
    return found
