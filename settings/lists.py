"""Parser of settings that are lists: comma-separated words in one variable."""

import re
from collections.abc import Sequence

_HOST_AND_PORT = re.compile(r"([a-z0-9.-]{1,253}|\[[0-9a-f:]{2,39}\]):([0-9]{1,5})")
_LARGEST_PORT = 65_535


def separated(value: object) -> object:
    """Return the words of a text; other values, such as a list passed by code, are returned unchanged."""
    if not isinstance(value, str):
        return value
    return tuple(word for part in value.split(",") if (word := part.strip()))


def pairs(value: object) -> object:
    """Return the `name=value` pairs of a text, with "" for a missing value; others as `separated` does."""
    found = separated(value)
    if not isinstance(value, str) or not isinstance(found, tuple):
        return value
    return tuple(tuple(half.strip() for half in pair.partition("=")[::2]) for pair in found)


def hosts_and_ports(value: object) -> object:
    """Return hosts with ports in lower case; raises `ValueError` for a word that is none."""
    hosts = separated(value)
    if not isinstance(hosts, tuple):
        return hosts
    lower = tuple(str(host).lower() for host in hosts)
    for host in lower:
        match = _HOST_AND_PORT.fullmatch(host)
        if match is None or not 1 <= int(match[2]) <= _LARGEST_PORT:
            raise ValueError("must be hosts with ports, such as crm.internal:8443 or [fd00::1]:8443")
    return lower


def split_ports(hosts: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Return hosts and their ports, of words that `hosts_and_ports` has accepted."""
    parts = (host.rpartition(":") for host in hosts)
    return tuple((host.strip("[]"), int(port)) for host, _, port in parts)
