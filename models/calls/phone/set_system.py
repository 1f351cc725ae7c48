"""Creates and changes telephone systems; for operators.

What verifies requests is our own secret for GENERIC, which is made here and shown once. For the others it is
the provider's, and a new one overlaps with the old one as a rotation does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

import phonenumbers

from models.base.clock import database_now
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.sealing import Sealer
from models.base.viewer import Viewer
from models.calls.edit import check_operator
from models.calls.phone.drivers import PhoneDriver
from models.calls.phone.locked import lock_system
from models.calls.phone.refusals import PhoneRefusal
from models.calls.phone.sipgate import read_key
from models.calls.phone.system import OVERLAP, seal_secret
from models.calls.refusals import CallRefusal
from models.contact_data.checked_text import checked_text
from models.messages.channels.webhook_signature import WebhookSecret

MOST_SYSTEMS = 50
MOST_USERS = 500  # of one system
LONGEST_NAME = 100
LONGEST_KEY = 200
_SHORTEST_SECRET, _LONGEST_SECRET = 16, 4_000
_LONGEST_URL = 2_000
_ACTION = "change telephone systems"
# The input field with what verifies a driver's requests; GENERIC has none.
KEY_FIELDS: Mapping[PhoneDriver, str] = {
    PhoneDriver.SIPGATE: "sipgatePublicKey",
    PhoneDriver.TWILIO: "twilioAuthToken",
    PhoneDriver.PLACETEL: "placetelSecret",
}
# Two requests wait for each other, so that together they keep within the limit.
_ONE_AFTER_ANOTHER = "SELECT pg_advisory_xact_lock(hashtextextended('phone_system', 0))"


@dataclass(frozen=True, slots=True)
class SystemDraft:
    """A telephone system as an operator writes it; `keys` are by input field, `users` None to leave them."""

    name: str
    driver: PhoneDriver
    region: str
    public_url: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    users: Sequence[tuple[str, UUID]] | None = None


async def create_system(
    viewer: Viewer,
    sealer: Sealer,
    draft: SystemDraft,
    *,
    idempotency_key: str | None,
    given: dict[str, object],
) -> tuple[UUID, str | None]:
    """Create a telephone system; return its id, and the secret of GENERIC unless the request is a repeat.

    Raises `Refusal`: FORBIDDEN, REQUIRED without a key, INVALID, NOT_FOUND for a user who is no agent,
    LIMIT_EXCEEDED.
    """
    check_operator(viewer, _ACTION)
    draft = _checked(draft)
    if idempotency_key is None:
        raise CallRefusal.KEY_MISSING.at("idempotencyKey")
    system_id = new_id()
    async with transaction() as conn:
        await fetch(conn, _ONE_AFTER_ANOTHER)
        now = await database_now(conn)
        earlier = await first_answer(
            conn,
            scope=viewer.user_id or system_id,
            operation="phoneSystemSet",
            key=idempotency_key,
            given=given,
            result=system_id,
            now=now,
        )
        if earlier is not None:
            return earlier, None
        row = await fetch_one(conn, "SELECT count(*) AS n FROM phone_system WHERE deleted_at IS NULL")
        if row is not None and row["n"] >= MOST_SYSTEMS:
            raise PhoneRefusal.TOO_MANY_PHONE_SYSTEMS.at(most=MOST_SYSTEMS)
        made = WebhookSecret.new().reveal() if draft.driver is PhoneDriver.GENERIC else None
        secret = made or _key_of(draft)
        if secret is None:
            name = KEY_FIELDS[draft.driver]
            raise PhoneRefusal.PHONE_KEY_MISSING.at(name, name=name)
        await fetch(
            conn,
            """INSERT INTO phone_system (id, version, name, driver, region, secret, public_url, created_at)
               VALUES ($1, 1, $2, $3, $4, $5, $6, $7)""",
            system_id,
            draft.name,
            draft.driver,
            draft.region,
            seal_secret(sealer, system_id, secret),
            draft.public_url,
            now,
        )
        await _write_users(conn, system_id, draft.users or ())
    return system_id, made


async def change_system(
    viewer: Viewer, sealer: Sealer, draft: SystemDraft, *, system_id: UUID, expected_version: int | None
) -> None:
    """Change a telephone system; its users are replaced if they are given.

    Raises `Refusal`, also CONFLICT for another driver.
    """
    check_operator(viewer, _ACTION)
    draft = _checked(draft)
    async with transaction() as conn:
        row = await lock_system(conn, system_id, expected_version)
        if row["driver"] != draft.driver:
            raise PhoneRefusal.DRIVER_FIXED.at("driver")
        await fetch(
            conn,
            """UPDATE phone_system SET version = version + 1, name = $2, region = $3, public_url = $4
               WHERE id = $1""",
            system_id,
            draft.name,
            draft.region,
            draft.public_url,
        )
        secret = _key_of(draft)
        if secret is not None:
            await replace_secret(conn, sealer, system_id, secret, await database_now(conn))
        if draft.users is not None:
            await _write_users(conn, system_id, draft.users)


async def replace_secret(
    conn: Connection, sealer: Sealer, system_id: UUID, secret: str, now: datetime
) -> None:
    """Give a locked telephone system another secret; the one before is good for a day."""
    await fetch(
        conn,
        """UPDATE phone_system SET previous_secret = secret, secret = $2, rotates_until = $3
           WHERE id = $1""",
        system_id,
        seal_secret(sealer, system_id, secret),
        now + OVERLAP,
    )


def _checked(draft: SystemDraft) -> SystemDraft:
    name = checked_text("name", draft.name, LONGEST_NAME, missing="enter a name.")
    region = draft.region.strip().upper()
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise PhoneRefusal.REGION_UNKNOWN.at("region")
    if draft.public_url is not None and not _is_web_address(draft.public_url):
        raise PhoneRefusal.PUBLIC_URL_INVALID.at("publicUrl")
    for field_name in draft.keys:
        if field_name != KEY_FIELDS.get(draft.driver):
            raise PhoneRefusal.PHONE_KEY_OF_OTHER_DRIVER.at(field_name, name=field_name)
    users = draft.users
    if users is not None:
        users = [(key.strip(), agent) for key, agent in users]
        keys = [key for key, _ in users]
        if len(set(keys)) < len(keys) or not all(
            key and key.isprintable() and len(key) <= LONGEST_KEY for key in keys
        ):
            raise PhoneRefusal.PHONE_USER_INVALID.at("users", most=LONGEST_KEY)
    return SystemDraft(name, draft.driver, region, draft.public_url, draft.keys, users)


def _is_web_address(url: str) -> bool:
    if len(url) > _LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises ValueError for a port that is no number
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.fragment


def _key_of(draft: SystemDraft) -> str | None:
    """Return the provider's key, checked. Raises `Refusal` INVALID."""
    name = KEY_FIELDS.get(draft.driver, "")
    key = draft.keys.get(name)
    if key is None:
        return None
    plain = key.strip()
    fits = _SHORTEST_SECRET <= len(plain) <= _LONGEST_SECRET
    if draft.driver is PhoneDriver.SIPGATE:
        fits = fits and _is_key(plain)
    elif not plain.isprintable():
        fits = False
    if not fits:
        raise PhoneRefusal.PHONE_KEY_INVALID.at(name, name=name)
    return plain


def _is_key(text: str) -> bool:
    try:
        read_key(text)
    except ValueError:
        return False
    return True


async def _write_users(conn: Connection, system_id: UUID, users: Sequence[tuple[str, UUID]]) -> None:
    agents = {agent for _, agent in users}
    known = await fetch(conn, "SELECT id FROM users WHERE agent AND id = ANY($1::uuid[])", list(agents))
    if len(known) < len(agents):
        raise CallRefusal.AGENT_NOT_FOUND.at("users")
    await fetch(conn, "DELETE FROM phone_user WHERE system_id = $1", system_id)
    await fetch(
        conn,
        """INSERT INTO phone_user (id, system_id, key, agent_id)
           SELECT new.id, $1, new.key, new.agent_id
           FROM unnest($2::uuid[], $3::text[], $4::uuid[]) AS new (id, key, agent_id)""",
        system_id,
        [new_id() for _ in users],
        [key for key, _ in users],
        [agent for _, agent in users],
    )
