"""Settings of webhooks: their lanes, and private hosts."""

import re
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode

from settings.lists import separated

LISTEN_PORT = 8787  # of `leadgate webhook listen`
_HOST_AND_PORT = re.compile(r"([a-z0-9.-]{1,253}|\[[0-9a-f:]{2,39}\]):([0-9]{1,5})")
_LARGEST_PORT = 65_535


class WebhookSettings(BaseSettings):
    """A part of `settings.Settings`."""

    webhook_lanes: int = Field(
        default=64, ge=1, le=200, description="Number of webhook requests of a worker at the same time"
    )
    webhook_private_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Hosts in private networks that webhooks may be sent to, also without TLS, such as "
        "`crm.internal:8443`, comma-separated",
    )

    @field_validator("webhook_private_hosts", mode="before")
    @classmethod
    def _hosts_and_ports(cls, value: object) -> object:
        hosts = separated(value)
        if not isinstance(hosts, tuple):
            return hosts
        lower = tuple(str(host).lower() for host in hosts)
        for host in lower:
            match = _HOST_AND_PORT.fullmatch(host)
            if match is None or not 1 <= int(match[2]) <= _LARGEST_PORT:
                raise ValueError("must be hosts with ports, such as crm.internal:8443 or [fd00::1]:8443")
        return lower

    @property
    def private_webhook_hosts(self) -> tuple[tuple[str, int], ...]:
        """The private hosts and their ports."""
        parts = (host.rpartition(":") for host in self.webhook_private_hosts)
        return tuple((host.strip("[]"), int(port)) for host, _, port in parts)
