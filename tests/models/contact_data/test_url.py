"""Table of links: what is stored and what is refused."""

import pytest

from models.contact_data import InvalidUrl, parse_linkedin_url, parse_web_url


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (
            "HTTPS://Meet.Example/room?pwd=a%20b#x",
            "https://meet.example/room?pwd=a%20b#x",
        ),
        (
            "http://b\u00fccher.example:8443/\u00fc",
            "http://xn--bcher-kva.example:8443/%C3%BC",
        ),
    ],
)
def test_web_links_are_normalised(text: str, url: str) -> None:
    assert parse_web_url(text) == url
    assert parse_web_url(url) == url


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://acme.com",
        "//acme.com",
        "acme.com",
        "https://",
        "https://acme",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::1",
        "https://anna:secret@acme.com/",
        "https://acme.com@evil.example/",
        "https://acme.com\\@evil.example/",
        "https://acme.com:99999/",
        "https://ac me.com/",
        "https://acme.com/\r\nSet-Cookie: a",
        "https://acme.com/\u202egnp.exe",
        "https://acme.com/\x00",
        "https://acme.com/" + "a" * 500,
        "https://acme.com/" + "\u00fc" * 200,
        "https://" + "a" * 64 + ".com",
        "\ud800",
    ],
)
def test_other_links_are_refused(text: str) -> None:
    with pytest.raises(InvalidUrl):
        parse_web_url(text)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (
            "https://www.linkedin.com/in/anna-berg/",
            "https://www.linkedin.com/in/anna-berg/",
        ),
        ("linkedin.com/in/anna?trk=x#y", "https://linkedin.com/in/anna"),
        (
            "http://de.linkedin.com/company/acme",
            "https://de.linkedin.com/company/acme",
        ),
    ],
)
def test_linkedin_profiles_are_normalised(text: str, url: str) -> None:
    assert parse_linkedin_url(text) == url


@pytest.mark.parametrize(
    "text",
    [
        "https://acme.com/in/anna",
        "https://linkedin.com.evil.example/in/anna",
        "https://notlinkedin.com/in/anna",
        "https://linkedin.com/",
        "https://linkedin.com/in/",
        "https://linkedin.com:8443/in/anna",
        "https://evil@linkedin.com/in/anna",
    ],
)
def test_a_url_that_is_not_a_linkedin_profile_is_refused(text: str) -> None:
    with pytest.raises(InvalidUrl):
        parse_linkedin_url(text)
