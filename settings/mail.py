"""Settings of sending: the mail server, the sender, and the key of hashes."""

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

KEY_BYTES = 32
_DOMAIN = re.compile(r"[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?")
_ADDRESS = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,253}")
_PORTS = {"smtp": 25, "smtps": 465}
Tls = Literal["always", "starttls", "none"]


@dataclass(frozen=True, slots=True)
class MailUrl:
    """A mail server, as `MAIL_URL` states it."""

    host: str
    port: int
    tls: Tls
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def read_mail_url(text: str) -> MailUrl:
    """Return the mail server of a URL. Raises `ValueError`, which never repeats it: it has a password."""
    try:
        parts = urlsplit(text)
        port = parts.port
        host = parts.hostname
    except ValueError:
        raise ValueError("must be a URL such as smtp://user:secret@host:587?tls=starttls") from None
    tls = parse_qs(parts.query).get("tls", ["none"])[0]
    if parts.scheme not in _PORTS or not host or parts.path.strip("/") or tls not in {"none", "starttls"}:
        raise ValueError("must be smtp://user:secret@host:587?tls=starttls, smtp://host or smtps://host")
    user = unquote(parts.username) if parts.username else None
    if parts.scheme == "smtps":
        tls = "always"
    if user is not None and tls == "none" and host not in {"localhost", "127.0.0.1", "::1"}:
        raise ValueError("must have ?tls=starttls or begin with smtps:// to send a password")
    encryption: Tls = "always" if tls == "always" else "starttls" if tls == "starttls" else "none"
    return MailUrl(
        host, port or _PORTS[parts.scheme], encryption, user, unquote(parts.password or "") if user else None
    )


class MailSettings(BaseSettings):
    """A part of `settings.Settings`."""

    mail_url: str | None = Field(
        default=None,
        repr=False,
        description="Mail server, `smtp://user:secret@host:587?tls=starttls` or `smtps://…`; if empty, "
        "emails are written to `var/mail`",
    )
    mail_from: str = Field(
        default="leadgate@localhost.localdomain", description="Address that emails come from"
    )
    mail_domain: str = Field(
        default="localhost.localdomain",
        description="Domain of message ids and of the addresses to which undeliverable emails return",
    )
    privacy_contact: str | None = Field(
        default=None,
        max_length=500,
        description="Name and address of the operator, and of its data protection officer if there is one, "
        "for the notices that the GDPR requires, such as `Leads GmbH, 1 Main Street, Berlin, "
        "privacy@leads.example`",
    )
    mail_hook_secret: str | None = Field(
        default=None,
        repr=False,
        min_length=16,
        description="Bearer token with which a mail server reports undeliverable emails to `/hooks/mail`, at "
        "least 16 characters; if empty, there is no `/hooks/mail`",
    )
    email_lanes: int = Field(
        default=4, ge=1, le=100, description="Number of connections of a worker to the mail server"
    )
    hash_key: str | None = Field(
        default=None,
        repr=False,
        description=f"Key of stored hashes of addresses and of links in emails, {KEY_BYTES} bytes or more; "
        "never change it; if empty, one is generated in `var/hash-key`",
    )

    @field_validator("mail_url")
    @classmethod
    def _a_mail_server(cls, value: str | None) -> str | None:
        if value is not None:
            read_mail_url(value)
        return value

    @field_validator("mail_from")
    @classmethod
    def _an_email_address(cls, value: str) -> str:
        if not _ADDRESS.fullmatch(value):
            raise ValueError("must be an email address")
        return value

    @field_validator("privacy_contact")
    @classmethod
    def _one_line(cls, value: str | None) -> str | None:
        if value is not None and not value.isprintable():
            raise ValueError("must be one line of text")
        return value and value.strip()

    @field_validator("mail_domain")
    @classmethod
    def _a_domain(cls, value: str) -> str:
        if not _DOMAIN.fullmatch(value.lower()):
            raise ValueError("must be a domain such as mail.example")
        return value.lower()

    @field_validator("hash_key")
    @classmethod
    def _long_enough_to_hash(cls, value: str | None) -> str | None:
        if value is None or len(value.encode()) >= KEY_BYTES:
            return value
        raise ValueError(f"must have at least {KEY_BYTES} bytes")

    @property
    def mail_server(self) -> MailUrl | None:
        """The mail server; None if emails are written to files."""
        return read_mail_url(self.mail_url) if self.mail_url is not None else None
