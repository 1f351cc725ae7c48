"""Settings of webhooks: their lanes, and private hosts."""

from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode

from settings.lists import hosts_and_ports, split_ports

LISTEN_PORT = 8787  # of `leadgate webhook listen`


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
        return hosts_and_ports(value)

    @property
    def private_webhook_hosts(self) -> tuple[tuple[str, int], ...]:
        """The private hosts and their ports."""
        return split_ports(self.webhook_private_hosts)
