"""Registrable domains, and names of the demo world."""

import pytest

from models.outside.names import is_example, public_name, registrable_domain


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("shop.site.co.uk", "site.co.uk"),
        ("SITE.de.", "site.de"),
        ("bücher.de", "xn--bcher-kva.de"),
        ("straße.de", "xn--strae-oqa.de"),  # not strasse.de, which is somebody else's
        ("somebody.github.io", "somebody.github.io"),
        ("www.speichenwerk.example", "speichenwerk.example"),
        ("co.uk", None),
        ("de", None),
        ("127.0.0.1", None),
        ("[::1]", None),
        ("2130706433", None),
        ("a b.de", None),
        ("", None),
        ("x" * 300 + ".de", None),
    ],
)
def test_a_registrable_domain_is_what_somebody_registered(host: str, expected: str | None) -> None:
    assert registrable_domain(host) == expected


@pytest.mark.parametrize("host", ["a.example", "A.B.EXAMPLE", "a.example."])
def test_names_under_example_are_those_of_the_demo_world_and_of_no_network(host: str) -> None:
    assert is_example(host)
    assert public_name(host) is None


@pytest.mark.parametrize("host", ["example.com", "aexample", "example.de", "a.example.de", "example"])
def test_other_names_are_not_of_the_demo_world(host: str) -> None:
    assert not is_example(host)
