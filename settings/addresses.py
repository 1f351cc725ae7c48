"""Checks of addresses: which may be requested (https or this machine), and which other machines can reach."""

import ipaddress
import re

import httpx

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(rb"[A-Za-z0-9._:-]+")


def is_safe(text: str) -> bool:
    """Return whether a text is an address whose responses cannot be read or changed in transit."""
    try:
        url = httpx.URL(text)
        host = url.host
    except (httpx.InvalidURL, UnicodeError):
        return False
    if not _HOST.fullmatch(url.raw_host):
        return False
    return url.scheme == "https" or (url.scheme == "http" and host in LOCAL_HOSTS)


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach a server that listens on `host`; False if unknown."""
    if host.lower() == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback
