"""Owns the settings of what is asked outside about the contacts that vendors complain about.

Must not ask anybody: `models.evidence` does.
"""

from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


class EvidenceSettings(BaseSettings):
    """A part of `settings.Settings`."""

    mail_domain_checks: bool = Field(
        default=True, description="Whether DNS is asked if the mail domain of a contact takes mail"
    )
    business_register_url: str | None = Field(
        default=None,
        repr=False,
        description="Register of businesses, asked `GET <url>?country=PL&kind=NIP&number=…`; without it the "
        "form of a number is checked, not its status",
    )

    @field_validator("business_register_url")
    @classmethod
    def _a_register(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "")
        local = parts.scheme == "http" and parts.hostname in LOCAL_HOSTS
        if value is not None and not (parts.hostname and (parts.scheme == "https" or local)):
            raise ValueError("must be an https address")
        if parts.username is not None or parts.password is not None:
            raise ValueError("must hold no user and no password: it is named beside what it finds")
        return value
