"""Texts and links of strangers become plain and short."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.outside.plain import MOST_CHARS, plain_text, plain_url


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Speichen\n\twerk ", "Speichen werk"),
        ("\u202eKO\u202c\u2066x\u2069\u200e", "KOx"),
        ("a\x00b\x1bc\ufeff", "abc"),
        ("<b>Bold</b> &amp; <i>x", "Bold & x"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "alert(1)"),
        ("a < b > c", "a c"),
        ("\U000e0041\ue000\ud800x", "x"),
        ("\u2028\u2029", None),
        ("<br><hr>", None),
        ("", None),
        ("x" * 300, "x" * 300),
        ("x" * 301, "x" * 299 + "…"),
    ],
)
def test_a_text_has_no_tags_and_nothing_unseen(text: str, expected: str | None) -> None:
    assert plain_text(text) == expected


@given(st.text(max_size=2_000))
def test_any_text_becomes_one_short_line_without_tags_and_controls(text: str) -> None:
    plain = plain_text(text)
    if plain is not None:
        assert 0 < len(plain) <= MOST_CHARS
        assert not {"<", ">"} & set(plain)
        categories = {unicodedata.category(char) for char in plain if char not in "\u200c\u200d"}
        assert not categories & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
        assert plain == " ".join(plain.split())


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)", "data:text/html,x", "ftp://site.de/", "https://user:x@site.de/", "//site.de/",
        "https://localhost/", "https://[::1]/", "https:///x", "mailto:a@site.de", "", "\x00",
        "https://site.de/" + "x" * 2_000,
    ],
)  # fmt: skip
def test_only_links_of_the_web_without_a_password_are_links(text: str) -> None:
    assert plain_url(text) is None


def test_a_link_is_written_in_ascii() -> None:
    assert plain_url(" https://bücher.de/ä ") == "https://xn--bcher-kva.de/%C3%A4"
