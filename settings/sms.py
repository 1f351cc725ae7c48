"""Settings of text messages: the provider and the sender."""

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote, urlsplit

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings

_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_FORMS = "must be seven://:key@host or twilio://account:token@host"
_SENDER = re.compile(r"\+?[A-Za-z0-9][A-Za-z0-9 ._-]{0,33}")


@dataclass(frozen=True, slots=True)
class SmsUrl:
    """An SMS provider, as `SMS_URL` states it; without an origin, its API is at the provider's own."""

    provider: Literal["seven", "twilio"]
    account: str
    token: str = field(repr=False)
    origin: str | None = None


def read_sms_url(text: str) -> SmsUrl:
    """Return the provider of a URL. Its API is called by https, or by http on this machine.

    Raises `ValueError`, which never repeats the URL: it has a key.
    """
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port  # an invalid port raises
    except ValueError:
        raise ValueError(_FORMS) from None
    account, token = unquote(parts.username or ""), unquote(parts.password or "")
    if parts.path.strip("/") or parts.query or parts.fragment or not token:
        raise ValueError(_FORMS)
    scheme = "http" if host in _THIS_MACHINE else "https"
    origin = f"{scheme}://{parts.netloc.rpartition('@')[2]}" if host else None
    if parts.scheme == "seven" and not account:
        return SmsUrl("seven", "", token, origin)
    if parts.scheme == "twilio" and account:
        return SmsUrl("twilio", account, token, origin)
    raise ValueError(_FORMS)


class SmsSettings(BaseSettings):
    """A part of `settings.Settings`."""

    sms_from: str | None = Field(
        default=None,
        description="Sender of text messages: a number, a name of at most 11 characters, or the SID of a "
        "messaging service; required with `SMS_URL`",
    )
    sms_url: str | None = Field(
        default=None,
        repr=False,
        description="SMS provider, `seven://:key@host` or `twilio://account:token@host`, where the host can "
        "be left out; if empty, text messages are written to `var/sms` and not charged, except in a trial "
        "without `MAIL_URL` and `PUBLIC_URL`, such as the demo",
    )

    @field_validator("sms_url")
    @classmethod
    def _a_provider(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None:
            read_sms_url(value)
            if info.data.get("sms_from") is None:
                raise ValueError("requires SMS_FROM, the sender")
        return value

    @field_validator("sms_from")
    @classmethod
    def _a_sender(cls, value: str | None) -> str | None:
        if value is not None and not _SENDER.fullmatch(value):
            raise ValueError("must be a number, a name, or the SID of a messaging service")
        return value
