"""Where clients reach the server: its public URL, and whether a request can only be from this machine."""

import re

from starlette.requests import HTTPConnection

from settings import Settings
from settings.addresses import is_loopback

_HOST = re.compile(r"(?P<name>[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?")
_SCHEMES = {"ws": "http", "wss": "https"}
# Headers that proxies add to the requests that they forward.
_OF_PROXIES = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


def public_url(settings: Settings, connection: HTTPConnection | None) -> str:
    """Return the URL under which the client reaches this server, without a trailing slash.

    It is `PUBLIC_URL` if that is set, otherwise the scheme, host and `root_path` of the request. A forwarded
    scheme is used only from a proxy in `FORWARDED_ALLOW_IPS`, and a forwarded host is never used.
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
    """Return whether the server listens only to this machine and no proxy has forwarded the request."""
    if not settings.only_here or settings.public_url is not None or settings.forwarded_allow_ips:
        return False
    if connection is None or any(name in connection.headers for name in _OF_PROXIES):
        return False
    host = _HOST.fullmatch(connection.headers.get("host", ""))
    return host is not None and is_loopback(host["name"].strip("[]"))
