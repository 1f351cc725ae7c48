"""Settings of employees' calendars: private hosts that they may be read from."""

from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode

from settings.lists import hosts_and_ports, split_ports


class CalendarSettings(BaseSettings):
    """A part of `settings.Settings`."""

    calendar_private_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Hosts in private networks that calendars of employees may be read from, also without "
        "TLS, such as `groupware.internal:8443`, comma-separated",
    )

    @field_validator("calendar_private_hosts", mode="before")
    @classmethod
    def _calendar_hosts(cls, value: object) -> object:
        return hosts_and_ports(value)

    @property
    def private_calendar_hosts(self) -> tuple[tuple[str, int], ...]:
        """The private hosts and their ports."""
        return split_ports(self.calendar_private_hosts)
