"""Placeholders: what counts as a blank cell, and what only looks like one."""

import pytest

from models.leads.file import LeadField
from models.leads.file.placeholders import without_placeholders

EVERYWHERE = [
    *(
        "N/A",
        "n/a",
        "n.a.",
        "#N/A",
        "#N/V",
        "#NV",
        "#REF!",
        "#VALUE!",
        "#WERT!",
        "#DIV/0!",
        "#NAME?",
    ),
    *("NULL", "null", "(null)", "<null>", "\\N", "None", "none", "NaN", "nan", "nil", "undefined"),
    *("-", "--", "\u2013", "\u2014", ".", "...", "?", "/", "_", "[]", "()"),
    *("unknown", "Not available", "not provided", "no phone"),
    *("keine", "Keine Angabe", "k. A.", "k.A.", "unbekannt", "n/v", "nicht vorhanden", "entf\u00e4llt"),
    *("brak", "Brak danych", "nieznany", "nieznana", "nie dotyczy", "nie podano", "b/d"),
    *("necunoscut", "necunoscut\u0103", "nu are", "lips\u0103", "f\u0103r\u0103", "nespecificat"),
]
OF_CONTACTS = ["0", "00", "0000000000", "000 000 000", "0.0", "+", "NA", "nd", "xxx"]
NAMES = ["Null", "Nan", "Nil", "Brak", "Ohne"]


def _cell(text: str, field: LeadField) -> str:
    [found] = without_placeholders((text,), {field: (0,)})
    return found


@pytest.mark.parametrize("text", EVERYWHERE)
def test_a_placeholder_is_blank_in_every_column(text: str) -> None:
    for field in LeadField:
        assert _cell(text, field) == ""
        assert _cell(f" {text}\t", field) == ""


@pytest.mark.parametrize("text", OF_CONTACTS)
def test_zeros_and_two_letters_are_blank_only_if_unambiguous(text: str) -> None:
    for field in (LeadField.PHONE, LeadField.OTHER_PHONE, LeadField.EMAIL, LeadField.EXTERNAL_ID):
        assert _cell(text, field) == ""
    if text != "+":
        for field in (LeadField.COUNTRY, LeadField.BUDGET_MIN, LeadField.FEE, LeadField.LAST_NAME):
            assert _cell(text, field) == text


@pytest.mark.parametrize("text", ["noemail@noemail.com", "None@none.com", "brak@brak.pl", "no@email.com"])
def test_an_address_that_says_there_is_none_is_blank(text: str) -> None:
    assert _cell(text, LeadField.EMAIL) == ""


@pytest.mark.parametrize("text", NAMES)
def test_people_may_be_called_like_a_placeholder(text: str) -> None:
    assert _cell(text, LeadField.FIRST_NAME) == _cell(text, LeadField.LAST_NAME) == text
    assert _cell(text, LeadField.FULL_NAME) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Nina",
        "Keiner & Co.",
        "+48 601 234 567",
        "Unknown Pleasures Ltd",
        "0170",
        "#1",
        "n.one@none.example",
    ],
)
def test_other_texts_stay(text: str) -> None:
    for field in LeadField:
        assert _cell(text, field) == text


def test_cells_of_ignored_columns_stay() -> None:
    assert without_placeholders(("n/a", "n/a"), {LeadField.CITY: (1,)}) == ("n/a", "")


def test_a_flag_in_a_column_of_countries_stays() -> None:
    assert _cell("\U0001f1f5\U0001f1f1", LeadField.COUNTRY) == "\U0001f1f5\U0001f1f1"
