"""Registers a device, so that its user's push messages go there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import httpx

from models.base.clock import database_now
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.ids import new_id
from models.contact_data.checked_text import checked_text
from models.contact_data.redaction import Redacted
from models.contact_data.text import clean_line
from models.messages.channels.push.encryption import InvalidDeviceKeys
from models.messages.devices.list import DeviceView, device_view
from models.messages.devices.tables import LIVE, REMOVE, DeviceKind
from models.messages.devices.target import PushTarget, seal_target
from models.messages.refusals import MessageRefusal
from models.messages.sending_context import SendingContext
from models.outside.names import public_name

MOST_DEVICES = 20  # of one user
LONGEST_NAME, LONGEST_ADDRESS = 100, 2_000  # characters
_HTTPS = 443


@dataclass(frozen=True, slots=True, repr=False)
class DeviceInput(Redacted):
    """What a browser's `PushSubscription.toJSON()` has, and how the user recognises the device."""

    kind: DeviceKind
    name: str
    address: str
    p256dh: str | None = None
    auth: str | None = None


async def register_device(
    context: SendingContext, user_id: UUID, session_id: UUID | None, given: DeviceInput
) -> DeviceView:
    """Register a device, or update the one with the same address; another user's is moved. Idempotent.

    A moved device is a new one, so that what was sent to it before stays the other user's.

    Raises `Refusal`: INVALID or REQUIRED for an input, LIMIT_EXCEEDED for too many devices.
    """
    if given.kind is not DeviceKind.WEB:
        raise MessageRefusal.DEVICE_KIND_NOT_SUPPORTED.at("kind", kind=given.kind)
    missing = "required. Say which device this is."
    name = checked_text("name", given.name, LONGEST_NAME, clean=clean_line, missing=missing)
    target = _checked_target(given)
    key = context.hashes.of("device", target.address)
    async with transaction() as conn:
        # Whoever registers the same address waits here; so does the same user, whose devices are counted.
        await fetch(conn, "SELECT pg_advisory_xact_lock(hashtextextended('device:' || $1, 0))", key)
        await fetch(conn, "SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE", user_id)
        now = await database_now(conn)
        known = await fetch_one(
            conn, "SELECT id, user_id FROM device WHERE address_key = $1 FOR NO KEY UPDATE", key
        )
        own = known["id"] if known is not None and known["user_id"] == user_id else None
        await _require_room(conn, user_id, own)
        if known is not None and own is None:
            await fetch(conn, f"UPDATE device SET {REMOVE} WHERE id = $1", known["id"])
        return await _store(conn, context, own or new_id(), user_id, session_id, (name, key, target), now)


def _checked_target(given: DeviceInput) -> PushTarget:
    """Return the address and the keys. The address may not lead into our own network; that is checked again
    with each connection.
    """
    address = _public_address(given.address)
    if address is None:
        raise MessageRefusal.DEVICE_ADDRESS_INVALID.at("address")
    for field, value in (("p256dh", given.p256dh), ("auth", given.auth)):
        if not value:
            raise MessageRefusal.DEVICE_KEY_MISSING.at(field, field=field)
    target = PushTarget(address, given.p256dh or "", given.auth or "")
    try:
        _ = target.keys
    except InvalidDeviceKeys:
        raise MessageRefusal.DEVICE_KEYS_INVALID.at("p256dh") from None
    return target


def _public_address(address: str) -> str | None:
    """Return an address in its normal form, so that one device has one address; None unless it has the form
    of a push service's: HTTPS, and a public name.
    """
    if len(address) > LONGEST_ADDRESS or not address.isascii() or not address.isprintable():
        return None
    try:
        url = httpx.URL(address)
        _ = url.host  # raises UnicodeError for a malformed A-label
    except (httpx.InvalidURL, UnicodeError):
        return None
    is_public = (
        url.scheme == "https"
        and not url.userinfo
        and not url.fragment
        and url.port in {None, _HTTPS}
        and public_name(url.raw_host.decode("ascii")) is not None
    )
    return str(url) if is_public else None


async def _require_room(conn: Connection, user_id: UUID, own: UUID | None) -> None:
    row = await fetch_one(
        conn,
        f"""SELECT count(*) AS devices FROM device
            WHERE user_id = $1 AND id IS DISTINCT FROM $2::uuid AND {LIVE}""",
        user_id,
        own,
    )
    if row is not None and row["devices"] >= MOST_DEVICES:
        raise MessageRefusal.TOO_MANY_DEVICES.at("address", most=MOST_DEVICES)


async def _store(
    conn: Connection,
    context: SendingContext,
    device_id: UUID,
    user_id: UUID,
    session_id: UUID | None,
    described: tuple[str, str, PushTarget],
    now: datetime,
) -> DeviceView:
    name, key, target = described
    rows = await fetch(
        conn,
        """INSERT INTO device (id, user_id, session_id, kind, name, address_key, sealed, created_at)
           VALUES ($1, $2, $3, 'WEB', $4, $5, $6, $7)
           ON CONFLICT (id) DO UPDATE SET session_id = excluded.session_id, name = excluded.name,
               sealed = excluded.sealed
           RETURNING id, kind, name, created_at, last_accepted_at""",
        device_id,
        user_id,
        session_id,
        name,
        key,
        seal_target(context.sealer, device_id, target),
        now,
    )
    return device_view(rows[0])
