"""Which host names are public: registered below a public suffix, and not reserved for networks or examples.

Hosts that are numbers in any notation (`127.0.0.1`, `2130706433`, `0x7f.1`, `[::1]`) are not names.
"""

import re
from functools import cache, lru_cache

import dns.exception
import dns.name
import httpx
from publicsuffixlist import PublicSuffixList

# Names that no public name server knows, but an internal resolver may. They are never queried, so that
# nobody can probe the internal network. RFC 2606, 6761, 6762, 7686, 8375, 9476, ICANN's `internal`, and
# the names that networks use without being assigned them (RFC 6762, appendix G).
_RESERVED = tuple(
    dns.name.from_text(name)
    for name in (
        "alt",
        "arpa",
        "corp",
        "domain",
        "example",
        "example.com",
        "example.net",
        "example.org",
        "home",
        "internal",
        "intranet",
        "invalid",
        "lan",
        "local",
        "localdomain",
        "localhost",
        "mail",
        "onion",
        "private",
        "test",
        "workgroup",
    )
)
# Letters, digits and hyphens (RFC 1123); a top-level domain is never a number (RFC 3696, section 2).
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})")
_LONGEST_HOST = 253
_LONGEST_WRITTEN = 1_024  # before it is in ASCII, with blanks around it


def is_public_name(name: dns.name.Name) -> bool:
    """Return whether an absolute DNS name may be public; the root and single labels are not."""
    return len(name.labels) > 2 and not any(name.is_subdomain(reserved) for reserved in _RESERVED)


def public_name(host: str) -> dns.name.Name | None:
    """Return the DNS name of a URL's host in ASCII and lower case, None if it is a number, a single label or
    reserved.
    """
    return _public(host) if len(host) <= _LONGEST_HOST else None


@lru_cache(maxsize=8_192)
def _public(host: str) -> dns.name.Name | None:
    if not _HOST.fullmatch(host):
        return None
    try:
        name = dns.name.from_text(f"{host}.")
    except dns.exception.DNSException:
        return None
    return name if is_public_name(name) else None


def registrable_domain(host: str) -> str | None:
    """Return the part of a host that somebody registered (`shop.site.co.uk` → `site.co.uk`), in ASCII and
    lower case; None for a public suffix, a number and what is no host name.

    By the Public Suffix List, so each customer of a hosting provider that is in it has a domain of its own.
    A reserved name such as `site.example` has one as well: see `public_name`.
    """
    return _registrable(host) if len(host) <= _LONGEST_WRITTEN else None


@lru_cache(maxsize=8_192)
def _registrable(host: str) -> str | None:
    try:
        raw_host = httpx.URL(scheme="https", host=host.strip().rstrip(".")).raw_host
    except (httpx.InvalidURL, UnicodeError):
        return None
    ascii_host = raw_host.decode("ascii").lower()
    if len(ascii_host) > _LONGEST_HOST or not _HOST.fullmatch(ascii_host):
        return None
    return _suffixes().privatesuffix(ascii_host)


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def is_example(host: str) -> bool:
    """Return whether a host is under `example`, whose names the demo world has."""
    return host.lower().rstrip(".").endswith(".example")
