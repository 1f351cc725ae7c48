"""The address of Redis: which one, or which Sentinels to ask, for which name."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

from settings.url_parts import is_host, is_port, unknown_option

SENTINEL_SCHEMES = ("redis+sentinel://", "rediss+sentinel://")
SENTINEL_PORT = 26_379
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]:]+)(?::([0-9]+))?")
DIRECT_SCHEMES = ("redis://", "rediss://", "unix://")
_OPTIONS = ("db", "sentinel_username", "sentinel_password")
_DIRECT = "redis://user:password@host:6379/0"
_EXAMPLE = "redis+sentinel://sentinel1:26379,sentinel2:26379/name?db=0"
_UNREADABLE = (
    f"must be such as {_DIRECT}, with options that redis-py knows, and with ?, /, # and @ in its password as "
    "%3F, %2F, %23 and %40"
)


@dataclass(frozen=True, slots=True)
class SentinelUrl:
    """Sentinels, and the name under which they watch a primary."""

    sentinels: tuple[tuple[str, int], ...]
    name: str
    tls: bool = False  # to the primary and to the Sentinels
    db: int = 0
    username: str | None = None  # at the primary
    password: str | None = field(default=None, repr=False)
    sentinel_username: str | None = None
    sentinel_password: str | None = field(default=None, repr=False)


def check_redis_url(url: str) -> None:
    """Raise `ValueError` if the driver cannot read an address: its own errors quote a part of it."""
    if url.startswith(SENTINEL_SCHEMES):
        read_sentinel_url(url)
        return
    if not url.startswith(DIRECT_SCHEMES):
        raise ValueError(f"must begin with {', '.join(DIRECT_SCHEMES)} or {SENTINEL_SCHEMES[0]}")
    # A connection that is made does not connect yet.
    from redis.asyncio import ConnectionPool  # noqa: PLC0415 - most commands do not need Redis

    try:
        connection = ConnectionPool.from_url(url).make_connection()  # type: ignore[no-untyped-call]
    except (TypeError, ValueError):
        raise ValueError(_UNREADABLE) from None
    host, port = getattr(connection, "host", "localhost"), getattr(connection, "port", 1)
    if not is_host(host) or not is_port(str(port)):
        raise ValueError(_UNREADABLE)


def read_sentinel_url(url: str) -> SentinelUrl:
    """Read a URL such as `redis+sentinel://user:password@s1:26379,s2:26379/name?db=0`.

    Raises `ValueError` with the reason, which contains no part of the URL that may be secret.
    """
    scheme, _, rest = url.partition("://")
    rest, _, query = rest.partition("?")
    authority, _, name = rest.partition("/")
    user, _, hosts = authority.rpartition("@")
    username, _, password = user.partition(":")
    options = dict(parse_qsl(query, keep_blank_values=True))
    unknown = sorted(set(options) - set(_OPTIONS))
    if unknown:
        raise ValueError(unknown_option(unknown[0], query, _OPTIONS))
    db = options.get("db", "0")
    if not name or "/" in name or not db.isdecimal():
        raise ValueError(f"must name the primary and its database, as in {_EXAMPLE}")
    return SentinelUrl(
        tuple(_sentinel(part) for part in hosts.split(",")),
        unquote(name),
        tls=scheme.startswith("rediss"),
        db=int(db),
        username=unquote(username) or None,
        password=unquote(password) or None,
        sentinel_username=options.get("sentinel_username") or None,
        sentinel_password=options.get("sentinel_password") or None,
    )


def _sentinel(text: str) -> tuple[str, int]:
    found = _HOST.fullmatch(text)
    if found is None or not is_host(found[1]) or not is_port(found[2] or "1"):
        raise ValueError(f"must list Sentinels, as in {_EXAMPLE}")
    return found[1].strip("[]"), int(found[2] or SENTINEL_PORT)
