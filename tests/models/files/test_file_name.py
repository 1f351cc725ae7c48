"""A displayed file name shows all of its characters in their stored order."""

import pytest

from models.files.file_name import LONGEST_NAME, seen_name


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("complaints.xlsx", "complaints.xlsx"),
        ("Żółć 50% (März).csv", "Żółć 50% (März).csv"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("a\\b.csv", "a_b.csv"),
        ("a\r\nSet-Cookie: x.csv", "a__Set-Cookie: x.csv"),
        ("exe\u202excod.csv", "exe_xcod.csv"),
        ("a\u200b\u200e\u2066\ufeff\u00ad\u2028b.csv", "a______b.csv"),
        ("a\ud800\ue000\uffffb.csv", "a___b.csv"),
        ("", "file"),
    ],
)
def test_invisible_characters_and_separators_become_underscores(name: str, seen: str) -> None:
    assert seen_name(name) == seen


def test_a_long_name_keeps_its_end() -> None:
    """The end includes the extension."""
    assert seen_name("x" * 300 + ".csv") == "x" * (LONGEST_NAME - 4) + ".csv"
