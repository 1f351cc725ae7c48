"""VAT and register numbers in the texts of companies."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.outside.sources.numbers import register_numbers_in, vat_id, vat_numbers_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("USt-IdNr.: DE 136 695 976", ["DE136695976"]),
        ("UID: ATU13585627 und DE136695976", ["ATU13585627", "DE136695976"]),
        ("NIP: 856-734-62-15, REGON 192598184", ["PL8567346215"]),
        ("CUI: RO18547290 J12/2345/2006", ["RO18547290"]),
        ("CIF 18547290", ["RO18547290"]),
        ("DE136695976 Registergericht", ["DE136695976"]),
        ("DE136695977", []),  # wrong check digit
        ("NIP 8567346214", []),
        ("Telefon DE 030 123456", []),
        ("", []),
    ],
)
def test_vat_numbers_with_right_check_digits_are_found(text: str, expected: list[str]) -> None:
    assert list(vat_numbers_in(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KRS: 0000123456", ["KRS 0000123456"]),
        ("KRS nr 0000123456, KRS 0000123456", ["KRS 0000123456"]),
        ("Amtsgericht Berlin HRB 104711", ["HRB 104711 Berlin"]),
        ("HRA Nr. 12", ["HRA 12"]),
        ("Nr. Reg. Com. J12/2345/2006", ["J12/2345/2006"]),
        ("KRS 12345", []),
    ],
)
def test_register_numbers_are_found(text: str, expected: list[str]) -> None:
    assert list(register_numbers_in(text)) == expected


def test_a_text_of_numbers_leaves_room_for_what_others_say() -> None:
    """At most twenty of a form are read, so that a page cannot fill all that is stored of one person."""
    text = " ".join(f"KRS {at:010} J1/{at}/2006 NIP {at:010} CUI {at:09}" for at in range(2_000))
    assert len(list(register_numbers_in(text))) == 2 * 20
    assert len(list(vat_numbers_in(text))) <= 2 * 20


@given(st.text(alphabet="DE0123456789 .-NIPCUKRSHB/J:", max_size=3_000))
def test_any_text_is_read(text: str) -> None:
    assert all(vat_id(number) == number for number in vat_numbers_in(text))
    list(register_numbers_in(text))


@pytest.mark.parametrize(
    "text", ["DE 1" * 10_000, "NIP: " + "1-" * 20_000, "Amtsgericht " * 3_000, "J1" * 20_000]
)
def test_a_text_that_is_made_for_it_takes_no_longer_than_its_length(text: str) -> None:
    """CPU time of this process: forty thousand characters are read in a few milliseconds."""
    begun = time.process_time()
    list(vat_numbers_in(text))
    list(register_numbers_in(text))
    assert time.process_time() - begun < 2
