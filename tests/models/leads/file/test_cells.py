"""Cells with several values: what separates them, and what is one value with a separator in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contact_data.refusals import ContactDataRefusal
from models.leads.file.cells import Cell, split_emails, split_phones


@pytest.mark.parametrize(
    ("cell", "region", "numbers"),
    [
        ("+48 601 234 580 ::: +48 601 234 581", "PL", ["+48 601 234 580", "+48 601 234 581"]),
        ("601234582;601234583", "PL", ["601234582", "601234583"]),
        ("601234582 | 601234583", "PL", ["601234582", "601234583"]),
        ("601 234 584, 601 234 585", "PL", ["601 234 584", "601 234 585"]),
        ("+48601234584 +48601234585", "PL", ["+48601234584", "+48601234585"]),
        ("+48601234584+48601234585", "PL", ["+48601234584", "+48601234585"]),
        ("601234584 601234585", "PL", ["601234584", "601234585"]),
        ("Tel: 22 123 45 67 Fax: 22 123 45 68", "PL", ["Tel: 22 123 45 67", "Fax: 22 123 45 68"]),
        ("kom. 601234584 dom 221234567", "PL", ["kom. 601234584", "dom 221234567"]),
        ("0171|1234567", "DE", ["0171|1234567"]),  # refused
        ("601234584,601234585", "PL", ["601234584", "601234585"]),
        ("601234567/601234568", "PL", ["601234567", "601234568"]),
        ("601234567\n601234568", "PL", ["601234567", "601234568"]),
        ("030 1234567 / 040 7654321", "DE", ["030 1234567", "040 7654321"]),
        ("030/1234567 / 040/7654321", "DE", ["030/1234567 / 040/7654321"]),  # refused
        ("030 123456 / 789012", "DE", ["030 123456 / 789012"]),  # refused
        ("0170 1234567 oder 0171 7654321", "DE", ["0170 1234567", "0171 7654321"]),
        ("0170 1234567 und 0171 7654321", "DE", ["0170 1234567", "0171 7654321"]),
        ("601234567 lub 601234568", "PL", ["601234567", "601234568"]),
        ("601234567 i 601234568", "PL", ["601234567", "601234568"]),
        ("0721234567 sau 0722234567", "RO", ["0721234567", "0722234567"]),
        ("706-602-6773 or 706-602-6774", "US", ["706-602-6773", "706-602-6774"]),
        ("tel. 22 123 45 67, kom. 602345678", "PL", ["tel. 22 123 45 67", "kom. 602345678"]),
        ("Tel. 601234567 oder Handy: 602345678", "PL", ["Tel. 601234567", "Handy: 602345678"]),
        ("030 123456 ext. 12 / 040 7654321", "DE", ["030 123456 ext. 12", "040 7654321"]),
        ("601234567; brak", "PL", ["601234567"]),
        ("- / 601234567", "PL", ["601234567"]),
        ("601234567, Anna", "PL", ["601234567", "Anna"]),
        ("n/a", "PL", []),
        ("030/1234567", "DE", ["030/1234567"]),
        ("033203/123456", "DE", ["033203/123456"]),
        ("089123/4567890", "DE", ["089123/4567890"]),
        ("030 1234567/68", "DE", ["030 1234567/68"]),
        ("030/1234567/0", "DE", ["030/1234567/0"]),
        ("01/23/45/67/89", "FR", ["01/23/45/67/89"]),
        ("+49 30\n123456", "DE", ["+49 30\n123456"]),
        ("4,91701E+11", "DE", ["4,91701E+11"]),
        ("301,234,567", "US", ["301,234,567"]),
        ("tel:+49-30-1234;ext=7", "DE", ["tel:+49-30-1234;ext=7"]),
        ("030 123456, Durchwahl 12", "DE", ["030 123456, Durchwahl 12"]),
    ],
)
def test_a_cells_numbers_are_split(cell: str, region: str, numbers: list[str]) -> None:
    assert split_phones(cell, region) == Cell(numbers)


@pytest.mark.parametrize("between", [" / ", ", ", "; ", " oder ", "\n", " ::: "])
def test_a_number_without_the_area_code_of_the_one_before_is_left_out(between: str) -> None:
    left_out = (ContactDataRefusal.PHONE_AREA_CODE_MISSING.sentence(),)
    assert split_phones(f"030 1234567{between}7654321", "DE") == Cell(["030 1234567"], left_out)
    assert split_phones(f"+48 22 123 45 67{between}601234567", "PL").left_out == ()


@pytest.mark.parametrize(
    ("cell", "addresses"),
    [
        ("a@b.example ::: c@b.example", ["a@b.example", "c@b.example"]),
        ("a@b.example; c@b.example", ["a@b.example", "c@b.example"]),
        ("a@b.example,c@b.example", ["a@b.example", "c@b.example"]),
        ("a@b.example c@b.example", ["a@b.example", "c@b.example"]),
        ("a@b.example\nc@b.example", ["a@b.example", "c@b.example"]),
        ("a@b.example/c@b.example", ["a@b.example", "c@b.example"]),
        ("a@b.example or c@b.example", ["a@b.example", "c@b.example"]),
        ("a@b.example oder c@b.example", ["a@b.example", "c@b.example"]),
        ("a@b.example lub c@b.example", ["a@b.example", "c@b.example"]),
        ("a@b.example sau c@b.example", ["a@b.example", "c@b.example"]),
        ("a@b.example; n/a", ["a@b.example"]),
        ("a@b.example;", ["a@b.example"]),
        ("mailto:a@b.example", ["a@b.example"]),
        ("SMTP:a@b.example", ["a@b.example"]),
        ("E-Mail: a@b.example", ["a@b.example"]),
        ("a@b.example (work)", ["a@b.example"]),
        ("Anna Berg <a@b.example>", ["a@b.example"]),
        ("Anna <a@b.example>, Bo <c@b.example>", ["a@b.example", "c@b.example"]),
        ("brak", []),
        ("a/b@b.example", ["a/b@b.example"]),
        ('"a, b"@c.example', ['"a, b"@c.example']),
        ("anna berg@b.example", ["anna berg@b.example"]),  # the end of one address is another address
        ("anna; a@b.example", ["anna", "a@b.example"]),
        ("anna", ["anna"]),
    ],
)
def test_a_cells_addresses_are_split(cell: str, addresses: list[str]) -> None:
    assert split_emails(cell) == Cell(addresses)


@given(st.text(alphabet="0123456789+/,;: |orlub\n", max_size=40))
def test_no_digit_of_a_cell_is_lost_or_moved(cell: str) -> None:
    parts = split_phones(cell, "PL").values
    digits = [char for part in parts for char in part if char.isdigit() and char != "0"]
    assert digits == [char for char in cell if char.isdigit() and char != "0"]


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [("1" + " " * 30_000 + "x", ["1 x"]), (") or " * 6_000 + "x", [") or " * 6_000 + "x"])],
)
def test_a_long_cell_is_split_in_linear_time(cell: str, numbers: list[str]) -> None:
    """A file may have thousands of such cells; a quadratic search takes seconds for each."""
    assert split_phones(cell, "DE").values == numbers
