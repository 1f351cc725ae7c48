"""Where clients reach the server: its public URL, and whether only this machine can have asked."""

import re

from starlette.requests import HTTPConnection

from settings import Settings
from settings.addresses import is_loopback

_HOST = re.compile(r"(?P<name>[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?")
_SCHEMES = {"ws": "http", "wss": "https"}
# What proxies add to the requests that they pass on.
_OF_PROXIES = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


def public_url(settings: Settings, connection: HTTPConnection | None) -> str:
    """Return the URL of this server as the client knows it, without a slash at the end.

    `PUBLIC_URL` if it is set. Otherwise the request's own scheme, host and `root_path`: its scheme is a
    proxy's only if the proxy is one of `FORWARDED_ALLOW_IPS`, and no forwarded host is ever used.
    """
    if settings.public_url is not None:
        return settings.public_url
    host = _HOST.fullmatch(connection.headers.get("host", "")) if connection is not None else None
    if connection is None or host is None:
        name = f"[{settings.host}]" if ":" in settings.host else settings.host
        return f"http://{name}:{settings.port}"
    scheme = connection.scope.get("scheme", "http")
    root = connection.scope.get("root_path", "").rstrip("/")
    return f"{_SCHEMES.get(scheme, scheme)}://{host[0]}{root}"


def only_this_machine(settings: Settings, connection: HTTPConnection | None) -> bool:
    """Return whether the server listens to this machine alone and no proxy has passed the request on."""
    if not settings.only_here or settings.public_url is not None or settings.forwarded_allow_ips:
        return False
    if connection is None or any(name in connection.headers for name in _OF_PROXIES):
        return False
    host = _HOST.fullmatch(connection.headers.get("host", ""))
    return host is not None and is_loopback(host["name"].strip("[]"))
