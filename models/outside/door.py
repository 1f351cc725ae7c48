"""The one door outside: what asking the public sources needs, made once per process."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import httpx

from models.outside.dns_questions import DnsQuestions
from models.outside.fetching import Fetcher
from models.outside.reading_keys import KeyReader
from models.outside.reading_pages import PageReader
from models.outside.robots import Robots
from models.outside.rounds import Rounds
from models.outside.sources.source import OutsideSource


@dataclass(frozen=True, slots=True)
class Door:
    """`rdap` has the address of the registry for each top-level domain; `rounds` what the sources answered.

    `services_in_world`: the addresses of the services lead to the demo world, which has all of them.
    """

    on: frozenset[OutsideSource]
    fetcher: Fetcher
    robots: Robots
    dns: DnsQuestions
    rounds: Rounds
    now: Callable[[], datetime]
    reader: PageReader = field(default_factory=PageReader)
    keys: KeyReader = field(default_factory=KeyReader)
    rdap: Mapping[str, str] = field(default_factory=dict)
    gravatar_key: str | None = field(default=None, repr=False)
    services_in_world: bool = False

    def service(self, url: str) -> httpx.URL:
        """Return the address of a service, in the demo that of its look-alike."""
        real = httpx.URL(url)
        return real.copy_with(host=f"{real.host}.example") if self.services_in_world else real

    async def aclose(self) -> None:
        """Close all connections."""
        await self.fetcher.client.aclose()
