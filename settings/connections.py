"""Settings of connections: what a client may send and leave unread, and which proxies are trusted."""

import ipaddress
import re
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode

_URL = re.compile(
    r"https?://[A-Za-z0-9.-]+(:\d{1,5})?(/[A-Za-z0-9._~/-]*)?|https?://\[[0-9A-Fa-f:.]+\](:\d{1,5})?"
)


class ConnectionSettings(BaseSettings):
    """A part of `settings.Settings`."""

    forwarded_allow_ips: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Addresses or networks of proxies whose X-Forwarded-For header is trusted, "
        "comma-separated",
    )
    public_url: str | None = Field(
        default=None,
        description="URL at which clients reach the server, such as `https://api.example/leads`, for links "
        "to files and in emails; if empty, the URL of the request, and in emails the address that the server "
        "listens on",
    )
    metrics_token: str | None = Field(
        default=None,
        repr=False,
        min_length=16,
        description="Bearer token for `/metrics`, at least 16 characters; if empty, there is no `/metrics`",
    )
    shutdown_delay_seconds: float = Field(
        default=0.0,
        ge=0,
        le=300,
        description="How long a server goes on serving after SIGTERM while `/readyz` reports `stopping`, in "
        "seconds",
    )
    request_head_limit: int = Field(
        default=65_536,
        ge=1_024,
        le=1_048_576,
        description="Maximum size of a request's head (request line and headers), in bytes",
    )
    request_head_seconds: float = Field(
        default=10.0, ge=0.05, le=3_600, description="Time limit for receiving a request's head, in seconds"
    )
    request_body_seconds: float = Field(
        default=30.0,
        ge=0.05,
        le=3_600,
        description="Time limit for receiving a request's body, in seconds, plus one second per 50,000 bytes",
    )
    unread_seconds: float = Field(
        default=30.0,
        ge=0.05,
        le=3_600,
        description="How long a client may leave a response unread before it is disconnected, in seconds",
    )
    max_connections: int = Field(
        default=10_000,
        ge=10,
        le=1_000_000,
        description="Maximum number of connections per process, including WebSockets; capped by the "
        "process's open-file limit",
    )

    @field_validator("public_url")
    @classmethod
    def _a_web_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if not _URL.fullmatch(value):
            raise ValueError("must be an http or https URL without query, such as https://api.example/leads")
        return value.rstrip("/")

    @field_validator("forwarded_allow_ips", mode="before")
    @classmethod
    def _addresses(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        found = tuple(word for part in value.split(",") if (word := part.strip()))
        if "*" in found:
            raise ValueError("must list the proxies: with *, any client could claim any address")
        try:
            for word in found:
                ipaddress.ip_network(word)
        except ValueError:
            raise ValueError("must be addresses or networks such as 10.0.0.0/8, comma-separated") from None
        return found
