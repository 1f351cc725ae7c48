"""Checks of addresses: which outside may be asked (https or this machine), which of ours others can reach."""

import ipaddress
import re

import httpx

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(rb"[A-Za-z0-9._:-]+")


def is_safe(text: str) -> bool:
    """Tell whether a text is an address whose answers nobody on the way can read or change."""
    try:
        url = httpx.URL(text)
        host = url.host
    except (httpx.InvalidURL, UnicodeError):
        return False
    if not _HOST.fullmatch(url.raw_host):
        return False
    return url.scheme == "https" or (url.scheme == "http" and host in LOCAL_HOSTS)


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach a server that listens on `host`; in doubt it is not so."""
    if host.lower() == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback
