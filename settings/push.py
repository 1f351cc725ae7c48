"""Settings of push messages: the key pair by which push services recognise the sender, and a contact."""

import base64
import binascii
import re
import secrets

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

# The order of the curve P-256 (FIPS 186-5): a private key is a number from 1 up to it.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_KEY_BYTES = 32
_CONTACT = re.compile(r"(mailto:[A-Za-z0-9._+-]{1,64}@|https://)[A-Za-z0-9.-]{1,253}(/[!-~]{0,500})?")


def new_push_key() -> str:
    """Return a new private key, in base64url."""
    number = secrets.randbelow(_ORDER - 1) + 1
    return base64.urlsafe_b64encode(number.to_bytes(_KEY_BYTES, "big")).decode().rstrip("=")


class PushSettings(BaseSettings):
    """A part of `settings.Settings`."""

    push_key: str | None = Field(
        default=None,
        repr=False,
        description="Private key of push messages (VAPID), 32 bytes in base64url, as `web-push "
        "generate-vapid-keys` prints it; browsers have to register again after a change; if empty, one is "
        "generated in `var/push-key`",
    )
    push_contact: str | None = Field(
        default=None,
        description="Whom push services contact about problems, `mailto:…` or `https://…`; if empty, "
        "`MAIL_FROM`",
    )

    @field_validator("push_key")
    @classmethod
    def _a_private_key(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            key = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != _KEY_BYTES or not 0 < int.from_bytes(key, "big") < _ORDER:
            raise ValueError("must be a private key of the curve P-256: 32 bytes in base64url")
        return value

    @field_validator("push_contact")
    @classmethod
    def _a_contact(cls, value: str | None) -> str | None:
        if value is None or _CONTACT.fullmatch(value):
            return value
        raise ValueError("must begin with mailto: or https://")
