"""Settings of the public sources that are asked for contact data: which are on, and our introduction."""

import re
from typing import Annotated, Final, Literal, get_args

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode

from settings.lists import separated

OutsideName = Literal["WEBSITE", "MAIL_DNS", "RDAP", "GRAVATAR", "OPENPGP", "VIES", "REGISTER"]
OUTSIDE_NAMES: Final[tuple[OutsideName, ...]] = get_args(OutsideName)
ALL, NONE = "ALL", "NONE"
_CONTACT = re.compile(r"(https://[!-'*-~]{4,200}|mailto:[!-'*-~]{3,200}|[!-'*-~]{1,64}@[A-Za-z0-9.-]{3,200})")
_KEY = re.compile(r"[!-~]{8,500}")


class OutsideSettings(BaseSettings):
    """A part of `settings.Settings`."""

    outside_sources: Annotated[tuple[OutsideName, ...], NoDecode] = Field(
        default=("WEBSITE", "MAIL_DNS"),
        description="Public sources that are asked for contact data, comma-separated: "
        + ", ".join(f"`{name}`" for name in OUTSIDE_NAMES)
        + "; or `ALL`, or `NONE`",
    )
    outside_contact: str | None = Field(
        default=None,
        description="Whom operators of web sites contact about our requests, a page or an email address; "
        "it is sent in `User-Agent`",
    )
    outside_seconds: float = Field(
        default=8.0, ge=1, le=60, description="Maximum duration of a request for contact data, in seconds"
    )
    gravatar_api_key: str | None = Field(
        default=None,
        repr=False,
        description="Key of the Gravatar API; without it, Gravatar answers 100 requests per hour",
    )

    @field_validator("outside_sources", mode="before")
    @classmethod
    def _known_sources(cls, value: object) -> object:
        names = separated(value)
        if not isinstance(names, tuple):
            return names
        upper = tuple(str(name).upper() for name in names)
        if upper == (ALL,):
            return OUTSIDE_NAMES
        if upper == (NONE,):
            return ()
        if not set(upper) <= set(OUTSIDE_NAMES):
            raise ValueError(f"must be names such as {OUTSIDE_NAMES[0]}, or ALL, or NONE")
        return tuple(dict.fromkeys(upper))

    @field_validator("outside_contact")
    @classmethod
    def _a_contact_of_ours(cls, value: str | None) -> str | None:
        if value is None or _CONTACT.fullmatch(value):
            return value
        raise ValueError("must be an https address or an email address")

    @field_validator("gravatar_api_key")
    @classmethod
    def _a_key_of_gravatar(cls, value: str | None) -> str | None:
        if value is None or _KEY.fullmatch(value):
            return value
        raise ValueError("must be a key of printable characters, without blanks")

    @property
    def outside_agent(self) -> str:
        """How requests introduce themselves."""
        return f"Leadgate (+{self.outside_contact})" if self.outside_contact else "Leadgate"
