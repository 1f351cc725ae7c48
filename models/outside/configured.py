"""The door of a process, as its settings have it."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from models.outside.dns_questions import DnsQuestions
from models.outside.door import Door
from models.outside.fetching import Fetcher
from models.outside.guard import HTTP, HTTPS, Guard
from models.outside.host_turns import AT_ONCE_IN_ALL, HostTurns
from models.outside.names import is_example, public_name
from models.outside.resolver import system_resolver
from models.outside.robots import Robots
from models.outside.rounds import Rounds, Tally
from models.outside.sources.source import OutsideSource
from models.outside.transport import Bounds, OutsideTransport, outside_client
from models.outside.world import WorldPorts, WorldTransport, resolver_of_world
from settings import Settings

RDAP_COPY = "rdap-bootstrap.json"  # in the folder of runtime data, once it has been renewed
_SHIPPED = Path(__file__).with_name("sources") / "rdap_bootstrap.json"
_RDAP_OF_WORLD = "https://rdap.nic.example/"


def sources_on(settings: Settings) -> frozenset[OutsideSource]:
    """Return the sources that the settings allow."""
    return frozenset(OutsideSource(name) for name in settings.outside_sources)


def reserved_names(settings: Settings) -> Callable[[str], bool]:
    """Return what says whether a domain is reserved: nobody is asked about it, except in the demo world."""
    has_world = settings.locate_world() is not None
    return lambda domain: public_name(domain) is None and not (has_world and is_example(domain))


def open_door(
    settings: Settings,
    tally: Tally | None = None,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Door:
    """Return the door; `tally` counts what the sources answered. Close it at the end of the process."""
    located = settings.locate_world()

    def locate() -> WorldPorts | None:
        ports = located() if located is not None else None
        return None if ports is None else WorldPorts(*ports)

    resolver, has_world = system_resolver(), located is not None
    bounds = Bounds(seconds=settings.outside_seconds, most_connections=AT_ONCE_IN_ALL)
    outside = OutsideTransport(Guard(resolver, ports=(HTTPS, HTTP)), bounds, for_sites=True)
    transport = WorldTransport(outside, locate, bounds) if has_world else outside
    fetcher = Fetcher(
        outside_client(transport, user_agent=settings.outside_agent), HostTurns(), settings.outside_seconds
    )
    return Door(
        on=sources_on(settings),
        fetcher=fetcher,
        robots=Robots(fetcher),
        dns=DnsQuestions(resolver, lambda: resolver_of_world(locate)),
        rounds=Rounds() if tally is None else Rounds(tally),
        now=now,
        rdap=rdap_registries(settings.var_dir) | ({"example": _RDAP_OF_WORLD} if has_world else {}),
        gravatar_key=settings.gravatar_api_key,
        services_in_world=has_world,
    )


def rdap_registries(var_dir: Path) -> dict[str, str]:
    """Return the address of the registry of each top-level domain: the renewed copy, else the shipped one."""
    for file in (var_dir / RDAP_COPY, _SHIPPED):
        try:
            return read_bootstrap(json.loads(file.read_bytes()))
        except (OSError, ValueError):
            continue
    return {}


def read_bootstrap(answer: object) -> dict[str, str]:
    """Return the registries in a bootstrap file (RFC 9224). Raises ValueError if it is none."""
    services = answer.get("services") if isinstance(answer, Mapping) else None
    found: dict[str, str] = {}
    for service in services if isinstance(services, list) else ():
        match service:
            case [[*domains], [*addresses]]:
                secure = [one for one in addresses if isinstance(one, str) and one.startswith("https://")]
                found |= {str(domain).lower(): secure[0] for domain in domains if secure}
    if not found:
        raise ValueError("the bootstrap file of RDAP names no registry")
    return found
