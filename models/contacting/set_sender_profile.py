"""Setting how a vendor itself is contacted, and how it signs (S3.26, S3.42)."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.ids import new_id
from models.base.refusal import LANGUAGES
from models.base.rights import acting_vendor
from models.base.role import Role
from models.base.viewer import Viewer
from models.contact_data.checked_text import checked_text
from models.contacting.advice_views import SenderProfileView
from models.contacting.refusals import ContactingRefusal
from rules.contacting.terms import Medium

LONGEST_SIGNATURE = 1_000  # characters


@dataclass(frozen=True, slots=True)
class SignatureInput:
    """A signature in one language (`en`, `de`, `pl` or `ro`)."""

    language: str
    text: str


_WRITE = """INSERT INTO sender_profile (id, account_id, accepts, signatures, version)
    VALUES ($1, $2, $3::jsonb, $4::jsonb, 1)
    ON CONFLICT (account_id) DO UPDATE
    SET accepts = EXCLUDED.accepts, signatures = EXCLUDED.signatures, version = sender_profile.version + 1
    WHERE sender_profile.version = $5
    RETURNING version"""


async def set_sender_profile(
    viewer: Viewer,
    *,
    accepts: Sequence[Medium],
    signatures: Sequence[SignatureInput],
    expected_version: int | None,
) -> None:
    """Replace the account's profile; without a version, only the first one.

    Raises `Refusal`: FORBIDDEN for others than owners, INVALID for a language that is unknown or named twice
    or a text that cannot be stored, REQUIRED for an empty text, REQUIRED or STALE_VERSION for the version.
    """
    account_id = acting_vendor(viewer, "set how your company is contacted")
    if Role.OWNER not in viewer.roles:
        raise ContactingRefusal.SENDER_PROFILE_NOT_FOR_ROLE.at()
    texts: dict[str, str] = {}
    for signature in signatures:
        if signature.language not in LANGUAGES or signature.language in texts:
            raise ContactingRefusal.SIGNATURE_LANGUAGE_INVALID.at("signatures")
        texts[signature.language] = checked_text(
            "signatures", signature.text, LONGEST_SIGNATURE, missing="text: required. Write a signature."
        )
    async with transaction() as conn:
        written = await fetch(
            conn,
            _WRITE,
            new_id(),
            account_id,
            orjson.dumps(list(dict.fromkeys(accepts))).decode(),
            orjson.dumps(texts).decode(),
            expected_version or 0,
        )
        if written and expected_version in {None, written[0]["version"] - 1}:
            return
        if expected_version is None:
            raise ContactingRefusal.PROFILE_VERSION_MISSING.at("expectedVersion")
        raise ContactingRefusal.PROFILE_CHANGED.at("expectedVersion")


async def sender_profile(conn: Connection, viewer: Viewer) -> SenderProfileView | None:
    """Return the profile of the account that the viewer acts for; None for others."""
    if viewer.vendor_id is None:
        return None
    row = await fetch_one(
        conn,
        "SELECT version, accepts, signatures FROM sender_profile WHERE account_id = $1",
        viewer.vendor_id,
    )
    if row is None:
        return SenderProfileView(0, (), {})
    return SenderProfileView(
        row["version"],
        tuple(Medium(medium) for medium in orjson.loads(row["accepts"])),
        orjson.loads(row["signatures"]),
    )
