"""Derives from an IP address what counts as one client, and the network around it."""

import ipaddress

IPV4_NETWORK, IPV6_NETWORK = 24, 64  # bits; RFC 6177: no site has less than a /64


def one_client(address: str) -> str:
    """Return the range that one client can control: an IPv4 address, or a /64 of IPv6."""
    return _network(address, 32)


def around(address: str) -> str:
    """Return the network around a client: a /24 of IPv4, or a /64 of IPv6."""
    return _network(address, IPV4_NETWORK)


def _network(address: str, ipv4_bits: int) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is None:
            return str(ipaddress.IPv6Network((int(parsed) >> 64 << 64, IPV6_NETWORK)))
        parsed = parsed.ipv4_mapped
    return str(ipaddress.ip_network((parsed, ipv4_bits), strict=False))
