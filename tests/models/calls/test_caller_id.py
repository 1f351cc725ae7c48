"""Caller IDs of telephone systems (S4.22, S4 R.withheld, R.forged): one form each, nothing guessed."""

import pytest

from models.calls.caller_id import CallerIdForm, CallerKind, CallerTrust, read_caller_id

E164, PLUSLESS, NATIONAL, SIP = (
    CallerIdForm.E164,
    CallerIdForm.INTERNATIONAL_WITHOUT_PLUS,
    CallerIdForm.NATIONAL,
    CallerIdForm.SIP_USER,
)


@pytest.mark.parametrize(
    ("text", "form", "e164"),
    [
        ("492111234567", PLUSLESS, "+492111234567"),
        ("+492111234567", PLUSLESS, "+492111234567"),
        ("02111234567", NATIONAL, "+492111234567"),
        ("00442071838750", NATIONAL, "+442071838750"),
        ("+442071838750", NATIONAL, "+442071838750"),
        ("+492111234567", E164, "+492111234567"),
        ("+49 (211) 123-4567", SIP, "+492111234567"),
        ("00492111234567", SIP, "+492111234567"),
        ("02111234567", SIP, "+492111234567"),
    ],
)
def test_a_number_is_read_in_the_form_of_its_system(text: str, form: CallerIdForm, e164: str) -> None:
    caller = read_caller_id(text, form, "DE")
    assert (caller.kind, caller.e164, caller.shown) == (CallerKind.NUMBER, e164, e164)
    assert caller.trust is CallerTrust.PRESENTED


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("492111234567", NATIONAL),
        ("492111234567", SIP),
        ("492111234567", E164),
        ("20355555", NATIONAL),
        ("182017", SIP),
        ("182017", E164),
        ("02111234567", E164),
        ("02111234567", PLUSLESS),
        ("110", SIP),
        ("+999123456", E164),
        ("alice", SIP),
        ("+49211123456789012345", E164),
    ],
)
def test_digits_without_the_prefix_of_the_form_are_not_guessed(text: str, form: CallerIdForm) -> None:
    caller = read_caller_id(text, form, "DE")
    assert (caller.kind, caller.e164, caller.shown) == (CallerKind.UNREADABLE, None, text)
    assert caller.trust is CallerTrust.UNREADABLE


def test_a_country_without_a_national_prefix_dials_its_numbers_as_they_are() -> None:
    assert read_caller_id("221234567", NATIONAL, "PL").e164 == "+48221234567"
    assert read_caller_id("2015550123", NATIONAL, "US").e164 == "+12015550123"


@pytest.mark.parametrize(
    "text", ["", " ", "Anonymous", "RESTRICTED", "unknown", "private", "withheld", "0000"]
)
def test_a_withheld_number_is_nobody(text: str) -> None:
    caller = read_caller_id(text, SIP, "DE")
    assert (caller.kind, caller.e164, caller.shown) == (CallerKind.WITHHELD, None, "")


def test_only_an_attested_number_is_verified() -> None:
    assert read_caller_id("+492111234567", E164, "DE", attested=True).trust is CallerTrust.VERIFIED
    assert read_caller_id("492111234567", E164, "DE", attested=True).trust is CallerTrust.UNREADABLE


def test_text_that_cannot_be_read_is_cut_and_has_no_control_characters() -> None:
    caller = read_caller_id("\x00evil\r\n" + "x" * 10_000, SIP, "DE")
    assert caller.shown == "evil" + "x" * 60
    assert "evil" not in repr(caller)
