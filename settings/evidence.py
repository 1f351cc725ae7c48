"""Settings of the external checks of contacts that vendors complain about."""

import httpx
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

from settings.addresses import is_safe


class EvidenceSettings(BaseSettings):
    """A part of `settings.Settings`."""

    mail_domain_checks: bool = Field(
        default=True, description="Whether DNS is queried to check that a contact's mail domain accepts mail"
    )
    business_register_url: str | None = Field(
        default=None,
        repr=False,
        description="HTTPS URL of a business register, called as `GET <url>?country=PL&kind=NIP&number=…`; "
        "if empty, only the format of a registration number is checked, not its status",
    )

    @field_validator("business_register_url")
    @classmethod
    def _a_register(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if not is_safe(value):
            raise ValueError("must be an https address")
        if httpx.URL(value).userinfo:
            raise ValueError("must not contain a user name or password; put a key in the query")
        return value
