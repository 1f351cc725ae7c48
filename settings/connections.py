"""Settings of connections: what a client may send and leave unread, and which proxies are believed."""

import ipaddress
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode


class ConnectionSettings(BaseSettings):
    """A part of `settings.Settings`."""

    forwarded_allow_ips: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Addresses or networks of proxies whose X-Forwarded-For is believed, separated by commas",
    )
    metrics_token: str | None = Field(
        default=None,
        repr=False,
        min_length=16,
        description="Bearer token that opens `/metrics`, 16 characters or more; without it there are none",
    )
    request_head_limit: int = Field(
        default=65_536, ge=1_024, le=1_048_576, description="Longest head of a request, bytes"
    )
    request_head_seconds: float = Field(
        default=10.0, ge=0.05, le=3_600, description="Longest that the head of a request may take, seconds"
    )
    request_body_seconds: float = Field(
        default=30.0,
        ge=0.05,
        le=3_600,
        description="Longest that a body may take, seconds, and one more for each 50,000 bytes",
    )
    unread_seconds: float = Field(
        default=30.0,
        ge=0.05,
        le=3_600,
        description="Longest that a client may leave unread what it was sent, seconds",
    )
    max_connections: int = Field(
        default=10_000,
        ge=10,
        le=1_000_000,
        description="Most connections of one process, sockets included; fewer where it may open fewer files",
    )

    @field_validator("forwarded_allow_ips", mode="before")
    @classmethod
    def _addresses(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        found = tuple(word for part in value.split(",") if (word := part.strip()))
        if "*" in found:
            raise ValueError("must name the proxies: with * everybody could choose an address")
        try:
            for word in found:
                ipaddress.ip_network(word)
        except ValueError:
            raise ValueError("must be addresses or networks such as 10.0.0.0/8, with commas") from None
        return found
