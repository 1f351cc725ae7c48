"""Tests of the answer file."""

import io
from dataclasses import replace

import pytest
from python_calamine import load_workbook

from models.complaints.file import AnswerRow, write_answer
from rules.complaint import ComplaintReason, ComplaintVerdict

ROWS = (
    AnswerRow(
        2,
        "RGVsaXZlcnk6MQ==",
        "Dach",
        ComplaintReason.NUMBER_DOES_NOT_EXIST,
        "Kein Anschluss.",
        ComplaintVerdict.ACCEPTED,
        "Die Nummer existiert nicht.",
        "Danke.",
        "POINTS",
        "12 Punkte",
    ),
    AnswerRow(
        3,
        "RGVsaXZlcnk6Mg==",
        "Fenster",
        ComplaintReason.NO_CONSENT,
        "Sagt sie.",
        ComplaintVerdict.ACCEPTED,
        "Keine Einwilligung.",
        remedy="REPLACEMENT",
        replacement_title="Türen",
        replacement_id="RGVsaXZlcnk6NA==",
    ),
    AnswerRow(None, "RGVsaXZlcnk6Mw==", "Tor", None, "", None, "Grund: fehlt"),
)


def test_every_row_has_verdict_rule_comment_and_remedy() -> None:
    book = load_workbook(io.BytesIO(write_answer(ROWS, "R-2026-17", "de-DE")))
    assert book.sheet_names == ["Entscheidungen"]
    title, headings, *rows = book.get_sheet_by_index(0).to_python()
    assert title[0] == "Entscheidungen zur Reklamation R-2026-17"
    cells = [dict(zip(headings, row, strict=True)) for row in rows]
    assert cells[0] == {
        "Zeile": "2",
        "Lieferungs-ID": "RGVsaXZlcnk6MQ==",
        "Lead": "Dach",
        "Grund": "Die Nummer existiert nicht",
        "Erläuterung": "Kein Anschluss.",
        "Entscheidung": "Anerkannt",
        "Begründung der Entscheidung": "Die Nummer existiert nicht.",
        "Kommentar": "Danke.",
        "Ausgleich": "Punkte gutgeschrieben: 12 Punkte",
        "Ersatz-Lead": "",
    }
    assert (cells[1]["Ausgleich"], cells[1]["Ersatz-Lead"]) == (
        "Ersatz",
        "Türen (RGVsaXZlcnk6NA==)",
    )
    assert (cells[2]["Zeile"], cells[2]["Entscheidung"]) == ("", "Nicht eingereicht")


@pytest.mark.parametrize("language", ["en", "de", "pl", "ro", "fr", ""])
def test_every_language_has_an_answer_file(language: str) -> None:
    content = write_answer(ROWS, "R-1", language)
    assert len(load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()) == 2 + len(ROWS)
    assert content == write_answer(iter(ROWS), "R-1", language)


@pytest.mark.parametrize("language", ["en", "de", "pl", "ro"])
def test_a_pending_replacement_is_shown_with_its_last_day(language: str) -> None:
    row = replace(ROWS[1], replacement_title=None, replacement_id=None, detail="7", awaited_until="1. Mai")
    content = write_answer([row], "R-1", language)
    *_, remedy, replacement = load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()[2]
    assert "1. Mai" in str(remedy)
    assert "(7)" in str(remedy)
    assert replacement == ""
