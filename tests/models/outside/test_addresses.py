"""Which addresses and names are public."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.outside.addresses import is_private, is_public
from models.outside.names import public_name


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "8.8.8.8", "93.184.215.14", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"]
)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.1", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "168.63.129.16",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1",
        "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1",
        "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "5f00::1", "fc00::1",
        "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1",
    ],
)  # fmt: skip
def test_local_reserved_and_translated_addresses_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@given(
    st.one_of(
        st.integers(0, 2**32 - 1).map(IPv4Address),
        st.integers(0, 2**128 - 1).map(IPv6Address),
        st.integers(0, 2**125 - 1).map(lambda low: IPv6Address((1 << 125) + low)),
    )
)
def test_what_the_standard_library_calls_local_is_not_public(
    address: IPv4Address | IPv6Address,
) -> None:
    if is_public(address):
        assert address.is_global
        assert not address.is_multicast
        assert not is_private(address)


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("10.1.2.3", True), ("127.0.0.1", True), ("192.168.0.1", True), ("::1", True), ("fd12::1", True),
        ("169.254.169.254", False), ("100.100.100.200", False), ("fd00:ec2::254", False), ("fe80::1", False),
        ("0.0.0.1", False), ("224.0.0.1", False), ("8.8.8.8", False),
    ],
)  # fmt: skip
def test_a_private_network_never_includes_link_local_addresses_or_metadata_services(
    address: str, private: bool
) -> None:
    assert is_private(ip_address(address)) is private


@pytest.mark.parametrize("host", ["site.de", "a.b-c.site.co.uk", "xn--bcher-kva.de", "site.xn--p1ai"])
def test_registered_names_are_public(host: str) -> None:
    assert public_name(host) is not None


@pytest.mark.parametrize(
    "host",
    [
        "", ".", "site", "localhost", "localhost.", "site.de.", "a..de", "-a.de", "a_b.de", "127.0.0.1",
        "127.1", "2130706433", "0x7f.1", "0x7f000001", "017700000001", "0177.0.0.1", "::1",
        "::ffff:127.0.0.1", "site.1", "db.internal", "metadata.google.internal", "printer.local", "nas.lan",
        "x.test", "x.example", "1.0.0.127.in-addr.arpa", "a" * 64 + ".de", "a." * 130 + "de",
        "b\u00fccher.de", "127\u30020\u30020\u30021", "site.de\n", "site.de/", "site%2ede.de",
    ],
)  # fmt: skip
def test_numbers_single_labels_and_reserved_names_are_not_public(host: str) -> None:
    assert public_name(host) is None
