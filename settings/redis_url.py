"""The address of Redis behind Sentinels: which of them to ask, for which name."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

SENTINEL_SCHEMES = ("redis+sentinel://", "rediss+sentinel://")
SENTINEL_PORT = 26_379
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]:]+)(?::(\d+))?")
_OPTIONS = ("db", "sentinel_username", "sentinel_password")
_EXAMPLE = "redis+sentinel://sentinel1:26379,sentinel2:26379/name?db=0"


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


def read_sentinel_url(url: str) -> SentinelUrl:
    """Read a URL such as `redis+sentinel://user:password@s1:26379,s2:26379/name?db=0`.

    Raises `ValueError` with the reason, which contains no part of the URL that may be secret.
    """
    scheme, _, rest = url.partition("://")
    rest, _, query = rest.partition("?")
    authority, _, name = rest.partition("/")
    user, _, hosts = authority.rpartition("@")
    username, _, password = user.partition(":")
    options = dict(parse_qsl(query))
    unknown = sorted(set(options) - set(_OPTIONS))
    if unknown:
        raise ValueError(f"has the unknown option {unknown[0][:40]!r}; known are {', '.join(_OPTIONS)}")
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
        sentinel_username=options.get("sentinel_username"),
        sentinel_password=options.get("sentinel_password"),
    )


def _sentinel(text: str) -> tuple[str, int]:
    found = _HOST.fullmatch(text)
    port = int(found[2] or SENTINEL_PORT) if found else 0
    if found is None or not 1 <= port <= 65_535:
        raise ValueError(f"must list Sentinels, as in {_EXAMPLE}")
    return found[1].strip("[]"), port
