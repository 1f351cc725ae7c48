"""The address of the database: one reading of DATABASE_URL for the pool and for every command."""

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qsl, quote, unquote, urlencode

from settings.url_parts import is_host, is_port, unknown_option

SCHEMES = ("postgres", "postgresql")
_SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_SESSIONS = ("any", "primary", "read-write")  # not standbys: they answer nothing (decision 0015)
_FILES = ("sslrootcert", "sslcert", "sslkey", "sslcrl", "passfile")
_PLACE = ("host", "port")
# What PostgreSQL's own client calls the same; all of them are passed on to the driver.
_PASSED_ON = (*_FILES, "sslmode", "sslnegotiation", "target_session_attrs")
_OWN = ("statement_cache_size", "command_timeout")
OPTIONS = (*_PLACE, *_PASSED_ON, *_OWN)
_Number = TypeVar("_Number", int, float)
_HOST = re.compile(r"(\[[0-9A-Fa-f:.%A-Za-z]+\]|[^\[\]:]+)(?::([0-9]+))?")


@dataclass(frozen=True, slots=True)
class DatabaseUrl:
    """One database on one host or several, of which one is the primary."""

    # One address for each host, in the order in which they are written, for asyncpg.
    dsns: tuple[str, ...] = field(repr=False)
    user: str = ""
    statement_cache_size: int | None = None  # prepared statements per connection; 0 for poolers without them
    command_timeout: float | None = None  # seconds for a statement of a server or worker

    def driver_options(self) -> dict[str, int | float]:
        """Return the options that asyncpg takes beside the address."""
        given = {
            "statement_cache_size": self.statement_cache_size,
            "command_timeout": self.command_timeout,
        }
        return {name: value for name, value in given.items() if value is not None}


def read_database_url(url: str) -> DatabaseUrl:
    """Read a URL such as `postgres://user:password@host1:5432,host2/database?sslmode=verify-full`.

    Several hosts imply `target_session_attrs=read-write`. Raises `ValueError` with the reason, which never
    contains a part of the URL that may be secret.
    """
    scheme, separator, rest = url.partition("://")
    if scheme not in SCHEMES or not separator:
        raise ValueError("must begin with postgres:// or postgresql://")
    rest, _, query = rest.partition("?")
    authority, slash, path = rest.partition("/")
    if "@" in path:
        raise ValueError("must have %2F for a slash in its password, or %40 for an @ in its database's name")
    user, at, hosts = authority.rpartition("@")
    options = _options(query)
    places = [_place(part) for part in hosts.split(",")] if hosts else _places_of(options)
    _check(options, several=len(places) > 1)
    if len(places) > 1:
        options.setdefault("target_session_attrs", "read-write")
    passed_on = {name: value for name, value in options.items() if name in _PASSED_ON}
    whom = f"{_quoted(user)}@" if at else ""
    return DatabaseUrl(
        tuple(_dsn(f"{whom}{place.name}{slash}{path}", place, passed_on) for place in places),
        user=unquote(user.partition(":")[0]),
        statement_cache_size=_number(options, "statement_cache_size", int, least=0),
        command_timeout=_number(options, "command_timeout", float, least=0.001),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one host is: `name` and perhaps a port in the URL, or a folder of sockets in its query."""

    name: str = ""
    query: tuple[tuple[str, str], ...] = ()


def _dsn(where: str, place: _Place, options: Mapping[str, str]) -> str:
    query = urlencode([*place.query, *options.items()])
    return f"postgresql://{where}{'?' if query else ''}{query}"


def _place(text: str) -> _Place:
    if unquote(text).startswith("/"):  # a folder of sockets, percent-encoded
        return _Place(query=(("host", unquote(text)),))
    found = _HOST.fullmatch(text)
    if found is None or not is_host(found[1]) or not is_port(found[2] or "1"):
        raise ValueError("must have hosts such as db.example:5432, comma-separated, with ports up to 65535")
    return _Place(text)


def _places_of(options: Mapping[str, str]) -> list[_Place]:
    """Hosts in the query, as for sockets: `?host=/run/postgresql`."""
    if "host" not in options:
        return [_Place(query=tuple((name, options[name]) for name in _PLACE if name in options))]
    hosts, ports = options["host"].split(","), options.get("port", "").split(",")
    if len(ports) not in {1, len(hosts)}:
        raise ValueError("must have one port in all or one for each host")
    if not all(host.startswith("/") or is_host(host) for host in hosts):
        raise ValueError("host must have names, addresses or folders of sockets, comma-separated")
    ports = ports * len(hosts) if len(ports) == 1 else ports
    hosts = [f"[{host}]" if ":" in host and host[0] not in "/[" else host for host in hosts]  # asyncpg's form
    return [
        _Place(query=(("host", host), *((("port", port),) if port else ())))
        for host, port in zip(hosts, ports, strict=True)
    ]


def _options(query: str) -> dict[str, str]:
    options = dict(parse_qsl(query, keep_blank_values=True))
    unknown = sorted(set(options) - set(OPTIONS))
    if unknown:
        raise ValueError(unknown_option(unknown[0], query, OPTIONS))
    return options


def _check(options: Mapping[str, str], *, several: bool) -> None:
    _one_of(options, "sslmode", _SSL_MODES)
    _one_of(options, "target_session_attrs", _SESSIONS[1:] if several else _SESSIONS)
    for name in _FILES:
        if name in options and not Path(options[name]).is_file():
            raise ValueError(f"{name} must be an existing file")
    if not all(is_port(part) for part in options.get("port", "1").split(",")):
        raise ValueError("port must be a number from 1 to 65535")


def _one_of(options: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> None:
    if name in options and options[name] not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}")


def _number(options: Mapping[str, str], name: str, kind: type[_Number], *, least: _Number) -> _Number | None:
    if name not in options:
        return None
    with contextlib.suppress(ValueError):
        value = kind(options[name])
        if least <= value < float("inf"):
            return value
    raise ValueError(f"{name} must be a number from {least} up")


def _quoted(user: str) -> str:
    """Return user and password with every character quoted that is not quoted yet and would end them."""
    name, colon, password = user.partition(":")
    return f"{quote(name, safe='%')}{colon}{quote(password, safe='%:')}"
